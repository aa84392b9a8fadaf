"""When a fact wants a new look."""

from datetime import date, timedelta

from django.utils import timezone

STALE_AFTER = timedelta(days=365)


def is_stale(checked_on: date | None) -> bool:
    """Whether what was checked on that day was checked over a year ago."""
    return checked_on is not None and checked_on < stale_before()


def stale_before() -> date:
    """Facts checked before this day are stale."""
    return timezone.localdate() - STALE_AFTER
