"""The cues that say how strongly a credential is asked for, and until when."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_REQUIRED = "not required"
    ACCEPTED = "accepted"
    ENCOURAGED = "encouraged"
    REFUSED = "refused"


_CUE = re.compile(
    # Only where a word or a sign begins: the look saves most of the work.
    r"(?=\b\w|[;.\s]|n't)(?:"
    r"(?P<refused_after>\bneed\s+not\s+apply\b)"
    r"|(?P<no>(?:\bnot|n't|\bnever)\s+(?:be\s+|an?\s+|strictly\s+|necessarily\s+"
    r"|absolutely\s+|currently\s+)*(?:required?|requirement|necessary|needed"
    r"|mandatory|essential|a must)\b|\bnon-required\b)"
    r"|(?P<refused>\b(?:not|n't|cannot|can not|never)\s+(?:be\s+|currently\s+)?"
    r"(?:accept\w*|consider\w*|eligible|qualif\w+|meet|apply|sufficient|suffice)\b"
    r"|\b(?:no|non|excluding|except|without)(?:\s+|-)(?=c[po]c-a\b)"
    r"|\bnot\s+(?:be\s+)?(?:an?\s+)?"
    r"(?=c[po]c-a\b))"
    r"|(?P<pref_before>\b(?:prefers?|preference|preferring|preferably|ideally"
    r"|if\s+you\s+(?:also\s+)?(?:have|hold|possess|are|earned)|ideal\s+candidates?"
    r"|we(?:'d|\s+would)\s+(?:love|like)|bonus\s+points|bonus:"
    r"|nice[ -]to[ -]haves?:|a\s+plus\s+if|plus\s+if|not\s+required\s+but)\b:?)"
    r"|(?P<pref>\b(?:preferred|pref(?:'?d)?|preferable|desired|desirable"
    r"|nice[ -]to[ -]haves?"
    r"|nice(?!\s+(?:to|people|team|work|office|place))|looks?\s+(?:good|great)"
    r"|(?:very\s+|most\s+)?helpful|beneficial|advantage(?:ous)?|asset|bonus|ideal"
    r"|encouraged(?!\s+to\s+apply)|recommended|optional|favorable|favored|valued"
    r"|appreciated"
    r"|(?:an?|big|huge|strong|definite|added|real|major)\s+plus|pluses)\b"
    r"|\bplus(?=\s*(?:[).;,!]|$)))"
    r"|(?P<within>\b(?:with)?in\s+(?:the\s+|their\s+|your\s+|an?\s+)?"
    r"(?:first\s+|initial\s+|period\s+of\s+|no\s+more\s+than\s+|maximum\s+of\s+)*"
    r"(?P<n1>\d{1,3}|[a-z]+)?\s*(?:\(\s*(?P<n2>\d{1,3})\s*\)\s*)?"
    r"(?:\s*(?:-|to|or)\s*(?P<n3>\d{1,2})\s*)?[ -]?"
    r"(?P<u1>days?|weeks?|months?|mos?\b|years?|yrs?)\b"
    r"|\b(?:by|before|prior\s+to|upon|after)\s+(?:the\s+)?(?:end|completion)\s+of\s+"
    r"(?:the\s+|your\s+|their\s+|an?\s+)?(?:first\s+)?(?P<n4>\d{1,3}|[a-z]+)?[\s-]*"
    r"(?P<u2>days?|weeks?|months?|years?)\b"
    r"|\b(?P<n5>\d{1,3}|one|two|three|six|nine|twelve|eighteen)\s*"
    r"(?:\(\s*\d{1,3}\s*\)\s*)?(?P<u3>days?|months?|years?)\s+"
    r"(?:(?:of|from|after|post|following)\s+(?:the\s+)?(?:date\s+of\s+|start\s+)?"
    r"(?:hire|employment|hiring|start)\b|to\s+(?:obtain|earn|get|achieve|complete|pass"
    r"|become|acquire|attain)\b))"
    r"|(?P<req_before>\b(?:must(?!\s+be\s+(?:obtained|held|maintained|kept|active"
    r"|current|earned|achieved|acquired|attained|completed|secured)\b)(?!\s+haves?\W*$)"
    r"|requires?|requiring|requirements?|shall|needs?\b(?!ed)|minimum(?!\W*$)|should"
    r"|mandatory:"
    r"|looking\s+for|seeking|in\s+search\s+of|searching\s+for|we\s+want"
    r"|(?:you|who|candidates?|applicants?|individuals?)\s+(?:\w+\s+)?(?:have|has|hold"
    r"|holds|possess|possesses)|holds?|possess(?:es)?|possession\s+of|proof\s+of"
    r"|hired\s+.{0,40}positions|qualif(?:y|ied)\s+with|certified\s+as|credentialed\s+as"
    r"|certified\s+by|you(?:\s+are|'re)\s+(?:an?\s+)?(?=certified|credentialed))\b)"
    r"|(?P<req>\b(?:on\s+day\s+(?:one|1)|(?:at|upon)\s+(?:the\s+)?(?:time\s+of\s+)?"
    r"(?:hire|hiring|start)(?!\s+or)|req(?:'?d)?|required|mandatory|needed|necessary"
    r"|essential|a\s+must"
    r"|(?:is|are)\s+must|must[ -]haves?|prerequisite|non-?negotiable|only"
    r"|minimum(?=\W*$)"
    r"|must\s+be\s+(?:obtained|held|maintained|kept|active|current|earned|achieved"
    r"|acquired|attained|completed|secured))\b)"
    r"|(?P<accepted_before>\b(?:accepts?|accepting|accepted|acceptable|welcomes?"
    r"|will\s+consider|consider|considering|open\s+to)(?=\s+(?:an?\s+)?(?:[a-z]+s?:"
    r"|certif\w+|credential\w*|c[po]c\b|cca\b|ccs\b|rhi[ta]\b|the\s+following)))"
    r"|(?P<encouraged>\b(?:encouraged\s+to\s+apply|welcomed?(?:\s+to\s+apply)?)\b)"
    r"|(?P<accepted>\b(?:accept(?:ed|able)|considered|okay|ok|allowed"
    r"|(?:may|can|should)\s+(?:also\s+)?apply|suffices?|qualif(?:y|ies)|fine)\b)"
    r"|(?P<stop>;|\.\s|\bbut\b|\bhowever\b|\balthough\b|\bwhile\b|\bwhereas\b"
    r"|\s\|\s))"
)
_STRENGTH_OF = {
    "no": Strength.NOT_REQUIRED,
    "refused": Strength.REFUSED,
    "refused_after": Strength.REFUSED,
    "pref": Strength.PREFERRED,
    "pref_before": Strength.PREFERRED,
    "req": Strength.REQUIRED,
    "req_before": Strength.REQUIRED,
    "accepted": Strength.ACCEPTED,
    "accepted_before": Strength.ACCEPTED,
    "encouraged": Strength.ENCOURAGED,
}
#: After "required" these make it speak of what follows: "Required credentials: CPC".
_SPEAKS_FORWARD = re.compile(
    r"\s*(?:(?:medical\s+|coding\s+|professional\s+|current\s+|active\s+)*"
    r"(?:certif\w+|credentials?|licens\w+|qualifications?|registration|skills|one)"
    r"(?:\(s\))?(?:\s*(?:/|and|or|&)\s*\w+)?\s*(?::|-|include|are|is\b|$|\()?|[:]"
    r"|\s-\s)"
)
CERTIFICATION = re.compile(r"certif|credential|licens|\bregistr")
_MONTHS_IN = {"d": 1 / 30, "w": 12 / 52, "m": 1, "y": 12}
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "first": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "eighteen": 18,
    "twenty": 20,
    "ninety": 90,
    "thirty": 30,
    "sixty": 60,
    "hundred": 100,
}
_ABOUT_HIRE = re.compile(
    r"\bhir|employ|\bstart|onboard|placement|position|join|\brole\b|assignment"
    r"|obtain|attain|achiev|earn|acquire|\bget\b|\bbecom|\bpass|\bsit\b|complet|secur"
    r"|certified within|required within|first year|probation|appointment"
)


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str
    start: int
    end: int
    strength: Strength | None = None
    months: int | None = None
    forward: bool = False
    is_about_hire: bool = True


def cues_in(folded: str, start: int, end: int) -> list[Cue]:
    found = []
    for match in _CUE.finditer(folded, start, end):
        kind = _kind_of_cue(match)
        if kind == "within":
            months = _months(match)
            if months:
                found.append(
                    Cue(
                        kind,
                        match.start(),
                        match.end(),
                        months=months,
                        is_about_hire=bool(_ABOUT_HIRE.search(folded, start, end)),
                    )
                )
            continue
        if kind in _OF_APPRENTICES and _APPRENTICES_BEFORE.search(
            folded, max(start, match.start() - 40), match.start()
        ):
            continue
        forward = kind.endswith("_before")
        if kind in ("req", "pref") and _SPEAKS_FORWARD.match(folded, match.end(), end):
            forward = True
        found.append(
            Cue(
                kind,
                match.start(),
                match.end(),
                _STRENGTH_OF.get(kind),
                forward=forward,
            )
        )
    return found


#: "Apprentice not accepted" is said of the form, not of the list before it.
_OF_APPRENTICES = ("refused", "accepted", "encouraged", "no")
_APPRENTICES_BEFORE = re.compile(
    r"(?:apprentic\w*|\bgrad(?:uate)?s|\bbeginners|\bstudents)(?:\s+(?:status|level"
    r"|is|are|will|may|can|form))*\s*$"
)


def _kind_of_cue(match: re.Match[str]) -> str:
    return next(
        name
        for name in (
            "refused_after",
            "no",
            "refused",
            "pref_before",
            "pref",
            "within",
            "req_before",
            "req",
            "accepted_before",
            "encouraged",
            "accepted",
            "stop",
        )
        if match[name] is not None
    )


def _months(match: re.Match[str]) -> int | None:
    """The months of "within one (1) year", None if no number stands there."""
    unit = match["u1"] or match["u2"] or match["u3"]
    number: float | None = None
    for said in (match["n3"], match["n2"], match["n1"], match["n4"], match["n5"]):
        if said is not None:
            number = float(said) if said.isdigit() else _NUMBERS.get(said)
            if number is not None:
                break
    if number is None:
        # "within the first year"; "within years" says nothing.
        if unit.endswith("s"):
            return None
        number = 1.0
    months = round(number * _MONTHS_IN[unit[0]])
    return months if 1 <= months <= 60 else None


#: Sentences that ask for no credential.
NONE_REQUIRED = re.compile(
    r"\b(?:no|without|none)\s+(?:(?!bls|cpr|additional|other|further)[\w/-]+\s+){0,4}?"
    r"(?:certif\w+|credentials?|licens\w+)(?:\s+(?:or|and)\s+[\w-]+){0,2}\s+"
    r"(?:is\s+|are\s+)?(?:required|needed|necessary)"
    r"|\b(?:certifications?|credentials?)(?:\s+(?:is|are))?\s*(?:not|n't)\s+"
    r"(?:a\s+|strictly\s+|necessarily\s+|that\s+|so\s+)?(?:required|needed|necessary"
    r"|mandatory|requirement|important)"
    r"|\b(?:certifications?|credentials?)\s+(?:does|do)(?:\s+not|n't)\s+matter\b"
    r"|\b(?:do(?:es)?(?:\s+not|n't)|not)\s+requir(?:e|ing)\s+(?:an?\s+|any\s+|prior\s+"
    r"|you\s+to\s+(?:have|hold)\s+)*(?:[\w/-]+\s+){0,2}?(?:certif(?:ication|ied)s?"
    r"|credentials?)\b(?!\s+(?:beyond|other|in\s+addition))"
    r"|\b(?:certif\w+|credentials?)\b(?![^.;]{0,60}\b(?:experience|degree|bls|cpr"
    r"|must)\b)"
    r"[^.;]{0,50}\b(?:not|n't)\s+(?:an?\s+|strictly\s+|necessarily\s+)?"
    r"(?:required|needed|necessary|mandatory)"
    r"|\b(?:don't|do\s+not|won't|will\s+not|no)\s+need\s+(?:for\s+)?(?:an?\s+|any\s+"
    r"|to\s+"
    r"have\s+an?\s+)?(?:\w+\s+)?(?:certif\w+|credentials?)"
    r"|\bno\s+(?:certif\w+|credentials?)(?:,|\s+(?:and|or|necessary|needed|required)\b)"
    r"[^.;]{0,40}\b(?:required|needed|necessary)"
    r"|\b(?:do(?:es)?\s+not|don't|need\s+not|not)\s+(?:need\s+to\s+|have\s+to\s+"
    r"|required\s+to\s+)"
    r"be\s+(?:a\s+)?certified"
    r"|\b(?:licens\w+|certif\w+|credentials?)(?:\(s\))?(?:\s*(?:/|and|or|&)\s*"
    r"(?:licens\w+|certif\w+|credentials?"
    r"|registration)(?:\(s\))?)*(?:\s+required)?\s*[:\n-]\s*"
    r"(?:none|n/a|not applicable|not required)\b(?!\s+of)"
)
