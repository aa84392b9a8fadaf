"""Listings and the vocabulary in the admin."""

from django.urls import path, reverse

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import moderation
from .import_admin import ICON, ImportMenuItem, ImportView
from .listing_admin import CloseListingsBulkAction, ListingsGroup
from .vocabulary_admin import VocabularyViewSetGroup

hooks.register("register_log_actions", moderation.register_log_actions)
hooks.register("register_bulk_action", CloseListingsBulkAction)
register_snippet(ListingsGroup)
register_snippet(VocabularyViewSetGroup)


@hooks.register("register_admin_urls")
def import_urls():
    return [path("import-listings/", ImportView.as_view(), name="import_listings")]


@hooks.register("register_admin_menu_item")
def import_menu_item():
    return ImportMenuItem(
        "Import listings", reverse("import_listings"), icon_name=ICON, order=250
    )
