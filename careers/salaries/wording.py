"""Groups of posted pay in words: "Inpatient coder, remote, Ohio, CCS required"."""

from careers.jobs import vocabulary
from careers.jobs.facets import NONE_ASKED, NOT_STATED, Facet
from careers.jobs.presentation.facts import in_sentence
from careers.jobs.presentation.money import PERIOD_WORDS
from careers.jobs.presentation.rule_words import listed

from .criteria import PAY_FACETS, WINDOW, PayCriteria

EVERYTHING = "All roles"
#: "Not stated" of a facet, inside the name of a group.
UNSTATED = {
    "role": "role not stated",
    "credential": "credential not stated",
    "setting": "setting not stated",
    "remote": "where the work is done not stated",
    "state": "states not stated",
    "metro": "outside of metropolitan areas or place not stated",
    "experience": "experience not stated",
    "employment": "employment not stated",
    "software": "software not stated",
}


def value_label(facet: Facet, value: str) -> str:
    """The word for a value of a facet, as lists show it."""
    if value == NOT_STATED:
        return facet.unstated_label
    if facet.labels and value in facet.labels:
        return facet.labels[value]
    words = getattr(vocabulary.current(), facet.vocabulary)
    return words[value].label if value in words else value


def group_name(criteria: PayCriteria, *, is_short: bool = False) -> str:
    """The name of a group: its role first, then what narrows it."""
    parts = [
        _part(facet, criteria.values(facet.name), is_short=is_short)
        for facet in PAY_FACETS
        if criteria.values(facet.name)
    ]
    if not criteria.role:
        parts.insert(0, EVERYTHING)
    if criteria.window != WINDOW:
        parts.append(f"past {criteria.window} months")
    return ", ".join(parts)


def _part(facet: Facet, values: tuple[str, ...], *, is_short: bool) -> str:
    words = [_in_name(facet, value, is_short=is_short) for value in values]
    text = listed(words, "or")
    if facet.name == "credential" and set(values) - {NOT_STATED, NONE_ASKED}:
        return f"{text} required"
    return text


def _in_name(facet: Facet, value: str, *, is_short: bool) -> str:
    if value == NOT_STATED:
        return UNSTATED[facet.name]
    if facet.name == "role":
        role = vocabulary.current().roles.get(value)
        if role is None:
            return value
        return role.short if is_short else role.label
    if facet.name == "credential" and value == NONE_ASKED:
        return "no credential asked"
    label = value_label(facet, value)
    if facet.name == "experience":
        return "no experience asked" if value == "0" else f"{in_sentence(label)} asked"
    if facet.name in ("remote", "setting", "employment"):
        return in_sentence(label)
    return label


def unit(per: str) -> str:
    """ "a year", "an hour"."""
    return PERIOD_WORDS[per]
