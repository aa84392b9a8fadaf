import re
from xml.etree import ElementTree

import pytest

from careers.jobs.presentation.pay_strip import pay_strip
from careers.pathways.map_drawing import (
    BOX_WIDTH,
    carried_strip,
    in_flag,
    map_svg,
    path,
    sentence,
    wrapped,
)
from careers.pathways.role_map import Line, MoveEdge, RoleGraph, RoleNode, TrackName

TRACKS = (
    TrackName("facility", "Facility", "FA"),
    TrackName("audit", "Audit & compliance", "AU"),
)
OUTPATIENT = RoleNode(
    "outpatient-coder", "Outpatient facility coder", "facility", 3, 1240,
    50_000, 60_300, 70_000, "Outpatient coder", "/roles/outpatient-coder/",
)  # fmt: skip
INPATIENT = RoleNode(
    "inpatient-coder", "Inpatient coder", "facility", 4, 212, 60_000, 69_400, 79_000,
    url="/roles/inpatient-coder/",
)  # fmt: skip
AUDITOR = RoleNode(
    "coding-auditor", "Coding auditor", "audit", 5, 141, 66_000, 64_000, 88_000,
    url="/roles/coding-auditor/",
)  # fmt: skip
REGISTRAR = RoleNode(
    "cancer-registrar", "Cancer registrar", "audit", 5, 3, url="/jobs/?role=<&>"
)
GRAPH = RoleGraph(
    nodes=(OUTPATIENT, INPATIENT, AUDITOR, REGISTRAR),
    edges=(
        MoveEdge("outpatient-coder", "inpatient-coder", 12, 24),
        MoveEdge("inpatient-coder", "coding-auditor", 36, 36),
        MoveEdge("inpatient-coder", "cancer-registrar", 12, 24),
        MoveEdge("outpatient-coder", "coding-auditor", 36, 60),
    ),
    tracks=TRACKS,
)


def drawn(focus="", you="", graph=GRAPH):
    return ElementTree.fromstring(map_svg(graph, focus, you))  # noqa: S314, ours


def roles(svg):
    return {link.get("data-role"): link for link in svg.iter("a")}


def flags(link, kind):
    return ["".join(g.itertext()) for g in link.iter("g") if g.get("class") == kind]


def lines(svg):
    return {
        (move.get("data-from"), move.get("data-to")): move
        for move in svg.iter("path")
        if move.get("class") == "move"
    }


# Roles


def test_each_role_is_a_link_that_says_what_the_map_shows_of_it():
    found = {role: link.find("title").text for role, link in roles(drawn()).items()}
    assert found == {
        "outpatient-coder": (
            "Outpatient facility coder, facility, level 3: 1,240 open. "
            "Posted pay $50,000 to $70,000, median $60,300. "
            "Leads to inpatient coder and coding auditor."
        ),
        "inpatient-coder": (
            "Inpatient coder, facility, level 4: 212 open. "
            "Posted pay $60,000 to $79,000, median $69,400. "
            "Leads to coding auditor and cancer registrar."
        ),
        "coding-auditor": (
            "Coding auditor, audit & compliance, level 5: 141 open. "
            "Posted pay $66,000 to $88,000, median $64,000. "
            "No move leads on from here."
        ),
        "cancer-registrar": (
            "Cancer registrar, audit & compliance, level 5: 3 open. "
            "Too few listings post their pay. No move leads on from here."
        ),
    }


def test_the_sentence_of_the_readers_own_role_says_so():
    assert sentence(GRAPH, INPATIENT, is_you=True).startswith("Inpatient coder (you), ")


def test_links_stand_in_reading_order_and_lead_to_the_roles():
    found = [link.get("href") for link in drawn().iter("a")]
    assert found[:2] == ["/roles/outpatient-coder/", "/roles/inpatient-coder/"]
    assert "/jobs/?role=<&>" in found


def test_a_role_without_usual_pay_has_an_axis_and_nothing_on_it():
    def parts(role):
        return {part.get("class") for part in roles(drawn())[role]}

    assert {"node-axis", "node-band", "node-median"} <= parts("inpatient-coder")
    assert "node-axis" in parts("cancer-registrar")
    assert not {"node-band", "node-median"} & parts("cancer-registrar")


def test_pay_past_the_axis_stays_inside_the_box():
    director = RoleNode("d", "Director", "audit", 7, 1, 120_000, 150_000, 190_000)
    svg = drawn(graph=RoleGraph((director,), (), TRACKS))
    (link,) = svg.iter("a")
    box, band = (
        next(part for part in link if part.get("class") == name)
        for name in ("node-box", "node-band")
    )
    right = float(band.get("x")) + float(band.get("width"))
    assert right < float(box.get("x")) + BOX_WIDTH
    assert not [part for part in link if part.get("class") == "node-median"]


# Focus


def test_the_map_is_quiet_without_a_role_in_focus():
    svg = drawn()
    assert not [move for move in lines(svg).values() if move.get("data-on") is not None]
    assert not [
        link
        for link in svg.iter("a")
        if link.get("data-focus") is not None or link.get("data-near") is not None
    ]


