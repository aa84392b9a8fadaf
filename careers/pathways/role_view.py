"""What role pages and lists of roles say, with the figures of today."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.models.vocabulary import LETTERS, Track
from careers.jobs.vocabulary import Word
from careers.salaries import fits
from careers.salaries.official import Official, official

from . import live

#: What pathways through roles are remembered under.
PATHWAYS = "pathways by role"


@dataclass(frozen=True)
class RoleEntry:
    """A role among others; ``url`` is its page, or its open listings without one."""

    word: Word
    url: str
    summary: str
    figures: live.RoleFigures

    @property
    def slug(self) -> str:
        return self.word.slug

    @property
    def name(self) -> str:
        return self.word.label

    @property
    def level(self) -> int:
        return self.word.level

    @property
    def track(self) -> str:
        return self.word.track

    @property
    def letters(self) -> str:
        return LETTERS[Track(self.word.track)]

    @property
    def track_label(self) -> str:
        return str(Track(self.word.track).label)

    @property
    def jobs_url(self) -> str:
        return live.results_url(JobCriteria(role=(self.slug,)))

    @property
    def pay_url(self) -> str:
        return reverse("salaries-role", args=[self.slug])


@dataclass(frozen=True)
class RoleView(RoleEntry):
    """A role on its own page."""

    is_sample: bool
    at: Any
    fit: str
    soc: str
    soc_title: str
    official: Official | None
    pathways: list["Way"]
    map_url: str


def entry(word: Word, roles: live.Roles, url: str = "", summary: str = "") -> RoleEntry:
    """A role with its figures; without a page it leads to its open listings."""
    jobs_url = live.results_url(JobCriteria(role=(word.slug,)))
    return RoleEntry(
        word, url or jobs_url, summary or word.description, roles.of(word.slug)
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A pathway through a role."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The map's address ("" without one), and pathways by the slug of a role."""

    map_url: str
    through: dict[str, list[Way]]


def _ways() -> Ways:
    model = apps.get_model
    index = model("pathways", "PathwayIndexPage").objects.live().first()
    pages = model("pathways", "PathwayPage").objects.live().order_by("path")
    found = defaultdict(list)
    for page in pages.defer_streamfields().prefetch_related("steps__role"):
        for step in page.steps.all():
            way = Way(page.title, page.url or "", page.summary)
            found[step.role.slug].append(way)
    return Ways((index.url or "") if index else "", dict(found))


def view(page) -> RoleView:
    """The role of a page, which need not be published yet."""
    word = vocabulary.current().roles[page.role.slug]
    roles = live.role_figures()
    ways = live.remembered(PATHWAYS, _ways).value
    soc = word.soc_code[:7]
    return RoleView(
        word=word,
        url=page.url or "",
        summary=page.summary,
        figures=roles.of(word.slug),
        is_sample=roles.is_sample,
        at=roles.at,
        fit=fits.fit(word.slug, soc, word.soc_title).words,
        soc=soc,
        soc_title=word.soc_title,
        official=live.remembered(
            f"official wages of {word.slug}", lambda: official(word.slug)
        ).value,
        pathways=ways.through.get(word.slug, []),
        map_url=f"{ways.map_url}?focus={word.slug}" if ways.map_url else "",
    )


def by_track(pages: dict[str, Any], roles: live.Roles) -> list[dict[str, Any]]:
    """Tracks in order, each with its roles from the lowest level up.

    ``pages`` are those of roles, by slug.
    """
    found = defaultdict(list)
    for word in vocabulary.current().roles.values():
        page = pages.get(word.slug)
        url, summary = (page.url, page.summary) if page else ("", "")
        found[word.track].append(entry(word, roles, url, summary))
    return [
        {
            "slug": track.value,
            "letters": LETTERS[track],
            "label": track.label,
            "roles": sorted(found[track.value], key=lambda role: role.level),
        }
        for track in Track
        if found[track.value]
    ]
