"""The map of roles as SVG, printed in Python: the template engine needs ten times as
long for its many small parts.

Roles are links, in reading order. Everything else is drawn for the eye alone, since
each link says in its title what stands around it.
"""

from collections.abc import Mapping, Sequence
from html import escape

from django.utils.safestring import SafeString

from careers.jobs.presentation.facts import in_sentence
from careers.jobs.presentation.money import money
from careers.jobs.presentation.pay_strip import HIGH, LOW, PayStrip
from careers.jobs.presentation.rule_words import listed

from .role_map import (
    BOX_HEIGHT,
    BOX_WIDTH,
    COLUMN,
    FIRST,
    HEAD,
    LEVELS,
    WIDTH,
    Arrows,
    Lane,
    Layout,
    Line,
    MoveEdge,
    Place,
    RoleGraph,
    RoleNode,
    TrackName,
    layout,
    worth,
)

#: The true minus sign, as wide as the plus.
MINUS = "\N{MINUS SIGN}"
#: How far a line's corners are rounded.
ROUND = 7.0
#: Inside a box: where words begin, and the strip, a pixel's part for $1,000.
INSET, PER_THOUSAND = 11.0, 0.6
FLAG_WIDTH, FLAG_HEIGHT, YOU_WIDTH = 56.0, 16.0, 36.0
TAB_WIDTH = FIRST - 10
#: Widths of letters in parts of the size of type, where they are not like most.
LETTER_WIDTH = 0.57
NARROW, WIDE = 0.33, 0.86
#: The size of type in boxes and tabs.
TYPE = 12.5


def map_svg(graph: RoleGraph, focus: str = "", you: str = "") -> SafeString:
    """The map, the moves of ``focus`` brought forward and the role ``you`` flagged."""
    found = layout(graph)
    nodes = {node.slug: node for node in graph.nodes}
    edges = {(edge.from_role, edge.to_role): edge for edge in graph.edges}
    flags = _flags(graph.edges, nodes, focus)
    lines = sorted(
        found.lines, key=lambda line: focus in (line.from_role, line.to_role)
    )
    parts = [
        f'<svg class="role-map" viewBox="0 0 {_px(WIDTH)} {_px(found.height)}"'
        ' role="group" aria-label="Map of roles, by track and level">',
        _HEADS,
        '<g aria-hidden="true">',
        *(_level(number) for number in range(1, LEVELS + 1)),
        *_lanes(found, graph.tracks),
        "</g>",
        '<g class="moves" aria-hidden="true">',
        *(
            _line(line, edges[line.from_role, line.to_role], nodes, focus)
            for line in lines
        ),
        "</g>",
        *(
            _role(
                place,
                nodes[place.role],
                title=sentence(graph, nodes[place.role], is_you=place.role == you),
                arrows=found.arrows[place.role],
                flag=flags.get(place.role),
                is_focus=place.role == focus,
                is_you=place.role == you,
            )
            for place in found.places
        ),
        "</svg>",
    ]
    return SafeString("".join(parts))


_HEADS = (
    '<defs><marker id="move-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9"'
    ' markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
    '<path class="move-head" d="M0 0L8 4L0 8Z"/></marker></defs>'
)


# Words


def sentence(graph: RoleGraph, node: RoleNode, *, is_you: bool = False) -> str:
    """What the map shows of a role, in words."""
    track = next((t.label for t in graph.tracks if t.slug == node.track), node.track)
    where = f"{node.name}{' (you)' if is_you else ''}, {track.lower()}"
    if node.median is None or node.p25 is None or node.p75 is None:
        pay = "Too few listings post their pay."
    else:
        pay = (
            f"Posted pay {money(node.p25)} to {money(node.p75)}, "
            f"median {money(node.median)}."
        )
    names = {other.slug: in_sentence(other.name) for other in graph.nodes}
    on = [names[e.to_role] for e in graph.moves_from(node.slug) if e.to_role in names]
    leads = f"Leads to {listed(on)}." if on else "No move leads on from here."
    return f"{where}, level {node.level}: {node.open:,} open. {pay} {leads}"


def in_flag(dollars: float) -> str:
    """+$9.2k or the same with a true minus; "same" under fifty dollars."""
    if abs(dollars) < 50:
        return "same"
    return f"{'+' if dollars > 0 else MINUS}${abs(dollars) / 1000:.1f}k"


