from io import StringIO

from django.contrib.auth.models import Group
from django.core.management import call_command

from wagtail.models import Page, Site

import pytest

from careers.accounts.models import User
from careers.jobs.models import JobListing, Place, Role, Setting
from careers.pathways.models import HomePage
from careers.salaries.models import OfficialWage

pytestmark = pytest.mark.django_db


def prepared(*, pages=False, **options):
    """The command's lines; without the starter pages, which take a while."""
    out = StringIO()
    call_command("prepare_site", stdout=out, verbosity=0, pages=pages, **options)
    return out.getvalue().splitlines()


def test_an_empty_site_gets_words_a_home_page_and_listings():
    closing = prepared(listings=5)[-1]
    assert Role.objects.exists()
    assert JobListing.objects.live().count() == 5
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get()
    assert closing.startswith("Prepared: vocabulary, ")
    assert closing.endswith("5 starter listings.")


def test_wagtails_welcome_page_gives_way():
    prepared(listings=0)
    assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == [
        "start"
    ]


def test_preparing_again_changes_nothing():
    assert "starter pages" in prepared(listings=5, pages=True)[-1]
    before = set(JobListing.objects.values_list("id", "title"))
    assert prepared(listings=9, pages=True) == ["Prepared: all was in place."]
    assert set(JobListing.objects.values_list("id", "title")) == before


def test_an_older_site_gets_wages_and_the_metropolitan_areas_of_its_places():
    prepared(listings=0)
    OfficialWage.objects.all().delete()
    Place.objects.update(metro="")
    Setting.objects.filter(slug="dialysis").delete()
    assert prepared(listings=0)[-1] == "Prepared: metropolitan areas, official wages."
    assert Place.objects.get(slug="columbus-oh").metro == "18140"
    assert OfficialWage.objects.filter(area="US").exists()
    # What an editor threw away is no part of it.
    assert not Setting.objects.filter(slug="dialysis").exists()


def test_what_an_editor_wrote_stays():
    prepared(listings=0)
    Page.objects.filter(depth=2).update(title="Our board", slug="board")
    prepared(listings=0)
    assert HomePage.objects.get().title == "Our board"


@pytest.mark.parametrize(
    ("group", "permission", "may"),
    [
        ("Editors", "jobs.change_joblisting", True),
        ("Editors", "jobs.add_role", True),
        ("Editors", "search.change_synonym", True),
        ("Editors", "jobs.publish_joblisting", False),
        ("Moderators", "jobs.publish_joblisting", True),
        ("Moderators", "jobs.delete_employer", True),
    ],
)
def test_editors_may_write_and_moderators_may_publish(group, permission, may):
    prepared(listings=0)
    person = User.objects.create_user("person@desk.example", "a long password")
    person.groups.add(Group.objects.get(name=group))
    assert person.has_perm("wagtailadmin.access_admin")
    assert person.has_perm(permission) is may


def test_groups_that_an_administrator_changed_stay():
    prepared(listings=0)
    Group.objects.get(name="Editors").permissions.clear()
    prepared(listings=0)
    assert not Group.objects.get(name="Editors").permissions.exists()
