"""What official statistics say that employed people are paid, beside what is posted."""

from itertools import pairwise

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

PERCENTILES = ("p10", "p25", "median", "p75", "p90")
NATION = "US"


def _yearly():
    return models.PositiveIntegerField(null=True, blank=True)


def _hourly():
    return models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)


def _rising(unit):
    """Each percentile is at least the one before; what is not published passes."""
    names = [f"{unit}_{name}" for name in PERCENTILES]
    rule = Q(**{f"{names[0]}__gt": 0})
    for low, high in pairwise(names):
        rule &= Q(**{f"{low}__lte": F(high)})
    return rule


class OfficialWage(models.Model):
    """Wages of one occupation in one area: US Bureau of Labor Statistics, OEWS.

    Null means not published, which is never nothing. A year is 2,080 hours there.
    """

    soc = models.CharField(
        "SOC code", max_length=7, validators=[RegexValidator(r"^\d{2}-\d{4}$")]
    )
    occupation = models.CharField(max_length=120)
    area = models.CharField(
        max_length=7,
        validators=[RegexValidator(r"^(?:[A-Z]{2}|\d{7})$")],
        help_text="US for the nation, a state's code, or a metropolitan wage area.",
    )
    area_name = models.CharField(max_length=120)
    release = models.CharField(
        max_length=20, help_text="The month the wages are of, such as May 2025."
    )
    employment = models.PositiveIntegerField(null=True, blank=True)

    yearly_mean = _yearly()
    yearly_p10 = _yearly()
    yearly_p25 = _yearly()
    yearly_median = _yearly()
    yearly_p75 = _yearly()
    yearly_p90 = _yearly()

    hourly_mean = _hourly()
    hourly_p10 = _hourly()
    hourly_p25 = _hourly()
    hourly_median = _hourly()
    hourly_p75 = _hourly()
    hourly_p90 = _hourly()

    class Meta:
        ordering = ["soc", "area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["soc", "area"],
                name="official_wage_once_an_area",
                violation_error_message="This occupation has wages for this area.",
            ),
            models.CheckConstraint(
                condition=_rising("yearly"),
                name="official_wage_yearly_rises",
                violation_error_message="Yearly percentiles must rise.",
            ),
            models.CheckConstraint(
                condition=_rising("hourly"),
                name="official_wage_hourly_rises",
                violation_error_message="Hourly percentiles must rise.",
            ),
        ]

    def __str__(self):
        return f"{self.occupation}, {self.area_name}"
