"""The text of a listing as the readers need it: plain, in lines, sentences and words.

`Text.of()` takes HTML or plain text. ``plain`` is what a person would read, line by
line, with single spaces; every offset of this module points into it, so the words a
fact rests on are a verbatim slice of it. ``cased`` and ``folded`` are of the same
length: odd dashes and quotes made plain, and ``folded`` in lower case as well. Match
on them, then take the words from ``plain``.

The HTML is foreign and may be hostile. It is only stripped here, in linear time;
what is shown to people is sanitised elsewhere.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from html import unescape
from itertools import accumulate, compress, count, islice
from operator import add
from string import ascii_letters, ascii_lowercase, digits
from typing import NamedTuple


class Kind(StrEnum):
    """What the heading over a line says the line is about."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTIES = "duties"
    BENEFITS = "benefits"
    PAY = "pay"
    ABOUT = "about"
    LEGAL = "legal"
    OTHER = "other"


#: A subheading such as "Education": what it asks for depends on the heading over it.
_SUBHEADING = "subheading"


class Line(NamedTuple):
    """A line from ``start`` to ``end``, without its bullet.

    ``kind`` and ``heading`` are those of the heading it stands under; a heading
    carries its own. ``label_end`` is where the text begins after a label such as
    "Required:" at the start of the line, else ``start``. ``is_answer`` marks the
    answers of a questionnaire ("I have not ..."), which state nothing.
    """

    start: int
    end: int
    kind: Kind
    heading: str
    label_end: int
    is_heading: bool = False
    is_bullet: bool = False
    is_answer: bool = False


class Sentence(NamedTuple):
    start: int
    end: int
    line: Line

    @property
    def kind(self) -> Kind:
        return self.line.kind


@dataclass(frozen=True)
class Text:
    """See the module. Made by `Text.of`."""

    plain: str
    cased: str
    folded: str
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, source: str) -> "Text":
        """The text of ``source``, which is HTML, HTML escaped once, or plain."""
        marked = _unmark_html(source) if _MARKUP.search(source) else source
        pieces = _pieces(marked)
        plain = "\n".join(piece.text for piece in pieces)
        cased = plain if plain.isascii() else _ODD_SIGN.sub(_plain_sign, plain)
        folded = cased.lower()
        if len(folded) != len(cased):
            folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)
        return cls(plain, cased, folded, _lines(pieces, folded))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every line cut at its full stops; headings are sentences too."""
        found = []
        stops = _SENTENCE_END.finditer(self.cased)
        stop = next(stops, None)
        for line in self.lines:
            start = line.start
            while stop and stop.end() <= line.end:
                if stop[0][0] != "." or not _is_abbreviation(
                    self.folded, start, stop.start()
                ):
                    found.append(Sentence(start, stop.end(1), line))
                    start = stop.end()
                stop = next(stops, None)
            found.append(Sentence(start, line.end, line))
        return tuple(found)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Every run of letters and digits, folded: "ICD-10-CM" is three of them."""
        return tuple(filter(None, self._parts))

    @cached_property
    def token_starts(self) -> list[int]:
        # As many spaces stand before a part as there are parts before it.
        lengths = accumulate(map(len, self._parts), initial=0)
        return list(compress(map(add, lengths, count()), self._parts))

    def token_end(self, index: int) -> int:
        return self.token_starts[index] + len(self.tokens[index])

    @cached_property
    def _parts(self) -> list[str]:
        """The text cut at every sign that is no letter or digit; many are empty.

        Every sign becomes one space, so that tokens keep their places. Bytes are
        rewritten and cut in a quarter of the time that a pattern takes.
        """
        signs = self.folded.encode("ascii", "replace").translate(_SPACED)
        return signs.decode("ascii").split(" ")

    @cached_property
    def _token_places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for index, token in enumerate(self.tokens):
            places[token].append(index)
        return places

    def places_of(self, words: Mapping[str, object]) -> list[tuple[int, str]]:
        """Where tokens stand that are keys of ``words``: (index, token), in order."""
        places = self._token_places
        found = [
            (index, token)
            for token in places.keys() & words.keys()
            for index in places[token]
        ]
        found.sort()
        return found

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def line_at(self, offset: int) -> Line:
        """The line an offset of a match stands in."""
        return self.lines[max(bisect_right(self._line_starts, offset) - 1, 0)]

    def sentence_at(self, offset: int) -> Sentence:
        found = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[max(found, 0)]

    def words(self, start: int, end: int) -> str:
        """The words from ``start`` to ``end`` as they stand, for a `Read`."""
        return self.plain[start:end].strip()

    def evidence(self, start: int, end: int, longest: int = 200) -> str:
        """The sentence around a match; where that is too long, from the match on."""
        sentence = self.sentence_at(start)
        whole_end = max(sentence.end, end)
        if whole_end - sentence.start <= longest:
            return self.words(sentence.start, whole_end)
        cut = self.plain.rfind(" ", end, start + longest)
        return self.words(start, max(cut, end))


