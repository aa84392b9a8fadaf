"""`PayCriteria`: the group of posted ranges that a person asks about.

The explorer, its API, its downloads and the pages of roles all read this object. As
with `careers.jobs.criteria`, parsing never fails: what is unknown or contradicts
itself is left out with a `Notice`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from careers.jobs.criteria import MOST_VALUES, TRACKING, Notice, Terms, cleaned
from careers.jobs.eligibility import STATE_NAMES, RemoteStatus
from careers.jobs.facets import BY_NAME, NOT_STATED, Facet
from careers.jobs.metros import METROS
from careers.jobs.metros import find as find_metro
from careers.jobs.pay import Period

#: Months that a window looks back.
WINDOWS = (6, 12, 24)
WINDOW = 24
PER = (Period.YEAR.value, Period.HOUR.value)

#: Bands of the months of experience that listings ask for: least and most.
BANDS: dict[str, tuple[int, int]] = {
    "0": (0, 0),
    "1-12": (1, 12),
    "13-24": (13, 24),
    "25-60": (25, 60),
    "61+": (61, 32_767),
}
BAND_LABELS = {
    "0": "None asked",
    "1-12": "Up to 1 year",
    "13-24": "Over 1 to 2 years",
    "25-60": "Over 2 to 5 years",
    "61+": "Over 5 years",
}

#: Pay is for the main role; hybrids count nowhere else.
ROLE = replace(BY_NAME["role"], column="role", is_array=False)
#: The credential of pay is one that the rule requires, never one it prefers.
CREDENTIAL = replace(
    BY_NAME["credential"], label="Credential required", column="required"
)
STATE = Facet("state", "State", "states", labels=STATE_NAMES)
METRO = Facet(
    "metro",
    "Metropolitan area",
    "metros",
    labels={code: metro.name for code, metro in METROS.items()},
)
EXPERIENCE = Facet(
    "experience", "Experience asked", "experience_months", False, labels=BAND_LABELS
)
PAY_FACETS = (
    ROLE,
    CREDENTIAL,
    BY_NAME["setting"],
    BY_NAME["remote"],
    STATE,
    METRO,
    EXPERIENCE,
    BY_NAME["employment"],
    BY_NAME["software"],
)
PAY_FACET = {facet.name: facet for facet in PAY_FACETS}

#: What the second group's parameters begin with: ``vs-role=profee-coder``.
VERSUS = "vs-"
#: ``vs=all`` compares with everything, which asks nothing of its own.
EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class PayCriteria:
    """A group. Empty facets ask nothing; several values of one: any of them.

    ``per`` is the unit, year or hour; ``window`` is months back from today.
    """

    role: tuple[str, ...] = ()
    credential: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    metro: tuple[str, ...] = ()
    experience: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    per: str = Period.YEAR.value
    window: int = WINDOW

    def values(self, name: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        chosen: tuple[str, ...] = getattr(self, name)
        return chosen

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the facets in use, in canonical order."""
        return tuple(name for name in PAY_FACET if self.values(name))

    def choosing(self, name: str, *values: str) -> "PayCriteria":
        """The same group with exactly these values chosen in a facet."""
        return replace(self, **{name: tuple(sorted(set(values)))})  # type: ignore[arg-type]

    def without(self, *names: str) -> "PayCriteria":
        """The same group with some facets dropped."""
        return replace(self, **dict.fromkeys(names, ()))  # type: ignore[arg-type]

    def pairs(self, prefix: str = "") -> list[tuple[str, str]]:
        """The canonical (parameter, value) pairs; equal groups print alike."""
        pairs = [(prefix + name, value) for name, value in self.facet_pairs()]
        return pairs if prefix else [*pairs, *self.shared_pairs()]

    def facet_pairs(self) -> list[tuple[str, str]]:
        """The pairs that say which listings are in the group."""
        return [(name, value) for name in PAY_FACET for value in self.values(name)]

    def shared_pairs(self) -> list[tuple[str, str]]:
        """The pairs that both groups of a comparison share."""
        pairs = []
        if self.per != Period.YEAR:
            pairs.append(("per", self.per))
        if self.window != WINDOW:
            pairs.append(("window", str(self.window)))
        return pairs

    def query_string(self) -> str:
        return urlencode(self.pairs())


@dataclass(frozen=True, slots=True)
class PayQuestion:
    """A parsed query string. ``versus`` is the second group of a comparison; ``by``
    the facet whose values are set side by side, "" for the page's own choice.
    ``is_comparing`` tells that a second group was on the form, even if it turned out
    to be the first one again."""

    group: PayCriteria
    versus: PayCriteria | None = None
    by: str = ""
    notices: tuple[Notice, ...] = ()
    is_comparing: bool = field(default=False, compare=False)

    def pairs(self) -> list[tuple[str, str]]:
        pairs = self.group.pairs()
        if self.versus is not None:
            pairs += self.versus.pairs(VERSUS) or [("vs", EVERYTHING)]
        if self.by:
            pairs.append(("by", self.by))
        return pairs

    def query_string(self) -> str:
        return urlencode(self.pairs())

    def swapped(self) -> "PayQuestion":
        """The same comparison with the second group first."""
        if self.versus is None:
            return self
        return replace(self, group=self.versus, versus=self.group, notices=())


