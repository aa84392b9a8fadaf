"""The acts of an editor on a listing: pages of the admin that ask before they act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic.edit import FormMixin, ProcessFormView

from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import (
    BaseObjectMixin,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateTimeInput, Button

from . import moderation

#: Until when a reopened listing stays open, unless the editor says otherwise.
REOPENED_FOR = timedelta(days=30)


class NothingForm(forms.Form):
    pass


class UntilForm(forms.Form):
    until = forms.DateTimeField(
        label="Closes",
        widget=AdminDateTimeInput,
        help_text="Date and time ahead of now; it counts at once, everywhere.",
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=255, help_text="For the history; visitors do not see it."
    )


@dataclass(frozen=True)
class Act:
    """``suits`` says in which state a listing offers the act."""

    name: str
    label: str
    explains: str
    done: str
    icon: str
    perform: Callable
    suits: Callable
    form_class: type[forms.Form] = NothingForm
    is_serious: bool = False

    @property
    def url_name(self):
        return f"wagtailsnippets_jobs_joblisting:{self.name}"

    def url(self, listing, next_url=""):
        url = reverse(self.url_name, args=[listing.pk])
        return f"{url}?{urlencode({'next': next_url})}" if next_url else url


def _is_open(listing):
    return listing.is_live


def _is_closed(listing):
    return listing.is_closed


def _is_shown(listing):
    return listing.live and listing.removed_at is None


def _is_removed(listing):
    return listing.removed_at is not None


CHANGE_CLOSE_DATE = Act(
    "change_close_date",
    "Change the close date",
    "The listing stays open until the date you give.",
    "closes on the new date",
    "calendar-alt",
    moderation.change_close_date,
    _is_open,
    UntilForm,
)
CONFIRM = Act(
    "confirm",
    "Confirm as open",
    "You know from the employer that the job is still open; the page says so.",
    "is confirmed as open",
    "check",
    moderation.confirm,
    _is_open,
)
CLOSE = Act(
    "close",
    "Close",
    "It leaves results, feeds and mails at once. Its page stays up and says when it "
    "closed; you can reopen it.",
    "is closed",
    "cross",
    moderation.close,
    _is_open,
)
REOPEN = Act(
    "reopen",
    "Reopen",
    "It is open again until the date you give, and counts as posted once more.",
    "is open again",
    "undo",
    moderation.reopen,
    _is_closed,
    UntilForm,
)
REMOVE = Act(
    "remove",
    "Remove",
    "For fraud and the like: its page answers that it is gone (410). The row stays for "
    "pay statistics. A job that is filled is closed, not removed.",
    "is removed",
    "bin",
    moderation.remove,
    _is_shown,
    ReasonForm,
    is_serious=True,
)
RESTORE = Act(
    "restore",
    "Restore",
    "It is again what it was before it was removed.",
    "is restored",
    "undo",
    moderation.restore,
    _is_removed,
)
ACTS = (CHANGE_CLOSE_DATE, CONFIRM, CLOSE, REOPEN, REMOVE, RESTORE)


def acts_for(listing):
    return [act for act in ACTS if act.suits(listing)]


def buttons(listing, next_url=""):
    """The acts that a listing's state offers, as buttons of a menu."""
    return [
        Button(
            act.label,
            url=act.url(listing, next_url),
            icon_name=act.icon,
            priority=40 + number,
        )
        for number, act in enumerate(acts_for(listing))
    ]


class ActView(
    PermissionCheckedMixin,
    BaseObjectMixin,
    WagtailAdminTemplateMixin,
    FormMixin,
    ProcessFormView,
):
    """Asks on GET, acts on POST; an act that no longer suits is explained."""

    act = None
    edit_url_name = None
    index_url_name = None
    permission_required = "publish"
    template_name = "jobs/admin/act.html"

    def get_form_class(self):
        return self.act.form_class

    def get_initial(self):
        if self.act is REOPEN:
            return {"until": timezone.now() + REOPENED_FOR}
        if self.act is CHANGE_CLOSE_DATE:
            return {"until": self.object.expire_at}
        return {}

    def form_valid(self, form):
        try:
            self.act.perform(self.object, user=self.request.user, **form.cleaned_data)
        except moderation.ActError as error:
            form.add_error(next(iter(form.fields), None), str(error))
            return self.form_invalid(form)
        except moderation.NotPublishableError as error:
            form.add_error(None, f"It cannot be open yet. {error.sentence}")
            return self.form_invalid(form)
        messages.success(self.request, f"“{self.object}” {self.act.done}.")
        return redirect(self.next_url or self.edit_url)

    @property
    def next_url(self):
        return get_valid_next_url_from_request(self.request)

    @property
    def edit_url(self):
        return reverse(self.edit_url_name, args=[self.object.pk])

    def get_page_title(self):
        return self.act.label

    def get_page_subtitle(self):
        return str(self.object)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": "Listings"},
            {"url": self.edit_url, "label": str(self.object)},
            {"url": "", "label": self.act.label},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            act=self.act,
            next_url=self.next_url,
            edit_url=self.edit_url,
            **kwargs,
        )
