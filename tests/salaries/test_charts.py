"""The explorer's drawings: places on the axis, edges, words, and what is too few."""

from dataclasses import dataclass

import numpy as np
import pytest

from careers.jobs.eligibility import STATES
from careers.salaries import charts, tile_grid
from careers.salaries.charts import Column, Entry, Side
from careers.salaries.premiums import Premium

HOURS = 2080


@dataclass(frozen=True)
class Sample:
    """Figures as the explorer gives them."""

    percentiles: tuple[float, ...] | None = (40e3, 50e3, 60e3, 70e3, 80e3)
    interval: tuple[float, float] | None = (55e3, 65e3)
    listings: int = 12
    employers: int = 6


TOO_FEW = Sample(None, None, 3, 2)


def hourly(sample):
    return Sample(
        tuple(p / HOURS for p in sample.percentiles),
        tuple(end / HOURS for end in sample.interval),
    )


def side(figures, shares=None, name="Inpatient coder"):
    bins = len(charts.edges("year")) - 1
    shares = np.full(bins, 1 / bins) if shares is None else shares
    return Side(name, name, "facility", figures, shares)


def one(figures, per="year", **more):
    return charts.rows([Entry("Ohio", figures, **more)], per)[0]


# Words


@pytest.mark.parametrize(
    ("dollars", "per", "words"),
    [
        (68_780.4, "year", "$68,780"),
        (33.066, "hour", "$33.07"),
        (None, "year", ""),
    ],
)
def test_pay_has_cents_by_the_hour_only(dollars, per, words):
    assert charts.pay(dollars, per) == words


@pytest.mark.parametrize(
    ("dollars", "words"),
    [(13_730, "+$13,730"), (-1_200, "\N{MINUS SIGN}$1,200"), (0.2, "$0"), (-0.2, "$0")],
)
def test_difference_has_a_sign_unless_it_rounds_to_nothing(dollars, words):
    assert charts.signed(dollars, "year") == words


@pytest.mark.parametrize(
    ("dollars", "per", "words"), [(66_499, "year", "$66k"), (31.75, "hour", "$32")]
)
def test_tile_holds_thousands_a_year_or_dollars_an_hour(dollars, per, words):
    assert charts.in_thousands(dollars, per) == words


# The axis


def test_axis_of_a_year_is_that_of_the_pay_strip():
    ticks = charts.axis("year").ticks
    assert [(t.x, t.label) for t in ticks] == [
        ("10%", "$40k"),
        ("30%", "$60k"),
        ("50%", "$80k"),
        ("70%", "$100k"),
        ("90%", "$120k"),
    ]


def test_ticks_of_an_hour_stand_where_their_year_does():
    axis = charts.axis("hour")
    assert [t.label for t in axis.ticks] == ["$20", "$30", "$40", "$50", "$60"]
    assert [float(t.x[:-1]) for t in axis.ticks] == pytest.approx(
        [(dollars * HOURS - 30_000) / 1_000 for dollars in (20, 30, 40, 50, 60)]
    )


def test_hour_and_year_have_gridlines_of_their_own():
    assert charts.axis("hour").grid != charts.axis("year").grid


def test_bins_are_a_percent_of_the_width_between_two_for_the_rest():
    edges = charts.edges("year")
    assert (edges[1], edges[-2]) == (30_000, 130_000)
    assert set(np.diff(edges[1:-1])) == {1_000.0}
    assert edges[0] == 0
    assert edges[-1] > 1_000_000


# Rows


def test_row_says_and_draws_its_figures():
    row = one(Sample(), official=45_000)
    assert (row.median, row.interval) == ("$60,000", "$55,000–65,000")
    assert (row.listings, row.employers, row.official) == (12, 6, "$45,000")
    assert (row.strip.band.x, row.strip.band.width) == ("20%", "20%")
    assert (row.strip.interval.x, row.strip.interval.width) == ("25%", "10%")
    assert (row.strip.median, row.strip.official) == ("30%", "15%")
    assert row.none == ""


def test_row_per_hour_is_the_same_drawing_in_other_words():
    year, hour = one(Sample()), one(hourly(Sample()), "hour")
    assert hour.median == "$28.85"
    assert (hour.strip.band, hour.strip.interval, hour.strip.median) == (
        year.strip.band,
        year.strip.interval,
        year.strip.median,
    )
    assert "an hour" in hour.strip.label


