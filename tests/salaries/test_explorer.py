"""What the explorer says of groups and of their parts."""

from datetime import UTC, datetime, timedelta
from random import Random

from django.utils import timezone

import numpy as np
import pytest
import time_machine

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.credential_rule import Group as Clause
from careers.jobs.facets import NOT_STATED
from careers.salaries.criteria import PAY_FACET, PayCriteria
from careers.salaries.explorer import Explored, difference, explore
from tests.jobs.factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def explored(**chosen):
    is_sample = chosen.pop("is_sample", False)
    return Explored(PayCriteria(**chosen), is_sample=is_sample)


def values(parts):
    return [part.value for part in parts]


def listings(parts):
    return {part.value: part.figures.listings for part in parts}


@pytest.fixture
def five(post):
    """Post one figure of five employers: ``five(60_000, **facts)``."""

    def posted(pay, *, high=None, **facts):
        return [post(pay, high or pay, **facts) for _ in range(5)]

    return posted


@pytest.fixture
def board(post):
    """Listings with random facts and silences: ``board(seed)``."""

    def made(seed, several=70):
        drawn = Random(seed)
        employers = EmployerFactory.create_batch(9)

        def some(*values):
            return drawn.sample(values, drawn.randint(0, len(values)))

        for _ in range(several):
            low = drawn.randrange(40_000, 90_000, 500)
            remote = drawn.choice(["remote", "hybrid", "onsite", ""])
            rule = drawn.choice(
                [
                    None,
                    CredentialRule(),
                    CredentialRule((), ("CPC",)),
                    CredentialRule((Clause(("CPC", "CCS")),)),
                    CredentialRule(
                        (Clause(("CCS",)), Clause(("CRC",), within_months=6))
                    ),
                    CredentialRule((Clause(("CTR",)),), ("CPC",)),
                ]
            )
            post(
                low,
                low + drawn.choice([0, 4_000, 20_000]),
                employer=drawn.choice(employers),
                role=drawn.choice(["inpatient-coder", "profee-coder", ""]),
                remote=remote,
                places=[dict(place) for place in some(COLUMBUS, AUSTIN)],
                states_basis=drawn.choice(["", "anywhere"]) if remote else "",
                credential_rule=rule and rule.as_json(),
                experience_months=drawn.choice(
                    [None, 0, 1, 12, 13, 24, 25, 60, 61, 120]
                ),
                settings=some("hospital", "clinic"),
                employment=some("full-time", "per-diem"),
                software=some("epic", "meditech"),
                posted_at=timezone.now() - timedelta(days=drawn.randint(0, 700)),
            )

    return made


# Figures


def test_every_figure_of_a_group(five):
    five(60_000, high=80_000)
    figures = explored().figures
    assert (figures.listings, figures.employers) == (5, 5)
    assert (figures.p10, figures.p25, figures.median, figures.p75, figures.p90) == (
        pytest.approx((62_000, 65_000, 70_000, 75_000, 78_000))
    )
    assert figures.interval == pytest.approx((70_000, 70_000), abs=1)
    assert figures.is_enough


@pytest.mark.parametrize(("several", "employers"), [(0, 0), (4, 4), (9, 3)])
def test_too_few_have_a_number_and_no_figure(post, several, employers):
    those = EmployerFactory.create_batch(employers)
    for n in range(several):
        post(60_000, 80_000, employer=those[n % employers])
    found = explored()
    figures = found.figures
    assert (figures.listings, figures.employers) == (several, employers)
    assert (figures.percentiles, figures.interval, figures.is_enough) == (
        None,
        None,
        False,
    )
    assert {figures.p10, figures.p25, figures.median, figures.p75, figures.p90} == {
        None
    }


def test_the_spread_of_a_group(five):
    five(60_000, high=80_000)
    found = explored()
    shares = found.density(np.array([50_000.0, 60_000, 65_000, 80_000, 90_000]))
    assert shares == pytest.approx([0, 0.25, 0.75, 0], abs=1e-9)


def test_pay_by_the_hour_and_by_the_year_meet_in_one_unit(post):
    for _ in range(5):
        post("30.00", "30.00", pay_period="hour")
        post(62_400, 62_400)
    by_year, by_hour = explored().figures, explored(per="hour").figures
    assert by_year.listings == by_hour.listings == 10
    assert set(by_year.percentiles) == {62_400.0}
    assert set(by_hour.percentiles) == {30.0}
    for part in explored(per="hour").by("setting") + explored(per="hour").quarters():
        assert part.figures.median == 30.0
    gap = difference(explored(per="hour"), explored(per="hour", remote=("onsite",)))
    assert gap.dollars == 0


