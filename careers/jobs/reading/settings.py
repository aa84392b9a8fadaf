"""Settings of a listing: where the work is, from the employer's name and its words.

A hospital that is only coded for, or that an applicant should have worked in, is no
setting of the listing. So a place counts when the sentence says that it is the
employer ("we are a 300-bed hospital", "busy cardiology practice seeks a biller"), and
requirements are not read at all.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..vocabulary import Vocabulary
from .facts import Read
from .text import Kind, Text, occurrences
from .words import Hit, Lexicon, PerVocabulary, phrases_of, title_text

# -- The employer's name ---------------------------------------------------------------

#: Fields of medicine as they stand in the names of practices.
_FIELD = (
    r"(?:heart|cardi\w+|vascular|vein|spine|sports medicine|retina\w*|eyes?|vision"
    r"|women'?s|ob/?gyns?|obstetric\w*|gyn\w*|pediatric\w*|orthop\w+|ortho"
    r"|dermatolog\w*"
    r"|derm|skin|urolog\w*|gastro\w*|gi|digestive|neuro\w*|brain|ent|ear,? nose"
    r"|ear|otolaryngolog\w*|podiatr\w*|foot(?: (?:and|&) ankle)?|rheumatolog\w*"
    r"|arthritis"
    r"|nephrolog\w*|kidney|allerg\w+|asthma|pulmon\w+|lung|endocrin\w*|diabetes"
    r"|infectious diseases?|(?:interventional )?pain|ophthalmolog\w*|plastic surgery"
    r"|surgical|surgeons|anesthesia|anesthesiolog\w*|hospitalists?|internal"
    r" medicine|family (?:medicine|practice|care)|primary care|emergency (?:medicine"
    r"|physicians?))"
)
_PRACTICE = (
    r"(?:practices?|groups?|offices?|clinics?|associates|partners|physicians"
    r"|specialists|institute|doctors)"
)

#: The first that fits decides; those of one employer that are two things come first.
_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"veterans (?:health|affairs|benefits)|\bva (?:medical|health)|\bvamc\b",
        ("veterans-affairs",),
    ),
    (
        r"indian health|\btribal\b|\btribes?\b|native health|\bnation health",
        ("indian-health",),
    ),
    (
        r"defense health|\barmy\b|\bnavy\b|\bnaval\b|air force|military treatment"
        r"|department of defense|bureau of medicine",
        ("defense-health",),
    ),
    (r"correctional|corrections|wellpath|prison", ("correctional",)),
    (
        r"staffing|recruit(?:ing|ers|ment)|personnel|\btalent\b|workforce",
        ("staffing-agency",),
    ),
    (r"third[- ]party admin|\btpa\b", ("third-party-administrator",)),
    (
        r"health plans?\b|health insurance|blue ?cross|blue ?shield|medicare advantage"
        r"|medic(?:are|aid) plans?|managed care\b"
        r"|\bhealthplan\b|\binsurance compan",
        ("payer",),
    ),
    (r"payment integrity", ("consulting",)),
    (_FIELD + r"(?: \w+)? consultants", ("physician-practice",)),
    (r"accountable care|\baco\b|clinically integrated", ("accountable-care",)),
    (r"consult(?:ing|ants?)\b|advisory", ("consulting",)),
    (
        r"\bcoding (?:solutions|services|group|company|partners|associates|network"
        r"|llc|inc)"
        r"|medical coding\b|\bcoders\b",
        ("coding-vendor",),
    ),
    (
        r"\bbilling\b|\brcm\b|revenue cycle|receivables",
        ("billing-company",),
    ),
    (r"release of information|record retrieval|records retrieval", ("records-vendor",)),
    (r"telehealth|telemedicine|virtual care", ("telehealth",)),
    (
        r"children'?s (?:hospital|medical|health|mercy|national|healthcare)",
        ("childrens-hospital",),
    ),
    (r"critical access", ("critical-access-hospital",)),
    (r"long[- ]term acute|\bltach?\b", ("long-term-acute-care",)),
    (r"rehab(?:ilitation)? (?:hospital|institute)", ("inpatient-rehab",)),
    (r"(?:psychiatric|behavioral health) hospital", ("behavioral-health",)),
    (r"home ?(?:health|care) (?:and|&) hospice", ("home-health", "hospice")),
    (r"hospice (?:and|&) home ?(?:health|care)", ("home-health", "hospice")),
    (r"\bhospice\b", ("hospice",)),
    (r"home health|home care\b|homecare", ("home-health",)),
    (
        r"(?:university|academic) (?:of [\w ]+ )?(?:hospitals?|medical cent|health)"
        r"|\buniversity of [\w ]+ (?:hospital|medical cent|health)",
        ("academic-medical-center",),
    ),
    (
        r"skilled nursing|nursing (?:home|and rehab|& rehab|center)|senior living"
        r"|health(?:care)?(?: center)? (?:and|&) rehab|rehab\w* (?:and|&) (?:nurs"
        r"|health)"
        r"|post[- ]acute|convalescent",
        ("skilled-nursing",),
    ),
    (r"dialysis|kidney care|renal care", ("dialysis",)),
    (r"surgery cent|surgical cent|surgicenter|ambulatory surg", ("surgery-center",)),
    (r"urgent care", ("urgent-care",)),
    (
        r"community health cent|health centers?\b(?=.*\bfqhc)|\bfqhc\b"
        r"|family health cent"
        r"|community health services",
        ("health-center",),
    ),
    (r"rural health clinic", ("rural-health-clinic",)),
    (
        r"behavioral|mental health|counseling|psychiatr|psycholog|recovery cent"
        r"|addiction",
        ("behavioral-health",),
    ),
    (
        r"autism|\baba\b|physical therapy|therapy (?:group|services|associates)",
        ("therapy",),
    ),
    (r"cancer (?:cent|institute|specialists)|oncology", ("oncology",)),
    (r"\bimaging\b|radiology", ("imaging",)),
    (r"\blabs?\b|laborator|patholog|diagnostics\b", ("laboratory",)),
    (r"infusion|pharmacy", ("pharmacy-infusion",)),
    (
        r"medical equipment|\bdme\b|\bhme\b|medical supply|prosthetic",
        ("medical-equipment",),
    ),
    (r"dental|dentistry|orthodont|oral surg|endodont", ("dental",)),
    (r"ambulance|\bems\b|air medical|medical transport", ("ambulance",)),
    (
        r"health ?systems?\b|health ?care systems?\b|health network|integrated health"
        r"|hospitals\b",
        ("health-system",),
    ),
    (
        r"county (?:hospital|health|medical|of)|\bcounty of\b|\bcounty$"
        r"|department of (?:public )?health"
        r"|\bstate of\b|hospital district|public health",
        ("state-county",),
    ),
    (r"hospital\b|medical cent(?:er|re)|\bmed center\b|infirmary", ("hospital",)),
    (r"multi-?special", ("multispecialty-group",)),
    (_FIELD + r"(?:,? (?:and|&) \w+)?(?: \w+)? " + _PRACTICE, ("physician-practice",)),
    (
        r"spine|sports medicine|heart (?:and|&) vascular|\bfoot (?:and|&) ankle|\bdr\. "
        r"|,? m\.?d\.?(?:,|$| p)",
        ("physician-practice",),
    ),
    (
        r"physicians?\b|medical group|medical associates|medical practice"
        r"|family (?:medicine"
        r"|practice|care)|pediatrics|orthop(?:a)?edic|dermatolog|cardiolog|urolog"
        r"|gastroenterolog|ob/?gyn|women's health|eye (?:care|associates|institute"
        r"|center)"
        r"|ophthalmolog|internal medicine|primary care|pain (?:management|center|clinic"
        r"|specialists|institute)|neurolog|\bent\b|podiatr|rheumatolog|nephrolog|allerg"
        r"|plastic surgery|surgical associates|anesthesia|\bclinic\b",
        ("physician-practice",),
    ),
    (
        r"\b(?:community|technical|career) college\b|\bcollege\b|\bschool of\b"
        r"|\binstitute of"
        r" technology|\bacademy\b",
        ("education",),
    ),
)
_EMPLOYERS = tuple((re.compile(pattern), slugs) for pattern, slugs in _NAMES)
#: A company for hospitals is no hospital: "Hospital Billing Services".
_SERVES = re.compile(
    r"solutions|services (?:llc|inc)|technolog|software|systems inc|analytics"
)

#: A practice described, looked for backwards from its noun: "ortho group".
_PRACTICE_NOUN = re.compile(r"(?:practice|group|office|clinic)\b(?! visit)")
_DESCRIBED_PRACTICE = re.compile(
    r"\b" + _FIELD + r"(?:,? (?:and|&) (?:\w+ )?\w+)?"
    r"(?:[ -](?:surgery|medicine|specialty|surgical|care|physician|management))? \w+$"
    r"|\b(?:\d{1,3}|solo|single|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|small|busy|multi)[- ](?:doctor|physician|provider|surgeon)s?\b"
    r"(?! hospital)[^.;:!?\n]{0,40}\b\w+$"
    r"|\b(?:small|busy|private|solo|independent|established|growing|local)"
    r" (?:[\w-]+ )?(?:family|medical|private|physician|specialty) \w+$"
)
_FARTHEST_PRACTICE = 70
#: How far from its word a described place may reach.
_REACH = 80
_SERVES_WITH = ("provide", "offer", "deliver", "speciali", "leader in")
#: Places described rather than named; `_is_ours` judges them like the words.
_DESCRIBED: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (word, slug, re.compile(pattern))
    for word, slug, pattern in (
        (
            "hospitals",
            "health-system",
            r"\b(?:system of|operates|owns|runs|includes?|comprised? of|consists of"
            r"|with|across"
            r"|has) (?:over |more than )?(?:\d{1,3}|two|three|four|five|six|seven|eight"
            r"|nine|ten|eleven|twelve) (?:(?!rehab|psych|behav|child|long"
            r"|special)[\w-]+ ){0,3}hospitals\b"
            r"|\((?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) hospitals\b",
        ),
        (
            "hospital",
            "health-system",
            r"\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten"
            r"|multi)[- ]hospital"
            r" (?:[\w-]+ ){0,3}(?:system|network|organization)\b",
        ),
        (
            "urgent care",
            "urgent-care",
            r"\burgent cares?(?: (?:company|group|provider|network|practice|operator"
            r"|organization)\b|(?= (?:with|seeks?|is|has|in)\b))",
        ),
        (
            "treatment",
            "behavioral-health",
            r"\b(?:addiction|substance (?:use|abuse)|recovery|residential|detox|eating"
            r" disorder)(?: (?:and|&) \w+)?(?: \w+)? treatment (?:centers?|facilit\w+"
            r"|programs?|provider|company)\b",
        ),
        (
            "hospice",
            "home-health",
            r"\bhome ?(?:health|care)(?: care)? (?:and|&) hospice\b",
        ),
        (
            "coding",
            "coding-vendor",
            r"\b(?:(?:outsourced|contract|remote|medical) ){0,2}coding,?(?: (?:and"
            r"|&)? ?"
            r"(?:audit\w*|compliance|cdi|consulting|education|review"
            r"|hcc)){0,3} (?:services"
            r" )?(?:company|firm|vendor|organization)\b",
        ),
        (
            "asc",
            "surgery-center",
            r"\b(?:our|busy|multi-?specialty|physician-owned|free-?standing)"
            r" (?:[\w-]+ ){0,2}asc\b",
        ),
        (
            "revenue cycle",
            "billing-company",
            r"\brevenue cycle(?: management)?(?: (?:services?|solutions?))?"
            r" (?:firm|company|vendor|provider|partner|business)\b",
        ),
        (
            "therapy",
            "therapy",
            r"\b(?:pediatric|physical|occupational|speech|aba|outpatient) therapy"
            r"(?: \([\w/, &-]{2,24}\))? (?:company|practice|clinics?|group|provider)\b",
        ),
        (
            "laborator",
            "laboratory",
            r"\b(?:independent|reference|clinical|toxicology|diagnostics?|pathology"
            r"|molecular|genetics?)(?: (?:and|&) \w+)?(?: \w+)? laborator(?:y|ies)\b",
        ),
    )
)
#: Work that is done in one setting only, in a title: "SNF Biller", "Hospital Coder".
_TITLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), slug)
    for pattern, slug in (
        (
            r"\bsnf\b|\bskilled nursing\b|\bnursing home\b|\blong[- ]term care\b",
            "skilled-nursing",
        ),
        (r"\bhome health\b", "home-health"),
        (r"\bhospice\b", "hospice"),
        (r"\bdental (?:bill|insur|cod|claim|office|front)", "dental"),
        (r"\b(?:dme|hme|dmepos)\b", "medical-equipment"),
        (r"\baba\b", "therapy"),
        (r"\b(?:ambulance|ems)\b", "ambulance"),
        (r"\bdialysis\b", "dialysis"),
        (r"\btele(?:health|medicine)\b", "telehealth"),
        (r"\burgent care\b", "urgent-care"),
        (r"\bhospital (?:inpatient |outpatient )?(?:cod|bill)(?:er|ing)", "hospital"),
        (r"\bmedicare advantage plan\b|\bhealth plan\b", "payer"),
    )
)
#: Those who do such work for others.
_FOR_OTHERS = frozenset(
    {"billing-company", "coding-vendor", "staffing-agency", "consulting"}
)
#: What the employer does for others: "provides outsourced medical coding to".
_SERVICE = re.compile(
    r"(?:provides?|offers?|delivers?|specializ\w+ in|provider of|leader in)"
    r" (?:(?!for\b|of\b|in\b|to\b)[\w-]+ ){0,3}?(?:(?P<coding>(?:medical|outsourced"
    r"|remote"
    r"|contract) (?:medical )?"
    r"coding)|(?P<records>release of information|record retrieval)"
    r"|(?P<billing>medical billing|billing (?:services|and coding)"
    r"|revenue cycle))"
    r"\b(?! (?:experience|training|support))"
)

# -- Words of the text -----------------------------------------------------------------

#: These say by themselves what the employer is.
_PLAIN = frozenset(
    {
        "home health and hospice",
        "home health & hospice",
        "on behalf of our client",
        "our client is seeking",
        "our client is looking",
        "our client is hiring",
        "veterans health administration",
        "defense health agency",
        "indian health service",
        "va medical center",
        "va health care system",
        "va healthcare system",
        "military treatment facility",
        "asc coder",
        "snf biller",
        "asc biller",
    }
)
#: So general that only "is a" and "our" before them tell the employer.
_GENERAL = frozenset(
    {"payer", "hospital", "health-system", "state-county", "consulting"}
)

_SELF_BEFORE = re.compile(
    r"^[^.;:!?,]{3,60}, (?:an?|the) [^.;:!?]{0,40}$|\b(?:operates?|owns?|runs?|we(?:'re"
    r"| are)|(?:is|are|as) (?:an?|the|one of|currently an?|home to)|our"
    r"|join"
    r"|this|here at|about us:?|employer is|for an?|at an?|with an?|within an?|in an?"
    r"|by an?|inc\.,? an?|company is|located in|busy|growing|established|large|small"
    r"|leading|private|independent|local|nonprofit|non-profit|not-for-profit|premier"
    r"|fast[- ]paced|thriving|well[- ]established|multi-?provider|multi-?location)\b"
    r"[^.;:!?]{0,70}$"
)
#: Said of itself at the head of a sentence: "Remote coding vendor with clients in".
_OPENS = re.compile(
    r"\W*(?:(?:an?|the|remote|national(?:ly)?|nationwide|regional|reputable"
    r"|[a-z]+-?(?:ed|ing)|busy|large|small|local|locally|private|independent|premier"
    r"|successful|expanding) ){0,4}"
)
_WITH_AFTER = re.compile(
    r"(?: (?:clinic|center|company|agency|office|practice|group|organization))?"
    r" (?:with|serving|specializing|headquartered|based|located|in)\b[^.;:!?]*"
)
_STRONG_BEFORE = re.compile(
    r"\b(?:we(?:'re| are)|(?:is|are|as) (?:an?|the|one of)|our|join|this|here at)\b"
    r"[^.;:!?]{0,70}$"
)
_SEEKS_AFTER = re.compile(
    r"^[^.;:!?]{0,60}\b(?:seeks?|seeking|is (?:now |currently )?(?:looking|hiring"
    r"|expanding|growing|adding"
    r"|recruiting|seeking|searching|in need"
    r"|in search)"
    r"|has an? (?:\w+ ){0,3}(?:opening|opportunity|position|need)|needs|hiring"
    r"|looking for"
    r"|is currently|in need of)\b"
)
_SEEKING_BEFORE = re.compile(
    r"\b(?:seek\w*|hiring|looking|needed|opening|position|opportunity|join|work(?:ing)?"
    r"|coder|biller|specialist|supervisor|manager|director|auditor|codes|bills"
    r"|role)\b[^.;:!?]{0,60}"
    r"\b(?:for|at|with|in|within|by) (?:an?|our|the|this)\b[^.;:!?]{0,50}$"
)
#: Experience, clients and examples: what stands before a place that is of others.
_OTHERS_BEFORE = re.compile(
    r"\bexperience\b|\bclients?\b(?!,? (?:is )?an?\b)|\bcustomers?\b|\bserv(?:es|ing"
    r"|e|ices? to)\b"
    r"|\bfor hospitals|partner(?:s|ed|ing)? with|such as|e\.g|knowledge|familiar"
    r"|background|provid(?:e|es|er of|ing) [^.]{0,40}\bto\b"
    r"|\byears?\b[^.]{0,12}\bin\b"
    r"|degree|previous|\bstarted\b|\bbegan\b|\bprior\b|equivalent|support(?:s|ing)\b"
    r"|protected veteran"
    r"|\bbenefits\b|verif|eligib|insurance|\bpatients? (?:from|to|at)\b|\bcontact\b"
)
_OTHERS_AFTER = re.compile(
    r"^\W*(?:or [\w -]{3,30} )?(?:experience|clients?|customers?|settings?|preferred"
    r"|required|background|staff|charts|records|environment)\b"
)
_READ = (Kind.ABOUT, Kind.OTHER, Kind.DUTIES)


def _setting_lexicon(vocabulary: Vocabulary) -> Lexicon:
    return Lexicon(phrases_of(vocabulary.settings))


_SETTINGS = PerVocabulary(_setting_lexicon)


def read_settings(
    text: Text, vocabulary: Vocabulary, employer: str = "", title: str = ""
) -> tuple[Read[str], ...]:
    """Settings in which the work is done, the employer's name first."""
    found: dict[str, Read[str]] = {}
    for slug in _of_employer(employer):
        found[slug] = Read(slug, employer)
    lexicon = _SETTINGS(vocabulary)
    heading = title_text(title) if title else None
    for hit in lexicon.find(heading) if heading else ():
        if hit.slug not in _GENERAL:
            found.setdefault(hit.slug, Read(hit.slug, title))
    for hit in [*lexicon.find(text), *_described(text)]:
        if hit.slug not in found and _is_ours(text, hit):
            words = text.evidence(hit.start, hit.end)
            found[hit.slug] = Read(hit.slug, words)
    for hit in _services(text):
        words = text.evidence(hit.start, hit.end)
        found.setdefault(hit.slug, Read(hit.slug, words))
    if heading and not found.keys() & _FOR_OTHERS:
        for pattern, slug in _TITLES:
            if pattern.search(heading.folded):
                found.setdefault(slug, Read(slug, title))
    return tuple(
        read for read in _without_wider(found) if read.value in vocabulary.settings
    )


