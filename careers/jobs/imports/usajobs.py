"""A file of USAJOBS search results.

https://developer.usajobs.gov/api-reference/get-api-search: the announcements stand at
``SearchResult.SearchResultItems[].MatchedObjectDescriptor``.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson
from ijson.common import ObjectBuilder

from ..eligibility import RemoteStatus
from ..pay import PostedPay
from ..reading.facts import Facts, Read
from . import values
from .record import BadRecord, Draft, FeedError, FeedRecord, Remark, Section, record_of

_ITEMS = "SearchResult.SearchResultItems"
_COUNT_OF_ALL = "SearchResult.SearchResultCountAll"
_ENDS = frozenset({"end_map", "start_array", "end_array"})

#: Headings over the parts of an announcement, in the order in which people read them.
_DETAILS = (
    ("", "JobSummary"),
    ("Duties", "MajorDuties"),
    ("Requirements", "Requirements"),
    ("Conditions of employment", "KeyRequirements"),
    ("Qualifications", "QualificationSummary"),
    ("Education", "Education"),
    ("Additional information", "OtherInformation"),
    ("Benefits", "Benefits"),
    ("How you will be evaluated", "Evaluations"),
    ("Required documents", "RequiredDocuments"),
)


def read(stream: BinaryIO) -> Iterator[FeedRecord | BadRecord | Remark]:
    """Raises FeedError at the end of what can be read of a broken file."""
    number, total = 0, 0
    for item in _items(stream):
        if isinstance(item, _Total):
            total = item
            continue
        number += 1
        yield _record(f"record {number}", item)
    if number < total:
        text = f"The file holds {number:,} of {total:,} results: a page of them."
        yield Remark(text, is_part=True)
    if not number:
        yield Remark(f"No announcement stands at {_ITEMS}.")


class _Total(int):
    """How many results the search has, as the file says."""


def _items(stream: BinaryIO) -> Iterator[Any]:
    """Every announcement, and the total if the file names it. Flat in memory."""
    builder = None
    try:
        for prefix, event, value in ijson.parse(stream):
            if builder is not None:
                builder.event(event, value)
                if prefix == f"{_ITEMS}.item" and event == "end_map":
                    yield builder.value
                    builder = None
            elif prefix == f"{_ITEMS}.item" and event == "start_map":
                builder = ObjectBuilder()
                builder.event(event, value)
            elif prefix == f"{_ITEMS}.item" and event not in _ENDS:
                yield value
            elif prefix == _COUNT_OF_ALL and isinstance(value, int):
                yield _Total(value)
    except ijson.JSONError as error:
        raise FeedError(f"The JSON breaks off or is broken: {error}") from error


def _record(where: str, item: Any) -> FeedRecord | BadRecord:
    found = (
        item.get("MatchedObjectDescriptor", item) if isinstance(item, dict) else None
    )
    if not isinstance(found, dict):
        return BadRecord(where, "It is not an announcement.", is_unread=True)
    area = found.get("UserArea")
    details = area.get("Details") if isinstance(area, dict) else None
    details = details if isinstance(details, dict) else {}
    notes: list[str] = []
    return record_of(
        Draft(
            where,
            external_id=item.get("MatchedObjectId") or found.get("PositionID"),
            title=found.get("PositionTitle"),
            employer=values.first(
                map(found.get, ("OrganizationName", "DepartmentName"))
            ),
            sections=_sections(found, details),
            places=_places(found.get("PositionLocation"), notes),
            apply_url=values.first(map(found.get, ("ApplyURI", "PositionURI"))),
            source_url=found.get("PositionURI"),
            requisition=found.get("PositionID"),
            posted=values.first(
                map(found.get, ("PublicationStartDate", "PositionStartDate"))
            ),
            closes=values.first(
                map(found.get, ("ApplicationCloseDate", "PositionEndDate"))
            ),
            stated=_stated(found, details, notes),
            notes=notes,
        )
    )


def _sections(found: dict[str, Any], details: dict[str, Any]) -> list[Section]:
    return [
        (heading, values.first((details.get(name), found.get(name))))
        for heading, name in _DETAILS
    ]


def _places(locations: Any, notes: list[str]) -> list[values.FeedPlace]:
    places = []
    for location in _objects(locations):
        if not values.is_united_states(location.get("CountryCode")):
            notes.append("place left out: outside the United States")
            continue
        named = location.get("CityName") or location.get("LocationName")
        place = values.place(named, location.get("CountrySubDivisionCode"), "")
        places += [place] if place else []
    return places


def _stated(found: dict[str, Any], details: dict[str, Any], notes: list[str]) -> Facts:
    pay = _pay(found.get("PositionRemuneration"), notes)
    grades = _objects(found.get("JobGrade"))
    scale = values.words(grades[0].get("Code")) if grades else ""
    return Facts(
        pay=pay,
        pay_basis=Read("grade", "JobGrade of the feed") if pay and scale else None,
        remote=_remote(details),
        employment=_employment(found),
    )


def _pay(remunerations: Any, notes: list[str]) -> Read[PostedPay] | None:
    for pay in _objects(remunerations)[:1]:
        unit = pay.get("RateIntervalCode")
        if not values.period(unit):
            unit = pay.get("Description") or unit
        posted = values.posted_pay(
            pay.get("MinimumRange"), pay.get("MaximumRange"), unit, "", notes
        )
        if posted:
            return Read(posted, "PositionRemuneration of the feed")
    return None


def _remote(details: dict[str, Any]) -> Read[str] | None:
    """Being eligible for telework says neither hybrid nor remote."""
    indicator = _truth(details.get("RemoteIndicator"))
    if indicator:
        return Read(str(RemoteStatus.REMOTE), "RemoteIndicator of the feed")
    if indicator is False and _truth(details.get("TeleworkEligible")) is False:
        return Read(str(RemoteStatus.ONSITE), "TeleworkEligible of the feed")
    return None


def _truth(value: Any) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())


def _employment(found: dict[str, Any]) -> tuple[Read[str], ...]:
    """Of offerings and schedules, what names a kind of employment we know."""
    kinds: dict[str, Read[str]] = {}
    for name in ("PositionSchedule", "PositionOfferingType"):
        for part in _objects(found.get(name)):
            for read in values.employment(part.get("Name"), f"{name} of the feed", []):
                kinds.setdefault(read.value, read)
    return tuple(kinds.values())


def _objects(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [part for part in listed if isinstance(part, dict)]
