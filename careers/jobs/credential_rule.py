"""The credential rule of a listing: what an applicant must hold, in groups.

A rule is a list of groups that must *all* be met; a group is met by *any one* of
its credentials. A group may accept the apprentice form (CPC-A for CPC) and may be
due only some months after hire. Source of the shape: the VA qualification standard
for medical records technicians, and private postings ("CPC or CCS", "RHIT/RHIA
required, CRC a plus", "CRC within 12 months of hire").

Credentials are named by their slug, which is the abbreviation as the issuing body
writes it ("CPC-A"). This module is pure: the apprentice forms come in as a mapping
from a credential to its apprentice form, e.g. ``{"CPC": "CPC-A", "COC": "COC-A"}``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

#: A rule has at most this many groups that must be met.
MOST_GROUPS = 4

ApprenticeForms = Mapping[str, str]


class Fit(StrEnum):
    """How a wallet stands to a rule."""

    NOW = "now"
    APPRENTICE = "apprentice"
    SHORT = "short"


class RuleError(ValueError):
    """A rule that cannot stand; the message names the part and the mend."""


@dataclass(frozen=True, slots=True)
class Group:
    """Any one of ``any_of`` meets the group.

    ``within_months`` is None where the credential is due at hire, else the months
    after hire by which it must be obtained.
    """

    any_of: tuple[str, ...]
    apprentice_accepted: bool = False
    within_months: int | None = None

    def __post_init__(self) -> None:
        if not self.any_of:
            raise RuleError("A group names no credential. Name one or remove it.")
        if len(set(self.any_of)) != len(self.any_of):
            raise RuleError("A group names a credential twice. Remove one of them.")
        if self.within_months is not None and not 1 <= self.within_months <= 60:
            raise RuleError("Months to obtain a credential go from 1 to 60.")

    @property
    def is_due_at_hire(self) -> bool:
        return self.within_months is None

    def full(self, forms: ApprenticeForms) -> tuple[str, ...]:
        """The credentials that meet this group without resting on an apprentice form.

        A group that names CPC-A is also met by CPC: the full credential always
        satisfies what its apprentice form does.
        """
        full_of = {apprentice: full for full, apprentice in forms.items()}
        return tuple(dict.fromkeys(full_of.get(c, c) for c in self.any_of))

    def accepted(self, forms: ApprenticeForms) -> tuple[str, ...]:
        """Every credential that meets this group, apprentice forms included."""
        full = self.full(forms)
        apprentice = [
            forms[c]
            for c in full
            if c in forms and (self.apprentice_accepted or forms[c] in self.any_of)
        ]
        return tuple(dict.fromkeys((*full, *apprentice)))


@dataclass(frozen=True, slots=True)
class CredentialRule:
    """A stated rule. No groups means the listing asks for none.

    "Not stated" is no rule at all: the absence of a `CredentialRule`, None.
    """

    groups: tuple[Group, ...] = ()
    preferred: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.groups) > MOST_GROUPS:
            raise RuleError(
                f"A rule has at most {MOST_GROUPS} groups; this one has "
                f"{len(self.groups)}. Join those that any one credential meets."
            )

    @property
    def asks_for_none(self) -> bool:
        return not self.groups

    @property
    def due_groups(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.is_due_at_hire)

    @property
    def named(self) -> tuple[str, ...]:
        """Every credential the rule names, required first, each once."""
        asked = [c for group in self.groups for c in group.any_of]
        return tuple(dict.fromkeys((*asked, *self.preferred)))

    def accepts_apprentice(self, forms: ApprenticeForms) -> bool:
        """Whether some group says that it takes apprentices, or names such a form."""
        named = set(forms.values())
        return any(
            group.apprentice_accepted or not named.isdisjoint(group.any_of)
            for group in self.groups
        )

    def renamed(self, names: Mapping[str, str]) -> "CredentialRule":
        """The rule in today's names: ``names`` maps former ones to them."""
        if names.keys().isdisjoint(self.named):
            return self

        def today(credentials: Iterable[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(names.get(c, c) for c in credentials))

        return CredentialRule(
            tuple(replace(group, any_of=today(group.any_of)) for group in self.groups),
            today(self.preferred),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "groups": [
                {
                    "any_of": list(group.any_of),
                    "apprentice_accepted": group.apprentice_accepted,
                    "within_months": group.within_months,
                }
                for group in self.groups
            ],
            "preferred": list(self.preferred),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "CredentialRule":
        """Read what `as_json` wrote. Raises RuleError on any other shape."""
        try:
            return cls(
                groups=tuple(
                    Group(
                        any_of=tuple(group["any_of"]),
                        apprentice_accepted=bool(group.get("apprentice_accepted")),
                        within_months=group.get("within_months"),
                    )
                    for group in value.get("groups", [])
                ),
                preferred=tuple(value.get("preferred", [])),
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise RuleError(f"This is not a credential rule: {error}.") from error


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says to the holder of a wallet.

    ``fits``: the kinds of fit that hold (NOW, or NOW and APPRENTICE, or SHORT).
    ``held``: the credentials of the wallet that met groups.
    ``one_more``: for SHORT, the credentials any one of which would do.
    """

    fits: frozenset[Fit]
    held: tuple[str, ...] = ()
    one_more: tuple[str, ...] = ()

    @property
    def qualifies(self) -> bool:
        return Fit.NOW in self.fits


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Answers for wallets against rules; the truth both search engines obey."""

    forms: ApprenticeForms = field(default_factory=dict)

    def judge(self, rule: CredentialRule | None, wallet: Iterable[str]) -> Verdict:
        """A rule that is not stated (None) fits nobody."""
        if rule is None:
            return Verdict(frozenset())
        holds = set(wallet)
        unmet: list[set[str]] = []
        held: list[str] = []
        rests_on_apprentice = False
        for group in rule.due_groups:
            accepted = group.accepted(self.forms)
            meeting = [c for c in accepted if c in holds]
            if not meeting:
                unmet.append(set(accepted))
                continue
            held += meeting
            if not holds.intersection(group.full(self.forms)):
                rests_on_apprentice = True
        met_by = tuple(dict.fromkeys(held))
        if not unmet:
            fits = {Fit.NOW, Fit.APPRENTICE} if rests_on_apprentice else {Fit.NOW}
            return Verdict(frozenset(fits), held=met_by)
        shared = set.intersection(*unmet)
        if not shared:
            return Verdict(frozenset(), held=met_by)
        order = [c for group in rule.due_groups for c in group.accepted(self.forms)]
        one_more = tuple(dict.fromkeys(c for c in order if c in shared))
        return Verdict(frozenset({Fit.SHORT}), held=met_by, one_more=one_more)
