"""What a sentence says of each list of credentials in it: its strength and time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .credential_cues import CERTIFICATION, NONE_REQUIRED, Cue, Strength, cues_in
from .credential_lists import JOINS, Listed, joint_kind, lists_in
from .credential_names import Mention
from .text import Kind, Line

#: Followed by these a credential describes other people, a course or a cost.
_OTHER_PEOPLE = re.compile(
    r"[- ]*(?:certified\s+|credentialed\s+|certification\s+"
    r"|exam\s+)*(?:(?:medical\s+|coding\s+"
    r"|professional\s+|remote\s+)*(?:coders|team|staff|auditors|colleagues|peers"
    r"|mentors"
    r"|instructors?|students|professionals|specialists|employees|members|managers?"
    r"|directors?|supervisors?|trainers?|leadership)"
    r"|(?:exams?|test)?\s*(?:prep\w*|training|courses?|class(?:es)?|program|boot ?camp"
    r"|study|voucher|fees?|dues|ceus?|membership|renewals?|reimbursement|bonus"
    r"|differential|sponsorship|scholarship|tuition|cost)\b)"
)
#: Before a credential these tell of costs, other people, or a hope.
_ELSEWHERE = re.compile(
    r"\b(?:pay(?:s|ing)?|paid|reimburs\w+|covers?|tuition|fees?|costs?|sponsor\w*"
    r"|pursu\w+"
    r"|prepar\w+|study(?:ing)?|teach\w*|bonus(?:es)?\s+for|differential|report(?:s"
    r"|ing)?"
    r"(?:\s+directly)?\s+to|supervised\s+by|supervis(?:es?|ing)|manag(?:es?|ing)"
    r"|oversee\w*|mentor\w*|collaborat\w+|work(?:s|ing)?\s+(?:\w+\s+)?with"
    r"|work(?:ing)?\s+towards?|(?:team|staff)\s+of|employ(?:s|ing)?|direction\s+of"
    r"|partner\w*|led\s+by|hired?\s+and|our|your\s+next|assist\w*|support\w*|advance"
    r"|toward|earn\s+your|raise|increase|career|guid\w+|interact\w*|communicat\w+)\b"
)
_OUR_PEOPLE = re.compile(
    r"\b(?:our|their|these)\s+(?:[\w-]+\s+){1,3}(?:hold|have|possess|are"
    r"|include)\b[^.;]*$"
)
_ELIGIBLE_AFTER = re.compile(
    r"[\s/,(-]*(?:certification|certified|credential(?:ed)?|exam|or|and|status|\(?or)*"
    r"[\s/,(-]*(?:(?:be|registry|certification|exam|board|rhi[at]|are|is"
    r"|an?)\W+){0,3}eligib"
)
_IN_TRAINING = re.compile(
    r"\W*(?:(?:certifications?|credentials?"
    r"|certified)\W+)?\(?or\s+(?:be\s+)?(?:currently\s+"
    r"|actively\s+)?(?:in\s+(?:the\s+)?process|working\s+towards?|willing\w*|enrolled"
    r"|pursuing|able\s+to|ability\s+to|in\s+training|student)"
)
_ELIGIBLE_BEFORE = re.compile(
    r"\beligib\w*\s+(?:for|to\s+(?:sit|take|test|obtain|become|write))[^.;]{0,40}$"
)
_STUDY = (
    r"(?:experience|degrees?|years?|diploma|education|training|on-the-job"
    r"|knowledge|coursework|demonstrated|enrolled|students?)\b"
)
_ALTERNATIVE_AFTER = re.compile(
    r"\W*(?:(?:certifications?|credentials?|certified|from|through|aapc|ahima|by|and"
    r"|the)\W+){0,4}or\s+(?:(?:an?|at|least|minimum|of|the|equivalent|comparable"
    r"|related|relevant|commensurate|similar|combination|\d+\+?|one|two|three|four|five"
    r"|\(\d\)|six|work|years?|years'|coding|medical|billing|in|extensive|prior|previous"
    r"|proven|bachelor'?s?|associate'?s?|master'?s?|of|inpatient|outpatient|hands-on"
    r"|on-the-job|significant|his|him)\W+){0,7}?" + _STUDY
)
_ALTERNATIVE_BEFORE = re.compile(
    r"\b" + _STUDY + r"[^.;]{0,60}?\bor\s+(?:(?:an?|current|active|valid|hold|have|be"
    r"|possess|holds)\s+)*$"
)
_IN_LIEU = re.compile(
    r"(?:experience|degree|education)\b[^.;]{0,60}\bin (?:lieu|place) of[^.;]{0,30}"
    r"(?:certif|credential)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or lines that make one list, with what its heading asks."""

    start: int
    end: int
    line: Line
    default: Strength | None
    any_of: bool = False
    least: int = 1
    #: The folded text, without what stands in parentheses and was read by itself.
    folded: str = ""


