"""Drawings that stand alone: a chart of the explorer as an SVG or PNG file.

A chart is laid out once, as plain shapes with places in pixels and colours of the light
scheme; the two kinds of file print the same shapes. Away from its page a drawing has no
table beside it, so it carries title, figures, source and date.
"""

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.contrib.staticfiles import finders
from django.utils import timezone

from PIL import Image, ImageDraw, ImageFont

from careers.jobs.criteria import cleaned
from careers.jobs.presentation.pay_strip import Span

from . import charts, tile_grid

# The light colours of static/css/tokens.css.
PAPER, INK, INK_SOFT = "#fdfdfb", "#14201e", "#4b5754"
RULE, RULE_FIRM = "#d2d8d1", "#76827e"
TRACKS = {
    "billing": "#1d6b3c",
    "profee": "#1b5aa6",
    "facility": "#a7321f",
    "risk": "#965000",
    "audit": "#a3195b",
    "documentation": "#0a686d",
    "data": "#45566d",
    "management": "#5f4a2f",
}
#: How much of the track's colour a band and the shades of the map have.
TINT = 0.30
SHADES = (0.0, 0.09, 0.19, 0.29, 0.40, 0.52)

WIDTH, MARGIN = 960, 32
INNER = WIDTH - 2 * MARGIN
ROW = 26
STRIP_X, STRIP_WIDTH = 456, WIDTH - MARGIN - 456
TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 78, 50, 3
#: Pixels of the image for each of the drawing.
SCALE = 2
FACE = "'Public Sans', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    stroke: str = "none"

    def svg(self) -> str:
        return (
            f'<rect x="{_px(self.x)}" y="{_px(self.y)}" width="{_px(self.width)}" '
            f'height="{_px(self.height)}" fill="{self.fill}" stroke="{self.stroke}"/>'
        )

    def paint(self, canvas: ImageDraw.ImageDraw) -> None:
        canvas.rectangle(
            _scaled(self.x, self.y, self.x + self.width, self.y + self.height),
            fill=_colour(self.fill),
            outline=_colour(self.stroke),
            width=SCALE,
        )


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1

    def svg(self) -> str:
        return (
            f'<line x1="{_px(self.x1)}" y1="{_px(self.y1)}" x2="{_px(self.x2)}" '
            f'y2="{_px(self.y2)}" stroke="{self.stroke}" '
            f'stroke-width="{self.width:g}"/>'
        )

    def paint(self, canvas: ImageDraw.ImageDraw) -> None:
        canvas.line(
            _scaled(self.x1, self.y1, self.x2, self.y2),
            fill=self.stroke,
            width=round(self.width * SCALE),
        )


@dataclass(frozen=True, slots=True)
class Ring:
    x: float
    y: float
    radius: float
    stroke: str

    def svg(self) -> str:
        return (
            f'<circle cx="{_px(self.x)}" cy="{_px(self.y)}" r="{self.radius:g}" '
            f'fill="{PAPER}" stroke="{self.stroke}" stroke-width="1.5"/>'
        )

    def paint(self, canvas: ImageDraw.ImageDraw) -> None:
        r = self.radius
        canvas.ellipse(
            _scaled(self.x - r, self.y - r, self.x + r, self.y + r),
            fill=PAPER,
            outline=self.stroke,
            width=round(1.5 * SCALE),
        )


@dataclass(frozen=True, slots=True)
class Area:
    """Steps over a base line: ``points`` are the corners of the steps alone."""

    points: tuple[tuple[float, float], ...]
    base: float
    fill: str
    stroke: str

    def svg(self) -> str:
        (first, _), (last, _) = self.points[0], self.points[-1]
        steps = "L".join(f"{_px(x)} {_px(y)}" for x, y in self.points)
        return (
            f'<path fill="{self.fill}" d="M{_px(first)} {_px(self.base)}L{steps}'
            f'L{_px(last)} {_px(self.base)}Z"/>'
            f'<path fill="none" stroke="{self.stroke}" stroke-width="1.5" '
            f'd="M{steps}"/>'
        )

    def paint(self, canvas: ImageDraw.ImageDraw) -> None:
        (first, _), (last, _) = self.points[0], self.points[-1]
        corners = [(first, self.base), *self.points, (last, self.base)]
        canvas.polygon([_scaled(*corner) for corner in corners], fill=self.fill)
        canvas.line(
            [_scaled(*corner) for corner in self.points],
            fill=self.stroke,
            width=round(1.5 * SCALE),
        )


