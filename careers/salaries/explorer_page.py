"""The explorer as its template reads it: words, links and drawings, no HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

import numpy as np

from careers.jobs import vocabulary
from careers.jobs.eligibility import STATES
from careers.jobs.facets import NOT_STATED
from careers.jobs.metros import METROS
from careers.jobs.presentation.facts import in_sentence

from . import charts, official, tile_grid
from .criteria import (
    BANDS,
    EVERYTHING,
    PAY_FACET,
    PER,
    VERSUS,
    WINDOWS,
    PayCriteria,
    PayQuestion,
)
from .explorer import Difference, Explored, Figures, Part, difference
from .models import PayValue, PostedRange
from .models.posted_range import LEAST_YEARLY, MOST_YEARLY
from .ranges import REPOST, TOO_OLD, since, speaks_of_samples
from .wording import group_name, unit, value_label

#: Facets that the form always shows, and those it folds.
SHOWN = ("role", "remote", "credential", "state")
FOLDED = ("setting", "metro", "experience", "employment", "software")
ANY = {
    "role": "Any role",
    "remote": "Anywhere",
    "credential": "Any",
    "state": "All states",
    "setting": "Any setting",
    "metro": "Any area",
    "experience": "Any",
    "employment": "Any",
    "software": "Any",
}
#: The facet set side by side, unless another is asked for: the first that is open.
SIDE_BY_SIDE = ("role", "state", "credential", "setting", "remote")
#: What is said of a facet's values beside their pay.
NOTES = {
    "state": "By the state a listing hires in; a listing open to several states counts "
    "in each.",
    "credential": "A listing that names several counts under each. The rule requires "
    "it, alone or as one of several; it need not be what the pay is for.",
    "setting": "A listing for several settings counts in each.",
    "metro": "By the place of the work; remote work counts where its employer is.",
    "experience": "By the months of experience that a listing requires.",
    "employment": "A listing that offers several kinds counts under each.",
    "software": "A listing that names several counts under each.",
    "role": "Each listing counts under its main role.",
}
#: Why listings are left out, after their number; those of one listing are the same.
REASONS = {
    PostedRange.LeftOut.NOT_POSTED: "do not post their pay",
    PostedRange.LeftOut.NO_QUOTA: "pay by the chart and give no quota",
    PostedRange.LeftOut.ZERO: "post a range that starts at zero",
    PostedRange.LeftOut.TOO_LOW: f"post less than ${LEAST_YEARLY:,} a year",
    PostedRange.LeftOut.TOO_HIGH: f"post more than ${MOST_YEARLY:,} a year",
    REPOST: "repeat an opening that is counted already",
    TOO_OLD: "were posted before the window",
}


@dataclass(frozen=True)
class Field:
    """A choice of the form; the first option is any value."""

    id: str
    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True)
class FormGroup:
    """One group's fields; ``has_more`` opens those that are folded."""

    legend: str
    track: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...]

    @property
    def has_more(self) -> bool:
        return any(field.value for field in self.more)


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class ChartFiles:
    """Where a drawing's numbers and pictures are downloaded; "" for none."""

    csv: str
    svg: str
    png: str


class Address:
    """Prints addresses of the explorer and of what hangs on it."""

    @staticmethod
    def explorer(question: PayQuestion) -> str:
        return address_of("salaries", question.pairs())

    @staticmethod
    def listings(criteria: PayCriteria) -> str:
        return address_of("salaries-listings", criteria.pairs())

    @staticmethod
    def chart(question: PayQuestion, name: str) -> ChartFiles:
        return ChartFiles(
            address_of("salaries-figures", [("chart", name), *question.pairs()]),
            address_of("salaries-chart", question.pairs(), chart=name, ending="svg"),
            address_of("salaries-chart", question.pairs(), chart=name, ending="png"),
        )


def address_of(name: str, pairs: Iterable[tuple[str, str]], **parts: str) -> str:
    query = urlencode(list(pairs))
    path = reverse(name, kwargs=parts)
    return f"{path}?{query}" if query else path


