"""Words of a question as units for pages, and the pieces of texts that are shown."""

from django.db import connection

import pytest

from search.page_words import (
    PIECE,
    PageQuestion,
    pattern,
    piece,
    question,
    spoken,
    with_names,
)

EQUALS = with_names(
    {"e m": ["evaluation and management"], "wfh": ["remote"]},
    [
        ("CPC", ("Certified Professional Coder", "Certified Professional Coders")),
        ("CPC-A", ("CPC apprentice", "CPCA")),
    ],
)


def firsts(units):
    return [unit.phrases[0] for unit in units]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("CPC-A", ["CPC-A"]),
        ("E/M coder", ["E/M", "coder"]),
        ("how do I become a coder", ["become", "coder"]),
        (
            "certified professional coder salary",
            ["certified professional coder", "salary"],
        ),
        ('"read a posting"', ["read a posting"]),
        ("jobs", ["jobs"]),
        ("the of and", []),
        ("about it", []),
        ("IT", ["IT"]),
        ("& / -", []),
        ("", []),
    ],
)
def test_a_question_is_cut_into_what_it_asks_for(typed, wanted):
    assert firsts(question(typed, EQUALS).wanted) == wanted


def test_what_is_not_wanted_stands_apart():
    asked = question("coder -billing", {})
    assert (firsts(asked.wanted), firsts(asked.unwanted)) == (["coder"], ["billing"])


@pytest.mark.parametrize(
    ("words", "needed"), [(1, 1), (3, 3), (4, 3), (5, 3), (6, 4), (8, 6)]
)
def test_long_questions_may_leave_a_quarter_unanswered(words, needed):
    typed = " ".join(
        ["audit", "code", "query", "bill", "chart", "claim", "appeal", "pay"]
    )
    assert question(" ".join(typed.split()[:words]), {}).needed == needed


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("CPC", ["Certified Professional Coder"]),
        ("Certified Professional Coders", ["CPC"]),
        ("cpca", ["CPC-A"]),
        ("CPC-A", ["CPC apprentice"]),
        ("e/m", ["evaluation and management"]),
    ],
)
def test_a_credential_is_known_by_its_names_and_by_no_other_credential(typed, others):
    (unit,) = question(typed, EQUALS).wanted
    assert list(unit.phrases) == [typed, *others]


SPELLED = [
    ("E&M", "E/M"),
    ("E & M", "e/m"),
    ("ICD 10 CM", "ICD-10-CM"),
    ("ICD10", "icd-10"),
    ("A/R follow up", "A/R follow-up"),
    ("coder/biller", "coder biller"),
    ("CPT®", "CPT"),
    ("HCC’s", "HCC's"),
    ("70551–70553", "70551 70553"),
    ("pro–fee", "pro-fee"),
]


@pytest.mark.parametrize(("one", "other"), SPELLED)
def test_ways_to_write_a_code_are_one(one, other):
    assert spoken(one).strip().lower() == spoken(other).lower()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        *(text for pair in SPELLED for text in pair),
        "CPC-A", "CCS-P.", "(E/M),", "K35.80.", "UB-04", "CPC/COC/CPB", "w/o", "837P",
        "R&D and Q/A", "M-CEPR", "44970.", "ICD-10-PCS", "cost: $25.50",
    ],
)  # fmt: skip
def test_the_database_speaks_of_pages_as_questions_do(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_words(search_page_spoken(%s), 'D') "
            "@@ phraseto_tsquery('careers', %s)",
            [f"Say it: {text} is said.", spoken(text)],
        )
        assert cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("phrase", "text", "marked"),
    [
        ("auditor", "Auditors audit; auditing", ["Auditors", "audit", "auditing"]),
        ("CPC", "CPC, but not CPC-A or CPCO.", ["CPC"]),
        ("CPC-A", "CPC-A, not CPC.", ["CPC-A"]),
        ("E/M", "E&M and E/M levels", ["E&M", "E/M"]),
        ("K35.80", "K35.80 is not K35.8", ["K35.80"]),
        (
            "remote work",
            "Remote work, remote-work, remotely",
            ["Remote work", "remote-work"],
        ),
        ("bill", "bill, billing, billion", ["bill", "billing"]),
        (".*", "nothing", []),
    ],
)
def test_words_are_marked_in_their_forms_and_codes_as_they_are(phrase, text, marked):
    found = pattern([phrase])
    assert ([m[0] for m in found.finditer(text)] if found else []) == marked


def pieces_of(typed, text):
    asked = question(typed, {})
    return piece(text, {u.phrases[0]: pattern(u.phrases) for u in asked.wanted})


LONG = "Nothing here is of use. " * 30


def test_the_piece_is_where_most_of_the_question_is_said():
    text = f"{LONG}A coder reads. {LONG}An audit of a coder is kind. {LONG}"
    found = pieces_of("coder audit", text)
    assert found.startswith("An audit of a coder is kind.")
    assert len(found) <= PIECE + 4


def test_the_piece_is_cut_at_words_and_says_so():
    text = "word " * 200 + "audit " + "word " * 200
    found = pieces_of("audit", text)
    assert found.startswith("… word")
    assert found.endswith("word …")
    assert "audit" in found


@pytest.mark.parametrize("text", ["", LONG])
def test_a_text_that_says_nothing_of_it_has_no_piece(text):
    assert pieces_of("audit", text) == ""


def test_an_empty_question_needs_nothing():
    assert PageQuestion("").needed == 0
    assert PageQuestion("").phrases == ()
