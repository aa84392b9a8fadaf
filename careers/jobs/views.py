"""The page of a listing: open, closed, removed."""

from urllib.parse import urlsplit

from django.db.models import Q
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .listing_page import Reader, listing_page
from .models import JobListing


@require_safe
def listing(request, slug, pk):
    """A draft has no page; a closed listing keeps its own, a removed one is gone."""
    found = get_object_or_404(
        JobListing.objects.filter(
            Q(live=True) | Q(removed_at__isnull=False)
        ).select_related("employer"),
        pk=pk,
    )
    if found.removed_at:
        return render(request, "410.html", status=410)
    if slug != found.slug:
        return HttpResponsePermanentRedirect(_with_query(found, request))
    url = request.build_absolute_uri(found.get_absolute_url())
    page = listing_page(found, reader=Reader.of(request.GET), url=url)
    return render(
        request, "jobs/listing.html", page | {"back_url": _results_before(request)}
    )


def _with_query(found, request):
    query = request.META.get("QUERY_STRING", "")
    url = found.get_absolute_url()
    return f"{url}?{query}" if query else url


def _results_before(request):
    """The results page that the reader came from, or an empty string."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host() or before.path != reverse("results"):
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path
