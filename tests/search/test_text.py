"""From what people type to a text query: pure, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import MOST_UNITS, Unit, folded, tsquery, units

EQUALS = {
    "profee": ("pro fee", "professional fee"),
    "pro fee": ("profee", "professional fee"),
    "work from home": ("remote",),
    "medical coder": ("coding specialist",),
    "coder": ("coding",),
}


def unit(*phrases, excluded=False, quoted=False):
    return Unit(phrases, excluded, quoted)


CODER = unit("coder", "coding")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ()),
        ("   ", ()),
        ("auditor", (unit("auditor"),)),
        ("coder", (CODER,)),
        ("Pro-Fee coder", (unit("Pro-Fee", *EQUALS["pro fee"]), CODER)),
        ("a medical coder", (unit("a"), unit("medical coder", "coding specialist"))),
        ("Work From Home", (unit("Work From Home", "remote"),)),
        ("work from office", (unit("work"), unit("from"), unit("office"))),
        ('"medical coder"', (unit("medical coder", quoted=True),)),
        ('-"a b" audit', (unit("a b", excluded=True, quoted=True), unit("audit"))),
        ("coder -remote", (CODER, unit("remote", excluded=True))),
        ("-", (unit("-"),)),
        ('"', (unit('"'),)),
        ("icd-10-cm", (unit("icd-10-cm"),)),
        (" ".join("abcdefghijklmnop"), tuple(map(unit, "abcdefghijkl"))),
    ],
)  # fmt: skip
def test_a_text_is_cut_into_units_the_longest_known_phrase_first(typed, found):
    assert units(typed, EQUALS) == found


@pytest.mark.parametrize(
    ("typed", "same"),
    [("Pro-Fee", "pro fee"), ("  A   B ", "a b"), ("E/M", "e m"), ("x–y‐z", "x y z")],
)
def test_phrases_are_compared_in_lower_case_with_marks_as_blanks(typed, same):
    assert folded(typed) == same


def test_words_are_parameters_and_never_part_of_the_sql():
    sql, params = tsquery(units("o'neil); DROP -\"a'b\"", EQUALS))
    assert params == ["o'neil);", "DROP", "a'b"]
    assert sql.count("%s") == len(params)
    assert "neil" not in sql


def test_every_unit_must_be_met_by_any_of_its_phrases():
    sql, params = tsquery((CODER, unit("remote", excluded=True)))
    one = "phraseto_tsquery('careers', %s)"
    assert sql == f"({one} || {one}) && !!({one})"
    assert params == ["coder", "coding", "remote"]


@given(st.text(max_size=200))
def test_any_text_becomes_a_query_with_as_many_parameters_as_places(typed):
    parts = units(typed, EQUALS)
    sql, params = tsquery(parts)
    assert len(parts) <= MOST_UNITS
    assert sql.count("%s") == len(params)
