"""Keeps the index of pages in step with the database.

The index is built whole, beside the one that answers, whenever the pages are no longer
those that it says it holds; then the alias moves in one step. So there is nothing to
note and nothing to lose: who dies on the way leaves the old index as it was.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from . import bulk, changes, indices, page_index, pages
from .comparison import Kind
from .index import PRODUCT
from .models import PageWords

#: Versions matter where documents change in place, which those of pages never do.
VERSION = 1


class PagesUnsentError(Exception):
    """The new index of pages is not what it should be; the old one goes on."""


@dataclass(frozen=True)
class PageDifference:
    kind: Kind
    page_id: int


@dataclass(frozen=True)
class PagesCompared:
    """How many pages either side has, and where they differ."""

    number: int
    differences: tuple[PageDifference, ...]


def wanted() -> dict[int, str]:
    """Every page that should be found, with the digest of what it says."""
    words = PageWords.objects.filter(page__in=pages.public()).order_by("page")
    return dict(words.values_list("page_id", "digest"))


def content_of(digests: Mapping[int, str]) -> str:
    """A fingerprint of the pages together, by which an index says what it holds."""
    said = "\n".join(f"{page_id} {digest}" for page_id, digest in digests.items())
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def keep(client: Elasticsearch, *, wait: bool) -> bool:
    """Build the index anew if pages changed. Whether it was built."""
    with changes.building_pages(wait=wait) as given:
        if not given or content_of(wanted()) == _standing_content(client):
            return False
        _build(client)
        return True


def rebuild(client: Elasticsearch) -> int:
    """Build the index anew. How many pages it holds."""
    with changes.building_pages(wait=True):
        return _build(client)


def compare(client: Elasticsearch) -> PagesCompared:
    """The index that answers with the database, page by page."""
    with changes.building_pages(wait=True):
        should, held = wanted(), _held(client)
    every = sorted({*should, *held})
    judged = (
        (page_id, _judged(should.get(page_id), held.get(page_id))) for page_id in every
    )
    found = tuple(PageDifference(kind, page_id) for page_id, kind in judged if kind)
    return PagesCompared(len(every), found)


def _judged(should: str | None, held: str | None) -> Kind | None:
    if held is None:
        return Kind.MISSING
    if should is None:
        return Kind.EXTRA
    return None if should == held else Kind.DIFFERENT


# Building


def _build(client: Elasticsearch) -> int:
    documents = [
        page_index.document(*row)
        for row in PageWords.objects.filter(page__in=pages.public())
        .order_by("page")
        .values_list("page_id", "digest", "title", "text")
    ]
    content = content_of({each["id"]: each["digest"] for each in documents})
    name = page_index.new_name()
    try:
        client.indices.create(index=name, **page_index.body(content))
        _fill(client, name, documents)
        _install(client, name)
    except (ApiError, TransportError, bulk.UnsentError, PagesUnsentError):
        _remove(client, name)
        raise
    indices.delete(client, [one for one in _built(client) if one != name])
    return len(documents)


def _fill(client: Elasticsearch, name: str, documents: Sequence[dict]) -> None:
    if documents:
        refused = bulk.send(
            client, name, version=VERSION, documents=documents, is_alias=False
        )
        for page_id, reason in refused.items():
            raise PagesUnsentError(f"Page {page_id} is refused: {reason}")
    client.indices.refresh(index=name)
    if (held := client.count(index=name)["count"]) != len(documents):
        raise PagesUnsentError(f"{name} holds {held} pages of {len(documents)}.")


def _install(client: Elasticsearch, name: str) -> None:
    """Move the alias here in one step."""
    alias = page_index.alias()
    client.indices.update_aliases(
        actions=[
            *({"remove": {"index": one, "alias": alias}} for one in _standing(client)),
            {"add": {"index": name, "alias": alias}},
        ]
    )


def _remove(client: Elasticsearch, name: str) -> None:
    """Unless it answers already: the response to its installation may be lost.

    What cannot be removed now goes with the next that is built.
    """
    try:
        if name not in _standing(client):
            indices.delete(client, [name])
    except (ApiError, TransportError, indices.ForeignIndexError):
        return


# What there is


def _standing(client: Elasticsearch) -> dict[str, dict]:
    """The index that answers, with what it says of itself; {} where there is none."""
    try:
        found = client.indices.get_mapping(
            index=page_index.alias(), filter_path="*.mappings._meta"
        ).body
        names = client.indices.get_alias(name=page_index.alias()).body
    except NotFoundError:
        return {}
    metas = {
        name: found.get(name, {}).get("mappings", {}).get("_meta", {}) for name in names
    }
    for name, meta in metas.items():
        if not page_index.is_ours(name) or meta.get("product") != PRODUCT:
            raise indices.ForeignIndexError(
                f"{page_index.alias()} leads to {name}, which this site did not build. "
                "Remove that, or choose another SEARCH_INDEX."
            )
    return metas


def _standing_content(client: Elasticsearch) -> str:
    """What the one index that answers says it holds, "" for none."""
    metas = list(_standing(client).values())
    return metas[0].get("content", "") if len(metas) == 1 else ""


def _built(client: Elasticsearch) -> list[str]:
    """Every index of pages that this site built, for whatever mapping."""
    found = client.indices.get(
        index=f"{page_index.prefix()}-*", filter_path="*.mappings._meta"
    ).body
    return [
        name
        for name, told in found.items()
        if page_index.is_ours(name)
        and told.get("mappings", {}).get("_meta", {}).get("product") == PRODUCT
    ]


def _held(client: Elasticsearch) -> dict[int, str]:
    """Digests of the pages in the index that answers, by page."""
    if not _standing(client):
        return {}
    client.indices.refresh(index=page_index.alias())
    hits = client.search(
        index=page_index.alias(), size=10_000, source=["digest"], sort=["id"]
    )["hits"]["hits"]
    return {int(hit["_id"]): hit["_source"]["digest"] for hit in hits}
