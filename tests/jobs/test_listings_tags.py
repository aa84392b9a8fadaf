"""Pay, place, rule, age and text of a listing in words and drawings."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.template import Context, Template

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.jobs.credential_rule import CredentialRule, Evaluator, Group
from careers.jobs.models import JobListing
from careers.jobs.pay import PostedPay, Quota
from careers.jobs.presentation import ages, facts
from careers.jobs.presentation.marks import marked, matched
from careers.jobs.presentation.money import pay_words, posted_range
from careers.jobs.presentation.pay_strip import Span, pay_strip
from careers.jobs.presentation.place_words import where
from careers.jobs.presentation.rule_words import rule_sentence, verdict_words
from careers.jobs.presentation.text import description_html, plain_html
from careers.jobs.templatetags.listings import for_count

FORMS = {"CPC": "CPC-A", "COC": "COC-A"}
COLUMBUS = {"city": "Columbus", "state": "OH"}
AUSTIN = {"city": "Austin", "state": "TX"}
USUAL = SimpleNamespace(p25=50_000.0, median=60_000.0, p75=70_000.0)


def pay(minimum, maximum, period, quota=None):
    return PostedPay(Decimal(minimum), Decimal(maximum), period, quota)


# Pay


@pytest.mark.parametrize(
    ("posted", "per", "figure", "unit", "notes"),
    [
        (None, "year", "Pay not posted", "", ()),
        (
            pay("31.50", "42", "hour"),
            "year",
            "$65,520–87,360",
            "a year",
            ("posted as $31.50–42.00 an hour",),
        ),
        (
            pay("31.50", "42", "hour"),
            "hour",
            "$31.50–42.00",
            "an hour",
            ("about $65,520–87,360 a year",),
        ),
        (
            pay("54000", "66000", "year"),
            "year",
            "$54,000–66,000",
            "a year",
            ("about $25.96–31.73 an hour",),
        ),
        (
            pay("54000", "66000", "year"),
            "hour",
            "$25.96–31.73",
            "an hour",
            ("posted as $54,000–66,000 a year",),
        ),
        (
            pay("68413.45", "77538.78", "year"),
            "year",
            "$68,413.45–77,538.78",
            "a year",
            ("about $32.89–37.28 an hour",),
        ),
        (
            pay("1300", "1300", "week"),
            "year",
            "$67,600",
            "a year",
            ("posted as $1,300 a week", "about $32.50 an hour"),
        ),
        (
            pay("0.95", "1.2", "chart"),
            "year",
            "$0.95–1.20",
            "a chart",
            ("no quota given, so no yearly figure",),
        ),
        (
            pay("2", "3", "chart", Quota(Decimal("12.50"), "hour")),
            "year",
            "$52,000–78,000",
            "a year",
            (
                "posted as $2.00–3.00 a chart, at 12.5 charts an hour",
                "about $25.00–37.50 an hour",
            ),
        ),
    ],
)
def test_pay_leads_with_the_asked_period_and_says_how_it_was_posted(
    posted, per, figure, unit, notes
):
    words = pay_words(posted, per=per)

    assert (words.figure, words.unit, words.notes) == (figure, unit, notes)


@pytest.mark.parametrize(
    ("posted", "figures"),
    [
        (pay("68413.45", "77538.78", "year"), "$68,413.45–77,538.78"),
        (pay("60000", "70000", "year"), "$60,000–70,000"),
        (pay("25", "25", "hour"), "$25.00"),
        (pay("225.50", "300", "day"), "$225.50–300.00"),
    ],
)
def test_posted_figures_keep_the_cents_they_were_posted_with(posted, figures):
    assert posted_range(posted) == figures


def test_one_percent_of_the_strip_is_a_thousand_dollars():
    strip = pay_strip((Decimal(65_520), Decimal(87_360)), USUAL, role="coder")

    assert strip.bar == Span("35.52%", "21.84%")
    assert strip.ends == ("35.52%", "57.36%")
    assert strip.band == Span("20%", "20%")
    assert strip.median == "30%"
    assert not strip.band_is_outline
    assert strip.label == (
        "Posted $65,520 to $87,360 a year. "
        "Usual for coder: $50,000 to $70,000, median $60,000."
    )


@pytest.mark.parametrize(
    ("yearly", "bar", "ends", "point"),
    [
        ((60_000, 60_000), None, (), "30%"),
        ((120_000, 150_000), Span("90%", "10%"), ("90%",), None),
        ((20_000, 40_000), Span("0%", "10%"), ("10%",), None),
        ((200_000, 280_000), Span("98%", "2%"), (), None),
        ((15_000, 20_000), Span("0%", "2%"), (), None),
        ((200_000, 200_000), Span("98%", "2%"), (), None),
    ],
)
def test_past_an_edge_the_bar_runs_to_it_without_an_end_line(yearly, bar, ends, point):
    strip = pay_strip(yearly, None)

    assert (strip.bar, strip.ends, strip.point) == (bar, ends, point)


def test_without_posted_pay_the_usual_band_is_an_outline():
    assert pay_strip(None, USUAL).band_is_outline
    assert not pay_strip(None, USUAL, has_outline=False).band_is_outline
    assert pay_strip(None, None) is None


@given(
    low=st.decimals(0, 400_000, places=2),
    width=st.decimals(0, 200_000, places=2),
)
def test_no_drawing_leaves_the_strip(low, width):
    strip = pay_strip((low, low + width), None)

    if strip.bar:
        start = float(strip.bar.x.rstrip("%"))
        assert start >= 0
        assert start + float(strip.bar.width.rstrip("%")) <= 100.01
    assert strip.bar or strip.point
    assert all(0 <= float(x.rstrip("%")) <= 100 for x in strip.ends)


# Rule


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (CredentialRule((Group(("CPC",)),)), "CPC"),
        (
            CredentialRule((Group(("CPC", "CCS", "RHIT"), True),)),
            "one of CPC, CCS or RHIT; CPC-A accepted",
        ),
        (
            CredentialRule((Group(("CPC", "CCS")), Group(("CPMA",), False, 6))),
            "one of CPC or CCS; then within 6 months of hire: CPMA",
        ),
        (
            CredentialRule((Group(("CPMA",), False, 6), Group(("CPC",)))),
            "CPC; then within 6 months of hire: CPMA",
        ),
        (
            CredentialRule((Group(("CRC", "CPC"), False, 1),)),
            "within 1 month of hire one of CRC or CPC",
        ),
        (
            CredentialRule((Group(("CPC",)), Group(("CRC", "CCS")))),
            "CPC; and one of CRC or CCS",
        ),
        (CredentialRule((), ("CPC", "CCS")), "asks for none; preferred: CPC or CCS"),
        (CredentialRule(), "asks for none"),
        (CredentialRule((Group(("CPC-A",)),)), "CPC-A"),
    ],
)
def test_the_rule_is_said_in_words(rule, sentence):
    assert rule_sentence(rule, FORMS) == sentence


@pytest.mark.parametrize(
    ("groups", "holds", "kind", "text"),
    [
        ([Group(("CPC", "CRC"))], ["CPC", "CRC"], "verdict", "CPC or CRC"),
        (
            [Group(("CPC",)), Group(("CRC", "CCS"))],
            ["CPC", "CRC"],
            "verdict",
            "with CPC and CRC",
        ),
        ([Group(("CCS",))], ["CPC"], "short", "short: CCS"),
        (
            [Group(("CCS", "CIC", "RHIT"))],
            ["CPC"],
            "short",
            "You are one credential short",
        ),
        ([], ["CPC"], "verdict", "You qualify"),
    ],
)
def test_the_verdict_names_what_met_the_rule_or_what_is_missing(
    groups, holds, kind, text
):
    rule = CredentialRule(tuple(groups))
    words = verdict_words(rule, Evaluator(FORMS).judge(rule, holds))

    assert words.kind == kind
    assert words.text.endswith(text)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        (None, ["CPC"]),
        (CredentialRule((Group(("CPC",)), Group(("RHIT",)))), ["CCS"]),
    ],
)
def test_there_is_no_verdict_where_there_is_nothing_to_say(rule, holds):
    assert verdict_words(rule, Evaluator(FORMS).judge(rule, holds)) is None
    assert verdict_words(rule, None) is None


# Place


def listing(**facts_of_it):
    found = JobListing(title="Coder", **facts_of_it)
    found.hires_from = facts_of_it.get("hires_from", [])
    return found


def said(found, **asked):
    """The line, what is marked as the reader's in brackets."""
    pieces = where(found, **asked)
    return "".join(f"[{p.text}]" if p.is_you else p.text for p in pieces)


