"""Landing pages: one value of one thing, with an address, a title and a text."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.vocabulary import Word
from careers.pathways import focus


@dataclass(frozen=True)
class Landing:
    """``parameter`` and ``value`` are what the page asks; the rest is what it says."""

    parameter: str
    value: str
    slug: str
    name: str
    title: str
    intro: str = ""

    @property
    def url(self) -> str:
        if self.parameter == "remote":
            return reverse("landing-remote")
        return reverse("landing", args=[self.parameter, self.slug])

    @property
    def about_url(self) -> str:
        """The page that tells of this work or credential, "" where there is none."""
        rows = focus.rows()
        pages = {
            "role": rows.urls,
            "credential": rows.credential_urls,
            "setting": rows.setting_urls,
        }
        return pages.get(self.parameter, {}).get(self.value, "")

    @property
    def pay_url(self) -> str:
        """The page of what this work pays, "" where it has none of its own."""
        name = PAY_PAGES.get(self.parameter)
        return reverse(name, args=[self.slug]) if name else ""


#: What a landing page asks, to the page that says what it pays.
PAY_PAGES = {
    "role": "salaries-role",
    "credential": "salaries-credential",
    "setting": "salaries-setting",
}


def find(parameter: str, slug: str) -> Landing | None:
    """The landing page at an address, or None."""
    words = vocabulary.current()
    if parameter == "role" and slug in words.roles:
        return _role(words.roles[slug])
    if parameter == "setting" and slug in words.settings:
        return _setting(words.settings[slug])
    if parameter == "credential":
        found = words.credential_by_folded.get(slug.lower())
        return _credential(words.credentials[found]) if found else None
    if parameter == "state":
        code = STATE_BY_SLUG.get(slug)
        return _state(code) if code else None
    if (parameter, slug) == ("remote", "remote"):
        return REMOTE
    return None


def of(criteria: JobCriteria) -> Landing | None:
    """The landing page that asks exactly this question, if there is one."""
    pairs = criteria.pairs()
    if len(pairs) != 1:
        return None
    parameter, value = pairs[0]
    if parameter == "state":
        return _state(value)
    return find(parameter, value)


def every() -> Iterator[Landing]:
    words = vocabulary.current()
    yield REMOTE
    yield from map(_role, words.roles.values())
    yield from map(_setting, words.settings.values())
    yield from map(_credential, words.credentials.values())
    yield from map(_state, STATE_NAMES)


REMOTE = Landing(
    "remote",
    "remote",
    "remote",
    "Remote",
    "Remote medical coding and billing jobs",
    "Work done wholly from home. Most employers hire from some states only: choose "
    "yours to see who hires where you live.",
)
STATE_BY_SLUG = {slugify(name): code for code, name in STATE_NAMES.items()}


def _role(word: Word) -> Landing:
    return Landing(
        "role", word.slug, word.slug, word.label, f"{word.label} jobs", word.description
    )


def _setting(word: Word) -> Landing:
    intro = word.description or f"Listings for work in this setting: {word.label}."
    title = f"Medical coding and billing jobs: {word.label}"
    return Landing("setting", word.slug, word.slug, word.label, title, intro)


def _credential(word: Word) -> Landing:
    intro = (
        f"Listings that name {word.slug}, {word.full_name} ({word.kind}), as required "
        "or preferred. A listing’s own page says which."
    )
    title = f"{word.slug} jobs in medical coding and billing"
    return Landing("credential", word.slug, word.slug.lower(), word.slug, title, intro)


def _state(code: str) -> Landing:
    name = STATE_NAMES[code]
    intro = (
        f"On site and hybrid work in {name}, and remote work whose employer says that "
        f"it hires from {name}. Remote listings that do not state their states are "
        "left out."
    )
    return Landing(
        "state",
        code,
        slugify(name),
        name,
        f"Medical coding and billing jobs if you live in {name}",
        intro,
    )
