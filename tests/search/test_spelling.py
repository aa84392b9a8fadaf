"""Help with spelling: offered where nothing was found, and said."""

from django.urls import reverse

import pytest

from careers.jobs.criteria import JobCriteria
from search.spelling import corrected
from tests.jobs.factories import JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("inpateint codr", "inpatient coder"),
        ("Inpateint", "inpatient"),
        ("outpatinet coder", "outpatient coder"),
        ("denails specialist", "denials specialist"),
        ("medcial biller", "medical biller"),
        ("regsitrar", "registrar"),
        ("auditr", "auditor"),
        ('"inpateint" coder -remote', '"inpatient" coder -remote'),
        ("inpatient coder", ""),
        ("CPC", ""),
        ("CRC coder", ""),
        ("xqzzy", ""),
        ("", ""),
        ("12345 !!", ""),
        ("üñî", ""),
    ],
)
def test_unknown_words_give_way_to_near_ones(typed, mended):
    JobListingFactory(title="Inpatient Coder, Remote")
    assert corrected(typed) == mended


@pytest.mark.parametrize(
    "credential", ["CPC", "CCS", "CRC", "COC", "CCA", "CIC", "RHIA"]
)
def test_a_credential_is_never_rewritten_into_another(credential):
    assert corrected(credential) == ""
    assert corrected(credential.lower()) == ""


def test_the_page_searches_the_mended_text_and_says_so(client):
    listing = JobListingFactory()
    html = client.get(reverse("results"), {"q": "inpateint codr"}).content.decode()
    assert listing.get_absolute_url() in html
    assert "Showing results for <strong>inpatient coder</strong>" in html
    assert "inpateint codr" in html


def test_the_other_filters_stay_while_the_text_is_mended(client):
    JobListingFactory()
    api = reverse("api-1:search_listings")
    misspelt = {"q": "inpateint", "remote": "remote"}
    assert client.get(api, misspelt).json()["total"] == 0
    assert client.get(api, misspelt | {"remote": "onsite"}).json()["total"] == 1


def test_text_that_finds_something_is_left_alone(client, engine):
    JobListingFactory(title="Codr")
    JobListingFactory(title="Coder")
    assert engine.answer(JobCriteria(q="codr")).spelling == ""
    api = reverse("api-1:search_listings")
    titles = [r["title"] for r in client.get(api, {"q": "codr"}).json()["results"]]
    assert titles == ["Codr"]


def test_a_page_of_unknown_words_takes_no_more_queries_than_any_other(
    client, django_assert_max_num_queries
):
    JobListingFactory()
    words = " ".join(f"{a}{b}qz" for a in "bcdfg" for b in "hjklmn")
    client.get(reverse("results"))
    with django_assert_max_num_queries(15):
        client.get(reverse("results"), {"q": words})
