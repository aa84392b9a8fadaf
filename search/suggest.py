"""What a person may mean while typing: roles, credentials, employers, places.

Each suggestion is a question of its own, with the number of listings that answer it.
What nothing answers is not suggested.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import connection
from django.db.models import Count

from careers.jobs import vocabulary
from careers.jobs.criteria import LONGEST_TEXT, JobCriteria, Near
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.models import Employer
from careers.jobs.models.vocabulary import Track
from careers.jobs.places import DIRECTIONS, LONG_FORMS, PARTICLE, state_code
from careers.jobs.vocabulary import Vocabulary, Word

from . import ask
from .engines import Answer, Counts
from .models import SearchRow
from .phrases import (
    Closeness,
    Lexicon,
    Match,
    Phrase,
    Span,
    plain,
    spans,
    typed_words,
)

#: Suggestions at most, in all and of one kind.
MOST = 8
MOST_OF_KIND = {"role": 5, "credential": 4, "employer": 4, "place": 5, "state": 2}
#: Candidates whose listings are counted, of a kind that has no facet.
COUNTED = 5
#: Places beside suggestions of work are an extra.
PLACES_BESIDE = 2
#: Fewer letters begin too many places to tell which is meant.
LETTERS_OF_PLACE = 3
#: Seconds for which counts and the names of employers are remembered.
COUNTS_SECONDS = 30.0
EMPLOYERS_SECONDS = 60.0

LABELS = {
    "state": "State you live in",
    "role": "Roles",
    "credential": "Credentials",
    "employer": "Employers",
    "place": "Places, within {0.within} miles",
}
#: Groups that answer equally well stand in this order.
ORDER = {kind: number for number, kind in enumerate(LABELS)}
ZIP_LETTERS = range(3, 6)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value to choose; ``criteria`` is the question that choosing it asks.

    ``is_name`` if it was found by what we call it; ``people`` live in a place, which
    tells more than its listings which one is meant.
    """

    kind: str
    value: str
    label: str
    detail: str
    criteria: JobCriteria
    closeness: Closeness
    is_name: bool = True
    count: int = 0
    people: int = 0
    matched: tuple[Span, ...] = ()
    matched_detail: tuple[Span, ...] = ()


class Group(NamedTuple):
    kind: str
    label: str
    options: list[Suggestion]


def of_work(typed: str, base: JobCriteria) -> list[Group]:
    """For the field of text: roles, credentials, employers, and a place or two."""
    words = typed_words(typed[:LONGEST_TEXT])
    if not words:
        return []
    if base.sort == "match":
        # Without words there is nothing to match best.
        base = replace(base, sort="")
    for forgiving in (False, True):
        known = _of_vocabulary(words, base, forgiving=forgiving)
        others = _employers(words, base, forgiving=forgiving)
        if not forgiving and len(plain(typed)) >= LETTERS_OF_PLACE:
            others += _places(typed, words, base)[:PLACES_BESIDE]
        found = [*known, *_counted(others)]
        if found:
            return _grouped(found, last=("place",))
    return []


def of_places(typed: str, base: JobCriteria) -> list[Group]:
    """For the field of places: states, cities and ZIP codes.

    ``base`` is near somewhere, no matter where: how far counts.
    """
    typed = typed[:LONGEST_TEXT]
    words = typed_words(typed)
    if not words or len(plain(typed)) < LETTERS_OF_PLACE:
        return []
    candidates = [*_states(words, base), *_places(typed, words, base)]
    return _grouped(_counted(candidates))


# Order


def _grouped(found: Iterable[Suggestion], last: Sequence[str] = ()) -> list[Group]:
    """The best of all, by kind; kinds in order of the best that each has."""
    kinds: dict[str, list[Suggestion]] = {}
    for option in sorted(found, key=lambda option: _order(option, last)):
        of_kind = kinds.setdefault(option.kind, [])
        if len(of_kind) < MOST_OF_KIND[option.kind]:
            of_kind.append(option)
    kept = sorted(
        (option for options in kinds.values() for option in options),
        key=lambda option: _order(option, last),
    )[:MOST]
    return [
        _group(kind, [option for option in kept if option.kind == kind])
        for kind in dict.fromkeys(option.kind for option in kept)
    ]


