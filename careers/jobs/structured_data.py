"""The JobPosting of a listing, built in Python and written for a script element.

Follows Google's rules for JobPosting and the vocabulary of schema.org. One object
stands on the page of one open listing and nowhere else; what stands in it stands on
the page. `problems` says why a listing's markup would not validate: such a listing is
not published.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

import nh3

from . import eligibility, vocabulary
from .eligibility import STATE_NAMES, RemoteStatus, StatesBasis
from .pay import Period
from .presentation.rule_words import rule_sentence
from .presentation.text import description_html
from .vocabulary import Vocabulary

CONTEXT = "https://schema.org/"
CONFIDENTIAL = "confidential"

#: The cities and states of a listing's places, each "" where there is none.
type Towns = tuple[tuple[str, str], ...]

#: Per-chart pay has no unit and is left out.
UNIT_TEXT: dict[str, str] = {
    Period.HOUR: "HOUR",
    Period.DAY: "DAY",
    Period.WEEK: "WEEK",
    Period.MONTH: "MONTH",
    Period.YEAR: "YEAR",
}

EMPLOYMENT_TYPE: dict[str, str] = {
    "full-time": "FULL_TIME",
    "part-time": "PART_TIME",
    "per-diem": "PER_DIEM",
    "contract": "CONTRACTOR",
    "contract-w2": "CONTRACTOR",
    "contract-1099": "CONTRACTOR",
    "temporary": "TEMPORARY",
    "temp-to-hire": "TEMPORARY",
    "seasonal": "TEMPORARY",
    "internship": "INTERN",
}

#: Google's credential categories, lowest first, and the words that name each.
EDUCATION = (
    ("high school", r"high[- ]school|\bged\b|\bhsd\b|secondary school"),
    (
        "professional certificate",
        r"\bcertificate\b|vocational|technical school|\bdiploma (?:program|in)\b",
    ),
    ("associate degree", r"\bassociate|\b(?:aa|aas|as) degree|\ba\.a\.?s?\.?(?=\W|$)"),
    ("bachelor degree", r"\bbachelor|\bbaccalaureate|\bb\.?[as]\.?(?: degree|\W|$)"),
    (
        "postgraduate degree",
        r"\bmaster(?:'|’)?s?\b|\bdoctora|\bph\.?d|\bgraduate degree|\bpost-?graduate",
    ),
)
_EDUCATION = tuple((name, re.compile(words, re.I)) for name, words in EDUCATION)
_ONLY_WISHED = re.compile(r"prefer|desir|a plus\b|nice to have|\bideal", re.I)
_NOT_ASKED = re.compile(r"\b(?:no|not|none)\b", re.I)

# Characters that no reader sees: controls, marks of direction, lone surrogates.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def job_posting(
    listing: Any, *, url: str, words: Vocabulary | None = None
) -> dict[str, Any]:
    """The JobPosting of a listing whose page is at this absolute address."""
    words = words or vocabulary.current()
    posting = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "url": url,
        "title": clean_title(listing.title, listing.places) or _seen(listing.title),
        "description": description(listing.description),
        "datePosted": _moment(listing.posted_at),
        "validThrough": _moment(listing.expire_at),
        "identifier": _identifier(listing),
        "hiringOrganization": _organization(listing.employer, url),
        "jobLocation": _locations(listing.places),
        **_telecommute(listing),
        "employmentType": _employment_types(listing.employment),
        "baseSalary": _salary(listing.pay),
        "experienceRequirements": _experience(listing.experience_months),
        "educationRequirements": _education(listing.education),
        "qualifications": _qualifications(listing.rule, words),
        "occupationalCategory": _occupation(listing.role, words),
        # One applies at the employer's own address; there is no form here.
        "directApply": False,
    }
    return {name: value for name, value in posting.items() if value not in (None, [])}


def script_json(value: dict[str, Any]) -> SafeString:
    """JSON that may stand inside a script element whatever text is in it."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # Every character that could end or open markup is escaped, so this is safe.
    return mark_safe(text.translate(_ESCAPED))


_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def problems(listing: Any) -> list[str]:
    """Why the markup of a listing would not validate; empty where it would."""
    return list(problems_by_field(listing).values())


def problems_by_field(listing: Any) -> dict[str, str]:
    """The same by the field that mends it. Cheap: imports ask it of every listing."""
    found = {}
    if not clean_title(listing.title, listing.places):
        found["title"] = (
            "Give the title of the job alone, such as “Inpatient coder”: pay, place, "
            "job numbers and calls to apply do not count."
        )
    if not _has_text(listing.description):
        found["description"] = "Describe the job."
    if listing.employer_id is None or not _seen(listing.employer.name):
        found["employer"] = "Choose the employer."
    if listing.expire_at is None:
        found["expire_at"] = "Give the date on which the listing closes."
    elif listing.expire_at <= listing.posted_at:
        found["expire_at"] = (
            "The listing closes before it was posted. Give a later date."
        )
    pay = listing.pay
    if pay is not None and pay.minimum > pay.maximum:
        found["pay_maximum"] = "The highest pay is below the lowest. Exchange them."
    if listing.remote == RemoteStatus.REMOTE and _hires_nowhere(listing):
        found["states_listed"] = (
            "No state is left to hire from. Correct the list of states."
        )
    return found