ALLOW = {"remote": "remote", "states_basis": "allow"}
MANY = ["AL", "FL", "GA", "IN", "KY", "OH", "TN"]


@pytest.mark.parametrize(
    ("facts_of_it", "asked", "line"),
    [
        ({"remote": "remote"}, {"state": "OH"}, "Remote · states not stated"),
        (
            ALLOW | {"states_listed": ["KY", "OH"], "hires_from": ["KY", "OH"]},
            {"state": "OH"},
            "Remote · hires from [Ohio], KY",
        ),
        (
            ALLOW | {"states_listed": ["KY", "OH"], "hires_from": ["KY", "OH"]},
            {"state": "OH", "in_full": True},
            "Remote · hires from [Ohio] and Kentucky",
        ),
        (
            ALLOW | {"states_listed": ["KY", "OH"], "hires_from": ["KY", "OH"]},
            {"state": "TX"},
            "Remote · hires from KY, OH",
        ),
        (
            ALLOW | {"states_listed": MANY, "hires_from": MANY},
            {"state": "OH"},
            "Remote · hires from [Ohio] and 6 more states",
        ),
        (
            ALLOW | {"states_listed": MANY, "hires_from": MANY},
            {},
            "Remote · hires from 7 states",
        ),
        (
            ALLOW | {"states_listed": ["AL"], "hires_from": ["AL"]},
            {},
            "Remote · hires from Alabama",
        ),
        (
            {
                "remote": "remote",
                "states_basis": "deny",
                "states_listed": ["NY", "CA"],
                "hires_from": ["OH"],
            },
            {"state": "OH"},
            "Remote · every state but CA, NY, so [Ohio]",
        ),
        (
            {"remote": "remote", "states_basis": "anywhere", "hires_from": ["OH"]},
            {"state": "OH"},
            "Remote · hires from every state, so [Ohio]",
        ),
        (
            {"remote": "hybrid", "days_on_site": 2, "places": [COLUMBUS]},
            {"distance": 6.2},
            "Hybrid, 2 days on site · Columbus, OH · 6 mi",
        ),
        (
            {"remote": "onsite", "places": [AUSTIN, COLUMBUS]},
            {"state": "OH"},
            "On site · Columbus, [OH] and 1 more place",
        ),
        (
            {"remote": "", "places": []},
            {},
            "Place not stated · remote or on site not stated",
        ),
    ],
)
def test_where_says_what_is_stated_and_marks_only_the_readers_state(
    facts_of_it, asked, line
):
    assert said(listing(**facts_of_it), **asked) == line