# -- From HTML to marked lines ---------------------------------------------------------

#: Marks that stand in for tags until the lines are cut.
_HEADING, _BOLD, _BOLD_END, _ITEM = "\x01", "\x02", "\x03", "\x04"

_MARKUP = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|&[a-z]{2,8};|&#x?[0-9a-f]+;", re.I)
_ESCAPED_TAG = re.compile(r"&lt;/?[a-z][a-z0-9]*(?:\s|/?&gt;)", re.I)
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|template|noscript|svg|head)\b.*?(?:</\1\s*>|\Z)",
    re.I | re.S,
)
_BLOCKS = (
    *("p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table"),
    *("thead", "tbody", "tr", "dl", "dt", "dd", "section", "article", "header", "hr"),
    *("footer", "main", "aside", "blockquote", "address", "figure", "form", "fieldset"),
    *("body", "html"),
)
_BLOCK = re.compile(rf"</?(?:{'|'.join(_BLOCKS)})\b", re.I)
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*|[/!?])[^<>]*>", re.I)
#: What stands in a tag's place; all others leave nothing.
_MARK_OF = {
    **dict.fromkeys((f"{end}{name}" for name in _BLOCKS for end in ("", "/")), "\n"),
    **dict.fromkeys(
        ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "summary"),
        "\n" + _HEADING,
    ),
    "li": "\n" + _ITEM,
    **dict.fromkeys(("b", "strong"), _BOLD),
    **dict.fromkeys(("/b", "/strong"), _BOLD_END),
    **dict.fromkeys(("td", "th"), " "),
}


def _unmark_html(source: str) -> str:
    if _ESCAPED_TAG.search(source) and not _BLOCK.search(source):
        source = unescape(source)
    source = _UNREAD.sub(" ", source)
    blocks = sum(1 for _ in islice(_BLOCK.finditer(source), 3))
    if blocks == 3 or (blocks and source.count("\n") < 5):
        source = _on_one_line(source)
    parts = _TAG.split(source)
    parts[1::2] = [_MARK_OF.get(tag.lower(), "") for tag in parts[1::2]]
    return unescape("".join(parts))


def _on_one_line(source: str) -> str:
    """Where tags part the lines, the breaks of the source mean nothing."""
    lines = " ".join(line.strip(" \t") for line in source.splitlines())
    return f" {lines} "


# -- From marked lines to pieces -------------------------------------------------------


@dataclass(slots=True)
class _Piece:
    text: str
    style: str
    is_bullet: bool


