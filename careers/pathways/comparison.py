"""Credentials side by side: what is known of each, and who asks for it today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils import timezone

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.vocabulary import Word
from careers.salaries.criteria import PayCriteria

from . import live

#: More columns than these do not fit on a page.
MOST = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One credential; ``url`` is "" where it has no page of its own."""

    word: Word
    url: str
    openings: live.Openings
    pay: live.PayRow


@dataclass(frozen=True, slots=True)
class FactRow:
    """One kind of fact: for each column its texts, none where nothing is known."""

    label: str
    cells: list[list[str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    columns: list[Column]
    rows: list[FactRow]
    at: Any


@dataclass(frozen=True, slots=True)
class Known:
    """What the published page of a credential says; ``url`` is "" without one."""

    url: str
    facts: tuple[tuple[str, str], ...]


def of(slugs: Sequence[str]) -> Comparison:
    """Those of the slugs that are credentials, in their order."""
    words = vocabulary.current().credentials
    chosen = [words[slug] for slug in dict.fromkeys(slugs) if slug in words][:MOST]
    known = [_known(word.slug) for word in chosen]
    columns = [
        _column(word, page.url) for word, page in zip(chosen, known, strict=True)
    ]
    return Comparison(
        columns,
        list(_rows(known)),
        min((c.openings.at for c in columns), default=timezone.now()),
    )


def _known(slug: str) -> Known:
    found: Known = live.remembered(name(slug), lambda: _read(slug)).value
    return found


def name(slug: str) -> str:
    """What the facts of a credential are remembered under."""
    return f"facts of {slug}"


def _read(slug: str) -> Known:
    page = (
        apps.get_model("pathways", "CredentialPage")
        .objects.live()
        .filter(credential__slug=slug)
        .defer_streamfields()
        .first()
    )
    if page is None:
        return Known("", ())
    facts = page.facts.order_by("sort_order", "pk").values_list("kind", "text")
    return Known(page.url or "", tuple(facts))


def _column(word: Word, url: str) -> Column:
    asked = PayCriteria(credential=(word.slug,))
    (row,) = live.pay_rows([(word.slug, asked)]).rows
    return Column(word, url, live.openings(JobCriteria(credential=(word.slug,))), row)


def _rows(known: Sequence[Known]) -> Iterator[FactRow]:
    kinds = apps.get_model("pathways", "CredentialFact").Kind
    for kind in kinds:
        cells = [
            [text for fact, text in page.facts if fact == kind.value] for page in known
        ]
        if any(cells):
            yield FactRow(str(kind.label), cells)
