"""The public page of an employer: what it has open, where, for whom; facts about it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria, Question
from careers.jobs.facets import REMOTE_LABELS
from careers.jobs.models import JobListing
from careers.jobs.presentation.facts import Fact, FactSheet, domain_words
from careers.jobs.structured_data import CONTEXT, script_json
from careers.pathways.metadata import breadcrumbs
from search.ask import ask
from search.results import Results

LISTINGS_SHOWN = 10
VALUES_SHOWN = 10
PLACES_SHOWN = 8
#: Under so many listings with pay there is no summary of it; each shows its own.
FEWEST_WITH_PAY = 5
#: Closed listings are told of for as long as posted pay is kept.
PAST = timedelta(days=730)
DESCRIPTION = 155


@dataclass(frozen=True, slots=True)
class PostedSpan:
    """Pay of the open listings, by the year: the lowest and the highest posted."""

    low: Decimal
    high: Decimal
    listings: int


class EmployerPage:
    def __init__(self, employer, url: str, root: str) -> None:
        """``url`` is the page's absolute address, ``root`` that of the site."""
        self.employer, self.canonical_url, self.root = employer, url, root
        self.criteria = JobCriteria().choosing("employer", employer.slug)
        asked = ask(Question(self.criteria))
        first = replace(asked.answer, ids=asked.answer.ids[:LISTINGS_SHOWN])
        self.results = Results(asked.question, first, path=reverse("results"))
        self.open = first.total

    @property
    def listings(self):
        return self.results.listings

    @property
    def listings_url(self) -> str:
        return self.results.address.of(self.criteria)

    # What it hires for

    @property
    def roles(self) -> list[dict[str, Any]]:
        return self._links("role", vocabulary.current().roles)

    @property
    def settings(self) -> list[dict[str, Any]]:
        return self._links("setting", vocabulary.current().settings)

    def _links(self, facet, words) -> list[dict[str, Any]]:
        """The commonest values of a facet, each leading to just those listings."""
        counts = self.results.answer.facets.get(facet, {})
        return [
            self._link(facet, value, words[value].label, count)
            for value, count in counts.items()
            if value in words
        ][:VALUES_SHOWN]

    def _link(self, facet, value, label, count) -> dict[str, Any]:
        url = self.results.address.of(self.criteria.choosing(facet, value))
        return {"label": label, "url": url, "count": count}

    # Where

    @property
    def remote(self) -> list[dict[str, Any]]:
        counts = self.results.answer.facets.get("remote", {})
        return [
            self._link("remote", value, label, counts[value])
            for value, label in REMOTE_LABELS.items()
            if counts.get(value)
        ]

    @cached_property
    def places(self) -> list[dict[str, Any]]:
        """Cities that most of its open listings name, with how many name them."""
        inner, params = (
            self._all().live().order_by().values("pk", "places").query.sql_with_params()
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT place ->> 'city', place ->> 'state', count(DISTINCT pk) "
                f"FROM ({inner}) AS open (pk, places), jsonb_array_elements(places) "
                "AS place WHERE place ->> 'city' <> '' GROUP BY 1, 2 "
                "ORDER BY 3 DESC, 2, 1 LIMIT %s",
                [*params, PLACES_SHOWN],
            )
            return [
                {"label": ", ".join(filter(None, [city, state])), "count": count}
                for city, state, count in cursor.fetchall()
            ]

    # Facts

    @cached_property
    def _told(self) -> dict[str, Any]:
        """Numbers over its listings, from one query."""
        now = timezone.now()
        is_open = Q(expire_at=None) | Q(expire_at__gt=now)
        paid = is_open & Q(yearly_minimum__isnull=False)
        return (
            self._all()
            .visible()
            .aggregate(
                closed=Count("pk", filter=Q(expire_at__gt=now - PAST) & ~is_open),
                real=Count("pk", filter=is_open & Q(is_sample=False)),
                paid=Count("pk", filter=paid),
                low=Min("yearly_minimum", filter=paid),
                high=Max("yearly_maximum", filter=paid),
            )
        )

    def _all(self):
        return JobListing.objects.filter(employer=self.employer.pk)

    @property
    def pay(self) -> PostedSpan | None:
        told = self._told
        if told["paid"] < FEWEST_WITH_PAY or told["high"] is None:
            return None
        return PostedSpan(told["low"], told["high"], told["paid"])

    @property
    def facts(self) -> FactSheet:
        closed = self._told["closed"]
        plural = "" if closed == 1 else "s"
        return FactSheet.of(
            (
                Fact("Who it is", self.employer.get_kind_display() * self._has_kind),
                Fact("Web address", domain_words(self.employer)),
                Fact(
                    "Closed in the past 24 months",
                    f"{closed:,} listing{plural}" if closed else "None",
                ),
            )
        )

    @property
    def _has_kind(self) -> bool:
        return self.employer.kind != self.employer.Kind.NOT_STATED

    @property
    def is_sample(self) -> bool:
        return self.employer.is_sample or (self.open > 0 and not self._told["real"])

    # For machines

    @property
    def noindex(self) -> bool:
        return not self.open or self.is_sample or self.employer.is_confidential

    @property
    def title(self) -> str:
        return f"{self.employer.name}: jobs in medical coding and billing"

    @property
    def description(self) -> str:
        named = ", ".join(each["label"].lower() for each in self.roles[:3])
        what = f"{self.open:,} open listing{'' if self.open == 1 else 's'}"
        for_whom = f" for {named}" if named else ""
        text = f"{what} of {self.employer.name}{for_whom}: pay, places, credentials."
        return text if len(text) <= DESCRIPTION else f"{text[: DESCRIPTION - 1]}…"

    @property
    def markup(self) -> str:
        """The employer and the way to its page; nothing about samples."""
        if self.noindex:
            return ""
        organization = {
            "@type": "Organization",
            "name": self.employer.name,
            "sameAs": self.employer.website,
        }
        trail = [
            ("Home", self.root),
            ("Employers", self.root.rstrip("/") + reverse("employers")),
            (self.employer.name, self.canonical_url),
        ]
        told = {key: value for key, value in organization.items() if value}
        return script_json({"@context": CONTEXT, "@graph": [told, breadcrumbs(trail)]})