def _hires_nowhere(listing: Any) -> bool:
    return bool(listing.states_basis) and not _states(listing)


# Text


def _seen(text: str) -> str:
    """Text on one line, without what no reader sees."""
    return " ".join(_UNSEEN.sub("", text).split())


def description(text: str) -> str:
    """The whole text as paragraphs, lists and line breaks and nothing else."""
    html: str = description_html(_UNSEEN.sub("", text))
    html = re.sub(r"<(/?)h[34]>", r"<\1p>", html)
    html = re.sub(r"<(/?)ol>", r"<\1ul>", html)
    html = nh3.clean(html, tags={"p", "ul", "li", "br"}, attributes={})
    return "".join(_wrapped(html))


_BLOCK_TAG = re.compile(r"(</?(?:p|ul)>)")
_TAG = re.compile(r"<[^<>]*>")


def _wrapped(html: str) -> Iterator[str]:
    """The same HTML with words that stand outside every block in paragraphs."""
    depth = 0
    for part in _BLOCK_TAG.split(html):
        if _BLOCK_TAG.fullmatch(part):
            depth += -1 if part.startswith("</") else 1
        elif depth == 0:
            part = part.strip()
            if _TAG.sub("", part).strip():
                part = f"<p>{part}</p>"
            else:
                continue
        yield part


def _has_text(html: str) -> bool:
    """Whether a letter or a digit stands between the tags; the first one decides."""
    done = 0
    for tag in _TAG.finditer(html):
        if any(c.isalnum() for c in unescape(html[done : tag.start()])):
            return True
        done = tag.end()
    return any(c.isalnum() for c in unescape(html[done:]))


# Title

