"""The states as a grid of tiles, each about where the state lies; five shades of pay.

A grid gives Rhode Island and Texas the same room, holds a figure in every tile and
needs no outlines.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from careers.jobs.pay import Period

from .charts import Entry, in_thousands, pay

COLUMNS, ROWS = 11, 8
#: Columns from the west, rows from the north.
GRID = (
    "AK .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. .. .. .. VT NH",
    "WA ID MT ND MN IL WI MI NY RI MA",
    "OR NV WY SD IA IN OH PA NJ CT ..",
    "CA UT CO NE MO KY WV VA MD DE ..",
    ".. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. OK LA MS AL GA .. .. ..",
    "HI .. .. TX .. .. .. .. FL .. ..",
)
#: State to (column, row), counted from 1, in reading order.
PLACES = {
    state: (column, row)
    for row, states in enumerate(GRID, start=1)
    for column, state in enumerate(states.split(), start=1)
    if state != ".."
}
SHADES = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """``starts`` is the column of a tile that does not follow its neighbour, else 0.
    ``shade`` runs from 1 to ``SHADES``, and is 0 below the minimum sample."""

    code: str
    name: str
    url: str
    words: str
    median: str
    listings: int
    employers: int
    shade: int
    column: int
    row: int
    starts: int
    is_you: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shade:
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """Every state in reading order; ``shades`` is the legend, lowest pay first."""

    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    has_too_few: bool


@dataclass(frozen=True, slots=True)
class _Nothing:
    """The figures of a state that no listing of the group hires from."""

    listings: int = 0
    employers: int = 0
    percentiles: tuple[float, ...] | None = None
    interval: tuple[float, float] | None = None


def tile_map(entries: Iterable[Entry], names: dict[str, str], per: str) -> TileMap:
    """The map of a group's states. ``entries`` have the state's code as ``short``;
    states without one are empty tiles, and what is no state of the grid is left out.
    """
    by_code = {entry.short: entry for entry in entries if entry.short in PLACES}
    medians = {
        code: entry.figures.percentiles[2]
        for code, entry in by_code.items()
        if entry.figures.percentiles
    }
    figures = [_printed(median, per) for median in medians.values()]
    bounds = _bounds(figures)
    tiles = []
    before = (0, 0)
    for code, (column, row) in PLACES.items():
        entry = by_code.get(code) or Entry(names[code], _Nothing(), short=code)
        follows = before == (column - 1, row)
        tiles.append(_tile(entry, medians.get(code), bounds, per, follows=follows))
        before = (column, row)
    return TileMap(
        tiles=tuple(tiles),
        shades=_legend(figures, bounds, per),
        has_too_few=any(not tile.shade for tile in tiles),
    )


def _tile(
    entry: Entry,
    median: float | None,
    bounds: Sequence[int],
    per: str,
    *,
    follows: bool,
) -> Tile:
    column, row = PLACES[entry.short]
    return Tile(
        code=entry.short,
        name=entry.label,
        url=entry.url,
        words="" if median is None else in_thousands(median, per),
        median=pay(median, per),
        listings=entry.figures.listings,
        employers=entry.figures.employers,
        shade=0 if median is None else _shade(_printed(median, per), bounds),
        column=column,
        row=row,
        starts=0 if follows else column,
        is_you=entry.is_you,
        is_current=entry.is_current,
    )


def _printed(dollars: float, per: str) -> int:
    """The figure as a tile prints it, in whole thousands a year or dollars an hour."""
    return round(dollars if per == Period.HOUR else dollars / 1000)


def _bounds(figures: Sequence[int]) -> list[int]:
    """The lowest figure of each class but the first: fifths of the states, so that
    every shade is used alike. Fewer where fifths fall together."""
    if not figures:
        return []
    fifths = np.quantile(figures, [n / SHADES for n in range(1, SHADES)])
    bounds = {math.ceil(fifth) for fifth in fifths}
    return sorted(bound for bound in bounds if bound > min(figures))


def _shade(figure: int, bounds: Sequence[int]) -> int:
    """Spread over all five shades where there are fewer classes."""
    if not bounds:
        return (SHADES + 1) // 2
    place = sum(figure >= bound for bound in bounds)
    return 1 + round(place * (SHADES - 1) / len(bounds))


def _legend(
    figures: Sequence[int], bounds: Sequence[int], per: str
) -> tuple[Shade, ...]:
    """Each class by the figures that stand in its tiles."""
    if not figures:
        return ()
    unit = "" if per == Period.HOUR else "k"
    starts = [min(figures), *bounds, max(figures) + 1]
    return tuple(
        Shade(_shade(low, bounds), _class(low, end - 1, unit))
        for low, end in pairwise(starts)
    )


def _class(low: int, high: int, unit: str) -> str:
    return f"${low}{unit}" if low == high else f"${low}{unit} to {high}{unit}"
