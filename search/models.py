"""What search keeps beside listings and pages. Triggers write it; Python only reads."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from careers.jobs.models import Employer, JobListing
from careers.jobs.querysets import JobListingManager


def _slugs(**options):
    return ArrayField(models.CharField(max_length=60), **options)


class SearchRow(models.Model):
    """A listing as search sees it: a narrow twin of its row, with packed values.

    The columns bear the names that they have on `JobListing`, so `live()` and
    `matching()` read both alike; without texts, a scan costs a quarter. ``pack`` is
    the listing's facet values as big-endian 16-bit numbers, each the id of a
    `FacetValue`: counting 100,000 of them in numpy takes a tenth of the time of one
    GROUP BY per facet.
    """

    listing = models.OneToOneField(
        JobListing,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_row",
    )
    pack = models.BinaryField()
    live = models.BooleanField()
    removed_at = models.DateTimeField(null=True)
    expire_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField()
    employer = models.ForeignKey(
        Employer, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    remote = models.CharField(max_length=10)
    test = models.CharField(max_length=10)
    experience_months = models.PositiveSmallIntegerField(null=True)
    accepts_apprentice = models.BooleanField()
    yearly_maximum = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    hourly_maximum = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    roles = _slugs()
    settings = _slugs()
    credentials = _slugs()
    specialties = _slugs()
    software = _slugs()
    codesets = _slugs()
    employment = _slugs()
    hires_from = ArrayField(models.CharField(max_length=2))
    due_1 = _slugs(null=True)
    due_2 = _slugs(null=True)
    due_3 = _slugs(null=True)
    due_4 = _slugs(null=True)
    full_1 = _slugs(null=True)
    full_2 = _slugs(null=True)
    full_3 = _slugs(null=True)
    full_4 = _slugs(null=True)

    objects = JobListingManager()

    class Meta:
        indexes = [
            models.Index(
                models.F("posted_at").desc(),
                models.F("listing").desc(),
                name="search_newest",
                condition=models.Q(live=True, removed_at=None),
            ),
            models.Index(
                fields=["employer"],
                include=["expire_at"],
                name="search_open_by_employer",
                condition=models.Q(live=True, removed_at=None),
            ),
        ]


class SearchText(models.Model):
    """A listing's words as vectors: the title's for ranking, all of them to match."""

    row = models.OneToOneField(
        SearchRow,
        on_delete=models.CASCADE,
        primary_key=True,
        db_column="listing_id",
        related_name="text",
    )
    title_vector = SearchVectorField()
    text_vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["text_vector"], name="search_text")]


class FacetValue(models.Model):
    """A value that some listing has had in a facet, under its number in packs."""

    id = models.SmallAutoField(primary_key=True)
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="facet_value_once")
        ]


class TitleWord(models.Model):
    """A word of listings' titles and of the vocabulary, for help with spelling."""

    word = models.CharField(max_length=40, primary_key=True)
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            GinIndex(
                fields=["word"], name="title_word_trigrams", opclasses=["gin_trgm_ops"]
            )
        ]


class PageWords(models.Model):
    """What a page says, as Wagtail's index has it, with a vector to match.

    A trigger keeps it in step with that index. ``digest`` is of title and text: who
    holds a copy of a page knows by it whether the copy is of now.
    """

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="search_words",
    )
    title = models.TextField()
    text = models.TextField()
    digest = models.CharField(max_length=32)
    vector = SearchVectorField()

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_page_words")]


class PendingChange(models.Model):
    """A listing whose document in the index may be out of date.

    Triggers note it in the transaction that changes the document; the worker of
    `search.changes` removes it when the index has it. ``change`` counts all notes, so
    that a listing noted anew while its document was sent stays. ``refused_at``: the
    index would not have the document; it is sent again later.
    """

    #: Not a foreign key: that a listing is gone has to reach the index too.
    listing_id = models.BigIntegerField(primary_key=True)
    change = models.BigIntegerField(
        db_default=models.Func(
            models.Value("search_change"),
            function="nextval",
            output_field=models.BigIntegerField(),
        )
    )
    noted_at = models.DateTimeField(db_default=Now())
    refused_at = models.DateTimeField(null=True)


class Synonym(models.Model):
    """Words that mean the same to people who search: "profee", "professional fee"."""

    class Kind(models.TextChoices):
        EQUAL = "equal", "Each finds all the others"
        ONE_WAY = "one-way", "The first finds the others, they do not find it"

    terms = ArrayField(
        models.CharField(max_length=80),
        help_text="Words or phrases, separated by commas.",
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EQUAL)

    class Meta:
        ordering = ["terms", "pk"]

    def __str__(self):
        return ", ".join(self.terms)
