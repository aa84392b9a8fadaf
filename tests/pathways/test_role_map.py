import csv
import tomllib
from itertools import pairwise
from pathlib import Path

from django.conf import settings

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from careers.pathways import role_map
from careers.pathways.role_map import (
    BOX_HEIGHT,
    FIRST,
    GAP,
    LEVELS,
    WIDTH,
    Layout,
    Line,
    MoveEdge,
    Place,
    RoleGraph,
    RoleNode,
    TrackName,
    crossings,
    layout,
    node_hits,
    shared_stretches,
)

TRACKS = ("billing", "profee", "facility", "data")
NAMES = tuple(TrackName(track, track.title(), track[:2].upper()) for track in TRACKS)
CAREERS = Path(settings.BASE_DIR) / "careers"


def graph(roles, moves):
    """Roles as (slug, track, level), moves as pairs of slugs."""
    return RoleGraph(
        nodes=tuple(
            RoleNode(slug, slug, track, level, 1) for slug, track, level in roles
        ),
        edges=tuple(MoveEdge(before, after, 12, 24) for before, after in moves),
        tracks=NAMES,
    )


@pytest.fixture(scope="module")
def ours():
    """The roles of the vocabulary and the moves of our content."""
    with (CAREERS / "jobs/data/roles.csv").open(encoding="utf-8") as file:
        roles = [(r["slug"], r["track"], int(r["level"])) for r in csv.DictReader(file)]
    content = (CAREERS / "pathways/content/moves.toml").read_text("utf-8")
    moves = [(move["from"], move["to"]) for move in tomllib.loads(content)["move"]]
    return graph(roles, moves)


def places(found):
    return {place.role: place for place in found.places}


@st.composite
def graphs(draw):
    roles = draw(
        st.lists(
            st.tuples(st.sampled_from(TRACKS), st.integers(1, LEVELS)),
            min_size=1,
            max_size=14,
        )
    )
    slugs = [f"r{n}" for n in range(len(roles))]
    ends = st.sampled_from(slugs)
    moves = draw(st.lists(st.tuples(ends, ends), max_size=22))
    return graph(
        [(slug, *role) for slug, role in zip(slugs, roles, strict=True)], moves
    )


# What makes it legible


def test_no_line_of_ours_touches_a_role_that_is_not_its_end(ours):
    assert node_hits(layout(ours)) == []


def test_lines_of_ours_cross_at_fewer_points_than_there_are_moves(ours):
    assert len(ours.edges) >= 30
    assert crossings(layout(ours)) < len(ours.edges)


def test_every_move_of_ours_has_a_line_from_its_role_to_the_next(ours):
    found = layout(ours)
    assert [(line.from_role, line.to_role) for line in found.lines] == [
        (edge.from_role, edge.to_role) for edge in ours.edges
    ]


@hypothesis_settings(max_examples=60)
@given(graphs())
def test_any_map_is_legible(any_graph):
    found = layout(any_graph)
    assert node_hits(found) == []
    assert shared_stretches(found) == []
    boxes = sorted((place.x, place.y) for place in found.places)
    for (x1, y1), (x2, y2) in pairwise(boxes):
        assert x1 < x2 or y2 - y1 >= BOX_HEIGHT + GAP
    for line in found.lines:
        assert all(FIRST <= x <= WIDTH and 0 < y < found.height for x, y in line.points)


@hypothesis_settings(max_examples=30)
@given(graphs())
def test_lines_run_level_or_upright_and_end_at_the_sides_of_their_roles(any_graph):
    found = layout(any_graph)
    at = places(found)
    for line in found.lines:
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(line.points))
        for role, (x, y) in (
            (line.from_role, line.points[0]),
            (line.to_role, line.points[-1]),
        ):
            assert x in (at[role].x, at[role].x + role_map.BOX_WIDTH)
            assert at[role].y < y < at[role].y + BOX_HEIGHT


@hypothesis_settings(max_examples=30)
@given(graphs())
def test_the_arrow_keys_reach_every_role(any_graph):
    found = layout(any_graph)
    reached, waiting = set(), [found.places[0].role]
    while waiting:
        role = waiting.pop()
        if role not in reached:
            reached.add(role)
            ways = found.arrows[role]
            waiting += filter(None, (ways.left, ways.right, ways.up, ways.down))
    assert reached == {node.slug for node in any_graph.nodes}


def test_the_same_roles_and_moves_give_the_same_map(ours):
    first = layout(ours)
    role_map._laid_out.cache_clear()
    assert layout(ours) == first


# Places