class _Parser:
    """One parsing; collects notices on the way."""

    def __init__(self, query: Mapping[str, Sequence[str]], terms: Terms) -> None:
        self.query = query
        self.terms = terms
        self.notices: list[Notice] = []

    def question(self) -> PayQuestion:
        shared = {"per": self.per(), "window": self.window()}
        group = self.group("", shared)
        versus = self.group(VERSUS, shared)
        is_comparing = self.is_comparing(versus)
        has_versus = is_comparing and versus != group
        if is_comparing and not has_versus:
            self.notice("vs", "", "Both groups are the same: change one to compare.")
        by = self.one("by").lower()
        if by and by not in PAY_FACET:
            self.notice("by", by, f"Compare by one of {', '.join(PAY_FACET)}.")
            by = ""
        self.unknown_parameters()
        return PayQuestion(
            group,
            versus if has_versus else None,
            by,
            tuple(self.notices),
            is_comparing,
        )

    def is_comparing(self, versus: PayCriteria) -> bool:
        """Whether a second group is asked for, be it by fields left at "any"."""
        if versus.asked or self.one("vs") == EVERYTHING:
            return True
        return any("" in self.texts(VERSUS + name) for name in PAY_FACET)

    def group(self, prefix: str, shared: Mapping[str, Any]) -> PayCriteria:
        chosen: dict[str, Any] = {
            facet.name: self.facet(facet, prefix) for facet in PAY_FACETS
        }
        chosen["state"] = self.states_of_metros(chosen, prefix)
        return PayCriteria(**chosen, **shared)

    def facet(self, facet: Facet, prefix: str) -> tuple[str, ...]:
        parameter = prefix + facet.name
        values = [value for value in self.texts(parameter) if value]
        if len(values) > MOST_VALUES:
            self.notice(parameter, "", f"Only the first {MOST_VALUES} were used.")
        found = set()
        for value in values[:MOST_VALUES]:
            slug = self.slug(facet, value)
            if slug:
                found.add(slug)
            else:
                self.notice(
                    parameter, value, f"We do not know “{value[:60]}” ({facet.label})."
                )
        return tuple(sorted(found))

    def slug(self, facet: Facet, value: str) -> str | None:
        if value == NOT_STATED:
            return value
        if facet is STATE:
            return self.terms.state(value)
        if facet is METRO:
            metro = find_metro(value)
            return metro.code if metro else None
        if facet is EXPERIENCE:
            # A plus sign in an address is a space.
            band = "61+" if value == "61" else value
            return band if band in BANDS else None
        return self.terms.known(facet, [value]).get(value)

    def states_of_metros(
        self, chosen: Mapping[str, tuple[str, ...]], prefix: str
    ) -> tuple[str, ...]:
        """The states asked for, without those that contradict the areas asked for.

        Remote and hybrid work of an area may hire from anywhere; work on site is done
        in a state that the area reaches into.
        """
        metros = chosen["metro"]
        is_on_site = chosen["remote"] == (RemoteStatus.ONSITE.value,)
        if not metros or NOT_STATED in metros or not is_on_site:
            return chosen["state"]
        reached = {state for code in metros for state in METROS[code].states}
        kept = []
        for state in chosen["state"]:
            if state in reached or state == NOT_STATED:
                kept.append(state)
            else:
                self.notice(
                    f"{prefix}state",
                    state,
                    f"{STATE_NAMES[state]} was left out: work on site in the "
                    "metropolitan area asked for is not done there.",
                )
        return tuple(kept)

    def per(self) -> str:
        per = self.one("per").lower()
        if per and per not in PER:
            self.notice("per", per, "Pay is shown per year or per hour.")
            return PER[0]
        return per or PER[0]

    def window(self) -> int:
        text = self.one("window")
        if text and text not in map(str, WINDOWS):
            months = ", ".join(map(str, WINDOWS))
            self.notice("window", text, f"The window is one of {months} months.")
            return WINDOW
        return int(text) if text else WINDOW

    def texts(self, name: str) -> list[str]:
        return [cleaned(value) for value in self.query.get(name, ())]

    def one(self, name: str) -> str:
        """The last value of a parameter, as a form sends a changed field last."""
        values = [value for value in self.texts(name) if value]
        return values[-1] if values else ""

    def notice(self, parameter: str, value: str, message: str) -> None:
        self.notices.append(Notice(parameter, value[:200], message))

    def unknown_parameters(self) -> None:
        known = {"per", "window", "vs", "by", "page"}
        known |= set(PAY_FACET) | {VERSUS + name for name in PAY_FACET}
        for name in self.query:
            if name not in known and not TRACKING.match(name):
                shown = cleaned(name)[:60]
                self.notice(shown, "", f"We do not know “{shown}”.")


def parse(query: Mapping[str, Sequence[str]], terms: Terms) -> PayQuestion:
    """Read a query string (parameter to its values). Never raises on input."""
    return _Parser(query, terms).question()


def wider(criteria: PayCriteria) -> Iterable[PayCriteria]:
    """Broader groups, nearest first: each with one facet less, then two, and so on.

    What says least about pay is dropped first.
    """
    order = [name for name in WIDENING if criteria.values(name)]
    for dropped in range(1, len(order) + 1):
        yield criteria.without(*order[:dropped])


#: The order in which a group is widened, from what says least about pay.
WIDENING = (
    "software",
    "employment",
    "experience",
    "metro",
    "setting",
    "credential",
    "remote",
    "state",
    "role",
)
