"""The engine of a cluster: relevance, and speed at a million listings.

One request answers a question: hits, total, counts and help with spelling. The hits
obey all filters (`post_filter`); each filter in use has an aggregation over the
listings that obey the others, which gives its facet's counts, what dropping it would
bring, and how many were left out for silence. `search.relevance` turns the words of a
question into a query, `search.filters` the rest of it.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Query
from elasticsearch.exceptions import SerializationError

from careers.jobs.criteria import JobCriteria
from careers.jobs.facets import FACETS, NOT_STATED

from .. import index, meanings, page_index, relevance, synonyms
from ..filters import Filter, all_of, field_of, filters, live
from ..page_words import PageQuestion
from ..spelling import credential_words, is_near
from ..text import NOISE
from . import (
    COUNTED_UNDER,
    EMPLOYERS_SHOWN,
    EXPERIENCE_STEPS,
    Answer,
    Counts,
    EngineError,
    PagesFound,
    page_bounds,
)

FIELDS = {facet.name: field_of(facet) for facet in FACETS} | {"track": "tracks"}
#: More values than any facet of the vocabulary has, so that no shard leaves one out.
EVERY_VALUE = 2_000
EVERY_EMPLOYER = 100_000
Order = tuple[dict[str, Any], ...]
NEWEST: Order = ({"posted_at": "desc"}, {"id": "desc"})
SUGGESTIONS = 5
WORD = re.compile(r"[A-Za-z]{4,40}")


class ElasticsearchEngine:
    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self.client = client
        self.alias = alias

    def answer(self, criteria: JobCriteria, page: int = 1) -> Answer:
        now = timezone.now()
        asked = filters(criteria, now)
        found = self._ask(search(criteria, asked, page, now), criteria)
        with _reading():
            answer = _answer(criteria, asked, found)
        if answer.total or not criteria.q:
            return answer
        return self._with_help(answer, criteria, found)

    def totals(self, questions: Sequence[JobCriteria]) -> tuple[int, ...]:
        if not questions:
            return ()
        now = timezone.now()
        counted = Search().extra(size=0, track_total_hits=True)
        counted = counted.filter(live(now))
        wholes = {str(n): _whole(each, now) for n, each in enumerate(questions)}
        counted.aggs.bucket("questions", "filters", filters=wholes)
        found = self._ask(counted, *questions)
        with _reading():
            buckets = found["aggregations"]["questions"]["buckets"]
            return tuple(buckets[name]["doc_count"] for name in wholes)

    def pages(self, asked: PageQuestion) -> PagesFound | None:
        """None where no index of pages with this mapping has been built yet."""
        if not asked.wanted:
            return PagesFound()
        try:
            found = self._put(page_index.alias(), page_index.search(asked), asked.text)
        except EngineError as error:
            if isinstance(error.__cause__, NotFoundError):
                return None
            raise
        with _reading():
            hits = found["hits"]["hits"]
            if not all(page_index.is_ours(hit["_index"]) for hit in hits):
                raise EngineError(f"{page_index.alias()} leads to a stranger's index.")
            ids = tuple(int(hit["_id"]) for hit in hits)
            if ids:
                return PagesFound(ids)
            return PagesFound(spelling=_corrected(asked.text, found.get("suggest", {})))

    def _with_help(
        self, answer: Answer, criteria: JobCriteria, found: Mapping[str, Any]
    ) -> Answer:
        """Nothing was found: what the words cost, and how they might be meant."""
        (total,) = self.totals([criteria.without("q")])
        return replace(
            answer,
            without={**answer.without, "q": total},
            spelling=_corrected(criteria.q, found.get("suggest", {})),
        )

    def _ask(self, asked: Search, *criteria: JobCriteria) -> Mapping[str, Any]:
        """The response of the index of listings, which must be ours."""
        asking = "|".join(question.query_string() for question in criteria)
        found = self._put(self.alias, asked, asking)
        with _failing(), _reading():
            self._recognise(found)
        return found

    def _put(self, alias: str, asked: Search, asking: str) -> Mapping[str, Any]:
        """The cluster's response; anything but a whole and sound one is an error.

        The same question, ``asking``, goes to the same copies of the shards, so that
        pages agree.
        """
        with _failing():
            found = self.client.search(
                index=alias,
                body=asked.to_dict(),
                allow_partial_search_results=False,
                preference=hashlib.blake2b(asking.encode(), digest_size=8).hexdigest(),
            ).body
        with _reading():
            if found.get("timed_out") or found.get("_shards", {}).get("failed"):
                raise EngineError("Not every shard answered in time.")
        return found

    def _recognise(self, found: Mapping[str, Any]) -> None:
        """Raise where the answer is not from our index.

        Hits tell where they are from. An index that knows none of our fields finds
        nothing, so where nothing was found the index is asked who it is.
        """
        names = {hit["_index"] for hit in found["hits"]["hits"]}
        if not names and not found["hits"].get("total", {}).get("value"):
            names = set(self.client.indices.get_alias(name=self.alias).body)
        strangers = {name for name in names if not index.is_ours(name, self.alias)}
        if strangers:
            raise EngineError(f"{self.alias} leads to {', '.join(sorted(strangers))}.")


@contextmanager
def _failing() -> Iterator[None]:
    """Whatever the client raises is an engine that cannot answer."""
    try:
        yield
    except (ApiError, TransportError, SerializationError) as error:
        raise EngineError(f"{type(error).__name__}: {error}"[:500]) from error


@contextmanager
def _reading() -> Iterator[None]:
    """What has another shape than an answer of Elasticsearch is none."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise EngineError(f"The answer cannot be read: {error!r}"[:500]) from error