class GroupView:
    """One group in words."""

    def __init__(self, explored: Explored) -> None:
        self.explored = explored
        self.criteria = explored.criteria
        self.figures: Figures = explored.figures
        self.name = group_name(self.criteria)
        self.short = group_name(self.criteria, is_short=True)

    @property
    def track(self) -> str:
        return track_of(self.criteria)

    @property
    def url(self) -> str:
        return Address.explorer(PayQuestion(self.criteria))

    @property
    def listings_url(self) -> str:
        return Address.listings(self.criteria)

    @property
    def left_out(self) -> list[tuple[str, int]]:
        return left_out_words(self.explored.group.left_out)

    @property
    def left_out_total(self) -> int:
        return sum(self.explored.group.left_out.values())

    @cached_property
    def official(self) -> official.Official | None:
        """Of the group's place where they are published there, else of the nation."""
        if len(self.criteria.role) != 1:
            return None
        role, per = self.criteria.role[0], self.criteria.per
        state = "".join(self.criteria.state) if len(self.criteria.state) == 1 else ""
        metro = "".join(self.criteria.metro) if len(self.criteria.metro) == 1 else ""
        here = official.official(role, state=state, metro=metro, per=per)
        if (here is None or not here.is_published) and (state or metro):
            here = official.official(role, per=per)
        return here

    @cached_property
    def wages(self) -> charts.WageStrip | None:
        if self.official is None or not self.official.is_published:
            return None
        return charts.wage_strip(self.official, self.criteria.per)

    @cached_property
    def wider(self) -> "GroupView | None":
        if self.figures.is_enough:
            return None
        explored = self.explored.wider()
        return GroupView(explored) if explored else None


