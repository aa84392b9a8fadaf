"""Roles of a listing: from its title, and from its duties where the title is general.

The title decides. Words of rank come first ("Supervisor, Coding" leads coders), then
what kind of work it names; a title of two kinds ("Biller/Coder", "Coder - Outpatient
and Inpatient") gives the first as the main role. A title of another field gives none,
and words that other fields use too ("Billing Specialist") need a proof that the
listing is of this one.
"""

import re
from collections.abc import Iterable, Iterator

from ..vocabulary import Vocabulary
from .facts import Read
from .text import Kind, Text
from .words import Hit, Lexicon, PerVocabulary, phrases_of, specialties_of, title_text

# -- Whether it is this field at all ---------------------------------------------------

_OTHER_FIELD = re.compile(
    r"\b(?:software|engineer(?:ing)?|developer|architect|product manager|programmer"
    r"|full[- ]?stack|front[- ]?end|back[- ]?end|javascript|python|java|kotlin|php|sql"
    r"|html|devops|ios|android|machine learning|\bml\b|ai train\w*|ai tutor"
    r"|freelance ai"
    r"|decoding|cyber\w*|boot ?camp|email coder|web|cpq|zuora|guidewire|saas|fintech"
    r"|charge nurse|nurse in charge|nurse charge|charge rn|rn charge|charge registered"
    r"|pharmacist|attorney|paralegal|adjuster|account executive|sales|recruiter"
    r"|veterinary"
    r"|utility|utilities|freight|cargo|construction|rent|lease|legal billing|e-billing"
    r"|ebilling|media|advertis\w+|telecom\w*|warehouse|subrogation|auto claims"
    r"|litigation"
    r"|chargeback|fraud|barcode|color coding|coding facilitator|reimbursement available"
    r"|tuition|robotics|kids|youth|stem|physician assistant|therapist"
    r"|clinical applications? coordinator)\b"
    r"|\b[hf] ?/ ?[hf]\b|\bstage\b|\balternance\b|\bchargé"
)
#: What begins a word stands behind one `\b`: a third of the time of one `\b` each.
_FIELD = re.compile(
    r"hospital|patient|physician|clinic|medicare|medicaid|diagnos|dental"
    r"|\b(?:medical|health|icd\b|icd-?10|cpt\b|hcpcs|him\b|aapc\b|ahima\b|payers?\b"
    r"|payors?\b|drgs?\b|hcc\b|revenue cycle|cpc\b|rhi[at]\b|emr\b|ehr\b|pro-?fee)"
)
#: Roles whose names other fields use as well; `_FIELD` must speak for them.
_SHARED = re.compile(
    r"^(?:(?:sr|senior|jr|junior|lead|remote|certified|electronic|insurance"
    r"|associate) )*"
    r"(?:coders?|coding|billing|biller|claims|payment|cash|remittance|collections?"
    r"|ar|a r"
    r"|accounts? receivable|appeals?|authorization|data|compliance|financial|benefits?"
    r"|registration|denials?|business|revenue|charge|customer|credentialed|eligibility"
    r"|privacy|central|pricing|underpayment|provider|surgery|quality|professional"
    r"|self pay|third party|registrar|admitting|government|workers?)\b"
)

# -- Words of a title ------------------------------------------------------------------

_DIRECTOR = re.compile(
    r"\b(?:director|vp|avp|svp|vice president|chief(?! complaint)|head of|executive)\b"
)
_MANAGER = re.compile(r"\b(?:manager|mgr|managers?)\b|\bmanager,")
_SUPERVISOR = re.compile(
    r"\b(?:supervisor(?:y)?|supv|lead|team leader|leader|foreman|coordinator lead)\b"
)
_NOT_A_RANK = re.compile(
    r"\b(?:project|case|account|office|practice|product|program|care"
    r"|database) manager\b"
    r"|\blead generation\b|\bexecutive assistant\b"
)
_CODING_WORK = re.compile(
    r"\bcod(?:er|ers|ing)\b|\bhim\b|\bhims\b|health information|medical records?\b"
    r"|\bcdi\w?\b"
    r"|clinical documentation|risk adjustment|\bhcc\b|\bdrg\b|\bchim\b"
)
_BILLING_WORK = re.compile(
    r"\bbill(?:ing|er|ers)\b|revenue cycle|\brcm\b|patient (?:financial|accounts?"
    r"|account"
    r"ing|access|billing)|\bpfs\b|accounts receivable|\ba/?r\b|denials?\b|collections"
    r"|payment posting|business office|\bcbo\b|revenue integrity|charge ?master"
    r"|insurance"
    r" follow|medical claims|medical reimbursement|registration|authorization"
)
_REVENUE_WORK = re.compile(r"revenue cycle|\brcm\b|revenue integrity")

