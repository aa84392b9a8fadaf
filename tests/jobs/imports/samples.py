"""Feeds of sample listings for the tests of the imports."""

import io
import json
from pathlib import Path

from careers.jobs.imports.record import FeedError

FEEDS = Path(__file__).parent / "feeds"


def feed(name):
    return (FEEDS / name).read_bytes()


def everything(read, source):
    """All that a format reads of some bytes."""
    return list(read(io.BytesIO(source)))


def until_it_ends(read, source):
    """All that is read of a broken feed, and the error that ends it."""
    items = read(io.BytesIO(source))
    found = []
    try:
        while True:
            found.append(next(items))
    except StopIteration:
        return found, None
    except FeedError as error:
        return found, error


def posting(number=1, **fields):
    """A JobPosting that goes live; a field of None is left out."""
    whole = {
        "@type": "JobPosting",
        "title": "Inpatient Coder",
        "description": "<p>You code inpatient records with ICD-10-CM.</p>",
        "hiringOrganization": {"name": "Lakearden Health"},
        "identifier": f"L-{number}",
        "url": f"https://jobs.lakearden.example/{number}",
        "datePosted": "2026-01-02",
    } | fields
    return {name: value for name, value in whole.items() if value is not None}


def json_lines(*postings):
    return b"".join(json.dumps(one).encode() + b"\n" for one in postings)


def json_array(*postings):
    return json.dumps(postings).encode()
