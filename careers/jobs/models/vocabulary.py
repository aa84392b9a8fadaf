"""The words that describe listings. Their slugs stand on listings and never change."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from ..eligibility import STATE_NAMES

# Slugs are parts of URLs and of search encodings. A credential's is its abbreviation
# as the issuing body writes it, so capitals are allowed.
slug_validator = RegexValidator(
    r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    "Use letters, digits and single hyphens, such as “inpatient-coder” or “CPC-A”.",
)

STATE_CHOICES = sorted(STATE_NAMES.items(), key=lambda item: item[1])


class Track(models.TextChoices):
    """A line of work; each has one colour and two letters on every page."""

    BILLING = "billing", "Billing"
    PROFEE = "profee", "Professional fee"
    FACILITY = "facility", "Facility"
    RISK = "risk", "Risk adjustment"
    AUDIT = "audit", "Audit & compliance"
    DOCUMENTATION = "documentation", "Documentation"
    DATA = "data", "Data"
    MANAGEMENT = "management", "Management"

    @property
    def letters(self):
        return LETTERS[self]


LETTERS = {
    Track.BILLING: "BI",
    Track.PROFEE: "PF",
    Track.FACILITY: "FA",
    Track.RISK: "RA",
    Track.AUDIT: "AU",
    Track.DOCUMENTATION: "DO",
    Track.DATA: "DA",
    Track.MANAGEMENT: "MG",
}


class Term(models.Model):
    """What every word of the vocabulary has."""

    slug = models.CharField(
        max_length=60,
        unique=True,
        validators=[slug_validator],
        help_text="Stands in addresses and on listings. It cannot change once saved.",
    )
    name = models.CharField(max_length=120, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="Other ways people write it, one a line.",
    )
    description = models.TextField(blank=True)
    sort_order = models.PositiveSmallIntegerField(
        default=0, help_text="Smaller numbers stand first in lists."
    )

    class Meta:
        abstract = True
        ordering = ["sort_order", "name", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.pk:
            slug = type(self).objects.values_list("slug", flat=True).get(pk=self.pk)
            if slug != self.slug:
                raise ValidationError(
                    {"slug": f"Keep “{slug}”: listings and addresses use it."}
                )


class Role(Term):
    """What the work is: "inpatient coder"."""

    short_name = models.CharField(
        max_length=60, blank=True, help_text="For cards and tabs; the name if empty."
    )
    track = models.CharField(max_length=20, choices=Track)
    level = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(7)],
        help_text="From 1 (first job) to 7 (director).",
    )
    soc_code = models.CharField(
        "SOC code",
        max_length=10,
        validators=[RegexValidator(r"^\d{2}-\d{4}(\.\d{2})?$")],
        help_text="Standard occupation of the official wages, such as 29-2072.",
    )
    soc_title = models.CharField("SOC title", max_length=120)


class CredentialBody(models.Model):
    """Who issues credentials: AAPC, AHIMA, ACDIS …"""

    slug = models.CharField(max_length=60, unique=True, validators=[slug_validator])
    name = models.CharField(max_length=120, unique=True)
    full_name = models.CharField(max_length=160, blank=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "credential bodies"

    def __str__(self):
        return self.name


class Credential(Term):
    """A credential by its abbreviation: slug and name are "CPC-A"."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        CLOSED = "closed", "Closed to new holders"
        RETIRED = "retired", "Retired"
        RENAMED = "renamed", "Renamed"

    class Level(models.TextChoices):
        APPRENTICE = "apprentice", "Apprentice"
        ENTRY = "entry", "Entry"
        CORE = "core", "Core"
        SPECIALTY = "specialty", "Specialty"
        ADVANCED = "advanced", "Advanced"

    full_name = models.CharField(max_length=160)
    body = models.ForeignKey(
        CredentialBody, on_delete=models.PROTECT, related_name="credentials"
    )
    covers = models.CharField(max_length=255, blank=True)
    level = models.CharField(max_length=20, choices=Level, default=Level.CORE)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    apprentice_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="apprentice_form",
        help_text="The full credential, if this is its apprentice form.",
    )
    renamed_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="former_names",
        help_text="What it is called now, if its name changed.",
    )


class Setting(Term):
    """Where the work is done for: hospital, physician practice …"""

    kind = models.CharField(
        max_length=60, blank=True, help_text="Heading under which it is listed."
    )


class Specialty(Term):
    class Meta(Term.Meta):
        verbose_name_plural = "specialties"


class Software(Term):
    class Kind(models.TextChoices):
        EHR = "ehr", "EHR"
        ENCODER = "encoder", "Encoder"
        BILLING = "billing", "Billing and claims"
        OTHER = "other", "Other"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.EHR)

    class Meta(Term.Meta):
        verbose_name_plural = "software"


class CodeSet(Term):
    pass


class Place(models.Model):
    """A ZIP code or a city, with its coordinates.

    US Census Bureau; GeoNames, CC BY 4.0.
    """

    slug = models.CharField(max_length=80, primary_key=True)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2, choices=STATE_CHOICES)
    zip = models.CharField("ZIP code", max_length=5, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    metro = models.CharField(
        "metropolitan area",
        max_length=5,
        blank=True,
        help_text="Code of the area (CBSA); empty outside of any.",
    )

    class Meta:
        ordering = ["-population", "slug"]
        indexes = [
            models.Index(fields=["state", "city"], name="place_state_city"),
            GinIndex(
                fields=["slug"],
                name="place_city_words",
                opclasses=["gin_trgm_ops"],
                condition=models.Q(zip=""),
            ),
        ]

    def __str__(self):
        name = f"{self.city}, {self.state}"
        return f"{name} {self.zip}" if self.zip else name


class VocabularyVersion(models.Model):
    """One row that a trigger counts up whenever a term changes."""

    number = models.BigIntegerField(default=1)