def test_row_of_too_few_says_so_and_draws_nothing():
    row = one(TOO_FEW, official=45_000)
    assert row.none == "Too few to show: under 5 listings or 4 employers"
    assert (row.strip, row.median, row.interval) == (None, "", "")
    assert (row.listings, row.official) == (3, "$45,000")


@pytest.mark.parametrize(
    ("percentiles", "interval", "band", "drawn_interval", "median"),
    [
        # Past the end: cut there, without a median line.
        ((90e3, 120e3, 140e3, 160e3, 180e3), (125e3, 150e3), (90, 10), (95, 5), None),
        # All of it past the end: a stub, and no interval.
        ((150e3, 160e3, 170e3, 180e3, 190e3), (165e3, 175e3), (98, 2), None, None),
        # All of it before the start.
        ((11e3, 12e3, 13e3, 14e3, 15e3), (12e3, 14e3), (0, 2), None, None),
        # On the edges themselves.
        ((20e3, 30e3, 30e3, 130e3, 140e3), (30e3, 130e3), (0, 100), (0, 100), "0%"),
    ],
)
def test_strip_ends_at_the_edges(percentiles, interval, band, drawn_interval, median):
    strip = one(Sample(percentiles, interval)).strip

    def numbers(span):
        return span and (float(span.x[:-1]), float(span.width[:-1]))

    assert numbers(strip.band) == band
    assert numbers(strip.interval) == drawn_interval
    assert strip.median == median


def test_ring_past_the_edge_is_left_to_the_words():
    row = one(Sample(), official=131_000)
    assert row.strip.official is None
    assert row.official == "$131,000"


# Trend


def quarters(*medians):
    return [
        Entry(
            f"2026 Q{n}",
            Sample((m, m, m, m, m), (m - 1e3, m + 1e3)) if m else TOO_FEW,
        )
        for n, m in enumerate(medians, start=1)
    ]


def test_thread_joins_neighbours_halfway():
    first, second, third = charts.trend(quarters(40e3, 60e3, 50e3), "year").rows
    assert (first.strip.from_above, first.strip.to_below) == (None, "20%")
    assert (second.strip.from_above, second.strip.to_below) == ("20%", "25%")
    assert (third.strip.from_above, third.strip.to_below) == ("25%", None)


def test_quarter_of_too_few_is_a_row_and_breaks_the_thread():
    first, second, third = charts.trend(quarters(40e3, None, 50e3), "year").rows
    assert second.none
    assert (first.strip.to_below, third.strip.from_above) == (None, None)


@pytest.mark.parametrize(
    ("medians", "words"),
    [
        ((40e3, 60e3), "apart"),
        ((60e3, 40e3), "apart"),
        ((40e3, 41e3), "may be chance"),
        ((40e3, None, 41e3), "may be chance"),
    ],
)
def test_trend_says_whether_its_ends_can_be_told_apart(medians, words):
    assert words in charts.trend(quarters(*medians), "year").words


@pytest.mark.parametrize("medians", [(), (40e3,), (None, 40e3), (None, None)])
def test_trend_of_one_quarter_says_nothing(medians):
    assert charts.trend(quarters(*medians), "year").words == ""


@pytest.mark.parametrize(
    ("medians", "is_enough"), [((), False), ((None, None), False), ((None, 40e3), True)]
)
def test_trend_knows_whether_anything_is_drawn(medians, is_enough):
    assert charts.trend(quarters(*medians), "year").is_enough is is_enough


# The plot


def test_plot_of_nothing_is_nothing():
    assert charts.plot([side(TOO_FEW), side(TOO_FEW)], "year") is None


def test_group_of_too_few_leaves_the_other_alone():
    plot = charts.plot([side(TOO_FEW), side(Sample(), name="Coder")], "year")
    assert [half.name for half in plot.halves] == ["Coder"]


def test_two_groups_never_overlap():
    above, below = charts.plot([side(Sample()), side(Sample())], "year").halves
    # Area, line, box, ticks, box, line, area, from the top.
    assert above.area_y + charts.AREA == above.base_y
    assert above.base_y < above.box.y < below.box.y < below.base_y
    assert below.base_y == below.area_y
    assert above.box.y + 24 < below.box.y


