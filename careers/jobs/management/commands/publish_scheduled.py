"""Wagtail's command of this name, for a site whose listings close by the clock.

Pages and other drafts with an expiry date are unpublished when it has passed; listings
are not: they are closed the second they expire, whether or not this command runs, and
stay live rows. Everything whose time to go live has come is published; a listing or a
page that has become incomplete is left as it is, its schedule is cancelled, and the
command says what is missing.
"""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils import timezone

from wagtail.models import DraftStateMixin, Page, Revision

from ...models import JobListing
from ...moderation import NotPublishableError

#: Their expiry is read off the clock.
CLOSED_BY_THE_CLOCK = (JobListing,)


class Command(BaseCommand):
    help = "Publishes and unpublishes what is scheduled; listings close by the clock."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run",
            "--dryrun",
            action="store_true",
            dest="dry_run",
            help="Say what would be done and change nothing.",
        )

    def handle(self, *, dry_run, **options):
        expired = self._unpublish_expired(dry_run)
        published, refused = self._publish_due(dry_run)
        would = "Dry run: would have " if dry_run else ""
        self.stdout.write(
            f"{would}unpublished {expired}, published {published}, "
            f"refused {refused} incomplete."
        )

    def _unpublish_expired(self, dry_run):
        count = 0
        for model in _models_that_expire():
            expired = model.objects.filter(live=True, expire_at__lt=timezone.now())
            for item in list(expired.order_by("expire_at", "pk")):
                count += 1
                self._say("expired", item, item.expire_at)
                if not dry_run:
                    item.unpublish(
                        set_expired=True, log_action="wagtail.unpublish.scheduled"
                    )
        return count

    def _publish_due(self, dry_run):
        published = refused = 0
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at", "pk"):
            self._say("due", revision.object_str, revision.approved_go_live_at)
            if dry_run or self._publish(revision):
                published += 1
            else:
                refused += 1
        return published, refused

    def _publish(self, revision):
        try:
            revision.publish(log_action="wagtail.publish.scheduled")
        except NotPublishableError as error:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            stays = "as it is" if revision.content_object.live else "a draft"
            self.stderr.write(
                f"“{revision.object_str}” stays {stays}. {error.sentence}"
            )
            return False
        return True

    def _say(self, what, item, at):
        self.stdout.write(f"{what}\t{at:%Y-%m-%d %H:%M}\t{item}")


def _models_that_expire():
    return [
        Page,
        *(
            model
            for model in apps.get_models()
            if issubclass(model, DraftStateMixin)
            and not issubclass(model, (Page, *CLOSED_BY_THE_CLOCK))
        ),
    ]