_AUDITOR = re.compile(
    r"\baudit(?:or|ors|ing|s)?\b|\bvalidat(?:or|ion)\b|\bquality (?:reviewer|analyst)\b"
    r"|\bcoding qa\b|\bqa coder\b"
)
_EDUCATOR = re.compile(
    r"\b(?:educators?|trainer|instructor|faculty|teacher|education)\b"
)
_COMPLIANCE = re.compile(r"\bcompliance\b")
_CDI = re.compile(
    r"\bcdi(?:s|p)?\b|clinical documentation (?:improvement|integrity|specialist"
    r"|nurse|rn)"
)
_REGISTRAR = re.compile(
    r"\b(?:cancer|tumor|oncology)(?: data)? regist(?:rar|ry)\b|\boncology data"
)
_CODER = re.compile(r"\bcod(?:er|ers|ing)\b|\bcoder[/-]")
_PLAIN_CODER = re.compile(r"\bcoders?\b|\b(?:medical|him) coding\b")
_ENTRY = re.compile(
    r"\b(?:entry[- ]level|apprentice\w*|trainee|intern(?:ship)?|extern(?:ship)?"
    r"|junior|jr"
    r"|new grad\w*|in training)\b|\bcpc-a\b|\bcoding associate\b|\bassociate coder\b"
)
_BILLER = re.compile(r"\bbill(?:er|ers|ing)\b")
_ABSTRACTOR = re.compile(r"\b(?:trauma regist(?:rar|ry)|abstractors?)\b")
_RELEASE = re.compile(r"\brelease of information\b|\broi (?:spec|tech|clerk|coord)")
_UTILIZATION = re.compile(r"\brevenue utilization review\b")

_NURSE = re.compile(r"\bnurse\b|\brn\b")
#: Shortened words of titles, which the vocabulary spells out.
_SHORTENED = {
    "rep": "representative",
    "reps": "representative",
    "spec": "specialist",
    "mgmt": "management",
    "mgt": "management",
    "auth": "authorization",
    "coord": "coordinator",
    "supv": "supervisor",
    "mgr": "manager",
    "asst": "assistant",
    "verif": "verification",
    "reg": "registration",
    "acct": "account",
    "accts": "accounts",
    "ins": "insurance",
    "pt": "patient",
    "med": "medical",
    "rec": "records",
}
_SHORT_WORD = re.compile(rf"\b(?:{'|'.join(_SHORTENED)})\b\.?", re.I)
_JOB = (
    r"[^,;:()]{0,30}\b(?:specialists?|representatives?|coordinators?|clerks?|analysts?"
    r"|associates?|technicians?|collectors?|processors?|assistants?|biller)\b"
)
#: Work of the billing office under the many names that employers give it.
_OFFICE_WORK: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), slug)
    for pattern, slug in (
        (
            r"\b(?:patient|self[- ]pay|early[- ]out|customer) (?:balance |account )?"
            r"collect(?:ions?|ors?)\b|\bpatient balance" + _JOB,
            "patient-account-representative",
        ),
        (
            r"\b(?:insurance|benefits?|eligibility)(?: benefits?| eligibility)?"
            r" verif\w+" + _JOB + r"|\b(?:prior|pre)[- ]?(?:auth\w*|cert\w*)" + _JOB,
            "insurance-verification-specialist",
        ),
        (
            r"\b(?:a ?/? ?r|accounts? receivable|insurance follow[- ]?up|denials?"
            r"|appeals?"
            r"|(?:insurance|medical|hospital) collections?|(?:medical|hospital"
            r"|health\w*"
            r"|patient|insurance|payer) claims (?:resolution|follow[- ]?up)"
            r"|underpayments?)\b" + _JOB,
            "denials-specialist",
        ),
        (
            r"\b(?:electronic|hospital|physician) claims\b"
            + _JOB
            + r"|\breimbursement (?:specialist|representative|analyst)",
            "medical-biller",
        ),
        (
            r"\bdata analysts?\b[^()]*(?:risk adjust|hedis|health|clinical"
            r"|revenue cycle)"
            r"|(?:risk adjust\w*|hedis|quality) data analyst",
            "health-data-analyst",
        ),
        (r"\bhipaa\b|insurance portability", "compliance-analyst"),
    )
)
_PROFESSIONAL = re.compile(r"\bpro-? ?fee\b|\bprofessional\b")
_ALSO_PROFESSIONAL = re.compile(r"\b(?:ed|er|emergency|observation|ancillary)\b")

