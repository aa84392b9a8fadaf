"""Whether the site serves, for whoever watches it: `/health/`.

200 while it serves, degraded or not; 503 when the database is down. The breaker is
that of the process that answers. Strangers may read this: no name of a host, no error.
"""

from django.db import Error
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import ask, changes, cluster
from .engines.guarded import ELASTICSEARCH, POSTGRESQL

#: Seconds that a change may wait for the index before somebody should look.
STALE = 60.0


@never_cache
@require_safe
def health(request):
    try:
        waiting = changes.pending()
    except Error:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    search = told_of_search(waiting)
    is_well = not cluster.is_wanted() or (
        search["engine"] == ELASTICSEARCH and waiting.age < STALE
    )
    return JsonResponse(
        {
            "status": "ok" if is_well else "degraded",
            "database": "ok",
            "search": search,
        }
    )


def told_of_search(waiting):
    """Which engine answers now, since when it is not the cluster, what waits for it."""
    guard = ask.guard()
    if guard is None:
        return {"engine": POSTGRESQL}
    guard.look()
    breaker = guard.breaker
    incident = breaker.incident
    return {
        "engine": ELASTICSEARCH if incident is None else POSTGRESQL,
        "breaker": breaker.state,
        "incident": incident and incident.id,
        "since": incident and incident.began_at.isoformat(),
        "pending": waiting.number,
        "oldest_pending_seconds": round(waiting.age, 1),
    }
