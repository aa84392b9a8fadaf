"""JobPosting in JSON-LD: a page, a JSON array, one JSON object, or JSON Lines.

https://schema.org/JobPosting, as job boards and employers publish it.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import ijson
from ijson.common import ObjectBuilder
from lxml import etree

from ..eligibility import RemoteStatus
from ..pay import PostedPay
from ..reading.facts import Facts, Read, StatesRead
from ..reading.pay import parse_pay
from . import values
from .record import BadRecord, Draft, FeedError, FeedRecord, Remark, Section, record_of

#: A page is read whole, so it has a limit; files of JSON are streamed and have none.
LARGEST_PAGE = 20_000_000
LONGEST_LINE = 20_000_000
_DEEPEST = 6
_UTF8_MARK = b"\xef\xbb\xbf"

Item = FeedRecord | BadRecord | Remark


def read(stream: BinaryIO) -> Iterator[Item]:
    """Raises FeedError at the end of what can be read of a broken file."""
    lines = _Lines(stream)
    start = lines.first.lstrip()
    if start.startswith(b"<"):
        yield from _page(lines.rest())
    elif start.startswith(b"{") and _is_json_lines(lines):
        yield from _json_lines(lines)
    elif start.startswith((b"[", b"{")):
        yield from _document(lines)
    elif not start:
        raise FeedError("The file is empty.")
    else:
        raise FeedError("This is neither JSON nor a page: it begins with other text.")


class _Lines:
    """A stream of lines that can be looked at two lines ahead, and read on as bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0
        self.skipped = 0
        self.first = self._next_line().removeprefix(_UTF8_MARK)
        while self.first and not self.first.strip():
            self.skipped += 1
            self.first = self._next_line()
        self.second = self._next_line() if self.first else b""
        while self.second and not self.second.strip():
            self.second = self._next_line()
        self._ahead = self.first + self.second

    def _next_line(self) -> bytes:
        return self._stream.readline(LONGEST_LINE)

    def read(self, size: int = -1) -> bytes:
        if not self._ahead:
            return self._stream.read(size)
        part = self._ahead if size < 0 else self._ahead[:size]
        self._ahead = self._ahead[len(part) :]
        return part + self._stream.read() if size < 0 else part

    def rest(self) -> bytes:
        page = b""
        while part := self.read(1_000_000):
            page += part
            if len(page) > LARGEST_PAGE:
                raise FeedError(f"The page is larger than {LARGEST_PAGE:,} bytes.")
        return page

    def __iter__(self) -> Iterator[bytes]:
        yield self.first
        if self.second:
            yield self.second
        while line := self._next_line():
            yield line


def _is_json_lines(lines: _Lines) -> bool:
    """An object a line; a single object of several lines never has "{" next."""
    if lines.second.startswith(b"{"):
        return True
    return not lines.second and _parsed(lines.first) is not None


def _parsed(source: bytes | str) -> Any:
    """The JSON value, or None where it is broken."""
    try:
        return json.loads(source, strict=False, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


# The four shapes


def _json_lines(lines: _Lines) -> Iterator[Item]:
    is_broken, line = False, b""
    for number, line in enumerate(lines, start=1 + lines.skipped):
        if not line.strip():
            continue
        value = _parsed(line)
        is_broken = value is None
        if is_broken:
            reason = "The line is not JSON, or it is too long."
            yield BadRecord(f"line {number}", reason, is_unread=True)
            continue
        postings = list(_postings(value))
        if not postings:
            yield BadRecord(f"line {number}", "It holds no JobPosting.")
        for posting in postings:
            yield _record(f"line {number}", posting)
    if is_broken and not line.endswith(b"\n"):
        raise FeedError("The last line breaks off.")


def _document(stream: Any) -> Iterator[Item]:
    number = 0
    try:
        for value in _values(stream):
            postings = list(_postings(value))
            if not postings and not isinstance(value, dict):
                number += 1
                yield BadRecord(f"record {number}", "It is no JobPosting.")
            for posting in postings:
                number += 1
                yield _record(f"record {number}", posting)
    except ijson.JSONError as error:
        raise FeedError(f"The JSON breaks off or is broken: {error}") from error
    if not number:
        yield Remark("The file holds no JobPosting.")


_STREAMED = frozenset({"item", "@graph.item", "itemListElement.item"})


def _values(stream: Any) -> Iterator[Any]:
    """The items of a list or a graph one by one, then the object around them."""
    outer, inner, inside = ObjectBuilder(), None, ""
    for prefix, event, value in ijson.parse(stream):
        if inner is not None:
            inner.event(event, value)
            if prefix == inside and event in {"end_map", "end_array"}:
                yield inner.value
                inner = None
        elif prefix in _STREAMED and event in {"start_map", "start_array"}:
            inner, inside = ObjectBuilder(), prefix
            inner.event(event, value)
        elif prefix in _STREAMED:
            yield value
        else:
            outer.event(event, value)
    if isinstance(getattr(outer, "value", None), dict):
        yield outer.value


_SCRIPT_EDGES = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$"
)