def attributed(unit: Unit, mentions: Sequence[Mention]) -> list[Listed]:
    """The lists of a unit with their strength; those that state nothing left out."""
    folded = unit.folded
    lists = lists_in(folded, mentions)
    cues = cues_in(folded, unit.start, unit.end)
    for index, listed in enumerate(lists):
        listed.any_of, listed.least = unit.any_of, unit.least
        before = lists[index - 1].end if index else unit.start
        after = lists[index + 1].start if index + 1 < len(lists) else unit.end
        zone_before = [c for c in cues if before <= c.start and c.end <= listed.start]
        zone_after = [c for c in cues if listed.end <= c.start and c.end <= after]
        is_last = index + 1 == len(lists)
        _judge(folded, listed, zone_before, zone_after, index == 0, is_last)
        if _speaks_of_others(folded, unit, listed, zone_before, zone_after):
            listed.is_of_others = True
    _ask_of_a_bare_start(folded, unit, lists)
    lists = [listed for listed in lists if not listed.is_of_others]
    lists = _joined_alternatives(folded, lists)
    lists = _split_where_cues_differ(folded, lists, cues)
    _inherit(folded, unit, lists)
    _contrast(folded, unit, lists)
    for listed in lists:
        _soften(folded, unit, listed)
    if NONE_REQUIRED.search(folded, unit.start, unit.end):
        for listed in lists:
            if listed.is_from_heading or listed.strength in (
                None,
                Strength.NOT_REQUIRED,
            ):
                listed.strength = Strength.PREFERRED
    return [listed for listed in lists if listed.strength]


_NUMBER = r"\(?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\)?\+?"
_OPENS = re.compile(r"\W*(?:(?:an?|active|current|valid)\s+)*")
_AND_YEARS = re.compile(
    r"\W*(?:(?:certified|certification|credential|coders?)\W+)*(?:with|and|plus|w/|\+|&)\s+"
    r"(?:(?:an?|at|least|minimum|min\.?|of)\s+)*"
    + _NUMBER
    + r"(?:\W+"
    + _NUMBER
    + r")?"
    r"\s*(?:years?|yrs?\.?|months?|mos?\.?)\b"
)


def _ask_of_a_bare_start(folded: str, unit: Unit, lists: Sequence[Listed]) -> None:
    """ "CRC or CPC with 2+ years of coding." asks, though no word of it says so."""
    if not lists or unit.default is not None or lists[0].strength is not None:
        return
    first = lists[0]
    if _OPENS.fullmatch(folded, unit.start, first.start) and _AND_YEARS.match(
        folded, first.end, unit.end
    ):
        first.strength = Strength.REQUIRED


