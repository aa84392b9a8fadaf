"""The drawings of the salary explorer as geometry: figures in, SVG attributes out.

Every drawing stands on the axis of the pay strip (`careers.jobs.presentation`): 1 % of
the width is $1,000 a year, from $30,000 to $130,000. Per hour the drawing is the same,
read through 2,080 hours a year, and its words and ticks are hourly. What lies past an
edge is drawn up to the edge, and the words carry the number.

Pure: places are percent strings, heights are pixels, nothing is asked or printed here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

import numpy as np

from careers.jobs.pay import HOURS_PER_YEAR, Period
from careers.jobs.presentation.money import PERIOD_WORDS, money
from careers.jobs.presentation.pay_strip import (
    HIGH,
    LOW,
    STUB,
    Figure,
    Span,
    percent,
)
from careers.jobs.presentation.pay_strip import TICKS as YEAR_TICKS

from .distribution import FEWEST_EMPLOYERS, FEWEST_LISTINGS
from .mixture import Floats

HOUR_TICKS = (20, 30, 40, 50, 60)
#: The width of the plot's bins, in dollars a year.
BIN = 1_000
#: No pay is beyond these, in dollars a year: the bins outside the axis end there.
LEAST, MOST = 0, 2_000_000
TOO_FEW = (
    f"Too few to show: under {FEWEST_LISTINGS} listings or {FEWEST_EMPLOYERS} employers"
)
#: Differences run from -$20,000 to $30,000 a year, 2 % of the width for $1,000.
GAIN_LOW, GAIN_HIGH = -20_000, 30_000
YEAR_GAINS = (-10_000, 0, 10_000, 20_000)
HOUR_GAINS = (-5, 0, 5, 10)
#: The true minus sign, as wide as the plus.
MINUS = "\N{MINUS SIGN}"


class Figures(Protocol):
    """What is said of a group: percentiles at 10, 25, 50, 75 and 90 %, or None."""

    @property
    def listings(self) -> int: ...
    @property
    def employers(self) -> int: ...
    @property
    def percentiles(self) -> tuple[float, ...] | None: ...
    @property
    def interval(self) -> tuple[float, float] | None: ...


class Wages(Protocol):
    """Official wages, in the unit of the page; None where not published."""

    @property
    def p10(self) -> Figure | None: ...
    @property
    def p25(self) -> Figure | None: ...
    @property
    def median(self) -> Figure | None: ...
    @property
    def p75(self) -> Figure | None: ...
    @property
    def p90(self) -> Figure | None: ...


class Premium(Protocol):
    """How far like groups are apart, with its 95 % interval."""

    @property
    def dollars(self) -> float: ...
    @property
    def interval(self) -> tuple[float, float]: ...
    @property
    def listings(self) -> int: ...
    @property
    def others(self) -> int: ...
    @property
    def roles(self) -> int: ...
    @property
    def is_clear(self) -> bool: ...


# Words


def pay(dollars: Figure | None, per: str) -> str:
    """$68,780 a year, $33.07 an hour, without the unit; "" for nothing."""
    return "" if dollars is None else money(dollars, cents=per == Period.HOUR)


def pay_span(ends: tuple[Figure, Figure] | None, per: str, to: str = " to ") -> str:
    """$67,780 to 70,180; "" for nothing."""
    if ends is None:
        return ""
    low, high = ends
    return f"{pay(low, per)}{to}{pay(high, per).removeprefix('$')}"


def signed(dollars: Figure, per: str) -> str:
    """+$13,730, or the same with a true minus; a difference of nothing has no sign."""
    words = pay(abs(float(dollars)), per)
    if not any(digit in words for digit in "123456789"):
        return words
    return f"{'+' if dollars > 0 else MINUS}{words}"


def in_thousands(dollars: Figure, per: str) -> str:
    """$66k a year, $32 an hour: as short as a tile needs."""
    if per == Period.HOUR:
        return money(dollars)
    return f"{money(Decimal(str(dollars)) / 1000)}k"


# The axis


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """``grid`` is the id of the gridlines that drawings on this axis use."""

    per: str
    unit: str
    grid: str
    ticks: tuple[Tick, ...]


def axis(per: str) -> Axis:
    """The axis of pay in its unit."""
    if per == Period.HOUR:
        ticks = [Tick(percent(place(t, per)), f"${t}") for t in HOUR_TICKS]
        return Axis(per, PERIOD_WORDS[per], "pay-grid-hour", tuple(ticks))
    ticks = [Tick(percent(place(t * 1000, per)), f"${t}k") for t in YEAR_TICKS]
    return Axis(per, PERIOD_WORDS[per], "pay-grid", tuple(ticks))


def gain_axis(per: str) -> Axis:
    """The axis of differences in its unit."""
    gains = HOUR_GAINS if per == Period.HOUR else YEAR_GAINS
    ticks = tuple(Tick(percent(_gain_place(g, per)), _gain_tick(g, per)) for g in gains)
    return Axis(per, PERIOD_WORDS[per], "gain-grid", ticks)


def place(dollars: Figure, per: str) -> float:
    """Where a figure stands on the axis, in percent of the width; may be outside."""
    return (_yearly(dollars, per) - LOW) / (HIGH - LOW) * 100


def edge(dollars: int, per: str) -> str:
    """An end of the axis in words."""
    return pay(dollars / HOURS_PER_YEAR if per == Period.HOUR else dollars, per)


def _yearly(dollars: Figure, per: str) -> float:
    return float(dollars) * (HOURS_PER_YEAR if per == Period.HOUR else 1)


def _inside(dollars: Figure | None, per: str) -> str | None:
    """The place of a figure, or None where it is past an edge."""
    if dollars is None or not 0 <= (at := place(dollars, per)) <= 100:
        return None
    return percent(at)


def _span(low: Figure, high: Figure, per: str) -> Span:
    """A stretch cut at the edges; a stub where all of it is past one."""
    start = min(max(place(low, per), 0.0), 100.0 - STUB)
    end = max(min(place(high, per), 100.0), STUB)
    return Span(percent(start), percent(end - start))


def _seen(ends: tuple[float, float] | None, per: str) -> Span | None:
    """A stretch cut at the edges; None where all of it is past one."""
    if ends is None or place(ends[1], per) < 0 or place(ends[0], per) > 100:
        return None
    return _span(*ends, per)


def _gain_place(dollars: Figure, per: str) -> float:
    return (_yearly(dollars, per) - GAIN_LOW) / (GAIN_HIGH - GAIN_LOW) * 100


def _gain_tick(dollars: int, per: str) -> str:
    if not dollars:
        return "same"
    words = signed(dollars if per == Period.HOUR else dollars // 1000, Period.YEAR)
    return words if per == Period.HOUR else f"{words}k"


# The strip of one part


@dataclass(frozen=True, slots=True)
class Line:
    x1: str
    x2: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Middle half, median and its interval; a ring for the official median.

    ``from_above`` and ``to_below`` are where a thread joins the medians of the rows
    before and after, at the border between the rows.
    """

    label: str
    band: Span
    interval: Span | None
    median: str | None
    official: str | None = None
    from_above: str | None = None
    to_below: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A part to draw: one value of a facet or one quarter.

    ``url`` leads to the part as a group of its own, ``listings_url`` to the listings
    behind it. ``short`` is the code of a state in the map, ``track`` a track of the
    part's own, where parts are roles.
    """

    label: str
    figures: Figures
    url: str = ""
    listings_url: str = ""
    official: Figure | None = None
    short: str = ""
    track: str = ""
    is_code: bool = False
    is_you: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A part in words, with its strip; ``none`` says why there is no strip."""

    label: str
    url: str
    listings_url: str
    median: str
    interval: str
    listings: int
    employers: int
    official: str
    strip: Strip | None
    none: str
    track: str
    is_code: bool
    is_you: bool
    is_current: bool