def _group(kind: str, options: list[Suggestion]) -> Group:
    label = LABELS[kind].format(options[0].criteria)
    return Group(kind, label, options)


def _order(option: Suggestion, last: Sequence[str]) -> tuple[object, ...]:
    """Exact above prefix above inner word, then what most are likely to mean."""
    return (
        option.kind in last,
        option.closeness,
        ORDER[option.kind],
        not option.is_name,
        -(option.people or option.count),
        option.label,
        option.value,
    )


# Roles and credentials


class _Words(NamedTuple):
    read_from: Vocabulary
    roles: Lexicon
    credentials: Lexicon


class _Memory:
    words: _Words | None = None


def _lexicons() -> _Words:
    """The vocabulary as it is now, by its words."""
    words = vocabulary.current()
    if _Memory.words is None or _Memory.words.read_from is not words:
        roles = (p for word in words.roles.values() for p in _names_of_role(word))
        credentials = (
            phrase
            for word in words.credentials.values()
            for phrase in _names_of_credential(word)
        )
        codes = {
            plain(part)
            for slug in words.credentials
            for part in (slug, *slug.split("-"))
        }
        _Memory.words = _Words(
            words, Lexicon(roles, unlike=codes), Lexicon(credentials, unlike=codes)
        )
    return _Memory.words


def _names_of_role(word: Word) -> Iterator[Phrase]:
    for name in {word.label, word.short}:
        yield Phrase(word.slug, name)
    for alias in word.aliases:
        yield Phrase(word.slug, alias, is_name=False)


def _names_of_credential(word: Word) -> Iterator[Phrase]:
    yield Phrase(word.slug, word.slug)
    yield Phrase(word.slug, word.full_name)
    for alias in word.aliases:
        yield Phrase(word.slug, alias, is_name=False)


def _of_vocabulary(
    words: Sequence[str], base: JobCriteria, *, forgiving: bool
) -> list[Suggestion]:
    lexicons = _lexicons()
    roles = lexicons.roles.find(words, forgiving=forgiving)
    credentials = lexicons.credentials.find(words, forgiving=forgiving)
    if not roles and not credentials:
        return []
    counts = _facets(base)
    return [
        *_roles(roles, words, base, counts["role"]),
        *_credentials(credentials, words, base, counts["credential"]),
    ]


def _roles(
    matches: Iterable[Match], words: Sequence[str], base: JobCriteria, counts: Counts
) -> Iterator[Suggestion]:
    known = _lexicons().read_from.roles
    for match in matches:
        slug = match.phrase.key
        if not counts.get(slug):
            continue
        role = known[slug]
        also = "" if match.phrase.is_name else match.phrase.text
        yield Suggestion(
            kind="role",
            value=slug,
            label=role.label,
            detail=also or str(Track(role.track).label),
            criteria=base.choosing("role", slug),
            closeness=match.closeness,
            is_name=match.phrase.is_name,
            count=counts[slug],
            matched=tuple(spans(role.label, words)),
            matched_detail=tuple(spans(also, words)),
        )


def _credentials(
    matches: Iterable[Match], words: Sequence[str], base: JobCriteria, counts: Counts
) -> Iterator[Suggestion]:
    """A name that was given up leads to the credential of today, and says so."""
    known = _lexicons().read_from
    seen = set()
    for match in sorted(
        matches, key=lambda m: m.phrase.key in known.renamed_credentials
    ):
        former = match.phrase.key
        slug = known.renamed_credentials.get(former, former)
        if slug in seen or not counts.get(slug):
            continue
        seen.add(slug)
        detail = known.credentials[slug].full_name
        closeness = match.closeness
        if slug != former:
            detail = f"{detail}, formerly {former}"
            if closeness is not Closeness.EXACT:
                closeness = Closeness.INNER
        yield Suggestion(
            kind="credential",
            value=slug,
            label=slug,
            detail=detail,
            criteria=base.choosing("credential", slug),
            closeness=closeness,
            is_name=match.phrase.is_name and slug == former,
            count=counts[slug],
            matched=tuple(spans(slug, words)),
            matched_detail=tuple(spans(detail, words)),
        )


# Employers


class _Hiring(NamedTuple):
    """Employers with open listings: their names by slug, and how many they have."""

    lexicon: Lexicon
    names: Mapping[str, str]
    open: Mapping[str, int]


