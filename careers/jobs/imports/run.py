"""The import: a stream of a format in, batches written, a report out."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, reset_queries
from django.utils import timezone

from .. import vocabulary
from . import aggregator_xml, csv_file, jsonld, snapshot, usajobs
from .batch import Batches
from .record import BadRecord, FeedError, FeedRecord
from .report import Report

FORMATS = {
    "usajobs": usajobs.read,
    "xml": aggregator_xml.read,
    "jsonld": jsonld.read,
    "csv": csv_file.read,
}
BATCH = 500
_LOCK = 0x10B5  # the advisory locks of imports


def import_feed(
    stream,
    *,
    format: str,
    source: str,
    is_snapshot: bool = False,
    dry_run: bool = False,
    on_bad: Callable[[BadRecord], None] = lambda record: None,
    on_batch: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Imports a stream of bytes. Raises FeedError where the import cannot begin.

    ``is_snapshot`` says that the feed is the source's whole state: what is absent
    closes. A dry run does everything and takes it back.
    """
    run = _Run(source, dry_run=dry_run, on_bad=on_bad, on_batch=on_batch)
    with _alone(source), _collecting_only_new():
        open_before = snapshot.open_listings(source).count()
        run.take_all(FORMATS[format](stream))
        if is_snapshot:
            snapshot.close_absent(
                source,
                now=run.now,
                open_before=open_before,
                unread=run.unread,
                report=run.report,
                seen_dry=run.seen_dry,
            )
    return run.report


@contextmanager
def _collecting_only_new() -> Iterator[None]:
    """Lets the garbage collector pass over what stood before the import.

    The vocabulary and all that is loaded stay anyway, and each look through them takes
    as long as thirty listings.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _alone(source: str) -> Iterator[None]:
    """Two imports of one source at once would take each other's listings for gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock_of(source))
        if not cursor.fetchone()[0]:
            raise FeedError(f"Another import of {source} is running. Wait for its end.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock_of(source))


def lock_of(source: str) -> tuple[int, int]:
    """The advisory lock that an import of a source holds."""
    digest = hashlib.sha256(source.encode()).digest()
    return _LOCK, int.from_bytes(digest[:4], signed=True)


def _reader(words: vocabulary.Vocabulary) -> str:
    """Names what reads a record: the rules and the words as they are now."""
    told = f"{_rules()}\n{replace(words, version=0)!r}"
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _rules() -> str:
    """The code that reads, as one digest: nobody has to remember to count it up."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for folder in (here, here.parent / "reading"):
        for module in sorted(folder.glob("*.py")):
            digest.update(module.read_bytes())
    return digest.hexdigest()


class _Run:
    """One import under way."""

    def __init__(self, source, *, dry_run, on_bad, on_batch):
        self.now = timezone.now()
        self.report = Report(dry_run=dry_run)
        self.unread = 0
        self._on_bad, self._on_batch = on_bad, on_batch
        self._batch: list[FeedRecord] = []
        self._seen_but_bad: list[str] = []
        words = vocabulary.current()
        self._batches = Batches(
            source,
            now=self.now,
            words=words,
            reader=_reader(words),
            report=self.report,
            refuse=self._refuse,
        )
        if not words.roles:
            self.report.remarks.append(
                "The vocabulary is empty, so no role can be read: load it first."
            )

    @property
    def seen_dry(self) -> set[str]:
        return self._batches.seen_dry

    def take_all(self, items: Iterable) -> None:
        try:
            for item in items:
                self._take(item)
        except FeedError as error:
            self.report.ended_early = str(error)
        self._flush()

    def _take(self, item) -> None:
        if isinstance(item, FeedRecord):
            self._batch.append(item)
        elif isinstance(item, BadRecord):
            self._refuse(item)
        else:
            self.report.remarks.append(item.text)
            self.report.is_part |= item.is_part
        if len(self._batch) + len(self._seen_but_bad) >= BATCH:
            self._flush()

    def _refuse(self, record: BadRecord) -> None:
        self.report.add_bad(record)
        self._on_bad(record)
        if record.external_id:
            self._seen_but_bad.append(record.external_id)
        elif record.is_unread:
            self.unread += 1

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        bad, self._seen_but_bad = self._seen_but_bad, []
        self._batches.take(batch, bad)
        if settings.DEBUG:
            reset_queries()  # which Django keeps in development, texts and all
        self._on_batch(self.report)
