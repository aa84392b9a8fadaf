"""What people ask of pay: parsing never fails, and equal groups print alike."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.jobs.terms import DatabaseTerms
from careers.salaries.criteria import (
    PAY_FACET,
    PayCriteria,
    PayQuestion,
    parse,
    wider,
)

pytestmark = pytest.mark.django_db


class FileTerms(DatabaseTerms):
    """Looks words up in the vocabulary as shipped."""

    def __init__(self, vocabulary):
        self.__dict__["vocabulary"] = vocabulary


@pytest.fixture
def ask(vocabulary):
    def asked(query):
        return parse(parse_qs(query, keep_blank_values=True), FileTerms(vocabulary))

    return asked


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {}),
        ("role=inpatient-coder", {"role": ("inpatient-coder",)}),
        ("role=Inpatient-Coder", {"role": ("inpatient-coder",)}),
        ("credential=cpc&credential=CCS", {"credential": ("CCS", "CPC")}),
        ("credential=none-asked", {"credential": ("none-asked",)}),
        ("state=ohio", {"state": ("OH",)}),
        ("state=not-stated", {"state": ("not-stated",)}),
        ("metro=columbus-oh", {"metro": ("18140",)}),
        ("metro=18140&state=OH", {"metro": ("18140",), "state": ("OH",)}),
        ("experience=13-24", {"experience": ("13-24",)}),
        ("experience=61%2B", {"experience": ("61+",)}),
        ("experience=61+", {"experience": ("61+",)}),
        ("per=hour", {"per": "hour"}),
        ("window=6", {"window": 6}),
        ("role=&state=", {}),
        ("utm_source=x", {}),
    ],
)
def test_what_is_understood(ask, query, expected):
    question = ask(query)
    assert question.group == PayCriteria(**expected)
    assert question.notices == ()
    assert question.versus is None


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("role=astronaut", "role", "astronaut"),
        ("vs-role=astronaut", "vs-role", "astronaut"),
        ("state=Atlantis", "state", "Atlantis"),
        ("metro=Atlantis", "metro", "Atlantis"),
        ("experience=9", "experience", "9"),
        ("per=week", "per", "per year or per hour"),
        ("window=7", "window", "6, 12, 24"),
        ("by=shoe-size", "by", "role, credential"),
        ("shoe=9", "shoe", "shoe"),
        ("metro=18140&state=TX&remote=onsite", "state", "Texas was left out"),
        (
            "role=inpatient-coder&vs-role=inpatient-coder",
            "vs",
            "Both groups are the same",
        ),
        ("per=%00hour%00", None, ""),
    ],
)
def test_what_is_not_understood_is_left_out_with_a_notice(ask, query, parameter, words):
    question = ask(query)
    if parameter is None:
        assert question.notices == ()
        return
    (notice,) = question.notices
    assert notice.parameter == parameter
    assert words in notice.message
    assert question.versus is None


def test_a_second_group_shares_unit_and_window(ask):
    question = ask("role=inpatient-coder&vs-role=profee-coder&per=hour&window=12")
    assert question.versus == PayCriteria(role=("profee-coder",), per="hour", window=12)
    assert question.swapped().group == question.versus
    assert question.swapped().versus == question.group


def test_everything_can_be_the_second_group(ask):
    question = ask("role=inpatient-coder&vs=all")
    assert question.versus == PayCriteria()
    assert ask(question.query_string()) == question


CHOICES = {
    "role": ["inpatient-coder", "profee-coder", "not-stated"],
    "credential": ["CPC", "CCS", "none-asked", "not-stated"],
    "setting": ["hospital", "not-stated"],
    "remote": ["remote", "onsite", "hybrid", "not-stated"],
    "state": ["OH", "TX", "not-stated"],
    "metro": ["not-stated"],
    "experience": ["0", "1-12", "61+", "not-stated"],
    "employment": ["full-time", "not-stated"],
    "software": ["epic", "not-stated"],
}
groups = st.fixed_dictionaries(
    {
        name: st.lists(st.sampled_from(values), unique=True).map(
            lambda chosen: tuple(sorted(chosen))
        )
        for name, values in CHOICES.items()
    }
)


@given(
    groups,
    st.none() | groups,
    st.sampled_from(["year", "hour"]),
    st.sampled_from([6, 12, 24]),
    st.sampled_from(["", *PAY_FACET]),
)
def test_what_is_printed_is_parsed_again(ask, first, second, per, window, by):
    first["metro"] = () if set(first["state"]) - {"not-stated"} else first["metro"]
    group = PayCriteria(**first, per=per, window=window)
    versus = None
    if second is not None:
        second["metro"] = ()
        versus = PayCriteria(**second, per=per, window=window)
    if versus == group:
        versus = None
    question = PayQuestion(group, versus, by)
    assert ask(question.query_string()) == question


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=40))))
def test_nothing_that_is_typed_raises(vocabulary, query):
    parse(query, FileTerms(vocabulary))


def test_wider_groups_drop_what_says_least_first():
    asked = PayCriteria(
        role=("inpatient-coder",), state=("OH",), software=("epic",), per="hour"
    )
    assert list(wider(asked)) == [
        PayCriteria(role=("inpatient-coder",), state=("OH",), per="hour"),
        PayCriteria(role=("inpatient-coder",), per="hour"),
        PayCriteria(per="hour"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "metro=18140&state=TX",
        "metro=18140&state=TX&remote=remote",
        "metro=18140&state=TX&remote=onsite&remote=remote",
        "metro=not-stated&state=TX&remote=onsite",
        "metro=18140&state=OH&remote=onsite",
    ],
)
def test_an_area_does_not_contradict_a_state_that_its_remote_work_may_hire_from(
    ask, query
):
    question = ask(query)
    assert len(question.group.state) == 1
    assert question.notices == ()
