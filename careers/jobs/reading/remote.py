"""Where the work is done, and the states a text says it hires from.

What is possible is no statement: "may be eligible for telework" says nothing. Work
that turns remote after training on site is remote. The states count only where the
text says who may apply; where offices stand, or which law asks for a pay range, is
another matter. "Remote, USA" names a country and states no states.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..eligibility import STATE_NAMES, RemoteStatus, StatesBasis
from .facts import Read, StatesRead
from .text import Kind, Text, occurrences
from .words import title_text

RemoteRead = tuple[Read[str] | None, Read[int] | None, Read[StatesRead] | None]


def read_remote(title: str, text: Text, location: str = "") -> RemoteRead:
    """(remote status, days on site a week, states), each None where not stated."""
    heads = [title_text(head) for head in (title, location) if head]
    status = next((s for s in map(_status_of_title, heads) if s), None)
    days = _days(text)
    if status is None or status.value == RemoteStatus.HYBRID:
        status, days = _status(text, status, days)
    else:
        days = None
    if status is None and days is None:
        status = _plainly_said(text)
    states = _states(text)
    for head in heads:
        states = states or _states(head)
    return status, days, states


# -- The status ------------------------------------------------------------------------

_TITLE_STATUS = re.compile(
    r"\b(?:(?P<no>(?:not|non|no)[\s-]*(?:a\s)?remote)"
    r"|(?P<hybrid>hybrid(?!\s(?:record|entity|chart))|remote\s?(?:/|&|and)\s?on-?site"
    r"|part(?:ly|ially)?[\s-]remote)"
    r"|(?P<maybe>(?:remote|hybrid|telework)\s(?:option|possible|eligible|optional|after"
    r"|patient|monitoring|access|sens|or\b))"
    r"|(?P<remote>remote(?:ly)?\b|work(?:s|ing)?[\s-](?:from|at)[\s-]home|wfh\b"
    r"|telecommut\w+"
    r"|virtual\b|home[\s-]based)"
    r"|(?P<onsite>on-?\s?site\b|in[\s-]office\b|in[\s-]person\b))"
)


def _status_of_title(head: Text) -> Read[str] | None:
    found = {m.lastgroup: m for m in _TITLE_STATUS.finditer(head.folded)}
    if "maybe" in found:
        return None
    for group, status in (
        ("no", RemoteStatus.ONSITE),
        ("hybrid", RemoteStatus.HYBRID),
        ("remote", RemoteStatus.REMOTE),
        ("onsite", RemoteStatus.ONSITE),
    ):
        if group in found:
            if group == "remote" and "onsite" in found:
                return None
            return Read(str(status), head.words(0, len(head.plain)))
    return None


_KEYWORD = re.compile(
    r"remot|hybrid|telework|telecommut|work(?:s|ing)?[\s-](?:from"
    r"|at)[\s-](?:your\s)?(?:own\s)?"
    r"home|wfh|virtual|on-?\s?site|in[\s-](?:the\s|our\s)?office|in[\s-]person"
    r"|home[\s-]based"
)
#: Where one of them stands, `_KEYWORD` is tried.
_KEYWORDS = (
    "remot", "hybrid", "telework", "telecommut", "work from", "working from",
    "works from", "work-from", "working-from", "work at", "work-at", "working at",
    "wfh", "virtual", "on-site", "onsite", "on site", "on- site", "in-office",
    "in office", "in the office", "in our office", "in-person", "in person",
    "home-based", "home based",
)  # fmt: skip
_OTHER_REMOTE = re.compile(
    r"remot(?:e|ely)?[\s-](?:access|patient|monitor\w*|locations?|areas?|desktop|sites?"
    r"|support|control|employees?|staff|workers?|workforce|cod(?:ers|ing\sstaff"
    r"|ing\steams?)|teams?|possib\w+|sens\w+|interview|device|server|connect\w*|clinic"
    r"|depos\w+|check|hospital|facilit\w+|and\s(?:on-?site|in-?house)\s"
    r"(?:staff|cod|team|emp)|audits?|tools?|technolog\w+|users?|health|scrib\w+"
    r"|supervis\w+|management|vendors?|network|printer|first\scompany)"
    r"|remotest"
)
_OTHER_HYBRID = re.compile(
    r"hybrid,?\s(?:medical|health|patient|paper|records?|charts?|ehr|entity|cloud"
    r"|payment"
    r"|cod(?:er|ing)|legal|emr|vehicle|plan|or\b|environment\sof\spaper|system|biller"
    r"|status|title|employ|appoint)"
)
_OTHER_ONSITE = re.compile(
    r"(?:on-?\s?site|in-?\s?person|in[\s-](?:the\s|our\s)?office)\s(?:gym|cafe\w*"
    r"|parking"
    r"|day\s?care|child\s?care|fitness|clinic|training|orientation|interview\w*|visits?"
    r"|audits?|support|manage\w*|educat\w+|pharmac\w+|meetings?|reviews?|and\s(?:remote"
    r"|virtual|off-?site)|or\s(?:remote|virtual)|equipment|health|wellness|lab\b"
    r"|surger\w+"
    r"|procedures?|medical|events?|assessment|food|dining|amenit\w+|staff|employees"
    r"|team"
    r"|cod(?:ers|ing\steam)|testing|supervis\w+|onboarding|perks|programs?|classes"
    r"|visit"
    r"|for\s(?:training|orientation|the\sfirst|onboarding|meetings|initial)"
    r"|(?:at|during)\s(?:training|orientation)|as\sneeded|when\sneeded|occasionally"
    r"|quarterly|monthly|once|twice|if\s|managers?|assistance|leader\w*)"
)
_OTHER_VIRTUAL = re.compile(r"virtual(?!\s(?:position|role|job|work\b|opportunity))")
_NEGATED_BEFORE = re.compile(
    r"(?:\bnot\s(?:a\s|an\s|currently\s|offer(?:ing)?\s|eligible\sfor\s|approved\sfor\s"
    r"|open\sto\s|available\sfor\s|considered\s)*|\bno\s|\bnon-"
    r"|\bnot\s(?:be\s)?(?:done|performed"
    r"|completed|worked)\s|cannot\s(?:be\s)?(?:done\s|performed\s|worked\s|work\s)?"
    r"|\bdoes\snot\s(?:offer|allow|include|have|qualify\sfor|support)\s(?:a\s|any\s)?"
    r"|isn't\s(?:a\s)?|\bneither\s)$"
)
_NEGATED_AFTER = re.compile(
    r"[a-z]*\s?(?:work\s|position\s|options?\s|opportunit(?:y|ies)\s|eligib(?:le"
    r"|ility)\s?)?"
    r"(?:eligible\s?)?(?:[:?]\s?(?:no|n|not\s(?:eligible|available|offered"
    r"|authorized))\b"
    r"|(?:is|are)\snot\s(?:available|offered|permitted|an\soption|allowed|possible"
    r"|authorized|currently|eligible|considered|approved)"
    r"|not\s(?:available|offered|permitted|an\soption|allowed|possible|authorized"
    r"|eligible))(?!\s(?:to|in|for)\s(?:residents|candidates|applicants"
    r"|the\sfollowing|all"
    r"|those|employees\sin))"
)
_MAYBE_BEFORE = re.compile(
    r"(?:\bmay\b|\bmight\b|\bpossib\w+|\bpotential\w*|\bcould\b|\beligible\b"
    r"|\boption(?:s|al)?"
    r"|\bopportunit(?:y|ies)|\bconsider\w*|\bdepending|\bif\b|\bexperience\b|\bprevious"
    r"|\bability\b|\babilities|\bable\sto|\bcapable|\bcomfortable|\bunless\b|\bwhether"
    r"|\bsupervis\w+|\bmanag(?:e|es|ing)\b|\bas\sneeded|\bsome\b|\boccasional\w*"
    r"|\bapproved"
    r"|\bad[\s-]hoc|\bsituational)[^.;:\n]{0,36}$"
)
_MAYBE_AFTER = re.compile(
    r"(?:/|,|\sand|\sor)\s?(?:fully\s)?(?:remote|on-?site)\s(?:options?|availab|opport)"
    r"|[a-z-]*\s?(?:work\s|working\s|schedule\s|position\s|capabilit\w+\s"
    r"|environment\s)?"
    r"(?:options?\b|possib\w+|eligib(?:le|ility|ilities)\b(?!\s(?:in|from)\b)|may\b|could\b|flexibilit\w+|potential"
    r"|opportunities"
    r"|considered|optional|if\b|is\sa\spossibility|negotiable|experience|polic\w+"
    r"|(?:is|are)\s(?:an\soption|possible|optional|considered)|available\sas\sneeded"
    r"|days?\s(?:may|are\spossible)|agreement|:?\s?temporar|skills|readiness|stipend)"
)
_AFTER_TRAINING = re.compile(
    r"(?:after|following|upon|once|until|pending|with|then|initial)[^.;\n]{0,60}"
    r"(?:train|orient|onboard|probation|days|weeks|months|proficien|on-?site"
    r"|in[\s-]office)"
)
_TRAINING_BEFORE = re.compile(
    r"(?:after|following|upon|once|train\w*|orient\w*|onboard\w*|then|until"
    r"|transition\w*"
    r"(?:\sto)?|becom\w+)[^.;\n]{0,70}$"
)
_SPEAKS_OF_TRAINING = re.compile(
    r"[^.;\n]{0,48}\b(?:train\w*|orient\w*|onboard\w*|initial\w*|first\s(?:\w+\s){0,2}"
    r"(?:days|weeks?|months?))|[^.;\n]{0,12}\bthen\b|[^.;\n]{0,20}\bbefore\s(?:going"
    r"|trans)"
)
_STRONG_REMOTE = re.compile(
    r"(?:100\s?%|fully|full[\s-]time|completely|entirely|permanent(?:ly)?|all|strictly"
    r"|totally|exclusively|is(?:\sa)?|this|as\sa|an?|are|work|working|perform\w*"
    r"|location|type|status|arrangement|work\ssite|workplace|setting|schedule"
    r"|us|u\.s\.|usa|states|nationwide|[:;(|/,*-])\s?$"
)
_REMOTE_NOUN = re.compile(
    r"(?:e|ely|ed)?[\s*-]*(?:position|role|job|opportunity|opening|work\b|working"
    r"|career"
    r"|based|within|in\b|eligible\s(?:in|from)\b|from|after|following|only|anywhere|\(|\)|-|,|\.|!|$|\n|;|:|/"
    r"|inpatient|outpatient|medical|certified|coder\b|biller\b|cod(?:ing"
    r"|er)\s(?:position"
    r"|role|specialist|job|auditor)|profee|pro-fee|hcc|risk|specialist|auditor|full"
    r"|part|with\b|us\b|usa|u\.s|united|schedule|setting|environment|for\b|but\b|except"
    r"|and\b|from\shome|must|contract|hours|setup|assignment|team\smember)"
)
_ONSITE_STRONG = re.compile(
    r"(?:position|role|job|only|work\b|daily|required|is\brequired|full[\s-]time|monday"
    r"|five|5\s|m-f|at\b|in\b|\(|\)|\.|!|$|\n|;|,|-|schedule|presence|environment"
    r"|opportun"
    r"|everyday|every\sday|each\sday|every\b|attendance|location)"
)
_ONSITE_BEFORE = re.compile(
    r"(?:100\s?%|fully|full[\s-]time|completely|is(?:\san?)?|this|must|work|working"
    r"|located"
    r"|location|type|status|arrangement|workplace|setting|site|schedule|report\w*"
    r"|strictly"
    r"|performed|an?|be|required|only|entirely|[:(|*-]|^)\s?$"
    r"|\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m?\.?)?\s?-\s?\d{1,2}(?::\d\d)?,\s$"
    r"|\b(?:(?:full|part)[\s-]time|fri(?:days?)?|m-f|[ap]\.?m\.?|weekdays|days"
    r"|\d\s?hours|prn|per\sdiem|permanent|temporary|contract),?\s$"
)
_ORDER = ("hybrid", "later", "no", "remote", "onsite")
_STATUS_OF = {
    "hybrid": RemoteStatus.HYBRID,
    "later": RemoteStatus.REMOTE,
    "remote": RemoteStatus.REMOTE,
    "no": RemoteStatus.ONSITE,
    "onsite": RemoteStatus.ONSITE,
}


def _status(
    text: Text, title: Read[str] | None, days: Read[int] | None
) -> tuple[Read[str] | None, Read[int] | None]:
    found: dict[str, Read[str]] = {}
    for kind, start, end in _hits(text):
        found.setdefault(
            kind, Read(str(_STATUS_OF[kind]), text.evidence(start, end, 160))
        )
    if days is not None:
        if days.value == 5:
            found.setdefault("onsite", Read(str(RemoteStatus.ONSITE), days.words))
            days = None
        elif days.value == 0:
            found.setdefault("remote", Read(str(RemoteStatus.REMOTE), days.words))
            days = None
        else:
            found.setdefault("hybrid", Read(str(RemoteStatus.HYBRID), days.words))
    if title is not None:
        return title, days
    if {"remote", "onsite"} <= found.keys() <= {"remote", "onsite"}:
        return None, None
    for kind in _ORDER:
        if kind in found:
            return found[kind], days if kind == "hybrid" else None
    return None, None


def _hits(text: Text) -> Iterator[tuple[str, int, int]]:
    folded = text.folded
    for at in occurrences(folded, _KEYWORDS):
        match = _KEYWORD.match(folded, at)
        if match is None or folded[max(at - 1, 0) : at].isalpha():
            continue
        start, end = match.span()
        line = text.line_at(start)
        if line.is_answer or line.kind == Kind.LEGAL:
            continue
        sentence = text.sentence_at(start)
        before = folded[max(sentence.start, start - 90) : start]
        after = folded[end : min(end + 90, max(sentence.end, end))]
        kind = _kind(match[0], before, after, folded[start : end + 60], line.kind)
        if kind:
            yield kind, start, end


def _kind(word: str, before: str, after: str, here: str, section: Kind) -> str | None:
    """What one mention says: hybrid, remote, later (remote), no (remote), onsite."""
    if word.startswith("hybrid"):
        if _OTHER_HYBRID.match(here) or _is_uncertain(before, after):
            return None
        return "no" if _is_negated(before, after) else "hybrid"
    if word[:2] in ("on", "in"):
        return _onsite_kind(before, after, here, section)
    if _OTHER_REMOTE.match(here) or (word == "virtual" and _OTHER_VIRTUAL.match(here)):
        return None
    if _is_negated(before, after):
        return "no"
    if re.search(r"not\s(?:fully|100%|completely)\s$", before):
        return None
    if _is_both(before, after):
        return "hybrid"
    if word.startswith("remot") and not _REMOTE_NOUN.match(after):
        return None
    if _AFTER_TRAINING.match(after.lstrip("elyd )(,-:")) or (
        _TRAINING_BEFORE.search(before) and not _MAYBE_AFTER.match(after)
    ):
        is_possible = re.search(r"\bmay\b|possib|potential|eligible", before)
        return None if is_possible else "later"
    if _is_uncertain(before, after):
        return None
    if word.startswith("telework"):
        return None if not re.match(r"ing|\s?position|\s?job", after) else "remote"
    if section == Kind.ABOUT and not re.search(r"100|fully|position|this", before):
        return None
    is_said = (
        not word.startswith("remot")
        or not before.strip()
        or _STRONG_REMOTE.search(before) is not None
        or re.match(r"e?\s(?:position|role|job|opportunity|opening)", after) is not None
    )
    return "remote" if is_said else None


def _onsite_kind(before: str, after: str, here: str, section: Kind) -> str | None:
    if _OTHER_ONSITE.match(here) or section in (Kind.BENEFITS, Kind.ABOUT):
        return None
    if re.match(r"\s?(?:,|/|or)\s?(?:or\s)?(?:hybrid|remote)", after):
        return None
    if _SPEAKS_OF_TRAINING.match(after) or _TRAINING_BEFORE.search(before):
        return None
    if re.search(r"remote|train|virtual|hybrid|\bor\s$|not\s(?:\w+\s)?$", before[-30:]):
        return None
    if _is_uncertain(before, after):
        return None
    is_said = _ONSITE_BEFORE.search(before) or not before.strip()
    return "onsite" if is_said and _ONSITE_STRONG.match(after.lstrip()) else None


def _is_negated(before: str, after: str) -> bool:
    return bool(_NEGATED_BEFORE.search(before) or _NEGATED_AFTER.match(after))


def _is_uncertain(before: str, after: str) -> bool:
    return bool(_MAYBE_BEFORE.search(before) or _MAYBE_AFTER.match(after))


_BOTH_AFTER = re.compile(
    r"(?:e|ely)?\s?(?:work\s)?(?:/|and|&|\+|with)\s?(?:some\s|part[\s-]time\s)?"
    r"(?:on-?\s?site|in[\s-](?:the\s)?office|in[\s-]person)"
    r"(?!\s(?:train|orient|meet|staff|cod|team|emp|interview))"
)
_BOTH_BEFORE = re.compile(
    r"\b(?:combination|mix|blend|split)\b[^.;]{0,50}$|\b(?:partial(?:ly)?|partly)[\s-]$"
    r"|(?:on-?site|in[\s-](?:the\s)?office)\s?(?:/|and|&)\s?$"
)


def _is_both(before: str, after: str) -> bool:
    if re.search(r"supervis|manag|staff|team|coders", before + after[:40]):
        return False
    return bool(_BOTH_AFTER.match(after) or _BOTH_BEFORE.search(before))


#: Whole phrases that say it where the single words are too weak, each with a word that
#: must stand in the text.
_SAID: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (word, str(status), re.compile(pattern))
    for word, status, pattern in (
        (
            "anywhere",
            RemoteStatus.REMOTE,
            r"\b(?:work|working|live|reside|performed|done|worked|based"
            r"|located)\s(?:from\s)?anywhere\s(?:with)?in\s(?:the\s)?"
            r"(?:u\.?s|united|country|continental|nation|lower)",
        ),
        (
            "remote",
            RemoteStatus.REMOTE,
            r"\bremote[\s-]first\b(?!\scompany)|\b(?:full|fully|completely"
            r"|entirely)[\s-]remote\b"
            r"|\b(?:hiring|seek(?:s|ing)|looking\sfor|in\sneed\sof)\s(?:an?\s|\d+\s)?"
            r"(?:[\w-]+\s){0,2}remote\s(?:[\w/-]+\s){0,3}(?:coders?|billers?|auditors?)\b"
            r"|\b(?:location|work\ssite|worksite|workplace|work\stype"
            r"|arrangement)\s?[:-]"
            r"\s?remote\b|\bremote(?:\?|\s?:)\s?(?:yes\b|(?=\||\n|$))"
            r"|\bremote\s(?:team\smembers|employees|colleagues|coders|candidates)\smust"
            r"\s(?:reside|live)"
            r"|\bhir(?:e|es|ing)\s(?:\w+\s){0,3}remote\s(?:\w+\s){0,2}(?:coders|billers"
            r"|auditors)\b"
            r"|\bremote\sfrom\shome\b"
            r"|\b(?:approved|eligible|current)\sremote\s(?:work\s)?states\b"
            r"|\bremote[\s-](?:work\s|eligible\s)?states\s?:"
            r"|\bwork\sremotely\sfrom\s(?:your|home)"
            r"|(?:^|(?<=\n))remote\s(?:[\w/-]+\s){0,4}(?:coders?|billers?|auditors?"
            r"|specialists?|abstractors?|registrars?)\b(?=[^.\n]{0,30}"
            r"(?:needed|wanted|opening|opportunit|position|\n|$))",
        ),
        (
            "home",
            RemoteStatus.ONSITE,
            r"\bnot\sset\sup\sfor\s(?:work(?:ing)?\s(?:from|at)\shome|remote)"
            r"|\bno\s(?:remote|work(?:ing)?[\s-](?:from|at)[\s-]home)\b",
        ),
        (
            "site",
            RemoteStatus.ONSITE,
            r"\b(?:working|works?)\son[\s-]?site\b(?!\sor)|\bon[\s-]?site\s(?:in|at)\s"
            r"(?:our\s|the\s)?[a-z]",
        ),
        (
            "campus",
            RemoteStatus.ONSITE,
            r"\bon\scampus\sin\b|\bat\s(?:the|our)\s(?:[\w.]+\s){1,3}campus\b",
        ),
        (
            "performed",
            RemoteStatus.ONSITE,
            r"\bwork\sis\s(?:performed|done)\s(?:at|in)\s(?!(?:an?|the|your)\s(?:home"
            r"|typical"
            r"|office\senv|general|standard|normal|remote))(?:\w+\s){0,3}(?:hall"
            r"|office|hospital"
            r"|clinic|facility|center|building|campus|courthouse)\b",
        ),
        (
            "in the office",
            RemoteStatus.ONSITE,
            r"\b(?:this|position|job|role"
            r"|work)\s(?:\w+\s)?is\s(?:\w+\s)?in\sthe\soffice\b",
        ),
    )
)
_SAID_OTHERWISE = re.compile(
    r"\bmay\b|option|possib|prefer|\btrain|orient|\bhybrid\b|\bsome\b|occasional"
    r"|interview|\bdays?\sa\sweek|\bvisits?\b"
    r"|\bcan\sbe\b(?!\s(?:performed|done|worked|based|located)\s(?:from\s)?anywhere)"
    r"|\beither\b|\bif\b"
)


def _plainly_said(text: Text) -> Read[str] | None:
    """One status that a whole phrase states, where nothing states another."""
    found: list[Read[str]] = []
    for word, status, pattern in _SAID:
        if word not in text.folded:
            continue
        for match in pattern.finditer(text.folded):
            sentence = text.sentence_at(match.start())
            line = sentence.line
            if line.is_answer or line.kind in (Kind.LEGAL, Kind.ABOUT):
                continue
            since = max(sentence.start, match.start() - 60)
            until = min(max(sentence.end, match.end()), match.end() + 60)
            if not _SAID_OTHERWISE.search(text.folded, since, until):
                words = text.evidence(match.start(), match.end(), 160)
                found.append(Read(status, words))
                break
    if not found or len({read.value for read in found}) > 1:
        return None
    return found[0]


# -- Days on site ----------------------------------------------------------------------

_COUNT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "once": 1, "twice": 2}
_N = (
    r"(?P<n>[1-5]|one|two|three|four|five)(?:\s?\([1-5]\))?"
    r"(?:\s?(?:-|to|or)\s?(?:[1-5]|two|three|four|five))?"
)
_A_WEEK = (
    r"(?:\s?(?:a|per|each|every|/|out\sof\sthe)\s?(?:week|wk|work\s?week)|\sweekly)"
)
_OFFICE = (
    r"(?:in[\s-](?:the\s|our\s|an\s)?(?:\w+\s)?office|on-?\s?site|in[\s-]person"
    r"|at\sthe\s(?:office|hospital|clinic)|in\s(?:the\s)?(?:clinic|hospital))"
)
_HOME = (
    r"(?:remote(?:ly)?|(?:work(?:ing)?\s)?(?:from|at)\shome|telework(?:ing)?|wfh"
    r"|telecommut\w+)"
)
_DAYS = re.compile(
    rf"(?P<office>\b{_N}\s(?:full\s)?days?{_A_WEEK}?(?:\sis|\sare)?\s{_OFFICE})"
    rf"|(?P<in_office>{_OFFICE.replace('?P<n>', '')}[^.;\n\d]{{0,30}}?\b"
    rf"{_N.replace('<n>', '<m>')}\s(?:full\s)?days?{_A_WEEK})"
    rf"|(?P<home>{_HOME}[^.;\n\d]{{0,30}}?\b{_N.replace('<n>', '<h>')}\s(?:full\s)?"
    rf"days?(?:{_A_WEEK}|(?=\s?[.;,)\n]|\s?$)))"
    rf"|(?P<days_home>\b{_N.replace('<n>', '<d>')}\s(?:full\s)?days?{_A_WEEK}?\s"
    rf"(?:of\s)?{_HOME})"
)
_BEFORE_DAY = (
    *("1", "2", "3", "4", "5", "1)", "2)", "3)", "4)", "5)"),
    *("one", "two", "three", "four", "five", "full"),
)
_NOT_DAYS_AFTER = re.compile(r"[^.;\n]{0,25}\b(?:train|orient|month|quarter|year)")
_NOT_DAYS_BEFORE = re.compile(
    r"(?:train\w*|orient\w*|first|after|may|eligible)[^.;]{0,25}$"
)


def _days(text: Text) -> Read[int] | None:
    """Days on site a week: 5 is no hybrid work, 0 is remote work."""
    folded = text.folded
    if not any(
        folded.endswith(_BEFORE_DAY, 0, at) for at in occurrences(folded, (" day",))
    ):
        return None
    for match in _DAYS.finditer(folded):
        line = text.line_at(match.start())
        before = folded[max(line.start, match.start() - 40) : match.start()]
        if line.is_answer or _NOT_DAYS_BEFORE.search(before):
            continue
        if _NOT_DAYS_AFTER.match(folded, match.end(), line.end):
            continue
        word = match["n"] or match["m"] or match["h"] or match["d"]
        count = _COUNT.get(word) or int(word)
        if match["home"] or match["days_home"]:
            count = 5 - count
        return Read(count, text.words(match.start(), match.end()))
    return None


# -- The states ------------------------------------------------------------------------

_CAPITALS = ("Washington, D.C.", "Washington D.C.", "Washington, DC", "Washington DC")
_NAMES = {
    **{name.lower(): code for code, name in STATE_NAMES.items()},
    **{name.lower(): "DC" for name in _CAPITALS},
    "virgin islands": "VI",
}
_CODES = {code.lower(): code for code in STATE_NAMES}


def _by_first_token() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """(tokens, spelling, code) of each name by its first token, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    names = [*STATE_NAMES.values(), "Virgin Islands", *_CAPITALS]
    for name in sorted(names, key=len, reverse=True):
        tokens = tuple(re.findall(r"[a-z]+", name.lower()))
        entry = (tokens, name.rstrip("."), _NAMES[name.lower()])
        found.setdefault(tokens[0], []).append(entry)
    return found


