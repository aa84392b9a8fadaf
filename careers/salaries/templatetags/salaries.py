from django import template

from .. import usual

register = template.Library()


@register.simple_tag
def usual_pay(listing):
    """The usual pay of a listing's role, or None where too few listings post theirs."""
    return usual.by_role(is_sample=listing.is_sample).get(listing.role)
