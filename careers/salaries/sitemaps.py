"""Pages of pay for search engines: those with enough ranges behind them."""

from django.contrib.sitemaps import Sitemap

from . import landings


class PaySitemap(Sitemap):
    def items(self):
        return list(landings.indexable())

    def location(self, item):
        return item[0].url

    def lastmod(self, item):
        return item[1]
