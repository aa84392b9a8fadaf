"""Suggestions while somebody types, for the fields of the search form."""

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.jobs.criteria import LONGEST_TEXT, Near, parse
from careers.jobs.terms import DatabaseTerms

from . import suggest
from .results import Address

#: Stands for the place that is being typed, so that the distance asked for is read.
SOMEWHERE = Near("somewhere", 0.0, 0.0)


class _Terms(DatabaseTerms):
    def near(self, text):
        return SOMEWHERE if text == SOMEWHERE.label else super().near(text)


@require_safe
@cache_control(public=True, max_age=60)
def suggestions(request):
    """What the words in one field may mean, beside all else that the form asks.

    ``field`` names the field that is typed in, "q" or "near"; the other parameters are
    those of the results page and stay in force.
    """
    query = {name: request.GET.getlist(name) for name in request.GET}
    is_place = query.pop("field", ["q"])[-1] == "near"
    field = "near" if is_place and "near" in query else "q"
    typed = query.pop(field, [""])[-1][:LONGEST_TEXT]
    query.pop("page", None)
    if is_place:
        base = parse(query | {"near": [SOMEWHERE.label]}, _Terms()).criteria
        groups = suggest.of_places(typed, base)
    else:
        base = parse(query, DatabaseTerms()).criteria
        groups = suggest.of_work(typed, base)
    return JsonResponse({"query": typed, "groups": [_group(group) for group in groups]})


def _group(group):
    return {
        "kind": group.kind,
        "label": group.label,
        "options": [_option(option) for option in group.options],
    }


def _option(option):
    return {
        "value": option.value,
        "label": option.label,
        "detail": option.detail,
        "count": option.count,
        "url": Address(reverse("results"), option.criteria).of(option.criteria),
        "matched": option.matched,
        "matched_detail": option.matched_detail,
    }
