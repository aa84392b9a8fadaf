"""A site on a cluster of its own indices, and whether the two hold the same."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import override_settings

from elasticsearch import Elasticsearch
from tqdm import tqdm

from careers.jobs.models import JobListing
from search import documents, index, indices
from search.models import PendingChange
from search.rebuild import rebuild
from search.worker import Worker

PATIENCE = 60.0


@contextmanager
def site_on(url):
    """Settings of a site on the node, under a prefix of its own, without an index."""
    prefix = f"test-{uuid4().hex[:8]}"
    with (
        override_settings(SEARCH_URL=url, SEARCH_INDEX=prefix),
        Elasticsearch(url, request_timeout=30) as client,
    ):
        try:
            yield client
        finally:
            left = client.indices.get(index=f"{prefix}*", expand_wildcards="all").body
            indices.delete(client, list(left))


class Log(list):
    """What a worker or a rebuild says."""

    def __call__(self, line):
        self.append(line)


def build(client, **options):
    with tqdm(disable=True) as bar:
        return rebuild(client, say=Log(), bar=bar, **options)


def carry(client):
    """Carry over what is noted; what the worker says."""
    log = Log()
    worker = Worker(client, log)
    while worker.turn():
        pass
    return log


def held(client):
    """Fingerprints of what the index holds, by listing."""
    client.indices.refresh(index=index.alias())
    hits = client.search(
        index=index.alias(), size=10_000, source=["fingerprint"], sort=["id"]
    )["hits"]["hits"]
    return {int(hit["_id"]): hit["_source"]["fingerprint"] for hit in hits}


def wanted():
    """Fingerprints of what it should hold."""
    keys = list(JobListing.objects.values_list("pk", flat=True))
    return {one["id"]: one["fingerprint"] for one in documents.read(keys)}


def assert_in_step(client):
    assert held(client) == wanted()
    assert not PendingChange.objects.exists()


def until(is_so, patience=PATIENCE):
    """Wait for something that another process or thread brings about."""
    deadline = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.05)


def start(command, *arguments, **options):
    """`manage.py` in a process of its own, on the test's database and indices."""
    url = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "careers.settings.dev",
        "DATABASE_URL": url._replace(path=f"/{name}").geturl(),
        "SEARCH_URL": settings.SEARCH_URL,
        "SEARCH_INDEX": settings.SEARCH_INDEX,
    }
    return subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), command, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )
