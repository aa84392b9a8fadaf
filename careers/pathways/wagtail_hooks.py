"""Pages, moves and authors in the admin: menus, reports, the first page, refusals."""

from django.shortcuts import redirect

from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from careers.jobs import reports as shared_reports

from . import dashboard, refusals, reports
from .models import ContentPage
from .move_admin import PathwaysGroup
from .page_checks import PageRefusedError, require_publishable

register_snippet(PathwaysGroup)

shared_reports.register(reports.REPORTS, about=Page, order=200)


@hooks.register("construct_homepage_panels")
def panels_of_what_waits(request, panels):
    panels += [dashboard.WaitingPanel(), dashboard.ScheduledPanel()]


@hooks.register("construct_homepage_summary_items")
def open_listings(request, items):
    items.append(dashboard.OpenListingsItem(request))


@hooks.register("before_bulk_action")
def refuse_bulk_publish(request, action_type, objects, action):
    """Publishes all of the chosen pages or, with what is wrong with each, none."""
    if action_type != "publish" or action.model is not Page:
        return None
    chosen = [page.specific for page in objects]
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in objects:
            chosen += page.get_descendants().not_live().specific()
    refused = [error for page in chosen if (error := _refusal(page))]
    for error in refused:
        refusals.say(request, error)
    return redirect(action.next_url) if refused else None


def _refusal(page):
    if not isinstance(page, ContentPage):
        return None
    try:
        require_publishable(page.get_latest_revision_as_object())
    except PageRefusedError as error:
        return error
    return None
