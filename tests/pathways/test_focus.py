from django.core.cache import cache
from django.template import Context, Template

import pytest

from careers.jobs.models import Role
from careers.pathways import focus
from careers.pathways.models import RoleIndexPage, RolePage
from careers.pathways.role_map import MoveEdge, RoleGraph, RoleNode
from tests.jobs.factories import EmployerFactory, JobListingFactory
from tests.pathways.factories import CredentialPageFactory, MoveFactory, index

pytestmark = pytest.mark.django_db

OUTPATIENT = RoleNode(
    "outpatient-coder", "Outpatient facility coder", "facility", 3, 1240,
    50_000, 60_300, 70_000, url="/roles/outpatient-coder/",
)  # fmt: skip
INPATIENT = RoleNode(
    "inpatient-coder", "Inpatient coder", "facility", 4, 1,
    60_000, 69_400, 79_000, url="/roles/inpatient-coder/",
)  # fmt: skip
CDI = RoleNode(
    "cdi-specialist", "CDI specialist", "documentation", 4, 119,
    70_000, 66_000, 90_000, url="/roles/cdi-specialist/",
)  # fmt: skip
REGISTRAR = RoleNode("cancer-registrar", "Cancer registrar", "data", 4, 3, url="/r/")
DIRECTOR = RoleNode("him-director", "HIM director", "management", 7, 9)
GRAPH = RoleGraph(
    nodes=(OUTPATIENT, INPATIENT, CDI, REGISTRAR, DIRECTOR),
    edges=(
        MoveEdge(
            "outpatient-coder", "inpatient-coder", 12, 24, "You add PCS.", ("CCS",)
        ),
        MoveEdge("inpatient-coder", "cdi-specialist", 36, 36),
        MoveEdge("inpatient-coder", "cancer-registrar", 1, 1),
    ),
    tracks=focus.TRACKS,
)


@pytest.fixture(autouse=True)
def _count_anew():
    cache.clear()
    yield
    cache.clear()


def move(before, after, **values):
    role = Role.objects.get
    return MoveFactory(from_role=role(slug=before), to_role=role(slug=after), **values)


def rendered(tag, **context):
    return Template(f"{{% load pathways %}}{{% {tag} %}}").render(Context(context))


# The roles and moves of today


@pytest.mark.usefixtures("words")
def test_all_roles_are_on_the_map_with_what_is_open():
    JobListingFactory.create_batch(2, role="inpatient-coder")
    JobListingFactory(role="inpatient-coder", closed=True)
    found = focus.graph()
    assert len(found.nodes) == Role.objects.count()
    assert found.node("inpatient-coder").open == 2
    assert found.node("coding-manager").open == 0
    assert found.at is not None


@pytest.mark.usefixtures("words")
def test_pay_is_what_listings_usually_post_or_is_left_open():
    employers = EmployerFactory.create_batch(10)
    for n in range(40):
        JobListingFactory(
            employer=employers[n % 10],
            role="inpatient-coder",
            pay_period="year",
            pay_minimum=60_000,
            pay_maximum=70_000,
        )
    found = focus.graph()
    assert 60_000 <= found.node("inpatient-coder").median <= 70_000
    assert found.node("coding-manager").median is None


@pytest.mark.usefixtures("words")
def test_moves_are_read_as_editors_wrote_them():
    move(
        "outpatient-coder",
        "inpatient-coder",
        what_changes="Much.",
        credentials=["CCS", "CIC"],
    )
    assert focus.graph().edges == (
        MoveEdge(
            "outpatient-coder", "inpatient-coder", 12, 24, "Much.", ("CCS", "CIC")
        ),
    )


@pytest.mark.usefixtures("words")
def test_a_role_leads_to_its_page_once_there_is_one_and_to_its_listings_before():
    assert focus.graph().node("inpatient-coder").url == "/jobs/?role=inpatient-coder"
    role = Role.objects.get(slug="inpatient-coder")
    page = index(RoleIndexPage, "roles").add_child(
        instance=RolePage(title="Inpatient", slug="ip", role=role)
    )
    assert focus.graph().node("inpatient-coder").url == page.url
    page.unpublish()
    assert focus.graph().node("inpatient-coder").url == "/jobs/?role=inpatient-coder"


@pytest.mark.usefixtures("words")
def test_what_editors_keep_is_read_once_and_anew_after_a_change(
    django_assert_num_queries,
):
    focus.graph()
    with django_assert_num_queries(0):
        focus.graph()
    made = move("outpatient-coder", "inpatient-coder")
    assert len(focus.graph().edges) == 1
    made.delete()
    assert not focus.graph().edges


# The role in focus


@pytest.mark.parametrize(
    ("wanted", "you", "slug"),
    [
        ("cdi-specialist", "him-director", "cdi-specialist"),
        ("", "him-director", "him-director"),
        ("gone", "him-director", "him-director"),
        ("gone", "gone", "inpatient-coder"),
        ("", "", "inpatient-coder"),
    ],
)
def test_focus_is_what_was_asked_then_the_readers_role_then_the_busiest(
    wanted, you, slug
):
    assert focus.chosen(GRAPH, wanted, you) == slug


