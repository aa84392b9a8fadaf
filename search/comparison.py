"""Whether the index holds what the database holds, listing by listing.

Both sides are read in order of their ids, a chunk at a time, while the site goes on.
What seems to differ is looked at again while nobody sends: then a listing without a
note must stand in the index exactly as it is in the database.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import batched

from django.conf import settings
from django.db import reset_queries
from django.utils import timezone

from elasticsearch import Elasticsearch

from careers.jobs.models import JobListing

from . import changes, documents, index
from .models import PendingChange

CHUNK = 1000
CONFIRMED_AT_ONCE = 500
KEEP_ALIVE = "2m"

Listed = tuple[int, str]
OnRead = Callable[[int], object]


class Kind(StrEnum):
    MISSING = "missing"
    EXTRA = "extra"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Difference:
    kind: Kind
    listing_id: int


@dataclass
class Compared:
    """How many listings of the database were compared, and how many still wait."""

    listings: int = 0
    waiting: int = 0


def differences(
    client: Elasticsearch, compared: Compared, *, on_read: OnRead = lambda number: None
) -> Iterator[Difference]:
    """What differs and is not noted, in order of the ids."""
    with _held(client) as held:
        seeming = _unequal(_wanted(compared, on_read), held)
        for ids in batched(seeming, CONFIRMED_AT_ONCE):
            yield from confirmed(client, ids, compared)


def confirmed(
    client: Elasticsearch, ids: Iterable[int], compared: Compared
) -> list[Difference]:
    """Those of the listings that differ, and do not wait to be sent."""
    ids = sorted(ids)
    with changes.sending():
        with changes.snapshot():
            noted = set(
                PendingChange.objects.filter(pk__in=ids).values_list("pk", flat=True)
            )
            wanted = {d["id"]: d["fingerprint"] for d in documents.read(ids)}
            closed = set(
                JobListing.objects.closed()
                .filter(pk__in=ids)
                .values_list("pk", flat=True)
            )
        held = _held_now(client, ids)
    compared.waiting += len(noted)
    return [
        Difference(kind, listing_id)
        for listing_id in ids
        if listing_id not in noted
        and (kind := _kind(listing_id, wanted, held, closed)) is not None
    ]


def _kind(listing_id, wanted, held, closed) -> Kind | None:
    is_wanted, is_held = listing_id in wanted, listing_id in held
    if is_wanted and not is_held:
        return Kind.MISSING
    if is_held and not is_wanted:
        # What closed by the clock is found no more, and leaves within a minute.
        return None if listing_id in closed else Kind.EXTRA
    return Kind.DIFFERENT if wanted.get(listing_id) != held.get(listing_id) else None


def _unequal(wanted: Iterator[Listed], held: Iterator[Listed]) -> Iterator[int]:
    """Ids that only one side has, or that have another fingerprint there."""
    want, have = next(wanted, None), next(held, None)
    while want or have:
        if have is None or (want and want[0] < have[0]):
            yield want[0]
            want = next(wanted, None)
        elif want is None or have[0] < want[0]:
            yield have[0]
            have = next(held, None)
        else:
            if want[1] != have[1]:
                yield want[0]
            want, have = next(wanted, None), next(held, None)


def _wanted(compared: Compared, on_read: OnRead) -> Iterator[Listed]:
    """Ids and fingerprints of what the database has open, in order."""
    after = 0
    while found := changes.read_from(after, CHUNK).documents:
        for document in found:
            yield document["id"], document["fingerprint"]
        after = found[-1]["id"]
        compared.listings += len(found)
        on_read(len(found))
        if settings.DEBUG:
            reset_queries()  # which Django keeps in development


@contextmanager
def _held(client: Elasticsearch) -> Iterator[Iterator[Listed]]:
    """Ids and fingerprints of what the index has open, in order, as it is now."""
    client.indices.refresh(index=index.alias())
    view = client.open_point_in_time(index=index.alias(), keep_alive=KEEP_ALIVE)
    try:
        yield _pages(client, view["id"])
    finally:
        client.options(ignore_status=404).close_point_in_time(id=view["id"])


def _pages(client: Elasticsearch, view: str) -> Iterator[Listed]:
    after = None
    now = documents.microseconds(timezone.now())
    while True:
        found = client.search(
            pit={"id": view, "keep_alive": KEEP_ALIVE},
            query={"bool": {"must_not": {"range": {"expire_at": {"lte": now}}}}},
            sort=[{"id": "asc"}],
            search_after=after,
            size=CHUNK,
            source=False,
            docvalue_fields=["fingerprint"],
            track_total_hits=False,
        )["hits"]["hits"]
        if not found:
            return
        for hit in found:
            yield hit["sort"][0], hit["fields"]["fingerprint"][0]
        after = found[-1]["sort"]


def _held_now(client: Elasticsearch, ids: list[int]) -> dict[int, str]:
    """Fingerprints by id, of this moment: a look-up needs no refresh."""
    found = client.mget(
        index=index.alias(),
        ids=[str(listing_id) for listing_id in ids],
        source_includes=["fingerprint"],
    )["docs"]
    return {
        int(one["_id"]): one["_source"]["fingerprint"] for one in found if one["found"]
    }