_NOT_SEEN = dict.fromkeys(
    (0x00AD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, 0, *range(5, 9), *range(14, 28))
)
_NOT_SEEN_ANY = re.compile(
    "[\u00ad\u200b-\u200f\u2060\ufeff\x00\x05-\x08\x0e-\x1b]",
)
_MARKS = re.compile("[\x01-\x04]")
#: A line that begins so and is all printable has no bullet, no mark, no odd space.
_PLAIN_START = frozenset(ascii_letters + digits) - {"o"}
_BULLET = re.compile(
    r"(?:[•●▪■◦○‣⁃∙·◆➢➤►▶✓✔✅\uf0b7\uf0a7§¤]+|[-–—*+](?=\s)|o(?=\s[A-Z]))\s*"
)
_INNER_BULLET = re.compile(r"[•●▪■◦‣⁃∙➢➤►✓✔\uf0b7\uf0a7]\s*")
_MARKDOWN = re.compile(r"(#{1,6})\s+|\*\*(?=\S)|__(?=\S)")
_PLAIN_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣－~～∼", "-"),
    **dict.fromkeys("‘’‛′ʼ`´", "'"),
    **dict.fromkeys("“”„″«»", '"'),
    "＄": "$",
    "／": "/",
}
_ODD_SIGN = re.compile(f"[{''.join(_PLAIN_SIGNS)}]")


def _plain_sign(match: re.Match[str]) -> str:
    return _PLAIN_SIGNS[match[0]]


def _pieces(marked: str) -> list[_Piece]:
    """The lines of a marked text with their style, bullets and marks taken off."""
    # To translate is quicker than to look, unless the text has other letters.
    if marked.isascii() or _NOT_SEEN_ANY.search(marked):
        marked = marked.translate(_NOT_SEEN)
    if not marked.isascii():
        marked = marked.replace(" · ", "\n" + _ITEM)
        marked = _INNER_BULLET.sub("\n" + _ITEM, marked)
    marked = _INLINE_HEADING.sub(_own_line, marked)
    pieces: list[_Piece] = []
    for raw in filter(None, marked.splitlines()):
        piece = _piece(raw)
        if piece is None:
            continue
        if pieces and _continues(pieces[-1], piece):
            pieces[-1].text += " " + piece.text
        else:
            pieces.append(piece)
    return pieces


def _piece(raw: str) -> _Piece | None:
    line = raw.strip()
    if not line:
        return None
    if line[0] in _PLAIN_START and line.isprintable() and "  " not in line:
        return _Piece(line, "", is_bullet=False)
    line = " ".join(line.split())
    style = ""
    is_bullet = False
    if _MARKS.search(line):
        bare = line.lstrip(_ITEM + " ")
        is_bullet = bare != line
        if _HEADING in bare:
            style = "h"
        elif bare.startswith(_BOLD) and not bare[bare.rfind(_BOLD_END) + 1 :].strip(
            " :" + _BOLD + _BOLD_END
        ):
            style = "bold"
        line = _MARKS.sub("", line).strip()
    bullet = _BULLET.match(line)
    if bullet and bullet.end() < len(line):
        line = line[bullet.end() :]
        is_bullet = True
    markdown = _MARKDOWN.match(line)
    if markdown:
        whole = markdown[1] or line.rstrip(": ").endswith(markdown[0])
        style = style or ("h" if whole else "")
        line = line[markdown.end() :].replace("**", "").replace("__", "")
    line = line.strip()
    return _Piece(line, style, is_bullet) if line else None


def _continues(before: _Piece, piece: _Piece) -> bool:
    """A line broken by hand in mid-sentence, as in e-mail and old systems."""
    return (
        piece.text[0].islower()
        and not piece.is_bullet
        and len(before.text) >= 50
        and before.text[-1] not in ".:;!?)"
        and not (before.style or piece.style)
    )


# -- Headings and their kinds ----------------------------------------------------------