def test_moves_of_the_role_in_focus_come_forward_with_heads_and_over_the_others():
    svg = drawn("inpatient-coder")
    order = list(lines(svg))
    on = [move for move in order if lines(svg)[move].get("data-on") is not None]
    assert on == [move for move in order if "inpatient-coder" in move] == order[-3:]
    for move, line in lines(svg).items():
        assert (line.get("marker-end") is not None) == (move in on)


def test_neighbours_are_flagged_with_what_the_move_adds_to_the_median():
    found = roles(drawn("inpatient-coder"))
    assert found["inpatient-coder"].get("aria-current") == "true"
    assert {
        role: flags(link, "worth-flag")
        for role, link in found.items()
        if link.get("data-near") is not None
    } == {
        "outpatient-coder": ["+$9.1k"],
        "coding-auditor": ["−$5.4k"],
        "cancer-registrar": [""],
    }


def test_where_moves_lead_both_ways_the_flag_is_of_the_move_on():
    both = RoleGraph(
        GRAPH.nodes,
        (
            MoveEdge("coding-auditor", "inpatient-coder", 12, 12),
            MoveEdge("inpatient-coder", "coding-auditor", 12, 12),
        ),
        TRACKS,
    )
    for focus, flag in (("inpatient-coder", "−$5.4k"), ("coding-auditor", "+$5.4k")):
        found = roles(drawn(focus, graph=both))
        other = ({"inpatient-coder", "coding-auditor"} - {focus}).pop()
        assert flags(found[other], "worth-flag") == [flag]


def test_each_move_carries_its_worth_for_the_script():
    found = lines(drawn())
    assert found["outpatient-coder", "inpatient-coder"].get("data-worth") == "+$9.1k"
    assert found["inpatient-coder", "cancer-registrar"].get("data-worth") is None


def test_only_the_readers_own_role_is_flagged_you():
    found = roles(drawn(you="inpatient-coder"))
    assert [role for role, link in found.items() if flags(link, "you-flag")] == [
        "inpatient-coder"
    ]


# The whole


@pytest.mark.parametrize("unknown", ["", "no-such-role", "<script>"])
def test_an_unknown_role_in_focus_changes_nothing(unknown):
    assert map_svg(GRAPH, unknown, unknown) == map_svg(GRAPH)


def test_words_are_escaped_and_nothing_is_styled_or_scripted_inline():
    odd = RoleNode("a", 'A&B "<b>"', "audit", 1, 1, url='/"><script>')
    text = map_svg(RoleGraph((odd,), (), TRACKS), "a", "a")
    assert "<script" not in text
    assert "<b>" not in text
    assert not re.search(r"\s(style|on\w+)=", text)


def test_a_map_without_roles_is_still_a_drawing():
    assert drawn(graph=RoleGraph((), (), TRACKS)).tag == "svg"


# Parts


@pytest.mark.parametrize(
    ("dollars", "words"),
    [
        (9_149, "+$9.1k"),
        (-3_400, "−$3.4k"),
        (12_960, "+$13.0k"),
        (50, "+$0.1k"),
        (49, "same"),
        (-49, "same"),
        (0, "same"),
    ],
)
def test_flags_say_thousands_with_a_sign(dollars, words):
    assert in_flag(dollars) == words


def test_corners_are_rounded_as_far_as_there_is_room():
    roomy = Line("a", "b", ((0, 0), (50, 0), (50, 80), (90, 80)))
    assert path(roomy) == "M0 0H43Q50 0 50 7V73Q50 80 57 80H90"
    tight = Line("a", "b", ((0, 0), (50, 0), (50, 8), (90, 8)))
    assert path(tight) == "M0 0H46Q50 0 50 4V4Q50 8 54 8H90"
    assert path(Line("a", "b", ((0, 5), (30, 5)))) == "M0 5H30"


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("Coding auditor", ["Coding auditor"]),
        ("Insurance verification", ["Insurance", "verification"]),
        ("Revenue cycle director", ["Revenue cycle", "director"]),
        ("", [""]),
    ],
)
def test_names_take_two_lines_at_most(words, rows):
    assert wrapped(words, 98) == rows


def test_a_name_that_does_not_fit_is_cut():
    first, second = wrapped("Health information management integrity specialist", 98)
    assert first == "Health"
    assert second.endswith("…")
    (only,) = wrapped("Otorhinolaryngologycoder", 98)
    assert only.endswith("…")


# The strip of a move


def test_the_other_roles_median_is_carried_over_and_said():
    strip = pay_strip(None, INPATIENT, role="inpatient coder")
    svg = ElementTree.fromstring(  # noqa: S314, ours
        carried_strip(strip, "20%", "coding auditor")
    )
    dashed = [line for line in svg if line.get("class") == "pay-strip-from"]
    assert [line.get("x1") for line in dashed] == ["20%"]
    assert svg.get("aria-label").endswith("Dashed: the median of coding auditor.")


def test_a_strip_without_a_median_to_carry_shows_its_own_alone():
    strip = pay_strip(None, INPATIENT, role="inpatient coder")
    assert "pay-strip-from" not in carried_strip(strip, "", "coding auditor")
    assert carried_strip(None, "20%", "coding auditor") == ""
