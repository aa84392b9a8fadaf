"""The map of roles, and pathways: one way up of many, step by step."""

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from careers.jobs.criteria import cleaned
from careers.jobs.models import Role

from .. import route
from ..page_form import PageForm
from .base import ContentPage
from .moves import Move


class PathwayIndexPage(ContentPage):
    """The map."""

    max_count = 1
    parent_page_types = ["pathways.HomePage"]
    subpage_types = ["pathways.PathwayPage"]
    here = "pathways"

    @cached_property
    def pathways(self):
        return list(
            PathwayPage.objects.child_of(self)
            .live()
            .order_by("path")
            .defer_streamfields()
            .prefetch_related("steps__role")
        )

    def get_context(self, request, *args, **kwargs):
        """The role in focus and the reader's own are asked for in the address."""
        context = super().get_context(request, *args, **kwargs)
        return context | {
            "wanted": cleaned(request.GET.get("focus", ""))[:60],
            "you": cleaned(request.GET.get("role", ""))[:60],
        }


class PathwayForm(PageForm):
    """Each step must be a move that exists, as the page says what every move takes."""

    def clean(self):
        data = super().clean()
        if not self.is_going_live:
            return data
        steps = [
            form.cleaned_data["role"]
            for form in self.formsets["steps"].ordered_forms
            if form.is_valid() and form.cleaned_data.get("role")
        ]
        known = set(Move.objects.values_list("from_role", "to_role"))
        for before, after in pairwise(steps):
            if (before.pk, after.pk) not in known:
                raise ValidationError(
                    f"There is no move from {before} to {after}. Add it under Moves, "
                    "or put another role between them."
                )
        return data


class PathwayPage(ContentPage):
    parent_page_types = ["pathways.PathwayIndexPage"]
    subpage_types = []
    here = "pathways"
    base_form_class = PathwayForm
    content_panels = [
        *ContentPage.content_panels[:2],
        InlinePanel("steps", heading="Steps", label="Step", min_num=2),
        *ContentPage.content_panels[2:],
    ]

    @property
    def track(self):
        """Of the role it leads to."""
        roles = self.roles
        return roles[-1].track if roles else ""

    @cached_property
    def roles(self):
        """In order, whether the steps are saved or still a draft."""
        ids = [step.role_id for step in self.steps.all()]
        found = Role.objects.in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def drawn_route(self):
        """The way, with the figures of today."""
        return route.route([role.slug for role in self.roles])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"route": self.drawn_route}


class PathwayStep(Orderable):
    page = ParentalKey(PathwayPage, on_delete=models.CASCADE, related_name="steps")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("role")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "role"],
                name="pathway_role_once",
                violation_error_message="The pathway has this role already.",
            )
        ]
