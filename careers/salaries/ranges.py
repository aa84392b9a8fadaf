"""Reads the posted ranges of a group out of the database, into numpy.

One query brings a group's ranges and how many of its listings were left out, and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Self

from django.db import connection
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import timezone

import numpy as np
import psycopg

from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.facets import NOT_STATED
from careers.jobs.matching import Condition, facet_condition

from .criteria import BANDS, EXPERIENCE, PAY_FACETS, PayCriteria
from .distribution import Ranges
from .models import PayValue, PostedRange

#: A row's numbers as the trigger packs them: pay in cents, the states it hires from as
#: bits in the order of `STATE_NAMES`, a hash of the source, days in days after 2000,
#: months of experience (-1: not stated), and how many codes the row has.
PACK = np.dtype(
    [
        ("listing", ">i8"),
        ("opening", ">i8"),
        ("states", ">i8"),
        ("year_low", ">i4"),
        ("year_high", ">i4"),
        ("hour_low", ">i4"),
        ("hour_high", ">i4"),
        ("employer", ">i4"),
        ("source", ">i4"),
        ("posted", ">i2"),
        ("expires", ">i2"),
        ("experience", ">i2"),
        ("codes", ">i2"),
    ]
)
DAY_ZERO = np.datetime64("2000-01-01")
BAND_STARTS = np.array([least for least, _ in BANDS.values()])
BAND_NAMES = np.array([NOT_STATED, *BANDS])

LAST_BITS = 2**20 - 1

#: Reasons that only a question can give, beside `PostedRange.LeftOut`.
REPOST = "repost"
TOO_OLD = "before-window"
DAYS_PER_MONTH = 30.4375

Ints = np.typing.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Members:
    """Which ranges have which values of a facet: one element per pair.

    ``rows`` are places in the group's arrays, ``numbers`` places in ``values``.
    """

    rows: Ints
    numbers: Ints
    values: list[str]


@dataclass(frozen=True)
class Group:
    """The counted ranges of a group, one per opening, in no order.

    ``rows`` is an array of `PACK`; ``codes`` and ``code_rows`` are pairs of a
    `PayValue` and the place of the row that has it; ``left_out`` counts by reason.
    """

    per: str
    rows: np.ndarray
    codes: Ints
    code_rows: Ints
    left_out: Mapping[str, int]

    @classmethod
    def of(
        cls, criteria: PayCriteria, *, is_sample: bool, has_codes: bool = True
    ) -> Self:
        """Read the group that a criteria asks for; its facets, but for state and
        experience, need the codes."""
        found = _fetch(criteria, is_sample=is_sample, has_codes=has_codes)
        left_out = {reason: count for reason, (count, *_) in found.items() if reason}
        _, pack, codes = found.get("", (0, b"", b""))
        rows = np.frombuffer(pack, PACK)
        kept = _without_reposts(rows)
        of_row = np.repeat(np.arange(len(rows)), rows["codes"] if has_codes else 0)
        numbers = np.frombuffer(codes, ">u2").astype(np.int64)
        if len(kept) < len(rows):
            left_out[REPOST] = len(rows) - len(kept)
            place = np.full(len(rows), -1)
            place[kept] = np.arange(len(kept))
            numbers, of_row = numbers[place[of_row] >= 0], place[of_row]
            of_row = of_row[of_row >= 0]
            rows = rows[kept]
        return cls(criteria.per, rows, numbers, of_row, left_out)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def ranges(self) -> Ranges:
        """In dollars per year or per hour, as the group was asked for."""
        return Ranges(
            self.rows[f"{self.per}_low"] / 100,
            self.rows[f"{self.per}_high"] / 100,
            self.rows["employer"].astype(np.int64),
        )

    def members(self, facet: str) -> Members:
        """The values of a facet that the group's ranges have."""
        if facet == "state":
            return self._states()
        if facet == "experience":
            return self._bands()
        known = pay_values(self.codes)
        places = np.full(max(known, default=0) + 1, -1)
        seen = [
            number
            for number in np.flatnonzero(np.bincount(self.codes)).tolist()
            if known[number][0] == facet
        ]
        places[seen] = np.arange(len(seen))
        numbers = places[self.codes]
        mine = np.flatnonzero(numbers >= 0)
        return Members(
            self.code_rows[mine], numbers[mine], [known[number][1] for number in seen]
        )

    def _states(self) -> Members:
        bits = self.rows["states"].astype(np.int64)
        rows = [np.flatnonzero(bits & 1 << n) for n in range(len(STATE_NAMES))]
        several = [len(of_state) for of_state in rows]
        return Members(
            np.concatenate(rows),
            np.repeat(np.arange(len(rows)), several),
            list(STATE_NAMES),
        )

    def _bands(self) -> Members:
        numbers = np.searchsorted(BAND_STARTS, self.rows["experience"], side="right")
        return Members(np.arange(len(self)), numbers, BAND_NAMES.tolist())

    @cached_property
    def quarters(self) -> Ints:
        """The quarter in which each range was posted: quarters after the year 0."""
        months = (DAY_ZERO + self.rows["posted"].astype(np.int64)).astype("M8[M]")
        return months.astype(np.int64) // 3 + 1970 * 4

    def newest_listings(self) -> list[int]:
        """Ids of the listings behind the group, newest first."""
        order = np.lexsort((-self.rows["listing"], -self.rows["posted"].astype(int)))
        ids: list[int] = self.rows["listing"][order].tolist()
        return ids


