"""A listing's text as safe HTML: what an outsider typed, sanitised."""

import re
from html import escape

from django.utils.safestring import SafeString, mark_safe

import nh3

TAGS = {"p", "ul", "ol", "li", "br", "h3", "h4", "strong", "em"}
#: Other tags that mean one of ours; headings start below the page's own h2.
MEANT = {
    "div": "p",
    "section": "p",
    "article": "p",
    "tr": "p",
    "dt": "p",
    "dd": "p",
    "blockquote": "p",
    "b": "strong",
    "i": "em",
    "h1": "h3",
    "h2": "h3",
    "h5": "h4",
    "h6": "h4",
}
MARKUP = re.compile(r"</?(?:p|br|ul|ol|li|div|span|h[1-6]|b|strong|table|em|i)\b", re.I)
RENAMED = re.compile(rf"<(/?)({'|'.join(MEANT)})(?=[\s>/])[^<>]*>", re.I)
#: Begins with a literal, so that the search skips to it: thirty times quicker.
BREAKS = re.compile(r"<br>\s*(?:<br>\s*)+")
#: Emptiness nests: an empty item of an empty paragraph. Deeper than this is hostile.
EMPTY_PASSES = 3
EMPTY = re.compile(r"<(p|li|h3|h4|strong|em)>(?:\s|&nbsp;|\u00a0|<br>)*</\1>")
#: Lines longer than this are paragraphs, whether or not a blank line parts them.
SHORT_LINE = 48
BULLET = re.compile(r"^\s*(?:[•·●▪◦‣∙*\u2022]|[-–—](?=\s))\s*(?=\S)")


def description_html(text: str) -> SafeString:
    """Paragraphs, lists, headings and emphasis kept; all else is dropped."""
    html = _tidied(text) if MARKUP.search(text) else _from_plain(text)
    return mark_safe(html)


def plain_html(text: str) -> SafeString:
    """Plain text with its paragraphs and line breaks; markup is shown as typed."""
    return mark_safe(_from_plain(text))


def _tidied(html: str) -> str:
    renamed = RENAMED.sub(lambda m: f"<{m[1]}{MEANT[m[2].lower()]}>", html)
    clean = nh3.clean(renamed, tags=TAGS, attributes={})
    if BREAKS.search(clean):
        clean = nh3.clean(BREAKS.sub("</p><p>", clean), tags=TAGS, attributes={})
    for _ in range(EMPTY_PASSES):
        clean, found = EMPTY.subn("", clean)
        if not found:
            break
    return clean.strip()


def _from_plain(text: str) -> str:
    blocks: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines: list[str] = []
        items: list[str] = []
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            if BULLET.match(line):
                blocks += _paragraph(lines)
                items.append(BULLET.sub("", line))
            else:
                blocks += _list(items)
                if len(line) > SHORT_LINE:
                    blocks += _paragraph(lines)
                    blocks += _paragraph([line])
                else:
                    lines.append(line)
        blocks += _paragraph(lines) + _list(items)
    return "\n".join(blocks).replace("</ul>\n<ul>", "")


def _paragraph(lines: list[str]) -> list[str]:
    """The lines as one paragraph; empties them."""
    block = "<br>".join(map(escape, lines))
    lines.clear()
    return [f"<p>{block}</p>"] if block else []


def _list(items: list[str]) -> list[str]:
    """The items as one list; empties them."""
    block = "".join(f"<li>{escape(item)}</li>" for item in items)
    items.clear()
    return [f"<ul>{block}</ul>"] if block else []
