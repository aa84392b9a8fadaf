"""The index of pages is built whole, in one step, whenever a page has changed."""

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Page, PageViewRestriction

import pytest
from elasticsearch import Elasticsearch

from search import changes, indices, page_index, page_upkeep
from search.comparison import Kind
from search.models import PageWords
from search.worker import PAGES, Worker
from tests.jobs.factories import JobListingFactory
from tests.pathways.factories import GuidePageFactory, PlainPageFactory, text

from .in_step import Log, assert_in_step, build, carry, site_on
from .in_step import held as listings_held

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _root(transactional_db):
    """Other tests may have emptied the database of what migrations wrote."""
    language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    Locale.objects.get_or_create(language_code=language)
    if not Page.get_first_root_node():
        Page.add_root(title="Root", slug="root")


@pytest.fixture
def client(elasticsearch_node):
    with site_on(elasticsearch_node) as client:
        yield client


def held(client):
    """Titles' pages in the index that answers."""
    client.indices.refresh(index=page_index.alias())
    hits = client.search(index=page_index.alias(), size=100, source=["digest"])
    return {int(hit["_id"]) for hit in hits["hits"]["hits"]}


def standing(client):
    (name,) = client.indices.get_alias(name=page_index.alias()).body
    return name


def test_the_first_look_builds_it_and_the_next_leaves_it(client):
    page = GuidePageFactory()
    assert page_upkeep.keep(client, wait=True)
    assert page.pk in held(client)
    before = standing(client)
    assert not page_upkeep.keep(client, wait=True)
    assert standing(client) == before


def _publish(page):
    page.title = "Another title"
    page.save_revision().publish()


def _close(page):
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


CHANGES = {
    "published": (_publish, True),
    "unpublished": (lambda page: page.unpublish(), False),
    "closed to strangers": (_close, False),
    "deleted": (lambda page: page.delete(), False),
    "unpublished in bulk": (
        lambda page: type(page).objects.filter(pk=page.pk).update(live=False),
        False,
    ),
}


@pytest.mark.parametrize(("change", "stays"), CHANGES.values(), ids=CHANGES)
def test_every_change_of_a_page_reaches_it(client, change, stays):
    page, other = GuidePageFactory(), PlainPageFactory()
    pk = page.pk
    page_upkeep.keep(client, wait=True)
    before = standing(client)
    change(page)
    assert page_upkeep.keep(client, wait=True)
    assert standing(client) != before
    assert other.pk in held(client)
    assert (pk in held(client)) == stays
    assert not client.indices.exists(index=before), "the old one is removed"


def test_a_draft_changes_nothing(client):
    page = GuidePageFactory()
    page_upkeep.keep(client, wait=True)
    page.title = "Not yet"
    page.save_revision()
    assert not page_upkeep.keep(client, wait=True)


def test_what_is_dropped_behind_our_back_is_built_again(client):
    GuidePageFactory()
    page_upkeep.keep(client, wait=True)
    client.indices.delete(index=standing(client))
    assert page_upkeep.keep(client, wait=True)


def test_one_builds_at_a_time(client):
    GuidePageFactory()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            key = [changes._LOCK, changes._PAGES]
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", key)
            assert not page_upkeep.keep(client, wait=False)
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
    finally:
        other.close()
    assert page_upkeep.keep(client, wait=False)


def test_a_build_that_breaks_off_leaves_the_old_one(elasticsearch_node, client):
    page = GuidePageFactory()
    page_upkeep.keep(client, wait=True)
    before = standing(client)
    _publish(page)
    with (
        Refusing(elasticsearch_node) as refusing,
        pytest.raises(page_upkeep.PagesUnsentError, match="is refused"),
    ):
        page_upkeep.keep(refusing, wait=True)
    assert standing(client) == before
    ours = client.indices.get(index=f"{page_index.prefix()}-*").body
    assert list(ours) == [before], "what was begun is removed"
    assert page_upkeep.keep(client, wait=True)


