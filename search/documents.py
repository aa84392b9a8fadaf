"""Listings as documents of the index.

A document is built from the row alone, in the snapshot of the transaction around it,
so that what the index holds is what the database held at one moment.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.models import JobListing, Role

from .index import GROUPS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
#: Stands where a rule has no such group, so that "met" is one look-up.
NO_GROUP = "*"

#: Columns that a document holds as they are.
COPIED = (
    "title",
    "role",
    "roles",
    "settings",
    "remote",
    "credentials",
    "specialties",
    "software",
    "codesets",
    "employment",
    "hires_from",
    "test",
    "accepts_apprentice",
    "experience_months",
)
DUE = tuple(f"due_{n}" for n in GROUPS)
FULL = tuple(f"full_{n}" for n in GROUPS)
READ = (
    "id",
    *COPIED,
    *DUE,
    *FULL,
    "description",
    "places",
    "yearly_maximum",
    "hourly_maximum",
    "posted_at",
    "expire_at",
    "employer__slug",
    "employer__name",
)

Row = dict[str, Any]
Document = dict[str, Any]


def read(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of those listings that belong in the index, in order of their ids.

    A listing that is not given must not stand in the index: it is a draft, closed,
    removed or deleted.
    """
    roles = {
        slug: (name, track)
        for slug, name, track in Role.objects.values_list("slug", "name", "track")
    }
    rows = JobListing.objects.live().filter(pk__in=ids).order_by("pk").values(*READ)
    return (from_row(row, roles) for row in rows.iterator(len(ids) or 1))


def from_row(row: Row, roles: dict[str, tuple[str, str]]) -> Document:
    """A document with its ``id`` and the ``fingerprint`` of everything else in it.

    ``roles`` gives the name and the track of a role by its slug.
    """
    known = [roles[slug] for slug in row["roles"] if slug in roles]
    names = [name for name, _ in known]
    places = row["places"]
    document: Document = {
        column: row[column] for column in COPIED if _said(row[column])
    }
    document |= {
        "text": row["description"],
        "role_names": names,
        "spelling": [row["title"], *names],
        "employer_name": row["employer__name"],
        "employer": row["employer__slug"],
        "tracks": sorted({track for _, track in known}),
        "place_names": sorted({name for place in places for name in _names(place)}),
        "place_states": sorted({p["state"] for p in places if p.get("state")}),
        "places": [
            {"lat": place["latitude"], "lon": place["longitude"]}
            for place in places
            if place.get("latitude") is not None and place.get("longitude") is not None
        ],
        "posted_at": microseconds(row["posted_at"]),
        **{name: row[name] or [NO_GROUP] for name in (*DUE, *FULL)},
        "shared": shared([row[name] for name in DUE]),
    }
    if row["expire_at"] is not None:
        document["expire_at"] = microseconds(row["expire_at"])
    for name in ("yearly_maximum", "hourly_maximum"):
        if row[name] is not None:
            document[name] = cents(row[name])
    written = json.dumps(document, sort_keys=True).encode()
    digest = hashlib.blake2b(written, digest_size=8).hexdigest()
    return {"id": row["id"], "fingerprint": digest, **document}


def _said(value: Any) -> bool:
    return value is not None and value not in ("", [])


def _names(place: dict[str, Any]) -> Iterable[str]:
    if place.get("city"):
        yield place["city"]
    if place.get("state") in STATE_NAMES:
        yield STATE_NAMES[place["state"]]


def microseconds(moment: datetime) -> int:
    """Since 1970, exactly."""
    return (moment - EPOCH) // MICROSECOND


def cents(amount: Decimal) -> int:
    return int(amount * 100)


def shared(groups: Sequence[Sequence[str] | None]) -> list[str]:
    """Which groups of a rule one credential can meet together: "1", "2", "12" …

    A rule lacks one credential when some such set, with the groups that the wallet
    meets, is all of them. So the question becomes a look-up without a script.
    """
    there = [(n, set(group)) for n, group in enumerate(groups, start=1) if group]
    return [
        "".join(str(n) for n, _ in some)
        for size in range(1, len(there) + 1)
        for some in combinations(there, size)
        if set.intersection(*(group for _, group in some))
    ]
