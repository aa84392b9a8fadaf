"""The command that loads official wages: whole, twice the same, kind to bad files."""

import csv
import gzip
import io
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

import pytest

from careers.jobs.vocabulary_files import wages
from careers.salaries.models import OfficialWage
from careers.salaries.oews import COLUMNS

pytestmark = pytest.mark.django_db

GOOD = {
    "soc": "29-2072",
    "occupation": "Medical Records Specialists",
    "area_type": "S",
    "area_code": "3900000",
    "area_name": "Ohio",
    "industry_code": "000000",
    "employment": "7000",
    "hourly_mean": "26.10",
    "hourly_p10": "17.50",
    "hourly_p25": "20.00",
    "hourly_median": "24.00",
    "hourly_p75": "30.00",
    "hourly_p90": "38.00",
    "annual_mean": "54290",
    "annual_p10": "36400",
    "annual_p25": "41600",
    "annual_median": "49920",
    "annual_p75": "62400",
    "annual_p90": "79040",
}


def load(*paths, **options):
    out, errors = io.StringIO(), io.StringIO()
    call_command(
        "load_wages",
        paths=[str(path) for path in paths],
        stdout=out,
        stderr=errors,
        **options,
    )
    return out.getvalue(), errors.getvalue()


@pytest.fixture
def written(tmp_path):
    """Writes an OEWS file of lines that differ from a good one."""

    def write(*changes, name="oews_may2026_state.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows({**GOOD, **change} for change in changes)
        return path

    return write


def held():
    return {
        (row["soc"], row["area"]): row
        for row in OfficialWage.objects.values()
        if row.pop("id")
    }


def test_the_product_s_own_wages_are_loaded_whole():
    said, complaints = load()
    assert OfficialWage.objects.count() == sum(1 for _ in wages())
    national = OfficialWage.objects.get(soc="29-2072", area="US")
    assert national.yearly_median == 51_140
    assert national.hourly_median == Decimal("24.59")
    assert national.employment == 194_720
    assert national.release == "May 2025"
    assert said.startswith("Wages of May 2025: ")
    assert said.count("\n") == 1
    assert complaints == ""


def test_a_second_run_changes_nothing_and_says_so():
    load()
    before = list(OfficialWage.objects.values())
    said, _ = load()
    assert list(OfficialWage.objects.values()) == before
    assert "; 0 written, 0 removed." in said


def test_a_changed_row_is_put_right_and_a_foreign_one_goes():
    load()
    OfficialWage.objects.filter(soc="29-2072", area="OH").update(yearly_mean=1)
    OfficialWage.objects.create(
        soc="99-9999", occupation="None", area="OH", area_name="Ohio", release="-"
    )
    said, _ = load()
    assert "; 1 written, 1 removed." in said
    assert OfficialWage.objects.get(soc="29-2072", area="OH").yearly_mean > 1


def test_what_is_not_published_is_null_and_never_zero():
    load()
    arkansas = OfficialWage.objects.get(soc="29-9021", area="AR")
    assert arkansas.employment is None
    assert arkansas.yearly_median
    unpaid = OfficialWage.objects.filter(yearly_median=None)
    assert unpaid.exists()
    assert not unpaid.exclude(hourly_median=None).exists()
    assert not OfficialWage.objects.filter(employment=0).exists()


def test_a_dry_run_writes_nothing():
    said, _ = load(dry_run=True)
    assert "would be written" in said
    assert not OfficialWage.objects.exists()


def test_a_file_replaces_the_areas_it_covers_and_leaves_the_others(written):
    load()
    nations = OfficialWage.objects.filter(area="US").count()
    said, _ = load(written({}))
    assert list(
        OfficialWage.objects.filter(area__regex="^[A-Z]{2}$")
        .exclude(area="US")
        .values_list("soc", "area", "yearly_median", "release")
    ) == [("29-2072", "OH", 49_920, "May 2026")]
    assert OfficialWage.objects.filter(area="US", release="May 2025").count() == nations
    assert said.startswith("Wages of May 2026: 1 rows of 1 occupations in 1 areas; ")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"soc": "292072"}, "soc “292072” is no occupation; write it as 29-2072"),
        ({"occupation": ""}, "occupation must have 1 to 120 letters"),
        ({"area_name": "Atlantis"}, "“Atlantis” is no state; write its full name"),
        ({"area_type": "M", "area_code": "18140"}, "write its seven digits"),
        ({"area_type": "4"}, "area_type “4” is unknown; write N"),
        ({"annual_p25": "about 40"}, "annual_p25 “about 40” is no number"),
        ({"annual_p25": "41600.50"}, "write it as 51140"),
        ({"annual_p25": "-5"}, "annual_p25 “-5” is no number"),
        ({"hourly_p10": "0"}, "hourly_p10 0 cannot be; write a figure above 0"),
        ({"hourly_p90": "123456.78"}, "at most 99,999.99"),
        ({"employment": "0"}, "employment 0 cannot be"),
        ({"annual_p10": "90000"}, "annual_p10 (90000) is above annual_p25 (41600)"),
        ({"hourly_p25": "-", "hourly_p10": "25"}, "is above hourly_median (24.00)"),
        ({}, "29-2072 in Ohio stands in line 2 already; keep one of the two"),
    ],
)
def test_a_bad_line_is_told_with_its_mend_and_the_good_ones_stay(
    written, change, complaint
):
    said, complaints = load(written({}, change, {"area_name": "Texas"}))
    assert complaints.startswith("oews_may2026_state.csv, Line 3: ")
    assert complaint in complaints
    assert complaints.count("\n") == 1
    assert {area for _, area in held()} == {"OH", "TX"}
    assert said.endswith(", 1 bad lines left out.\n")


