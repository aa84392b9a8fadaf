"""The search of the whole site: what is found, what stands on top, what never shows."""

from html import unescape

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import PageViewRestriction

import pytest

from careers.jobs.models import Credential
from careers.pathways.models import GuidePage
from search import page_upkeep, synonyms
from search.models import Synonym
from tests.jobs.factories import JobListingFactory
from tests.pathways.factories import (
    CredentialPageFactory,
    GuidePageFactory,
    PlainPageFactory,
    text,
)

from .clusters import PATIENT, nobody, own_index
from .test_results_page import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

SEARCH = reverse("site-search")
MOST_QUERIES = 16


def ask(client, **asked):
    response = client.get(SEARCH, asked)
    assert response.status_code == 200
    return response


def html(client, **asked):
    return unescape(ask(client, **asked).content.decode())


def titles(client, **asked):
    """Of the pages in the list."""
    found = ask(client, **asked).context["found"]
    return [entry.page.title for entry in found.entries]


def guide(title, *words, **facts):
    body = [text(f"<p>{each}</p>") for each in words]
    return GuidePageFactory(title=title, body=body, **facts)


@pytest.fixture(params=["postgresql", "elasticsearch"])
def found_on(request):
    """Puts what is written into whichever engine answers; the test runs on both."""
    if request.param == "postgresql":
        yield lambda: None
        return
    node = request.getfixturevalue("elasticsearch_node")
    with own_index(node) as cluster:
        yield lambda: page_upkeep.keep(cluster, wait=True)


# Both engines find the same

CODES = ["CPC-A", "E/M", "E&M", "K35.80", "A/R", "ICD-10-CM", "ICD 10 CM", "44970"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *((code, ["Codes"]) for code in CODES),
        ("CCS-P", ["Physicians"]),
        ("evaluation and management", ["Codes"]),
        ("certified professional coder apprentice", ["Codes"]),
        ("appendectomy", ["Codes"]),
        ("appendectomies", ["Codes"]),
        ("Résumé", ["Letters"]),
        ("resume", ["Letters"]),
        ("follow up letter", ["Letters"]),
        ('"letter of the payer"', ["Letters"]),
        ('"payer letter"', []),
        ("payer -letter", ["Physicians"]),
        ("auditor", ["Physicians"]),
        ("letter appendectomy", []),
        ("what is a letter", ["Letters"]),
        ("zygote", []),
    ],
)
def test_the_same_words_find_the_same_pages_on_both_engines(
    client, found_on, typed, expected
):
    guide(
        "Codes",
        "CPC-A and the E/M level; A/R is not coded, K35.80 is (ICD-10-CM).",
        "An appendectomy is 44970.",
    )
    guide("Physicians", "CCS-P holders are also auditors; a payer/plan pays.")
    guide("Letters", "A résumé. The follow-up letter of the payer.")
    found_on()
    assert sorted(titles(client, q=typed)) == expected


def test_a_page_about_it_stands_before_one_that_mentions_it(client, found_on):
    guide("Everything else", "Denials, denials, denials and more denials.")
    guide("Denials", "What a payer refuses.")
    found_on()
    assert titles(client, q="denials") == ["Denials", "Everything else"]


def test_synonyms_of_editors_find_pages(client, found_on):
    guide("Far from the office", "Telework as it is.")
    found_on()
    assert titles(client, q="homeworking") == []
    Synonym.objects.create(terms=["homeworking", "telework"])
    synonyms.forget()
    assert titles(client, q="homeworking") == ["Far from the office"]


def test_one_credential_does_not_become_another(client, found_on):
    guide("Of COC", "COC is for outpatient facility work.")
    guide("Of RHIT", "RHIT is a degree and an exam.")
    found_on()
    for typed in ("CPC", "CIC", "RHIA", "CRCR"):
        response = ask(client, q=typed)
        assert response.context["found"].entries == []
        assert response.context["found"].suggestion is None


