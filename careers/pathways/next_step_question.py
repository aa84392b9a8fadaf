"""What a person tells "My next step", read off an address and printed to one.

Parsing never fails: what is unknown or broken is left out with a `Notice`, in the words
of the search of listings, whose parameters these are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from careers.jobs.criteria import (
    EVERYTHING,
    PARAMETERS,
    TRACKING,
    JobCriteria,
    Notice,
    Terms,
    cleaned,
)
from careers.jobs.criteria import parse as parse_criteria
from careers.jobs.eligibility import RemoteStatus
from careers.jobs.facets import BY_NAME

REACH = ("holds", "state", "remote", "experience")
#: One field takes several credentials: "CPC, CRC".
BETWEEN_CREDENTIALS = re.compile(r"[,;\s]+")

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class StepQuestion:
    """``reach`` is what the search of listings asks of a wallet, a state, a remote wish
    and months of experience; ``role`` is the role a person has now, "" if unsaid."""

    reach: JobCriteria = EVERYTHING
    role: str = ""
    notices: tuple[Notice, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """The canonical (parameter, value) pairs; equal questions print alike."""
        role = [("role", self.role)] if self.role else []
        return [*role, *self.reach.pairs()]

    def query_string(self) -> str:
        return urlencode(self.pairs())


def parse(query: Query, terms: Terms) -> StepQuestion:
    """Read a query string (parameter to its values). Never raises on input."""
    notices: list[Notice] = []
    role = _role(query.get("role", ()), terms, notices)
    asked = {
        "holds": _apart(query.get("holds", ())),
        "state": query.get("state", ()),
        "remote": _remote(query.get("remote", ()), notices),
        "experience": query.get("experience", ()),
    }
    found = parse_criteria(asked, terms)
    notices += [*found.notices, *_strangers(query)]
    return StepQuestion(found.criteria, role, tuple(notices))


def _apart(values: Iterable[str]) -> list[str]:
    return [part for value in values for part in BETWEEN_CREDENTIALS.split(value)]


def _role(values: Iterable[str], terms: Terms, notices: list[Notice]) -> str:
    typed = [text for value in values if (text := cleaned(value))]
    if not typed:
        return ""
    value = typed[-1]
    slug = terms.known(BY_NAME["role"], [value]).get(value, "")
    if not slug:
        message = f"We do not know the role “{value[:60]}”."
        notices.append(Notice("role", value[:200], message))
    return slug


def _remote(values: Iterable[str], notices: list[Notice]) -> list[str]:
    """The wish is remote work or none at all."""
    typed = [text for value in values if (text := cleaned(value).lower())]
    for value in typed:
        if value != RemoteStatus.REMOTE:
            message = f"Here one can ask for remote work only, not for “{value[:60]}”."
            notices.append(Notice("remote", value[:200], message))
    return [RemoteStatus.REMOTE] if RemoteStatus.REMOTE in typed else []


def _strangers(query: Query) -> Iterable[Notice]:
    for name in query:
        if name in ("role", *REACH) or TRACKING.match(name):
            continue
        shown = cleaned(name)[:60]
        if name in PARAMETERS:
            message = f"“{shown}” is asked in the search of listings, not here."
        else:
            message = f"We do not know “{shown}”."
        yield Notice(shown, "", message)