@dataclass(frozen=True, slots=True)
class Text:
    """``y`` is the base line of the letters."""

    x: float
    y: float
    words: str
    size: int = 13
    fill: str = INK
    anchor: str = "start"
    is_bold: bool = False

    def svg(self) -> str:
        weight = ' font-weight="600"' if self.is_bold else ""
        place = f' text-anchor="{self.anchor}"' if self.anchor != "start" else ""
        return (
            f'<text x="{_px(self.x)}" y="{_px(self.y)}" font-size="{self.size}" '
            f'fill="{self.fill}"{place}{weight}>{escape(cleaned(self.words))}</text>'
        )

    def paint(self, canvas: ImageDraw.ImageDraw) -> None:
        canvas.text(
            (self.x * SCALE, self.y * SCALE),
            self.words,
            fill=self.fill,
            font=_font(self.size, is_bold=self.is_bold),
            anchor=ANCHORS[self.anchor],
        )


Shape = Rect | Line | Ring | Area | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from back to front, on paper."""

    title: str
    height: int
    shapes: tuple[Shape, ...]

    def svg(self) -> str:
        """The file as text; it names no other file."""
        body = "\n".join(shape.svg() for shape in self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
            f'height="{self.height}" viewBox="0 0 {WIDTH} {self.height}" role="img">\n'
            f"<title>{escape(cleaned(self.title))}</title>\n"
            f"<style>text {{ font-family: {FACE}; "
            "font-variant-numeric: tabular-nums; }</style>\n"
            f'<rect width="{WIDTH}" height="{self.height}" fill="{PAPER}"/>\n'
            f"{body}\n</svg>\n"
        )

    def png(self) -> bytes:
        """The file's bytes, at twice the size, for screens of today."""
        image = Image.new("RGB", (WIDTH * SCALE, self.height * SCALE), PAPER)
        canvas = ImageDraw.Draw(image)
        for shape in self.shapes:
            shape.paint(canvas)
        file = BytesIO()
        image.save(file, "PNG", optimize=True)
        return file.getvalue()


def draw(page: Any, chart: str) -> Drawing | None:
    """A chart of an explorer's page; None where it has nothing to draw."""
    drawn = CHARTS[chart](page)
    if drawn is None:
        return None
    title, height, shapes, notes = drawn
    head = textwrap.wrap(title, 84)
    top = MARGIN + 26 * len(head) + 12
    small = textwrap.wrap(" ".join([*notes, *_source(page)]), 138)
    whole = (
        *(
            Text(MARGIN, MARGIN + 16 + 26 * n, line, 20, is_bold=True)
            for n, line in enumerate(head)
        ),
        *(_moved(shape, top) for shape in shapes),
        *(
            Text(MARGIN, top + height + 26 + 18 * n, line, fill=INK_SOFT)
            for n, line in enumerate(small)
        ),
    )
    return Drawing(title, top + height + 26 + 18 * len(small) + MARGIN - 18, whole)


def _source(page: Any) -> Iterator[str]:
    if page.is_sample:
        yield (
            "Sample listings, made up to show how the site works: these figures say "
            "nothing about what anybody is paid."
        )
    yield (
        f"Pay {page.unit} as posted in listings of the past {page.window} months, not "
        f"as paid. Read on {timezone.localdate():%B %-d, %Y}."
    )


# Each chart: title, height, shapes from a top of 0, notes. None: nothing to draw.

_Drawn = tuple[str, int, list[Shape], list[str]]


def _distribution(page: Any) -> _Drawn | None:
    plot: charts.Plot | None = page.plot
    if plot is None:
        return None
    shapes: list[Shape] = _grid(plot.axis, MARGIN, INNER, 0, plot.height)
    for half in plot.halves:
        shapes += _half(half)
    shapes += [
        Text(_at(tick.x), plot.ticks_y, tick.label, 12, INK_SOFT, "middle")
        for tick in plot.axis.ticks
    ]
    sample = [
        f"{group.name}: {group.figures.listings:,} listings, "
        f"{group.figures.employers:,} employers, 95% interval of the median "
        f"{charts.pay_span(group.figures.interval, page.per)}."
        for group in page.groups
        if group.figures.percentiles
    ]
    words = (
        "Area: share of posted pay. Band: middle half. Box: the median's 95% interval. "
        "Thin line: all but the outer tenths."
    )
    return page.headline, plot.height, shapes, [*sample, words, *plot.outside]