def _hiring() -> _Hiring:
    """Two queries, remembered; the numbers only put candidates in order."""
    return _hiring_now.get("", _read_hiring)


def _read_hiring() -> _Hiring:
    open_now = dict(
        SearchRow.objects.live()
        .order_by()
        .values_list("employer_id")
        .annotate(listings=Count("*"))
    )
    named = Employer.objects.filter(is_confidential=False).order_by()
    rows = [
        (slug, name, open_now[pk])
        for pk, slug, name in named.values_list("pk", "slug", "name")
        if pk in open_now
    ]
    return _Hiring(
        lexicon=Lexicon(Phrase(slug, name) for slug, name, _ in rows),
        names={slug: name for slug, name, _ in rows},
        open={slug: count for slug, _, count in rows},
    )


def _employers(
    words: Sequence[str], base: JobCriteria, *, forgiving: bool
) -> list[Suggestion]:
    hiring = _hiring()
    found = [
        (match.closeness, -hiring.open[match.phrase.key], match.phrase.key)
        for match in hiring.lexicon.find(words, forgiving=forgiving)
    ]
    return [
        Suggestion(
            kind="employer",
            value=slug,
            label=hiring.names[slug],
            detail="",
            criteria=base.choosing("employer", slug),
            closeness=closeness,
            matched=tuple(spans(hiring.names[slug], words)),
        )
        for closeness, _, slug in sorted(found)[:COUNTED]
    ]


# Places

STATES = Lexicon(
    Phrase(code, name) for code, state in STATE_NAMES.items() for name in (state, code)
)


def _states(words: Sequence[str], base: JobCriteria) -> list[Suggestion]:
    """The state that is meant, once no more than two can be."""
    found = STATES.find(words)
    if len(found) > MOST_OF_KIND["state"]:
        return []
    return [
        Suggestion(
            kind="state",
            value=match.phrase.key,
            label=STATE_NAMES[match.phrase.key],
            detail="",
            criteria=replace(base.without("near"), state=match.phrase.key),
            closeness=match.closeness,
            matched=tuple(spans(STATE_NAMES[match.phrase.key], words)),
        )
        for match in found
    ]


class _Row(NamedTuple):
    slug: str
    city: str
    state: str
    zip: str
    latitude: float
    longitude: float
    population: int


def _places(typed: str, words: Sequence[str], base: JobCriteria) -> list[Suggestion]:
    """Cities, or ZIP codes, whose name begins so; then cities with such a word in it.

    A place's slug is its ZIP code, or its city and state: "columbus-oh". Of several the
    most populous are taken.
    """
    if words[0].isdigit():
        beginnings = [words[0]] if len(words[0]) in ZIP_LETTERS else []
        rows = _read_places(beginnings, is_zip=True)
    else:
        beginnings = _beginnings(typed, words)
        rows = _read_places(beginnings, is_zip=False)
    return [
        Suggestion(
            kind="place",
            value=row.slug,
            label=row.zip or f"{row.city}, {row.state}",
            detail=f"{row.city}, {row.state}" if row.zip else "",
            criteria=replace(base, near=_near(row)),
            closeness=_closeness(row, typed, beginnings),
            people=row.population,
            matched=tuple(spans(str(_near(row)), words)),
        )
        for row in rows
    ]


def _near(row: _Row) -> Near:
    return Near(row.zip or f"{row.city}, {row.state}", row.latitude, row.longitude)


def _closeness(row: _Row, typed: str, beginnings: Sequence[str]) -> Closeness:
    if plain(typed) in (plain(row.city), plain(row.city + row.state), row.zip):
        return Closeness.EXACT
    if any(row.slug.startswith(beginning) for beginning in beginnings):
        return Closeness.PREFIX
    return Closeness.INNER


def _beginnings(typed: str, words: Sequence[str]) -> list[str]:
    """Slugs that begin with what was typed: "st lou" is "st-lou" or "saint-lou"."""
    cities = [(list(words), "")]
    city, comma, last = typed.partition(",")
    if comma and (state := typed_words(last)):
        named = [match.phrase.key.lower() for match in STATES.find(state)]
        cities += [([*typed_words(city)], code) for code in named[:COUNTED]]
    else:
        for length in range(1, min(4, len(words))):
            if code := state_code(" ".join(words[-length:])):
                cities.append((list(words[:-length]), code.lower()))
    slugs = (
        "-".join(filter(None, [spelling, code]))
        for name, code in cities
        for spelling in _spellings(name)
    )
    return list(dict.fromkeys(slugs))


