"""Employers for everybody: who hires now, and the page of each."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from careers.jobs.models import Employer
from search.results import Pager

from . import hiring
from .employer_page import EmployerPage


@dataclass(frozen=True)
class Numbered:
    """Prints the addresses of the pages of a list."""

    path: str

    def page(self, number: int) -> str:
        return f"{self.path}?page={number}" if number > 1 else self.path


@require_safe
def employers(request):
    """Those with most open listings first."""
    typed = request.GET.get("page", "1")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6):
        raise Http404("No such page")
    total, found = hiring.most_first(max(1, int(typed)))
    page = Pager(int(typed), total, Numbered(reverse("employers")))
    if not 1 <= page.number <= page.pages:
        raise Http404("No such page")
    return render(
        request,
        "employers/employers.html",
        {
            "found": found,
            "page": page,
            "total": total,
            "page_title": "Employers that hire medical coders and billers",
            "canonical_url": request.build_absolute_uri(page.address.page(page.number)),
            "noindex": not any(not each.employer.is_sample for each in found),
        },
    )


@require_safe
def employer(request, slug):
    found = get_object_or_404(Employer, slug=slug)
    url = request.build_absolute_uri(reverse("employer", args=[found.slug]))
    page = EmployerPage(found, url, request.build_absolute_uri("/"))
    return render(
        request, "employers/employer.html", {"page": page, "page_title": page.title}
    )
