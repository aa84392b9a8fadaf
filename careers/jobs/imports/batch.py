"""A batch of records against the rows of their listings.

Each record is new, changed, the same as before, or left alone because of what people
did here: words an editor changed, a listing that was closed, unpublished or removed
stay as they are.
"""

from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from .. import moderation, places, reading
from ..models import Employer, JobListing
from . import employers, row, table
from .record import BadRecord, FeedRecord
from .report import Report
from .table import OPERATION

#: A listing without a close date ends so long after it was last seen.
KEPT_UNSEEN = timedelta(days=45)
#: An end moves by so much or not at all: a feed read each hour must not change every
#: listing each time, and with it everything that follows changes.
LEAST_MOVE = timedelta(days=1)
#: Enough for any clock that is a little ahead of ours.
CLOCKS_DIFFER = timedelta(days=1)

#: The hash of a listing that left its source: it is read anew when it comes back. One
#: that a person closed keeps its hash, and stays closed.
GONE = ""
NO_ROLE = "no role of this field was read"


class _Before(NamedTuple):
    """What is known of a listing's row before the import."""

    pk: int
    external_id: str
    import_hash: str
    latest_revision_id: int | None
    locked: bool
    live: bool
    role: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    posted_at: datetime
    expire_at: datetime | None
    closed_at: datetime | None
    removed_at: datetime | None
    confirmed_at: datetime | None
    last_seen_at: datetime | None
    times_reposted: int

    @property
    def is_held(self) -> bool:
        """A draft of the import's, not a listing that somebody took offline."""
        return not self.live and not (self.role and self.first_published_at)


@dataclass(slots=True)
class _Found:
    """A record, the row it had before, and what comes of it (a count of `Report`)."""

    record: FeedRecord
    before: _Before | None
    digest: str
    outcome: str


@dataclass(slots=True)
class _Marks:
    """Rows of a batch, by their keys, that are marked and not written; each once."""

    seen: list[int] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)  # confirmed, and ends later
    reopened: list[int] = field(default_factory=list)


