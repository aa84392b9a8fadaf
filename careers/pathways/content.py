"""Reads the starter content: one TOML file a page, checked before anything is written.

`README.md` beside the files says what they hold. An error names the file and the block.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
#: Folders of pages, in the order in which they are loaded.
KINDS = ("credentials", "settings", "roles", "pathways", "guides", "plain")


class ContentError(ValueError):
    """A file that cannot be loaded; the message names it, the place and the mend."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """One page: ``kind`` is its folder, ``slug`` its address below the index."""

    kind: str
    slug: str
    path: Path
    values: Mapping[str, Any]

    @property
    def body(self) -> list[dict[str, Any]]:
        """Blocks as a stream field stores them, their links still addresses."""
        return [
            _block(block, f"{self.path.name}, block {number}")
            for number, block in enumerate(self.values.get("body", ()), start=1)
        ]

    @property
    def links(self) -> set[str]:
        """Addresses on this site that the page links to."""
        return set(re.findall(r'href="(/[^"]*)"', self.path.read_text("utf-8")))


def pages(folder: Path = FOLDER) -> Iterator[PageFile]:
    """Every page file, kind by kind, by name."""
    for kind in KINDS:
        for path in sorted((folder / kind).glob("*.toml")):
            values = read(path)
            yield PageFile(kind, values.get("slug", path.stem), path, values)


def moves(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The moves between roles, as they stand in their file."""
    found: list[dict[str, Any]] = read(folder / "moves.toml").get("move", [])
    return found


def read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path.name} is not TOML: {error}.") from error


def _block(block: Mapping[str, Any], where: str) -> dict[str, Any]:
    kind, value = block.get("type"), block.get("value")
    if not kind or value is None:
        raise ContentError(f"{where}: give it a type and a value.")
    shaped = SHAPES[kind](value) if kind in SHAPES else value
    return {"type": kind, "value": _plain(shaped)}


def _table(value: Mapping[str, Any]) -> dict[str, Any]:
    """Rows as the table block stores them."""
    return {**value, "rows": [{"values": row} for row in value["rows"]]}


SHAPES: dict[str, Callable[[Any], Any]] = {"table": _table}


def _plain(value: Any) -> Any:
    """Dates as text, all the way down."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
