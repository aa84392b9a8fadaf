"""How good the first page is: nDCG@10 on queries that were judged by hand.

The queries, the grades and how they were given stand in ``tests/search/judged``. Three
engines answer: a plain search over title and text, as any index gives it for the
asking; PostgreSQL; Elasticsearch. The gain of a grade is 2^grade - 1, the ideal is the
best order of all that was judged, and a listing that nobody judged counts as wrong. A
query that nothing answers is right when nothing is found.

``SEARCH_URL`` names a cluster to use; without it a node is started. ``WORST=10`` prints
the queries of the lowest figures with what stood in their first ten, ``WORST=all``
every query.
"""

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from statistics import mean
from typing import Any

from django.conf import settings
from django.test.utils import override_settings

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from careers.jobs.criteria import JobCriteria
from careers.jobs.models import JobListing
from search import documents, index
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.postgres import PostgresEngine
from search.node import Node, throwaway_folder
from tests.bench import databases
from tests.bench.figures import Figure
from tests.search.judged import corpus
from tests.search.judged.judgements import Judged, digests, judged

FIRST = 10
PLAIN = "plain-baseline"
#: An index of its own, also where SEARCH_URL names a cluster that has others.
PREFIX = "judged"
BAR = "at least 0.9"

#: Answers a query with primary keys, best first.
Ask = Callable[[str], Sequence[int]]


@dataclass(frozen=True)
class Outcome:
    """What an engine's first ten are worth for a query."""

    judged: Judged
    keys: tuple[str, ...]
    ndcg: float

    @property
    def unjudged(self) -> int:
        return sum(
            key not in self.judged.grades and not corpus.is_trap(key)
            for key in self.keys
        )

    @property
    def traps(self) -> int:
        """How many of a job board's strangers are shown."""
        return sum(map(corpus.is_trap, self.keys))


def main() -> Iterable[Figure]:
    databases.use("judged")
    corpus.lay()
    keys = corpus.keys()
    queries = [within(query, set(keys.values())) for query in judged()]
    print(f"{len(queries)} queries, {len(keys):,} listings. {changed()}")
    with cluster() as client, override_settings(SEARCH_INDEX=PREFIX):
        engines = {
            "plain multi_match": plain(client),
            "PostgreSQL": asking(PostgresEngine()),
            "Elasticsearch": asking(elasticsearch(client)),
        }
        outcomes = {
            name: [outcome(query, ask, keys) for query in queries]
            for name, ask in engines.items()
        }
        forget(client)
    show_worst(outcomes)
    return [f for name in outcomes for f in figures(name, outcomes[name])]


def within(query: Judged, there: set[str]) -> Judged:
    """Without the listings that cannot be laid here, for want of the sample data."""
    grades = {key: grade for key, grade in query.grades.items() if key in there}
    return Judged(query.number, query.query, query.wants, grades)


def changed() -> str:
    known, now = digests(), corpus.digests()
    different = sum(known[key] != now[key] for key in known.keys() & now.keys())
    missing = len(known.keys() - now.keys())
    return (
        f"Since they were judged {different} listings have changed, {missing} are gone."
    )


# -- Engines ---------------------------------------------------------------------------


@contextmanager
def cluster() -> Iterator[Elasticsearch]:
    if url := os.environ.get("SEARCH_URL"):
        yield Elasticsearch(url.split(","), request_timeout=60)
        return
    with throwaway_folder() as folder, Node(folder / "node") as node:
        yield Elasticsearch(node.url, request_timeout=60)