def test_a_state_that_is_not_hired_from_is_never_marked():
    found = listing(**ALLOW, states_listed=["KY"], hires_from=["KY"])

    assert "[" not in said(found, state="OH")


# Facts


def test_what_is_not_stated_is_gathered_in_one_place(vocabulary):
    sheet = facts.fact_sheet(listing(remote="remote"), vocabulary)

    assert [fact.term for fact in sheet.stated] == ["Remote or on site"]
    assert sheet.unstated.startswith("states it hires from, credential, experience")
    assert sheet.unstated.endswith("code sets and benefits")


@pytest.mark.django_db
def test_facts_stand_in_the_order_in_which_coders_ask(vocabulary):
    found = listing(
        remote="remote",
        states_basis="allow",
        states_listed=["OH"],
        hires_from=["OH"],
        credential_rule=CredentialRule().as_json(),
        experience_months=0,
        test="paid",
        test_minutes=90,
        test_open_book=True,
        quota_charts=Decimal("2.50"),
        quota_period="hour",
        accuracy=Decimal("95.00"),
        software=["epic"],
        employment=["full-time"],
        schedule="Days",
        pays_for=["equipment", "ceus"],
        benefits="Medical",
    )
    stated = {f.term: f for f in facts.fact_sheet(found, vocabulary, state="OH").stated}

    assert list(stated) == [
        "Remote or on site",
        "Hires from",
        "Credential",
        "Experience",
        "Test before hire",
        "Productivity",
        "Accuracy",
        "Software",
        "Schedule",
        "Paid for you",
    ]
    assert stated["Hires from"].chips[0].is_you
    assert stated["Credential"].text == "Asks for none"
    assert stated["Experience"].text == "None asked"
    assert stated["Test before hire"].text == "90 minutes, open book, paid"
    assert stated["Productivity"].text == "2.5 charts an hour"
    assert stated["Accuracy"].text == "95%"
    assert stated["Schedule"].text == "Full time. Days"
    assert stated["Paid for you"].text == "Equipment and CEUs"


