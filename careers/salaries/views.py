"""What work pays: the explorer, the listings behind its figures, how pay is read."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from careers.jobs import vocabulary
from careers.jobs.structured_data import script_json
from careers.jobs.terms import DatabaseTerms

from . import landings, markup
from .behind_page import BehindPage
from .criteria import PayCriteria, parse
from .differences_page import DifferencesPage
from .explorer import explore
from .explorer_page import ExplorerPage
from .method import Method
from .posted_pay import COLUMNS


def asked(request, **chosen):
    """The question of a query string, with what the address itself asks for."""
    query = {name: request.GET.getlist(name) for name in request.GET}
    for name, value in chosen.items():
        query[name] = [value, *query.get(name, [])]
    return parse(query, DatabaseTerms())


def explorer(request, **chosen):
    """A group, or two side by side; a group with a page of its own says so."""
    question = asked(request, **chosen)
    page = ExplorerPage(question)
    landing = None if question.versus or question.by else landings.of(question.group)
    occupation = markup.occupation(question.group, page.explored.figures)
    is_whole = not question.pairs()
    return render(
        request,
        "salaries/explorer.html",
        {
            "page": page,
            "here": "pay",
            "landing": landing,
            "page_title": landing.title if landing else page.title,
            "canonical_url": request.build_absolute_uri(
                landing.url if landing else page.url
            ),
            "noindex": page.is_sample
            or not page.explored.figures.is_enough
            or not (landing or is_whole),
            "markup": script_json(occupation)
            if occupation and landing and not page.is_sample
            else "",
        },
    )


def role(request, role, state=""):
    if role not in vocabulary.current().roles:
        raise Http404("No such role")
    if not state:
        return explorer(request, role=role)
    code = landings.STATE_BY_SLUG.get(state)
    if code is None:
        raise Http404("No such state")
    return explorer(request, role=role, state=code)


def credential(request, credential):
    """Under its name of today: a name that was given up leads there."""
    slug = vocabulary.current().credential(credential)
    if slug is None:
        raise Http404("No such credential")
    if credential != slug.lower():
        path = reverse("salaries-credential", args=[slug.lower()])
        query = request.META["QUERY_STRING"]
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    return explorer(request, credential=slug)


def setting(request, setting):
    if setting not in vocabulary.current().settings:
        raise Http404("No such setting")
    return explorer(request, setting=setting)


def listings(request):
    """Every listing behind a figure, open or closed, newest first."""
    text = request.GET.get("page", "")
    number = max(int(text), 1) if _is_number(text) else 1
    page = BehindPage(asked(request), number)
    return render(request, "salaries/listings.html", {"page": page, "here": "pay"})


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 7


def differences(request):
    """What credentials, remote work and settings go with, within like roles."""
    page = DifferencesPage(asked(request))
    is_whole = not page.question.pairs()
    return render(
        request,
        "salaries/differences.html",
        {
            "page": page,
            "here": "pay",
            "canonical_url": request.build_absolute_uri(page.url),
            "noindex": page.is_sample or not is_whole or not page.sections,
        },
    )


def method(request):
    return render(
        request,
        "salaries/method.html",
        {
            "method": Method(),
            "here": "pay",
            "canonical_url": request.build_absolute_uri(reverse("salaries-method")),
        },
    )


def posted_pay(request):
    explored = explore(PayCriteria(), has_parts=False)
    return render(
        request,
        "salaries/posted_pay.html",
        {
            "columns": COLUMNS,
            "here": "pay",
            "is_sample": explored.is_sample,
            "count": len(explored.group),
        },
    )