def _half(half: charts.Half) -> Iterator[Shape]:
    colour, tint = _track(half.track)
    yield Area(_corners(half), half.base_y, tint, colour)
    box = half.box
    middle = box.y + 12
    yield Line(
        _at(box.whisker.x1), middle, _at(box.whisker.x2), middle, colour, width=1.5
    )
    yield from _box(box.band, box.interval, MARGIN, INNER, (box.y + 2, 20), half.track)
    yield Line(MARGIN, half.base_y, MARGIN + INNER, half.base_y, INK)
    yield Text(MARGIN, half.name_y, half.short, 14, is_bold=True)
    x = _at(half.value_x)
    if half.median:
        yield Line(x, half.line_y1, x, half.line_y2, colour, width=2)
        yield Line(x, box.y, x, box.y + 24, colour, width=2)
    yield Text(
        x + half.dx,
        half.value_y,
        half.median_words,
        anchor=half.anchor,
        is_bold=True,
    )


def _corners(half: charts.Half) -> tuple[tuple[float, float], ...]:
    """The steps of a half's path, in pixels and cut at the edges of the axis."""
    x = float(MARGIN)
    corners = []
    # The last step leads back to the base, outside of the axis.
    for step in half.path.split("V")[1:-1]:
        height, _, to = step.partition("H")
        y = half.area_y + float(height) * charts.AREA / 100
        corners.append((x, y))
        x = MARGIN + INNER * min(float(to) / 1000, 1.0)
        corners.append((x, y))
    return tuple(corners)


def _by(page: Any) -> _Drawn | None:
    notes = [page.by_note] if page.by_note else []
    return _table(page, page.by_title, page.rows, notes)


def _trend(page: Any) -> _Drawn | None:
    title = f"{page.groups[0].name}, by quarter of posting"
    notes = [page.trend.words] if page.trend.words else []
    return _table(page, title, page.trend.rows, notes)


def _experience(page: Any) -> _Drawn | None:
    if page.curve is None:
        return None
    title = f"{page.groups[0].name}, by experience asked"
    return _table(page, title, page.curve.rows, [])


def _table(
    page: Any, title: str, rows: Sequence[charts.Row], notes: list[str]
) -> _Drawn | None:
    if not any(row.strip for row in rows):
        return None
    height = 30 + ROW * len(rows)
    axis: charts.Axis = page.axis
    shapes: list[Shape] = _grid(axis, STRIP_X, STRIP_WIDTH, 24, height)
    shapes += [
        Text(_at(tick.x, STRIP_X, STRIP_WIDTH), 16, tick.label, 12, INK_SOFT, "middle")
        for tick in axis.ticks
    ]
    shapes.append(Text(300, 16, "Median", 12, INK_SOFT, "end"))
    shapes.append(Text(424, 16, "Listings / employers", 12, INK_SOFT, "end"))
    for number, row in enumerate(rows):
        shapes += _row(row, 30 + ROW * number, row.track or page.groups[0].track)
    words = "Band: middle half. Box: the median's 95% interval."
    return title, height, shapes, [*notes, words]


def _row(row: charts.Row, top: float, track: str) -> Iterator[Shape]:
    base = top + 18
    yield Line(MARGIN, top, WIDTH - MARGIN, top, RULE)
    yield Text(MARGIN, base, textwrap.shorten(row.label, 30, placeholder="…"))
    yield Text(424, base, f"{row.listings:,} / {row.employers:,}", 13, INK_SOFT, "end")
    if row.strip is None:
        yield Text(STRIP_X + 6, base, row.none, 12, INK_SOFT)
        return
    yield Text(300, base, row.median, anchor="end", is_bold=True)
    yield from _strip(row.strip, top, _track(track)[0], track)


