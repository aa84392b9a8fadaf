"""The roles and moves of today, and one role among those that lead to it and on."""

from dataclasses import dataclass

from django.apps import apps
from django.urls import reverse

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria
from careers.jobs.models.vocabulary import LETTERS, Track
from careers.jobs.presentation.facts import in_sentence
from careers.jobs.presentation.pay_strip import HIGH, LOW, pay_strip, percent
from careers.jobs.presentation.printed import strip_html
from careers.jobs.vocabulary import Word
from careers.salaries.charts import signed

from . import live
from .map_drawing import carried_strip
from .role_map import MoveEdge, RoleGraph, RoleNode, TrackName, worth

TRACKS = tuple(
    TrackName(track.value, str(track.label), LETTERS[track]) for track in Track
)


#: What pages and moves are remembered under.
ROWS = "pages and moves of the map"


@dataclass(frozen=True, slots=True)
class Rows:
    """What editors keep of the map: moves, and addresses of pages by the slug of the
    role, credential or setting that they are about."""

    urls: dict[str, str]
    credential_urls: dict[str, str]
    setting_urls: dict[str, str]
    edges: tuple[MoveEdge, ...]


def graph() -> RoleGraph:
    """All roles and moves with the figures of today."""
    figures = live.role_figures()
    found = rows()
    return RoleGraph(
        nodes=tuple(
            _node(word, figures.of(word.slug), found.urls.get(word.slug, ""))
            for word in vocabulary.current().roles.values()
        ),
        edges=found.edges,
        tracks=TRACKS,
        at=figures.at,
        is_sample=figures.is_sample,
    )


def rows() -> Rows:
    """What editors keep of the map, as of a few minutes ago at most."""
    found: Rows = live.remembered(ROWS, _rows).value
    return found


def _rows() -> Rows:
    return Rows(
        _page_urls("RolePage", "role"),
        _page_urls("CredentialPage", "credential"),
        _page_urls("SettingPage", "setting"),
        tuple(
            MoveEdge(
                move.from_role.slug,
                move.to_role.slug,
                move.months_min,
                move.months_max,
                move.what_changes,
                tuple(move.credentials),
            )
            for move in apps.get_model("pathways", "Move").objects.in_order()
        ),
    )


def _node(word: Word, figures: live.RoleFigures, url: str) -> RoleNode:
    usual = figures.usual
    return RoleNode(
        slug=word.slug,
        name=word.label,
        track=word.track,
        level=word.level,
        open=figures.open,
        p25=usual.p25 if usual else None,
        median=usual.median if usual else None,
        p75=usual.p75 if usual else None,
        short=word.short,
        url=url or jobs_url(word.slug),
    )


def _page_urls(page: str, term: str) -> dict[str, str]:
    """The published pages about terms of the vocabulary, by the term's slug."""
    pages = (
        apps.get_model("pathways", page)
        .objects.live()
        .select_related(term)
        .defer_streamfields()
    )
    return {getattr(page, term).slug: page.url for page in pages}


def jobs_url(role: str) -> str:
    return live.results_url(JobCriteria(role=(role,)))


def chosen(found: RoleGraph, wanted: str, you: str = "") -> str:
    """The role in focus: what was asked for, else the reader's own, else the one that
    most moves meet at."""
    for slug in (wanted, you):
        if slug and found.node(slug):
            return slug
    meeting = {node.slug: 0 for node in found.nodes}
    for edge in found.edges:
        for slug in (edge.from_role, edge.to_role):
            if slug in meeting:
                meeting[slug] += 1
    return max(meeting, key=meeting.__getitem__, default="")


# One role


@dataclass(frozen=True, slots=True)
class Chip:
    """A credential; ``url`` is "" where it has no page."""

    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class MoveCard:
    """A move as seen from the role in focus: the role at its other end."""

    node: RoleNode
    takes: str
    what_changes: str
    chips: tuple[Chip, ...]
    worth: str
    missing: str
    strip: str
    jobs_url: str
    pay_url: str
    is_you: bool


@dataclass(frozen=True, slots=True)
class RoleFocus:
    """``pay_url`` is "" and ``strip`` empty where too few listings post their pay."""

    node: RoleNode
    letters: str
    track: str
    description: str
    strip: str
    jobs_url: str
    pay_url: str
    feeders: tuple[MoveCard, ...]
    nexts: tuple[MoveCard, ...]
    is_you: bool


