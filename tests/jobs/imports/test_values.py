from datetime import UTC, datetime
from decimal import Decimal

import pytest

from careers.jobs.imports import values
from careers.jobs.imports.values import FeedPlace
from careers.jobs.pay import PostedPay


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Coder &amp; Biller", "Coder & Biller"),
        ("<b>Coder</b>\n II", "Coder II"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Coder", "Coder"),
        ("Coder\x00\u202e\ud800 II", "Coder II"),
        (["", "Coder"], "Coder"),
        ({"name": "Lakearden"}, "Lakearden"),
        (4711, "4711"),
        (None, ""),
        (True, ""),
        ("Pay < $30", "Pay < $30"),
    ],
)
def test_words_are_one_plain_line(given, expected):
    assert values.words(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("&lt;p&gt;You code.&lt;/p&gt;", "<p>You code.</p>"),
        ("<p>AT&amp;T &lt;p&gt;</p>", "<p>AT&amp;T &lt;p&gt;</p>"),
        (["One < two", "Two"], "<ul><li>One &lt; two</li><li>Two</li></ul>"),
        (["One"], "One"),
        (None, ""),
    ],
)
def test_text_is_kept_and_escaped_markup_is_unescaped_once(given, expected):
    assert values.text(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2027-01-31", datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)),
        ("2027-01-31T00:00:00.0000000", datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)),
        ("2027-01-31T23:00:00-05:00", datetime(2027, 2, 1, 4, tzinfo=UTC)),
        ("2027-01-31T12:00", datetime(2027, 1, 31, 12, tzinfo=UTC)),
        ("Sun, 31 Jan 2027 08:00:00 GMT", datetime(2027, 1, 31, 8, tzinfo=UTC)),
        ("01/31/2027", datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)),
        ("January 31, 2027", datetime(2027, 1, 31, 23, 59, 59, tzinfo=UTC)),
        ("", None),
    ],
)
def test_closing_date_is_the_end_of_its_day(given, expected):
    notes = []
    assert values.moment(given, "closing date", notes, ends=True) == expected
    assert notes == []


@pytest.mark.parametrize("given", ["soon", "0001-01-01", "9999-99-99", "2027", 12])
def test_what_is_no_date_is_left_out_with_a_note(given):
    notes = []
    assert values.moment(given, "closing date", notes) is None
    assert notes == ["closing date left out: not a date"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("45000", "45000"),
        ("$45,000.50", "45000.50"),
        ("45k", "45000"),
        (27.5, "27.5"),
        ("-3", "-3"),
        ("about 45", None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ({}, None),
    ],
)
def test_amount_reads_numbers_and_strings(given, expected):
    assert values.amount(given) == (expected and Decimal(expected))


@pytest.mark.parametrize(
    ("low", "high", "unit", "period"),
    [
        ("27.87", "35.31", "HOUR", "hour"),
        (68413, 77538, "Per Year", "year"),
        ("49025.0", "63725.0", "PA", "year"),
        (1.5, 2, "per chart", "chart"),
    ],
)
def test_posted_pay_is_whole(low, high, unit, period):
    expected = PostedPay(Decimal(str(low)), Decimal(str(high)), period)
    assert values.posted_pay(low, high, unit, "USD", []) == expected


@pytest.mark.parametrize(
    ("low", "high", "unit", "currency", "reason"),
    [
        (30, 20, "HOUR", "USD", "the lowest figure is above the highest"),
        (-5, 20, "HOUR", "", "it is negative"),
        (20, 30, "HOUR", "EUR", "it is not in US dollars"),
        (20, 30, "FORTNIGHT", "USD", "the unit “FORTNIGHT” is not known"),
        (20, 30, "", "USD", "it has no unit"),
        (20, None, "HOUR", "USD", "it has only one end of a range, or no number"),
        ("DOE", "DOE", "HOUR", "USD", "it has only one end of a range, or no number"),
        (0, 30, "HOUR", "USD", "the lowest figure is 0"),
        (45000, 60000, "HOUR", "USD", "the figure does not go with its unit"),
        (20, 30, "YEAR", "USD", "the figure does not go with its unit"),
        (1, 10**9, "YEAR", "USD", "the figure is too large"),
    ],
)
def test_pay_that_cannot_stand_is_left_out_with_its_reason(
    low, high, unit, currency, reason
):
    notes = []
    assert values.posted_pay(low, high, unit, currency, notes) is None
    assert notes == [f"pay left out: {reason}"]


@pytest.mark.parametrize(("low", "high"), [("0.0", "0.0"), ("", ""), (None, None)])
def test_pay_of_nothing_is_not_posted(low, high):
    notes = []
    assert values.posted_pay(low, high, "HOUR", "USD", notes) is None
    assert notes == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["FULL_TIME", "PER_DIEM"], ["full-time", "per-diem"]),
        ("Full-time, PRN", ["full-time", "per-diem"]),
        ("CONTRACTOR", ["contract"]),
        ("https://schema.org/PartTime", ["part-time"]),
        ("OTHER", []),
        (["full time", "FULL_TIME"], ["full-time"]),
    ],
)
def test_employment_is_mapped(given, expected):
    notes = []
    found = values.employment(given, "field", notes)
    assert [read.value for read in found] == expected
    assert notes == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Fully remote", "remote"),
        ("Hybrid remote", "hybrid"),
        ("On-site", "onsite"),
        ("yes", "remote"),
        (True, "remote"),
        ("no", None),
        ("", None),
    ],
)
def test_remote_status_is_what_the_field_says(given, expected):
    found = values.remote(given, "field", [])
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (24, 24),
        ("36", 36),
        ("2+ years", 24),
        ("1-3 years of coding", 12),
        ("6 months", 6),
        ("No experience required", 0),
        (0, 0),
        (-3, None),
        (10_000, None),
        ("Entry level", None),
        ("", None),
    ],
)
def test_months_of_experience(given, expected):
    assert values.months(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Columbus, OH 43215", FeedPlace("Columbus", "OH", "43215")),
        ("Columbus, Ohio, USA", FeedPlace("Columbus", "OH")),
        ("Columbus OH", FeedPlace("Columbus", "OH")),
        ("43215-1234", FeedPlace("", "", "43215")),
        ("New York, NY", FeedPlace("New York", "NY")),
        ("Ohio", FeedPlace("", "OH")),
        ("Remote", None),
        ("Remote, OH", FeedPlace("", "OH")),
        ("Multiple Locations", None),
        ("", None),
    ],
)
def test_place_of_a_line(given, expected):
    assert values.place_of(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/apply",
        "https://",
        "https://a b.example/",
        'https://a.example/"onclick=',
        "ftp://a.example/",
        "https://[::1",
        "https://a.example/" + "a" * 500,
    ],
)
def test_link_that_is_no_web_address_is_left_out(given):
    notes = []
    assert values.link(given, "apply link", notes) == ""
    assert notes[0].startswith("apply link left out")


def test_web_address_is_kept_as_it_is():
    address = "https://jobs.lakearden.example/1?a=1&b=2#apply"
    assert values.link(address, "apply link", []) == address
