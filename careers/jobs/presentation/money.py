"""Pay in words: "$65,520–87,360 a year", posted as "$31.50–42.00 an hour"."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..pay import CENT, Period, PostedPay, QuotaPeriod

DOLLAR = Decimal(1)

PERIOD_WORDS: dict[str, str] = {
    Period.HOUR: "an hour",
    Period.DAY: "a day",
    Period.WEEK: "a week",
    Period.MONTH: "a month",
    Period.YEAR: "a year",
    Period.CHART: "a chart",
}
QUOTA_WORDS: dict[str, str] = {
    QuotaPeriod.HOUR: "an hour",
    QuotaPeriod.DAY: "a day",
    QuotaPeriod.WEEK: "a week",
}
#: Figures of these periods are small enough for cents to matter.
IN_CENTS = {Period.HOUR, Period.CHART}


def money(value: Decimal | float, *, cents: bool = False) -> str:
    """$65,520, or $31.50 with cents."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return f"${exact.quantize(CENT if cents else DOLLAR, rounding=ROUND_HALF_UP):,}"


def money_range(
    low: Decimal | float, high: Decimal | float, *, cents: bool = False
) -> str:
    """$65,520–87,360; one figure where both are the same."""
    first, last = money(low, cents=cents), money(high, cents=cents)
    return first if first == last else f"{first}–{last[1:]}"


def number(value: Decimal) -> str:
    """A decimal without idle zeros: 12, 2.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def posted_range(pay: PostedPay) -> str:
    """The figures exactly as posted, without the period."""
    odd = any(value % 1 for value in (pay.minimum, pay.maximum))
    cents = pay.period in IN_CENTS or odd
    return money_range(pay.minimum, pay.maximum, cents=cents)


@dataclass(frozen=True, slots=True)
class PayWords:
    """``figure`` and ``unit`` lead; ``notes`` say how the figure came about."""

    figure: str
    unit: str = ""
    notes: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """The first note, as a sentence of its own."""
        return self.notes[0][:1].upper() + self.notes[0][1:] if self.notes else ""


def pay_words(pay: PostedPay | None, *, per: str = Period.YEAR) -> PayWords:
    """Pay in the words of a card, per year or per hour."""
    if pay is None:
        return PayWords("Pay not posted")
    posted = f"{posted_range(pay)} {PERIOD_WORDS[pay.period]}"
    asked = pay.hourly if per == Period.HOUR else pay.yearly
    if asked is None:
        kind = "hourly" if per == Period.HOUR else "yearly"
        return PayWords(
            posted_range(pay),
            PERIOD_WORDS[pay.period],
            (f"no quota given, so no {kind} figure",),
        )
    equivalents = {
        Period.YEAR: (pay.yearly, "a year"),
        Period.HOUR: (pay.hourly, "an hour"),
    }
    notes = []
    if pay.period != per:
        notes.append(f"posted as {posted}{_at_quota(pay)}")
    for period, (figures, unit) in equivalents.items():
        if figures and period not in (per, pay.period):
            cents = period == Period.HOUR
            notes.append(f"about {money_range(*figures, cents=cents)} {unit}")
    if pay.period == per:
        figure = posted_range(pay)
    else:
        figure = money_range(*asked, cents=per == Period.HOUR)
    return PayWords(figure, PERIOD_WORDS[per], tuple(notes))


def _at_quota(pay: PostedPay) -> str:
    if pay.period != Period.CHART or pay.quota is None:
        return ""
    charts = "chart" if pay.quota.charts == 1 else "charts"
    words = QUOTA_WORDS[pay.quota.period]
    return f", at {number(pay.quota.charts)} {charts} {words}"
