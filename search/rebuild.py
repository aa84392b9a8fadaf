"""A new index beside the one that answers, filled and then put in its place.

Questions go to an alias. While the new index fills, changes are carried into both, so
the old one stays in step; when the new one is complete the alias moves in one step, so
no question ever meets an empty index. Whatever fails before that, the new one is
removed and the old one goes on.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import reset_queries
from django.utils import timezone

from elasticsearch import ApiError, Elasticsearch, TransportError
from tqdm import tqdm

from careers.jobs.models import JobListing

from . import bulk, changes, index, indices
from .bulk import UnsentError

CHUNK = 500
SENDERS = 2
#: Chunks that are read before the first of them has been taken.
AHEAD = SENDERS + 1
#: Seconds between looks at what changed meanwhile.
CATCH_UP = 0.5
#: Seconds without any success after which a rebuild gives up.
PATIENCE = 120.0
#: Seconds for the copies of a new index to be there before it answers.
COPIES = 30.0
#: Seconds that questions under way may still read the index that was replaced.
GRACE = 2.0
#: Refused documents are kept for later, but this share of them is a fault of ours.
MOST_REFUSED = 0.01
BUSY = {429, 502, 503, 504}
BUILDING = {
    "refresh_interval": "-1",
    "number_of_replicas": 0,
    "auto_expand_replicas": "false",
}

Say = Callable[[str], None]


class RebuildError(Exception):
    """The new index is not what it should be; the old one goes on."""


@dataclass(frozen=True)
class Rebuilt:
    name: str
    listings: int
    seconds: float
    removed: tuple[str, ...]

    def line(self) -> str:
        rate = self.listings / self.seconds if self.seconds else 0.0
        return (
            f"{self.listings:,} listings are in the new index {self.name}: "
            f"{self.seconds:,.1f} s, {rate:,.0f} a second. "
            f"{len(self.removed)} older removed."
        )


def rebuild(
    client: Elasticsearch, *, say: Say, bar: tqdm, patience: float = PATIENCE
) -> Rebuilt:
    """Build, fill and install a new index. Raises `changes.BuildingError` where
    another process does, and `RebuildError` where the new index is not complete.
    """
    began = time.monotonic()
    with changes.building():
        with changes.sending():
            old = indices.standing(client)
            built = indices.built(client)
            left = [name for name, aliases in built.items() if not aliases]
            indices.delete(client, left)
            if len(left) == len(built):
                changes.forget()
            build = _Build(client, beside=old, say=say, bar=bar, patience=patience)
            with build.or_nothing():
                listings = build.fill()
                build.finish()
                replaced = build.install()
        seconds = time.monotonic() - began
        if replaced:
            time.sleep(GRACE)
            indices.delete(client, replaced)
    return Rebuilt(build.name, listings, seconds, (*left, *replaced))


class _Build:
    """One index on its way, ``beside`` the one that answers, if any.

    The caller has the right to build and to send.
    """

    def __init__(self, client, *, beside, say: Say, bar: tqdm, patience: float):
        self.client, self.beside = client, beside
        self.say, self.bar, self.patience = say, bar, patience
        self.name = index.new_name()
        self.began_at = timezone.now()
        self.refused: bulk.Refused = {}
        self._abandoned = threading.Event()
        self._round: changes.Round | None = None
        self._caught_up = time.monotonic()

    @contextmanager
    def or_nothing(self) -> Iterator[None]:
        """Make the index, and remove it unless all inside goes well."""
        body = index.body()
        with ExitStack() as undo:
            undo.callback(self._remove)
            self.client.indices.create(
                index=self.name,
                mappings=body["mappings"],
                settings={**body["settings"], **BUILDING},
            )
            yield
            undo.pop_all()

    def _remove(self) -> None:
        """Unless it answers already: the response to its installation may be lost."""
        try:
            if indices.standing(self.client) != self.name:
                indices.delete(self.client, [self.name])
        except (ApiError, TransportError, indices.ForeignIndexError) as error:
            self.say(f"{self.name} is left and goes with the next rebuild: {error}")

    # Filling

    def fill(self) -> int:
        """Every open listing into the new index; how many."""
        total = JobListing.objects.live().count()
        self.bar.reset(total=total)
        sent = 0
        under_way: deque[Future[int]] = deque()
        with ThreadPoolExecutor(SENDERS) as pool:
            try:
                for reading in self._readings():
                    under_way.append(pool.submit(self._put, reading))
                    if len(under_way) > AHEAD:
                        sent += self._taken(under_way.popleft())
                    self._catch_up_in_time()
                while under_way:
                    sent += self._taken(under_way.popleft())
            except BaseException:
                # The pool waits for its threads, and they for nothing any more.
                self._abandoned.set()
                raise
        if len(self.refused) > max(10, MOST_REFUSED * total):
            reason = next(iter(self.refused.values()))
            raise RebuildError(
                f"{len(self.refused):,} of {total:,} documents are refused: {reason}"
            )
        return sent

    def _readings(self) -> Iterator[changes.Reading]:
        """In order of ids, each chunk at a moment of its own: memory stays flat."""
        after = 0
        while (reading := changes.read_from(after, CHUNK)).documents:
            yield reading
            after = reading.documents[-1]["id"]
            if settings.DEBUG:
                reset_queries()  # which Django keeps in development

    def _put(self, reading: changes.Reading) -> int:
        """In a thread: the network waits while the next chunk is read."""
        refused = self._patiently(
            lambda: bulk.send(
                self.client,
                self.name,
                version=reading.version,
                documents=reading.documents,
                is_alias=False,
            )
        )
        self.refused |= refused
        return len(reading.documents) - len(refused)

    def _taken(self, chunk: Future[int]) -> int:
        sent = chunk.result()
        self.bar.update(sent)
        return sent

    # Keeping both in step

    def _catch_up_in_time(self) -> None:
        """A batch now and then, so that neither the changes nor the filling wait."""
        if self.beside and time.monotonic() - self._caught_up >= CATCH_UP:
            if self._round or changes.are_due():
                self._round = self._carry(self._round or changes.new_round())
            if self._round is None:
                self._caught_up = time.monotonic()

    def catch_up(self) -> None:
        """Carry all that is noted now into the new index and the one that answers."""
        way: changes.Round | None = changes.new_round()
        while way:
            way = self._carry(way)

    def _carry(self, way: changes.Round) -> changes.Round | None:
        """A batch of a round; what is left of it, if anything."""
        targets = [(self.name, False)]
        if self.beside:
            targets.append((index.alias(), True))
        self._patiently(
            lambda: changes.carry(
                self.client, targets, way, on_refused=self._tell_refused
            )
        )
        return None if way.is_over else way

    def _tell_refused(self, listing_id: int, reason: str) -> None:
        self.say(f"Listing {listing_id} is refused: {reason}")

    def _patiently[T](self, act: Callable[[], T]) -> T:
        """Again and again while the engine is busy, full or away for a while."""
        last, pause = time.monotonic() + self.patience, 0.25
        while True:
            try:
                return act()
            except (ApiError, TransportError, UnsentError) as error:
                is_final = isinstance(error, ApiError) and error.status_code not in BUSY
                if is_final or self._abandoned.is_set() or time.monotonic() > last:
                    raise
            self._abandoned.wait(pause)
            pause = min(2 * pause, 10.0)

    # Finishing

    def finish(self) -> None:
        """Give the index the settings it will answer with, and look what it holds."""
        changes.note(self.refused)
        self.catch_up()
        wanted = index.body()["settings"]
        self.client.indices.put_settings(
            index=self.name,
            settings={name: wanted[name] for name in BUILDING if name in wanted},
        )
        self._await_copies()
        self.catch_up()
        self._patiently(lambda: self.client.indices.refresh(index=self.name))
        self._check_mapping()
        self._check_number()

    def _await_copies(self) -> None:
        last = time.monotonic() + COPIES
        while time.monotonic() < last:
            shards = self.client.indices.stats(
                index=self.name, metric="docs", filter_path="_shards"
            )["_shards"]
            if shards["successful"] == shards["total"]:
                return
            time.sleep(0.25)

    def _check_mapping(self) -> None:
        """Had somebody removed the index, sending would have made another."""
        told = self.client.indices.get_mapping(
            index=self.name, filter_path="*.mappings._meta"
        )
        meta = told.get(self.name, {}).get("mappings", {}).get("_meta")
        if meta != index.meta():
            raise RebuildError(f"{self.name} was removed while it was built.")

    def _check_number(self) -> None:
        """As many as the database has open, but for what is about to be sent."""
        held = self.client.count(index=self.name)["count"]
        with changes.snapshot():
            live = JobListing.objects.live().count()
            waiting = changes.pending().number
            closed = JobListing.objects.closed().filter(expire_at__gte=self.began_at)
            expired = closed.count()
        if not live - waiting <= held <= live + waiting + expired:
            raise RebuildError(
                f"The new index holds {held:,} listings, the database {live:,} "
                f"({waiting:,} of them are still to be sent)."
            )

    def install(self) -> list[str]:
        """Move the alias here in one step. Returns the indices that have answered."""
        replaced = {
            name: aliases
            for name, aliases in indices.built(self.client).items()
            if aliases and name != self.name
        }
        self.client.indices.update_aliases(
            actions=[
                *(
                    {"remove": {"index": name, "alias": alias}}
                    for name, aliases in replaced.items()
                    for alias in aliases
                ),
                {"add": {"index": self.name, "alias": index.alias()}},
            ]
        )
        return list(replaced)