#: Kinds of coding a title names, in the order in which they stand there.
_KINDS = re.compile(
    r"(?P<inpatient>\bin-?patient\b|\bin ?/ ?out\b|\bdrg\b|\bip\b|\bacute care\b"
    r"|\birf\b"
    r"|\bltach?\b)"
    r"|(?P<outpatient>\bout-?pat(?:ient)?\b|\bout(?= and in)|\bopd?\b"
    r"|\bsame[- ]day surg\w+"
    r"|\bsds\b|\bambulatory surg\w+|\basc\b|\bed\b(?! ?profee)|\ber\b|\bemergency"
    r"|\bobservation\b|\bancillary\b|\bsurgery cent(?:er|re)\b)"
    r"|(?P<profee>\bpro-? ?fee\b|\bprofessional (?:fee|services?|billing)\b"
    r"|\bphysician\b"
    r"|\be ?[/&] ?m\b|\bevaluation (?:and|&) management\b|\bmulti-?specialty\b"
    r"|\bprimary care\b|\bclinic\b|\bambulatory\b|\bhospitalist\b|\burgent care\b"
    r"|\bpb\b"
    r"|\bprofessional cod\w+|\bfamily (?:practice|medicine)\b|\bprovider\b)"
    r"|(?P<risk>\bhcc\b|\brisk[- ]adj\w*|\bhierarchical\b|\bradv\b|\bmra\b"
    r"|\brisk cod\w+"
    r"|\bmedicare advantage\b)"
)
_ROLE_OF_KIND = {
    "inpatient": "inpatient-coder",
    "outpatient": "outpatient-coder",
    "profee": "profee-coder",
    "risk": "risk-adjustment-coder",
}
_SURGICAL = re.compile(r"\b(?:specialty|surg(?:ery|ical)|procedural)\b")

_ALL_CODERS = frozenset(_ROLE_OF_KIND.values()) | {
    "medical-coder",
    "entry-coder",
    "specialty-coder",
}


def _role_lexicon(vocabulary: Vocabulary) -> Lexicon:
    return Lexicon(phrases_of(vocabulary.roles, with_parentheses=True))


_ROLES = PerVocabulary(_role_lexicon)


def read_roles(
    title: str, text: Text, vocabulary: Vocabulary
) -> tuple[Read[str] | None, tuple[Read[str], ...]]:
    """The main role and the others, each with the words it was read from."""
    title = _in_full(title, text)
    heading = title_text(title)
    slugs = _of_title(title_text(_spelled_out(title)), text, vocabulary)
    words = heading.words(0, len(heading.plain))
    reads = [Read(slug, words) for slug in slugs if slug in vocabulary.roles]
    if reads and reads[0].value == "him-technician" and _codes_records(heading, text):
        reads = [Read("medical-coder", words), *reads[1:]]
    if reads and reads[0].value == "medical-coder":
        reads = _as_auditor(text) or _by_duties(reads, text)
    if not reads:
        return None, ()
    return reads[0], tuple(reads[1:])


#: A title that was cut off, or of which the last word is known to insiders only:
#: "MEDICAL RECORDS TECHNICIAN (CO", "Health Information Specialist (CAC)".
_SHORTENED_TITLE = re.compile(r"(?P<whole>[^()]+)\((?:[^()]*|[A-Z]{2,5}\))\s*")
#: How an announcement greets its reader, with the title spelled out.
_GREETING = "interest in "
_GREETED = re.compile(
    r"(?:this|the|an?|our) (?P<title>[^.!?\n]{5,140}?) (?:position|vacancy|role)\b"
)


def _in_full(title: str, text: Text) -> str:
    """The title as the text spells it out, where its own end is missing or short."""
    short = _SHORTENED_TITLE.fullmatch(title)
    at = text.folded.find(_GREETING) if short else -1
    if not short or at < 0:
        return title
    greeted = _GREETED.match(text.cased, at + len(_GREETING))
    if greeted and greeted["title"].lower().startswith(short["whole"].strip().lower()):
        return text.words(*greeted.span("title"))
    return title


#: The person of the duties: "Auditors serve as experts of current conventions".
_AUDITORS_DO = re.compile(
    r"\b(?:the )?auditors? (?:serves? as|(?:is|are) (?:responsible|considered"
    r"|expected))\b"
)


