"""The cluster's engine with PostgreSQL behind it, so that no visitor sees it fail.

A question that the cluster does not answer is answered by PostgreSQL in the same
request. A circuit breaker then rests the cluster, so that the next visitors do not wait
for it too: see `Breaker`. Each process has its own, and learns by itself.
"""

import logging
import math
import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from elasticsearch import (
    ApiError,
    BadRequestError,
    ConnectionTimeout,
    SerializationError,
    SSLError,
    TransportError,
)
from elasticsearch import ConnectionError as NoConnectionError

from careers.jobs.criteria import EVERYTHING, JobCriteria

from .. import cluster
from ..page_words import PageQuestion
from . import Answer, Engine, EngineError, PagesFound

logger = logging.getLogger(__name__)

#: Seconds of rest after the first failure, doubled at each that follows.
SHORTEST_REST = 1.0
LONGEST_REST = 10.0
#: Processes that failed together do not come back together.
JITTER = (0.8, 1.0)
#: An incident this soon after the last goes on with its rests.
CALM = 10.0
#: A refused question is told of once in so many seconds.
TELL_REFUSAL = 60.0
#: Seconds for which an answer shows that the cluster is well.
JUST_NOW = 1.0
#: Idle for so long, `GuardedEngine.look` asks anew.
FRESH = 10.0

ELASTICSEARCH = "elasticsearch"
POSTGRESQL = "postgresql"

#: Who answered the questions of this request, and in how many seconds.
Turns = list[tuple[str, float]]
_turns: ContextVar[Turns | None] = ContextVar("turns", default=None)


@contextmanager
def answering() -> Iterator[Turns]:
    """What engines answer within, in order."""
    turns: Turns = []
    token = _turns.set(turns)
    try:
        yield turns
    finally:
        _turns.reset(token)


class GuardedEngine:
    """An engine that always answers: ``first`` if it can, else ``behind``.

    An answer of ``first`` that took longer than ``patience`` seconds is good, but the
    next visitors do not wait for another. (The client's own timeout does not see an
    answer that trickles.)
    """

    def __init__(
        self, first: Engine, behind: Engine, breaker: "Breaker", patience: float
    ) -> None:
        self.first = first
        self.behind = behind
        self.breaker = breaker
        self.patience = patience

    def answer(self, criteria: JobCriteria, page: int = 1) -> Answer:
        return self.put(lambda engine: engine.answer(criteria, page))

    def totals(self, questions: Sequence[JobCriteria]) -> tuple[int, ...]:
        return self.put(lambda engine: engine.totals(questions))

    def pages(self, asked: PageQuestion) -> PagesFound | None:
        """An index of pages that is not there yet is no failure of the cluster."""
        found = self.put(lambda engine: engine.pages(asked))
        return self.behind.pages(asked) if found is None else found

    def put[T](self, ask: Callable[[Engine], T]) -> T:
        """What ``ask`` gets of the engine in force."""
        attempt = self.breaker.attempt()
        if attempt is not None:
            try:
                return self._first(ask, attempt)
            except EngineError as error:
                self._judge(error, attempt)
            finally:
                attempt.end()
        self.breaker.count()
        with _timed(POSTGRESQL):
            return ask(self.behind)

    def look(self) -> None:
        """Ask the cluster something small, unless it was heard of just now.

        So an idle site notices an outage, and its end, when somebody asks for its
        health, and not when a visitor comes.
        """
        if self.breaker.heard_within(FRESH):
            return
        attempt = self.breaker.attempt()
        if attempt is None:
            return
        try:
            self._first(lambda engine: engine.totals((EVERYTHING,)), attempt)
        except EngineError as error:
            attempt.failed(error)
        finally:
            attempt.end()

    def _first[T](self, ask: Callable[[Engine], T], attempt: "Attempt") -> T:
        began = time.perf_counter()
        with _timed(ELASTICSEARCH):
            found = ask(self.first)
        seconds = time.perf_counter() - began
        if seconds > self.patience:
            attempt.failed(SlowError(f"An answer took {seconds:.1f} s."))
        else:
            attempt.succeeded()
        return found

    def _judge(self, error: EngineError, attempt: "Attempt") -> None:
        """Rest the cluster, unless the failure is the question's own fault."""
        if isinstance(error.__cause__, BadRequestError) and self._answers_others():
            attempt.succeeded()
            self.breaker.tell_refusal(error)
        else:
            attempt.failed(error)

    def _answers_others(self) -> bool:
        """Whether the cluster answered just now, or does the plainest question."""
        if self.breaker.heard_within(JUST_NOW):
            return True
        try:
            self.first.answer(EVERYTHING)
        except EngineError:
            return False
        return True


@contextmanager
def _timed(name: str) -> Iterator[None]:
    """Write down who answers, and in how many seconds, if the middleware asks."""
    began = time.perf_counter()
    yield
    turns = _turns.get()
    if turns is not None:
        turns.append((name, time.perf_counter() - began))


class SlowError(EngineError):
    """An answer came, too late."""


@dataclass
class Incident:
    """From the first failure to the first answer after it. ``kind`` is of the last."""

    id: str
    kind: str
    began: float
    began_at: datetime
    answered: int = 0


