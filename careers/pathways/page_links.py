"""Links inside rich text, without two queries for every paragraph that has one."""

from html import escape

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from wagtail import hooks
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from . import comparison, focus, live, published, role_view
from .models import CredentialPage, Move
from .models.home import FRONT_PAGE


class RememberedPageLinkHandler(PageLinkHandler):
    """Wagtail's own, with the addresses of all published pages read at once."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        urls = published.published().urls
        return [_opening_tag(urls.get(attrs.get("id"))) for attrs in attrs_list]


def _opening_tag(url):
    # A link to what is not published has no address, as with Wagtail's.
    return f'<a href="{escape(url)}">' if url else "<a>"


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def forget(instance, **event):
    """A page was published, moved or taken off: read anew what is known of pages."""
    live.forget(published.NAME)
    live.forget(role_view.PATHWAYS)
    live.forget(focus.ROWS)
    live.forget(FRONT_PAGE)
    if isinstance(instance, CredentialPage):
        live.forget(comparison.name(instance.credential.slug))


@receiver([post_save, post_delete], sender=Move)
def forget_moves(**event):
    live.forget(focus.ROWS)


@hooks.register("register_rich_text_features", order=10)
def register_page_links(features):
    features.register_link_type(RememberedPageLinkHandler)
