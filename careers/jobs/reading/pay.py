"""Pay as a text posts it: a range, or one figure, in US dollars for a period.

Only a posted range counts. "Up to $30" and "from $21" have one side and are refused,
as are ranges whose period contradicts their size, ranges of another currency, and
texts that post several base ranges (by state), of which none is *the* pay. The ranges
of the levels of one opening are one, from the lowest to the highest.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..pay import HOURS_PER_YEAR, Period, PostedPay, Quota
from .facts import Read
from .text import Kind, Line, Text

BASE, TOTAL, GRADE = "base", "total", "grade"

#: The least and the most that is believed for one unit of a period, in dollars.
_BELIEVED: dict[str, tuple[Decimal, Decimal]] = {
    Period.HOUR: (Decimal(7), Decimal(300)),
    Period.DAY: (Decimal(50), Decimal(2500)),
    Period.WEEK: (Decimal(200), Decimal(10000)),
    Period.MONTH: (Decimal(400), Decimal(40000)),
    Period.YEAR: (Decimal(12000), Decimal(900000)),
    Period.CHART: (Decimal("0.05"), Decimal(100)),
}
#: Between these a figure without a period is hourly, from the last on yearly.
_HOURLY_FROM, _HOURLY_TO, _YEARLY_FROM = Decimal(15), Decimal(150), Decimal(20000)
_WIDEST = 4
#: How far back a label is looked for.
_BEFORE = 70

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?"
_CHART = (
    r"(?:medical\s)?(?:charts?|records?|encounters?|cases?|accounts?|reports?|notes?"
    r"|claims?|exams?|episodes?|coded\s(?:chart|record))"
)
_UNIT = (
    r"(?:hourly|hours?|hrs?|h|daily|days?|weekly|weeks?|wks?|monthly|months?|mos?"
    r"|annually|annual|annum|yearly|years?|yrs?)"
)
_PERIOD = (
    rf"(?:\s*(?:/|per\b|p/|an?\b|each\b|every\b|by\sthe\b)\s*(?:{_UNIT}|{_CHART})\b"
    r"|\s*\(?(?:hourly|annually|annual|yearly|monthly|weekly|daily|per\sdiem)\b(?!\s?:)"
    r"|\s?ph\b)"
    r"(?:\.(?=\s?(?:[-/~]|to\b)))?"
)
#: After a dollar sign the bare words do too: "$24 hr".
_LOOSE_PERIOD = rf"(?:{_PERIOD}|\s+(?:hour|hr|year|yr|month|week)s?\b)"
_FILL = (
    r"(?:\s*(?:usd|us|doe|dependent\son\sexperience|depending\s(?:up)?on\s"
    r"(?:experience|qualifications)|based\son\sexperience|base|gross|paid|w-?2|1099"
    r"|\(|,|-|pay|salary|rate|compensation|plus\sbenefits)){0,3}?"
)
_TO = (
    r"\s*(?:-{1,2}|~|\bto\b|\band\b|\bthrough\b|\bthru\b|\bup\sto\b|\bto\sup\sto\b"
    r"|\s-\sup\sto\b)\s*"
)
_CURRENCY = r"(?:us\$\s?|usd\s?\$?\s?|\$\s?)"
_STATEMENT = re.compile(
    rf"(?:\$\s?)?(?P<n1>{_NUMBER})(?P<k1>\s?k\b)?(?P<open1>\+)?(?:\s?usd)?"
    rf"(?P<p1>{_LOOSE_PERIOD})?(?:\s?\([a-z][a-z -]{{1,18}}\)(?={_TO}\$))?"
    rf"(?:{_TO}(?P<d2>{_CURRENCY})?(?P<n2>{_NUMBER})(?P<k2>\s?k\b)?(?P<open2>\+)?"
    rf"(?:\s?usd)?)?"
    rf"(?P<p2>{_FILL}{_LOOSE_PERIOD})?\)?"
)
_BOUNDS = re.compile(
    rf"min(?:imum)?\b(?P<w1>[^\d$\n;]{{0,40}}\n?[^\d$\n;]{{0,12}}?)"
    rf"(?P<d1>\$)?\s?(?P<n1>{_NUMBER})"
    rf"(?P<k1>\s?k\b)?(?P<p1>{_LOOSE_PERIOD})?"
    rf"(?:[^\d$]{{0,40}}\bmid(?:-?point|dle)?\b[^\d$]{{0,30}}\$?\s?{_NUMBER}(?:\s?k\b)?"
    rf"(?:{_LOOSE_PERIOD})?)?"
    rf"[^\d$]{{0,60}}\bmax(?:imum)?\b[^\d$]{{0,50}}\$?\s?(?P<n2>{_NUMBER})"
    rf"(?P<k2>\s?k\b)?(?P<p2>{_FILL}{_LOOSE_PERIOD})?"
)
_UNIT_OF = re.compile(
    r"(?P<hour>\bp?h(?:our|r|ourly)?s?\b)|(?P<day>\bdaily\b|\bdays?\b|per\sdiem)"
    r"|(?P<week>\bweek|\bwk)"
    r"|(?P<month>\bmonth|\bmos?\b)|(?P<year>\bannu|\byear|\byr)"
    rf"|(?P<chart>\b{_CHART}\b)"
)
_LABEL = re.compile(
    r"\b(?:pay(?:ing|s|scale|rate)?|salary|salaries|compensation|wages?|remuneration"
    r"|rates?|ranges?|hiring\srange|hourly|annual(?:ly)?|base|comp(?=\s?:)"
    r"|earn(?:s|ings)?|offer(?:ing|s|ed)?|paid|ote)\b"
)
_SURE_LABEL = re.compile(
    r"\b(?:pay(?:ing|s|scale|rate)?|salary|salaries|compensation|wages?|remuneration"
    r"|hourly|hiring\srange|bill\srate|comp(?=\s?:))\b|(?:^|[:.;|]\s)rate(?=\s?:)"
)
_PERIOD_BEFORE = re.compile(
    r"\b(?:(?P<hour>hourly|per\shour|hour)|(?P<year>annual(?:ly|ized)?|yearly"
    r"|per\syear)"
    r"|(?P<month>(?<!semi-)(?<!bi-)monthly)|(?P<week>(?<!bi-)(?<!bi)weekly)"
    r"|(?P<day>daily|day)(?=\srate)|(?P<chart>per[\s-](?:chart|record|encounter"
    r"|case)))\b"
)
_NOT_PAY_WORDS = (
    r"bonus(?:es)?|differentials?|diffs?|sign[\s-]?on|signing|referrals?|reimburse\w*"
    r"|stipends?|allowances?|tuition|revenues?|collections?|retention|premiums?"
    r"|deductibles?|401|overtime|million|billion|scholarships?|incentives?"
    r"|commissions?|sales|assets|budgets?|charges|profits?|match(?:ing)?|contributions?"
    r"|loan|repayment|hsa|hra|discounts?|invest\w*|sav(?:e|es|ed|ings)|fees?|fines?"
    r"|cost"
    r"|credits?|towards?|education|ceus?|certifications?|relocation|worth|insurance"
    r"|coverage|pto|awards?|equipment|valued|exam\w*|penalt\w+|accounts|balances?"
    r"|increase|raise|internet|dues|books?|in\s(?:claims|denials)"
)
#: Words that make the dollars before them something other than pay.
_NOT_PAY_AFTER = re.compile(rf"\b(?:{_NOT_PAY_WORDS})\b")
#: And the dollars after them.
_NOT_PAY_BEFORE = re.compile(
    rf"\b(?:{_NOT_PAY_WORDS}|training|on-call|call|shift|weekends?|nights?|evenings?"
    r"|assistance|recover\w*|collect\w*|manag\w+|claims|productivity|quota|volumes?"
    r"|hours|process\w*|code|coding\s(?:rate|volume)|accuracy|copays?)\b"
)
_EXTRA_PAY = re.compile(
    r"\s*(?:extra|more|additional|for\s(?:internet|certif|continu|phone|each|every|week"
    r"|night|evening|home|working|completing|ceu|obtain|passing|dues|books?))\b"
)
_NEXT_LABEL = re.compile(r"[^.;\n:$]{0,32}?\b(?P<label>[a-z]+(?:[ /][a-z]+)?)\s?:")
_AFTER_ENDS = re.compile(
    r"[.;,+&()\n|]|\b(?:plus|with|and|in\saddition|depend\w+|based|or|commensurate|for"
    r"|as|to|at|the|is|this|our|we|benefits?|schedule|expected|job|full|part"
    r"|experience|shift(?!\sdiff))\b"
)
_OPEN_BEFORE = re.compile(
    r"(?:\bup\sto|\bas\s(?:high|much)\sas|\bfrom|\bstart(?:ing|s)?\s(?:at|from|around)"
    r"|\bbeginning\s(?:at|from)|\bbegins\sat"
    r"|\b(?:min|max)imum\s(?:pay|salary|rate|wage)(?:\srate)?(?:\sis)?"
    r"|\bminimum(?:\sof)?|\bat\sleast|\bno\sless\sthan|\bover"
    r"|\bmore\sthan|\bmax(?:imum)?(?:\sof)?|\bupwards?\sof|\bexceed(?:ing|s)?|\bunder"
    r"|\bless\sthan|\bnot\sto\sexceed|\baverage|\bavg\.?|\bapprox(?:imately|\.)?"
    r"|\babout"
    r"|\baround|\bmidpoint|\bmid|\bmin|\bgreater\sthan|\babove|~|\bpotential(?:\sof)?"
    r"|\bstarts?|\bclose\sto|\bnearly|\bpart\sof\sa)"
    r"[:\s]*(?:\$|usd|us\$|\s)*$"
)
_OPEN_AFTER = re.compile(
    r"\s*(?:\+|and\s(?:up|above|over|higher)\b(?!\sto)|or\s(?:more|higher|above)\b"
    r"|&\sup"
    r"|minimum\b|maximum\b|max\b|min\b|or\sless\b|to\sstart\sand\sup)"
)
_FOREIGN = re.compile(
    r"[€£₹¥₱₽₩]|\b(?:cad|cdn|aud|nzd|eur|euros?|gbp|inr|mxn|php|brl|sgd|pln|chf|sek|lpa"
    r"|rs|zar|ils|jpy|pounds?|pesos|rupees)\b|(?<![a-z])(?:ca?|au?|nz|mx|r|s|hk|sg)\$"
)
#: Too short or too common to be looked for in a whole text.
_FOREIGN_FIELD = re.compile(
    r"zł|\b(?:kr|plz|dkk|nok|czk|huf|can|cny|clp|cop|ars|pkr)\b"
)
_OTHER_THAN_BASE = re.compile(
    r"\b(?:total\s(?:cash|compensation|earnings?|pay|rewards)|ote|on[\s-]target"
    r"|including\s(?:bonus|incentive)|with\s(?:bonus|incentive)|all[\s-]in)"
)
_BASE_WORDS = re.compile(r"\bbase(?:\s(?:pay|salary|rate|wage|compensation|range))?\b")
_GRADE = re.compile(r"g[gs][\s-]?\d{1,4}(?:-\d{1,2})?\b")
_GRADE_LABEL = re.compile(
    r"\b(?:pay\s(?:scale|plan|grade)|salary(?:\srange)?)\b[^.\n$]{0,25}$"
)
_GRADE_PAY = re.compile(r"[^.\n]{0,14}(?:\bstep\s\d|\$)")
_CURRENCY_BEFORE = re.compile(r"(?:usd|us\$|\$)\s?$")
_MILLIONS = re.compile(r"\s?(?:m|mm|b|bn|million|billion)\b")
_NEW_THOUGHT = re.compile(r"[.;!?)]\s|\b(?:plus|and)\s$")
#: Where a statement may begin; cheap, because it is asked of every number.
#: Named one by one, digits are found in a third of the time that `\d` takes.
_FIGURE = re.compile(r"[0-9][0-9,]*")


@dataclass(frozen=True, slots=True)
class _Found:
    pay: PostedPay
    start: int
    end: int
    is_range: bool
    is_other: bool


def read_pay(text: Text, quota: Quota | None = None) -> Read[PostedPay] | None:
    """The one range the text posts. ``quota`` converts pay per chart."""
    statements = list(_statements(text.folded, text))
    found = _the_one(statements) or _of_levels(statements, text.folded)
    if found is None:
        return None
    pay = found.pay
    if quota is not None and pay.period == Period.CHART:
        pay = PostedPay(pay.minimum, pay.maximum, pay.period, quota)
    return Read(pay, text.words(found.start, found.end))


def parse_pay(string: str) -> PostedPay | None:
    """The pay of a feed's own salary field, where no label is needed."""
    text = Text.of(string)
    folded = text.folded
    if _FOREIGN.search(folded) or _FOREIGN_FIELD.search(folded):
        return None
    found = _the_one(list(_statements(folded, None)))
    return found.pay if found else None