class Batches:
    """Takes the records of one source, some hundred at a time."""

    def __init__(
        self,
        source: str,
        *,
        now: datetime,
        words,
        reader: str,
        report: Report,
        refuse: Callable[[BadRecord], None],
    ):
        self.source, self.now = source, now
        self.words, self.reader = words, reader
        self.report, self.refuse = report, refuse
        #: A dry run takes its marks back, so it has to remember what it saw.
        self.seen_dry: set[str] = set()

    def take(self, batch: list[FeedRecord], seen_but_bad: list[str]) -> None:
        """``seen_but_bad``: ids of records that are bad, whose listings still exist."""
        records = self._each_once(batch)
        marks = _Marks()
        with transaction.atomic():
            known = self._known(records)
            found = [self._found(record, known) for record in records]
            self._write([item for item in found if self._is_to_be_written(item, marks)])
            self._mark(marks)
            JobListing.objects.filter(
                source=self.source, external_id__in=seen_but_bad
            ).update(last_seen_at=self.now)
            if self.report.dry_run:
                # Batch by batch, so that a long dry run keeps nobody waiting.
                transaction.set_rollback(True)
        if self.report.dry_run:
            self.seen_dry.update(seen_but_bad, (r.external_id for r in records))

    def _each_once(self, batch: list[FeedRecord]) -> list[FeedRecord]:
        """The last record of each id: a feed corrects itself further down."""
        last: dict[str, FeedRecord] = {}
        for record in batch:
            if earlier := last.pop(record.external_id, None):
                self._count_duplicate(earlier)
            last[record.external_id] = record
        for record in last.values():
            for note in record.notes:
                self.report.add_note(note, record.where)
        return list(last.values())

    def _known(self, records):
        rows = (
            JobListing.objects.select_for_update()
            .filter(
                source=self.source, external_id__in=[r.external_id for r in records]
            )
            .values_list(*_Before._fields)
        )
        return {before.external_id: before for before in map(_Before._make, rows)}

    def _found(self, record, known):
        before = known.get(record.external_id)
        outcome = "changed" if before else "new"
        return _Found(record, before, record.digest(self.reader), outcome)

    # What is to be done with a record

    def _is_to_be_written(self, found: "_Found", marks: "_Marks") -> bool:
        """Whether its row is new or changed; if not, marks what was seen of it."""
        before = found.before
        if before is None:
            return True
        if before.removed_at:
            self._leave(found, marks, "removed here, stays removed")
        elif before.closed_at and before.import_hash != GONE:
            self._leave(found, marks, "closed here, stays closed")
        elif before.import_hash == found.digest:
            self._mark_same(found, marks)
        elif before.latest_revision_id or before.locked:
            self._write_operation(found)
        else:
            return True
        return False

    def _leave(self, found, marks, note):
        marks.seen.append(found.before.pk)
        self.report.add_note(note, found.record.where)
        self._count("unchanged", found)

    def _mark_same(self, found, marks):
        before, closes_at = found.before, found.record.closes_at
        if closes_at is None:
            lapsed = before.expire_at is not None and before.expire_at <= self.now
            if lapsed:
                marks.reopened.append(before.pk)
                self._count("changed", found)
                return
            moves = before.expire_at is None or (
                self.now + KEPT_UNSEEN - before.expire_at >= LEAST_MOVE
            )
            (marks.moved if moves else marks.confirmed).append(before.pk)
        else:
            is_open = closes_at > self.now
            (marks.confirmed if is_open else marks.seen).append(before.pk)
        self._count("held" if before.is_held else "unchanged", found)

    def _write_operation(self, found):
        """An editor changed the words: the feed still says whether it is open."""
        listing = JobListing(pk=found.before.pk)
        self._set_operation(listing, found)
        facts = {name: getattr(listing, name) for name in OPERATION}
        JobListing.objects.filter(pk=listing.pk).update(**facts)
        note = "changed by an editor: only its dates follow the feed"
        self.report.add_note(note, found.record.where)
        self._count("changed", found)

    def _count(self, kind: str, found: "_Found") -> None:
        before, external_id = found.before, found.record.external_id
        is_marked = before is not None and before.last_seen_at == self.now
        if is_marked or external_id in self.seen_dry:
            self._count_duplicate(found.record)
        else:
            setattr(self.report, kind, getattr(self.report, kind) + 1)

    def _count_duplicate(self, record: FeedRecord) -> None:
        self.report.duplicates += 1
        self.report.add_note("given twice, the last one counts", record.where)

    # Writing

    def _write(self, found: "list[_Found]") -> None:
        if not found:
            return
        ids = employers.find_or_create(
            {f.record.employer: f.record.employer_website for f in found}
        )
        named = {name: Employer(pk=pk, name=name) for name, pk in ids.items()}
        stated = {place for f in found for place in f.record.places}
        located = places.find_many(astuple(place) for place in stated)
        new, changed = [], []
        for one in found:
            listing = self._listing(
                one, named[one.record.employer], self._places(one.record, located)
            )
            (changed if one.before else new).append((one, listing))
        self._save(new, JobListing.objects.bulk_copy)
        self._save(changed, table.update)

    def _places(self, record, located):
        listed = []
        for place in record.places:
            answer = located.get(astuple(place))
            if answer is None and (place.city or place.zip):
                named = " ".join(filter(None, astuple(place)))
                self.report.add_note(f"place “{named}” is not known", record.where)
            listed.append(answer or asdict(place))
        return listed

    def _listing(self, found, employer, listed):
        record, before = found.record, found.before
        read = reading.read(
            title=record.title,
            text=record.description,
            vocabulary=self.words,
            employer=record.employer,
            location="; ".join(
                " ".join(filter(None, astuple(place))) for place in record.places
            ),
        )
        listing = JobListing(
            pk=before.pk if before else None,
            source=self.source,
            external_id=record.external_id,
            employer=employer,
            places=listed,
            **row.columns(record, row.joined(record.stated, read)),
        )
        self._set_operation(listing, found)
        self._set_state(listing, found)
        return listing

    def _set_operation(self, listing, found):
        record, before = found.record, found.before
        listing.expire_at = record.closes_at or self.now + KEPT_UNSEEN
        is_open = listing.expire_at > self.now
        listing.posted_at = self._posted_at(record, before, listing.expire_at)
        listing.last_seen_at = self.now
        listing.import_hash = found.digest
        listing.closed_at, listing.expired = None, False
        listing.confirmed_at = self.now if is_open else before and before.confirmed_at
        listing.times_reposted = before.times_reposted if before else 0
        if before and is_open and before.expire_at and before.expire_at <= self.now:
            listing.times_reposted += 1

    def _posted_at(self, record, before, expire_at):
        """When it was first posted: never ahead, and never later than known before."""
        posted_at = record.posted_at
        if posted_at and posted_at > self.now + CLOCKS_DIFFER:
            self.report.add_note("date posted left out: it is ahead", record.where)
            posted_at = None
        known = [
            moment for moment in (posted_at, before and before.posted_at) if moment
        ]
        return min(known, default=min(self.now, expire_at))

    def _set_state(self, listing, found):
        """Live where it may be; what was taken offline here stays offline."""
        before, lacks = found.before, self._lacks(listing)
        is_withdrawn = before and not before.live and not before.is_held
        listing.live = not lacks and not is_withdrawn
        listing.has_unpublished_changes = not listing.live
        listing.first_published_at = before and before.first_published_at
        listing.last_published_at = before and before.last_published_at
        if listing.live:
            listing.first_published_at = listing.first_published_at or self.now
            listing.last_published_at = self.now
        if is_withdrawn:
            note = "unpublished here, stays unpublished"
            self.report.add_note(note, found.record.where)
        elif lacks:
            self.report.add_note(f"held as a draft: {lacks}", found.record.where)
            found.outcome = "held"
            return
        if listing.expire_at <= self.now:
            found.outcome = "past"

    def _lacks(self, listing):
        """Why a listing may not go live; empty if it may."""
        if not listing.role:
            return NO_ROLE
        problems = moderation.missing(listing)
        if listing.expire_at <= self.now:
            problems.pop("expire_at", None)  # what closed has no markup
        return " ".join(problems.values())

    def _save(self, pairs, write):
        """All at once; where the database refuses one, one by one."""
        try:
            with transaction.atomic():
                write([listing for _, listing in pairs])
        except (DataError, IntegrityError) as error:
            if len(pairs) == 1:
                found = pairs[0][0]
                reason = f"The database refuses it: {str(error).splitlines()[0]}."
                self.refuse(
                    BadRecord(found.record.where, reason, found.record.external_id)
                )
                return
            for pair in pairs:
                self._save([pair], write)
            return
        for found, _ in pairs:
            self._count(found.outcome, found)

    def _mark(self, marks: "_Marks") -> None:
        """What was seen, in at most four updates."""
        seen = {"last_seen_at": self.now}
        confirmed = seen | {"confirmed_at": self.now}
        moved = confirmed | {"expire_at": self.now + KEPT_UNSEEN}
        reopened = moved | {
            "expired": False,
            "times_reposted": F("times_reposted") + 1,
        }
        for keys, facts in (
            (marks.seen, seen),
            (marks.confirmed, confirmed),
            (marks.moved, moved),
            (marks.reopened, reopened),
        ):
            JobListing.objects.filter(pk__in=keys).update(**facts)
