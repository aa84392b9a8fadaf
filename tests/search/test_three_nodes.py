"""A cluster of three answers, whichever of its nodes is lost."""

from http import HTTPStatus

from django.core.management import call_command
from django.test import Client

import pytest
from elasticsearch import Elasticsearch

from search import index

from .clusters import own_index

# Both, though one needs no database: pytest-django would sort them apart, and the
# cluster would be started for each.
pytestmark = pytest.mark.django_db

#: Seconds; a busy machine is no outage.
PATIENCE = 120


def test_searches_are_answered_when_the_node_with_the_index_goes(board, three_nodes):
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    with own_index(three_nodes.url, ids=board.listings) as client:
        client.cluster.health(wait_for_status="green", timeout="60s")
        assert is_answered_by_elasticsearch()
        (primary,) = [
            shard["node"]
            for shard in client.cat.shards(index=index.alias(), format="json")
            if shard["prirep"] == "p"
        ]
        (lost,) = [node for node in three_nodes.nodes if node.name == primary]
        lost.kill()
        for _ in range(20):
            assert is_answered_by_elasticsearch()
        three_nodes.start()


def is_answered_by_elasticsearch():
    response = Client().get("/jobs/")
    assert response.status_code == HTTPStatus.OK
    return 'desc="elasticsearch"' in response["Server-Timing"]


def test_two_of_three_nodes_answer_while_the_third_is_down(three_nodes):
    first, second, third = three_nodes.nodes
    everyone = client(three_nodes.url.split(","))
    everyone.indices.create(
        index="shared", settings={"number_of_shards": 3, "number_of_replicas": 1}
    )
    everyone.index(index="shared", id="1", document={}, refresh=True)
    everyone.cluster.health(wait_for_status="green", timeout="60s")
    second.kill()
    for node in (first, third):
        found = client(node.url, request_timeout=PATIENCE).search(index="shared")
        assert found["hits"]["total"]["value"] == 1
        assert found["_shards"]["failed"] == 0
    three_nodes.start()
    assert everyone.cluster.health()["number_of_nodes"] == 3


def client(url, **options):
    return Elasticsearch(url, max_retries=0, **options)
