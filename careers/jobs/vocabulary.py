"""The field's vocabulary as one immutable snapshot, for parsing, reading and labels.

`current()` answers from memory. The database counts every change of a vocabulary
table in `jobs_vocabularyversion` (a trigger), so a change made by any process is
seen after at most `RECHECK_SECONDS`, and at once by the process that made it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.apps import apps
from django.db import connection

RECHECK_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Word:
    """One term. ``label`` is for people, ``aliases`` are other spellings of it."""

    slug: str
    label: str
    aliases: tuple[str, ...] = ()
    full_name: str = ""
    kind: str = ""
    track: str = ""
    level: int = 0
    short_name: str = ""
    soc_code: str = ""
    soc_title: str = ""
    description: str = ""

    @property
    def short(self) -> str:
        return self.short_name or self.label


Words = Mapping[str, Word]


@dataclass(frozen=True)
class Vocabulary:
    """Every term by slug, in the order in which lists show them."""

    roles: Words = field(default_factory=dict)
    settings: Words = field(default_factory=dict)
    credentials: Words = field(default_factory=dict)
    specialties: Words = field(default_factory=dict)
    software: Words = field(default_factory=dict)
    codesets: Words = field(default_factory=dict)
    apprentice_forms: Mapping[str, str] = field(default_factory=dict)
    renamed_credentials: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    @cached_property
    def credential_by_folded(self) -> Mapping[str, str]:
        """Slugs by their lower-case form: people type "cpc-a"."""
        return {slug.lower(): slug for slug in self.credentials}

    def credential(self, typed: str) -> str | None:
        """A credential of today as people type it: a former name leads to the new."""
        slug = self.credential_by_folded.get(typed.strip().lower())
        return self.renamed_credentials.get(slug, slug) if slug else None


def load() -> Vocabulary:
    """Read the vocabulary from the database: seven queries."""
    model = apps.get_model

    def words(name: str, **columns: str) -> dict[str, Word]:
        fields = ["slug", "name", "aliases", "description", *columns.values()]
        return {
            row[0]: Word(
                slug=row[0],
                label=row[1],
                aliases=tuple(row[2]),
                description=row[3],
                **dict(zip(columns, row[4:], strict=True)),
            )
            for row in model("jobs", name).objects.values_list(*fields)
        }

    credentials = model("jobs", "Credential").objects
    return Vocabulary(
        roles=words(
            "Role",
            track="track",
            level="level",
            short_name="short_name",
            soc_code="soc_code",
            soc_title="soc_title",
        ),
        settings=words("Setting", kind="kind"),
        credentials=words("Credential", full_name="full_name", kind="body__name"),
        specialties=words("Specialty"),
        software=words("Software", kind="kind"),
        codesets=words("CodeSet"),
        apprentice_forms=dict(
            credentials.exclude(apprentice_of=None).values_list(
                "apprentice_of__slug", "slug"
            )
        ),
        renamed_credentials=dict(
            credentials.exclude(renamed_to=None).values_list("slug", "renamed_to__slug")
        ),
        version=_version(),
    )


def _version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM jobs_vocabularyversion")
        row = cursor.fetchone()
    return row[0] if row else 0


class _Memory:
    snapshot: Vocabulary | None = None
    checked_at: float = 0.0


def current() -> Vocabulary:
    """The vocabulary now, at most `RECHECK_SECONDS` behind another process."""
    now = time.monotonic()
    if _Memory.snapshot is None or now - _Memory.checked_at > RECHECK_SECONDS:
        if _Memory.snapshot is None or _Memory.snapshot.version != _version():
            _Memory.snapshot = load()
        _Memory.checked_at = now
    return _Memory.snapshot


def forget() -> None:
    """Read anew at the next question; called when this process changes a term."""
    _Memory.snapshot = None