@pytest.mark.parametrize(
    ("term", "inside"),
    [
        ("Inpatient coder", "inpatient coder"),
        ("CDI specialist", "CDI specialist"),
        ("A/R and denials specialist", "A/R and denials specialist"),
    ],
)
def test_a_label_inside_a_sentence_keeps_its_abbreviation(term, inside):
    assert facts.in_sentence(term) == inside


def test_a_card_says_in_one_line_what_is_stated(vocabulary):
    found = listing(
        settings=["hospital"],
        employment=["full-time", "per-diem"],
        experience_months=0,
        test="paid",
        software=["epic"],
    )

    assert facts.terms(found, vocabulary).replace("\xa0", " ") == (
        "Hospital · full time, PRN or per diem · no experience asked · paid test · Epic"
    )
    assert facts.terms(listing(), vocabulary) == ""


# Ages

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gone", "age"),
    [
        ({"seconds": -5}, "1 min"),
        ({"minutes": 59}, "59 min"),
        ({"hours": 5}, "5 h"),
        ({"hours": 24}, "1 day"),
        ({"days": 13}, "13 days"),
        ({"days": 14}, "2 wk"),
        ({"days": 61}, "2 mo"),
        ({"days": 800}, "2 yr"),
    ],
)
def test_age_is_said_in_two_words(gone, age):
    assert ages.age(NOW - timedelta(**gone), NOW) == age


@pytest.mark.parametrize(
    ("gone", "day"),
    [
        ({"hours": 11}, "today"),
        ({"hours": 13}, "yesterday"),
        ({"days": 5}, "5 days ago"),
        ({"days": 40}, "on October 15, 2026"),
    ],
)
def test_a_day_is_counted_on_the_calendar(gone, day):
    assert ages.day(NOW - timedelta(**gone), NOW) == day


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 month"), (12, "1 year"), (18, "18 months")]
)
def test_months_are_years_where_they_are_whole(count, words):
    assert ages.months(count) == words


# Text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<p>Code <b>charts</b></p>", "<p>Code <strong>charts</strong></p>"),
        ("<h1>Duties</h1><p>Code</p>", "<h3>Duties</h3><p>Code</p>"),
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<p>One<br><br>Two</p>", "<p>One</p><p>Two</p>"),
        ("<p>One</p><p>&nbsp;</p>", "<p>One</p>"),
        ('<p onclick="x()">Hi<script>alert(1)</script></p>', "<p>Hi</p>"),
        ('<p><a href="javascript:x()">Go</a></p>', "<p>Go</p>"),
        ('<p>Hi<img src=x onerror="x()"></p>', "<p>Hi</p>"),
        ("One\n\nTwo\nlines", "<p>One</p>\n<p>Two<br>lines</p>"),
        (
            "Duties:\n• Code\n• Query\n\n• Learn",
            "<p>Duties:</p>\n<ul><li>Code</li><li>Query</li><li>Learn</li></ul>",
        ),
        ("R&D < 5 > 3", "<p>R&amp;D &lt; 5 &gt; 3</p>"),
        ("a" * 80 + "\nb", f"<p>{'a' * 80}</p>\n<p>b</p>"),
    ],
)
def test_text_keeps_its_shape_and_loses_what_could_harm(text, html):
    assert description_html(text) == html


def test_plain_text_shows_markup_as_it_was_typed():
    assert plain_html("<b>Dental</b>") == "<p>&lt;b&gt;Dental&lt;/b&gt;</p>"


