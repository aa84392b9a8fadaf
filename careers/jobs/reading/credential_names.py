"""The credentials a text names, by abbreviation, full name or class of the VA.

An abbreviation that means other things too ("CRC screening") counts only where words
of its field stand around it. The classes ("mastery level certification") come from
the qualification standard of the Veterans Health Administration.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..vocabulary import Vocabulary
from .text import Kind, Text
from .words import PerVocabulary

#: Named as a class in federal announcements, with the credentials it stands for: the
#: first three for coders, the others for administrators of medical records.
CLASSES: Mapping[str, tuple[str, ...]] = {
    "apprentice": ("CCA", "CPC-A", "COC-A"),
    "mastery": ("CCS", "CCS-P", "RHIT", "RHIA", "CPC", "COC", "CIC"),
    "cdi": ("CDIP", "CCDS"),
    "coding": ("CCS", "CCS-P", "CPC", "COC", "CIC"),
    "him": ("RHIT", "RHIA"),
    "data": ("CHDA",),
}
#: Whose announcement it is; an ad that welcomes protected veterans is none of it.
_SERVICE = (
    "mastery level", "mastery-level", "vha", " the va ", " the va.", " the va,",
    "the vamc", "veterans health", "veterans affairs", "veterans integrated", "gs-06",
)  # fmt: skip
_CLASS = re.compile(
    r"(?P<apprentice>apprentice(?: ?/ ?associate)?(?:[ -]level)? (?:coding )?"
    r"certifications?)"
    r"|(?P<mastery>mastery(?:[ -]level)? (?:coding )?certifications?)"
    r"|(?P<cdi>clinical documentation (?:improvement|integrity)(?: \(cdi\))?"
    r" certifications?(?= through| may| from|\.|,|$))"
    r"|(?P<him>(?:health information management(?: \(him\))?|him) certifications?)"
    r"|(?P<data>health data analyst certifications?)"
    r"|(?P<coding>coding certifications?(?= through ahima or aapc))"
)
CLASS_DEFINITION = re.compile(r"current\b.{0,60}\bcertifications? includes?\b")

#: Written in small letters these are still meant: they are no words of English.
_PLAIN_IN_SMALL = frozenset(
    {"cpc", "cpc-a", "ccs", "ccs-p", "rhit", "rhia", "cpma", "cdip", "ccds", "cbcs"}
)
#: These abbreviations mean nothing else in a job ad of this field.
_SURE = frozenset(
    {"CPC", "CPC-A", "COC-A", "CCS-P", "RHIT", "RHIA", "CPMA", "CDIP", "CCDS", "CBCS"}
    | {"CPC-H", "CPC-P", "CIRCC", "CCDS-O", "RCCIR", "CASCC", "CHDA", "CDEO", "CRCR"}
)
_CREDENTIAL_WORD = re.compile(
    r"certif|credential|licens|registered|registration|designation|\bprefer|\brequir"
    r"|\baapc\b|\bahima\b"
    r"|\bncra\b|\bacdis\b|\bhfma\b|\bcoders?\b|\bplus\b"
    r"|\bobtain|\bpass\b|\bmust have\b|\bdesired\b|\bcpc\b|\brhi[at]\b|\bbonus points\b"
    r"|\bideal|\bwithin\b"
)
#: After an abbreviation that means other things too ("CRC screening" is none).
_GOES_ON = re.compile(
    r"['s]{0,2}[ ®™]*(?:$|[^ a-z]|(?:certif|credential|designat|required?|prefer|desire"
    r"|is|are|or|and|from|through|thru|via|within|by|at|must|eligib|exam|licens|status"
    r"|req|needs?|nice|desirable|welcome|acceptable|on|w|for|okay|ok|look|looks"
    r"|optional"
    r"|as|a|to|in|if|but|plus|helpful|needed|mandatory|with|upon|will|considered|accept"
    r"|obtained|coders?|coding|dual|minimum|also|may|should|not|strongly|highly|who"
    r"|only|certs?)\b"
    r"|(?:certif|credential|designat|prefer|desire|eligib|licens|accept)[a-z]+)"
)
_NAME_GAP = re.compile(r"[ \-/&,'®™(]{1,3}|")
_LIST_GAP = re.compile(r"[\s,/|;&+]{0,3}(?:(?:and/or|or|and)[\s,/]{1,2})?")
_ABBREVIATION_GAP = re.compile(r" ?- ?|")
_TOKEN = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset({"of", "in", "and", "the", "for", "a", "s"})


@dataclass(frozen=True, slots=True)
class Mention:
    slugs: tuple[str, ...]
    start: int
    end: int
    class_name: str = ""


class Names:
    """Abbreviations and names of the credentials, looked up by their first token."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        #: By the first token, then by how many there are, the longest first: the
        #: phrases of that length with the (abbreviation, slug) pairs they stand for.
        self.by_first: dict[
            str, dict[int, dict[tuple[str, ...], list[tuple[str, str]]]]
        ] = {}
        self.full_names: dict[str, str] = {}
        self.renamed = vocabulary.renamed_credentials
        self.apprentices = dict(vocabulary.apprentice_forms)
        for slug, word in vocabulary.credentials.items():
            current = self.renamed.get(slug, slug)
            self.full_names[slug] = word.full_name
            self._add(slug, slug, current)
            for phrase in (word.full_name, word.label, *word.aliases):
                self._add(phrase, "" if " " in phrase.strip() else phrase, current)
        for first, by_length in self.by_first.items():
            self.by_first[first] = dict(sorted(by_length.items(), reverse=True))

    def _add(self, phrase: str, abbreviation: str, slug: str) -> None:
        tokens = tuple(_TOKEN.findall(phrase.lower()))
        if not tokens or (len(tokens) == 1 and not abbreviation):
            return
        self._enter(tokens, abbreviation, slug)
        if abbreviation and "-" not in abbreviation:
            self._enter((tokens[0] + "s",), abbreviation + "s", slug)

    def _enter(self, tokens: tuple[str, ...], abbreviation: str, slug: str) -> None:
        by_length = self.by_first.setdefault(tokens[0], {})
        entries = by_length.setdefault(len(tokens), {}).setdefault(tokens, [])
        if (abbreviation, slug) not in entries:
            entries.append((abbreviation, slug))

    def find(self, text: Text) -> list[Mention]:
        found: list[Mention] = []
        after = 0
        by_first = self.by_first
        for first, token in text.places_of(by_first):
            if first < after:
                continue
            for length, known in by_first[token].items():
                last = first + length
                slug = _named(text, first, last, known.get(text.tokens[first:last]))
                if slug:
                    start, end = text.token_starts[first], text.token_end(last - 1)
                    found.append(Mention((slug,), start, end))
                    after = last
                    break
        doubtful = [m for m in found if self._means_something_else(text, m)]
        if not doubtful:
            return found
        return [
            mention
            for index, mention in enumerate(found)
            if mention not in doubtful or self._is_listed(text, found, index)
        ]

    def _is_listed(self, text: Text, found: Sequence[Mention], index: int) -> bool:
        """Beside one that means nothing else: "CPC or CCS on hire" is of one kind."""
        mention = found[index]
        for other in [*found[max(index - 1, 0) : index], *found[index + 1 : index + 2]]:
            start, end = min(mention.end, other.end), max(mention.start, other.start)
            if other.slugs[0] in _SURE and _LIST_GAP.fullmatch(text.folded, start, end):
                return not _other_meaning(
                    text, mention, self.full_names.get(mention.slugs[0], "")
                )
        return False

    def _means_something_else(self, text: Text, mention: Mention) -> bool:
        slug = mention.slugs[0]
        written = text.cased[mention.start : mention.end]
        if " " in written or slug in _SURE:
            return False
        if _other_meaning(text, mention, self.full_names.get(slug, "")):
            return True
        if not _GOES_ON.match(text.folded, mention.end):
            return True
        sentence = text.sentence_at(mention.start)
        around = text.folded[sentence.start : sentence.end]
        about = sentence.line.heading.lower()
        return not (
            _CREDENTIAL_WORD.search(around)
            or _CREDENTIAL_WORD.search(about)
            or sentence.kind in (Kind.REQUIRED, Kind.PREFERRED)
        )


