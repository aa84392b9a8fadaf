"""Who may do what in the admin, and how a page is reviewed before readers see it.

Editors write: pages, listings, the words of the field, moves, authors, images and
documents. Moderators do that too, and publish. The command only adds what is missing:
what an administrator granted or attached stays. What an administrator took away comes
back when somebody runs it; `prepare_site` does so once, while nothing is reviewed yet.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q

from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from careers.jobs.models import JobListing

from ...models import HomePage

EDITORS, MODERATORS = "Editors", "Moderators"
REVIEW = "Review"
TASK = "Review by a moderator"

#: What both groups keep in the admin, by app.
KEPT = {
    "jobs": (
        "codeset",
        "credential",
        "credentialbody",
        "employer",
        "joblisting",
        "place",
        "role",
        "setting",
        "software",
        "specialty",
    ),
    "search": ("synonym",),
    "pathways": ("author", "move"),
}
WRITING = ("add", "change", "view")
#: What only moderators may, as app and codename.
FOR_MODERATORS = (
    ("wagtailredirects", "add_redirect"),
    ("wagtailredirects", "change_redirect"),
    ("wagtailredirects", "delete_redirect"),
    ("pathways", "change_sitesettings"),
)
ON_PAGES = {
    EDITORS: ("add_page", "change_page"),
    MODERATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
ON_FILES = tuple(
    f"{act}_{kind}"
    for kind in ("image", "document")
    for act in ("add", "change", "choose")
)


def is_due():
    """Whether nobody has set up a review of pages yet."""
    home = HomePage.objects.first()
    return home is not None and not (
        Workflow.objects.filter(name=REVIEW).exists()
        or WorkflowPage.objects.filter(page=home).exists()
    )


class Command(BaseCommand):
    help = (
        "Gives editors and moderators their permissions and sets up the review of "
        "pages and listings. Adds what is missing and takes nothing away."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would be added and change nothing.",
        )

    @transaction.atomic
    def handle(self, *, dry_run, **options):
        home = HomePage.objects.first()
        if home is None:
            raise CommandError("There is no home page yet. Run prepare_site first.")
        groups = {
            name: Group.objects.get_or_create(name=name)[0]
            for name in (EDITORS, MODERATORS)
        }
        added = sum(
            self.allow(group, name)
            + self.allow_pages(group, name, home)
            + self.allow_files(group)
            for name, group in groups.items()
        )
        made = self.set_up_review(groups[MODERATORS], home)
        if dry_run:
            transaction.set_rollback(True)
        would = "Dry run: would have added" if dry_run else "Added"
        review = f"review of {' and '.join(made)}" if made else "no review"
        self.stdout.write(f"{would} {added} permissions and {review}.")

    # Permissions

    def allow(self, group, name):
        missing = _of_models(name).exclude(group=group)
        number = missing.count()
        group.permissions.add(*missing)
        return number

    def allow_pages(self, group, name, home):
        """Below the home page, unless the group may do it from further up."""
        above = [*home.get_ancestors(), home]
        held = GroupPagePermission.objects.filter(group=group, page__in=above)
        missing = Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(Page),
            codename__in=ON_PAGES[name],
        ).exclude(pk__in=held.values("permission"))
        made = GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=home, permission=permission)
            for permission in missing
        )
        return len(made)

    def allow_files(self, group):
        everything = Collection.get_first_root_node()
        held = GroupCollectionPermission.objects.filter(
            group=group, collection=everything
        )
        missing = Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"],
            codename__in=ON_FILES,
        ).exclude(pk__in=held.values("permission"))
        made = GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(
                group=group, collection=everything, permission=permission
            )
            for permission in missing
        )
        return len(made)

    # Review

    def set_up_review(self, moderators, home):
        """Attach the review where nothing is reviewed yet; answers where."""
        listings = ContentType.objects.get_for_model(JobListing)
        made = []
        if not WorkflowPage.objects.filter(page=home).exists():
            WorkflowPage.objects.create(page=home, workflow=self.review(moderators))
            made.append("pages")
        if not WorkflowContentType.objects.filter(content_type=listings).exists():
            WorkflowContentType.objects.create(
                content_type=listings, workflow=self.review(moderators)
            )
            made.append("listings")
        return made

    def review(self, moderators):
        """One task: any moderator approves or asks for changes."""
        workflow, is_new = Workflow.objects.get_or_create(name=REVIEW)
        if is_new:
            task = GroupApprovalTask.objects.create(name=TASK)
            task.groups.add(moderators)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        return workflow


def _of_models(name):
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for app, models in KEPT.items():
        ours = Q(content_type__app_label=app, content_type__model__in=models)
        if name == EDITORS:
            ours &= Q(codename__regex=f"^({'|'.join(WRITING)})_")
        wanted |= ours
    if name == MODERATORS:
        for app, codename in FOR_MODERATORS:
            wanted |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(wanted)
