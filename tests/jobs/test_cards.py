"""Cards: what an entry of a ledger says, and that outsiders' words stay words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.template.loader import render_to_string

import pytest

from careers.jobs.credential_rule import CredentialRule, Evaluator, Group
from careers.jobs.models import Employer, JobListing
from careers.jobs.presentation.cards import Ledger
from careers.jobs.presentation.pay_strip import PayStrip, Span
from careers.jobs.presentation.place_words import Piece
from careers.jobs.presentation.printed import pieces_html, rule_html, strip_html
from careers.jobs.presentation.rule_words import RuleClause, RuleLine, VerdictWords

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOSTILE = '<img src=x onerror="x()">'
USUAL = SimpleNamespace(p25=50_000.0, median=60_000.0, p75=70_000.0)


@pytest.fixture
def ledger(vocabulary):
    return Ledger(vocabulary, NOW)


def listing(**facts):
    facts = {
        "title": "Inpatient Coder",
        "role": "inpatient-coder",
        "posted_at": NOW - timedelta(days=3),
        "employer": Employer(name="Lakearden Health", kind=Employer.Kind.STAFFING),
        "pk": 7,
        **facts,
    }
    return JobListing(**facts)


def paid(**facts):
    return listing(
        pay_minimum=Decimal(30), pay_maximum=Decimal(40), pay_period="hour", **facts
    )


def html_of(card):
    return render_to_string(
        "components/listing_card.html", {"card": card, "level": "2"}
    )


def test_a_card_says_who_asks_for_what_and_since_when(ledger):
    card = ledger.card(paid(), USUAL)
    assert (card.track, card.letters, card.track_label) == (
        "facility",
        "FA",
        "Facility",
    )
    assert (card.age, card.employer) == ("3 days", "Lakearden Health")
    assert card.employer_note == "staffing agency"
    assert (card.pay.figure, card.pay.unit) == ("$62,400–83,200", "a year")
    assert card.pay_note == "Posted as $30.00–40.00 an hour"
    assert "Usual for inpatient coder: $50,000 to $70,000" in card.strip


@pytest.mark.parametrize(
    ("facts", "employer", "note"),
    [
        ({}, {"kind": ""}, ""),
        ({}, {"kind": "vendor"}, "coding or billing vendor"),
        ({"is_sample": True}, {"kind": "vendor"}, "sample listing"),
    ],
)
def test_a_sample_is_called_so_before_its_employers_kind(ledger, facts, employer, note):
    offered = listing(employer=Employer(name="Lakearden", **employer), **facts)
    assert ledger.card(offered, None).employer_note == note


@pytest.mark.parametrize(
    ("has_pay", "usual", "note", "has_strip"),
    [
        (False, None, "", False),
        (False, USUAL, "Outline: usual for the role", True),
        (True, None, "Posted as $30.00–40.00 an hour", True),
    ],
)
def test_without_pay_the_note_explains_the_outline(
    ledger, has_pay, usual, note, has_strip
):
    card = ledger.card(paid() if has_pay else listing(), usual)
    assert card.pay_note == note
    assert bool(card.strip) is has_strip


def test_a_role_that_nobody_knows_has_no_track(ledger):
    card = ledger.card(listing(role="wizard"), None)
    assert card.track == card.letters == card.track_label == ""
    assert "data-track" not in html_of(card)


@pytest.mark.parametrize(
    ("told", "query"),
    [
        ({}, ""),
        ({"state": "OH"}, "?state=OH"),
        ({"holds": ("CPC", "CRC"), "state": "OH"}, "?holds=CPC&holds=CRC&state=OH"),
    ],
)
def test_a_card_leads_to_the_page_that_knows_the_reader(ledger, told, query):
    card = replace(ledger, **told).card(listing(), None)
    assert card.url == f"/jobs/inpatient-coder-7/{query}"


@pytest.mark.django_db
def test_what_outsiders_wrote_is_shown_as_they_wrote_it(ledger):
    hostile = listing(
        title=HOSTILE,
        employer=Employer(name=HOSTILE, kind=""),
        places=[{"city": HOSTILE, "state": HOSTILE}],
        states_basis="allow",
        states_listed=[HOSTILE],
        hires_from=[HOSTILE],
        settings=[HOSTILE],
        software=[HOSTILE],
        employment=[HOSTILE],
        credential_rule={"groups": [{"any_of": [HOSTILE]}], "preferred": [HOSTILE]},
    )
    hostile.verdict = Evaluator().judge(hostile.rule, [HOSTILE])
    told = replace(ledger, words='img "x()"', holds=(HOSTILE,), state="OH")
    html = html_of(told.card(hostile, None))
    assert "<img" not in html
    assert html.count("&lt;<mark") + html.count("&lt;img") >= 8
    assert 'onerror="' not in html


def test_the_parts_of_a_strip_stand_back_to_front():
    strip = PayStrip(
        label="Posted “so” & so.",
        band=Span("20%", "20%"),
        band_is_outline=True,
        median="30%",
        bar=Span("35%", "20%"),
        ends=("35%",),
    )
    assert strip_html(strip, has_grid=False) == (
        '<svg class="pay-strip" role="img" aria-label="Posted “so” &amp; so.">'
        '<rect class="pay-strip-band" data-none x="20%" width="20%" y="4" height="22"/>'
        '<line class="pay-strip-median" x1="30%" x2="30%" y1="4" y2="26"/>'
        '<rect class="pay-strip-range" x="35%" width="20%" y="11" height="8"/>'
        '<line class="pay-strip-end" x1="35%" x2="35%" y1="7" y2="23"/></svg>'
    )


def test_a_small_strip_of_one_figure_is_a_point():
    html = strip_html(PayStrip(label="Posted.", point="30%"), size="small")
    assert html == (
        '<svg class="pay-strip" data-size="small" role="img" aria-label="Posted.">'
        '<use href="#pay-grid"/>'
        '<circle class="pay-strip-point" cx="30%" cy="8" r="5"/></svg>'
    )
    assert strip_html(None) == ""


def test_a_rule_is_one_line_with_dots_between_its_parts():
    line = RuleLine(
        "No credential asked",
        (
            RuleClause("one of", ("CPC", "CCS"), more=3, apprentice=("CPC-A",)),
            RuleClause("preferred", ("CRC",)),
        ),
        VerdictWords("verdict", "You qualify with CPC"),
    )
    dot = '<span class="or" aria-hidden="true">·</span> '
    assert rule_html(line) == (
        '<p class="rule-line"><span class="or">No credential asked</span> '
        f'{dot}<span class="or">one of</span> '
        '<span class="code">CPC</span> <span class="code">CCS</span> '
        '<span class="or">or 3 more</span> '
        f'<span class="nowrap">{dot}<span class="code">CPC-A</span> ok</span> '
        f'{dot}<span class="or">preferred</span> <span class="code">CRC</span> '
        '<mark data-kind="verdict">You qualify with CPC</mark></p>'
    )


def test_only_pieces_about_the_reader_are_marked():
    pieces = [Piece("hires from "), Piece("Ohio", is_you=True), Piece(" & more")]
    assert pieces_html(pieces) == "hires from <mark>Ohio</mark> &amp; more"


@pytest.mark.django_db
def test_a_verdict_stands_beside_the_rule(ledger):
    judged = listing(credential_rule=CredentialRule((Group(("CPC",)),)).as_json())
    judged.verdict = Evaluator().judge(judged.rule, ["CPC"])
    assert "You qualify with CPC</mark>" in ledger.card(judged, None).rule
