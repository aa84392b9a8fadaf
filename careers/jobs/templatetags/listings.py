"""What listings say, for templates: pay, place, rule, age, text."""

import re
from urllib.parse import urlencode

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from .. import vocabulary
from ..eligibility import STATE_NAMES
from ..models.vocabulary import Track
from ..presentation import ages, facts, money, rule_words, text
from ..presentation.pay_strip import HIGH, LOW, TICKS, percent
from ..presentation.pay_strip import pay_strip as draw
from ..presentation.place_words import where as where_pieces

register = template.Library()


@register.simple_tag
def pay_words(listing, per="year"):
    """Figure, unit and notes of a listing's pay."""
    return money.pay_words(listing.pay, per=per)


@register.inclusion_tag("components/pay_strip.html")
def pay_strip(pay=None, usual=None, role="the role", size="", has_grid=True):
    """The strip of a `PostedPay` (or None) before its role's usual band (or None)."""
    strip = draw(
        pay.yearly if pay else None, usual, role=role, has_outline=size != "small"
    )
    return {"strip": strip, "size": size, "has_grid": has_grid}


@register.simple_tag
def pay_ticks():
    """Places and words of the ticks of the common axis."""
    return [
        (percent((tick * 1000 - LOW) / (HIGH - LOW) * 100), f"${tick}k")
        for tick in TICKS
    ]


@register.filter
def thousands(count):
    """1,140; quicker than the locale machinery where a page counts hundreds."""
    return f"{count:,}" if count is not None else ""


@register.filter
def dollars(value):
    return money.money(value)


@register.simple_tag
def where(listing, state="", distance=None, in_full=False):
    """Where the work is, the reader's state marked."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html("<mark>{}</mark>", piece.text)
                if piece.is_you
                else piece.text,
            )
            for piece in where_pieces(
                listing,
                state=state or "",
                distance=distance if isinstance(distance, float) else None,
                in_full=in_full,
            )
        ),
    )


@register.inclusion_tag("components/rule_line.html")
def rule_line(listing):
    """The credential rule on one line, with what it means to the reader."""
    forms = vocabulary.current().apprentice_forms
    verdict = getattr(listing, "verdict", None)
    return {"line": rule_words.rule_line(listing.rule, forms, verdict)}


@register.filter
def terms(listing):
    return facts.terms(listing, vocabulary.current())


@register.filter
def age(moment):
    """How long ago, in two words: "5 h", "12 days"."""
    return ages.age(moment, timezone.now())


@register.filter
def day(moment):
    """today, yesterday, 5 days ago …"""
    return ages.day(moment, timezone.now())


@register.filter
def role_word(slug):
    """The word of a role's slug, or None."""
    return vocabulary.current().roles.get(slug)


@register.filter
def in_sentence(label):
    """A label inside a sentence: "Inpatient coder" is "inpatient coder", CDI stays."""
    return facts.in_sentence(label) if label else "the role"


@register.filter
def state_name(code):
    """Ohio for OH; nothing for no state."""
    return STATE_NAMES.get(code, "")


@register.filter
def track_letters(track):
    return Track(track).letters if track in Track.values else ""


@register.filter
def track_label(track):
    return Track(track).label if track in Track.values else ""


@register.filter
def description_html(value):
    return text.description_html(value)


@register.filter
def plain_html(value):
    return text.plain_html(value)


@register.filter
def matched(title, words):
    """The title with the words of a search marked, in the plural too."""
    typed = re.findall(r"\w[\w/&.-]*\w", words or "")
    if not typed:
        return title
    any_of = "|".join(re.escape(word) for word in sorted(typed, key=len, reverse=True))
    found = re.compile(rf"\b(?:{any_of})(?:s|es)?\b", re.IGNORECASE)
    return _stroked(title, found, '<mark data-kind="word">{}</mark>')


@register.filter
def marked(heading, state):
    """A heading with the name of the reader's state marked."""
    name = STATE_NAMES.get(state)
    if not name:
        return heading
    return _stroked(heading, re.compile(rf"{re.escape(name)}$"), "<mark>{}</mark>")


def _stroked(words, found, stroke):
    pieces = []
    end = 0
    for match in found.finditer(words):
        pieces += [escape(words[end : match.start()]), format_html(stroke, match[0])]
        end = match.end()
    return mark_safe("".join([*pieces, escape(words[end:])]))


@register.filter
def for_count(words, count):
    """ "do not state …" of several is "does not state …" of one."""
    return re.sub(r"^do not", "does not", words) if count == 1 else words


@register.simple_tag
def listing_url(listing, holds=(), state=""):
    """The page of a listing; it says what it means to a wallet and a state."""
    pairs = [("holds", credential) for credential in holds or ()]
    if state:
        pairs.append(("state", state))
    url = listing.get_absolute_url()
    return f"{url}?{urlencode(pairs)}" if pairs else url
