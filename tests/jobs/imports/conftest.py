import io

import pytest

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.imports.run import import_feed
from careers.jobs.models import JobListing, Place
from tests.jobs.imports.samples import json_lines


@pytest.fixture
def words(monkeypatch, vocabulary):
    """The vocabulary as shipped, without its rows in the database."""
    monkeypatch.setattr(vocabulary_memory, "load", lambda: vocabulary)


@pytest.fixture
def columbus(db):
    return Place.objects.create(
        slug="columbus-oh",
        city="Columbus",
        state="OH",
        latitude=39.96,
        longitude=-83.0,
    )


@pytest.fixture
def imports(db, words):
    """Imports postings from one source and answers the report."""

    def run(*postings, **options):
        options = {"format": "jsonld", "source": "lakearden"} | options
        content = options.pop("content", None)
        if content is None:
            content = json_lines(*postings)
        return import_feed(io.BytesIO(content), **options)

    return run


@pytest.fixture
def listing(imports):
    """The listing of an id, as it stands in the database now."""

    def get(number=1):
        return JobListing.objects.get(source="lakearden", external_id=f"L-{number}")

    return get
