"""Moves: from one role to the next."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models

from careers.jobs import vocabulary
from careers.jobs.models import Role


class MoveQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("from_role", "to_role").order_by(
            "from_role__level", "from_role__sort_order", "to_role__level", "pk"
        )


class Move(models.Model):
    """A step that people make from one role to another, and what it takes."""

    from_role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="moves_on", verbose_name="from"
    )
    to_role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="moves_in", verbose_name="to"
    )
    months_min = models.PositiveSmallIntegerField(
        "months, at least", validators=[MaxValueValidator(240)]
    )
    months_max = models.PositiveSmallIntegerField(
        "months, at most", validators=[MaxValueValidator(240)]
    )
    what_changes = models.TextField(
        help_text="What is new in the work: one or two sentences."
    )
    credentials = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name="credentials that help",
        help_text="Abbreviations with commas between them: CPC, CCS.",
    )
    source_name = models.CharField("source", max_length=160, blank=True)
    source_url = models.URLField("address of the source", blank=True, max_length=500)
    checked_on = models.DateField(
        null=True, blank=True, help_text="When the source said so."
    )

    objects = MoveQuerySet.as_manager()

    class Meta:
        ordering = ["from_role", "to_role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_role", "to_role"],
                name="move_once",
                violation_error_message="This move is there already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(from_role=models.F("to_role")),
                name="move_between_two_roles",
                violation_error_message="A move leads to another role.",
            ),
            models.CheckConstraint(
                condition=models.Q(months_min__lte=models.F("months_max")),
                name="move_months_in_order",
                violation_error_message=(
                    "The least months are more than the most. Exchange them."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.from_role} to {self.to_role}"

    def clean(self):
        super().clean()
        known = vocabulary.current().credentials
        unknown = [slug for slug in self.credentials if slug not in known]
        if unknown:
            raise ValidationError(
                {"credentials": f"We do not know {', '.join(unknown)}."}
            )
        if self.source_name and not self.checked_on:
            raise ValidationError({"checked_on": "Say when the source said so."})
