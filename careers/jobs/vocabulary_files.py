"""The vocabulary as it comes with the product: the CSV files in ``data/``.

Reads files only, never the database. ``load_vocabulary`` puts the rows into the
tables; `read_vocabulary` builds the same snapshot straight from the files.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
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
    metro: str


@dataclass(frozen=True, slots=True)
class Wage:
    """Official wages of one occupation in one area, in dollars; None: not published.

    ``area`` is "US", a state's code, or the seven digits of a metropolitan wage area.
    """

    soc: str
    occupation: str
    area: str
    area_name: str
    employment: int | None
    yearly_mean: int | None
    yearly_p10: int | None
    yearly_p25: int | None
    yearly_median: int | None
    yearly_p75: int | None
    yearly_p90: int | None
    hourly_mean: Decimal | None
    hourly_p10: Decimal | None
    hourly_p25: Decimal | None
    hourly_median: Decimal | None
    hourly_p75: Decimal | None
    hourly_p90: Decimal | None


#: The month that the wages of `wages` are of.
WAGES_RELEASE = "May 2025"


def rows(name: str) -> Iterator[Row]:
    """The rows of ``data/<name>.csv``, in the order of the file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _packed_rows(name: str) -> Iterator[Row]:
    with gzip.open(DATA / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def listed(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by ``|``."""
    return tuple(cell.split("|")) if cell else ()


def place_rows() -> Iterator[PlaceRow]:
    """Every city and its ZIP codes, by state: about seventy thousand rows."""
    for row in _packed_rows("places"):
        yield {
            "slug": row["slug"],
            "city": row["city"],
            "state": row["state"],
            "zip": row["zip"],
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
            "population": int(row["population"]),
            "metro": row["metro"],
        }


def wages() -> Iterator[Wage]:
    """BLS OEWS, May 2025: the nation, each state, each metropolitan area."""
    for row in _packed_rows("wages"):
        yield Wage(
            soc=row["soc"],
            occupation=row["occupation"],
            area=row["area"],
            area_name=row["area_name"],
            employment=_whole(row["employment"]),
            yearly_mean=_whole(row["yearly_mean"]),
            yearly_p10=_whole(row["yearly_p10"]),
            yearly_p25=_whole(row["yearly_p25"]),
            yearly_median=_whole(row["yearly_median"]),
            yearly_p75=_whole(row["yearly_p75"]),
            yearly_p90=_whole(row["yearly_p90"]),
            hourly_mean=_cents(row["hourly_mean"]),
            hourly_p10=_cents(row["hourly_p10"]),
            hourly_p25=_cents(row["hourly_p25"]),
            hourly_median=_cents(row["hourly_median"]),
            hourly_p75=_cents(row["hourly_p75"]),
            hourly_p90=_cents(row["hourly_p90"]),
        )


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def _cents(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


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
