"""Build the indices of listings and of pages anew, beside those that answer."""

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from search import cluster, page_upkeep, worker
from search.interrupts import interruptible
from search.rebuild import rebuild


class Command(BaseCommand):
    help = (
        "Builds a new index of all open listings and one of all pages and puts them in "
        "the place of those that answer, which go on until then. Needed once at the "
        "start, after a backup was restored, and after a release that changes the "
        "mapping."
    )

    # They would ask the cluster first, and advise what is being done.
    requires_system_checks = []

    def handle(self, *args, verbosity, **options):
        if reason := cluster.why_not():
            raise CommandError(f"There is no cluster to build an index in. {reason}")
        try:
            with (
                interruptible(),
                tqdm(unit="listing", disable=verbosity < 1) as bar,
            ):
                client = cluster.patient_client()
                pages = page_upkeep.rebuild(client)
                rebuilt = rebuild(client, say=bar.write, bar=bar)
        except KeyboardInterrupt:
            raise CommandError("Stopped. The old index, if any, goes on.") from None
        except worker.OUTAGES as error:
            raise CommandError(worker.reason(error)) from error
        self.stdout.write(f"{rebuilt.line()} {pages:,} pages are in theirs.")