_KIND_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        Kind.LEGAL,
        r"equal (?:employment )?opportunity|\beeoc?\b|disclaimer|accommodation"
        r"|privacy|work authorization|drug.free|terms of use",
    ),
    (
        Kind.PREFERRED,
        r"prefer|desired|desirable|nice.to.haves?|bonus points|\bpluses\b|\ba plus\b"
        r"|\bideal(?:ly)?\b|additional qualifications|optional|great to have"
        r"|sets you apart|stand out|helpful|would be (?:great|nice)|extra credit",
    ),
    (
        Kind.BENEFITS,
        r"benefit|perks|(?:what|why) (?:we|you(?:'ll| will)?|[\w ]{0,20}) "
        r"(?:offers?|provides?|get|receive|gain)\b|we offer|we provide"
        r"|why (?:join|work|choose|you'll love|us\b)|total rewards|what's in it for you"
        r"|our offer|rewards|in return|advantages of working",
    ),
    (
        Kind.PAY,
        r"(?<!workers' )(?<!worker's )(?<!workers )compensation|salary|\bpay\b"
        r"|\bwages?\b|hourly rate|rate of"
        r"|remuneration|hiring range",
    ),
    (
        Kind.REQUIRED,
        r"minimum|required\b|requirements?\b|must.haves?|basic qualifications"
        r"|qualifications?\b|what we (?:look for|want|ask)|what (?:you(?:'ll"
        r"| will)? (?:need|bring|have)|we need"
        r"|we(?:'re| are) looking for|it takes|we require|we expect|you must)"
        r"|you(?:'ll| will)? (?:need|have|bring|must have)"
        r"|looking for|who you are|about you\b|your (?:background|profile|experience)"
        r"|ideal candidate|the right (?:person|candidate)|to be successful|to qualify"
        r"|eligibility|criteria|candidate profile|job specifications?"
        r"|qualified candidates?|credentials? needed|needed",
    ),
    (
        Kind.DUTIES,
        r"dut(?:y|ies)|responsib|essential (?:job )?functions?|accountabilit"
        r"|(?:job|position|role) (?:functions|description|summary|overview|purpose)"
        r"|what you(?:'ll| will)? (?:do|be doing)|what you do|day.to.day|typical day"
        r"|day in the life|key (?:functions|tasks)"
        r"|the (?:role|job|work|position|opport)"
        r"|you will\b|you'll\b|tasks|summary|overview|how you(?:'ll| will)"
        r"|about (?:the|this) (?:role|job|position|opportunity)|primary functions?"
        r"|in this role|scope|job purpose|general purpose|performance expectations"
        r"|your (?:role|impact|day)|functions\b|position details",
    ),
    (
        Kind.ABOUT,
        r"about (?:us|our|the (?:company|team|organization|practice|hospital))"
        r"|who we are"
        r"|our (?:mission|story|culture|company|values|team|commitment)|company"
        r"|mission|^about\b|meet the team|introduction|join (?:us|our)",
    ),
    (
        _SUBHEADING,
        r"education|experience|licens|certific|credential|skills?\b|knowledge|abilit"
        r"|training|competenc|registration|languages?\b|technical|software|abilities",
    ),
    (
        Kind.OTHER,
        r"schedule|shift|hours|location|travel|supervis|physical"
        r"|work(?:ing)? (?:env|con)"
        r"|environment|job (?:type|details|code|category|id)|employment type|department"
        r"|how to apply|application|apply|interview|reports? to|contact|status|remote"
        r"|work (?:location|setting|remotely)|ability to|notes?\b|start date|title|type"
        r"|assessment|test|equipment|productivity|quality",
    ),
)
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in _KIND_PATTERNS)

#: Headings found in the midst of a text that lost its line structure.
_INLINE_HEADING = re.compile(
    r"(?P<end>[.!?;)])\s(?=[A-Z])(?:(?=[^.:!?\n]{4,48}:)(?P<colon>"
    r"(?:(?:Minimum|Basic|Required|Preferred|Desired|Additional"
    r"|Job|Position|Key|Essential|Primary|Education|Experience|Work|Core|Other"
    r"|Licenses?|Certifications?|and|&|/|Skills|Knowledge)[ /]+){0,4}"
    r"(?:Qualifications|Requirements?|Required|Preferred|Desired|Responsibilities"
    r"|Duties|Functions|Education|Experience|Skills|Licensure|Certifications?|Benefits"
    r"|Schedule|Compensation|Salary(?: Range)?|Pay(?: Range)?|Location|Job Type"
    r"|About [Uu]s|What [Ww]e [Oo]ffer|Perks|Summary|Nice to [Hh]ave|Pluses)\s?:)(?=\s)"
    r"|(?P<bare>(?:(?:Minimum|Basic|Required|Preferred|Desired) "
    r"(?:Job )?(?:Qualifications|Requirements|Skills)"
    r"|(?:Key|Essential|Primary|Job) (?:Responsibilities|Duties|Functions)"
    r"|What We Offer|What You(?:'|’)ll (?:Do|Need)|About (?:Us|You|The Role)))"
    r"(?=\s+[A-Z0-9]))"
)


