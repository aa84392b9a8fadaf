from django.urls import path

from . import feeds, views

urlpatterns = [
    path("pathways/next/", views.next_step, name="next-step"),
    path("guides/feed/", feeds.GuidesFeed(), name="guides-feed"),
    path(
        "link-card/<int:pk>-<slug:fingerprint>.png", views.link_card, name="link-card"
    ),
]
