"""The engines that must answer alike, and boards that several tests read."""

from django.core.cache import cache
from django.db import transaction

import pytest

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.models import Employer, JobListing, ListingPlace
from search import synonyms
from search.engines.postgres import PostgresEngine
from search.models import SearchRow, SearchText

from .board import make_board, words_and_places

BOARD_SIZE = 250


@pytest.fixture(params=[PostgresEngine], ids=["postgres"])
def engine(request):
    """Each engine in turn; what holds for one must hold for all."""
    return request.param()


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
    cache.clear()
    yield
    synonyms.forget()
    cache.clear()
