"""From `JobCriteria` to filters of Elasticsearch: the twin of `careers.jobs.matching`.

Both say what matches; the evaluators and the contract tests hold them to one answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from careers.jobs.credential_rule import Fit
from careers.jobs.criteria import JobCriteria
from careers.jobs.facets import FACETS, NOT_STATED, Facet
from careers.jobs.matching import EARTH_RADIUS_MILES

from .documents import DUE, FULL, NO_GROUP, cents, microseconds
from .index import GROUPS

#: The radius of the sphere on which Elasticsearch measures, in metres.
EARTH_RADIUS_METRES = 6_371_008.7714


@dataclass(frozen=True)
class Filter:
    """``match`` holds where the fact is stated and answers, ``unstated`` where it is
    not stated, ``asked`` is what the question obeys."""

    match: Query
    unstated: Query | None = None
    lets_in_unstated: bool = False

    @property
    def asked(self) -> Query:
        if self.unstated is None or not self.lets_in_unstated:
            return self.match
        return any_of([self.match, self.unstated])


def field_of(facet: Facet) -> str:
    """The field of the document: the row's column, or the employer's slug."""
    return facet.name if facet.name == "employer" else facet.column


def all_of(queries: Sequence[Query]) -> Query:
    return Q("bool", filter=list(queries)) if queries else Q("match_all")


def any_of(queries: Sequence[Query]) -> Query:
    return Q("bool", should=list(queries), minimum_should_match=1)


def none_of(*queries: Query) -> Query:
    return Q("bool", must_not=list(queries))


def missing(field: str) -> Query:
    return none_of(Q("exists", field=field))


def live(now: datetime) -> Query:
    """Open at this moment, to the microsecond, as `JobListing.objects.live()`.

    Nearly all listings are open until the next minute at least: that part asks the
    same for a minute, so that the cluster can keep its answer.
    """
    minute = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    moment, soon = microseconds(now), microseconds(minute)
    return any_of(
        [
            Q("range", expire_at={"gt": soon}),
            missing("expire_at"),
            Q("range", expire_at={"gt": moment, "lte": soon}),
        ]
    )


def filters(criteria: JobCriteria, now: datetime) -> dict[str, Filter]:
    """Filter name to its filter; free text is not among them."""
    found = {
        facet.name: _facet(facet, criteria)
        for facet in FACETS
        if criteria.values(facet.name)
    }
    found |= {
        name: build(criteria) for name, build in BUILDERS.items() if criteria.asks(name)
    }
    if criteria.posted is not None:
        since = microseconds(now - timedelta(days=criteria.posted))
        found["posted"] = Filter(Q("range", posted_at={"gte": since}))
    return found


def _facet(facet: Facet, criteria: JobCriteria) -> Filter:
    field = field_of(facet)
    chosen = criteria.values(facet.name)
    wanted = [value for value in chosen if value != NOT_STATED]
    # Every listing has an employer.
    unstated = None if facet.name == "employer" else missing(field)
    return Filter(Q("terms", **{field: wanted}), unstated, NOT_STATED in chosen)


def _pay(criteria: JobCriteria) -> Filter:
    field = "hourly_maximum" if criteria.per == "hour" else "yearly_maximum"
    assert criteria.pay is not None  # noqa: S101 - asked for
    at_least = {"gte": cents(criteria.pay)}
    return Filter(
        Q("range", **{field: at_least}), missing(field), "pay" in criteria.unstated
    )


def _experience(criteria: JobCriteria) -> Filter:
    return Filter(
        Q("range", experience_months={"lte": criteria.experience}),
        missing("experience_months"),
        "experience" in criteria.unstated,
    )


def _apprentice(criteria: JobCriteria) -> Filter:
    return Filter(
        Q("term", accepts_apprentice=True),
        missing("credentials"),
        "apprentice" in criteria.unstated,
    )


def _state(criteria: JobCriteria) -> Filter:
    return Filter(
        Q("term", hires_from=criteria.state),
        missing("hires_from"),
        "state" in criteria.unstated,
    )


def _untested(criteria: JobCriteria) -> Filter:
    return Filter(
        Q("terms", test=["none", "paid"]),
        any_of([missing("test"), Q("term", test="required")]),
        "untested" in criteria.unstated,
    )


def _near(criteria: JobCriteria) -> Filter:
    near = criteria.near
    assert near is not None  # noqa: S101 - asked for
    metres = criteria.within / EARTH_RADIUS_MILES * EARTH_RADIUS_METRES
    place = {"lat": near.latitude, "lon": near.longitude}
    return Filter(Q("geo_distance", distance=f"{metres}m", places=place))


def _fit(criteria: JobCriteria) -> Filter:
    wallet = list(criteria.wallet)
    stated = Q("exists", field="credentials")
    now = [_met(name, wallet) for name in DUE]
    match = {
        Fit.NOW: all_of([stated, *now]),
        Fit.APPRENTICE: all_of(
            [stated, *now, none_of(all_of([_met(name, wallet) for name in FULL]))]
        ),
        Fit.SHORT: all_of(
            [stated, none_of(all_of(now)), *_one_more(now, wallet, criteria.adding)]
        ),
    }[Fit(criteria.fit)]
    return Filter(match, missing("credentials"), "fit" in criteria.unstated)


def _met(field: str, wallet: list[str]) -> Query:
    return Q("terms", **{field: [*wallet, NO_GROUP]})


def _one_more(met: Sequence[Query], wallet: list[str], adding: str) -> list[Query]:
    """One more credential would do: the one that is named, else any at all.

    ``met`` says of each group that the wallet meets it. Without a name, some
    credential is in every group of a set, and the wallet meets the others.
    """
    if adding:
        return [_met(name, [*wallet, adding]) for name in DUE]
    options = []
    for chosen in range(1, 2 ** len(met)):
        together = [n for n in GROUPS if chosen & 1 << (n - 1)]
        others = [met[n - 1] for n in GROUPS if n not in together]
        name = "".join(map(str, together))
        options.append(all_of([Q("term", shared=name), *others]))
    return [any_of(options)]


BUILDERS: dict[str, Callable[[JobCriteria], Filter]] = {
    "pay": _pay,
    "experience": _experience,
    "apprentice": _apprentice,
    "state": _state,
    "near": _near,
    "untested": _untested,
    "fit": _fit,
}