def _flags(
    edges: Sequence[MoveEdge], nodes: Mapping[str, RoleNode], focus: str
) -> dict[str, str]:
    """The flag of each role beside that in focus: "" where pay cannot be compared.

    Where moves lead both ways, the one that leads on speaks.
    """
    flags = {}
    for edge in sorted(edges, key=lambda edge: edge.from_role == focus):
        if focus in (edge.from_role, edge.to_role):
            other = edge.to_role if edge.from_role == focus else edge.from_role
            if other in nodes and focus in nodes:
                gain = worth(edge, nodes)
                flags[other] = "" if gain is None else in_flag(gain)
    return flags


def wrapped(words: str, width: float, lines: int = 2) -> list[str]:
    """Words on so many lines at most; what does not fit is cut with an ellipsis."""
    rows = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if _width(longer) <= width or not rows[-1]:
            rows[-1] = longer
        elif len(rows) < lines:
            rows.append(word)
        else:
            rows[-1] = longer
    return [_cut(row, width) for row in rows]


def _cut(row: str, width: float) -> str:
    if _width(row) <= width:
        return row
    while row and _width(f"{row}…") > width:
        row = row[:-1]
    return f"{row.rstrip()}…"


def _width(words: str) -> float:
    """About as wide as the words are in pixels."""
    return TYPE * sum(
        NARROW if c in "ijlftr .,()/'I" else WIDE if c in "mwMW" else LETTER_WIDTH
        for c in words
    )


# Parts of the drawing


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _level(number: int) -> str:
    x = FIRST + (number - 1) * COLUMN + BOX_WIDTH / 2
    return (
        f'<text class="level" x="{_px(x)}" y="{_px(HEAD - 13)}" text-anchor="middle">'
        f"Level {number}</text>"
    )


def _lanes(found: Layout, tracks: Sequence[TrackName]) -> list[str]:
    names = {track.slug: track for track in tracks}
    return [
        _lane(lane, names.get(lane.track, TrackName(lane.track, lane.track, "")))
        for lane in found.lanes
    ]


def _lane(lane: Lane, track: TrackName) -> str:
    """A rule, and the track's tab at its head."""
    rows = "".join(
        f'<text class="tab-name" x="10" y="{_px(lane.y + 40 + 15 * n)}">'
        f"{escape(row)}</text>"
        for n, row in enumerate(wrapped(track.label, TAB_WIDTH - 14))
    )
    return (
        f'<path class="lane" d="M0 {_px(lane.y)}H{_px(WIDTH)}"/>'
        f'<g data-track="{escape(lane.track)}">'
        f'<rect class="tab" y="{_px(lane.y + 2)}" width="{_px(TAB_WIDTH)}"'
        f' height="{_px(min(lane.height - 3, 64))}"/>'
        f'<rect class="tab" x="{_px(TAB_WIDTH - 4)}" y="{_px(lane.y + 2)}" width="4"'
        f' height="{_px(lane.height - 3)}"/>'
        f'<text class="tab-code" x="10" y="{_px(lane.y + 23)}">'
        f"{escape(track.letters)}</text>{rows}</g>"
    )


def _line(line: Line, edge: MoveEdge, nodes: Mapping[str, RoleNode], focus: str) -> str:
    gain = worth(edge, nodes)
    flag = "" if gain is None else f' data-worth="{in_flag(gain)}"'
    is_on = focus in (line.from_role, line.to_role)
    on = ' data-on="" marker-end="url(#move-head)"' if is_on else ""
    return (
        f'<path class="move"{on} data-from="{escape(line.from_role)}"'
        f' data-to="{escape(line.to_role)}"{flag} d="{path(line)}"/>'
    )


def path(line: Line) -> str:
    """A line's path, its corners rounded."""
    (x, y), *rest = line.points
    parts = [f"M{_px(x)} {_px(y)}"]
    for n, corner in enumerate(rest[:-1], start=1):
        before, after = line.points[n - 1], line.points[n + 1]
        radius = min(ROUND, _apart(before, corner) / 2, _apart(corner, after) / 2)
        parts.append(_to(_towards(corner, before, radius), corner))
        (x1, y1), (x2, y2) = corner, _towards(corner, after, radius)
        parts.append(f"Q{_px(x1)} {_px(y1)} {_px(x2)} {_px(y2)}")
    parts.append(_to(rest[-1], line.points[-2]))
    return "".join(parts)


def _to(point: tuple[float, float], beside: tuple[float, float]) -> str:
    """Level or upright to a point of the same row or column as another."""
    if point[1] == beside[1]:
        return f"H{_px(point[0])}"
    return f"V{_px(point[1])}"


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(
    corner: tuple[float, float], other: tuple[float, float], by: float
) -> tuple[float, float]:
    """So far from a corner towards the next."""
    span = _apart(corner, other) or 1
    return (
        corner[0] + (other[0] - corner[0]) * by / span,
        corner[1] + (other[1] - corner[1]) * by / span,
    )


