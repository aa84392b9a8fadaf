"""The map of roles, the same as a list, and one role among its moves."""

from django import template

from .. import focus as role_focus_page
from ..map_drawing import map_svg

register = template.Library()


@register.simple_tag
def role_graph():
    """The roles and moves of now; a page asks once and hands it to the other tags."""
    return role_focus_page.graph()


@register.simple_tag
def map_focus(graph, wanted="", you=""):
    """The slug of the role in focus."""
    return role_focus_page.chosen(graph, wanted or "", you or "")


@register.inclusion_tag("components/role_map.html")
def role_map(graph, focus="", you=""):
    """The map with its key and buttons, and below it the list."""
    focus, you = focus or "", you or ""
    return {
        "svg": map_svg(graph, focus, you),
        "focus": graph.node(focus),
        "you": graph.node(you),
        "ladders": role_focus_page.ladders(graph, focus, you),
    }


@register.inclusion_tag("components/role_ladder.html")
def role_ladder(graph, focus="", you=""):
    """The map as a list."""
    return {"ladders": role_focus_page.ladders(graph, focus or "", you or "")}


@register.inclusion_tag("components/role_focus.html")
def role_focus(graph, slug, you="", level=2, has_head=True):
    """One role: what leads to it, and what it leads to. Nothing for an unknown role."""
    level = int(level)
    columns = level + 1 if has_head else level
    return {
        "focus": role_focus_page.around(graph, slug or "", you or ""),
        "has_head": has_head,
        "level": level,
        "column_level": columns,
        "card_level": columns + 1,
    }
