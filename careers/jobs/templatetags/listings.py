"""What listings say, for templates: pay, place, rule, age, text."""

import re

from django import template
from django.utils import timezone

from .. import vocabulary
from ..eligibility import STATE_NAMES
from ..presentation import ages, facts, marks, money, printed, rule_words, text
from ..presentation.pay_strip import HIGH, LOW, TICKS, percent
from ..presentation.pay_strip import pay_strip as draw
from ..presentation.place_words import where as where_pieces

register = template.Library()


@register.simple_tag
def pay_words(listing, per="year"):
    """Figure, unit and notes of a listing's pay."""
    return money.pay_words(listing.pay, per=per)


@register.simple_tag
def pay_strip(pay=None, usual=None, role="the role", size="", has_grid=True):
    """The strip of a `PostedPay` (or None) before its role's usual band (or None).

    In a list of listings (no ``size``) a band alone is an outline: pay is not posted.
    """
    strip = draw(pay.yearly if pay else None, usual, role=role, has_outline=not size)
    return printed.strip_html(strip, size=size, has_grid=has_grid)


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
def where(listing, state="", in_full=False):
    """Where the work is, the reader's state marked."""
    pieces = where_pieces(listing, state=state or "", in_full=in_full)
    return printed.pieces_html(pieces)


@register.simple_tag
def rule_line(listing):
    """The credential rule on one line, with what it means to the reader."""
    forms = vocabulary.current().apprentice_forms
    verdict = getattr(listing, "verdict", None)
    return printed.rule_html(rule_words.rule_line(listing.rule, forms, verdict))


@register.filter
def clause_html(clause):
    """One group of the credential rule, or what is preferred."""
    return printed.clause_html(clause)


@register.filter
def day(moment):
    """today, yesterday, 5 days ago …"""
    return ages.day(moment, timezone.now())


@register.filter
def in_sentence(label):
    """A label inside a sentence: "Inpatient coder" is "inpatient coder", CDI stays."""
    return facts.in_sentence(label) if label else "the role"


@register.filter
def state_name(code):
    """Ohio for OH; nothing for no state."""
    return STATE_NAMES.get(code, "")


@register.filter
def description_html(value):
    return text.description_html(value)


@register.filter
def plain_html(value):
    return text.plain_html(value)


@register.filter
def marked(heading, state):
    """A heading with the name of the reader's state marked."""
    return marks.marked(heading, state)


@register.filter
def for_count(words, count):
    """ "do not state …" of several is "does not state …" of one."""
    return re.sub(r"^do not", "does not", words) if count == 1 else words
