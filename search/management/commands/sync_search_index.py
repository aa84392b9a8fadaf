"""Carry changed listings and pages over into their indices."""

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from search import cluster, worker
from search.interrupts import interruptible
from search.worker import Worker


class Command(BaseCommand):
    help = (
        "Carries changes of listings, which the database notes, over into the index, "
        "and builds that of pages anew where a page changed. With --follow it goes on "
        "doing so, and builds the indices if there are none."
    )

    # They would ask the cluster first, and advise what is being done.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--follow", action="store_true", help="Go on until asked to end."
        )
        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="With --follow: end when the process that started this one has ended.",
        )

    def handle(self, *args, follow, beside, verbosity, **options):
        if reason := cluster.why_not():
            raise CommandError(f"There is no index to keep in step. {reason}")
        process = Worker(cluster.patient_client(), self.say)
        try:
            with interruptible():
                if follow:
                    self.follow(process, beside)
                else:
                    self.drain(process, verbosity)
        except KeyboardInterrupt:
            if not follow:
                raise CommandError("Stopped. What was not sent is kept.") from None
        self.say(
            f"{process.carried:,} changes carried over, {process.refused:,} refused."
        )

    def follow(self, process, beside):
        self.say("Keeping the search index in step.")
        process.follow(beside=beside)

    def drain(self, process, verbosity):
        try:
            with tqdm(unit="change", disable=verbosity < 1) as bar:
                process.drain(bar)
        except worker.OUTAGES as error:
            told = f"{worker.reason(error)} What was not sent is kept."
            raise CommandError(told) from error

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
