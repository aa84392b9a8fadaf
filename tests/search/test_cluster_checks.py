"""What `manage.py check` says of a cluster that is not as it should be."""

from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.test import Client, override_settings

import pytest

from search import index
from search.cluster_checks import check_cluster

from .clusters import (
    HTML,
    NOWHERE,
    PRODUCT,
    make_index,
    mute,
    nobody,
    own_index,
    rude,
    stranger,
)
from .nodes import LEAST_RIGHTS

OPENSEARCH = {"version": {"distribution": "opensearch", "number": "2.19.1"}}


def ids(problems):
    return [problem.id.removeprefix("search.") for problem in problems]


@contextmanager
def site(url, **settings):
    with override_settings(SEARCH_URL=url, SEARCH_INDEX="test-checks", **settings):
        yield


def elasticsearch(number):
    return {"version": {"number": number}, "tagline": "You Know, for Search"}


@pytest.mark.parametrize(
    ("url", "settings", "found"),
    [
        ("", {}, []),
        ("localhost:9200", {}, ["W001"]),
        ("http://127.0.0.1:1", {"SEARCH_TIMEOUT": "soon"}, ["W001"]),
        ("https://127.0.0.1:1", {"SEARCH_CA_CERTS": "/nowhere"}, ["W002"]),
        ("http://me:you@search.invalid:1", {}, ["W003", "W004"]),
        ("http://search.invalid:1", {"SEARCH_API_KEY": "abc"}, ["W003", "W004"]),
        ("http://me:you@127.0.0.1:1", {}, ["W004"]),
        ("https://me:you@127.0.0.1:1", {}, ["W004"]),
    ],
)
def test_settings_are_checked_before_anything_is_asked(url, settings, found):
    with site(url, **settings):
        problems = check_cluster()
    assert ids(problems) == found
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize("silent", [mute, rude])
def test_a_node_that_does_not_answer_is_named(silent):
    with silent() as url, site(url):
        (problem,) = check_cluster()
    assert problem.id == "search.W004"
    assert problem.msg.startswith(f"{url.removeprefix('http://')} does not answer: ")


def test_why_a_node_is_not_reached_is_said_in_plain_words():
    with site(nobody()):
        (problem,) = check_cluster()
    assert problem.msg.endswith("Connection refused.")


@pytest.mark.parametrize(
    ("status", "body", "kind", "headers", "found"),
    [
        (200, OPENSEARCH, "application/json", {}, "W006"),
        (200, b"<h1>It works!</h1>", HTML, {}, "W006"),
        (200, b"{", "application/json", PRODUCT, "W006"),
        (200, [], "application/json", PRODUCT, "W006"),
        (404, b"<h1>Not found</h1>", HTML, {}, "W006"),
        (301, b"", HTML, {"Location": "/login"}, "W006"),
        (200, elasticsearch("7.10.2"), "application/json", {}, "W007"),
        (200, elasticsearch("8.14.3"), "application/json", PRODUCT, "W007"),
        (200, elasticsearch("9.1.0"), "application/json", PRODUCT, "W007"),
        (401, {"error": "security_exception"}, "application/json", PRODUCT, "W008"),
        (503, {"error": "not ready"}, "application/json", PRODUCT, "W015"),
        (502, b"<h1>Bad gateway</h1>", HTML, {}, "W015"),
    ],
)
def test_what_answers_in_the_place_of_a_cluster_is_named(
    status, body, kind, headers, found
):
    with stranger(status, body, kind, headers) as server, site(server.url):
        (problem,) = check_cluster()
    assert problem.id == f"search.{found}"
    assert f"127.0.0.1:{server.server_port}" in problem.msg
    assert problem.hint


def test_a_version_of_another_kind_is_told_with_those_that_will_do():
    old = elasticsearch("8.2.0")
    with stranger(200, old, headers=PRODUCT) as server, site(server.url):
        (problem,) = check_cluster()
    assert "runs Elasticsearch 8.2, which is too old." in problem.msg
    assert "8.15 to 8.x" in problem.hint


def test_each_node_is_told_of(elasticsearch_node):
    lost = nobody()
    with own_index(elasticsearch_node, SEARCH_URL=f"{lost},{elasticsearch_node}"):
        (problem,) = check_cluster()
    assert problem.id == "search.W004"
    assert lost.removeprefix("http://") in problem.msg


# A cluster that answers


def test_a_cluster_that_is_well_has_no_problem(elasticsearch_node):
    with own_index(elasticsearch_node):
        assert check_cluster() == []


def test_a_cluster_without_our_index_is_told_how_to_make_it(elasticsearch_node):
    with site(elasticsearch_node):
        (problem,) = check_cluster()
    assert problem.id == "search.W010"
    assert "rebuild_search_index" in problem.hint