def test_plot_per_hour_is_the_same_drawing():
    year = charts.plot([side(Sample())], "year").halves[0]
    hour = charts.plot([side(hourly(Sample()))], "hour").halves[0]
    assert (hour.path, hour.box, hour.median) == (year.path, year.box, year.median)
    assert (year.median_words, hour.median_words) == ("$60,000", "$28.85")


def test_area_has_the_steps_of_the_density():
    shares = np.zeros(102)
    shares[1:5] = [0.1, 0.1, 0.4, 0.4]
    (half,) = charts.plot([side(Sample(), shares)], "year").halves
    # 84 of 100 for the highest bin; ten units of the box for each thousand dollars.
    assert half.path == "M-9 100V79H20V16H40V100H1009V100"


def test_both_groups_have_one_scale():
    shares = np.zeros(102)
    shares[50] = 0.5
    high = np.zeros(102)
    high[50] = 1.0
    above, below = charts.plot(
        [side(Sample(), shares), side(Sample(), high)], "year"
    ).halves
    assert "V58H" in above.path
    assert "V84H" in below.path


def test_what_lies_outside_is_said_and_does_not_set_the_scale():
    shares = np.zeros(102)
    shares[[0, 50, -1]] = [0.1, 0.2, 0.7]
    plot = charts.plot([side(Sample(), shares)], "year")
    assert plot.outside == (
        "Inpatient coder: 10% of posted pay is under $30,000, past the edge.",
        "Inpatient coder: 70% of posted pay is over $130,000, past the edge.",
    )
    assert "V16H" in plot.halves[0].path


def test_edges_are_said_in_the_unit():
    shares = np.zeros(102)
    shares[[50, -1]] = 0.5
    plot = charts.plot([side(hourly(Sample()), shares)], "hour")
    assert plot.outside == (
        "Inpatient coder: 50% of posted pay is over $62.50, past the edge.",
    )


def test_median_past_the_edge_is_words_at_the_edge():
    figures = Sample((110e3, 140e3, 180e3, 190e3, 200e3), (170e3, 190e3))
    (half,) = charts.plot([side(figures)], "year").halves
    assert (half.median, half.box.median, half.box.interval) == (None, None, None)
    assert (half.value_x, half.anchor) == ("100%", "end")
    assert half.median_words == "$180,000, past the edge"


# The table beside it


def test_twin_has_a_cell_for_each_group_in_each_row():
    sample = Sample()
    twin = charts.twin(
        [
            Column("Coder", sample.percentiles, sample.interval, "12", "/l/", "6"),
            Column("Biller", None, None, "3", "/m/", "2"),
            Column("Official", (1, None, 2, None, 3), is_official=True),
        ],
        "year",
    )
    rows = {label: [cell.words for cell in cells] for label, cells in twin.rows}
    assert rows["Median"] == ["$60,000", "too few", "$2"]
    assert rows["Lowest quarter ends at"] == ["$50,000", "too few", "not published"]
    assert rows["Median, 95% interval"] == [
        "$55,000 to 65,000",
        "too few",
        "not stated",
    ]
    assert {len(cells) for cells in rows.values()} == {len(twin.heads)}


# Official wages


@dataclass(frozen=True)
class Wages:
    p10: float | None = 37_000
    p25: float | None = 43_490
    median: float | None = 51_140
    p75: float | None = 64_820
    p90: float | None = 81_150


def test_official_wages_are_drawn_on_the_same_axis():
    strip = charts.wage_strip(Wages(), "year")
    assert (strip.whisker.x1, strip.whisker.x2) == ("7%", "51.15%")
    assert (strip.box.x, strip.median) == ("13.49%", "21.14%")
    assert "median $51,140" in strip.label


@pytest.mark.parametrize(
    ("wages", "has_whisker", "has_box"),
    [
        (Wages(p90=None), False, True),
        (Wages(p75=None, p90=None), False, False),
        (Wages(None, None, None, None, None), False, False),
    ],
)
def test_wages_that_are_not_published_are_not_drawn(wages, has_whisker, has_box):
    strip = charts.wage_strip(wages, "year")
    assert bool(strip.whisker) is has_whisker
    assert bool(strip.box) is has_box


# Differences


def premium(dollars, low, high):
    return Premium("credential", "CCS", "", dollars, (low, high), 30, 40, 2)


