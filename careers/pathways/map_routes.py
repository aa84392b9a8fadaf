"""Where the lines of the map of roles run.

A line leaves its role at the side, runs level or upright only, and turns in the
channels between columns, where no role stands. A move over several columns runs along
the row of one of its two roles if no role stands in the way, else along a corridor
between rows, which is free from end to end. So no line meets a role by the way it is
made, not by luck.

Lines to one role join: in a channel they share one upright stretch, a *trunk*, and in a
corridor one level stretch, a *run*. Lines of one role start as one. No others share a
stretch, for each kind of line meets a box at a height of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

Point = tuple[float, float]

#: Where lines meet the two sides of a box, in pixels below its middle.
LEFT_IN, RIGHT_OUT, RIGHT_IN, LEFT_OUT = -8.0, 8.0, -16.0, 16.0
#: Between two runs of a corridor, and between two trunks of a channel, at most.
RUN_STEP, TRUNK_STEP = 5.0, 8.0
#: Between trunks and the box before them, and the box after, where heads are.
OFF_BOX, HEAD_ROOM = 7.0, 15.0
#: A corridor's height, less what keeps its runs off the boxes.
RUN_ROOM = 14.0
#: Trunks of a channel may stand one above the other with so much between them.
CLEAR = 14.0
#: What a crossing and a turn cost, in pixels of upright line.
CROSSING, TURN = 90.0, 12.0
#: Rounds of improvement at most.
ROUNDS = 8

#: Ways that need no corridor: straight on, or along the row of one of the two roles.
STRAIGHT, OWN, THEIRS = -3, -2, -1


class Pair(NamedTuple):
    """A move by the numbers of its roles."""

    before: int
    after: int


class Spot(NamedTuple):
    """A role's column and row, and the rows of its lane."""

    column: int
    row: int
    lane: range


class Grid(NamedTuple):
    """The middles of rows; the corridors between rows, number n above row n and one
    below the last; left and right sides of the boxes of columns; the map's width."""

    middles: tuple[float, ...]
    corridors: tuple[float, ...]
    sides: tuple[tuple[float, float], ...]
    width: float


class Leg(NamedTuple):
    """An upright stretch. Channel n is after column n; ``starts_left`` says from which
    side of the channel the line comes, ``ends_left`` to which side it goes."""

    channel: int
    start: float
    end: float
    starts_left: bool
    ends_left: bool


class Way(NamedTuple):
    """One move's line: its legs, and the run between them, before or after them.

    The run passes the channels ``through`` without turning there. ``corridor`` is the
    number of one, or `STRAIGHT`, `OWN` or `THEIRS`.
    """

    pair: Pair
    corridor: int
    legs: tuple[Leg, ...]
    run: float | None
    through: range

    def trunk(self, leg: Leg) -> tuple[int, int, int]:
        """The trunk that a leg is part of: channel, role, and where it leads."""
        into_role = leg is self.legs[-1] and self.corridor != THEIRS
        return (leg.channel, self.pair.after, OWN if into_role else self.corridor)


@dataclass(slots=True)
class Trunk:
    """Heights at which lines come from the left, or go there, and likewise right."""

    lefts: set[float] = field(default_factory=set)
    rights: set[float] = field(default_factory=set)
    top: float = float("inf")
    bottom: float = float("-inf")

    def add(self, leg: Leg, start: float, end: float) -> None:
        (self.lefts if leg.starts_left else self.rights).add(start)
        (self.lefts if leg.ends_left else self.rights).add(end)
        self.top = min(self.top, start, end)
        self.bottom = max(self.bottom, start, end)

    def before(self, other: "Trunk") -> int:
        """Crossings if this one stands left of the other."""
        return sum(other.top < y < other.bottom for y in self.rights) + sum(
            self.top < y < self.bottom for y in other.lefts
        )

    def shares_height(self, other: "Trunk") -> bool:
        return self.top < other.bottom + CLEAR and other.top < self.bottom + CLEAR


# One move


def _way(grid: Grid, pair: Pair, a: Spot, b: Spot, corridor: int) -> Way:
    y1, y2 = grid.middles[a.row], grid.middles[b.row]
    if corridor == STRAIGHT:
        return Way(pair, STRAIGHT, (), y1, range(a.column, b.column))
    if a.column < b.column:
        first, last, step = a.column, b.column - 1, 1
        y1, y2 = y1 + RIGHT_OUT, y2 + LEFT_IN
    else:
        first, last, step = a.column - 1, b.column, -1
        y1, y2 = y1 + LEFT_OUT, y2 + RIGHT_IN
    from_left = step > 0
    if a.column == b.column:
        y1 = grid.middles[a.row] + RIGHT_OUT
        leg = Leg(a.column, y1, y2, True, True)
        return Way(pair, OWN, (leg,), None, range(0))
    if first == last or corridor == OWN:
        leg = Leg(last, y1, y2, from_left, not from_left)
        return Way(pair, OWN, (leg,), y1, range(first, last, step))
    if corridor == THEIRS:
        leg = Leg(first, y1, y2, from_left, not from_left)
        through = range(first + step, last + step, step)
        return Way(pair, THEIRS, (leg,), y2, through)
    y = grid.corridors[corridor]
    legs = (
        Leg(first, y1, y, from_left, not from_left),
        Leg(last, y, y2, from_left, not from_left),
    )
    return Way(pair, corridor, legs, y, range(first + step, last, step))


