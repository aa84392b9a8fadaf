"""Sentences and runs of lines that state one thing about credentials together."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from .credential_cues import CERTIFICATION, Strength, cues_in
from .credential_lists import JOINS, least_of
from .credential_names import Mention, Names, class_mentions, is_inside
from .credential_strengths import Unit
from .text import Kind, Line, Text

#: How far from a credential the words that govern it are looked for. A text without
#: stops is one sentence; this keeps the work in proportion to its length.
REACH = 600


SKIPPED = re.compile(
    r"\?\W*$|\bdo you (?:currently )?(?:have|possess|hold|meet)\b"
    r"|for all positions above|above the journey|higher[- ]grade|grandfather"
    r"|fails to maintain|on the effective date|may change and"
    r"|do not meet the definition"
    r"|(?:required|must) to (?:take|pass) our|\bresume\b.{0,40}\bcertif"
)
_LINKS_TO_NEXT = re.compile(r"(?:,|/|\bor|\band/or|\band|-or-)\W*$")
_LINKS_TO_LAST = re.compile(r"\W*(?:or|and/or)\b")
_LINK_ONLY = re.compile(r"\W*(?:or|and/or)\W*$")


class _Intro(NamedTuple):
    """What the line that opens a list of lines asks: "Must have two of these:"."""

    strength: Strength | None = None
    is_any: bool = False
    least: int = 1


class Reader:
    """One text: its mentions by line, and the units they stand in."""

    def __init__(self, text: Text, names: Names) -> None:
        self.text = text
        self.folded = text.folded
        self.masked = text.folded
        named = names.find(text)
        self.classes = class_mentions(text)
        self.mentions = sorted(
            [m for m in named if not is_inside(m, self.classes)] + self.classes,
            key=lambda mention: mention.start,
        )
        starts = [line.start for line in text.lines]
        self.by_line: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            index = bisect_right(starts, mention.start) - 1
            self.by_line.setdefault(index, []).append(mention)
        if "apprentic" in self.folded:
            for match in _PARENTHESIS.finditer(self.folded):
                if "apprentic" in match[1] and not any(
                    match.start() < m.start < match.end() for m in self.mentions
                ):
                    self.masked = _blanked(self.masked, *match.span())

    def units(self) -> Iterator[tuple[Unit, list[Mention]]]:
        done = -1
        for index in self.by_line:
            if index <= done or self.text.lines[index].is_answer:
                continue
            intro = self._intro(index)
            done = self._run_end(index, intro.is_any)
            if done > index:
                yield self._joined(index, done, intro)
            else:
                yield from self._sentences(index, intro)

    def _joined(
        self, first: int, last: int, intro: _Intro
    ) -> tuple[Unit, list[Mention]]:
        lines = self.text.lines
        are_linked = self._are_linked(first, first + 1)
        unit = Unit(
            lines[first].start,
            lines[last].end,
            lines[first],
            intro.strength or default_of(lines[first]),
            any_of=intro.is_any or not are_linked,
            least=intro.least,
            folded=self.masked,
        )
        mentions = [
            mention
            for index in range(first, last + 1)
            for mention in self.by_line.get(index, ())
        ]
        return unit, mentions

    def _sentences(
        self, index: int, intro: _Intro
    ) -> Iterator[tuple[Unit, list[Mention]]]:
        line = self.text.lines[index]
        default = intro.strength or default_of(line)
        ahead = list(self.by_line[index])
        while ahead:
            sentence = self.text.sentence_at(ahead[0].start)
            end = max(sentence.end, ahead[0].end)
            here = [mention for mention in ahead if mention.start < end]
            ahead = ahead[len(here) :]
            start = max(sentence.start, here[0].start - REACH)
            end = min(end, here[-1].end + REACH)
            unit = Unit(
                start, end, line, default, intro.is_any, intro.least, self.masked
            )
            yield from self._with_parentheses(unit, here)

    def _with_parentheses(
        self, unit: Unit, mentions: list[Mention]
    ) -> Iterator[tuple[Unit, list[Mention]]]:
        """ "(RHIA preferred)" is a sentence of its own within another."""
        outside = mentions
        folded = self.masked
        for match in _PARENTHESIS.finditer(folded, unit.start, unit.end):
            inside = [m for m in outside if match.start() < m.start < match.end()]
            goes_on = match[1].startswith("or ") and "prefer" not in match[1]
            if inside and _HAS_CUE.search(match[1]) and not goes_on:
                outside = [m for m in outside if m not in inside]
                start, end = match.span(1)
                yield Unit(start, end, unit.line, None, folded=folded), inside
                folded = _blanked(folded, *match.span())
        if outside:
            yield replace(unit, folded=folded), outside

    def _intro(self, index: int) -> _Intro:
        lines = self.text.lines
        for before in range(index - 1, max(index - 8, -1), -1):
            line = lines[before]
            written = self.folded[line.start : line.end]
            if line.is_heading or written.endswith(":"):
                if SKIPPED.search(written):
                    return _Intro()
                strengths = [
                    cue.strength
                    for cue in cues_in(self.folded, line.start, line.end)
                    if cue.strength in (Strength.REQUIRED, Strength.PREFERRED)
                ]
                is_any = _INTRO_ANY.search(written) is not None
                first = strengths[0] if strengths else None
                is_about = CERTIFICATION.search(written) is not None or is_any
                least = least_of(self.folded, line.start, line.end)
                return _Intro(first if is_about else None, is_any, least)
            if not (lines[before + 1].is_bullet or before + 1 in self.by_line):
                break
            if not (line.is_bullet or self._is_bare(before)):
                break
        return _Intro()

    def _run_end(self, index: int, intro_any: bool) -> int:
        """The last of the lines that make one list from ``index`` on."""
        last = index
        lines = self.text.lines
        while last + 1 < len(lines):
            following = last + 1
            if following not in self.by_line:
                written = self.folded[lines[following].start : lines[following].end]
                if following + 1 in self.by_line and _LINK_ONLY.match(written):
                    last = following + 1
                    continue
                break
            if lines[following].is_answer or not self._belongs(
                last, following, intro_any
            ):
                break
            last = following
        return last

    def _belongs(self, first: int, second: int, intro_any: bool) -> bool:
        lines = self.text.lines
        if lines[first].is_heading or lines[second].is_heading:
            return False
        if self._are_linked(first, second):
            return True
        both_bare = self._is_bare(first) and self._is_bare(second)
        if intro_any:
            return both_bare or (lines[first].is_bullet and lines[second].is_bullet)
        return both_bare and CERTIFICATION.search(lines[first].heading.lower()) is not (
            None
        )

    def _are_linked(self, first: int, second: int) -> bool:
        lines = self.text.lines
        one = self.folded[lines[first].start : lines[first].end]
        two = self.folded[lines[second].start : lines[second].end]
        return bool(_LINKS_TO_NEXT.search(one) or _LINKS_TO_LAST.match(two))

    def _is_bare(self, index: int) -> bool:
        """Nothing but credentials, their bodies and small words on the line."""
        if index not in self.by_line:
            return False
        line = self.text.lines[index]
        at = line.start
        for mention in [*self.by_line[index], None]:
            until = mention.start if mention else line.end
            if not JOINS.fullmatch(self.folded, min(at, until), until):
                return False
            at = mention.end if mention else at
        return True


def _blanked(folded: str, start: int, end: int) -> str:
    return folded[:start] + " " * (end - start) + folded[end:]


_PARENTHESIS = re.compile(r"\(([^()]*)\)")
_HAS_CUE = re.compile(
    r"prefer|require|accept|consider|\bplus\b|desir|within|welcome|\bok\b|okay|eligib"
    r"|\bno\b|\bnot\b|encourag|mandatory|recommend|\bideal"
)
_INTRO_ANY = re.compile(
    r"\bone\b|\bany\b|\beither\b|\bor more\b|such as|e\.g|includ|below\b|\baccept"
    r"|following"
)


def default_of(line: Line) -> Strength | None:
    if line.kind is Kind.REQUIRED:
        return Strength.REQUIRED
    return Strength.PREFERRED if line.kind is Kind.PREFERRED else None