def test_a_strangers_index_is_left_alone(client):
    client.indices.create(index="test-stranger", aliases={page_index.alias(): {}})
    try:
        with pytest.raises(indices.ForeignIndexError, match="did not build"):
            page_upkeep.keep(client, wait=True)
        assert client.indices.exists(index="test-stranger")
    finally:
        client.indices.delete(index="test-stranger")


# The worker and the commands


def test_the_worker_keeps_it_in_step(client, monkeypatch):
    page = GuidePageFactory()
    build(client)
    worker = Worker(client, Log())
    worker.turn()
    assert page.pk in held(client)
    page.unpublish()
    worker.turn()
    assert page.pk in held(client), "it looks now and then"
    monkeypatch.setattr(worker, "_look_for_pages_at", 0.0)
    worker.turn()
    assert page.pk not in held(client)
    assert PAGES <= 30, "a page is found within a minute"


def test_the_worker_goes_on_with_listings_where_pages_cannot_be_kept(client):
    GuidePageFactory()
    client.indices.create(
        index=f"{page_index.prefix()}-stranger", aliases={page_index.alias(): {}}
    )
    build(client)
    listing = JobListingFactory()
    said = carry(client)
    assert_in_step(client)
    assert listing.pk in listings_held(client)
    assert [line for line in said if line.startswith("Pages wait:")]


def damage(client, missing, different):
    ours = {"index": page_index.alias(), "refresh": True}
    document = client.get(index=page_index.alias(), id=missing.pk)["_source"]
    client.index(id=10**9, document={**document, "id": 10**9}, **ours)
    client.delete(id=missing.pk, **ours)
    client.update(id=different.pk, doc={"digest": "0"}, **ours)


def test_the_check_tells_every_kind_of_difference_and_mends_it(client, capsys):
    pages = GuidePageFactory.create_batch(2)
    call_command("rebuild_search_index", verbosity=0)
    assert "pages are in theirs." in capsys.readouterr().out
    damage(client, *pages)
    found = page_upkeep.compare(client).differences
    assert [(one.kind, one.page_id) for one in found] == [
        (Kind.MISSING, pages[0].pk),
        (Kind.DIFFERENT, pages[1].pk),
        (Kind.EXTRA, 10**9),
    ]
    with pytest.raises(SystemExit):
        call_command("check_search_index", verbosity=0)
    lines = capsys.readouterr().out.splitlines()
    assert f"page missing\t{pages[0].pk}" in lines
    assert lines[-1].endswith("pages compared: 3 differ.")
    call_command("check_search_index", verbosity=0, repair=True)
    assert capsys.readouterr().out.rstrip().endswith("3 differ. 3 repaired.")
    call_command("check_search_index", verbosity=0)
    assert capsys.readouterr().out.rstrip().endswith("pages compared: no differ.")


def test_the_sync_for_once_covers_pages(client, capsys):
    build(client)
    page = GuidePageFactory()
    call_command("sync_search_index", verbosity=0)
    assert page.pk in held(client)


# What the trigger keeps


def test_words_of_a_page_follow_wagtails_index():
    page = GuidePageFactory(title="Zygotes", body=[text("<p>Of zygotes.</p>")])
    words = PageWords.objects.get(page=page)
    assert words.title == "Zygotes"
    assert "Of zygotes." in words.text
    page.title = "Morulas"
    page.save_revision().publish()
    again = PageWords.objects.get(page=page)
    assert again.title == "Morulas"
    assert again.digest != words.digest
    page.delete()
    assert not PageWords.objects.filter(pk=words.pk).exists()


def test_an_index_made_anew_by_wagtail_keeps_the_words(client):
    page = GuidePageFactory()
    before = PageWords.objects.get(page=page).digest
    call_command("wagtail_update_index", verbosity=0)
    assert PageWords.objects.get(page=page).digest == before


class Refusing(Elasticsearch):
    """A client whose bulk requests are refused."""

    def options(self, **kwargs):
        made = super().options(**kwargs)
        made.__class__ = Refusing
        return made

    def bulk(self, **kwargs):
        return super().bulk(**{**kwargs, "pipeline": "there-is-none"})