def test_samples_and_real_listings_are_never_one_figure(five):
    five(40_000, is_sample=True)
    assert explore(PayCriteria()).is_sample
    five(90_000)
    real = explore(PayCriteria())
    assert not real.is_sample
    for found, pay in ((real, 90_000), (explored(is_sample=True), 40_000)):
        assert (found.figures.listings, found.figures.median) == (5, pay)
        for facet in PAY_FACET:
            assert {part.figures.listings for part in found.by(facet)} <= {5}
        assert listings(found.quarters()).popitem()[1] == 5


def test_a_broader_group_of_samples_is_of_samples(five):
    five(90_000)
    five(40_000, is_sample=True)
    assert explored(is_sample=True, state=("TX",)).wider().figures.median == 40_000


# Parts


@pytest.mark.parametrize("seed", range(3))
def test_a_part_is_the_group_that_its_value_chooses(board, seed):
    """The number in a row is the number of listings that its link opens."""
    board(seed)
    narrowed = [
        {},
        {"role": ("inpatient-coder",)},
        {"remote": ("remote", NOT_STATED)},
        {"credential": ("CCS", "none-asked"), "window": 12},
        {"experience": ("0", "1-12", NOT_STATED), "per": "hour"},
    ]
    for chosen in narrowed:
        criteria = PayCriteria(**chosen)
        found = Explored(criteria, is_sample=False)
        for facet in PAY_FACET:
            for part in found.by(facet):
                alone = Explored(criteria.choosing(facet, part.value), is_sample=False)
                where = (chosen, facet, part.value)
                assert alone.figures.listings == part.figures.listings, where
                assert alone.figures.employers == part.figures.employers, where
                assert alone.figures.percentiles == pytest.approx(
                    part.figures.percentiles
                ), where


@pytest.mark.parametrize("facet", sorted(set(PAY_FACET) - {"state"}))
def test_no_listing_is_lost_between_the_parts(board, facet):
    """Whoever is silent has a part as well; several values are several parts."""
    board(7, several=30)
    parts = explored().by(facet)
    anyone = explored(**{facet: tuple(sorted(values(parts)))})
    assert anyone.figures == explored().figures
    assert sum(listings(parts).values()) >= 30


def test_parts_are_the_same_whatever_value_is_chosen(board):
    board(3, several=40)
    for facet in PAY_FACET:
        every = explored().by(facet)
        chosen = explored(**{facet: (every[0].value,)})
        assert chosen.by(facet) == every


def test_other_choices_narrow_the_parts(five):
    five(60_000, remote="remote", places=[])
    five(80_000, role="profee-coder")
    found = explored(role=("profee-coder",))
    assert listings(found.by("remote")) == {"onsite": 5}
    assert listings(found.by("role")) == {"profee-coder": 5, "inpatient-coder": 5}


def test_parts_stand_by_their_medians_then_by_number_and_silence_is_last(post, five):
    five(60_000, remote="hybrid")
    five(70_000, remote="onsite")
    five(99_000, remote="")
    post(95_000, 95_000, remote="remote", places=[])
    assert values(explored().by("remote")) == [
        "onsite",
        "hybrid",
        "remote",
        NOT_STATED,
    ]


def test_of_parts_with_too_few_the_larger_comes_first(post):
    for several, setting in (
        (1, "clinic"),
        (3, "payer"),
        (2, "hospital"),
        (2, "dental"),
    ):
        for _ in range(several):
            post(60_000, 60_000, settings=[setting])
    assert values(explored().by("setting")) == ["payer", "dental", "hospital", "clinic"]


def test_experience_stands_in_its_own_order(post, five):
    five(90_000, experience_months=6)
    for months in (None, 120, 0, 24, 36):
        post(60_000, 60_000, experience_months=months)
    assert values(explored().by("experience")) == [
        "0",
        "1-12",
        "13-24",
        "25-60",
        "61+",
        NOT_STATED,
    ]


def test_a_role_that_is_not_stated_is_told_so(post):
    post(60_000, 60_000, role="")
    (part,) = explored().by("role")
    assert part.value == NOT_STATED
    assert explored(role=(NOT_STATED,)).figures.listings == 1


def test_an_empty_site_has_no_parts():
    found = explored()
    assert [found.by(facet) for facet in PAY_FACET] == [[]] * len(PAY_FACET)
    assert found.quarters() == []
    assert found.wider() is None


# Quarters