def read_pay_basis(text: Text, pay: Read[PostedPay] | None) -> Read[str] | None:
    """Whether the pay read is base pay, holds bonuses, or is a government grade's."""
    grade = _grade(text)
    if grade:
        return grade
    if pay is None:
        return None
    start = text.plain.find(pay.words)
    line = text.line_at(start)
    since = max(line.start, start - 80)
    until = min(line.end, start + len(pay.words) + 60)
    for basis, pattern in ((TOTAL, _OTHER_THAN_BASE), (BASE, _BASE_WORDS)):
        match = pattern.search(text.folded, since, until)
        if match:
            return Read(basis, text.words(match.start(), match.end()))
    return None


def _grade(text: Text) -> Read[str] | None:
    """A government grade where it is named as pay: "Pay scale: GS-8"."""
    for grade in _GRADE.finditer(text.folded):
        start, end = grade.span()
        before = text.folded[max(start - 50, 0) : start]
        label = _GRADE_LABEL.search(before)
        if label:
            start += label.start() - len(before)
        if label or _GRADE_PAY.match(text.folded, end):
            return Read(GRADE, text.words(start, end))
    return None


def _the_one(found: list[_Found]) -> _Found | None:
    """The base range where the text posts one; None where it posts several."""
    if any(f.is_range for f in found):
        found = [f for f in found if f.is_range]
    if any(not f.is_other for f in found):
        found = [f for f in found if not f.is_other]
    if not found:
        return None
    first = found[0]
    if not all(_is_same(first.pay, other.pay) for other in found[1:]):
        return None
    hourly = next((f for f in found if f.pay.period == Period.HOUR), None)
    yearly = next((f for f in found if f.pay.period == Period.YEAR), None)
    if hourly and yearly:
        return hourly if _is_of_hours(hourly.pay, yearly.pay) else yearly
    return first