def test_a_line_with_a_cell_too_many_or_too_few_is_bad(written):
    path = written({})
    with path.open("a", encoding="utf-8") as file:
        file.write("29-2072,Medical Records Specialists,S\n")
        file.write(",".join(GOOD.values()).replace("Ohio", "Texas") + ",1\n")
    _, complaints = load(path)
    assert "Line 3: it has more or fewer cells" in complaints
    assert "Line 4: it has more or fewer cells" in complaints
    assert len(held()) == 1


@pytest.mark.parametrize("mark", ["-", "", "*", "**", "#"])
def test_a_mark_in_place_of_a_figure_is_not_published(written, mark):
    load(written({"employment": mark, "hourly_p90": mark, "annual_p90": mark}))
    ohio = OfficialWage.objects.get(area="OH")
    assert (ohio.employment, ohio.hourly_p90, ohio.yearly_p90) == (None, None, None)
    assert ohio.yearly_p75 == 62_400


def test_figures_may_have_commas(written):
    load(written({"annual_p90": "79,041", "employment": "1,007,000"}))
    ohio = OfficialWage.objects.get()
    assert (ohio.yearly_p90, ohio.employment) == (79_041, 1_007_000)


def test_lines_of_one_industry_or_outside_of_any_city_are_left_out(written):
    said, complaints = load(
        written(
            {},
            {"industry_code": "622000"},
            {"area_type": "M", "area_code": "3900002", "area_name": "North Ohio"},
        )
    )
    assert len(held()) == 1
    assert complaints == ""
    assert "2 lines for other areas or industries left out" in said


def test_several_files_are_one_load_plain_or_packed(written, tmp_path):
    nation = written(
        {"area_type": "N", "area_name": "National"}, name="oews_may2026_national.csv"
    )
    metro = written(
        {"area_type": "M", "area_code": "0018140", "area_name": "Columbus, OH"},
        name="oews_may2026_metro.csv",
    )
    packed = tmp_path / "oews_may2026_metro.csv.gz"
    packed.write_bytes(gzip.compress(metro.read_bytes()))
    load(nation, packed)
    assert {(area, row["area_name"]) for (_, area), row in held().items()} == {
        ("US", "United States"),
        ("0018140", "Columbus, OH"),
    }


def test_a_file_says_its_month_in_its_name_or_beside_it(written):
    path = written({}, name="wages.csv")
    with pytest.raises(CommandError, match="--release “May 2026”"):
        load(path)
    load(path, release="May 2027")
    assert OfficialWage.objects.get().release == "May 2027"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "The header lacks soc, occupation"),
        (b"soc,occupation\n29-2072,Medical\n", "The header lacks area_type"),
        (",".join(COLUMNS).encode() + b"\n", "No wages could be read"),
        (",".join(COLUMNS).encode() + b"\n\xff\xfe\n", "save the file as UTF-8"),
    ],
)
def test_a_file_that_holds_no_wages_changes_nothing(tmp_path, content, complaint):
    load()
    before = held()
    path = tmp_path / "oews_may2026_state.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=complaint):
        load(path)
    assert held() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("oews_may2026_gone.csv", None), ("oews_may2026.csv.gz", b"no gzip")],
)
def test_a_file_that_cannot_be_opened_is_named(tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=f"{name}: it cannot be read"):
        load(path)


@pytest.mark.parametrize(
    "figures", [{"yearly_p10": 0}, {"hourly_p10": 20, "hourly_p25": 19}]
)
def test_the_database_keeps_what_cannot_be_out(figures):
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialWage.objects.create(
            soc="29-2072", occupation="-", area="OH", area_name="Ohio", **figures
        )


def test_the_published_files_give_the_product_s_own_wages():
    folder = Path(settings.SAMPLE_DATA_DIR) / "bls"
    if not folder.exists():
        pytest.skip(f"{folder} is not there")
    load()
    own = held()
    _, complaints = load(*sorted(folder.glob("oews_may2025_*.csv")))
    assert complaints == ""
    again = held()
    assert {key: again[key] for key in own} == own
    assert ("43-3011", "US") in again
