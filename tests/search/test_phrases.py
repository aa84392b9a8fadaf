"""Phrases by the beginnings of their words: pure, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.phrases import Closeness, Lexicon, Phrase, plain, spans, typed_words

WORK = Lexicon(
    [
        Phrase("inpatient-coder", "Inpatient coder"),
        Phrase("inpatient-coder", "acute care coder", is_name=False),
        Phrase("outpatient-coder", "Outpatient facility coder"),
        Phrase("outpatient-coder", "same day surgery coder", is_name=False),
        Phrase("denials", "A/R and denials specialist"),
        Phrase("profee", "Pro-fee coder"),
        Phrase("registrar", "Cancer registrar"),
        Phrase("CPC", "CPC"),
        Phrase("CPC-A", "CPC-A"),
        Phrase("CPMAA", "CPMAA"),
        Phrase("luke", "St. Luke’s Médical Center"),
    ],
    unlike={"cpc", "cpmaa", "cpca", "a"},
)


def found(typed, **options):
    return {m.phrase.key: m for m in WORK.find(typed_words(typed), **options)}


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("inp", {"inpatient-coder"}),
        ("INPATIENT COD", {"inpatient-coder"}),
        ("cod inp", {"inpatient-coder"}),
        ("surg", {"outpatient-coder"}),
        ("same-day surg", {"outpatient-coder"}),
        ("acute", {"inpatient-coder"}),
        ("a/r", {"denials"}),
        ("ar", {"denials"}),
        ("A/R denial", {"denials"}),
        ("profee", {"profee"}),
        ("pro fee", {"profee"}),
        ("pro-fee coder", {"profee"}),
        ("cpc", {"CPC", "CPC-A"}),
        ("cpca", {"CPC-A"}),
        ("cpc-a", {"CPC-A"}),
        ("lukes", {"luke"}),
        ("luke's", {"luke"}),
        ("luke’s medical", {"luke"}),
        ("médical", {"luke"}),
        ("patient", set()),
        ("inp zz", set()),
        ("i", set()),
        ("", set()),
        ("¿ 編碼 !", set()),
    ],
)
def test_every_typed_word_begins_a_word(typed, keys):
    assert set(found(typed)) == keys


@pytest.mark.parametrize(
    ("typed", "key", "closeness"),
    [
        ("inpatient coder", "inpatient-coder", Closeness.EXACT),
        ("cpca", "CPC-A", Closeness.EXACT),
        ("CPC", "CPC", Closeness.EXACT),
        ("cpc", "CPC-A", Closeness.PREFIX),
        ("outp", "outpatient-coder", Closeness.PREFIX),
        ("same day surgery coder", "outpatient-coder", Closeness.EXACT),
        ("same", "outpatient-coder", Closeness.INNER),
        ("facility", "outpatient-coder", Closeness.INNER),
        ("registrar", "registrar", Closeness.INNER),
    ],
)
def test_closeness_tells_exact_from_a_names_beginning_from_any_word(
    typed, key, closeness
):
    assert found(typed)[key].closeness is closeness


def test_a_name_is_shown_before_another_spelling_that_is_as_close():
    same = Lexicon([Phrase("x", "coder trainee", is_name=False), Phrase("x", "Coder")])
    (match,) = same.find(("code",))
    assert match.phrase.text == "Coder"


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("inpateint", {"inpatient-coder"}),
        ("inpateint coder", {"inpatient-coder"}),
        ("outpatinet fac", {"outpatient-coder"}),
        ("regsitr", {"registrar"}),
        ("registar", {"registrar"}),
        ("codr", set()),  # too short: nearly any word is near
        ("xnpatient", set()),
        ("cpmab", set()),
        ("cpcaa", set()),
        ("cpmaa", {"CPMAA"}),
    ],
)
def test_slips_of_long_words_are_forgiven_and_abbreviations_are_not_touched(
    typed, keys
):
    assert set(found(typed, forgiving=True)) == keys


def test_nothing_is_forgiven_unless_asked():
    assert found("inpateint") == {}


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Inpatient coder", "inp", ["Inp"]),
        ("Inpatient coder", "cod inpatient", ["Inpatient", "cod"]),
        ("CPC-A", "cpc", ["CPC"]),
        ("CPC-A", "cpca", ["CPC-A"]),
        ("A/R and denials", "a/r den", ["A/R", "den"]),
        ("St. Luke’s Médical Center", "lukes med", ["Luke’s", "Méd"]),
        ("Coder, coding", "cod", ["Cod", "cod"]),
        ("Inpatient coder", "zz", []),
    ],
)
def test_the_beginnings_that_were_typed_are_marked(text, typed, marked):
    assert [text[a:b] for a, b in spans(text, typed_words(typed))] == marked


@given(text=st.text(max_size=60), typed=st.text(max_size=30))
def test_marks_stand_in_the_text_apart_and_in_order(text, typed):
    edges = [edge for span in spans(text, typed_words(typed)) for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@given(typed=st.text(max_size=300), forgiving=st.booleans())
def test_anything_may_be_typed(typed, forgiving):
    words = typed_words(typed)
    assert len(words) <= 8
    WORK.find(words, forgiving=forgiving)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("in co", True),
        ("co in", True),
        ("coder coder", False),
        ("co cod", False),
        ("i inpatient", False),
    ],
)
def test_each_typed_word_has_a_word_to_itself(typed, is_found):
    assert ("inpatient-coder" in found(typed)) is is_found


def test_no_credential_is_ever_taken_for_another(vocabulary):
    """Each is found by its own letters, and else only those that begin with them."""
    slugs = vocabulary.credentials
    codes = {plain(part) for slug in slugs for part in (slug, *slug.split("-"))}
    lexicon = Lexicon((Phrase(slug, slug) for slug in slugs), codes)
    for slug in slugs:
        for match in lexicon.find(typed_words(slug), forgiving=True):
            is_itself = match.phrase.key == slug
            assert (match.closeness is Closeness.EXACT) is is_itself
            assert plain(match.phrase.key).startswith(plain(slug)), slug
