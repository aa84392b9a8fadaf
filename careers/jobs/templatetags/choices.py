"""Long lists of choices, printed in Python.

The filters of a results page hold hundreds of choices; the template engine needs a
tenth of a millisecond for each, which is a third of the whole page's time.
"""

from html import escape

from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def checkboxes(items, name):
    """A labelled box for each of ``items`` (value, label, count, selected, is_code)."""
    name = escape(name)
    return mark_safe("".join(_checkbox(item, name) for item in items))


def _checkbox(item, name):
    value, label = escape(str(item.value)), escape(str(item.label))
    words = f'<span class="code">{label}</span>' if item.is_code else label
    return (
        f'<label class="facet-choice"{"" if item.count else " data-none"}>'
        f'<input type="checkbox" form="question" id="{name}-{value}" name="{name}"'
        f' value="{value}"{" checked" if item.selected else ""}>'
        f'<span>{words}</span><span class="n">{item.count:,}</span></label>'
    )


@register.simple_tag
def options(pairs, chosen="", leave_out=()):
    """An option for each (value, label) but those left out; ``chosen`` is selected."""
    return mark_safe(
        "".join(
            f'<option value="{escape(value)}"'
            f"{' selected' if value == chosen else ''}>{escape(label)}</option>"
            for value, label in pairs
            if value not in leave_out
        )
    )


@register.filter
def state_pairs(states):
    """(code, name) of the states a filter offers."""
    return [(state["value"], state["label"]) for state in states]


@register.filter
def slug_pairs(words):
    """(slug, slug) of words whose slug is their name, as a credential's is."""
    return [(word.slug, word.slug) for word in words]
