"""The credential rule of a listing, read from its sentences.

A sentence is read in four steps: the credentials it names (`_Names`), the lists they
form ("CPC, CCS or RHIT"), the cue that governs each list ("required", "a plus",
"within 6 months of hire", else the heading over the line), and at the end the
statements of all sentences joined to one rule. A credential named outside of any
requirement ("work with our CPC team") states nothing.

The classes of the Veterans Health Administration ("mastery level certification") come
from its qualification standard for medical records technicians.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from ..credential_rule import MOST_GROUPS, CredentialRule, Group
from ..vocabulary import Vocabulary
from .facts import Read
from .text import Kind, Line, Text
from .words import PerVocabulary, title_text

_LONGEST_EVIDENCE = 300
#: How far from a credential the words that govern it are looked for. A text without
#: stops is one sentence; this keeps the work in proportion to its length.
_REACH = 600


class Strength(StrEnum):
    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_REQUIRED = "not required"
    ACCEPTED = "accepted"
    ENCOURAGED = "encouraged"
    REFUSED = "refused"


# -- The credentials a text names ------------------------------------------------------

#: Named as a class in federal announcements, with the credentials it stands for.
_CLASSES: Mapping[str, tuple[str, ...]] = {
    "apprentice": ("CCA", "CPC-A", "COC-A"),
    "mastery": ("CCS", "CCS-P", "RHIT", "RHIA", "CPC", "COC", "CIC"),
    "cdi": ("CDIP", "CCDS"),
}
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
_CLASS_DEFINITION = re.compile(r"current\b.{0,60}\bcertifications? includes?\b")

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
    r"|req|needs?|nice|desirable|welcome|acceptable|on|w|for|okay|ok|look|looks|optional"
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


class _Names:
    """Abbreviations and names of the credentials, looked up by their first token."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self.full_names: dict[str, str] = {}
        self.renamed = vocabulary.renamed_credentials
        self.apprentices = dict(vocabulary.apprentice_forms)
        for slug, word in vocabulary.credentials.items():
            current = self.renamed.get(slug, slug)
            self.full_names[slug] = word.full_name
            self._add(slug, slug, current)
            for phrase in (word.full_name, word.label, *word.aliases):
                self._add(phrase, "" if " " in phrase.strip() else phrase, current)
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, phrase: str, abbreviation: str, slug: str) -> None:
        tokens = tuple(_TOKEN.findall(phrase.lower()))
        if not tokens or (len(tokens) == 1 and not abbreviation):
            return
        entry = (tokens, abbreviation, slug)
        entries = self.by_first.setdefault(tokens[0], [])
        if entry not in entries:
            entries.append(entry)
        if abbreviation and "-" not in abbreviation:
            plural = ((tokens[0] + "s",), abbreviation + "s", slug)
            self.by_first.setdefault(plural[0][0], []).append(plural)

    def find(self, text: Text) -> list[Mention]:
        found: list[Mention] = []
        after = 0
        by_first = self.by_first
        starts = [(i, t) for i, t in enumerate(text.tokens) if t in by_first]
        for first, token in starts:
            if first >= after:
                for tokens, abbreviation, slug in by_first[token]:
                    last = first + len(tokens)
                    if text.tokens[first:last] == tokens and _is_named(
                        text, first, last, abbreviation
                    ):
                        start, end = text.token_starts[first], text.token_ends[last - 1]
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
        for other in (found[index - 1 : index] or []) + found[index + 1 : index + 2]:
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


def _is_named(text: Text, first: int, last: int, abbreviation: str) -> bool:
    gap_pattern = _ABBREVIATION_GAP if abbreviation else _NAME_GAP
    for index in range(first, last - 1):
        gap = text.cased[text.token_ends[index] : text.token_starts[index + 1]]
        if not gap_pattern.fullmatch(gap):
            return False
    if not abbreviation:
        opened = "(" in text.cased[text.token_starts[first] : text.token_ends[last - 1]]
        return not opened or text.cased[text.token_ends[last - 1] :][:1] == ")"
    start, end = text.token_starts[first], text.token_ends[last - 1]
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
    spelled = _SPELLED_BEFORE.search(before)
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

_NAMES = PerVocabulary(_Names)

