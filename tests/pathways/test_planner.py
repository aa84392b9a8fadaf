"""What a wallet opens: every count is that of the results page it leads to."""

from dataclasses import replace

from django.db import transaction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.criteria import NONE_HELD, JobCriteria
from careers.jobs.models import Employer, JobListing
from careers.pathways import planner
from careers.pathways.planner import Plan, RuleGroups
from careers.salaries.distribution import Ranges, estimate
from search.engines.postgres import PostgresEngine
from tests.jobs.factories import EmployerFactory, JobListingFactory
from tests.search.board import ROLES, WALLET, make_board
from tests.search.questions import WALLETS, chosen

pytestmark = pytest.mark.django_db

ENGINE = PostgresEngine()


@pytest.fixture(scope="module")
def board(django_db_setup, django_db_blocker):
    """Listings with random facts, made once for a module's tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        yield make_board(seed=23, size=300)
        transaction.set_rollback(True)


@pytest.fixture
def bare(board):
    """The board's words without its listings."""
    JobListing.objects.all().delete()
    Employer.objects.all().delete()


@st.composite
def reaches(draw, wallets=WALLETS):
    """What the form can ask: a wallet, and whatever else keeps a person from work."""
    asked = {
        "holds": draw(wallets),
        "state": draw(st.sampled_from(("", "OH", "TX", "WY"))),
        "remote": draw(st.sampled_from(((), ("remote",)))),
        "experience": draw(st.sampled_from((None, 0, 12, 24, 60))),
    }
    may_be_silent = [
        name for name in ("state", "experience") if asked[name] not in ("", None)
    ]
    silent = draw(st.sets(st.sampled_from(may_be_silent))) if may_be_silent else ()
    return JobCriteria(**asked, unstated=frozenset(silent))


def assert_true(*openings):
    """Each count is the total of the results page that asks its criteria."""
    counts = tuple(opening.count for opening in openings)
    assert ENGINE.totals([opening.criteria for opening in openings]) == counts


# Counts


@given(reach=reaches())
@examples(max_examples=60)
def test_what_one_qualifies_for_today_is_what_the_results_page_shows(board, reach):
    plan = Plan(reach)
    assert_true(plan.today, plan.on_apprentice_form)
    assert plan.today.count == len(board.answering(plan.today.criteria))


@given(reach=reaches())
@examples(max_examples=60)
def test_what_a_credential_opens_is_what_the_results_page_shows(board, reach):
    plan = Plan(reach)
    assert_true(*map(plan.adding, WALLET))
    for opening in map(plan.adding, WALLET):
        assert opening.count == len(board.answering(opening.criteria))


@given(reach=reaches(st.one_of(WALLETS, st.just(()))), roles=chosen(ROLES))
@examples(max_examples=60)
def test_what_a_role_has_open_is_what_the_results_page_shows(board, reach, roles):
    plan = Plan(reach, roles)
    for role in roles:
        found = plan.role(role)
        assert_true(found.open)
        if reach.holds:
            assert_true(found.now)
        else:
            assert found.now is None
    if roles and reach.holds:
        assert_true(plan.now_in(roles))


@given(reach=reaches())
@examples(max_examples=60)
def test_silence_is_counted_apart_as_on_the_results_page(board, reach):
    plan = Plan(reach)
    today = plan.today.criteria
    for name, more in plan.unstated.items():
        if name == "fit" or today.asks(name):
            let_in = len(board.answering(today.with_unstated(name)))
            assert more == let_in - plan.today.count, name
        else:
            assert more == 0


@given(wallet=st.sets(st.sampled_from(WALLET), max_size=4))
@examples(max_examples=60)
def test_groups_of_a_rule_judge_as_the_rule_does(board, wallet):
    for listing in board.listings.values():
        verdict = board.evaluator.judge(listing.rule, wallet)
        listing.derive()
        groups = RuleGroups(
            is_stated=listing.rule is not None,
            due=_sets(listing, "due"),
            full=_sets(listing, "full"),
        )
        assert groups.fits(wallet) == verdict.qualifies
        assert groups.rests_on_apprentice(wallet) == ("apprentice" in verdict.fits)
        assert groups.one_more(wallet) == set(verdict.one_more)


def _sets(listing, kind):
    found = [getattr(listing, f"{kind}_{n}") for n in range(1, 5)]
    return tuple(frozenset(group) for group in found if group is not None)


# Pay


@given(reach=reaches())
@examples(max_examples=40)
def test_pay_is_that_of_the_listings_counted(board, reach):
    plan = Plan(reach)
    assert_alike(plan.todays_pay, _posted(board, plan.today.criteria))
    for opened in plan.with_pay(plan.ranked(WALLET)):
        assert_alike(opened.figures, _posted(board, opened.opening.criteria))
        medians = opened.figures.median, plan.todays_pay.median
        expected = medians[0] - medians[1] if all(medians) else None
        assert opened.difference == expected


