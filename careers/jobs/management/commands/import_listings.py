"""Imports listings from a feed: a file or an address."""

import sys
import textwrap
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import slug_re

from tqdm import tqdm

from ...imports import csv_file, source
from ...imports.record import FeedError
from ...imports.run import FORMATS, import_feed

#: Without a terminal, progress is a line of its own as often as this, in seconds.
TELLS_EVERY = 10.0
LONGEST_SOURCE = 60

COLUMNS = "\n".join(
    textwrap.fill(
        f"{names[0]}" + (f" (or {', '.join(names[1:])})" if names[1:] else ""),
        initial_indent="  ",
        subsequent_indent="      ",
    )
    for names in csv_file.COLUMNS.values()
)
EPILOG = f"""\
formats:
  usajobs  a JSON file of USAJOBS search results
  xml      <job> elements in a <source>, as job aggregators exchange them
  jsonld   JobPosting: a page, a JSON array, one object, or JSON Lines
  csv      a header line, then a listing a line; commas, semicolons, tabs or bars
Each may be packed with gzip.

columns of a CSV file; title, company and description are needed:
{COLUMNS}
Dates are written 2027-01-31 or 01/31/2027. salary is free text ("$24 - $31 per hour");
salary_min and salary_max go with a salary_period (hour, day, week, month, year).
states are the states that applicants may live in ("OH, TX").
"""


class Command(BaseCommand):
    help = (
        "Import listings from a feed. Known listings are brought up to date, new ones "
        "are added; with --snapshot, those that left the feed are closed."
    )

    def create_parser(self, *args, **kwargs) -> CommandParser:
        parser = super().create_parser(*args, **kwargs)
        parser.epilog = EPILOG
        return parser

    def add_arguments(self, parser):
        parser.add_argument("location", metavar="PATH|URL")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument(
            "--source", required=True, metavar="NAME", help="Such as usajobs."
        )
        parser.add_argument(
            "--snapshot",
            action="store_true",
            help="The feed holds all that is open: what it lacks closes.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Do it all and write nothing."
        )

    def handle(self, *, location, format, snapshot, dry_run, verbosity, **options):
        name = options["source"]
        if not slug_re.match(name) or len(name) > LONGEST_SOURCE:
            raise CommandError(
                f"--source {name}: use letters, digits and hyphens, at most "
                f"{LONGEST_SOURCE}, and the same name each time."
            )
        most_bytes = getattr(settings, "IMPORT_MAX_BYTES", source.DEFAULT_MOST_BYTES)
        try:
            with source.opened(location, most_bytes=most_bytes) as (stream, feed):
                progress = _progress(self.stderr, feed) if verbosity else _Silence()
                with progress:
                    report = import_feed(
                        stream,
                        format=format,
                        source=name,
                        is_snapshot=snapshot,
                        dry_run=dry_run,
                        on_bad=lambda bad: progress.tell(f"Bad {bad}"),
                        on_batch=progress.show,
                    )
        except FeedError as error:
            raise CommandError(str(error)) from error
        self._tell(report)
        if not report.good:
            raise CommandError("Nothing could be read.")

    def _tell(self, report):
        for line in report.lines():
            self.stdout.write(line)
        self.stdout.write(report.line())


def _progress(output, feed):
    if sys.stderr.isatty():
        return _Bar(feed)
    return _Lines(output)


class _Silence:
    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None

    def show(self, report):
        pass

    def tell(self, line):
        pass


class _Lines(_Silence):
    def __init__(self, output):
        self._output = output
        self._told_at = time.monotonic()

    def show(self, report):
        if time.monotonic() - self._told_at >= TELLS_EVERY:
            self._told_at = time.monotonic()
            self._output.write(f"{report.read:,} read …")

    def tell(self, line):
        self._output.write(line)


class _Bar(_Silence):
    """Goes by the bytes of the feed, which are known before its listings are."""

    def __init__(self, feed):
        self._feed = feed
        self._bar = tqdm(
            total=feed.size, unit="B", unit_scale=True, file=sys.stderr, leave=False
        )

    def __exit__(self, *exception):
        self._bar.close()

    def show(self, report):
        self._bar.set_postfix_str(f"{report.read:,} listings", refresh=False)
        self._bar.update(self._feed.position - self._bar.n)

    def tell(self, line):
        self._bar.write(line, file=sys.stderr)