def _judge(
    folded: str,
    listed: Listed,
    zone_before: Sequence[Cue],
    zone_after: Sequence[Cue],
    is_first: bool,
    is_last: bool,
) -> None:
    before = _cue_before(zone_before, folded, listed.start)
    after = _cue_after(zone_after, folded, listed.end)
    zone_before = [c for c in zone_before if c.is_about_hire]
    zone_after = [
        c for c in zone_after if c.is_about_hire or _adjoins(folded, listed.end, c)
    ]
    listed.months = _months_around(
        zone_before, zone_after, is_last, is_first or bool(before and before.forward)
    )
    chosen = after or before
    if before and after and after.strength is Strength.PREFERRED:
        between = folded[listed.end : after.start]
        if before.strength is Strength.REQUIRED and _ABOUT_OTHER.search(between):
            chosen = before
    if chosen:
        listed.strength = chosen.strength
        listed.from_before = chosen is before
    elif listed.months:
        listed.strength = Strength.REQUIRED
    if listed.months and listed.strength in (
        Strength.PREFERRED,
        Strength.NOT_REQUIRED,
    ):
        # "CPC preferred; if not certified, must obtain within 12 months of hire"
        later = next((c for c in zone_after if c.kind == "within"), None)
        if later and _OBTAINS.search(folded, listed.end, later.start):
            listed.strength = Strength.REQUIRED
    if before and after and chosen is after and before.strength != after.strength:
        # Kept for "must have CPC or CCS, CRC preferred", see below.
        listed.required_before = before.strength is Strength.REQUIRED


_OBTAINS = re.compile(
    r"\b(?:must|will be required|obtain|earn|attain|achiev|acquir"
    r"|become|pass)"
)


def _adjoins(folded: str, end: int, cue: Cue) -> bool:
    return JOINS.fullmatch(folded, end, cue.start) is not None


_ABOUT_OTHER = re.compile(
    r"experience|degree|knowledge|years?\b|skills|diploma|ability"
)


def _cue_before(zone: Sequence[Cue], folded: str, start: int) -> Cue | None:
    for cue in reversed(zone):
        if cue.kind == "stop":
            return None
        if cue.forward:
            return cue
        if cue.kind in ("req", "pref", "no"):
            # "Certification required, CPC or CCS": said of what follows.
            said_of = folded[max(cue.start - 45, 0) : cue.start]
            until = folded[cue.end : start]
            if CERTIFICATION.search(said_of) and len(until) < 45:
                return cue if zone[0] is cue or cue.kind != "no" else None
            return None
        if cue.kind == "refused":
            return cue if not folded[cue.end : start].strip() else None
    return None


def _cue_after(zone: Sequence[Cue], folded: str, end: int) -> Cue | None:
    for cue in zone:
        if cue.kind == "stop" or cue.forward:
            return None
        if cue.kind == "no":
            later = next((c for c in zone if c.kind == "pref"), None)
            return later or cue
        if cue.strength:
            return cue
    return None


def _months_around(
    before: Sequence[Cue], after: Sequence[Cue], is_last: bool, looks_back: bool
) -> int | None:
    for cue in after:
        if cue.kind == "within":
            return cue.months
        if cue.kind == "stop" and not is_last:
            break
    for cue in reversed(before):
        if cue.kind == "stop":
            break
        if cue.kind == "within" and looks_back:
            return cue.months
    return None


_SEEKS = re.compile(
    r"\b(?:looking\s+for|seek(?:s|ing)|hiring|need(?:s|ed)?|wanted|want|require[sd]?)"
    r"\s+(?:\w+\s+){0,4}$"
)
_OTHER_THING = re.compile(
    r"[- ]*(?:guidelines|rules|manuals?|standards|code of ethics)\b"
)


def _speaks_of_others(
    folded: str,
    unit: Unit,
    listed: Listed,
    zone_before: Sequence[Cue],
    zone_after: Sequence[Cue],
) -> bool:
    """Whether it is other people's credential, a course, a cost or a perk."""
    has_own_cue = _cue_after(zone_after, folded, listed.end) is not None
    if unit.line.kind is Kind.LEGAL or _OTHER_THING.match(folded, listed.end):
        return True
    if unit.line.kind in (Kind.BENEFITS, Kind.PAY):
        return listed.strength not in (Strength.REQUIRED, Strength.PREFERRED)
    if _OTHER_PEOPLE.match(folded, listed.end) and not has_own_cue:
        return not _SEEKS.search(folded[unit.start : listed.start])
    if _OUR_PEOPLE.search(folded[unit.start : listed.start]):
        return True
    since = max((cue.end for cue in zone_before), default=unit.start)
    between = folded[max(since, listed.start - 45) : listed.start]
    between = re.split(r"[,;:.]", between)[-1]
    return not has_own_cue and _ELSEWHERE.search(between) is not None


