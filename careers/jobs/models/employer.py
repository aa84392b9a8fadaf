"""Who offers the work."""

from django.db import models
from django.db.models.functions import Lower

from .vocabulary import slug_validator


class Employer(models.Model):
    class Kind(models.TextChoices):
        NOT_STATED = "", "Not stated"
        DIRECT = "direct", "Direct employer"
        STAFFING = "staffing", "Staffing agency"
        VENDOR = "vendor", "Coding or billing vendor"

    slug = models.CharField(max_length=120, unique=True, validators=[slug_validator])
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind, blank=True)
    website = models.URLField(blank=True)
    domain = models.CharField(
        max_length=120, blank=True, help_text="Such as lakearden.example."
    )
    domain_proven_at = models.DateTimeField(null=True, blank=True)
    about = models.TextField(blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_confidential = models.BooleanField(
        "confidential",
        default=False,
        help_text="An agency's client that is not named.",
    )
    is_sample = models.BooleanField("sample data", default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="employer_name_unique",
                violation_error_message="An employer of this name exists.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def domain_is_proven(self):
        return self.domain_proven_at is not None
