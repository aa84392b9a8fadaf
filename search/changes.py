"""Changed listings on their way from the database into the index.

Triggers note every change (`PendingChange`) in the transaction that makes it. A
*reading* draws a version, and then reads noted listings and their documents in one
snapshot; it is sent with that version, and what it read is removed from the notes. One
process reads and sends at a time, so a later reading has a higher version and a later
snapshot, and the index refuses what arrives out of order. Whoever dies in between
leaves the notes where they are, and the next one sends them again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils import timezone

from elasticsearch import Elasticsearch

from careers.jobs.models import JobListing

from . import bulk, documents
from .bulk import Refused

BATCH = 500
#: A document that was refused is sent again after so long: the mapping may be mended.
REFUSAL_RESTS = timedelta(minutes=5)
#: Expired documents that are looked up at once.
MOST_EXPIRED = 1000

_LOCK = 0x5EA6  # the advisory locks of the index
_SENDING, _BUILDING, _PAGES = 1, 2, 3

#: Told of every refusal that is new: the listing's id and the reason.
OnRefused = Callable[[int, str], None]


class BuildingError(Exception):
    """Another process is building an index."""


class Pending(NamedTuple):
    """How many listings wait for the index, and how long the oldest has, in seconds."""

    number: int
    age: float


def pending() -> Pending:
    return Pending(
        *_row(
            "SELECT count(*), COALESCE("
            "extract(epoch FROM now() - min(noted_at))::float8, 0) "
            "FROM search_pendingchange"
        )
    )


def are_due() -> bool:
    """Whether there is something to send now."""
    return _row(
        f"SELECT EXISTS (SELECT FROM search_pendingchange WHERE {_DUE})", _due()
    )[0]


def note(ids: Iterable[int]) -> None:
    """Have listings sent again, whether or not they changed."""
    _run("SELECT search_note(%s::bigint[])", [list(ids)])


# One at a time


@contextmanager
def sending(*, wait: bool = True) -> Iterator[bool]:
    """The right to read and send. Says whether it was given; waits for it if asked.

    It belongs to the connection: who dies gives it back.
    """
    with _lock(_SENDING, wait=wait) as given:
        yield given


@contextmanager
def building() -> Iterator[None]:
    """The right to build an index. Raises `BuildingError` where another has it."""
    with _lock(_BUILDING, wait=False) as given:
        if not given:
            raise BuildingError("Another process is building the index.")
        yield


@contextmanager
def building_pages(*, wait: bool) -> Iterator[bool]:
    """The right to build the index of pages. Says whether it was given."""
    with _lock(_PAGES, wait=wait) as given:
        yield given


def is_being_built() -> bool:
    """Looks on without taking the right itself, even for a moment."""
    return _row(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND (classid, objid, objsubid) = (%s, %s, 2) AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database()))",
        [_LOCK, _BUILDING],
    )[0]


@contextmanager
def _lock(which: int, *, wait: bool) -> Iterator[bool]:
    key = [_LOCK, which]
    if wait:
        _run("SELECT pg_advisory_lock(%s, %s)", key)
        given = True
    else:
        (given,) = _row("SELECT pg_try_advisory_lock(%s, %s)", key)
    try:
        yield given
    finally:
        if given:
            try:
                _run("SELECT pg_advisory_unlock(%s, %s)", key)
            except (DatabaseError, InterfaceError):
                connection.close()  # which gives back whatever it held


# Reading


@dataclass(frozen=True)
class Reading:
    """Listings as they were at one moment.

    ``gone`` are those asked for that have no document. ``changes`` holds the note of
    each listing that was noted; ``known`` are those that were refused before.
    """

    version: int
    documents: Sequence[documents.Document]
    gone: Sequence[int] = ()
    changes: Mapping[int, int] = field(default_factory=dict)
    known: frozenset[int] = frozenset()


@contextmanager
def snapshot() -> Iterator[int]:
    """All queries inside see the database at one moment; gives the version for it.

    The version comes first, so that of two readings the later sees no less. It follows
    the clock as well: an old backup that was restored must not begin to count anew
    below what the index has.
    """
    (version,) = _row(
        "SELECT setval('search_version', greatest(nextval('search_version'), "
        "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint))"
    )
    with transaction.atomic(durable=True):
        _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield version


@dataclass
class Round:
    """One way through the notes, in order of ids, up to the latest note of its start.

    Going round and round, every note has its turn, however fast others are added, and
    notes need no further index that would make writing slower.
    """

    until: int
    after: int = 0
    is_over: bool = False


def new_round() -> Round:
    return Round(until=_row("SELECT last_value FROM search_change")[0])


def read_noted(way: Round, most: int = BATCH) -> Reading:
    """The next noted listings of a round, as they are now."""
    with snapshot() as version:
        rows = _rows(
            "SELECT listing_id, change, refused_at IS NOT NULL "
            "FROM search_pendingchange "
            f"WHERE listing_id > %s AND change <= %s AND {_DUE} "
            "ORDER BY listing_id LIMIT %s",
            [way.after, way.until, *_due(), most],
        )
        changes = {listing_id: change for listing_id, change, _ in rows}
        known = frozenset(listing_id for listing_id, _, refused in rows if refused)
        found = list(documents.read(list(changes)))
    there = {document["id"] for document in found}
    gone = [listing_id for listing_id in changes if listing_id not in there]
    return Reading(version, found, gone, changes, known)


def read_from(after: int, most: int) -> Reading:
    """The next documents in order of their ids, noted or not."""
    with snapshot() as version:
        ids = list(
            JobListing.objects.live()
            .filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", flat=True)[:most]
        )
        return Reading(version, list(documents.read(ids)))


# Sending


def carry(
    client: Elasticsearch,
    targets: Sequence[tuple[str, bool]],
    way: Round,
    *,
    on_refused: OnRefused,
) -> int:
    """Put the next batch of a round into all targets and remove its notes. How many.

    ``targets`` are names, each with whether it is an alias. The caller has the right
    to send.
    """
    reading = read_noted(way)
    refused: Refused = {}
    for target, is_alias in targets:
        refused |= bulk.send(
            client,
            target,
            version=reading.version,
            documents=reading.documents,
            gone=reading.gone,
            is_alias=is_alias,
        )
    _remove({i: n for i, n in reading.changes.items() if i not in refused})
    _let_rest({i: reading.changes[i] for i in refused})
    for listing_id, reason in refused.items():
        if listing_id not in reading.known:
            on_refused(listing_id, reason)
    way.after = max(reading.changes, default=way.after)
    way.is_over = len(reading.changes) < BATCH
    return len(reading.changes)


def forget() -> None:
    """Remove all notes, where no index is there that needs them.

    The index that is built next reads every listing, and later than this.
    """
    _run(
        "DELETE FROM search_pendingchange WHERE listing_id IN "
        "(SELECT listing_id FROM search_pendingchange FOR UPDATE SKIP LOCKED)"
    )


#: Notes that were not noted anew since. One that somebody is writing is passed over,
#: not waited for: it is about to be a new one, and a writer must never wait for us
#: while we wait for it.
_UNCHANGED = """
    WITH unchanged AS (
        SELECT listing_id FROM search_pendingchange
        JOIN unnest(%s::bigint[], %s::bigint[]) AS read (listing_id, change)
            USING (listing_id, change)
        FOR UPDATE OF search_pendingchange SKIP LOCKED
    )