# -- The cues --------------------------------------------------------------------------

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
    r"|(?P<pref>\b(?:preferred|pref(?:'?d)?|preferable|desired|desirable|nice[ -]to[ -]haves?"
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
    r"(?:hire|hiring|start)(?!\s+or)|req(?:'?d)?|required|mandatory|needed|necessary|essential|a\s+must"
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
_CERTIFICATION = re.compile(r"certif|credential|licens|\bregistr")
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


def _cues(folded: str, start: int, end: int) -> list[Cue]:
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
    r"(?:apprentic\w*|\bgrad(?:uate)?s|\bbeginners|\bstudents)(?:\s+(?:status|level|is|are|will|may|can|form))*\s*$"
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


# -- Lists of credentials in one sentence ----------------------------------------------

#: Words that may stand within a list: "CPC from AAPC, or RHIT certification".
_JOINS = re.compile(
    r"(?:[\s,/;:()&+|®™*'\"\[\].-]|\b(?:and|or|plus|as|well|either|also|both|an?|the|in"
    r"|of|from|by|through|thru|via|with|other|another|current|currently|active|valid"
    r"|one|two|1|2|3|4|5|6|7|8|9|[b-h](?=[).])|certifications?|certificates?"
    r"|certified|certificated"
    r"|credentials?|credentialed|registered|licensed?|licensure|registration|exam"
    r"|designation|status|aapc(?:'s)?|ahima(?:'s)?|acdis|nha|hfma|ncra|aaham|american"
    r"|academy|professional|coders?|coding|health|information|management|association"
    r"|medical|billing|national(?:ly)?|recognized|approved|such|e\.?g|i\.?e|including"
    r"|includes?|like|following|combination|obtained|hold|at|least|any|level|similar"
    r"|inpatient|outpatient|advanced|specialty|auditor|auditing|risk|adjustment"
    r"|cdi)\b)*"
)
_ANY_OF = re.compile(
    r"\b(?:one|any|either|1)\b(?:\s*\(\d\))?(?:\s+or\s+more|\s+one)?"
    r"|\bfollowing\b|\bsuch\s+as\b|\be\.g\b|\bi\.e\b|\bfor\s+example\b|\binclud"
    r"|\baccept|\blike\b|\bbelow\b|\bapproved\b|\brecogni[sz]ed\b|\bqualifying\b"
)
_ALL_OF = re.compile(r"\bboth\b|\ball\s+of\b|\ball\s+the\b")
_OPENED = re.compile(
    r"(?:certif\w*|credential\w*|licens\w*|registration)(?:\(s\))?\s*\W*\($"
)
_AND = re.compile(r"\band\b(?!/)|&|\+|\bplus\b|\bas well as\b|^\W*with\b(?!.*\bor\b)")
_OR = re.compile(r"\bor\b|and/or|/|\|")
_BODY = re.compile(r"\baapc|\bahima|\bacdis|\bncra|\bhfma")
#: Nobody is asked for both of these: the one stands above the other or beside it.
_INSTEAD = (
    frozenset({"RHIT", "RHIA"}),
    frozenset({"CCS", "CCS-P"}),
    frozenset({"CDIP", "CCDS"}),
)
#: Several of these in one list of "and" are choices: each certifies a coder.
_ANY_CODER = frozenset({"CPC", "CCS", "CCS-P", "RHIT", "RHIA", "CCA", "COC", "CIC"})

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


@dataclass(slots=True)
class Listed:
    """Credentials that stand together, their joints, and what is said of them."""

    mentions: list[Mention]
    joints: list[str] = field(default_factory=list)
    strength: Strength | None = None
    months: int | None = None
    from_before: bool = False
    any_of: bool = False
    required_before: bool = False
    is_weak: bool = False
    is_alternative: bool = False
    is_from_heading: bool = False
    is_of_others: bool = False

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[-1].end

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s for m in self.mentions for s in m.slugs))


def _lists(folded: str, mentions: Sequence[Mention]) -> list[Listed]:
    found: list[Listed] = []
    for mention in mentions:
        last = found[-1] if found else None
        joint = folded[last.end : mention.start] if last else ""
        if last and _JOINS.fullmatch(joint) and not _CUE_WORD.search(joint):
            if mention.slugs == last.mentions[-1].slugs:
                last.mentions[-1] = replace(last.mentions[-1], end=mention.end)
                continue
            last.mentions.append(mention)
            last.joints.append(joint)
        else:
            found.append(Listed([mention]))
    return found


