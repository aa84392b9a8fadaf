"""The listings that were judged, laid into the database that is in use.

Their keys, by which judgements name them:

* ``f12486434``: a federal announcement of the sample data, by the number in its id;
* ``p017``: a text of ``tests/jobs/reading/labels/private.jsonl``, by its number;
* ``s203``: the sample listing of that number, drawn from `SAMPLE_SEED`;
* ``t88``: a title of the sample data's search traps, by its row. These are never judged
  right: they share words with this field and are not of it.
"""

import csv
import hashlib
import io
import json
import re
from datetime import date, timedelta
from html import escape
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from careers.jobs.imports.run import import_feed
from careers.jobs.models import JobListing
from tests.bench import federal

PRIVATE = settings.BASE_DIR / "tests" / "jobs" / "reading" / "labels" / "private.jsonl"
TRAPS = "jobs/search_traps.csv"
SAMPLE_SEED = 5
SAMPLE_LISTINGS = 600
#: All stay open for as long as they are asked for.
OPEN_FOR = timedelta(days=90)
#: Source of a listing -> first letter of its key.
LETTERS = {"federal": "f", "private": "p", "sample": "s", "trap": "t"}
TAG = re.compile(r"<[^>]+>")


def lay() -> None:
    """Listings that are there already stay; all are made live."""
    today = timezone.now().date()
    if federal.path().exists():
        take(federal.json_lines(today), "federal")
    take(json_lines(private(today)), "private")
    if traps_path().exists():
        take(json_lines(traps(today)), "trap")
    call_command("load_demo", listings=SAMPLE_LISTINGS, seed=SAMPLE_SEED, verbosity=0)
    JobListing.objects.filter(source__in=LETTERS).update(
        live=True, removed_at=None, expire_at=timezone.now() + OPEN_FOR
    )


def take(lines: bytes, source: str) -> None:
    report = import_feed(io.BytesIO(lines), format="jsonld", source=source)
    if report.bad:
        raise RuntimeError(f"Not all of {source} could be read: {report.line()}")


def keys() -> dict[int, str]:
    """Primary key of each listing of the corpus -> its key in judgements."""
    listings = JobListing.objects.filter(source__in=LETTERS)
    return {
        pk: LETTERS[source] + external_id.rpartition("-")[2]
        for pk, source, external_id in listings.values_list(
            "pk", "source", "external_id"
        )
    }


def is_trap(key: str) -> bool:
    return key.startswith("t")


def digests() -> dict[str, str]:
    """Key -> what tells whether the listing is still the one that was judged."""
    known = keys()
    return {
        known[pk]: hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:8]
        for pk, title, text in JobListing.objects.filter(pk__in=known).values_list(
            "pk", "title", "description"
        )
    }


def json_lines(postings: list[dict]) -> bytes:
    return b"".join(json.dumps(posting).encode() + b"\n" for posting in postings)


def private(today: date) -> list[dict]:
    with PRIVATE.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        posting(row["id"], row["title"], row["employer"], row["text"], today)
        for row in rows
    ]


def traps_path() -> Path:
    return Path(settings.SAMPLE_DATA_DIR) / TRAPS


def traps(today: date) -> list[dict]:
    with traps_path().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        posting(f"trap-{number}", row["title"], employer, place_of(row), today)
        for number, row in enumerate(rows, start=1)
        if (employer := row["company"] or "Not named")
    ]


def place_of(row: dict) -> str:
    return f"{row['title']}. {row['location'] or 'United States'}."


def posting(key: str, title: str, employer: str, text: str, today: date) -> dict:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title,
        "description": text if "</p>" in text else paragraphs,
        "datePosted": (today - timedelta(days=7)).isoformat(),
        "validThrough": (today + OPEN_FOR).isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": employer},
        "identifier": {"@type": "PropertyValue", "name": employer, "value": key},
        "url": f"https://judged.example/{key}",
    }