def _is_of_hours(hourly: PostedPay, yearly: PostedPay) -> bool:
    """Of the same pay told twice, which one is posted and which one worked out.

    2,080 hours make a year. $29.50 is $61,360 to the dollar, so the job is paid by the
    hour; $70,000 is $33.65 only when it is rounded, so the year is what is paid.
    """
    pairs = ((hourly.minimum, yearly.minimum), (hourly.maximum, yearly.maximum))
    return all(abs(hour * HOURS_PER_YEAR - year) < 1 for hour, year in pairs)


#: What tells the levels of one opening apart, and the kinds of chart of one contract.
_LEVEL = re.compile(
    r"\b(?:level|grade|step|tier|coder|specialist|biller|auditor|analyst)\s?(?:i{1,3}"
    r"|iv|v"
    r"|[1-5])\b[^.\n$]{0,14}$|\b(?:senior|entry|junior|lead)\b[^.\n$]{0,24}$"
)
_FARTHEST_LEVEL = 90


def _of_levels(found: list[_Found], folded: str) -> _Found | None:
    """ "Coder I: $20-$24; Coder II: $24-$30": from the lowest to the highest."""
    if not 2 <= len(found) <= 4 or len({one.pay.period for one in found}) > 1:
        return None
    is_close = all(b.start - a.end < _FARTHEST_LEVEL for a, b in pairwise(found))
    if not is_close or any(one.is_other for one in found):
        return None
    is_per_chart = found[0].pay.period == Period.CHART
    named = [_LEVEL.search(folded, max(one.start - 40, 0), one.start) for one in found]
    if not is_per_chart and not all(named):
        return None
    low = min(one.pay.minimum for one in found)
    high = max(one.pay.maximum for one in found)
    if high > low * _WIDEST:
        return None
    pay = PostedPay(low, high, found[0].pay.period)
    return _Found(pay, found[0].start, found[-1].end, True, False)


