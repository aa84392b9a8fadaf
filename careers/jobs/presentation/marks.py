"""Words of a text that are marked: what was searched for, the reader's state."""

import re
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ..eligibility import STATE_NAMES


def matched(title: str, typed: str | None) -> str:
    """The title with the words of a search marked, in the plural too."""
    found = _words(typed or "")
    if found is None:
        return title
    return _stroked(title, found, '<mark data-kind="word">{}</mark>')


@lru_cache(maxsize=64)
def _words(typed: str) -> re.Pattern[str] | None:
    words = re.findall(r"\w[\w/&.-]*\w", typed)
    if not words:
        return None
    any_of = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{any_of})(?:s|es)?\b", re.IGNORECASE)


def marked(heading: str, state: str | None) -> str:
    """A heading with the name of the reader's state marked."""
    name = STATE_NAMES.get(state or "")
    if not name:
        return heading
    return _stroked(heading, re.compile(rf"{re.escape(name)}$"), "<mark>{}</mark>")


def _stroked(words: str, found: re.Pattern[str], stroke: str) -> SafeString:
    pieces = []
    end = 0
    for match in found.finditer(words):
        pieces += [escape(words[end : match.start()]), format_html(stroke, match[0])]
        end = match.end()
    return mark_safe("".join([*pieces, escape(words[end:])]))
