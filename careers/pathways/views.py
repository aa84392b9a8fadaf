"""What stands beside Wagtail's pages at addresses of its own."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wagtail.models import Page, Site

from careers.jobs.terms import DatabaseTerms

from . import link_card as card
from .next_step import NextStep, moves_from
from .next_step_question import parse


@require_safe
@cache_control(public=True, max_age=30 * 24 * 3600, immutable=True)
def link_card(request, pk, fingerprint):
    """The picture of a published page; its address changes with what it shows."""
    page = Page.objects.live().public().filter(pk=pk).first()
    page = page.specific if page else None
    if page is None or card.fingerprint(page) != fingerprint:
        raise Http404("No such picture")
    site = Site.find_for_request(request)
    name = site.site_name if site else ""
    return HttpResponse(card.draw(page, name), content_type="image/png")


@require_safe
def next_step(request):
    """What a wallet opens today, with one credential more, and in the roles after."""
    query = {name: request.GET.getlist(name) for name in request.GET}
    question = parse(query, DatabaseTerms())
    page = NextStep(question, moves_from(question.role))
    return render(
        request,
        "pathways/next_step.html",
        {
            "page": page,
            "here": "pathways",
            "holds": page.reach.holds,
            "state": page.reach.state,
            "canonical_url": request.build_absolute_uri(page.url),
            "noindex": page.is_asked,
        },
    )