@given(st.text(alphabet='<>/"=& abpdivhscrt1\n', max_size=60))
def test_no_text_brings_attributes_or_foreign_tags(text):
    html = str(description_html(text))
    for known in ("p", "ul", "ol", "li", "h3", "h4", "strong", "em"):
        html = html.replace(f"<{known}>", "").replace(f"</{known}>", "")

    assert "<" not in html.replace("<br>", "")


# Marks


@pytest.mark.parametrize(
    ("title", "words", "html"),
    [
        ("Inpatient Coders", "coder", 'Inpatient <mark data-kind="word">Coders</mark>'),
        ("Encoder", "coder", "Encoder"),
        ("A & B", "zebra", "A &amp; B"),
        ("<i>Coder</i>", "x y", "&lt;i&gt;Coder&lt;/i&gt;"),
        ("E/M Coder", "e/m", '<mark data-kind="word">E/M</mark> Coder'),
        ("Coder", "", "Coder"),
    ],
)
def test_matched_words_are_marked_and_the_title_stays_escaped(title, words, html):
    rendered = Template("{{ title }}").render(Context({"title": matched(title, words)}))

    assert rendered == html
    assert matched(title, None) == title


def test_only_the_readers_state_is_marked_in_a_heading():
    heading = "3 open listings for “Ohio” if you live in Ohio"

    assert str(marked(heading, "OH")).count("<mark>") == 1
    assert str(marked(heading, "OH")).endswith("<mark>Ohio</mark>")
    assert marked(heading, "") == heading


def test_one_listing_does_not_state_and_several_do_not():
    assert for_count("do not state pay", 1) == "does not state pay"
    assert for_count("do not state pay", 2) == "do not state pay"


# Choices


def test_choices_are_escaped_and_say_what_is_chosen():
    item = SimpleNamespace(
        value='"x', label="<b>R&D", count=1140, selected=True, is_code=False
    )
    nothing = SimpleNamespace(
        value="CPC", label="CPC", count=0, selected=False, is_code=True
    )
    html = Template("{% load choices %}{% checkboxes items 'setting' %}").render(
        Context({"items": [item, nothing]})
    )

    assert html == (
        '<label class="facet-choice"><input type="checkbox" form="question"'
        ' id="setting-&quot;x" name="setting" value="&quot;x" checked>'
        '<span>&lt;b&gt;R&amp;D</span><span class="n">1,140</span></label>'
        '<label class="facet-choice" data-none><input type="checkbox" form="question"'
        ' id="setting-CPC" name="setting" value="CPC">'
        '<span><span class="code">CPC</span></span><span class="n">0</span></label>'
    )


def test_options_leave_out_what_is_held_and_select_what_is_chosen():
    html = Template("{% load choices %}{% options pairs 'OH' leave_out=out %}").render(
        Context({"pairs": [("OH", "Ohio"), ("TX", "Texas")], "out": ("TX",)})
    )

    assert html == '<option value="OH" selected>Ohio</option>'


def test_steps_are_escaped_and_no_limit_stands_last():
    steps = [
        {"value": 0, "label": "<b>None", "count": 1140},
        {"value": 7, "label": "7"},
    ]
    html = Template("{% load choices %}{% radios steps 'posted' chosen 'Any' %}").render
    button = (
        '<label class="facet-choice"><input type="radio" form="question"'
        ' id="posted-{}" name="posted" value="{}"{}><span>{}</span>{}</label>'
    )
    none = button.format(0, 0, "{}", "&lt;b&gt;None", '<span class="n">1,140</span>')
    week = button.format(7, 7, "", "7", "")
    any_time = button.format("any", "", "{}", "Any", "")

    assert html(Context({"steps": steps, "chosen": 0})) == (
        none.format(" checked") + week + any_time.format("")
    )
    assert html(Context({"steps": steps, "chosen": None})) == (
        none.format("") + week + any_time.format(" checked")
    )


def test_distances_are_offered_in_miles():
    html = Template("{% load choices %}{% options steps|mile_pairs 25 %}").render(
        Context({"steps": (5, 25)})
    )

    assert html == (
        '<option value="5">5 mi</option><option value="25" selected>25 mi</option>'
    )
