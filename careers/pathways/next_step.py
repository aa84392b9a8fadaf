""" "My next step" as its template reads it: words, numbers and links, no HTML.

Each number leads to the page of results that shows what it counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from careers.jobs import vocabulary
from careers.jobs.criteria import NONE_HELD
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.models import Credential
from careers.jobs.models.vocabulary import STATE_CHOICES, Track
from careers.jobs.presentation.facts import in_sentence
from careers.jobs.vocabulary import Word
from careers.salaries import usual
from careers.salaries.charts import pay
from careers.salaries.criteria import PayCriteria, PayQuestion
from careers.salaries.explorer import Figures
from careers.salaries.explorer_page import Address
from careers.salaries.ranges import speaks_of_samples

from . import credential_facts
from .focus import rows, takes
from .live import results_url
from .models import CredentialFact
from .next_step_question import StepQuestion
from .planner import Opened, Opening, Plan
from .role_map import MoveEdge

#: Steps that are shown with pay and what they take; the others are named.
MOST_STEPS = 8
#: Credentials to tick; others are typed.
COMMON = ("CPC", "CPC-A", "COC", "COC-A", "CIC", "CRC", "CPB", "CPMA", "CCA", "CCS",
          "CCS-P", "RHIT", "RHIA", "CDIP", "CCDS", "CBCS")  # fmt: skip
EXPERIENCE = {
    0: "None",
    6: "6 months",
    12: "1 year",
    24: "2 years",
    36: "3 years",
    48: "4 years",
    60: "5 years",
    84: "7 years",
    120: "10 years",
}
#: Roles in which an apprentice codes and so gathers the experience that is wanted.
CODING_TRACKS = (Track.PROFEE, Track.FACILITY, Track.RISK)
HIGHEST_ENTRY_LEVEL = 3
#: Differences are said in whole hundreds of dollars, as on the map of roles.
HUNDREDS = -2
#: What a credential takes, of all that is known of it.
TAKES = (
    CredentialFact.Kind.PREREQUISITES,
    CredentialFact.Kind.EXPERIENCE,
    CredentialFact.Kind.STUDY_HOURS,
    CredentialFact.Kind.COST,
    CredentialFact.Kind.MEMBERSHIP,
)
#: What is left out of today's count for silence, after "38 more".
SILENCE = {
    "fit": "do not state which credential they ask for",
    "state": "do not state the states they hire from",
    "remote": "do not state where the work is done",
    "experience": "do not state the experience they ask for",
}

Facts = Mapping[str, Sequence[CredentialFact]]


@dataclass(frozen=True, slots=True)
class Count:
    """So many listings and where they are shown."""

    count: int
    url: str

    @classmethod
    def of(cls, opening: Opening) -> "Count":
        return cls(opening.count, results_url(opening.criteria))


@dataclass(frozen=True, slots=True)
class LeftOut:
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class CredentialWord:
    """A credential to show; ``url`` is "" where it has no page."""

    slug: str
    full_name: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One credential more. ``apprentice`` is its apprentice form, and of what it opens
    the part that takes that form; ``completes`` is the form that the reader holds."""

    credential: CredentialWord
    opens: Count
    pay_words: str
    apprentice: tuple[str, Count] | None
    completes: str
    facts: Sequence[CredentialFact]

    @property
    def cost(self) -> str:
        """ "$299 to $399", of the first cost that has a number."""
        return self._span(CredentialFact.Kind.COST, "${:,.0f}")

    @property
    def hours(self) -> str:
        """ "80 to 120 hours"."""
        span = self._span(CredentialFact.Kind.STUDY_HOURS, "{:,.0f}")
        return f"{span} hours" if span else ""

    @property
    def missing(self) -> str:
        """What is usually asked and not known of it, in words; "" for nothing."""
        known = {fact.kind for fact in self.facts}
        names = {
            CredentialFact.Kind.PREREQUISITES: "prerequisites",
            CredentialFact.Kind.STUDY_HOURS: "study hours",
            CredentialFact.Kind.COST: "cost",
        }
        return ", ".join(name for kind, name in names.items() if kind not in known)

    def _span(self, kind: str, form: str) -> str:
        for fact in self.facts:
            if fact.kind == kind and (fact.low is not None or fact.high is not None):
                ends = [fact.low, fact.high]
                shown = [form.format(end) for end in ends if end is not None]
                return " to ".join(dict.fromkeys(shown))
        return ""


@dataclass(frozen=True, slots=True)
class Apprentice:
    """An apprentice form that the reader holds, and the full one that it becomes."""

    form: CredentialWord
    full: CredentialWord
    accepted: Count
    more: Count
    counts_toward: Count
    facts: Sequence[CredentialFact]


@dataclass(frozen=True, slots=True)
class NextRole:
    """Where a move leads; ``url`` is "" where the role has no page. ``difference`` is
    of two posted medians, in words."""

    word: Word
    url: str
    takes: str
    what_changes: str
    open: Count
    now: Count | None
    difference: str
    pay_url: str
    lacking: Sequence[CredentialWord]
    held: Sequence[str]


