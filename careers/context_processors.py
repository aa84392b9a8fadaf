"""What every template may say."""

import time
from functools import lru_cache

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

#: A name that another process changed is seen here after so many seconds at most.
RECHECK_SECONDS = 10.0
#: Addresses whose site is remembered; outsiders may come with any.
MOST_ADDRESSES = 50


def site_name(request):
    """The site's name as editors set it."""

    def name():
        hostname, _ = split_domain_port(request.get_host())
        moment = time.time() // RECHECK_SECONDS
        return _name_at(hostname, request.get_port(), moment)

    return {"site_name": SimpleLazyObject(name)}


@lru_cache(maxsize=MOST_ADDRESSES)
def _name_at(hostname, port, _moment):
    """The name of the site at an address, for as long as the moment is the same.

    Wagtail asks the database for it at every request.
    """
    try:
        site = get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return settings.WAGTAIL_SITE_NAME
    return site.site_name or settings.WAGTAIL_SITE_NAME


@receiver([post_save, post_delete], sender=Site)
def forget(**event):
    """Read anew at the next page; called when this process changes a site."""
    _name_at.cache_clear()