class ExplorerPage:
    """A question answered; what is not read is not computed."""

    def __init__(self, question: PayQuestion) -> None:
        self.question = question
        self.is_sample = speaks_of_samples()
        self.explored = Explored(question.group, is_sample=self.is_sample)
        self.versus = (
            Explored(question.versus, is_sample=self.is_sample)
            if question.versus
            else None
        )

    # Head

    @property
    def per(self) -> str:
        return self.question.group.per

    @property
    def unit(self) -> str:
        return unit(self.per)

    @property
    def window(self) -> int:
        return self.question.group.window

    @property
    def notices(self):
        return self.question.notices

    @property
    def url(self) -> str:
        return Address.explorer(self.question)

    @property
    def title(self) -> str:
        names = [group.name for group in self.groups]
        if len(names) == 2:
            return f"{names[0]} against {in_sentence(names[1])}: what the work pays"
        if not self.question.group.asked:
            return "What coding and billing work pays"
        return f"{names[0]}: what the work pays"

    @property
    def intro(self) -> str:
        return (
            "Read off the pay employers post, listing by listing, over the past "
            f"{self.window} months. No estimates, no surveys."
        )

    @property
    def axis(self) -> charts.Axis:
        return charts.axis(self.per)

    @property
    def per_links(self) -> list[Link]:
        return [
            Link(unit(per), Address.explorer(self._paid(per)), per == self.per)
            for per in PER
        ]

    def _paid(self, per: str) -> PayQuestion:
        question = self.question
        versus = replace(question.versus, per=per) if question.versus else None
        return replace(question, group=replace(question.group, per=per), versus=versus)

    @property
    def differences_url(self) -> str:
        return address_of("salaries-differences", self.question.group.pairs())

    # Form

    @cached_property
    def form(self) -> "Form":
        return Form(self.question)

    # Groups

    @cached_property
    def groups(self) -> list[GroupView]:
        found = [GroupView(self.explored)]
        return [*found, GroupView(self.versus)] if self.versus else found

    @property
    def first_of_two(self) -> str:
        """The name of the group that the tables are about, where there are two."""
        return self.groups[0].name if self.versus else ""

    @cached_property
    def difference(self) -> Difference | None:
        return difference(self.explored, self.versus) if self.versus else None

    @property
    def headline(self) -> str:
        first = self.groups[0]
        if not self.versus:
            if first.figures.median is None:
                return f"{first.name}: too few listings or employers to say"
            middle = charts.pay(first.figures.median, self.per)
            return f"{first.name}: the median of posted pay is {middle} {self.unit}"
        second = in_sentence(self.groups[1].name)
        gap = self.difference
        if gap is None:
            return f"{first.name} against {second}: too few to compare"
        if not gap.is_clear:
            return f"No clear difference between {in_sentence(first.name)} and {second}"
        word = "more" if gap.dollars > 0 else "less"
        apart = charts.pay(abs(gap.dollars), self.per)
        return f"{first.name} is posted at {apart} {word} {self.unit} than {second}"

    @property
    def difference_note(self) -> str:
        """What else differs between the groups, so that the gap is not misread."""
        if not self.versus:
            return ""
        typical = [_typical_experience(e) for e in (self.explored, self.versus)]
        if None in typical or typical[0] == typical[1]:
            return ""
        return (
            "What differs is also who is hired: most of the first group ask for "
            f"{typical[0]}, most of the second for {typical[1]}."
        )

    @cached_property
    def plot(self) -> charts.Plot | None:
        return charts.plot(
            [
                charts.Side(
                    group.name,
                    group.short,
                    group.track,
                    group.figures,
                    group.explored.density(charts.edges(self.per)),
                )
                for group in self.groups
            ],
            self.per,
        )

    # Side by side

    @cached_property
    def by(self) -> str:
        if self.question.by:
            return self.question.by
        asked = self.question.group.asked
        return next((name for name in SIDE_BY_SIDE if name not in asked), "experience")

    @property
    def by_head(self) -> str:
        return PAY_FACET[self.by].label

    @property
    def by_title(self) -> str:
        whole = group_name(self.question.group.without(self.by))
        return f"{whole}, by {in_sentence(self.by_head)}"

    @property
    def by_note(self) -> str:
        note = NOTES.get(self.by, "")
        group = self.groups[0]
        if self.has_official and group.official:
            note += f" Ring: official median of {group.official.soc} in the state."
        return note.strip()

    @property
    def by_links(self) -> list[Link]:
        return [
            Link(
                facet.label,
                Address.explorer(replace(self.question, by=name)),
                name == self.by,
            )
            for name, facet in PAY_FACET.items()
        ]

    @cached_property
    def parts(self) -> list[Part]:
        return self.explored.by(self.by)

    @cached_property
    def entries(self) -> list[charts.Entry]:
        return [self._entry(self.by, part) for part in self.parts]

    @property
    def rows(self) -> tuple[charts.Row, ...]:
        return charts.rows(self.entries, self.per)

    def _entry(self, facet: str, part: Part) -> charts.Entry:
        criteria = self.question.group.choosing(facet, part.value)
        wage = self._state_wages.get(part.value) if facet == "state" else None
        words = vocabulary.current()
        is_role = facet == "role" and part.value in words.roles
        return charts.Entry(
            label=value_label(PAY_FACET[facet], part.value),
            figures=part.figures,
            url=Address.explorer(PayQuestion(criteria)),
            listings_url=Address.listings(criteria),
            official=wage,
            short=part.value if facet == "state" else "",
            is_code=facet == "credential" and part.value in words.credentials,
            is_current=part.value in self.question.group.values(facet),
            track=words.roles[part.value].track if is_role else "",
        )

    @cached_property
    def _state_wages(self) -> Mapping:
        roles = self.question.group.role
        return official.by_state(roles[0], self.per) if len(roles) == 1 else {}

    @property
    def has_official(self) -> bool:
        return self.by == "state" and bool(self._state_wages)

    @cached_property
    def map(self) -> tile_grid.TileMap | None:
        if self.by != "state" or not self.entries:
            return None
        return tile_grid.tile_map(self.entries, STATES, self.per)

    # Over time and experience

    @cached_property
    def trend(self) -> charts.Trend:
        today = timezone.now()
        opened = since(self.question.group)
        entries = [
            charts.Entry(
                label=_quarter(part.value, opened, today), figures=part.figures
            )
            for part in self.explored.quarters()
        ]
        return charts.trend(entries, self.per)

    @cached_property
    def curve(self) -> charts.Curve | None:
        """Pay by experience, where that is not the table above already."""
        if self.by == "experience":
            return None
        parts = self.explored.by("experience")
        return charts.curve(
            [self._entry("experience", part) for part in parts], self.per
        )

    @cached_property
    def files(self) -> dict[str, ChartFiles]:
        question = replace(self.question, by=self.by, notices=())
        names = ["distribution", "by", "trend", "experience"]
        if self.map:
            names.append("map")
        return {name: Address.chart(question, name) for name in names}


