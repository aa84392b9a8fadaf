"""Whatever is written reaches the index, whoever dies on the way."""

import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test import override_settings
from django.utils import timezone

import pytest
from elasticsearch import ConnectionError as NoConnectionError
from elasticsearch import Elasticsearch

from careers.jobs.models import JobListing
from search import bulk, changes, index, indices, worker
from search.models import PendingChange
from search.worker import Worker
from tests.jobs.factories import EmployerFactory, JobListingFactory

from .in_step import (
    Log,
    assert_in_step,
    build,
    carry,
    held,
    site_on,
    start,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(elasticsearch_node):
    """A cluster with an empty index that answers for the site."""
    with site_on(elasticsearch_node) as client:
        build(client)
        yield client


# What is carried


def test_changes_reach_the_index(client):
    listings = JobListingFactory.create_batch(5)
    carry(client)
    assert held(client).keys() == {listing.pk for listing in listings}
    JobListing.objects.filter(pk=listings[0].pk).update(title="Zygote coder")
    JobListing.objects.filter(pk=listings[1].pk).update(live=False)
    JobListing.objects.filter(pk=listings[2].pk).update(removed_at=timezone.now())
    listings[3].delete()
    JobListingFactory(draft=True)
    JobListingFactory(closed=True)
    carry(client)
    assert held(client).keys() == {listings[0].pk, listings[4].pk}
    assert_in_step(client)


def test_what_is_taken_back_never_reaches_the_index(client):
    with transaction.atomic():
        JobListingFactory()
        transaction.set_rollback(True)
    carry(client)
    assert held(client) == {}


def test_many_batches_are_carried_round_after_round(client, monkeypatch):
    monkeypatch.setattr(changes, "BATCH", 4)
    employer = EmployerFactory()
    JobListingFactory.create_batch(18, employer=employer)
    carry(client)
    assert_in_step(client)


def test_a_listing_that_closes_by_the_clock_leaves_the_index(client):
    listing = JobListingFactory()
    carry(client)
    with connection.cursor() as cursor:
        # No trigger hears of time that passes.
        cursor.execute("ALTER TABLE jobs_joblisting DISABLE TRIGGER USER")
        closed_at = timezone.now() - timedelta(hours=1)
        JobListing.objects.update(expire_at=closed_at)
        cursor.execute("ALTER TABLE jobs_joblisting ENABLE TRIGGER USER")
    client.update(
        index=index.alias(),
        id=listing.pk,
        doc={"expire_at": index_time(closed_at)},
        refresh=True,
    )
    carry(client)
    assert held(client) == {}


def index_time(moment):
    return int(moment.timestamp() * 1_000_000)


# Order


def test_a_reading_that_arrives_late_changes_nothing(client):
    listing = JobListingFactory()
    late = changes.read_noted(changes.new_round())
    JobListing.objects.update(title="Zygote coder")
    carry(client)
    refused = bulk.send(
        client, index.alias(), version=late.version, documents=late.documents
    )
    assert refused == {}
    assert_in_step(client)
    listing.delete()
    carry(client)
    bulk.send(client, index.alias(), version=late.version, documents=late.documents)
    assert held(client) == {}


class WritesMeanwhile(Elasticsearch):
    """A client that is slow enough for somebody to write while it sends."""

    def bulk(self, **options):
        JobListing.objects.update(title="After")
        return super().bulk(**options)


def test_a_listing_that_is_changed_while_it_is_sent_keeps_its_note(client):
    JobListingFactory(title="Before")
    slow = WritesMeanwhile(settings.SEARCH_URL)
    with changes.sending():
        changes.carry(
            slow, [(index.alias(), True)], changes.new_round(), on_refused=Log()
        )
    assert PendingChange.objects.count() == 1
    carry(client)
    assert_in_step(client)


def test_neither_the_worker_nor_a_writer_waits_for_the_other(client):
    """A writer that is not done yet holds the note; the worker passes it over."""
    first, second = JobListingFactory.create_batch(2)
    written, sent = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            JobListing.objects.filter(pk=first.pk).update(title="First")
            written.set()
            assert sent.wait(60)
            JobListing.objects.filter(pk=second.pk).update(title="Second")
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    assert written.wait(60)
    carry(client)
    assert set(PendingChange.objects.values_list("pk", flat=True)) == {first.pk}
    sent.set()
    writer.join()
    assert carry(client) == []
    assert_in_step(client)


def test_versions_follow_the_clock_and_never_fall_back():
    with changes.snapshot() as first:
        pass
    with connection.cursor() as cursor:  # as after the restore of an old backup
        cursor.execute("SELECT setval('search_version', 1)")
    with changes.snapshot() as second:
        pass
    ahead = second + 10**15
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('search_version', %s)", [ahead])
    with changes.snapshot() as third:
        pass
    assert first < second < ahead < third


def test_one_process_sends_at_a_time(client):
    JobListingFactory()
    with other_session("SELECT pg_advisory_lock(%s, 1)", changes._LOCK):
        assert carry(client) == []
        assert PendingChange.objects.exists()
    carry(client)
    assert_in_step(client)


class other_session:  # noqa: N801
    """A connection that holds something while we do something."""

    def __init__(self, sql, *values):
        self.other = connections.create_connection("default")
        self.sql, self.values = sql, values

    def __enter__(self):
        with self.other.cursor() as cursor:
            cursor.execute(self.sql, self.values)

    def __exit__(self, *exception):
        self.other.close()


# What goes wrong

NOWHERE = [{"city": "Nowhere", "state": "OH", "latitude": 99.0, "longitude": 0.0}]


def test_a_refused_document_is_told_of_once_and_holds_up_no_other(client):
    bad, good = JobListingFactory(places=NOWHERE), JobListingFactory()
    (line,) = carry(client)
    assert line.startswith(f"Listing {bad.pk} is refused, and sent again later: ")
    assert "latitude" in line
    assert held(client).keys() == {good.pk}
    assert carry(client) == [], "it rests"
    rested = timezone.now() - 2 * changes.REFUSAL_RESTS
    PendingChange.objects.update(refused_at=rested)
    assert carry(client) == [], "it is told of once"
    assert PendingChange.objects.get().refused_at > rested
    JobListing.objects.filter(pk=bad.pk).update(places=[])
    assert carry(client) == []
    assert_in_step(client)


def test_an_index_that_is_full_is_an_outage_and_loses_nothing(client):
    JobListingFactory()
    block(client, is_on=True)
    with pytest.raises(bulk.UnsentError, match="block"):
        carry(client)
    assert PendingChange.objects.filter(refused_at=None).count() == 1
    block(client, is_on=False)
    carry(client)
    assert_in_step(client)


def block(client, *, is_on):
    """What Elasticsearch does when its disk is nearly full."""
    client.indices.put_settings(
        index=index.alias(),
        settings={"index.blocks.read_only_allow_delete": True if is_on else None},
    )


def test_what_is_too_much_at_once_is_sent_in_parts(client, monkeypatch):
    JobListingFactory.create_batch(5)
    monkeypatch.setattr(bulk, "MOST_BYTES", 1)
    carry(client)
    assert_in_step(client)


def test_an_index_that_went_away_is_not_made_by_sending(client):
    JobListingFactory()
    reading = changes.read_noted(changes.new_round())
    alias = index.alias()
    client.indices.delete(index=indices.standing(client))
    with pytest.raises(bulk.NoIndexError):
        bulk.send(client, alias, version=reading.version, documents=reading.documents)
    assert not client.indices.exists(index=alias)


def test_a_strangers_index_under_our_alias_is_left_alone(client):
    JobListingFactory()
    client.indices.delete(index=indices.standing(client))
    stranger = f"{index.alias()}-stranger"
    client.indices.create(index=stranger, aliases={index.alias(): {}})
    with pytest.raises(indices.ForeignIndexError, match="stranger"):
        carry(client)
    with pytest.raises(indices.ForeignIndexError):
        build(client)
    assert client.count(index=stranger)["count"] == 0


# The worker


def test_the_worker_builds_the_first_index(elasticsearch_node):
    with site_on(elasticsearch_node) as client:
        JobListingFactory.create_batch(3)
        first, second = carry(client)
        assert first.startswith("There is no index yet")
        assert second.startswith("3 listings are in the new index")
        assert_in_step(client)


def test_the_worker_of_an_older_version_does_not_build_its_index_again(client):
    log = Log()
    process = Worker(client, log)
    process.turn()
    later = f"{index.alias()[:-8]}00000000"
    name = f"{later}-{'9' * 20}"
    client.indices.create(
        index=name,
        mappings={"_meta": {"product": index.PRODUCT, "fingerprint": "00000000"}},
        aliases={later: {}},
    )
    client.indices.delete(index=indices.standing(client))
    JobListingFactory()
    assert [process.turn(), process.turn()] == [False, False]
    (line,) = log
    assert "another version" in line
    assert list(indices.built(client)) == [name]


def test_the_command_drains_once_and_says_how_much(client, capsys):
    JobListingFactory.create_batch(3)
    call_command("sync_search_index", verbosity=0)
    assert capsys.readouterr().out == "3 changes carried over, 0 refused.\n"
    assert_in_step(client)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "SEARCH_URL is not set"),
        ("http://127.0.0.1:9", "ConnectionError: .* What was not sent is kept"),
    ],
)
def test_the_command_says_what_stands_in_its_way(url, told):
    JobListingFactory()
    with override_settings(SEARCH_URL=url), pytest.raises(CommandError, match=told):
        call_command("sync_search_index", verbosity=0)
    assert PendingChange.objects.exists()


