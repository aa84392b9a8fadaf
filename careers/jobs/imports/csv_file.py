"""A table with a header line: commas, semicolons, tabs or bars between its cells."""

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..pay import PostedPay
from ..reading.facts import Facts, Read, StatesRead
from ..reading.pay import parse_pay
from . import values
from .record import BadRecord, Draft, FeedError, FeedRecord, Remark, record_of

#: The names of each column, the first one as we would write it.
COLUMNS = {
    "title": ("title", "job_title", "position"),
    "company": ("company", "employer", "organization", "hiring_organization"),
    "company_url": ("company_url", "website", "employer_url", "company_website"),
    "city": ("city",),
    "state": ("state", "region"),
    "zip": ("zip", "zip_code", "zipcode", "postal_code", "postalcode"),
    "country": ("country",),
    "location": ("location", "place"),
    "description": ("description", "job_description", "text", "body"),
    "id": ("id", "external_id", "referencenumber", "reference_number", "job_id"),
    "requisition": ("requisition", "requisition_id", "requisitionid"),
    "url": ("url", "link", "job_url"),
    "apply_url": ("apply_url", "application_url"),
    "apply_email": ("apply_email", "email"),
    "date": ("date", "date_posted", "posted", "posted_at", "dateposted"),
    "closes": (
        "closes", "closing_date", "close_date", "expires", "expiration_date",
        "expirationdate", "valid_through", "validthrough",
    ),
    "salary": ("salary", "pay", "compensation"),
    "salary_min": ("salary_min", "min_salary", "pay_min", "pay_minimum", "minimum"),
    "salary_max": ("salary_max", "max_salary", "pay_max", "pay_maximum", "maximum"),
    "salary_period": ("salary_period", "pay_period", "period", "unit", "salary_unit"),
    "currency": ("currency", "salary_currency"),
    "employment_type": ("employment_type", "employment", "jobtype", "job_type"),
    "remote": ("remote", "remotetype", "remote_type", "remote_status"),
    "states": ("states", "hires_from", "states_hired_from"),
    "experience": ("experience", "experience_required"),
    "experience_months": ("experience_months", "months_of_experience"),
    "education": ("education",),
    "qualifications": ("qualifications", "requirements"),
    "benefits": ("benefits",),
    "schedule": ("schedule", "work_hours"),
}  # fmt: skip
NEEDED = ("title", "company", "description")
LONGEST_LINE = 20_000_000
_COLUMN_OF = {name: column for column, names in COLUMNS.items() for name in names}

Item = FeedRecord | BadRecord | Remark


def read(stream: BinaryIO) -> Iterator[Item]:
    """Raises FeedError at the end of what can be read of a broken file."""
    lines = _Lines(stream)
    unread = iter(lines)
    header = next((line for line in unread if line.strip()), "")
    delimiter = max(",;\t|", key=header.count)
    names = [_folded(cell) for cell in next(csv.reader([header], delimiter=delimiter))]
    columns = [_COLUMN_OF.get(name, "") for name in names]
    if missing := [name for name in NEEDED if name not in columns]:
        raise FeedError(
            f"The header has no column {' and no '.join(missing)}. "
            f"It has: {', '.join(filter(None, names)) or 'none'}."
        )
    unknown = [n for n, column in zip(names, columns, strict=True) if n and not column]
    if unknown:
        yield Remark(f"Columns that are not known were left out: {', '.join(unknown)}.")
    yield from _rows(
        csv.reader(unread, delimiter=delimiter, strict=True), columns, lines
    )
    if lines.recoded:
        yield Remark(
            f"{lines.recoded:,} lines are not UTF-8 and were read as Windows-1252, "
            f"the first of them line {lines.first_recoded}."
        )


