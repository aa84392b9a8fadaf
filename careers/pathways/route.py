"""One way up: roles in order on one pay axis, and what each step takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from careers.jobs import vocabulary

from . import focus, live
from .role_map import MoveEdge
from .role_view import RoleEntry, entry


@dataclass(frozen=True)
class Step(RoleEntry):
    """``how`` says what the move to this role takes; the first step has none."""

    how: str
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    steps: list[Step]
    is_sample: bool
    at: datetime


def route(slugs: Sequence[str]) -> Route:
    """The way through roles, with the figures of today."""
    words = vocabulary.current().roles
    roles, rows = live.role_figures(), focus.rows()
    moves = {(edge.from_role, edge.to_role): edge for edge in rows.edges}
    steps: list[Step] = []
    for slug in slugs:
        if slug not in words:
            continue
        move = moves.get((steps[-1].slug, slug)) if steps else None
        found = entry(words[slug], roles, rows.urls.get(slug, ""))
        steps.append(
            Step(
                found.word,
                found.url,
                found.summary,
                found.figures,
                how=_how(move) if steps else "start here",
                credentials=move.credentials if move else (),
            )
        )
    return Route(steps, roles.is_sample, roles.at)


def _how(move: MoveEdge | None) -> str:
    """ "12 to 24 months on"; nothing where editors have taken the move away."""
    return f"{focus.takes(move)} on" if move else ""
