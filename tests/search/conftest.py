"""The engines that must answer alike, and boards that several tests read."""

from contextlib import contextmanager
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.models import Employer, JobListing, ListingPlace
from search import documents, index, suggest, synonyms
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgres import PostgresEngine
from search.models import SearchRow, SearchText

from .board import make_board, words_and_places
from .nodes import (  # noqa: F401 - fixtures of every test here
    _own_node,
    _three_nodes,
    elasticsearch_node,
    elasticsearch_server,
    own_node,
    three_nodes,
    tls_node,
)

BOARD_SIZE = 250


@pytest.fixture
def engine():
    """The engine that reads the database as it is, whatever a test writes."""
    return PostgresEngine()


@pytest.fixture(scope="module")
def indexed(elasticsearch_node, board):
    with engine_over(elasticsearch_node, board.listings) as engine:
        yield engine


@contextmanager
def engine_over(node, ids):
    """An Elasticsearch engine on an index of its own that holds these listings."""
    client = Elasticsearch(node)
    with override_settings(SEARCH_INDEX=f"test-{uuid4().hex[:8]}"):
        alias, name = index.alias(), index.new_name()
        client.indices.create(index=name, **index.body(), aliases={alias: {}})
    listed = (
        {"_index": name, "_id": document["id"], "_source": document}
        for document in documents.read(list(ids))
    )
    bulk(client, listed, refresh=True)
    yield ElasticsearchEngine(client, alias)
    client.indices.delete(index=name)
    client.close()


@pytest.fixture(scope="module")
def board(django_db_setup, django_db_blocker):
    """Listings with random facts, made once for a module's tests, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        yield make_board(seed=7, size=BOARD_SIZE)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def words(django_db_setup, django_db_blocker):
    """Vocabulary, synonyms and some towns, without listings, for a module's tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        words_and_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def bare(board):
    """The board's words without its listings, for a test beside others that read it."""
    for model in (ListingPlace, SearchText, SearchRow, JobListing, Employer):
        model.objects.all()._raw_delete(using="default")


@pytest.fixture(autouse=True)
def _forget():
    """What a process remembers of the database leaves with the test."""
    synonyms.forget()
    suggest.forget()
    cache.clear()
    yield
    synonyms.forget()
    suggest.forget()
    cache.clear()
