"""What an editor sees of a listing: the tabs of its form and what stands in them."""

from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.panels import ObjectList as Tab
from wagtail.admin.widgets import AdminDateTimeInput

from . import vocabulary
from .credential_rule import CredentialRule
from .listing_acts import CHANGE_CLOSE_DATE, acts_for
from .listing_form import ListingForm
from .pay import PostedPay
from .presentation.money import PERIOD_WORDS, posted_range
from .presentation.rule_words import rule_sentence


def moment(value):
    """A moment as the admin writes it, "" for none."""
    if value is None:
        return ""
    return date_format(timezone.localtime(value), "j F Y, H:i T")


def day(value):
    """The day of a moment as the admin writes it, "" for none."""
    return date_format(timezone.localtime(value), "j M Y") if value else ""


def posted_words(pay):
    """Pay as posted in one line."""
    return f"{posted_range(pay)} {PERIOD_WORDS[pay.period]}"


class EvidencePanel(Panel):
    """Facts read from the text of an import with the words they rest on."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "jobs/admin/evidence.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {
                "evidence": [
                    {
                        "fact": FACTS.get(read["fact"], read["fact"]),
                        "value": _read_as(read["fact"], read["value"]),
                        "words": read["words"],
                    }
                    for read in self.instance.evidence
                ]
            }


#: The facts of `reading.facts.Facts` as the form calls them.
FACTS = {
    "role": "Role",
    "other_roles": "Other role",
    "settings": "Setting",
    "specialties": "Specialty",
    "software": "Software",
    "codesets": "Code set",
    "rule": "Credential rule",
    "experience_months": "Months of experience",
    "education": "Education",
    "pay": "Pay",
    "pay_basis": "Pay basis",
    "remote": "Remote status",
    "days_on_site": "Days on site a week",
    "states": "States it hires from",
    "employment": "Employment",
    "schedule": "Schedule",
    "test": "Test before hire",
    "quota": "Productivity quota",
    "accuracy": "Accuracy standard",
    "pays_for": "Paid for the coder",
    "benefits": "Benefits",
}
_VOCABULARY = {
    "role": "roles",
    "other_roles": "roles",
    "settings": "settings",
    "specialties": "specialties",
    "software": "software",
    "codesets": "codesets",
}


def _read_as(fact, value):
    """A value that was read, in words; what has no words of its own as it is kept."""
    words = vocabulary.current()
    if fact in _VOCABULARY:
        word = getattr(words, _VOCABULARY[fact]).get(value)
        return word.label if word else value
    if fact == "rule" and isinstance(value, dict):
        rule = CredentialRule.from_json(value)
        return rule_sentence(rule, words.apprentice_forms)
    if fact == "pay" and isinstance(value, dict):
        low, high = Decimal(value["minimum"]), Decimal(value["maximum"])
        return posted_words(PostedPay(low, high, value["period"]))
    return _plain(value)


def _plain(value):
    if isinstance(value, dict):
        stated = ((k, v) for k, v in value.items() if v not in (None, "", []))
        return ", ".join(f"{k.replace('_', ' ')} {_plain(v)}" for k, v in stated)
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)


class OperationPanel(Panel):
    """Facts of operation: shown, never typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "jobs/admin/operation.html"

        def get_context_data(self, parent_context=None):
            listing = self.instance
            acts = [] if listing._state.adding else acts_for(listing)
            return super().get_context_data(parent_context) | {
                "operation": _operation(listing),
                "acts": [{"label": act.label, "url": act.url(listing)} for act in acts],
            }


def _operation(listing):
    return [
        ("First posted", moment(listing.posted_at)),
        ("Last confirmed open", moment(listing.confirmed_at)),
        ("Times reposted", str(listing.times_reposted)),
        ("Closes", moment(listing.expire_at)),
        ("Closed by hand", moment(listing.closed_at)),
        ("Removed", moment(listing.removed_at)),
        ("Removed because", listing.removal_reason),
        ("Source", listing.source or "Posted here"),
        ("Id at the source", listing.external_id),
        ("Address at the source", listing.source_url),
        ("Last seen at the source", moment(listing.last_seen_at)),
        ("Sample data", "Yes" if listing.is_sample else "No"),
    ]


