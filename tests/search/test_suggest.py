"""Suggestions while somebody types: what is found, in which order, how many."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.test import override_settings
from django.urls import reverse

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

import search.ask
from careers.jobs import vocabulary
from careers.jobs.criteria import LONGEST_TEXT, parse
from careers.jobs.terms import DatabaseTerms
from search import index, suggest
from search.suggest import COUNTS_SECONDS, EMPLOYERS_SECONDS, MOST
from tests.jobs.factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

from .questions import questions

pytestmark = pytest.mark.django_db

SUGGEST = "/jobs/suggest"
API = reverse("api-1:search_listings")
TYPED = ("co", "cod", "coder", "inp", "inpateint", "den", "cpc", "ccs-p", "certified",
         "audit", "lake", "lakearden", "health 1", "colu", "san juan")  # fmt: skip
PLACES = ("col", "colu", "columbus, oh", "432", "43215", "ohio", "tx", "texas", "new",
          "york", "san", "austin t", "angeles")  # fmt: skip


@pytest.fixture(autouse=True)
def _count_anew():
    suggest.forget()
    yield
    suggest.forget()


@pytest.fixture(params=["postgres", "elasticsearch"])
def in_force(request, board):
    """Each engine in turn, as the site asks it."""
    if request.param == "postgres":
        yield
        return
    alias = request.getfixturevalue("indexed").alias
    with override_settings(
        SEARCH_URL=request.getfixturevalue("elasticsearch_node"),
        SEARCH_INDEX=alias.removesuffix(f"-{index.fingerprint()}"),
        SEARCH_TIMEOUT="30",
    ):
        yield
        assert search.ask.guard().breaker.incident is None, "PostgreSQL answered"


def ask(client, typed, field="q", **others):
    return client.get(SUGGEST, {**others, "q": typed, "field": field}).json()["groups"]


def options(groups):
    return [option for group in groups for option in group["options"]]


def labels(groups, kind):
    return [o["label"] for g in groups if g["kind"] == kind for o in g["options"]]


# A count equals the results


def assert_counts_are_results(client, groups):
    for option in options(groups):
        query = parse_qs(urlsplit(option["url"]).query)
        answer = client.get(API, query).json()
        assert answer["notices"] == [], option
        assert answer["total"] == option["count"] > 0, option


@given(criteria=questions(), typed=st.sampled_from(TYPED))
@examples(max_examples=20)
def test_a_count_equals_the_results_of_choosing_it(
    board, client, in_force, criteria, typed
):
    suggest.forget()
    base = [(name, value) for name, value in criteria.pairs() if name != "q"]
    groups = client.get(SUGGEST, _query([*base, ("q", typed)])).json()["groups"]
    assert_counts_are_results(client, groups)


@given(criteria=questions(), typed=st.sampled_from(PLACES))
@examples(max_examples=20)
def test_a_count_of_a_place_equals_the_results_of_choosing_it(
    board, client, in_force, criteria, typed
):
    suggest.forget()
    base = [(name, value) for name, value in criteria.pairs() if name != "near"]
    asked = _query([*base, ("near", typed), ("field", "near")])
    assert_counts_are_results(client, client.get(SUGGEST, asked).json()["groups"])


def _query(pairs):
    query = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    return query


def test_most_of_what_is_typed_on_a_board_is_answered(board, client):
    """The equalities above would hold for no suggestions at all."""
    assert all(ask(client, typed) for typed in TYPED)
    answered = [typed for typed in PLACES if ask(client, typed, "near")]
    assert len(answered) > len(PLACES) / 2


def test_a_count_is_never_older_than_it_may_be(bare, client):
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False) as clock:
        JobListingFactory()
        seconds = max(COUNTS_SECONDS, EMPLOYERS_SECONDS)
        assert [o["count"] for o in options(ask(client, "inpatient"))] == [1]
        JobListingFactory()
        clock.shift(timedelta(seconds=COUNTS_SECONDS))
        assert [o["count"] for o in options(ask(client, "inpatient"))] == [2]
        EmployerFactory(name="Quillmere Clinic", slug="quillmere")
        JobListingFactory(employer__name="Quillhaven Clinic")
        clock.shift(timedelta(seconds=seconds))
        assert labels(ask(client, "quill"), "employer") == ["Quillhaven Clinic"]


def test_the_page_of_results_has_counted_for_its_form(
    board, client, django_assert_max_num_queries
):
    ask(client, "lakearden")  # who hires is known
    client.get(reverse("results"), {"remote": "remote"})
    with django_assert_max_num_queries(1):
        assert labels(ask(client, "in co", remote="remote"), "role")


# What is found


@pytest.fixture
def work(bare):
    """A few listings, each of its kind."""
    JobListingFactory(employer__name="Quillmere Surgery Center")
    JobListingFactory(role="outpatient-coder", places=[AUSTIN])
    JobListingFactory(role="denials-specialist", none_asked=True)
    JobListingFactory(role="coding-auditor", rule_unstated=True)
    JobListingFactory(credential_rule={"groups": [{"any_of": ["CPC", "CPC-A"]}]})


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("inp", "role", ["Inpatient coder", "Coding auditor"]),
        ("surg", "role", ["Outpatient facility coder"]),
        ("same day", "role", ["Outpatient facility coder"]),
        ("a/r", "role", ["A/R and denials specialist"]),
        ("inpateint", "role", ["Inpatient coder", "Coding auditor"]),
        ("auditor", "role", ["Coding auditor"]),
        ("cpc", "credential", ["CPC", "CPC-A"]),
        ("CPC-A", "credential", ["CPC-A"]),
        ("cpca", "credential", ["CPC-A"]),
        ("certified professional coder", "credential", ["CPC", "CPC-A"]),
        ("registered health", "credential", ["RHIT"]),
        ("ccs", "credential", ["CCS"]),
        ("quill", "employer", ["Quillmere Surgery Center"]),
        ("surg", "employer", ["Quillmere Surgery Center"]),
        ("quilmere", "employer", ["Quillmere Surgery Center"]),
        ("colum", "place", ["Columbus, OH"]),
        ("432", "place", ["43215"]),
        ("co", "place", []),
    ],
)
def test_words_find_what_they_begin(work, client, typed, kind, found):
    assert labels(ask(client, typed), kind) == found


@pytest.mark.parametrize("typed", ["cpx", "ccz", "cpcc", "cocc", "rhis", "RHITT"])
def test_no_credential_is_suggested_for_letters_that_are_not_its_own(
    work, client, typed
):
    assert labels(ask(client, typed), "credential") == []


def test_what_a_word_matches_is_marked_and_said(work, client):
    (option,) = options(ask(client, "same day"))
    assert option["detail"] == "same day surgery coder"
    marked = [option["detail"][a:b] for a, b in option["matched_detail"]]
    assert marked == ["same", "day"]
    cpc = options(ask(client, "cpc"))[0]
    assert (cpc["value"], cpc["matched"]) == ("CPC", [[0, 3]])
    assert cpc["detail"] == "Certified Professional Coder"


def test_a_former_name_leads_to_the_credential_of_today(bare, client):
    JobListingFactory(credential_rule={"groups": [{"any_of": ["COC"]}]})
    (option,) = options(ask(client, "cpc-h"))
    assert (option["label"], option["url"]) == ("COC", "/jobs/?credential=COC")
    assert option["detail"] == "Certified Outpatient Coder, formerly CPC-H"


def test_what_nothing_answers_is_not_suggested(bare, client):
    JobListingFactory(closed=True, employer__name="Quillmere Clinic")
    JobListingFactory(role="outpatient-coder", remote_work=True)
    assert ask(client, "quillmere") == []
    assert ask(client, "inpatient") == []
    assert labels(ask(client, "outpatient"), "role") == ["Outpatient facility coder"]
    assert ask(client, "outpatient", remote="onsite") == []


def test_a_client_that_is_not_named_is_not_suggested(bare, client):
    JobListingFactory(employer=EmployerFactory(confidential=True))
    assert ask(client, "client") == []


def test_exact_comes_before_prefix_before_inner_and_then_most_listings(bare, client):
    for number, role in enumerate(
        ("coding-educator", "coding-auditor", "coding-manager")
    ):
        for _ in range(number + 1):
            JobListingFactory(role=role, rule_unstated=True)
    assert labels(ask(client, "coding"), "role") == [
        "Coding manager",
        "Coding auditor",
        "Coding educator",
    ]
    assert labels(ask(client, "coding educator"), "role")[0] == "Coding educator"
    assert labels(ask(client, "educator"), "role")[0] == "Coding educator"


def test_there_are_never_more_than_fit(board, client):
    for typed in TYPED:
        found = options(ask(client, typed))
        assert len(found) <= MOST
        assert len({(o["url"]) for o in found}) == len(found)


# Where it leads


@pytest.mark.parametrize(
    ("typed", "asked", "url"),
    [
        ("inp", {}, "role=inpatient-coder"),
        (
            "inp",
            {"remote": "onsite", "near": "Columbus, OH", "within": "50"},
            "role=inpatient-coder&remote=onsite&near=Columbus%2C+OH&within=50",
        ),
        ("inp", {"role": "coding-auditor"}, "role=inpatient-coder"),
        ("inp", {"sort": "pay", "page": "3"}, "role=inpatient-coder&sort=pay"),
        ("inp", {"sort": "match"}, "role=inpatient-coder"),
        ("inp", {"colour": "red", "pay": "many"}, "role=inpatient-coder"),
        ("quill", {"setting": "hospital"}, "setting=hospital&employer=quillmere"),
    ],
)
def test_the_other_filters_stay_and_the_words_go(bare, client, typed, asked, url):
    JobListingFactory(
        employer=EmployerFactory(name="Quillmere Clinic", slug="quillmere")
    )
    assert options(ask(client, typed, **asked))[0]["url"] == f"/jobs/?{url}"


@pytest.mark.parametrize(
    ("typed", "asked", "url"),
    [
        ("columbus, oh", {}, "near=Columbus%2C+OH"),
        ("columbus, ohi", {}, "near=Columbus%2C+OH"),
        ("columbus ohio", {}, "near=Columbus%2C+OH"),
        ("col", {"within": "50"}, "near=Columbus%2C+OH&within=50"),
        ("col", {"sort": "nearest"}, "near=Columbus%2C+OH&sort=nearest"),
        ("432", {"role": "inpatient-coder"}, "role=inpatient-coder&near=43215"),
        ("ohio", {"within": "50"}, "state=OH"),
        (
            "ohi",
            {"state": "TX", "role": "inpatient-coder"},
            "role=inpatient-coder&state=OH",
        ),
    ],
)
def test_a_place_is_chosen_with_its_distance(bare, client, typed, asked, url):
    JobListingFactory(places=[COLUMBUS])
    found = client.get(SUGGEST, {**asked, "near": typed, "field": "near"}).json()
    assert f"/jobs/?{url}" in [option["url"] for option in options(found["groups"])]


def test_words_in_the_other_field_stay(bare, client):
    JobListingFactory()
    asked = {"q": "inpatient", "near": "col", "field": "near"}
    (option,) = options(client.get(SUGGEST, asked).json()["groups"])
    assert option["url"] == "/jobs/?q=inpatient&near=Columbus%2C+OH"
    asked["q"] = "nothing like it"
    suggest.forget()
    assert client.get(SUGGEST, asked).json()["groups"] == []


def test_places_say_how_far(bare, client):
    JobListingFactory()
    assert [g["label"] for g in ask(client, "col", "near")] == [
        "Places, within 25 miles"
    ]
    assert [g["label"] for g in ask(client, "col", "near", within="50")] == [
        "Places, within 50 miles"
    ]


# Manners


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": "i"},
        {"q": "  "},
        {"q": "\x00\x00"},
        {"q": "%_\\' OR 1=1 --"},
        {"q": "x" * 5000},
        {"q": "é" * 300},
        {"q": "\ud800".encode("utf-8", "surrogatepass")},
        {"q": "<script>alert(1)</script>"},
        {"q": " ".join(["co"] * 500)},
        {"q": "99999999999999999999"},
        {"near": "'%,%'", "field": "near"},
        {"near": ",,,", "field": "near"},
        {"near": "st", "field": "near"},
        {"near": "st ", "field": "near"},
        {"near": "o fallon, mo", "field": "near"},
        {"near": "\x00oh", "field": "near"},
        {"field": "near"},
        {"field": "colour", "q": "inp"},
        {"q": ["one", "inp"], "near": ["a", "b"], "within": "x", "field": ["q", "q"]},
        {"q": "inp", "near": "somewhere"},
    ],
)
def test_anything_may_be_asked(work, client, query):
    response = client.get(SUGGEST, query)
    assert response.status_code == 200
    answer = response.json()
    assert len(answer["query"]) <= LONGEST_TEXT
    for option in options(answer["groups"]):
        understood = parse(parse_qs(urlsplit(option["url"]).query), DatabaseTerms())
        assert not understood.notices


def test_answers_may_be_kept_for_a_minute_and_know_nobody(work, client):
    response = client.get(SUGGEST, {"q": "inp"})
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert client.post(SUGGEST, {"q": "inp"}).status_code == 405


def test_suggestions_take_few_queries(board, client, django_assert_max_num_queries):
    vocabulary.current()
    with django_assert_max_num_queries(8):
        ask(client, "lake", near="Columbus, OH", employer="lakearden-1")
    with django_assert_max_num_queries(4):
        ask(client, "lakearden", near="Columbus, OH", employer="lakearden-1")
