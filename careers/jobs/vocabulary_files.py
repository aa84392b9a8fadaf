"""The vocabulary as it comes with the product: the CSV files in ``data/``.

Reads files only, never the database. ``load_vocabulary`` puts the rows into the
tables; `read_vocabulary` builds the same snapshot straight from the files.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from .vocabulary import Vocabulary, Word, Words

DATA = Path(__file__).parent / "data"

type Row = dict[str, str]


class PlaceRow(TypedDict):
    """One ZIP code (its slug is the ZIP) or one city (``zip`` is empty)."""

    slug: str
    city: str
    state: str
    zip: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Wage:
    """Official yearly wages of one occupation in one area; None: not published."""

    soc: str
    area: str
    area_name: str
    p10: int | None
    p25: int | None
    median: int | None
    p75: int | None
    p90: int | None


def rows(name: str) -> Iterator[Row]:
    """The rows of ``data/<name>.csv``, in the order of the file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def listed(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by ``|``."""
    return tuple(cell.split("|")) if cell else ()


def place_rows() -> Iterator[PlaceRow]:
    """Every city and its ZIP codes, by state: about seventy thousand rows."""
    with gzip.open(DATA / "places.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "slug": row["slug"],
                "city": row["city"],
                "state": row["state"],
                "zip": row["zip"],
                "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]),
                "population": int(row["population"]),
            }


def wages() -> Iterator[Wage]:
    """BLS OEWS, May 2025: the nation (area "US") and each state by its code."""
    for row in rows("wages"):
        yield Wage(
            soc=row["soc"],
            area=row["area"],
            area_name=row["area_name"],
            p10=_dollars(row["p10"]),
            p25=_dollars(row["p25"]),
            median=_dollars(row["median"]),
            p75=_dollars(row["p75"]),
            p90=_dollars(row["p90"]),
        )


def _dollars(cell: str) -> int | None:
    return int(cell) if cell else None


def _words(name: str) -> Words:
    return {
        row["slug"]: Word(
            slug=row["slug"],
            label=row["name"],
            aliases=listed(row["aliases"]),
            kind=row.get("kind", ""),
            description=row["description"],
        )
        for row in rows(name)
    }


def _roles() -> Words:
    return {
        row["slug"]: Word(
            slug=row["slug"],
            label=row["name"],
            aliases=listed(row["aliases"]),
            track=row["track"],
            level=int(row["level"]),
            short_name=row["short_name"],
            soc_code=row["soc_code"],
            soc_title=row["soc_title"],
            description=row["description"],
        )
        for row in rows("roles")
    }


def _credentials(bodies: dict[str, str]) -> Words:
    return {
        row["slug"]: Word(
            slug=row["slug"],
            label=row["slug"],
            aliases=listed(row["aliases"]),
            full_name=row["full_name"],
            kind=bodies[row["body"]],
            description=row["description"],
        )
        for row in rows("credentials")
    }


@cache
def read_vocabulary() -> Vocabulary:
    """The vocabulary as shipped, without a database; version 0."""
    bodies = {row["slug"]: row["name"] for row in rows("credential_bodies")}
    credentials = list(rows("credentials"))
    return Vocabulary(
        roles=_roles(),
        settings=_words("settings"),
        credentials=_credentials(bodies),
        specialties=_words("specialties"),
        software=_words("software"),
        codesets=_words("codesets"),
        apprentice_forms={
            row["apprentice_of"]: row["slug"]
            for row in credentials
            if row["apprentice_of"]
        },
        renamed_credentials={
            row["slug"]: row["renamed_to"] for row in credentials if row["renamed_to"]
        },
    )