def _own_line(match: re.Match[str]) -> str:
    if match["bare"]:
        return f"{match['end']}\n{match['bare']}:\n"
    return f"{match['end']}\n{match['colon']}"


_LABEL = re.compile(r"[a-z][a-z0-9 '/&,()-]{2,58}?(?::|\s-(?=\s))")
#: First-person lines, and in a questionnaire every lettered one.
_ANSWER = re.compile(
    r"(?:[a-h]\. )?(?:yes,? |no,? )?(?:i (?:have|am|do|did|can|possess|held|hold|meet"
    r"|currently|will|would|acknowledge|verify|accept|only|lack|understand)\b"
    r"|my (?:experience|education)|none of the above|(?:yes|no)\W*$)"
)
_LETTERED = re.compile(r"[a-h]\. ")
#: An answer begins so, or with a letter and a full stop.
_ANSWER_STARTS = ("i ", "my ", "yes", "no")
_MOST_HEADING_WORDS = 9
_NOT_IN_HEADING = re.compile(r"[$%@]")


@dataclass(slots=True)
class _Section:
    """The heading in force while lines are read."""

    kind: Kind = Kind.OTHER
    heading: str = ""
    parent: Kind = Kind.OTHER
    parent_style: str = ""
    follows_heading: bool = False
    is_questionnaire: bool = False


def _lines(pieces: list[_Piece], folded: str) -> tuple[Line, ...]:
    section = _Section(is_questionnaire="questionnaire" in folded)
    found: list[Line] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        line = folded[start:end]
        kind = _heading_kind(piece, line)
        if kind is not None:
            _enter(section, kind, piece)
            found.append(_heading_line(piece, section, start, end))
        else:
            section.follows_heading = False
            found.append(_labelled(piece, section, start, end, line))
        start = end + 1
    return tuple(found)


def _heading_line(piece: _Piece, section: _Section, start: int, end: int) -> Line:
    kind, heading = section.kind, section.heading
    return Line(start, end, kind, heading, start, True, piece.is_bullet)


def _labelled(
    piece: _Piece, section: _Section, start: int, end: int, line: str
) -> Line:
    """A line of text; "Preferred: ..." or "Benefits: ..." speaks for its own line."""
    kind, heading, label_end = section.kind, section.heading, start
    # Most lines hold no label's end near their start, which is quicker to see.
    label = (":" in line[:60] or " - " in line[:62]) and _LABEL.match(line)
    if label:
        own = _kind_of(label[0])
        if own is not None:
            heading = piece.text[: label.end() - 1].strip()
            label_end = start + label.end()
            kind = _resolved(own, section.kind)
            if section.kind == Kind.PAY and kind == Kind.REQUIRED:
                # "Minimum: $20.35" is a bound of the pay.
                kind = Kind.PAY
    is_answer = _is_answer(line, in_questionnaire=section.is_questionnaire)
    return Line(start, end, kind, heading, label_end, False, piece.is_bullet, is_answer)


def _is_answer(line: str, *, in_questionnaire: bool) -> bool:
    if not (line.startswith(_ANSWER_STARTS) or line.startswith(". ", 1)):
        return False
    if in_questionnaire and _LETTERED.match(line):
        return True
    return _ANSWER.match(line) is not None


def _resolved(kind: str, around: Kind) -> Kind:
    """What a subheading asks for: as the section around it says, else required."""
    if kind != _SUBHEADING:
        return Kind(kind)
    return around if around == Kind.PREFERRED else Kind.REQUIRED


