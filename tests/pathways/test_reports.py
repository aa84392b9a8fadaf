"""What editors read of their pages: old facts, broken links, missing words, reviews."""

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.images.models import Image
from wagtail.models import GroupPagePermission

import pytest
from bs4 import BeautifulSoup
from PIL import Image as Canvas

from careers.accounts.models import User
from careers.pathways import findings

from .factories import (
    CredentialPageFactory,
    GuidePageFactory,
    MoveFactory,
    PlainPageFactory,
    action,
    fact,
    figure,
    heading,
    home,
    sources,
    text,
)

pytestmark = pytest.mark.django_db

STALE, LINKS, PICTURES, REVIEWS, UNPUBLISHED = (
    "stale_facts",
    "broken_links",
    "images_without_words",
    "pages_to_review",
    "unpublished_pages",
)
EVERY = [STALE, LINKS, PICTURES, REVIEWS, UNPUBLISHED]
LONG_AGO = "2024-03-31"


def rows(response):
    """The lines of the report's table, cell by cell."""
    html = BeautifulSoup(response.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in html.select("main table tbody tr")
    ]


def links(response):
    html = BeautifulSoup(response.content, "html.parser")
    return [a["href"] for a in html.select("main table tbody a")]


def downloaded(response):
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(StringIO(text)))


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def a_picture(title, description=""):
    file = BytesIO()
    Canvas.new("RGB", (40, 30), "white").save(file, "PNG")
    file.seek(0)
    return Image.objects.create(
        title=title, description=description, file=ImageFile(file, f"{title}.png")
    )


# Stale facts


@pytest.fixture
def old():
    """A stale fact of each kind, and as many that are fresh."""
    CredentialPageFactory(checked_on=date(2024, 5, 1))
    guide = GuidePageFactory(
        title="Old guide",
        body=[
            heading(),
            fact(checked_on=LONG_AGO),
            fact(label="fresh"),
            sources(checked_on="2023-12-31"),
        ],
    )
    MoveFactory(checked_on=date(2024, 6, 1))
    MoveFactory()
    MoveFactory(checked_on=None, source_name="")
    return guide


def test_facts_whose_source_was_read_over_a_year_ago_are_listed(admin, old):
    shown = rows(admin.get(reverse(STALE)))
    assert [row[1] for row in shown] == [
        "Block of a page",
        "Block of a page",
        "Fact of a credential",
        "Move",
    ]
    assert shown[0] == [
        "Old guide",
        "Block of a page",
        "Source of the page",
        "Dec 31, 2023",
        "AAPC, exam page",
    ]
    assert shown[1][2] == "194,720 specialists employed"
    assert shown[2][:3] == [
        "CPC",
        "Fact of a credential",
        "Membership: Membership costs $222 a year.",
    ]


def test_each_fact_leads_to_where_it_is_mended(admin, old):
    found = links(admin.get(reverse(STALE)))
    assert found[0] == edit_url(old)
    assert all(admin.get(url).status_code == 200 for url in found)


def test_what_is_not_published_is_not_stale_for_anyone(admin, old):
    old.unpublish()
    assert "Old guide" not in [row[0] for row in rows(admin.get(reverse(STALE)))]


@pytest.mark.parametrize(
    ("days", "is_listed"), [(364, False), (365, False), (366, True)]
)
def test_a_year_is_the_border(days, is_listed):
    day = timezone.localdate() - timedelta(days=days)
    GuidePageFactory(body=[fact(checked_on=day.isoformat())])
    assert bool(findings.stale_facts()) is is_listed


def test_a_kind_of_fact_is_chosen_by_the_filter(admin, old):
    shown = rows(admin.get(reverse(STALE), {"kind": "Move"}))
    assert [row[1] for row in shown] == ["Move"]


def test_the_stale_facts_download_as_a_table(admin, old):
    response = admin.get(reverse(STALE), {"export": "csv", "kind": "Move"})
    assert "stale-facts-" in response["Content-Disposition"]
    (row,) = downloaded(response)
    assert row["Source"] == "AHIMA"
    assert row["Address of the source"] == "https://www.ahima.org/"


# Broken links


@pytest.fixture
def broken():
    draft = GuidePageFactory(title="Not yet", slug="not-yet", draft=True)
    PlainPageFactory(
        title="Leads on",
        body=[
            text(f'<p><a linktype="page" id="{draft.pk}">The draft</a></p>'),
            text('<p><a href="/guides/never/">The missing</a></p>'),
            action(label="Gone", url="/nowhere/"),
            text('<p><a href="/jobs/">Open listings</a></p>'),
        ],
    )
    return draft


