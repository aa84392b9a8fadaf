"""Official wages of a role: the figures of its occupation, and how well they fit."""

from decimal import Decimal

from django.core.management import call_command

import pytest

from careers.jobs import vocabulary
from careers.jobs.models import Role
from careers.jobs.vocabulary_files import read_vocabulary
from careers.salaries.fits import FITS
from careers.salaries.models import OfficialWage
from careers.salaries.official import by_state, official

pytestmark = pytest.mark.django_db

#: The one occupation of a role of ours that the product holds no wages of.
WITHOUT_WAGES = {"billing-supervisor"}


@pytest.fixture
def _wages():
    call_command("load_vocabulary", terms_only=True, verbosity=0)
    call_command("load_wages", verbosity=0)


@pytest.mark.usefixtures("_wages")
def test_the_nation_s_figures_are_the_published_ones():
    found = official("medical-coder", per="year")
    assert (found.soc, found.occupation) == ("29-2072", "Medical Records Specialists")
    assert (found.area, found.area_name) == ("US", "United States")
    assert (found.date, found.per, found.employment) == ("May 2025", "year", 194_720)
    figures = (found.p10, found.p25, found.median, found.p75, found.p90)
    assert figures == (37_000, 43_490, 51_140, 64_820, 81_150)
    assert found.is_published
    assert official("medical-coder", per="hour").median == Decimal("24.59")


@pytest.mark.usefixtures("_wages")
def test_a_metropolitan_area_goes_before_its_state_and_the_state_before_the_nation():
    assert official("medical-coder", state="OH", metro="18140").area == "0018140"
    assert official("medical-coder", state="OH").area_name == "Ohio"
    assert official("medical-coder").area == "US"


@pytest.mark.usefixtures("_wages")
@pytest.mark.parametrize(
    "asked",
    [
        {"role": "no-role"},
        {"role": "billing-supervisor"},
        {"role": "medical-coder", "state": "AS"},
        {"role": "medical-coder", "metro": "99999"},
        {"role": "medical-coder", "metro": "10540"},
    ],
)
def test_nothing_is_answered_where_nothing_is_held(asked):
    assert official(**asked) is None


@pytest.mark.usefixtures("_wages")
def test_figures_that_are_not_published_are_none_and_nothing_stands_in():
    row = OfficialWage.objects.filter(soc="29-9021", area="OH")
    row.update(
        **{
            f"yearly_{name}": None
            for name in ("mean", "p10", "p25", "median", "p75", "p90")
        }
    )
    found = official("cancer-registrar", state="OH")
    assert not found.is_published
    assert found.median is None
    assert found.employment
    assert official("cancer-registrar", state="OH", per="hour").is_published
    assert "OH" not in by_state("cancer-registrar")


@pytest.mark.usefixtures("_wages")
@pytest.mark.parametrize("role", sorted(read_vocabulary().roles.keys() - WITHOUT_WAGES))
def test_every_role_has_national_wages_per_year_and_per_hour(role):
    for per in ("year", "hour"):
        found = official(role, per=per)
        assert 0 < found.p10 < found.median < found.p90
        assert found.fit == FITS[role].words


def test_every_role_says_how_its_occupation_fits():
    roles = read_vocabulary().roles
    assert FITS.keys() == roles.keys()
    for slug, fit in FITS.items():
        assert fit.soc == roles[slug].soc_code
        assert fit.words.endswith(".")


def test_roles_without_an_occupation_of_their_own_are_named():
    assert {slug for slug, fit in FITS.items() if fit.is_nearest} == {
        "cdi-specialist",
        "coding-auditor",
        "coding-educator",
        "coding-supervisor",
        "denials-specialist",
        "revenue-cycle-director",
        "revenue-cycle-manager",
        "revenue-integrity-analyst",
    }


@pytest.mark.usefixtures("_wages")
def test_a_role_that_an_editor_gave_another_occupation_says_only_what_it_is():
    Role.objects.filter(slug="coding-supervisor").update(soc_code="11-9111.00")
    vocabulary.forget()
    found = official("coding-supervisor")
    assert found.soc == "11-9111"
    assert not found.is_nearest
    assert found.fit == (
        "These are the figures of everyone counted among Medical and Health Services "
        "Managers."
    )


@pytest.mark.usefixtures("_wages")
def test_states_are_answered_at_once(django_assert_num_queries):
    vocabulary.current()
    with django_assert_num_queries(1):
        medians = by_state("medical-coder", "year")
    assert medians["OH"] == official("medical-coder", state="OH").median
    assert len(medians) == 53
    assert "US" not in medians
    assert by_state("medical-coder", "hour")["OH"] < 100
    assert by_state("no-role") == {}


@pytest.mark.usefixtures("_wages")
def test_an_area_is_answered_by_one_query(django_assert_num_queries):
    vocabulary.current()
    with django_assert_num_queries(1):
        official("medical-coder", metro="18140")
