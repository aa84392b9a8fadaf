"""The site's addresses, put together from the apps."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from careers import site_map

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *site_map.urlpatterns,
    path("", include("careers.jobs.urls")),
    path("", include("careers.salaries.urls")),
    path("", include("careers.pathways.urls")),
    path("", include("search.urls")),
    path("", include("careers.employers.urls")),
    path("", include(wagtail_urls)),
]
