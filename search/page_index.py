"""The index of pages: what a document holds, and what is asked of it.

It stands beside the index of listings, under an alias of its own that carries a
fingerprint of the mapping. A site has a few hundred pages, so it is small enough to be
built whole whenever one of them changes: see `search.page_upkeep`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings

from elasticsearch.dsl import (
    Document,
    Keyword,
    Long,
    MetaField,
    Q,
    Search,
    Text,
    analyzer,
)
from elasticsearch.dsl.query import Query

from .analysis import DASHES, EXACT, STEMMED
from .engines import MOST_PAGES
from .index import PRODUCT
from .page_words import PageQuestion
from .text import Unit

#: Parts of codes: "CPC" finds "CPC-A" and "ICD-10" finds "ICD-10-CM", as in PostgreSQL.
LOOSE = analyzer(
    "loose",
    tokenizer="standard",
    char_filter=[DASHES],
    filter=["lowercase", "asciifolding", *STEMMED.filter[2:]],
)

#: What a phrase is worth in a field; in the text BM25 counts, times the last number.
TITLE_EXACT = 10.0
TITLE = 9.0
PART = 0.5
IN_TEXT = 0.4
#: What a synonym is worth beside the words themselves, and lesser answers beside the
#: best one.
SYNONYM = 0.85
BESIDES = 0.1

SPELLING = {
    "field": "spelling",
    "suggest_mode": "missing",
    "max_edits": 2,
    "prefix_length": 1,
    "min_word_length": 4,
    "size": 5,
}


class PageDocument(Document):
    """A page as the index holds it. ``text`` begins with the title."""

    id = Long()
    digest = Keyword(index=False)
    title = Text(analyzer=STEMMED, fields={"exact": Text(analyzer=EXACT)})
    text = Text(analyzer=STEMMED, fields={"loose": Text(analyzer=LOOSE)})
    #: What words of a question are compared with to find a slip.
    spelling = Text(analyzer=EXACT, norms=False, index_options="docs")

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField({"excludes": ["title", "text", "spelling"]})


MAPPING = PageDocument._doc_type.mapping


def document(page_id: int, digest: str, title: str, text: str) -> dict[str, Any]:
    whole = f"{title}\n{text}"
    return {
        "id": page_id,
        "digest": digest,
        "title": title,
        "text": whole,
        "spelling": whole,
    }


# Names


@cache
def fingerprint() -> str:
    """Eight hexadecimal digits of mapping and analysis: same code, same index."""
    parts = [MAPPING.to_dict(), MAPPING._collect_analysis()]
    text = json.dumps(parts, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def prefix() -> str:
    return f"{settings.SEARCH_INDEX}-pages"


def alias() -> str:
    """The name that questions go to."""
    return f"{prefix()}-{fingerprint()}"


def new_name() -> str:
    """A name for an index about to be built, later than those before it."""
    return f"{alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"


def is_ours(name: str) -> bool:
    """Whether `new_name` named an index, for this mapping or another."""
    return (
        re.fullmatch(rf"{re.escape(prefix())}-[0-9a-f]{{8}}-\d{{20}}", name) is not None
    )


def body(content: str) -> dict[str, Mapping[str, Any]]:
    """Settings and mappings to create the index with; ``content`` is a fingerprint of
    the pages that it will hold.
    """
    copies: dict[str, Any] = (
        {"number_of_replicas": int(settings.SEARCH_REPLICAS)}
        if settings.SEARCH_REPLICAS
        else {"auto_expand_replicas": "0-1"}
    )
    meta = {"product": PRODUCT, "fingerprint": fingerprint(), "content": content}
    return {
        "settings": {
            "number_of_shards": 1,
            **copies,
            "analysis": MAPPING._collect_analysis(),
        },
        "mappings": {**MAPPING.to_dict(), "_meta": meta},
    }


# Asking


def search(asked: PageQuestion) -> Search:
    """The request for the ids of all pages that answer, best first."""
    return (
        Search()
        .query(
            "bool",
            should=[_answers(unit) for unit in asked.wanted],
            minimum_should_match=asked.needed,
            must_not=[_answers(unit) for unit in asked.unwanted],
        )
        .suggest("spelling", asked.text, term=SPELLING)
        .sort("_score", "id")
        .source(False)
        .extra(size=MOST_PAGES)
    )


def _answers(unit: Unit) -> Query:
    """Whatever answers a unit; the best answer counts."""
    queries: list[Query] = []
    for place, phrase in enumerate(unit.phrases):
        queries += _said(phrase, SYNONYM if place else 1.0)
    return Q("dis_max", queries=queries, tie_breaker=BESIDES)


def _said(phrase: str, factor: float) -> Iterable[Query]:
    for field, worth in (
        ("title.exact", TITLE_EXACT),
        ("title", TITLE),
        ("text.loose", PART),
    ):
        said = Q("match_phrase", **{field: phrase})
        yield Q("constant_score", filter=said, boost=worth * factor)
    yield Q("match_phrase", text={"query": phrase, "boost": IN_TEXT * factor})