def _strip(strip: charts.Strip, top: float, colour: str, track: str) -> Iterator[Shape]:
    middle = top + ROW / 2
    x = _at(strip.median, STRIP_X, STRIP_WIDTH) if strip.median else None
    if x is not None and strip.from_above:
        border = _at(strip.from_above, STRIP_X, STRIP_WIDTH)
        yield Line(border, top, x, middle, colour)
    if x is not None and strip.to_below:
        border = _at(strip.to_below, STRIP_X, STRIP_WIDTH)
        yield Line(x, middle, border, top + ROW, colour)
    yield from _box(
        strip.band, strip.interval, STRIP_X, STRIP_WIDTH, (middle - 6, 12), track
    )
    if x is not None:
        yield Line(x, middle - 8, x, middle + 8, colour, width=2)
    if strip.official:
        ring = _at(strip.official, STRIP_X, STRIP_WIDTH)
        yield Line(ring, middle - 8, ring, middle + 8, INK_SOFT)
        yield Ring(ring, middle, 3.5, INK_SOFT)


def _map(page: Any) -> _Drawn | None:
    found: tile_grid.TileMap | None = page.map
    if found is None or not found.shades:
        return None
    colour, _ = _track(page.groups[0].track)
    shapes: list[Shape] = []
    for tile in found.tiles:
        x = MARGIN + (tile.column - 1) * (TILE_WIDTH + TILE_GAP)
        y = (tile.row - 1) * (TILE_HEIGHT + TILE_GAP)
        fill = _mixed(colour, SHADES[tile.shade])
        edge = "none" if tile.shade else RULE_FIRM
        shapes.append(Rect(x, y, TILE_WIDTH, TILE_HEIGHT, fill, edge))
        center = x + TILE_WIDTH / 2
        shapes.append(Text(center, y + 21, tile.code, 13, INK, "middle", is_bold=True))
        words = tile.words or "too few"
        soft = INK if tile.shade else INK_SOFT
        shapes.append(Text(center, y + 39, words, 13, soft, "middle"))
    height = tile_grid.ROWS * (TILE_HEIGHT + TILE_GAP)
    for number, shade in enumerate(found.shades):
        x = MARGIN + number * 165
        fill = _mixed(colour, SHADES[shade.number])
        shapes.append(Rect(x, height + 12, 28, 14, fill))
        shapes.append(Text(x + 36, height + 24, shade.words, 13, INK_SOFT))
    return f"{page.by_title}: medians", height + 32, shapes, []


CHARTS: Mapping[str, Callable[[Any], _Drawn | None]] = {
    "distribution": _distribution,
    "by": _by,
    "map": _map,
    "trend": _trend,
    "experience": _experience,
}


# Parts


def _grid(
    axis: charts.Axis, x: float, width: float, top: float, bottom: float
) -> list[Shape]:
    return [
        Line(at, top, at, bottom, RULE)
        for at in (_at(tick.x, x, width) for tick in axis.ticks)
    ]


def _box(
    band: Span,
    interval: Span | None,
    x: float,
    width: float,
    at: tuple[float, float],
    track: str,
) -> Iterator[Shape]:
    """Band, and on it the interval as a paper box half as high."""
    colour, tint = _track(track)
    y, height = at
    yield Rect(_at(band.x, x, width), y, _long(band.width, width), height, tint)
    if interval:
        start, long = _at(interval.x, x, width), _long(interval.width, width)
        yield Rect(start, y + height / 4, long, height / 2, PAPER, colour)


def _at(place: str, x: float = MARGIN, width: float = INNER) -> float:
    return x + _long(place, width)


def _long(percent: str, width: float) -> float:
    return float(percent.removesuffix("%")) / 100 * width


def _moved(shape: Shape, down: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, y1=shape.y1 + down, y2=shape.y2 + down)
    if isinstance(shape, Area):
        points = tuple((x, y + down) for x, y in shape.points)
        return replace(shape, points=points, base=shape.base + down)
    return replace(shape, y=shape.y + down)


def _track(track: str) -> tuple[str, str]:
    """A track's colour and the tint of its bands."""
    colour = TRACKS.get(track, INK_SOFT)
    return colour, _mixed(colour, TINT)


def _mixed(colour: str, share: float) -> str:
    """A colour over paper."""
    parts = [
        round(
            int(colour[n : n + 2], 16) * share + int(PAPER[n : n + 2], 16) * (1 - share)
        )
        for n in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _scaled(*places: float) -> tuple[float, ...]:
    return tuple(place * SCALE for place in places)


def _colour(name: str) -> str | None:
    return None if name == "none" else name


@lru_cache(maxsize=16)
def _font(size: int, *, is_bold: bool) -> ImageFont.FreeTypeFont:
    weight = 600 if is_bold else 400
    path = finders.find(f"fonts/public-sans-{weight}.woff2")
    return ImageFont.truetype(str(path), size * SCALE)