def _named(
    text: Text, first: int, last: int, entries: list[tuple[str, str]] | None
) -> str | None:
    for abbreviation, slug in entries or ():
        if _is_named(text, first, last, abbreviation):
            return slug
    return None


def _is_named(text: Text, first: int, last: int, abbreviation: str) -> bool:
    gap_pattern = _ABBREVIATION_GAP if abbreviation else _NAME_GAP
    for index in range(first, last - 1):
        gap = text.cased[text.token_end(index) : text.token_starts[index + 1]]
        if not gap_pattern.fullmatch(gap):
            return False
    if not abbreviation:
        opened = "(" in text.cased[text.token_starts[first] : text.token_end(last - 1)]
        return not opened or text.cased[text.token_end(last - 1) :][:1] == ")"
    start, end = text.token_starts[first], text.token_end(last - 1)
    written = text.cased[start:end].replace(" ", "")
    if text.cased[max(start - 3, 0) : start] in ("10-", "10 "):
        return False
    if written == abbreviation:
        # "CCS-P" or "CPC-I" of which only the first part is known is another one.
        tail = text.cased[end : end + 3]
        return not re.match(r"-[A-Z](?![A-Za-z])", tail)
    small = abbreviation.lower()
    return small in _PLAIN_IN_SMALL and written in (small, small.capitalize())