def rows(entries: Iterable[Entry], per: str) -> tuple[Row, ...]:
    """The rows of a table in the order of the entries."""
    return tuple(_row(entry, per) for entry in entries)


def _row(entry: Entry, per: str, thread: tuple[str | None, ...] = (None, None)) -> Row:
    figures = entry.figures
    median = figures.percentiles[2] if figures.percentiles else None
    return Row(
        label=entry.label,
        url=entry.url,
        listings_url=entry.listings_url,
        median=pay(median, per),
        interval=pay_span(figures.interval, per, to="\N{EN DASH}"),
        listings=figures.listings,
        employers=figures.employers,
        official=pay(entry.official, per),
        strip=_strip(entry, per, *thread),
        none="" if figures.percentiles else TOO_FEW,
        track=entry.track,
        is_code=entry.is_code,
        is_you=entry.is_you,
        is_current=entry.is_current,
    )


def _strip(
    entry: Entry, per: str, from_above: str | None, to_below: str | None
) -> Strip | None:
    figures = entry.figures
    if figures.percentiles is None:
        return None
    _, p25, median, p75, _ = figures.percentiles
    return Strip(
        label=_strip_words(entry, (p25, p75), median, per),
        band=_span(p25, p75, per),
        interval=_seen(figures.interval, per),
        median=_inside(median, per),
        official=_inside(entry.official, per),
        from_above=from_above,
        to_below=to_below,
    )


