"""Listings and the vocabulary in the admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import moderation
from .listing_admin import CloseListingsBulkAction, ListingsGroup
from .vocabulary_admin import VocabularyViewSetGroup

hooks.register("register_log_actions", moderation.register_log_actions)
hooks.register("register_bulk_action", CloseListingsBulkAction)
register_snippet(ListingsGroup)
register_snippet(VocabularyViewSetGroup)
