"""The engine of a machine without a search server: PostgreSQL alone, always in step.

One query counts everything. For each listing it asks which filters fail; a listing
that fails none counts in the total and in every facet, one that fails exactly one
filter counts in that filter's own facet, in "how many more without this filter" and,
where it does not state the fact, in "how many were left out for silence".
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection
from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

import numpy as np

from careers.jobs.criteria import JobCriteria
from careers.jobs.matching import Condition, Miles, conditions, stated_conditions
from careers.jobs.models import Employer, ListingPlace

from .. import page_rows, spelling, synonyms
from ..models import FacetValue, SearchRow
from ..page_words import PageQuestion
from ..text import telling, tsquery, units
from . import (
    COUNTED_UNDER,
    EMPLOYERS_SHOWN,
    Answer,
    Counts,
    PagesFound,
    page_bounds,
)

#: Filters whose own counts ignore them, so that their listings' packs are needed.
COUNTED = set(COUNTED_UNDER.values())
#: A filter that fails adds this and its number; two of them come to over twice that.
ALONE = 1_000_000
#: Added where the listing does not state the fact that the filter asks about.
SILENT = 1_000
#: Filters that narrow the rows looked at, because an index or a text query answers
#: them. What dropping them would bring is asked only when nothing was found.
NARROWING = ("q", "near", "posted")

#: Numbers of a group of listings, under the one filter that they fail.
Packs = defaultdict[str, list[np.ndarray]]


class PostgresEngine:
    def answer(self, criteria: JobCriteria, page: int = 1) -> Answer:
        text = Text(criteria.q)
        tally = Tally(criteria, text)
        without = dict(tally.without)
        corrected = ""
        if not tally.total:
            without |= {
                name: Tally(criteria.without(name), text.kept(name)).total
                for name in NARROWING
                if criteria.asks(name)
            }
            corrected = spelling.corrected(criteria.q) if criteria.q else ""
        return Answer(
            ids=tuple(self.page_ids(criteria, text, page)) if tally.total else (),
            total=tally.total,
            facets=tally.facets,
            unstated=tally.unstated,
            without=without,
            spelling=corrected,
        )

    def totals(self, questions: Sequence[JobCriteria]) -> tuple[int, ...]:
        """How many listings answer each question: one query, a look-up for each."""
        counts = [
            Text(question.q)
            .narrow(SearchRow.objects.live().matching(question))
            .order_by()
            .values(everything=Value(1))
            .annotate(total=Count("*"))
            .values("total")
            for question in questions
        ]
        if not counts:
            return ()
        queries = [query.query.sql_with_params() for query in counts]
        asked = ", ".join(f"COALESCE(({sql}), 0)" for sql, _ in queries)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {asked}", [p for _, params in queries for p in params]
            )
            return tuple(cursor.fetchone())

    def pages(self, asked: PageQuestion) -> PagesFound:
        return page_rows.find(asked)

    def page_ids(
        self, criteria: JobCriteria, text: "Text", page: int
    ) -> "QuerySet[SearchRow, int]":
        listings = text.narrow(SearchRow.objects.live().matching(criteria))
        first, last = page_bounds(page)
        return _ordered(listings, criteria, text).values_list("pk", flat=True)[
            first:last
        ]


class Text:
    """The free text of a question as conditions on search rows."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.sql, self.params = tsquery(
            telling(units(words, synonyms.equals())) if words else ()
        )

    def kept(self, dropped: str) -> "Text":
        return Text("") if dropped == "q" else self

    def narrow(self, listings: "QuerySet[SearchRow]") -> "QuerySet[SearchRow]":
        if not self.words:
            return listings
        return listings.filter(
            pk__in=RawSQL(  # noqa: S611 - built by `tsquery`, words are parameters
                "SELECT listing_id FROM search_searchtext "
                f"WHERE text_vector @@ ({self.sql})",
                self.params,
            )
        )

    def rank(self) -> RawSQL:
        """Closeness of the title: a fifth of the cost of ranking on the body."""
        return RawSQL(  # noqa: S611
            f"ts_rank(search_searchtext.title_vector, ({self.sql}), 1)",
            self.params,
            output_field=FloatField(),
        )


def _ordered(
    listings: "QuerySet[SearchRow]", criteria: JobCriteria, text: Text
) -> "QuerySet[SearchRow]":
    """Every order ends in the primary key, so pages partition the results."""
    newest = (F("posted_at").desc(), F("pk").desc())
    if criteria.order == "match" and text.words:
        ranked = listings.filter(text__isnull=False).annotate(rank=text.rank())
        return ranked.order_by(F("rank").desc(), *newest)
    if criteria.order == "pay":
        return listings.order_by(F("yearly_maximum").desc(nulls_last=True), *newest)
    if criteria.order == "closing":
        return listings.order_by(F("expire_at").asc(nulls_last=True), *newest)
    if criteria.order == "nearest" and criteria.near:
        miles = (
            ListingPlace.objects.filter(listing=OuterRef("pk"))
            .order_by()
            .values("listing")
            .annotate(miles=Min(Miles(criteria.near)))
            .values("miles")
        )
        return listings.annotate(miles=Subquery(miles)).order_by(
            F("miles").asc(nulls_last=True), *newest
        )
    return listings.order_by(*newest)