def around(found: RoleGraph, slug: str, you: str = "") -> RoleFocus | None:
    """A role with the moves that end and begin there; None if it is not on the map."""
    node = found.node(slug)
    if node is None:
        return None
    nodes = {node.slug: node for node in found.nodes}
    edges = [
        edge
        for edge in found.edges
        if slug in (edge.from_role, edge.to_role)
        and edge.from_role in nodes
        and edge.to_role in nodes
    ]
    urls = rows().credential_urls
    cards = {
        is_feeder: tuple(
            _card(edge, nodes, slug, urls, you)
            for edge in edges
            if (edge.to_role == slug) is is_feeder
        )
        for is_feeder in (True, False)
    }
    names = {track.slug: track for track in found.tracks}
    track = names.get(node.track, TrackName(node.track, node.track, ""))
    word = vocabulary.current().roles.get(slug)
    return RoleFocus(
        node=node,
        letters=track.letters,
        track=track.label,
        description=word.description if word else "",
        strip=strip_html(
            pay_strip(None, usual(node), role=_name(node), has_outline=False)
        ),
        jobs_url=jobs_url(slug),
        pay_url=_pay_url(node),
        feeders=cards[True],
        nexts=cards[False],
        is_you=slug == you,
    )


def usual(node: RoleNode) -> RoleNode | None:
    """The role where its usual pay is known, as the strip takes it."""
    if node.p25 is None or node.median is None or node.p75 is None:
        return None
    return node


def _card(
    edge: MoveEdge,
    nodes: dict[str, RoleNode],
    focus: str,
    urls: dict[str, str],
    you: str,
) -> MoveCard:
    centre = nodes[focus]
    other = nodes[edge.to_role if edge.from_role == focus else edge.from_role]
    gain = worth(edge, nodes)
    carried = ""
    if centre.median is not None and LOW <= centre.median <= HIGH:
        carried = percent((centre.median - LOW) / (HIGH - LOW) * 100)
    strip = pay_strip(None, usual(other), role=_name(other), has_outline=False)
    return MoveCard(
        node=other,
        takes=takes(edge),
        what_changes=edge.what_changes,
        chips=tuple(Chip(slug, urls.get(slug, "")) for slug in edge.credentials),
        worth="" if gain is None else signed(round(gain, -2), "year"),
        missing=_missing(centre, other),
        strip=carried_strip(strip, carried, _name(centre)),
        jobs_url=jobs_url(other.slug),
        pay_url=_pay_url(other),
        is_you=other.slug == you,
    )


def takes(edge: MoveEdge) -> str:
    """12 to 24 months, or 36 months."""
    if edge.months_min == edge.months_max:
        return f"{edge.months_max} month{'' if edge.months_max == 1 else 's'}"
    return f"{edge.months_min} to {edge.months_max} months"


def _missing(centre: RoleNode, other: RoleNode) -> str:
    """Why two medians cannot be compared; "" where they can."""
    without = [node for node in (centre, other) if usual(node) is None]
    if not without:
        return ""
    names = " and of ".join(_name(node) for node in without)
    return f"Too few listings of {names} post their pay to compare"


def _name(node: RoleNode) -> str:
    return in_sentence(node.name)


def _pay_url(node: RoleNode) -> str:
    return reverse("salaries-role", args=[node.slug]) if usual(node) else ""


# The map as a list


@dataclass(frozen=True, slots=True)
class Rung:
    """A role in the list, and what it leads to."""

    node: RoleNode
    strip: str
    leads_to: tuple[RoleNode, ...]
    focus_query: str
    is_you: bool
    is_focus: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """A track's roles from the lowest level up."""

    track: TrackName
    rungs: tuple[Rung, ...]
    open: int
    is_open: bool


def ladders(found: RoleGraph, focus: str = "", you: str = "") -> list[Ladder]:
    """The map as a list; the tracks of the role in focus and of the reader unfolded."""
    nodes = {node.slug: node for node in found.nodes}
    made = []
    for track in found.tracks:
        own = [node for node in found.nodes if node.track == track.slug]
        if own:
            made.append(
                Ladder(
                    track=track,
                    rungs=tuple(
                        _rung(found, nodes, node, focus, you)
                        for node in sorted(own, key=lambda node: node.level)
                    ),
                    open=sum(node.open for node in own),
                    is_open=any(node.slug in (focus, you) for node in own),
                )
            )
    return made


def _rung(
    found: RoleGraph, nodes: dict[str, RoleNode], node: RoleNode, focus: str, you: str
) -> Rung:
    strip = pay_strip(None, usual(node), role=_name(node), has_outline=False)
    return Rung(
        node=node,
        strip=strip_html(strip, size="small"),
        leads_to=tuple(
            nodes[edge.to_role]
            for edge in found.moves_from(node.slug)
            if edge.to_role in nodes
        ),
        focus_query=f"?focus={node.slug}{f'&role={you}' if you else ''}",
        is_you=node.slug == you,
        is_focus=node.slug == focus,
    )
