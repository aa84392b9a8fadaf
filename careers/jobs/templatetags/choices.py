"""Long lists of choices, printed in Python.

The filters of a results page hold hundreds of choices; the template engine needs a
tenth of a millisecond for each, which is a third of the whole page's time.
"""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def checkboxes(items, name):
    """A labelled box for each of ``items`` (value, label, count, selected, is_code)."""
    name = escape(name)
    return SafeString("".join(_checkbox(item, name) for item in items))


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
def radios(steps, name, chosen, any_label):
    """A labelled button for each of ``steps`` (value, label, some with a count).

    The last is for no limit, which is in force where ``chosen`` is None.
    """
    name = escape(name)
    buttons = [
        _radio(name, step["value"], step, is_chosen=step["value"] == chosen)
        for step in steps
    ]
    no_limit = {"value": "", "label": any_label}
    buttons.append(_radio(name, "any", no_limit, is_chosen=chosen is None))
    return SafeString("".join(buttons))


def _radio(name, id_part, step, *, is_chosen):
    count = step.get("count")
    return (
        '<label class="facet-choice"><input type="radio" form="question"'
        f' id="{name}-{id_part}" name="{name}" value="{step["value"]}"'
        f"{' checked' if is_chosen else ''}><span>{escape(step['label'])}</span>"
        f"{'' if count is None else f'<span class="n">{count:,}</span>'}</label>"
    )


@register.simple_tag
def options(pairs, chosen="", leave_out=()):
    """An option for each (value, label) but those left out; ``chosen`` is selected."""
    return SafeString(
        "".join(
            _option(value, label, value == chosen)
            for value, label in pairs
            if value not in leave_out
        )
    )


@lru_cache(maxsize=1024)
def _option(value, label, is_chosen):
    """Every page lists the same states and credentials."""
    selected = " selected" if is_chosen else ""
    return f'<option value="{escape(str(value))}"{selected}>{escape(label)}</option>'


@register.filter
def mile_pairs(steps):
    """(miles, words) of the distances a form offers."""
    return [(miles, f"{miles} mi") for miles in steps]
