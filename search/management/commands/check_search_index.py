"""Compare the indices of listings and of pages with the database."""

from itertools import batched

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from careers.jobs.models import JobListing
from search import changes, cluster, comparison, indices, page_upkeep, worker
from search.comparison import Compared, Kind
from search.worker import Worker

#: Ids that are printed of each kind; all are counted.
SHOWN = 20
REPAIRED_AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Compares every open listing and every published page with its document in "
        "the index, and ends with status 1 if one is missing, should not be there, or "
        "differs."
    )

    # They would ask the cluster first, and advise what is being done.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="Send again what differs."
        )

    def handle(self, *args, repair, verbosity, **options):
        if reason := cluster.why_not():
            raise CommandError(f"There is no index to check. {reason}")
        client = cluster.patient_client()
        try:
            self.compare(client, repair, verbosity)
        except worker.OUTAGES as error:
            raise CommandError(worker.reason(error)) from error

    def compare(self, client, repair, verbosity):
        if not indices.standing(client):
            raise CommandError("There is no index yet: run rebuild_search_index.")
        if changes.is_being_built():
            raise CommandError("An index is being built. Check when it is done.")
        compared, found = Compared(), dict.fromkeys(Kind, 0)
        left = 0
        pages = self.compare_pages(client, repair)
        with tqdm(
            total=JobListing.objects.live().count(),
            unit="listing",
            disable=verbosity < 1,
        ) as bar:
            differing = comparison.differences(client, compared, on_read=bar.update)
            for some in batched(differing, REPAIRED_AT_ONCE):
                for difference in some:
                    found[difference.kind] += 1
                    if found[difference.kind] <= SHOWN:
                        self.stdout.write(f"{difference.kind}\t{difference.listing_id}")
                if repair:
                    left += self.repair(client, [one.listing_id for one in some])
        self.close(compared, found, left if repair else None, pages)

    def compare_pages(self, client, repair):
        """What was compared, and how many differ after what could be done."""
        compared = page_upkeep.compare(client)
        for one in compared.differences[:SHOWN]:
            self.stdout.write(f"page {one.kind}\t{one.page_id}")
        if not (repair and compared.differences):
            return compared, len(compared.differences)
        page_upkeep.rebuild(client)
        return compared, len(page_upkeep.compare(client).differences)

    def repair(self, client, ids):
        """Send listings again. How many differ all the same."""
        changes.note(ids)
        process = Worker(client, self.stderr.write)
        with tqdm(disable=True) as bar:
            process.drain(bar)
        return len(comparison.confirmed(client, ids, Compared()))

    def close(self, compared, found, left, pages):
        number = sum(found.values())
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in found.items() if count)
        line = (
            f"{compared.listings:,} open listings compared: {kinds or 'no difference'}."
        )
        if compared.waiting:
            line += f" {compared.waiting:,} that differ are noted, still to be sent."
        if left is not None and number:
            line += f" {number - left:,} repaired."
        pages, pages_left = pages
        differing = len(pages.differences)
        if pages.number:
            line += f" {pages.number:,} pages compared: {differing or 'no'} differ."
        if left is not None and differing:
            line += f" {differing - pages_left:,} repaired."
        self.stdout.write(line)
        if pages_left or (number if left is None else left):
            raise SystemExit(1)