def _strip_words(
    entry: Entry, half: tuple[float, float], median: float, per: str
) -> str:
    words = (
        f"{entry.label}: middle half {pay_span(half, per)} {PERIOD_WORDS[per]}, "
        f"median {pay(median, per)}"
    )
    if entry.official is not None:
        words += f"; official median {pay(entry.official, per)}"
    return f"{words}."


# By quarter and by experience


@dataclass(frozen=True, slots=True)
class Trend:
    """Quarters, oldest first, their medians joined by a thread; ``words`` compares
    the first with the last that has enough, "" where there are not two."""

    rows: tuple[Row, ...]
    words: str

    @property
    def is_enough(self) -> bool:
        return any(row.strip for row in self.rows)


@dataclass(frozen=True, slots=True)
class Curve:
    """What listings post by the experience they ask for, least first."""

    rows: tuple[Row, ...]

    @property
    def is_enough(self) -> bool:
        return any(row.strip for row in self.rows)


def trend(quarters: Sequence[Entry], per: str) -> Trend:
    """Pay by quarter. One with too few is a row that says so, and the thread stops."""
    medians = [
        place(q.figures.percentiles[2], per) if q.figures.percentiles else None
        for q in quarters
    ]
    borders = [
        None if before is None or after is None else percent((before + after) / 2)
        for before, after in pairwise(medians)
    ]
    threads = list(pairwise([None, *borders, None])) if quarters else []
    return Trend(
        tuple(
            _row(q, per, thread) for q, thread in zip(quarters, threads, strict=True)
        ),
        _trend_words([q for q in quarters if q.figures.percentiles], per),
    )


def _trend_words(enough: Sequence[Entry], per: str) -> str:
    if len(enough) < 2:
        return ""
    first, last = enough[0], enough[-1]
    if not (
        first.figures.percentiles
        and last.figures.percentiles
        and first.figures.interval
        and last.figures.interval
    ):
        return ""
    before, after = first.figures.percentiles[2], last.figures.percentiles[2]
    words = (
        f"{first.label} had a median of {pay(before, per)}, {last.label} one of "
        f"{pay(after, per)}"
    )
    (low, high), (least, largest) = first.figures.interval, last.figures.interval
    if high < least or largest < low:
        return f"{words}; their 95% intervals lie apart."
    return f"{words}; their 95% intervals overlap, so the step may be chance."


def curve(bands: Iterable[Entry], per: str) -> Curve:
    """Pay by the experience asked for."""
    return Curve(rows(bands, per))


# The distribution of one group, or of two back to back


@dataclass(frozen=True, slots=True)
class Side:
    """A group to plot. ``shares`` is its density over ``edges(per)``."""

    name: str
    short: str
    track: str
    figures: Figures
    shares: Floats


@dataclass(frozen=True, slots=True)
class Box:
    """Thin line p10 to p90, band p25 to p75, median and its interval."""

    y: int
    whisker: Line
    band: Span
    interval: Span | None
    median: str | None


@dataclass(frozen=True, slots=True)
class Half:
    """One group's half of the plot.

    ``path`` is the area in a box of 1000 by 100 that is stretched over the width and
    over ``AREA`` pixels from ``area_y``; the line of its median runs from ``line_y1``
    to ``line_y2``. Its words stand beside it, or at the edge that it is past;
    ``anchor`` keeps them inside the drawing.
    """

    name: str
    short: str
    track: str
    path: str
    area_y: int
    base_y: int
    line_y1: int
    line_y2: int
    name_y: int
    value_x: str
    value_y: int
    median: str | None
    median_words: str
    anchor: str
    dx: int
    box: Box


@dataclass(frozen=True, slots=True)
class Plot:
    """``outside`` says in words what lies past the edges, a sentence for each."""

    halves: tuple[Half, ...]
    axis: Axis
    height: int
    ticks_y: int
    title: str
    description: str
    outside: tuple[str, ...]


#: Heights in pixels: the line of the name, an area, the room between two of them.
NAME, AREA, BOX_ROOM, TICK_ROOM = 24, 150, 28, 24
#: The share of an area's height that the highest bin takes.
PEAK = 84.0


