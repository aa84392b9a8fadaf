"""Months of experience and the schooling that a text requires.

Only what is required counts: "2 years preferred" states no requirement. Where a text
offers several ways in ("a bachelor's degree and 2 years, or 4 years"), the way that
asks for the fewest months is the requirement; where several must all be met, the one
that asks for the most.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .facts import Read
from .text import Kind, Line, Sentence, Text, occurrences

#: Longer than anyone asks for; what is longer is a company's age.
_MOST_MONTHS = 240

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"fifteen": 15, "eighteen": 18, "twenty": 20, "a": 1, "an": 1, "half": 0}
_WORD_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_AMOUNT = rf"(?:\d{{1,3}}(?:\.\d)?|(?:{_WORD_NUMBER})\b)"
_DURATION = re.compile(
    rf"(?<![\w$.,/-])(?P<low>{_AMOUNT})"
    r"(?P<half>\s(?:1/2|and\s(?:a|one)[\s-]half))?"
    rf"(?:\s?\(\s?(?P<digits>\d{{1,2}})\s?\+?\s?\))?\s?\+?"
    rf"(?:\s?(?:-|to|or|/)\s?{_AMOUNT}(?:\s?\(\d{{1,2}}\))?\s?\+?)?"
    r"(?:[\s-]?(?:plus|or\smore|full|calendar|consecutive|\(full\)))?"
    r"[\s-]?(?P<unit>years?|yrs?|months?|mos|weeks)(?:\(s\)|'s|s')?'?(?![\w])"
    r"(?:,?\s(?:and\s)?(?P<more>" + _AMOUNT + r")\s(?:\(\d\)\s)?months?)?"
)
_UNIT_STARTS = ("year", "yr", "month", "mos", "weeks")
_UNIT = re.compile(r"year|yr|mo(?:nth|s\b)|weeks")
_AMOUNT_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_AMOUNT = 44
#: No sentence is looked at further than this from what it is about.
_FAR = 300
_IS_WORK = re.compile(r"experien|\bexp\b|\bexper\b|\bbackground\b")
_WORK_NOUN = re.compile(
    r"\b(?:cod(?:ing|er)|bill(?:ing|er)|audit\w*|claims?|revenue\scycle|medical\srecords"
    r"|him|accounts\sreceivable|a/r|denials?|supervis\w+|manage(?:ment|rial|r)|hospital"
    r"|healthcare|registry|abstract\w+|cdi|nursing|collections|insurance|clinical"
    r"|leadership|medical\soffice|practice|customer\sservice|inpatient|outpatient"
    r"|payment\sposting|office|analytics|reimbursement|verification|registration|posting"
    r"|ed|e/m|asc|pro-?fee|drg|epic|revenue\sintegrity|in\s(?:the|this)\sfield"
    r"|compliance|follow-?\s?up|specialty|charge\sentry|data\sentry|risk\sadjustment|hcc)\b"
)
_DEMAND = re.compile(
    r"\brequire[ds]?\b|\bmust\b|\bminimum\b|\bmin\b|\bat\sleast\b|\bneed(?:ed|s)?\b"
    r"|\bnecessary\b|\bmandatory\b|\bor\smore\b|\bseeking\b|\blooking\sfor\b"
    r"|\byou(?:'ll)?\s(?:have|bring|need)\b"
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:within|every|after|once|each|first|next|for\sover|for\smore\sthan"
    r"|for\snearly|for\salmost|approximately\severy|up\sto|less\sthan|under|last|past"
    r"|previous|prior|preceding|recent|over\sthe|age[ds]?|celebrating|maximum\sof"
    r"|not\sexceed|exceed|duration[:\s]*|term[:\s]*|length[:\s]*|initial|another)"
    r"(?:\s(?:the|a|an|of|is|to))?|\bfor)\s?$"
)
_FOR_IS_A_DEMAND = re.compile(
    r"(?:work|cod|bill|employ|practic)\w*[^.;,]{0,40}\sfor\s?$"
)
_NOT_AFTER = re.compile(
    r"\s?(?:of\sage|old\b|or\solder|and\solder|ago\b|after\b|from\b|following\b"
    r"|of\s(?:hire|employment|start|service\b|education|college|study|school|academic"
    r"|post|course|full-time\s(?:education|study)|undergraduate|above|continuous\sservice"
    r"|joining|high\sschool|formal|higher|university|vesting)"
    r"|(?:post|above|beyond)[\s-](?:high|secondary)|college\b|degree|program|contract"
    r"|assignment|certificate|commitment|probation|warranty|plan\b|in\s(?:business|the"
    r"\smarketplace)|high\sschool|accredited|school|education|associate|bachelor|term\b"
    r"|residency|orientation|training\b|track\srecord\sof\sgrowth|anniversary|in\sa\srow"
    r"|history|strong\b|introductory|temporary|to\s(?:obtain|complete|hire|become)"
    r"|position\b|project\b|engagement\b|on\sthe\sjob\swith)"
)
_ABOUT_THE_COMPANY = re.compile(
    r"\b(?:our|we|company|firm|founded|since|combined|collective|serving|served"
    r"|established|industry\sleader|trusted|organization\shas|has\sbeen|have\sbeen"
    r"|history\sof|legacy|named|ranked|awarded|recognized)\b"
)
_OUR_DEMAND = re.compile(
    r"\b(?:we(?:'re|\sare)?\s(?:looking|seeking|require|need|ask)|our\s(?:ideal|client"
    r"|requirements?)|you\b|candidates?|applicants?|must|required)"
)
_PREFERENCE = re.compile(
    r"\bprefer(?:red|s|ence|able|ably)?\b|\bdesire[ds]?\b|\bdesirable\b|\ba\s(?:big\s"
    r"|huge\s|definite\s)?plus\b|\bideal(?:ly)?\b|\bnice\sto\shave\b|\bhelpful\b"
    r"|\bbonus\b|\badvantage(?:ous)?\b|\ban\sasset\b|\brecommended\b|\boptional\b"
    r"|\bbeneficial\b|\bnot\srequired\b|\bfavorabl[ey]\b"
)
_ONLY_PREFERENCE = re.compile(
    r"\s*(?:is|are|would\sbe|but|although|strongly|highly|\s)*"
    r"(?:preferred|desired|desirable|a\s(?:big\s|huge\s)?plus|ideal|nice\sto\shave"
    r"|an\sadvantage|an\sasset|helpful|recommended|optional|not\srequired)\b"
)
_PREFERABLY = re.compile(r"\bpreferabl[ey]\b|\bideally\b|\bpreference\b")
_ALTERNATIVE = re.compile(
    r"\bor\b(?=[^.;]{0,60}\b(?:associate|bachelor|master|high\sschool|diploma|degree"
    r"|ged|rhi[ta]|cc[sa]|cpc|rn|lpn|certifi|equivalent|no\sdegree|without|with))"
    r"|\bor\s(?:a\s)?(?:at\sleast\s|minimum\s(?:of\s)?)?$|\bin\slieu\b|\botherwise\b"
    r"|^\s*,?\sor\b|\bplus\s$(?!)"
)
_SUBSTITUTES = re.compile(
    r"\bcombination|\bsubstitut|\bfor\sexample\b|\be\.g\.|\bin\slieu\sof\b|\bcredit(?:ed)?"
    r"\stoward|\bless\sthan\b|\bpercent\b"
)
_NONE_NEEDED = re.compile(
    r"no\s(?:prior\s|previous\s|professional\s|work\s|medical\s|healthcare\s|coding\s"
    r"|billing\s|related\s|job\s|direct\s|relevant\s|industry\s|real-world\s"
    r"|or\s|and\s|/\s?){0,4}experience(?:\sis)?\s?(?:necessary|required|needed|\?|!)"
    r"|experience(?:\sis)?\snot\s(?:necessary|required|needed|mandatory)"
    r"|do(?:es)?\snot\s(?:require|need)\s(?:any\s)?(?:prior\s|previous\s)?experience"
    r"|entry[\s-]level[^.\n]{0,60}\b(?:will\strain|training\s(?:is\s)?"
    r"provided|willing\sto\strain|we\strain)"
    r"|no\sexperience[^.\n]{0,30}\b(?:will\strain|willing\sto\strain|we\strain)"
    r"|0\s?(?:-|to)\s?\d\s?\+?\s?(?:years?|yrs?|months)\b"
    r"|zero\s(?:years|yrs)(?:\sof)?\s(?:\w+\s){0,2}experience"
    r"|experience(?:\srequired|\slevel|\sneeded)?:\s?(?:none|no\sexperience)\b"
    r"|no\sminimum\s(?:years\sof\s)?experience"
)
#: "1 year (2 years preferred) of coding experience"
_ASIDE = re.compile(r"\s?\([^()]{0,60}\)")
_LEVEL = re.compile(
    r"(?:coder|specialist|biller|analyst|auditor|level|technician|representative|grade)"
    r"\s(?:i{1,3}|iv|[1-5])\b\s?[:(-]"
)


@dataclass(frozen=True, slots=True)
class _Demand:
    months: int
    start: int
    end: int
    sentence: Sentence


#: What a government announcement asks for: "one year of specialized experience
#: equivalent to the GS-04", often as an answer of its questionnaire.
_GOVERNMENT_YEAR = re.compile(
    r"\b(?:one|1)\s(?:\(1\)\s)?(?:full\s)?(?:\(52\sweeks\)\s)?year(?:\s\(52\sweeks\))?"
    r"\s(?:or\smore\s)?(?:of\s)?(?:full[\s-]time\s)?(?:"
    r"(?:specialized|creditable)\s(?:\w+\s)?experience\b"
    r"|(?:\w+\s){0,3}experience\b[^.\n]{0,60}?\b(?:equivalent|comparable)\b[^.\n]{0,60}?"
    r"\bg[sg]-?\s?\d)"
)
_GOVERNMENT_WORDS = ("specialized", "creditable", "equivalent", "comparable")


def _government_year(text: Text) -> Read[int] | None:
    if " year" not in text.folded or not any(
        word in text.folded for word in _GOVERNMENT_WORDS
    ):
        return None
    match = _GOVERNMENT_YEAR.search(text.folded)
    if match is None:
        return None
    return Read(12, text.evidence(match.start(), match.end()))


def read_experience(text: Text) -> Read[int] | None:
    """Months of experience required; 0 only where the text says that none is."""
    year = _government_year(text)
    if year:
        return year
    demands = list(_demands(text))
    if not demands:
        return _none_needed(text)
    if len({demand.sentence.line for demand in demands}) > 1 and _has_levels(
        text, demands
    ):
        chosen = min(demands, key=lambda demand: demand.months)
    else:
        chosen = max(_by_way_in(text, demands), key=lambda demand: demand.months)
    return Read(chosen.months, text.evidence(chosen.start, chosen.end))


def _none_needed(text: Text) -> Read[int] | None:
    for match in _NONE_NEEDED.finditer(text.folded):
        sentence = text.sentence_at(match.start())
        is_inside = text.folded[match.start() - 1 : match.start()].isalnum()
        is_elsewhere = sentence.kind in (Kind.PREFERRED, Kind.ABOUT)
        if is_inside or is_elsewhere or sentence.line.is_answer:
            continue
        return Read(0, text.evidence(match.start(), match.end()))
    return None


def _has_levels(text: Text, demands: list[_Demand]) -> bool:
    lines = {demand.sentence.line for demand in demands}
    found = [_LEVEL.search(text.folded, line.start, line.end) for line in lines]
    return sum(match is not None for match in found) > 1


def _demands(text: Text) -> Iterator[_Demand]:
    """Every length of experience that the text requires."""
    folded = text.folded
    matches = list(_durations(folded))
    for index, match in enumerate(matches):
        sentence = text.sentence_at(match.start())
        if sentence.line.is_answer:
            continue
        stop = sentence.end
        if index + 1 < len(matches):
            stop = min(stop, matches[index + 1].start())
        months = _months(match)
        if months is None or not _is_experience(text, match, sentence, stop):
            continue
        if _is_preferred(folded, match.start(), match.end(), stop, sentence):
            continue
        yield _Demand(months, match.start(), match.end(), sentence)


def _durations(folded: str) -> Iterator[re.Match[str]]:
    """Every length of time, looked for backwards from its unit: units are rare."""
    done = 0
    for at in occurrences(folded, _UNIT_STARTS):
        if at < done or not _UNIT.match(folded, at):
            continue
        start = max(done, at - _LONGEST_AMOUNT)
        for word in _AMOUNT_WORD.finditer(folded, start, at):
            if not word[0][0].isdigit() and word[0] not in _NUMBERS:
                continue
            match = _DURATION.match(folded, word.start())
            if match and match.end() > at:
                done = match.end()
                yield match
                break


def _months(match: re.Match[str]) -> int | None:
    amount = Decimal(match["digits"] or _NUMBERS.get(match["low"], match["low"]))
    if match["half"]:
        amount += Decimal("0.5")
    unit = match["unit"]
    if unit.startswith("w"):
        months = Decimal(12) if amount == 52 else Decimal(0)
    else:
        months = amount * 12 if unit.startswith("y") else amount
    if match["more"]:
        months += Decimal(_NUMBERS.get(match["more"], match["more"]))
    whole = int(months)
    return whole if 0 < whole <= _MOST_MONTHS else None


def _is_experience(
    text: Text, match: re.Match[str], sentence: Sentence, stop: int
) -> bool:
    """Whether a length of time is one of experience that a person brings."""
    folded = text.folded
    since = max(sentence.start, match.start() - _FAR)
    until = min(sentence.end, match.end() + _FAR)
    before = folded[since : match.start()]
    aside = _ASIDE.match(folded, match.end(), sentence.end)
    after = folded[aside.end() : until] if aside else folded[match.end() : stop]
    if _NOT_BEFORE.search(before[-40:]) and not _FOR_IS_A_DEMAND.search(before):
        return False
    if _NOT_AFTER.match(after) and not after.lstrip("- ").startswith("experien"):
        return False
    whole = folded[since:until]
    if _SUBSTITUTES.search(before) or "in lieu of" in after[:25]:
        return False
    if sentence.kind == Kind.LEGAL:
        return False
    if sentence.kind in (Kind.BENEFITS, Kind.PAY) and not _DEMAND.search(whole):
        return False
    if _ABOUT_THE_COMPANY.search(before) and not _OUR_DEMAND.search(whole):
        return False
    if _IS_WORK.search(after[:160]) or _IS_WORK.search(before[-70:]):
        return sentence.kind != Kind.ABOUT or _DEMAND.search(whole) is not None
    return _is_demanded_work(sentence.line, whole, after, before)


def _is_demanded_work(line: Line, whole: str, after: str, before: str) -> bool:
    """ "3 years of inpatient coding", "Medical coding: 1 year (Required)"."""
    is_work = _WORK_NOUN.search(after[:80]) or "experience" in line.heading.lower()
    if is_work and (line.kind == Kind.REQUIRED or _DEMAND.search(whole)):
        return True
    if _FOR_IS_A_DEMAND.search(before):
        return _DEMAND.search(whole) is not None
    if _is_bare_demand(line, after, before):
        return True
    return before.rstrip().endswith(":") and after.strip().startswith("(required")


_WITH_BEFORE = re.compile(
    r"\b(?:c[a-z]{2}(?:-[ap])?|rhi[ta]|certified|certification|coder|biller)"
    r"\s(?:with|and|plus|\+|&|w/)\s"
    r"(?:an?\s|at\sleast\s|minimum\s|of\s)*$"
)
_NO_DEMAND_AFTER = re.compile(
    r"\b(?:programs?|courses?|contracts?|train\w*|certificates?|commitment|guarantee"
    r"|of\s(?:service|excellence)|in\sa\srow|history|growth|old)\b"
)
_LONGEST_BARE = 70


def _is_bare_demand(line: Line, after: str, before: str) -> bool:
    """ "2 years hospital A/R follow up." alone, "CPC with 2 years of coding"."""
    if line.kind in (Kind.ABOUT, Kind.BENEFITS, Kind.PAY, Kind.PREFERRED):
        return False
    if not _WORK_NOUN.search(after[:60]) or _NO_DEMAND_AFTER.search(after):
        return False
    if _LEVEL.search(before):
        # "Coder II - CPC plus 2 years": the other levels may ask for less.
        return False
    if _WITH_BEFORE.search(before):
        return True
    is_said = line.is_bullet or after.rstrip().endswith(".")
    return is_said and not before.strip() and len(after) <= _LONGEST_BARE


def _is_preferred(
    folded: str, start: int, end: int, stop: int, sentence: Sentence
) -> bool:
    """Whether what stands from start to end is wished for rather than required."""
    after = folded[end:stop]
    segments = re.split(r"[,;(]|\s-\s", after)
    if sentence.kind == Kind.PREFERRED:
        return re.search(r"\b(?:required|must)\b", segments[0]) is None
    wish = _PREFERENCE.search(segments[0])
    if wish and not _PREFERABLY.match(segments[0], wish.start()):
        return re.search(r"\brequired\b", segments[0][: wish.start()]) is None
    if wish and not segments[0][: wish.start()].strip():
        return True
    if any(_ONLY_PREFERENCE.match(segment) for segment in segments[1:3]):
        return re.search(r"\b(?:required|must)\b", segments[0]) is None
    before = re.split(r"[,;)]|\d", folded[max(sentence.start, start - _FAR) : start])[
        -1
    ]
    wish = _PREFERENCE.search(before)
    return wish is not None and not _DEMAND.search(before, wish.end())


def _by_way_in(text: Text, demands: list[_Demand]) -> Iterator[_Demand]:
    """One demand for each requirement: alternatives are joined to their least."""
    best = demands[0]
    for before, demand in pairwise(demands):
        if _are_alternatives(text, before, demand):
            best = min(best, demand, key=lambda one: one.months)
        else:
            yield best
            best = demand
    yield best


def _are_alternatives(text: Text, one: _Demand, other: _Demand) -> bool:
    between = text.folded[one.end : other.start]
    if one.sentence is other.sentence:
        return _ALTERNATIVE.search(between) is not None
    if len(between) > 400:
        return False
    return re.search(r"\n\s*or\b|\bor:?,?\s*\n|[;.]\s?or[,:]?\s", between) is not None


# -- Schooling -------------------------------------------------------------------------

HIGH_SCHOOL = "High school diploma or GED"
SOME_COLLEGE = "Some college"
ASSOCIATE = "Associate degree"
BACHELOR = "Bachelor's degree"
MASTER = "Master's degree"
_ORDER = (HIGH_SCHOOL, SOME_COLLEGE, ASSOCIATE, BACHELOR, MASTER)

#: The tokens with which `_SCHOOLING` may begin: "h" of "h.s.", "4" of "4-year".
_SCHOOL_TOKENS = dict.fromkeys(
    (
        *("high", "hs", "h", "ged", "g", "associate", "associates", "aas", "aa", "a"),
        *("bachelor", "bachelors", "baccalaureate", "baccalaureates", "bs", "ba", "b"),
        *("4", "four", "master", "masters", "mba", "mha", "some"),
    )
)
_SCHOOLING = re.compile(
    r"(?P<high>high\sschool(?=[^.;]{0,40}\b(?:diploma|ged|g\.e\.d|equivalen|graduat"
    r"|required|degree|education|certificate)|\s?(?:[,;.\n]|$|or\b))"
    r"|h\.?s\.?\s(?:diploma|grad)|ged\b|g\.e\.d)"
    r"|(?P<associate>associate(?:'?s|s')?(?:\s(?:of|in)\s(?:applied\s)?(?:science|arts"
    r"|health)|'?s?\s?(?:degree|or\sbachelor|/)|\b[^.;\n]{0,12}\bdegree)"
    r"|aas?\sdegree|a\.a\.s?(?:\.|\b))"
    r"|(?P<bachelor>bachelor(?:'?s|s')?\b|baccalaureate|b\.?[sa]\.?\sdegree"
    r"|bs/ba\b|ba/bs\b|b\.[sa]\.|(?:4|four)[\s-]year\s(?:college\s)?degree)"
    r"|(?P<master>master(?:'?s|s')\s?(?:degree|in\b|of\b|level\sdegree|required)"
    r"|master'?s\b(?=[^.;\n]{0,12}degree)|mba\b|mha\b)"
    r"|(?P<college>some\scollege\b)"
)
_LEVEL_OF = {
    "high": HIGH_SCHOOL,
    "college": SOME_COLLEGE,
    "associate": ASSOCIATE,
    "bachelor": BACHELOR,
    "master": MASTER,
}
_NOT_SCHOOLING = re.compile(
    r"tuition|scholarship|reimburse|substitut|may\sbe\sconsidered|transcript|credited"
    r"|combination|above\s(?:the\s)?high\sschool|beyond\shigh\sschool|\bi\shave\b"
    r"|\bif\syou\b|earn\s(?:a|your)|pursu|in\slieu|student"
)


def read_education(text: Text) -> Read[str] | None:
    """The schooling required, as the least that lets one in."""
    best: tuple[int, int, int] | None = None
    groups = _schooling_by_sentence(text)
    for matches, sentence in groups:
        ranked = [
            (_ORDER.index(_LEVEL_OF[str(match.lastgroup)]), match.start(), match.end())
            for match in matches
        ]
        least = min(ranked)
        if _stands_beside_experience(text, sentence):
            continue
        if best is None or least[0] > best[0]:
            best = least
    if best is None:
        return None
    rank, start, end = best
    return Read(_ORDER[rank], text.evidence(start, end))


def _schooling_by_sentence(
    text: Text,
) -> Iterator[tuple[list[re.Match[str]], Sentence]]:
    """The schooling each sentence requires; what is only preferred left out."""
    found: dict[Sentence, list[re.Match[str]]] = {}
    folded = text.folded
    matches = [
        match
        for index, _ in text.places_of(_SCHOOL_TOKENS)
        if (match := _SCHOOLING.match(folded, text.token_starts[index]))
    ]
    for index, match in enumerate(matches):
        sentence = text.sentence_at(match.start())
        stop = sentence.end
        if index + 1 < len(matches):
            stop = min(stop, matches[index + 1].start())
        if _is_schooling(text, match, stop, sentence):
            found.setdefault(sentence, []).append(match)
    for sentence, kept in found.items():
        yield kept, sentence


def _is_schooling(
    text: Text, match: re.Match[str], stop: int, sentence: Sentence
) -> bool:
    line = sentence.line
    if line.is_answer or line.kind in (Kind.BENEFITS, Kind.ABOUT, Kind.LEGAL):
        return False
    whole = text.folded[sentence.start : sentence.end]
    if whole.endswith("?") or _NOT_SCHOOLING.search(whole):
        return False
    if line.kind in (Kind.DUTIES, Kind.OTHER, Kind.PAY):
        is_listed = len(whole) < 90 and line.kind != Kind.PAY
        if not is_listed and not _DEMAND.search(whole):
            return False
    # "Associate's or bachelor's degree preferred": the wish speaks for both.
    reach = stop
    between = text.folded[match.end() : stop]
    if re.fullmatch(r"\W*(?:degree\W*|diploma\W*)?(?:or|/)?\W*(?:an?\s)?", between):
        reach = sentence.end
    return not _is_preferred(text.folded, match.start(), match.end(), reach, sentence)


def _stands_beside_experience(text: Text, sentence: Sentence) -> bool:
    """Whether it is one of several ways in, set apart by a line or clause of "OR"."""
    line = sentence.line
    tail = text.folded[line.start : line.end]
    if re.search(r"[;.,]\s?or[,:.]?$", tail):
        return True
    following = text.folded[line.end + 1 : line.end + 5]
    before = text.folded[max(line.start - 5, 0) : line.start]
    return (
        re.match(r"or\W", following) is not None
        or before.strip(" ,;:")
        in (
            "or",
            "r\nor",
        )
        or re.search(r"(?:^|\n|[;,]\s)or[,:]?\n$", before) is not None
    )