def test_the_index_of_strangers_under_our_alias_is_named(elasticsearch_node):
    with own_index(elasticsearch_node) as client:
        theirs = index.alias().replace("-", "-theirs-", 1)
        client.indices.delete(index=",".join(client.indices.get(index=index.alias())))
        client.indices.create(
            index=theirs, aliases={index.alias(): {}}, wait_for_active_shards=1
        )
        problems = check_cluster()
        assert "W011" in ids(problems)
        assert theirs in problems[0].msg
        client.indices.delete(index=theirs)
        client.indices.create(index=index.alias(), settings={"number_of_replicas": 0})
        (problem,) = check_cluster()
        assert problem.id == "search.W011"
        client.indices.delete(index=index.alias())


def test_an_index_that_another_product_made_is_foreign(elasticsearch_node):
    with own_index(elasticsearch_node) as client:
        client.indices.put_mapping(index=index.alias(), meta={"product": "other"})
        assert ids(check_cluster()) == ["W011"]


def test_two_indices_under_our_alias_are_one_too_many(elasticsearch_node):
    with own_index(elasticsearch_node) as client:
        make_index(client)
        (problem,) = check_cluster()
    assert problem.id == "search.W011"
    assert "several indices" in problem.msg


def test_another_mapping_under_our_alias_is_told(elasticsearch_node):
    with own_index(elasticsearch_node) as client:
        other = {**index.meta(), "fingerprint": "00000000"}
        client.indices.put_mapping(index=index.alias(), meta=other)
        assert ids(check_cluster()) == ["W012"]


def test_a_red_index_and_a_closed_one_are_told(elasticsearch_node):
    with own_index(elasticsearch_node, changes=NOWHERE):
        (problem,) = check_cluster()
        assert problem.id == "search.W013"
        assert "is red" in problem.msg
    with own_index(elasticsearch_node) as client:
        client.indices.close(index=index.alias())
        (problem,) = check_cluster()
        assert problem.id == "search.W013"
        assert "is closed" in problem.msg


def test_copies_that_no_node_can_hold_are_told(elasticsearch_node):
    with own_index(elasticsearch_node, SEARCH_REPLICAS="1"):
        (problem,) = check_cluster()
    assert problem.id == "search.W014"
    with site(elasticsearch_node, SEARCH_REPLICAS="2"):
        assert ids(check_cluster()) == ["W010", "W014"]


# A cluster that asks who is there


def secured(node, **settings):
    with site(settings.pop("url", node.url), **settings):
        return check_cluster()


def test_a_certificate_of_an_unknown_authority_is_told(tls_node):
    (problem,) = secured(tls_node)
    assert problem.id == "search.W005"
    assert "SEARCH_CA_CERTS" in problem.hint


@pytest.mark.parametrize("settings", [{}, {"SEARCH_API_KEY": "bm86c3VjaA=="}])
def test_a_missing_or_wrong_account_is_told(tls_node, settings):
    problems = secured(tls_node, SEARCH_CA_CERTS=str(tls_node.ca_certs), **settings)
    assert ids(problems) == ["W008"]


def test_least_rights_suffice_by_login_and_by_key(tls_node):
    known = {"SEARCH_CA_CERTS": str(tls_node.ca_certs), "SEARCH_INDEX": "listings"}
    for access in (
        {"SEARCH_URL": tls_node.url_with_login},
        {"SEARCH_URL": tls_node.url, "SEARCH_API_KEY": tls_node.api_key()},
    ):
        with override_settings(**known, **access):
            assert ids(check_cluster()) == ["W010"]


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        ({**LEAST_RIGHTS, "cluster": []}, "lacks monitor on the cluster"),
        (
            {"cluster": ["monitor"], "indices": []},
            "lacks read on listings-*, write on listings-*, manage on listings-*",
        ),
        (
            {
                "cluster": ["monitor"],
                "indices": [{"names": ["listings-*"], "privileges": ["read"]}],
            },
            "lacks write on listings-*, manage on listings-*",
        ),
    ],
)
def test_rights_that_are_missing_are_named(tls_node, rights, said):
    with override_settings(
        SEARCH_URL=tls_node.url,
        SEARCH_API_KEY=tls_node.api_key(rights),
        SEARCH_CA_CERTS=str(tls_node.ca_certs),
        SEARCH_INDEX="listings",
    ):
        (problem,) = check_cluster()
    assert problem.id == "search.W009"
    assert said in problem.msg
    assert "read, write, manage" in problem.hint


# At boot


@pytest.mark.django_db
def test_the_check_warns_at_boot_and_the_site_serves():
    with site("localhost:9200"):
        said = StringIO()
        call_command("check", stderr=said)
        assert "(search.W001) 'localhost:9200' in SEARCH_URL" in said.getvalue()
        assert Client().get("/jobs/").status_code == 200
