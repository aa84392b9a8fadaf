"""One question, two engines: what they are asked and what they answer.

An engine answers a criteria page by page (``answer``) and counts several at once
(``totals``). For every criterion but free text all engines return the same listings;
the evaluators in `careers.jobs` are the truth that tests hold them to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from careers.jobs.criteria import JobCriteria
from careers.jobs.facets import BY_NAME

from ..page_words import PageQuestion

PAGE_SIZE = 20
#: Results past this are not paged through; the page says so.
DEEPEST = 10_000
#: Pages of the site that a question names at most.
MOST_PAGES = 1_000
#: The employers with most listings that a facet offers, besides those chosen.
EMPLOYERS_SHOWN = 50
#: Months of experience that are counted: how many listings ask for so many at most.
EXPERIENCE_STEPS = (0, 12, 24, 36, 60)

#: What is counted, with the filter whose selection its counts ignore.
COUNTED_UNDER = {name: name for name in BY_NAME} | {
    "track": "role",
    "experience": "experience",
}

#: value -> number of listings, for a facet.
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Answer:
    """What an engine found.

    ``ids`` of the page in order; ``total`` of all pages; ``facets`` by name, where a
    count is the total when that value alone is chosen; ``unstated`` by filter: how
    many more would match if listings that do not state that fact were let in;
    ``without`` by filter: the total with that one filter dropped; ``spelling``: the
    text with unknown words replaced by known ones, "" where nothing is better.
    """

    ids: tuple[int, ...]
    total: int
    facets: Mapping[str, Counts]
    unstated: Mapping[str, int] = field(default_factory=dict)
    without: Mapping[str, int] = field(default_factory=dict)
    spelling: str = ""


@dataclass(frozen=True)
class PagesFound:
    """``ids`` of pages that say what was asked, best first, live or not.

    ``spelling``, where there is none: the text with unknown words replaced by known
    ones, "" where nothing is better.
    """

    ids: tuple[int, ...] = ()
    spelling: str = ""


class EngineError(Exception):
    """An engine could not answer; the message says why."""


class Engine(Protocol):
    def answer(self, criteria: JobCriteria, page: int = 1) -> Answer:
        """One page of results with everything that is counted."""

    def totals(self, questions: Sequence[JobCriteria]) -> tuple[int, ...]:
        """How many listings answer each question, and nothing else."""

    def pages(self, asked: PageQuestion) -> PagesFound | None:
        """Pages of the site that answer; None where the engine has none of them."""


def page_bounds(page: int) -> tuple[int, int]:
    """(first, last) offsets of a page; never past the deepest result."""
    start = (page - 1) * PAGE_SIZE
    return min(start, DEEPEST), min(start + PAGE_SIZE, DEEPEST)


__all__ = [
    "COUNTED_UNDER",
    "DEEPEST",
    "EMPLOYERS_SHOWN",
    "EXPERIENCE_STEPS",
    "MOST_PAGES",
    "PAGE_SIZE",
    "Answer",
    "Counts",
    "Engine",
    "EngineError",
    "JobCriteria",
    "PagesFound",
    "page_bounds",
]