class Tally:
    """Everything that is counted for a question, from one query."""

    def __init__(self, criteria: JobCriteria, text: Text) -> None:
        asked = conditions(criteria)
        self.names = [name for name in asked if name not in NARROWING]
        listings = text.narrow(
            SearchRow.objects.live().filter(
                *(asked[name] for name in asked if name in NARROWING)
            )
        )
        self.total = 0
        self.without: dict[str, int] = {}
        self.unstated: dict[str, int] = {}
        packs: Packs = defaultdict(list)
        employers: Packs = defaultdict(list)
        sql, params = self._query(listings, asked, stated_conditions(criteria))
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            for failing, count, pack, numbers in cursor.fetchall():
                number, silent = failing % ALONE, failing % ALONE // SILENT
                name = self.names[number % SILENT - 1] if failing else ""
                packs[name].append(np.frombuffer(pack, dtype=">u2"))
                employers[name].append(np.frombuffer(numbers, dtype=">u4"))
                if not failing:
                    self.total = count
                    continue
                self.without[name] = self.without.get(name, 0) + count
                if silent:
                    self.unstated[name] = count
        self.without = {
            name: self.total + self.without.get(name, 0) for name in self.names
        }
        self.facets = _facet_counts(packs) | {
            "employer": _employer_counts(employers, criteria.employer)
        }

    def _query(
        self,
        listings: "QuerySet[SearchRow]",
        asked: dict[str, Q],
        stated: dict[str, Condition],
    ) -> tuple[str, Sequence[object]]:
        """A row for the listings that fail nothing, and up to two for each filter:
        those that fail it alone, and those of them that do not state the fact.

        Each filter adds 0 where it holds, so the sum says whether none or one fails.
        OFFSET 0 keeps PostgreSQL from computing the sum once more for the grouping.
        """
        verdicts = {
            f"fails_{number}": _verdict(number, asked[name], stated[name].unstated)
            for number, name in enumerate(self.names, start=1)
        }
        inner, params = (
            listings.order_by()
            .annotate(**verdicts)
            .values(*verdicts, "pack", number=F("employer_id"))
            .query.sql_with_params()
        )
        return (
            "SELECT failing, count(*), string_agg(pack, ''::bytea), "
            "string_agg(int4send(number::int), ''::bytea) FROM ("
            f"SELECT {' + '.join(verdicts) or '0'} AS failing, pack, number "
            f"FROM ({inner}) AS judged OFFSET 0) AS summed "
            f"WHERE failing < {2 * ALONE} GROUP BY failing"
        ), params


def _verdict(number: int, match: Q, unstated: Q | None) -> Case:
    """0 where a filter holds, else a number that tells which one fails, and how."""
    whens = [When(match, then=Value(0))]
    if unstated is not None:
        whens.append(When(unstated, then=Value(ALONE + SILENT + number)))
    return Case(*whens, default=Value(ALONE + number), output_field=IntegerField())


def _facet_counts(packs: Packs) -> dict[str, Counts]:
    """Facet name to its values' counts, most first.

    A facet counts the listings that fail nothing and those that fail only it.
    """
    largest = (int(p.max()) for parts in packs.values() for p in parts if p.size)
    size = 1 + max(largest, default=0)
    none_fails = _count(packs, "", size)
    counted = {under: none_fails + _count(packs, under, size) for under in COUNTED}
    seen = np.flatnonzero(sum(counted.values()))
    values = facet_values(seen.tolist())
    found: dict[str, dict[str, int]] = {name: {} for name in COUNTED_UNDER}
    for number in seen.tolist():
        facet, value = values[number]
        under = COUNTED_UNDER.get(facet)
        if under and counted[under][number]:
            found[facet][value] = int(counted[under][number])
    return {
        name: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        for name, counts in found.items()
    }


def _count(packs: Packs, name: str, size: int) -> np.ndarray:
    counts = np.zeros(size, dtype=np.int64)
    for pack in packs.get(name, ()):
        counts += np.bincount(pack.astype(np.int64), minlength=size)
    return counts


def _employer_counts(employers: Packs, chosen: Sequence[str]) -> dict[str, int]:
    """The employers with most listings, and those that are chosen, by slug."""
    seen = [*employers.get("", ()), *employers.get("employer", ())]
    if not seen:
        return {}
    numbers, counts = np.unique(np.concatenate(seen), return_counts=True)
    by_number = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    most = numbers[np.argsort(-counts, kind="stable")[:EMPLOYERS_SHOWN]].tolist()
    slugs = Employer.objects.filter(Q(pk__in=most) | Q(slug__in=chosen))
    found = {
        slug: by_number.get(number, 0)
        for number, slug in slugs.values_list("pk", "slug")
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


class _Known:
    """Facet values by number. Numbers are never given twice, so memory stays true."""

    values: dict[int, tuple[str, str]] = {}


def facet_values(numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """What numbers stand for; asks the database when one of them is new here."""
    if any(number not in _Known.values for number in numbers):
        _Known.values = {
            number: (facet, value)
            for number, facet, value in FacetValue.objects.values_list()
        }
    return _Known.values
