"""Facets, each declared once: parsing, conditions, counts, panels and the API follow.

A facet takes several values; any of them may match, and different facets must all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .eligibility import RemoteStatus

#: The value that asks for listings which do not state the fact.
NOT_STATED = "not-stated"
#: The value of listings that say they ask for no credential.
NONE_ASKED = "none-asked"


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that can be chosen.

    ``name`` is the query parameter and the key in the API; ``column`` the field of
    `JobListing` that holds the slugs (``is_array`` tells of how many);
    ``vocabulary`` the mapping of `Vocabulary` that knows the words, or "" where
    ``labels`` are fixed or the value is an employer.
    """

    name: str
    label: str
    column: str
    is_array: bool = True
    vocabulary: str = ""
    labels: Mapping[str, str] | None = None
    unstated_label: str = "Not stated"


EMPLOYMENT_LABELS = {
    "full-time": "Full time",
    "part-time": "Part time",
    "per-diem": "PRN or per diem",
    "contract": "Contract",
    "contract-w2": "Contract, W-2",
    "contract-1099": "Contract, 1099",
    "temporary": "Temporary",
    "temp-to-hire": "Temp to hire",
    "internship": "Internship or apprenticeship",
    "seasonal": "Seasonal",
}

REMOTE_LABELS = {
    RemoteStatus.REMOTE.value: "Remote",
    RemoteStatus.HYBRID.value: "Hybrid",
    RemoteStatus.ONSITE.value: "On site",
}

FACETS = (
    Facet("role", "Role", "roles", vocabulary="roles"),
    Facet("setting", "Setting", "settings", vocabulary="settings"),
    Facet("remote", "Where you work", "remote", is_array=False, labels=REMOTE_LABELS),
    Facet(
        "credential",
        "Credential named",
        "credentials",
        vocabulary="credentials",
        labels={NONE_ASKED: "None asked"},
    ),
    Facet("specialty", "Specialty", "specialties", vocabulary="specialties"),
    Facet("software", "Software", "software", vocabulary="software"),
    Facet("codeset", "Code set", "codesets", vocabulary="codesets"),
    Facet("employment", "Employment", "employment", labels=EMPLOYMENT_LABELS),
    Facet("employer", "Employer", "employer__slug", is_array=False),
)
BY_NAME = {facet.name: facet for facet in FACETS}