class NextStep:
    """A question answered; what is not read is not computed."""

    def __init__(self, question: StepQuestion, moves: Sequence[MoveEdge] = ()) -> None:
        self.question = question
        self.reach = question.reach
        self.words = vocabulary.current()
        self.moves = [move for move in moves if move.from_role == question.role]
        self.is_sample = speaks_of_samples() if self.is_asked else False
        self.plan = Plan(
            self.reach,
            tuple({*self.entry_roles, *(move.to_role for move in self.moves)}),
            is_sample=self.is_sample,
        )

    # The question

    @property
    def is_asked(self) -> bool:
        return bool(self.question.pairs())

    @property
    def has_wallet(self) -> bool:
        return bool(self.reach.holds)

    @property
    def url(self) -> str:
        query = self.question.query_string()
        return f"{reverse('next-step')}?{query}" if query else reverse("next-step")

    @property
    def notices(self) -> Sequence[Any]:
        return self.question.notices

    @cached_property
    def role(self) -> Word | None:
        return self.words.roles.get(self.question.role)

    @property
    def reach_words(self) -> list[str]:
        """What narrows the listings counted, after "listings that"."""
        reach = self.reach
        found = []
        if reach.state:
            found.append(
                self._reached("state", f"hire from {STATE_NAMES[reach.state]}")
            )
        if reach.remote:
            found.append("are remote")
        if reach.experience is not None:
            found.append(self._reached("experience", _experience(reach.experience)))
        return found

    def _reached(self, name: str, words: str) -> str:
        return f"{words} or do not say" if name in self.reach.unstated else words

    @cached_property
    def form(self) -> dict[str, Any]:
        """Current values and choices of the form's fields."""
        held = self.reach.wallet
        offered = [slug for slug in COMMON if slug in self.words.credentials]
        months = {*EXPERIENCE, *([] if self.months is None else [self.months])}
        return {
            "wallet": [(slug, slug in held) for slug in offered],
            "others": ", ".join(slug for slug in held if slug not in offered),
            "holds_none": NONE_HELD in self.reach.holds,
            "roles": [(word.slug, word.label) for word in self.words.roles.values()],
            "role": self.question.role,
            "states": STATE_CHOICES,
            "state": self.reach.state,
            "remote": self.reach.remote,
            "experience": [
                (n, EXPERIENCE.get(n, f"{n} months")) for n in sorted(months)
            ],
            "months": self.months,
            "unstated": self.reach.unstated,
        }

    @property
    def months(self) -> int | None:
        return self.reach.experience

    # Today

    @cached_property
    def today(self) -> Count:
        return Count.of(self.plan.today)

    @property
    def todays_pay_words(self) -> str:
        return _pay_words(self.plan.todays_pay)

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """Listings silent on what was asked; the page of results offers them."""
        return [
            LeftOut(
                words,
                count,
                results_url(self.plan.today.criteria.with_unstated(name)),
            )
            for name, words in SILENCE.items()
            if (count := self.plan.unstated.get(name))
        ]

    # One credential more

    @cached_property
    def _offered(self) -> list[str]:
        """Credentials that can be earned today. An apprentice form is no aim of its
        own: it stands with the full credential."""
        can_be_earned = Credential.objects.filter(
            status=Credential.Status.ACTIVE, apprentice_of=None
        )
        return list(can_be_earned.values_list("slug", flat=True))

    @cached_property
    def _ranked(self) -> list[Opening]:
        return self.plan.ranked(self._offered)

    @cached_property
    def _shown(self) -> list[Opened]:
        """The first, with those that open as many as the last of them."""
        ranked = self._ranked
        least = ranked[:MOST_STEPS][-1].count if ranked else 0
        return self.plan.with_pay([one for one in ranked if one.count >= least])[
            :MOST_STEPS
        ]

    @cached_property
    def steps(self) -> list[Step]:
        return [self._step(opened) for opened in self._shown]

    @cached_property
    def other_steps(self) -> list[tuple[CredentialWord, Count]]:
        """What else one credential would open, without pay."""
        shown = {opened.credential for opened in self._shown}
        return [
            (self._credential(opening.criteria.adding), Count.of(opening))
            for opening in self._ranked
            if opening.criteria.adding not in shown
        ]

    def _step(self, opened: Opened) -> Step:
        form = self.words.apprentice_forms.get(opened.credential, "")
        holds_form = form in self.reach.wallet
        as_apprentice = self.plan.adding(form) if form and not holds_form else None
        facts = self.facts.get(opened.credential, ())
        return Step(
            credential=self._credential(opened.credential),
            opens=Count.of(opened.opening),
            pay_words=_pay_words(opened.figures, opened.difference),
            apprentice=(form, Count.of(as_apprentice)) if as_apprentice else None,
            completes=form if holds_form else "",
            facts=[fact for kind in TAKES for fact in facts if fact.kind == kind],
        )

    # Apprentices

    @property
    def _apprentice_forms(self) -> list[tuple[str, str]]:
        """(form, full credential) of the forms held without the full credential."""
        return [
            (form, full)
            for full, form in self.words.apprentice_forms.items()
            if form in self.reach.wallet and full not in self.reach.wallet
        ]

    @cached_property
    def entry_roles(self) -> tuple[str, ...]:
        """Roles of coding work in which an apprentice can begin."""
        if not self._apprentice_forms:
            return ()
        return tuple(
            word.slug
            for word in self.words.roles.values()
            if word.track in CODING_TRACKS and word.level <= HIGHEST_ENTRY_LEVEL
        )

    @cached_property
    def apprentices(self) -> list[Apprentice]:
        counting = self.plan.now_in(self.entry_roles)
        if counting is None:
            return []
        return [
            Apprentice(
                form=self._credential(form),
                full=self._credential(full),
                accepted=Count.of(self.plan.on_apprentice_form),
                more=Count.of(self.plan.adding(full)),
                counts_toward=Count.of(counting),
                facts=[
                    fact
                    for fact in self.facts.get(form, ())
                    if fact.kind == CredentialFact.Kind.APPRENTICE
                ],
            )
            for form, full in self._apprentice_forms
        ]

    # Moves

    @cached_property
    def next_roles(self) -> list[NextRole]:
        """Most that one qualifies for first, then most that is open."""
        found = [
            self._next_role(move)
            for move in self.moves
            if move.to_role in self.words.roles
        ]
        return sorted(
            found,
            key=lambda role: (
                -(role.now.count if role.now else 0),
                -role.open.count,
                role.word.slug,
            ),
        )

    def _next_role(self, move: MoveEdge) -> NextRole:
        opening = self.plan.role(move.to_role)
        wallet = {*self.reach.wallet}
        compared = PayQuestion(
            PayCriteria(role=(move.to_role,)), PayCriteria(role=(move.from_role,))
        )
        return NextRole(
            word=self.words.roles[move.to_role],
            url=rows().urls.get(move.to_role, ""),
            takes=takes(move),
            what_changes=move.what_changes,
            open=Count.of(opening.open),
            now=Count.of(opening.now) if opening.now else None,
            difference=self._difference(move),
            pay_url=Address.explorer(compared),
            lacking=[
                self._credential(slug)
                for slug in move.credentials
                if slug in self._offered and slug not in wallet
            ],
            held=[slug for slug in move.credentials if slug in wallet],
        )

    def _difference(self, move: MoveEdge) -> str:
        """ "$8,400 more than medical biller"; "" where too few listings post pay."""
        medians = usual.by_role(is_sample=self.is_sample)
        here, there = medians.get(move.from_role), medians.get(move.to_role)
        if here is None or there is None or self.role is None:
            return ""
        words = _more_or_less(there.median - here.median)
        return f"{words} {in_sentence(self.role.label)}"

    # Credentials in words

    @cached_property
    def facts(self) -> Facts:
        """What is known of the credentials that the page speaks of."""
        named = {opened.credential for opened in self._shown if self.has_wallet}
        named |= {slug for both in self._apprentice_forms for slug in both}
        found: Facts = credential_facts.of(*sorted(named)) if named else {}
        return found

    def _credential(self, slug: str) -> CredentialWord:
        word = self.words.credentials.get(slug)
        return CredentialWord(
            slug,
            word.full_name if word else "",
            rows().credential_urls.get(slug, ""),
        )