class Form:
    """The form of the explorer: one group, or two to compare."""

    def __init__(self, question: PayQuestion) -> None:
        self.question = question
        self.action = reverse("salaries")
        self.per = question.group.per
        self.window = str(question.group.window)
        self.by = question.by
        self.windows = [(str(months), f"{months} months") for months in WINDOWS]

    @cached_property
    def groups(self) -> list[FormGroup]:
        first, second = self.question.group, self.question.versus
        if not self.question.is_comparing:
            return [self._group("Group", first, "")]
        return [
            self._group("First group", first, ""),
            self._group("Second group", second or first, VERSUS),
        ]

    def _group(self, legend: str, criteria: PayCriteria, prefix: str) -> FormGroup:
        return FormGroup(
            legend,
            track_of(criteria),
            tuple(self._field(name, criteria, prefix) for name in SHOWN),
            tuple(self._field(name, criteria, prefix) for name in FOLDED),
        )

    def _field(self, name: str, criteria: PayCriteria, prefix: str) -> Field:
        chosen = criteria.values(name)
        facet = PAY_FACET[name]
        options = [("", ANY[name])]
        # Several values, as a link may ask for, stay one choice that can be kept.
        known = dict(self._options[name])
        for value in chosen:
            known.setdefault(value, value_label(facet, value))
        options += known.items()
        return Field(
            prefix + name,
            prefix + name,
            facet.label,
            tuple(options),
            chosen[0] if chosen else "",
        )

    @cached_property
    def _options(self) -> dict[str, list[tuple[str, str]]]:
        """Facet to the values that some listing has had, in the order of lists."""
        seen: dict[str, set[str]] = {}
        for facet, value in PayValue.objects.values_list("facet", "value"):
            seen.setdefault(facet, set()).add(value)
        words = vocabulary.current()
        order: dict[str, Iterable[str]] = {
            "role": words.roles,
            "remote": PAY_FACET["remote"].labels or {},
            "credential": [*words.credentials, "none-asked"],
            "setting": words.settings,
            "metro": METROS,
            "employment": PAY_FACET["employment"].labels or {},
            "software": words.software,
        }
        found = {
            name: [
                (value, value_label(PAY_FACET[name], value))
                for value in values
                if value in seen.get(name, ())
            ]
            for name, values in order.items()
        }
        found["state"] = sorted(STATES.items(), key=lambda item: item[1])
        found["experience"] = [
            (band, value_label(PAY_FACET["experience"], band)) for band in BANDS
        ]
        return found

    @property
    def compare_url(self) -> str:
        if self.question.is_comparing:
            return ""
        return address_of("salaries", [*self.question.pairs(), ("vs", EVERYTHING)])

    @property
    def single_url(self) -> str:
        if not self.question.is_comparing:
            return ""
        return Address.explorer(replace(self.question, versus=None))

    @property
    def swap_url(self) -> str:
        if self.question.versus is None:
            return ""
        return Address.explorer(self.question.swapped())


def track_of(criteria: PayCriteria) -> str:
    """The track of a group that is about one role, else ""."""
    role = vocabulary.current().roles.get("".join(criteria.role[:1]))
    return role.track if role and len(criteria.role) == 1 else ""


def left_out_words(left_out: Mapping[str, int]) -> list[tuple[str, int]]:
    """What is left out and why, most first."""
    most = sorted(left_out.items(), key=lambda item: (-item[1], item[0]))
    return [(str(REASONS[reason]), count) for reason, count in most]


def _quarter(name: str, opened: datetime, today: datetime) -> str:
    """A quarter by its name; where the window cuts it, from when or until when."""
    if name == _quarter_of(today):
        return f"{name} so far"
    return (
        f"{name} from {opened:%b} {opened.day}" if name == _quarter_of(opened) else name
    )


def _quarter_of(moment: datetime) -> str:
    return f"{moment.year} Q{(moment.month - 1) // 3 + 1}"


def _typical_experience(explored: Explored) -> str | None:
    """The band that most of a group's stated experience falls into, in words."""
    members = explored.group.members("experience")
    several = np.bincount(members.numbers, minlength=len(members.values)).tolist()
    counts = dict(zip(members.values, several, strict=True))
    counts.pop(NOT_STATED, None)
    band, count = max(counts.items(), key=lambda item: item[1])
    if count * 2 <= sum(counts.values()):
        return None
    return "none" if band == "0" else in_sentence(PAY_FACET["experience"].labels[band])