def edges(per: str) -> Floats:
    """The edges of the plot's bins in the unit's dollars: one bin below the axis,
    bins of ``BIN`` along it, one above it."""
    along = np.arange(LOW, HIGH + BIN, BIN, dtype=float)
    yearly = np.concatenate([[LEAST], along, [MOST]])
    return yearly / HOURS_PER_YEAR if per == Period.HOUR else yearly


def plot(sides: Sequence[Side], per: str) -> Plot | None:
    """The groups that have enough ranges, one above the line, a second below it.

    Both have one scale, so equal areas are equal shares. None where none has enough.
    """
    drawn = [side for side in sides if side.figures.percentiles][:2]
    if not drawn:
        return None
    peak = max(float(side.shares[1:-1].max()) for side in drawn)
    halves = [
        _half(side, side.figures.percentiles, peak, per, is_below=n > 0)
        for n, side in enumerate(drawn)
        if side.figures.percentiles
    ]
    two = len(halves) > 1
    between = BOX_ROOM * len(halves) + TICK_ROOM
    places = "above the line" if two else ""
    title = f"{drawn[0].name} {places}".strip()
    if two:
        title += f", {drawn[1].name} below it"
    return Plot(
        halves=tuple(halves),
        axis=axis(per),
        height=NAME + AREA + between + (AREA + NAME if two else 0),
        ticks_y=NAME + AREA + BOX_ROOM + 17,
        title=title,
        description=(
            f"Share of posted pay at each amount {PERIOD_WORDS[per]}. The same figures "
            "stand in the table below."
        ),
        outside=tuple(words for side in drawn for words in _outside(side, per)),
    )


def _half(
    side: Side,
    percentiles: tuple[float, ...],
    peak: float,
    per: str,
    *,
    is_below: bool,
) -> Half:
    p10, p25, median, p75, p90 = percentiles
    top = NAME + AREA + BOX_ROOM * 2 + TICK_ROOM if is_below else NAME
    base = top if is_below else top + AREA
    at = place(median, per)
    # Beside the line to the left, unless the words would leave the drawing there.
    is_left = at > 22
    return Half(
        name=side.name,
        short=side.short,
        track=side.track,
        path=_path(side.shares, peak, is_below=is_below),
        area_y=top,
        base_y=base,
        line_y1=top,
        line_y2=top + AREA,
        name_y=top + AREA + 18 if is_below else 14,
        value_x=percent(min(max(at, 0.0), 100.0)),
        value_y=top + AREA - 3 if is_below else top + 11,
        median=_inside(median, per),
        median_words=f"{pay(median, per)}{'' if 0 <= at <= 100 else ', past the edge'}",
        anchor="end" if is_left else "start",
        dx=-7 if is_left else 7,
        box=Box(
            y=base - BOX_ROOM + 2 if is_below else base + 2,
            whisker=Line(
                percent(min(max(place(p10, per), 0.0), 100.0)),
                percent(min(max(place(p90, per), 0.0), 100.0)),
            ),
            band=_span(p25, p75, per),
            interval=_seen(side.figures.interval, per),
            median=_inside(median, per),
        ),
    )


def _path(shares: Floats, peak: float, *, is_below: bool) -> str:
    """The steps of the density in a box of 1000 by 100.

    It begins and ends outside the box, which cuts it: pay past an edge of the axis has
    no wall there.
    """
    heights = shares[1:-1] / peak * PEAK if peak > 0 else shares[1:-1] * 0
    base = 0 if is_below else 100
    step = 1000 / len(heights)
    path = [f"M-9 {base}"]
    last = ""
    for n, height in enumerate(heights):
        y = _short(float(height) if is_below else 100 - float(height))
        if y != last:
            path.append(f"H{_short(n * step)}V{y}" if n else f"V{y}")
            last = y
    return "".join([*path, f"H1009V{base}"])


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _outside(side: Side, per: str) -> list[str]:
    """What of a group lies past the edges of the axis, from half a percent on."""
    found = []
    for share, way, end in (
        (float(side.shares[0]), "under", LOW),
        (float(side.shares[-1]), "over", HIGH),
    ):
        if share >= 0.005:
            found.append(
                f"{side.name}: {share:.0%} of posted pay is {way} {edge(end, per)}, "
                "past the edge."
            )
    return found


# The plot as a table