def test_a_slip_is_forgiven_and_told(client, found_on):
    guide("Appendectomy", "How an appendectomy is coded.")
    JobListingFactory(title="Appendectomy Coder")
    found_on()
    page = html(client, q="apendectomy")
    assert "Showing results for <strong>appendectomy</strong>" in page
    assert "Nothing matches “apendectomy” as typed" in page
    assert titles(client, q="apendectomy") == ["Appendectomy"]


def test_a_slip_in_words_of_pages_alone_is_forgiven_by_the_cluster(
    client, elasticsearch_node
):
    guide("Quiet rooms", "Semaphore flags and quiet rooms.")
    with own_index(elasticsearch_node) as cluster:
        page_upkeep.keep(cluster, wait=True)
        assert titles(client, q="semaphroe") == ["Quiet rooms"]


# Never shown


@pytest.mark.parametrize("state", ["draft", "unpublished", "private", "deleted"])
def test_what_is_not_public_is_not_shown_however_the_index_stands(
    client, found_on, state
):
    page = guide("Zygotes", "Of zygotes.", draft=state == "draft")
    found_on()
    if state == "unpublished":
        page.unpublish()
    elif state == "private":
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )
    elif state == "deleted":
        page.delete()
    found = ask(client, q="zygotes").context["found"]
    assert found.is_empty
    assert titles(client, q="zygotes", kind="guide") == []


def test_a_page_is_found_as_soon_as_it_is_published(client):
    page = guide("Zygotes", "Of zygotes.", draft=True)
    page.save_revision().publish()
    assert titles(client, q="zygotes") == ["Zygotes"]
    page.title = "Morulas"
    page.body = [text("<p>Of morulas.</p>")]
    page.save_revision()
    assert titles(client, q="zygotes") == ["Zygotes"], "a draft changes nothing"
    page.save_revision().publish()
    assert titles(client, q="zygotes") == []
    assert titles(client, q="morulas") == ["Morulas"]


# What the words name


@pytest.mark.parametrize(
    "typed", ["CPC", "cpc", "Certified Professional Coder", "  cpc "]
)
def test_a_credential_named_exactly_stands_on_top(client, typed):
    page = CredentialPageFactory(credential=Credential.objects.get(slug="CPC"))
    guide("Others", "The CPC is one of many.")
    JobListingFactory()
    JobListingFactory(none_asked=True)
    found = ask(client, q=typed).context["found"]
    named = found.named[0]
    assert (named.name, named.kind) == ("CPC", "Credential")
    assert named.page.pk == page.pk
    assert named.openings == 1
    assert page.pk not in found.listed, "it is not repeated below"
    shown = html(client, q=typed)
    assert f'href="{page.url}"' in shown
    assert 'href="/jobs/credential/cpc/">1 open listing<' in shown
    assert f'href="{named.pay_url}"' in shown


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("inpatient coder", "Role", "Inpatient coder"),
        ("inpatient-coder", "Role", "Inpatient coder"),
        ("hospital", "Setting", "Hospital"),
        ("CPCA", "Credential", "CPC-A"),
    ],
)
def test_terms_are_known_by_slug_name_and_alias_without_a_page(
    client, typed, kind, name
):
    named = ask(client, q=typed).context["found"].named
    assert (kind, name) in [(one.kind, one.name) for one in named]
    assert all(one.page is None for one in named)


def test_the_count_beside_a_name_is_that_of_the_page_it_leads_to(client):
    JobListingFactory.create_batch(3)
    (named,) = ask(client, q="RHIT").context["found"].named
    assert (
        client.get(named.openings_url).context["results"].total == named.openings == 3
    )


def test_a_draft_about_a_credential_is_not_linked(client):
    CredentialPageFactory(credential=Credential.objects.get(slug="CPC"), live=False)
    (named,) = ask(client, q="CPC").context["found"].named
    assert named.page is None


# The page


def test_kinds_are_counted_and_narrow_the_list(client):
    guide("Audits", "Of audits.")
    PlainPageFactory(title="About audits")
    tabs = {tab.label: tab for tab in ask(client, q="audits").context["found"].tabs}
    assert {label: tab.count for label, tab in tabs.items()} == {
        "All": 2,
        "Guides": 1,
        "Other pages": 1,
    }
    narrowed = client.get(tabs["Guides"].url)
    found = narrowed.context["found"]
    assert [entry.page.title for entry in found.entries] == ["Audits"]
    assert found.listings is None
    assert 'name="kind" value="guide"' in narrowed.content.decode()


