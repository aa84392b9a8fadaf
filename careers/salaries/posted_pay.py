"""`posted-pay.csv`: every counted range, one a line, without names.

The figures of the explorer and its API can be computed from it: its rows are the rows
that they count. `COLUMNS` is its data dictionary, printed at `/salaries/posted-pay/`.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import batched

from django.utils.crypto import salted_hmac

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.models import JobListing

from .ranges import Group

ROWS_PER_QUERY = 2_000
SEPARATOR = "|"

#: Column to what it holds.
COLUMNS: dict[str, str] = {
    "role": "Slug of the listing’s main role. Pay counts under this role only.",
    "state": "Codes of every state that the listing hires from, separated by |. The "
    "listing counts in each. Empty: not stated.",
    "setting": "Slugs of its settings, separated by |. Empty: not stated.",
    "remote": "onsite, hybrid or remote. Empty: not stated.",
    "credential_rule": "Groups separated by &, all of which must be met; each any one "
    "of the credentials separated by |. CPC|CCS & CRC@12 reads: CPC or CCS, and CRC "
    "within 12 months of hire. “none”: it asks for none. Empty: not stated.",
    "experience_months": "Months of experience required. 0 is none. Empty: not stated.",
    "period": "Unit of the pay as posted: hour, day, week, month, year or chart.",
    "posted_min": "Lowest pay as posted, in US dollars per period.",
    "posted_max": "Highest pay as posted; equal to the lowest for a single figure.",
    "year_min": "Lowest pay per year: 2,080 hours, 260 days, 52 weeks or 12 months.",
    "year_max": "Highest pay per year.",
    "employer": "A token that stands for the employer, the same in all their rows.",
    "posted_month": "Month of the first posting, as 2026-05.",
    "hour_min": "Lowest pay per hour.",
    "hour_max": "Highest pay per hour.",
    "employment": "Kinds of employment, separated by |. Empty: not stated.",
    "software": "Slugs of the software named, separated by |. Empty: none named.",
    "metro": "Codes (CBSA) of the metropolitan areas of its places, separated by |.",
    "sample": "yes for made-up listings that a new site starts with. They never count "
    "together with real ones.",
}


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def lines(group: Group) -> Iterator[str]:
    """The file line by line, newest first; memory does not grow with it."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for ids in batched(group.newest_listings(), ROWS_PER_QUERY, strict=False):
        for row in _rows(ids):
            yield writer.writerow(row)


def token(employer_id: int) -> str:
    """Stands for an employer. Stable, and of no use for finding out which."""
    secret = salted_hmac(
        "careers.salaries.posted_pay", str(employer_id), algorithm="sha256"
    )
    return secret.hexdigest()[:12]


def rule_text(stored: dict | None) -> str:
    """A credential rule as `COLUMNS` describes it."""
    if stored is None:
        return ""
    rule = CredentialRule.from_json(stored)
    if rule.asks_for_none:
        return "none"
    return " & ".join(
        SEPARATOR.join(group.any_of)
        + (f"@{group.within_months}" if group.within_months else "")
        for group in rule.groups
    )


def _rows(ids: Iterable[int]) -> Iterator[list[object]]:
    found = (
        JobListing.objects.filter(pk__in=ids)
        .order_by()
        .values(
            "pk",
            "role",
            "hires_from",
            "settings",
            "remote",
            "credential_rule",
            "experience_months",
            "pay_period",
            "pay_minimum",
            "pay_maximum",
            "yearly_minimum",
            "yearly_maximum",
            "employer_id",
            "posted_at",
            "hourly_minimum",
            "hourly_maximum",
            "employment",
            "software",
            "posted_range__metros",
            "is_sample",
        )
    )
    by_id = {row["pk"]: row for row in found}
    # A listing that was removed while the file is written has no row any more.
    return (_row(by_id[pk]) for pk in ids if pk in by_id)


def _row(listing: dict) -> list[object]:
    months = listing["experience_months"]
    return [
        listing["role"],
        SEPARATOR.join(listing["hires_from"]),
        SEPARATOR.join(listing["settings"]),
        listing["remote"],
        rule_text(listing["credential_rule"]),
        "" if months is None else months,
        listing["pay_period"],
        listing["pay_minimum"],
        listing["pay_maximum"],
        listing["yearly_minimum"],
        listing["yearly_maximum"],
        token(listing["employer_id"]),
        f"{listing['posted_at']:%Y-%m}",
        listing["hourly_minimum"],
        listing["hourly_maximum"],
        SEPARATOR.join(listing["employment"]),
        SEPARATOR.join(listing["software"]),
        SEPARATOR.join(listing["posted_range__metros"]),
        "yes" if listing["is_sample"] else "no",
    ]
