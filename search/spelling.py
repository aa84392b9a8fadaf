"""Help with spelling: words nobody uses, replaced by near words of titles."""

import re
from collections import defaultdict

from django.db import connection

from rapidfuzz.distance import OSA

from careers.jobs import vocabulary

from .models import TitleWord

WORD = re.compile(r"[A-Za-z]{3,40}")
CANDIDATES = 40


def corrected(text: str) -> str:
    """The text with unknown words replaced, or "" where no word has a near one.

    Distance counts swapped neighbours as one slip (optimal string alignment); two
    slips are forgiven in words of six letters or more, one in shorter ones. Among
    equally near words the one seen most wins. Credentials are never rewritten into
    one another.
    """
    typed = WORD.findall(text)
    known = _known({word.lower() for word in typed})
    near = _near({word.lower() for word in typed} - known)
    fixes = {
        w: _nearest(w.lower(), near[w.lower()]) for w in typed if w.lower() in near
    }
    fixes = {word: fix for word, fix in fixes.items() if fix}
    if not fixes:
        return ""
    return WORD.sub(lambda found: fixes.get(found[0], found[0]), text)


def _known(words: set[str]) -> set[str]:
    seen = TitleWord.objects.filter(word__in=words).values_list("word", flat=True)
    return {*seen, *(words & credential_words())}


def credential_words() -> set[str]:
    """The parts of credentials' names, which are never slips: "cpc" and "a"."""
    return {
        part
        for slug in vocabulary.current().credentials
        for part in slug.lower().split("-")
    }


def _near(words: set[str]) -> dict[str, list[tuple[str, int]]]:
    """Word to (known word that shares trigrams with it, how often it is seen)."""
    near: dict[str, list[tuple[str, int]]] = defaultdict(list)
    if not words:
        return near
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT typed, word, seen FROM unnest(%s::text[]) AS typed, LATERAL ("
            "SELECT word, seen FROM search_titleword WHERE word %% typed "
            "ORDER BY similarity(word, typed) DESC, word LIMIT %s) AS near",
            [sorted(words), CANDIDATES],
        )
        for typed, word, seen in cursor.fetchall():
            near[typed].append((word, seen))
    return near


def _nearest(word: str, near: list[tuple[str, int]]) -> str:
    ranked = sorted(
        (OSA.distance(word, candidate), -seen, candidate) for candidate, seen in near
    )
    if ranked and is_near(word, ranked[0][2]):
        return ranked[0][2]
    return ""


def is_near(word: str, other: str) -> bool:
    """Two slips are forgiven in words of six letters or more, one in shorter ones."""
    return OSA.distance(word, other) <= (2 if len(word) >= 6 else 1)