def assert_alike(found, expected):
    """To the cent: the order in which ranges come moves a figure by less."""
    assert found.listings == expected.listings
    assert found.employers == expected.employers
    assert found.percentiles == (
        expected.percentiles and pytest.approx(expected.percentiles, abs=0.01)
    )


def _posted(board, criteria):
    """The figures of listings that post a range which can be."""
    rows = [
        (float(low), float(high), board.listings[pk].employer_id)
        for pk in board.answering(criteria)
        if (pay := board.listings[pk].pay) and (ends := pay.yearly)
        for low, high in [ends]
        if low >= 10_000 and high <= 1_000_000
    ]
    low, high, employers = np.array(rows).reshape(-1, 3).T
    found = estimate(Ranges(low, high, employers.astype(int)), draws=0)
    (figures,) = planner.figures_of(found)
    return figures


def _post(number, *, employers=None, **facts):
    firms = EmployerFactory.create_batch(employers or number)
    return [
        JobListingFactory(
            employer=firms[n % len(firms)],
            pay_minimum=60_000,
            pay_maximum=70_000,
            pay_period="year",
            **facts,
        )
        for n in range(number)
    ]


CPC = CredentialRule((Group(("CPC",)),)).as_json()
CCS = CredentialRule((Group(("CCS",)),)).as_json()


@pytest.mark.parametrize(
    ("listings", "employers", "median"),
    [(5, 4, 65_000), (4, 4, None), (5, 3, None), (1, 1, None)],
)
def test_few_listings_or_employers_have_no_median(bare, listings, employers, median):
    _post(listings, employers=employers, credential_rule=CPC)
    plan = Plan(JobCriteria(holds=("CPC",)))
    assert plan.todays_pay.median == median
    assert (plan.todays_pay.listings, plan.todays_pay.employers) == (
        listings,
        employers,
    )


def test_samples_and_real_listings_are_counted_together_and_paid_apart(bare):
    _post(5, credential_rule=CPC)
    _post(6, credential_rule=CPC, is_sample=True)
    reach = JobCriteria(holds=("CPC",))
    assert Plan(reach).today.count == 11
    assert Plan(reach).todays_pay.listings == 5
    assert Plan(reach, is_sample=True).todays_pay.listings == 6


def test_pay_that_nothing_converts_is_left_out(bare):
    _post(5, credential_rule=CPC)
    JobListingFactory(
        credential_rule=CPC, pay_minimum=2, pay_maximum=3, pay_period="chart"
    )
    plan = Plan(JobCriteria(holds=("CPC",)))
    assert plan.today.count == 6
    assert plan.todays_pay.listings == 5


# Ranking


def test_credentials_are_ranked_by_what_they_open_and_then_by_pay(bare):
    _post(5, credential_rule=CPC)
    crc = CredentialRule((Group(("CRC",)),)).as_json()
    _post(5, credential_rule=CCS)
    for listing in _post(5, credential_rule=crc):
        listing.pay_maximum = 90_000
        listing.save()
    both = CredentialRule((Group(("CPMA", "COC")),)).as_json()
    _post(6, credential_rule=both)
    plan = Plan(JobCriteria(holds=("CPC",)))
    ranked = plan.with_pay(plan.ranked(("CCS", "CRC", "CPMA", "CPC", "RHIT")))
    assert [(one.credential, one.opening.count) for one in ranked] == [
        ("CPMA", 6),
        ("CRC", 5),
        ("CCS", 5),
    ]
    assert [one.difference for one in ranked] == [0, 10_000, 0]


def test_only_what_is_offered_is_ranked(bare):
    _post(1, credential_rule=CCS)
    plan = Plan(JobCriteria(holds=(NONE_HELD,)))
    assert plan.ranked(()) == []
    assert [one.criteria.adding for one in plan.ranked(("CCS", "CPC"))] == ["CCS"]


# Reading


def test_a_rule_never_seen_is_read_once(bare, django_assert_num_queries):
    """The driver's own cursor, which reads the listings, is not counted."""
    planner._Known.rules.clear()
    _post(2, credential_rule=CPC)
    reach = JobCriteria(holds=("CPC",))
    with django_assert_num_queries(1):
        assert Plan(reach).today.count == 2
    with django_assert_num_queries(0):
        assert Plan(reach).today.count == 2
    _post(1, credential_rule=CCS)
    with django_assert_num_queries(1):
        assert Plan(reach).adding("CCS").count == 1


def test_a_changed_rule_is_held_against_at_once(bare):
    (listing,) = _post(1, credential_rule=CPC)
    plan = Plan(JobCriteria(holds=("CPC",)))
    assert plan.today.count == 1
    listing.credential_rule = CCS
    listing.save()
    after = replace(plan)
    assert (after.today.count, after.adding("CCS").count) == (0, 1)
