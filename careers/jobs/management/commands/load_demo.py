"""Make sample listings, labelled as such, from the vocabulary and official wages."""

from itertools import batched, chain
from random import Random

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tqdm import tqdm

from careers.jobs import vocabulary
from careers.jobs.demo import employers
from careers.jobs.demo.listings import SETTINGS, SOURCE, Employed, Maker
from careers.jobs.models import Employer, JobListing, Place

BATCH = 1000
LISTINGS_PER_EMPLOYER = 12
FEWEST_EMPLOYERS = 90
MOST_EMPLOYERS = 5000


class Command(BaseCommand):
    help = (
        "Makes sample listings. The same seed makes the same ones; running it again "
        "adds what is missing and changes nothing else."
    )

    def add_arguments(self, parser):
        parser.add_argument("--listings", type=int, default=400, help="How many.")
        parser.add_argument(
            "--past",
            type=int,
            default=0,
            help="How many that closed within the past two years, besides.",
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")

    def handle(self, *args, listings, past, seed, dry_run, verbosity, **options):
        if listings < 1:
            raise CommandError("--listings must be at least 1.")
        if past < 0:
            raise CommandError("--past must be 0 or more.")
        vocabulary.forget()
        if not vocabulary.current().roles:
            raise CommandError("The vocabulary is empty: run load_vocabulary first.")
        with transaction.atomic():
            maker = Maker(
                seed=seed,
                vocabulary=vocabulary.current(),
                employers=self.employers(seed, listings + past),
                places=list(Place.objects.filter(zip="", population__gte=5000)),
                now=timezone.now(),
            )
            if dry_run:
                transaction.set_rollback(True)
                made = sum(1 for _ in maker.listings(listings)) + past
                self.stdout.write(f"Dry run: would make {made:,} sample listings.")
                return
        wanted, made = listings + past, 0
        drawn = chain(maker.listings(listings), maker.past_listings(past))
        with tqdm(total=wanted, unit="listing", disable=verbosity < 1) as progress:
            for batch in batched(drawn, BATCH, strict=False):
                made += self.write(batch)
                progress.update(len(batch))
        self.stdout.write(
            f"{made:,} sample listings made, {wanted - made:,} were there."
        )

    def write(self, batch):
        """Write what is not there yet, a batch a transaction."""
        there = set(
            JobListing.objects.filter(
                source=SOURCE, external_id__in=[sample.external_id for sample in batch]
            ).values_list("external_id", flat=True)
        )
        with transaction.atomic():
            return JobListing.objects.bulk_copy(
                sample for sample in batch if sample.external_id not in there
            )

    def employers(self, seed, listings):
        """The sample employers, made where missing, with a home each."""
        wanted = min(
            MOST_EMPLOYERS, max(FEWEST_EMPLOYERS, listings // LISTINGS_PER_EMPLOYER)
        )
        samples = employers.make(Random(seed), SETTINGS, wanted)
        Employer.objects.bulk_create(
            [
                Employer(
                    slug=sample.slug,
                    name=sample.name,
                    kind=sample.kind,
                    domain=sample.domain,
                    website=f"https://{sample.domain}",
                    about="A sample employer, made to show how the site works.",
                    is_sample=True,
                )
                for sample in samples
            ],
            ignore_conflicts=True,
        )
        numbers = dict(
            Employer.objects.filter(
                slug__in=[sample.slug for sample in samples]
            ).values_list("slug", "pk")
        )
        homes = Random(seed).choices(
            Place.objects.filter(zip="", population__gte=20000), k=len(samples)
        )
        return [
            Employed(numbers[sample.slug], sample.setting, home)
            for sample, home in zip(samples, homes, strict=True)
        ]
