from django.urls import path

from . import health, site_search, suggest_views, views
from .api import api

urlpatterns = [
    path("jobs/", views.results, name="results"),
    path("jobs/suggest", suggest_views.suggestions, name="suggest"),
    path(
        "jobs/remote/",
        views.landing,
        {"parameter": "remote", "slug": "remote"},
        name="landing-remote",
    ),
    path("jobs/<slug:parameter>/<slug:slug>/", views.landing, name="landing"),
    path("search/", site_search.site_search, name="site-search"),
    path("api/v1/", api.urls),
    path("health/", health.health, name="health"),
]
