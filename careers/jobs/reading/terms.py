"""The terms of the work: employment, schedule, test, quota, accuracy, what is paid.

Each reader looks for the words an employer uses when it states the term for *this*
job: "full-time employees enjoy ..." states no employment type, a drug screen is no
test of skill, and "must have your own computer" is the opposite of equipment paid.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..pay import Quota, QuotaPeriod
from .facts import Read, TestRead
from .text import Kind, Line, Sentence, Text, occurrences
from .words import title_text

# -- Employment ------------------------------------------------------------------------

_TYPE_LABEL = re.compile(
    r"(?:job|employment|position|work(?:er)?|time|schedule|assignment|employee"
    r"|appointment)?"
    r"\s?(?:types?|status|category|schedule|classification|basis|job|term)s?\s?:"
)
#: By slug: tokens one of which must stand there, then the patterns for a title or what
#: follows a label, and for running text.
_EMPLOYMENT: tuple[
    tuple[str, dict[str, None], re.Pattern[str], re.Pattern[str]], ...
] = tuple(
    (slug, dict.fromkeys(tokens.split()), re.compile(short), re.compile(long))
    for slug, tokens, short, long in (
        (
            "full-time",
            "full fulltime ft fte f 40 40hours 40hrs 80 80hours 80hrs 72 72hours 72hrs",
            r"full[\s-]?time\b|ft\b|1\.0\sfte|f/t\b|full\s?(?:/|&|or|and)\s?part\b",
            r"full[\s-]?time(?=\W*$|\s\$|\s?[,.;:!/)(|-]|\s(?:position|role|job"
            r"|opportunit|opening"
            r"|remote|schedule|employment(?!\sexp)|hours|(?:day|night|evening)s?\b"
            r"|permanent|regular|exempt"
            r"|non|m-f|monday|coder|biller|medical|inpatient|certified|w/|w-?2|with\s"
            r"(?:full\s)?benefits|(?:or|and)\s(?:part|prn|per\sdiem)|\d|on-?site|hybrid"
            r"|work\b(?!\sweek)|perm"
            r"|career|direct|salaried|hourly|temp|contract|office|billing|coding|cod))"
            r"|full[\s-]time\s(?:with|and|plus)\b|(?<![^\s(])ft(?=\s?(?:/|or)\s?pt\b)"
            r"|1\.0\sfte|fte:?\s1\.0|f/t\b"
            r"|(?<![^\s(])ft(?=\W*$|\s?[,.;:!/)(|-]|\sw(?:ith|/)|\s(?:position|role|job|days?"
            r"|hours"
            r"|m-f|mon|remote|on-?site|non|exempt|perm))"
            r"|(?:(?:standard|weekly|scheduled|expected)\shours|hours\sper\sweek|hours)"
            r"(?:\sper\sweek)?\s?:\s?40(?![\d-])"
            r"|40\s?(?:hours|hrs)\.?(?:\s?(?:per|a|/|each)\s?(?:week|wk)|\sweekly"
            r"|(?=\s?[.,;|)]"
            r"|\W*$))|full\s?(?:/|&|or|and)\s?part[\s-]time\b|(?<![^\s(])ft(?=\savailable)"
            r"|full[\s-]time(?=\savailable|\s?(?:&|and)\spart)|(?:80|72)\s?(?:hours|hrs)\.?\s?(?:bi-?weekly|per\spay|/\s?pay"
            r"|every\s(?:two"
            r"|2)\sweeks|every\sother\sweek)",
        ),
        (
            "part-time",
            "part parttime pt p fte",
            r"part[\s-]?time\b|pt\b|p/t\b|0?\.[1-8]\d?\sfte\b|fte:?\s0?\.[1-8]\d?\b",
            r"part[\s-]?time(?=\W*$|\s(?:helper|assistant|person|up\sto|openings?)\b"
            r"|\s?[,.;:!/)(|-]|\s(?:position|role|job|opportunit|opening"
            r"|remote|schedule|employment|hours|days?\b|permanent|regular|m-f|monday"
            r"|coder|biller|medical|inpatient|certified|or\sfull|\d|on-?site|hybrid"
            r"|available|work\b(?!\sweek)|billing|coding|flexible|evening|weekend))|p/t\b"
            r"|0?\.[1-8]\d?\sfte\b|fte:?\s0?\.[1-8]\d?\b"
            r"|(?<=\sft/)pt\b|(?<=\nft/)pt\b|(?<![^\s(/])pt(?=\s\d|\s(?:position|role|job|hours"
            r"|days)"
            r"|\s?(?:/|or)\s?ft\b)",
        ),
        (
            "per-diem",
            "prn diem needed",
            r"prn\b|per[\s-]diem",
            r"(?:prn|per[\s-]diem)(?=\W*$|\s?[,.;:!/)(|]|\s(?:position|role|job"
            r"|opportunit"
            r"|coder|biller|basis|status|schedule|shift|remote|staff|as\sneeded"
            r"|(?:and|or|&)\s(?:full|part)|candidates"
            r"|inpatient"
            r"|outpatient|medical|coding|employ))|as\sneeded\sbasis",
        ),
        (
            "contract-1099",
            "1099 independent",
            r"1099|independent\scontractor",
            r"(?:(?<=[.;|,:(]\s)|(?<=[(\n/])|^)1099(?=\s?(?:[.;|,/]|or\sw-?2|and\sw-?2))"
            r"|1099\s?(?:contract|position|basis|independent|role|work|opportunit|status"
            r"|only|\))|independent\scontractor(?:s\b(?=.{0,20}1099))?\s?(?:position"
            r"|role"
            r"|basis|agreement|opportunit|status|\(|\.|1099)|contract[^.;\n]{0,16}1099"
            r"|w-?2\s(?:or|and)\s1099",
        ),
        (
            "contract-w2",
            "w2 w",
            r"w-?2\b",
            r"w-?2\s(?:contract|position|basis|role|only|employment|assignment"
            r"|available|or\s1099)|(?<=1099\sor\s)w-?2\b|(?<=1099/)w-?2\b"
            r"|contract[^.;\n(]{0,12}\(?w-?2\b|contract\b[^.;\n(]{0,30}\(w-?2\b"
            r"|assignment,?\s\(?w-?2\b",
        ),
        (
            "temp-to-hire",
            "temp temporary contract right",
            r"temp(?:orary)?[\s-]to[\s-](?:hire|perm\w*)|contract[\s-]to[\s-](?:hire"
            r"|perm\w*)"
            r"|right[\s-]to[\s-]hire",
            r"temp(?:orary)?[\s-]to[\s-](?:hire|perm\w*)|contract[\s-]to[\s-](?:hire"
            r"|perm\w*)"
            r"|right[\s-]to[\s-]hire",
        ),
        (
            "contract",
            "contract contractor contractual contracted",
            r"contract(?:or|ual|ed)?\b(?![\s-](?:to|manag|negot|admin|specialist|analy"
            r"|complian|coord))",
            r"contract(?:or)?\s(?:position|role|assignment|job|opportunit|basis|length"
            r"|duration|coder|work\b|term)|\bmonths?\scontract\b"
            r"|contract:?\s\(?\d+\s?\+?\s?-?"
            r"(?:month|week)|(?:month|week)s?\s(?:\w+\s)?contract\b",
        ),
        (
            "temporary",
            "temp temporary",
            r"temp(?:orary)?\b(?![\s-](?:to|remote|housing))",
            r"temp(?:orary)?(?=\s\(\d)"
            r"|temp(?:orary)?,?\s(?:position|role|assignment|job|opportunit|full|part"
            r"|coder"
            r"|employment|contract)|position\sis\stemporary",
        ),
        (
            "internship",
            "intern internship extern externship apprentice apprenticeship",
            r"intern(?:ship)?\b|externship|extern\b|apprenticeship|cod(?:er"
            r"|ing)\sapprentice",
            r"(?:paid|unpaid|summer)\s(?:\w+\s)?(?:internship|externship"
            r"|apprenticeship)\b"
            r"|internship\s(?:position|opportunit)|(?:this|paid|unpaid|summer|our"
            r"|an?)\s(?:[\w-]+\s){0,2}(?:internship|externship"
            r"|apprenticeship)\s(?:position|program\s(?:is|offers|provides)|opportunit"
            r"|is\b|role|will)",
        ),
        (
            "seasonal",
            "seasonal",
            r"seasonal\b",
            r"seasonal(?=\s?:)|seasonal\s(?:\([^)]{3,20}\)\s)?(?:position|role|job|opportunit|full"
            r"|part|hcc|risk|coder|work\b"
            r"|assignment|employment|contract|basis)|position\sis\sseasonal",
        ),
    )
)
_NOT_EMPLOYMENT = re.compile(
    r"[\s\w-]{0,12}\b(?:experience|employees|students?|equivalent|education|study"
    r"|faculty"
    r"|staff\s(?:are|enjoy|receive)|team\smembers|associates|graduate|academic"
    r"|position[s]?"
    r"\s(?:held|in\sthe\spast)|work\sexperience)"
    r"|[\s\w,-]{0,24}\bstatus\s(?:\(|with)|[\s\w-]{0,4}\(?(?:list|includ\w+)\shours"
)
#: Among the benefits, only what speaks of the job: not "full-time staff enjoy ...".
_THIS_JOB = re.compile(r"\b(?:this|position|role|job|opportunity)\b")
_NOT_EMPLOYMENT_BEFORE = re.compile(
    r"(?:(?:becom\w+|turn(?:s|ing)?\sinto|grow(?:s|ing)?\sinto|lead(?:s|ing)?\sto"
    r"|convert\w*"
    r"\sto|transition\w*\s(?:in)?to|move(?:s)?\sto|up\sto|less\sthan|under|over"
    r"|possib\w+"
    r"(?:\sof|\sfor)?|potential(?:\sfor)?|opportunity\sfor|could\sbe|may\sbe|go|going)"
    r"\s(?:an?\s|permanent\s)?|\bnot\s(?:a\s|an\s)?|\bno\s|equivalent\sto\s(?:a\s)?"
    r"|(?<!available\s)(?<!looking\s)(?<!hiring\s)for\s(?:our\s|all\s|eligible\s)?"
    r"|completed?\s(?:an?\s)?|experience\s(?:\w+\s){0,3}"
    r"|\b(?:team|staff|group)\sof\s(?:\d+\s|\w+\s)?"
    r"|\b(?:supervis|overse|manag|lead|mentor)\w*\s(?:\w+\s){0,2}?\d+\s"
    r"(?:[\w-]+\s){0,5})$"
)


def read_employment(text: Text, title: str = "") -> tuple[Read[str], ...]:
    """Every type of employment the listing is offered as, in the usual order."""
    found: dict[str, Read[str]] = {}
    head = title_text(title)
    for slug, tokens, short, long in _EMPLOYMENT:
        if head.places_of(tokens):
            match = _whole(short, head.folded, 0, len(head.folded))
            if match:
                found[slug] = Read(slug, head.words(match.start(), match.end()))
                continue
        read = _employment(text, slug, tokens, short, long)
        if read:
            found[slug] = read
    if found.keys() & {"contract-w2", "contract-1099", "temp-to-hire"}:
        found.pop("contract", None)
    if "temp-to-hire" in found:
        found.pop("temporary", None)
    return tuple(found[slug] for slug, *_ in _EMPLOYMENT if slug in found)


def _states_no_terms(line: Line) -> bool:
    return line.is_answer or line.kind in (Kind.LEGAL, Kind.ABOUT)


def _employment(
    text: Text,
    slug: str,
    tokens: dict[str, None],
    short: re.Pattern[str],
    long: re.Pattern[str],
) -> Read[str] | None:
    folded = text.folded
    done = -1
    for index, _ in text.places_of(tokens):
        at = text.token_starts[index]
        if at < done:
            continue
        line = text.line_at(at)
        done = line.end
        if _states_no_terms(line):
            continue
        label = _TYPE_LABEL.match(folded, line.start, line.end)
        is_listed = label or _TYPE_LABEL.fullmatch(line.heading.lower() + ":")
        start = label.end() if label else line.start
        match = None
        if is_listed and line.end - line.start <= 70:
            match = _whole(short, folded, start, line.end)
        match = match or _whole(long, folded, start, line.end)
        if match is None or _NOT_EMPLOYMENT.match(folded, match.end(), line.end):
            continue
        before = folded[max(line.start, match.start() - 60) : match.start()]
        if line.kind == Kind.BENEFITS and not _THIS_JOB.search(before):
            continue
        if not _NOT_EMPLOYMENT_BEFORE.search(before):
            return Read(slug, text.evidence(match.start(), match.end(), 120))
    return None


def _whole(
    pattern: re.Pattern[str], folded: str, start: int, end: int
) -> re.Match[str] | None:
    """The first match that does not begin inside a word."""
    for match in pattern.finditer(folded, start, end):
        if not folded[match.start() - 1 : match.start()].isalnum() or not match.start():
            return match
    return None


# -- Schedule --------------------------------------------------------------------------

_TIME = r"(?:[01]?\d|2[0-4])(?::?[0-5]\d)?\s?(?:a\.?m\.?|p\.?m\.?|a\b|p\b)?"
_TIMES = (
    rf"{_TIME}\s?(?:-|to|until|till|and)\s?{_TIME}"
    r"(?:\s?(?:[ecmp][sd]?t|central|eastern)\b)?"
)
_DAY = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:nesdays?)?|thu(?:rs?(?:days?)?)?"
    r"|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?|m|f)\b\.?"
)
#: The best first, each with words one of which a text must hold to be searched.
_SCHEDULES = tuple(
    (words, re.compile(pattern))
    for words, pattern in (
        (
            ("monday", "mon-", "mon -", "m-f", "m - f", "m to f", "sunday", "tues"),
            rf"{_DAY}\s?(?:-|to|through|thru)\s?{_DAY}"
            rf"(?:[\s,:;(]*(?:from\s|between\s|\w+\sshift\s?)?[\s(]*{_TIMES}\)?)?",
        ),
        (
            ("x1", "x 1", "x8", "x 8", "hour day", "hour shift"),
            r"(?:4|four)\s?(?:x\s?10s?\b|(?:10|ten)[\s-]hour\s(?:days?|shifts?))"
            r"|(?:3|three)\s?(?:x\s?12s?\b|(?:12|twelve)[\s-]hour\s(?:days?|shifts?))"
            r"|5\s?x\s?8s?\b",
        ),
        (
            ("am-", "am -", "am to", "a.m.-", "a.m. -", "a.m. to", "a.m -", "a.m to"),
            r"[0-9]{1,2}(?::[0-5]\d)?\s?(?:a\.m\.?|am)\s?(?:-|to)\s?" + _TIME,
        ),
        (
            (" shift",),
            r"(?:day|night|evening|first|second|third|1st|2nd|3rd|overnight|weekend"
            r"|8[\s-]hour|10[\s-]hour|12[\s-]hour)\sshifts?\b",
        ),
        (
            ("flexible",),
            r"flexible\s(?:work\s|working\s)?(?:schedul(?:e|es|ing)|hours)\b",
        ),
        (
            ("hours per w", "hours a w", "hours/w", "hrs", "hours / w", "hours each w"),
            r"[1-4][0-9](?:\.5)?(?:\s?-\s?[1-4]\d)?\s?(?:hours|hrs)\s?(?:per|a|/|each)"
            r"\s?(?:week|wk)\b",
        ),
    )
)
_OTHER_HOURS = re.compile(
    r"call\sus|contact|office\shours|open\s|support|clinic\shours|available\s"
)
_SCHEDULE_LABEL = re.compile(
    r"(?:work\s|job\s|position\s|typical\s|regular\s)?"
    r"(?:schedules?|shifts?|hours|work\shours|days\sand\shours|shift\shours|work\sdays)"
    r"(?:/(?:hours|shift|schedule))?\s?:\s?"
)
_SCHEDULE_HEADING = re.compile(
    r"(?:work\s|job\s)?(?:schedules?|shifts?|hours|work\shours)(?:\s(?:and|&)\s\w+)?"
)
_ONLY_TYPE = re.compile(
    r"\W*(?:(?:full|part)[\s-]?time|prn|per\sdiem|regular|days?\sper\sweek|varies|tbd"
    r"|n/a"
    r"|\(?[\w\s]{0,10}exempt\)?|[\W])*"
)
_LONGEST_SCHEDULE, _LONGEST_LABEL = 120, 40


def read_schedule(text: Text) -> Read[str] | None:
    """When the work is done, in the words of the text."""
    labelled = _labelled_schedule(text)
    if labelled:
        return labelled
    for words, pattern in _SCHEDULES:
        if not any(word in text.folded for word in words):
            continue
        for match in pattern.finditer(text.folded):
            if _is_schedule(text, match):
                found = text.words(match.start(), match.end()).strip(" ,;")
                return Read(found, found)
    return None


def _is_schedule(text: Text, match: re.Match[str]) -> bool:
    start = match.start()
    tied = text.folded[max(start - 1, 0) : start]
    if tied.isalnum() or tied in ("$", ".", ":", "-", "/"):
        return False
    line = text.line_at(start)
    if line.is_answer or line.kind in (Kind.LEGAL, Kind.ABOUT):
        return False
    return not _OTHER_HOURS.search(text.folded[max(start - 24, 0) : start])


def _labelled_schedule(text: Text) -> Read[str] | None:
    lines = text.lines
    for index, line in enumerate(lines):
        if line.is_answer or line.end - line.start > 200:
            continue
        if line.is_heading:
            rest = lines[index + 1 : index + 4]
            heading = line.heading.lower()
            if _SCHEDULE_HEADING.fullmatch(heading) and rest:
                found = _listed_schedule(text, rest, line)
                if found:
                    return found
            continue
        if ":" not in text.folded[line.start : line.start + _LONGEST_LABEL]:
            continue
        label = _SCHEDULE_LABEL.match(text.folded, line.start, line.end)
        if label and label.end() < line.end:
            words = text.words(label.end(), min(line.end, label.end() + 200))
            words = re.split(r"(?<=[a-z)]{2})\.\s(?=[A-Z])|\s\|\s", words)[0]
            if not _ONLY_TYPE.fullmatch(words.lower()):
                return Read(words[:_LONGEST_SCHEDULE].rstrip(" .,"), words)
    return None


def _listed_schedule(
    text: Text, lines: tuple[Line, ...], heading: Line
) -> Read[str] | None:
    """The short lines under a heading "Schedule"."""
    kept = []
    for line in lines:
        if line.is_heading or line.heading != heading.heading:
            break
        if line.end - line.start > 60:
            break
        kept.append(line)
    if not kept:
        return None
    words = text.words(kept[0].start, kept[-1].end)
    if _ONLY_TYPE.fullmatch(words.lower()):
        return None
    return Read(words.replace("\n", ", ")[:_LONGEST_SCHEDULE], words)


# -- Test before hire ------------------------------------------------------------------

_TEST_STARTS = (
    *("test", "assessment", "exam", "quiz", "exercise", "take"),
    *("coding eval", "skills eval"),
)
_TEST_WORD = re.compile(
    r"test|assessment|exam|quiz|exercise|take-?\s?home|(?:coding|skills)\sevaluation"
)
_TEST = re.compile(
    r"(?:cod(?:ing|er)|billing|skills?|proficiency|competency|knowledge|aptitude"
    r"|terminology|icd-10\S*|cpt|e/m)(?:[\s-](?:skills?|knowledge|proficiency"
    r"|competency"
    r"|accuracy|based|pre-employment|and\s\w+|audit\w*|case))*\s"
    r"(?:tests?\b|testing\b|assessments?\b|exam(?:ination)?s?\b|quiz\b)"
    r"|pre-?\s?(?:employment|hire|interview|offer)\s(?:\w+\s){0,3}?"
    r"(?:tests?\b|assessments?\b|exam\b|testing\b)"
    r"|(?:paid|unpaid|open[\s-]book|minute|hour|short|online)[\s-](?:\w+\s){0,2}?"
    r"(?:test|assessment|exam|quiz)\b"
    r"|(?:test|assessment|exam)\s(?:of|on|in)\s(?:your\s)?(?:coding|billing|icd|cpt)"
    r"|no\s(?:\w+\s)?(?:test|assessment|exam|testing)\b"
    r"|take-?\s?home\s(?:\w+\s)?(?:exercise|test|assessment|assignment|case)"
    r"|(?:take|complete|pass)\s(?:an?|our|the)\s(?:\w+\s){0,2}?(?:skills?\s)?(?:test"
    r"|exam"
    r"|assessment|exercise)\b(?=[^.;\n]{0,30}(?:cod(?:ing|er)|charts?|cases|bill"
    r"|interview"
    r"|hire|offer))|(?:sample|test)\scharts?\b"
    r"|cod(?:ing|er)\s(?:skills?\s)?evaluation\b(?!\s(?:and|&))"
    r"|(?:test|assessment|quiz)\s(?:is\s|will\sbe\s)?(?:given|administered)\s(?:at|during"
    r"|before|prior)\b"
)
_NOT_A_TEST = re.compile(
    r"\b(?:drug|urine|background|tb\b|tuberculosis|covid|physical\s(?:exam|assess|abil)"
    r"|pulmonary|health\s(?:screen|assess)|certification\sexam|certifying|board\sexam"
    r"|sit\sfor|national\sexam|annual|yearly|quarterly|ongoing|typing|lab(?:oratory)?\s"
    r"test|test\sclaims|testing\senv|user\sacceptance|risk\sassess|needs\sassess"
    r"|questionnaire|self-assess|coders?'?\s(?:competenc|skills)|employees'|students"
    r"|students?'|develop|creat(?:e|es|ing)|administer(?:s|ing)?\b|conduct|occupational"
    r"|during\s(?:\w+\s)?(?:orientation|training|onboarding)"
    r"|voucher|prep\b|reimburse|degree|licensure|certification\stest|cpc\sexam"
    r"|ccs\sexam"
    r"|diagnostic|patient|blood|screening\stest|cpr)"
)
_TAKES_IT = re.compile(
    r"\b(?:pass(?:ing|ed)?|complet\w+|take|taking|undergo|scor\w+|required?|requires"
    r"|given|must|interview|hiring|application|selection|prior\sto|before"
    r"|pre-?\s?(?:hire"
    r"|employment|interview|offer)|applicants?|candidates?|will\sbe|administered|"
    r"qualif\w+|subject\sto|paid|unpaid|open[\s-]book|we(?:'ll|\swill))\b"
)
_NO_TEST = re.compile(
    r"\bno\s(?:[\w-]+\s){0,2}(?:test|assessment|exam|testing)s?\b"
    r"|\b(?:do(?:es)?|will)(?:\snot|n't)\s(?:make|have|need|ask)\b[^.;]{0,40}"
    r"(?:test|assessment|exam)"
    r"|\bwon't\s(?:make|have|need|ask)\b[^.;]{0,40}(?:test|assessment|exam)"
    r"|\bdo(?:es)?\snot\srequire[^.;]{0,30}"
    r"(?:test|assessment|exam)|\bwithout\s(?:a\s|any\s)?"
    r"(?:\w+\s)?(?:test|assessment|exam)|(?:test|assessment|exam)s?\s(?:is\s"
    r"|are\s)?not\s"
    r"(?:required|needed|given)"
)
_MINUTES = re.compile(
    r"\b(?P<n>\d{1,3}(?:\.5)?|one|two|three"
    r"|half)[\s-]?(?:\(\d\)\s)?(?:an?\s)?(?P<unit>min"
    r"(?:ute)?s?|hours?|hrs?)\b"
)
_HOURS = {
    "one": Decimal(1),
    "two": Decimal(2),
    "three": Decimal(3),
    "half": Decimal("0.5"),
}


def read_test(text: Text) -> Read[TestRead] | None:
    """A test of skill before hire: whether there is one, paid or not, how long."""
    for at in occurrences(text.folded, _TEST_STARTS):
        match = _TEST_WORD.match(text.folded, at)
        if match is None:
            continue
        sentence = text.sentence_at(match.start())
        line = sentence.line
        if line.is_answer or line.kind in (Kind.LEGAL, Kind.ABOUT, Kind.BENEFITS):
            continue
        start = max(sentence.start, match.start() - 160)
        words = text.folded[start : min(sentence.end, match.end() + 160)]
        if not _TEST.search(words) or _NOT_A_TEST.search(words):
            continue
        if _NO_TEST.search(words):
            return Read(TestRead("none"), text.evidence(match.start(), match.end()))
        is_duty = line.kind == Kind.DUTIES and not re.search(
            r"pre-?(?:hire|employment)|candidate|applicant", words
        )
        if is_duty or not (_TAKES_IT.search(words) or line.end - line.start < 60):
            continue
        following = text.folded[sentence.end : sentence.end + 120]
        if _TEST_WORD.search(following) or re.match(r"\s*(?:it|this)\b", following):
            words += " " + re.split(r"[.!\n]", following.strip())[0]
        return Read(
            _test(words, match.start() - start),
            text.evidence(match.start(), match.end()),
        )
    return None


def _test(words: str, at: int) -> TestRead:
    """``at`` is where the test itself stands in its words."""
    kind = "required"
    if re.search(
        r"\bunpaid\b|\bnot\s(?:paid|compensated)\b|\b(?:without|no)\s(?:pay"
        r"|compensation)\b",
        words,
    ):
        kind = "unpaid"
    elif re.search(r"\bpaid\b|\bwe\s(?:will\s)?pay\b|\bcompensated\b", words):
        kind = "paid"
    open_book: bool | None = None
    if re.search(r"\bclosed[\s-]book\b", words):
        open_book = False
    elif re.search(r"\bopen[\s-]book\b", words):
        open_book = True
    return TestRead(kind, _minutes(words, at), open_book)


def _minutes(words: str, at: int) -> int | None:
    """The length of time that stands nearest to the test."""
    found = list(_MINUTES.finditer(words))
    if not found:
        return None
    match = min(found, key=lambda one: abs(one.start() - at))
    amount = _HOURS.get(match["n"]) or Decimal(match["n"])
    minutes = int(amount if match["unit"].startswith("min") else amount * 60)
    return minutes if 5 <= minutes <= 480 else None


# -- Quota and accuracy ----------------------------------------------------------------

_COUNTS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_COUNT = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|{'|'.join(_COUNTS)})"
_PER = (
    r"(?:\s?(?:/|per|an?|each|every|in\san?)\s?(?:(?:8|eight)[\s-](?:hours?|hrs?)\s"
    r"|work\s?)?"
    r"|\s(?=hourly|daily|weekly))"
    r"(?P<{0}>hour|hr|hourly|day|daily|shift|weekly|week|wk)\b"
)
_CHARTS = (
    r"(?:same[\s-]day\s)?"
    r"(?:(?!per\b|hours?\b|days?\b|years?\b)[a-z][a-z/&-]*\s){0,3}?"
    r"(?P<noun>charts?|records?|encounters?|accounts?|cases|claims|visits|notes"
    r"|reports|abstracts|pcrs"
    r"|discharges|dates\sof\sservice|patients|surgeries|procedures|denials|reviews"
    r"|authorizations)"
    r"(?:\s\([a-z\s]+\))?(?:\s(?:coded|reviewed|completed|audited|abstracted|processed"
    r"|worked))?"
)
_QUOTA = re.compile(
    rf"(?:(?<=between\s)(?P<least>{_COUNT})\sand\s)?"
    rf"(?P<low>{_COUNT})\+?(?:\s?(?:-|to|or)\s?{_COUNT}\+?)?(?:\s?\(\d+\))?\s"
    rf"(?:or\smore\s)?{_CHARTS}{_PER.format('period')}"
)
_QUOTA_AFTER = re.compile(
    r"(?:charts|records|encounters|accounts|cases|claims)\s?(?:/|per|an?)\s?"
    rf"(?P<period>hour|hr|day|shift|week)\s?(?:\(|:|is|of|=|-|goal|minimum|quota"
    rf"|\s){{1,5}}"
    rf"(?P<low>{_COUNT})\b"
)
#: "Daily quota of 60 charts"
_QUOTA_NAMED = re.compile(
    r"(?P<period>hourly|daily|weekly)\s(?:\w+\s)?(?:quota|productivity|production"
    r"|goal|target"
    r"|minimum|expectation)s?\s?(?:\(|:|is|of|=|-|at|least|goal|standard|\s){1,6}"
    rf"(?P<low>{_COUNT})(?:\s?(?:-|to)\s?{_COUNT})?\+?\s(?:[\w/-]+\s){{0,2}}?(?:charts"
    rf"|records"
    r"|encounters|accounts|cases|claims|visits)\b"
)
_QUOTA_BARE = re.compile(
    r"(?:productivity|production|quota)\s?(?:standards?|rates?|expectations?"
    r"|requirements?|goals?|targets?|levels?|minimum)?\s?(?:\(|:|is|of|=|-|at|least"
    rf"|\s){{1,6}}(?P<low>{_COUNT})(?:\s?(?:-|to)\s?{_COUNT})?" + _PER.format("period")
)
_ABOUT_OTHERS = re.compile(
    r"\b(?:typical|by\sthe\send\sof|orientation|onboarding|first\s(?:\w+\s)?(?:weeks"
    r"|months)|(?:coders?|candidates|applicants|employees|staff)\saverages?|our\scoders"
    r"|(?:office|practice|clinic|team|department|staff|group)\s(?:\w+\s)?(?:handles"
    r"|processes|submits|codes|manages|reviews|posts|works)\b"
    r"|(?:staff|team|group)\sof\s[^.]*$|\baverage\s(?:coder|biller|auditor)|new\s(?:hires?"
    r"|coders?|cdi|specialists?|staff)\b|sees|treats|serves|receives|facility"
    r"|department\s(?:sees|handles)|ed\svolume"
    r"|annual|volume\sof|we\s(?:process|see|handle|treat|serve)|company|clinic\s"
    r"(?:sees|averages)|our\steam|organization|hospital\s(?:sees|averages)"
    r"|patient\svol)"
)
#: "... a day by the end of orientation" is the pace of learners.
_IN_ORIENTATION = re.compile(
    r"\s(?:by\sthe\send\sof|during|in|after)\s(?:\w+\s){0,2}(?:orientation|training"
    r"|onboarding|first)"
)
_DEMANDED = re.compile(
    r"productiv|production|measured|throughput|pace|speed|output|quota|standard"
    r"|minimum|at\sleast|expect|must\b|maintain|meet|goal|target"
    r"|require|\bcod(?:e|es|ing)\b|benchmark|average|review|abstract|audit|process|work"
    r"|complet|held\sto|\bmetric|\beach\s(?:coder|biller|specialist|auditor)\b|ability"
    r"|\bable\b|\b(?:handles|touches|submits|enters|manages|posts)\b"
)
#: One of them stands in every text that states a quota.
_QUOTA_WORDS = (
    "per hour", "per day", "per shift", "per week", "per hr", "per 8", "/hour", "/hr",
    "/day", "an hour", "a day", "each day", "hourly", "daily", "productivity", "quota",
    "/shift", "each shift", "hour shift", "weekly", "/week", "/wk",
)  # fmt: skip
_SURE_NOUNS = (
    "chart",
    "abstract",
    "pcr",
    "record",
    "encounter",
    "account",
    "case",
    "discharge",
    "date",
)


_PRODUCTION = re.compile(
    r"product|quota|expect|minimum|measured|target|goal|standard|throughput|pace"
    r"|at\sleast|\baverag(?:e|es|ing)\b"
)
#: What billers and reviewers do so many of; what the work is tells that it is theirs.
_OFFICE_NOUNS = ("claim", "denial", "review", "authorization")
_OFFICE_WORK = re.compile(
    r"\b(?:must|ability\sto|able\sto|responsible\sfor|required|you(?:'ll|\swill)?)\b"
    r"|^\W*(?:works?|post|posts|process(?:es)?|complet(?:e|es)|reviews?|keys?|bills?"
    r"|submits?|handles?|follows?\sup|perform|performs|resolves?)\b[^.;]*$"
)


def read_quota(text: Text) -> Read[Quota] | None:
    """Charts an hour, a day or a week; of a range the lower, which must be met."""
    folded = text.folded
    if not any(word in folded for word in _QUOTA_WORDS):
        return None
    for match in _quota_matches(text):
        line = text.line_at(match.start())
        if line.is_answer or line.kind in (Kind.ABOUT, Kind.LEGAL, Kind.BENEFITS):
            continue
        before = folded[max(line.start, match.start() - 90) : match.start()]
        head = before[-1:]
        if head.isalnum() or head in ("$", ".", "-", "/", ","):
            continue
        after = folded[match.end() : match.end() + 40]
        if _ABOUT_OTHERS.search(before) or _IN_ORIENTATION.match(after):
            continue
        noun = match.groupdict().get("noun")
        around = before + folded[match.end() : match.end() + 50]
        is_sure = noun is None or noun.startswith(_SURE_NOUNS)
        if noun and not is_sure and not _is_production(noun, before, around):
            continue
        is_rate = is_sure and match["period"].startswith("h")
        is_alone = is_sure and not before.rpartition(". ")[2].strip()
        if noun and not (is_rate or is_alone) and not _DEMANDED.search(around):
            continue
        low = match.groupdict().get("least") or match["low"]
        charts = Decimal(_COUNTS.get(low, low))
        if charts <= 0:
            continue
        quota = Quota(charts, _quota_period(match["period"]))
        return Read(quota, text.words(match.start(), match.end()))
    return None


def _is_production(noun: str, before: str, around: str) -> bool:
    """Whether a noun of other matters too is meant as the work of one person."""
    if _PRODUCTION.search(around):
        return True
    return noun.startswith(_OFFICE_NOUNS) and _OFFICE_WORK.search(before) is not None


def _quota_matches(text: Text) -> Iterator[re.Match[str]]:
    """Matches are looked for around their noun, since numbers are many."""
    folded = text.folded
    for index, _ in text.places_of(_QUOTA_NOUNS):
        found = _QUOTA_NOUN.match(folded, text.token_starts[index])
        if not found:
            continue
        start = max(found.start() - 60, 0)
        for pattern, stop in (
            (_QUOTA, found.end() + 60),
            (_QUOTA_AFTER, found.end() + 40),
        ):
            match = pattern.search(folded, start, stop)
            if match:
                yield match
    for tokens, pattern in (
        (_QUOTA_LABELS, _QUOTA_BARE),
        (_QUOTA_PERIODS, _QUOTA_NAMED),
    ):
        for index, _ in text.places_of(tokens):
            match = pattern.match(folded, text.token_starts[index])
            if match:
                yield match


_QUOTA_NOUNS = dict.fromkeys(
    noun + ending
    for noun in (
        *("chart", "record", "encounter", "account", "abstract", "pcr", "case"),
        *("claim", "visit", "note", "report", "discharge", "service", "patient"),
        *("surgerie", "procedure", "denial", "review", "authorization"),
    )
    for ending in ("", "s")
)
_QUOTA_NOUN = re.compile(
    r"\w+(?:\s\([a-z\s]+\))?(?:\s(?:coded|reviewed|completed|audited|abstracted"
    r"|processed|worked))?\s?(?:/|per\b|an?\s(?:hour|day)|each|every"
    r"|in\san?\s|hourly|daily|weekly)"
)
_QUOTA_LABELS = dict.fromkeys(("productivity", "production", "quota"))
_QUOTA_PERIODS = dict.fromkeys(("hourly", "daily", "weekly"))


def _quota_period(words: str) -> str:
    if words.startswith("h"):
        return QuotaPeriod.HOUR
    return QuotaPeriod.WEEK if words.startswith("w") else QuotaPeriod.DAY


_ACCURACY = re.compile(
    r"(?P<before>\d{2,3}(?:\.\d{1,2})?)\s?(?:%"
    r"|percent)(?:\s?\(\d{2,3}%\))?[^.;\n%$]{0,40}?"
    r"\b(?:accura|audits?\b|qa\b|quality\s?(?:score|standard|rat|audit|assurance"
    r"|review|or\b"
    r"|and\b|$|[.,;)]|in\b))"
    r"|(?:accura(?:cy|te)|qa\b(?:\sscores?)?|(?:pass\s)?(?:internal\s"
    r"|external\s)?audits?"
    r"(?:\sscores?|\sresults?)?(?=\s(?:with|at|must|of|score|above|:)|:)"
    r"|quality(?:\s(?:score|standard|rat\w+|assurance|audits?|level"
    r"|goal|expectation|benchmark|metric)s?)?)\b[^.;\n%$\d]{0,60}?"
    r"(?P<after>\d{2,3}(?:\.\d{1,2})?)\s?(?:%|percent)"
)
_PERCENT = re.compile(r"%|percent")
_NOT_ACCURACY = re.compile(
    r"\b(?:tests?|exams?|assessment|quiz|remote|match|premium|401|discount|travel"
    r"|of\sthe\stime|time\b|clean\sclaim"
    r"|collection|patients|employer|pay\b|cost|bonus|growth|facilities|benefits)"
)


_OF_A_TEST = re.compile(r"\b(?:test|exam|assessment|quiz)\b[^.;]*$")


def read_accuracy(text: Text) -> Read[Decimal] | None:
    """The accuracy or quality in percent that the work is held to."""
    folded = text.folded
    for sign in _PERCENT.finditer(folded):
        line = text.line_at(sign.start())
        if line.is_answer or line.kind in (Kind.BENEFITS, Kind.ABOUT, Kind.LEGAL):
            continue
        start = max(line.start, sign.start() - 90)
        for match in _ACCURACY.finditer(folded, start, min(line.end, sign.end() + 70)):
            if not match.start() <= sign.start() < match.end():
                continue
            value = Decimal(match["before"] or match["after"])
            before = folded[max(line.start, match.start() - 30) : match.start()]
            if _OF_A_TEST.search(before):
                continue
            if Decimal(75) <= value <= 100 and not _NOT_ACCURACY.search(match[0]):
                return Read(value, text.evidence(match.start(), match.end(), 160))
    return None


# -- What the employer pays for --------------------------------------------------------

_GIVES = (
    r"(?:provid(?:e|es|ed|ing)|suppl(?:y|ies|ied)|furnish(?:ed|es)?|issued?|pa(?:y|ys"
    r"|id)"
    r"|cover(?:s|ed|age)?|reimburs\w+|includ(?:e|es|ed)|ship(?:s|ped)?|sends?|sent|free"
    r"|stipends?|allowances?|offer(?:s|ed)?|\bto\skeep|gets?\s(?:their|your)"
    r"|receives?|fund(?:s|ed)|at\sno\scost|assist\w*)"
)
_GEAR = (
    r"(?:equipment|computers?|laptops?|macbooks?|monitors?|hardware|workstations?"
    r"|pcs?\b"
    r"|docking\sstation)"
)
_DUES = (
    r"(?:dues\b|aapc\s(?:\w+\s){0,2}?memberships?|ahima\s(?:\w+\s){0,2}?memberships?"
    r"|professional\s(?:\w+\s)?memberships?|association\smemberships?"
    r"|membership\s(?:fees?|renewals?|costs?)"
    r"|certification\s(?:renewals?|maintenance|fees)|credential\s(?:renewals?|fees)"
    r"|license\srenewals?)"
)
_BOOKS = (
    r"(?:cod(?:e|ing)\s(?:and\s\w+\s)?(?:books?|manuals?)|cpt\s(?:books?|manuals?)"
    r"|icd-10\S*\s(?:books?|manuals?)|reference\s(?:books?|manuals?)|codebooks?)"
)
_CEUS = (
    r"(?:ceus?\b|continuing\s(?:medical\s|professional\s)?education(?:\s(?:units?"
    r"|credits?|hours))?)"
)
_NEAR = r"[^.;\n!]{0,70}?"
#: By slug: words one of which must stand there, the thing, and the thing as given.
_PAYS_FOR: tuple[tuple[str, tuple[str, ...], re.Pattern[str], re.Pattern[str]], ...] = (
    tuple(
        (
            slug,
            words,
            re.compile(noun),
            re.compile(rf"{_GIVES}{_NEAR}{noun}|{noun}{_NEAR}{_GIVES}"),
        )
        for slug, words, noun in (
            (
                "equipment",
                (
                    "equipment",
                    "computer",
                    "laptop",
                    "macbook",
                    "monitor",
                    "hardware",
                    "workstation",
                ),
                _GEAR,
            ),
            (
                "dues",
                (
                    "dues",
                    "member",
                    "aapc",
                    "ahima",
                    "professional",
                    "associat",
                    "certif",
                )
                + ("credential", "license"),
                _DUES,
            ),
            ("books", ("cod", "cpt", "icd-10", "reference"), _BOOKS),
            ("ceus", ("ceu", "continuing"), _CEUS),
        )
    )
)
#: A second, rarer word that must stand somewhere, so that most texts end here.
_HINTS = {
    "equipment": (
        "macbook",
        "perks",
        "provid",
        "suppl",
        "furnish",
        "issue",
        "paid",
        "ship",
        "stipend",
    )
    + ("benefit", "offer", "allowance", "send", "cover"),
    "dues": ("dues", "membership", "renewal", "fees", "maintenance"),
    "books": ("book", "manual"),
    "ceus": ("ceu", "continuing"),
}
_NOT_PAID = re.compile(
    r"\bown\b|\bpersonal\b|\bnot\s(?:be\s)?(?:provid|suppl|furnish|reimburs|paid|cover)"
    r"|\b(?:medical|protective)\sequipment|\bemployee(?:'s)?\s(?:is\s)?respons"
    r"|\bresponsible\sfor|\bmust\s(?:have|provide|be"
    r"\sprovided|supply|obtain|maintain|complete|purchase)|\bmaintain\w*|\bdurable"
    r"|\bdme\b|\bpatients?\b|\bcustomers?\b|\boperat\w+|\buse\sof|\busing\b"
    r"|\bproficien\w+|\bknowledge|\brequired\sto|\battend\w*|\bdo(?:es)?\snot\b"
    r"|\bobtain\w*|\bearn\w*\sceu|\bphysician|\bproviders?\b|\bprovide\s(?:\w+\s){0,2}"
    r"(?:training|education|feedback|support)|\bskills?\b|\bliteracy|\bgym\b|\bfitness"
    r"|\bassist(?:s|ing)?\s(?:with|in)|\bpurchas\w+\sorder|\bfax\b|\bcopier"
    r"|\bsoftware\s"
    r"skills|\bclaims?\b|\binclud\w+\s(?:but|computers?|phones?)"
    r"|(?<!home\s)office\sequipment"
)


def read_pays_for(text: Text) -> tuple[Read[str], ...]:
    """Which of equipment, dues, books and CEUs the employer pays for."""
    found: list[Read[str]] = []
    for slug, words, noun, gives in _PAYS_FOR:
        if not any(hint in text.folded for hint in _HINTS[slug]):
            continue
        read = _paid_for(text, slug, words, noun, gives)
        if read:
            found.append(read)
    return tuple(found)


def _paid_for(
    text: Text,
    slug: str,
    words: tuple[str, ...],
    noun: re.Pattern[str],
    gives: re.Pattern[str],
) -> Read[str] | None:
    folded = text.folded
    for at in occurrences(folded, words):
        match = noun.match(folded, at)
        if match is None or folded[max(at - 1, 0) : at].isalnum():
            continue
        sentence = text.sentence_at(match.start())
        line = sentence.line
        if line.is_answer or line.kind == Kind.LEGAL:
            continue
        start = max(sentence.start, match.start() - 70)
        stop = min(sentence.end, match.end() + 70)
        given = _around(gives, folded, start, stop, match.start())
        is_perk = line.kind == Kind.BENEFITS and stop - start < 60 and slug != "books"
        if slug == "equipment" and re.match(r"macbook", folded[match.start() :]):
            is_perk = line.kind == Kind.BENEFITS
        if not given and not (is_perk and slug in ("equipment", "dues")):
            continue
        if _NOT_PAID.search(folded, start, stop):
            continue
        if line.kind == Kind.DUTIES and not re.search(
            r"\bwe\b|compan|employer", folded[start:stop]
        ):
            continue
        return Read(slug, text.evidence(match.start(), match.end(), 160))
    return None


def _around(
    pattern: re.Pattern[str], folded: str, start: int, stop: int, inside: int
) -> bool:
    return any(
        match.start() <= inside < match.end()
        for match in pattern.finditer(folded, start, stop)
    )


# -- Benefits --------------------------------------------------------------------------

_BENEFIT = re.compile(
    r"\b(?:health(?:care)?\s(?:insurance|benefits|plan|coverage)|medical,"
    r"|medical\s(?:insur"
    r"|cover|benefits|plan|and\sdental)|dental|vision|401|403|pto\b|paid\stime\soff"
    r"|paid\s"
    r"holidays?|retirement|pension|tuition|life\sinsurance|disability|vacation"
    r"|sick\s(?:leave"
    r"|time|days)|holidays|bonus|insurance|wellness|parental\sleave"
    r"|employee\sassistance"
    r"|hsa\b|fsa\b|flexible\sspending|ceus?\b|profit\ssharing|stock)"
)
_BENEFIT_STARTS = ("benefit", "offer", "401", "pto", "dental", "insurance")
_BENEFIT_WORD = re.compile(r"benefit|offer|401|pto\b|dental|insurance")
_BENEFIT_PACKAGE = re.compile(
    r"(?:comprehensive|competitive|excellent|generous|full|great|robust|outstanding"
    r"|attractive|complete|rich)\s(?:\w+\s){0,3}benefits|benefits?\spackage"
    r"|full\sbenefits"
)
_LONGEST_BENEFITS = 500


def read_benefits(text: Text) -> Read[str] | None:
    """The benefits section, or the sentences that list benefits, cut at 500 letters."""
    section = _benefits_section(text)
    if section:
        return section
    done = -1
    for at in occurrences(text.folded, _BENEFIT_STARTS):
        if not _BENEFIT_WORD.match(text.folded, at):
            continue
        sentence = text.sentence_at(at)
        if sentence.start != done and _lists_benefits(text, sentence):
            found = _cut(text, sentence.start, sentence.end)
            return Read(found, found)
        done = sentence.start
    return None


def _lists_benefits(text: Text, sentence: Sentence) -> bool:
    line = sentence.line
    if line.is_answer or line.is_heading or line.kind == Kind.LEGAL:
        return False
    words = text.folded[sentence.start : sentence.end]
    if re.search(r"verif|patient|expla[in]|claims|payers?\b|eligibility", words):
        return False
    is_package = _BENEFIT_PACKAGE.search(words) is not None
    if line.kind == Kind.DUTIES and not is_package and "offer" not in words:
        return False
    return is_package or len(set(_BENEFIT.findall(words))) >= 2


def _benefits_section(text: Text) -> Read[str] | None:
    """The first lines under a heading of benefits that stand together."""
    section: list[Line] = []
    for line in text.lines:
        if line.kind != Kind.BENEFITS or line.is_heading or line.is_answer:
            if section:
                break
        elif section and line.is_bullet < section[-1].is_bullet:
            break
        else:
            section.append(line)
    if not section:
        return None
    start, end = section[0].label_end, _end_of_benefits(text, section)
    if not _BENEFIT.search(text.folded, start, end):
        return None
    found = _cut(text, start, end)
    return Read(found, found)


def _end_of_benefits(text: Text, section: list[Line]) -> int:
    """A flattened text runs on after its benefits; they end where none is named."""
    last = section[-1]
    if last.is_bullet:
        return last.end
    end = last.start
    for match in _BENEFIT.finditer(text.folded, last.label_end, last.end):
        end = text.sentence_at(match.start()).end
    return end if end > last.start else last.end


def _cut(text: Text, start: int, end: int) -> str:
    if end - start > _LONGEST_BENEFITS:
        end = max(
            text.plain.rfind("\n", start, start + _LONGEST_BENEFITS),
            text.plain.rfind(" ", start, start + _LONGEST_BENEFITS),
        )
    return text.words(start, end)