def _described(text: Text) -> Iterator[Hit]:
    folded = text.folded
    for noun in _PRACTICE_NOUN.finditer(folded):
        start = max(
            text.sentence_at(noun.start()).start, noun.end() - _FARTHEST_PRACTICE
        )
        match = _DESCRIBED_PRACTICE.search(folded, start, noun.end())
        if match:
            yield Hit("physician-practice", match.start(), noun.end(), 0, 0)
    for word, slug, pattern in _DESCRIBED:
        if word not in folded:
            continue
        done = 0
        for at in occurrences(folded, (word,)):
            match = pattern.search(folded, max(done, at - _REACH), at + _REACH)
            if match:
                done = match.end()
                yield Hit(slug, match.start(), match.end(), 0, 0)


_VENDORS = {
    "coding": "coding-vendor",
    "records": "records-vendor",
    "billing": "billing-company",
}


def _services(text: Text) -> Iterator[Hit]:
    """What the employer says that it does for others."""
    for at in occurrences(text.folded, _SERVES_WITH):
        match = _SERVICE.match(text.folded, at)
        if match is None:
            continue
        sentence = text.sentence_at(match.start())
        is_said = sentence.kind in (Kind.ABOUT, Kind.OTHER)
        if is_said and not sentence.line.is_bullet and match.start() > sentence.start:
            slug = _VENDORS[str(match.lastgroup)]
            yield Hit(slug, match.start(), match.end(), 0, 0)


