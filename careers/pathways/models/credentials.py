"""Credential pages, and their facts: each with a source and the day it was checked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.models import Credential
from careers.salaries.criteria import PayCriteria

from .. import blocks, comparison, live
from ..staleness import stale_before
from .base import ContentPage

#: Selects that a form of comparison offers at first.
FIELDS = 3


class CredentialIndexPage(ContentPage):
    """All credentials by body; any of them side by side."""

    max_count = 1
    parent_page_types = ["pathways.HomePage"]
    subpage_types = ["pathways.CredentialPage"]
    here = "credentials"

    def get_context(self, request, *args, **kwargs):
        """``c`` in the address names credentials to set side by side."""
        context = super().get_context(request, *args, **kwargs)
        words = vocabulary.current()
        asked = [words.credential(c) for c in request.GET.getlist("c")[:20]]
        chosen = [slug for slug in dict.fromkeys(asked) if slug][: comparison.MOST]
        counts = live.openings_by("credential")
        return context | {
            "chosen": [*chosen, *[""] * max(FIELDS - len(chosen), 1)][
                : comparison.MOST
            ],
            "choices": blocks.credentials(),
            "comparison": comparison.of(chosen) if chosen else None,
            "bodies": self._bodies(request, counts.value),
            "at": counts.at,
            "noindex": bool(request.GET),
        }

    def _bodies(self, request, counts):
        """Who issues credentials, each with its own, in the order of the lists."""
        urls = {
            page.credential.slug: page.get_url(request)
            for page in CredentialPage.objects.live()
            .select_related("credential")
            .defer_streamfields()
        }
        found = {}
        for credential in Credential.objects.select_related("body"):
            body = found.setdefault(
                credential.body.slug,
                {
                    "slug": credential.body.slug,
                    "name": credential.body.name,
                    "full_name": credential.body.full_name,
                    "entries": [],
                },
            )
            asked = JobCriteria(credential=(credential.slug,))
            is_active = credential.status == Credential.Status.ACTIVE
            body["entries"].append(
                {
                    "slug": credential.slug,
                    "name": credential.full_name,
                    "covers": credential.covers,
                    "status": "" if is_active else credential.get_status_display(),
                    "url": urls.get(credential.slug, ""),
                    "open": counts.get(credential.slug, 0),
                    "jobs_url": live.results_url(asked),
                }
            )
        return list(found.values())


class CredentialPage(ContentPage):
    credential = models.OneToOneField(
        Credential, on_delete=models.PROTECT, related_name="page"
    )

    parent_page_types = ["pathways.CredentialIndexPage"]
    subpage_types = []
    here = "credentials"
    content_panels = [
        FieldPanel("credential"),
        *ContentPage.content_panels[:2],
        InlinePanel("facts", heading="Facts", label="Fact"),
        *ContentPage.content_panels[2:],
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.RelatedFields(
            "credential",
            [
                index.SearchField("name"),
                index.SearchField("full_name"),
                index.SearchField("aliases"),
            ],
        ),
        index.RelatedFields("facts", [index.SearchField("text")]),
    ]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        credential = Credential.objects.select_related("body", "renamed_to").get(
            pk=self.credential_id
        )
        chosen = (credential.slug,)
        found = live.pay_rows([(credential.slug, PayCriteria(credential=chosen))])
        facts = list(self.facts.all())
        return context | {
            "credential": credential,
            "facts": sorted(facts, key=lambda fact: KINDS.index(fact.kind)),
            "unchecked": unchecked(facts),
            "openings": live.openings(JobCriteria(credential=chosen)),
            "pay": found.rows[0],
            "is_sample": found.is_sample,
            "chosen": [*chosen, *[""] * (FIELDS - 1)],
            "choices": blocks.credentials(),
            "compare_url": context["trail"][-1].url if context["trail"] else "",
        }


class CredentialFactQuerySet(models.QuerySet):
    def published(self):
        return self.filter(page__live=True)

    def stale(self):
        """Checked longer ago than a year."""
        return self.filter(checked_on__lt=stale_before())


class CredentialFact(Orderable):
    """One thing that is known of a credential, in a sentence, with its source."""

    class Kind(models.TextChoices):
        PREREQUISITES = "prerequisites", "Prerequisites"
        EXPERIENCE = "experience", "Experience"
        EXAM = "exam", "Exam"
        PASS_MARK = "pass_mark", "Pass mark"
        COST = "cost", "Cost"
        MEMBERSHIP = "membership", "Membership"
        RENEWAL = "renewal", "Renewal"
        APPRENTICE = "apprentice", "Apprentice form"
        STUDY_HOURS = "study_hours", "Study hours"
        HOLDERS = "holders", "Holders"
        PASS_RATE = "pass_rate", "Passed"
        NOTE = "note", "Note"

    class SourceKind(models.TextChoices):
        BODY = "body", "The body’s own page"
        GOVERNMENT = "government", "Government"
        SECONDARY = "secondary", "Secondary"

    page = ParentalKey(CredentialPage, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=400, help_text="One plain sentence.")
    low = models.DecimalField(
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=(
            "The number, or the lowest: dollars of a cost (members), hours of study, "
            "CEUs of a renewal."
        ),
    )
    high = models.DecimalField(
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="The highest: dollars for non-members. The same again if one.",
    )
    source_name = models.CharField("source", max_length=160)
    source_url = models.URLField("address of the source", max_length=500, blank=True)
    source_kind = models.CharField(
        max_length=12, choices=SourceKind, default=SourceKind.BODY
    )
    checked_on = models.DateField(help_text="When the source said so.")

    objects = CredentialFactQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("low"), FieldPanel("high")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_kind")]),
        FieldRowPanel([FieldPanel("source_url"), FieldPanel("checked_on")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low=None)
                | models.Q(high=None)
                | models.Q(low__lte=models.F("high")),
                name="fact_low_to_high",
                violation_error_message="The lowest is over the highest.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text}"

    def clean(self):
        super().clean()
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": "This day has not come yet."})


#: Kinds of facts in the order in which pages show them.
KINDS = list(CredentialFact.Kind.values)
#: What people ask of a credential: where nothing is known of it, the page says so.
ASKED = ("prerequisites", "exam", "cost", "renewal")


def unchecked(facts):
    """The kinds of facts that people ask for and nobody has checked, in words."""
    known = {fact.kind for fact in facts}
    missing = [
        CredentialFact.Kind(kind).label.lower() for kind in ASKED if kind not in known
    ]
    return ", ".join(missing)