def _split_where_cues_differ(
    folded: str, lists: Sequence[Listed], cues: Sequence[Cue]
) -> list[Listed]:
    """ "Must have CPC or CCS, CRC preferred" is two lists."""
    found: list[Listed] = []
    for listed in lists:
        cut = _place_to_cut(listed)
        if listed.strength is not Strength.PREFERRED or cut is None:
            found.append(listed)
            continue
        head = Listed(listed.mentions[:cut], listed.joints[: cut - 1])
        head.any_of = listed.any_of
        if listed.required_before:
            head.strength, head.from_before = Strength.REQUIRED, True
        tail = Listed(listed.mentions[cut:], listed.joints[cut:])
        tail.strength, tail.months = listed.strength, listed.months
        found += [head, tail]
    return found


def _place_to_cut(listed: Listed) -> int | None:
    """After how many mentions another statement begins, None if nowhere."""
    kinds = [joint_kind(joint) for joint in listed.joints]
    semicolons = [i for i, joint in enumerate(listed.joints) if ";" in joint]
    if len(semicolons) == 1:
        return semicolons[0] + 1
    commas = [
        index
        for index, kind in enumerate(kinds)
        if (kind == "comma" and "," in listed.joints[index])
        or re.match(r"[;,]? with\b", listed.joints[index])
    ]
    closed = [i for i in commas if {"or", "and"}.intersection(kinds[:i])]
    if len(closed) == 1:
        return closed[0] + 1
    if listed.required_before and len(kinds) == 1 and commas:
        return 1
    return None


_OR_ELSE = re.compile(
    r"[^;]{0,60}?(?:;\s*)?\bor\s+(?:(?:an?|hold|possess|have|be|current|active|valid)\s+)*"
    r"(?:(?:associate|bachelor|master)\S*(?:\s\w+){0,4}?\s(?:and|with|plus|w/)\s"
    r"(?:an?\s)?)?"
)
_SENTENCE_STOP = re.compile(r"(?<!exp)(?<!yrs)(?<!req)(?<!min)\.\s")


def _joined_alternatives(folded: str, lists: Sequence[Listed]) -> list[Listed]:
    """ "CRC required, or CPC with two years" is one choice."""
    found: list[Listed] = []
    for listed in lists:
        last = found[-1] if found else None
        gap = folded[last.end : listed.start] if last else ""
        if (
            last
            and _OR_ELSE.fullmatch(gap)
            and not _SENTENCE_STOP.search(gap)
            and not _NO_CHOICE.search(gap)
            and last.strength in (None, Strength.REQUIRED)
            and listed.strength in (None, Strength.REQUIRED)
            and last.months == listed.months
        ):
            last.mentions += listed.mentions
            last.joints += [" or ", *listed.joints]
            last.strength = last.strength or listed.strength
            last.any_of = True
            continue
        found.append(listed)
    return found


#: Between the two these make "or" speak of something else.
_NO_CHOICE = re.compile(r"prefer|\bplus\b|within|obtain|accept|\bnot?\b|apprentic")


def _contrast(folded: str, unit: Unit, lists: Sequence[Listed]) -> None:
    """ "CPC or CCS; CRC a plus": what is no plus is asked for."""
    if len(lists) < 2 or lists[0].strength or unit.line.kind in _NO_DEMANDS:
        return
    later = lists[1]
    before = folded[unit.start : lists[0].start]
    gap = folded[lists[0].end : later.start]
    is_short = JOINS.fullmatch(before) and JOINS.fullmatch(gap) and len(gap) < 30
    if later.strength is Strength.PREFERRED and not later.from_before and is_short:
        lists[0].strength = Strength.REQUIRED


