"""Guides as an Atom feed."""

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from wagtail.models import Site

from .models import GuideIndexPage
from .models.guides import newest_guides

NEWEST = 30


class GuidesFeed(Feed):
    feed_type = Atom1Feed

    def get_object(self, request):
        site = Site.find_for_request(request)
        return {"request": request, "name": site.site_name if site else ""}

    def title(self, asked):
        return f"{asked['name']}: guides" if asked["name"] else "Guides"

    def link(self, asked):
        index = GuideIndexPage.objects.live().first()
        return index.get_url(asked["request"]) if index else "/"

    def subtitle(self, asked):
        index = GuideIndexPage.objects.live().first()
        return index.summary if index else ""

    def items(self, asked):
        return newest_guides(NEWEST)

    def item_title(self, guide):
        return guide.title

    def item_description(self, guide):
        return guide.summary

    def item_link(self, guide):
        return guide.url

    def item_pubdate(self, guide):
        return guide.first_published_at

    def item_updateddate(self, guide):
        return guide.last_published_at
