import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.jobs.reading.text import Kind, Text, occurrences, sentences_of

LISTING = """
<h2>About Us</h2><p>We&#39;re a <b>great</b> place &ndash; join.</p>
<p><strong>Minimum Qualifications:</strong></p>
<ul><li>CPC or CCS required</li><li>2+ years&nbsp;of coding. RHIT a plus.</li></ul>
<p><b>Preferred</b></p><ul><li>CRC</li></ul>
<p><b>Licenses and Certifications</b></p><p>CPC</p>
<div>Preferred: Epic<br>Benefits: 401(k), dental</div>
<script>var x = "5 years of experience"</script>
"""


def lines_of(source):
    text = Text.of(source)
    return [(line.kind, text.plain[line.start : line.end]) for line in text.lines]


def test_html_becomes_lines_that_know_their_section():
    assert lines_of(LISTING) == [
        (Kind.ABOUT, "About Us"),
        (Kind.ABOUT, "We're a great place – join."),
        (Kind.REQUIRED, "Minimum Qualifications:"),
        (Kind.REQUIRED, "CPC or CCS required"),
        (Kind.REQUIRED, "2+ years of coding. RHIT a plus."),
        (Kind.PREFERRED, "Preferred"),
        (Kind.PREFERRED, "CRC"),
        (Kind.REQUIRED, "Licenses and Certifications"),
        (Kind.REQUIRED, "CPC"),
        (Kind.PREFERRED, "Preferred: Epic"),
        (Kind.BENEFITS, "Benefits: 401(k), dental"),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Minimum Qualifications", Kind.REQUIRED),
        ("REQUIRED SKILLS", Kind.REQUIRED),
        ("What You'll Need:", Kind.REQUIRED),
        ("Qualifications:", Kind.REQUIRED),
        ("Licenses and Certifications", Kind.REQUIRED),
        ("Preferred Qualifications", Kind.PREFERRED),
        ("Nice to have:", Kind.PREFERRED),
        ("Desired Skills", Kind.PREFERRED),
        ("What we offer", Kind.BENEFITS),
        ("Benefits", Kind.BENEFITS),
        ("Why Join Us?", Kind.BENEFITS),
        ("Pay Range", Kind.PAY),
        ("Compensation:", Kind.PAY),
        ("Job Responsibilities", Kind.DUTIES),
        ("What You'll Do", Kind.DUTIES),
        ("ESSENTIAL FUNCTIONS", Kind.DUTIES),
        ("Job Summary", Kind.DUTIES),
        ("About Us", Kind.ABOUT),
        ("Who We Are", Kind.ABOUT),
        ("Equal Opportunity Employer", Kind.LEGAL),
        ("Schedule:", Kind.OTHER),
    ],
)
def test_heading_gives_the_lines_under_it_their_kind(heading, kind):
    text = Text.of(f"{heading}\nCoding of charts with care.")
    assert text.lines[0].is_heading
    assert text.lines[1].kind == kind
    assert text.lines[1].heading == heading.rstrip(":")


@pytest.mark.parametrize(
    "line",
    [
        "High School Diploma required",
        "CPC",
        "2 years of coding experience",
        "Must have a CPC.",
        "Experience with Epic is a plus",
        "$20.00 - $25.00",
    ],
)
def test_line_that_states_something_is_no_heading(line):
    assert not Text.of(line).lines[0].is_heading


def test_subheading_under_preferred_stays_preferred():
    text = Text.of(
        "<h2>Preferred Qualifications</h2><h3>Education</h3><p>Bachelor</p>"
        "<h3>Experience</h3><p>Five years</p>"
    )
    assert [line.kind for line in text.lines] == [Kind.PREFERRED] * 5


