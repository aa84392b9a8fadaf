"""What every page of ours has: a summary, a body, who answers for it, and when."""

from django.db import models
from django.utils.functional import cached_property

from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .. import metadata, page_checks, review
from ..blocks import BodyBlock
from ..page_form import PageForm
from ..sections import sections


class Author(models.Model):
    """Who wrote or answers for a page: a person, or a team."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        TEAM = "team", "Team"

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    credentials = models.CharField(
        max_length=120, blank=True, help_text="As written after the name: CPC, CCS."
    )
    about = models.TextField(
        blank=True, help_text="One or two sentences, shown below what they wrote."
    )
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("credentials"),
        FieldPanel("about"),
        FieldPanel("website"),
    ]


class ContentPage(Page):
    """A page composed of blocks, with the figures of today among them."""

    summary = models.CharField(
        max_length=250,
        blank=True,
        help_text=(
            "One or two sentences: under the title, in lists, and for search engines."
        ),
    )
    menu_title = models.CharField(
        "title in the header",
        max_length=30,
        blank=True,
        help_text="One word or two, for a page shown in menus; the title if empty.",
    )
    body = StreamField(BodyBlock(), blank=True)
    reviewed_on = models.DateField(
        "last reviewed",
        null=True,
        blank=True,
        help_text="When somebody who knows last read all of it.",
    )
    authors = ParentalManyToManyField(Author, blank=True, related_name="+")

    class Meta:
        abstract = True

    base_form_class = PageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("authors"), FieldPanel("reviewed_on")],
            heading="Who answers for it",
        ),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("menu_title")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    #: The part of the site that the page stands in, as the header names it.
    here = ""
    #: What Open Graph calls it.
    og_type = "website"

    @property
    def description(self):
        """What search engines and cards of links say of the page."""
        return self.search_description or self.summary

    @property
    def track(self):
        """The line of work that the page is about, "" for none or several."""
        return ""

    @cached_property
    def bylines(self):
        """The authors, read once."""
        return list(self.authors.all())

    @property
    def sections(self):
        """The body cut at its headings."""
        return sections(self.body)

    def save_revision(self, user=None, *args, **kwargs):
        revision = super().save_revision(user, *args, **kwargs)
        review.keep_up(self, revision, user)
        return revision

    def publish(self, revision, *args, **kwargs):
        """Refuses what readers should not see, whoever publishes or schedules it."""
        page_checks.require_publishable(revision.as_object())
        return super().publish(revision, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        trail = metadata.trail(self)
        return context | {
            "here": self.here,
            "page_title": self.seo_title or self.title,
            "trail": trail,
            "head": metadata.head(self, request, trail),
        }

    def markup(self, request):
        """Structured data of the page itself, besides its trail: a list of objects."""
        return metadata.questions(self)
