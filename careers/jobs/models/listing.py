"""A job listing: a plain row with Wagtail's drafts, workflow, locking and preview."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Round
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify

from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from .. import eligibility, moderation, vocabulary
from ..credential_rule import MOST_GROUPS, CredentialRule, RuleError
from ..facets import NONE_ASKED
from ..listing_page import listing_page
from ..pay import HOURS_PER_YEAR, PERIODS_PER_YEAR, PostedPay, Quota
from ..querysets import JobListingManager
from .employer import Employer


def slugs(**options):
    """A column of vocabulary slugs."""
    return ArrayField(
        models.CharField(max_length=60), default=list, blank=True, **options
    )


def _per_year(period, counted):
    """SQL CASE: how many of a period make a year, for the column named ``period``."""
    return models.Case(
        *(
            models.When(**{period: str(name), "then": Value(PERIODS_PER_YEAR[name])})
            for name in counted
        ),
        default=Value(None),
        output_field=models.DecimalField(max_digits=14, decimal_places=4),
    )


def _yearly(column, divisor=1):
    """The generated equivalent of a pay column; NULL where nothing converts it."""
    factor = models.Case(
        models.When(
            pay_period="chart",
            then=F("quota_charts") * _per_year("quota_period", ("hour", "day", "week")),
        ),
        default=_per_year("pay_period", PERIODS_PER_YEAR),
        output_field=models.DecimalField(max_digits=14, decimal_places=4),
    )
    return models.GeneratedField(
        expression=Round(
            Cast(F(column), models.DecimalField(max_digits=14, decimal_places=4))
            * factor
            / Value(divisor),
            precision=2,
        ),
        output_field=models.DecimalField(max_digits=14, decimal_places=2, null=True),
        db_persist=True,
    )


class JobListing(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    models.Model,
):
    class RemoteStatus(models.TextChoices):
        NOT_STATED = "", "Not stated"
        ONSITE = "onsite", "On site"
        HYBRID = "hybrid", "Hybrid"
        REMOTE = "remote", "Remote"

    class StatesBasis(models.TextChoices):
        NOT_STATED = "", "Not stated"
        ALLOW = "allow", "Only the states listed"
        DENY = "deny", "Every state but those listed"
        ANYWHERE = "anywhere", "Every state, and the employer says so"

    class PayPeriod(models.TextChoices):
        NOT_POSTED = "", "Pay not posted"
        HOUR = "hour", "an hour"
        DAY = "day", "a day"
        WEEK = "week", "a week"
        MONTH = "month", "a month"
        YEAR = "year", "a year"
        CHART = "chart", "a chart"

    class PayBasis(models.TextChoices):
        NOT_STATED = "", "Not stated"
        BASE = "base", "Base pay"
        TOTAL = "total", "Base pay with bonus or incentive"
        GRADE = "grade", "Government grade and step"

    class QuotaPeriod(models.TextChoices):
        NOT_STATED = "", "Not stated"
        HOUR = "hour", "an hour"
        DAY = "day", "a day"
        WEEK = "week", "a week"

    class Test(models.TextChoices):
        NOT_STATED = "", "Not stated"
        NONE = "none", "No test"
        PAID = "paid", "Paid test"
        UNPAID = "unpaid", "Unpaid test"
        REQUIRED = "required", "Test, pay for it not stated"

    class PaysFor(models.TextChoices):
        EQUIPMENT = "equipment", "Equipment"
        DUES = "dues", "Membership dues"
        BOOKS = "books", "Code books"
        CEUS = "ceus", "CEUs"

    # What the listing says
    title = models.CharField(max_length=200)
    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, related_name="listings"
    )
    role = models.CharField(
        max_length=60, blank=True, help_text="What the work mainly is."
    )
    other_roles = slugs(help_text="For hybrids such as biller and coder.")
    description = models.TextField(
        help_text="The whole text. Paragraphs, lists and headings are kept."
    )
    places = models.JSONField(
        default=list, blank=True, help_text="City and state, or a ZIP code, one a line."
    )
    apply_url = models.URLField("apply link", max_length=500, blank=True)
    apply_email = models.EmailField("apply address", blank=True)

    # Pay as posted
    pay_minimum = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    pay_maximum = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    pay_period = models.CharField(max_length=10, choices=PayPeriod, blank=True)
    pay_basis = models.CharField(max_length=10, choices=PayBasis, blank=True)
    pay_reason = models.CharField(
        "reason for the width of the range",
        max_length=255,
        blank=True,
        help_text="Asked for when the highest is over 1.5 times the lowest.",
    )
    benefits = models.TextField(blank=True)

    # Where the work is done
    remote = models.CharField(
        "remote status", max_length=10, choices=RemoteStatus, blank=True
    )
    days_on_site = models.PositiveSmallIntegerField(
        "days on site a week",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    states_basis = models.CharField(
        "states it hires from", max_length=10, choices=StatesBasis, blank=True
    )
    states_listed = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    # What it asks
    credential_rule = models.JSONField(
        null=True, blank=True, help_text="Empty means that the listing does not say."
    )
    experience_months = models.PositiveSmallIntegerField(
        "months of experience required",
        null=True,
        blank=True,
        help_text="0 means none is asked for. Empty means that it does not say.",
    )
    education = models.CharField(max_length=255, blank=True)
    test = models.CharField("test before hire", max_length=10, choices=Test, blank=True)
    test_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    test_open_book = models.BooleanField(null=True, blank=True)
    quota_charts = models.DecimalField(
        "productivity quota",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Charts, encounters or accounts.",
    )
    quota_period = models.CharField(max_length=10, choices=QuotaPeriod, blank=True)
    accuracy = models.DecimalField(
        "accuracy standard, %",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(50), MaxValueValidator(100)],
    )

    # What the work is
    employment = slugs()
    schedule = models.CharField(max_length=255, blank=True)
    settings = slugs()
    specialties = slugs()
    codesets = slugs()
    software = slugs()
    pays_for = slugs()

    # Facts of operation: kept from the row when a revision is published
    posted_at = models.DateTimeField("first posted", default=timezone.now)
    confirmed_at = models.DateTimeField("last confirmed open", null=True, blank=True)
    times_reposted = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removal_reason = models.CharField(max_length=255, blank=True, editable=False)
    source = models.SlugField(max_length=60, blank=True, editable=False)
    external_id = models.CharField(max_length=200, blank=True, editable=False)
    source_url = models.URLField(max_length=500, blank=True, editable=False)
    requisition = models.CharField(max_length=100, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    import_hash = models.CharField(max_length=64, blank=True, editable=False)
    evidence = models.JSONField(default=list, blank=True, editable=False)
    is_sample = models.BooleanField("sample data", default=False, editable=False)

    # Encodings, derived whenever the row is written (see `derive`)
    roles = slugs(editable=False)
    credentials = slugs(editable=False)
    hires_from = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, editable=False
    )
    accepts_apprentice = models.BooleanField(default=False, editable=False)
    due_1 = slugs(editable=False, null=True)
    due_2 = slugs(editable=False, null=True)
    due_3 = slugs(editable=False, null=True)
    due_4 = slugs(editable=False, null=True)
    full_1 = slugs(editable=False, null=True)
    full_2 = slugs(editable=False, null=True)
    full_3 = slugs(editable=False, null=True)
    full_4 = slugs(editable=False, null=True)

    # Equivalents, computed by the database
    yearly_minimum = _yearly("pay_minimum")
    yearly_maximum = _yearly("pay_maximum")
    hourly_minimum = _yearly("pay_minimum", HOURS_PER_YEAR)
    hourly_maximum = _yearly("pay_maximum", HOURS_PER_YEAR)

    live = models.BooleanField(default=False, editable=False)

    objects = JobListingManager()

    OPERATION = (
        "posted_at",
        "confirmed_at",
        "times_reposted",
        "closed_at",
        "expire_at",
        "expired",
        "removed_at",
        "removal_reason",
        "source",
        "external_id",
        "source_url",
        "last_seen_at",
        "import_hash",
        "evidence",
        "is_sample",
    )
    DERIVED = (
        "roles",
        "credentials",
        "hires_from",
        "accepts_apprentice",
        *(f"due_{n}" for n in range(1, MOST_GROUPS + 1)),
        *(f"full_{n}" for n in range(1, MOST_GROUPS + 1)),
    )

    class Meta:
        verbose_name = "listing"
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(
                F("posted_at").desc(),
                F("id").desc(),
                name="listing_newest",
                condition=Q(live=True, removed_at=None),
            ),
            models.Index(fields=["employer", "live"], name="listing_employer"),
            models.Index(fields=["role", "live"], name="listing_role"),
            models.Index(fields=["source", "last_seen_at"], name="listing_source_seen"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(source=""),
                name="listing_source_unique",
                violation_error_message="This source has a listing with this id.",
            ),
            models.CheckConstraint(
                condition=Q(source="", external_id="")
                | (~Q(source="") & ~Q(external_id="")),
                name="listing_source_whole",
                violation_error_message="An imported listing has a source and an id.",
            ),
            models.CheckConstraint(
                condition=Q(pay_minimum=None, pay_maximum=None, pay_period="")
                | (
                    Q(pay_minimum__isnull=False, pay_maximum__isnull=False)
                    & ~Q(pay_period="")
                ),
                name="listing_pay_whole",
                violation_error_message=(
                    "Pay needs a lowest figure, a highest figure and a period. "
                    "For one figure, give it twice."
                ),
            ),
            models.CheckConstraint(
                condition=Q(pay_minimum__lte=F("pay_maximum")) | Q(pay_minimum=None),
                name="listing_pay_ordered",
                violation_error_message="The highest pay is below the lowest.",
            ),
            # What the generated equivalents can hold, whatever the quota.
            models.CheckConstraint(
                condition=~Q(pay_period="chart") | Q(pay_maximum__lte=1000),
                name="listing_pay_per_chart",
                violation_error_message="Pay a chart is at most $1,000.",
            ),
            models.CheckConstraint(
                condition=Q(quota_charts=None, quota_period="")
                | (
                    Q(quota_charts__isnull=False, quota_charts__gt=0)
                    & ~Q(quota_period="")
                ),
                name="listing_quota_whole",
                violation_error_message="A quota needs a number and a period.",
            ),
            models.CheckConstraint(
                condition=~Q(states_basis__in=["allow", "deny"]) | ~Q(states_listed=[]),
                name="listing_states_listed",
                violation_error_message="List the states, or choose “Not stated”.",
            ),
            models.CheckConstraint(
                condition=Q(days_on_site=None) | Q(remote="hybrid"),
                name="listing_days_hybrid",
                violation_error_message="Days on site belong to hybrid work.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("listing", kwargs={"slug": self.slug, "pk": self.pk})

    @property
    def slug(self):
        return slugify(self.title)[:80].strip("-") or "listing"

    # Writing

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, *self.DERIVED}
        super().save(*args, update_fields=update_fields, **kwargs)

    def derive(self):
        """Set the encodings from the facts, the same for one row and for a bulk."""
        rule = self.rule
        forms = vocabulary.current().apprentice_forms
        self.roles = list(dict.fromkeys(filter(None, [self.role, *self.other_roles])))
        self.credentials = self._named_credentials(rule)
        self.accepts_apprentice = bool(rule and rule.accepts_apprentice(forms))
        due = rule.due_groups if rule else ()
        for n in range(MOST_GROUPS):
            group = due[n] if n < len(due) else None
            setattr(
                self, f"due_{n + 1}", list(group.accepted(forms)) if group else None
            )
            setattr(self, f"full_{n + 1}", list(group.full(forms)) if group else None)
        self.hires_from = list(
            eligibility.hires_from(
                remote=self.remote,
                basis=self.states_basis,
                listed=self.states_listed,
                place_states=[p["state"] for p in self.places if p.get("state")],
            )
        )

    @staticmethod
    def _named_credentials(rule):
        if rule is None:
            return []
        if rule.asks_for_none and not rule.preferred:
            return [NONE_ASKED]
        return list(rule.named)

    def clean(self):
        super().clean()
        try:
            self.rule  # noqa: B018
        except RuleError as error:
            raise ValidationError({"credential_rule": str(error)}) from error

    def with_content_json(self, content):
        """Publishing a revision brings its words, never its facts of operation."""
        listing = super().with_content_json(content)
        for name in self.OPERATION:
            setattr(listing, name, getattr(self, name))
        listing.derive()
        return listing

    def publish(self, revision, *args, **kwargs):
        """Refuses what is not publishable."""
        moderation.prepare_publishing(revision)
        return super().publish(revision, *args, **kwargs)

    def unpublish(self, set_expired=False, **kwargs):
        """Expiry is read off the clock by `live()`, so a closed row stays as it is."""
        if set_expired:
            return None
        return super().unpublish(set_expired=set_expired, **kwargs)

    # Previewing

    def get_preview_template(self, request, mode_name):
        return "jobs/listing.html"

    def get_preview_context(self, request, mode_name):
        context = super().get_preview_context(request, mode_name)
        return context | listing_page(self)

    # Reading

    @property
    def rule(self) -> CredentialRule | None:
        if self.credential_rule is None:
            return None
        rule = CredentialRule.from_json(self.credential_rule)
        return rule.renamed(vocabulary.current().renamed_credentials)

    @property
    def quota(self) -> Quota | None:
        if self.quota_charts is None:
            return None
        return Quota(self.quota_charts, self.quota_period)

    @property
    def pay(self) -> PostedPay | None:
        """Pay as posted; its equivalents are right in drafts too."""
        if self.pay_minimum is None or self.pay_maximum is None or not self.pay_period:
            return None
        return PostedPay(
            self.pay_minimum, self.pay_maximum, self.pay_period, self.quota
        )

    @property
    def is_live(self):
        """Twin of `live()` for one listing."""
        return (
            self.live
            and self.removed_at is None
            and (self.expire_at is None or self.expire_at > timezone.now())
        )

    @property
    def is_closed(self):
        """It was open once and is no longer."""
        return (
            self.live
            and self.removed_at is None
            and self.expire_at is not None
            and self.expire_at <= timezone.now()
        )

    @property
    def is_imported(self):
        return bool(self.source)

    @cached_property
    def track(self):
        role = vocabulary.current().roles.get(self.role)
        return role.track if role else ""


class ListingPlace(models.Model):
    """A place of a listing as a row, for distances.

    The database keeps these in step with `JobListing.places` by a trigger; nothing
    writes them by hand.
    """

    listing = models.ForeignKey(
        JobListing, on_delete=models.CASCADE, related_name="place_rows"
    )
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="listing_place_box")
        ]