"""


def _remove(changes: Mapping[int, int]) -> None:
    if changes:
        _run(
            f"{_UNCHANGED} DELETE FROM search_pendingchange p USING unchanged u "
            "WHERE p.listing_id = u.listing_id",
            [list(changes), list(changes.values())],
        )


def _let_rest(changes: Mapping[int, int]) -> None:
    if changes:
        _run(
            f"{_UNCHANGED} UPDATE search_pendingchange p SET refused_at = %s "
            "FROM unchanged u WHERE p.listing_id = u.listing_id",
            [list(changes), list(changes.values()), timezone.now()],
        )


def note_expired(client: Elasticsearch, alias: str) -> int:
    """Note listings that closed by the clock, which no trigger hears. How many.

    The index itself is asked what it should no longer hold, so nothing depends on
    when somebody looked last.
    """
    answer = client.search(
        index=alias,
        query={"range": {"expire_at": {"lte": documents.microseconds(timezone.now())}}},
        size=MOST_EXPIRED,
        source=False,
        sort=["_doc"],
        filter_path="hits.hits._id",
    )
    hits = answer.get("hits", {}).get("hits", [])
    note(int(hit["_id"]) for hit in hits)
    return len(hits)


# The database

_DUE = "(refused_at IS NULL OR refused_at < %s)"


def _due() -> list[Any]:
    return [timezone.now() - REFUSAL_RESTS]


def _run(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _row(sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def _rows(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