# Asking


def search(
    criteria: JobCriteria, asked: Mapping[str, Filter], page: int, now: datetime
) -> Search:
    """The request for a page of results."""
    first, last = page_bounds(page)
    request = Search().filter(live(now))
    if len(asked) > 1:
        # What fails two filters counts nowhere.
        nearly = [each.asked for each in asked.values()]
        request = request.filter(
            Q("bool", should=nearly, minimum_should_match=len(nearly) - 1)
        )
    if criteria.q:
        request = request.query(_text(criteria.q, now))
        request = request.suggest("spelling", criteria.q, term=SPELLING)
    if asked:
        request = request.post_filter(all_of([each.asked for each in asked.values()]))
    for name, agg in _aggregations(criteria, asked).items():
        request.aggs[name] = agg
    return (
        request.sort(*_order(criteria))
        .source(False)
        .extra(from_=first, size=last - first, track_total_hits=True)
    )


SPELLING = {
    "field": "spelling",
    "suggest_mode": "missing",
    "max_edits": 2,
    "prefix_length": 1,
    "min_word_length": 4,
    "size": SUGGESTIONS,
}


def _text(words: str, now: datetime) -> Query:
    return relevance.query(words, synonyms.equals(), meanings.table(), now)


def _whole(criteria: JobCriteria, now: datetime) -> Query:
    """Everything of a question as one filter."""
    parts = [each.asked for each in filters(criteria, now).values()]
    return all_of([*parts, _text(criteria.q, now)] if criteria.q else parts)


def _order(criteria: JobCriteria) -> Order:
    """Every order ends in the primary key, so pages partition the results."""
    order = criteria.order
    if order == "match" and criteria.q:
        return ({"_score": "desc"}, *NEWEST)
    if order == "pay":
        return ({"yearly_maximum": {"order": "desc", "missing": "_last"}}, *NEWEST)
    if order == "closing":
        return ({"expire_at": {"order": "asc", "missing": "_last"}}, *NEWEST)
    if order == "nearest" and criteria.near:
        place = {"lat": criteria.near.latitude, "lon": criteria.near.longitude}
        return ({"_geo_distance": {"places": place, "order": "asc"}}, *NEWEST)
    return NEWEST


