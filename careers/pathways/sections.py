"""The body of a page, cut at its headings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify

#: Words that a reader of this field takes in a minute.
WORDS_A_MINUTE = 220


@dataclass(slots=True)
class Section:
    """``heading`` is "" for what stands before the first heading."""

    heading: str = ""
    anchor: str = ""
    blocks: list[Any] = field(default_factory=list)


def sections(body) -> list[Section]:
    """Bound blocks by the heading that they stand under, empty sections left out."""
    found = [Section()]
    taken: set[str] = set()
    for block in body:
        if block.block_type == "heading":
            found.append(Section(str(block.value), _anchor(str(block.value), taken)))
        else:
            found[-1].blocks.append(block)
    return [section for section in found if section.heading or section.blocks]


def _anchor(heading: str, taken: set[str]) -> str:
    """An id that no other heading of the page has."""
    wanted = slugify(heading)[:60] or "section"
    anchor, number = wanted, 2
    while anchor in taken:
        anchor, number = f"{wanted}-{number}", number + 1
    taken.add(anchor)
    return anchor


def minutes(body) -> int:
    """Minutes that reading takes, at least one; read off what is stored, which is
    quicker than building the blocks."""
    words = sum(
        len(strip_tags(text).split())
        for block in body.raw_data
        for text in _texts(block["value"])
    )
    return max(1, ceil(words / WORDS_A_MINUTE))


#: Parts of blocks that nobody reads as text.
_UNREAD = {"id", "type", "kind", "url", "source_url", "checked_on", "criteria", "role"}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _UNREAD:
                yield from _texts(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner)
