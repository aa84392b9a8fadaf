"""From `JobCriteria` to conditions on listings: the one place that says what matches.

Each filter becomes a `Condition`: ``match`` holds for listings that state the fact
and answer the question, ``unstated`` for those that do not state it. What is not
stated never matches unless the question lets it in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Value,
)
from django.utils import timezone

from .credential_rule import MOST_GROUPS, Fit
from .criteria import JobCriteria, Near
from .facets import BY_NAME, FACETS, NOT_STATED, Facet

EARTH_RADIUS_MILES = 3958.8
MILES_PER_DEGREE = 69.0

SLUGS = ArrayField(CharField(max_length=60))
DUE = tuple(f"due_{n}" for n in range(1, MOST_GROUPS + 1))
#: A stated rule names credentials, or says that none is asked.
RULE_UNSTATED = Q(credentials=[])
FULL = tuple(f"full_{n}" for n in range(1, MOST_GROUPS + 1))


@dataclass(frozen=True)
class Condition:
    match: Q
    unstated: Q | None = None


def conditions(criteria: JobCriteria) -> dict[str, Q]:
    """Filter name to what a listing must satisfy; free text is the engines' own."""
    return {
        name: condition.match
        if condition.unstated is None or not _lets_in_unstated(criteria, name)
        else condition.match | condition.unstated
        for name, condition in stated_conditions(criteria).items()
    }


def stated_conditions(criteria: JobCriteria) -> dict[str, Condition]:
    """The same, with match and silence kept apart."""
    found = {
        facet.name: facet_condition(facet, criteria.values(facet.name))
        for facet in FACETS
        if criteria.values(facet.name)
    }
    found |= {
        name: build(criteria) for name, build in BUILDERS.items() if criteria.asks(name)
    }
    return found


def _lets_in_unstated(criteria: JobCriteria, name: str) -> bool:
    if name in BY_NAME:
        return NOT_STATED in criteria.values(name)
    return name in criteria.unstated


def facet_condition(facet: Facet, values: Sequence[str]) -> Condition:
    """Any of the values, in the column that a facet names."""
    wanted = [v for v in values if v != NOT_STATED]
    if facet.is_array:
        return Condition(
            Q(**{f"{facet.column}__overlap": wanted}),
            Q(**{facet.column: []}),
        )
    return Condition(Q(**{f"{facet.column}__in": wanted}), Q(**{facet.column: ""}))


def _pay(criteria: JobCriteria) -> Condition:
    column = "hourly_maximum" if criteria.per == "hour" else "yearly_maximum"
    return Condition(
        Q(**{f"{column}__gte": criteria.pay}), Q(**{f"{column}__isnull": True})
    )


def _experience(criteria: JobCriteria) -> Condition:
    return Condition(
        Q(experience_months__lte=criteria.experience), Q(experience_months=None)
    )


def _apprentice(criteria: JobCriteria) -> Condition:
    return Condition(Q(accepts_apprentice=True), RULE_UNSTATED)


def _state(criteria: JobCriteria) -> Condition:
    return Condition(Q(hires_from__contains=[criteria.state]), Q(hires_from=[]))


def _posted(criteria: JobCriteria) -> Condition:
    days = timedelta(days=criteria.posted or 0)
    return Condition(Q(posted_at__gte=timezone.now() - days))


def _untested(criteria: JobCriteria) -> Condition:
    return Condition(Q(test__in=["none", "paid"]), Q(test__in=["", "required"]))


def _near(criteria: JobCriteria) -> Condition:
    return Condition(Q(Exists(places_near(criteria.near, criteria.within))))


def _fit(criteria: JobCriteria) -> Condition:
    wallet = list(criteria.wallet)
    stated = ~RULE_UNSTATED
    now = _all_met(DUE, wallet)
    match = {
        Fit.NOW: stated & now,
        Fit.APPRENTICE: stated & now & ~_all_met(FULL, wallet),
        Fit.SHORT: stated & ~now & _one_more(wallet, criteria.adding),
    }[Fit(criteria.fit)]
    return Condition(match, RULE_UNSTATED)


def _one_more(wallet: list[str], adding: str) -> Q:
    """One more credential would do: any at all, or the one that is named."""
    if adding:
        return _all_met(DUE, [*wallet, adding])
    return Q(OneMoreCredential(wallet))


BUILDERS: dict[str, Callable[[JobCriteria], Condition]] = {
    "pay": _pay,
    "experience": _experience,
    "apprentice": _apprentice,
    "state": _state,
    "near": _near,
    "posted": _posted,
    "untested": _untested,
    "fit": _fit,
}


def _all_met(columns: tuple[str, ...], wallet: list[str]) -> Q:
    met = Q()
    for column in columns:
        met &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__overlap": wallet})
    return met


class OneMoreCredential(Func):
    """True where some credential is in every group that the wallet leaves unmet."""

    output_field = BooleanField()

    def __init__(self, wallet: list[str]) -> None:
        super().__init__(*(F(column) for column in DUE), Value(wallet, SLUGS))

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        *columns, wallet = self.source_expressions
        due = [compiler.compile(column)[0] for column in columns]
        held, params = compiler.compile(wallet)
        groups = " AND ".join(
            f"({column} IS NULL OR {column} && {held} OR one = ANY({column}))"
            for column in due
        )
        every = " || ".join(f"COALESCE({column}, '{{}}')" for column in due)
        sql = f"EXISTS (SELECT 1 FROM unnest({every}) AS one WHERE {groups})"
        return sql, params * len(due)


class Miles(Func):
    """Great-circle distance in miles from a place (haversine) to two columns."""

    output_field = FloatField()

    def __init__(self, near: Near) -> None:
        super().__init__(
            F("latitude"), F("longitude"), Value(near.latitude), Value(near.longitude)
        )

    def as_sql(self, compiler, connection, **extra):  # type: ignore[no-untyped-def]
        (lat, _), (lon, _) = map(compiler.compile, self.source_expressions[:2])
        here_lat, here_lon = (e.value for e in self.source_expressions[2:])
        sql = (
            f"{2 * EARTH_RADIUS_MILES} * asin(least(1, sqrt("
            f"sin(radians({lat} - %s) / 2) ^ 2 + cos(radians(%s)) * "
            f"cos(radians({lat})) * sin(radians({lon} - %s) / 2) ^ 2)))"
        )
        return sql, [here_lat, here_lat, here_lon]


def places_near(near: Near, within: int) -> Any:
    """Places of the outer listing within so many miles; a box first, for the index."""
    up = within / MILES_PER_DEGREE
    across = up / max(cos(radians(min(abs(near.latitude) + up, 89.0))), 0.01)
    return (
        apps.get_model("jobs", "ListingPlace")
        .objects.filter(
            listing=OuterRef("pk"),
            latitude__range=(near.latitude - up, near.latitude + up),
            longitude__range=(near.longitude - across, near.longitude + across),
        )
        .annotate(miles=Miles(near))
        .filter(miles__lte=within)
    )
