"""The federal announcements of the sample data, as JobPosting JSON Lines.

They closed long ago. All dates are moved by one constant number of days, so that the
last one closes `LAST_CLOSES_IN` days from now and most are open. The texts may not be
committed; they are read from ``SAMPLE_DATA_DIR``.
"""

import gzip
import json
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path

from django.conf import settings

FILE = "jobs/federal_announcements.jsonl.gz"
#: Half of them were closed within 150 days before the last one.
LAST_CLOSES_IN = timedelta(days=170)


def path() -> Path:
    return Path(settings.SAMPLE_DATA_DIR) / FILE


def postings(today: date) -> list[dict]:
    """Every announcement as a JobPosting; ``identifier`` is its id in the file."""
    with gzip.open(path(), "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    moved = today + LAST_CLOSES_IN - max(_day(row["close_date"]) for row in rows)
    return [_posting(row, moved) for row in rows]


def json_lines(today: date) -> bytes:
    return b"".join(json.dumps(posting).encode() + b"\n" for posting in postings(today))


def _posting(row: dict, moved: timedelta) -> dict:
    url = f"https://www.usajobs.gov/job/{row['usajobs_control_number']}"
    return {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": row["title"],
        "description": _html(row),
        "datePosted": (_day(row["open_date"]) + moved).isoformat(),
        "validThrough": (_day(row["close_date"]) + moved).isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": row["agency"]},
        "identifier": {
            "@type": "PropertyValue",
            "name": row["agency"],
            "value": row["id"],
        },
        "url": url,
        "jobLocation": _location(row["location"]),
    }


def _day(written: str) -> date:
    return datetime.strptime(written, "%B %d, %Y").date()  # noqa: DTZ007


def _html(row: dict) -> str:
    parts = [("Duties", row["duties"]), ("Questionnaire", row["text"])]
    return "".join(
        f"<h3>{heading}</h3>" + "".join(f"<p>{escape(line)}</p>" for line in lines)
        for heading, text in parts
        if (lines := [line.strip() for line in text.splitlines() if line.strip()])
    )


def _location(place: str) -> dict:
    """Most announcements name no place: then only the country is known."""
    city, _, state = (part.strip() for part in place.partition(","))
    address = {
        "addressLocality": city,
        "addressRegion": state,
        "addressCountry": "US",
    }
    stated = {name: value for name, value in address.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **stated}}