def test_links_that_lead_nowhere_are_listed_with_the_reason(admin, broken):
    assert rows(admin.get(reverse(LINKS))) == [
        [
            "Leads on",
            "Block 1 (text)",
            "The draft",
            f"Page {broken.pk}",
            "“Not yet” is not published",
        ],
        [
            "Leads on",
            "Block 2 (text)",
            "The missing",
            "/guides/never/",
            "nothing answers at /guides/never/",
        ],
        [
            "Leads on",
            "Block 3 (action)",
            "Gone",
            "/nowhere/",
            "nothing answers at /nowhere/",
        ],
    ]


def test_a_link_is_mended_by_publishing_where_it_leads(admin, broken):
    broken.save_revision().publish()
    assert len(rows(admin.get(reverse(LINKS)))) == 2


def test_links_of_one_kind_of_page_are_chosen_by_the_filter(admin, broken):
    assert len(rows(admin.get(reverse(LINKS), {"kind": "plain page"}))) == 3
    assert rows(admin.get(reverse(LINKS), {"kind": "guide page"})) == []


def test_broken_links_download_as_a_table(admin, broken):
    found = downloaded(admin.get(reverse(LINKS), {"export": "csv"}))
    assert [row["Leads to"] for row in found[1:]] == ["/guides/never/", "/nowhere/"]


# Pictures


def test_pictures_without_words_are_listed_on_pages_and_in_the_library(
    admin, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    bare, good = a_picture("Bare"), a_picture("Good", "A record with two tabs")
    GuidePageFactory(
        title="Pictures",
        body=[
            text(),
            figure(image=good.pk, decorative=False, alt_text=""),
            figure(image=good.pk, decorative=False, alt_text="scan_12.png"),
            figure(image=good.pk, decorative=True, alt_text=""),
            figure(image=good.pk, decorative=False, alt_text="Two tabs of a record"),
        ],
    )
    shown = rows(admin.get(reverse(PICTURES)))
    assert [row[:2] for row in shown] == [
        ["Pictures", "Block 2 (figure): Good"],
        ["Pictures", "Block 3 (figure): Good"],
        ["Bare", "Library of images"],
    ]
    (in_library,) = rows(admin.get(reverse(PICTURES), {"kind": "In the library"}))
    assert in_library[0] == "Bare"
    found = links(admin.get(reverse(PICTURES)))
    assert found[-1] == reverse("wagtailimages:edit", args=[bare.pk])


# Reviews


def test_pages_never_or_long_ago_reviewed_are_listed_in_that_order(admin):
    GuidePageFactory(title="Fresh")
    GuidePageFactory(title="Old", reviewed_on=date(2024, 1, 1))
    GuidePageFactory(title="Never", reviewed_on=None)
    GuidePageFactory(title="A draft", reviewed_on=None, draft=True)
    shown = rows(admin.get(reverse(REVIEWS), {"kind": "guide page"}))
    assert [(row[0], row[2]) for row in shown] == [
        ("Never", "Never"),
        ("Old", "Jan 1, 2024"),
    ]


# Unpublished changes


def test_drafts_and_edits_of_live_pages_are_listed(admin):
    GuidePageFactory(title="A draft", draft=True).save_revision()
    GuidePageFactory(title="Live").save_revision().publish()
    edited = GuidePageFactory(title="Before")
    edited.title = "After"
    edited.save_revision()
    shown = rows(admin.get(reverse(UNPUBLISHED)))
    assert [row[:2] for row in shown] == [
        ["After", "live + draft"],
        ["A draft", "draft"],
    ]


# All of them


@pytest.mark.parametrize("report", EVERY)
def test_an_empty_report_says_so(admin, report):
    home().get_children().delete()
    response = admin.get(reverse(report))
    assert "There are no " in response.content.decode()
    assert admin.get(reverse(f"{report}_results")).status_code == 200


@pytest.mark.parametrize("report", EVERY)
def test_pages_do_not_cost_queries(admin, report, django_assert_max_num_queries):
    def one():
        gone = text('<p><a href="/guides/never/">The missing</a></p>')
        old = fact(checked_on=LONG_AGO)
        bare = figure(image=1, decorative=False, alt_text="")
        page = GuidePageFactory(body=[old, gone, bare], reviewed_on=None)
        page.save_revision(clean=False)

    one()
    url = reverse(report)
    admin.get(url)
    with django_assert_max_num_queries(32) as few:
        admin.get(url)
    for _ in range(6):
        one()
    with django_assert_max_num_queries(len(few)):
        assert len(rows(admin.get(url))) >= 7


@pytest.mark.parametrize("report", EVERY)
@pytest.mark.parametrize(("group", "status"), [("Editors", 200), ("Others", 302)])
def test_reports_are_for_those_who_work_with_pages(client, report, group, status):
    home()
    call_command("set_up_editors", stdout=StringIO())
    others, _ = Group.objects.get_or_create(name="Others")
    others.permissions.set(Group.objects.get(name="Editors").permissions.all())
    assert not GroupPagePermission.objects.filter(group=others).exists()
    person = User.objects.create_user("someone@board.example", "secret")
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    assert client.get(reverse(report)).status_code == status
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse(report) in menu) == (status == 200)
