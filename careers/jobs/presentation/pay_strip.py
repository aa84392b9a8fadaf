"""The pay strip's geometry: 1 % of its width is $1,000 a year, on every strip.

It runs from $30,000 to $130,000, so a strip needs no layout and any two compare.
Past an edge the bar runs to it and has no end line there: the words carry the number.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from .money import money

LOW, HIGH = 30_000, 130_000
TICKS = (40, 60, 80, 100, 120)
#: What is drawn of a range that lies wholly past an edge, in percent of the width.
STUB = 2.0

Figure = Decimal | float


class Usual(Protocol):
    """A role's usual posted pay, in dollars a year."""

    p25: Figure
    median: Figure
    p75: Figure


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the strip, in percent of its width."""

    x: str
    width: str


@dataclass(frozen=True, slots=True)
class PayStrip:
    """What to draw, back to front; None where there is nothing to draw."""

    label: str
    band: Span | None = None
    band_is_outline: bool = False
    median: str | None = None
    bar: Span | None = None
    ends: tuple[str, ...] = ()
    point: str | None = None


def percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _place(dollars: Figure) -> float:
    return (float(dollars) - LOW) / (HIGH - LOW) * 100


def _span(low: Figure, high: Figure) -> Span:
    start = min(max(_place(low), 0.0), 100.0 - STUB)
    end = max(min(_place(high), 100.0), STUB)
    return Span(percent(start), percent(end - start))


def _inside(*dollars: Figure) -> tuple[str, ...]:
    return tuple(percent(_place(d)) for d in dollars if LOW <= d <= HIGH)


def pay_strip(
    yearly: tuple[Figure, Figure] | None,
    usual: Usual | None,
    *,
    role: str = "the role",
    has_outline: bool = True,
) -> PayStrip | None:
    """The drawing of a posted range before its role's band; None without either.

    The band is an outline where no range stands before it, unless the band itself is
    the subject (``has_outline`` false).
    """
    if yearly is None and usual is None:
        return None
    posted = _posted(*yearly) if yearly else ""
    band = _band(usual.p25, usual.median, usual.p75, role) if usual else NO_BAND
    is_point = yearly is not None and yearly[0] == yearly[1]
    at = _inside(yearly[0]) if yearly and is_point else ()
    return PayStrip(
        label=" ".join(filter(None, (posted, band.words))),
        band=band.span,
        band_is_outline=yearly is None and has_outline,
        median=band.median,
        bar=_span(*yearly) if yearly and not at else None,
        ends=_inside(*yearly) if yearly and not at else (),
        point=at[0] if at else None,
    )


class _Band(NamedTuple):
    """A role's usual pay: in words, and where it is drawn."""

    words: str = ""
    span: Span | None = None
    median: str | None = None


NO_BAND = _Band()


@lru_cache(maxsize=256)
def _band(p25: Figure, median: Figure, p75: Figure, role: str) -> _Band:
    """Remembered, for a page shows the same few roles again and again."""
    return _Band(
        f"Usual for {role}: {money(p25)} to {money(p75)}, median {money(median)}.",
        _span(p25, p75),
        next(iter(_inside(median)), None),
    )


def _posted(low: Figure, high: Figure) -> str:
    if low == high:
        return f"Posted {money(low)} a year."
    return f"Posted {money(low)} to {money(high)} a year."