def _folded(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


class _Lines:
    """The lines as text, whatever the encoding of each; knows where it is."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0
        self.recoded = 0
        self.first_recoded = 0
        self.ends_whole = True

    def __iter__(self) -> Iterator[str]:
        start = self._stream.readline(LONGEST_LINE)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise FeedError("The file is in UTF-16. Save it as CSV UTF-8.")
        line = start.removeprefix(codecs.BOM_UTF8)
        while line:
            self.number += 1
            self.ends_whole = line.endswith(b"\n")
            yield self._text(line)
            line = self._stream.readline(LONGEST_LINE)

    def _text(self, line: bytes) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.recoded += 1
            self.first_recoded = self.first_recoded or self.number
            return line.decode("cp1252", errors="replace")


def _rows(
    rows: Iterator[list[str]], columns: list[str], lines: _Lines
) -> Iterator[Item]:
    is_short = False
    while True:
        began = lines.number + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            if lines.number < began or "end of data" in str(error):
                raise FeedError(
                    f"The file breaks off in line {began}: {error}."
                ) from error
            yield BadRecord(
                _where(began), f"It cannot be read: {error}.", is_unread=True
            )
            continue
        if row is None:
            break
        if not any(map(str.strip, row)):
            continue
        is_short = len(row) < len(columns)
        if len(row) > len(columns):
            reason = f"It has {len(row)} cells under {len(columns)} columns."
            yield BadRecord(_where(began), reason, is_unread=True)
            continue
        yield _record(_where(began), columns, row)
    if is_short and not lines.ends_whole:
        raise FeedError("The last line breaks off.")


def _where(line: int) -> str:
    return f"line {line}"


def _record(where: str, columns: list[str], row: list[str]) -> FeedRecord | BadRecord:
    cells: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=False):
        if column and cell.strip():
            cells.setdefault(column, cell.strip())

    def given(*names: str) -> str:
        return values.first(cells.get(name, "") for name in names)

    if not values.is_united_states(given("country")):
        reason = "Its place is outside the United States."
        return BadRecord(where, reason, values.words(given("id")))
    notes: list[str] = []
    return record_of(
        Draft(
            where,
            external_id=given("id", "requisition"),
            title=given("title"),
            employer=given("company"),
            sections=[
                ("", given("description")),
                ("Qualifications", given("qualifications")),
                ("Experience", given("experience")),
                ("Education", given("education")),
            ],
            employer_website=given("company_url"),
            places=_places(given, notes),
            apply_url=given("apply_url", "url"),
            apply_email=given("apply_email"),
            source_url=given("url"),
            requisition=given("requisition", "id"),
            posted=given("date"),
            closes=given("closes"),
            stated=_stated(given, notes),
            notes=notes,
        )
    )


def _places(given: Callable[..., str], notes: list[str]) -> list[values.FeedPlace]:
    place = values.place(given("city"), given("state"), given("zip"))
    if place:
        return [place]
    written = given("location")
    parts = [values.place_of(part) for part in re.split(r"[;|]", written)]
    if written and not any(parts) and not values.says_remote(written):
        notes.append("place left out: not a city with its state, or a ZIP code")
    return [part for part in parts if part]


def _stated(given: Callable[..., str], notes: list[str]) -> Facts:
    months = values.months(given("experience_months", "experience"))
    education = values.words(given("education"))
    benefits = values.words(given("benefits"))
    schedule = values.words(given("schedule"))
    return Facts(
        pay=_pay(given, notes),
        remote=_remote(given, notes),
        states=_states(given("states"), notes),
        experience_months=None if months is None else _read(months, "experience"),
        education=_read(education, "education") if education else None,
        employment=values.employment(
            given("employment_type"), "employment_type of the feed", notes
        ),
        benefits=_read(benefits, "benefits") if benefits else None,
        schedule=_read(schedule, "schedule") if schedule else None,
    )


def _read[T](value: T, column: str) -> Read[T]:
    return Read(value, f"{column} of the feed")


def _remote(given: Callable[..., str], notes: list[str]) -> Read[str] | None:
    stated = values.remote(given("remote"), "remote of the feed", notes)
    if stated is None and values.says_remote(given("location", "city")):
        return _read("remote", "location")
    return stated


def _states(listed: str, notes: list[str]) -> Read[StatesRead] | None:
    """The column lists the states that applicants may live in."""
    codes = {name: values.state(name) for name in values.lines(listed)}
    notes += [f"state “{name[:40]}” is not known" for name, c in codes.items() if not c]
    found = tuple(sorted(set(filter(None, codes.values()))))
    return _read(StatesRead("allow", found), "states") if found else None


def _pay(given: Callable[..., str], notes: list[str]) -> Read[PostedPay] | None:
    if given("salary_min", "salary_max"):
        low, high = given("salary_min"), given("salary_max")
        unit, currency = given("salary_period"), given("currency")
        pay = values.posted_pay(low, high, unit, currency, notes)
        return _read(pay, "salary_min and salary_max") if pay else None
    written = given("salary")[:200]
    if not written:
        return None
    period = given("salary_period")
    if period and values.amount(written) is not None:
        pay = values.posted_pay(written, written, period, given("currency"), notes)
    else:
        pay = parse_pay(f"{written} {given('currency')} {period}".strip())
        if pay is None:
            notes.append("pay left out: it is not one range with a period")
    return _read(pay, "salary") if pay else None
