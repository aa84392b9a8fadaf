"""One listing as a feed gives it, the same for every format."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ..presentation.text import description_html
from ..reading.facts import Facts
from . import values
from .values import FeedPlace

#: The longest text that is taken: some thirty printed pages.
LONGEST_DESCRIPTION = 100_000
LONGEST_TITLE = 200
LONGEST_EMPLOYER = 200
LONGEST_ID = 200
LONGEST_REQUISITION = 100

#: A heading and its text, as HTML, plain text or a list of items.
Section = tuple[str, Any]


class FeedError(Exception):
    """The feed cannot be read, or not to its end; the message says why."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the feed as a whole that whoever imports it should know.

    ``is_part``: the feed says itself that it does not hold all that is open.
    """

    text: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be a listing.

    ``external_id`` is empty where it is not known. ``is_unread`` means that its id
    could not be read either, so that any listing of the source may be meant.
    """

    where: str
    reason: str
    external_id: str = ""
    is_unread: bool = False

    def __str__(self) -> str:
        name = f" ({self.external_id})" if self.external_id else ""
        return f"{self.where}{name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """A listing of a feed, cleaned: plain text is plain, HTML is sanitised.

    ``stated`` are the facts of the feed's own fields, which win over its text.
    ``notes`` say what was left out and why.
    """

    where: str
    external_id: str
    title: str
    employer: str
    description: str
    employer_website: str = ""
    places: tuple[FeedPlace, ...] = ()
    apply_url: str = ""
    apply_email: str = ""
    source_url: str = ""
    requisition: str = ""
    posted_at: datetime | None = None
    closes_at: datetime | None = None
    stated: Facts = field(default_factory=Facts)
    notes: tuple[str, ...] = ()

    def digest(self, reader: str) -> str:
        """What the record says and what reads it, in 64 characters."""
        said = replace(self, where="", notes=())
        return hashlib.sha256(f"{reader}\n{said!r}".encode()).hexdigest()


@dataclass(slots=True)
class Draft:
    """What a format found of one listing, as it stands in the feed."""

    where: str
    external_id: Any = ""
    title: Any = ""
    employer: Any = ""
    sections: Sequence[Section] = ()
    employer_website: Any = ""
    places: Sequence[FeedPlace] = ()
    apply_url: Any = ""
    apply_email: Any = ""
    source_url: Any = ""
    requisition: Any = ""
    posted: Any = ""
    closes: Any = ""
    stated: Facts = field(default_factory=Facts)
    notes: list[str] = field(default_factory=list)


def record_of(draft: Draft) -> FeedRecord | BadRecord:
    """The draft cleaned and checked, or the reason why it cannot be a listing."""
    notes = list(draft.notes)
    title = _cut(values.words(draft.title), LONGEST_TITLE, "title", notes)
    employer = _cut(values.words(draft.employer), LONGEST_EMPLOYER, "employer", notes)
    source_url = values.link(draft.source_url, "page", notes)
    places = tuple(dict.fromkeys(draft.places))
    external_id = _identity(
        values.words(draft.external_id), source_url, title, employer, places
    )
    sections = [(heading, values.text(given)) for heading, given in draft.sections]
    size = sum(len(written) for _, written in sections)
    if size > LONGEST_DESCRIPTION:
        reason = (
            f"The description has {size:,} characters; "
            f"the most is {LONGEST_DESCRIPTION:,}."
        )
        return BadRecord(draft.where, reason, external_id)
    description = _description(sections)
    named = {"title": title, "employer": employer, "description": description}
    if missing := [name for name, value in named.items() if not value]:
        reason = f"It has no {' and no '.join(missing)}."
        return BadRecord(draft.where, reason, external_id)
    return FeedRecord(
        where=draft.where,
        external_id=external_id,
        title=title,
        employer=employer,
        description=description,
        employer_website=_website(draft.employer_website),
        places=places,
        apply_url=values.link(draft.apply_url, "apply link", notes) or source_url,
        apply_email=values.email(draft.apply_email),
        source_url=source_url,
        requisition=_cut(
            values.words(draft.requisition), LONGEST_REQUISITION, "requisition", notes
        ),
        posted_at=values.moment(draft.posted, "date posted", notes),
        closes_at=values.moment(draft.closes, "closing date", notes, ends=True),
        stated=draft.stated,
        notes=tuple(notes),
    )


def _identity(
    given: str, url: str, title: str, employer: str, places: tuple[FeedPlace, ...]
) -> str:
    """The id by which the next import knows the listing again; empty if nothing can."""
    if given and len(given) <= LONGEST_ID:
        return given
    name = given or url
    if name and len(name) <= LONGEST_ID:
        return name
    if not name and not title:
        return ""
    told = name or repr((title.casefold(), employer.casefold(), places))
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


def _cut(value: str, longest: int, name: str, notes: list[str]) -> str:
    if len(value) <= longest:
        return value
    notes.append(f"{name} cut to {longest} characters")
    return value[: longest - 1].rstrip() + "…"


def _website(value: Any) -> str:
    address = values.link(value, "website", [])
    return address if len(address) <= LONGEST_EMPLOYER else ""


_TAG = re.compile(r"<[^>]*>")
_A_WORD = re.compile(r"(?:<[^>]*>|\s)*[^<\s]")


def _description(sections: Iterable[tuple[str, str]]) -> str:
    """The sections under their headings; what an earlier one says is not repeated."""
    parts: list[str] = []
    said: list[str] = []
    for heading, written in sections:
        html = str(description_html(written))
        if not _A_WORD.match(html):
            continue
        if said and _plain(html) in " ".join(map(_plain, said)):
            continue
        said.append(html)
        parts += [f"<h3>{heading}</h3>", html] if heading else [html]
    return "\n".join(parts)


def _plain(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).split())
