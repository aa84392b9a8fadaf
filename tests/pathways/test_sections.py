"""Bodies cut at their headings."""

import pytest

from careers.pathways.blocks import BodyBlock
from careers.pathways.sections import minutes, sections

BLOCK = BodyBlock()


def body(*blocks):
    return BLOCK.to_python([{"type": kind, "value": value} for kind, value in blocks])


def test_blocks_stand_under_the_heading_before_them():
    found = sections(
        body(
            ("text", "<p>First</p>"),
            ("heading", "The coder"),
            ("text", "<p>Reads</p>"),
            ("text", "<p>Asks</p>"),
            ("heading", "The biller"),
            ("text", "<p>Sends</p>"),
        )
    )
    assert [(s.heading, s.anchor, len(s.blocks)) for s in found] == [
        ("", "", 1),
        ("The coder", "the-coder", 2),
        ("The biller", "the-biller", 1),
    ]


def test_nothing_stands_before_a_first_heading():
    assert [s.heading for s in sections(body(("heading", "Sources")))] == ["Sources"]


def test_equal_headings_have_addresses_of_their_own():
    found = sections(body(("heading", "Pay"), ("heading", "Pay"), ("heading", "Pay 2")))
    anchors = [section.anchor for section in found]
    assert len(set(anchors)) == 3
    assert anchors[:2] == ["pay", "pay-2"]


def test_a_heading_without_letters_has_an_address_too():
    assert sections(body(("heading", "¿?")))[0].anchor == "section"


@pytest.mark.parametrize(("words", "expected"), [(1, 1), (220, 1), (221, 2), (1100, 5)])
def test_reading_takes_a_minute_for_220_words(words, expected):
    assert minutes(body(("text", f"<p>{'word ' * words}</p>"))) == expected
