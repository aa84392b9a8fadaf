"""What words of a question mean: roles, credentials, settings, states and the like.

"tumor registrar" is the role cancer registrar, "wfh" remote work, "Ohio" a state, by
the names and aliases of the vocabulary. A listing that states the fact answers the
words, whether or not its text has them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from careers.jobs import vocabulary
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.facets import EMPLOYMENT_LABELS, NONE_ASKED
from careers.jobs.models import Place
from careers.jobs.vocabulary import Vocabulary, Word

from .text import folded


@dataclass(frozen=True, slots=True)
class Meaning:
    """A fact that answers the words: a column of the listing and its value.

    Some are no columns: ``family`` of roles, ``state`` of places or of those hired
    from, ``town`` in a state (whose people may be hired to work from home), ``title``
    that has any of some words, ``entry`` for beginners.
    """

    column: str
    value: str


Meanings = Mapping[str, Sequence[Meaning]]

#: Roles that a general word for the work names, by the family's name.
FAMILIES: Mapping[str, Sequence[str]] = {
    "coder": (
        "entry-coder",
        "inpatient-coder",
        "medical-coder",
        "outpatient-coder",
        "profee-coder",
        "risk-adjustment-coder",
        "specialty-coder",
    ),
    "biller": (
        "billing-clerk",
        "denials-specialist",
        "medical-biller",
        "patient-account-representative",
        "payment-poster",
    ),
}

#: How people say it, besides what the vocabulary and the facets call it.
SPOKEN: Mapping[Meaning, str] = {
    Meaning("family", "coder"): (
        "coder, coders, coding, code, medical coder, medical coders, medical coding, "
        "certified coder, certified coders, certified medical coder, "
        "coding specialist, medical coding specialist, coding professional"
    ),
    Meaning("family", "biller"): (
        "biller, billers, billing, medical biller, medical billers, medical billing, "
        "billing specialist, medical billing specialist"
    ),
    Meaning("roles", "billing-clerk"): "charge entry, charge posting, billing clerk",
    Meaning("roles", "payment-poster"): "payment posting, cash posting",
    Meaning("roles", "insurance-verification-specialist"): (
        "prior auth, prior authorization, preauthorization, precertification, "
        "insurance verification, eligibility verification, benefits verification"
    ),
    Meaning("roles", "denials-specialist"): (
        "denials, appeals, a/r, ar follow up, a/r follow up, insurance follow up, "
        "claims follow up, accounts receivable, denial management"
    ),
    Meaning("roles", "patient-account-representative"): "accounts receivable, a/r",
    Meaning("roles", "patient-access-representative"): "patient access, registration",
    Meaning("roles", "him-technician"): (
        "medical records, medical records clerk, health records, him, "
        "release of information, roi"
    ),
    Meaning(
        "roles", "profee-coder"
    ): "physician coder, physician coding, profee, pro fee",
    Meaning("roles", "cdi-specialist"): "cdi, clinical documentation",
    Meaning("roles", "coding-auditor"): (
        "drg validation, drg validator, coding audit, auditing, radv, chart audit"
    ),
    Meaning(
        "roles", "coding-educator"
    ): "teach, teaching, instructor, educator, trainer",
    Meaning("roles", "cancer-registrar"): (
        "tumor registry, cancer registry, registry, registrar"
    ),
    Meaning("roles", "coding-supervisor"): "coding manager, coding lead, lead coder",
    Meaning("settings", "veterans-affairs"): "va",
    Meaning("settings", "medical-equipment"): "dme, durable medical equipment, hme",
    Meaning("title", "senior sr iii iv lead"): "senior, sr, experienced",
    Meaning("title", "junior jr i trainee"): "junior, jr",
    Meaning("roles", "revenue-integrity-analyst"): "charge capture, chargemaster, cdm",
    Meaning("remote", "remote"): (
        "remote, fully remote, 100% remote, remote work, work remote, work remotely, "
        "remotely, wfh, work from home, working from home, from home, at home, "
        "home based, telework, telecommute, virtual"
    ),
    Meaning("remote", "hybrid"): "hybrid",
    Meaning("remote", "onsite"): "on site, onsite, in person, in office",
    Meaning("employment", "full-time"): "full time, fulltime",
    Meaning("employment", "part-time"): "part time, parttime",
    Meaning("employment", "per-diem"): "per diem, prn",
    Meaning("employment", "contract"): "contract, contractor, freelance, 1099",
    Meaning("employment", "contract-w2"): "contract, w2 contract",
    Meaning("employment", "contract-1099"): "contract, 1099, freelance",
    Meaning("employment", "temporary"): "temporary, temp",
    Meaning("employment", "internship"): "internship, intern, apprenticeship",
    Meaning("credentials", NONE_ASKED): (
        "no certification, no certification required, no certification needed, "
        "without certification, not require certification, "
        "do not require certification, not certified, non certified, uncertified, "
        "no cert"
    ),
    Meaning("entry", ""): (
        "entry level, no experience, without experience, no experience required, "
        "no experience needed, little experience, beginner, beginners, new grad, "
        "new graduate, new grads, newly certified, trainee, training, will train, "
        "paid training, first job, apprentice"
    ),
}
#: A setting's alias "dental billing" would hide that billing is asked for.
#: Cities of so many people are known by their names.
TOWN = 100_000
NO_TOWNS = {"Mobile", "Surprise", "Independence", "Orange"}
WORK = ("billing", "biller", "billers", "coding", "coder", "coders")


class _Memory:
    read_from: Vocabulary | None = None
    table: Meanings = {}


def table() -> Meanings:
    """Folded phrase to what it means, of the vocabulary as it is now."""
    words = vocabulary.current()
    if _Memory.read_from is not words:
        _Memory.table = _table(words)
        _Memory.read_from = words
    return _Memory.table


def _table(words: Vocabulary) -> Meanings:
    found: dict[str, list[Meaning]] = defaultdict(list)
    for phrase, meaning in _spoken(words):
        known = found[folded(phrase)]
        if meaning not in known:
            known.append(meaning)
    return dict(found)


def _spoken(words: Vocabulary) -> Iterable[tuple[str, Meaning]]:
    for slug, role in words.roles.items():
        for name in (role.label, role.short_name, *role.aliases):
            if name:
                yield name, Meaning("roles", slug)
    for slug, credential in words.credentials.items():
        today = words.renamed_credentials.get(slug, slug)
        for name in (slug, credential.full_name, *credential.aliases):
            yield name, Meaning("credentials", today)
    for column in ("settings", "specialties", "software", "codesets"):
        for slug, name in _names(getattr(words, column)):
            yield name, Meaning(column, slug)
    for code, state in STATE_NAMES.items():
        yield state, Meaning("state", code)
    for city, state in _towns():
        yield city, Meaning("town", state)
    for value, label in EMPLOYMENT_LABELS.items():
        yield label, Meaning("employment", value)
    for meaning, phrases in SPOKEN.items():
        for phrase in phrases.split(", "):
            yield phrase, meaning


def _towns() -> Iterable[tuple[str, str]]:
    """Cities that people name without their state, the largest of a name."""
    largest = Place.objects.filter(zip="", population__gte=TOWN).order_by("population")
    towns = dict(largest.values_list("city", "state"))
    return ((city, state) for city, state in towns.items() if city not in NO_TOWNS)


def _names(words: Mapping[str, Word]) -> Iterable[tuple[str, str]]:
    for slug, word in words.items():
        for name in (word.label, *word.aliases):
            if name == word.label or not folded(name).endswith(WORK):
                yield slug, name
