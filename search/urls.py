from django.urls import path

from . import views
from .api import api

urlpatterns = [
    path("jobs/", views.results, name="results"),
    path(
        "jobs/remote/",
        views.landing,
        {"parameter": "remote", "slug": "remote"},
        name="landing-remote",
    ),
    path("jobs/<slug:parameter>/<slug:slug>/", views.landing, name="landing"),
    path("api/v1/", api.urls),
]
