"""The index of listings: what a document holds, and what the index is called.

The name of the alias carries a fingerprint of the mapping, so a process only ever asks
an index with the mapping that it knows. After a deploy with another mapping the alias
is missing until the index has been rebuilt; PostgreSQL answers meanwhile, and processes
of the old code go on with theirs.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings

from elasticsearch.dsl import (
    Boolean,
    Document,
    GeoPoint,
    Keyword,
    Long,
    MetaField,
    Short,
    Text,
)

from careers.jobs.credential_rule import MOST_GROUPS

from .analysis import EXACT, STEMMED, STEMMED_HTML

PRODUCT = "chartwork"
GROUPS = range(1, MOST_GROUPS + 1)


def _facet() -> Keyword:
    return Keyword(eager_global_ordinals=True)


class ListingDocument(Document):
    """A listing as the index holds it; `search.documents` builds it from the row.

    Slugs are those of the row. Instants are microseconds since 1970 and money is in
    cents, as exact as PostgreSQL has them. ``text`` is the description, and what is
    said in the other words.
    """

    id = Long()
    fingerprint = Keyword(index=False)

    # Words
    title = Text(
        analyzer=STEMMED, fields={"exact": Text(analyzer=EXACT)}, copy_to=["text"]
    )
    role_names = Text(analyzer=STEMMED, norms=False, copy_to=["text"])
    employer_name = Text(analyzer=STEMMED, norms=False, copy_to=["text"])
    place_names = Text(analyzer=EXACT, norms=False, copy_to=["text"])
    text = Text(analyzer=STEMMED_HTML, search_analyzer=STEMMED)
    #: What words of a question are compared with to find a slip.
    spelling = Text(analyzer=EXACT, norms=False, index_options="docs")

    # Facts
    role = Keyword()
    roles = _facet()
    tracks = _facet()
    settings = _facet()
    remote = _facet()
    credentials = _facet()
    specialties = _facet()
    software = _facet()
    codesets = _facet()
    employment = _facet()
    employer = _facet()
    hires_from = Keyword()
    place_states = Keyword()
    test = Keyword()
    accepts_apprentice = Boolean()
    experience_months = Short()
    yearly_maximum = Long()
    hourly_maximum = Long()
    posted_at = Long()
    expire_at = Long()
    places = GeoPoint()

    # The credential rule (see `search.documents`)
    shared = Keyword()
    due_1 = Keyword()
    due_2 = Keyword()
    due_3 = Keyword()
    due_4 = Keyword()
    full_1 = Keyword()
    full_2 = Keyword()
    full_3 = Keyword()
    full_4 = Keyword()

    class Meta:
        dynamic = MetaField("strict")
        # What hits need is their ids; texts are in the database.
        source = MetaField({"excludes": ["text", "spelling"]})


MAPPING = ListingDocument._doc_type.mapping


@cache
def fingerprint() -> str:
    """Eight hexadecimal digits of mapping and analysis: same code, same index."""
    parts = [MAPPING.to_dict(), MAPPING._collect_analysis()]
    text = json.dumps(parts, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def alias() -> str:
    """The name that questions go to."""
    return f"{settings.SEARCH_INDEX}-{fingerprint()}"


def new_name() -> str:
    """A name for an index about to be built, later than those before it."""
    return f"{alias()}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"


def is_ours(name: str, under: str = "") -> bool:
    """Whether `new_name` named an index, for the alias in force or another."""
    return re.fullmatch(re.escape(under or alias()) + r"-\d{20}", name) is not None


def meta() -> dict[str, str]:
    """What the mapping says of itself, to tell our index from a stranger's."""
    return {"product": PRODUCT, "fingerprint": fingerprint()}


def body() -> dict[str, Mapping[str, Any]]:
    """Settings and mappings to create the index with."""
    copies: dict[str, Any] = (
        {"number_of_replicas": int(settings.SEARCH_REPLICAS)}
        if settings.SEARCH_REPLICAS
        else {"auto_expand_replicas": "0-1"}
    )
    return {
        "settings": {
            "number_of_shards": settings.SEARCH_SHARDS,
            "refresh_interval": "1s",
            # So long the versions of deleted documents are known: a request that comes
            # late must not bring one back.
            "gc_deletes": "10m",
            **copies,
            "analysis": MAPPING._collect_analysis(),
        },
        "mappings": {**MAPPING.to_dict(), "_meta": meta()},
    }
