"""Role pages: what the work is, what it pays, where it leads."""

from django.db import models

from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from careers.jobs.models import Role

from .. import live, role_view
from .base import ContentPage


class RoleIndexPage(ContentPage):
    max_count = 1
    parent_page_types = ["pathways.HomePage"]
    subpage_types = ["pathways.RolePage"]
    here = "pathways"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        roles = live.role_figures()
        tracks = role_view.by_track(RolePage.by_role(), roles)
        return context | {
            "tracks": tracks,
            "is_sample": roles.is_sample,
            "at": roles.at,
        }


class RolePage(ContentPage):
    role = models.OneToOneField(Role, on_delete=models.PROTECT, related_name="page")

    parent_page_types = ["pathways.RoleIndexPage"]
    subpage_types = []
    here = "pathways"
    content_panels = [FieldPanel("role"), *ContentPage.content_panels]
    search_fields = [
        *ContentPage.search_fields,
        index.RelatedFields(
            "role", [index.SearchField("name"), index.SearchField("aliases")]
        ),
    ]

    @property
    def track(self):
        return self.role.track

    @classmethod
    def by_role(cls):
        """Published pages by the slug of their role, without their bodies."""
        pages = cls.objects.live().select_related("role").defer_streamfields()
        return {page.role.slug: page for page in pages}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"role": role_view.view(self)}
