"""The results page and the landing pages, which are results with words of their own."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from careers.jobs.criteria import parse
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.terms import DatabaseTerms

from . import landings, suggest
from .ask import ask
from .results import Results


def results(request, landing=None):
    """Listings that answer the query string, whole or as the part htmx swaps in."""
    query = {name: request.GET.getlist(name) for name in request.GET}
    if landing:
        query[landing.parameter] = [landing.value, *query.get(landing.parameter, [])]
    asked = ask(parse(query, DatabaseTerms()))
    suggest.remember(asked.question.criteria, asked.answer)
    found = Results(
        asked.question, asked.answer, path=reverse("results"), typed=asked.typed
    )
    canonical = landings.of(found.criteria)
    if landing:
        # Asked for something else on top, the page must not keep this title.
        landing = canonical
    is_part = request.htmx and not request.htmx.history_restore_request
    response = render(
        request,
        "search/_results.html" if is_part else "search/results.html",
        {
            "results": found,
            "here": "jobs",
            "holds": found.criteria.holds,
            "state": found.criteria.state,
            "state_name": STATE_NAMES.get(found.criteria.state, ""),
            "landing": landing,
            "pay_url": canonical.pay_url if canonical else "",
            "about_url": canonical.about_url if canonical else "",
            "canonical_url": _canonical(request, found, canonical),
            "noindex": _is_noindex(found, canonical),
            "page_title": landing.title if landing else _title(found),
        },
    )
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def landing(request, parameter, slug):
    found = landings.find(parameter, slug)
    if found is None:
        raise Http404("No such page")
    return results(request, landing=found)


def _canonical(request, found, landing_page):
    if landing_page and found.page.number == 1:
        return request.build_absolute_uri(landing_page.url)
    return request.build_absolute_uri(found.address.page(found.page.number))


def _is_noindex(found, landing_page):
    """Only the whole list and landing pages that hold listings are for indexes."""
    return not found.total or not (landing_page or not found.criteria.pairs())


def _title(found):
    asked = ", ".join(chip.label for chip in found.chosen)
    return f"Jobs: {asked}" if asked else "Medical coding and billing jobs"
