"""My next step: what is told, what is answered, and that every number is true."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.criteria import NONE_HELD, JobCriteria
from careers.jobs.criteria import parse as parse_criteria
from careers.jobs.models import Credential, Employer, JobListing, Role
from careers.jobs.terms import DatabaseTerms
from careers.pathways import next_step
from careers.pathways.models import CredentialFact
from careers.pathways.next_step import Count, NextStep
from careers.pathways.next_step_question import StepQuestion, parse
from careers.pathways.role_map import MoveEdge
from careers.salaries.explorer import Figures
from search.engines.postgres import PostgresEngine
from tests.jobs.factories import EmployerFactory, JobListingFactory
from tests.search.board import ROLES, WALLET, make_board
from tests.search.questions import WALLETS

from .factories import CredentialPageFactory, MoveFactory

pytestmark = pytest.mark.django_db

ENGINE = PostgresEngine()
MOVES = [MoveEdge(ROLES[0], role, 6, 12, "More.", WALLET) for role in ROLES[1:4]]


@pytest.fixture(scope="module")
def board(django_db_setup, django_db_blocker):
    """Listings with random facts, made once for a module's tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        yield make_board(seed=31, size=300)
        transaction.set_rollback(True)


@pytest.fixture
def bare(board):
    """The board's words without its listings."""
    JobListing.objects.all().delete()
    Employer.objects.all().delete()


@pytest.fixture(autouse=True)
def _forget():
    """What is remembered of pay leaves with the test."""
    cache.clear()
    yield
    cache.clear()


def rule(*groups):
    return CredentialRule(tuple(groups)).as_json()


CPC, CCS = rule(Group(("CPC",))), rule(Group(("CCS",)))


def asked(**query):
    query = {k: v if isinstance(v, list) else [v] for k, v in query.items()}
    return parse(query, DatabaseTerms())


def page_of(moves=(), **query):
    return NextStep(asked(**query), moves)


def html_of(client, query=""):
    response = client.get(f"{reverse('next-step')}?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html[html.index("<main") :]).split())


# What is told


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ({}, StepQuestion()),
        ({"holds": "cpc"}, StepQuestion(JobCriteria(holds=("CPC",)))),
        (
            {"holds": ["CPC", "crc, CCS-P;ctr"]},
            StepQuestion(JobCriteria(holds=("CCS-P", "CPC", "CRC", "ODS"))),
        ),
        ({"holds": "none"}, StepQuestion(JobCriteria(holds=(NONE_HELD,)))),
        ({"holds": ["none", "CPC", ""]}, StepQuestion(JobCriteria(holds=("CPC",)))),
        ({"role": "Medical-Biller"}, StepQuestion(role="medical-biller")),
        ({"state": "ohio"}, StepQuestion(JobCriteria(state="OH"))),
        ({"remote": "remote"}, StepQuestion(JobCriteria(remote=("remote",)))),
        ({"experience": "0"}, StepQuestion(JobCriteria(experience=0))),
        (
            {"experience": ["24", "not-stated"]},
            StepQuestion(
                JobCriteria(experience=24, unstated=frozenset({"experience"}))
            ),
        ),
        ({"state": "not-stated", "utm_source": "mail"}, StepQuestion()),
        ({"holds": "", "role": "", "state": "", "remote": ""}, StepQuestion()),
    ],
)
def test_an_address_is_read_without_a_notice(board, query, question):
    assert asked(**query) == question


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ({"holds": "CPX"}, "holds", "We do not know the credential “CPX”."),
        ({"role": "wizard"}, "role", "We do not know the role “wizard”."),
        ({"state": "Ontario"}, "state", "We do not know the state “Ontario”."),
        ({"remote": "hybrid"}, "remote", "remote work only, not for “hybrid”"),
        ({"experience": "two"}, "experience", "give months, such as 24"),
        ({"pay": "60000"}, "pay", "“pay” is asked in the search of listings"),
        ({"colour": "red"}, "colour", "We do not know “colour”."),
    ],
)
def test_what_is_broken_is_left_out_and_said(board, client, query, parameter, message):
    question = asked(**query)
    (notice,) = question.notices
    assert notice.parameter == parameter
    assert message in notice.message
    assert question.pairs() == []
    (name, value) = next(iter(query.items()))
    assert message in html_of(client, f"{name}={value}")


