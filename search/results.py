"""A page of results as templates and the API read it: words and links, no HTML."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Any

from careers.jobs import summaries, vocabulary
from careers.jobs.credential_rule import Evaluator, Fit
from careers.jobs.criteria import (
    MAY_BE_UNSTATED,
    NONE_HELD,
    SORTS,
    JobCriteria,
    Near,
    Notice,
    Question,
)
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.facets import BY_NAME, FACETS, NOT_STATED, Facet
from careers.jobs.matching import EARTH_RADIUS_MILES
from careers.jobs.models import JobListing
from careers.jobs.models.vocabulary import LETTERS, STATE_CHOICES, Track
from careers.jobs.summaries import Summary

from . import employers
from .engines import DEEPEST, PAGE_SIZE, Answer

SHOWN_VALUES = 7
WITHIN = (5, 10, 25, 50, 100, 200)
POSTED = {1: "Past 24 hours", 7: "Past week", 14: "Past two weeks", 30: "Past month"}
EXPERIENCE = {
    0: "None",
    12: "Up to 1 year",
    24: "Up to 2 years",
    36: "Up to 3 years",
    60: "Up to 5 years",
}
FITS = {
    Fit.NOW.value: "I qualify",
    Fit.APPRENTICE.value: "I qualify as an apprentice",
    Fit.SHORT.value: "One credential short",
}
#: What a listing leaves unsaid, after "38 listings".
SILENCE = {
    "role": "do not state the role",
    "setting": "do not state the setting",
    "remote": "do not state where the work is done",
    "credential": "do not state which credential they ask for",
    "specialty": "do not state a specialty",
    "software": "do not state the software",
    "codeset": "do not state the code sets",
    "employment": "do not state the kind of employment",
    "pay": "do not post pay that can be compared",
    "experience": "do not state the experience they ask for",
    "apprentice": "do not state which credential they ask for",
    "state": "do not state the states they hire from",
    "untested": "do not state whether there is an unpaid test",
    "fit": "do not state which credential they ask for",
}
#: Facets whose panels stand open until something else is chosen.
OPEN_PANELS = ("remote", "credential", "setting")


@dataclass(frozen=True)
class FacetOption:
    value: str
    label: str
    count: int
    selected: bool
    is_code: bool = False


@dataclass(frozen=True)
class Panel:
    """A facet with its values; the rarer ones are folded."""

    name: str
    label: str
    values: tuple[FacetOption, ...]
    more: tuple[FacetOption, ...]
    chosen: int

    @property
    def is_open(self) -> bool:
        return self.chosen > 0 or self.name in OPEN_PANELS


@dataclass(frozen=True)
class Link:
    """A way on, with how many listings it leads to where that is known."""

    label: str
    url: str
    count: int = 0
    current: bool = False
    you: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pager:
    number: int
    total: int
    address: "Address"

    @cached_property
    def pages(self) -> int:
        return max(1, ceil(min(self.total, DEEPEST) / PAGE_SIZE))

    @property
    def first(self) -> int:
        return min((self.number - 1) * PAGE_SIZE + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.number * PAGE_SIZE, self.total, DEEPEST)

    @property
    def capped(self) -> bool:
        return self.total > DEEPEST

    @property
    def deepest(self) -> int:
        return DEEPEST

    @property
    def previous_url(self) -> str:
        return self.address.page(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.address.page(self.number + 1) if self.number < self.pages else ""

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """Page links: the ends, the neighbours, gaps between."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        shown = sorted(n for n in near if 1 <= n <= self.pages)
        found: list[dict[str, Any]] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before > 1:
                found.append({"gap": True})
            found.append(
                {
                    "number": number,
                    "url": self.address.page(number),
                    "current": number == self.number,
                }
            )
        return found


@dataclass(frozen=True)
class Address:
    """Prints addresses of questions below one path."""

    path: str
    criteria: JobCriteria

    def of(self, criteria: JobCriteria) -> str:
        return self._with(criteria.query_string())

    def page(self, number: int) -> str:
        page = f"page={number}" if number > 1 else ""
        return self._with("&".join(filter(None, [self._query, page])))

    @cached_property
    def _query(self) -> str:
        return self.criteria.query_string()

    def _with(self, query: str) -> str:
        return f"{self.path}?{query}" if query else self.path


