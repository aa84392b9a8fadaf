import json
from datetime import UTC, datetime
from decimal import Decimal

from careers.jobs.imports import usajobs
from careers.jobs.imports.record import FeedError, Remark
from careers.jobs.imports.values import FeedPlace
from careers.jobs.pay import PostedPay
from tests.jobs.imports.samples import everything, feed, until_it_ends


def test_announcement_is_read_from_its_fields():
    coder, auditor, bad = everything(usajobs.read, feed("usajobs.json"))
    assert coder.external_id == "800000001"
    assert coder.requisition == "SAMPLE-27-001"
    assert coder.employer == "Sample Health Administration"
    assert coder.places == (FeedPlace("Phoenix", "AZ"),)
    assert coder.apply_url == "https://www.usajobs.gov/job/800000001/apply"
    assert coder.posted_at == datetime(2027, 1, 2, tzinfo=UTC)
    assert coder.closes_at == datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)
    assert coder.stated.pay.value == PostedPay(
        Decimal("49025.00"), Decimal("63725.00"), "year"
    )
    assert coder.stated.pay_basis.value == "grade"
    assert [read.value for read in coder.stated.employment] == ["full-time"]
    assert coder.notes == ("place left out: outside the United States",)
    for part in ("<li>Query physicians.</li>", "<h3>Education</h3>", "background"):
        assert part in coder.description
    assert auditor.apply_url == "https://www.usajobs.gov/job/800000002"
    assert bad.reason == "It is not an announcement."


def test_telework_is_neither_hybrid_nor_remote():
    coder, auditor, _ = everything(usajobs.read, feed("usajobs.json"))
    assert coder.stated.remote is None
    assert auditor.stated.remote.value == "remote"
    assert auditor.places == ()


def test_inverted_pay_is_left_out_with_its_reason():
    _, auditor, _ = everything(usajobs.read, feed("usajobs.json"))
    assert auditor.stated.pay is None
    assert auditor.notes == ("pay left out: the lowest figure is above the highest",)


def test_page_of_results_says_that_it_is_one():
    page = json.loads(feed("usajobs.json"))
    page["SearchResult"]["SearchResultCountAll"] = 812
    *_, last = everything(usajobs.read, json.dumps(page).encode())
    assert last == Remark(
        "The file holds 3 of 812 results: a page of them.", is_part=True
    )


def test_cut_file_keeps_what_stands_before_the_cut():
    whole = feed("usajobs.json")
    items, error = until_it_ends(usajobs.read, whole[: whole.index(b"800000002")])
    assert [item.external_id for item in items] == ["800000001"]
    assert isinstance(error, FeedError)
    assert "breaks off" in str(error)


def test_other_json_holds_no_announcement():
    (remark,) = everything(usajobs.read, b'{"jobs": [1, 2]}')
    assert "SearchResult.SearchResultItems" in remark.text