def plain(client: Elasticsearch) -> Ask:
    """An index made without thought: two fields, the standard analyzer."""
    client.options(ignore_status=404).indices.delete(index=PLAIN)
    client.indices.create(
        index=PLAIN,
        mappings={"properties": {"title": {"type": "text"}, "text": {"type": "text"}}},
    )
    actions = (
        {"_index": PLAIN, "_id": pk, "title": title, "text": words(text)}
        for pk, title, text in JobListing.objects.live().values_list(
            "pk", "title", "description"
        )
    )
    bulk(client, actions, refresh=True)

    def ask(query: str) -> Sequence[int]:
        asked = {"multi_match": {"query": query, "fields": ["title^3", "text"]}}
        found = client.search(index=PLAIN, query=asked, size=FIRST, source=False)
        return [int(hit["_id"]) for hit in found["hits"]["hits"]]

    return ask


def words(text: str) -> str:
    return unescape(corpus.TAG.sub(" ", text))


def elasticsearch(client: Elasticsearch) -> ElasticsearchEngine:
    """The engine over an index built here, without queue and worker."""
    forget(client)
    name = index.new_name()
    client.indices.create(
        index=name, **index.body(), aliases={index.alias(): {"is_write_index": True}}
    )
    listings = documents.read(
        list(JobListing.objects.live().values_list("pk", flat=True))
    )
    bulk(client, (action(name, each) for each in listings), refresh=True)
    return ElasticsearchEngine(client, index.alias())


def action(name: str, document: dict[str, Any]) -> dict[str, Any]:
    return {"_index": name, "_id": document["id"], "_source": document}


def forget(client: Elasticsearch) -> None:
    for name in client.indices.get(index=f"{settings.SEARCH_INDEX}-*"):
        client.indices.delete(index=name)


def asking(engine: PostgresEngine | ElasticsearchEngine) -> Ask:
    """As the results page asks: where nothing is found, in the mended spelling."""

    def ask(query: str) -> Sequence[int]:
        answer = engine.answer(JobCriteria(q=query))
        if not answer.total and answer.spelling:
            answer = engine.answer(JobCriteria(q=answer.spelling))
        return answer.ids[:FIRST]

    return ask


# -- Figures ---------------------------------------------------------------------------


def outcome(query: Judged, ask: Ask, keys: dict[int, str]) -> Outcome:
    found = tuple(keys.get(pk, "") for pk in ask(query.query))
    if not query.has_answer:
        return Outcome(query, found, 0.0 if found else 1.0)
    ideal = sorted(query.grades.values(), reverse=True)[:FIRST]
    grades = [query.grades.get(key, 0) for key in found]
    return Outcome(query, found, gain(grades) / gain(ideal))


def gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain of grades from the first place on."""
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))


def figures(name: str, outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    answered = [each for each in outcomes if each.judged.has_answer]
    empty = [each for each in outcomes if not each.judged.has_answer]
    bar = BAR if name == "Elasticsearch" else ""
    yield Figure(f"{name}: nDCG@10", mean(e.ndcg for e in answered), "", bar)
    yield Figure(f"{name}: nothing where nothing fits", mean(e.ndcg for e in empty))
    yield Figure(f"{name}: strangers in ten", mean(e.traps for e in outcomes))
    yield Figure(f"{name}: not judged in ten", mean(e.unjudged for e in outcomes))


def show_worst(outcomes: dict[str, Sequence[Outcome]]) -> None:
    asked = os.environ.get("WORST")
    if not asked:
        return
    known = corpus.keys()
    titles = {
        known[pk]: title
        for pk, title in JobListing.objects.filter(pk__in=known).values_list(
            "pk", "title"
        )
    }
    for name, each in outcomes.items():
        worst = sorted(each, key=lambda outcome: outcome.ndcg)
        print(f"\n{name}, worst first")
        for outcome in worst if asked == "all" else worst[: int(asked)]:
            show(outcome, titles)


def show(outcome: Outcome, titles: dict[str, str]) -> None:
    query = outcome.judged
    print(f"{outcome.ndcg:.2f}  {query.number}: {query.query!r}. {query.wants}")
    for key in outcome.keys:
        print(f"        {query.grades.get(key, '-')}  {key:10} {titles[key]}")
