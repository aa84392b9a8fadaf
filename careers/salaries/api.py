"""`/api/v1/salaries`: the figures of a group of posted ranges."""

from django.http import HttpRequest

from ninja import Router, Schema

from careers.jobs.terms import DatabaseTerms

from .criteria import PAY_FACET, PER, WINDOWS, parse
from .explorer import Figures, explore

router = Router(tags=["salaries"])


class NoticeOut(Schema):
    """A parameter that was left out, and why."""

    parameter: str
    value: str
    message: str


class SalariesOut(Schema):
    """``n`` listings of so many employers. Percentiles are dollars per ``period``, and
    null where fewer than 5 listings or 4 employers post pay. ``median_interval`` is
    the 95 % interval of the median, from resampling employers. ``window`` is months
    back from today. ``excluded`` counts the listings of the group that are left out,
    by reason. ``sample`` tells that the site holds made-up listings only."""

    n: int
    employers: int
    period: str
    p10: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    median_interval: list[float] | None
    window: int
    excluded: dict[str, int]
    sample: bool
    notices: list[NoticeOut]


def _parameters():
    """The explorer's parameters for OpenAPI; they are parsed from the query string."""
    several = [
        {
            "name": facet.name,
            "in": "query",
            "description": f"{facet.label}; may be given several times, any matches",
            "schema": {"type": "array", "items": {"type": "string"}},
        }
        for facet in PAY_FACET.values()
    ]
    return [
        *several,
        {"name": "per", "in": "query", "schema": {"type": "string", "enum": [*PER]}},
        {
            "name": "window",
            "in": "query",
            "description": "Months back from today",
            "schema": {"type": "integer", "enum": [*WINDOWS]},
        },
    ]


@router.get(
    "",
    response=SalariesOut,
    summary="Posted pay of a group of listings",
    openapi_extra={"parameters": _parameters()},
)
def salaries(request: HttpRequest):
    query = {name: request.GET.getlist(name) for name in request.GET}
    question = parse(query, DatabaseTerms())
    explored = explore(question.group, has_parts=False)
    figures = explored.figures
    return {
        "n": figures.listings,
        "employers": figures.employers,
        "period": question.group.per,
        **_percentiles(figures),
        "median_interval": _cents(figures.interval),
        "window": question.group.window,
        "excluded": dict(explored.group.left_out),
        "sample": explored.is_sample,
        "notices": [
            {"parameter": n.parameter, "value": n.value, "message": n.message}
            for n in question.notices
        ],
    }


def _percentiles(figures: Figures) -> dict[str, float | None]:
    names = ("p10", "p25", "p50", "p75", "p90")
    return dict(zip(names, _cents(figures.percentiles) or [None] * 5, strict=True))


def _cents(values: tuple[float, ...] | None) -> list[float] | None:
    return [round(value, 2) for value in values] if values else None
