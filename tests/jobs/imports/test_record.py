import pytest

from careers.jobs.imports.record import (
    LONGEST_DESCRIPTION,
    BadRecord,
    Draft,
    record_of,
)
from careers.jobs.imports.values import FeedPlace


def draft(**fields):
    whole = {
        "where": "line 2",
        "external_id": "L-1",
        "title": "Inpatient Coder",
        "employer": "Lakearden Health",
        "sections": [("", "<p>You code.</p>")],
    }
    return Draft(**(whole | fields))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": " "}, "It has no title."),
        ({"employer": None}, "It has no employer."),
        ({"sections": [("", "<p> </p>")]}, "It has no description."),
        ({"sections": [("", "<ul> </ul><br>")]}, "It has no description."),
        ({"title": "", "employer": ""}, "It has no title and no employer."),
    ],
)
def test_record_that_lacks_what_a_listing_needs_is_bad(fields, reason):
    assert record_of(draft(**fields)) == BadRecord("line 2", reason, "L-1")


def test_description_that_is_too_long_is_bad():
    found = record_of(draft(sections=[("", "code " * 1_000_000)]))
    assert "has 4,999,999 characters" in found.reason
    assert f"the most is {LONGEST_DESCRIPTION:,}" in found.reason


def test_description_holds_nothing_hostile():
    hostile = (
        "<p onclick='x()'>You <b>code</b>.</p><script>alert(1)</script>"
        "<style>p{}</style><iframe src='https://evil.example'></iframe>"
        "<a href='javascript:x()'>Apply</a><img src=x onerror=x()>\x00"
    )
    found = record_of(draft(sections=[("", hostile)]))
    for part in (
        "script",
        "onclick",
        "iframe",
        "style",
        "href",
        "img",
        "\x00",
        "alert",
    ):
        assert part not in found.description
    assert "<strong>code</strong>" in found.description


def test_plain_text_becomes_paragraphs():
    found = record_of(draft(sections=[("", "You code < 5 charts.\n\nYou query.")]))
    assert found.description == "<p>You code &lt; 5 charts.</p>\n<p>You query.</p>"


def test_section_that_is_said_already_is_not_repeated():
    sections = [("", "<p>You code. CPC required.</p>"), ("Skills", "CPC required.")]
    assert record_of(draft(sections=sections)).description.count("CPC") == 1


def test_long_values_are_cut_with_a_note():
    found = record_of(draft(title="Coder " * 60, employer="L" * 300))
    assert len(found.title) <= 200
    assert len(found.employer) == 200
    assert found.notes == (
        "title cut to 200 characters",
        "employer cut to 200 characters",
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "L-1"),
        (
            {"external_id": "", "source_url": "https://a.example/1"},
            "https://a.example/1",
        ),
    ],
)
def test_id_is_the_feeds_own_or_the_address(fields, expected):
    assert record_of(draft(**fields)).external_id == expected


def test_id_without_any_is_the_same_for_the_same_listing():
    one = record_of(draft(external_id="", places=[FeedPlace("Columbus", "OH")]))
    again = record_of(
        draft(
            external_id="",
            title="INPATIENT CODER",
            places=[FeedPlace("Columbus", "OH")],
            sections=[("", "Another text.")],
        )
    )
    elsewhere = record_of(draft(external_id="", places=[FeedPlace("Austin", "TX")]))
    assert one.external_id == again.external_id
    assert one.external_id != elsewhere.external_id
    assert len(one.external_id) <= 200


def test_id_that_is_too_long_is_still_an_id_of_its_own():
    one = record_of(draft(external_id="1" * 300))
    other = record_of(draft(external_id="1" * 301))
    assert one.external_id != other.external_id
    assert len(one.external_id) <= 200


def test_digest_follows_what_is_said_and_who_reads_it():
    one = record_of(draft())
    assert one.digest("v1") == record_of(draft(where="line 9")).digest("v1")
    assert one.digest("v1") != one.digest("v2")
    assert one.digest("v1") != record_of(draft(title="Coder")).digest("v1")
