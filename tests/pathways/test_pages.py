"""The starter pages as readers and machines see them: every one, with its figures."""

import json
import re
from datetime import timedelta
from html import unescape
from itertools import pairwise
from urllib.parse import urlsplit

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page

import pytest
import time_machine

from careers import context_processors
from careers.jobs import vocabulary as vocabulary_memory
from careers.pathways import content
from careers.pathways.models import (
    CredentialPage,
    GuidePage,
    HomePage,
    Move,
    PathwayIndexPage,
    PathwayPage,
    RolePage,
    SettingPage,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
#: One of each kind; the home page and the indexes are among them.
KINDS = (
    "/",
    "/pathways/",
    "/pathways/into-management/",
    "/roles/",
    "/roles/inpatient-coder/",
    "/credentials/",
    "/credentials/?c=CPC&c=CCS&c=COC",
    "/credentials/cpc/",
    "/credentials/cpc-a/",
    "/settings/",
    "/settings/hospital/",
    "/guides/",
    "/guides/coders-and-billers/",
    "/guides/salaries-explained/",
    "/about/",
)


@pytest.fixture(scope="module", autouse=True)
def _starter_site(django_db_setup, django_db_blocker):
    """A site as `make run` leaves it, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        cache.clear()
        call_command("prepare_site", listings=60, verbosity=0)
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(autouse=True)
def _words_of_other_sites_are_forgotten():
    context_processors.forget()
    yield
    context_processors.forget()


def read(address, **kwargs):
    response = Client(**kwargs).get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def markup(html):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return [part for text in found for part in json.loads(text)["@graph"]]


def addresses():
    return list(
        Page.objects.live().filter(depth__gt=1).order_by("path").specific(defer=True)
    )


def test_every_starter_page_is_there_and_published():
    assert RolePage.objects.live().count() == 28
    assert SettingPage.objects.live().count() >= 10
    assert CredentialPage.objects.live().count() >= 20
    assert PathwayPage.objects.live().count() >= 5
    assert GuidePage.objects.live().count() >= 6
    assert Move.objects.count() >= 40


def test_loading_again_changes_nothing():
    before = dict(Page.objects.values_list("pk", "latest_revision_created_at"))
    page = GuidePage.objects.get(slug="coders-and-billers")
    GuidePage.objects.filter(pk=page.pk).update(title="As the editors put it")
    call_command("load_pages", verbosity=0)
    page.refresh_from_db()
    assert page.title == "As the editors put it"
    assert dict(Page.objects.values_list("pk", "latest_revision_created_at")) == before


def test_every_page_answers_with_one_heading_and_what_machines_read():
    for page in addresses():
        html = read(page.url)
        assert html.count("<h1") == 1, page.url
        assert re.search(r'<meta name="description" content="[^"]{20,}', html), page.url
        assert 'property="og:image"' in html, page.url
        assert f'<link rel="canonical" href="http://testserver{page.url}">' in html
        if not isinstance(page, HomePage):
            trail = markup(html)[0]
            assert trail["@type"] == "BreadcrumbList", page.url
            assert trail["itemListElement"][-1]["name"] == page.title


def test_headings_never_skip_a_level():
    for page in addresses():
        levels = [int(n) for n in re.findall(r"<h([1-6])", read(page.url))]
        assert levels[0] == 1, page.url
        steps = pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), (page.url, levels)


def test_no_page_links_to_nowhere():
    """Every address on this site that any starter page names answers."""
    seen = set()
    for page in addresses():
        for address in re.findall(r'href="([^"]+)"', read(page.url)):
            parts = urlsplit(unescape(address))
            if not parts.netloc and parts.path and parts.scheme == "":
                seen.add(parts.path)
    client = Client()
    for path in sorted(seen):
        if path.startswith(("/static/", "/jobs/listing", "/media/")):
            continue
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)


def test_links_within_a_page_have_their_ends():
    for page in GuidePage.objects.live():
        html = read(page.url)
        for anchor in re.findall(r'href="#([^"]+)"', html):
            assert f'id="{anchor}"' in html, (page.url, anchor)


@pytest.mark.parametrize("address", KINDS)
def test_a_page_with_its_live_blocks_needs_few_queries(address):
    client = Client()
    # The words around a page are remembered for some seconds, so time stands still.
    with time_machine.travel(timezone.now(), tick=False):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
    assert len(caught) <= MOST_QUERIES, [query["sql"][:90] for query in caught]


def test_a_guide_has_its_article_and_its_questions():
    html = read("/guides/first-job-without-experience/")
    kinds = {part["@type"]: part for part in markup(html)}
    assert {"BreadcrumbList", "Article", "FAQPage"} <= kinds.keys()
    assert kinds["Article"]["author"][0]["@type"] == "Organization"
    assert kinds["Article"]["datePublished"]
    for question in kinds["FAQPage"]["mainEntity"]:
        assert question["name"] in unescape(html)
        assert question["acceptedAnswer"]["text"]


def test_the_picture_of_a_page_is_there_and_no_other():
    html = read("/roles/inpatient-coder/")
    address = re.search(r'property="og:image" content="http://testserver([^"]+)"', html)
    response = Client().get(address[1])
    assert response["content-type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    wrong = re.sub(r"-\w+\.png", "-000000000000.png", address[1])
    assert Client().get(wrong).status_code == 404


def test_a_picture_of_a_draft_is_not_shown():
    page = GuidePage.objects.get(slug="salaries-explained")
    address = re.search(
        r'property="og:image" content="http://testserver([^"]+)"', read(page.url)
    )[1]
    page.unpublish()
    assert Client().get(address).status_code == 404


def test_guides_are_in_the_feed_with_their_dates():
    feed = read("/guides/feed/")
    assert feed.count("<entry>") == GuidePage.objects.live().count()
    assert "/guides/coders-and-billers/" in feed
    assert "<published>" in feed
    assert "<updated>" in feed


def test_pages_are_in_the_sitemap():
    sitemap = read("/sitemap-pages.xml")
    for slug in ("roles/inpatient-coder", "credentials/cpc", "pathways", "settings"):
        assert f"/{slug}/" in sitemap


def test_each_fact_of_a_credential_names_its_source_and_its_day():
    html = read("/credentials/cpc/")
    facts = CredentialPage.objects.get(slug="cpc").facts.all()
    assert len(facts) >= 6
    for fact in facts:
        assert fact.text in unescape(html)
        assert fact.source_name in unescape(html)
        assert f"{fact.checked_on:%B %Y}" in html


def test_what_nobody_has_checked_of_a_credential_is_said():
    page = CredentialPage.objects.get(slug="cpc")
    page.facts.filter(kind="renewal").delete()
    page.facts.filter(kind="cost").delete()
    assert "Not checked: cost, renewal." in read("/credentials/cpc/")


def test_credentials_stand_side_by_side_as_asked_and_former_names_are_known():
    html = read("/credentials/?c=CPC&c=cpc-h&c=nonsense")
    table = re.search(r'<table class="comparison".*?</table>', html, re.S)[0]
    assert re.findall(r'class="code"[^>]*>([A-Z-]+)<', table) == ["CPC", "COC"]
    assert '<meta name="robots" content="noindex">' in html


def test_a_figure_says_how_old_it_is():
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False) as clock:
        cache.clear()
        assert "Counted now." in read("/settings/hospital/")
        clock.shift(timedelta(minutes=3))
        assert "Counted 3 minutes ago." in read("/settings/hospital/")
    cache.clear()


def test_the_role_in_focus_and_the_reader_s_own_are_asked_for_in_the_address():
    html = read("/pathways/?focus=cdi-specialist&role=inpatient-coder")
    assert 'id="role-focus"' in html
    focus = html[html.index('id="role-focus"') :]
    assert "CDI specialist" in focus[:1500]
    assert "<mark" in html


@pytest.mark.parametrize("asked", ["nonsense", "<script>", "x" * 500])
def test_a_focus_that_nobody_knows_is_passed_over(asked):
    response = Client().get("/pathways/", {"focus": asked, "role": asked})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1]


def test_the_front_page_draws_the_pathway_that_editors_chose():
    home = HomePage.objects.get()
    home.pathway = PathwayPage.objects.get(slug="coding-to-cdi")
    home.save_revision().publish()
    html = read("/")
    assert "/pathways/coding-to-cdi/" in html
    assert 'class="sheet-section route"' in html


def test_a_preview_of_the_front_page_draws_the_pathway_that_is_being_chosen():
    read("/")
    home = HomePage.objects.get()
    home.pathway = PathwayPage.objects.get(slug="coder-to-auditor")
    response = home.make_preview_request()
    response.render()
    assert "/pathways/coder-to-auditor/" in response.content.decode()


def test_the_header_names_what_editors_show_in_menus():
    html = read("/about/")
    nav = re.search(r'<nav class="site-nav".*?</nav>', html, re.S)[0]
    labels = re.findall(r">([^<>]+)</a>", nav)
    assert labels == ["Jobs", "Pay", "Pathways", "Credentials", "Guides"]
    assert 'class="site-find" href="/search/"' in html


def test_a_role_without_its_page_still_leads_to_its_listings():
    page = RolePage.objects.get(slug="him-director")
    page.unpublish()
    assert "/jobs/?role=him-director" in read("/roles/")


def test_an_address_that_changed_is_followed_inside_text():
    page = CredentialPage.objects.get(slug="ccs")
    assert "/credentials/ccs/" in read("/roles/inpatient-coder/")
    page.slug = "certified-coding-specialist"
    page.save_revision().publish()
    html = read("/roles/inpatient-coder/")
    assert "/credentials/certified-coding-specialist/" in html
    assert 'href="/credentials/ccs/"' not in html


def test_the_files_and_the_pages_are_the_same_number():
    made = sum(
        model.objects.live().count()
        for model in (RolePage, SettingPage, CredentialPage, PathwayPage, GuidePage)
    )
    assert made == sum(page.kind != "plain" for page in content.pages())


def test_the_map_is_light_enough():
    response = Client().get(
        PathwayIndexPage.objects.get().url, headers={"accept-encoding": "gzip"}
    )
    assert len(response.content) < 60_000