_CUE_WORD = re.compile(r"\baccept")


def _is_any_of(folded: str, start: int, listed: Listed) -> bool:
    before = folded[max(start, listed.start - 90) : listed.start]
    if _ALL_OF.search(before[-30:]):
        return False
    return bool(
        listed.any_of
        or _ANY_OF.search(before)
        or _OPENED.search(before)
        or any(_ANY_OF.search(joint) for joint in listed.joints[:1])
    )


_DUAL = re.compile(r"\bdual(?:ly)?[- ](?:certif|credential)|\bboth\b")


def _groups(folded: str, start: int, listed: Listed) -> list[tuple[str, ...]]:
    """Any-of groups of a required list: "RHIA, RHIT or CCS and CRC" has two."""
    slugs = listed.slugs
    if len(slugs) == 2 and _DUAL.search(
        folded, max(start, listed.start - 60), listed.end + 60
    ):
        return [(slug,) for slug in slugs]
    for index, joint in enumerate(listed.joints):
        if _AND.search(joint) and _ANY_OF.search(joint):
            # "CPC and one of the following: CRC, CPMA"
            head = Listed(listed.mentions[: index + 1], listed.joints[:index])
            tail = Listed(listed.mentions[index + 1 :])
            return [*_groups(folded, start, head), tail.slugs]
    if _is_any_of(folded, start, listed):
        return [slugs]
    kinds = [_joint_kind(joint) for joint in listed.joints]
    if "and" not in kinds:
        return [slugs]
    is_plain_and = "or" not in kinds
    if is_plain_and and len(slugs) > 2 and len(_ANY_CODER.intersection(slugs)) > 1:
        return [slugs]
    found: list[list[str]] = [[*listed.mentions[0].slugs]]
    for mention, kind in zip(listed.mentions[1:], kinds, strict=True):
        both = {found[-1][-1], mention.slugs[0]}
        is_choice = any(both <= pair for pair in _INSTEAD)
        splits = kind == "and" or (is_plain_and and kind == "comma")
        if splits and not is_choice:
            found.append([])
        found[-1].extend(mention.slugs)
    return [tuple(dict.fromkeys(group)) for group in found]


def _joint_kind(joint: str) -> str:
    if "and/or" in joint:
        return "or"
    if _AND.search(joint):
        # "(CPC, COC) from AAPC and (CCS, CCA) from AHIMA" offers both bodies' lists.
        return "or" if ")" in joint and _BODY.search(joint) else "and"
    return "or" if _OR.search(joint) else "comma"


# -- What is said of each list ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or lines that make one list, with what its heading asks."""

    start: int
    end: int
    line: Line
    default: Strength | None
    any_of: bool = False
    #: The folded text, without what stands in parentheses and was read by itself.
    folded: str = ""