_STATE = "|".join(sorted(STATE_NAMES)) + "|USA?|U\\.S\\.A?\\.?"
_STATE_NAME = "|".join(sorted(STATE_NAMES.values(), key=len, reverse=True))
_MONEY = r"\$\s?\d[\d,.]*\s?k?"
_PER = (
    r"(?:(?:/|per|an?|p/)\s?(?:hour|hr|h|day|week|wk|month|mo|year|yr|annum|chart)\b"
    r"|hourly|annually|yearly|\bp/?h\b|\bDOE\b|\bplus\b)"
)
_PAY = re.compile(
    rf"(?:\b(?:up to|from|starting at|earn|pays?|salary)\b\W{{0,3}})?"
    rf"(?:{_MONEY}|\b\d[\d,.]*\s?k\b|\b\d\d[\d,.]*(?=\s?{_PER}))"
    rf"(?:\s?(?:-|–|—|to)\s?(?:{_MONEY}|\d[\d,.]*\s?k?\b))?"
    rf"(?:\s?\+)?(?:\s?{_PER})*"
    r"(?:\W{0,3}(?:sign[- ]?(?:on|ing) bonus|bonus))?",
    re.I,
)
_CODE = re.compile(
    r"(?:\b(?:job|req(?:uisition)?|ref(?:erence)?|posting|position|vacancy|opening"
    r"|announcement|pin)\b\.?\s*(?:id|no|nr|num(?:ber)?|code)?\b\.?\s*[:#]*\s*"
    r"(?=[\w-]*\d)[\w-]+)"
    r"|#\s*(?=[\w-]*\d)[\w-]+"
    r"|\b[A-Z]{1,4}[-_]?\d{4,}(?:-\d+)*\b"
    r"|\b(?!(?:19|20)\d\d\b)\d{4,}(?:-\d+)*\b"
    r"|\b(?:id|no)\s*[:#]\s*[\w-]*\d[\w-]*",
    re.I,
)
_CALL = re.compile(
    r"\b(?:apply (?:now|today|here|online|asap)\b|apply\b(?=\W*$)"
    r"|(?:we(?:'|’)?re |we are |now |urgently |immediately |currently )?hiring\b"
    r"(?: now| today| immediately| asap| event)?"
    r"|urgent(?:ly)?(?: needed| need| requirement| opening)?"
    r"|immediate(?:ly)?(?: openings?| start| hire| need| placement)?"
    r"|join (?:us|our [\w ]+?team|the team)(?: now| today)?"
    r"|(?:call|click|text) (?:us|now|today|here)(?: now| today)?"
    r"|start (?:now|today|immediately|asap)|don(?:'|’)?t miss(?: out)?|must see"
    r"|(?:great|excellent|competitive|amazing) (?:pay|benefits|salary|perks)"
    r"|sign[- ]?(?:on|ing) bonus(?: available)?|new opening|asap|needed|wanted)\b[!.]*",
    re.I,
)
_MODE = (
    r"(?:(?:100\s?%|fully|full|completely|all|partially|semi)[- ]?)?"
    r"(?:remote(?:ly)?|work[- ](?:from|at)[- ]home|wfh|telework|telecommute|virtual"
    r"|hybrid|on[- ]?site|in[- ]office|nationwide|anywhere(?: in the us)?)"
    r"(?: (?:position|role|job|opportunity|work|eligible|optional|only|available))?"
)
_EMPLOYED = (
    r"(?:full|part)[- ]?time|prn|per[- ]diem|temp(?:orary)?(?:[- ]to[- ](?:hire|perm))?"
    r"|contract(?: to hire)?|permanent|w-?2|1099|seasonal|(?:1st|2nd|3rd|first|second"
    r"|third|day|days|evening|evenings|night|nights|weekend|weekends)(?: shift)?"
)
_MODE_ENDS = re.compile(
    rf"^\W*{_MODE}\b(?! patient monitoring)[\s,:-]*|[\s,-]*\b{_MODE}\W*$", re.I
)
_NOISE = re.compile(
    rf"(?:(?:{_MODE}|{_EMPLOYED}|{_STATE_NAME}|only|residents?|based|within|from|in"
    rf"|and|or|the|of|united states|[\d.%]+|{_STATE.lower()})\b[\s,./&+-]*)+",
    re.I,
)
_CITY_STATE = re.compile(
    rf"(?:[A-Z][\w.'’]*[ -]?){{1,4}},\s*(?:{_STATE}|{_STATE_NAME})\b\.?(?:\s+\d{{5}})?"
)
_PLACE_END = re.compile(
    rf"[\s,]*\b(?:in|near|at)\s+{_CITY_STATE.pattern}\W*$"
    rf"|[\s,]*\b(?:in|near)\s+(?:{_STATE_NAME})\W*$"
    rf"|,\s*(?:{_STATE})\b(?:\s+\d{{5}})?\W*$"
)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_SEPARATOR = re.compile(r"(\s+[-–—~/*]+\s+|\s*[|•·!;*]+\s*|\s*[–—]\s*|:\s+|\s-|-\s)")
_KEPT_SIGNS = "–—’‘“”•·"
_OUTER = " \t-–—~|,:;/!*•·&+#.?"
_WORK = re.compile(
    r"cod(?:er|ing)|bill|specialist|manager|director|auditor|analyst|clerk|technician"
    r"|supervisor|educator|registrar|representative|\bhim\b|\bcdi\b",
    re.I,
)


def clean_title(title: str, places: list[dict[str, Any]]) -> str:
    """The title of the job alone, without pay, place, code or call; may be empty."""
    towns = tuple((p.get("city") or "", p.get("state") or "") for p in places)
    return _clean_title(title, towns)


# A feed has few titles and many listings, and an import asks of each one.
@lru_cache(maxsize=4096)
def _clean_title(title: str, places: Towns) -> str:
    text = _seen(unescape(title))
    if not text.isascii():
        text = "".join(
            c for c in text if c.isascii() or c.isalnum() or c in _KEPT_SIGNS
        )
    text = _TAG.sub(" ", text)
    text = _CODE.sub(" ", _PAY.sub(" ", text)).replace("$", " ")
    text = _BRACKETS.sub(lambda m: _kept_bracket(m, places), text)
    kept = ""
    pieces = _SEPARATOR.split(text)
    for before, piece in zip(["", *pieces[1::2]], pieces[::2], strict=True):
        segment = _clean_segment(piece, places)
        if segment:
            kept += f"{_joint(before)}{segment}" if kept else segment
    kept = " ".join(kept.split())
    return kept.strip(_OUTER) if any(c.isalpha() for c in kept) else ""


def _joint(separator: str) -> str:
    """A separator as it may stand between two kept parts."""
    return " - " if separator.strip() in "!;*~" else separator


def _kept_bracket(match: re.Match[str], places: Towns) -> str:
    """A remark in brackets without its parts that do not belong to a title."""
    if _is_noise(match[1], places):
        return " "
    parts = re.split(r"\s+[-–—/|]\s+|[,;|]\s*", match[1])
    kept = [part for part in parts if _clean_segment(part, places)]
    if len(kept) == len(parts):
        return f"({match[1].strip()})"
    return f"({', '.join(part.strip() for part in kept)})" if kept else " "