@pytest.mark.parametrize(
    ("dollars", "low", "high", "x", "width", "point"),
    [
        (0, -5_000, 5_000, "30%", "20%", "40%"),
        (10_000, 5_000, 15_000, "50%", "20%", "60%"),
        (40_000, 20_000, 60_000, "80%", "20%", None),
    ],
)
def test_difference_stands_on_its_axis(dollars, low, high, x, width, point):
    gain = charts.gain(premium(dollars, low, high), "year", label="CCS", against="")
    assert (gain.bar.x, gain.bar.width, gain.point) == (x, width, point)
    assert gain.zero == "40%"


@pytest.mark.parametrize(
    ("per", "labels"),
    [
        ("year", ["\N{MINUS SIGN}$10k", "same", "+$10k", "+$20k"]),
        ("hour", ["\N{MINUS SIGN}$5", "same", "+$5", "+$10"]),
    ],
)
def test_axis_of_differences_is_signed(per, labels):
    ticks = charts.gain_axis(per).ticks
    assert [tick.label for tick in ticks] == labels
    assert ticks[1].x == "40%"


# The map


def states(**medians):
    return [
        Entry(
            STATES[code],
            Sample((m, m, m, m, m)) if m else TOO_FEW,
            url=f"/{code}/",
            short=code,
        )
        for code, m in medians.items()
    ]


def test_map_has_a_place_for_every_state():
    assert set(tile_grid.PLACES) == set(STATES)
    assert len(set(tile_grid.PLACES.values())) == len(STATES)
    assert all(c <= tile_grid.COLUMNS for c, _ in tile_grid.PLACES.values())


def test_tile_prints_its_figure_and_leads_to_its_state():
    found = tile_grid.tile_map(states(OH=66_200, TX=51_000, VT=None), STATES, "year")
    tiles = {tile.code: tile for tile in found.tiles}
    assert (tiles["OH"].words, tiles["OH"].url) == ("$66k", "/OH/")
    assert (tiles["VT"].words, tiles["VT"].shade) == ("", 0)
    # No listing hires from Ohio's neighbour: an empty tile, in its place.
    assert (tiles["IN"].shade, tiles["IN"].url, tiles["IN"].name) == (0, "", "Indiana")
    assert found.has_too_few
    assert len(found.tiles) == len(STATES)


def test_places_outside_of_the_grid_are_left_out():
    elsewhere = [Entry("Puerto Rico", Sample(), short="PR")]
    found = tile_grid.tile_map(elsewhere, STATES, "year")
    assert found.shades == ()


def test_tile_says_its_column_only_where_it_does_not_follow_another():
    tiles = {t.code: t for t in tile_grid.tile_map([], STATES, "year").tiles}
    assert [tiles[code].starts for code in ("AK", "ME", "VT", "NH", "WA", "ID")] == [
        1,
        11,
        10,
        0,
        1,
        0,
    ]


@pytest.mark.parametrize(
    ("medians", "classes"),
    [
        ([50_000] * 3, [(3, "$50k")]),
        ([50_400, 50_600], [(1, "$50k"), (5, "$51k")]),
        (
            [41_000, 45_000, 50_000, 55_000, 60_000, 70_000],
            [
                (1, "$41k to 44k"),
                (2, "$45k to 49k"),
                (3, "$50k to 54k"),
                (4, "$55k to 59k"),
                (5, "$60k to 70k"),
            ],
        ),
    ],
)
def test_shades_are_fifths_by_the_figures_that_tiles_print(medians, classes):
    entries = states(**dict(zip(STATES, medians, strict=False)))
    found = tile_grid.tile_map(entries, STATES, "year")
    assert [(shade.number, shade.words) for shade in found.shades] == classes


def test_every_tile_has_a_shade_of_the_legend():
    entries = states(**{c: 40_000 + 613 * n for n, c in enumerate(STATES)})
    found = tile_grid.tile_map(entries, STATES, "year")
    shades = [shade.number for shade in found.shades]
    assert {tile.shade for tile in found.tiles} == set(shades) == {1, 2, 3, 4, 5}
    by_pay = sorted(found.tiles, key=lambda tile: tile.median)
    assert [t.shade for t in by_pay] == sorted(t.shade for t in by_pay)


def test_map_per_hour_is_in_dollars():
    entries = [Entry("Ohio", hourly(Sample()), short="OH")]
    found = tile_grid.tile_map(entries, STATES, "hour")
    assert [shade.words for shade in found.shades] == ["$29"]
