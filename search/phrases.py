"""Phrases found by the beginnings of their words, as somebody types.

Pure: a `Lexicon` is built once from phrases and asked at every letter.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

#: Typed words past these are not looked at.
MOST_WORDS = 8
LONGEST_WORD = 40
#: Letters from which a word may hold one slip, and two.
ONE_SLIP = 5
TWO_SLIPS = 8

WORD = re.compile(r"\w+(?:['’]\w+)*")
#: "CPC-A" and "A/R" are also typed "cpca" and "ar".
JOINED = re.compile(r"\w+(?:[-/&]\w+)+")
#: "A/R" and "E&M" as typed are one word each.
INITIALS = re.compile(r"\b(\w)[/&](?=\w\b)")

#: Where a text is marked: ``[start, end)``.
Span = tuple[int, int]


class Closeness(IntEnum):
    """How well a phrase answers, best first: all of it, a name's beginning, a word."""

    EXACT = 0
    PREFIX = 1
    INNER = 2


class Token(NamedTuple):
    """A word of a text in the form in which words are compared, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to write what ``key`` stands for; ``is_name`` if we call it so."""

    key: str
    text: str
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    phrase: Phrase
    closeness: Closeness


def plain(text: str) -> str:
    """Lower-case letters and digits, without accents and apostrophes."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", letters.lower())


def tokens(text: str) -> list[Token]:
    found = [Token(plain(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]
    return [token for token in found if token.word]


def typed_words(text: str) -> tuple[str, ...]:
    """The words of what was typed; ``()`` where there is nothing to go by."""
    together = INITIALS.sub(r"\1", text)
    words = [token.word for token in tokens(together)][:MOST_WORDS]
    if sum(map(len, words)) < 2:
        return ()
    return tuple(word[:LONGEST_WORD] for word in words)


class Lexicon:
    """Phrases by the words they hold."""

    def __init__(self, phrases: Iterable[Phrase], unlike: Iterable[str] = ()) -> None:
        """``unlike`` are words that no slip may turn into: abbreviations."""
        self.phrases = tuple(phrases)
        self.unlike = frozenset(unlike)
        self.whole: Mapping[str, list[int]] = defaultdict(list)
        self.first: Mapping[str, set[int]] = defaultdict(set)
        self.any: Mapping[str, set[int]] = defaultdict(set)
        for number, phrase in enumerate(self.phrases):
            self._enter(number, phrase.text)
        self.words = sorted(self.any)

    def _enter(self, number: int, text: str) -> None:
        self.whole[plain(text)].append(number)
        for token in _with_joined(text):
            self.any[token.word].add(number)
            if token.start == 0:
                self.first[token.word].add(number)

    def find(self, typed: Sequence[str], *, forgiving: bool = False) -> list[Match]:
        """The best match of each key; every typed word begins some word of it.

        ``forgiving`` takes words of the lexicon for long words that begin none of
        them, if they are near.
        """
        meant = [frozenset(self._meant(word, forgiving)) for word in typed]
        if not meant or not all(meant):
            return []
        held = set.intersection(*(_union(self.any, words) for words in meant))
        if len(meant) > 1:
            pairs = sorted(zip(typed, meant, strict=True), key=lambda p: -len(p[0]))
            wanted = [words for _, words in pairs]
            held = {n for n in held if _has_a_word_each(self.phrases[n].text, wanted)}
        begun = _union(self.first, meant[0]) & held
        exact = {*self.whole.get("".join(typed), ())} & held
        best: dict[str, Match] = {}
        for number in held:
            phrase = self.phrases[number]
            closeness = Closeness.INNER
            if number in exact:
                closeness = Closeness.EXACT
            elif number in begun and phrase.is_name:
                closeness = Closeness.PREFIX
            match = Match(phrase, closeness)
            known = best.get(match.phrase.key)
            if known is None or _precedes(match, known):
                best[match.phrase.key] = match
        return list(best.values())

    def _meant(self, word: str, forgiving: bool) -> Sequence[str]:
        """The words that begin with what was typed, else those that are near it."""
        begun = self._beginning(word)
        if begun or not forgiving or word in self.unlike:
            return begun
        return self._near(word)

    def _beginning(self, start: str) -> Sequence[str]:
        after = f"{start}\x7f"
        return self.words[
            bisect_left(self.words, start) : bisect_left(self.words, after)
        ]

    def _near(self, word: str) -> Sequence[str]:
        """The nearest words, whole or begun, within the slips that its length allows.

        Distance counts swapped neighbours as one slip. The first letter must be right:
        people rarely miss it, and it keeps far words away.
        """
        slips = (len(word) >= ONE_SLIP) + (len(word) >= TWO_SLIPS)
        if not slips or not word.isalpha():
            return ()
        near = defaultdict(list)
        for other in self._beginning(word[0]):
            if other not in self.unlike:
                near[_slips(word, other, slips)].append(other)
        least = min(near, default=slips + 1)
        return near[least] if least <= slips else ()


def spans(text: str, typed: Sequence[str]) -> list[Span]:
    """Where a text holds the beginnings that were typed, in order."""
    found = []
    for token in _with_joined(text):
        begun = max((len(w) for w in typed if token.word.startswith(w)), default=0)
        if begun == len(token.word):
            found.append((token.start, token.end))
        elif begun:
            found.append((token.start, min(token.start + begun, token.end)))
    return _apart(found)


def _with_joined(text: str) -> list[Token]:
    joined = [Token(plain(m[0]), m.start(), m.end()) for m in JOINED.finditer(text)]
    return tokens(text) + joined


def _apart(found: Iterable[Span]) -> list[Span]:
    """Spans in order, the longer one where two overlap."""
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _union(sets: Mapping[str, set[int]], words: Iterable[str]) -> set[int]:
    return set().union(*(sets[word] for word in words if word in sets))


def _has_a_word_each(text: str, wanted: Iterable[Collection[str]]) -> bool:
    """Whether each typed word, the longest first, has a word of the text to itself.

    "HCS-H" is not "HCS-D", though both its words begin "HCS". All that a word begins is
    also begun by its own beginnings, so the longest may choose freely.
    """
    free = _with_joined(text)
    for words in wanted:
        own = next((token for token in free if token.word in words), None)
        if own is None:
            return False
        free = [t for t in free if t.end <= own.start or t.start >= own.end]
    return True


def _precedes(one: Match, other: Match) -> bool:
    """Closer, else a name rather than another spelling, else shorter."""
    ranks = [
        (m.closeness, not m.phrase.is_name, len(m.phrase.text), m.phrase.text)
        for m in (one, other)
    ]
    return ranks[0] < ranks[1]


def _slips(word: str, other: str, most: int) -> int:
    """Slips between what was typed and the nearest beginning of a word."""
    begun = {other[: len(word) + more] for more in range(-1, 2)}
    return min(OSA.distance(word, part, score_cutoff=most) for part in begun)