def _is_same(one: PostedPay, other: PostedPay) -> bool:
    """Equal, or the same pay told by the hour and by the year."""
    if one.period == other.period:
        return one == other
    if one.yearly is None or other.yearly is None:
        return False
    return all(
        abs(a - b) <= a * Decimal("0.03")
        for a, b in zip(one.yearly, other.yearly, strict=True)
    )


def _statements(folded: str, text: Text | None) -> Iterator[_Found]:
    """Every statement of pay. Without a text, the string is a salary field."""
    floor = 0
    for bounds in _BOUNDS.finditer(folded) if "max" in folded else ():
        found = _judged(bounds, folded, text, floor)
        if found:
            yield found
            floor = bounds.end()
    done = floor
    for figure in _FIGURE.finditer(folded, floor):
        if figure.start() < done:
            continue
        match = _STATEMENT.match(folded, _with_dollar(folded, figure.start()))
        if not match or (text is not None and _is_bare(match)):
            continue
        done = match.end()
        found = _judged(match, folded, text, floor)
        if found:
            yield found
        if "$" in match[0] or found:
            floor = done


def _is_bare(match: re.Match[str]) -> bool:
    """Whether it is a mere number, without dollars, period or range."""
    return not (match["n2"] or match["p1"] or match["p2"] or "$" in match[0])


