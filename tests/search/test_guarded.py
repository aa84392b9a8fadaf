"""What visitors see while the cluster fails in every way: results."""

import logging
import re
import threading
from contextlib import contextmanager
from http import HTTPStatus
from uuid import uuid4

from django.core.management import call_command
from django.test import Client, override_settings

import pytest

from careers.jobs.criteria import EVERYTHING
from search import ask, index
from search.engines import EngineError
from search.engines.guarded import (
    CALM,
    LONGEST_REST,
    SHORTEST_REST,
    TELL_REFUSAL,
    Breaker,
    GuardedEngine,
)

from .clusters import (
    HASTY,
    HTML,
    NOWHERE,
    PRODUCT,
    mute,
    nobody,
    own_index,
    rude,
    stranger,
    until,
)

pytestmark = pytest.mark.django_db

PAGES = (
    "/",
    "/jobs/",
    "/jobs/?q=coder&state=OH&holds=CPC&fit=now",
    "/jobs/?q=inpateint+codr",
    "/jobs/?page=900",
    "/jobs/remote/",
    "/jobs/role/inpatient-coder/",
    "/jobs/suggest?q=cod",
    "/api/v1/listings?remote=remote&pay=50000",
    "/sitemap.xml",
    "/health/",
)
LISTINGS = "/api/v1/listings?q=coder&remote=remote"


@pytest.fixture(scope="module")
def site(board, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("prepare_site", listings=0, pages=False, verbosity=0)
    return board


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, "search")

    def log():
        return [
            record.getMessage()
            for record in caplog.records
            if record.name.startswith("search")
        ]

    return log


@contextmanager
def cluster_at(url, **settings):
    ours = {"SEARCH_URL": url, "SEARCH_TIMEOUT": HASTY, **settings}
    # A name of its own keeps a test's breaker apart from another's.
    with override_settings(SEARCH_INDEX=f"test-{uuid4().hex[:8]}", **ours):
        yield


def answered_by(response):
    return re.findall(r'search;desc="(\w+)"', response.get("Server-Timing", ""))


def get(path):
    response = Client().get(path)
    assert response.status_code == HTTPStatus.OK, path
    return response


def who_answers():
    return answered_by(get("/jobs/"))[0]


def is_answered_by_elasticsearch():
    return who_answers() == "elasticsearch"


# Who answers


def test_without_a_cluster_postgresql_answers_and_no_header_says_so(site):
    assert ask.engine() is ask.ALONE
    assert "Server-Timing" not in get("/jobs/")


def test_an_unusable_setting_leaves_postgresql(site):
    with override_settings(SEARCH_URL="localhost:9200"):
        for path in PAGES:
            get(path)


def test_a_cluster_that_is_well_answers(site, elasticsearch_node):
    alone = get(LISTINGS).json()
    with own_index(elasticsearch_node, ids=site.listings):
        for path in PAGES:
            assert set(answered_by(get(path))) <= {"elasticsearch"}, path
        response = get(LISTINGS)
        assert answered_by(response) == ["elasticsearch"]
        assert response.json()["total"] > 0
        assert alone["total"] > 0
        assert ask.guard().breaker.state == "closed"


def test_each_set_of_settings_has_one_guard():
    with cluster_at("http://127.0.0.1:1"):
        first = ask.guard()
        assert ask.guard() is first
        with override_settings(SEARCH_URL="http://127.0.0.1:2"):
            assert ask.guard() is not first
        with override_settings(SEARCH_INDEX="others"):
            assert ask.guard() is not first


# Failures


def saying(status, body=b"", kind="application/json", headers=PRODUCT):
    @contextmanager
    def saying():
        with stranger(status, body, kind, headers) as server:
            yield server.url

    return saying


@contextmanager
def refusing():
    yield nobody()


