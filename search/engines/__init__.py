"""One question, two engines: what they are asked and what they answer.

An engine has one method, ``answer(criteria, page)``. For every criterion but free
text all engines return the same listings; the evaluator in `careers.jobs` is the
truth that tests hold them to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from careers.jobs.criteria import JobCriteria

PAGE_SIZE = 20
#: Results past this are not paged through; the page says so.
DEEPEST = 10_000

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


def page_bounds(page: int) -> tuple[int, int]:
    """(first, last) offsets of a page; never past the deepest result."""
    start = (page - 1) * PAGE_SIZE
    return min(start, DEEPEST), min(start + PAGE_SIZE, DEEPEST)


__all__ = ["DEEPEST", "PAGE_SIZE", "Answer", "Counts", "JobCriteria", "page_bounds"]