def _role(
    place: Place,
    node: RoleNode,
    *,
    title: str,
    arrows: Arrows,
    flag: str | None,
    is_focus: bool,
    is_you: bool,
) -> str:
    x, y = place.x, place.y
    state = ' data-focus="" aria-current="true"' if is_focus else ""
    state += "" if flag is None else ' data-near=""'
    ways = " ".join(
        way or "-" for way in (arrows.left, arrows.right, arrows.up, arrows.down)
    )
    return "".join(
        [
            f'<a class="node" href="{escape(node.url)}"'
            f' data-role="{escape(node.slug)}" data-track="{escape(node.track)}"'
            f' data-name="{escape(in_sentence(node.name))}"'
            f' data-arrows="{escape(ways)}"{state}><title>{escape(title)}</title>',
            _rect("node-box", x, y, BOX_WIDTH, BOX_HEIGHT),
            _rect("node-edge", x, y, 4, BOX_HEIGHT),
            _name(node, x, y),
            f'<text class="node-count" x="{_px(x + BOX_WIDTH - 7)}"'
            f' y="{_px(y + 45)}" text-anchor="end">{node.open:,}</text>',
            _pay(node, x + INSET, y + 41),
            _flag("you", "You", x, y, YOU_WIDTH) if is_you else "",
            _flag("worth", flag or "", x + BOX_WIDTH - FLAG_WIDTH, y, FLAG_WIDTH),
            "</a>",
        ]
    )


def _name(node: RoleNode, x: float, y: float) -> str:
    rows = wrapped(node.short or node.name, BOX_WIDTH - INSET - 4)
    first = y + (22 if len(rows) == 1 else 15)
    return "".join(
        f'<text class="node-name" x="{_px(x + INSET)}" y="{_px(first + 13 * n)}">'
        f"{escape(row)}</text>"
        for n, row in enumerate(rows)
    )


def _pay(node: RoleNode, x: float, y: float) -> str:
    """The strip of the site at its smallest; an empty axis where pay is not known."""
    width = (HIGH - LOW) / 1000 * PER_THOUSAND
    axis = f'<path class="node-axis" d="M{_px(x)} {_px(y)}h{_px(width)}"/>'
    if node.median is None or node.p25 is None or node.p75 is None:
        return axis
    low, high = _along(node.p25), _along(node.p75)
    band = _rect("node-band", x + low, y - 4.5, max(high - low, 2), 9)
    if not LOW <= node.median <= HIGH:
        return axis + band
    at = x + _along(node.median)
    return f'{axis}{band}<path class="node-median" d="M{_px(at)} {_px(y - 6)}v12"/>'


def _along(dollars: float) -> float:
    """The place of pay on a box's axis, held inside it."""
    return (min(max(dollars, LOW), HIGH - 2000) - LOW) / 1000 * PER_THOUSAND


def _flag(kind: str, words: str, x: float, y: float, width: float) -> str:
    """A flag on the upper edge of a box: yellow for the reader, ink for pay."""
    ground = _rect("flag", x, y - FLAG_HEIGHT, width, FLAG_HEIGHT)
    return (
        f'<g class="{kind}-flag">{ground}<text x="{_px(x + width / 2)}"'
        f' y="{_px(y - 4)}" text-anchor="middle">{escape(words)}</text></g>'
    )


def _rect(name: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect class="{name}" x="{_px(x)}" y="{_px(y)}" width="{_px(width)}"'
        f' height="{_px(height)}"/>'
    )


# The strip of a move


def carried_strip(strip: PayStrip | None, carried: str, name: str) -> SafeString:
    """The small strip of a role's usual pay, another role's median carried over.

    ``carried`` is its place in percent, or "" where there is none to show.
    """
    if strip is None or strip.band is None:
        return SafeString("")
    parts = [
        '<use href="#pay-grid"/>'
        f'<rect class="pay-strip-band" x="{strip.band.x}" width="{strip.band.width}"'
        ' y="2" height="12"/>'
    ]
    label = strip.label
    if strip.median:
        parts.append(_upright("pay-strip-median", strip.median, 2, 14))
    if carried:
        parts.append(_upright("pay-strip-from", carried, 0, 16))
        label = f"{label} Dashed: the median of {name}."
    return SafeString(
        '<svg class="pay-strip" data-size="small" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _upright(name: str, x: str, y1: int, y2: int) -> str:
    return f'<line class="{name}" x1="{x}" x2="{x}" y1="{y1}" y2="{y2}"/>'