def speaks_of_samples() -> bool:
    """Whether no real range is counted yet, so that pages show sample listings."""
    real = PostedRange.objects.filter(is_sample=False, left_out="")
    return not real.exists()


def conditions(criteria: PayCriteria) -> Q:
    """What a listing must satisfy to be in a group, whatever it pays."""
    found = Q()
    for facet in PAY_FACETS:
        values = criteria.values(facet.name)
        if not values:
            continue
        condition = (
            _experience(values)
            if facet is EXPERIENCE
            else facet_condition(facet, values)
        )
        if NOT_STATED in values:
            found &= condition.match | condition.unstated
        else:
            found &= condition.match
    return found


def _experience(values: tuple[str, ...]) -> Condition:
    match = Q(pk__in=[])
    for value in values:
        if value != NOT_STATED:
            match |= Q(experience_months__range=BANDS[value])
    return Condition(match, Q(experience_months=None))


def since(criteria: PayCriteria):
    """The moment at which a criteria's window opens."""
    return timezone.now() - timedelta(days=criteria.window * DAYS_PER_MONTH)


def _fetch(criteria, *, is_sample, has_codes):
    """Reason for leaving out ("" for none) to (count, packs, codes).

    OFFSET 0 keeps PostgreSQL from working out the reason once more for the grouping.
    """
    reason = Case(
        When(~Q(left_out=""), then=F("left_out")),
        When(posted_at__lt=since(criteria), then=Value(TOO_OLD)),
        default=Value(""),
        output_field=CharField(),
    )
    inner, params = (
        PostedRange.objects.filter(conditions(criteria), is_sample=is_sample)
        .annotate(reason=reason)
        .values("reason", "pack", "codes")
        .query.sql_with_params()
    )
    codes = "string_agg(codes, ''::bytea)" if has_codes else "''::bytea"
    sql = (
        "SELECT reason, count(*), string_agg(pack, ''::bytea), "
        f"{codes} FROM ({inner} OFFSET 0) AS asked GROUP BY reason"
    )
    connection.ensure_connection()
    # A cursor of the driver's own: packs in binary form take half as long as in text,
    # which is all that Django's cursor knows.
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(sql, params, binary=True)
        return {
            reason: (count, pack or b"", codes or b"")
            for reason, count, pack, codes in cursor.fetchall()
        }


def _without_reposts(rows: np.ndarray) -> Ints:
    """Places of the rows that count: the latest posting of each opening.

    Of two postings that look alike, the earlier is the same opening where it had
    closed by the time of the later, or where they came from different sources. Two
    that an employer holds open side by side are two openings.
    """
    every = np.arange(len(rows))
    openings = rows["opening"].astype(np.int64)
    # Most are alone with the last bits of their number: only the others are sorted.
    ends = openings & LAST_BITS
    alike = every[(np.bincount(ends) > 1)[ends]] if len(rows) else every
    some = rows[alike]
    order = np.lexsort((some["listing"], some["posted"], openings[alike]))
    earlier, later = some[order[:-1]], some[order[1:]]
    is_repeated = (earlier["opening"] == later["opening"]) & (
        (earlier["expires"] <= later["posted"]) | (earlier["source"] != later["source"])
    )
    kept: Ints = np.delete(every, alike[order[:-1][is_repeated]])
    return kept


class _Known:
    """Values by number. Numbers are never given twice, so memory stays true."""

    values: dict[int, tuple[str, str]] = {}


def pay_values(numbers: Ints) -> Mapping[int, tuple[str, str]]:
    """What numbers stand for; asks the database when one of them is new here."""
    if len(numbers) and int(numbers.max()) not in _Known.values:
        # A listing without a role holds the empty word in its place.
        _Known.values = {
            number: (facet, value or NOT_STATED)
            for number, facet, value in PayValue.objects.values_list()
        }
    return _Known.values