@dataclass(frozen=True, slots=True)
class Column:
    """A group, or official wages, in the table beside the plot. ``percentiles`` are
    None where there are none to show, each of them where it is not published."""

    head: str
    percentiles: Sequence[Figure | None] | None
    interval: tuple[float, float] | None = None
    listings: str = ""
    listings_url: str = ""
    employers: str = ""
    is_official: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    words: str
    url: str = ""
    is_soft: bool = False


@dataclass(frozen=True, slots=True)
class Twin:
    """Rows are (label, cells), one cell for each of ``heads``."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


PERCENTILE_WORDS = (
    "Lowest tenth ends at",
    "Lowest quarter ends at",
    "Median",
    "Highest quarter starts at",
    "Highest tenth starts at",
)


def twin(columns: Sequence[Column], per: str) -> Twin:
    """The same as the plot draws, as a table."""
    rows = [
        (
            label,
            tuple(
                Cell(_percentile(column, n, per), "", column.is_official)
                for column in columns
            ),
        )
        for n, label in enumerate(PERCENTILE_WORDS)
    ]
    rows.append(("Median, 95% interval", tuple(_interval(c, per) for c in columns)))
    rows.append(
        (
            "Listings",
            tuple(Cell(c.listings, c.listings_url, c.is_official) for c in columns),
        )
    )
    rows.append(
        ("Employers", tuple(Cell(c.employers, "", c.is_official) for c in columns))
    )
    return Twin(tuple(column.head for column in columns), tuple(rows))


def _percentile(column: Column, number: int, per: str) -> str:
    if column.percentiles is None:
        return "too few"
    return pay(column.percentiles[number], per) or "not published"


def _interval(column: Column, per: str) -> Cell:
    if column.is_official:
        return Cell("not stated", "", True)
    return Cell(pay_span(column.interval, per) or "too few")


# Official wages, and differences


@dataclass(frozen=True, slots=True)
class WageStrip:
    """Official wages: line p10 to p90, box p25 to p75, median; None: not published."""

    label: str
    whisker: Line | None
    box: Span | None
    median: str | None
    p25: str
    median_words: str
    p75: str


def wage_strip(wages: Wages, per: str) -> WageStrip:
    """Official wages on the axis of pay."""
    ends = (wages.p10, wages.p90)
    low, high = (None if e is None else min(max(place(e, per), 0), 100) for e in ends)
    has_box = wages.p25 is not None and wages.p75 is not None
    words = []
    if wages.p25 is not None and wages.p75 is not None:
        words.append(f"middle half {pay_span((wages.p25, wages.p75), per)}")
    if wages.median is not None:
        words.append(f"median {pay(wages.median, per)}")
    return WageStrip(
        label=f"Official wages {PERIOD_WORDS[per]}: {', '.join(words) or 'none'}.",
        whisker=None
        if low is None or high is None
        else Line(percent(low), percent(high)),
        box=_span(wages.p25 or 0, wages.p75 or 0, per) if has_box else None,
        median=_inside(wages.median, per),
        p25=pay(wages.p25, per),
        median_words=pay(wages.median, per),
        p75=pay(wages.p75, per),
    )


@dataclass(frozen=True, slots=True)
class Gain:
    """A difference of like groups in words, and drawn on the axis of differences."""

    label: str
    against: str
    url: str
    words: str
    interval: str
    listings: int
    others: int
    roles: int
    is_code: bool
    is_clear: bool
    strip_label: str
    zero: str
    bar: Span
    point: str | None


def gain(
    premium: Premium,
    per: str,
    *,
    label: str,
    against: str,
    url: str = "",
    is_code: bool = False,
) -> Gain:
    """What listings with something post, against like listings with ``against``."""
    low, high = premium.interval
    words = signed(premium.dollars, per)
    interval = f"{signed(low, per)} to {signed(high, per)}"
    at = _gain_place(premium.dollars, per)
    start = min(max(_gain_place(low, per), 0.0), 100.0 - STUB)
    end = max(min(_gain_place(high, per), 100.0), STUB)
    return Gain(
        label=label,
        against=against,
        url=url,
        words=words,
        interval=interval,
        listings=premium.listings,
        others=premium.others,
        roles=premium.roles,
        is_code=is_code,
        is_clear=premium.is_clear,
        strip_label=f"{label}: {words} {PERIOD_WORDS[per]}, interval {interval}.",
        zero=percent(_gain_place(0, per)),
        bar=Span(percent(start), percent(end - start)),
        point=percent(at) if 0 <= at <= 100 else None,
    )
