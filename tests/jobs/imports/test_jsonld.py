import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from careers.jobs.imports import jsonld
from careers.jobs.imports.record import BadRecord, FeedError
from careers.jobs.imports.values import FeedPlace
from careers.jobs.pay import PostedPay
from careers.jobs.reading.facts import StatesRead
from tests.jobs.imports.samples import (
    everything,
    feed,
    json_array,
    json_lines,
    posting,
    until_it_ends,
)


def only(**fields):
    (found,) = everything(jsonld.read, json_lines(posting(**fields)))
    return found


def test_posting_is_read_from_its_fields():
    remote, onsite, *_ = everything(jsonld.read, feed("postings.json"))
    assert remote.title == "Remote Inpatient Coder & Auditor"
    assert remote.external_id == remote.requisition == "4711"
    assert remote.employer_website == "https://lakearden.example/"
    assert remote.description.startswith("<p>You code inpatient records.</p>")
    assert remote.closes_at == datetime(2027, 2, 16, 4, tzinfo=UTC)
    stated = remote.stated
    assert stated.pay.value == PostedPay(
        Decimal("62000.00"), Decimal("78000.50"), "year"
    )
    assert stated.pay.words == "baseSalary of the feed"
    assert stated.remote.value == "remote"
    assert stated.states.value == StatesRead("allow", ("OH", "TX"))
    assert stated.experience_months.value == 36
    assert stated.education.value == "Associate degree"
    assert [read.value for read in stated.employment] == ["full-time", "contract"]
    assert stated.schedule.value == "Monday to Friday, any eight hours"
    assert stated.benefits.value == "Medical, dental and vision."
    assert onsite.places == (FeedPlace("Columbus", "OH", "43215"),)
    assert onsite.stated.remote is None


def test_bad_structured_values_are_left_out_and_the_listing_kept():
    _, onsite, title_alone, string = everything(jsonld.read, feed("postings.json"))
    assert onsite.stated.pay is None
    assert onsite.source_url == ""
    assert set(onsite.notes) == {
        "pay left out: it is not in US dollars",
        "page left out: not an http or https address",
        "apply link left out: not an http or https address",
    }
    assert title_alone.reason == "It has no employer and no description."
    assert title_alone.external_id == "4713"
    assert string.reason == "It is no JobPosting."


def test_country_alone_says_nothing_of_the_states():
    found = only(
        jobLocationType="TELECOMMUTE",
        applicantLocationRequirements={"@type": "Country", "name": "USA"},
    )
    assert found.stated.remote.value == "remote"
    assert found.stated.states is None


PAY = {
    "a string with a period": "$27.87/ hour - $35.31 / hour",
    "one value": {"value": {"value": "45000", "unitText": "YEAR"}},
    "value without a quantity": {"value": 45000, "unitText": "YEAR", "currency": "USD"},
    "range on the amount": {"minValue": 20, "maxValue": 24, "unitText": "HOUR"},
    "a list": [{"value": {"minValue": 20, "maxValue": 24, "unitText": "Hourly"}}],
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a string with a period", ("27.87", "35.31", "hour")),
        ("one value", ("45000.00", "45000.00", "year")),
        ("value without a quantity", ("45000.00", "45000.00", "year")),
        ("range on the amount", ("20.00", "24.00", "hour")),
        ("a list", ("20.00", "24.00", "hour")),
    ],
)
def test_base_salary_in_all_its_shapes(name, expected):
    low, high, period = expected
    pay = only(baseSalary=PAY[name]).stated.pay.value
    assert pay == PostedPay(Decimal(low), Decimal(high), period)


@pytest.mark.parametrize(
    "fields",
    [
        {"baseSalary": "45000"},
        {"baseSalary": "Competitive"},
        {"baseSalary": {"value": {"minValue": 20, "unitText": "HOUR"}}},
        {"baseSalary": {"value": {"value": 20, "unitText": "BIWEEKLY"}}},
    ],
)
def test_base_salary_that_says_too_little_is_left_out_with_a_note(fields):
    found = only(**fields)
    assert found.stated.pay is None
    assert found.notes[0].startswith("pay left out")


def test_estimated_salary_is_not_posted_pay():
    assert only(estimatedSalary={"value": 45000, "unitText": "YEAR"}).stated.pay is None