def _with_dollar(folded: str, start: int) -> int:
    """Where the dollar sign before a figure stands, or the figure itself."""
    before = folded[max(start - 2, 0) : start].rstrip()
    if not before.endswith("$"):
        return start
    return max(start - 2, 0) + len(before) - 1


def _judged(
    match: re.Match[str], folded: str, text: Text | None, floor: int
) -> _Found | None:
    start, end = match.span()
    if _runs_on(folded, start):
        return None
    if end < len(folded) and (folded[end].isalnum() or folded[end] in "%°"):
        return None
    before = folded[max(floor, start - _BEFORE) : start].rpartition("\n")[2]
    after = folded[end : end + 45]
    heading = ""
    if text is not None:
        line = text.line_at(start)
        heading = f"pay {line.heading.lower()}" if line.kind == Kind.PAY else ""
        if line.is_answer or line.kind == Kind.LEGAL:
            return None
    if _is_foreign(before, folded[start:end], after):
        return None
    is_bounds = match.re is _BOUNDS
    is_range = match["n2"] is not None
    if not is_bounds and _is_open(match, before, after, is_range=is_range):
        return None
    label = f"{heading}: {before}"
    if is_bounds:
        label += match["w1"] + after.partition("\n")[0]
    is_field = text is None or _is_a_line_of_its_own(match, text.line_at(start))
    if not _is_about_pay(match, label, before, after, is_field=is_field):
        return None
    pay = _posted(match, label, is_field=text is None)
    if pay is None:
        return None
    around = before[-40:] + match[0] + re.split(r"[.;+(\n]", after, maxsplit=1)[0]
    is_other = _OTHER_THAN_BASE.search(around) is not None
    return _Found(pay, start, end, is_range, is_other)


def _is_a_line_of_its_own(match: re.Match[str], line: Line) -> bool:
    """A line that holds a range of dollars and nothing else is a salary field."""
    is_range = match["n2"] is not None and "$" in match[0]
    return is_range and match.end() - match.start() >= line.end - line.start - 1


def _runs_on(folded: str, start: int) -> bool:
    """Whether the figure is the end of something longer: "ICD-10", "1/2", "B12"."""
    before = folded[start - 1 : start]
    is_tied = before.isalnum() or before in ("-", ".", "/", ",", "#", "_")
    return is_tied and folded[start - 2 : start + 1] != "us$"


def _is_foreign(before: str, statement: str, after: str) -> bool:
    near = before[-8:] + statement + after[:8]
    return _FOREIGN.search(near) is not None


def _is_open(match: re.Match[str], before: str, after: str, *, is_range: bool) -> bool:
    """Whether the statement has only one side: "up to $30", "$25+"."""
    if match["open2"] or (match["open1"] and not is_range):
        return True
    if _OPEN_AFTER.match(after):
        return after.lstrip()[0] != "+" or after.lstrip()[1:2] in ("", ")", "/", ".")
    if is_range:
        return False
    return _OPEN_BEFORE.search(before) is not None


def _is_about_pay(
    match: re.Match[str], label: str, before: str, after: str, *, is_field: bool
) -> bool:
    if _MILLIONS.match(after) or _is_other_money(after) or _EXTRA_PAY.match(after):
        return False
    label_at = -1
    for found in _LABEL.finditer(label):
        label_at = found.start()
    if _is_labelled_otherwise(label, label_at):
        return False
    if is_field:
        return True
    words = match[0]
    if "$" in words or "usd" in words or _CURRENCY_BEFORE.search(before):
        has_period = match["p1"] or match["p2"]
        speaks_for_itself = match.re is _BOUNDS or (
            match["n2"] and (match["k2"] or _is_of_a_year(match))
        )
        return bool(has_period or speaks_for_itself) or label_at >= 0
    return _is_pay_without_sign(match, label, before, after)