HITS = {"hits": {"total": {"value": 1}, "hits": []}}
FAILURES = {
    "nobody listens": (refusing, "no connection"),
    "no answer": (mute, "timeout"),
    "hangs up": (rude, "no connection"),
    "too busy": (saying(429, {"error": "es_rejected"}), "status 429"),
    "broken": (saying(500, {"error": "exception"}), "status 500"),
    "red": (saying(503, {"error": "no_shard_available"}), "status 503"),
    "no alias": (saying(404, {"error": "index_not_found"}), "status 404"),
    "no account": (saying(401, {"error": "security_exception"}), "status 401"),
    "no right": (saying(403, {"error": "security_exception"}), "status 403"),
    "closed": (
        saying(400, {"error": {"type": "index_closed_exception"}}),
        "status 400",
    ),
    "another product": (saying(200, HITS, headers={}), "status 200"),
    "a web server": (saying(200, b"<h1>Hi</h1>", HTML), ""),
    "a proxy": (saying(502, b"<h1>Bad</h1>", HTML), "status 502"),
    "half an answer": (saying(200, b'{"hits": {"to'), "unreadable answer"),
    "no text": (saying(200, b"\xff\xfe\x00", "text/plain"), ""),
    "nothing in it": (saying(200, {}), ""),
    "a list": (saying(200, []), ""),
    "no counts": (saying(200, HITS), ""),
    "no content": (saying(204), ""),
    "goes elsewhere": (saying(301, b"", HTML, {"Location": "/"}), ""),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_fails_every_page_shows_results(site, log, failure):
    broken, kind = FAILURES[failure]
    alone = get(LISTINGS).json()
    with broken() as url, cluster_at(url):
        response = get(LISTINGS)
        assert response.json() == alone
        assert answered_by(response) == ["postgresql"]
        incident = ask.guard().breaker.incident
        assert kind in incident.kind
        for path in PAGES:
            assert set(answered_by(get(path))) <= {"postgresql"}, path
        assert ask.guard().breaker.incident is incident
        (line,) = log()
        host = url.removeprefix("http://")
        assert f"{incident.id}: Elasticsearch fails (" in line
        assert f"{kind} at {host}): " in line


def test_an_outage_is_told_of_in_two_lines_with_its_id(site, log, elasticsearch_node):
    with own_index(elasticsearch_node) as client:
        (name,) = client.indices.get_alias(name=index.alias())
        client.indices.delete_alias(index=name, name=index.alias())
        assert who_answers() == "postgresql"
        incident = ask.guard().breaker.incident
        get("/jobs/remote/")
        client.indices.put_alias(index=name, name=index.alias())
        until(is_answered_by_elasticsearch)
        began, ended = log()
        host = elasticsearch_node.removeprefix("http://")
        assert f"incident {incident.id}: Elasticsearch fails" in began
        assert f"(status 404 at {host})" in began
        assert f"incident {incident.id} is over" in ended
        assert re.search(r"PostgreSQL answered \d+ questions", ended)


def move_alias(client, target):
    """Let the alias of questions lead to another index alone."""
    alias = index.alias()
    actions = [
        {"remove": {"index": "*", "alias": alias}},
        {"add": {"index": target, "alias": alias}},
    ]
    client.indices.update_aliases(actions=actions)


@pytest.mark.parametrize("documents", [0, 30])
def test_an_index_of_strangers_is_not_asked(site, elasticsearch_node, documents):
    with own_index(elasticsearch_node) as client:
        theirs = index.alias().replace("-", "-theirs-", 1)
        client.indices.create(index=theirs)
        for number in range(documents):
            document = {"posted_at": number, "id": number}
            client.index(index=theirs, document=document, refresh=True)
        move_alias(client, theirs)
        assert who_answers() == "postgresql"
        assert ask.guard().breaker.state != "closed"


def test_a_closed_index_is_not_waited_for(site, elasticsearch_node):
    with own_index(elasticsearch_node) as client:
        client.indices.close(index=index.alias())
        assert who_answers() == "postgresql"
        client.indices.open(index=index.alias())
        until(is_answered_by_elasticsearch)


def test_red_shards_are_not_waited_for(site, elasticsearch_node):
    with own_index(elasticsearch_node, changes=NOWHERE, SEARCH_TIMEOUT=HASTY) as client:
        assert who_answers() == "postgresql"
        client.indices.put_settings(
            index=index.alias(), settings=dict.fromkeys(NOWHERE)
        )
        until(is_answered_by_elasticsearch)


def test_a_node_that_is_killed_and_one_that_hangs_come_back(site, own_node):
    with own_index(own_node.url, ids=site.listings):
        assert who_answers() == "elasticsearch"
        own_node.kill()
        for path in PAGES:
            assert set(answered_by(get(path))) <= {"postgresql"}, path
        own_node.start()
        until(is_answered_by_elasticsearch)
    with own_index(own_node.url, SEARCH_TIMEOUT="2"):
        until(is_answered_by_elasticsearch)
        own_node.pause()
        assert who_answers() == "postgresql"
        assert ask.guard().breaker.incident.kind == "timeout"
        own_node.resume()
        until(is_answered_by_elasticsearch)


def test_an_answer_that_took_too_long_is_used_and_rests_the_cluster(
    site, elasticsearch_node
):
    with own_index(elasticsearch_node, ids=site.listings):
        well = ask.guard()
        hurried = GuardedEngine(well.first, well.behind, Breaker(), patience=0)
        assert hurried.answer(EVERYTHING).ids == well.answer(EVERYTHING).ids
        assert hurried.breaker.incident.kind == "slow"


# The question's own fault


def test_a_question_that_is_refused_rests_nobody_else(site, log, elasticsearch_node):
    shallow = {"index.max_result_window": 100}
    with own_index(elasticsearch_node, ids=site.listings, changes=shallow):
        assert get("/jobs/").context["results"].page.pages > 6
        for _ in range(10):
            assert answered_by(get("/jobs/?page=6")) == ["postgresql"]
        assert who_answers() == "elasticsearch"
        assert ask.guard().breaker.state == "closed"
        (line,) = log()
        assert "refused a question" in line


def test_a_refused_probe_ends_an_outage_if_others_are_answered(
    site, log, elasticsearch_node
):
    shallow = {"index.max_result_window": 100}
    with own_index(elasticsearch_node, ids=site.listings, changes=shallow) as client:
        client.indices.close(index=index.alias())
        assert who_answers() == "postgresql"
        client.indices.open(index=index.alias())
        until(lambda: ask.guard().breaker.state == "half-open")
        assert answered_by(get("/jobs/?page=6")) == ["postgresql"]
        assert ask.guard().breaker.state == "closed"


def test_when_every_question_is_refused_it_is_not_the_question(
    site, log, elasticsearch_node
):
    with own_index(elasticsearch_node, changes={"index.max_result_window": 1}):
        assert answered_by(get("/jobs/?q=coder")) == ["postgresql"]
        assert ask.guard().breaker.incident.kind == "status 400"
        (line,) = log()
        assert "incident" in line


# The breaker by itself


class Hands:
    """A clock that is put forward by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def pass_by(self, seconds):
        self.now += seconds


ERROR = EngineError("It failed.")


@pytest.fixture
def clock():
    return Hands()


@pytest.fixture
def breaker(clock):
    return Breaker(clock)


def fail(breaker):
    attempt = breaker.attempt()
    attempt.failed(ERROR)
    attempt.end()


def succeed(breaker):
    attempt = breaker.attempt()
    attempt.succeeded()
    attempt.end()


def rest(breaker, clock):
    """How long it is until an attempt is due, by tenths of a second."""
    began = clock.now
    while breaker.state == "open":
        assert breaker.attempt() is None
        clock.pass_by(0.1)
    return clock.now - began


def test_the_first_failure_opens_and_the_first_answer_closes(breaker, clock):
    succeed(breaker)
    assert breaker.state == "closed"
    fail(breaker)
    assert breaker.state == "open"
    assert breaker.attempt() is None
    clock.pass_by(SHORTEST_REST)
    assert breaker.state == "half-open"
    succeed(breaker)
    assert breaker.state == "closed"
    assert breaker.incident is None


def test_rests_double_up_to_a_limit_and_begin_anew_after_calm(breaker, clock):
    fail(breaker)
    rests = []
    for _ in range(8):
        rests.append(rest(breaker, clock))
        fail(breaker)
    for found, whole in zip(rests, [1, 2, 4, 8, 10, 10, 10, 10], strict=True):
        assert 0.79 * whole <= found <= whole + 0.1
    rest(breaker, clock)
    succeed(breaker)
    fail(breaker)
    assert rest(breaker, clock) > 0.79 * LONGEST_REST
    succeed(breaker)
    clock.pass_by(CALM + 1)
    fail(breaker)
    assert rest(breaker, clock) <= SHORTEST_REST + 0.1


def test_one_question_of_many_probes(breaker, clock):
    fail(breaker)
    clock.pass_by(SHORTEST_REST)
    ready = threading.Barrier(16)
    given = []

    def ask_for_leave():
        ready.wait()
        given.append(breaker.attempt())

    threads = [threading.Thread(target=ask_for_leave) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (probe,) = [attempt for attempt in given if attempt is not None]
    assert breaker.attempt() is None
    clock.pass_by(100)
    assert breaker.attempt() is None
    probe.succeeded()
    assert breaker.attempt() is not None


def test_what_was_on_its_way_when_the_breaker_opened_changes_nothing(breaker, clock):
    early, late = breaker.attempt(), breaker.attempt()
    again = breaker.attempt()
    fail(breaker)
    incident = breaker.incident
    early.failed(ERROR)
    late.succeeded()
    assert breaker.incident is incident
    assert rest(breaker, clock) <= SHORTEST_REST + 0.1
    succeed(breaker)
    again.failed(ERROR)
    assert breaker.state == "closed"


def test_a_probe_that_is_broken_off_lets_another_try(breaker, clock):
    fail(breaker)
    clock.pass_by(SHORTEST_REST)
    breaker.attempt().end()
    assert breaker.state == "open"
    clock.pass_by(LONGEST_REST)
    succeed(breaker)
    assert breaker.state == "closed"


def test_refusals_are_told_of_once_a_minute(breaker, clock, log):
    for _ in range(3):
        breaker.tell_refusal(ERROR)
    assert len(log()) == 1
    clock.pass_by(TELL_REFUSAL)
    breaker.tell_refusal(ERROR)
    assert len(log()) == 2
