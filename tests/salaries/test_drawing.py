"""Drawings that stand alone: well-formed SVG, the same as PNG, whole in themselves."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

import numpy as np
import pytest
from PIL import Image

from careers.jobs.eligibility import STATES
from careers.salaries import charts, drawing, tile_grid
from careers.salaries.charts import Entry, Side
from careers.salaries.explorer import Figures

ENOUGH = Figures(12, 6, (40e3, 50e3, 60e3, 70e3, 80e3), (55e3, 65e3))
TOO_FEW = Figures(3, 2, None, None)
SVG = "{http://www.w3.org/2000/svg}"


@dataclass
class Group:
    name: str = "Inpatient coder & <others>"
    track: str = "facility"
    figures: Figures = ENOUGH


@dataclass
class Page:
    """As much of an explorer's page as drawings read."""

    figures: Figures = ENOUGH
    per: str = "year"
    unit: str = "a year"
    window: int = 24
    is_sample: bool = False
    headline: str = "Inpatient coder & <others>: the median of posted pay is $60,000"
    by_title: str = "Inpatient coder, by state"
    by_note: str = "Ring: official median."
    groups: list = field(default_factory=lambda: [Group()])

    @property
    def axis(self):
        return charts.axis(self.per)

    @property
    def entries(self):
        return [
            Entry("Ohio", self.figures, official=45_000, short="OH"),
            Entry("Vermont", TOO_FEW, short="VT"),
            Entry("A name that is a good deal longer than its column is", ENOUGH),
        ][: 3 if self.figures is ENOUGH else 2]

    @property
    def plot(self):
        shares = np.linspace(0, 0.02, 102)
        name = self.groups[0].name
        sides = [Side(name, name, t, self.figures, shares) for t in ("facility", "")]
        return charts.plot(sides, self.per)

    @property
    def rows(self):
        return charts.rows(self.entries, self.per)

    @property
    def trend(self):
        return charts.trend(self.entries, self.per)

    @property
    def curve(self):
        return charts.curve(self.entries, self.per)

    @property
    def map(self):
        return tile_grid.tile_map(self.entries, STATES, self.per)


def parsed(chart, page=None):
    return ElementTree.fromstring(drawing.draw(page or Page(), chart).svg())  # noqa: S314


def words(root):
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("chart", drawing.CHARTS)
def test_svg_is_well_formed_and_has_a_size(chart):
    root = parsed(chart)
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.find(f"{SVG}title").text


@pytest.mark.parametrize("chart", drawing.CHARTS)
def test_svg_asks_for_no_other_file(chart):
    text = drawing.draw(Page(), chart).svg()
    assert "var(" not in text
    assert "%" not in re.sub(r"<(text|title)[^>]*>.*?</\1>", "", text)
    assert "href" not in text
    assert "class=" not in text


@pytest.mark.parametrize("chart", drawing.CHARTS)
def test_drawing_stays_inside_its_paper(chart):
    root = parsed(chart)
    width, height = float(root.get("width")), float(root.get("height"))
    for shape in root.iter(f"{SVG}rect"):
        assert float(shape.get("x", 0)) >= 0
        assert float(shape.get("x", 0)) + float(shape.get("width")) <= width
        assert float(shape.get("y", 0)) + float(shape.get("height")) <= height
    for text in root.iter(f"{SVG}text"):
        assert 0 < float(text.get("y")) < height


@pytest.mark.parametrize("chart", drawing.CHARTS)
def test_drawing_says_what_it_is_when_and_from_what(chart, time_machine):
    time_machine.move_to("2026-11-24 12:00 +0000", tick=False)
    text = words(parsed(chart))
    assert "Pay a year as posted in listings of the past 24 months" in text
    assert "November 24, 2026" in text
    assert "Sample listings" not in text


def test_drawing_of_samples_says_so():
    assert "Sample listings" in words(parsed("by", Page(is_sample=True)))


@pytest.mark.parametrize("chart", drawing.CHARTS)
def test_chart_of_too_few_is_no_drawing(chart):
    assert drawing.draw(Page(figures=TOO_FEW), chart) is None


def test_row_of_too_few_says_so_in_a_drawing():
    assert charts.TOO_FEW in words(parsed("by"))


def test_long_name_is_cut_in_its_column():
    assert "A name that is a good deal…" in words(parsed("by"))


def test_steps_of_the_area_are_cut_at_the_edges():
    half = Page().plot.halves[0]
    corners = drawing._corners(half)
    assert corners[0][0] == drawing.MARGIN
    assert corners[-1][0] == drawing.MARGIN + drawing.INNER
    assert all(half.area_y <= y <= half.base_y for _, y in corners)


@pytest.mark.parametrize("chart", drawing.CHARTS)
def test_png_is_the_same_drawing_at_twice_the_size(chart):
    drawn = drawing.draw(Page(), chart)
    image = Image.open(BytesIO(drawn.png()))
    assert image.format == "PNG"
    assert image.size == (drawing.WIDTH * 2, drawn.height * 2)
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 20)}
    assert (0xFD, 0xFD, 0xFB) in colours
    assert (0x14, 0x20, 0x1E) in colours


def test_colours_are_those_of_the_stylesheet():
    tokens = (Path(settings.STATICFILES_DIRS[0]) / "css" / "tokens.css").read_text()
    light = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),", tokens))
    tabs = dict(re.findall(r"--tab-([a-z]+): (#[0-9a-f]{6});", tokens))
    del tabs["ink"]
    assert tabs == drawing.TRACKS
    assert light["paper"] == drawing.PAPER
    assert light["ink"] == drawing.INK
    assert light["ink-soft"] == drawing.INK_SOFT
    assert light["rule"] == drawing.RULE
    assert light["rule-firm"] == drawing.RULE_FIRM
