"""The health endpoint: what it says, to whom, and when it is 503."""

from datetime import timedelta
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.utils import timezone

import pytest

from search import ask
from search.models import PendingChange

from .clusters import HASTY, nobody, own_index, until


@pytest.fixture
def health(client):
    def health(status=HTTPStatus.OK):
        response = client.get("/health/")
        assert response.status_code == status
        assert "no-store" in response["Cache-Control"]
        return response.json()

    return health


@pytest.mark.django_db
def test_without_a_cluster_the_site_is_well(health):
    assert health() == {
        "status": "ok",
        "database": "ok",
        "search": {"engine": "postgresql"},
    }


@pytest.mark.django_db
def test_an_unusable_setting_is_a_degraded_site(health, settings):
    settings.SEARCH_URL = "https://me:s3cret@search.example.org"
    found = health()
    assert found["status"] == "degraded"
    assert found["search"] == {"engine": "postgresql"}


@pytest.mark.django_db
def test_an_outage_is_noticed_without_a_visitor_and_names_no_host(
    client, health, settings
):
    settings.SEARCH_URL = nobody()
    settings.SEARCH_TIMEOUT = HASTY
    found = health()
    incident = ask.guard().breaker.incident
    assert found["status"] == "degraded"
    assert found["database"] == "ok"
    assert found["search"] == {
        "engine": "postgresql",
        "breaker": "open",
        "incident": incident.id,
        "since": incident.began_at.isoformat(),
        "pending": 0,
        "oldest_pending_seconds": 0.0,
    }
    assert b"127.0.0.1" not in client.get("/health/").content


@pytest.mark.django_db
def test_a_cluster_that_answers_is_well_again_without_a_visitor(
    health, elasticsearch_node
):
    with own_index(elasticsearch_node) as cluster:
        assert health()["status"] == "ok"
        attempt = ask.guard().breaker.attempt()
        attempt.end()  # broken off: that is a failure
        assert health()["search"]["engine"] == "postgresql"
        until(lambda: health()["status"] == "ok")
        found = health()["search"]
        assert found["breaker"] == "closed"
        assert found["engine"] == "elasticsearch"
        assert found["incident"] is None
        assert found["since"] is None
        assert cluster.ping()


@pytest.mark.django_db
def test_changes_that_wait_long_are_a_degraded_site(health, elasticsearch_node):
    with own_index(elasticsearch_node):
        PendingChange.objects.create(listing_id=1)
        found = health()
        assert found["status"] == "ok"
        assert found["search"]["pending"] == 1
        PendingChange.objects.update(noted_at=timezone.now() - timedelta(seconds=300))
        found = health()
        assert found["status"] == "degraded"
        assert found["search"]["engine"] == "elasticsearch"
        assert 200 < found["search"]["oldest_pending_seconds"] < 900


def test_without_its_database_the_site_is_down(
    health, settings, django_db_setup, django_db_blocker
):
    settings.SEARCH_URL = nobody()
    known = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["HOST"] = "/nowhere"
        try:
            found = health(HTTPStatus.SERVICE_UNAVAILABLE)
        finally:
            connection.close()
            connection.settings_dict.update(known)
    assert found == {"status": "down", "database": "down"}


@pytest.mark.django_db
def test_health_is_only_read():
    assert Client().post("/health/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
