"""What people type into the search of the site, as units that pages must answer.

Pure. Both engines read the same units: a unit is a word or a phrase with all that means
the same, by the synonyms of editors and the names of credentials.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .text import Equals, Unit, folded, is_noise, units

#: Words that no text is without. PostgreSQL's dictionary leaves them out, and so a
#: question must, whichever engine it goes to.
STOPPED = frozenset(
    "i me my myself we our ours ourselves you your yours yourself yourselves he him "
    "his himself she her hers herself it its itself they them their theirs themselves "
    "what which who whom this that these those am is are was were be been being have "
    "has had having do does did doing a an the and but if or because as until while of "
    "at by for with about against between into through during before after above below "
    "to from up down in out on off over under again further then once here there when "
    "where why how all any both each few more most other some such no nor not only own "
    "same so than too very s t can will just don should now".split()
)
#: Up to so many units all must be answered; of more, three in four.
ALL_OF = 3
SHARE = 0.75


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """``text`` as it was typed, and what pages must say or must not say for it."""

    text: str
    wanted: tuple[Unit, ...] = ()
    unwanted: tuple[Unit, ...] = ()

    @property
    def needed(self) -> int:
        """How many of the wanted units a page must answer."""
        number = len(self.wanted)
        return number if number <= ALL_OF else int(number * SHARE)

    @property
    def phrases(self) -> tuple[str, ...]:
        """Everything that answers, the words as typed first."""
        said = [unit.phrases for unit in self.wanted]
        firsts = [phrases[0] for phrases in said]
        return tuple(dict.fromkeys([*firsts, *(p for each in said for p in each)]))


def question(text: str, equals: Equals) -> PageQuestion:
    """Read what was typed. What holds no letter or digit asks for nothing."""
    found = [unit for unit in units(text, equals) if re.search(r"\w", unit.phrases[0])]
    wanted = [unit for unit in found if not unit.excluded and not _is_stopped(unit)]
    telling = [u for u in wanted if u.quoted or not is_noise(u.phrases[0])]
    return PageQuestion(
        text,
        tuple(telling or wanted),
        tuple(u for u in found if u.excluded and not _is_stopped(u)),
    )


def _is_stopped(unit: Unit) -> bool:
    """Every word of it. Capitals may be an abbreviation: "IT", but "it"."""
    words = unit.phrases[0].split()
    return all(
        word.strip(".,;:!?()").lower() in STOPPED
        and not (len(word) > 1 and word.isupper())
        for word in words
    )


def with_names(
    equals: Equals, credentials: Iterable[tuple[str, Sequence[str]]]
) -> Equals:
    """The synonyms, and each credential's abbreviation with its full names.

    ``credentials`` are (abbreviation, names). A name finds the abbreviation, which
    finds the first of the names; names do not find one another.
    """
    table: dict[str, list[str]] = {key: list(known) for key, known in equals.items()}
    for slug, names in credentials:
        for head, others in [(slug, names[:1]), *((name, (slug,)) for name in names)]:
            known = table.setdefault(folded(head), [])
            known += [o for o in others if o not in known and folded(o) != folded(head)]
    return table


#: What `search_page_spoken` of the database does to the words of pages, in its order.
SPOKEN: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile("[®™©℠—]"), " "),
    (re.compile("[‐‑‒–]"), "-"),
    (re.compile("’"), "'"),
    (re.compile(r"\bICD[\s-]?(9|10|11)[\s-]?(CM|PCS)\b", re.I), r"ICD-\1-\2"),
    (re.compile(r"\bICD[\s-]?(9|10|11)\b", re.I), r"ICD-\1"),
    (re.compile(r"(?<!\w)(\w) ?[&/] ?(\w)(?!\w)"), r"\1slash\2"),
    (re.compile(r"(\d{3})-(?=\d{3})"), r"\1 "),
    (re.compile(r"(\w)/(?=\w)"), r"\1 "),
    (re.compile(r"([^\W\d_]{2})-(?=[^\W\d_]{2})"), r"\1 "),
)


def spoken(phrase: str) -> str:
    """A phrase as the vectors of pages hold it: "E&M" and "E/M" are one word,
    "A/R follow-up" has three, "CPC-A" and "ICD-10-CM" stay.
    """
    for pattern, put in SPOKEN:
        phrase = pattern.sub(put, phrase)
    return phrase


# What is marked, and the piece of a text that is shown

#: Ends of words that say the same: "coder", "coders", "coding".
ENDINGS = ("ings", "ing", "ers", "er", "ors", "or", "ies", "ed", "es", "s", "e", "y")
SHORTEST_STEM = 4
PIECE = 220


def pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Finds phrases in a text, words in other forms too; "CPC", but not in "CPC-A"."""
    found = [_as_pattern(phrase) for phrase in phrases]
    any_of = "|".join(sorted(filter(None, found), key=len, reverse=True))
    if not any_of:
        return None
    return re.compile(rf"(?<![\w-])(?:{any_of})(?!\w|-\w\b)", re.IGNORECASE)


def _as_pattern(phrase: str) -> str:
    words = re.findall(r"\w[\w/&.'’-]*\w|\w", phrase)
    return r"[\s/-]+".join(map(_word_pattern, words))


def _word_pattern(word: str) -> str:
    if not word.isalpha():  # a code
        return " ?[/&] ?".join(map(re.escape, re.split("[/&]", word)))
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM and not word.isupper():
            return rf"{re.escape(stem)}(?:{'|'.join(ENDINGS)})?"
    return rf"{re.escape(word)}(?:s|es|ed|ing|er|ers)?"


def piece(text: str, wanted: Mapping[str, re.Pattern[str]]) -> str:
    """The piece of a text that answers most of what is wanted; "" if it answers none.

    It begins with a sentence where one begins near, and is about `PIECE` long.
    """
    hits = sorted(
        (match.start(), name)
        for name, found in wanted.items()
        for match in found.finditer(text)
    )
    if not hits:
        return ""
    start, _ = max(
        hits,
        key=lambda hit: (
            len({name for at, name in hits if hit[0] <= at <= hit[0] + PIECE - 60}),
            -hit[0],
        ),
    )
    return _cut(text, start)


def _cut(text: str, at: int) -> str:
    """About `PIECE` letters around a place, at the borders of words."""
    begin = max(0, at - 80)
    sentence = [m.end() for m in re.finditer(r"[.?!:]\s+", text[begin:at])]
    if sentence:
        begin += sentence[-1]
    elif begin:
        begin = text.find(" ", begin) + 1
    end = min(len(text), begin + PIECE)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), at + 1)
    shown = text[begin:end].strip(" ,;")
    before = "… " if begin and not sentence else ""
    after = " …" if end < len(text) and shown[-1:] not in ".?!" else ""
    return f"{before}{shown}{after}"