class Results:
    """What a question found, in words."""

    def __init__(
        self,
        question: Question,
        answer: Answer,
        *,
        path: str,
        typed: str = "",
        extra_notices: Iterable[Notice] = (),
    ) -> None:
        self.criteria = question.criteria
        self.answer = answer
        self.total = answer.total
        self.typed = typed
        self.notices = [*question.notices, *extra_notices]
        self.address = Address(path, self.criteria)
        self.page = Pager(question.page, answer.total, self.address)
        self.words = vocabulary.current()
        self.evaluator = Evaluator(self.words.apprentice_forms)

    # Listings

    @cached_property
    def listings(self) -> list[Summary]:
        """The page's listings in order, read again through `live()`."""
        listings = summaries.read(JobListing.objects.live(), self.answer.ids)
        for listing in listings:
            if self.criteria.holds:
                listing.verdict = self.evaluator.judge(
                    listing.rule, self.criteria.wallet
                )
            if self.criteria.near:
                listing.distance = _nearest_miles(listing.places, self.criteria.near)
        return listings

    # What is asked

    @cached_property
    def labels(self) -> "Labels":
        return Labels(self.words, self._employer_slugs())

    def _employer_slugs(self) -> set[str]:
        counted = self.answer.facets.get("employer", {})
        return {*counted, *self.criteria.employer}

    @cached_property
    def chosen(self) -> list[Link]:
        """A chip for everything that is asked, each with the question without it."""
        criteria = self.criteria
        chips = []
        if criteria.q:
            chips.append(Link(f"“{criteria.q}”", self._without("q")))
        for facet in FACETS:
            chips += [
                Link(
                    self.labels.value(facet, value),
                    self.address.of(criteria.toggling(facet.name, value)),
                )
                for value in criteria.values(facet.name)
            ]
        chips += [
            Link(text, self._without(*names), you=names[0] in ("state", "fit"))
            for names, text in self._filter_words()
        ]
        return chips

    def _filter_words(self) -> Iterable[tuple[tuple[str, ...], str]]:
        criteria = self.criteria
        for name in ("pay", "experience", "apprentice", "state"):
            if criteria.asks(name):
                text = self.labels.filter(name, criteria)
                if name in criteria.unstated:
                    text += ", or not stated"
                yield (name,), text
        if criteria.near:
            yield ("near",), self.labels.filter("near", criteria)
        for name in ("posted", "untested"):
            if criteria.asks(name):
                yield (name,), self.labels.filter(name, criteria)
        if criteria.fit:
            yield ("fit",), self.labels.filter("fit", criteria)
        if criteria.holds:
            yield ("holds",), f"I hold {_held(criteria)}"

    def _without(self, *names: str) -> str:
        return self.address.of(self.criteria.without(*names))

    @property
    def clear_url(self) -> str:
        return self.address.path

    # Facets

    @cached_property
    def panels(self) -> list[Panel]:
        return [self._panel(facet) for facet in FACETS]

    def _panel(self, facet: Facet) -> Panel:
        counts = dict(self.answer.facets.get(facet.name, {}))
        chosen = self.criteria.values(facet.name)
        for value in chosen:
            counts.setdefault(value, 0)
        silent = counts.pop(NOT_STATED, 0)
        options = [
            FacetOption(
                value=value,
                label=self.labels.value(facet, value),
                count=count,
                selected=value in chosen,
                is_code=facet.name == "credential" and value in self.words.credentials,
            )
            for value, count in counts.items()
        ]
        options.sort(key=lambda option: not option.selected)
        if silent or NOT_STATED in chosen:
            options.append(
                FacetOption(
                    NOT_STATED, facet.unstated_label, silent, NOT_STATED in chosen
                )
            )
        return Panel(
            facet.name,
            facet.label,
            tuple(options[:SHOWN_VALUES]),
            tuple(options[SHOWN_VALUES:]),
            chosen=sum(option.selected for option in options),
        )

    @property
    def facets(self) -> dict[str, list[FacetOption]]:
        """Facet name to its values, for the API."""
        found = {p.name: [*p.values, *p.more] for p in self.panels}
        found["experience"] = [
            FacetOption(
                str(option["value"]),
                option["label"],
                option["count"],
                option["value"] == self.criteria.experience,
            )
            for option in self.options["experience"]
            if option["count"] is not None
        ]
        return found

    @cached_property
    def options(self) -> dict[str, Any]:
        """Choices of the filters that are not facets."""
        steps = self.answer.facets.get("experience", {})
        return {
            "states": STATE_CHOICES,
            "within": _with(WITHIN, self.criteria.within),
            "posted": [
                {"value": days, "label": _posted(days)}
                for days in _with(POSTED, self.criteria.posted)
            ],
            "experience": [
                {
                    "value": months,
                    "label": _experience(months),
                    "count": steps.get(str(months), 0)
                    if months in EXPERIENCE
                    else None,
                }
                for months in _with(EXPERIENCE, self.criteria.experience)
            ],
            "fits": [{"value": fit, "label": label} for fit, label in FITS.items()],
            "sorts": [
                {"value": sort, "label": label}
                for sort, label in SORTS.items()
                if (sort != "nearest" or self.criteria.near)
                and (sort != "match" or self.criteria.q)
            ],
            "credentials": self._credentials(),
        }

    def _credentials(self) -> list[tuple[str, str]]:
        """What can be put into the wallet; that it is empty, while nothing is in it."""
        none = [] if self.criteria.holds else [(NONE_HELD, "None yet")]
        return [*none, *((slug, slug) for slug in self.words.credentials)]

    @property
    def tracks(self) -> list[Link]:
        """The tabs: each narrows to the roles of one track."""
        counts = self.answer.facets.get("track", {})
        chosen = set(self.criteria.role)
        roles_of: dict[str, set[str]] = defaultdict(set)
        for role in self.words.roles.values():
            roles_of[role.track].add(role.slug)
        links = []
        for track in Track:
            roles = roles_of[track.value]
            current = roles == chosen
            narrowed = self.criteria.choosing("role", *(() if current else roles))
            links.append(
                Link(
                    str(track.label),
                    self.address.of(narrowed),
                    count=counts.get(track.value, 0),
                    current=current,
                    extra={"track": track.value, "letters": LETTERS[track]},
                )
            )
        return links

    @property
    def per_links(self) -> list[Link]:
        return [
            Link(
                label,
                self.address.of(self.criteria.paid_per(per)),
                current=self.criteria.per == per,
            )
            for per, label in (("year", "a year"), ("hour", "an hour"))
        ]

    # Silence and nothing

    @property
    def left_out(self) -> list[Link]:
        """Filters that left listings out only because they do not state the fact."""
        return [
            Link(
                words,
                self.address.of(self.criteria.with_unstated(name)),
                count=count,
            )
            for name, words in SILENCE.items()
            if (count := self.answer.unstated.get(name))
        ]

    @property
    def drops(self) -> list[Link]:
        """For nothing found: what dropping one filter would bring, most first."""
        most = max(self.answer.without.values(), default=0)
        return [
            Link(
                self._dropped(name),
                self._without(name),
                count=count,
                extra={"share": round(100 * count / most)},
            )
            for name, count in sorted(
                self.answer.without.items(), key=lambda item: -item[1]
            )
            if count
        ]

    @property
    def drops_none(self) -> list[str]:
        return [
            self._dropped(name)
            for name, count in self.answer.without.items()
            if not count
        ]

    def _dropped(self, name: str) -> str:
        """What one filter asks, in the words of its chips."""
        if name == "q":
            return f"“{self.criteria.q}”"
        if name in BY_NAME:
            facet = BY_NAME[name]
            return " or ".join(
                self.labels.value(facet, v) for v in self.criteria.values(name)
            )
        return self.labels.filter(name, self.criteria)

    @property
    def suggestion(self) -> dict[str, Any] | None:
        """The spelling that was used instead, or that would find something."""
        if self.typed:
            return {"text": self.criteria.q, "typed": self.typed, "replaced": True}
        return None

    # The page

    @cached_property
    def form(self) -> dict[str, Any]:
        """Current values of the form's fields."""
        criteria = self.criteria
        return {
            "q": criteria.q,
            "near": criteria.near.label if criteria.near else "",
            "within": criteria.within,
            "state": criteria.state,
            "pay": f"{criteria.pay:f}" if criteria.pay is not None else "",
            "per": criteria.per,
            "experience": criteria.experience,
            "apprentice": criteria.apprentice,
            "untested": criteria.untested,
            "posted": criteria.posted,
            "holds": criteria.holds,
            "fit": criteria.fit,
            "adding": criteria.adding,
            "sort": criteria.order,
            "unstated": [n for n in MAY_BE_UNSTATED if n in criteria.unstated],
        }

    @property
    def heading(self) -> str:
        """The page's one heading: how many, of what, for whom."""
        criteria = self.criteria
        if not self.total:
            return "No open listing answers all of this"
        noun = "open listing" if self.total == 1 else "open listings"
        parts = [f"{self.total:,} {noun}"]
        if criteria.q:
            parts.append(f"for “{criteria.q}”")
        if criteria.near:
            parts.append(f"within {criteria.within} miles of {criteria.near.label}")
        if criteria.state:
            parts.append(f"if you live in {STATE_NAMES[criteria.state]}")
        return " ".join(parts)