def _choices(a: Spot, b: Spot, taken: set[tuple[int, int]]) -> list[int]:
    """The rows that a move may run along, the nearest corridor before the others."""
    left, right = sorted((a.column, b.column))
    between = range(left + 1, right)
    is_clear = {
        row: all((column, row) not in taken for column in between)
        for row in (a.row, b.row)
    }
    if a.row == b.row and a.column < b.column and is_clear[a.row]:
        return [STRAIGHT]
    if not between:
        return [OWN]
    own, theirs = is_clear[a.row], is_clear[b.row]
    rows = [OWN] if own else []
    rows += [THEIRS] if theirs else []
    near = a.row + (b.row > a.row)
    low, high = min(a.row, b.row), max(a.row, b.row) + 1
    return [*rows, near, *(row for row in range(low, high + 1) if row != near)]


# All moves


def _trunks(
    ways: Iterable[Way], slots: dict[tuple[int, int], float] | None = None
) -> dict[int, dict[tuple[int, int, int], Trunk]]:
    """Trunks by channel; ``slots`` are the heights of runs, by corridor and role."""
    found: dict[int, dict[tuple[int, int, int], Trunk]] = defaultdict(
        lambda: defaultdict(Trunk)
    )
    for way in ways:
        for leg, (start, end) in zip(way.legs, _heights(way, slots), strict=True):
            found[leg.channel][way.trunk(leg)].add(leg, start, end)
    return found


def _heights(
    way: Way, slots: dict[tuple[int, int], float] | None
) -> list[tuple[float, float]]:
    """Where the legs of a way start and end."""
    if way.corridor < 0 or slots is None:
        return [(leg.start, leg.end) for leg in way.legs]
    y = slots[way.corridor, way.pair.after]
    first, last = way.legs
    return [(first.start, y), (y, last.end)]


def _cost(ways: Sequence[Way]) -> float:
    """How hard the map is to read: crossings above all, then upright length.

    Trunks of a channel are taken to stand in the better order of any two.
    """
    runs: dict[int, set[tuple[float, int]]] = defaultdict(set)
    cost = 0.0
    for way in ways:
        cost += TURN * len(way.legs)
        if way.run is not None:
            key = (way.run, way.pair.after if way.corridor >= 0 else -1)
            for channel in way.through:
                runs[channel].add(key)
    for channel, trunks in _trunks(ways).items():
        crossed = 0
        standing = list(trunks.values())
        for trunk in standing:
            cost += trunk.bottom - trunk.top
            crossed += sum(trunk.top < y < trunk.bottom for y, _ in runs[channel])
        for one, other in combinations(standing, 2):
            if one.top < other.bottom and other.top < one.bottom:
                crossed += min(one.before(other), other.before(one))
        cost += CROSSING * crossed
    return cost


def _plain_ways(grid: Grid, spots: Sequence[Spot], pairs: Sequence[Pair]) -> list[Way]:
    """Each move by its first choice."""
    taken = {(spot.column, spot.row) for spot in spots}
    return [
        _way(grid, pair, a, b, _choices(a, b, taken)[0])
        for pair in pairs
        for a, b in [(spots[pair.before], spots[pair.after])]
    ]


def best_rows(grid: Grid, spots: Sequence[Spot], pairs: Sequence[Pair]) -> list[Spot]:
    """Roles moved within their lanes, one at a time, while the map gets easier to read.

    Two that exchange rows move together. The same roles always end in the same rows.
    """
    best = list(spots)
    cost = _cost(_plain_ways(grid, best, pairs))
    for _ in range(ROUNDS):
        before = cost
        for role in range(len(best)):
            for tried in _moved(best, role):
                found = _cost(_plain_ways(grid, tried, pairs))
                if found < cost:
                    best, cost = tried, found
        if cost == before:
            break
    return best


def _moved(spots: Sequence[Spot], role: int) -> Iterator[list[Spot]]:
    """The same with a role in each other row of its lane."""
    column, old, lane = spots[role]
    for row in lane:
        if row == old:
            continue
        moved = [
            spot._replace(row=old) if (spot.column, spot.row) == (column, row) else spot
            for spot in spots
        ]
        moved[role] = Spot(column, row, lane)
        yield moved