def _attribute(unit: Unit, mentions: Sequence[Mention]) -> list[Listed]:
    """The lists of a unit with their strength; those that state nothing left out."""
    folded = unit.folded
    lists = _lists(folded, mentions)
    cues = _cues(folded, unit.start, unit.end)
    for index, listed in enumerate(lists):
        listed.any_of = unit.any_of
        before = lists[index - 1].end if index else unit.start
        after = lists[index + 1].start if index + 1 < len(lists) else unit.end
        zone_before = [c for c in cues if before <= c.start and c.end <= listed.start]
        zone_after = [c for c in cues if listed.end <= c.start and c.end <= after]
        is_last = index + 1 == len(lists)
        _judge(folded, listed, zone_before, zone_after, index == 0, is_last)
        if _speaks_of_others(folded, unit, listed, zone_before, zone_after):
            listed.is_of_others = True
    lists = [listed for listed in lists if not listed.is_of_others]
    lists = _joined_alternatives(folded, lists)
    lists = _split_where_cues_differ(folded, lists, cues)
    _inherit(folded, unit, lists)
    _contrast(folded, unit, lists)
    for listed in lists:
        _soften(folded, unit, listed)
    if _NONE_REQUIRED.search(folded, unit.start, unit.end):
        for listed in lists:
            if listed.is_from_heading or listed.strength in (
                None,
                Strength.NOT_REQUIRED,
            ):
                listed.strength = Strength.PREFERRED
    return [listed for listed in lists if listed.strength]


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
    return _JOINS.fullmatch(folded, end, cue.start) is not None


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
            if _CERTIFICATION.search(said_of) and len(until) < 45:
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
    kinds = [_joint_kind(joint) for joint in listed.joints]
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
    r"[^;]{0,60}?\bor\s+(?:(?:an?|hold|possess|have|be|current|active|valid)\s+)*"
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
    is_short = _JOINS.fullmatch(before) and _JOINS.fullmatch(gap) and len(gap) < 30
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
        _JOINS.fullmatch(before)
        and _JOINS.fullmatch(after)
        and (
            unit.line.is_bullet
            or len(listed.slugs) > 1
            or _CERTIFICATION.search(before + after)
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


# -- Sentences and lines to units ------------------------------------------------------

_SKIPPED = re.compile(
    r"\?\W*$|\bdo you (?:currently )?(?:have|possess|hold|meet)\b"
    r"|for all positions above|above the journey|higher[- ]grade|grandfather"
    r"|fails to maintain|on the effective date|may change and"
    r"|do not meet the definition"
    r"|(?:required|must) to (?:take|pass) our|\bresume\b.{0,40}\bcertif"
)
_LINKS_TO_NEXT = re.compile(r"(?:,|/|\bor|\band/or|\band|-or-)\W*$")
_LINKS_TO_LAST = re.compile(r"\W*(?:or|and/or)\b")
_LINK_ONLY = re.compile(r"\W*(?:or|and/or)\W*$")


class _Reader:
    """One text: its mentions by line, and the units they stand in."""

    def __init__(self, text: Text, names: _Names) -> None:
        self.text = text
        self.folded = text.folded
        self.masked = text.folded
        named = names.find(text)
        self.classes = _class_mentions(text, named)
        self.mentions = sorted(
            [m for m in named if not _inside(m, self.classes)] + self.classes,
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
            intro, intro_any = self._intro(index)
            done = self._run_end(index, intro_any)
            if done > index:
                yield self._joined(index, done, intro, intro_any)
            else:
                yield from self._sentences(index, intro, intro_any)

    def _joined(
        self, first: int, last: int, intro: Strength | None, intro_any: bool
    ) -> tuple[Unit, list[Mention]]:
        lines = self.text.lines
        are_linked = self._are_linked(first, first + 1)
        unit = Unit(
            lines[first].start,
            lines[last].end,
            lines[first],
            intro or _default(lines[first]),
            any_of=intro_any or not are_linked,
            folded=self.masked,
        )
        mentions = [
            mention
            for index in range(first, last + 1)
            for mention in self.by_line.get(index, ())
        ]
        return unit, mentions

    def _sentences(
        self, index: int, intro: Strength | None, intro_any: bool
    ) -> Iterator[tuple[Unit, list[Mention]]]:
        line = self.text.lines[index]
        default = intro or _default(line)
        ahead = list(self.by_line[index])
        while ahead:
            sentence = self.text.sentence_at(ahead[0].start)
            end = max(sentence.end, ahead[0].end)
            here = [mention for mention in ahead if mention.start < end]
            ahead = ahead[len(here) :]
            start = max(sentence.start, here[0].start - _REACH)
            end = min(end, here[-1].end + _REACH)
            unit = Unit(start, end, line, default, intro_any, self.masked)
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

    def _intro(self, index: int) -> tuple[Strength | None, bool]:
        """What the line that opens a list of lines asks: "Must have one of:"."""
        lines = self.text.lines
        for before in range(index - 1, max(index - 8, -1), -1):
            line = lines[before]
            written = self.folded[line.start : line.end]
            if line.is_heading or written.endswith(":"):
                if _SKIPPED.search(written):
                    return None, False
                strengths = [
                    cue.strength
                    for cue in _cues(self.folded, line.start, line.end)
                    if cue.strength in (Strength.REQUIRED, Strength.PREFERRED)
                ]
                is_any = _INTRO_ANY.search(written) is not None
                first = strengths[0] if strengths else None
                is_about = _CERTIFICATION.search(written) is not None or is_any
                return (first if is_about else None), is_any
            if not (lines[before + 1].is_bullet or before + 1 in self.by_line):
                break
            if not (line.is_bullet or self._is_bare(before)):
                break
        return None, False

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
        return both_bare and _CERTIFICATION.search(
            lines[first].heading.lower()
        ) is not (None)

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
            if not _JOINS.fullmatch(self.folded, min(at, until), until):
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


def _default(line: Line) -> Strength | None:
    if line.kind is Kind.REQUIRED:
        return Strength.REQUIRED
    return Strength.PREFERRED if line.kind is Kind.PREFERRED else None


def _inside(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(o.start <= mention.start < o.end for o in others)


def _class_matches(folded: str) -> Iterator[re.Match[str]]:
    at = folded.find("certification")
    while at >= 0:
        match = _CLASS.search(folded, max(at - 52, 0), at + 35)
        if match:
            yield match
        at = folded.find("certification", max(at, match.end() if match else 0) + 13)


def _class_mentions(text: Text, named: Sequence[Mention]) -> list[Mention]:
    """Classes of the federal standard, with the credentials they stand for."""
    if "ahima" not in text.folded and "mastery" not in text.folded:
        return []
    if not re.search(r"mastery|\bvha\b|veterans|gs-0?6[67]\d", text.folded):
        return []
    defined: dict[str, tuple[str, ...]] = dict(_CLASSES)
    found = []
    for match in _class_matches(text.folded):
        sentence = text.sentence_at(match.start())
        if _CLASS_DEFINITION.search(text.folded, sentence.start, sentence.end):
            slugs = [
                slug
                for mention in named
                if match.end() <= mention.start < sentence.end
                for slug in mention.slugs
            ]
            defined.setdefault(str(match.lastgroup), tuple(dict.fromkeys(slugs)))
        else:
            found.append(match)
    return [
        Mention(
            defined[str(match.lastgroup)],
            match.start(),
            match.end(),
            str(match.lastgroup),
        )
        for match in found
        if defined.get(str(match.lastgroup))
    ]


# -- From statements to the rule -------------------------------------------------------

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
_NONE_REQUIRED = re.compile(
    r"\b(?:no|without|none)\s+(?:(?!bls|cpr|additional|other|further)[\w/-]+\s+){0,4}?"
    r"(?:certif\w+|credentials?|licens\w+)(?:\s+(?:or|and)\s+[\w-]+){0,2}\s+"
    r"(?:is\s+|are\s+)?(?:required|needed|necessary)"
    r"|\b(?:certifications?|credentials?)(?:\s+(?:is|are))?\s*(?:not|n't)\s+"
    r"(?:a\s+|strictly\s+|necessarily\s+)?(?:required|needed|necessary|mandatory"
    r"|requirement)"
    r"|\b(?:certif\w+|credentials?)\b(?![^.;]{0,60}\b(?:experience|degree|bls|cpr|must)\b)"
    r"[^.;]{0,50}\b(?:not|n't)\s+(?:an?\s+|strictly\s+|necessarily\s+)?"
    r"(?:required|needed|necessary|mandatory)"
    r"|\b(?:don't|do\s+not|won't|will\s+not|no)\s+need\s+(?:for\s+)?(?:an?\s+|any\s+|to\s+"
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
        lists = _attribute(unit, mentions)
        words = _words(text, unit, mentions)
        chosen: list[_Entry] = []
        is_class = any(mention.class_name for mention in mentions)
        for listed in lists:
            kept = self._judge_apprentice(listed)
            if not kept.mentions:
                continue
            if listed.strength is Strength.PREFERRED:
                self.preferred += [(slug, words) for slug in kept.slugs]
            elif listed.strength is Strength.NOT_REQUIRED:
                self.none_words = self.none_words or words
            elif listed.is_alternative and (chosen or self.groups):
                before = chosen or self.groups
                before[-1] = _with_alternative(before[-1], folded, unit, kept)
            elif listed.strength is Strength.REQUIRED:
                for any_of in _groups(folded, unit.start, kept):
                    group = Group(any_of, within_months=listed.months)
                    is_option = is_class and listed.is_from_heading
                    entry = _Entry(group, words, is_class, is_option)
                    (self.weak if listed.is_weak else chosen).append(entry)
        if unit.any_of and len(chosen) > 1:
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
    start = unit.start
    for mention in [*mentions, None]:
        end = mention.start if mention else unit.end
        required = _CLASS_REQUIRED.search(unit.folded, start, max(start, end))
        if required and not _OTHER_CERTIFICATE.search(unit.folded, start, end):
            return True
        if mention:
            own = _JOINS.match(unit.folded, mention.end)
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
    names = _NAMES(vocabulary)
    statements = _Statements()
    reader = _Reader(text, names)
    for unit, mentions in reader.units():
        written = text.folded[unit.start : unit.end]
        is_skipped = _SKIPPED.search(written) or (
            reader.classes and _CLASS_DEFINITION.search(written)
        )
        if not is_skipped:
            statements.read(text, unit, mentions)
    if reader.classes:
        _read_standard(text, reader.classes, statements)
    _read_unnamed(text, reader, statements)
    if title and not statements.groups and not statements.preferred:
        _read_title(title, names, statements)
    return _rule(statements, names, text, title)


_STANDARD = re.compile(
    r"\bmust (?:have|possess|meet"
    r"|be)\b[^.;\n]{0,60}(?P<three>\(1\),? ?\(2\),? ?or ?\(3\))"
    r"|\bmust (?:have|possess|meet)\b[^.;\n]{0,20}\bone of the\b[^.;\n]{0,60}"
    r"(?:certif|credential)"
)


def _read_standard(
    text: Text, classes: Sequence[Mention], statements: _Statements
) -> None:
    """The clause of the qualification standard, with its options below it.

    The options may stand as answers of a questionnaire, or the announcement may end
    among them; the standard's own three are the classes we know.
    """
    match = _STANDARD.search(text.folded)
    if not match:
        return
    near = [m for m in classes if match.end() <= m.start < match.end() + 900]
    if not near or not any(m.class_name == "apprentice" for m in near):
        return
    if match["three"]:
        slugs = tuple(slug for known in _CLASSES.values() for slug in known)
    else:
        slugs = tuple(dict.fromkeys(slug for m in near for slug in m.slugs))
    words = text.evidence(match.start(), match.end(), _LONGEST_EVIDENCE)
    statements.groups.append(_Entry(Group(slugs), words, True, True))


def _read_title(title: str, names: _Names, statements: _Statements) -> None:
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


def _read_unnamed(text: Text, reader: _Reader, statements: _Statements) -> None:
    """Sentences that speak of certification without naming a credential."""
    folded = text.folded
    read_to = -1
    for at in _places(folded, _CERTIFIED):
        if at < read_to:
            continue
        sentence = text.sentence_at(at)
        start = max(sentence.start, at - _REACH)
        end = min(sentence.end, at + _REACH)
        read_to = end
        line = sentence.line
        if line.is_answer or line.kind in (Kind.BENEFITS, Kind.LEGAL, Kind.ABOUT):
            continue
        written = folded[start:end]
        if _SKIPPED.search(written):
            continue
        is_named = any(start <= m.start < end for m in reader.mentions)
        if "apprentic" in written:
            _read_apprentice(written, statements)
        if _NONE_REQUIRED.search(written) and not _AT_HIRE.search(written):
            words = text.words(start, end)
            statements.none_words = statements.none_words or words[:_LONGEST_EVIDENCE]
        elif not is_named:
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
    cues = _cues(text.folded, start, end)
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
    if Strength.REQUIRED in strengths or _default(line) is Strength.REQUIRED:
        statements.unnamed = True


def _rule(
    statements: _Statements, names: _Names, text: Text, title: str
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


def _with_apprentice(group: Group, statements: _Statements, names: _Names) -> Group:
    forms = [names.apprentices.get(slug) for slug in group.any_of]
    if statements.apprentice is False:
        kept = tuple(s for s in group.any_of if s not in names.apprentices.values())
        return replace(group, any_of=kept or group.any_of)
    if statements.apprentice and any(forms):
        return replace(group, apprentice_accepted=True)
    return group


def _for_cdi(group: Group, text: Text, title: str) -> Group:
    """A documentation certification may stand for the mastery level, says the VA."""
    if group.any_of != _CLASSES["mastery"] or "may be substituted" not in text.folded:
        return group
    if not re.search(r"cdi|clinical documentation", title.lower()):
        return group
    return replace(group, any_of=(*group.any_of, *_CLASSES["cdi"]))


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
