"""Keeps both indices in step with the database, as a process that lasts or for once."""

import os
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, reset_queries

from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    TransportError,
)
from tqdm import tqdm

from . import changes, cluster, index, indices, page_upkeep
from .bulk import NoIndexError, UnsentError
from .rebuild import RebuildError, rebuild

#: Seconds between looks at the notes when there is nothing to do.
POLL = 0.25
LONGEST_PAUSE = 10.0
#: Seconds between looks for listings that closed by the clock.
EXPIRY = 60.0
#: Seconds between looks for pages that changed.
PAGES = 10.0
OURS = (
    NoIndexError,
    RebuildError,
    UnsentError,
    changes.BuildingError,
    indices.ForeignIndexError,
    page_upkeep.PagesUnsentError,
)
#: What passes, or that a person mends while we wait. The notes are kept.
OUTAGES = (ApiError, TransportError, DatabaseError, InterfaceError, *OURS)
#: Outages that only a person ends, by the status that the cluster answers with.
MENDS = {
    401: "Let the cluster know the account again, or set SEARCH_API_KEY or the user in "
    "SEARCH_URL to one that it knows and start this anew.",
    403: "Give the account its rights back; `manage.py check` names those missing.",
}


class Worker:
    """Carries noted changes over, batch by batch.

    ``say`` is told what a person should know, each thing once.
    """

    def __init__(self, client: Elasticsearch, say: Callable[[str], None]):
        self.client, self.say = client, say
        self.carried = self.refused = 0
        self._round: changes.Round | None = None
        self._look_for_expired_at = self._look_for_pages_at = time.monotonic()
        self._has_had_an_index = False
        self._told = ""
        self._out_since: float | None = None
        self._out_for: set[str] = set()

    # For ever

    def follow(self, *, beside: int | None = None) -> None:
        """Until somebody ends us, or the process that started us has ended."""
        pause = POLL
        while beside is None or os.getppid() == beside:
            try:
                is_more = self.turn()
            except OUTAGES as error:
                self._tell_outage(error)
                connection.close()
                pause = min(2 * pause, LONGEST_PAUSE) or POLL
            else:
                self._tell_end_of_outage()
                pause = 0.0 if is_more else POLL
            time.sleep(pause)

    def turn(self) -> bool:
        """Carry one batch over, if there is one. Whether another is due at once."""
        if settings.DEBUG:
            reset_queries()  # which Django keeps in development
        self._keep_pages()
        looks_for_expired = time.monotonic() >= self._look_for_expired_at
        if not looks_for_expired and not changes.are_due():
            return False
        if not indices.standing(self.client):
            return self._make_index()
        self._has_had_an_index = True
        if looks_for_expired:
            self._note_expired()
        return self._carry()

    def _keep_pages(self) -> None:
        """Now and then. Listings do not wait for pages that cannot be kept."""
        if time.monotonic() < self._look_for_pages_at:
            return
        self._look_for_pages_at = time.monotonic() + PAGES
        try:
            page_upkeep.keep(self.client, wait=False)
        except (indices.ForeignIndexError, page_upkeep.PagesUnsentError) as error:
            self._tell(f"Pages wait: {error}")

    def _carry(self) -> bool:
        with changes.sending(wait=False) as given:
            if not given:  # a rebuild carries over what it builds beside
                return False
            way = self._round or changes.new_round()
            self._send(way)
        self._round = None if way.is_over else way
        return not way.is_over

    def _send(self, way: changes.Round) -> int:
        targets = [(index.alias(), True)]
        sent = changes.carry(self.client, targets, way, on_refused=self._tell_refused)
        self.carried += sent
        return sent

    def _note_expired(self) -> None:
        found = changes.note_expired(self.client, index.alias())
        if found < changes.MOST_EXPIRED:
            self._look_for_expired_at = time.monotonic() + EXPIRY

    def _make_index(self) -> bool:
        """At the start there may be none; later, somebody has put another in place."""
        others = [
            name for name, aliases in indices.built(self.client).items() if aliases
        ]
        if others and self._has_had_an_index:
            self._tell(
                f"{others[-1]} was built by another version of the site. Start this "
                "worker anew with that version."
            )
            return False
        self.say("There is no index yet: building one. PostgreSQL answers meanwhile.")
        with tqdm(disable=True) as bar:
            self.say(rebuild(self.client, say=self.say, bar=bar).line())
        return True

    # For once

    def drain(self, bar: tqdm) -> None:
        """Carry over all that is noted now. Raises what stands in the way."""
        if not indices.standing(self.client):
            raise NoIndexError("There is no index yet: run rebuild_search_index.")
        self._note_expired()
        page_upkeep.keep(self.client, wait=True)
        bar.reset(total=changes.pending().number)
        way = changes.new_round()
        while not way.is_over:
            with changes.sending():
                bar.update(self._send(way))

    # Telling

    def _tell(self, line: str) -> None:
        if line != self._told:
            self.say(line)
        self._told = line

    def _tell_refused(self, listing_id: int, reason: str) -> None:
        self.refused += 1
        self.say(f"Listing {listing_id} is refused, and sent again later: {reason}")

    def _tell_outage(self, error: Exception) -> None:
        """Once, and again where it turns out that nobody but a person ends it."""
        if self._out_since is None:
            self._out_since = time.monotonic()
        elif mend(error) in {"", *self._out_for}:
            return
        self._out_for.add(mend(error))
        self.say(f"Changes wait, trying again: {reason(error)}")

    def _tell_end_of_outage(self) -> None:
        if self._out_since is not None:
            seconds = time.monotonic() - self._out_since
            self._out_since = None
            self._out_for.clear()
            self.say(f"Changes are carried over again, after {seconds:,.0f} s.")


def reason(error: Exception) -> str:
    """On one line, however long it is. What we say ourselves needs no name."""
    told = " ".join(str(error).split())[:300]
    if way_out := mend(error):
        return f"{cluster.node_of(error)} refuses the site's account: {told} {way_out}"
    return told if isinstance(error, OURS) else f"{type(error).__name__}: {told}"


def mend(error: Exception) -> str:
    """What a person must do where the cluster refuses our account, else ""."""
    if not isinstance(error, AuthenticationException | AuthorizationException):
        return ""
    # An index that is blocked answers with the same status, and no account helps.
    is_refused = error.message == "security_exception"
    return MENDS[error.meta.status] if is_refused else ""