def _is_other_money(after: str) -> bool:
    """Whether the words after the dollars make them a bonus, a stipend, a cost."""
    words = after.removeprefix(")")
    following = _NEXT_LABEL.match(words)
    if following:
        words = following["label"]
        return re.search(r"bonus|diff|stipend|allowance|reimburse", words) is not None
    cut = _AFTER_ENDS.search(words)
    return _NOT_PAY_AFTER.search(words[: cut.start()] if cut else words) is not None


def _is_labelled_otherwise(label: str, label_at: int) -> bool:
    """Whether the label nearest before the dollars is not one of pay."""
    for other in _NOT_PAY_BEFORE.finditer(label):
        between = label[other.end() : label_at] if label_at > other.end() else ""
        is_nearer = label_at < other.end() or not between.strip(" :-")
        if is_nearer and not _NEW_THOUGHT.search(label, other.end()):
            return True
    return False


#: From this on a range of dollars is a year's pay without any label.
_SURELY_YEARLY = Decimal(28000)
_LABEL_BESIDE = re.compile(
    r"\b(?:pay|wages?|salary|compensation|rate|hourly)(?:\s(?:range|rate|scale|pay|is"
    r"|of"
    r"|from|between))*\s?[:-]?\s*$"
)


def _is_of_a_year(match: re.Match[str]) -> bool:
    """ "$75,000-$90,000": two figures in dollars and thousands."""
    figures = [match["n1"], match["n2"]]
    return match[0].count("$") == 2 and all(
        "," in figure and Decimal(figure.replace(",", "")) >= _SURELY_YEARLY
        for figure in figures
    )


def _is_in_cents(match: re.Match[str]) -> bool:
    """ "15.50 to 20.15": both with cents, so dollars an hour."""
    figures = [match["n1"], match["n2"] or ""]
    return all(re.fullmatch(r"\d\d\.\d\d", figure) for figure in figures)


def _is_pay_without_sign(
    match: re.Match[str], label: str, before: str, after: str
) -> bool:
    """Figures without a currency sign need a label of pay, or to speak for themselves:
    "68,413.45 - 77,538.78 per year", "55K to 62K DOE"."""
    has_period = bool(match["p1"] or match["p2"])
    is_thousands = match["k2"] is not None or "," in match["n1"]
    if _SURE_LABEL.search(label):
        is_hourly_range = _is_in_cents(match) and _LABEL_BESIDE.search(before)
        if is_hourly_range:
            return True
        has_period_beside = match.re is _BOUNDS and _PERIOD_BEFORE.search(label)
        return has_period or is_thousands or bool(has_period_beside)
    if match["n2"] is None or not is_thousands:
        return False
    is_yearly = has_period and _unit(match["p2"] or match["p1"]) == Period.YEAR
    return is_yearly or "doe" in (match[0] + after[:6]).split()


def _posted(match: re.Match[str], label: str, *, is_field: bool) -> PostedPay | None:
    low = Decimal(match["n1"].replace(",", ""))
    high = Decimal(match["n2"].replace(",", "")) if match["n2"] else low
    low_k, high_k = match["k1"] is not None, match["k2"] is not None
    if high_k or (low_k and (match["n2"] is None or high < 1000)):
        high = high * 1000 if match["n2"] is None or high < 1000 else high
        low = low * 1000 if low < 1000 else low
    elif low_k:
        low *= 1000
    period = _period(match, label, low, high)
    if period is None or high < low or high > low * _WIDEST or low <= 0:
        return None
    least, most = _BELIEVED[period]
    if low < least or high > most:
        return None
    return PostedPay(low, high, period)


def _period(
    match: re.Match[str], label: str, low: Decimal, high: Decimal
) -> str | None:
    names = ("p1", "p2") if match["n2"] or not match["p1"] else ("p1",)
    stated = {_unit(match[name]) for name in names if match[name]}
    if len(stated) > 1:
        return None
    if stated:
        return stated.pop()
    before = list(_PERIOD_BEFORE.finditer(label))
    if before:
        return before[-1].lastgroup
    if low >= _YEARLY_FROM:
        return Period.YEAR
    is_in_dollars = "$" in match[0] or "usd" in match[0] or _is_in_cents(match)
    if low >= _HOURLY_FROM and high <= _HOURLY_TO and is_in_dollars:
        return Period.HOUR
    return None


def _unit(words: str) -> str | None:
    match = _UNIT_OF.search(words)
    return match.lastgroup if match else None
