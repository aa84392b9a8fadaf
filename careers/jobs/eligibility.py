"""Where a listing hires from: the states an applicant may live in.

Four kinds of statement, and silence is one of them. An allow-list and a deny-list
resolve to a set of states; "no limit, and the employer says so" resolves to all of
them; *not stated* resolves to none and never means "anywhere".
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

#: The fifty states and the District of Columbia, the places "every state" speaks of.
STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas",
    "CA": "California", "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware",
    "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
    "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
    "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip

#: Territories can be allowed by name; a deny-list never lets them in.
TERRITORIES: dict[str, str] = {
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands",
    "PR": "Puerto Rico", "VI": "U.S. Virgin Islands",
}  # fmt: skip

STATE_NAMES: dict[str, str] = STATES | TERRITORIES


class StatesBasis(StrEnum):
    """What the listing says about the states it hires from."""

    NOT_STATED = ""
    ALLOW = "allow"
    DENY = "deny"
    ANYWHERE = "anywhere"


class RemoteStatus(StrEnum):
    """Where the work is done."""

    NOT_STATED = ""
    ONSITE = "onsite"
    HYBRID = "hybrid"
    REMOTE = "remote"


def hires_from(
    *,
    remote: str,
    basis: str,
    listed: Iterable[str],
    place_states: Collection[str],
) -> tuple[str, ...]:
    """The states a listing hires from, as sorted codes; empty where not stated.

    A statement about states always wins. Without one, work that is on site, hybrid
    or of unstated kind hires where its places are; remote work says nothing.
    """
    named = set(listed)
    if basis == StatesBasis.ALLOW:
        return tuple(sorted(named))
    if basis == StatesBasis.DENY:
        return tuple(sorted(STATES.keys() - named))
    if basis == StatesBasis.ANYWHERE:
        return tuple(sorted(STATES))
    if remote == RemoteStatus.REMOTE:
        return ()
    return tuple(sorted(set(place_states)))
