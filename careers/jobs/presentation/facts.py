"""What coders ask before they apply, in the order they ask it.

What the listing does not state is gathered in one place, so that a page of silence
does not shout.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..eligibility import RemoteStatus
from ..facets import EMPLOYMENT_LABELS
from ..vocabulary import Vocabulary, Words
from .ages import months
from .money import QUOTA_WORDS, number
from .place_words import states_note
from .rule_words import RuleClause, listed, rule_clauses

#: Between facts of a line; it ends a line and never starts one.
DOT = "\u00a0· "


@dataclass(frozen=True, slots=True)
class Chip:
    """A code set in the mono face; ``is_you`` where it is the reader's."""

    text: str
    is_you: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what the listing states of it; without a value it is silence.

    ``silent`` names it in the list of what is not stated, where the term does not do.
    """

    term: str
    text: str = ""
    chips: tuple[Chip, ...] = ()
    clauses: tuple[RuleClause, ...] = ()
    note: str = ""
    silent: str = ""

    @property
    def is_stated(self) -> bool:
        return bool(self.text or self.chips or self.clauses)


@dataclass(frozen=True, slots=True)
class FactSheet:
    stated: tuple[Fact, ...]
    unstated: str

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> "FactSheet":
        every = tuple(facts)
        silent = [
            fact.silent or in_sentence(fact.term)
            for fact in every
            if not fact.is_stated
        ]
        return cls(
            stated=tuple(fact for fact in every if fact.is_stated),
            unstated=listed(silent) if silent else "",
        )


def in_sentence(term: str) -> str:
    """A term inside a sentence; an abbreviation at its start keeps its capitals."""
    return (
        term if term[:2].isupper() or term[1:2] == "/" else term[:1].lower() + term[1:]
    )


def labels(slugs: Iterable[str], words: Words) -> str:
    """Labels of slugs, joined; a slug without a word stands for itself."""
    return ", ".join(words[s].label if s in words else s for s in slugs)


def fact_sheet(listing, words: Vocabulary, *, state: str = "") -> FactSheet:
    """Facts of a listing, in the order of the questions."""
    return FactSheet.of(_facts(listing, words, state))


def _facts(listing, words: Vocabulary, state: str) -> Iterator[Fact]:
    yield Fact("Remote or on site", _remote(listing))
    if listing.remote == RemoteStatus.REMOTE or listing.states_basis:
        yield _states(listing, state)
    yield _credential(listing, words)
    yield Fact("Experience", experience(listing.experience_months, none="None asked"))
    yield Fact("Education", listing.education)
    yield Fact("Test before hire", _test(listing))
    yield Fact("Productivity", _quota(listing))
    yield Fact("Accuracy", f"{number(listing.accuracy)}%" if listing.accuracy else "")
    yield Fact("Software", labels(listing.software, words.software))
    yield Fact("Schedule", _schedule(listing))
    yield Fact(
        "Paid for you",
        _pays_for(listing),
        silent="what is paid of equipment, dues, books and CEUs",
    )
    yield Fact("Setting", labels(listing.settings, words.settings))
    yield Fact("Specialties", labels(listing.specialties, words.specialties))
    yield Fact(
        "Code sets",
        chips=tuple(
            Chip(words.codesets[s].label if s in words.codesets else s)
            for s in listing.codesets
        ),
    )
    if not listing.benefits:
        yield Fact("Benefits")


def _remote(listing) -> str:
    if not listing.remote:
        return ""
    label = listing.get_remote_display()
    if listing.days_on_site:
        days = "day" if listing.days_on_site == 1 else "days"
        return f"{label}, {listing.days_on_site} {days} a week on site"
    return label


def _states(listing, state: str) -> Fact:
    term = "Hires from"
    if listing.states_basis == listing.StatesBasis.ANYWHERE:
        text = "Every state, and the employer says so"
        if state and state in listing.hires_from:
            return Fact(term, text, (Chip(state, is_you=True),))
        return Fact(term, text)
    if not listing.states_basis:
        return Fact("States it hires from")
    return Fact(
        term,
        chips=tuple(Chip(code, code == state) for code in sorted(listing.hires_from)),
        note=states_note(listing),
    )


def _credential(listing, words: Vocabulary) -> Fact:
    rule = listing.rule
    if rule is None:
        return Fact("Credential")
    clauses = tuple(rule_clauses(rule, words.apprentice_forms))
    text = "Asks for none" if rule.asks_for_none else ""
    return Fact("Credential", text, clauses=clauses)


def experience(count: int | None, *, none: str = "no experience asked") -> str:
    if count is None:
        return ""
    return months(count) if count else none


def _test(listing) -> str:
    kind = listing.Test
    pay = {
        kind.PAID: "paid",
        kind.UNPAID: "unpaid",
        kind.REQUIRED: "whether it is paid is not stated",
    }
    if not listing.test:
        return ""
    if listing.test == kind.NONE:
        return "None"
    parts = [f"{listing.test_minutes} minutes" if listing.test_minutes else "Yes"]
    if listing.test_open_book is not None:
        parts.append("open book" if listing.test_open_book else "closed book")
    return ", ".join([*parts, pay[kind(listing.test)]])


def _quota(listing) -> str:
    quota = listing.quota
    if quota is None:
        return ""
    charts = "chart" if quota.charts == 1 else "charts"
    return f"{number(quota.charts)} {charts} {QUOTA_WORDS[quota.period]}"


def employments(slugs: Iterable[str]) -> list[str]:
    return [EMPLOYMENT_LABELS.get(slug, slug) for slug in slugs]


def _schedule(listing) -> str:
    kinds = ", ".join(employments(listing.employment))
    return ". ".join(filter(None, (kinds, listing.schedule)))


def _pays_for(listing) -> str:
    kinds = dict(listing.PaysFor.choices)
    paid = listed(in_sentence(str(kinds.get(s, s))) for s in listing.pays_for or [""])
    return paid[:1].upper() + paid[1:]


def terms(listing, words: Vocabulary) -> str:
    """One line for a card: "Hospital · full time · 2 years · paid test · Epic"."""
    settings = [
        words.settings[s].label if s in words.settings else s
        for s in listing.settings[:2]
    ]
    tests = {
        listing.Test.NONE: "no test",
        listing.Test.PAID: "paid test",
        listing.Test.UNPAID: "unpaid test",
        listing.Test.REQUIRED: "test before hire",
    }
    stated = [
        ", ".join(settings),
        ", ".join(map(in_sentence, employments(listing.employment[:2]))),
        experience(listing.experience_months),
        tests.get(listing.test, ""),
        labels(listing.software[:2], words.software),
    ]
    first, *rest = [part for part in stated if part] or [""]
    return DOT.join([first[:1].upper() + first[1:], *rest])


def trust(listing) -> FactSheet:
    """Facts about the listing itself, never a verdict."""
    employer = listing.employer
    kinds = {
        employer.Kind.DIRECT: "The employer itself",
        employer.Kind.STAFFING: "A staffing agency",
        employer.Kind.VENDOR: "A coding or billing vendor",
    }
    return FactSheet.of(
        (
            Fact("Web address of the employer", domain_words(employer)),
            Fact("Who posts", kinds.get(employer.kind, "")),
            Fact("First posted", _date(listing.posted_at)),
            Fact(
                "Last confirmed open",
                _date(listing.confirmed_at),
                silent="when it was last confirmed open",
            ),
            Fact("Reposted", _times(listing.times_reposted)),
            Fact("Source", _source(listing), note=_requisition(listing)),
        )
    )


def domain_words(employer) -> str:
    """The employer's domain, and whether it is proven; "" for none."""
    if not employer.domain:
        return ""
    if not employer.domain_is_proven:
        return f"{employer.domain}, not proven"
    return f"{employer.domain}, proven on {_date(employer.domain_proven_at)}"


def _date(moment) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}" if moment else ""


def _times(count: int) -> str:
    return {0: "Never", 1: "Once", 2: "Twice"}.get(count, f"{count} times")


def _source(listing) -> str:
    if listing.is_sample:
        return "Sample data of this site"
    if listing.is_imported:
        return f"Imported from {listing.source}, number {listing.external_id}"
    return "Posted here"


def _requisition(listing) -> str:
    return f"Requisition {listing.requisition}" if listing.requisition else ""