def _enter(section: _Section, kind: str, piece: _Piece) -> None:
    style = piece.style or ("colon" if piece.text.endswith(":") else "bare")
    if kind == _SUBHEADING:
        is_nested = section.follows_heading or style != section.parent_style
        section.kind = _resolved(kind, section.parent if is_nested else Kind.OTHER)
        if not is_nested:
            section.parent = section.kind
        elif section.follows_heading:
            section.parent_style = section.parent_style + "+"
    else:
        section.kind = section.parent = Kind(kind)
        section.parent_style = style
    section.heading = piece.text.rstrip(": ")
    section.follows_heading = True


def _heading_kind(piece: _Piece, line: str) -> str | None:
    """The kind of a heading, None if the line is none."""
    if len(line) > 80 or line[-1] in ".;!," or line.count(" ") >= _MOST_HEADING_WORDS:
        return None
    if ": " in line or _NOT_IN_HEADING.search(line):
        return None
    is_marked = bool(piece.style) or line[-1] == ":"
    if is_marked:
        if piece.is_bullet and piece.style != "h" and line[-1] != ":":
            return None
        return _kind_of(line) or Kind.OTHER
    if piece.is_bullet or (line[-1] == "?" and line.count(" ") > 4):
        return None
    kind = _kind_of(line)
    if kind is not None and (piece.text.isupper() or _is_title(piece.text)):
        return kind
    return None


_SMALL_WORDS = frozenset(
    """
    a about and any are as at be by do for from have in is it key like looking make need
    of offer on or our required preferred qualifications responsibilities skills
    requirements the this to us we what who why with you you'll will you'd your we're
    bring desired experience duties functions description benefits summary plus nice
    """.split()
)
_NOT_A_HEADING = re.compile(
    r"\d|\b(?:years?|degree|diploma|ged|is|plus$|required$|preferred$|(?:or|and)$)"
    r"|^(?:must|no) "
)


def _is_title(text: str) -> bool:
    """Short, and every word of weight with a capital: "Minimum Qualifications"."""
    words = text.replace("/", " ").replace("&", " ").split()
    if len(words) > 6:
        return False
    if len(words) > 2 and _NOT_A_HEADING.search(text.lower()):
        return False
    return text[0].isupper() and all(
        not word[0].islower() or word.lower().replace("’", "'") in _SMALL_WORDS
        for word in words
    )


@lru_cache(maxsize=4096)
def _kind_of(heading: str) -> str | None:
    for kind, pattern in _KINDS:
        if pattern.search(heading):
            return kind
    return None


# -- Sentences and words ---------------------------------------------------------------

#: For bytes: all but small letters and digits become spaces.
_SPACED = bytes(
    code if chr(code) in ascii_lowercase + digits else ord(" ") for code in range(256)
)
_SENTENCE_END = re.compile(r"[.!?]([\"')\]]*) +(?=[\"'(]?[A-Z0-9$])")
_ABBREVIATIONS = frozenset(
    """
    e.g i.e etc vs approx incl excl dr mr mrs ms st mt ft inc ltd corp dept no min max
    exp req cert pref wks yr yrs hr hrs mo mos est ext u.s u.s.a a.m p.m ph.d prof avg
    wk mon tue tues wed thu
    thur thurs fri sat sun jan feb aug sept oct nov dec b.s b.a a.a a.s m.s
    """.split()
)


def _is_abbreviation(folded: str, start: int, stop: int) -> bool:
    """Whether the full stop at ``stop`` belongs to the word before it."""
    word = folded[max(folded.rfind(" ", start, stop) + 1, start) : stop]
    word = word.lstrip("(\"'")
    return word in _ABBREVIATIONS or len(word) == 1


def occurrences(folded: str, words: tuple[str, ...]) -> Iterator[int]:
    """Where any of the words stands, in order. Many times quicker than a pattern."""
    found = []
    for word in words:
        at = folded.find(word)
        while at != -1:
            found.append(at)
            at = folded.find(word, at + 1)
    yield from sorted(found)


def sentences_of(text: Text, *kinds: Kind) -> Iterator[Sentence]:
    """The sentences that are no heading, under headings of these kinds (or any)."""
    for sentence in text.sentences:
        if sentence.line.is_heading:
            continue
        if not kinds or sentence.kind in kinds:
            yield sentence
