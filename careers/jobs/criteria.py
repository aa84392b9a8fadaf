"""`JobCriteria`: everything a person can ask, and its one canonical query string.

The results page, the API, landing pages, saved searches and counts all read this
object. Parsing never fails: what is unknown or broken is left out with a `Notice`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol
from urllib.parse import urlencode

from .credential_rule import Fit
from .facets import BY_NAME, FACETS, NOT_STATED, Facet
from .pay import CENT, HOURS_PER_YEAR, Period

LONGEST_TEXT = 200
MOST_VALUES = 30
WITHIN_MILES = 25
FURTHEST_MILES = 500
LAST_PAGE = 500
MOST_PAY = Decimal("9999999.99")
#: The wallet of a person who says that they hold no credential.
NONE_HELD = "none"

PER = (Period.YEAR.value, Period.HOUR.value)
SORTS = {
    "match": "best match",
    "newest": "newest",
    "pay": "pay",
    "nearest": "nearest",
    "closing": "closing soonest",
}
YES = {"1", "on", "yes", "true"}
NO = {"", "0", "off", "no", "false"}

#: Parameters that other sites add to links; passing over them needs no notice.
TRACKING = re.compile(r"^(utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|_ga|ref)$")


@dataclass(frozen=True, slots=True)
class Near:
    """A place to be near: its canonical text and coordinates in degrees."""

    label: str
    latitude: float
    longitude: float

    def __str__(self) -> str:
        return self.label


class Terms(Protocol):
    """What parsing must look up: words of the vocabulary, employers, places."""

    def known(self, facet: Facet, values: Sequence[str]) -> Mapping[str, str]:
        """The slugs that values of a facet stand for; unknown values are not in it."""

    def credential(self, value: str) -> str | None:
        """The slug of a credential as people type it, or None."""

    def near(self, text: str) -> Near | None:
        """The place a text names, or None."""

    def state(self, text: str) -> str | None:
        """The code of a state by code or name, or None."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A parameter that was left out, and why."""

    parameter: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class JobCriteria:
    """What a person asks. Empty values ask nothing.

    ``pay`` is dollars ``per`` year or hour and is compared with the top of the
    posted range; ``experience`` is the most months a listing may ask for; ``posted``
    is a number of days. ``unstated`` names the filters among pay, experience,
    apprentice, state, untested and fit that also let in listings which do not state
    the fact (facets use their value "not-stated" for that).

    ``holds`` is what a person holds, or `NONE_HELD` alone where they say that it is
    nothing; ``adding`` narrows ``fit=short`` to the listings that this one credential
    would open.
    """

    q: str = ""
    role: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    credential: tuple[str, ...] = ()
    specialty: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    codeset: tuple[str, ...] = ()
    employment: tuple[str, ...] = ()
    employer: tuple[str, ...] = ()
    pay: Decimal | None = None
    per: str = Period.YEAR.value
    experience: int | None = None
    apprentice: bool = False
    state: str = ""
    near: Near | None = None
    within: int = WITHIN_MILES
    posted: int | None = None
    untested: bool = False
    holds: tuple[str, ...] = ()
    fit: str = ""
    adding: str = ""
    sort: str = ""
    unstated: frozenset[str] = field(default_factory=frozenset)

    def values(self, name: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        chosen: tuple[str, ...] = getattr(self, name)
        return chosen

    def asks(self, name: str) -> bool:
        """Whether a parameter asks anything."""
        value = getattr(self, name)
        # 0 months of experience is a question, so equality with False will not do.
        return value is not None and value is not False and value not in ("", ())

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the filters in use, the text among them, in canonical order."""
        return tuple(name for name in FILTERS if self.asks(name))

    @property
    def wallet(self) -> tuple[str, ...]:
        """The credentials held; none where nothing is said, or that it is none."""
        return tuple(slug for slug in self.holds if slug != NONE_HELD)

    @property
    def order(self) -> str:
        """The sort in force: what was chosen, else the one that suits the question."""
        if self.sort:
            return self.sort
        return "match" if self.q else "newest"

    def without(self, *names: str) -> "JobCriteria":
        """The same question with some filters dropped."""
        blank: dict[str, Any] = {name: getattr(EVERYTHING, name) for name in names}
        if "near" in blank and self.sort == "nearest":
            blank["sort"] = ""
        if "holds" in blank:
            blank["fit"] = ""
        if "fit" in blank:
            blank["adding"] = ""
        unstated = self.unstated - set(names) - set(blank)
        return replace(self, unstated=unstated, **blank)

    def choosing(self, name: str, *values: str) -> "JobCriteria":
        """The same question with exactly these values chosen in a facet."""
        return replace(self, **{name: _tidy(values)})  # type: ignore[arg-type]

    def toggling(self, name: str, value: str) -> "JobCriteria":
        """The same question with one value of a facet put in or taken out."""
        chosen = self.values(name)
        if value in chosen:
            return self.choosing(name, *(v for v in chosen if v != value))
        return self.choosing(name, *chosen, value)

    def with_unstated(self, name: str) -> "JobCriteria":
        """The same question, letting in listings that do not state this fact."""
        if name in BY_NAME:
            return self.choosing(name, *self.values(name), NOT_STATED)
        return replace(self, unstated=self.unstated | {name})

    def paid_per(self, per: str) -> "JobCriteria":
        """The same question with pay shown, and asked, per year or per hour."""
        if self.pay is None or per == self.per:
            return replace(self, per=per)
        factor = Decimal(HOURS_PER_YEAR)
        pay = self.pay * factor if per == Period.YEAR else self.pay / factor
        # Such figures are nobody's pay, but the question must stay one.
        return replace(self, per=per, pay=min(max(pay.quantize(CENT), CENT), MOST_PAY))

    def pairs(self) -> list[tuple[str, str]]:
        """The canonical (parameter, value) pairs; equal questions print alike."""
        pairs: list[tuple[str, str]] = []
        for name in PARAMETERS:
            pairs += [(name, text) for text in _printed(self, name)]
            if name in self.unstated:
                pairs.append((name, NOT_STATED))
        return pairs

    def query_string(self) -> str:
        return urlencode(self.pairs())


EVERYTHING = JobCriteria()
#: Query parameters in canonical order. `page` belongs to paging, not to the question.
PARAMETERS = tuple(c.name for c in fields(JobCriteria) if c.name != "unstated")
#: Parameters that leave listings out.
FILTERS = tuple(
    name
    for name in PARAMETERS
    if name not in ("per", "within", "holds", "adding", "sort")
)
#: Filters, besides the facets, on facts that a listing may not state.
MAY_BE_UNSTATED = ("pay", "experience", "apprentice", "state", "untested", "fit")


def _tidy(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _printed(criteria: JobCriteria, name: str) -> list[str]:
    value = getattr(criteria, name)
    default = getattr(EVERYTHING, name)
    if name == "per" and criteria.pay is not None:
        return [criteria.per]
    if name == "within" and criteria.near is None:
        return []
    if value == default:
        return []
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool):
        return ["1"]
    if isinstance(value, Decimal):
        return [
            f"{value:f}".rstrip("0").rstrip(".")
            if "." in f"{value:f}"
            else f"{value:f}"
        ]
    return [str(value)]


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed query string: the criteria, the page asked for, what was left out."""

    criteria: JobCriteria
    page: int = 1
    notices: tuple[Notice, ...] = ()


class _Parser:
    """One parsing; collects notices on the way."""

    def __init__(self, query: Mapping[str, Sequence[str]], terms: Terms) -> None:
        self.query = query
        self.terms = terms
        self.notices: list[Notice] = []
        self.unstated: set[str] = set()

    def question(self) -> Question:
        asked: dict[str, Any] = {"q": self.text()}
        for facet in FACETS:
            asked[facet.name] = self.facet(facet)
        asked |= self.pay()
        asked["experience"] = self.number("experience", 0, 600, "months, such as 24")
        asked["apprentice"] = self.flag("apprentice")
        asked |= self.place()
        asked["posted"] = self.number("posted", 1, 3650, "days, such as 7")
        asked["untested"] = self.flag("untested")
        asked |= self.wallet()
        asked["sort"] = self.sort(has_place=asked.get("near") is not None)
        page = self.number("page", 1, LAST_PAGE, f"a page from 1 to {LAST_PAGE}") or 1
        self.unknown_parameters()
        criteria = JobCriteria(**asked)
        unstated = frozenset(name for name in self.unstated if criteria.asks(name))
        criteria = replace(criteria, unstated=unstated)
        return Question(criteria, page, tuple(self.notices))

    def notice(self, parameter: str, value: str, message: str) -> None:
        self.notices.append(Notice(parameter, value[:LONGEST_TEXT], message))

    def texts(self, name: str) -> list[str]:
        """Cleaned, non-empty values of a parameter, "not-stated" taken out of some."""
        values = [cleaned(value) for value in self.query.get(name, ())]
        kept = []
        for value in values:
            if value == NOT_STATED and name in MAY_BE_UNSTATED:
                self.unstated.add(name)
            elif value:
                kept.append(value)
        if len(kept) > MOST_VALUES:
            self.notice(name, "", f"Only the first {MOST_VALUES} values were used.")
        return kept[:MOST_VALUES]

    def one(self, name: str) -> str:
        """The last value of a parameter, as a form sends a changed field last."""
        values = self.texts(name)
        return values[-1] if values else ""

    def text(self) -> str:
        text = self.one("q")
        if len(text) > LONGEST_TEXT:
            self.notice("q", text, f"Only the first {LONGEST_TEXT} letters were used.")
        return text[:LONGEST_TEXT].strip()

    def facet(self, facet: Facet) -> tuple[str, ...]:
        values = self.texts(facet.name)
        found = []
        known = self.terms.known(facet, [v for v in values if v != NOT_STATED])
        for value in values:
            slug = NOT_STATED if value == NOT_STATED else known.get(value)
            if slug is None:
                self.notice(
                    facet.name,
                    value,
                    f"We do not know the {facet.label.lower()} “{value[:60]}”.",
                )
            else:
                found.append(slug)
        return _tidy(found)

    def number(self, name: str, low: int, high: int, example: str) -> int | None:
        text = self.one(name)
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
            return int(text)
        self.notice(
            name, text, f"“{text[:60]}” is not {_article(name)}: give {example}."
        )
        return None

    def flag(self, name: str) -> bool:
        text = self.one(name).lower()
        if text in YES:
            return True
        if text not in NO:
            self.notice(name, text, f"“{name}” is on with 1 and off without it.")
        return False

    def pay(self) -> dict[str, Any]:
        per = self.one("per").lower()
        if per and per not in PER:
            self.notice("per", per, "Pay is asked per year or per hour.")
            per = ""
        text = self.one("pay")
        amount = _amount(text) if text else None
        if text and amount is None:
            self.notice(
                "pay",
                text,
                f"“{text[:60]}” is not pay: give dollars, such as 60000.",
            )
        if amount is None:
            return {"pay": None, "per": per or Period.YEAR.value}
        # 28 can only be meant by the hour, as nobody is paid that a year.
        per = per or (Period.HOUR.value if amount < 1000 else Period.YEAR.value)
        return {"pay": amount, "per": per}

    def place(self) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        state = self.one("state")
        if state:
            code = self.terms.state(state)
            if code:
                asked["state"] = code
            else:
                self.notice("state", state, f"We do not know the state “{state[:60]}”.")
        within = self.number(
            "within", 1, FURTHEST_MILES, f"miles from 1 to {FURTHEST_MILES}"
        )
        near = self.one("near")
        if not near:
            return asked
        place = self.terms.near(near)
        if place:
            return asked | {"near": place, "within": within or WITHIN_MILES}
        code = self.terms.state(near)
        if code:
            return {"state": code} | asked
        self.notice(
            "near",
            near,
            f"We do not know the place “{near[:60]}”. "
            "Give a city with its state, or a ZIP code.",
        )
        return asked

    def wallet(self) -> dict[str, Any]:
        holds = self.held()
        fit = self.one("fit").lower()
        if fit and fit not in list(Fit):
            self.notice("fit", fit, "“fit” is one of now, apprentice and short.")
            fit = ""
        if fit and not holds:
            self.notice(
                "fit", fit, "Say what you hold first: holds=CPC, or holds=none."
            )
            fit = ""
        return {"holds": holds, "fit": fit, "adding": self.adding(holds, fit)}

    def held(self) -> tuple[str, ...]:
        """The wallet. That it is empty is taken back by any credential in it."""
        values = self.texts("holds")
        held = []
        for value in values:
            if value.lower() == NONE_HELD:
                continue
            slug = self.terms.credential(value)
            if slug:
                held.append(slug)
            else:
                self.notice(
                    "holds", value, f"We do not know the credential “{value[:60]}”."
                )
        if not held and any(value.lower() == NONE_HELD for value in values):
            return (NONE_HELD,)
        return _tidy(held)

    def adding(self, holds: tuple[str, ...], fit: str) -> str:
        """The one credential that would do, for what a wallet is one short of."""
        value = self.one("adding")
        if not value:
            return ""
        slug = self.terms.credential(value)
        shown = value[:60]
        if slug is None:
            self.notice("adding", value, f"We do not know the credential “{shown}”.")
        elif slug in holds:
            self.notice("adding", value, f"You hold {slug} already: add another.")
        elif fit != Fit.SHORT:
            self.notice(
                "adding",
                value,
                f"“{shown} would do” asks about listings that you are one credential "
                "short of: it needs what you hold, and fit=short.",
            )
        else:
            return slug
        return ""

    def sort(self, *, has_place: bool) -> str:
        sort = self.one("sort").lower()
        if sort and sort not in SORTS:
            self.notice("sort", sort, f"Sort by one of {', '.join(SORTS)}.")
            return ""
        if sort == "nearest" and not has_place:
            self.notice(
                "sort", sort, "Nearest needs a place: give a city or a ZIP code."
            )
            return ""
        return sort

    def unknown_parameters(self) -> None:
        for name in self.query:
            if name not in PARAMETERS and name != "page" and not TRACKING.match(name):
                self.notice(
                    cleaned(name)[:60], "", f"We do not know “{cleaned(name)[:60]}”."
                )


def parse(query: Mapping[str, Sequence[str]], terms: Terms) -> Question:
    """Read a query string (parameter to its values). Never raises on input."""
    return _Parser(query, terms).question()


def cleaned(value: str) -> str:
    """Without control characters and lone surrogates, white space folded."""
    text = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(text.encode("utf-8", "ignore").decode().split())


def _amount(text: str) -> Decimal | None:
    """Dollars from "60000", "$60,000", "60k" or "28.50"; None for anything else."""
    found = re.fullmatch(r"\$?\s*([0-9][0-9,]*(?:\.[0-9]{1,2})?)\s*([kK]?)", text)
    if not found:
        return None
    try:
        amount = Decimal(found[1].replace(",", ""))
    except InvalidOperation:
        return None
    if found[2]:
        amount *= 1000
    return amount if 0 < amount <= MOST_PAY else None


def _article(name: str) -> str:
    return {
        "experience": "a number of months",
        "posted": "a number of days",
        "within": "a distance",
        "page": "a page",
    }[name]
