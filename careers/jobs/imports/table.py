"""Listings into their table, many at once."""

from django.db import connection

from psycopg.sql import SQL, Identifier

from ..models import JobListing
from .row import CONTENT

#: Facts of operation that an import sets.
OPERATION = (
    "posted_at",
    "expire_at",
    "expired",
    "closed_at",
    "times_reposted",
    "last_seen_at",
    "confirmed_at",
    "import_hash",
)
_STATE = ("live", "has_unpublished_changes", "first_published_at", "last_published_at")
_UPDATED = (
    "employer",
    "places",
    *CONTENT,
    *JobListing.DERIVED,
    *OPERATION,
    *_STATE,
)


def update(listings):
    """Writes over the rows of listings that have keys."""
    JobListing.objects.bulk_create(
        listings,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=_UPDATED,
    )


def insert(listings):
    """Adds new listings by COPY.

    An INSERT of a batch is one statement of 35,000 values, which takes longer to write
    and to parse than the rows take to store.
    """
    fields = [
        field
        for field in JobListing._meta.concrete_fields
        if not field.primary_key and not field.generated
    ]
    statement = SQL("COPY {} ({}) FROM STDIN").format(
        Identifier(JobListing._meta.db_table),
        SQL(", ").join(Identifier(field.column) for field in fields),
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for listing in listings:
            listing.derive()
            copy.write_row(
                [
                    field.get_db_prep_save(field.pre_save(listing, True), connection)
                    for field in fields
                ]
            )
