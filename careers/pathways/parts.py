"""The parts of a page's body, each with its place: plain data, no database.

A body is read as a stream field stores it: a list of ``{"type", "value"}``. A place is
the way from the body to a part: the number of the block, the name of a field, the
number of an item; for a cell of a table the numbers of its row and its column.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

type Body = Sequence[Mapping[str, Any]]
type Place = tuple[int | str, ...]
#: A link's kind ("page", "document" or "address") and its number or address.
type Target = tuple[str, str]

#: Fields of blocks that hold an address, and those that hold the words of its link.
LINKED = (("url", "label"), ("url", "name"), ("source_url", "source_name"))


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a body; rich ones are HTML."""

    place: Place
    html: str

    @property
    def words(self) -> str:
        return plain(self.html)


@dataclass(frozen=True, slots=True)
class Link:
    """``place`` is that of the words."""

    place: Place
    words: str
    target: Target
    address_place: Place


def plain(html: str) -> str:
    """The words of a text, without its marks."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    return " ".join(parsed(html).get_text(" ").split())


def parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def items(value: Any) -> list[Any]:
    """The values of a list as it is stored, with or without the wrapping of each."""
    return [
        item["value"]
        if isinstance(item, Mapping) and item.get("type") == "item"
        else item
        for item in value or ()
    ]


def texts(body: Body) -> Iterator[Text]:
    """Every text of a body, in the order in which a reader comes by them."""
    for number, block in enumerate(body):
        yield from _texts(block.get("value"), (number,))


def _texts(value: Any, place: Place) -> Iterator[Text]:
    if isinstance(value, str):
        yield Text(place, value)
    elif is_table(value):
        yield Text(place, value.get("caption") or "")
        for (row, column), cell in cells(value):
            yield from _texts(cell, (*place, row, column))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, (*place, name))
    elif isinstance(value, Sequence):
        for number, inner in enumerate(items(value)):
            yield from _texts(inner, (*place, number))


def is_table(value: Any) -> bool:
    return isinstance(value, Mapping) and "columns" in value and "rows" in value


def cells(table: Mapping[str, Any]) -> Iterator[tuple[tuple[int, int], Any]]:
    """The numbers of row and column, and the value, of each cell of a table."""
    for row, values in enumerate(table["rows"]):
        for column, value in enumerate(values["values"]):
            yield (row, column), value


def links(body: Body) -> list[Link]:
    """Links that an editor made, in order: in texts, of sources, to act on."""
    return [
        link
        for number, block in enumerate(body)
        for link in _links(block.get("value"), (number,))
    ]


def _links(value: Any, place: Place) -> Iterator[Link]:
    for text in _texts(value, place):
        if "<a" in text.html:
            for a in parsed(text.html).find_all("a"):
                if target := _target(a):
                    words = " ".join(a.get_text(" ").split())
                    yield Link(text.place, words, target, text.place)
    yield from _linked(value, place)


def _linked(value: Any, place: Place) -> Iterator[Link]:
    """Links that are made of two fields of a block."""
    if isinstance(value, Mapping):
        for url, name in LINKED:
            if value.get(url) and name in value:
                words, target = plain(value[name] or ""), ("address", value[url])
                yield Link((*place, name), words, target, (*place, url))
        for step, inner in value.items():
            yield from _linked(inner, (*place, step))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, inner in enumerate(items(value)):
            yield from _linked(inner, (*place, number))


def _target(a: Tag) -> Target | None:
    kind, number = a.get("linktype"), a.get("id")
    if kind in ("page", "document") and number:
        return str(kind), str(number)
    address = a.get("href")
    return ("address", str(address)) if address else None