class Labels:
    """Words for values and filters."""

    def __init__(self, words: vocabulary.Vocabulary, employer_slugs: set[str]) -> None:
        self.words = words
        self.employer_slugs = employer_slugs

    @cached_property
    def employers(self) -> dict[str, str]:
        return employers.names(self.employer_slugs)

    def value(self, facet: Facet, value: str) -> str:
        if value == NOT_STATED:
            return f"{facet.label} not stated"
        if facet.labels and value in facet.labels:
            return facet.labels[value]
        if facet.vocabulary:
            word = getattr(self.words, facet.vocabulary).get(value)
            return word.short if word else value
        return self.employers.get(value, value)

    def filter(self, name: str, criteria: JobCriteria) -> str:
        if name == "pay" and criteria.pay is not None:
            cents = 0 if criteria.pay == int(criteria.pay) else 2
            article = "an" if criteria.per == "hour" else "a"
            return f"At least ${criteria.pay:,.{cents}f} {article} {criteria.per}"
        if name == "experience" and criteria.experience is not None:
            return f"Experience: {_experience(criteria.experience).lower()}"
        if name == "near" and criteria.near:
            return f"Within {criteria.within} mi of {criteria.near.label}"
        if name == "posted" and criteria.posted:
            return _posted(criteria.posted)
        if name == "fit" and criteria.adding:
            return f"{FITS[criteria.fit]}: {criteria.adding} would do"
        if name == "fit":
            return f"{FITS[criteria.fit]} ({_held(criteria)})"
        return {
            "apprentice": "CPC-A or other apprentice accepted",
            "state": f"Hires from {STATE_NAMES.get(criteria.state, '')}",
            "untested": "No unpaid test",
        }[name]


def _held(criteria: JobCriteria) -> str:
    return ", ".join(criteria.wallet) or "none yet"


def _with(steps: Iterable[int], asked: int | None) -> list[int]:
    """The steps that a form offers, and the one that an address asked for."""
    return sorted({*steps, *([] if asked is None else [asked])})


def _posted(days: int) -> str:
    return POSTED.get(days, f"Past {days} days")


def _experience(months: int) -> str:
    return EXPERIENCE.get(months, f"Up to {months} months")


def _nearest_miles(places: list[dict[str, Any]], near: Near) -> float | None:
    """Miles from a place to the nearest of a listing's places (haversine)."""
    miles = [
        _miles(near, place["latitude"], place["longitude"])
        for place in places
        if place.get("latitude") is not None and place.get("longitude") is not None
    ]
    return min(miles, default=None)


def _miles(near: Near, latitude: float, longitude: float) -> float:
    half_lat = radians(latitude - near.latitude) / 2
    half_lon = radians(longitude - near.longitude) / 2
    chord = (
        sin(half_lat) ** 2
        + cos(radians(near.latitude)) * cos(radians(latitude)) * sin(half_lon) ** 2
    )
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(chord)))
