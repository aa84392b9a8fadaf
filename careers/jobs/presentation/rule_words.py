"""The credential rule and its verdict in words.

"one of CPC, CCS or RHIT; CPC-A accepted", "then within 6 months of hire: CPMA".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..credential_rule import ApprenticeForms, CredentialRule, Fit, Group, Verdict

#: A card names at most so many credentials of a group and counts the rest.
MOST_ON_A_CARD = 6
#: A verdict names what is missing where it is at most so many.
MOST_MISSING = 2


def listed(words: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


@dataclass(frozen=True, slots=True)
class RuleClause:
    """One group of the rule, or what is preferred.

    ``lead`` stands before the codes ("one of", "then within 6 months"); ``more``
    counts codes left out; ``apprentice`` names apprentice forms accepted besides.
    """

    lead: str
    codes: tuple[str, ...]
    more: int = 0
    apprentice: tuple[str, ...] = ()


def rule_clauses(
    rule: CredentialRule, forms: ApprenticeForms, *, most: int | None = None
) -> list[RuleClause]:
    """The rule, required first: groups due at hire, then later ones, then preferred."""
    due = [group for group in rule.groups if group.is_due_at_hire]
    later = [group for group in rule.groups if not group.is_due_at_hire]
    clauses = [
        _clause(group, forms, most, is_first=n == 0)
        for n, group in enumerate([*due, *later])
    ]
    if rule.preferred:
        codes = rule.preferred[:most]
        more = len(rule.preferred) - len(codes)
        clauses.append(RuleClause("preferred", codes, more))
    return clauses


def _clause(
    group: Group, forms: ApprenticeForms, most: int | None, *, is_first: bool
) -> RuleClause:
    several = len(group.any_of) > 1
    if group.within_months is not None:
        months = "month" if group.within_months == 1 else "months"
        lead = f"{'' if is_first else 'then '}within {group.within_months} {months}"
        lead += " of hire" + (" one of" if several else "")
    elif is_first:
        lead = "one of" if several else ""
    else:
        lead = "and one of" if several else "and"
    accepted = group.accepted(forms) if group.apprentice_accepted else ()
    apprentice = tuple(
        c for c in accepted if c in forms.values() and c not in group.any_of
    )
    codes = group.any_of[:most]
    return RuleClause(lead, codes, len(group.any_of) - len(codes), apprentice)


def rule_sentence(rule: CredentialRule, forms: ApprenticeForms) -> str:
    """The whole rule as one line of text."""
    parts = []
    for clause in rule_clauses(rule, forms):
        colon = (
            ":" if clause.lead.endswith("hire") or clause.lead == "preferred" else ""
        )
        lead = f"{clause.lead}{colon} " if clause.lead else ""
        parts.append(lead + listed(clause.codes, "or"))
        if clause.apprentice:
            parts.append(f"{listed(clause.apprentice)} accepted")
    if rule.asks_for_none:
        parts.insert(0, "asks for none")
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """``kind`` is the stroke of the highlighter: "verdict" or "short"."""

    kind: str
    text: str


def verdict_words(
    rule: CredentialRule | None, verdict: Verdict | None
) -> VerdictWords | None:
    """What to tell the holder of a wallet; None where there is nothing to say."""
    if rule is None or verdict is None:
        return None
    if verdict.qualifies:
        join = "and" if len(rule.due_groups) > 1 else "or"
        held = f" with {listed(verdict.held, join)}" if verdict.held else ""
        return VerdictWords("verdict", f"You qualify{held}")
    if Fit.SHORT in verdict.fits:
        few = 0 < len(verdict.one_more) <= MOST_MISSING
        missing = f": {listed(verdict.one_more, 'or')}" if few else ""
        return VerdictWords("short", f"You are one credential short{missing}")
    return None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The rule and the verdict as one line; ``opening`` stands before the clauses."""

    opening: str = ""
    clauses: tuple[RuleClause, ...] = ()
    verdict: VerdictWords | None = None


def rule_line(
    rule: CredentialRule | None, forms: ApprenticeForms, verdict: Verdict | None = None
) -> RuleLine:
    """The line of a card: long groups are shortened, silence is said."""
    if rule is None:
        return RuleLine("Credential not stated")
    return RuleLine(
        "No credential asked" if rule.asks_for_none else "",
        tuple(rule_clauses(rule, forms, most=MOST_ON_A_CARD)),
        verdict_words(rule, verdict),
    )
