"""What a wallet opens: today, with one credential more, and in the roles that follow.

One query reads the open listings that a person can reach, grouped by their credential
rule (`WalletRow`). Rules are few and listings many, so the wallet is held against each
rule in Python, by its own definition, and the counts of the groups are added up. The
conditions are those of `careers.jobs.matching`; so every count here is the total of the
page of results that asks the criteria beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, Min, Q, Value, When

import numpy as np
import psycopg

from careers.jobs.credential_rule import Fit
from careers.jobs.criteria import JobCriteria
from careers.jobs.matching import DUE, FULL, Condition, stated_conditions
from careers.jobs.models import WalletRow
from careers.salaries.distribution import Ranges, estimate
from careers.salaries.explorer import Figures, figures_of
from careers.salaries.models.posted_range import LEAST_YEARLY, MOST_YEARLY

#: What a person can be kept from by, besides the credentials; in this order.
REACH = ("state", "remote", "experience")
#: Those that narrow what is read at all. Experience is asked of listings one
#: qualifies for, never of what a role has open.
NARROWING = ("state", "remote")

#: How a listing stands to one of `REACH`.
ANSWERS, IS_SILENT, FAILS = range(3)

PAY = np.dtype([("employer", ">i4"), ("low", ">i4"), ("high", ">i4")])
CENTS = 100

Wallet = frozenset[str]
Roles = frozenset[str]


@dataclass(frozen=True, slots=True)
class RuleGroups:
    """What a rule asks at hire, as matching reads it: any one credential of each group.

    ``full`` are the groups without apprentice forms. A rule that is not stated fits
    nobody.
    """

    is_stated: bool
    due: tuple[Wallet, ...]
    full: tuple[Wallet, ...]

    def fits(self, wallet: Wallet) -> bool:
        return self.is_stated and all(group & wallet for group in self.due)

    def rests_on_apprentice(self, wallet: Wallet) -> bool:
        """Whether it fits only because it takes an apprentice form."""
        return self.fits(wallet) and not all(group & wallet for group in self.full)

    def one_more(self, wallet: Wallet) -> Wallet:
        """The credentials any one of which would make it fit; none where it fits."""
        unmet = [group for group in self.due if not group & wallet]
        if not self.is_stated or not unmet:
            return frozenset()
        return frozenset.intersection(*unmet)


@dataclass(frozen=True, slots=True)
class Cell:
    """Listings that share a rule, the roles asked about, and how they stand to reach.

    ``pay`` holds what they post, as `PAY`, of those within reach.
    """

    rule: RuleGroups
    roles: Roles
    silent: frozenset[str]
    failed: frozenset[str]
    count: int
    pay: bytes

    def is_open(self, *names: str, silent: Iterable[str] = ()) -> bool:
        """Whether they answer these parts of reach, but for silence on some."""
        return self.silent & {*names} == {*silent} and not self.failed & {*names}


@dataclass(frozen=True, slots=True)
class Opening:
    """So many open listings: those that the page of results shows for ``criteria``."""

    criteria: JobCriteria
    count: int


@dataclass(frozen=True, slots=True)
class Opened:
    """What a credential would open, and what those listings post (per year).

    ``difference`` is their median less that of what one qualifies for today; None
    where either has too few listings or employers.
    """

    credential: str
    opening: Opening
    figures: Figures
    difference: float | None


@dataclass(frozen=True, slots=True)
class RoleOpening:
    """A role in reach: what it has open, and what of it one qualifies for today (None
    where the wallet is not known)."""

    role: str
    open: Opening
    now: Opening | None


@dataclass
class Plan:
    """The answers for one person.

    ``reach`` holds the wallet, the state, the remote wish and the most months of
    experience, and which of them let silence in; it asks nothing else. ``roles`` are
    the roles to ask about besides.
    """

    reach: JobCriteria
    roles: Sequence[str] = ()
    is_sample: bool = False
    wallet: Wallet = field(init=False)

    def __post_init__(self) -> None:
        self.wallet = frozenset(self.reach.wallet)

    @cached_property
    def cells(self) -> list[Cell]:
        return _cells(self.reach, self.roles, is_sample=self.is_sample)

    # Today

    @cached_property
    def _within_reach(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_open(*REACH)]

    @cached_property
    def _fitting(self) -> list[Cell]:
        return [c for c in self._within_reach if c.rule.fits(self.wallet)]

    @cached_property
    def today(self) -> Opening:
        """The listings that one qualifies for now."""
        return Opening(self._asking(Fit.NOW), _total(self._fitting))

    @cached_property
    def todays_pay(self) -> Figures:
        return _figures([self._fitting])[0]

    @cached_property
    def unstated(self) -> Mapping[str, int]:
        """How many more it would be if listings that do not state a fact were let in,
        by the fact; as on the page of results."""
        found = {
            name: _total(
                cell
                for cell in self.cells
                if cell.is_open(*REACH, silent=(name,)) and cell.rule.fits(self.wallet)
            )
            for name in REACH
        }
        unruled = (cell for cell in self._within_reach if not cell.rule.is_stated)
        return {"fit": _total(unruled), **found}

    @cached_property
    def on_apprentice_form(self) -> Opening:
        """Those of today that take an apprentice form in place of the full one."""
        resting = (
            cell for cell in self._fitting if cell.rule.rests_on_apprentice(self.wallet)
        )
        return Opening(self._asking(Fit.APPRENTICE), _total(resting))

    # One credential more

    @cached_property
    def _short_of(self) -> dict[str, list[Cell]]:
        """Credential to the groups of listings that it alone would open."""
        found: dict[str, list[Cell]] = {}
        for cell in self._within_reach:
            for credential in cell.rule.one_more(self.wallet):
                found.setdefault(credential, []).append(cell)
        return found

    def adding(self, credential: str) -> Opening:
        """The listings that one credential more would open."""
        criteria = replace(self._asking(Fit.SHORT), adding=credential)
        return Opening(criteria, _total(self._short_of.get(credential, ())))

    def ranked(self, offered: Iterable[str]) -> list[Opening]:
        """What each offered credential would open, most first, without those that
        would open nothing."""
        openings = map(self.adding, set(offered) & self._short_of.keys())
        return sorted(openings, key=lambda one: (-one.count, one.criteria.adding))

    def with_pay(self, openings: Sequence[Opening]) -> list[Opened]:
        """What credentials open with what it posts; of two that open as many listings,
        the better paid first."""
        credentials = [opening.criteria.adding for opening in openings]
        every = _figures([self._short_of.get(slug, []) for slug in credentials])
        today = self.todays_pay.median
        found = [
            Opened(
                slug,
                opening,
                figures,
                figures.median - today if figures.median and today else None,
            )
            for slug, opening, figures in zip(credentials, openings, every, strict=True)
        ]
        return sorted(
            found,
            key=lambda one: (
                -one.opening.count,
                one.difference is None,
                -(one.difference or 0),
                one.credential,
            ),
        )

    # Roles

    def role(self, slug: str) -> RoleOpening:
        """What one of the roles asked about has open in reach."""
        of_role = [cell for cell in self.cells if slug in cell.roles]
        wish = self.reach.without("holds", "experience").choosing("role", slug)
        is_open = Opening(
            wish, _total(cell for cell in of_role if cell.is_open(*NARROWING))
        )
        return RoleOpening(slug, is_open, self.now_in((slug,)))

    def now_in(self, roles: Sequence[str]) -> Opening | None:
        """What one qualifies for today in any of some of the roles asked about."""
        if not self.reach.holds:
            return None
        criteria = self._asking(Fit.NOW).choosing("role", *roles)
        wanted = frozenset(roles)
        return Opening(
            criteria, _total(cell for cell in self._fitting if cell.roles & wanted)
        )

    def _asking(self, fit: Fit) -> JobCriteria:
        return replace(self.reach, fit=fit.value)


def _total(cells: Iterable[Cell]) -> int:
    return sum(cell.count for cell in cells)


def _figures(groups: Sequence[Iterable[Cell]]) -> list[Figures]:
    """What the listings of each group post, without intervals: they cost too much."""
    packs = [b"".join(cell.pay for cell in group) for group in groups]
    rows = np.frombuffer(b"".join(packs), PAY)
    of_group = np.repeat(
        np.arange(len(packs)), [len(pack) // PAY.itemsize for pack in packs]
    )
    low, high = rows["low"] / CENTS, rows["high"] / CENTS
    counts = (low >= LEAST_YEARLY) & (high <= MOST_YEARLY)
    ranges = Ranges(low[counts], high[counts], rows["employer"].astype(int)[counts])
    return figures_of(estimate(ranges, of_group[counts], len(packs), draws=0))


# Reading


def _cells(reach: JobCriteria, roles: Sequence[str], *, is_sample: bool) -> list[Cell]:
    asked = {
        name: condition
        for name, condition in stated_conditions(reach).items()
        if name in REACH
    }
    rows = _read(reach, asked, roles, is_sample=is_sample)
    rules = _rules({rule for rule, *_ in rows})
    wanted = frozenset(roles)
    return [
        Cell(
            rule=rules[rule],
            roles=wanted.intersection(of_listing),
            silent=_standing(asked, verdicts, IS_SILENT),
            failed=_standing(asked, verdicts, FAILS),
            count=count,
            pay=pay or b"",
        )
        for rule, of_listing, count, pay, *verdicts in rows
        # A rule that went with its last listing since the rows were read.
        if rule in rules
    ]


def _standing(
    asked: Iterable[str], verdicts: Sequence[int], verdict: int
) -> frozenset[str]:
    return frozenset(
        name for name, one in zip(asked, verdicts, strict=True) if one == verdict
    )


def _read(
    reach: JobCriteria,
    asked: Mapping[str, Condition],
    roles: Sequence[str],
    *,
    is_sample: bool,
) -> list[Any]:
    """(rule, roles, count, pay, verdict on each part of reach) of each group.

    OFFSET 0 keeps PostgreSQL from working the verdicts out once more for the grouping.
    """
    verdicts = {
        f"on_{name}": _verdict(condition, lets_in=name in reach.unstated)
        for name, condition in asked.items()
    }
    narrowed = [
        condition.match | condition.unstated
        for name, condition in asked.items()
        if name in NARROWING and condition.unstated
    ]
    listings: Any = WalletRow.objects
    slugs: Any = ArrayField(CharField(max_length=60))
    inner, params = (
        listings.live()
        .filter(*narrowed)
        .order_by()
        .annotate(
            wanted=Case(
                When(Q(roles__overlap=list(roles)), then=F("roles")),
                default=Value([], slugs),
                output_field=slugs,
            )
            if roles
            else Value([], slugs),
            **verdicts,
        )
        .values("rule", "wanted", "pay", "is_sample", *verdicts)
        .query.sql_with_params()
    )
    names = ", ".join(["rule", "wanted", *verdicts])
    within = " AND ".join(["is_sample = %s", *(f"{name} = 0" for name in verdicts)])
    chosen = ", ".join(
        [
            "rule, wanted, count(*)",
            f"string_agg(pay, ''::bytea) FILTER (WHERE {within})",
            *verdicts,
        ]
    )
    sql = f"SELECT {chosen} FROM ({inner} OFFSET 0) AS reached GROUP BY {names}"
    connection.ensure_connection()
    # A cursor of the driver's own: packs in binary form take half as long as in text,
    # which is all that Django's cursor knows.
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
    ):
        cursor.execute(sql, [is_sample, *params], binary=True)
        return cursor.fetchall()


def _verdict(condition: Condition, *, lets_in: bool) -> Case:
    silence = ANSWERS if lets_in else IS_SILENT
    return Case(
        When(condition.match, then=Value(ANSWERS)),
        When(condition.unstated, then=Value(silence)),
        default=Value(FAILS),
        output_field=IntegerField(),
    )


class _Known:
    """Rules by digest. A digest never means another rule, so memory stays true."""

    rules: dict[UUID, RuleGroups] = {}


def _rules(digests: set[UUID]) -> Mapping[UUID, RuleGroups]:
    """What digests stand for; asks the database when one of them is new here."""
    unknown = digests - _Known.rules.keys()
    if unknown:
        _Known.rules |= _read_rules(unknown)
    return _Known.rules


def _read_rules(digests: set[UUID]) -> dict[UUID, RuleGroups]:
    """Read off one listing of each rule, in one statement, so that none can change."""
    one_of_each = (
        WalletRow.objects.filter(rule__in=digests)
        .order_by()
        .values("rule")
        .annotate(one=Min("listing_id"))
        .values("one")
    )
    columns = [f"listing__{name}" for name in ("credentials", *DUE, *FULL)]
    rows = WalletRow.objects.filter(pk__in=one_of_each).order_by()
    found = {}
    for digest, credentials, *groups in rows.values_list("rule", *columns):
        due, full = groups[: len(DUE)], groups[len(DUE) :]
        found[digest] = RuleGroups(bool(credentials), _sets(due), _sets(full))
    return found


def _sets(groups: Iterable[list[str] | None]) -> tuple[Wallet, ...]:
    return tuple(frozenset(group) for group in groups if group is not None)
