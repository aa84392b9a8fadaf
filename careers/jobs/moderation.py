"""What may go live, and the acts that open and close a listing.

`missing` is the one rule of what is publishable; the admin, the workflow, the schedule
and the imports ask it. The acts write facts of operation: straight to the row, at once,
on every surface. A draft keeps its words, because a revision that is published takes
these facts from the row (`JobListing.with_content_json`). This module imports no model,
so that the model may ask it.
"""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from wagtail.log_actions import log

from . import structured_data

#: A highest figure over so many times the lowest asks for a reason.
WIDEST_RANGE = Decimal("1.5")


class NotPublishableError(ValidationError):
    """Says what is missing by field, as `missing` does."""

    def __init__(self, found):
        super().__init__(found)
        self.missing = found

    @property
    def sentence(self):
        return " ".join(self.missing.values())


class ActError(ValueError):
    """An act that the listing's state does not allow; the message says the mend."""


# What is publishable


def missing(listing):
    """Field to what is missing and how to mend it; empty for a publishable listing.

    A listing from an import may lack what its source does not tell, but never its role,
    and its markup must validate.
    """
    found = structured_data.problems_by_field(listing)
    found |= _closing(listing)
    found |= _essentials(listing)
    if not listing.is_imported:
        found |= _asked_of_posted(listing)
    found |= _pay_width(listing) if "pay_maximum" not in found else {}
    if listing.removed_at is not None:
        found[NON_FIELD_ERRORS] = (
            f"The listing was removed ({listing.removal_reason}). "
            "Restore it before you publish it."
        )
    return found


def _closing(listing):
    if listing.expire_at is not None and listing.expire_at <= timezone.now():
        day = date_format(timezone.localtime(listing.expire_at), "j F Y")
        if listing.live:
            return {"expire_at": f"It closed on {day}. Reopen it before you publish."}
        return {"expire_at": f"The close date, {day}, is past. Give one ahead."}
    return {}


def _essentials(listing):
    return {} if listing.role else {"role": "Choose the role: what the work mainly is."}


def _asked_of_posted(listing):
    found = {}
    if not (listing.apply_url or listing.apply_email):
        found["apply_url"] = "Give a link or an e-mail address to apply to."
    if not listing.settings:
        found["settings"] = "Choose at least one setting."
    if not listing.benefits.strip():
        found["benefits"] = "Describe the benefits; several states require it."
    if not listing.places and listing.remote != listing.RemoteStatus.REMOTE:
        found["places"] = (
            "Give the city and state, one place a line, or choose “Remote”."
        )
    return found | _pay(listing)


def _pay(listing):
    whole = {
        "pay_minimum": "Give the lowest pay.",
        "pay_maximum": "Give the highest pay; for one figure, give it twice.",
        "pay_period": "Choose what the pay is for: an hour, a year …",
    }
    found = {
        name: message
        for name, message in whole.items()
        if getattr(listing, name) in (None, "")
    }
    if listing.pay_minimum == 0:
        found["pay_minimum"] = "The lowest pay is 0. Give what is really paid."
    return found


def _pay_width(listing):
    low, high = listing.pay_minimum, listing.pay_maximum
    if not low or high is None:
        return {}
    if high < low:
        return {"pay_maximum": "The highest pay is below the lowest. Exchange them."}
    if high > low * WIDEST_RANGE and not (listing.pay_reason or listing.is_imported):
        return {
            "pay_reason": (
                "The highest pay is over 1.5 times the lowest. Say why, "
                "or narrow the range."
            )
        }
    return {}


def require_publishable(listing):
    """Raises NotPublishableError with all that stands in the way of going live."""
    if found := missing(listing):
        raise NotPublishableError(found)
    try:
        listing.validate_constraints()
    except ValidationError as error:
        broken = " ".join(error.messages)
        raise NotPublishableError({NON_FIELD_ERRORS: broken}) from error


def prepare_publishing(revision):
    """Called before any revision of a listing is published, whoever publishes it.

    Refuses what is not publishable. A listing posted here is first posted when it first
    opens, not when its draft was begun.
    """
    listing = revision.as_object()
    require_publishable(listing)
    row = revision.content_object
    now = timezone.now()
    if listing.go_live_at is not None and listing.go_live_at > now:
        if row.live and not revision.content.get("live_revision"):
            _keep_live_words(revision)
    elif not (row.live or row.first_published_at or row.is_imported):
        row.posted_at = now


