"""Names of employers for the filter's list, remembered for a while."""

import time
from collections.abc import Collection

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from careers.jobs.models import Employer

#: A name that another process changed is seen here after so many seconds at most.
RECHECK_SECONDS = 10.0


class _Memory:
    names: dict[str, str] = {}
    kept_until: float = 0.0


def names(slugs: Collection[str]) -> dict[str, str]:
    """Names by slug; one query where some were not asked for lately."""
    now = time.time()
    if now > _Memory.kept_until:
        _Memory.names, _Memory.kept_until = {}, now + RECHECK_SECONDS
    missing = [slug for slug in slugs if slug not in _Memory.names]
    if missing:
        read = Employer.objects.filter(slug__in=missing).values_list("slug", "name")
        _Memory.names = {**_Memory.names, **dict(read)}
    return {slug: _Memory.names[slug] for slug in slugs if slug in _Memory.names}


@receiver([post_save, post_delete], sender=Employer)
def forget(**event) -> None:
    """Read anew at the next page; called when this process changes an employer."""
    _Memory.kept_until = 0.0
