"""Guides: articles with live figures among their words."""

from django.utils.functional import cached_property

from .. import metadata
from ..sections import minutes
from .base import ContentPage


class GuideIndexPage(ContentPage):
    max_count = 1
    parent_page_types = ["pathways.HomePage"]
    subpage_types = ["pathways.GuidePage"]
    here = "guides"

    @cached_property
    def guides(self):
        """Those that are published, in the order that editors gave them."""
        guides = GuidePage.objects.child_of(self).live().order_by("path")
        return list(guides.defer_streamfields())


class GuidePage(ContentPage):
    parent_page_types = ["pathways.GuideIndexPage"]
    subpage_types = []
    here = "guides"
    og_type = "article"

    @property
    def minutes(self):
        """How long it takes to read."""
        return minutes(self.body)

    def markup(self, request):
        return [metadata.article(self, request), *metadata.questions(self)]


def newest_guides(number):
    """Guides as lists show them, the latest first."""
    guides = GuidePage.objects.live().order_by("-first_published_at", "-pk")
    return guides.defer_streamfields()[:number]