def test_headings_of_a_flattened_text_stand_on_lines_of_their_own():
    text = Text.of(
        "We code charts. Requirements: CPC and 2 years. Preferred: CRC. "
        "Benefits: dental, 401(k)."
    )
    assert [line.kind for line in text.lines] == [
        Kind.OTHER,
        Kind.REQUIRED,
        Kind.PREFERRED,
        Kind.BENEFITS,
    ]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("&lt;p&gt;CPC&lt;/p&gt;&lt;p&gt;CCS&lt;/p&gt;", "CPC\nCCS"),
        ("CPC &amp; CCS", "CPC & CCS"),
        ("Pay\xa0is\u200b $20", "Pay is $20"),
        ("• CPC\n• CCS", "CPC\nCCS"),
        ("- CPC\n* CCS\n", "CPC\nCCS"),
        ("Needs CPC • 2 years", "Needs CPC\n2 years"),
        ("<p>one\ntwo</p><p>three</p>", "one two\nthree"),
        ("<b>Pay:</b> $20\nCPC", "Pay: $20\nCPC"),
        ("under < 5 and > 3 charts", "under < 5 and > 3 charts"),
        ("<style>p{}</style><!-- note -->CPC<br/>CCS", "CPC\nCCS"),
        ("CPC<script>alert(1)", "CPC"),
        ("", ""),
    ],
)
def test_source_becomes_plain_text(source, plain):
    assert Text.of(source).plain == plain


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Codes, e.g. ICD-10. Must hold a CPC.", None),
        ("Work in the U.S. Army clinic.", ["Work in the U.S. Army clinic."]),
        ("St. Mary pays well. Apply.", ["St. Mary pays well.", "Apply."]),
        ("Pay is $22.50 per hour. CPC", ["Pay is $22.50 per hour.", "CPC"]),
    ],
)
def test_sentences_end_at_full_stops_but_not_at_abbreviations(source, sentences):
    text = Text.of(source)
    found = [text.plain[s.start : s.end] for s in text.sentences]
    assert found == (sentences or ["Codes, e.g. ICD-10.", "Must hold a CPC."])


@pytest.mark.parametrize(
    ("source", "tokens"),
    [
        ("ICD-10-CM and CPC-A", ("icd", "10", "cm", "and", "cpc", "a")),
        ("(CPC)", ("cpc",)),
        ("résumé – 3M™ 360", ("r", "sum", "3m", "360")),
        ("코더 CCS 😀 RHIT", ("ccs", "rhit")),
        ("—", ()),
    ],
)
def test_tokens_stand_where_they_say(source, tokens):
    text = Text.of(source)
    assert text.tokens == tokens
    assert [
        text.folded[start : text.token_end(index)]
        for index, start in enumerate(text.token_starts)
    ] == list(tokens)


def test_answers_of_a_questionnaire_are_marked():
    text = Text.of(
        "Assessment questionnaire\nA. One year of experience\nI have not done this.\n"
        "We code."
    )
    assert [line.is_answer for line in text.lines] == [False, True, True, False]


def test_evidence_is_the_sentence_and_not_longer_than_asked():
    text = Text.of("We hire. Needs a CPC today. " + "Word " * 100)
    start = text.folded.index("cpc")
    assert text.evidence(start, start + 3) == "Needs a CPC today."
    start = text.folded.index("word")
    assert len(text.evidence(start, start + 4, longest=50)) <= 50


def test_sentences_of_a_section_leave_its_heading_out():
    text = Text.of("Requirements\nCPC. Two years.\nBenefits\nDental.")
    found = [text.plain[s.start : s.end] for s in sentences_of(text, Kind.REQUIRED)]
    assert found == ["CPC.", "Two years."]


def test_breaks_of_the_source_part_no_line_that_tags_part():
    source = "<p>Codes\r\n  charts.\n Queries\tdoctors.</p>\n<ul>\n<li>CPC</li></ul>"
    assert Text.of(source).plain == "Codes charts. Queries doctors.\nCPC"


def test_occurrences_come_in_order():
    assert list(occurrences("b a b", ("a", "b"))) == [0, 2, 4]


@given(st.text(alphabet="aA1 .:!<>/bpli&;-–’\n\xa0\u200bİß•ſ", max_size=200))
def test_three_forms_have_one_length_and_lines_cover_them(source):
    text = Text.of(source)
    assert len(text.plain) == len(text.cased) == len(text.folded)
    assert "\n".join(text.plain[line.start : line.end] for line in text.lines) == (
        text.plain
    )
    for sentence in text.sentences:
        assert sentence.line.start <= sentence.start <= sentence.end
        assert sentence.end <= sentence.line.end


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<!--", "<script", "&lt;", "\x02", "(", "1 "]
)
def test_hostile_text_is_read_in_linear_time(piece):
    """A quadratic reading of this length would not end within the test run."""
    assert Text.of("<p>" + piece * 100_000 + "</p>").plain is not None