def test_the_worker_ends_in_order_when_it_is_asked_to(client):
    process = start("sync_search_index", "--follow")
    assert process.stdout.readline() == "Keeping the search index in step.\n"
    JobListingFactory()
    until(lambda: not PendingChange.objects.exists())
    process.send_signal(signal.SIGTERM)
    assert process.stdout.read() == "1 changes carried over, 0 refused.\n"
    assert process.wait() == 0
    assert_in_step(client)


def test_the_worker_ends_with_the_process_beside_it(client):
    process = start("sync_search_index", "--follow", "--beside", "1")
    _, closing = process.stdout.read().splitlines()
    assert closing == "0 changes carried over, 0 refused."
    assert process.wait() == 0


def test_the_worker_goes_on_after_an_outage_of_the_database(client):
    process = start("sync_search_index", "--follow")
    process.stdout.readline()
    JobListingFactory()
    until(lambda: not PendingChange.objects.exists())
    with changes.sending():  # it has done with that
        pass
    for _ in range(2):
        end_other_sessions()
        JobListingFactory()
        assert process.stdout.readline().startswith("Changes wait, trying again: ")
        assert process.stdout.readline().startswith("Changes are carried over again")
    process.terminate()
    assert process.stdout.read() == "3 changes carried over, 0 refused.\n"
    assert_in_step(client)


def end_other_sessions():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_the_worker_goes_on_after_an_outage_of_the_engine(own_node):
    with site_on(own_node.url) as client:
        build(client)
        log = Log()
        process = Worker(client.options(request_timeout=2, max_retries=0), log)
        JobListingFactory()
        own_node.kill()
        with pytest.raises(worker.OUTAGES) as caught:
            process.turn()
        assert isinstance(caught.value, NoConnectionError)
        own_node.start()
        while process.turn():
            pass
        assert_in_step(client)
