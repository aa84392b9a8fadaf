"""The sitemap, put together from the apps, and robots.txt."""

from django.contrib.sitemaps import views
from django.http import HttpResponse
from django.urls import path, reverse

from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from careers.employers.sitemaps import EmployerSitemap
from careers.jobs.sitemaps import ListingSitemap
from careers.salaries.sitemaps import PaySitemap
from search.sitemaps import LandingSitemap

SITEMAPS = {
    "pages": PageSitemap,
    "listings": ListingSitemap,
    "landings": LandingSitemap,
    "employers": EmployerSitemap,
    "pay": PaySitemap,
}


def robots(request):
    """Everything public may be read; the admin and the API are no pages."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        f"Sitemap: {sitemap}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        views.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        views.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap-section",
    ),
]