def _as_auditor(text: Text) -> list[Read[str]]:
    """A general coder whose duties begin with what auditors do is one of them."""
    if "auditor" not in text.folded:
        return []
    for match in _AUDITORS_DO.finditer(text.folded):
        sentence = text.sentence_at(match.start())
        if sentence.start == match.start() and not sentence.line.is_answer:
            words = text.words(sentence.start, sentence.end)[:300]
            return [Read("coding-auditor", words)]
    return []


#: Duties of one who assigns codes, whatever the title of the grade.
_ASSIGNS_CODES = re.compile(
    r"\b(?:assign|select|sequenc)\w*\b[^.;\n]{0,60}\bcodes?\b"
    r"|\bcodes? (?:all|inpatient|outpatient|diagnos)"
    r"|\bcoding (?:guidelines|convention|classification)"
)
_FEWEST_CODING_LINES = 3


def _codes_records(heading: Text, text: Text) -> bool:
    """A "Medical Records Technician" may be a coder: the duties tell."""
    if "record" not in heading.folded or "cod" not in text.folded:
        return False
    lines = {text.line_at(m.start()) for m in _ASSIGNS_CODES.finditer(text.folded)}
    return len(lines) >= _FEWEST_CODING_LINES


def _spelled_out(title: str) -> str:
    return _SHORT_WORD.sub(
        lambda match: _SHORTENED[match[0].rstrip(".").lower()], title
    )


def _of_title(heading: Text, text: Text, vocabulary: Vocabulary) -> list[str]:
    folded = heading.folded
    if not folded.strip() or _OTHER_FIELD.search(folded):
        return []
    hits = list(_ROLES(vocabulary).find(heading, loosely=True))
    hits = [hit for hit in hits if _is_proven(heading, hit, text)]
    slugs = _ranked(folded, hits, text) or _kinds_of_work(
        heading, hits, text, vocabulary
    )
    return list(dict.fromkeys(slugs))


def _is_proven(heading: Text, hit: Hit, text: Text) -> bool:
    phrase = " ".join(heading.tokens[hit.first : hit.after])
    if not _SHARED.match(phrase):
        return True
    return _is_of_field(heading.folded, text)


def _is_of_field(title: str, text: Text) -> bool:
    """Several words of the field: one may be the employer's health insurance."""
    if _FIELD.search(title):
        return True
    kinds: set[str] = set()
    for line in text.lines:
        if line.kind in (Kind.BENEFITS, Kind.LEGAL, Kind.PAY):
            continue
        for match in _FIELD.finditer(text.folded, line.start, line.end):
            kinds.add(match[0])
            if len(kinds) >= 2:
                return True
    return False


# -- Rank ------------------------------------------------------------------------------


def _ranked(folded: str, hits: Iterable[Hit], text: Text) -> list[str]:
    """The role of one who leads others, none if the title names no rank."""
    bare = _NOT_A_RANK.sub(" ", folded)
    is_coding = _CODING_WORK.search(bare) is not None
    is_billing = _BILLING_WORK.search(bare) is not None
    if not (is_coding or is_billing) or not _is_of_field(folded, text):
        return []
    found = [hit.slug for hit in hits]
    ranks = {"him-director", "revenue-cycle-director", "coding-manager"}
    ranks |= {"revenue-cycle-manager", "coding-supervisor", "billing-supervisor"}
    known = [slug for slug in found if slug in ranks]
    if known and not (_AUDITOR.search(bare) and _SUPERVISOR.search(bare)):
        codes_too = known[0] == "coding-supervisor" and _CODES_TOO.search(text.folded)
        return [*known[:1], *(_named_kinds(bare) if codes_too else ())]
    if _DIRECTOR.search(bare):
        is_first = is_coding and not _REVENUE_WORK.search(bare)
        return ["him-director" if is_first else "revenue-cycle-director"]
    if _MANAGER.search(bare):
        is_first = is_coding and not (
            _REVENUE_WORK.search(bare) or _BILLER.search(bare)
        )
        return ["coding-manager" if is_first else "revenue-cycle-manager"]
    if _SUPERVISOR.search(bare) and not _keeps_its_work(bare):
        return ["coding-supervisor" if is_coding else "billing-supervisor"]
    return []


#: One who leads coders and codes as well.
_CODES_TOO = re.compile(
    r"\bproduction coding\b|\bown production\b|\bworking (?:lead|supervisor)\b"
)


