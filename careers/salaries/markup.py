"""The `Occupation` of a page of pay, as search engines read it.

Only figures that stand on the page, and only where the sample suffices.
"""

from typing import Any

from careers.jobs import vocabulary
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.pay import Period
from careers.jobs.structured_data import CONTEXT

from .criteria import PayCriteria
from .explorer import Figures

DURATION = {Period.YEAR: "P1Y", Period.HOUR: "PT1H"}


def occupation(criteria: PayCriteria, figures: Figures) -> dict[str, Any] | None:
    """The markup of one role's posted pay, in one state or the whole country.

    None for other groups, and where too few listings post their pay.
    """
    places = criteria.values("state")
    roles = criteria.values("role")
    is_a_role = set(criteria.asked) <= {"role", "state"} and len(roles) == 1
    if not is_a_role or len(places) > 1 or figures.percentiles is None:
        return None
    role = vocabulary.current().roles.get(roles[0])
    if role is None or not set(places) <= set(STATE_NAMES):
        return None
    p10, p25, median, p75, p90 = (round(value, 2) for value in figures.percentiles)
    return {
        "@context": CONTEXT,
        "@type": "Occupation",
        "name": role.label,
        "description": role.description,
        "occupationalCategory": f"{role.soc_code} {role.soc_title}",
        "occupationLocation": [_place(*places)],
        "estimatedSalary": [
            {
                "@type": "MonetaryAmountDistribution",
                "name": "posted pay",
                "currency": "USD",
                "duration": DURATION[Period(criteria.per)],
                "percentile10": p10,
                "percentile25": p25,
                "median": median,
                "percentile75": p75,
                "percentile90": p90,
            }
        ],
    }


def _place(state: str = "") -> dict[str, Any]:
    if state:
        return {"@type": "State", "name": STATE_NAMES[state]}
    return {"@type": "Country", "name": "US"}
