"""The worker as a process: killed at any moment, and refused by its cluster."""

import random
import threading
import time
from contextlib import contextmanager
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import override_settings

import pytest
from elasticsearch import Elasticsearch

from careers.jobs.models import JobListing
from search import changes, comparison, indices
from search.comparison import Compared
from search.models import PendingChange
from tests.jobs.factories import EmployerFactory, JobListingFactory

from .in_step import assert_in_step, build, site_on, start, until
from .nodes import LEAST_RIGHTS
from .wire import Wire

pytestmark = pytest.mark.django_db(transaction=True)

# Killed

#: More than two batches.
LISTINGS = 2 * changes.BATCH + 50


@pytest.fixture
def wire(elasticsearch_node):
    with Wire(elasticsearch_node) as wire:
        yield wire


@pytest.fixture
def client(wire):
    """A cluster with an index, at the end of a wire."""
    employer = EmployerFactory()
    JobListing.objects.bulk_copy(
        JobListingFactory.build_batch(LISTINGS, employer=employer)
    )
    with site_on(wire.url) as client:
        build(client)
        yield client


@contextmanager
def written_without_pause():
    """Somebody writes all the while."""
    employer = EmployerFactory()
    is_over = threading.Event()
    writer = threading.Thread(target=_write_at_random, args=(employer, is_over))
    writer.start()
    try:
        yield
    finally:
        is_over.set()
        writer.join()


def _write_at_random(employer, is_over):
    draw = random.Random(6)
    while not is_over.wait(0.01):
        keys = list(JobListing.objects.values_list("pk", flat=True))
        some = JobListing.objects.filter(pk__in=draw.sample(keys, 5))
        act = draw.randrange(5)
        if act == 0:
            JobListing.objects.bulk_copy(
                JobListingFactory.build_batch(5, employer=employer)
            )
        elif act == 1:
            some.delete()
            JobListingFactory.create_batch(5, employer=employer)
        elif act == 2:
            some.update(live=draw.random() < 0.7)
        else:
            some.update(title=f"Coder {draw.randrange(10**6)}")
    connections.close_all()


def test_a_worker_that_is_killed_at_any_moment_loses_nothing(client, wire):
    """Under writes of every kind; each finds what the one before it left."""
    late = wire.hold("request")
    with written_without_pause():
        kill_when(late.wait, "its request is on its way")
        kill_with_its_request_lost(wire)
        kill_with_the_answer_on_its_way(wire)
        kill_before_the_notes_go(wire)
        kill_while_the_notes_go(wire)
        for seconds in (0.1, 0.4, 0.9):
            kill_when(lambda s=seconds: time.sleep(s), f"it has worked for {seconds} s")
    process = worker()
    until(lambda: not PendingChange.objects.exists())
    end(process)
    late.release()
    late.wait_for_answer()
    assert_in_step(client)
    call_command("check_search_index", verbosity=0)


def worker():
    """A running worker, with more than it carries at once before it."""
    changes.note(JobListing.objects.values_list("pk", flat=True))
    process = start("sync_search_index", "--follow")
    assert process.stdout.readline() == "Keeping the search index in step.\n"
    return process


def kill_when(wait, moment):
    """Kill a worker when the waiting is over, and look what it leaves."""
    process = worker()
    wait()
    kill(process)
    assert_nothing_is_lost(moment)


def kill(process):
    assert process.poll() is None, "It ended by itself."
    process.kill()
    process.communicate()


def end(process):
    """Ask a worker to end; what it said since."""
    process.terminate()
    said, _ = process.communicate()
    return said.splitlines()


def assert_nothing_is_lost(moment):
    """What differs is noted, even while nobody carries it over."""
    with Elasticsearch(settings.SEARCH_URL, request_timeout=30) as client:
        assert list(comparison.differences(client, Compared())) == [], moment


def kill_with_its_request_lost(wire):
    hold = wire.hold("request")
    kill_when(hold.wait, "its request has not left the machine")
    hold.lose()


def kill_with_the_answer_on_its_way(wire):
    hold = wire.hold("answer")
    kill_when(hold.wait, "the index has taken a batch, and it does not know")
    hold.release()


