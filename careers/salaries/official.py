"""The official wages of a role: what employed people are paid, by area.

US Bureau of Labor Statistics, Occupational Employment and Wage Statistics (OEWS). They
are wages of jobs that are held, of every employer that was asked, before overtime and
bonuses at the end of a year; posted ranges are what employers offer for jobs that are
open. So they stand beside posted pay and are never mixed with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from careers.jobs import vocabulary
from careers.jobs.metros import METROS
from careers.jobs.pay import Period

from .fits import fit
from .models import OfficialWage
from .models.official import NATION

#: The columns of `OfficialWage` by the unit that pay is asked in.
UNITS: Mapping[str, str] = {Period.YEAR: "yearly", Period.HOUR: "hourly"}
FIGURES = ("p10", "p25", "median", "p75", "p90", "mean")


@dataclass(frozen=True, slots=True)
class Official:
    """Dollars per year or per hour of one occupation in one area.

    None is a figure that is not published. ``fit`` says how the occupation fits the
    role; ``is_nearest`` that the role has no occupation of its own.
    """

    soc: str
    occupation: str
    area: str
    area_name: str
    date: str
    per: str
    employment: int | None
    p10: Decimal | None
    p25: Decimal | None
    median: Decimal | None
    p75: Decimal | None
    p90: Decimal | None
    mean: Decimal | None
    fit: str
    is_nearest: bool

    @property
    def is_published(self) -> bool:
        """Whether any wage is; the number of the employed may be there alone."""
        return self.median is not None


def official(
    role: str, *, state: str = "", metro: str = "", per: str = Period.YEAR
) -> Official | None:
    """The wages of a role's occupation in a metropolitan area, a state or the nation.

    ``metro`` is the code of an area and goes before ``state``. One query. None where
    the site holds nothing for the occupation there.
    """
    word = vocabulary.current().roles.get(role)
    if word is None:
        return None
    known = METROS.get(metro)
    if metro and known is None:
        return None
    area = known.wage_area if known else state or NATION
    wage = OfficialWage.objects.filter(soc=_soc(word.soc_code), area=area).first()
    return _answer(role, wage, per) if wage else None


def by_state(role: str, per: str = Period.YEAR) -> dict[str, Decimal]:
    """State to the median of a role's occupation; one query. Not published: absent."""
    word = vocabulary.current().roles.get(role)
    if word is None:
        return {}
    median = f"{UNITS[per]}_median"
    medians = (
        OfficialWage.objects.filter(soc=_soc(word.soc_code), area__regex="^[A-Z]{2}$")
        .exclude(area=NATION)
        .exclude(**{median: None})
        .order_by("area")
        .values_list("area", median)
    )
    return {state: Decimal(value) for state, value in medians}


def _soc(code: str) -> str:
    """The occupation without the detail that O*NET adds: "29-9021.01" is "29-9021"."""
    return code[:7]


def _answer(role: str, wage: OfficialWage, per: str) -> Official:
    fitting = fit(role, wage.soc, wage.occupation)
    figures = {name: getattr(wage, f"{UNITS[per]}_{name}") for name in FIGURES}
    return Official(
        soc=wage.soc,
        occupation=wage.occupation,
        area=wage.area,
        area_name=wage.area_name,
        date=wage.release,
        per=per,
        employment=wage.employment,
        fit=fitting.words,
        is_nearest=fitting.is_nearest,
        **{
            name: None if figure is None else Decimal(figure)
            for name, figure in figures.items()
        },
    )