class Breaker:
    """Decides whether the cluster is asked. ``where`` names its nodes in the log.

    *Closed*, it is. The first failure *opens* the breaker, whatever its kind: a refused
    connection, a timeout, 429, 5xx, no right, no alias, failed shards, a mapping that
    is not ours. One failure is enough because nothing is lost by being wrong: what
    PostgreSQL answers is exact, and the first rest is one second. To wait for a second
    failure would cost a second visitor the whole timeout, and all who ask meanwhile.

    After the rest one question is a probe; all others go to PostgreSQL until it is
    back. If it fails, the rest doubles, to ten seconds at most, so a cluster that is
    well again answers within them. If it is answered, the breaker closes. Failures of
    questions that were on their way when the breaker opened change nothing.

    A refusal (400) may be the question's own fault, such as one too complex. Then it
    alone goes to PostgreSQL. It is, if others are answered: see `GuardedEngine`.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, *, where: str = ""
    ) -> None:
        self._clock = clock
        self._where = where
        self._lock = threading.Lock()
        self._incident: Incident | None = None
        self._incidents = 0
        self._ended = -math.inf
        self._rest = SHORTEST_REST
        self._next_try = -math.inf
        self._is_probing = False
        self._told = -math.inf
        self._heard = -math.inf

    @property
    def incident(self) -> Incident | None:
        return self._incident

    @property
    def state(self) -> str:
        """closed, open, or half-open: a probe is due or under way."""
        with self._lock:
            if self._incident is None:
                return "closed"
            is_due = self._is_probing or self._clock() >= self._next_try
            return "half-open" if is_due else "open"

    def heard_within(self, seconds: float) -> bool:
        """Whether the cluster answered, well, that lately."""
        with self._lock:
            return self._incident is None and self._clock() - self._heard < seconds

    def attempt(self) -> "Attempt | None":
        """Leave to ask the cluster once, which must `end`; None while it rests."""
        with self._lock:
            if self._incident is None:
                return Attempt(self, self._incidents, is_probe=False)
            if self._is_probing or self._clock() < self._next_try:
                return None
            self._is_probing = True
            return Attempt(self, self._incidents, is_probe=True)

    def count(self) -> None:
        """PostgreSQL answers a question."""
        with self._lock:
            if self._incident is not None:
                self._incident.answered += 1

    # What attempts report

    def succeeded(self, attempt: "Attempt") -> None:
        with self._lock:
            self._heard = self._clock()
            if not attempt.is_probe:
                return
            self._is_probing = False
            ended, self._incident = self._incident, None
            self._ended = self._clock()
        if ended is not None:
            logger.info(
                "Search incident %s is over after %.1f s: Elasticsearch answers again. "
                "PostgreSQL answered %d questions.",
                ended.id,
                self._ended - ended.began,
                ended.answered,
            )

    def failed(self, attempt: "Attempt", kind: str, error: BaseException) -> None:
        with self._lock:
            opened = self._open(attempt, kind)
        if opened is not None:
            logger.warning(
                "Search incident %s: Elasticsearch fails (%s%s): %s "
                "PostgreSQL answers; the next try is in %.1f s.",
                opened.id,
                kind,
                self._at(error),
                _line(error),
                self._rest,
            )

    def tell_refusal(self, error: BaseException) -> None:
        with self._lock:
            if self._clock() - self._told < TELL_REFUSAL:
                return
            self._told = self._clock()
        logger.warning(
            "Elasticsearch refused a question (status 400%s), which PostgreSQL "
            "answered: %s Others are not told of for %d s.",
            self._at(error),
            _line(error),
            TELL_REFUSAL,
        )

    def _at(self, error: BaseException) -> str:
        """Which node it was, or which it may have been."""
        node = cluster.node_of(error) or self._where
        return f" at {node}" if node else ""

    def _open(self, attempt: "Attempt", kind: str) -> Incident | None:
        """Begin an incident, or the next rest of one; the incident if it is new."""
        now = self._clock()
        if attempt.is_probe:
            self._is_probing = False
            self._rest_until(now, 2 * self._rest)
            if self._incident is not None:
                self._incident.kind = kind
            return None
        if self._incident is not None or attempt.incidents != self._incidents:
            return None
        self._incidents += 1
        self._incident = Incident(
            secrets.token_hex(4), kind, now, datetime.now(UTC).replace(microsecond=0)
        )
        is_calm = now - self._ended > CALM
        self._rest_until(now, SHORTEST_REST if is_calm else 2 * self._rest)
        return self._incident

    def _rest_until(self, now: float, seconds: float) -> None:
        self._rest = min(seconds, LONGEST_REST)
        self._next_try = now + self._rest * random.uniform(*JITTER)  # noqa: S311


class Attempt:
    """One question on its way to the cluster. What it reports first counts."""

    def __init__(self, breaker: Breaker, incidents: int, *, is_probe: bool) -> None:
        self.breaker = breaker
        self.incidents = incidents
        self.is_probe = is_probe
        self._is_over = False

    def succeeded(self) -> None:
        self._is_over = True
        self.breaker.succeeded(self)

    def failed(self, error: EngineError) -> None:
        self._is_over = True
        self.breaker.failed(self, kind_of(error), error)

    def end(self) -> None:
        """An attempt that something else broke off failed: its probe must not last."""
        if not self._is_over:
            self._is_over = True
            self.breaker.failed(self, "broken off", EngineError("The question ended."))


def kind_of(error: BaseException) -> str:
    """What a failure is, in a word or two for the log."""
    cause = error.__cause__
    if isinstance(error, SlowError):
        return "slow"
    if isinstance(cause, ConnectionTimeout):
        return "timeout"
    if isinstance(cause, SSLError):
        return "TLS"
    if isinstance(cause, NoConnectionError):
        return "no connection"
    if isinstance(cause, SerializationError):
        return "unreadable answer"
    if isinstance(cause, ApiError):
        return f"status {cause.meta.status}"
    return "wrong answer"


def _line(error: BaseException) -> str:
    """What an error says, on one line of bounded length."""
    cause = error.__cause__
    said = cause.message if isinstance(cause, TransportError) else error
    text = " ".join(str(said).split())[:300]
    return text if text.endswith((".", "!", "…")) else f"{text}."
