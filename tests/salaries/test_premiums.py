"""What listings that ask for something post, against listings that are alike."""

from random import Random

import pytest

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.credential_rule import Group as Clause
from careers.salaries.criteria import PayCriteria
from careers.salaries.explorer import Explored
from careers.salaries.premiums import premiums
from tests.jobs.factories import EmployerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

LOW, HIGH = "medical-biller", "him-director"


def rule(*slugs):
    return CredentialRule((Clause(slugs),)).as_json()


CPC, CCS, NONE_ASKED = rule("CPC"), rule("CCS"), CredentialRule().as_json()


def found(facet, values=(), **chosen):
    group = Explored(PayCriteria(**chosen), is_sample=False).group
    return {premium.value: premium for premium in premiums(group, facet, values)}


@pytest.fixture
def several(post):
    """Post one figure a number of times, by as many employers."""

    def posted(number, pay, **facts):
        return [post(pay, pay, **facts) for _ in range(number)]

    return posted


def test_a_mix_of_roles_does_not_pass_for_a_premium(several):
    """Most who ask for CCS are directors, but within each role CCS posts less."""
    several(5, 38_000, role=LOW, credential_rule=CCS)
    several(15, 40_000, role=LOW, credential_rule=CPC)
    several(15, 98_000, role=HIGH, credential_rule=CCS)
    several(5, 100_000, role=HIGH, credential_rule=CPC)
    naive = [
        Explored(PayCriteria(credential=(slug,)), is_sample=False).figures.median
        for slug in ("CCS", "CPC")
    ]
    assert naive == [98_000, 40_000]
    premium = found("credential")["CCS"]
    assert premium.dollars == pytest.approx(-2_000)
    assert premium.interval == pytest.approx((-2_000, -2_000), abs=50)
    assert premium.is_clear
    assert (premium.listings, premium.others, premium.roles) == (20, 20, 2)


def test_roles_weigh_as_much_as_their_smaller_side_allows(several):
    several(5, 41_000, role=LOW, credential_rule=CCS)
    several(20, 40_000, role=LOW, credential_rule=CPC)
    several(10, 105_000, role=HIGH, credential_rule=CCS)
    several(10, 100_000, role=HIGH, credential_rule=CPC)
    # 5 * 20 / 25 = 4 and 10 * 10 / 20 = 5.
    expected = (4 * 1_000 + 5 * 5_000) / 9
    assert found("credential")["CCS"].dollars == pytest.approx(expected)


def test_a_role_with_too_few_on_one_side_says_nothing(several):
    several(5, 41_000, role=LOW, credential_rule=CCS)
    several(5, 40_000, role=LOW, credential_rule=CPC)
    several(9, 150_000, role=HIGH, credential_rule=CCS)
    several(4, 100_000, role=HIGH, credential_rule=CPC)
    premium = found("credential")["CCS"]
    assert premium.dollars == pytest.approx(1_000)
    assert (premium.listings, premium.others, premium.roles) == (5, 5, 1)


def test_too_few_employers_on_one_side_say_nothing(post, several):
    several(5, 40_000, credential_rule=CPC)
    employers = EmployerFactory.create_batch(3)
    for n in range(9):
        post(50_000, 50_000, credential_rule=CCS, employer=employers[n % 3])
    assert found("credential") == {}


@pytest.mark.parametrize("facet", ["credential", "remote", "setting"])
def test_an_empty_group_and_a_uniform_one_have_none(several, facet):
    assert found(facet) == {}
    several(9, 50_000)
    assert found(facet) == {}


def test_remote_and_hybrid_work_stand_against_work_on_site_only(several):
    several(5, 50_000, remote="onsite")
    several(5, 53_000, remote="remote", places=[])
    several(5, 99_000, remote="hybrid")
    several(9, 20_000, remote="")
    premiums_of = found("remote")
    remote, hybrid = premiums_of["remote"], premiums_of["hybrid"]
    assert (remote.against, remote.dollars) == ("onsite", pytest.approx(3_000))
    assert (remote.listings, remote.others) == (5, 5)
    assert (hybrid.against, hybrid.dollars) == ("onsite", pytest.approx(49_000))


