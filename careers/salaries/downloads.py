"""Numbers and pictures of the explorer as files."""

import csv

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from careers.jobs.terms import DatabaseTerms

from . import drawing, posted_pay
from .criteria import PAY_FACET, parse
from .explorer import Figures, explore
from .explorer_page import ExplorerPage
from .wording import value_label

PERCENTILES = ("p10", "p25", "median", "p75", "p90")
FIGURES = (
    "listings",
    "employers",
    *PERCENTILES,
    "median_low",
    "median_high",
    "per",
    "window_months",
)
#: What a cell begins with that a spreadsheet computes.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CHARTS = ("distribution", "by", "map", "trend", "experience")


def _asked(request):
    query = {name: request.GET.getlist(name) for name in request.GET}
    # The name of a chart belongs to the file, not to the question.
    query.pop("chart", None)
    return parse(query, DatabaseTerms())


def posted_pay_csv(request):
    """Every counted range of a group, of all where nothing is asked."""
    explored = explore(_asked(request).group, has_parts=False)
    return StreamingHttpResponse(
        posted_pay.lines(explored.group),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{_name("posted-pay")}.csv"'
        },
    )


def figures_csv(request):
    """The table behind a drawing: a line for each group, value or quarter."""
    chart = request.GET.get("chart", "distribution")
    if chart not in CHARTS:
        raise Http404("No such chart")
    page = ExplorerPage(_asked(request))
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_name(chart)}.csv"'},
    )
    writer = csv.writer(response)
    head, lines = _table(page, chart)
    writer.writerow([*head, *FIGURES])
    for names, figures in lines:
        writer.writerow([*map(_text, names), *_cells(page, figures)])
    return response


def picture(request, chart, ending):
    """A drawing that stands alone, as SVG or as PNG."""
    if chart not in CHARTS:
        raise Http404("No such chart")
    page = ExplorerPage(_asked(request))
    drawn = drawing.draw(page, chart)
    if drawn is None:
        raise Http404("Too few listings post their pay for a drawing")
    kind, content = (
        ("image/svg+xml", drawn.svg())
        if ending == "svg"
        else ("image/png", drawn.png())
    )
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{_name(chart)}.{ending}"'
        },
    )


def _name(what):
    """salaries-by-2026-11-24: what, and the day it was read."""
    return f"salaries-{what}-{timezone.now():%Y-%m-%d}"


def _table(page, chart):
    """Head of the naming columns, and lines of (names, figures)."""
    if chart == "distribution":
        return ["group"], [([group.name], group.figures) for group in page.groups]
    if chart == "trend":
        parts = page.explored.quarters()
        return ["quarter"], [([part.value], part.figures) for part in parts]
    facet = {"experience": "experience", "map": "state"}.get(chart, page.by)
    lines = [
        ([part.value, value_label(PAY_FACET[facet], part.value)], part.figures)
        for part in page.explored.by(facet)
    ]
    return [facet, f"{facet}_name"], lines


def _text(words):
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(FORMULA) else words


def _cells(page, figures: Figures):
    """Dollars to the cent; empty below the minimum sample."""
    percentiles = figures.percentiles or [None] * len(PERCENTILES)
    values = [*percentiles, *(figures.interval or (None, None))]
    return [
        figures.listings,
        figures.employers,
        *("" if value is None else f"{value:.2f}" for value in values),
        page.per,
        page.window,
    ]
