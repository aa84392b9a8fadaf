"""Who may do what in the admin, and the review that pages go through."""

from io import StringIO

from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

import pytest

from careers.accounts.models import User
from careers.jobs.models import JobListing
from careers.pathways.management.commands import set_up_editors
from careers.pathways.models import GuideIndexPage
from tests.jobs.factories import JobListingFactory

from .factories import GuidePageFactory, home, index

pytestmark = pytest.mark.django_db


def set_up(**options):
    out = StringIO()
    call_command("set_up_editors", stdout=out, **options)
    return out.getvalue().strip()


def one_of(group):
    person = User.objects.create_user(f"{group.lower()}@board.example", "secret")
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def ready():
    home()
    set_up()


@pytest.mark.parametrize(
    ("permission", "editors", "moderators"),
    [
        ("wagtailadmin.access_admin", True, True),
        ("pathways.add_author", True, True),
        ("pathways.change_move", True, True),
        ("pathways.delete_move", False, True),
        ("pathways.change_sitesettings", False, True),
        ("jobs.change_role", True, True),
        ("jobs.delete_role", False, True),
        ("jobs.change_joblisting", True, True),
        ("jobs.publish_joblisting", False, True),
        ("search.add_synonym", True, True),
        ("search.delete_synonym", False, True),
        ("wagtailredirects.add_redirect", False, True),
        ("wagtailcore.add_workflow", False, False),
        ("accounts.change_user", False, False),
    ],
)
def test_editors_write_and_moderators_publish(ready, permission, editors, moderators):
    assert one_of("Editors").has_perm(permission) is editors
    assert one_of("Moderators").has_perm(permission) is moderators


@pytest.mark.parametrize(
    ("group", "publish", "lock"),
    [("Editors", False, False), ("Moderators", True, True)],
)
def test_pages_anywhere_below_home_are_written_by_both(ready, group, publish, lock):
    page = GuidePageFactory(draft=True)
    may = page.permissions_for_user(one_of(group))
    assert may.can_edit()
    assert may.can_submit_for_moderation()
    assert may.can_publish() is publish
    assert may.can_lock() is lock
    parent = page.get_parent().permissions_for_user(one_of_again(group))
    assert parent.can_add_subpage()


def one_of_again(group):
    return User.objects.get(email=f"{group.lower()}@board.example")


def test_pages_and_listings_are_reviewed_by_any_moderator(ready):
    page = GuidePageFactory(draft=True)
    workflow = page.get_workflow()
    assert workflow.name == "Review"
    assert JobListing.get_default_workflow() == workflow
    (task,) = workflow.tasks.specific()
    assert [group.name for group in task.groups.all()] == ["Moderators"]
    actions = [name for name, *_ in task.get_actions(page, one_of("Moderators"))]
    assert actions == ["reject", "approve", "approve"]
    assert task.get_actions(page, one_of("Editors")) == []
    assert JobListingFactory(draft=True).has_workflow


def test_running_it_again_adds_nothing(ready):
    assert set_up() == "Added 0 permissions and no review."
    assert Workflow.objects.filter(name="Review").count() == 1
    assert GroupApprovalTask.objects.filter(name=set_up_editors.TASK).count() == 1


def test_a_dry_run_changes_nothing():
    home()
    assert set_up(dry_run=True).startswith("Dry run: would have added ")
    assert set_up_editors.is_due()
    assert not Group.objects.get(name="Editors").permissions.filter(
        codename="add_author"
    )


def test_what_an_administrator_granted_or_attached_stays(ready):
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(Permission.objects.get(codename="delete_move"))
    guides = index(GuideIndexPage, "guides")
    own = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowPage.objects.filter(page=home()).update(workflow=own)
    WorkflowPage.objects.create(page=guides, workflow=own)
    set_up()
    assert editors.permissions.filter(codename="delete_move").exists()
    assert WorkflowPage.objects.get(page=home()).workflow == own
    assert WorkflowPage.objects.get(page=guides).workflow == own


def test_what_an_administrator_took_away_comes_back_by_hand_only(ready):
    Group.objects.get(name="Editors").permissions.clear()
    assert not set_up_editors.is_due()
    set_up()
    assert one_of("Editors").has_perm("jobs.change_role")


def test_permission_from_further_up_is_enough(ready):
    """Wagtail's first migration lets both groups work on all pages."""
    root = Page.get_first_root_node()
    assert set(GroupPagePermission.objects.values_list("page", flat=True)) == {root.pk}
    GroupPagePermission.objects.all().delete()
    set_up()
    held = GroupPagePermission.objects.filter(group__name="Editors")
    assert {(p.page_id, p.permission.codename) for p in held} == {
        (home().pk, "add_page"),
        (home().pk, "change_page"),
    }


def test_it_is_due_until_pages_are_reviewed():
    assert not set_up_editors.is_due()
    home()
    assert set_up_editors.is_due()
    set_up()
    assert not set_up_editors.is_due()
    Workflow.objects.filter(name="Review").update(name="Ours")
    assert not set_up_editors.is_due()
    WorkflowContentType.objects.all().delete()
    assert not set_up_editors.is_due()


def test_without_a_home_page_there_is_nothing_to_review():
    with pytest.raises(CommandError, match="There is no home page yet"):
        set_up()
