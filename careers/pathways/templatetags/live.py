"""How old a live figure is."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def counted(at):
    """ "Counted now.", "Counted 3 minutes ago."; nothing where nothing was counted."""
    if at is None:
        return ""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 1:
        return "Counted now."
    return f"Counted {minutes} minute{'' if minutes == 1 else 's'} ago."
