"""A page that may not go live is refused with its reasons, wherever one asks."""

from django.shortcuts import redirect
from django.urls import reverse

from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow

from .page_checks import PageRefusedError


class RefusedPageMiddleware:
    """Approving from a list, where no form shows problems, says them in a message."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, PageRefusedError):
            return None
        say(request, exception)
        url = reverse("wagtailadmin_pages:edit", args=[exception.page.pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            done = {"step": "success", "redirect": url}
            return render_modal_workflow(request, "", None, {}, json_data=done)
        return redirect(url)


def say(request, error):
    """A message with all that stands in the way of a page."""
    title = error.page.get_admin_display_title()
    messages.error(request, f"“{title}” cannot go live yet. {error.sentence}")
