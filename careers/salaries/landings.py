"""Pages of pay that people link to: a role, a role in a state, a credential, a setting.

A page is indexable only while enough ranges stand behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import slugify

import numpy as np

from careers.jobs import vocabulary
from careers.jobs.eligibility import STATES
from careers.jobs.facets import NONE_ASKED, NOT_STATED

from .criteria import PayCriteria
from .distribution import FEWEST_EMPLOYERS, FEWEST_LISTINGS
from .explorer import explore
from .ranges import DAY_ZERO, Group

STATE_BY_SLUG = {slugify(name): code for code, name in STATES.items()}


@dataclass(frozen=True, slots=True)
class PayLanding:
    """A group that has an address, a title and an introduction of its own."""

    criteria: PayCriteria
    title: str
    intro: str
    url: str


def of(criteria: PayCriteria) -> PayLanding | None:
    """The page that is about exactly this group, if there is one."""
    asked = criteria.pairs()
    kinds = [name for name, _ in asked]
    values = dict(asked)
    if NOT_STATED in values.values() or NONE_ASKED in values.values():
        return None
    words = vocabulary.current()
    # Listings may hold slugs of words that editors have taken out since.
    if "role" in values and values["role"] not in words.roles:
        return None
    if kinds == ["role"]:
        return _role(criteria, values["role"])
    if kinds == ["role", "state"] and values["state"] in STATES:
        return _role_in_state(criteria, values["role"], values["state"])
    if kinds == ["credential"] and values["credential"] in words.credentials:
        return _credential(criteria, values["credential"])
    if kinds == ["setting"] and values["setting"] in words.settings:
        return _setting(criteria, values["setting"])
    return None


def _role(criteria: PayCriteria, slug: str) -> PayLanding:
    role = vocabulary.current().roles[slug]
    return PayLanding(
        criteria,
        f"{role.label}: what the work pays",
        role.description,
        reverse("salaries-role", args=[slug]),
    )


def _role_in_state(criteria: PayCriteria, slug: str, state: str) -> PayLanding:
    role = vocabulary.current().roles[slug]
    name = STATES[state]
    return PayLanding(
        criteria,
        f"{role.label} in {name}: what the work pays",
        f"Pay of listings that hire from {name}: on site and hybrid work there, and "
        "remote work whose employer says so.",
        reverse("salaries-role-state", args=[slug, slugify(name)]),
    )


def _credential(criteria: PayCriteria, slug: str) -> PayLanding:
    word = vocabulary.current().credentials[slug]
    return PayLanding(
        criteria,
        f"What listings that require {slug} pay",
        f"{word.full_name} ({word.kind}), required alone or as one of several. The pay "
        "is what those listings post; it need not be what the credential is paid for.",
        reverse("salaries-credential", args=[slug.lower()]),
    )


def _setting(criteria: PayCriteria, slug: str) -> PayLanding:
    word = vocabulary.current().settings[slug]
    return PayLanding(
        criteria,
        f"What coding and billing work pays: {word.label}",
        word.description or f"Listings for work in this setting: {word.label}.",
        reverse("salaries-setting", args=[slug]),
    )


def indexable() -> Iterator[tuple[PayLanding, date]]:
    """Pages with enough ranges behind them, each with the day of its latest one.

    One reading of the whole group answers for all pages. Sample listings are for
    looking around, not for search engines.
    """
    explored = explore(PayCriteria())
    if explored.is_sample:
        return
    group = explored.group
    roles, states = group.members("role"), group.members("state")
    for kind in ("role", "credential", "setting"):
        members = group.members(kind)
        for number, day in _enough(group, members.rows, members.numbers):
            yield from _found(day, {kind: (members.values[number],)})
    role_of = np.zeros(len(group), dtype=np.int64)
    role_of[roles.rows] = roles.numbers
    pairs = role_of[states.rows] * len(states.values) + states.numbers
    for number, day in _enough(group, states.rows, pairs):
        role, state = divmod(number, len(states.values))
        yield from _found(
            day, {"role": (roles.values[role],), "state": (states.values[state],)}
        )


def _found(day: date, chosen: dict) -> Iterator[tuple[PayLanding, date]]:
    landing = of(PayCriteria(**chosen))
    if landing:
        yield landing, day


def _enough(
    group: Group, rows: np.ndarray, numbers: np.ndarray
) -> Iterator[tuple[int, date]]:
    """Numbers of the parts with enough listings and employers, with the latest day."""
    if not len(rows):
        return
    employers = np.unique(group.ranges.employers, return_inverse=True)[1][rows]
    several = int(employers.max()) + 1
    kinds = np.unique(numbers * several + employers) // several
    size = int(numbers.max()) + 1
    is_enough = (np.bincount(numbers, minlength=size) >= FEWEST_LISTINGS) & (
        np.bincount(kinds, minlength=size) >= FEWEST_EMPLOYERS
    )
    latest = np.zeros(size, dtype=np.int64)
    np.maximum.at(latest, numbers, group.rows["posted"][rows].astype(np.int64))
    for number in np.flatnonzero(is_enough).tolist():
        yield number, (DAY_ZERO + latest[number]).astype(date)
