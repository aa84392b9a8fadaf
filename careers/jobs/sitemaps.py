"""Open listings for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models.functions import Coalesce

from .models import JobListing


class ListingSitemap(Sitemap):
    limit = 50_000

    def items(self):
        return (
            JobListing.objects.live()
            .only("pk", "title", "posted_at", "last_published_at")
            .annotate(changed_at=Coalesce("last_published_at", "posted_at"))
            .order_by("pk")
        )

    def lastmod(self, listing):
        return listing.changed_at
