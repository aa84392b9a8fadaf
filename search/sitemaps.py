"""Landing pages for search engines: those that hold listings now."""

from django.contrib.sitemaps import Sitemap
from django.db.models import F, Func, Max
from django.db.models.functions import Coalesce

from careers.jobs.models import JobListing

from . import landings

#: Landing parameter to the array of a listing that holds its values.
COLUMNS = {
    "role": "roles",
    "setting": "settings",
    "credential": "credentials",
    "state": "hires_from",
}


class LandingSitemap(Sitemap):
    def items(self):
        """(landing, last change of its listings), for landings with listings."""
        changed = _changed()
        return [
            (landing, changed[landing.parameter, landing.value])
            for landing in landings.every()
            if (landing.parameter, landing.value) in changed
        ]

    def location(self, item):
        return item[0].url

    def lastmod(self, item):
        return item[1]


def _changed():
    """(parameter, value) to the last change among its open listings."""
    live = JobListing.objects.live().order_by()
    last = Max(Coalesce("last_published_at", "posted_at"))
    found = {}
    for parameter, column in COLUMNS.items():
        rows = (
            live.annotate(value=Func(F(column), function="unnest"))
            .values("value")
            .annotate(last=last)
        )
        found |= {(parameter, row["value"]): row["last"] for row in rows}
    remote = live.filter(remote="remote").aggregate(last=last)["last"]
    return found | ({("remote", "remote"): remote} if remote else {})
