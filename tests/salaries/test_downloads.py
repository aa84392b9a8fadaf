"""Numbers and pictures of the explorer as files."""

import csv
from datetime import UTC, datetime, timedelta
from io import BytesIO

from django.utils import timezone

import pytest
import time_machine
from lxml import etree
from PIL import Image

from careers.jobs import vocabulary as words_now
from careers.jobs.models import Role
from careers.salaries.criteria import PayCriteria
from careers.salaries.downloads import CHARTS, FIGURES
from careers.salaries.explorer import Explored
from tests.jobs.factories import AUSTIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def table(client, query=""):
    response = client.get(f"/salaries/figures.csv?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(response.content.decode().splitlines()))


def numbers(row):
    """A line's figures, the empty ones None."""
    cells = [row[name] for name in FIGURES[:9]]
    return [float(cell) if cell else None for cell in cells]


def of(figures):
    cells = [*(figures.percentiles or [None] * 5), *(figures.interval or [None] * 2)]
    cells = [None if cell is None else round(cell, 2) for cell in cells]
    return [figures.listings, figures.employers, *cells]


@pytest.fixture
def some(post):
    """Two roles in two states over a year; one part has too few."""
    now = timezone.now()
    for n in range(24):
        post(
            50_000 + 1_111 * n,
            70_000 + 999 * n,
            role=("inpatient-coder", "profee-coder")[n % 2],
            places=[AUSTIN] if n % 3 else [{"city": "Columbus", "state": "OH"}],
            remote=("onsite", "hybrid")[n == 5],
            experience_months=(0, 24)[n % 2],
            posted_at=now - timedelta(days=8 * n),
        )


@pytest.mark.parametrize("per", ["year", "hour"])
def test_the_table_of_two_groups_is_what_the_api_says_of_each(client, some, per):
    rows = table(client, f"role=profee-coder&vs-state=OH&per={per}")
    assert [row["group"] for row in rows] == [
        "Professional-fee coder",
        "All roles, Ohio",
    ]
    for row, query in zip(rows, ("role=profee-coder", "state=OH"), strict=True):
        said = client.get(f"/api/v1/salaries?{query}&per={per}").json()
        names = ("n", "employers", "p10", "p25", "p50", "p75", "p90")
        interval = said["median_interval"] or [None, None]
        assert numbers(row) == [*(said[name] for name in names), *interval]
        assert (row["per"], row["window_months"]) == (per, "24")


@pytest.mark.parametrize(
    ("query", "facet"),
    [
        ("chart=by", "role"),
        ("chart=by&by=remote", "remote"),
        ("chart=by&role=profee-coder", "state"),
        ("chart=map&by=state&per=hour", "state"),
        ("chart=experience&role=profee-coder", "experience"),
    ],
)
def test_the_table_of_parts_is_the_parts(client, some, query, facet):
    criteria = PayCriteria(
        role=("profee-coder",) if "profee" in query else (),
        per="hour" if "hour" in query else "year",
    )
    parts = Explored(criteria, is_sample=False).by(facet)
    rows = table(client, query)
    assert [row[facet] for row in rows] == [part.value for part in parts]
    assert [numbers(row) for row in rows] == [of(part.figures) for part in parts]
    assert all(row[f"{facet}_name"] for row in rows)


def test_the_table_over_time_has_every_quarter(client, some):
    quarters = Explored(PayCriteria(), is_sample=False).quarters()
    rows = table(client, "chart=trend")
    assert [row["quarter"] for row in rows] == [part.value for part in quarters]
    assert [numbers(row) for row in rows] == [of(part.figures) for part in quarters]


def test_the_figures_are_those_that_the_page_prints(client, some):
    (row,) = table(client, "role=profee-coder")
    html = client.get("/salaries/profee-coder/").content.decode()
    for name in ("p10", "p25", "median", "p75", "p90", "median_low", "median_high"):
        assert f"{round(float(row[name])):,}" in html, name


def test_too_few_leave_their_figures_empty(client, some):
    rows = {row["remote"]: row for row in table(client, "chart=by&by=remote")}
    assert numbers(rows["hybrid"]) == [1, 1, *[None] * 7]


def test_an_empty_site_has_empty_tables(client):
    assert numbers(*table(client)) == [0, 0, *[None] * 7]
    for chart in CHARTS[1:]:
        assert table(client, f"chart={chart}") == []


@pytest.mark.parametrize("chart", CHARTS)
def test_a_drawing_is_an_svg_and_an_image(client, some, chart):
    query = "by=state" if chart == "map" else ""
    svg = client.get(f"/salaries/{chart}.svg?{query}")
    assert (svg.status_code, svg["Content-Type"]) == (200, "image/svg+xml")
    root = etree.fromstring(svg.content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not root.xpath(
        "//*[local-name()='script'] | //@*[starts-with(name(), 'on')]"
    )
    png = client.get(f"/salaries/{chart}.png?{query}")
    assert (png.status_code, png["Content-Type"]) == (200, "image/png")
    image = Image.open(BytesIO(png.content))
    image.load()
    assert image.format == "PNG"
    assert image.width > 600


@pytest.mark.parametrize(
    "path",
    [
        "/salaries/pie.svg",
        "/salaries/by.gif",
        "/salaries/figures.csv?chart=pie",
        "/salaries/figures.csv?chart=",
        "/salaries/map.svg?by=role",
        "/salaries/distribution.png?role=him-director",
        "/salaries/.svg",
    ],
)
def test_there_is_no_other_chart(client, some, path):
    assert client.get(path).status_code == 404


def test_too_few_have_no_drawing(client, post):
    post(60_000, 80_000)
    for chart in CHARTS:
        for ending in ("svg", "png"):
            found = client.get(f"/salaries/{chart}.{ending}?by=state")
            assert found.status_code in {200, 404}
    assert client.get("/salaries/distribution.svg").status_code == 404


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/salaries/figures.csv", "salaries-distribution-2026-11-20.csv"),
        ("/salaries/figures.csv?chart=by", "salaries-by-2026-11-20.csv"),
        ("/salaries/trend.svg", "salaries-trend-2026-11-20.svg"),
        ("/salaries/by.png?role=%22%0D%0Ax", "salaries-by-2026-11-20.png"),
        ("/salaries/posted-pay.csv", "salaries-posted-pay-2026-11-20.csv"),
    ],
)
def test_a_file_is_named_after_what_it_holds_and_its_day(client, post, path, name):
    with time_machine.travel(NOON, tick=False):
        for _ in range(5):
            post(60_000, 80_000)
        said = client.get(path)["Content-Disposition"]
    assert said == f'attachment; filename="{name}"'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_whatever_a_word_is_called(client, some, start):
    name = f'{start}HYPERLINK("https://bad.example","x")'
    Role.objects.filter(slug="inpatient-coder").update(name=name, short_name=name[:20])
    words_now.forget()
    lines = [
        *table(client, "role=inpatient-coder"),
        *table(client, "chart=by&by=role"),
        *table(client, "chart=trend"),
    ]
    content = b"".join(client.get("/salaries/posted-pay.csv").streaming_content)
    lines += csv.DictReader(content.decode().splitlines())
    cells = [cell for line in lines for cell in line.values()]
    assert any(name.strip() in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_drawing_of_a_role_with_any_name_is_well_formed(client, some):
    name = "</text><script>alert(1)</script>&"
    Role.objects.filter(slug="inpatient-coder").update(name=name, short_name="<&>")
    words_now.forget()
    for query in ("by.svg?by=role", "distribution.svg?role=inpatient-coder"):
        root = etree.fromstring(client.get(f"/salaries/{query}").content)
        assert not root.xpath("//*[local-name()='script']")
