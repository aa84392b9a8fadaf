"""Put official wages into their table: the product's own, or those of files."""

import gzip
import re
import sys
import zlib
from dataclasses import asdict
from itertools import batched
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tqdm import tqdm

from careers.jobs.vocabulary_files import WAGES_RELEASE, wages

from ... import oews
from ...models import OfficialWage
from ...models.official import NATION

BATCH = 1000
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
#: The month in a file's name: "oews_may2025_state.csv".
MONTH = re.compile(rf"(?:^|[^a-z])({'|'.join(MONTHS)})[-_ ]?(20\d\d)", re.IGNORECASE)
RELEASE = re.compile(rf"(?:{'|'.join(MONTHS)}) 20\d\d")
COLUMNS = [
    field.name for field in OfficialWage._meta.concrete_fields if field.name != "id"
]
KEY = ["soc", "area"]


class Command(BaseCommand):
    help = (
        "Load the official wages (BLS, OEWS) that come with the product. What a load "
        "covers, the nation, states or metropolitan areas, it replaces whole; running "
        "it again changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--file",
            action="append",
            default=[],
            metavar="PATH",
            dest="paths",
            help="An OEWS file in CSV to read instead, plain or gzip; may be repeated.",
        )
        parser.add_argument(
            "--release",
            default="",
            metavar="MONTH",
            help="The month that the files are of, such as “May 2026”; by default the "
            "one in their names (oews_may2026_state.csv).",
        )
        parser.add_argument("--dry-run", action="store_true", help="Write nothing.")

    def handle(self, *, paths, release, dry_run, verbosity, **options):
        if release and not paths:
            raise CommandError("--release goes with --file.")
        if release and not RELEASE.fullmatch(release):
            raise CommandError(f"--release {release}: write it as “May 2026”.")
        self.bad = self.left_out = 0
        rows = {}
        if paths:
            for path in paths:
                self.take(rows, Path(path), release or _month(path))
        else:
            for wage in wages():
                rows[wage.soc, wage.area] = _row(wage, WAGES_RELEASE)
        if not rows:
            raise CommandError("No wages could be read, so nothing was changed.")
        with transaction.atomic():
            written, removed = _replace(rows, is_quiet=verbosity < 1)
            transaction.set_rollback(dry_run)
        self.stdout.write(self.closing(rows, written, removed, dry_run))

    def take(self, rows, path, release):
        """Add the good lines of a file to ``rows``; later files go before earlier."""
        try:
            with _opened(path) as file:
                for found in oews.read(file):
                    if isinstance(found, oews.BadLine):
                        self.bad += 1
                        self.stderr.write(f"{path.name}, {found}")
                    elif isinstance(found, oews.LeftOut):
                        self.left_out += 1
                    else:
                        rows[found.soc, found.area] = _row(found, release)
        except UnicodeDecodeError as error:
            raise CommandError(f"{path}: save the file as UTF-8.") from error
        except (OSError, EOFError, zlib.error) as error:
            raise CommandError(f"{path}: it cannot be read ({error}).") from error
        except oews.UnreadableFileError as error:
            raise CommandError(f"{path}: {error}") from error

    def closing(self, rows, written, removed, dry_run):
        occupations = len({soc for soc, _ in rows})
        areas = len({area for _, area in rows})
        releases = ", ".join(sorted({row.release for row in rows.values()}))
        line = (
            f"Wages of {releases}: {len(rows):,} rows of {occupations} occupations in "
            f"{areas:,} areas; {written:,} {'would be ' if dry_run else ''}written, "
            f"{removed:,} removed"
        )
        if self.left_out:
            line += f", {self.left_out:,} lines for other areas or industries left out"
        if self.bad:
            line += f", {self.bad:,} bad lines left out"
        return f"{line}."


def _opened(path):
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, "rt", encoding="utf-8-sig", newline="")


def _month(path):
    """The release that a file's name gives: "May 2025"."""
    if match := MONTH.search(Path(path).name):
        return f"{match[1].capitalize()} {match[2]}"
    raise CommandError(
        f"{path}: its name does not say which month the wages are of; add "
        "--release “May 2026”."
    )


def _row(wage, release):
    return OfficialWage(**asdict(wage), release=release)


def _values(row):
    return tuple(getattr(row, name) for name in COLUMNS)


def _replace(rows, *, is_quiet):
    """Make the table hold ``rows``, and nothing else of their kinds of area."""
    held = {(row.soc, row.area): row for row in OfficialWage.objects.all()}
    fresh = [
        row
        for key, row in rows.items()
        if key not in held or _values(held[key]) != _values(row)
    ]
    kinds = {_kind(area) for _, area in rows}
    gone = [
        row.pk
        for key, row in held.items()
        if key not in rows and _kind(row.area) in kinds
    ]
    with tqdm(
        total=len(fresh),
        unit="row",
        disable=is_quiet or not sys.stderr.isatty(),
        leave=False,
    ) as progress:
        for batch in batched(fresh, BATCH, strict=False):
            OfficialWage.objects.bulk_create(
                batch,
                update_conflicts=True,
                unique_fields=KEY,
                update_fields=[name for name in COLUMNS if name not in KEY],
            )
            progress.update(len(batch))
    removed, _ = OfficialWage.objects.filter(pk__in=gone).delete()
    return len(fresh), removed


def _kind(area):
    if area == NATION:
        return "nation"
    return "state" if len(area) == 2 else "metro"
