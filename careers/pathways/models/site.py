"""What stands on every page, as editors set it."""

from django.db import models

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, PageChooserBlock, StreamBlock, StructBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from ..blocks import here_or_elsewhere


class FooterLinkBlock(StructBlock):
    page = PageChooserBlock()
    label = CharBlock(
        required=False, max_length=60, help_text="The page’s title if empty."
    )

    class Meta:
        icon = "link"


@register_setting(icon="site", order=100)
class SiteSettings(BaseSiteSetting):
    """The site's name stands under Sites; the rest is here."""

    contact_email = models.EmailField(
        blank=True, help_text="Shown in the footer, for readers who find a mistake."
    )
    banner = models.CharField(
        max_length=200,
        blank=True,
        help_text="One sentence at the head of every page. Nothing if empty.",
    )
    banner_link = models.CharField(
        max_length=200,
        blank=True,
        validators=[here_or_elsewhere],
        help_text="Where the banner leads: /guides/… or https://…",
    )
    footer_text = models.CharField(
        max_length=400,
        blank=True,
        help_text="A sentence of your own in the footer.",
    )
    footer_links = StreamField(StreamBlock([("page", FooterLinkBlock())]), blank=True)

    panels = [
        FieldPanel("contact_email"),
        MultiFieldPanel(
            [FieldPanel("banner"), FieldPanel("banner_link")], heading="Banner"
        ),
        MultiFieldPanel(
            [FieldPanel("footer_text"), FieldPanel("footer_links")], heading="Footer"
        ),
    ]

    class Meta:
        verbose_name = "site settings"
