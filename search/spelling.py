"""Help with spelling: words nobody uses, replaced by near words of titles."""

import re

from django.contrib.postgres.search import TrigramSimilarity

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
    fixes = {w: _nearest(w.lower()) for w in typed if w.lower() not in known}
    fixes = {word: fix for word, fix in fixes.items() if fix}
    if not fixes:
        return ""
    return WORD.sub(lambda found: fixes.get(found[0], found[0]), text)


def _known(words: set[str]) -> set[str]:
    seen = TitleWord.objects.filter(word__in=words).values_list("word", flat=True)
    credentials = {
        part
        for slug in vocabulary.current().credentials
        for part in slug.lower().split("-")
    }
    return {*seen, *(words & credentials)}


def _nearest(word: str) -> str:
    allowed = 2 if len(word) >= 6 else 1
    near = (
        TitleWord.objects.filter(word__trigram_similar=word)
        .annotate(likeness=TrigramSimilarity("word", word))
        .order_by("-likeness", "word")
        .values_list("word", "seen")[:CANDIDATES]
    )
    ranked = sorted(
        (OSA.distance(word, candidate), -seen, candidate) for candidate, seen in near
    )
    if ranked and ranked[0][0] <= allowed:
        return ranked[0][2]
    return ""
