"""Employers by name: found, or made where they are new, many at a time."""

import hashlib
from collections.abc import Mapping

from django.db import connection
from django.utils.text import slugify

from ..models import Employer

#: The database folds case, so that what is equal here is equal to its constraint.
_BY_NAME = """
    SELECT given.name, employer.id
    FROM unnest(%s::text[]) AS given(name)
    JOIN jobs_employer AS employer ON LOWER(employer.name) = LOWER(given.name)
"""
LONGEST_SLUG = 120


def find_or_create(websites: Mapping[str, str]) -> dict[str, int]:
    """The ids of employers by name; ``websites`` has a website or "" for each name."""
    found = _find(list(websites))
    missing = [name for name in websites if name not in found]
    if not missing:
        return found
    # Another import may take a slug at the same time: then the second round differs.
    for _ in range(2):
        Employer.objects.bulk_create(_new(missing, websites), ignore_conflicts=True)
        found |= _find(missing)
        missing = [name for name in missing if name not in found]
        if not missing:
            break
    return found


def _new(names, websites):
    taken = set(
        Employer.objects.filter(slug__in=[_slug(name) for name in names]).values_list(
            "slug", flat=True
        )
    )
    for name in names:
        slug = _slug(name)
        yield Employer(
            name=name,
            slug=_other_slug(name) if slug in taken else slug,
            website=websites[name],
            is_confidential=name.casefold().startswith("confidential"),
        )
        taken.add(slug)


def _find(names):
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, [names])
        return dict(cursor.fetchall())


def _slug(name):
    letters = slugify(name).replace("_", "-")
    parts = [part for part in letters.split("-") if part]
    return "-".join(parts)[: LONGEST_SLUG - 10].strip("-") or "employer"


def _other_slug(name):
    """A slug for a name whose own is taken: "acme-3f2b9c01", the same every time."""
    return f"{_slug(name)}-{hashlib.sha256(name.lower().encode()).hexdigest()[:8]}"
