"""Reads the facts of a listing out of its text.

A text states or it does not: no reader guesses, and each fact carries the words it
was read from, as they stand in the plain text of the listing. Fields that a feed
gives by themselves win over what is read here; the import sees to that.
"""

from ..vocabulary import Vocabulary
from .credentials import read_rule
from .experience import read_education, read_experience
from .facts import Facts
from .pay import read_pay, read_pay_basis
from .remote import read_remote
from .roles import read_roles
from .settings import read_settings
from .terms import (
    read_accuracy,
    read_benefits,
    read_employment,
    read_pays_for,
    read_quota,
    read_schedule,
    read_test,
)
from .text import Text
from .words import read_codesets, read_software, read_specialties


def read(
    *,
    title: str,
    text: str,
    vocabulary: Vocabulary,
    employer: str = "",
    location: str = "",
) -> Facts:
    """Every fact the text states. ``text`` is HTML or plain; pure and quick.

    ``employer`` is its name and ``location`` the words for the place, where known.
    """
    body = Text.of(text)
    role, other_roles = read_roles(title, body, vocabulary)
    remote, days_on_site, states = read_remote(title, body, location)
    quota = read_quota(body)
    pay = read_pay(body, quota.value if quota else None)
    return Facts(
        role=role,
        other_roles=other_roles,
        settings=read_settings(body, vocabulary, employer=employer, title=title),
        specialties=read_specialties(body, vocabulary, title=title),
        software=read_software(body, vocabulary),
        codesets=read_codesets(body, vocabulary),
        rule=read_rule(body, vocabulary, title=title),
        experience_months=read_experience(body),
        education=read_education(body),
        pay=pay,
        pay_basis=read_pay_basis(body, pay),
        remote=remote,
        days_on_site=days_on_site,
        states=states,
        employment=read_employment(body, title),
        schedule=read_schedule(body),
        test=read_test(body),
        quota=quota,
        accuracy=read_accuracy(body),
        pays_for=read_pays_for(body),
        benefits=read_benefits(body),
    )