def test_a_role_stands_in_the_lane_of_its_track_and_the_column_of_its_level():
    found = layout(
        graph(
            [("biller", "billing", 2), ("coder", "profee", 2), ("lead", "profee", 7)],
            [],
        )
    )
    at = places(found)
    lanes = {lane.track: lane for lane in found.lanes}
    assert list(lanes) == ["billing", "profee"]
    assert at["biller"].x == at["coder"].x < at["lead"].x
    for place in found.places:
        lane = lanes[place.track]
        assert lane.y < place.y
        assert place.y + BOX_HEIGHT < lane.y + lane.height


def test_places_are_in_reading_order():
    found = layout(
        graph(
            [("late", "profee", 5), ("early", "profee", 1), ("first", "billing", 7)], []
        )
    )
    assert [place.role for place in found.places] == ["first", "early", "late"]


def test_roles_of_one_cell_change_places_where_that_uncrosses_their_lines():
    found = layout(
        graph(
            [
                ("a", "billing", 1),
                ("b", "billing", 1),
                ("to-b", "billing", 2),
                ("to-a", "billing", 2),
            ],
            [("a", "to-a"), ("b", "to-b")],
        )
    )
    at = places(found)
    assert at["a"].y == at["to-a"].y
    assert at["b"].y == at["to-b"].y
    assert crossings(found) == 0


def test_a_level_past_the_last_column_stands_in_it():
    found = layout(graph([("a", "billing", LEVELS), ("b", "billing", 12)], []))
    assert len({place.x for place in found.places}) == 1


def test_a_track_without_a_name_gets_a_lane_after_the_others():
    found = layout(graph([("a", "aviation", 1), ("b", "data", 1)], []))
    assert [lane.track for lane in found.lanes] == ["data", "aviation"]


@pytest.mark.parametrize(
    "moves",
    [[("a", "a")], [("a", "gone")], [("gone", "a")]],
    ids=["of a role to itself", "to no role", "from no role"],
)
def test_a_move_that_cannot_be_drawn_is_left_out(moves):
    assert layout(graph([("a", "billing", 1)], moves)).lines == ()


def test_a_map_without_roles_is_empty():
    found = layout(graph([], []))
    assert (found.places, found.lines, found.lanes) == ((), (), ())


# Lines


def test_a_move_to_the_next_role_of_its_row_is_a_straight_line():
    found = layout(graph([("a", "billing", 1), ("b", "billing", 3)], [("a", "b")]))
    (line,) = found.lines
    assert len(line.points) == 2


def test_a_line_goes_around_a_role_in_its_row():
    found = layout(
        graph(
            [("a", "billing", 1), ("way", "billing", 2), ("b", "billing", 3)],
            [("a", "b")],
        )
    )
    (line,) = found.lines
    assert len(line.points) > 2
    assert node_hits(found) == []


# Arrow keys


@pytest.mark.parametrize(
    ("key", "role", "leads_to"),
    [
        ("right", "a", "far"),
        ("left", "far", "a"),
        ("right", "b", "mid"),
        ("left", "mid", "b"),
        ("down", "a", "b"),
        ("down", "b", "mid"),
        ("up", "b", "a"),
        ("up", "a", ""),
        ("right", "far", ""),
    ],
)
def test_arrow_keys_follow_moves_before_they_follow_columns(key, role, leads_to):
    found = layout(
        graph(
            [
                ("a", "billing", 1),
                ("b", "facility", 1),
                ("mid", "facility", 2),
                ("far", "billing", 3),
            ],
            [("a", "far")],
        )
    )
    assert getattr(found.arrows[role], key) == leads_to


# The checks themselves


def _of(*lines):
    found = [Line(f"{n}", f"{n} on", points) for n, points in enumerate(lines)]
    return Layout((), (Place("box", "billing", 200, 100),), tuple(found), 500, {})


def test_crossings_are_counted_once_a_point():
    upright = ((50, 0), (50, 90))
    level = ((0, 40), (99, 40))
    assert crossings(_of(upright, level)) == 1
    assert crossings(_of(upright, level, level)) == 1
    assert crossings(_of(upright, ((50, 40), (99, 40)))) == 0


def test_a_line_through_a_box_is_a_hit():
    through = _of(((0, 120), (400, 120)))
    assert [role for _, role in node_hits(through)] == ["box"]
    assert node_hits(_of(((0, 99), (400, 99)))) == []


def test_lines_of_different_roles_on_one_another_are_found():
    assert len(shared_stretches(_of(((0, 9), (60, 9)), ((50, 9), (99, 9))))) == 1
    assert shared_stretches(_of(((0, 9), (50, 9)), ((50, 9), (99, 9)))) == []
