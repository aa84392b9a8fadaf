"""What every template may say."""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from wagtail.models import Page, Site
from wagtail.models.sites import get_site_for_hostname
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from careers.pathways.models import SiteSettings

#: What another process changed is seen here after so many seconds at most.
RECHECK_SECONDS = 10.0
#: Addresses whose site is remembered; outsiders may come with any.
MOST_ADDRESSES = 50


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    #: The page's slug, by which a page says that it stands in this part.
    part: str = ""


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What editors say on every page."""

    name: str
    menu: tuple[Link, ...] = ()
    footer_links: tuple[Link, ...] = ()
    footer_text: str = ""
    contact_email: str = ""
    banner: str = ""
    banner_link: str = ""


def site_name(request):
    """The site's name and the words around every page, as editors set them."""

    def words():
        hostname, _ = split_domain_port(request.get_host())
        moment = time.time() // RECHECK_SECONDS
        return _words_at(hostname, request.get_port(), moment)

    found = SimpleLazyObject(words)
    return {"site": found, "site_name": SimpleLazyObject(lambda: found.name)}


@lru_cache(maxsize=MOST_ADDRESSES)
def _words_at(hostname, port, _moment):
    """The words of the site at an address, for as long as the moment is the same.

    Wagtail asks the database for each of them at every request.
    """
    try:
        site = get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return SiteWords(settings.WAGTAIL_SITE_NAME)
    words = SiteSettings.objects.filter(site=site).first() or SiteSettings()
    menu = Page.objects.child_of(site.root_page).live().in_menu().order_by("path")
    return SiteWords(
        name=site.site_name or settings.WAGTAIL_SITE_NAME,
        menu=tuple(
            Link(getattr(page, "menu_title", "") or page.title, page.url, page.slug)
            for page in menu.specific()
        ),
        footer_links=tuple(_footer_links(words)),
        footer_text=words.footer_text,
        contact_email=words.contact_email,
        banner=words.banner,
        banner_link=words.banner_link,
    )


def _footer_links(words):
    for link in words.footer_links:
        page = link.value["page"]
        if page and page.live:
            yield Link(link.value["label"] or page.title, page.url)


@receiver([post_save, post_delete], sender=Site)
@receiver([post_save, post_delete], sender=SiteSettings)
@receiver([page_published, page_unpublished, page_slug_changed])
def forget(**event):
    """Read anew at the next page; called when this process changes the words."""
    _words_at.cache_clear()