def _keeps_its_work(bare: str) -> bool:
    """A lead auditor audits and a lead registrar registers: no rank of its own."""
    is_lead = not re.search(r"\bsuperv", bare)
    other = _AUDITOR.search(bare) or _REGISTRAR.search(bare) or _EDUCATOR.search(bare)
    return bool(is_lead and other) or bool(_REGISTRAR.search(bare))


# -- Kind of work ----------------------------------------------------------------------


def _kinds_of_work(
    heading: Text, hits: list[Hit], text: Text, vocabulary: Vocabulary
) -> list[str]:
    folded = heading.folded
    slugs = [hit.slug for hit in hits]
    special = _beside_coding(folded, text, slugs)
    if special:
        return special
    coder = _CODER.search(folded)
    for hit in hits:
        # "Coding Denials Specialist", "Revenue Integrity Coding Analyst"
        is_coding = _CODER.search(folded, hit.start, hit.end) is not None
        if is_coding and hit.slug not in _ALL_CODERS | {"medical-biller"}:
            return [hit.slug]
    is_ours = _strong(slugs) or bool(specialties_of(heading, vocabulary))
    if coder and not is_ours and not _is_of_field(folded, text):
        return []
    if coder:
        kinds = _coders(heading, slugs, vocabulary)
        return _with_billing(folded, kinds, coder.start())
    kinds = list(_named_kinds(folded))
    if "him-technician" in slugs and kinds and "coder" in text.folded:
        # "Medical Records Technician (Outpatient and Inpatient)" codes.
        return kinds
    if not slugs and _BILLER.search(folded) and specialties_of(heading, vocabulary):
        return ["medical-biller"]
    if slugs or not _is_of_field(folded, text):
        return slugs
    if _RELEASE.search(folded):
        return ["him-technician"]
    return [slug for pattern, slug in _OFFICE_WORK if pattern.search(folded)][:1]


def _beside_coding(folded: str, text: Text, slugs: list[str]) -> list[str]:
    """Auditors, educators, registrars: named beside coding, they are not coders."""
    if _UTILIZATION.search(folded) and not _NURSE.search(folded):
        return ["revenue-integrity-analyst"]
    if _REGISTRAR.search(folded):
        return ["cancer-registrar"]
    is_coding = _CODER.search(folded) or re.search(
        r"\bdrg\b|\bhcc\b|risk adjustment|\be ?/ ?m\b|\bmedical\b|\bhim\b"
        r"|\bpro-?fee\b",
        folded,
    )
    found = []
    if (
        _AUDITOR.search(folded)
        and is_coding
        and "revenue-integrity-analyst" not in slugs
    ):
        found.append("coding-auditor")
    if _EDUCATOR.search(folded) and (
        is_coding or _CDI.search(folded) or "coding-educator" in slugs
    ):
        found.append("coding-educator")
    if _COMPLIANCE.search(folded) and not found and "compliance-analyst" in slugs:
        found.append("compliance-analyst")
    if found:
        return sorted(found, key=lambda slug: _place(folded, slug))
    if _CDI.search(folded) and _is_of_field(folded, text):
        return ["cdi-specialist"]
    if _ABSTRACTOR.search(folded) and "health-data-analyst" in slugs:
        return ["health-data-analyst"]
    return []


def _place(folded: str, slug: str) -> int:
    pattern = _AUDITOR if slug == "coding-auditor" else _EDUCATOR
    match = pattern.search(folded)
    return match.start() if match else 0


def _strong(slugs: Iterable[str]) -> bool:
    return any(slug in _ALL_CODERS for slug in slugs)


def _coders(heading: Text, slugs: list[str], vocabulary: Vocabulary) -> list[str]:
    folded = heading.folded
    if _ENTRY.search(folded) or "entry-coder" in slugs:
        return ["entry-coder"]
    found = list(_named_kinds(folded))
    if found:
        return found
    if (
        specialties_of(heading, vocabulary)
        or _SURGICAL.search(folded)
        or "specialty-coder" in slugs
    ):
        return ["specialty-coder"]
    named = [slug for slug in slugs if slug in _ALL_CODERS]
    if named or not (_PLAIN_CODER.search(folded) or _BILLER.search(folded)):
        return named[:1]
    return ["medical-coder"]