def _spellings(name: list[str]) -> Iterator[str]:
    """A city's name as slugs spell it, also where a last word may go on."""
    yield "-".join(name)
    long = [LONG_FORMS.get(word, word) for word in name]
    if len(long) > 1:
        long[0] = DIRECTIONS.get(long[0], long[0])
    yield PARTICLE.sub(r"\1", " ".join(long)).replace(" ", "-")


def _read_places(beginnings: Sequence[str], *, is_zip: bool) -> list[_Row]:
    """Words hold letters and digits alone, so they are patterns as they are."""
    if not beginnings:
        return []
    begins = " OR ".join("slug LIKE %s" for _ in beginnings)
    starts = [f"{beginning}%" for beginning in beginnings]
    inner = [] if is_zip else [f"%-{beginnings[0]}%-__"]
    holds = " OR ".join([begins, *("slug LIKE %s" for _ in inner)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_Row._fields)} FROM jobs_place "
            f"WHERE ({holds}) AND zip {'<>' if is_zip else '='} '' "
            f"ORDER BY ({begins}) DESC, population DESC, slug LIMIT {COUNTED}",
            [*starts, *inner, *starts],
        )
        return [_Row(*row) for row in cursor.fetchall()]


# Counts


class Remembered[K: Hashable, V]:
    """Answers of this process for some seconds; the oldest go when it is full."""

    def __init__(self, seconds: float, most: int) -> None:
        self.seconds = seconds
        self.most = most
        self.kept: dict[K, tuple[float, V]] = {}

    def get(self, key: K, read: Callable[[], V]) -> V:
        known = self.known(key)
        if known is None:
            known = read()
            self.put(key, known)
        return known

    def known(self, key: K) -> V | None:
        kept_until, value = self.kept.get(key, (0.0, None))
        return value if time.time() < kept_until else None

    def put(self, key: K, value: V) -> None:
        while len(self.kept) >= self.most:
            self.kept.pop(next(iter(self.kept), key), None)
        self.kept[key] = time.time() + self.seconds, value


_hiring_now: Remembered[str, _Hiring] = Remembered(EMPLOYERS_SECONDS, most=1)
_facets_now: Remembered[JobCriteria, Mapping[str, Counts]] = Remembered(
    COUNTS_SECONDS, most=200
)
_totals_now: Remembered[JobCriteria, int] = Remembered(COUNTS_SECONDS, most=20_000)


def forget() -> None:
    """Count anew at the next question."""
    for memory in (_hiring_now, _facets_now, _totals_now):
        memory.kept.clear()


def remember(criteria: JobCriteria, answer: Answer) -> None:
    """An answer of the results page holds the counts that its form will ask for."""
    if not criteria.q:
        _facets_now.put(_unordered(criteria), answer.facets)


def _facets(base: JobCriteria) -> Mapping[str, Counts]:
    """How many listings each value of each facet leads to, where it alone is chosen."""
    base = _unordered(base)
    return _facets_now.get(base, lambda: ask.engine().answer(base).facets)


def _counted(candidates: Iterable[Suggestion]) -> list[Suggestion]:
    """Candidates that lead to listings; one question for those not counted lately."""
    candidates = list(candidates)
    questions = [_unordered(candidate.criteria) for candidate in candidates]
    missing = [q for q in questions if _totals_now.known(q) is None]
    counted = ask.engine().totals(missing) if missing else ()
    counts = dict(zip(missing, counted, strict=True))
    for question, count in counts.items():
        _totals_now.put(question, count)
    return [
        replace(candidate, count=count)
        for candidate, question in zip(candidates, questions, strict=True)
        if (count := counts.get(question) or _totals_now.known(question))
    ]


def _unordered(criteria: JobCriteria) -> JobCriteria:
    """Questions that differ in their order alone are counted alike."""
    return replace(criteria, sort="") if criteria.sort else criteria
