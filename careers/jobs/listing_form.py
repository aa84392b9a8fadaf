"""The admin's form of a listing: slugs as ticks, places as lines, the rule as rows.

What a person typed stays in the form whatever is wrong with it, and every error names
the field and the mend.
"""

import re
from collections import defaultdict
from difflib import get_close_matches

from django import forms
from django.template.loader import render_to_string

from wagtail.admin.forms.models import WagtailAdminModelForm

from . import moderation, places, vocabulary
from .credential_rule import MOST_GROUPS, CredentialRule, Group, RuleError
from .facets import EMPLOYMENT_LABELS
from .models import JobListing, Track
from .models.vocabulary import STATE_CHOICES

#: Posted buttons after which a listing may go live, or goes to a moderator.
GOING_LIVE = ("action-publish", "action-submit", "action-restart-workflow")


def is_going_live(data):
    """Whether what was pressed publishes, schedules, submits or approves."""
    is_approval = (
        "action-workflow-action" in data
        and data.get("workflow-action-name") == "approve"
    )
    return is_approval or any(name in data for name in GOING_LIVE)


#: Pay above is for no chart; its equivalents with a large quota would overflow.
MOST_A_CHART = 1_000

#: What Wagtail asks for by itself, in words that name the mend.
REQUIRED = {
    "title": "Give the title of the job.",
    "employer": "Choose the employer.",
    "description": "Describe the job.",
}


class ProjectTemplateMixin:
    """Widgets whose template stands in the project's own folder of templates."""

    def _render(self, template_name, context, renderer=None):
        return render_to_string(template_name, context)


# Slugs of the vocabulary


class TickBoxes(ProjectTemplateMixin, forms.CheckboxSelectMultiple):
    """Boxes to tick, in columns, under the headings of their groups."""

    template_name = "jobs/admin/tick_boxes.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = defaultdict(list)
        for heading, options, _ in context["widget"]["optgroups"]:
            groups[heading] += options
        context["widget"]["groups"] = list(groups.items())
        return context


class SlugsField(forms.MultipleChoiceField):
    """Several slugs; kept in the order of the vocabulary."""

    widget = TickBoxes

    def __init__(self, *, choices, **options):
        super().__init__(choices=choices, required=False, **options)

    def clean(self, value):
        chosen = set(super().clean(value))
        return [slug for slug in _values(self.choices) if slug in chosen]

    def has_changed(self, initial, data):
        return set(initial or ()) != set(data or ())


def _values(choices):
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _values(label)
        else:
            yield value


def _words(name):
    """Choices from a part of the vocabulary, read whenever a form is made."""

    def choices():
        words = getattr(vocabulary.current(), name).values()
        return [(word.slug, word.label) for word in words]

    return choices


def _grouped_words(name, heading):
    def choices():
        groups = defaultdict(list)
        for word in getattr(vocabulary.current(), name).values():
            groups[heading(word)].append((word.slug, word.label))
        return list(groups.items())

    return choices


def _track(word):
    return Track(word.track).label if word.track else "Other"


def _kind(word):
    return word.kind or "Other"


role_choices = _grouped_words("roles", _track)
setting_choices = _grouped_words("settings", _kind)


def _one_role():
    return [("", "Not chosen"), *role_choices()]


# Places


