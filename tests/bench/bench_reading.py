"""How well and how fast facts are read out of text, held to labels made by hand.

The labels and the rules by which they were made stand in ``tests/jobs/reading/labels``.
A fact marked ``unsure`` there is left out. Of a fact that has one value, a wrong value
is a false positive and a false negative; of one that has several, each is counted. The
main role and the others are one set, a rule is what its groups accept.

``ERRORS=1`` prints every difference with the words it was read from.
"""

import gzip
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.reading import read
from careers.jobs.reading.facts import Facts
from careers.jobs.vocabulary import Vocabulary
from careers.jobs.vocabulary_files import read_vocabulary
from tests.bench import federal
from tests.bench.figures import Figure

LABELS = settings.BASE_DIR / "tests" / "jobs" / "reading" / "labels"
PRECISION, RECALL = "at least 0.97", "at least 0.90"
SEVERAL = ("settings", "specialties", "software", "codesets", "employment", "pays_for")
FACTS = ("roles", *SEVERAL, "rule", "preferred", "experience_months", "pay")
FACTS += ("remote", "states", "test", "quota", "accuracy")
#: How often the texts are read when the time is taken.
ROUNDS = 5


@dataclass(frozen=True)
class Labelled:
    """A text and what a person read in it. ``part`` names the share it belongs to."""

    part: str
    title: str
    employer: str
    text: str
    label: dict


