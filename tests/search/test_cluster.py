"""The settings of the cluster, and who its clients ask how often."""

import os

from django.test import override_settings

import pytest
from elasticsearch import ApiError, ConnectionTimeout, TransportError
from elasticsearch import ConnectionError as NoConnectionError

from search import cluster

from .clusters import HASTY, mute, nobody, rude, stranger

SECRET = "s3cret"


@pytest.fixture
def at(settings):
    """Point the site at a cluster, with other settings besides."""

    def at(url, **others):
        settings.SEARCH_URL = url
        for name, value in others.items():
            setattr(settings, name, value)

    return at


def nodes():
    return [f"{node.scheme} {node}" for node in cluster.access().nodes]


def test_without_search_url_no_cluster_is_asked(at):
    at("")
    assert not cluster.is_wanted()
    assert not cluster.is_configured()
    assert cluster.why_not() == "SEARCH_URL is not set."


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://127.0.0.1:9200", ["http 127.0.0.1:9200"]),
        (" http://127.0.0.1:9200/ ", ["http 127.0.0.1:9200"]),
        ("https://search.example.org:443", ["https search.example.org:443"]),
        ("http://[::1]:9200", ["http [::1]:9200"]),
        ("http://es_1:9200", ["http es_1:9200"]),
        ("http://a:1, http://b:2,", ["http a:1", "http b:2"]),
        ("http://a:1,http://a:1", ["http a:1"]),
    ],
)
def test_search_url_names_nodes(at, url, found):
    at(url)
    assert cluster.is_configured()
    assert nodes() == found


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("search", "'search' in SEARCH_URL does not begin with http"),
        ("localhost:9200", "'localhost:9200' in SEARCH_URL does not begin with http"),
        ("ftp://a:1", "does not begin with http"),
        ("http:a:1", "does not begin with http"),
        ("http://:9200", "names no host"),
        ("http://a b:9200", "names no host"),
        ("http://a", "names no port; Elasticsearch's own is 9200"),
        ("http://a:0", "names no port"),
        ("http://a:99999", "is no address"),
        ("http://a:port", "is no address"),
        ("http://[::1:9200", "is no address"),
        ("http://a:9200/es", "goes on after the port"),
        ("http://a:9200?pretty", "goes on after the port"),
        (f"http://:{SECRET}@a:1", "a password without a user"),
        ("http://somebody@a:1", "a user without a password"),
        (f"http://me:{SECRET}/x@a:1", "is no address"),
        (f"http://me:1{SECRET}@a:1,http://me:2{SECRET}@b:1", "different accounts"),
        (",", "names no node"),
    ],
)
def test_a_wrong_search_url_is_told_without_its_password(at, url, said):
    at(url)
    assert cluster.is_wanted()
    assert not cluster.is_configured()
    assert said in cluster.why_not()
    assert SECRET not in cluster.why_not()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SEARCH_TIMEOUT", "soon", "SEARCH_TIMEOUT is 'soon'"),
        ("SEARCH_TIMEOUT", "0", "SEARCH_TIMEOUT is '0'"),
        ("SEARCH_TIMEOUT", "nan", "SEARCH_TIMEOUT is 'nan'"),
        ("SEARCH_TIMEOUT", "3600", "at most 60"),
        ("SEARCH_INDEX", "Listings", "SEARCH_INDEX is 'Listings'"),
        ("SEARCH_INDEX", "-x", "SEARCH_INDEX is '-x'"),
        ("SEARCH_SHARDS", "0", "whole number of at least 1"),
        ("SEARCH_SHARDS", "many", "whole number of at least 1"),
        ("SEARCH_REPLICAS", "-1", "whole number of at least 0"),
        ("SEARCH_API_KEY", "two words", "SEARCH_API_KEY is not an API key"),
        ("SEARCH_CA_CERTS", "/nowhere/ca.pem", "where there is no file"),
        ("SEARCH_CA_CERTS", __file__, "no certificate"),
    ],
)
def test_other_settings_are_checked_too(at, name, value, said):
    at("https://search.example.org:9200", **{name: value})
    assert said in cluster.why_not()


def test_a_certificate_needs_a_node_that_is_asked_by_https(at):
    at("http://search.example.org:9200", SEARCH_CA_CERTS=__file__)
    assert "by https" in cluster.why_not()


def test_one_account_asks_all_nodes(at):
    at(f"https://me:{SECRET}%40@a:1,https://b:1")
    assert cluster.access().basic_auth == ("me", f"{SECRET}@")
    assert SECRET not in repr(cluster.access())


def test_an_account_is_named_in_one_place(at):
    at("https://me:you@a:1", SEARCH_API_KEY="abc")
    assert "Take one of them away." in cluster.why_not()
    at("https://a:1", SEARCH_API_KEY="abc")
    assert cluster.access().has_credentials


# Clients


def test_the_same_settings_give_the_same_client_and_others_another(at):
    at("http://127.0.0.1:1")
    first = cluster.client()
    assert cluster.client() is first
    assert cluster.patient_client() is not first
    with override_settings(SEARCH_URL="http://127.0.0.1:2"):
        assert cluster.client() is not first
    assert cluster.client() is first


def test_a_forked_child_has_a_client_of_its_own(at):
    at("http://127.0.0.1:1")
    first = cluster.client()
    child = os.fork()
    if not child:
        os._exit(cluster.client() is first)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_node_is_asked_once_for_a_visitor(at, status):
    with stranger(status, {}) as node:
        at(node.url)
        with pytest.raises(ApiError):
            cluster.client().info()
        assert node.asked == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_one_other_node_is_asked_for_a_visitor(at, status):
    with (
        stranger(status, {}) as one,
        stranger(status, {}) as two,
        stranger(status, {}) as three,
    ):
        at(f"{one.url},{two.url},{three.url}")
        with pytest.raises(ApiError):
            cluster.client().info()
        assert sorted([one.asked, two.asked, three.asked]) == [0, 1, 1]


@pytest.mark.parametrize("broken", [mute, rude])
def test_a_node_that_is_well_answers_for_one_that_is_not(at, broken):
    with (
        broken() as lost,
        stranger(
            200, {"well": 1}, headers={"X-Elastic-Product": "Elasticsearch"}
        ) as ok,
    ):
        at(f"{lost},{ok.url}", SEARCH_TIMEOUT=HASTY)
        for _ in range(4):
            assert cluster.client().info()["well"]
        assert ok.asked == 4


def test_the_time_for_connecting_and_reading_is_one(at):
    with mute() as url:
        at(url, SEARCH_TIMEOUT=HASTY)
        with pytest.raises(ConnectionTimeout):
            cluster.client().info()
        (node,) = cluster.client().transport.node_pool.all()
        assert node.pool.timeout.total == float(HASTY)


def failing(url):
    with override_settings(SEARCH_URL=url, SEARCH_TIMEOUT=HASTY):
        with pytest.raises((ApiError, TransportError)) as caught:
            cluster.client().info()
        return caught.value


def test_an_error_tells_its_node():
    url = nobody()
    assert isinstance(failing(url), NoConnectionError)
    assert f"http://{cluster.node_of(failing(url))}" == url
    with stranger(503, {}) as node:
        assert f"http://{cluster.node_of(failing(node.url))}" == node.url
    with mute() as url:
        assert f"http://{cluster.node_of(failing(url))}" == url
    assert cluster.node_of(ValueError("no node")) == ""
