"""What left a source: listings that its snapshot no longer holds."""

from collections.abc import Container
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ..models import JobListing
from .batch import GONE
from .report import Report


def open_listings(source: str):
    return JobListing.objects.live().filter(source=source)


def close_absent(
    source: str,
    *,
    now: datetime,
    open_before: int,
    unread: int,
    report: Report,
    seen_dry: Container[str],
) -> None:
    """Closes what was not seen since ``now``; a doubtful snapshot closes nothing.

    ``unread``: how many records could not be read at all. ``seen_dry``: the ids that a
    dry run saw, which left no marks on the rows and closes nothing.
    """
    absent = _absent(open_listings(source), now)
    if report.dry_run:
        ids = absent.values_list("external_id", flat=True).iterator()
        count = sum(external_id not in seen_dry for external_id in ids)
    else:
        count = absent.count()
    report.closes_nothing = _doubt(report, unread, count, open_before)
    if report.closes_nothing:
        return
    report.gone = count
    if not report.dry_run:
        _close(source, absent, now)


def _close(source: str, absent, now: datetime) -> None:
    gone = {"expire_at": now, "import_hash": GONE}
    with transaction.atomic():
        absent.update(closed_at=now, **gone)
        drafts = JobListing.objects.filter(source=source, live=False)
        _absent(drafts, now).update(**gone)


def _absent(listings, now):
    return listings.filter(Q(last_seen_at=None) | Q(last_seen_at__lt=now))


def _doubt(report: Report, unread: int, absent: int, open_before: int) -> str:
    if report.ended_early:
        return "the feed is not whole"
    if report.is_part:
        return "the feed is a part of what is open"
    if unread:
        return (
            f"{unread:,} records could not be read at all, "
            "and any absent listing may be one of them"
        )
    if absent * 2 > open_before:
        return (
            f"{absent:,} of {open_before:,} open listings are absent, "
            "more than half at once"
        )
    return ""
