"""The front page, and pages that are only text."""

from dataclasses import dataclass

from django.db import models

from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .. import live, metadata, route
from .base import ContentPage
from .guides import newest_guides
from .pathways import PathwayIndexPage, PathwayPage

#: Guides that the front page names.
GUIDES = 4
#: What the front page shows of other pages is remembered under this.
FRONT_PAGE = "front page"


@dataclass(frozen=True, slots=True)
class Named:
    """A page as the front page names it."""

    title: str
    url: str
    summary: str

    @classmethod
    def of(cls, page):
        return cls(page.title, page.url or "", page.summary)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the front page shows of other pages; ``steps`` are slugs of roles."""

    pathway: Named | None
    steps: list[str]
    map_url: str
    guides: list[Named]


class HomePage(Page):
    """The front page: search, what opened, what work pays, where it leads."""

    pathway = models.ForeignKey(
        "pathways.PathwayPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The way up that the front page draws; the first one if empty.",
    )

    template = "pathways/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pathways.PathwayIndexPage",
        "pathways.RoleIndexPage",
        "pathways.CredentialIndexPage",
        "pathways.SettingIndexPage",
        "pathways.GuideIndexPage",
        "pathways.PlainPage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("pathway")]

    @property
    def description(self):
        return self.search_description or (
            "Open jobs in medical coding and billing: what they ask, what they pay, "
            "where you can live."
        )

    @property
    def track(self):
        return ""

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        is_preview = getattr(request, "is_preview", False)
        shown = (
            self._shown()
            if is_preview
            else live.remembered(FRONT_PAGE, self._shown).value
        )
        return context | {
            "head": metadata.head(self, request, ()),
            "shown": shown,
            "route": route.route(shown.steps) if shown.steps else None,
        }

    def _shown(self):
        way = self.pathway or PathwayPage.objects.live().order_by("path").first()
        way = way if way and way.live else None
        map_page = PathwayIndexPage.objects.live().first()
        return Shown(
            pathway=Named.of(way) if way else None,
            steps=[role.slug for role in way.roles] if way else [],
            map_url=map_page.url if map_page else "",
            guides=[Named.of(guide) for guide in newest_guides(GUIDES)],
        )

    def markup(self, request):
        return [metadata.website(self, request)]


class PlainPage(ContentPage):
    """About, privacy, and the like."""

    parent_page_types = ["pathways.HomePage", "pathways.PlainPage"]
    subpage_types = ["pathways.PlainPage"]