def _experience(months: int) -> str:
    if months == 0:
        return "ask for no experience"
    return f"ask for at most {EXPERIENCE.get(months, f'{months} months')} of experience"


def _pay_words(figures: Figures, difference: float | None = None) -> str:
    """What so many listings post, and how that differs from today's."""
    if not figures.listings:
        return "None of them posts pay that can be counted."
    rests_on = _listings(figures.listings) + " by " + _employers(figures.employers)
    if figures.median is None:
        return f"Too few post their pay for a median: {rests_on}."
    words = f"Median posted pay {pay(figures.median, 'year')} a year, of {rests_on}"
    if difference is None:
        return f"{words}."
    return f"{words}: {_more_or_less(difference)} what you qualify for today."


def _more_or_less(dollars: float) -> str:
    amount = pay(round(abs(dollars), HUNDREDS), "year")
    if amount == pay(0, "year"):
        return "as much as"
    return f"{amount} {'more' if dollars > 0 else 'less'} than"


def _listings(count: int) -> str:
    return f"{count:,} listing{'' if count == 1 else 's'}"


def _employers(count: int) -> str:
    return f"{count:,} employer{'' if count == 1 else 's'}"


def moves_from(role: str) -> list[MoveEdge]:
    """The moves that lead on from a role."""
    return [edge for edge in rows().edges if role and edge.from_role == role]
