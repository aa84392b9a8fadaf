"""Words of the vocabulary found in a text: software, code sets, specialties.

A `Lexicon` looks runs of tokens up in a dictionary, the longest first, so its cost
does not grow with the vocabulary. The other readers use it for their words too.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..vocabulary import Vocabulary, Word
from .facts import Read
from .text import Kind, Text

_TOKEN = re.compile(r"[^\W_]+")
#: What may stand between the words of one phrase: "OB/GYN", "3M™ 360", "ICD-10".
_INSIDE = frozenset(" -/&+'.®™")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


class PerVocabulary[T]:
    """What is built of a vocabulary once, and again when another one comes."""

    def __init__(self, build: Callable[[Vocabulary], T]) -> None:
        self._build = build
        self._last: tuple[Vocabulary, T] | None = None

    def __call__(self, vocabulary: Vocabulary) -> T:
        last = self._last
        if last is None or last[0] is not vocabulary:
            last = self._last = (vocabulary, self._build(vocabulary))
        return last[1]


@lru_cache(maxsize=2048)
def title_text(title: str) -> Text:
    """A title, or a place, as a text: readers and listings ask for the same ones."""
    return Text.of(title)


@dataclass(frozen=True, slots=True)
class Hit:
    """``slug`` stands from ``start`` to ``end``; tokens ``first`` to ``after`` - 1."""

    slug: str
    start: int
    end: int
    first: int
    after: int


class Lexicon:
    """Phrases by their tokens. ``(phrase, slug)`` given first wins over the same later.

    A phrase with capitals whose slug is in ``cased`` is met only by a text that
    writes it so or all in capitals: "Epic" is software, "epic" is an adjective.
    """

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        cased: frozenset[str] = frozenset(),
    ) -> None:
        found: dict[str, dict[int, dict[tuple[str, ...], tuple[str, str, bool]]]] = {}
        for phrase, slug in phrases:
            tokens = tuple(_TOKEN.findall(phrase.lower()))
            if not tokens:
                continue
            exact = phrase if phrase.lower() in cased else ""
            entry = (slug, exact, ", " in phrase or len(tokens) > 2)
            for key in {tokens, tuple(t for t in tokens if t != "and")} - {()}:
                by_length = found.setdefault(key[0], {})
                by_length.setdefault(len(key), {}).setdefault(key, entry)
        #: By the first token: the phrases of each length, the longest first.
        self._by_first = {
            first: sorted(by_length.items(), reverse=True)
            for first, by_length in found.items()
        }

    def find(self, text: Text, *, loosely: bool = False) -> Iterator[Hit]:
        """Every phrase of the text, none inside another, from left to right.

        ``loosely`` is for titles: any signs may stand between the words of a phrase.
        """
        tokens = text.tokens
        by_first = self._by_first
        after = 0
        for first, token in text.places_of(by_first):
            if first < after:
                continue
            for length, known in by_first[token]:
                entry = known.get(tokens[first : first + length])
                if entry is None:
                    continue
                slug, exact, with_comma = entry
                start = text.token_starts[first]
                end = text.token_end(first + length - 1)
                if length > 1 and not (
                    loosely or _is_one_phrase(text, first, length, with_comma)
                ):
                    continue
                if exact and text.cased[start:end] not in (exact, exact.upper()):
                    continue
                after = first + length
                yield Hit(slug, start, end, first, after)
                break


def _is_one_phrase(text: Text, first: int, length: int, with_comma: bool) -> bool:
    """Only spaces and the signs of compounds stand between its words, no stop."""
    for index in range(first, first + length - 1):
        gap = text.cased[text.token_end(index) : text.token_starts[index + 1]]
        if gap == ", " and with_comma:
            # "ear, nose and throat", "Word, Excel"
            continue
        if len(gap) > 3 or not _INSIDE.issuperset(gap) or gap == ". ":
            return False
    return True


def phrases_of(
    words: Mapping[str, Word], *, with_parentheses: bool = False
) -> Iterator[tuple[str, str]]:
    """Labels, names and aliases with their slugs; "Epic (Resolute)" gives "Epic"."""
    for slug, word in words.items():
        for phrase in (word.label, word.full_name, *word.aliases):
            bare = phrase if with_parentheses else _PARENTHESIS.sub("", phrase)
            if bare.strip():
                yield bare.strip(), slug


def firsts(text: Text, hits: Iterable[Hit]) -> tuple[Read[str], ...]:
    """Each slug once, with the sentence of its first hit."""
    found: dict[str, Read[str]] = {}
    for hit in hits:
        if hit.slug not in found:
            words = text.evidence(hit.start, hit.end)
            found[hit.slug] = Read(hit.slug, words)
    return tuple(found.values())


# -- Software --------------------------------------------------------------------------

#: Ordinary words and names of other things: only as the vendor writes them.
_AS_WRITTEN = frozenset(
    {"epic", "vista", "excel", "intergy", "allscripts", "paragon ehr"}
    | {"iodine", "codify"}
)
#: Names of companies that are employers too, and words that want a proof.
_NEEDS_TOOL = frozenset(
    {"change healthcare", "change health care", "cotiviti", "verscend", "datavant"}
    | {"ciox", "ciox health", "r1 rcm", "experian health", "finthrive", "nthrive"}
    | {"solventum", "ssi group", "the ssi group", "iodine software", "excel", "athena"}
    | {"optum360", "optum 360", "medassets", "iodine", "codify"}
)
_TOOL = re.compile(
    r"software|system|encoder|platform|portal|clearing ?house|\behr\b|\bemr\b"
    r"|experience"
    r"|\busing\b|\buses?\b|proficien|knowledge|familiar|\btools?\b|application"
    r"|\busers?\b|\bepic\b|cerner|meditech|by means of|\bvia\b|\bthru\b|\bthrough\b"
    r"|\bsql\b|python|power ?bi"
    r"|\breports?\b|scrubber|eligibility|verif|strong|advanced|\bwork(?:ing|s)? in\b"
    r"|such as|navigat|skill|spreadsheet|microsoft|\bms\b|outlook|powerpoint|\bword\b"
    r"|computer|\bcac\b|e\.g|preferred|required"
)
_NOT_READ = (Kind.BENEFITS, Kind.PAY, Kind.LEGAL)


def _software(vocabulary: Vocabulary) -> Lexicon:
    phrases = [*phrases_of(vocabulary.software)]
    if "excel" in vocabulary.software:
        phrases.append(("Excel", "excel"))
    bare = (("Athena", "athenahealth"), ("Iodine", "iodine"), ("Codify", "aapc-codify"))
    phrases += [(name, slug) for name, slug in bare if slug in vocabulary.software]
    return Lexicon(phrases, _AS_WRITTEN)


_SOFTWARE = PerVocabulary(_software)


def read_software(text: Text, vocabulary: Vocabulary) -> tuple[Read[str], ...]:
    return firsts(
        text,
        (
            hit
            for hit in _SOFTWARE(vocabulary).find(text)
            if text.line_at(hit.start).kind not in _NOT_READ
            and (
                text.folded[hit.start : hit.end] not in _NEEDS_TOOL
                or _is_said(text, hit, _TOOL)
            )
        ),
    )


def _is_said(text: Text, hit: Hit, pattern: re.Pattern[str]) -> bool:
    sentence = text.sentence_at(hit.start)
    return pattern.search(text.folded, sentence.start, sentence.end) is not None


# -- Code sets -------------------------------------------------------------------------

#: What only some mentions of a code set prove, and what must stand in the sentence.
_PROOFS = {
    "apc": re.compile(
        r"\bdrgs?\b|\bopps\b|group(?:er|ing)|payment class|\bedits?\b|\bcpt\b|\bicd"
    ),
    "cdt": re.compile(r"dental|dentist|\bcdt codes?\b|\bada\b|\bcpt\b"),
}
_OTHER_CPT = re.compile(r"phlebotom")
#: A training that an applicant may have had: "a program that included basic CPT".
_COURSE_BEFORE = re.compile(
    r"\b(?:courses?|coursework|classes|program|curriculum|training)\b[^.;\n]{0,60}"
    r"\b(?:in|included?|includes|including|of)\b[^.;\n]{0,160}$"
)
_OF_MEDICARE = (
    r"\b(?=[^.\n]{0,30}\b(?:edits?|medical necessity|polic|coverage|rules|guid))"
)
_WITH_LCD = r"(?:\sedits)?(?:,|\sand|/|\s&)\s?LCD\b"
_MODIFIERS = ("modifiers", re.compile(r"[Mm]odifiers?(?=\s\(?-?(?:\d\d|[A-Z]{2})\b)"))
#: Abbreviations that only capitals, or what stands beside them, make a code set; by
#: their token.
_BARE = {
    "icd": (
        (
            "icd-10-cm",
            re.compile(r"ICD(?![-\w]|\s?-?\d|\simplant|\sdevice|\sO\b|\))"),
        ),
        (
            "icd-10-pcs",
            re.compile(r"ICD(?:-10)?,?[- ]CM(?:,|\s?&|\sand|\s?/)\s?PCS\b"),
        ),
    ),
    "dsm": (("dsm-5", re.compile(r"DSM(?![-\w]|\s?I)")),),
    "lcd": (("lcd-ncd", re.compile(r"LCD" + _OF_MEDICARE)),),
    "ncd": (("lcd-ncd", re.compile(r"NCD" + _OF_MEDICARE)),),
    "ncci": (("lcd-ncd", re.compile(r"NCCI" + _WITH_LCD)),),
    "cci": (("lcd-ncd", re.compile(r"CCI" + _WITH_LCD)),),
    "modifier": (_MODIFIERS,),
    "modifiers": (_MODIFIERS,),
    "cpt": (("cpt", re.compile(r"CPT(?=(?:-4)?\smodifiers)")),),
}
#: "ICD-10-CM/PCS", "ICD-10 CM and PCS"
_WITH_PCS = re.compile(
    r"icd[- ]?10[- ]?(?:cm)?(?:codes)?(?:\s*(?:/|,|&|\+|and\b|or\b|-)\s*){1,3}"
    r"(?:icd[- ]?10[- ]?)?pcs\b"
)
_WITH_CM = re.compile(r"icd[- ]?10[- ]?pcs\s*(?:/|,|&|and|or)\s*(?:-)?cm\b")
_NINE_AND_TEN = re.compile(r"icd[- ]?9(?:[- ]?cm)?\s*(?:/|and|&|,|or)\s*(?:icd-?)?10\b")
_MS_AND_APR = re.compile(
    r"\b(?:ms|apr)(?:-drgs?)?\W{1,3}(?:and\W|or\W)?(?:ms|apr)[- ]?drgs?\b"
)
_MEDICARE = re.compile(r"\bmedicare\b|\bcms\b")


def _codesets(vocabulary: Vocabulary) -> Lexicon:
    phrases = [*phrases_of(vocabulary.codesets)]
    if "apc" in vocabulary.codesets:
        phrases += [("APC", "apc"), ("APCs", "apc")]
    if "cdt" in vocabulary.codesets:
        phrases.append(("CDT", "cdt"))
    slugs = {phrase.lower(): slug for phrase, slug in phrases}

    def is_pair(phrase: str) -> bool:
        """ "CPT/HCPCS" is two code sets, each found by itself."""
        parts = {slugs.get(part.strip()) for part in phrase.lower().split("/")}
        return len(parts - {None}) > 1

    return Lexicon((phrase, slug) for phrase, slug in phrases if not is_pair(phrase))


_CODESETS = PerVocabulary(_codesets)


def read_codesets(text: Text, vocabulary: Vocabulary) -> tuple[Read[str], ...]:
    hits = []
    for hit in _CODESETS(vocabulary).find(text):
        if text.line_at(hit.start).kind in _NOT_READ:
            continue
        proof = _PROOFS.get(hit.slug)
        if proof and not _is_said(text, hit, proof):
            continue
        if hit.slug == "cpt" and _is_said(text, hit, _OTHER_CPT):
            continue
        if _is_of_a_course(text, hit.start):
            continue
        if hit.slug == "hcc" and _is_said(text, hit, _MEDICARE):
            hit = Hit("cms-hcc", hit.start, hit.end, hit.first, hit.after)
        hits.append(hit)
    hits += _pairs(text)
    hits += _bare_codesets(text)
    hits.sort(key=lambda hit: hit.start)
    known = {hit.slug for hit in hits}
    unsaid = set()
    if known & {"ms-drg", "apr-drg"}:
        unsaid.add("drg")
    if known & {"cms-hcc", "hhs-hcc", "rx-hcc"}:
        unsaid.add("hcc")
    return firsts(
        text,
        (h for h in hits if h.slug in vocabulary.codesets and h.slug not in unsaid),
    )


def _is_of_a_course(text: Text, offset: int) -> bool:
    sentence = text.sentence_at(offset)
    start = max(sentence.start, offset - 240)
    return _COURSE_BEFORE.search(text.folded[start:offset]) is not None


def _bare_codesets(text: Text) -> Iterator[Hit]:
    for index, token in text.places_of(_BARE):
        start = text.token_starts[index]
        for slug, pattern in _BARE[token]:
            match = pattern.match(text.cased, start)
            if match is None or text.line_at(start).kind in _NOT_READ:
                continue
            if not _is_of_a_course(text, start):
                yield Hit(slug, start, match.end(), 0, 0)


def _pairs(text: Text) -> Iterator[Hit]:
    """Two code sets in one breath, of which the second is shortened."""
    folded = text.folded
    if "icd" in folded:
        for pattern, slug in (
            (_WITH_PCS, "icd-10-pcs"),
            (_WITH_CM, "icd-10-cm"),
            (_NINE_AND_TEN, "icd-10-cm"),
        ):
            for match in pattern.finditer(folded):
                yield Hit(slug, match.start(), match.end(), 0, 0)
    if "drg" in folded and "apr" in folded:
        for match in _MS_AND_APR.finditer(folded):
            for slug in ("ms-drg", "apr-drg"):
                if slug[:3].rstrip("-") in match[0]:
                    yield Hit(slug, match.start(), match.end(), 0, 0)


# -- Specialties -----------------------------------------------------------------------

_CODING = re.compile(
    r"\bcod(?:e|es|ed|er|ers|ing)\b|\bbill(?:er|ers|ing|s)?\b|\baccounts\b|\bcases\b"
    r"|\bspecialt(?:y|ies)\b"
    r"|\bcharge (?:entry|capture|review)|\be/m\b|\bcharts\b|\bclaims\b|\bpro-?fee\b"
)
_EXPERIENCE = re.compile(
    r"\bexperience\b|\bbackground in\b|\bknowledge of\b|\bfamiliar"
)
#: Sentences that speak of care, of anatomy or of the employer's fame.
_NOT_CODING = re.compile(
    r"anatom|physiolog|pharmacolog|body system|\bnurs|\brn\b|bedside|\bicu\b|award"
    r"|ranked|leader in|leading provider|known for|world-class|patients? with"
    r"|\bprograms?\b|research|residen|specializ\w+ in (?:the )?(?:care|treat)|magnet"
)
_REACH = 110

#: The person and the adjective of a specialty: "cardiologists", "vascular surgeons".
_FORMS = (
    ("ology", ("ologist", "ologists", "ologic", "ological")),
    ("iatry", ("iatrist", "iatrists", "iatric")),
    ("edics", ("edist", "edists")),
    ("iatrics", ("iatrician", "iatricians")),
    ("surgery", ("surgeon", "surgeons", "surgical")),
    ("gynecology", ("gynecologist", "gynecologists", "gyn")),
    ("radiology", ("radiologist", "radiologists")),
)
#: Names that mean other things as well, and what follows where they mean the specialty.
_WANTS_WORK = {
    "critical care": re.compile(
        r"\s(?:cod|bill|medicine|physician|specialt|pro-?fee|charts|provider)"
        r"|\s?(?:/|and|&)\s?pulmon"
    ),
    "inpatient professional": re.compile(r"$(?!)"),
    "emergency department": re.compile(
        r"\s(?:facility|pro-?fee|professional|cod|charts|records|visits|encounters"
        r"|levels"
        r"|e/m|accounts|charges|charging|services|bill|claims|level|cases|physician)"
        r"|[),;/]|,? (?:and|or|&)\b|\s?$"
    ),
    "emergency room": re.compile(
        r"\s(?:facility|pro-?fee|professional|cod|charts|records|visits|encounters"
        r"|levels"
        r"|e/m|accounts|charges|services|bill|claims|cases|physician)|[),;/]| (?:and"
        r"|or)\b"
    ),
}
#: Short names that count in a list of specialties or right before the work itself.
_SHORT = (
    ("GI", "gastroenterology"),
    ("ENT", "ent"),
    ("IR", "interventional-radiology"),
    ("EP", "cardiology"),
    ("pain", "pain-management"),
    ("trauma", "trauma"),
    ("transplant", "transplant"),
    ("peds", "pediatrics"),
    ("derm", "dermatology"),
    ("ophtho", "ophthalmology"),
    ("eyes", "ophthalmology"),
    ("eye", "ophthalmology"),
    ("cards", "cardiology"),
    ("neuro", "neurology"),
    ("uro", "urology"),
    ("rheum", "rheumatology"),
    ("nephro", "nephrology"),
    ("pulm", "pulmonology"),
    ("endo", "endocrinology"),
    ("GYN", "ob-gyn"),
    ("OB", "ob-gyn"),
    ("vascular", "vascular-surgery"),
    ("plastics", "plastic-surgery"),
    ("ED", "emergency-medicine"),
    ("psych", "behavioral-health"),
    ("path", "pathology"),
    ("med/onc", "hematology-oncology"),
    ("onc", "hematology-oncology"),
)
_WRITTEN_LARGE = frozenset({"GI", "ENT", "IR", "EP", "GYN", "OB", "ED"})
_LIST_SIGN = re.compile(r"\s?(?:,|/|&|;|,?\s(?:and|or))(?:\s(?:and|or|&))?\s?")
_WORK_AFTER = re.compile(
    r",?\s(?:observation|obs|same[ -]day|sds)\b|\s(?:coders?|coding|cases|charts"
    r"|accounts|records|pro-?fee|billing|procedures"
    r"|claims|surgery|surgeries|specialt|surgical|registr\w+|abstract\w+)\b"
)


@dataclass(frozen=True, slots=True)
class _Specialties:
    names: Lexicon
    short: Lexicon


def _specialties(vocabulary: Vocabulary) -> _Specialties:
    phrases = [*phrases_of(vocabulary.specialties)]
    for phrase, slug in list(phrases):
        folded = phrase.lower()
        for ending, forms in _FORMS:
            if folded.endswith(ending) and folded != "surgery":
                stem = folded.removesuffix(ending)
                phrases += [(stem + form, slug) for form in forms]
    short = [(name, slug) for name, slug in _SHORT if slug in vocabulary.specialties]
    return _Specialties(Lexicon(phrases), Lexicon(short))


_SPECIALTIES = PerVocabulary(_specialties)


def read_specialties(
    text: Text, vocabulary: Vocabulary, title: str = ""
) -> tuple[Read[str], ...]:
    """Specialties that are coded or billed, not those the employer is proud of."""
    known = _SPECIALTIES(vocabulary)
    found: dict[str, Read[str]] = {}
    if title:
        heading = title_text(title)
        for hit in _named_specialties(heading, known):
            found.setdefault(hit.slug, Read(hit.slug, heading.plain))
    hits = (hit for hit in _named_specialties(text, known) if _is_coded(text, hit))
    for read in firsts(text, hits):
        found.setdefault(read.value, read)
    return tuple(found.values())


def specialties_of(title: Text, vocabulary: Vocabulary) -> list[str]:
    """The specialties a title names, for the reader of roles."""
    return [hit.slug for hit in _named_specialties(title, _SPECIALTIES(vocabulary))]


#: Titles in which oncology is the registry, not a specialty that is coded.
_REGISTRY = re.compile(r"oncology data|regist(?:rar|ry)")


def _named_specialties(text: Text, known: _Specialties) -> list[Hit]:
    """Names that stand for themselves, and short ones beside them in a list."""
    hits = []
    is_registry = _REGISTRY.search(text.folded) if len(text.lines) < 2 else None
    for hit in known.names.find(text):
        if is_registry and hit.slug == "hematology-oncology":
            continue
        wants = _WANTS_WORK.get(text.folded[hit.start : hit.end])
        if wants is None or wants.match(text.folded, hit.end):
            hits.append(hit)
    taken = {at for hit in hits for at in range(hit.first, hit.after)}
    for hit in known.short.find(text):
        written = text.cased[hit.start : hit.end]
        if hit.first in taken or (
            written.upper() in _WRITTEN_LARGE and written != written.upper()
        ):
            continue
        if _WORK_AFTER.match(text.folded, hit.end) or _is_listed(text, hit, hits):
            hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _is_listed(text: Text, hit: Hit, others: Iterable[Hit]) -> bool:
    """Beside another specialty, with a comma or a stroke between the two."""
    for other in others:
        start, end = min(hit.end, other.end), max(hit.start, other.start)
        if 0 < end - start <= 6 and _LIST_SIGN.fullmatch(text.folded, start, end):
            return True
    return False


def _is_coded(text: Text, hit: Hit) -> bool:
    sentence = text.sentence_at(hit.start)
    if sentence.kind in (*_NOT_READ, Kind.ABOUT) or sentence.line.is_answer:
        return False
    if _NOT_CODING.search(text.folded, sentence.start, sentence.end):
        return False
    start = max(sentence.start, hit.start - _REACH)
    end = min(sentence.end, hit.end + _REACH)
    if _CODING.search(text.folded, start, end):
        return True
    if _SMALL_EMPLOYER.search(text.folded, sentence.start, sentence.end):
        return not _LARGE_EMPLOYER.search(text.folded, sentence.start, sentence.end)
    return (
        sentence.kind in (Kind.REQUIRED, Kind.PREFERRED)
        and _EXPERIENCE.search(text.folded, start, end) is not None
    )


#: A practice codes what it does; a hospital does more than this listing codes.
_SMALL_EMPLOYER = re.compile(
    r"\b(?:practice|physician group|medical group|telehealth|physician-owned|surgery"
    r" center|asc|clinic (?:seeks|is)|(?:doctor|provider|physician) (?:group"
    r"|practice))\b"
)
_LARGE_EMPLOYER = re.compile(
    r"hospital|health ?system|medical cent|network|university|academic|facilit"
)