def _named_kinds(folded: str) -> Iterator[str]:
    if re.search(r"\bin ?/ ?out\b", folded):
        yield from ("inpatient-coder", "outpatient-coder")
        return
    seen: set[str] = set()
    is_professional = _PROFESSIONAL.search(folded) is not None
    for match in _KINDS.finditer(folded):
        kind = str(match.lastgroup)
        if (
            kind == "profee"
            and match[0] in ("clinic", "provider", "ambulatory")
            and seen
        ):
            continue
        if is_professional and _ALSO_PROFESSIONAL.fullmatch(match[0]):
            # "ED Pro-Fee Coder" codes the physicians' side of the department.
            continue
        if kind not in seen:
            seen.add(kind)
            yield _ROLE_OF_KIND[kind]


def _with_billing(folded: str, kinds: list[str], coder_at: int) -> list[str]:
    """ "Biller/Coder" is both, the first named first."""
    biller = _BILLER.search(folded)
    if not biller or re.search(
        r"\bprofessional billing cod|\bphysician billing cod", folded
    ):
        return kinds
    if biller.start() < coder_at:
        return ["medical-biller", *kinds]
    return [*kinds, "medical-biller"]


# -- Duties ----------------------------------------------------------------------------

_CODES = r"\b(?:cod(?:e|es|ing|er|ers|ed)|assign\w*|abstract\w*|review\w*|audit\w*)\b"
_DUTY = {
    "inpatient": re.compile(
        _CODES
        + r"[^.;\n]{0,70}\binpatient\b(?! and outpatient| or outpatient|/outpatient)"
        r"|\binpatient (?:medical )?(?:records?|charts?|encounters?|accounts?|cod\w+"
        r"|stays"
        r"|admissions?|discharges?)\b"
        r"|" + _CODES + r"[^.;\n]{0,60}\b(?:ms-?drgs?|apr-?drgs?|drgs?|icd-10-pcs)\b"
        r"|\b(?:ms-|apr-)?drg (?:assignment|validation|grouping)"
    ),
    "outpatient": re.compile(
        _CODES
        + r"[^.;\n]{0,70}\b(?:outpatient (?:surg\w+|encounters?|records?|accounts?"
        r"|charts?|visits?|facility)|same[- ]day surg\w+|ambulatory surg\w+|observation"
        r"|apc assignment|emergency (?:department|room) (?:facility|records?"
        r"|charts?))\b"
        r"|\boutpatient (?:facility )?cod(?:ing|er)\b"
        r"|(?<!inpatient )\bfacility cod(?:ing|er)\b"
    ),
    "profee": re.compile(
        r"\bpro-?fee\b|\bprofessional[- ]fees?\b|\bprofessional (?:services?"
        r"|charges?|cod\w+)\b"
        r"|"
        + _CODES
        + r"[^.;\n]{0,60}\b(?:physician|provider)(?:'?s'?)? (?:services|charges"
        r"|encounters|visits|documentation for e/m)\b"
        r"|"
        + _CODES
        + r"[^.;\n]{0,60}\b(?:office visits|evaluation and management|e/m)\b"
    ),
    "risk": re.compile(
        r"\brisk adjustment (?:cod\w+|chart|review)|\bhccs?\b|\bhierarchical condition"
    ),
}
#: Both at once are two kinds: "codes inpatient and outpatient records".
_BOTH = re.compile(
    _CODES + r"[^.;\n]{0,50}\b(?:in-?patient(?:,| and| or|/| &)+ ?out-?patient"
    r"|out-?patient(?:,| and| or|/| &)+ ?in-?patient)\b"
)


def _by_duties(reads: list[Read[str]], text: Text) -> list[Read[str]]:
    """What the duties of a general coder show: one kind of coding, or several."""
    found: dict[str, str] = {}
    for sentence in text.sentences:
        if sentence.kind in _NOT_DUTIES or sentence.line.is_answer:
            continue
        written = text.folded[sentence.start : sentence.end]
        if "cod" not in written and "drg" not in written and "fee" not in written:
            continue
        words = text.words(sentence.start, sentence.end)[:300]
        if _BOTH.search(written):
            found.setdefault("inpatient", words)
            found.setdefault("outpatient", words)
            continue
        for kind, pattern in _DUTY.items():
            if kind not in found and pattern.search(written):
                found[kind] = words
    kinds = [Read(_ROLE_OF_KIND[kind], words) for kind, words in found.items()]
    if not kinds:
        return reads
    if len(kinds) == 1:
        return [*kinds, *reads[1:]]
    return [reads[0], *kinds, *reads[1:]]


_NOT_DUTIES = (
    Kind.REQUIRED,
    Kind.PREFERRED,
    Kind.BENEFITS,
    Kind.ABOUT,
    Kind.PAY,
    Kind.LEGAL,
)