def test_quarters_between_the_first_and_the_last_are_there_even_if_empty(post, five):
    with time_machine.travel(NOON, tick=False):
        post(50_000, 50_000, posted_at=datetime(2026, 1, 1, 0, 0, tzinfo=UTC))
        post(50_000, 50_000, posted_at=datetime(2026, 3, 31, 23, 59, tzinfo=UTC))
        five(60_000, posted_at=NOON)
        quarters = explored().quarters()
    assert list(listings(quarters).items()) == [
        ("2026 Q1", 2),
        ("2026 Q2", 0),
        ("2026 Q3", 0),
        ("2026 Q4", 5),
    ]
    assert quarters[-1].figures.median == 60_000
    assert quarters[0].figures.median is None


def test_quarters_count_every_range_of_the_group_once(board):
    board(4, several=40)
    found = explored(role=("inpatient-coder",))
    assert sum(listings(found.quarters()).values()) == found.figures.listings


# Broader groups


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (
            {"role": ("profee-coder",), "software": ("epic",)},
            {"role": ("profee-coder",)},
        ),
        (
            {"role": ("profee-coder",), "state": ("TX",), "setting": ("clinic",)},
            {"role": ("profee-coder",)},
        ),
        ({"role": ("him-director",), "per": "hour"}, {"per": "hour"}),
        ({"role": ("him-director",), "state": ("OH",)}, {"role": ()}),
    ],
)
def test_a_group_with_too_few_is_shown_the_nearest_with_enough(five, asked, answer):
    five(60_000, role="profee-coder")
    five(70_000)
    assert explored(**asked).wider().criteria == PayCriteria(**answer)


def test_a_broader_group_keeps_unit_and_window(post, five):
    five(60_000, posted_at=timezone.now() - timedelta(days=300))
    assert explored(role=("him-director",), window=6).wider() is None
    wider = explored(role=("him-director",), window=12, per="hour").wider()
    assert wider.criteria == PayCriteria(window=12, per="hour")


# Two groups


def test_a_difference_and_its_interval(post):
    drawn = Random(1)
    for _ in range(40):
        pay = drawn.randrange(50_000, 70_000, 100)
        post(pay, pay, remote="onsite")
        pay = drawn.randrange(58_000, 78_000, 100)
        post(pay, pay, remote="hybrid")
    first, second = explored(remote=("hybrid",)), explored(remote=("onsite",))
    gap = difference(first, second)
    assert gap.dollars == first.figures.median - second.figures.median
    low, high = gap.interval
    assert low < 8_000 < high
    assert 0 < low < gap.dollars < high
    assert gap.is_clear
    other_way = difference(second, first)
    assert other_way.dollars == -gap.dollars
    assert other_way.is_clear
    assert other_way.interval[1] < 0


def test_groups_alike_are_not_told_apart(post):
    drawn = Random(2)
    for n in range(60):
        pay = drawn.randrange(50_000, 70_000, 100)
        post(pay, pay, remote=("onsite", "hybrid")[n % 2])
    gap = difference(explored(remote=("hybrid",)), explored(remote=("onsite",)))
    assert gap.interval[0] <= 0 <= gap.interval[1]
    assert not gap.is_clear


def test_employers_who_post_in_both_groups_do_not_blur_the_difference(post):
    """Each pays 5,000 more for the one, but they pay very different amounts."""
    for n in range(9):
        employer = EmployerFactory()
        pay = 40_000 + 6_000 * n
        post(pay, pay, employer=employer, remote="onsite")
        post(pay + 5_000, pay + 5_000, employer=employer, remote="hybrid")
    gap = difference(explored(remote=("hybrid",)), explored(remote=("onsite",)))
    assert gap.dollars == 5_000
    assert gap.interval == pytest.approx((5_000, 5_000), abs=500)
    assert gap.is_clear


def test_a_group_and_a_part_of_it_are_compared(five):
    five(60_000)
    five(80_000, role="profee-coder")
    gap = difference(explored(role=("profee-coder",)), explored())
    assert gap.dollars == pytest.approx(20_000)


def test_too_few_in_one_of_two_are_not_compared(post, five):
    five(60_000)
    post(80_000, 80_000, remote="hybrid")
    few, enough = explored(remote=("hybrid",)), explored(remote=("onsite",))
    assert difference(few, enough) is None
    assert difference(enough, few) is None


def test_what_posts_no_pay_is_in_no_figure_and_no_part(five):
    five(60_000)
    JobListingFactory.create_batch(3, unpaid=True, settings=["clinic"])
    found = explored()
    assert found.figures.listings == 5
    assert found.group.left_out == {"pay-not-posted": 3}
    assert values(found.by("setting")) == ["hospital"]