def test_a_map_without_roles_has_no_focus():
    assert focus.chosen(RoleGraph((), (), ()), "", "") == ""


# One role


def test_feeders_stand_on_one_side_and_next_roles_on_the_other():
    found = focus.around(GRAPH, "inpatient-coder")
    assert [card.node.slug for card in found.feeders] == ["outpatient-coder"]
    assert [card.node.slug for card in found.nexts] == [
        "cdi-specialist",
        "cancer-registrar",
    ]
    assert (found.letters, found.track) == ("FA", "Facility")
    assert focus.around(GRAPH, "no-such-role") is None


def test_each_card_says_what_the_move_adds_with_a_true_minus():
    found = focus.around(GRAPH, "inpatient-coder")
    assert [card.worth for card in found.feeders] == ["+$9,100"]
    assert [card.worth for card in found.nexts] == ["−$3,400", ""]


def test_a_missing_figure_is_said_and_not_drawn():
    _, card = focus.around(GRAPH, "inpatient-coder").nexts
    assert card.missing == (
        "Too few listings of cancer registrar post their pay to compare"
    )
    assert (card.strip, card.pay_url) == ("", "")
    (card,) = focus.around(GRAPH, "cancer-registrar").feeders
    assert card.missing.startswith("Too few listings of cancer registrar")
    assert card.strip
    assert "pay-strip-from" not in card.strip


def test_cards_lead_to_listings_and_pay_of_the_other_role():
    (card,) = focus.around(GRAPH, "inpatient-coder").feeders
    assert card.jobs_url == "/jobs/?role=outpatient-coder"
    assert card.pay_url == "/salaries/outpatient-coder/"


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(12, 24, "12 to 24 months"), (36, 36, "36 months"), (1, 1, "1 month")],
)
def test_months_in_words(least, most, words):
    assert focus.takes(MoveEdge("a", "b", least, most)) == words


def test_a_credential_that_helps_leads_to_its_page_where_it_has_one():
    (card,) = focus.around(GRAPH, "inpatient-coder").feeders
    assert [(chip.slug, chip.url) for chip in card.chips] == [("CCS", "")]
    page = CredentialPageFactory(credential__slug="CCS", slug="ccs")
    (card,) = focus.around(GRAPH, "inpatient-coder").feeders
    assert [chip.url for chip in card.chips] == [page.url]


# The list


def test_the_list_goes_through_tracks_and_up_their_levels():
    found = focus.ladders(GRAPH, "inpatient-coder", "him-director")
    assert [(ladder.track.slug, ladder.open) for ladder in found] == [
        ("facility", 1241),
        ("documentation", 119),
        ("data", 3),
        ("management", 9),
    ]
    assert [rung.node.level for rung in found[0].rungs] == [3, 4]
    assert [ladder.is_open for ladder in found] == [True, False, False, True]


def test_every_role_of_the_list_can_be_brought_into_focus_and_keeps_the_readers_own():
    (first, *_) = focus.ladders(GRAPH, "", "him-director")
    assert first.rungs[0].focus_query == "?focus=outpatient-coder&role=him-director"
    (first, *_) = focus.ladders(GRAPH)
    assert first.rungs[0].focus_query == "?focus=outpatient-coder"


# The tags


def test_the_map_comes_with_its_list():
    html = rendered(
        "role_map graph focus='inpatient-coder' you='him-director'", graph=GRAPH
    )
    assert '<svg class="role-map"' in html
    assert "moves in and out of <strong>inpatient coder</strong>" in html
    assert html.count("<mark>You</mark>") == 2
    for node in GRAPH.nodes:
        assert f"?focus={node.slug}&amp;role=him-director#role-focus" in html
    assert "Too few listings post their pay" in html


def test_the_role_in_focus_has_one_open_listing():
    html = rendered("role_focus graph 'inpatient-coder'", graph=GRAPH)
    assert '<b>1</b><a href="/jobs/?role=inpatient-coder">open listing</a>' in html
    assert "Usually 12 to 24 months" in html


@pytest.mark.parametrize(
    ("arguments", "headings"),
    [
        ("", ["h2", "h3", "h4", "h3", "h4", "h4"]),
        ("level=3", ["h3", "h4", "h5", "h4", "h5", "h5"]),
        ("level=3 has_head=False", ["h3", "h4", "h3", "h4", "h4"]),
    ],
)
def test_headings_follow_from_the_level_asked_for(arguments, headings):
    html = rendered(f"role_focus graph 'inpatient-coder' {arguments}", graph=GRAPH)
    found = [part[:2] for part in html.split("<")[1:] if part[0] == "h"]
    assert found == headings


def test_a_role_without_moves_says_so():
    html = rendered("role_focus graph 'him-director'", graph=GRAPH)
    assert "No move of this map begins or ends in this role." in html


def test_an_unknown_role_prints_nothing():
    assert not rendered("role_focus graph 'no-such-role'", graph=GRAPH).strip()
    assert not rendered("role_focus graph None", graph=GRAPH).strip()
