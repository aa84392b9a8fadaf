"""Employers for search engines."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from . import hiring


class EmployerSitemap(Sitemap):
    def items(self):
        return hiring.for_indexes()

    def location(self, item):
        return reverse("employer", args=[item[0]])

    def lastmod(self, item):
        return item[1]
