from datetime import UTC, datetime
from decimal import Decimal

import pytest

from careers.jobs.imports import csv_file
from careers.jobs.imports.record import FeedError, FeedRecord
from careers.jobs.imports.values import FeedPlace
from careers.jobs.pay import PostedPay
from careers.jobs.reading.facts import StatesRead
from tests.jobs.imports.samples import everything, feed, until_it_ends

HEADER = "id,title,company,description\n"
ROW = "{0},Medical Coder,Lakearden,You code.\n"


def by_id(content):
    return {
        getattr(item, "external_id", ""): item
        for item in everything(csv_file.read, content)
    }


def test_row_is_read_from_its_cells():
    found = by_id(feed("listings.csv"))
    hybrid, remote = found["C-1"], found["C-2"]
    assert hybrid.where == "line 2"
    assert hybrid.places == (FeedPlace("Columbus", "OH", "43215"),)
    assert hybrid.stated.pay.value == PostedPay(
        Decimal("27.50"), Decimal("36.00"), "hour"
    )
    assert hybrid.stated.remote.value == "hybrid"
    assert hybrid.stated.experience_months.value == 24
    assert hybrid.closes_at == datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert "with ICD-10-CM and &quot;ICD-10-PCS&quot;." in hybrid.description
    assert remote.where == "line 4"
    assert remote.stated.remote.value == "remote"
    assert remote.stated.states.value == StatesRead("allow", ("OH", "TX"))
    assert remote.stated.experience_months.value == 0


def test_bad_rows_are_told_apart_and_the_others_kept():
    found = by_id(feed("listings.csv"))
    assert found["C-3"].reason == "It has no title."
    assert found[""].reason == "It has 15 cells under 14 columns."
    assert found["C-5"].notes == (
        "pay left out: the lowest figure is above the highest",
    )


def test_unknown_columns_are_told_once():
    remark, *_ = everything(csv_file.read, feed("listings.csv"))
    assert remark.text == "Columns that are not known were left out: colour."


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_delimiter_and_byte_order_mark(delimiter, mark):
    content = (HEADER + ROW.format(1)).replace(",", delimiter).encode()
    (found,) = everything(csv_file.read, mark + content)
    assert found.external_id == "1"


def test_line_of_another_encoding_is_read_and_reported():
    row = ROW.format(1).replace("Lakearden", "Clínica Peña").encode("cp1252")
    found, remark = everything(csv_file.read, HEADER.encode() + row)
    assert found.employer == "Clínica Peña"
    assert "the first of them line 2" in remark.text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no column title and no company and no description"),
        (b"name,firm\n1,2\n", "It has: name, firm."),
        ("title,company\n".encode("utf-16"), "UTF-16"),
    ],
)
def test_table_without_the_columns_that_are_needed_is_refused(content, message):
    items, error = until_it_ends(csv_file.read, content)
    assert items == []
    assert message in str(error)


@pytest.mark.parametrize("last", ['3,Coder,Lakearden,"You co', "3,Coder,Lak"])
def test_cut_file_keeps_its_whole_rows_and_says_that_it_is_cut(last):
    content = (HEADER + ROW.format(1) + ROW.format(2) + last).encode()
    items, error = until_it_ends(csv_file.read, content)
    kept = [item.external_id for item in items if isinstance(item, FeedRecord)]
    assert kept == ["1", "2"]
    assert isinstance(error, FeedError)
    assert "breaks off" in str(error)


def test_quote_in_the_wrong_place_is_one_bad_row():
    content = (
        HEADER + ROW.format(1) + '2,"Coder" II,Lakearden,You code.\n' + ROW.format(3)
    )
    one, bad, three = everything(csv_file.read, content.encode())
    assert (one.external_id, three.external_id) == ("1", "3")
    assert (bad.where, bad.is_unread) == ("line 3", True)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"salary": "$20-$24 p/hour"}, ("20", "24", "hour")),
        ({"salary": "45000", "salary_period": "year"}, ("45000", "45000", "year")),
        ({"salary": "20 - 24", "salary_period": "hour"}, ("20", "24", "hour")),
    ],
)
def test_salary_in_one_cell(cells, expected):
    header = HEADER.strip() + "," + ",".join(cells)
    row = ROW.format(1).strip() + "," + ",".join(cells.values())
    (found,) = everything(csv_file.read, f"{header}\n{row}\n".encode())
    low, high, period = expected
    assert found.stated.pay.value == PostedPay(Decimal(low), Decimal(high), period)
