"""Numbers beside choices: a count equals the results when that choice is made."""

import re
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs.criteria import EVERYTHING, parse
from careers.jobs.facets import BY_NAME
from careers.jobs.terms import DatabaseTerms

from .questions import questions

pytestmark = pytest.mark.django_db


def chosen_alone(criteria, name, value):
    """The question with this value alone chosen, everything else as it is."""
    if name == "experience":
        return parse(
            {**_query(criteria.without("experience")), "experience": [value]},
            DatabaseTerms(),
        ).criteria
    return criteria.choosing(name, value)


def _query(criteria):
    return parse_qs(criteria.query_string())


@given(criteria=questions(), data=st.data())
@examples(max_examples=40)
def test_a_count_equals_the_results_when_that_value_alone_is_chosen(
    board, engine, criteria, data
):
    facets = engine.answer(criteria).facets
    counts = [
        (name, value, count)
        for name, values in facets.items()
        if name != "track"
        for value, count in values.items()
    ]
    if not counts:
        return
    some = st.lists(st.sampled_from(counts), max_size=8, unique=True)
    for name, value, count in data.draw(some):
        alone = chosen_alone(criteria, name, value)
        assert engine.answer(alone).total == count, (name, value)


def test_every_count_without_a_question_equals_its_results(board, engine):
    for name, values in engine.answer(EVERYTHING).facets.items():
        if name != "track":
            for value, count in values.items():
                alone = chosen_alone(EVERYTHING, name, value)
                assert engine.answer(alone).total == count, (name, value)


def test_every_value_on_the_page_is_understood_when_it_is_chosen(board, client):
    """A count whose value parses to something else would lie."""
    facets = client.get(reverse("api-1:search_listings")).json()["facets"]
    assert set(facets) == {*BY_NAME, "experience"}
    for name, values in facets.items():
        for value in values:
            question = parse({name: [value["value"]]}, DatabaseTerms())
            assert not question.notices
            assert (name, value["value"]) in question.criteria.pairs()


@given(criteria=questions())
@examples(max_examples=15)
def test_tabs_lead_to_as_many_listings_as_they_say(board, client, criteria):
    """Each tab narrows to the roles of one track."""
    html = client.get(reverse("results"), criteria.pairs()).content.decode()
    tabs = re.search(r'<nav class="track-tabs".*?</nav>', html, re.DOTALL)
    assert tabs
    for url, inner in re.findall(
        r'<a href="([^"]+)"([^>]*>.*?)</a>', tabs[0], re.DOTALL
    ):
        if "aria-current" in inner:
            continue
        shown = re.search(r'class="n">([\d,]+)', inner)
        query = parse_qs(urlsplit(url.replace("&amp;", "&")).query)
        total = client.get(reverse("api-1:search_listings"), query).json()["total"]
        assert total == (int(shown[1].replace(",", "")) if shown else 0)


@given(criteria=questions())
@examples(max_examples=25)
def test_what_the_page_offers_brings_what_it_says(board, client, criteria):
    """Dropping a filter and letting silence in, by the links of the page."""
    api = reverse("api-1:search_listings")
    total = client.get(api, criteria.pairs()).json()["total"]
    html = client.get(reverse("results"), criteria.pairs()).content.decode()
    if total == 0:
        for url, count in re.findall(
            r'<li><a href="([^"]+)">Drop.*?class="n">([\d,]+)', html, re.DOTALL
        ):
            assert _total(client, url) == int(count.replace(",", ""))
    for count, url in re.findall(
        r'<li>([\d,]+) more [^<]*<a href="([^"]+)">Show', html
    ):
        assert _total(client, url) == total + int(count.replace(",", ""))


def _total(client, url):
    query = parse_qs(urlsplit(url.replace("&amp;", "&")).query)
    return client.get(reverse("api-1:search_listings"), query).json()["total"]
