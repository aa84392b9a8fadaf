"""What every template may say."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from wagtail.models import Site


def site_name(request):
    """The site's name as editors set it."""

    def name():
        site = Site.find_for_request(request)
        return (site and site.site_name) or settings.WAGTAIL_SITE_NAME

    return {"site_name": SimpleLazyObject(name)}