def _best_ways(grid: Grid, spots: Sequence[Spot], pairs: Sequence[Pair]) -> list[Way]:
    """Each move by the choice that suits the others, until none would change."""
    taken = {(spot.column, spot.row) for spot in spots}
    best = _plain_ways(grid, spots, pairs)
    cost = _cost(best)
    for _ in range(ROUNDS):
        before = cost
        for n, pair in enumerate(pairs):
            a, b = spots[pair.before], spots[pair.after]
            for choice in _choices(a, b, taken)[1:]:
                tried = [*best[:n], _way(grid, pair, a, b, choice), *best[n + 1 :]]
                found = _cost(tried)
                if found < cost:
                    best, cost = tried, found
        if cost == before:
            break
    return best


# Lines


def routes(
    grid: Grid, spots: Sequence[Spot], pairs: Sequence[Pair]
) -> list[tuple[Point, ...]]:
    """The corners of each move's line."""
    ways = _best_ways(grid, spots, pairs)
    slots = _slots(grid, ways)
    at: dict[tuple[int, int, int], float] = {}
    for channel, trunks in _trunks(ways, slots).items():
        at |= _places(grid, channel, trunks)
    return [_corners(grid, spots, way, slots, at) for way in ways]


def _slots(grid: Grid, ways: Iterable[Way]) -> dict[tuple[int, int], float]:
    """The height of each run in its corridor: above what turns up at its end, below
    what turns down, and of two that turn alike the longer lies nearer the middle."""
    found: dict[int, dict[int, tuple[bool, int]]] = defaultdict(dict)
    for way in ways:
        if way.corridor >= 0:
            last = way.legs[-1]
            goes_down = last.end > last.start
            rank = -last.channel if goes_down else last.channel
            found[way.corridor][way.pair.after] = (goes_down, rank)
    slots = {}
    for corridor, runs in found.items():
        order = sorted(runs, key=lambda role: (*runs[role], role))
        step = min(RUN_STEP, RUN_ROOM / len(order))
        top = grid.corridors[corridor] - step * (len(order) - 1) / 2
        for n, role in enumerate(order):
            slots[corridor, role] = top + n * step
    return slots


def _places(
    grid: Grid, channel: int, trunks: dict[tuple[int, int, int], Trunk]
) -> dict[tuple[int, int, int], float]:
    """Where the trunks of a channel stand, in the order that crosses fewest lines."""
    order = _ordered(list(trunks), trunks)
    level: dict[tuple[int, int, int], int] = {}
    for n, key in enumerate(order):
        level[key] = 1 + max(
            (
                level[other]
                for other in order[:n]
                if trunks[key].shares_height(trunks[other])
            ),
            default=-1,
        )
    most = max(level.values())
    is_last = channel == len(grid.sides) - 1
    left = grid.sides[channel][1] + OFF_BOX
    right = grid.width if is_last else grid.sides[channel + 1][0] - HEAD_ROOM
    step = min(TRUNK_STEP, (right - left) / max(most, 1))
    start = (left + right - most * step) / 2
    return {key: start + n * step for key, n in level.items()}


Key = tuple[int, int, int]


def _ordered(keys: list[Key], trunks: dict[Key, Trunk]) -> list[Key]:
    """Each put where it crosses fewest of those that stand, until none would move."""
    order: list[Key] = []
    for key in sorted(keys, key=lambda key: (trunks[key].top, key)):
        _insert(order, key, trunks)
    for _ in range(ROUNDS):
        before = list(order)
        for key in before:
            order.remove(key)
            _insert(order, key, trunks)
        if order == before:
            break
    return order


def _insert(order: list[Key], key: Key, trunks: dict[Key, Trunk]) -> None:
    own = trunks[key]
    crossed = sum(own.before(trunks[other]) for other in order)
    best = (crossed, 0)
    for n, other in enumerate(order, start=1):
        crossed += trunks[other].before(own) - own.before(trunks[other])
        best = min(best, (crossed, n))
    order.insert(best[1], key)


def _corners(
    grid: Grid,
    spots: Sequence[Spot],
    way: Way,
    slots: dict[tuple[int, int], float],
    at: dict[Key, float],
) -> tuple[Point, ...]:
    a, b = spots[way.pair.before], spots[way.pair.after]
    start = grid.sides[a.column][0 if b.column < a.column else 1]
    end = grid.sides[b.column][0 if a.column < b.column else 1]
    if way.corridor == STRAIGHT:
        y = grid.middles[a.row]
        return ((start, y), (end, y))
    points = [(start, way.legs[0].start)]
    for leg, (top, bottom) in zip(way.legs, _heights(way, slots), strict=True):
        x = at[way.trunk(leg)]
        points += [(x, top), (x, bottom)]
    return (*points, (end, way.legs[-1].end))
