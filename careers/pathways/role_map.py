"""The map of roles: a lane for each track, a column for each level, a line a move.

Pure: roles and moves in, places and lines out. One unit is one CSS pixel at the width
at which the map is designed. Where lines run is worked out in `map_routes`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import combinations

from .map_routes import Grid, Pair, Point, Spot, best_rows, routes

LEVELS = 7
WIDTH, HEAD = 1184.0, 30.0
BOX_WIDTH, BOX_HEIGHT = 113.0, 50.0
#: Where the first column begins, past the tabs; what stays free after the last.
FIRST, LAST = 122.0, 20.0
#: From one column to the next.
COLUMN = (WIDTH - FIRST - LAST - BOX_WIDTH) / (LEVELS - 1)
#: Between roles of a lane: as high as a flag is, so that no flag covers a role.
GAP = 18.0
#: Above the first role of a lane and below its last.
PADDING = 15.0


@dataclass(frozen=True, slots=True)
class RoleNode:
    """A role with what is open and posted now; pay is None where too few post theirs.

    ``short`` is the name for narrow places, ``url`` the page about the role.
    """

    slug: str
    name: str
    track: str
    level: int
    open: int
    p25: float | None = None
    median: float | None = None
    p75: float | None = None
    short: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MoveEdge:
    """A move between two roles, by their slugs; ``credentials`` are those that help."""

    from_role: str
    to_role: str
    months_min: int
    months_max: int
    what_changes: str = ""
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackName:
    slug: str
    label: str
    letters: str


@dataclass(frozen=True, slots=True)
class RoleGraph:
    """Roles and moves as they are at a moment, tracks in the order of the lanes."""

    nodes: tuple[RoleNode, ...]
    edges: tuple[MoveEdge, ...]
    tracks: tuple[TrackName, ...]
    at: datetime | None = None
    is_sample: bool = False

    def node(self, slug: str) -> RoleNode | None:
        return next((node for node in self.nodes if node.slug == slug), None)

    def moves_from(self, slug: str) -> list[MoveEdge]:
        return [edge for edge in self.edges if edge.from_role == slug]

    def moves_to(self, slug: str) -> list[MoveEdge]:
        return [edge for edge in self.edges if edge.to_role == slug]


def worth(edge: MoveEdge, nodes: Mapping[str, RoleNode]) -> float | None:
    """What a move adds to the posted median, in dollars a year; None: not known."""
    before, after = nodes[edge.from_role].median, nodes[edge.to_role].median
    return None if before is None or after is None else after - before


# Places


@dataclass(frozen=True, slots=True)
class Place:
    """The upper left corner of a role's box."""

    role: str
    track: str
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.y + BOX_HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Lane:
    track: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A move's line: its corners from the one role's side to the other's."""

    from_role: str
    to_role: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Arrows:
    """Where the arrow keys lead from a role; "" where they lead nowhere."""

    left: str = ""
    right: str = ""
    up: str = ""
    down: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in reading order: lane by lane, from the first level on."""

    lanes: tuple[Lane, ...]
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    height: float
    arrows: Mapping[str, Arrows]


def layout(graph: RoleGraph) -> Layout:
    """Roles in their lanes and columns, in the order that crosses fewest lines.

    Moves of roles that are not there, and of a role to itself, are left out. The same
    roles and moves always give the same map, and it is worked out only once.
    """
    return _laid_out(
        tuple((node.slug, node.track, node.level) for node in graph.nodes),
        tuple(dict.fromkeys((e.from_role, e.to_role) for e in graph.edges)),
        tuple(track.slug for track in graph.tracks),
    )


@lru_cache(maxsize=8)
def _laid_out(
    roles: tuple[tuple[str, str, int], ...],
    moves: tuple[tuple[str, str], ...],
    tracks: tuple[str, ...],
) -> Layout:
    number = {slug: n for n, (slug, _, _) in enumerate(roles)}
    pairs = [
        Pair(number[before], number[after])
        for before, after in moves
        if before in number and after in number and before != after
    ]
    cells = _cells(roles, tracks)
    depths = {
        track: max(len(cell) for (lane, _), cell in cells.items() if lane == track)
        for track in dict.fromkeys(lane for lane, _ in cells)
    }
    lanes, grid = _grid(depths)
    spots = best_rows(grid, _first_spots(cells, depths), pairs)
    places = [
        Place(
            slug,
            track,
            grid.sides[spots[n].column][0],
            grid.middles[spots[n].row] - BOX_HEIGHT / 2,
        )
        for n, (slug, track, _) in enumerate(roles)
    ]
    lines = [
        Line(roles[pair.before][0], roles[pair.after][0], points)
        for pair, points in zip(pairs, routes(grid, spots, pairs), strict=True)
    ]
    rank = {lane.track: n for n, lane in enumerate(lanes)}
    places.sort(key=lambda place: (rank[place.track], place.x, place.y))
    height = lanes[-1].y + lanes[-1].height if lanes else HEAD
    return Layout(
        tuple(lanes), tuple(places), tuple(lines), height, _arrows(places, lines)
    )


Cells = dict[tuple[str, int], list[int]]


def _cells(roles: Sequence[tuple[str, str, int]], tracks: Sequence[str]) -> Cells:
    """Numbers of roles by track and column, lane by lane."""
    rank = {track: n for n, track in enumerate(tracks)}
    found: Cells = defaultdict(list)
    order = sorted(
        range(len(roles)), key=lambda n: (rank.get(roles[n][1], len(rank)), roles[n][1])
    )
    for n in order:
        _, track, level = roles[n]
        found[track, min(max(level, 1), LEVELS) - 1].append(n)
    return found


def _grid(depths: Mapping[str, int]) -> tuple[list[Lane], Grid]:
    """Lanes as deep as they must be, and the rows and corridors of all of them."""
    lanes, middles, corridors = [], [], []
    y = HEAD
    for track, depth in depths.items():
        corridors.append(y + PADDING / 2)
        height = 2 * PADDING + depth * BOX_HEIGHT + (depth - 1) * GAP
        for row in range(depth):
            top = y + PADDING + row * (BOX_HEIGHT + GAP)
            middles.append(top + BOX_HEIGHT / 2)
            if row:
                corridors.append(top - GAP / 2)
        lanes.append(Lane(track, y, height))
        y += height
    corridors.append(y - PADDING / 2)
    lefts = [FIRST + n * COLUMN for n in range(LEVELS)]
    sides = tuple((left, left + BOX_WIDTH) for left in lefts)
    return lanes, Grid(tuple(middles), tuple(corridors), sides, WIDTH)


def _first_spots(cells: Cells, depths: Mapping[str, int]) -> list[Spot]:
    """Roles of a column around the middle of their lane, as they are listed."""
    first: dict[str, int] = {}
    for track in depths:
        first[track] = sum(depths[before] for before in first)
    spots = {}
    for (track, column), cell in cells.items():
        rows = range(first[track], first[track] + depths[track])
        start = first[track] + (depths[track] - len(cell)) // 2
        for n, role in enumerate(cell):
            spots[role] = Spot(column, start + n, rows)
    return [spots[n] for n in range(len(spots))]


# Arrow keys


def _arrows(places: Sequence[Place], lines: Sequence[Line]) -> dict[str, Arrows]:
    """Left and right follow the nearest move there is, else they lead to the nearest
    role of the next column. Down goes through a column and on to the top of the next,
    so that every role can be reached; up is the way back."""
    at = {place.role: place for place in places}
    columns: dict[float, list[Place]] = defaultdict(list)
    order = sorted(places, key=lambda place: (place.x, place.y))
    for place in order:
        columns[place.x].append(place)
    on: dict[str, list[Place]] = defaultdict(list)
    back: dict[str, list[Place]] = defaultdict(list)
    for line in lines:
        on[line.from_role].append(at[line.to_role])
        back[line.to_role].append(at[line.from_role])
    found = {}
    for n, place in enumerate(order):
        x = place.x
        after = [other for other in on[place.role] if other.x > x]
        before = [other for other in back[place.role] if other.x < x]
        next_x = min((other for other in columns if other > x), default=x)
        last_x = max((other for other in columns if other < x), default=x)
        found[place.role] = Arrows(
            left=_nearest(place, before or columns[last_x]),
            right=_nearest(place, after or columns[next_x]),
            up=order[n - 1].role if n else "",
            down=order[n + 1].role if n + 1 < len(order) else "",
        )
    return found


def _nearest(place: Place, others: Iterable[Place]) -> str:
    ways = [
        (abs(other.x - place.x), abs(other.y - place.y), other.y, other.role)
        for other in others
        if other.x != place.x
    ]
    return min(ways)[-1] if ways else ""


# What makes a map legible


def _stretches(line: Line) -> Iterator[tuple[Point, Point]]:
    """The straight parts of a line, each from its lesser end on."""
    for start, end in zip(line.points, line.points[1:], strict=False):
        yield min(start, end), max(start, end)


def node_hits(found: Layout) -> list[tuple[Line, str]]:
    """Lines that touch the box of a role that is not an end of theirs."""
    hits = []
    for line in found.lines:
        for place in found.places:
            if place.role in (line.from_role, line.to_role):
                continue
            if any(_touches(stretch, place) for stretch in _stretches(line)):
                hits.append((line, place.role))
    return hits


def _touches(stretch: tuple[Point, Point], place: Place) -> bool:
    (x1, y1), (x2, y2) = stretch
    return (
        x1 <= place.x + BOX_WIDTH
        and x2 >= place.x
        and min(y1, y2) <= place.y + BOX_HEIGHT
        and max(y1, y2) >= place.y
    )


def crossings(found: Layout) -> int:
    """The points at which a level stretch crosses an upright one, each once."""
    level, upright = set(), set()
    for line in found.lines:
        for (x1, y1), (x2, y2) in _stretches(line):
            if y1 == y2:
                level.add((x1, x2, y1))
            else:
                upright.add((x1, min(y1, y2), max(y1, y2)))
    return len(
        {
            (x, y)
            for x1, x2, y in level
            for x, top, bottom in upright
            if x1 < x < x2 and top < y < bottom
        }
    )


def shared_stretches(found: Layout) -> list[tuple[Line, Line]]:
    """Pairs of lines that lie on one another although no role is an end of both: a
    reader could not tell which leads where."""
    return [
        (one, other)
        for one, other in combinations(found.lines, 2)
        if one.from_role != other.from_role
        and one.to_role != other.to_role
        and any(_lie_together(a, b) for a in _stretches(one) for b in _stretches(other))
    ]


def _lie_together(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    for axis in (0, 1):
        along = 1 - axis
        places = {one[0][axis], one[1][axis], other[0][axis], other[1][axis]}
        ends = sorted(point[along] for point in one), sorted(p[along] for p in other)
        if len(places) == 1:
            return max(ends[0][0], ends[1][0]) < min(ends[0][1], ends[1][1])
    return False