def _page(page: bytes) -> Iterator[Item]:
    number = 0
    for script in _scripts(page):
        value = _parsed(_SCRIPT_EDGES.sub("", script).strip())
        if value is None:
            number += 1
            reason = "The JSON-LD of the page is broken."
            yield BadRecord(f"record {number}", reason, is_unread=True)
        for posting in _postings(value):
            number += 1
            yield _record(f"record {number}", posting)
    if not number:
        yield Remark("The page holds no JobPosting.")
    folded = page.lower()
    if b"<html" in folded and b"</html" not in folded[-2_000:]:
        raise FeedError("The page breaks off before </html>.")


def _scripts(page: bytes) -> Iterator[str]:
    encoding = "utf-8" if _is_utf8(page) else None
    parser = etree.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(page, parser)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"The page cannot be read: {error}") from error
    for script in tree.iter("script") if tree is not None else ():
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        if kind == "application/ld+json":
            yield script.text or ""


def _is_utf8(page: bytes) -> bool:
    try:
        page.decode()
    except UnicodeDecodeError:
        return False
    return True


def _postings(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Every JobPosting in a value, however it is wrapped."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _postings(part, depth + 1)
    elif isinstance(value, dict):
        if _is_posting(value):
            yield value
            return
        for part in value.values():
            if isinstance(part, dict | list):
                yield from _postings(part, depth + 1)


def _is_posting(value: dict[str, Any]) -> bool:
    kinds = value.get("@type")
    if kinds is None:
        return "title" in value and "hiringOrganization" in value
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(re.split(r"[/:#]", str(kind))[-1] == "JobPosting" for kind in named)


# One posting


def _record(where: str, posting: dict[str, Any]) -> FeedRecord | BadRecord:
    notes: list[str] = []
    employer = posting.get("hiringOrganization")
    places, is_abroad = _places(posting.get("jobLocation"), notes)
    identifier = values.words(_identifier(posting.get("identifier")))
    url = values.first((posting.get("url"), _address(posting.get("@id"))))
    if is_abroad:
        return BadRecord(where, "Its place is outside the United States.", identifier)
    return record_of(
        Draft(
            where,
            external_id=identifier,
            title=posting.get("title") or posting.get("name"),
            employer=employer,
            sections=_sections(posting),
            employer_website=_of(employer, "sameAs") or _of(employer, "url"),
            places=places,
            apply_url=url,
            apply_email=_of(posting.get("applicationContact"), "email"),
            source_url=url,
            requisition=identifier,
            posted=posting.get("datePosted"),
            closes=posting.get("validThrough"),
            stated=_stated(posting, notes),
            notes=notes,
        )
    )


def _of(value: Any, name: str) -> Any:
    if isinstance(value, list):
        value = values.first(value)
    return value.get(name, "") if isinstance(value, dict) else ""


def _identifier(value: Any) -> Any:
    return (
        _of(value, "value") or _of(value, "@id") if isinstance(value, dict) else value
    )


def _address(value: Any) -> str:
    return value if isinstance(value, str) and value.startswith("http") else ""


def _sections(posting: dict[str, Any]) -> list[Section]:
    experience = posting.get("experienceRequirements")
    return [
        ("", posting.get("description")),
        ("Responsibilities", posting.get("responsibilities")),
        ("Qualifications", posting.get("qualifications")),
        ("Skills", posting.get("skills")),
        ("Experience", experience if isinstance(experience, str | list) else ""),
        ("Incentive compensation", posting.get("incentiveCompensation")),
    ]


def _objects(value: Any) -> list[Any]:
    return value[:200] if isinstance(value, list) else [value] if value else []


def _places(locations: Any, notes: list[str]) -> tuple[list[values.FeedPlace], bool]:
    """The places, and whether all that are named lie outside the country."""
    places: list[values.FeedPlace] = []
    at_home = abroad = 0
    for location in _objects(locations):
        address = _of(location, "address") or location
        if isinstance(address, list):
            address = values.first(address)
        if isinstance(address, str):
            place = values.place_of(address)
        elif values.is_united_states(_of(address, "addressCountry")):
            place = values.place(
                _of(address, "addressLocality"),
                _of(address, "addressRegion"),
                _of(address, "postalCode"),
            )
        else:
            abroad += 1
            notes.append("place left out: outside the United States")
            continue
        at_home += 1
        places += [place] if place else []
    return places, bool(abroad and not at_home)


def _stated(posting: dict[str, Any], notes: list[str]) -> Facts:
    schedule = values.words(posting.get("workHours"))
    benefits = values.words(values.first(map(posting.get, ("jobBenefits", "benefits"))))
    return Facts(
        pay=_pay(posting, notes),
        remote=_remote(posting),
        states=_states(posting.get("applicantLocationRequirements"), notes),
        experience_months=_experience(posting.get("experienceRequirements"), notes),
        education=_education(posting.get("educationRequirements")),
        employment=values.employment(
            posting.get("employmentType"), "employmentType of the feed", notes
        ),
        schedule=Read(schedule, "workHours of the feed") if schedule else None,
        benefits=Read(benefits, "jobBenefits of the feed") if benefits else None,
    )


def _remote(posting: dict[str, Any]) -> Read[str] | None:
    kinds = {
        values.line(kind).upper() for kind in _objects(posting.get("jobLocationType"))
    }
    if "TELECOMMUTE" in kinds:
        return Read(str(RemoteStatus.REMOTE), "jobLocationType of the feed")
    return None


def _states(required: Any, notes: list[str]) -> Read[StatesRead] | None:
    """An allow-list. A country says who may work, not which states are served."""
    codes = set()
    for place in _objects(required):
        named = values.line(place)
        code = values.state(named)
        if code:
            codes.add(code)
        elif not values.is_united_states(named):
            notes.append(f"“{named[:40]}” is not a state applicants may live in")
    if not codes:
        return None
    listed = StatesRead("allow", tuple(sorted(codes)))
    return Read(listed, "applicantLocationRequirements of the feed")


def _experience(required: Any, notes: list[str]) -> Read[int] | None:
    given = _of(required, "monthsOfExperience") if isinstance(required, dict) else ""
    months = values.months(given if given != "" else required)
    if months is None:
        if given not in ("", None):
            notes.append("months of experience left out: not a number of months")
        return None
    return Read(months, "experienceRequirements of the feed")


_EDUCATION = {
    "high school": "High school diploma or equivalent",
    "associate degree": "Associate degree",
    "bachelor degree": "Bachelor's degree",
    "professional certificate": "Professional certificate",
    "postgraduate degree": "Postgraduate degree",
}


def _education(required: Any) -> Read[str] | None:
    """Several categories mean that any of them will do."""
    named = [
        values.line(_of(one, "credentialCategory") if isinstance(one, dict) else one)
        for one in _objects(required)
    ]
    labels = [
        _EDUCATION.get(name.lower(), name)
        for name in named
        if name and _letters_only(name) not in {"norequirements", "none"}
    ]
    if not labels:
        return None
    return Read(" or ".join(dict.fromkeys(labels)), "educationRequirements of the feed")


def _letters_only(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _pay(posting: dict[str, Any], notes: list[str]) -> Read[PostedPay] | None:
    """Only what is posted: an `estimatedSalary` is somebody's guess."""
    salary = values.first(_objects(posting.get("baseSalary")))
    if not salary:
        return None
    currency = _of(salary, "currency") or posting.get("salaryCurrency", "")
    if isinstance(salary, str) and not values.amount(salary):
        pay = parse_pay(salary[:200])
        if pay is None:
            notes.append("pay left out: it is not one range with a period")
    else:
        pay = _pay_of(salary, currency, notes)
    return Read(pay, "baseSalary of the feed") if pay else None


def _pay_of(salary: Any, currency: Any, notes: list[str]) -> PostedPay | None:
    quantity = _of(salary, "value") if isinstance(salary, dict) else salary
    if isinstance(quantity, list):
        quantity = values.first(quantity)
    if not isinstance(quantity, dict):
        around = salary if isinstance(salary, dict) else {}
        quantity = {**around, "value": quantity}
    single = quantity.get("value")
    low = values.first((quantity.get("minValue"), quantity.get("minPrice"), single))
    high = values.first((quantity.get("maxValue"), quantity.get("maxPrice"), single))
    unit = values.first(
        (
            quantity.get("unitText"),
            quantity.get("unitCode"),
            _of(salary, "unitText"),
            _of(salary, "duration"),
        )
    )
    return values.posted_pay(low, high, unit, currency, notes)