@dataclass
class Score:
    """Values both read, values only the reader read, values it missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, expected: frozenset, found: frozenset) -> None:
        self.right += len(expected & found)
        self.wrong += len(found - expected)
        self.missed += len(expected - found)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def is_empty(self) -> bool:
        return not (self.right or self.wrong or self.missed)

    def __str__(self) -> str:
        if self.is_empty:
            return f"{'-':>18}"
        found = self.right + self.missed
        return f"{self.precision:6.3f} {self.recall:6.3f} {found:4d}"


@dataclass
class Scores:
    """By share of the texts and fact."""

    of: dict[tuple[str, str], Score] = field(default_factory=lambda: defaultdict(Score))

    def __getitem__(self, key: tuple[str, str]) -> Score:
        return self.of[key]


def main():
    vocabulary = read_vocabulary()
    texts = list(labelled())
    scores = Scores()
    for text in texts:
        measure(text, vocabulary, scores)
    parts = list(dict.fromkeys(part for text in texts for part in shares(text)))
    print(comparison(scores, parts))
    return [*figures(scores, parts), speed(texts, vocabulary)]


# -- The texts -------------------------------------------------------------------------


def labelled() -> Iterator[Labelled]:
    announced = {row["id"]: row for row in announcements()}
    for label in lines_of(LABELS / "federal.jsonl"):
        row = announced.get(label["id"])
        if row:
            text = row["duties"] + "\n" + row["text"]
            yield Labelled("federal", row["title"], row["agency"], text, label)
    for label in lines_of(LABELS / "private.jsonl"):
        is_odd = int(label["id"].rpartition("-")[2]) % 2
        part = "private, odd" if is_odd else "private, even"
        yield Labelled(part, label["title"], label["employer"], label["text"], label)


def announcements() -> list[dict]:
    if not federal.path().exists():
        print(f"{federal.path()} is not here: only the private texts are read.")
        return []
    with gzip.open(federal.path(), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def lines_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def shares(text: Labelled) -> tuple[str, ...]:
    """What a text is counted in; private ones are in two halves and in the whole."""
    whole = ("private",) if text.part.startswith("private") else ()
    return (text.part, *whole, "all")


# -- Labels and readings in one form ---------------------------------------------------


def measure(text: Labelled, vocabulary: Vocabulary, scores: Scores) -> None:
    facts = read(
        title=text.title, text=text.text, vocabulary=vocabulary, employer=text.employer
    )
    expected = values_of_label(text.label, vocabulary)
    found = values_of_facts(facts, vocabulary)
    unsure = set(text.label["unsure"])
    unsure |= {"roles"} if unsure & {"role", "other_roles"} else set()
    unsure |= {"preferred"} if "rule" in unsure else set()
    for fact in FACTS:
        if fact in unsure:
            continue
        for part in shares(text):
            scores[part, fact].add(expected[fact], found[fact])
        if os.environ.get("ERRORS") and expected[fact] != found[fact]:
            print_error(text, fact, expected[fact], found[fact], facts)


def values_of_label(label: dict, vocabulary: Vocabulary) -> dict[str, frozenset]:
    rule = label["rule"] and CredentialRule.from_json(label["rule"])
    main_role = [label["role"]] if label["role"] else []
    pay, quota, states = label["pay"], label["quota"], label["states"]
    values = {fact: frozenset(label[fact]) for fact in SEVERAL}
    return values | {
        "roles": frozenset([*main_role, *label["other_roles"]]),
        "rule": groups_of(rule, vocabulary),
        "preferred": frozenset(rule.preferred if rule else ()),
        "experience_months": one(label["experience_months"]),
        "pay": one(pay and (exact(pay[0]), exact(pay[1]), pay[2])),
        "remote": one(label["remote"]),
        "states": one(states and (states["basis"], tuple(states["listed"]))),
        "test": one(label["test"]),
        "quota": one(quota and (exact(quota[0]), quota[1])),
        "accuracy": one(label["accuracy"] and exact(label["accuracy"])),
    }


def values_of_facts(facts: Facts, vocabulary: Vocabulary) -> dict[str, frozenset]:
    rule = facts.rule.value if facts.rule else None
    main_role = [facts.role] if facts.role else []
    pay = facts.pay and facts.pay.value
    quota = facts.quota and facts.quota.value
    states = facts.states and facts.states.value
    values = {
        fact: frozenset(found.value for found in getattr(facts, fact))
        for fact in SEVERAL
    }
    return values | {
        "roles": frozenset(f.value for f in (*main_role, *facts.other_roles)),
        "rule": groups_of(rule, vocabulary),
        "preferred": frozenset(rule.preferred if rule else ()),
        "experience_months": one(facts.experience_months),
        "pay": one(pay and (pay.minimum, pay.maximum, str(pay.period))),
        "remote": one(facts.remote),
        "states": one(states and (states.basis, states.listed)),
        "test": one(facts.test and facts.test.value.kind),
        "quota": one(quota and (quota.charts, str(quota.period))),
        "accuracy": one(facts.accuracy),
    }


def one(value) -> frozenset:
    """A single value, which is a `Read` or plain, as a set; none where it is None."""
    value = getattr(value, "value", value)
    return frozenset() if value is None else frozenset([value])


def exact(number: float) -> Decimal:
    return Decimal(str(number))


def groups_of(rule: CredentialRule | None, vocabulary: Vocabulary) -> frozenset:
    """A rule by what meets its groups; "asks for none" is a rule, silence is not."""
    if rule is None:
        return frozenset()
    forms = vocabulary.apprentice_forms
    groups = [
        (group.within_months or 0, tuple(sorted(group.accepted(forms))))
        for group in rule.groups
    ]
    return frozenset([tuple(sorted(groups))])


# -- What is printed -------------------------------------------------------------------


def print_error(text, fact, expected, found, facts):
    names = {"roles": ("role", "other_roles"), "preferred": ("rule",)}.get(
        fact, (fact,)
    )
    words = {r.words for name, r in facts.found() if name in names}
    print(f"{text.label['id']}  {fact}  [{text.title}]")
    print(f"    label only: {sorted(map(str, expected - found))}")
    print(f"    read only:  {sorted(map(str, found - expected))}")
    for read_from in sorted(words):
        print(f"    from: {read_from!r}")


def comparison(scores: Scores, parts: list[str]) -> str:
    """Precision, recall and number of labelled values per fact and share."""
    rows = [f"{'precision recall n':18}" + "".join(f"  {part:>18}" for part in parts)]
    rows += [
        f"{fact:18}" + "".join(f"  {scores[part, fact]}" for part in parts)
        for fact in FACTS
    ]
    return "\n".join(rows)


def figures(scores: Scores, parts: list[str]) -> Iterator[Figure]:
    for part in ("all", "private"):
        for fact in FACTS:
            score = scores[part, fact]
            if not score.is_empty:
                yield Figure(
                    f"{fact}, {part}: precision", score.precision, "", PRECISION
                )
                yield Figure(f"{fact}, {part}: recall", score.recall, "", RECALL)


def speed(texts: list[Labelled], vocabulary: Vocabulary) -> Figure:
    began = time.process_time()
    for _ in range(ROUNDS):
        for text in texts:
            read(
                title=text.title,
                text=text.text,
                vocabulary=vocabulary,
                employer=text.employer,
            )
    seconds = time.process_time() - began
    signs = ROUNDS * sum(len(text.text) for text in texts)
    print(f"{seconds * 1000 / signs * 4000:.2f} ms per 4,000 characters")
    return Figure(
        "read in full", ROUNDS * len(texts) / seconds, "texts/s", "at least 200"
    )
