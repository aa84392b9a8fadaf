"""What an import writes over when a record has changed."""

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
