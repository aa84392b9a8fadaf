"""The check finds every difference, no other, and mends it."""

import threading

from django.core.management import CommandError, call_command
from django.db import connections

import pytest

from careers.jobs.models import JobListing
from search import changes, comparison, index
from search.comparison import Compared, Difference, Kind
from search.models import PendingChange
from tests.jobs.factories import EmployerFactory, JobListingFactory

from .in_step import assert_in_step, build, carry, held, site_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(elasticsearch_node):
    with site_on(elasticsearch_node) as client:
        yield client


@pytest.fixture
def listings(client):
    """Ten open listings in an index that is in step."""
    found = JobListingFactory.create_batch(10, employer=EmployerFactory())
    build(client)
    return found


def check(capsys, **options):
    """What the command says, and the status that it ends with."""
    try:
        call_command("check_search_index", verbosity=0, **options)
        status = 0
    except SystemExit as end:
        status = end.code
    return capsys.readouterr().out.splitlines(), status


def test_an_index_in_step_has_no_difference(listings, capsys):
    JobListingFactory(draft=True)
    JobListingFactory(closed=True)
    assert check(capsys) == (["10 open listings compared: no difference."], 0)


def damage(client, listings):
    """One of each kind, behind everybody's back."""
    ours = {"index": index.alias(), "refresh": True}
    client.delete(id=listings[2].pk, **ours)
    client.update(id=listings[4].pk, doc={"fingerprint": "0"}, **ours)
    document = client.get(index=index.alias(), id=listings[9].pk)["_source"]
    client.index(id=10**9, document={**document, "id": 10**9}, **ours)


DAMAGED = "10 open listings compared: 1 missing, 1 extra, 1 different."


def test_every_kind_of_difference_is_told(client, listings, capsys):
    damage(client, listings)
    lines, status = check(capsys)
    assert status == 1
    assert lines == [
        f"missing\t{listings[2].pk}",
        f"different\t{listings[4].pk}",
        f"extra\t{10**9}",
        DAMAGED,
    ]
    assert check(capsys) == (lines, 1), "looking changes nothing"


def test_differences_are_mended(client, listings, capsys):
    damage(client, listings)
    lines, status = check(capsys, repair=True)
    assert status == 0
    assert lines[-1] == f"{DAMAGED} 3 repaired."
    assert_in_step(client)
    assert check(capsys) == (["10 open listings compared: no difference."], 0)


def test_a_document_that_cannot_be_mended_stays_a_difference(client, listings, capsys):
    damage(client, listings)
    full = {"index.blocks.read_only_allow_delete": True}
    client.indices.put_settings(index=index.alias(), settings=full)
    with pytest.raises(CommandError, match="takes nothing now"):
        check(capsys, repair=True)
    assert PendingChange.objects.count() == 3, "they are noted, for the worker"


def test_what_is_noted_is_on_its_way_and_no_difference(listings, capsys):
    JobListing.objects.filter(pk=listings[0].pk).update(title="Zygote coder")
    listings[1].delete()
    JobListingFactory()
    lines, status = check(capsys)
    assert status == 0
    assert lines == [
        "10 open listings compared: no difference. "
        "3 that differ are noted, still to be sent."
    ]


def test_more_than_one_page_of_either_side_is_compared(client, monkeypatch):
    monkeypatch.setattr(comparison, "CHUNK", 3)
    listings = JobListingFactory.create_batch(10, employer=EmployerFactory())
    build(client)
    damage(client, listings)
    compared = Compared()
    assert list(comparison.differences(client, compared)) == [
        Difference(Kind.MISSING, listings[2].pk),
        Difference(Kind.DIFFERENT, listings[4].pk),
        Difference(Kind.EXTRA, 10**9),
    ]
    assert compared.listings == 10


def test_writes_while_it_compares_are_no_differences(client, listings, capsys):
    is_over = threading.Event()

    def write():
        title = 0
        while not is_over.is_set():
            title += 1
            some = JobListing.objects.filter(pk=listings[title % 10].pk)
            some.update(title=f"Coder {title}")
            carry(client)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    told = [check(capsys) for _ in range(5)]
    is_over.set()
    writer.join()
    assert [status for _, status in told] == [0] * 5
    carry(client)
    assert_in_step(client)


def test_without_an_index_it_says_how_to_get_one(client):
    with pytest.raises(CommandError, match="run rebuild_search_index"):
        call_command("check_search_index", verbosity=0)


def test_while_an_index_is_built_it_says_so(client, listings, capsys):
    told = []

    def look():
        with pytest.raises(CommandError) as caught:
            check(capsys)
        told.append(str(caught.value))
        connections.close_all()

    with changes.building():
        looking = threading.Thread(target=look)
        looking.start()
        looking.join()
    assert told == ["An index is being built. Check when it is done."]
    assert held(client).keys() == {listing.pk for listing in listings}
