"""Single values as feeds write them: text, dates, money, places, kinds of work.

Feeds come from outside: every value may have any type and any length. A value that
cannot be understood is left out with a note, never guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

import nh3

from ..eligibility import TERRITORIES, RemoteStatus
from ..pay import Period, PostedPay
from ..places import state_code
from ..reading.facts import Read

LONGEST_URL = 500
#: Of a value that should be a line, no more than this is looked at.
LONGEST_LINE = 5_000

# Text

#: Control characters, lone surrogates, and marks that turn or hide what people read.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_ESCAPED_MARKUP = re.compile(
    r"&lt;/?(?:p|br|ul|ol|li|div|span|h[1-6]|b|strong)\b", re.I
)
_MARKUP = re.compile(r"<[a-z/!]", re.I)
_TAG_OF_BLOCK = re.compile(r"</?(?:p|br|ul|ol|li|div|h[1-6]|tr)\b", re.I)


def text(value: Any) -> str:
    """A long text, HTML or plain; a list becomes a list of items."""
    if isinstance(value, list | tuple):
        items = [item for item in map(text, value) if item]
        if len(items) < 2:
            return "".join(items)
        return f"<ul>{''.join(f'<li>{_as_html(item)}</li>' for item in items)}</ul>"
    if isinstance(value, dict):
        return text(value.get("name") or value.get("description") or "")
    if not isinstance(value, str):
        return "" if value is None or isinstance(value, bool) else str(value)
    cleaned = _UNSEEN.sub("", value).strip()
    if _ESCAPED_MARKUP.search(cleaned) and not _MARKUP.search(cleaned):
        return unescape(cleaned)
    return cleaned


def _as_html(item: str) -> str:
    return item if _MARKUP.search(item) else escape(item)


def words(value: Any) -> str:
    """One line of plain text; of a list the first, of an object its name or value."""
    if isinstance(value, list | tuple):
        return next(filter(None, map(words, value)), "")
    if isinstance(value, dict):
        keys = ("name", "value", "@value", "@id")
        return next(filter(None, (words(value.get(key)) for key in keys)), "")
    if not isinstance(value, str):
        return "" if value is None or isinstance(value, bool) else str(value)
    line = _UNSEEN.sub("", value)
    if "&" in line:
        line = unescape(line)
    if _MARKUP.search(line):
        line = _TAG_OF_BLOCK.sub(lambda tag: f" {tag[0]}", line)
        line = unescape(nh3.clean(line, tags=set()))
    return " ".join(_UNSEEN.sub("", line).split())


def line(value: Any) -> str:
    """`words` of a value that is looked up or parsed, kept short."""
    if isinstance(value, str):
        value = value[:LONGEST_LINE]
    return words(value)


def lines(value: Any, *, between: str = "[,;|]") -> list[str]:
    """Several values in one: a list, or a line with signs between them."""
    if isinstance(value, list | tuple):
        return [part for item in value[:200] for part in lines(item, between=between)]
    written = _SCHEMA_ORG.sub("", line(value))
    return [part.strip() for part in re.split(between, written) if part.strip()]


_SCHEMA_ORG = re.compile(r"https?://schema\.org/", re.I)
_SCHEME = re.compile(r"https?://", re.I)


def link(value: Any, name: str, notes: list[str]) -> str:
    """An http or https address, or nothing and a note."""
    address = line(value)
    if not address:
        return ""
    if len(address) > LONGEST_URL:
        notes.append(f"{name} left out: longer than {LONGEST_URL} characters")
        return ""
    if not _is_web_address(address):
        notes.append(f"{name} left out: not an http or https address")
        return ""
    return address


def _is_web_address(address: str) -> bool:
    if not _SCHEME.match(address) or re.search(r"[\s<>\"\\^`{|}]", address):
        return False
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.I | re.A)


def email(value: Any) -> str:
    address = line(value).removeprefix("mailto:")
    return address if _EMAIL.fullmatch(address) else ""


# Dates

_FORMS = (
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%Y/%m/%d",
)
_LAST_SECOND = time(23, 59, 59)
_YEARS = range(2000, 2100)


def moment(
    value: Any, name: str, notes: list[str], *, ends: bool = False
) -> datetime | None:
    """A date or a time in UTC.

    A date without a time, or at a midnight without an offset, is the whole day: it
    begins at 00:00 and, where it ``ends`` something, ends at 23:59:59.
    """
    written = line(value)
    if not written:
        return None
    found = _moment(written)
    if found is None or found.year not in _YEARS:
        notes.append(f"{name} left out: not a date")
        return None
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    if ends and found.time() == time():
        found = datetime.combine(found, _LAST_SECOND)
    return found.replace(tzinfo=UTC)


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return datetime.strptime(written, form)  # noqa: DTZ007
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(written)
    except ValueError:
        return None


# Money

#: No work of this field pays less or more in a year; a figure beyond has a wrong unit.
_BELIEVED_A_YEAR = Decimal(1_000), Decimal(5_000_000)
_MOST = Decimal(100_000_000)
_AMOUNT = re.compile(r"\$?\s*(-?\d[\d,]*(?:\.\d+)?)\s*(k)?", re.I)

_PERIODS = {
    Period.HOUR: "hour hours hourly hr hrs h hur ph perhour anhour phour",
    Period.DAY: "day days daily pd perday aday diem perdiem",
    Period.WEEK: "week weeks weekly wk wee pw perweek aweek",
    Period.MONTH: "month months monthly mo mon pm permonth amonth",
    Period.YEAR: "year years yearly yr y ann annual annually annum pa peryear perannum"
    " ayear",
    Period.CHART: "chart perchart record perrecord encounter perencounter",
}
_PERIOD_OF = {
    spelling: period
    for period, spellings in _PERIODS.items()
    for spelling in spellings.split()
}


def amount(value: Any) -> Decimal | None:
    """A number, or a string such as "45,000", "$45,000.00" or "45k"."""
    if isinstance(value, bool) or value is None:
        return None
    if not isinstance(value, str):
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        return number if number.is_finite() else None
    found = _AMOUNT.fullmatch(line(value))
    if not found:
        return None
    number = Decimal(found[1].replace(",", ""))
    return number * 1000 if found[2] else number


def period(value: Any) -> str:
    """The pay period that a unit names: "HOUR", "Per Year", "PA"; empty if none."""
    return _PERIOD_OF.get(_letters(line(value)), "")


def _letters(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written.lower())


def posted_pay(
    low: Any, high: Any, unit: Any, currency: Any, notes: list[str]
) -> PostedPay | None:
    """A posted range; None, with a note where it says something that cannot stand."""
    pay, fault = _posted_pay(low, high, unit, currency)
    if fault:
        notes.append(f"pay left out: {fault}")
    return pay


def _posted_pay(
    low: Any, high: Any, unit: Any, currency: Any
) -> tuple[PostedPay | None, str]:
    minimum, maximum = amount(low), amount(high)
    if not (line(low) or line(high)) or minimum == maximum == 0:
        return None, ""
    if fault := _fault(minimum, maximum, line(currency)):
        return None, fault
    per = period(unit)
    if not per:
        named = line(unit)[:40]
        return None, f"the unit “{named}” is not known" if named else "it has no unit"
    pay = PostedPay(_cents(minimum), _cents(maximum), per)
    if not _is_believable(pay):
        return None, "the figure does not go with its unit"
    return pay, ""


def _fault(minimum: Decimal | None, maximum: Decimal | None, currency: str) -> str:
    if currency and currency.upper() not in {"USD", "US$", "$", "USDOLLAR"}:
        return "it is not in US dollars"
    if minimum is None or maximum is None:
        return "it has only one end of a range, or no number"
    if minimum < 0 or maximum < 0:
        return "it is negative"
    if minimum > maximum:
        return "the lowest figure is above the highest"
    if minimum == 0:
        return "the lowest figure is 0"
    return "" if maximum < _MOST else "the figure is too large"


def _cents(number: Decimal | None) -> Decimal:
    return (number or Decimal(0)).quantize(Decimal("0.01"))


def _is_believable(pay: PostedPay) -> bool:
    if pay.period == Period.CHART:
        return True
    assert pay.yearly is not None  # noqa: S101 - every other period converts
    least, most = _BELIEVED_A_YEAR
    return least <= pay.yearly[0] and pay.yearly[1] <= most


# Kinds of work

_EMPLOYMENT = {
    "full-time": "fulltime ft full permanentfulltime",
    "part-time": "parttime pt part jobsharing",
    "per-diem": "perdiem prn asneeded",
    "contract-w2": "contractw2 w2contract w2",
    "contract-1099": "contract1099 1099contract 1099 independentcontractor",
    "contract": "contractor contract contracting freelance",
    "temporary": "temporary temp term",
    "temp-to-hire": "temptohire contracttohire temptoperm",
    "internship": "intern internship internships apprenticeship apprentice externship",
    "seasonal": "seasonal summer",
}
_EMPLOYMENT_OF = {
    spelling: kind
    for kind, spellings in _EMPLOYMENT.items()
    for spelling in spellings.split()
}
#: They say nothing that a listing holds.
_SAYS_NOTHING = {
    "other",
    "permanent",
    "regular",
    "multipleschedules",
    "shiftwork",
    "any",
}


def employment(value: Any, source: str, notes: list[str]) -> tuple[Read[str], ...]:
    """The kinds of employment that a field names, each once."""
    found: dict[str, Read[str]] = {}
    for named in lines(value, between=r"[,;|/]"):
        letters = _letters(named)
        kind = _EMPLOYMENT_OF.get(letters)
        if kind:
            found.setdefault(kind, Read(kind, source))
        elif letters not in _SAYS_NOTHING:
            notes.append(f"employment “{named[:40]}” is not known")
    return tuple(found.values())


_REMOTE_WORDS = (
    ("hybrid", RemoteStatus.HYBRID),
    ("onsite", RemoteStatus.ONSITE),
    ("inperson", RemoteStatus.ONSITE),
    ("inoffice", RemoteStatus.ONSITE),
    ("notremote", RemoteStatus.ONSITE),
)
_FULLY_REMOTE = {
    "remote", "fullyremote", "100remote", "yes", "true", "1", "telecommute",
    "workfromhome", "wfh", "homebased", "virtual", "telework", "remotework",
}  # fmt: skip
_REMOTE_UNSTATED = {"no", "false", "0", "none", "n", ""}


def remote(value: Any, source: str, notes: list[str]) -> Read[str] | None:
    """The remote status that a field of its own states.

    "No" denies remote work and leaves open whether it is hybrid: nothing is stated.
    """
    named = str(value).lower() if isinstance(value, bool) else line(value)
    letters = _letters(named)
    for word, status in _REMOTE_WORDS:
        if word in letters:
            return Read(str(status), source)
    if letters in _FULLY_REMOTE:
        return Read(str(RemoteStatus.REMOTE), source)
    if letters not in _REMOTE_UNSTATED:
        notes.append(f"remote status “{named[:40]}” is not known")
    return None


_SPAN = re.compile(
    r"(\d{1,2})(?:\.0)?\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*\+?\s*)?"
    r"(years?|yrs?|months?|mos?)\b",
    re.I,
)
_NO_EXPERIENCE = re.compile(
    r"(?:none|no requirements?|no (?:prior |previous )?experience(?: (?:required|needed"
    r"|necessary))?|not required)\.?",
    re.I,
)
MOST_MONTHS = 600


def months(value: Any) -> int | None:
    """Months of experience: a number, "2+ years", "1-3 years" (the least), "none"."""
    number = amount(value)
    if number is not None:
        return int(number) if 0 <= number <= MOST_MONTHS else None
    written = line(value)
    if _NO_EXPERIENCE.fullmatch(written):
        return 0
    found = _SPAN.search(written) if len(written) <= 80 else None
    if not found:
        return None
    return int(found[1]) * (12 if found[2].lower().startswith("y") else 1)


# Places


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """A place in the United States as a feed names it; parts may be empty."""

    city: str = ""
    state: str = ""
    zip: str = ""


_UNITED_STATES = frozenset(
    " us usa unitedstates unitedstatesofamerica theunitedstates america".split(" ")
)
_COUNTRY_END = re.compile(
    r"[,\s]+(?:USA?|U\.S\.A?\.?|United States(?: of America)?)$", re.I
)
_ZIP = re.compile(r"\b(\d{5})(?:-?\d{4})?$")
_LONGEST_CITY = 80
_NO_CITY = re.compile(
    r"\b(?:remote|anywhere|multiple locations|various|negotiable)\b", re.I
)


def state(value: Any) -> str:
    """The code of a state or territory: "OH", "Ohio", "Ohio, USA", "US-OH"; or ""."""
    return state_code(line(value)[:_LONGEST_CITY].strip(" .")) or ""


def is_united_states(value: Any) -> bool:
    """True for the United States, its territories, and where no country is named."""
    named = line(value)
    return _letters(named) in _UNITED_STATES or state(named) in TERRITORIES


def place(city: Any, region: Any, postcode: Any) -> FeedPlace | None:
    """A place from its parts; None where no state and no ZIP code is named."""
    found = _ZIP.search(line(postcode))
    named, _, behind = (part.strip() for part in line(city).partition(","))
    # "Phoenix, Arizona" may stand in the field of the city.
    code = state(region) or state(behind)
    is_city = not _NO_CITY.search(named) and len(named) <= _LONGEST_CITY
    if not (code or found):
        return None
    return FeedPlace(named if is_city else "", code, found[1] if found else "")


def place_of(value: Any) -> FeedPlace | None:
    """A place from one line: "Columbus, OH 43215", "Columbus, Ohio", "43215"."""
    written = _COUNTRY_END.sub("", line(value))
    found = _ZIP.search(written)
    if found:
        written = written[: found.start()].rstrip(" ,")
    if state(written):
        return place("", written, found[1] if found else "")
    city, _, region = written.rpartition("," if "," in written else " ")
    return place(city, region, found[1] if found else "")


def says_remote(value: Any) -> bool:
    """A field of the place that names no place but "Remote"."""
    return bool(re.match(r"(?:fully |100% )?remote\b", line(value), re.I))


def first(values: Iterable[Any]) -> Any:
    """The first value that is not empty, else ""."""
    return next((value for value in values if value not in (None, "", [], {})), "")
