"""Pay as posted, and its yearly and hourly equivalents.

One constant converts: 2,080 hours a year (40 hours in 52 weeks), as the US Bureau of
Labor Statistics does for its annual wages. A day is 8 hours, so a year is 260 days.
Per-chart pay converts only through a quota that the listing declares.

`PostedPay.yearly` and `hourly` mirror the generated columns of `JobListing`; a test
holds the two equal. Drafts and previews use these, because generated columns are
computed only when the row is written.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HOURS_PER_YEAR = 2080
CENT = Decimal("0.01")


class Period(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    CHART = "chart"


class QuotaPeriod(StrEnum):
    """The time in which a productivity quota of charts is to be met."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


#: How many of a period make the working year.
PERIODS_PER_YEAR: dict[str, int] = {
    Period.HOUR: HOURS_PER_YEAR,
    Period.DAY: HOURS_PER_YEAR // 8,
    Period.WEEK: 52,
    Period.MONTH: 12,
    Period.YEAR: 1,
}


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Quota:
    """Charts to be coded in an hour, a day or a week."""

    charts: Decimal
    period: str

    @property
    def per_year(self) -> Decimal:
        return self.charts * PERIODS_PER_YEAR[self.period]


@dataclass(frozen=True, slots=True)
class PostedPay:
    """A posted range in US dollars per period. One figure has minimum = maximum."""

    minimum: Decimal
    maximum: Decimal
    period: str
    quota: Quota | None = None

    @property
    def _factor(self) -> Decimal | None:
        """What one unit of posted pay is worth in a year; None if nothing says."""
        if self.period != Period.CHART:
            return Decimal(PERIODS_PER_YEAR[self.period])
        return self.quota.per_year if self.quota else None

    @property
    def yearly(self) -> tuple[Decimal, Decimal] | None:
        """(minimum, maximum) in dollars a year, to the cent; None if unconvertible."""
        if self._factor is None:
            return None
        return _cents(self.minimum * self._factor), _cents(self.maximum * self._factor)

    @property
    def hourly(self) -> tuple[Decimal, Decimal] | None:
        """(minimum, maximum) in dollars an hour, to the cent; None if unconvertible."""
        if self._factor is None:
            return None
        return (
            _cents(self.minimum * self._factor / HOURS_PER_YEAR),
            _cents(self.maximum * self._factor / HOURS_PER_YEAR),
        )
