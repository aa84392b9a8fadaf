"""Metropolitan areas: every one of the file, and found as people name them."""

import re

import pytest

from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.metros import METROS, find
from careers.jobs.vocabulary_files import place_rows


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("columbus-oh", "18140"),
        ("18140", "18140"),
        ("Columbus, OH", "18140"),
        ("columbus oh", "18140"),
        ("Columbus, GA", "17980"),
        ("New York, NY", "35620"),
        ("New York-Newark-Jersey City, NY-NJ", "35620"),
        ("Winston-Salem, NC", "49180"),
        ("Mayaguez, PR", "32420"),
        ("Mayagüez, PR", "32420"),
        ("Nashville, TN", "34980"),
    ],
)
def test_an_area_is_found_by_slug_code_and_name(text, code):
    assert find(text).code == code


@pytest.mark.parametrize("text", ["", " ", "Columbus", "99999", "0018140", "Ohio", "é"])
def test_what_names_no_area_finds_none(text):
    assert find(text) is None


def test_an_area_is_its_code_its_own_slug_and_known_states():
    assert len({metro.slug for metro in METROS.values()}) == len(METROS)
    for code, metro in METROS.items():
        assert metro.code == code
        assert re.fullmatch(r"\d{5}", code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*-[a-z]{2}", metro.slug)
        assert metro.wage_area == f"00{code}"
        assert metro.states
        assert set(metro.states) <= STATE_NAMES.keys()
        assert metro.name.endswith(f", {metro.states[0]}")
        assert metro.full_name.endswith(f", {'-'.join(metro.states)}")
        assert find(metro.name) is metro


def test_every_area_has_places_and_every_place_a_known_area():
    assert {place["metro"] for place in place_rows()} == {"", *METROS}