@pytest.mark.parametrize(
    "odd",
    [
        {"baseSalary": [[[]]]},
        {"jobLocation": [None, 3, "Columbus, OH", {"address": [{}]}]},
        {"hiringOrganization": [{"name": "Lakearden Health"}]},
        {"employmentType": {"a": 1}},
        {"identifier": {"value": {"value": 1}}},
        {"experienceRequirements": [{"monthsOfExperience": None}]},
        {"applicantLocationRequirements": ["OH", 5, None]},
        {"datePosted": ["2027-01-02"], "validThrough": {"a": 1}},
        {"description": ["<p>One.</p>", "Two."]},
    ],
)
def test_values_of_the_wrong_type_do_not_stop_the_reading(odd):
    assert only(**odd).title == "Inpatient Coder"


def test_place_abroad_is_bad():
    address = {"addressLocality": "Toronto", "addressCountry": "CA"}
    found = only(jobLocation={"address": address})
    assert found == BadRecord(
        "line 1", "Its place is outside the United States.", "L-1"
    )


# Shapes


SHAPES = {
    "lines": json_lines(posting(1), posting(2)),
    "lines after a mark and an empty line": b"\xef\xbb\xbf\n"
    + json_lines(posting(1), posting(2)),
    "array": json_array(posting(1), posting(2)),
    "array over lines": json.dumps([posting(1), posting(2)], indent=2).encode(),
    "array of arrays": json_array([posting(1)], [posting(2)]),
    "graph": json.dumps({"@graph": [posting(1), posting(2)]}).encode(),
    "graph over lines": json.dumps(
        {"@context": "x", "@graph": [posting(1), {"a": 1}, posting(2)]}, indent=1
    ).encode(),
    "item list": json.dumps(
        {"itemListElement": [{"item": posting(1)}, {"item": posting(2)}]}, indent=1
    ).encode(),
    "deeper": json.dumps({"jobs": {"open": [posting(1), posting(2)]}}).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_listings(shape):
    found = everything(jsonld.read, SHAPES[shape])
    assert [item.external_id for item in found] == ["L-1", "L-2"]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_is_one_listing(indent):
    (found,) = everything(jsonld.read, json.dumps(posting(1), indent=indent).encode())
    assert found.external_id == "L-1"


def test_page_gives_its_postings_and_nothing_else():
    found = everything(jsonld.read, feed("page.html"))
    assert [item.title for item in found] == ["Profee Coder", "Medical Biller"]


def test_page_without_postings_says_so():
    (remark,) = everything(jsonld.read, b"<html><body>Hello</body></html>")
    assert remark.text == "The page holds no JobPosting."


def test_broken_script_of_a_page_is_bad():
    page = b'<html><script type="application/ld+json">{"@type": </script></html>'
    (bad,) = everything(jsonld.read, page)
    assert bad.is_unread


def test_broken_line_is_bad_and_the_others_are_read():
    content = (
        json_lines(posting(1))
        + b'{"@type": "JobPosting", "ti\n'
        + json_lines(posting(3))
    )
    one, bad, three = everything(jsonld.read, content)
    assert (one.external_id, three.external_id) == ("L-1", "L-3")
    assert (bad.where, bad.is_unread) == ("line 2", True)


def test_first_line_may_be_the_broken_one():
    bad, good = everything(jsonld.read, b'{"title": "Co\n' + json_lines(posting(2)))
    assert bad.where == "line 1"
    assert good.external_id == "L-2"


@pytest.mark.parametrize(
    "content",
    [
        json_lines(posting(1), posting(2))[:-20],
        json_array(posting(1), posting(2))[:-20],
        json.dumps([posting(1), posting(2)], indent=2).encode()[:-20],
        feed("page.html").replace(b"</html>", b""),
    ],
)
def test_cut_file_keeps_what_stands_before_the_cut(content):
    items, error = until_it_ends(jsonld.read, content)
    assert any(getattr(item, "title", "") for item in items)
    assert isinstance(error, FeedError)
    assert "breaks off" in str(error)


@pytest.mark.parametrize("content", [b"", b"   \n", b"title,company\n", b"\x00\x01"])
def test_what_is_neither_json_nor_a_page_is_refused(content):
    items, error = until_it_ends(jsonld.read, content)
    assert items == []
    assert isinstance(error, FeedError)


def test_nesting_without_end_is_a_bad_line():
    content = b"[" * 100_000 + b"\n"
    items, error = until_it_ends(
        jsonld.read, json_lines(posting(1)) + b'{"a":' + content
    )
    assert items[0].external_id == "L-1"
    assert items[1].is_unread
    assert error is None
