from django.urls import path

from . import views

urlpatterns = [
    path("employers/", views.employers, name="employers"),
    path("employers/<slug:slug>/", views.employer, name="employer"),
]