@lru_cache(maxsize=4096)
def _of_employer(employer: str) -> tuple[str, ...]:
    """Settings that a name tells; employers have many listings each."""
    folded = employer.lower().replace("’", "'")
    if not folded:
        return ()
    for pattern, slugs in _EMPLOYERS:
        if pattern.search(folded):
            is_place = slugs[0] in ("hospital", "physician-practice", "health-system")
            if is_place and _SERVES.search(folded):
                return ()
            return slugs
    return ()


#: Kinds of hospital: the kind says more than "hospital".
_HOSPITALS = frozenset(
    {
        "critical-access-hospital",
        "academic-medical-center",
        "childrens-hospital",
        "inpatient-rehab",
        "long-term-acute-care",
        "veterans-affairs",
        "defense-health",
        "indian-health",
    }
)


def _without_wider(found: dict[str, Read[str]]) -> list[Read[str]]:
    wider = set()
    if _HOSPITALS & found.keys():
        wider.add("hospital")
    if "multispecialty-group" in found:
        wider.add("physician-practice")
    if {"veterans-affairs", "defense-health"} & found.keys():
        wider.add("health-system")
    return [read for slug, read in found.items() if slug not in wider]


#: "Operates 6 hospitals", "a system of nine hospitals".
_COUNTED = re.compile(
    r"\((?:\d+|[a-z]+) hospitals$"
    r"|(?:[a-z]+ ){1,3}[^.]*(?:\d|\b[a-z]+) (?:[\w-]+ ){0,3}hospitals$"
)


