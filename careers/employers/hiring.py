"""Employers by what they have open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.db.models.functions import Coalesce

from careers.jobs.models import Employer, JobListing
from search.engines import PAGE_SIZE
from search.models import SearchRow


@dataclass(frozen=True, slots=True)
class Hiring:
    """An employer, and how many listings it has open."""

    employer: Employer
    open: int


def most_first(number: int) -> tuple[int, Sequence[Hiring]]:
    """How many employers hire, and a page of them; clients without a name apart."""
    counted = (
        SearchRow.objects.live()
        .filter(employer__is_confidential=False)
        .order_by()
        .values("employer")
        .annotate(open=Count("pk"))
    )
    total = counted.count()
    first = (number - 1) * PAGE_SIZE
    rows = counted.order_by("-open", "employer")[first : first + PAGE_SIZE]
    open_of = {row["employer"]: row["open"] for row in rows}
    employers = Employer.objects.in_bulk(open_of)
    return total, [Hiring(employers[pk], number) for pk, number in open_of.items()]


def for_indexes() -> Sequence[tuple[str, datetime]]:
    """(slug, last change of its listings) of employers that search engines may show:
    those with something open that is not sample data.
    """
    return list(
        JobListing.objects.live()
        .filter(is_sample=False, employer__is_sample=False)
        .filter(employer__is_confidential=False)
        .order_by("employer__slug")
        .values_list("employer__slug")
        .annotate(last=Max(Coalesce("last_published_at", "posted_at")))
    )
