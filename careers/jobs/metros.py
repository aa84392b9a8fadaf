"""Metropolitan areas: their codes, names, states, and where their wages are found.

An area is a core-based statistical area as the US Office of Management and Budget
draws it. Its short name is its first city and first state: "Columbus, OH".
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .vocabulary_files import listed, rows


@dataclass(frozen=True, slots=True)
class Metro:
    """``code`` is five digits, ``wage_area`` the area of the official wages."""

    code: str
    slug: str
    name: str
    full_name: str
    states: tuple[str, ...]
    wage_area: str


def _folded(text: str) -> str:
    """Lower case letters and digits joined by hyphens, without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


#: By code, in the order of their names.
METROS: Mapping[str, Metro] = MappingProxyType(
    {
        row["code"]: Metro(
            code=row["code"],
            slug=row["slug"],
            name=row["name"],
            full_name=row["full_name"],
            states=listed(row["states"]),
            wage_area=row["wage_area"],
        )
        for row in sorted(rows("metros"), key=lambda row: row["slug"])
    }
)

_BY_WORD: Mapping[str, Metro] = {
    _folded(word): metro
    for metro in METROS.values()
    for word in (metro.full_name, metro.name, metro.slug, metro.code)
}


def find(text: str) -> Metro | None:
    """The area with this slug, code or name, however it is spelt; or None."""
    return _BY_WORD.get(_folded(text))