def kill_before_the_notes_go(wire):
    """It knows that the index has the batch, and the notes stand for ever."""
    process = worker()
    with standing_before_the_notes(wire) as session:
        kill(process)
        ended = "SELECT pg_terminate_backend(%s, 60000)"
        with connection.cursor() as cursor:
            assert cursor.execute(ended, [session]).fetchone() == (True,)
    assert_nothing_is_lost("it was to remove the notes")


def kill_while_the_notes_go(wire):
    """The database removes them though the worker that asked for it has gone."""
    process = worker()
    with standing_before_the_notes(wire):
        kill(process)
    assert_nothing_is_lost("the notes were about to go")


@contextmanager
def standing_before_the_notes(wire):
    """Stop the worker between the index's answer and the notes; gives its session."""
    hold = wire.hold("answer")
    hold.wait()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE search_pendingchange IN SHARE ROW EXCLUSIVE MODE")
        hold.release()
        until(lambda: waiting_sender(cursor))
        yield waiting_sender(cursor)


def waiting_sender(cursor):
    """The session that has the right to send and waits for the notes."""
    cursor.execute(
        "SELECT sender.pid FROM pg_locks sender JOIN pg_locks waiter USING (pid) "
        "WHERE sender.locktype = 'advisory' AND sender.granted "
        "AND (sender.classid, sender.objid) = (%s, %s) AND NOT waiter.granted "
        "AND waiter.relation = 'search_pendingchange'::regclass",
        [changes._LOCK, changes._SENDING],
    )
    found = cursor.fetchone()
    return found and found[0]


# Refused


@pytest.fixture
def account(tls_node, monkeypatch):
    """The site on a node that asks who is there, with the key of an account."""
    prefix = f"listings-{uuid4().hex[:8]}"
    key = tls_node.api_key()
    known = {
        "SEARCH_URL": tls_node.url,
        "SEARCH_INDEX": prefix,
        "SEARCH_CA_CERTS": str(tls_node.ca_certs),
        "SEARCH_API_KEY": key,
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    with (
        override_settings(**known),
        Elasticsearch(
            tls_node.url_with_login, ca_certs=tls_node.ca_certs, request_timeout=30
        ) as client,
    ):
        build(client)
        yield Account(key, client)
        left = client.indices.get(index=f"{prefix}*", expand_wildcards="all").body
        indices.delete(client, list(left))


class Account(NamedTuple):
    key: str
    #: Another account, which stands in for the site while its own is refused.
    client: Elasticsearch


@pytest.mark.parametrize(
    "left",
    [
        {"cluster": [], "indices": []},
        {
            "cluster": ["monitor"],
            "indices": [{"names": ["listings-*"], "privileges": ["manage"]}],
        },
    ],
    ids=["none", "all but writing"],
)
def test_a_worker_goes_on_by_itself_when_its_rights_come_back(tls_node, account, left):
    process = start("sync_search_index", "--follow")
    process.stdout.readline()
    JobListingFactory()
    until(lambda: not PendingChange.objects.exists())
    tls_node.change_rights(account.key, left)
    JobListingFactory()
    line = process.stdout.readline()
    assert line.startswith("Changes wait, trying again: ")
    assert "`manage.py check` names those missing" in line
    JobListingFactory()
    assert PendingChange.objects.count() == 2
    tls_node.change_rights(account.key, LEAST_RIGHTS)
    until(lambda: not PendingChange.objects.exists())
    over = process.stdout.readline()
    assert over.startswith("Changes are carried over again, after ")
    assert end(process) == ["3 changes carried over, 0 refused."]
    assert_in_step(account.client)


def test_a_worker_whose_key_is_revoked_leaves_all_to_one_with_another(
    tls_node, account
):
    process = start("sync_search_index", "--follow")
    process.stdout.readline()
    tls_node.revoke(account.key)
    JobListingFactory.create_batch(2)
    line = process.stdout.readline()
    assert line.startswith("Changes wait, trying again: ")
    assert "set SEARCH_API_KEY" in line
    assert end(process) == ["0 changes carried over, 0 refused."]
    with override_settings(SEARCH_API_KEY=tls_node.api_key()):
        call_command("sync_search_index", verbosity=0)
    assert_in_step(account.client)
