"""Moves and authors, as editors keep them in the admin."""

from django.urls import reverse

import pytest
from bs4 import BeautifulSoup

from careers.pathways.models import Author, Move

from .factories import MoveFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

MOVES = "wagtailsnippets_pathways_move"


def address(name, *args, of=MOVES):
    return reverse(f"{of}:{name}", args=args)


def rows(response):
    html = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in html.select("main table tbody tr")
    ]


def typed(**values):
    usual = {
        "from_role": RoleFactory(slug="inpatient-coder").pk,
        "to_role": RoleFactory(slug="coding-auditor").pk,
        "months_min": "12",
        "months_max": "24",
        "what_changes": "You read what others coded.",
        "credentials": "CPC, CCS",
        "source_name": "",
        "source_url": "",
        "checked_on": "",
    }
    return usual | values


def test_moves_are_listed_with_what_they_take(admin):
    MoveFactory(
        from_role=RoleFactory(slug="inpatient-coder"),
        to_role=RoleFactory(slug="coding-auditor"),
        credentials=["CCS", "CPMA"],
    )
    (row,) = rows(admin.get(address("list")))
    assert row[2:6] == [
        "Inpatient coder",
        "Coding auditor",
        "12 to 24",
        "CCS, CPMA",
    ]


@pytest.mark.parametrize(
    ("track", "number"), [("facility", 1), ("audit", 1), ("billing", 0)]
)
def test_moves_are_chosen_by_the_track_they_touch(admin, track, number):
    MoveFactory(
        from_role=RoleFactory(slug="inpatient-coder"),
        to_role=RoleFactory(slug="coding-auditor"),
    )
    assert len(rows(admin.get(address("list"), {"track": track}))) == number


@pytest.mark.parametrize(
    "written", ["CPC, CCS", "CPC\nCCS", "cpc,ccs,", "CPC\r\n CCS \r\n\r\ncpc"]
)
def test_credentials_are_read_with_commas_and_by_lines(admin, written):
    response = admin.post(address("add"), typed(credentials=written))
    assert response.status_code == 302
    assert Move.objects.get().credentials == ["CPC", "CCS"]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"credentials": "CPC, XYZ"}, "credentials", "We know no credential “XYZ”."),
        (
            {"months_min": "30"},
            None,
            "The least months are more than the most. Exchange them.",
        ),
        ({"source_name": "AAPC"}, "checked_on", "Say when the source said so."),
    ],
)
def test_what_is_wrong_with_a_move_is_said_and_stays_typed(
    admin, wrong, field, message
):
    response = admin.post(address("add"), typed(**wrong))
    form = response.context["form"]
    errors = form.errors[field] if field else form.non_field_errors()
    assert message in errors[0]
    assert "You read what others coded." in response.content.decode()
    assert not Move.objects.exists()


def test_the_form_shows_credentials_with_commas(admin):
    move = MoveFactory(credentials=["CCS", "CPMA"])
    html = admin.get(address("edit", move.pk)).content.decode()
    assert "CCS, CPMA</textarea>" in html


def test_an_author_is_added(admin):
    url = address("add", of="wagtailsnippets_pathways_author")
    admin.post(
        url,
        {
            "name": "The coding desk",
            "kind": "team",
            "credentials": "",
            "about": "",
            "website": "",
        },
    )
    assert Author.objects.get().kind == Author.Kind.TEAM