_NO_DEMANDS = (Kind.PREFERRED, Kind.BENEFITS, Kind.PAY, Kind.LEGAL, Kind.ABOUT)
#: "CPC with willingness to obtain CRC within 6 months": only the CRC has time.
_OBTAINS_NEXT = re.compile(
    r"\b(?:willing\w*|ability|able|commit\w*|agree\w*|plans?|intent)\b[^;]{0,20}\bto\s"
    r"+(?:\w+\s+){0,2}?(?:obtain|earn|get|acquire|pass|achieve|complete|add)\b"
)
_ONE_OF = re.compile(
    r"\b(?:at least|minimum of|any)?\s*one\b(?:\s+or\s+more)?[^.;]{0,50}$"
)
_MAINTAINS = re.compile(
    r"\b(?:maintain(?:s|ing)?|keeps?|retain(?:s|ing)?|holds?|upholds?)\b[^.;]{0,60}$"
)


def _inherit(folded: str, unit: Unit, lists: Sequence[Listed]) -> None:
    """Give lists without a cue that of a neighbour, else that of the heading."""
    for index in range(len(lists) - 2, -1, -1):
        listed, later = lists[index], lists[index + 1]
        if listed.strength is None and later.strength and not later.from_before:
            between = folded[listed.end : later.start]
            if not re.search(r"[;:]|\. ", between) and len(between) < 90:
                listed.strength = later.strength
                if not _OBTAINS_NEXT.search(between):
                    listed.months = later.months
    for index, listed in enumerate(lists):
        if listed.strength is not None:
            continue
        earlier = lists[index - 1] if index else None
        if earlier and earlier.from_before and earlier.strength:
            between = folded[earlier.end : listed.start]
            if not re.search(r"[;.] ", between):
                listed.strength = earlier.strength
                listed.from_before = True
                continue
        is_class = any(mention.class_name for mention in listed.mentions)
        if unit.default and not (is_class and not unit.any_of):
            listed.strength = unit.default
            listed.is_from_heading = True
        elif unit.line.kind is Kind.OTHER and _is_all_credentials(unit, lists):
            # A bullet of a text without headings: "Active credential: CPC or CCS".
            listed.strength = Strength.REQUIRED
        elif _ONE_OF.search(folded[unit.start : listed.start]) and not is_class:
            listed.strength = Strength.REQUIRED
        elif _MAINTAINS.search(folded[unit.start : listed.start]) and not is_class:
            listed.strength = Strength.REQUIRED
            listed.is_weak = True


def _is_all_credentials(unit: Unit, lists: Sequence[Listed]) -> bool:
    if len(lists) != 1 or any(m.class_name for m in lists[0].mentions):
        return False
    listed, folded = lists[0], unit.folded
    before, after = folded[unit.start : listed.start], folded[listed.end : unit.end]
    return bool(
        JOINS.fullmatch(before)
        and JOINS.fullmatch(after)
        and (
            unit.line.is_bullet
            or len(listed.slugs) > 1
            or CERTIFICATION.search(before + after)
        )
        and not unit.line.is_heading
    )


def _soften(folded: str, unit: Unit, listed: Listed) -> None:
    """What can be replaced by eligibility or experience is not strictly required."""
    if listed.strength is Strength.ENCOURAGED:
        is_apprentice = _is_apprentice(listed)
        listed.strength = Strength.ACCEPTED if is_apprentice else Strength.PREFERRED
        return
    if listed.strength is Strength.ACCEPTED and not _is_apprentice(listed):
        listed.strength = Strength.REQUIRED
        listed.is_accepted = True
        listed.is_alternative = not listed.from_before
        listed.any_of = True
    if listed.strength is not Strength.REQUIRED or listed.months:
        return
    before, after = folded[unit.start : listed.start], folded[listed.end : unit.end]
    if (
        _ELIGIBLE_AFTER.match(after)
        or _IN_TRAINING.match(after)
        or _ELIGIBLE_BEFORE.search(before)
        or _ALTERNATIVE_AFTER.match(after)
        or _ALTERNATIVE_BEFORE.search(before)
        or _IN_LIEU.search(folded, unit.start, unit.end)
    ):
        listed.strength = Strength.PREFERRED


def _is_apprentice(listed: Listed) -> bool:
    return all(slug in ("CPC-A", "COC-A") for slug in listed.slugs)