def _is_ours(text: Text, hit: Hit) -> bool:
    sentence = text.sentence_at(hit.start)
    if sentence.kind not in _READ or sentence.line.is_answer:
        return False
    phrase = text.folded[hit.start : hit.end]
    if "our client" in phrase:
        return True
    before = text.folded[sentence.start : hit.start]
    if phrase == "multi-hospital" or before.endswith("-"):
        # "A 14-hospital health system" is no hospital.
        return False
    after = text.folded[hit.end : sentence.end]
    if _OTHERS_BEFORE.search(before[-80:]) or _OTHERS_AFTER.match(after):
        return False
    if phrase in _PLAIN or phrase.startswith("our ") or _COUNTED.match(phrase):
        return True
    if hit.slug in _GENERAL:
        is_said = _STRONG_BEFORE.search(before) is not None
        return (
            is_said
            or _SEEKING_BEFORE.search(before) is not None
            or bool(_SEEKS_AFTER.search(after))
        )
    return bool(
        _SELF_BEFORE.search(before)
        or _SEEKS_AFTER.search(after)
        or _SEEKING_BEFORE.search(before)
        or (_opens(before, after) and not sentence.line.is_bullet)
    )


def _opens(before: str, after: str) -> bool:
    return bool(
        len(before) < _REACH and _WITH_AFTER.match(after) and _OPENS.fullmatch(before)
    )
