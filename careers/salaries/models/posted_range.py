"""What posted pay is counted from. Triggers write all of it; Python only reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from careers.jobs.models import JobListing

#: A range that can be, in dollars a year; the trigger that makes packs has them too.
LEAST_YEARLY, MOST_YEARLY = 10_000, 1_000_000


def _slugs():
    return ArrayField(models.CharField(max_length=60))


class PostedRange(models.Model):
    """A listing that has a page, as its pay is counted: a narrow twin of its row.

    ``pack`` is its numbers in one piece (`careers.salaries.ranges.PACK` says which)
    and ``codes`` the ids of its `PayValue` as big-endian 16-bit numbers: 100,000 rows
    reach numpy in a third of the time that they take as numbers of their own.
    """

    class LeftOut(models.TextChoices):
        """Why a listing is not counted; the empty value is counted."""

        NO = "", "Counted"
        NOT_POSTED = "pay-not-posted", "Pay not posted"
        NO_QUOTA = "no-quota", "Paid by the chart, no quota given"
        ZERO = "zero", "Starts at zero"
        TOO_LOW = "too-low", f"Under ${LEAST_YEARLY:,} a year"
        TOO_HIGH = "too-high", f"Over ${MOST_YEARLY:,} a year"

    listing = models.OneToOneField(
        JobListing,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="posted_range",
    )
    left_out = models.CharField(max_length=20, choices=LeftOut, blank=True)
    pack = models.BinaryField()
    codes = models.BinaryField()
    posted_at = models.DateTimeField()
    is_sample = models.BooleanField()
    role = models.CharField(max_length=60)
    remote = models.CharField(max_length=10)
    experience_months = models.PositiveSmallIntegerField(null=True)
    required = _slugs()
    settings = _slugs()
    employment = _slugs()
    software = _slugs()
    states = ArrayField(models.CharField(max_length=2))
    metros = ArrayField(models.CharField(max_length=5))

    class Meta:
        indexes = [
            models.Index(fields=["role"], name="posted_range_role"),
            # Whether any real range is counted is asked on every page.
            models.Index(
                fields=["posted_at"],
                name="posted_range_real",
                condition=models.Q(is_sample=False, left_out=""),
            ),
        ]


class PayValue(models.Model):
    """A value that some listing has had in a facet of pay, under its number."""

    id = models.SmallAutoField(primary_key=True)
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="pay_value_once")
        ]
