"""The indices of this site in the cluster: which there are, and which one answers."""

import re

from django.conf import settings

from elasticsearch import Elasticsearch, NotFoundError

from . import index

_TOLD = "*.aliases,*.mappings._meta"


class ForeignIndexError(Exception):
    """Something that this site did not build stands where its index should."""


def standing(client: Elasticsearch) -> str | None:
    """The index that answers questions; None if there is none.

    Raises `ForeignIndexError` where the alias leads to something else.
    """
    name = index.alias()
    try:
        found = client.indices.get(
            index=name, features=["aliases", "mappings"], filter_path=_TOLD
        ).body
    except NotFoundError:
        return None
    ours = [
        one
        for one, told in found.items()
        if index.is_ours(one) and _meta(told) == index.meta()
    ]
    if len(ours) != 1 or len(found) != 1:
        raise ForeignIndexError(
            f"{name} is not an alias of one index of this site, but leads to "
            f"{', '.join(sorted(found)) or 'an index of that name'}. Remove that, or "
            "choose another SEARCH_INDEX."
        )
    return ours[0]


def built(client: Elasticsearch) -> dict[str, tuple[str, ...]]:
    """Every index that this site built, for whatever mapping, with its aliases."""
    prefix = settings.SEARCH_INDEX
    ours = re.compile(re.escape(prefix) + r"-[0-9a-f]{8}-\d{20}")
    found = client.indices.get(
        index=f"{prefix}-*",
        features=["aliases", "mappings"],
        expand_wildcards=["open", "closed"],
        filter_path=_TOLD,
    ).body
    return {
        name: tuple(told.get("aliases", ()))
        for name, told in sorted(found.items())
        if ours.fullmatch(name) and _meta(told).get("product") == index.PRODUCT
    }


def delete(client: Elasticsearch, names: list[str]) -> None:
    """Remove indices; those that are gone already are no error."""
    for name in names:
        client.options(ignore_status=404).indices.delete(index=name)


def _meta(told: dict) -> dict:
    return told.get("mappings", {}).get("_meta", {})