_NAMES_BY_FIRST = _by_first_token()
#: Codes that are words in a text written in capitals.
_WORDS_TOO = frozenset({"OR", "IN", "ME", "HI", "OK"})
_BEFORE_A_CODE = re.compile(r"[,(:/]\s?$|\b(?:in|of|from|within)\s$")
_NOT_A_STATE = re.compile(
    r"\s(?:city|county|beach|university|college|springs|heights|medical|medicine"
    r"|facilit"
    r"|hospitals?|health|clinic|system|center|avenue|street|blue|state\suniversity"
    r"|department|medicaid|medicare|law\b|board)"
)
_BETWEEN = re.compile(
    r"(?:\s?\([^()\n]{0,30}\))?[\s,;/&|•.)(-]*(?:and/or|and|or|plus)?[\s/&(]*"
    r"(?:the\sstate\sof\s|state\sof\s|northern\s|southern\s|eastern\s|western\s)?"
)
_NO_CITY = re.compile(
    r"(?:^|[^a-z])(?:remote(?:ly)?|hybrid|only|us|usa|states?|following|onsite|home"
    r"|including|are|include|in|from|except|excluding|of),?\s$"
)

_LEAD = (
    r"(?:\s?(?:in|within|from|of|for|to|outside)\b)?[\s:(-]*(?:one\sof\s|any\sof\s"
    r"|either\s|only\s)?(?:the\s|\d+\s|a\s)?(?:following|these|listed|approved|select"
    r"|eligible"
    r"|currently|\s)*(?:u\.?s\.?\s)?(?:states?(?:/\w+)?(?:\sonly|\sof)*"
    r"|locations?(?:\sof)?"
    r"|areas)?(?:\s(?:where|in\swhich)\s[^:.;]{0,50})?"
    r"(?:\s?\([^)]{0,40}\))?\s?(?:are|include|includes|including|is)?\s?"
    r"(?:the\s(?:state\sof\s)?)?[\s:(•-]*$"
)
_DENY_BEFORE = re.compile(
    r"(?:\bexcept(?:ing|ions?|\sfor)?|\bexclud(?:ing|es?|ed)(?:\sresidents)?"
    r"|\bother\sthan"
    r"|\bexclusions?|\bwith\sthe\sexception\sof|\b(?:ineligible|excluded|restricted"
    r"|prohibited|non-?eligible)\s(?:states|locations)"
    r"|\bare\snot\s(?:eligible|accepted)|\b(?:not|cannot|can't|unable\sto|ineligible"
    r"|aren't|isn't|don't"
    r"|doesn't|won't|no)\b(?![^.;:]{0,70}\boutside)[^.;:]{0,90}?\b(?:in|from|of|states"
    r"|reside|to)(?:\sresidents\sof|\sthose\sin|\scandidates\sin)?)" + _LEAD
)
_OUTSIDE = re.compile(r"\b(?:not|cannot|no|unable)\b[^.;:]{0,70}\boutside" + _LEAD)
#: "Candidates outside of Michigan will not be considered."
_FROM_OUTSIDE = re.compile(r"\boutside\s(?:of\s)?(?:the\s)?(?:states?\sof\s)?$")
#: "IL, IN and WI; we cannot consider applicants outside of these states."
_OUTSIDE_THESE = re.compile(
    r"[^.\n]{0,60}\b(?:not|cannot|can't|unable|no)\b[^.\n]{0,50}\boutside\s(?:of\s)?"
    r"(?:these|those|the\sabove|the\slisted)\b"
)
_ALLOW_BEFORE = re.compile(
    r"(?:\b(?:must|need\sto)\sbe(?:\sphysically)?(?=\sin\b)"
    r"|\b(?:set\sup\sfor\spayroll|registered\s(?:as\san?\semployer|to\s(?:hire|employ"
    r"|do"
    r"\sbusiness))|able\sto\s(?:hire|employ)|licensed\sto\s(?:hire"
    r"|employ))\s(?:only\s|people"
    r"\s|employees\s|coders\s)*in|\b(?:must|should|needs?\sto|required\sto|have\sto"
    r"|has\sto|who|candidates?"
    r"|applicants?|individuals|employees|coders|those|you|people|anyone|only|if\syou"
    r"|currently|to)\s(?:must\s|may\s|can\s|should\s|also\s|currently\s|only\s"
    r"|permanently\s"
    r"|physically\s|legally\s|who\s|that\s|to\s|and\s|are\s|be\s|is\s|an?\s)*"
    r"(?:reside|live|living|residing|located|based|live\sand\swork|domiciled"
    r"|live\sor\swork|residents?|legal\sresidents?|current\sresidents?)(?:\sand\swork)?"
    r"|\b(?:hir(?:e|es|ing)|recruit(?:ing)?|considering|employ|consider|accept(?:ing)?)"
    r"\s(?:only\s|remote\s|new\s|applications?\s|applicants?\s|candidates?\s"
    r"|employees?\s"
    r"|residents?\s|coders?\s|remotely\s|talent\s|team\smembers\s|individuals\s|for\s"
    r"|this\s(?:role|position)\s|who\s(?:live|reside)\s|located\s|residing\s|living\s"
    r"|based\s|out\s)*(?:in|from|of|within)"
    r"|\b(?:open|available|limited|restricted|offered|eligible|permitted)\s(?:only\s)?"
    r"(?:to|in|for)\s(?:the\s)?(?:\w+\s){0,2}?(?:candidates?|applicants?|residents"
    r"|those"
    r"|individuals|people|employees)?\s?(?:located|residing|living|based|who\slive|in"
    r"|of"
    r"|from|who\sreside)*"
    r"|\b(?:eligible|approved|hiring|available|allowable|accepted|participating"
    r"|authorized"
    r"|acceptable|permitted)\s(?:remote\s|work\s|hiring\s)?(?:states?|locations)"
    r"|\bresiden(?:ce|cy)(?:\sis)?\s(?:required\s)?(?:in|of)"
    r"|\bremot(?:e|ely)(?:[\s-](?:position|role|work|job|opportunity|only|available"
    r"|eligible|employees|candidates))*[\s,:(-]*(?:within|in|from|based\sin|only\sin|for"
    r"\sresidents\sof|but|for)?"
    r"|\bwork\sfrom\shome(?:\sposition)?[\s,:(-]*(?:within|in|from|based\sin)?)" + _LEAD
)
_ALLOW_AFTER = re.compile(
    r"\)?\s?(?:residents?\s(?:only|required)|only\b|residency\s(?:is\s)?required"
    r"|(?:candidates|applicants)\sonly|residents?\b(?=\W*$))"
)
_BASED_AFTER = re.compile(r"[\s-]based\b")
_BASED_ONLY_AFTER = re.compile(
    r"[\s-]based\s(?:candidates|applicants|employees|coders|residents)\s?only"
)
_NO_BEFORE = re.compile(r"\b(?:no|not)\s(?:\w+\s)?$")
_PEOPLE_AFTER = re.compile(r"\s(?:residents|candidates|applicants)\b")
_RESIDENT_BEFORE = re.compile(
    r"\b(?:be|are|open\sto|only|hiring)\s(?:an?\s)?(?:current\s)?$"
)
_DENY_AFTER = re.compile(
    r"\)?\s?(?:residents\s|candidates\s|applicants\s)?(?:(?:are|is)\s(?:not\s"
    r"|in)eligible"
    r"|(?:are|is)\s(?:excluded|not\s)|will\snot\b|can\s?not\b|excluded\b"
    r"|(?:residents|candidates|applicants)\s(?:cannot|will\snot|can\snot|not\s))"
)
_OTHER_MATTER = re.compile(
    r"\b(?:pay|salary|compensation|privacy|ccpa|notice|wage|ordinance|transparency"
    r"|labor"
    r"|licens\w+|sites?\sin|offices?\sin|locations?\sin|hospitals?\sin|clinics?\sin"
    r"|serv(?:e|es|ing)\b)"
)
_FOR_THOSE = re.compile(r"\bfor\s(?:candidates|applicants|residents)[^.]{0,40}$")
_WHO_MAY_APPLY = re.compile(
    r"\bmust\b|\bonly\b|\bhir(?:e|es|ing)\b|\breside|\bexcept|\bexclud|\bremote"
    r"|\beligible"
)
_ANYWHERE_WORDS = (
    "anywhere", "nationwide", "50 states", "50 u", "fifty", "all states", "any state",
    "all u", "any u", " restriction",
)  # fmt: skip
_ANYWHERE = re.compile(
    r"anywhere\s(?:with)?in\s(?:the\s)?(?:continental\s|contiguous\s)?(?:u\.?s\.?a?\b"
    r"|united\sstates|country|nation|states|lower\s48)"
    r"|(?:from|live|located|reside|remote)\s(?:from\s)?anywhere(?=\s?[.!,;)\n]|\s?$)"
    r"|(?:all|any\sof\sthe|any)\s(?:50|fifty)\s(?:u\.?s\.?\s)?states"
    r"|(?:in|from|reside\sin|open\sto)\s(?:any|all)\s(?:u\.?s\.?\s)?states?"
    r"(?!\s(?:except|exclud|other|but|agenc|law|lic|holid|where|in\swhich|we\b"
    r"|and\sfed))"
    r"|(?:hiring|open|remote|candidates|applicants|recruiting|position|role)[\s,:(-]*"
    r"(?:\w+\s){0,2}nationwide"
    r"|nationwide\s(?:remote|candidates|applicants|search)"
    r"|no\s(?:state|location|geographic(?:al)?|residency)\srestrictions?\b"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    code: str
    start: int
    end: int


def _states(text: Text) -> Read[StatesRead] | None:
    for group in _groups(text):
        basis = _basis(text, group)
        if basis:
            listed = tuple(sorted({mention.code for mention in group}))
            start = text.sentence_at(group[0].start).start
            if group[0].start - start > 120:
                start = text.plain.find(" ", group[0].start - 80) + 1
            words = text.words(start, group[-1].end)
            return Read(StatesRead(str(basis), listed), words)
    if not any(word in text.folded for word in _ANYWHERE_WORDS):
        return None
    for match in _ANYWHERE.finditer(text.folded):
        sentence = text.sentence_at(match.start())
        rest = text.folded[match.end() : match.end() + 30]
        if sentence.kind in (Kind.LEGAL, Kind.ABOUT, Kind.BENEFITS):
            continue
        if not re.match(r"[\s,(]*(?:except|exclud|other\sthan|but)", rest):
            where = StatesRead(str(StatesBasis.ANYWHERE))
            return Read(where, text.evidence(match.start(), match.end(), 160))
    return None


def _mentions(text: Text) -> list[_Mention]:
    """Every state named, by name with a capital or by code in capitals, in order."""
    found = []
    after = 0
    for first, token in text.places_of(_NAMES_BY_FIRST):
        for tokens, spelling, code in _NAMES_BY_FIRST[token]:
            last = first + len(tokens)
            if first < after or text.tokens[first:last] != tokens:
                continue
            start, end = text.token_starts[first], text.token_end(last - 1)
            if text.cased[start:end] in (spelling, spelling.upper()):
                found.append(_Mention(code, start, end))
                after = last
                break
    ends = {mention.end for mention in found}
    for index, token in text.places_of(_CODES):
        start, end = text.token_starts[index], text.token_end(index)
        is_code = text.cased[start:end] == _CODES[token] and end not in ends
        if is_code and not _is_veterans(text.folded, start):
            found.append(_Mention(_CODES[token], start, end))
    found.sort(key=lambda mention: mention.start)
    return found


def _is_veterans(folded: str, start: int) -> bool:
    """ "The VA" is Veterans Affairs, not Virginia."""
    return folded[start : start + 2] == "va" and folded[:start].endswith("the ")


def _groups(text: Text) -> Iterator[list[_Mention]]:
    """Lists of states: mentions with nothing but "," "and" "or" between them."""
    folded = text.folded
    mentions = _without_words(text, _mentions(text))
    group: list[_Mention] = []
    for mention in mentions:
        between = folded[group[-1].end : mention.start] if group else ""
        if group and len(between) < 40 and _BETWEEN.fullmatch(between):
            group.append(mention)
            continue
        if group:
            yield group
        group = [mention]
    if group:
        yield group


def _without_words(text: Text, mentions: list[_Mention]) -> list[_Mention]:
    """Mentions without the "OR" and "IN" of capitals, cities and other names."""
    folded = text.folded
    kept: list[_Mention] = []
    for index, mention in enumerate(mentions):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if mention.code in _WORDS_TOO and mention.end - mention.start == 2:
            is_apart = folded[mention.end : mention.end + 1] == " "
            if following and following.start == mention.end + 1 and is_apart:
                continue
            head = folded[max(mention.start - 8, 0) : mention.start]
            if not kept and not _BEFORE_A_CODE.search(head):
                continue
        if _NOT_A_STATE.match(folded, mention.end):
            continue
        if _is_of_a_city(text, mention, kept[-1] if kept else None):
            if (
                kept
                and kept[-1].end + 2 == mention.start
                and (kept[-1].code == mention.code)
            ):
                kept.pop()
            continue
        kept.append(mention)
    return kept


def _is_of_a_city(text: Text, mention: _Mention, before: _Mention | None) -> bool:
    """Whether it is the state of a city: "Dallas, TX"."""
    head = text.cased[max(mention.start - 24, 0) : mention.start]
    if not re.search(r"[A-Za-z.],\s?$", head):
        return False
    if before is not None and before.end + 3 > mention.start:
        return before.code == mention.code
    if _NO_CITY.search(head.lower()):
        return False
    return re.search(r"(?:^|[^A-Za-z])[A-Z][a-z.]+,\s?$", head) is not None


def _basis(text: Text, group: list[_Mention]) -> StatesBasis | None:
    """What is said of a list of states; None where it is not about who may apply."""
    folded = text.folded
    start, end = group[0].start, group[-1].end
    line = text.line_at(start)
    if line.is_answer or line.kind == Kind.LEGAL:
        return None
    before = re.split(r"[.!?]\s", folded[max(start - 150, 0) : start])[-1]
    after = folded[end : end + 48]
    near = before[-90:] + folded[start:end] + after.split("\n")[0]
    # A preference of the line before, "RHIA preferred", says nothing of the states.
    here = near[near.rfind("\n", 0, len(before[-90:])) + 1 :]
    if re.search(r"\bprefer(?!\sto\b)|\ba\splus\b|\bideal", here):
        return None
    if _OTHER_MATTER.search(near) and not _WHO_MAY_APPLY.search(near):
        return None
    if _FOR_THOSE.search(before) and re.search(r"pay|salary|range|compens", after):
        return None
    if _OUTSIDE.search(before) or _OUTSIDE_THESE.match(folded, end):
        return StatesBasis.ALLOW
    if _FROM_OUTSIDE.search(before) and _DENY_AFTER.match(after):
        return StatesBasis.ALLOW
    if _NO_BEFORE.search(before) and _PEOPLE_AFTER.match(after):
        return StatesBasis.DENY
    if _BASED_ONLY_AFTER.match(after):
        return StatesBasis.ALLOW
    if _DENY_BEFORE.search(before) or _DENY_AFTER.match(after):
        return StatesBasis.DENY
    if _ALLOW_BEFORE.search(before) or _ALLOW_AFTER.match(after):
        return StatesBasis.ALLOW
    if _BASED_AFTER.match(after) and "remote" in near:
        return StatesBasis.ALLOW
    if after.lstrip().startswith("resident") and _RESIDENT_BEFORE.search(before):
        return StatesBasis.ALLOW
    return None