def told():
    reach = st.builds(
        JobCriteria,
        holds=st.one_of(WALLETS, st.just(())),
        state=st.sampled_from(("", "OH", "TX", "WY")),
        remote=st.sampled_from(((), ("remote",))),
        experience=st.sampled_from((None, 0, 12, 24, 30)),
    )
    letting_in = st.sampled_from((None, "state", "experience"))

    def let_in(reach, name):
        return reach.with_unstated(name) if name and reach.asks(name) else reach

    return st.builds(
        StepQuestion,
        reach=st.builds(let_in, reach, letting_in),
        role=st.sampled_from(("", *ROLES)),
    )


@given(question=told())
@examples(max_examples=60)
def test_what_is_printed_is_read_as_the_same(board, question):
    again = parse(parse_qs(question.query_string()), DatabaseTerms())
    assert again == question


@given(question=told())
@examples(max_examples=20)
def test_the_form_sent_as_it_is_tells_the_same_again(board, client, question):
    html = html_of(client, question.query_string())
    form = html[html.index("<form") : html.index("</form>")]
    sent = [
        (re.search(r'name="([^"]+)"', tag)[1], re.search(r'value="([^"]*)"', tag)[1])
        for tag in re.findall(r"<input[^>]*>", form)
        if 'type="checkbox"' not in tag or "checked" in tag
    ]
    for name, options in re.findall(r'<select[^>]*name="(\w+)">(.*?)</select>', form):
        selected = re.findall(r'value="([^"]*)" selected', options)
        sent += [(name, value) for value in selected]
    query = {}
    for name, value in sent:
        query.setdefault(name, []).append(value)
    assert parse(query, DatabaseTerms()) == question