def _keep_live_words(revision):
    """Keeps a live row on the site while an edit of it waits for its time.

    Wagtail does so only where the edit knows of a live revision, and a row that was
    imported never had one.
    """
    row = _row(revision.content_object)
    live = row.live_revision or type(revision).objects.create(
        content_object=row,
        base_content_type=revision.base_content_type,
        content=row.serializable_data(),
        object_str=str(row),
        created_at=revision.created_at - timedelta(microseconds=1),
    )
    type(row).objects.filter(pk=row.pk).update(live_revision=live)
    revision.content["live_revision"] = live.pk
    revision.save(update_fields=["content"])


# Acts


def close(listing, *, user=None, at=None):
    """Closes an open listing, now or as of a moment past; a closed one stays so."""
    row = _row(listing)
    if row.is_closed:
        return
    if not row.is_live:
        raise ActError("Only an open listing can be closed.")
    at = at or timezone.now()
    _write(listing, expire_at=at, closed_at=at)
    _log(listing, "jobs.close", user)


def reopen(listing, *, until, user=None):
    """Opens a closed listing until a moment ahead; it counts as posted again."""
    row = _row(listing)
    if not row.is_closed:
        raise ActError("Only a closed listing can be reopened.")
    now = _ahead(until)
    row.expire_at = until
    require_publishable(row)
    _write(
        listing,
        expire_at=until,
        closed_at=None,
        confirmed_at=now,
        times_reposted=row.times_reposted + 1,
    )
    _log(listing, "jobs.reopen", user, until=until.isoformat())


def change_close_date(listing, *, until, user=None):
    """Moves the close date of an open listing; it is no repost."""
    if not _row(listing).is_live:
        raise ActError("Only an open listing has a close date to move: reopen it.")
    _ahead(until)
    _write(listing, expire_at=until)
    _log(listing, "jobs.change_close_date", user, until=until.isoformat())


def confirm(listing, *, user=None):
    """Someone who knows says that the listing is still open."""
    if not _row(listing).is_live:
        raise ActError("Only an open listing can be confirmed.")
    _write(listing, confirmed_at=timezone.now())
    _log(listing, "jobs.confirm", user)


def remove(listing, *, reason, user=None):
    """Takes a listing off every surface for good: its page answers 410."""
    reason = reason.strip()
    if not reason:
        raise ActError("Say why it is removed.")
    if _row(listing).removed_at is not None:
        raise ActError("It is removed already.")
    _write(listing, removed_at=timezone.now(), removal_reason=reason[:255])
    _log(listing, "jobs.remove", user, reason=reason)


def restore(listing, *, user=None):
    """Undoes a removal; the listing is again what it was: draft, open or closed."""
    if _row(listing).removed_at is None:
        raise ActError("It is not removed.")
    _write(listing, removed_at=None, removal_reason="")
    _log(listing, "jobs.restore", user)


def _ahead(until):
    now = timezone.now()
    if until <= now:
        raise ActError("Give a close date that is ahead.")
    return now


def _row(listing):
    """The listing as it stands in the database: the caller may hold a draft of it."""
    return type(listing).objects.select_related("employer").get(pk=listing.pk)


def _write(listing, **facts):
    """Facts to the row and to the object in hand; nothing else of it is written."""
    type(listing).objects.filter(pk=listing.pk).update(**facts)
    for name, value in facts.items():
        setattr(listing, name, value)


def _log(listing, action, user, **data):
    log(instance=listing, action=action, user=user, data=data or None)


#: Action to its name in lists and the sentence of the history.
LOG_ACTIONS = {
    "jobs.close": ("Close", "Closed"),
    "jobs.reopen": ("Reopen", "Reopened"),
    "jobs.change_close_date": ("Change the close date", "Close date changed"),
    "jobs.confirm": ("Confirm", "Confirmed as still open"),
    "jobs.remove": ("Remove", "Removed"),
    "jobs.restore": ("Restore", "Restored after a removal"),
}


def register_log_actions(actions):
    """For Wagtail's hook of the same name."""
    for action, (label, message) in LOG_ACTIONS.items():
        actions.register_action(action, label, message)
