from django.urls import path

from . import views

urlpatterns = [
    path("jobs/<slug:slug>-<int:pk>/", views.listing, name="listing"),
]