def test_without_work_on_site_nothing_is_said_of_remote_work(several):
    several(9, 53_000, remote="remote", places=[])
    several(9, 20_000, remote="")
    assert found("remote", ["remote"]) == {}


@pytest.mark.parametrize(
    ("facet", "facts", "others", "silence"),
    [
        (
            "credential",
            {"credential_rule": CCS},
            {"credential_rule": NONE_ASKED},
            {"credential_rule": None},
        ),
        (
            "setting",
            {"settings": ["hospital"]},
            {"settings": ["payer"]},
            {"settings": []},
        ),
        ("remote", {"remote": "hybrid"}, {"remote": "onsite"}, {"remote": ""}),
    ],
)
def test_silence_is_never_a_no(several, facet, facts, others, silence):
    """Those who do not say are on neither side, whatever they post."""
    several(6, 55_000, **facts)
    several(9, 20_000, **silence)
    assert found(facet) == {}
    several(6, 50_000, **others)
    value = {"credential": "CCS", "setting": "hospital", "remote": "hybrid"}[facet]
    premium = found(facet)[value]
    assert premium.dollars == pytest.approx(5_000)
    assert (premium.listings, premium.others) == (6, 6)


def test_a_preferred_credential_is_not_one_asked_for(several):
    prefers = CredentialRule((Clause(("CPC",)),), ("CCS",)).as_json()
    several(6, 55_000, credential_rule=prefers)
    several(6, 50_000, credential_rule=NONE_ASKED)
    assert set(found("credential")) == {"CPC", "none-asked"}


def test_listings_that_do_not_say_what_the_work_is_are_not_alike(several):
    several(9, 90_000, role="", credential_rule=CCS)
    several(9, 40_000, role="", credential_rule=CPC)
    assert found("credential") == {}


def test_a_difference_built_in_lies_in_the_interval(post):
    """Roles and employers differ widely; within both, CCS posts 4,000 more."""
    drawn = Random(3)
    for _ in range(40):
        employer = EmployerFactory()
        habit = drawn.gauss(0, 6_000)
        for role, usual in ((LOW, 45_000), (HIGH, 110_000)):
            for asked, more in ((CCS, 4_000), (CPC, 0)):
                low = round(usual + habit + more + drawn.gauss(0, 2_000), 2)
                post(
                    low,
                    low + 8_000,
                    role=role,
                    credential_rule=asked,
                    employer=employer,
                )
    premium = found("credential")["CCS"]
    low, high = premium.interval
    assert low < 4_000 < high
    assert low < premium.dollars < high
    assert 0 < low < high < 9_000
    assert found("credential")["CPC"].dollars == pytest.approx(-premium.dollars)


def test_premiums_are_in_the_unit_of_the_group(several):
    several(5, 52_000, credential_rule=CCS)
    several(5, 41_600, credential_rule=CPC)
    assert found("credential", per="hour")["CCS"].dollars == pytest.approx(5)


def test_the_largest_comes_first_and_only_those_asked_for(several):
    for pay, setting in ((50_000, "payer"), (60_000, "hospital"), (55_000, "clinic")):
        several(5, pay, settings=[setting])
    group = Explored(PayCriteria(), is_sample=False).group
    order = [premium.value for premium in premiums(group, "setting")]
    assert order[0] == "hospital"
    assert order[-1] == "payer"
    assert set(found("setting", ["clinic", "dental"])) == {"clinic"}


def test_samples_do_not_stand_against_real_listings(several):
    several(5, 90_000, credential_rule=CCS)
    several(5, 50_000, credential_rule=CPC, is_sample=True)
    assert found("credential") == {}