def _other_meaning(text: Text, mention: Mention, full_name: str) -> bool:
    """Spelled out as something else: "colorectal cancer (CRC)", "CHC (community …)"."""
    letters = text.cased[mention.start : mention.end].removesuffix("s").lower()
    known = set(_TOKEN.findall(full_name.lower())) - _SMALL_WORDS
    before = text.folded[max(mention.start - 60, 0) : mention.start]
    # Few stand in parentheses, and looking for what is before them is slow.
    spelled = "(" in before[-2:] and _SPELLED_BEFORE.search(before)
    if spelled:
        words = set(_TOKEN.findall(spelled[1]))
        return not (known & words or _CREDENTIAL_WORD.search(spelled[1]))
    after = _SPELLED_AFTER.match(text.folded, mention.end)
    if after:
        words_after = [word for word in after[1].split() if word not in _SMALL_WORDS]
        initials = "".join(word[0] for word in words_after)
        shared = known.intersection(words_after) - {"certified"}
        return initials == letters and len(shared) * 2 < len(letters)
    return False


_SPELLED_BEFORE = re.compile(r"((?:[a-z'&]+[ -]+){1,4})\($")
_SPELLED_AFTER = re.compile(r" \(((?:[a-z'&]+[ -]?){2,6})\)")

NAMES = PerVocabulary(Names)


def is_inside(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(o.start <= mention.start < o.end for o in others)


def _class_matches(folded: str) -> Iterator[re.Match[str]]:
    at, done = folded.find("certification"), 0
    while at >= 0:
        match = _CLASS.search(folded, max(at - 52, done), at + 35)
        if match:
            done = match.end()
            yield match
        at = folded.find("certification", max(at + 13, done))


def class_mentions(text: Text) -> list[Mention]:
    """Classes of the federal standard, with the credentials they stand for."""
    if "ahima" not in text.folded and "mastery" not in text.folded:
        return []
    if not any(word in text.folded for word in _SERVICE):
        return []
    return [
        Mention(CLASSES[name], match.start(), match.end(), name)
        for match in _class_matches(text.folded)
        if (name := str(match.lastgroup)) and not _is_defined(text, match)
    ]


def _is_defined(text: Text, match: re.Match[str]) -> bool:
    """ "Current HIM certifications include ...": what a class is, not who needs it."""
    if text.folded.startswith(" through ", match.end()):
        return False
    sentence = text.sentence_at(match.start())
    return bool(CLASS_DEFINITION.search(text.folded, sentence.start, sentence.end))
