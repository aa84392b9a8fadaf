"""The credential rule of a listing, read from its sentences.

A sentence is read in four steps: the credentials it names (`Names`), the lists they
form ("CPC, CCS or RHIT"), the cue that governs each list ("required", "a plus",
"within 6 months of hire", else the heading over the line), and at the end the
statements of all sentences joined to one rule. A credential named outside of any
requirement ("work with our CPC team") states nothing.

The classes of the Veterans Health Administration ("mastery level certification") come
from its qualification standard for medical records technicians.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..credential_rule import MOST_GROUPS, CredentialRule, Group
from ..vocabulary import Vocabulary
from .credential_cues import NONE_REQUIRED, Strength, cues_in
from .credential_lists import JOINS, Listed, groups_of
from .credential_names import CLASS_DEFINITION, CLASSES, NAMES, Mention, Names
from .credential_standard import demands
from .credential_strengths import Unit, attributed
from .credential_units import REACH, SKIPPED, Reader, default_of
from .facts import Read
from .text import Kind, Line, Text
from .words import title_text

_LONGEST_EVIDENCE = 300


#: "certification" in the sense of this field, when no credential is named with it.
_UNNAMED = re.compile(
    r"(?:\bcod(?:ing|er)\b|\baapc\b|\bahima\b|\bhim\b|\bprofessional\b|\bbilling\b"
    r"|\bncra\b|\bacdis\b|\bcdi\b|^\W*)[^.;\n]{0,45}\b(?:certif(?:ication|ied)"
    r"|credential)"
    r"|\b(?:certification|certified|credential)\w*[^.;\n]{0,40}(?:\bcod(?:ing|er)\b"
    r"|\baapc\b|\bahima\b|\bhim\b)"
)
_OTHER_CERTIFICATE = re.compile(
    r"\b(?:bls|cpr|acls|driver|first aid|first-aid|nurs|state licens|basic life|notary"
    r"|iso|hipaa|company|organization|board|joint commission|accredit|oasis|lean|epic)"
)
_AT_HIRE = re.compile(
    r"at (?:the )?(?:time of )?(?:hire|hiring)|within|upon hire|to start"
)
_LATER_MONTHS = re.compile(
    r"\b(?:certif|credential|obtain|attain|achiev|earn|pass|it must|this must)"
)
_APPRENTICE_YES = re.compile(
    r"apprentice\w*(?:\W+(?!not\b|no\b)\w+){0,5}?\W+(?:accept\w+|welcomed?"
    r"|considered|ok|okay"
    r"|encouraged|eligible|allowed|may apply|fine)\b"
    r"|\b(?:accept\w*|consider\w*|welcom\w+|open to|includ\w+|even"
    r"|or)\W+(?:\w+\W+){0,3}?"
    r"(?:apprentice\w*|\(?a\)? status)"
    r"|apprentice\w*(?:\W+\w+){0,3}?\W+(?:must|to)\W+(?:be\W+)?(?:remove|complete|lift)"
    r"|remov\w+\W+(?:\w+\W+){0,3}?(?:apprentice|\"a\")"
)
_APPRENTICE_NO = re.compile(
    r"\b(?:no|not|non|without|cannot|exclud\w+|never"
    r"|n't)\b[\s-]*(?:\w+\W+){0,4}?apprentice"
    r"|apprentice\w*(?:\W+\w+){0,5}?\W+(?:not|cannot|n't|unacceptable)\b"
)


class _Entry(NamedTuple):
    """A group, the words it was read from, and whether it is a federal class.

    ``is_option`` marks a class that is one of several in a list of lines.
    """

    group: Group
    words: str
    is_class: bool = False
    is_option: bool = False


@dataclass(slots=True)
class _Statements:
    """What the sentences of a text say, before it is joined to one rule."""

    groups: list[_Entry] = field(default_factory=list)
    weak: list[_Entry] = field(default_factory=list)
    preferred: list[tuple[str, str]] = field(default_factory=list)
    apprentice: bool | None = None
    none_words: str = ""
    unnamed: bool = False

    def read(self, text: Text, unit: Unit, mentions: Sequence[Mention]) -> None:
        folded = unit.folded
        lists = attributed(unit, mentions)
        words = _words(text, unit, mentions)
        chosen: list[_Entry] = []
        unit_wishes: list[Mention] = []
        is_class = any(mention.class_name for mention in mentions)
        for listed in lists:
            kept = self._judge_apprentice(listed)
            if not kept.mentions:
                continue
            if listed.strength is Strength.PREFERRED:
                self.preferred += [(slug, words) for slug in kept.slugs]
                unit_wishes += kept.mentions
            elif listed.strength is Strength.NOT_REQUIRED:
                self.none_words = self.none_words or words
            elif listed.is_alternative and (chosen or self.groups):
                before = chosen or self.groups
                before[-1] = _with_alternative(before[-1], folded, unit, kept)
            elif listed.strength is Strength.REQUIRED:
                if kept.is_accepted and unit_wishes and not chosen:
                    # "We prefer an RHIT but will accept a CCA": one of them it must be.
                    kept = replace(kept, mentions=[*unit_wishes, *kept.mentions])
                for any_of in groups_of(folded, unit.start, kept):
                    group = Group(any_of, within_months=listed.months)
                    is_option = is_class and listed.is_from_heading
                    entry = _Entry(group, words, is_class, is_option)
                    (self.weak if listed.is_weak else chosen).append(entry)
        if unit.any_of and unit.least == 1 and len(chosen) > 1:
            chosen = _one_group(chosen)
        if not chosen and _asks_for_a_class(unit, mentions):
            self.unnamed = True
        self.groups += chosen

    def _judge_apprentice(self, listed: Listed) -> Listed:
        """Take "CPC-A accepted" and "no CPC-A" to heart."""
        if listed.strength is Strength.ACCEPTED:
            if self.apprentice is None:
                self.apprentice = True
            return replace(listed, mentions=[])
        if listed.strength is Strength.REFUSED:
            self.apprentice = False
            return replace(listed, mentions=[])
        return listed


def _with_alternative(entry: _Entry, folded: str, unit: Unit, listed: Listed) -> _Entry:
    """ "RHIT or CCS required, CIC acceptable", unless under a condition."""
    if re.search(r"\b(?:with|if|when)\b", folded[listed.end : unit.end]):
        return entry
    any_of = tuple(dict.fromkeys((*entry.group.any_of, *listed.slugs)))
    return entry._replace(group=replace(entry.group, any_of=any_of))


def _asks_for_a_class(unit: Unit, mentions: Sequence[Mention]) -> bool:
    """ "Coding certification required, CPC preferred": which one is required?"""
    if NONE_REQUIRED.search(unit.folded, unit.start, unit.end):
        return False
    start = unit.start
    for mention in [*mentions, None]:
        end = mention.start if mention else unit.end
        required = _CLASS_REQUIRED.search(unit.folded, start, max(start, end))
        if required and not _OTHER_CERTIFICATE.search(unit.folded, start, end):
            return True
        if mention:
            own = JOINS.match(unit.folded, mention.end)
            start = own.end() if own else mention.end
    return False


_CLASS_REQUIRED = re.compile(
    r"\b(?:certification|credential)s?\b[^.;,]{0,40}\b(?:is "
    r"|are )?(?<!not )(?:required|mandatory)\b"
    r"|\b(?:must|required)\b[^.;,]{0,60}\b(?:certified|certification"
    r"|credential(?:ed)?)\b"
)


def _one_group(
    entries: Sequence[_Entry],
) -> list[_Entry]:
    slugs = tuple(dict.fromkeys(s for entry in entries for s in entry.group.any_of))
    months = [e.group.within_months for e in entries if e.group.within_months]
    group = Group(slugs, within_months=max(months, default=None))
    return [entries[0]._replace(group=group)]


def _words(text: Text, unit: Unit, mentions: Sequence[Mention]) -> str:
    if unit.end - unit.start <= _LONGEST_EVIDENCE:
        return text.words(unit.start, unit.end)
    start, end = mentions[0].start, mentions[-1].end
    if end - start > _LONGEST_EVIDENCE:
        end = mentions[0].end
    return text.evidence(start, end, _LONGEST_EVIDENCE)


def read_rule(
    text: Text, vocabulary: Vocabulary, title: str = ""
) -> Read[CredentialRule] | None:
    """The rule the text states, None where it states none or names no credential.

    A text that asks for a credential without naming one ("AAPC certification
    required") has no rule we could hold a wallet against, whatever it prefers.
    """
    names = NAMES(vocabulary)
    statements = _Statements()
    reader = Reader(text, names)
    for unit, mentions in reader.units():
        written = text.folded[unit.start : unit.end]
        is_skipped = SKIPPED.search(written) or (
            reader.classes and CLASS_DEFINITION.search(written)
        )
        if not is_skipped:
            statements.read(text, unit, mentions)
    if reader.classes:
        _read_standard(text, reader.classes, statements)
    _read_unnamed(text, reader, statements)
    if title and not statements.groups and not statements.preferred:
        _read_title(title, names, statements)
    return _rule(statements, names, text, title)


def _read_standard(
    text: Text, classes: Sequence[Mention], statements: _Statements
) -> None:
    """Its lists of options are read as a whole, so what was read of them line by line
    makes way."""
    kept = [entry for entry in statements.groups if not entry.is_option]
    statements.groups[:] = kept
    for demand in demands(text, classes):
        is_short = demand.end - demand.start < _LONGEST_EVIDENCE
        end = demand.end if is_short else demand.start
        words = text.evidence(demand.start, end, _LONGEST_EVIDENCE)
        entry = _Entry(Group(demand.slugs), words, True, demand.is_option)
        statements.groups.append(entry)


def _read_title(title: str, names: Names, statements: _Statements) -> None:
    heading = title_text(title)
    mentions = names.find(heading)
    if not mentions or not heading.lines:
        return
    is_name = any(" " in heading.cased[m.start : m.end] for m in mentions)
    if is_name and len(mentions) == 1:
        # "Certified Coding Specialist" may be all that the title says.
        return
    line = heading.lines[0]
    end = len(heading.plain)
    unit = Unit(0, end, line, Strength.REQUIRED, folded=heading.folded)
    statements.read(heading, unit, mentions)


def _read_unnamed(text: Text, reader: Reader, statements: _Statements) -> None:
    """Sentences that speak of certification without naming a credential."""
    folded = text.folded
    read_to = -1
    for at in _places(folded, _CERTIFIED):
        if at < read_to:
            continue
        sentence = text.sentence_at(at)
        start = max(sentence.start, at - REACH)
        end = min(sentence.end, at + REACH)
        read_to = end
        line = sentence.line
        if line.is_answer or line.kind in (Kind.BENEFITS, Kind.LEGAL, Kind.ABOUT):
            continue
        written = folded[start:end]
        if NONE_REQUIRED.search(written) and not _AT_HIRE.search(written):
            words = text.words(start, end)
            statements.none_words = statements.none_words or words[:_LONGEST_EVIDENCE]
            continue
        if SKIPPED.search(written):
            continue
        is_named = any(start <= m.start < end for m in reader.mentions)
        if "apprentic" in written:
            _read_apprentice(written, statements)
        if not is_named:
            _read_class_only(text, start, end, line, statements)


#: Beginnings of the words that such sentences have.
_CERTIFIED = ("certif", "credential", "apprentic", "licens")


def _places(folded: str, words: Sequence[str]) -> list[int]:
    found = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append(at)
            at = folded.find(word, at + 1)
    return sorted(found)


def _read_apprentice(written: str, statements: _Statements) -> None:
    if re.search(r"apprentice(?: ?/ ?associate|[ -]level)", written):
        return
    if _APPRENTICE_NO.search(written):
        statements.apprentice = False
    elif _APPRENTICE_YES.search(written) and statements.apprentice is None:
        statements.apprentice = True


def _read_class_only(
    text: Text, start: int, end: int, line: Line, statements: _Statements
) -> None:
    written = text.folded[start:end]
    if _OTHER_CERTIFICATE.search(written):
        return
    may_date = bool(statements.groups) and _LATER_MONTHS.search(written) is not None
    is_unnamed = _UNNAMED.search(written) is not None
    if not (may_date or is_unnamed):
        return
    cues = cues_in(text.folded, start, end)
    months = [cue.months for cue in cues if cue.kind == "within" and cue.is_about_hire]
    if may_date and months:
        # "CPC required. If not certified, it must be obtained within a year."
        last = statements.groups[-1]
        if last.group.within_months is None and not last.is_class:
            later = replace(last.group, within_months=months[0])
            statements.groups[-1] = last._replace(group=later)
        return
    strengths = {cue.strength for cue in cues}
    if strengths & {Strength.PREFERRED, Strength.NOT_REQUIRED}:
        return
    if not is_unnamed or line.is_heading or written.endswith(":"):
        return
    if Strength.REQUIRED in strengths or default_of(line) is Strength.REQUIRED:
        statements.unnamed = True


def _rule(
    statements: _Statements, names: Names, text: Text, title: str
) -> Read[CredentialRule] | None:
    entries = _reconciled(statements.groups or statements.weak)
    if len(entries) > MOST_GROUPS or (statements.unnamed and not entries):
        return None
    groups = tuple(
        _with_apprentice(_for_cdi(entry.group, text, title), statements, names)
        for entry in entries
    )
    alone = {group.any_of[0] for group in groups if len(group.any_of) == 1}
    preferred = tuple(
        dict.fromkeys(slug for slug, _ in statements.preferred if slug not in alone)
    )
    if entries:
        words = entries[0].words
    elif statements.preferred:
        words = statements.preferred[0][1]
    elif statements.none_words:
        words = statements.none_words
    else:
        return None
    return Read(CredentialRule(groups, preferred), words)


def _with_apprentice(group: Group, statements: _Statements, names: Names) -> Group:
    forms = [names.apprentices.get(slug) for slug in group.any_of]
    if statements.apprentice is False:
        kept = tuple(s for s in group.any_of if s not in names.apprentices.values())
        return replace(group, any_of=kept or group.any_of)
    if statements.apprentice and any(forms):
        return replace(group, apprentice_accepted=True)
    return group


_FOR_MASTERY = re.compile(r"certification may be substituted for an? mastery")


def _for_cdi(group: Group, text: Text, title: str) -> Group:
    """A documentation certification may stand for the mastery level, says the VA."""
    if group.any_of != CLASSES["mastery"] or not _FOR_MASTERY.search(text.folded):
        return group
    if not re.search(r"cdi|clinical documentation", title.lower()):
        return group
    return replace(group, any_of=(*group.any_of, *CLASSES["cdi"]))


def _reconciled(entries: Sequence[_Entry]) -> list[_Entry]:
    """One requirement said twice is one group.

    Of two lists the longer is the exact one ("CPC required" over "CPC, CCS or RHIT"),
    but of two federal classes the narrower: the wider is for the lower grades.
    """
    options = [entry for entry in entries if entry.is_option]
    if options:
        others = [entry for entry in entries if not entry.is_option]
        entries = [*_one_group(options), *others]
    kept: list[_Entry] = []
    for entry in entries:
        for index, other in enumerate(kept):
            joined = _joined_entries(other, entry)
            if joined:
                kept[index] = joined
                break
        else:
            kept.append(entry)
    return kept


def _joined_entries(one: _Entry, two: _Entry) -> _Entry | None:
    first, second = set(one.group.any_of), set(two.group.any_of)
    months = one.group.within_months or two.group.within_months
    if first == second:
        return one._replace(group=replace(one.group, within_months=months))
    if one.group.within_months != two.group.within_months:
        return None
    if one.is_class and two.is_class:
        return two if second < first else one
    if not first & second or one.words == two.words:
        # Said in one breath: "CPC and either CPC or CRC" is kept as it stands.
        return None
    if first > second:
        return one
    if second > first:
        return two
    union = tuple(dict.fromkeys((*one.group.any_of, *two.group.any_of)))
    return one._replace(group=replace(one.group, any_of=union))
