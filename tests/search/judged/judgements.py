"""What people asked and how well each listing answers, as the files here hold it."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Judged:
    """A query, what the person wants, and grades from 0 to 3 by key of a listing.

    A listing that has no grade was not judged.
    """

    number: int
    query: str
    wants: str
    grades: Mapping[str, int]

    @property
    def has_answer(self) -> bool:
        return any(self.grades.values())


def judged() -> list[Judged]:
    grades: dict[int, dict[str, int]] = {}
    for row in rows("judgements.csv"):
        given = dict.fromkeys(row["listings"].split(), int(row["grade"]))
        grades.setdefault(int(row["query"]), {}).update(given)
    return [
        Judged(
            number := int(row["number"]),
            row["query"],
            row["wants"],
            grades.get(number, {}),
        )
        for row in rows("queries.csv")
    ]


def digests() -> dict[str, str]:
    """Key of each listing -> the digest of its title and text when it was judged."""
    return {row["listing"]: row["digest"] for row in rows("listings.csv")}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