def _aggregations(
    criteria: JobCriteria, asked: Mapping[str, Filter]
) -> dict[str, Agg[Any]]:
    """One over the results, and one for each filter over those that obey the others."""
    free = [name for name, under in COUNTED_UNDER.items() if under not in asked]
    found = {"": _over([each.asked for each in asked.values()], criteria, free)}
    for name, own in asked.items():
        others = [each.asked for other, each in asked.items() if other != name]
        own_counts = [each for each, under in COUNTED_UNDER.items() if under == name]
        without = _over(others, criteria, own_counts)
        if own.unstated is not None and not own.lets_in_unstated:
            silent = all_of([own.unstated, ~own.match])
            without.bucket("unstated", "filter", silent)
        found[name] = without
    return {f"without {name}".strip(): agg for name, agg in found.items()}


def _over(
    obeyed: Sequence[Query], criteria: JobCriteria, counted: Iterable[str]
) -> Agg[Any]:
    agg = A("filter", all_of(obeyed))
    for name in counted:
        if name == "experience":
            agg.bucket(name, EXPERIENCE)
        elif name == "employer":
            agg.bucket(name, EMPLOYERS)
            if criteria.employer:
                chosen = list(criteria.employer)
                agg.bucket("chosen", _values("employer", chosen=chosen))
        else:
            agg.bucket(name, _values(name))
    return agg


EXPERIENCE = A(
    "range",
    field="experience_months",
    ranges=[{"key": str(months), "to": months + 1} for months in EXPERIENCE_STEPS],
)
EMPLOYERS = A(
    "terms", field="employer", size=EMPLOYERS_SHOWN, shard_size=EVERY_EMPLOYER
)


def _values(name: str, chosen: Sequence[str] = ()) -> Agg[Any]:
    if chosen:
        return A("terms", field=FIELDS[name], include=chosen, size=len(chosen))
    options = {} if name == "track" else {"missing": NOT_STATED}
    return A("terms", field=FIELDS[name], size=EVERY_VALUE, **options)


# Reading the response


def _answer(
    criteria: JobCriteria, asked: Mapping[str, Filter], found: Mapping[str, Any]
) -> Answer:
    hits, aggs = found["hits"], found["aggregations"]
    facets = _facets(aggs["without"])
    without, unstated = {}, {}
    for name in asked:
        agg = aggs[f"without {name}"]
        facets |= _facets(agg)
        without[name] = agg["doc_count"]
        if silent := agg.get("unstated", {}).get("doc_count"):
            unstated[name] = silent
    return Answer(
        ids=tuple(int(hit["_id"]) for hit in hits["hits"]),
        total=hits["total"]["value"],
        facets=facets,
        without=without,
        unstated=unstated,
    )


def _facets(agg: Mapping[str, Any]) -> dict[str, Counts]:
    found = {
        name: {
            str(bucket["key"]): bucket["doc_count"]
            for bucket in part["buckets"]
            if bucket["doc_count"]
        }
        for name, part in agg.items()
        if isinstance(part, Mapping) and "buckets" in part
    }
    chosen = found.pop("chosen", {})
    if "employer" in found:
        found["employer"] |= chosen
    return {
        name: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        for name, counts in found.items()
    }


def _corrected(text: str, suggestions: Mapping[str, Any]) -> str:
    """The text with words that no title has replaced by near ones, or "".

    A credential is never taken for another, and words of every day are let be.
    """
    kept = NOISE | credential_words()
    fixes = {}
    for slip in suggestions.get("spelling", ()):
        word = slip["text"]
        near = [each["text"] for each in slip["options"] if is_near(word, each["text"])]
        if near and word not in kept:
            fixes[word] = near[0]
    better = WORD.sub(lambda word: fixes.get(word[0].lower(), word[0]), text)
    return better if better != text else ""