@pytest.mark.parametrize(
    "query",
    [
        "holds=%00", "holds=%ED%A0%80", "holds=" + "CPC," * 500, "holds=,;,",
        "role=%00", "role=not-stated", "state=%27%3B--", "remote=not-stated",
        "experience=-1", "experience=1e9", "experience=not-stated", "=", "&&&", "%",
        "holds=CPC&holds=none&state=PR&remote=remote&experience=600",
        "holds=<script>alert(1)</script>", "role=<img src=x>", "%00=%00",
    ],
)  # fmt: skip
def test_no_address_is_an_error(board, client, query):
    response = client.get(f"{reverse('next-step')}?{query}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert b"<img src=x" not in response.content


# What is answered


def counts(page):
    """Every number of the page with the address behind it."""
    if page.has_wallet:
        yield page.today
        today = page.today.count
        yield from (Count(today + left.count, left.url) for left in page.left_out)
        for step in page.steps:
            yield step.opens
            if step.apprentice:
                yield step.apprentice[1]
        yield from (opens for _, opens in page.other_steps)
    for apprentice in page.apprentices:
        yield from (apprentice.accepted, apprentice.more, apprentice.counts_toward)
    for role in page.next_roles:
        yield role.open
        if role.now:
            yield role.now


@given(question=told())
@examples(max_examples=60)
def test_every_number_is_the_total_of_the_page_it_leads_to(board, question):
    shown = list(counts(NextStep(question, MOVES)))
    behind = []
    for count in shown:
        path, query = urlsplit(count.url)[2:4]
        found = parse_criteria(parse_qs(query), DatabaseTerms())
        assert path == reverse("results")
        assert not found.notices
        behind.append(found.criteria)
    assert ENGINE.totals(behind) == tuple(count.count for count in shown)


@given(wallet=WALLETS)
@examples(max_examples=20)
def test_what_is_not_shown_in_full_is_named(board, wallet):
    """Every credential that would open something stands on the page once."""
    page = NextStep(StepQuestion(JobCriteria(holds=wallet)))
    named = [step.credential.slug for step in page.steps]
    named += [credential.slug for credential, _ in page.other_steps]
    assert len(named) == len(set(named))
    full = {slug for slug in WALLET if not slug.endswith("-A")}
    opening = {slug for slug in full if page.plan.adding(slug).count}
    assert set(named) == opening


def test_a_first_visit_says_what_the_page_answers(board, client):
    words = words_of(html_of(client))
    assert "What it answers" in words
    assert "Left out" not in words
    assert "You qualify" not in words


def test_a_role_alone_leads_on_and_asks_for_the_wallet(bare, client):
    words = words_of(html_of(client, "role=medical-biller"))
    assert "Tick the credentials you hold" in words
    assert "From medical biller, the next role" in words
    assert "We know of no move on from this role yet." in words


def test_a_person_reads_where_they_stand(bare, client):
    JobListingFactory.create_batch(2, credential_rule=CPC)
    JobListingFactory(credential_rule=CCS)
    JobListingFactory(credential_rule=None)
    html = html_of(client, "holds=CPC&state=OH&experience=36")
    words = words_of(html)
    assert "You qualify for 2 open listings" in words
    assert (
        "Counted are listings that hire from Ohio and ask for at most 3 years of "
        "experience."
    ) in words
    assert "1 more does not state which credential they ask for." in words
    assert "Earn CCS Certified Coding Specialist +1 listing" in words
    assert '<meta name="robots" content="noindex">' in html


def test_only_what_is_about_the_reader_is_marked(board, client):
    def marks(query):
        return re.findall(r"<mark[^>]*>(.*?)</mark>", html_of(client, query))

    assert marks("") == marks("role=medical-biller") == []
    header, today = marks("holds=CPC&role=medical-biller&state=OH")
    assert header == "CPC, Ohio"
    assert today.startswith("You qualify for ")


# Credentials


@pytest.mark.parametrize("status", ["retired", "renamed", "closed"])
def test_what_nobody_can_earn_any_more_is_not_offered(bare, status):
    JobListingFactory(credential_rule=rule(Group(("CCS", "CRC"))))
    Credential.objects.filter(slug="CCS").update(status=status)
    assert [step.credential.slug for step in page_of(holds="CPC").steps] == ["CRC"]


def test_an_apprentice_form_stands_with_its_full_credential(bare):
    JobListingFactory.create_batch(2, credential_rule=rule(Group(("CPC",), True)))
    JobListingFactory.create_batch(3, credential_rule=CPC)
    (step,) = page_of(holds="CCS").steps
    form, opens = step.apprentice
    assert (step.credential.slug, step.opens.count) == ("CPC", 5)
    assert (form, opens.count) == ("CPC-A", 2)


def test_who_holds_the_full_credential_is_never_offered_the_apprentice_form(bare):
    JobListingFactory(credential_rule=rule(Group(("CPC",), True)))
    JobListingFactory(credential_rule=rule(Group(("CPC-A",)), Group(("CCS",))))
    page = page_of(holds="CPC")
    assert [step.credential.slug for step in page.steps] == ["CCS"]
    assert page.steps[0].apprentice is None
    assert page.other_steps == []
    assert page.apprentices == []


def test_an_apprentice_reads_what_the_a_means(bare, client):
    open_to_a = rule(Group(("CPC",), True))
    JobListingFactory.create_batch(2, credential_rule=open_to_a, role="entry-coder")
    JobListingFactory(credential_rule=open_to_a, role="medical-biller")
    JobListingFactory.create_batch(4, credential_rule=CPC, role="profee-coder")
    JobListingFactory(credential_rule=rule(), role="profee-coder")
    (apprentice,) = page_of(holds="CPC-A").apprentices
    assert apprentice.accepted.count == 3
    assert apprentice.more.count == 4
    assert apprentice.counts_toward.count == 3
    (step,) = page_of(holds="CPC-A").steps
    assert (step.completes, step.apprentice) == ("CPC-A", None)
    words = words_of(html_of(client, "holds=CPC-A"))
    assert "With CPC-A: what the A means today" in words
    assert "4 more open when CPC-A becomes CPC." in words
    assert "Take the A off CPC" in words


def test_the_ways_in_which_the_a_comes_off_are_those_on_its_page(bare, client):
    page = CredentialPageFactory(
        credential=Credential.objects.get(slug="CPC-A"), title="CPC-A", slug="cpc-a"
    )
    CredentialFact.objects.create(
        page=page,
        kind="apprentice",
        text="Two years of coding work take the A off.",
        source_name="AAPC, apprenticeship",
        source_url="https://www.aapc.com/",
        checked_on="2026-06-30",
    )
    html = html_of(client, "holds=CPC-A")
    assert "Two years of coding work take the A off." in html
    assert page.url in html
    page.unpublish()
    html = html_of(client, "holds=CPC-A")
    assert "Two years of coding work" not in html


def test_a_step_says_what_it_takes_or_that_nothing_is_known(bare, client):
    JobListingFactory(credential_rule=rule(Group(("CCS", "CRC"))))
    page = CredentialPageFactory(
        credential=Credential.objects.get(slug="CCS"), title="CCS", slug="ccs"
    )
    for kind, low, high in (("cost", 299, 399), ("study_hours", 80, 120)):
        CredentialFact.objects.create(
            page=page,
            kind=kind,
            text="As AHIMA says.",
            low=low,
            high=high,
            source_name="AHIMA",
            checked_on="2026-06-30",
        )
    ccs, crc = sorted(page_of(holds="CPC").steps, key=lambda step: step.credential.slug)
    assert (ccs.cost, ccs.hours) == ("$299 to $399", "80 to 120 hours")
    assert ccs.missing == "prerequisites"
    assert (crc.facts, crc.credential.url) == ([], "")
    words = words_of(html_of(client, "holds=CPC"))
    assert "What CCS takes: $299 to $399, 80 to 120 hours" in words
    assert "No sourced facts yet about its cost, hours and prerequisites." in words


@pytest.mark.parametrize(
    ("listings", "employers", "median", "difference", "words"),
    [
        (0, 0, None, None, "None of them posts pay that can be counted."),
        (
            1,
            1,
            None,
            None,
            "Too few post their pay for a median: 1 listing by 1 employer.",
        ),
        (
            1200,
            40,
            60_000,
            None,
            "Median posted pay $60,000 a year, of 1,200 listings by 40 employers.",
        ),
        (
            6,
            5,
            60_000,
            5_449.0,
            "Median posted pay $60,000 a year, of 6 listings by 5 employers: $5,400 "
            "more than what you qualify for today.",
        ),
        (
            6,
            5,
            60_000,
            -2_000.0,
            "Median posted pay $60,000 a year, of 6 listings by 5 employers: $2,000 "
            "less than what you qualify for today.",
        ),
        (
            6,
            5,
            60_000,
            3.0,
            "Median posted pay $60,000 a year, of 6 listings by 5 employers: as much "
            "as what you qualify for today.",
        ),
    ],
)
def test_pay_in_words(listings, employers, median, difference, words):
    percentiles = median and (0.0, 0.0, float(median), 0.0, 0.0)
    figures = Figures(listings, employers, percentiles or None, None)
    assert next_step._pay_words(figures, difference) == words


# Moves


def test_roles_that_one_qualifies_for_come_first(bare):
    JobListingFactory.create_batch(3, credential_rule=CCS, role="inpatient-coder")
    JobListingFactory(credential_rule=CPC, role="coding-auditor")
    moves = [
        MoveEdge("profee-coder", role, 12, 24, "More.", ("CPC", "CPMA", "CPC-H"))
        for role in ("inpatient-coder", "coding-auditor", "gone")
    ]
    page = page_of(moves, holds="CPC", role="profee-coder")
    auditor, inpatient = page.next_roles
    assert auditor.word.slug == "coding-auditor"
    assert (auditor.open.count, auditor.now.count) == (1, 1)
    assert (inpatient.open.count, inpatient.now.count) == (3, 0)
    assert auditor.takes == "12 to 24 months"
    assert auditor.held == ["CPC"]
    assert [credential.slug for credential in auditor.lacking] == ["CPMA"]
    assert auditor.difference == ""


def test_a_move_says_how_far_the_posted_medians_lie_apart(bare, client):
    for role, pay in (("medical-biller", 50_000), ("denials-specialist", 58_400)):
        for _ in range(5):
            JobListingFactory(
                role=role,
                employer=EmployerFactory(),
                pay_minimum=pay,
                pay_maximum=pay,
                pay_period="year",
            )
    MoveFactory(
        from_role=Role.objects.get(slug="medical-biller"),
        to_role=Role.objects.get(slug="denials-specialist"),
        what_changes="Only the claims that failed.",
    )
    words = words_of(html_of(client, "role=medical-biller&holds=none"))
    assert "The role posts $8,400 more than medical biller at the median" in words
    assert "Only the claims that failed." in words
    assert "5 open listings for A/R and denials specialist within your reach" in words


def test_queries_do_not_grow_with_what_is_asked(
    board, client, django_assert_max_num_queries
):
    query = "holds=CPC-A&role=inpatient-coder&state=OH&remote=remote&experience=24"
    html_of(client, query)
    with django_assert_max_num_queries(10):
        html_of(client, query)
