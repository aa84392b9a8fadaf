from django import template

from .. import usual

register = template.Library()


@register.simple_tag
def usual_pay(role):
    """The usual pay of a role, or None where too few listings post theirs."""
    return usual.by_role().get(role)