class CloseDatePanel(Panel):
    """The close date of a live listing, which is moved by an act, not by an edit."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "jobs/admin/closing.html"

        def is_shown(self):
            return self.instance.live

        def get_context_data(self, parent_context=None):
            listing = self.instance
            is_open = CHANGE_CLOSE_DATE.suits(listing)
            return super().get_context_data(parent_context) | {
                "closes_at": listing.expire_at,
                "url": CHANGE_CLOSE_DATE.url(listing) if is_open else "",
            }


def _go_live_panel():
    """Wagtail's dialog for scheduled publishing; the close date has its own place."""
    return PublishingPanel(
        children=[
            FieldPanel(
                "go_live_at",
                widget=AdminDateTimeInput(
                    js_overlay_parent_selector="#schedule-publishing-dialog",
                    attrs={
                        "data-controller": "w-action",
                        "data-action": "w-dialog:hidden->w-action#reset",
                        "data-w-dialog-target": "notify",
                    },
                ),
            )
        ]
    )


THE_JOB = Tab(
    [
        FieldPanel("title", required_on_save=True),
        FieldPanel("employer"),
        FieldPanel("role"),
        FieldPanel("other_roles"),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("apply_url"), FieldPanel("apply_email")], "How to apply"
        ),
        FieldPanel(
            "requisition", help_text="The employer's own number of the opening."
        ),
        FieldPanel(
            "expire_at",
            heading="Closes",
            help_text="Every listing closes; from this moment it is gone from results.",
        ),
        CloseDatePanel(heading="Closes"),
        _go_live_panel(),
    ],
    heading="The job",
)
PAY = Tab(
    [
        FieldRowPanel(
            [
                FieldPanel("pay_minimum", heading="Lowest pay, $"),
                FieldPanel("pay_maximum", heading="Highest pay, $"),
                FieldPanel("pay_period", heading="For"),
            ],
            "Pay as posted",
        ),
        FieldPanel("pay_reason"),
        FieldPanel("pay_basis"),
        FieldPanel("benefits"),
    ],
    heading="Pay",
)
WHERE = Tab(
    [
        FieldRowPanel([FieldPanel("remote"), FieldPanel("days_on_site")]),
        FieldPanel("places"),
        FieldPanel("states_basis"),
        FieldPanel("states_listed"),
    ],
    heading="Where",
)
WHAT_IT_ASKS = Tab(
    [
        FieldPanel("credential_rule"),
        FieldPanel("experience_months"),
        FieldPanel("education"),
        MultiFieldPanel(
            [
                FieldPanel("test"),
                FieldRowPanel(
                    [FieldPanel("test_minutes"), FieldPanel("test_open_book")]
                ),
            ],
            "Test before hire",
        ),
        FieldRowPanel(
            [FieldPanel("quota_charts"), FieldPanel("quota_period")], "Productivity"
        ),
        FieldPanel("accuracy"),
    ],
    heading="What it asks",
)
WHAT_THE_WORK_IS = Tab(
    [
        FieldPanel("settings"),
        FieldPanel("employment"),
        FieldPanel("schedule"),
        FieldPanel("specialties"),
        FieldPanel("codesets"),
        FieldPanel("software"),
        FieldPanel("pays_for"),
    ],
    heading="What the work is",
)
FACTS_READ = Tab([EvidencePanel()], heading="Facts read")
OPERATION = Tab([OperationPanel()], heading="Operation")


def listing_panels():
    return TabbedInterface(
        [
            THE_JOB,
            PAY,
            WHERE,
            WHAT_IT_ASKS,
            WHAT_THE_WORK_IS,
            FACTS_READ,
            OPERATION,
        ],
        base_form_class=ListingForm,
    )
