"""Reads a file of official wages as the US Bureau of Labor Statistics publishes them.

OEWS, one line an occupation and area. A line that cannot be read is told with its
number and what would mend it; the others are kept.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from careers.jobs.places import state_code
from careers.jobs.vocabulary_files import Row, Wage

from .models.official import NATION, PERCENTILES

COLUMNS = (
    "soc", "occupation", "area_type", "area_code", "area_name", "industry_code",
    "employment", "hourly_mean", "hourly_p10", "hourly_p25", "hourly_median",
    "hourly_p75", "hourly_p90", "annual_mean", "annual_p10", "annual_p25",
    "annual_median", "annual_p75", "annual_p90",
)  # fmt: skip

#: Not released, or not paid in that unit; "#" is above the highest wage published,
#: which is a bound and no figure.
NOT_PUBLISHED = frozenset({"", "-", "*", "**", "#", "~"})
EVERY_INDUSTRY = "000000"
SOC = re.compile(r"\d{2}-\d{4}")
METRO_AREA = re.compile(r"00\d{5}")
OTHER_AREA = re.compile(r"\d{7}")
LONGEST_NAME = 120
MOST = {"annual": Decimal(2_000_000_000), "hourly": Decimal("99999.99")}


class UnreadableFileError(Exception):
    """The file as a whole is not of this form; the message says what would mend it."""


class BadLineError(Exception):
    """A line that is wrong; the message says what would mend it."""


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    message: str

    def __str__(self) -> str:
        return f"Line {self.number}: {self.message}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A good line that no page asks for: one industry, or outside of any city."""

    number: int


def read(lines: Iterable[str]) -> Iterator[Wage | LeftOut | BadLine]:
    """What each line after the header says."""
    reader = csv.DictReader(lines)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableFileError(
            f"The header lacks {', '.join(missing)}. The first line must name the "
            "columns as OEWS files do."
        )
    seen: dict[tuple[str, str], int] = {}
    try:
        for row in reader:
            yield _line(row, reader.line_num, seen)
    except csv.Error as error:
        raise UnreadableFileError(
            f"After line {reader.line_num}: {error}. Save the file as CSV again."
        ) from error


def _line(
    row: Row, number: int, seen: dict[tuple[str, str], int]
) -> Wage | LeftOut | BadLine:
    try:
        wage = _wage(row)
    except BadLineError as error:
        return BadLine(number, str(error))
    if wage is None:
        return LeftOut(number)
    first = seen.setdefault((wage.soc, wage.area), number)
    if first != number:
        return BadLine(
            number,
            f"{wage.soc} in {wage.area_name} stands in line {first} already; "
            "keep one of the two.",
        )
    return wage


def _wage(row: Row) -> Wage | None:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if None in row or any(row[name] is None for name in COLUMNS):
        raise BadLineError(
            "it has more or fewer cells than the header; put text that holds a comma "
            "in quotes."
        )
    if not SOC.fullmatch(cells["soc"]):
        raise BadLineError(
            f"soc “{cells['soc']}” is no occupation; write it as 29-2072."
        )
    for name in ("occupation", "area_name"):
        if not 0 < len(cells[name]) <= LONGEST_NAME:
            raise BadLineError(f"{name} must have 1 to {LONGEST_NAME} letters.")
    area = _area(cells)
    if area is None or cells["industry_code"] != EVERY_INDUSTRY:
        return None
    yearly, hourly = _figures(cells, "annual"), _figures(cells, "hourly")
    return Wage(
        soc=cells["soc"],
        occupation=cells["occupation"],
        area=area,
        area_name="United States" if area == NATION else cells["area_name"],
        employment=_whole(_number(cells, "employment", MOST["annual"])),
        yearly_mean=_whole(yearly["mean"]),
        yearly_p10=_whole(yearly["p10"]),
        yearly_p25=_whole(yearly["p25"]),
        yearly_median=_whole(yearly["median"]),
        yearly_p75=_whole(yearly["p75"]),
        yearly_p90=_whole(yearly["p90"]),
        hourly_mean=hourly["mean"],
        hourly_p10=hourly["p10"],
        hourly_p25=hourly["p25"],
        hourly_median=hourly["median"],
        hourly_p75=hourly["p75"],
        hourly_p90=hourly["p90"],
    )


def _area(cells: Row) -> str | None:
    """The area as `OfficialWage` names it; None for one outside of any city."""
    kind, code, name = cells["area_type"], cells["area_code"], cells["area_name"]
    if kind == "N":
        return NATION
    if kind == "S":
        if state := state_code(name):
            return state
        raise BadLineError(f"area_name “{name}” is no state; write its full name.")
    if kind == "M":
        if METRO_AREA.fullmatch(code):
            return code
        if OTHER_AREA.fullmatch(code):
            return None
        raise BadLineError(
            f"area_code “{code}” is no wage area; write its seven digits, with the "
            "zeros in front (0018140)."
        )
    raise BadLineError(
        f"area_type “{kind}” is unknown; write N (nation), S (state) or M "
        "(metropolitan area)."
    )


def _figures(cells: Row, unit: str) -> dict[str, Decimal | None]:
    """The mean and the percentiles per year or per hour, none below the one before."""
    figures = {
        name: _number(cells, f"{unit}_{name}", MOST[unit])
        for name in ("mean", *PERCENTILES)
    }
    given = [
        (name, figure) for name in PERCENTILES if (figure := figures[name]) is not None
    ]
    for (low, less), (high, more) in pairwise(given):
        if less > more:
            raise BadLineError(
                f"{unit}_{low} ({less}) is above {unit}_{high} ({more}); check both."
            )
    return figures


def _number(cells: Row, name: str, most: Decimal) -> Decimal | None:
    cell = cells[name]
    if cell in NOT_PUBLISHED:
        return None
    is_hourly = name.startswith("hourly")
    form = r"\d[\d,]*(\.\d{1,2})?" if is_hourly else r"\d[\d,]*(\.0*)?"
    if not re.fullmatch(form, cell, re.ASCII):
        example = "24.59" if is_hourly else "51140"
        raise BadLineError(
            f"{name} “{cell}” is no number; write it as {example}, or - for not "
            "published."
        )
    number = Decimal(cell.replace(",", ""))
    if not 0 < number <= most:
        raise BadLineError(
            f"{name} {cell} cannot be; write a figure above 0 and at most {most:,}, "
            "or - for not published."
        )
    return number


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)