def test_listings_are_those_of_the_list_of_jobs(client):
    JobListingFactory.create_batch(7, title="Zygote Coder")
    JobListingFactory()
    page = html(client, q="zygote")
    found = ask(client, q="zygote").context["found"]
    jobs = client.get(found.listings_url).context["results"]
    assert jobs.total == found.listings_total == 7
    assert [one.pk for one in found.listings.listings] == [
        one.pk for one in jobs.listings[:5]
    ]
    assert "7 open listings" in page
    assert f'href="{found.listings_url}"' in page


def test_matched_words_are_marked_and_nothing_typed_is_markup(client):
    guide("Audits", "An <b>audit</b> finds what a &lt;script&gt; does not.")
    page = ask(client, q="audit").content.decode()
    assert '<mark data-kind="word">Audits</mark>' in page
    assert '<mark data-kind="word">audit</mark> finds' in page
    page = ask(client, q="<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page


def test_more_pages_than_fit_are_paged_and_partition_the_list(client):
    for number in range(23):
        guide(f"Audit {number}", "Of audits.")
    seen = []
    url = f"{SEARCH}?q=audits"
    while url:
        found = client.get(url).context["found"]
        seen += [entry.page.pk for entry in found.entries]
        url = found.next_url
    assert len(seen) == len(set(seen)) == 23
    assert set(seen) == set(GuidePage.objects.values_list("pk", flat=True))
    assert ask(client, q="audits", page=99).context["found"].number == 3


def test_without_a_word_there_is_the_form(client):
    page = html(client)
    assert 'name="q"' in page
    assert "Look through" in page
    assert '<h2 id="pages-title"' not in page


def test_nothing_found_says_what_to_try(client):
    page = html(client, q="zygote morula")
    assert "Nothing says “zygote morula”" in page
    assert f'href="{SEARCH}?q=zygote"' in page
    assert 'href="/jobs/"' in page


ODD = ["kind=%00", "kind=guide&kind=role", "page=0", "page=two", "q=a&q=b"]


@pytest.mark.parametrize(
    "query", [*HOSTILE[:21], "kind=guide", *(f"q=coder&{odd}" for odd in ODD)]
)
def test_no_question_is_an_error(client, query):
    guide("Coders", "Of coders.")
    assert client.get(f"{SEARCH}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "?q=coder", "?q=zygote", "?q=coder&kind=guide"])
def test_results_are_not_for_indexes(client, query):
    page = client.get(f"{SEARCH}{query}").content.decode()
    assert '<meta name="robots" content="noindex">' in page


def test_queries_do_not_grow_with_what_is_found(client):
    JobListingFactory.create_batch(6)
    CredentialPageFactory(credential=Credential.objects.get(slug="CPC"))
    for number in range(12):
        guide(f"CPC {number}", "Of the CPC.")
    ask(client, q="CPC")
    with CaptureQueriesContext(connection) as seen:
        ask(client, q="CPC")
    assert len(seen) <= MOST_QUERIES


# The cluster away


def test_postgresql_answers_when_nobody_else_does(client):
    guide("Audits", "Of audits.")
    JobListingFactory(title="Audit coder")
    with override_settings(SEARCH_URL=nobody(), SEARCH_TIMEOUT="0.3"):
        response = ask(client, q="audits")
    assert [e.page.title for e in response.context["found"].entries] == ["Audits"]
    assert 'desc="postgresql"' in response["Server-Timing"]


def test_an_index_of_pages_not_built_yet_is_no_outage(client, elasticsearch_node):
    guide("Audits", "Of audits.")
    with own_index(elasticsearch_node, SEARCH_TIMEOUT=PATIENT):
        response = ask(client, q="audits")
        assert [e.page.title for e in response.context["found"].entries] == ["Audits"]
        health = client.get("/health/").json()
    assert health["search"]["breaker"] == "closed"
