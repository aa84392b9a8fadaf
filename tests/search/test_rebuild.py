"""A new index takes the place of the old one without a moment in which none answers."""

import re
import signal
import threading

from django.core.management import call_command
from django.db import connections

import pytest
from elasticsearch import Elasticsearch, NotFoundError
from tqdm import tqdm

from careers.jobs.models import JobListing
from search import bulk, changes, index, indices
from search.models import PendingChange
from search.rebuild import CHUNK, RebuildError, rebuild
from tests.jobs.factories import EmployerFactory, JobListingFactory

from .in_step import Log, assert_in_step, build, carry, held, site_on, start, until

pytestmark = pytest.mark.django_db(transaction=True)

MORE_THAN_ONE_CHUNK = CHUNK + 300


@pytest.fixture
def client(elasticsearch_node):
    """A cluster in which the site has no index yet."""
    with site_on(elasticsearch_node) as client:
        yield client


def write(number, **facts):
    employer = EmployerFactory()
    listings = JobListingFactory.build_batch(number, employer=employer, **facts)
    JobListing.objects.bulk_copy(listings)


class Meanwhile(Elasticsearch):
    """A client beside which something happens before its n-th bulk request."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.acts = {}

    def options(self, **kwargs):
        made = super().options(**kwargs)
        made.acts = self.acts
        return made

    def bulk(self, **kwargs):
        number = self.acts["seen"] = self.acts.get("seen", 0) + 1
        if act := self.acts.get(number):
            act()
        return super().bulk(**kwargs)


@pytest.fixture
def meanwhile(elasticsearch_node):
    with Meanwhile(elasticsearch_node, request_timeout=30) as client:
        yield client


def in_thread(act):
    """In a thread of its own, with its own connection, to the end."""

    def run():
        act()
        connections.close_all()

    def start_and_wait():
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    return start_and_wait


# What is built


def test_every_open_listing_is_in_the_new_index(client):
    write(MORE_THAN_ONE_CHUNK)
    JobListingFactory(draft=True)
    JobListingFactory(closed=True)
    JobListingFactory(removed=True)
    with tqdm(disable=True) as bar:
        built = rebuild(client, say=Log(), bar=bar)
    assert built.listings == MORE_THAN_ONE_CHUNK == len(held(client))
    assert indices.standing(client) == built.name
    assert_in_step(client)


def test_a_site_without_listings_gets_an_empty_index(client):
    assert build(client).listings == 0
    assert_in_step(client)


def test_the_new_index_has_the_settings_that_it_was_promised(client):
    name = build(client).name
    told = client.indices.get(index=name)[name]
    assert told["settings"]["index"]["refresh_interval"] == "1s"
    assert told["settings"]["index"]["auto_expand_replicas"] == "0-1"
    assert told["mappings"]["_meta"] == index.meta()


def test_the_older_index_goes_and_so_do_leftovers_and_other_versions(client):
    first = build(client).name
    leftover = f"{index.alias()}-{'1' * 20}"
    other = f"{index.alias()[:-8]}00000000"
    other_index = f"{other}-{'2' * 20}"
    stranger = f"{index.alias()}-notes"
    ours = {"_meta": {"product": index.PRODUCT, "fingerprint": "00000000"}}
    client.indices.create(index=leftover, mappings=ours)
    client.indices.create(index=other_index, mappings=ours, aliases={other: {}})
    client.indices.create(index=stranger, aliases={})
    second = build(client)
    assert set(second.removed) == {first, leftover, other_index}
    assert list(indices.built(client)) == [second.name]
    assert client.indices.exists(index=stranger)


def test_changes_while_it_fills_are_in_the_new_index_and_in_the_old(client, meanwhile):
    write(MORE_THAN_ONE_CHUNK)
    build(client)
    first = JobListing.objects.earliest("pk")
    last = JobListing.objects.latest("pk")
    seen = []

    @in_thread
    def change():
        JobListing.objects.filter(pk=first.pk).update(title="Changed behind")
        JobListing.objects.filter(pk=last.pk).update(title="Changed ahead")
        JobListing.objects.filter(pk=first.pk + 1).delete()
        JobListingFactory()
        seen.append(first.pk)

    meanwhile.acts[2] = change
    build(meanwhile)
    assert seen
    carry(client)
    assert_in_step(client)


# No empty moment


def test_questions_are_answered_in_full_at_every_moment(client):
    write(MORE_THAN_ONE_CHUNK)
    build(client)
    is_over = threading.Event()
    totals, errors = [], []

    def ask():
        while not is_over.is_set():
            try:
                totals.append(client.count(index=index.alias())["count"])
            except NotFoundError as error:
                errors.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    names = {build(client).name for _ in range(2)}
    is_over.set()
    asking.join()
    assert len(names) == 2
    assert errors == []
    assert set(totals) == {MORE_THAN_ONE_CHUNK}


# What goes wrong


def test_a_rebuild_that_fails_leaves_the_old_index_alone(client, meanwhile):
    write(MORE_THAN_ONE_CHUNK)
    first = build(client).name

    def fail():
        raise RebuildError("The tape is torn.")

    meanwhile.acts[2] = fail
    with pytest.raises(RebuildError, match="tape"):
        build(meanwhile)
    assert list(indices.built(client)) == [first]
    carry(client)
    assert_in_step(client)


def test_documents_that_are_all_refused_make_no_index(client):
    nowhere = {"city": "Nowhere", "state": "OH", "latitude": 99.0, "longitude": 0.0}
    write(20, places=[nowhere])
    with pytest.raises(
        RebuildError, match=r"20 of 20 documents are refused: .*latitude"
    ):
        build(client)
    assert indices.built(client) == {}


def test_a_single_refused_document_waits_and_the_rest_is_there(client):
    JobListingFactory.create_batch(3)
    nowhere = {"city": "Nowhere", "state": "OH", "latitude": 99.0, "longitude": 0.0}
    bad = JobListingFactory(places=[nowhere])
    log = Log()
    with tqdm(disable=True) as bar:
        assert rebuild(client, say=log, bar=bar).listings == 3
    assert [line.split(":")[0] for line in log] == [f"Listing {bad.pk} is refused"]
    (note,) = PendingChange.objects.all()
    assert note.pk == bad.pk
    assert note.refused_at


def test_an_index_that_is_removed_while_it_fills_is_not_put_in_place(client, meanwhile):
    """Sending makes it anew, with a mapping that is not ours."""
    write(10)
    meanwhile.acts[1] = lambda: indices.delete(client, list(indices.built(client)))
    with pytest.raises(RebuildError, match="was removed while it was built"):
        build(meanwhile)
    assert not client.indices.exists(index=index.alias())


def test_a_cluster_that_is_full_for_a_while_is_waited_for(client, meanwhile):
    write(MORE_THAN_ONE_CHUNK)
    is_full = "index.blocks.read_only_allow_delete"

    def fill_up():
        (name,) = indices.built(client)
        client.indices.put_settings(index=name, settings={is_full: True})

    def make_room():
        (name,) = indices.built(client)
        client.indices.put_settings(index=name, settings={is_full: None})

    meanwhile.acts |= {2: fill_up, 4: make_room}
    build(meanwhile)
    assert meanwhile.acts["seen"] >= 4
    assert_in_step(client)


def test_a_cluster_that_stays_full_is_given_up(client, meanwhile):
    write(10)

    def fill_up():
        (name,) = indices.built(client)
        full = {"index.blocks.read_only_allow_delete": True}
        client.indices.put_settings(index=name, settings=full)

    meanwhile.acts[1] = fill_up
    with pytest.raises(bulk.UnsentError, match="block"):
        build(meanwhile, patience=0.5)
    assert indices.built(client) == {}


# Two at once, and the end in the middle


def test_a_second_rebuild_says_that_one_runs(client, meanwhile):
    write(10)
    told = []

    def build_too():
        process = start("rebuild_search_index", "--verbosity", "0")
        told.append(process.communicate()[0])

    meanwhile.acts[1] = build_too
    build(meanwhile)
    reason = "Another process is building the index."
    assert told == [f"CommandError: {reason}\n"]
    assert_in_step(client)


def test_the_command_says_what_it_built(client, capsys):
    write(3)
    call_command("rebuild_search_index", verbosity=0)
    line = capsys.readouterr().out
    assert re.match(r"3 listings are in the new index test-[0-9a-f]{8}-.*older", line)


@pytest.fixture
def held_up(client):
    """A rebuild in a process of its own that waits for the disk to have room."""
    write(10)
    first = build(client).name
    watch = threading.Thread(target=fill_up_the_next, args=(client, first))
    watch.start()
    with start("rebuild_search_index", "--verbosity", "0") as process:
        watch.join()
        yield first, process
        process.kill()


def fill_up_the_next(client, first):
    """Stop writing to the next index as soon as there is one."""
    until(lambda: len(indices.built(client)) == 2)
    (name,) = set(indices.built(client)) - {first}
    client.indices.put_settings(index=name, settings={"index.blocks.write": True})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_rebuild_that_is_asked_to_end_takes_its_index_away(client, held_up, number):
    first, process = held_up
    process.send_signal(number)
    said = process.communicate()[0]
    assert process.returncode == 1
    assert "Stopped. The old index, if any, goes on." in said
    assert list(indices.built(client)) == [first]


def test_what_a_killed_rebuild_left_goes_with_the_next(client, held_up):
    first, process = held_up
    process.kill()
    process.wait()
    left = set(indices.built(client)) - {first}
    assert len(left) == 1
    until(lambda: not changes.is_being_built())
    built = build(client)
    assert set(built.removed) == {first, *left}
    assert_in_step(client)