def _clean_segment(segment: str, places: Towns) -> str:
    if _is_noise(segment, places):
        return ""
    text = _CALL.sub(" ", segment)
    text = _without_places(text, places)
    text = _PLACE_END.sub("", text)
    text = _MODE_ENDS.sub("", text.strip())
    text = re.sub(r"\(\s*\)|\s+(?=,)", "", " ".join(text.split())).strip(_OUTER)
    return "" if text != segment and _is_noise(text, places) else text


def _without_places(text: str, places: Towns) -> str:
    for city, state in places:
        if city and state:
            name = STATE_NAMES.get(state, state)
            text = re.sub(
                rf"[\s,]*\b(?:in |near |at )?{re.escape(city)},?\s+"
                rf"(?:{re.escape(state)}|{re.escape(name)})\b(?:\s+\d{{5}})?",
                " ",
                text,
            )
    return text


def _is_noise(text: str, places: Towns) -> bool:
    """Whether a whole part of a title tells only of place, pay, code or call."""
    bare = text.strip(_OUTER + "()[]{}")
    if not any(c.isalpha() for c in bare):
        return True
    if bare.casefold() in {city.casefold() for city, _ in places}:
        return True
    if _CITY_STATE.fullmatch(bare) and not _WORK.search(bare):
        return True
    return _NOISE.fullmatch(bare) is not None


# Facts


def _moment(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


def _identifier(listing: Any) -> dict[str, Any]:
    """The employer's requisition, else our own number: neither changes with edits."""
    return {
        "@type": "PropertyValue",
        "name": _name(listing.employer),
        "value": _seen(listing.requisition) or str(listing.pk),
    }


def _name(employer: Any) -> str:
    return CONFIDENTIAL if employer.is_confidential else _seen(employer.name)


def _organization(employer: Any, url: str) -> dict[str, Any]:
    organization = {"@type": "Organization", "name": _name(employer)}
    if employer.is_confidential:
        return organization
    if employer.website:
        organization["sameAs"] = employer.website
    if employer.logo:
        organization["logo"] = urljoin(url, employer.logo.file.url)
    return organization


def _locations(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One Place for each place; the country alone where none is stated."""
    return [
        {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                **{
                    name: _seen(place[key])
                    for name, key in (
                        ("addressLocality", "city"),
                        ("addressRegion", "state"),
                        ("postalCode", "zip"),
                    )
                    if place.get(key)
                },
                "addressCountry": "US",
            },
        }
        for place in places or [{}]
    ]


def _states(listing: Any) -> tuple[str, ...]:
    """Worked out from the facts: the stored encoding is stale in drafts."""
    return eligibility.hires_from(
        remote=listing.remote,
        basis=listing.states_basis,
        listed=listing.states_listed,
        place_states=(),
    )


def _telecommute(listing: Any) -> dict[str, Any]:
    """Only for fully remote work, and only where the states are stated."""
    if listing.remote != RemoteStatus.REMOTE or not listing.states_basis:
        return {}
    required: Any = [
        {"@type": "State", "name": f"{STATE_NAMES.get(code, code)}, USA"}
        for code in _states(listing)
    ]
    if listing.states_basis == StatesBasis.ANYWHERE:
        required = {"@type": "Country", "name": "USA"}
    if not required:
        return {}
    return {
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": required,
    }


def _employment_types(slugs: list[str]) -> list[str]:
    return list(dict.fromkeys(EMPLOYMENT_TYPE.get(slug, "OTHER") for slug in slugs))


def _salary(pay: Any) -> dict[str, Any] | None:
    if pay is None or pay.period not in UNIT_TEXT:
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue"}
    if pay.minimum == pay.maximum:
        value["value"] = _number(pay.minimum)
    else:
        value["minValue"] = _number(pay.minimum)
        value["maxValue"] = _number(pay.maximum)
    value["unitText"] = UNIT_TEXT[pay.period]
    return {"@type": "MonetaryAmount", "currency": "USD", "value": value}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _experience(months: int | None) -> dict[str, Any] | None:
    if months is None:
        return None
    return {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": months,
    }


def _education(text: str) -> dict[str, Any] | None:
    """The lowest schooling that is asked for; wishes do not count."""
    asked = " ; ".join(
        clause
        for clause in re.split(r"[;.]\s|;|,(?=[^,]*prefer)", text)
        if not _ONLY_WISHED.search(clause) and not _NOT_ASKED.search(clause)
    )
    for category, words in _EDUCATION:
        if words.search(asked):
            return {
                "@type": "EducationalOccupationalCredential",
                "credentialCategory": category,
            }
    return None


def _qualifications(rule: Any, words: Vocabulary) -> str | None:
    if rule is None or not rule.named:
        return None
    return rule_sentence(rule, words.apprentice_forms)


def _occupation(role: str, words: Vocabulary) -> str | None:
    word = words.roles.get(role)
    if word is None or not word.soc_code:
        return None
    return f"{word.soc_code} {word.soc_title}"