class PlacesField(forms.CharField):
    """One place a line; places that the listing has already are kept as they are."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options):
        super().__init__(required=False, **options)
        self.listed = []

    def prepare_value(self, value):
        return value if isinstance(value, str) else _lines(value)

    def clean(self, value):
        text = super().clean(value)
        known = {_line(place): place for place in self.listed}
        found, errors = [], []
        for number, line in enumerate(text.splitlines(), start=1):
            line = " ".join(line.split())
            place = known.get(line) or _find(line)
            if place:
                found.append(place)
            elif line:
                errors.append(
                    f"Line {number}: we know no place “{line}”. Write a city and its "
                    "state or a ZIP code, such as “Columbus, OH” or “43215”."
                )
        if errors:
            raise forms.ValidationError(errors)
        return [p for n, p in enumerate(found) if p not in found[:n]]

    def has_changed(self, initial, data):
        return _lines(initial) != (data or "").strip()


def _find(line):
    place = places.find(line) if line else None
    return places.as_listed(place) if place else None


def _line(place):
    city_and_state = ", ".join(filter(None, (place.get("city"), place.get("state"))))
    return " ".join(filter(None, (city_and_state, place.get("zip"))))


def _lines(listed):
    return "\n".join(map(_line, listed or []))


# The credential rule


class Basis:
    """What the radio buttons of the rule say."""

    NOT_STATED = "not-stated"
    NONE = "none"
    STATED = "stated"

    CHOICES = (
        (NOT_STATED, "The listing does not say"),
        (NONE, "It says that it asks for none"),
        (STATED, "It asks for what follows"),
    )


class RuleWidget(ProjectTemplateMixin, forms.Widget):
    """Radio buttons, a row for each group, and a line for what is preferred."""

    template_name = "jobs/admin/credential_rule.html"

    def use_required_attribute(self, initial):
        return False

    def id_for_label(self, id_):
        return ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed = value if _is_typed(value) else _as_typed(value)
        groups = [*typed["groups"], *[{} for _ in range(MOST_GROUPS)]][:MOST_GROUPS]
        context["widget"] |= {
            "basis": typed["basis"],
            "basis_choices": Basis.CHOICES,
            "groups": list(enumerate(groups, start=1)),
            "preferred": typed["preferred"],
            "known": vocabulary.current().credentials.values(),
        }
        return context

    def value_from_datadict(self, data, files, name):
        return {
            "basis": data.get(f"{name}-basis", Basis.NOT_STATED),
            "groups": [
                {
                    "any_of": data.get(f"{name}-{n}-any_of", ""),
                    "apprentice_accepted": f"{name}-{n}-apprentice" in data,
                    "within_months": data.get(f"{name}-{n}-within", ""),
                }
                for n in range(1, MOST_GROUPS + 1)
            ],
            "preferred": data.get(f"{name}-preferred", ""),
        }

    def value_omitted_from_data(self, data, files, name):
        return f"{name}-basis" not in data


def _is_typed(value):
    return isinstance(value, dict) and "basis" in value


def _as_typed(rule):
    """A stored rule as the widget shows it."""
    if rule is None:
        return {"basis": Basis.NOT_STATED, "groups": [], "preferred": ""}
    groups = [
        {
            "any_of": ", ".join(group["any_of"]),
            "apprentice_accepted": bool(group.get("apprentice_accepted")),
            "within_months": group.get("within_months") or "",
        }
        for group in rule.get("groups", [])
    ]
    return {
        "basis": Basis.STATED if groups else Basis.NONE,
        "groups": groups,
        "preferred": ", ".join(rule.get("preferred", [])),
    }


class RuleField(forms.Field):
    """Reads the rows into the JSON of a `CredentialRule`, or None for not stated."""

    widget = RuleWidget

    def __init__(self, **options):
        super().__init__(required=False, **options)

    def clean(self, value):
        rows = [
            (number, row)
            for number, row in enumerate(value["groups"], start=1)
            if any(row.values())
        ]
        _refuse_contradiction(value["basis"], rows, value["preferred"])
        if value["basis"] == Basis.NOT_STATED:
            return None
        errors, groups = [], []
        for number, row in rows:
            try:
                groups.append(_group(row))
            except (RuleError, forms.ValidationError) as error:
                errors += [f"Row {number}: {text}" for text in _texts(error)]
        try:
            preferred = _credentials(value["preferred"])
        except forms.ValidationError as error:
            errors += [f"Preferred: {text}" for text in error.messages]
        if errors:
            raise forms.ValidationError(errors)
        return CredentialRule(tuple(groups), preferred).as_json()

    def has_changed(self, initial, data):
        if data is None:
            return False
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True


def _texts(error):
    if isinstance(error, forms.ValidationError):
        return error.messages
    return [str(error)]


def _refuse_contradiction(basis, rows, preferred):
    if basis == Basis.STATED and not rows:
        raise forms.ValidationError(
            "Name the credentials that it asks for, or choose that it asks for none "
            "or does not say."
        )
    if basis == Basis.NONE and rows:
        raise forms.ValidationError(
            "You chose that it asks for none, but a row names credentials. "
            "Choose “It asks for what follows”, or empty the rows."
        )
    if basis == Basis.NOT_STATED and (rows or preferred.strip()):
        raise forms.ValidationError(
            "You chose that the listing does not say, but credentials are named. "
            "Choose one of the other two answers, or empty the rows."
        )


def _group(row):
    within = str(row["within_months"]).strip()
    if within and not within.isdigit():
        raise forms.ValidationError(
            "Give the months to obtain it as a number, or leave it empty where the "
            "credential is due at hire."
        )
    group = Group(
        any_of=_credentials(row["any_of"]),
        apprentice_accepted=row["apprentice_accepted"],
        within_months=int(within) if within else None,
    )
    forms_known = vocabulary.current().apprentice_forms
    if group.apprentice_accepted and not any(
        c in forms_known or c in forms_known.values() for c in group.any_of
    ):
        raise forms.ValidationError(
            "None of these has an apprentice form. Untick “apprentice accepted”."
        )
    return group


_BETWEEN = re.compile(r"[\s,;/|®™]+|\bor\b", re.IGNORECASE)


def _credentials(text):
    """Slugs of the credentials that a line names, in the order named."""
    known = vocabulary.current().credential_by_folded
    found, errors = [], []
    for word in filter(None, map(str.strip, _BETWEEN.split(text))):
        slug = known.get(word.lower())
        if slug:
            found.append(slug)
            continue
        near = get_close_matches(word.lower(), known, n=1)
        hint = f" Did you mean {known[near[0]]}?" if near else ""
        errors.append(f"we know no credential “{word}”.{hint}")
    if errors:
        raise forms.ValidationError(errors)
    return tuple(dict.fromkeys(found))


# The form


class ListingForm(WagtailAdminModelForm):
    role = forms.ChoiceField(
        choices=_one_role, required=False, help_text="What the work mainly is."
    )
    other_roles = SlugsField(
        choices=role_choices,
        help_text="For work that is two things, such as billing and coding.",
    )
    places = PlacesField(
        help_text="A city and its state or a ZIP code, one a line: Columbus, OH 43215."
    )
    states_listed = SlugsField(choices=STATE_CHOICES)
    credential_rule = RuleField()
    employment = SlugsField(choices=list(EMPLOYMENT_LABELS.items()))
    settings = SlugsField(choices=setting_choices)
    specialties = SlugsField(choices=_words("specialties"))
    codesets = SlugsField(choices=_words("codesets"), label="Code sets")
    software = SlugsField(choices=_grouped_words("software", _kind))
    pays_for = SlugsField(
        choices=JobListing.PaysFor.choices, label="The employer pays for"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, message in REQUIRED.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = message
        if "places" in self.fields:
            self.fields["places"].listed = self.instance.places
        if self.instance.live:
            # An open listing's close date is moved by an act that takes effect at once.
            self.fields.pop("expire_at", None)
        for name, field in self.fields.items():
            if isinstance(field, (SlugsField, forms.ChoiceField)):
                self._offer_unknown(field, getattr(self.instance, name, None))

    @staticmethod
    def _offer_unknown(field, value):
        """A word that left the vocabulary stays on the listing until it is unticked."""
        if not value:
            return
        known = set(map(str, _values(field.choices)))
        stated = value if isinstance(value, list) else [value]
        unknown = [(v, v) for v in map(str, stated) if v not in known]
        if unknown:
            field.choices = [*field.choices, ("Not in the vocabulary", unknown)]

    @property
    def is_going_live(self):
        return is_going_live(self.data)

    def clean(self):
        super().clean()
        for name, message in _halves(self.cleaned_data):
            if name in self.fields and name not in self.errors:
                self.add_error(name, message)
        return self.cleaned_data

    def _post_clean(self):
        """Publishing says what is missing once the listing holds what was typed."""
        super()._post_clean()
        if not self.is_going_live:
            return
        for name, message in moderation.missing(self.instance).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, message)


def _halves(data):
    """Statements that were begun and not ended; the database refuses them too."""
    pay = {name: data.get(f"pay_{name}") for name in ("minimum", "maximum", "period")}
    if any(v not in (None, "") for v in pay.values()):
        if pay["minimum"] is None:
            yield "pay_minimum", "Give the lowest pay too, or empty all of the pay."
        if pay["maximum"] is None:
            yield "pay_maximum", "Give the highest pay; for one figure, give it twice."
        if not pay["period"]:
            yield "pay_period", "Choose what the pay is for: an hour, a year …"
    if None not in (pay["minimum"], pay["maximum"]) and pay["minimum"] > pay["maximum"]:
        yield "pay_maximum", "The highest pay is below the lowest. Exchange them."
    if pay["period"] == "chart" and (pay["maximum"] or 0) > MOST_A_CHART:
        yield "pay_maximum", f"Over ${MOST_A_CHART:,} a chart: choose what it is for."
    charts, period = data.get("quota_charts"), data.get("quota_period")
    if charts is not None and not period:
        yield "quota_period", "Choose the time in which the quota is to be met."
    if charts == 0:
        yield "quota_charts", "A quota of 0 is none. Empty it."
    if period and charts is None:
        yield "quota_charts", "Give the number of charts, or choose “Not stated”."
    if data.get("states_basis") in ("allow", "deny") and not data.get("states_listed"):
        yield "states_listed", "Tick the states, or choose “Not stated”."
    if data.get("days_on_site") and data.get("remote") != "hybrid":
        yield "days_on_site", "Days on site belong to hybrid work. Empty them."
