"""Many documents in one request: what was taken, what is refused, what must wait."""

from collections.abc import Iterator, Sequence
from typing import Any

from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import streaming_bulk

#: Far below what a node takes (100 MB), so that a node or a proxy seldom objects.
MOST_BYTES = 8 * 1024 * 1024
BAD, NOT_FOUND, CONFLICT, TOO_LARGE = 400, 404, 409, 413

Action = tuple[dict[str, Any], dict[str, Any] | None]
#: Why a document will not be taken however often it is sent, by the listing's id.
Refused = dict[int, str]


class UnsentError(Exception):
    """The engine is there and cannot take documents now: busy, full, no shard."""


class NoIndexError(Exception):
    """Nothing stands under the name that documents were sent to."""


def send(
    client: Elasticsearch,
    target: str,
    *,
    version: int,
    documents: Sequence[dict[str, Any]],
    gone: Sequence[int] = (),
    is_alias: bool = True,
) -> Refused:
    """Put documents into an index and take ``gone`` ones out; returns the refused.

    A document that the index holds in this version or a later one is left alone, so
    sending again is safe, and so is a request that arrives late. Raises `UnsentError`
    where something has to be sent again, and what the client raises.
    """
    actions = list(_actions(target, version, documents, gone))
    return _sent(client, actions, is_alias=is_alias)


def _actions(target, version, documents, gone) -> Iterator[Action]:
    def about(listing_id: int) -> dict[str, Any]:
        return {
            "_index": target,
            "_id": str(listing_id),
            "version": version,
            "version_type": "external",
        }

    for document in documents:
        yield {"index": about(document["id"])}, document
    for listing_id in gone:
        yield {"delete": about(listing_id)}, None


def _sent(client: Elasticsearch, actions: list[Action], *, is_alias: bool) -> Refused:
    refused: Refused = {}
    try:
        for ok, item in streaming_bulk(
            client,
            actions,
            chunk_size=len(actions) or 1,
            max_chunk_bytes=MOST_BYTES,
            expand_action_callback=_as_it_is,
            raise_on_error=False,
            yield_ok=False,
            # An index that went away must not come back with a mapping of its own.
            require_alias=is_alias,
            filter_path="errors,items.*._id,items.*.status,items.*.error",
        ):
            if not ok:
                (told,) = item.values()
                refused |= _refusal(told)
    except ApiError as error:
        if error.status_code != TOO_LARGE:
            raise
        return _sent_in_halves(client, actions, error, is_alias=is_alias)
    return refused


def _as_it_is(action: Action) -> Action:
    return action


def _refusal(told: dict[str, Any]) -> Refused:
    """What an item says that was not taken: nothing if that is as it should be.

    Only what is wrong with the document itself is a refusal; an index that is closed,
    full or without a shard is no fault of the document.
    """
    status, error = told["status"], told.get("error")
    if status == CONFLICT or (status == NOT_FOUND and error is None):
        return {}
    if error is None:
        raise UnsentError(f"The index takes nothing now: status {status}")
    reason = f"{error['type']}: {error.get('reason', '')}"
    if error["type"] == "index_not_found_exception":
        raise NoIndexError(f"There is no such index any more: {reason}")
    if status != BAD or error["type"] == "index_closed_exception":
        raise UnsentError(f"The index takes nothing now: {reason}")
    cause = error.get("caused_by", {}).get("reason")
    return {int(told["_id"]): f"{reason} ({cause})" if cause else reason}


def _sent_in_halves(client, actions, error, *, is_alias) -> Refused:
    """Somebody between us and the index takes less at once."""
    if len(actions) == 1:
        ((_, about),) = actions[0][0].items()
        return {int(about["_id"]): f"too large to be sent ({error.status_code})"}
    middle = len(actions) // 2
    return _sent(client, actions[:middle], is_alias=is_alias) | _sent(
        client, actions[middle:], is_alias=is_alias
    )
