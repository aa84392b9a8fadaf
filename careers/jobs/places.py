"""Places as people type them: a ZIP code, "Columbus, OH", "st louis mo", "Ft Worth".

A place's slug is its ZIP code, or its city and state: "43215", "columbus-oh". What
is typed becomes such slugs, so every question is a look-up by primary key.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypedDict

from .eligibility import STATE_NAMES
from .models import Place

ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?$")
COUNTRY = re.compile(
    r"[\s,]+(?:USA|U\.S\.A\.|US|U\.S\.|United States(?: of America)?)$", re.IGNORECASE
)

# "O Fallon", "Coeur d Alene", "L Anse", "Mc Henry": one word with the next.
PARTICLE = re.compile(r"\b(o|d|l|mc) (?=[a-z])")
LONG_FORMS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
DIRECTIONS = {"n": "north", "s": "south", "e": "east", "w": "west"}

# What stands for one city without naming it, or names a state as well.
WELL_KNOWN = {
    "nyc": "new-york-ny",
    "new york": "new-york-ny",
    "new york city": "new-york-ny",
    "new york city ny": "new-york-ny",
    "washington": "washington-dc",
    "washington dc": "washington-dc",
    "dc": "washington-dc",
    "district of columbia": "washington-dc",
}

# Words of a location field that are also the name of some small town: "Remote, OR".
NO_CITY = frozenset({"remote", "home", "hybrid", "nationwide", "anywhere", "usa"})


class ListedPlace(TypedDict):
    """A place as it stands in a listing's ``places``."""

    city: str
    state: str
    zip: str
    latitude: float
    longitude: float


class Stated(NamedTuple):
    """City, state and ZIP code as some source states them; each may be empty."""

    city: str
    state: str
    zip: str = ""


def as_listed(place: Place) -> ListedPlace:
    return {
        "city": place.city,
        "state": place.state,
        "zip": place.zip,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def find(text: str) -> Place | None:
    """The place that a person typed, or None; one query, or two for a ZIP code.

    A city without a state is the most populous city of that name. A state's name
    alone is no place.
    """
    text = COUNTRY.sub("", text.strip())
    if match := ZIP.search(text):
        if place := Place.objects.filter(slug=match[1]).first():
            return place
        text = text[: match.start()].rstrip(" ,")
    city, state = _split(text)
    there = _slug(city, state) if state else ""
    # "Port Washington" is no port in Washington.
    anywhere = [] if "," in text else _slugs_anywhere(_words(text))
    found = Place.objects.in_bulk([there, *anywhere] if there else anywhere)
    return found.get(there) or max(found.values(), key=_size, default=None)


def find_many(
    stated: Iterable[tuple[str, str, str]],
) -> dict[tuple[str, str, str], ListedPlace | None]:
    """Each stated (city, state, ZIP) with its coordinates, or None; one query.

    A ZIP code decides, unless it lies in another state than the one stated. The
    answer keeps the stated city's name: a ZIP code may serve several towns.
    """
    asked = {entry: list(_candidates(Stated(*entry))) for entry in stated}
    known = Place.objects.in_bulk({slug for slugs in asked.values() for slug in slugs})
    return {
        entry: _answer(Stated(*entry), [known[slug] for slug in slugs if slug in known])
        for entry, slugs in asked.items()
    }


def state_code(text: str) -> str | None:
    """The code of a state: "OH" for "Ohio", "oh", "US-OH", "Ohio, USA"; or None."""
    return _STATE_CODES.get(_words(COUNTRY.sub("", text.strip())).removeprefix("us "))


def _size(place: Place) -> int:
    return place.population


def _words(text: str) -> str:
    """Lower case letters and digits, single spaces, without accents and dots."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    plain = plain.encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain)
    return " ".join(re.sub(r"[^a-z0-9']+", " ", plain).split())


_STATE_CODES = {
    **{code.lower(): code for code in STATE_NAMES},
    **{_words(name): code for code, name in STATE_NAMES.items()},
    "washington dc": "DC",
    "virgin islands": "VI",
    "us virgin islands": "VI",
    "n carolina": "NC",
    "s carolina": "SC",
    "n dakota": "ND",
    "s dakota": "SD",
    "w virginia": "WV",
}


def _split(text: str) -> tuple[str, str]:
    """City and state code of a line of text, each as plain words or empty."""
    first, comma, last = text.rpartition(",")
    if comma and (code := state_code(last)):
        return _words(first.split(",")[0]), code
    whole = _words(text)
    if whole in _STATE_CODES:
        return whole, ""
    words = whole.split()
    # "west virginia" before "virginia": the longest name of a state wins.
    for length in (3, 2, 1):
        code = _STATE_CODES.get(" ".join(words[-length:]))
        if code and len(words) > length:
            return " ".join(words[:-length]), code
    return whole, ""


def _slug(city: str, state: str) -> str:
    """The slug of a city in plain words: "o fallon" and "o'fallon" are "ofallon"."""
    words = [LONG_FORMS.get(word, word) for word in city.replace("'", "").split()]
    if len(words) > 1:
        words[0] = DIRECTIONS.get(words[0], words[0])
    joined = PARTICLE.sub(r"\1", " ".join(words)).replace(" ", "-")
    return WELL_KNOWN.get(f"{city} {state.lower()}", f"{joined}-{state.lower()}")


def _slugs_anywhere(city: str) -> list[str]:
    if city in WELL_KNOWN:
        return [WELL_KNOWN[city]]
    if not city or city in NO_CITY or city in _STATE_CODES:
        return []
    return [_slug(city, state) for state in STATE_NAMES]


def _candidates(stated: Stated) -> Iterator[str]:
    if match := ZIP.search(stated.zip.strip()):
        yield match[1]
    city, state = _stated_city(stated)
    if state:
        yield _slug(city, state)
    elif not stated.state.strip():
        yield from _slugs_anywhere(city)


def _stated_city(stated: Stated) -> tuple[str, str]:
    """City and state code; the city may hold its state too: "Columbus, OH"."""
    city, state = _split(stated.city)
    given = state_code(stated.state) or ""
    if city in NO_CITY:
        return "", ""
    if given == state or not stated.state.strip():
        return city, state
    return _words(stated.city), given


def _answer(stated: Stated, found: list[Place]) -> ListedPlace | None:
    """``found`` stands in the order of the candidates: the ZIP code first."""
    _, state = _stated_city(stated)
    there = [place for place in found if state in ("", place.state)]
    cities = [place for place in there if not place.zip]
    if there and there[0].zip:
        by_zip = as_listed(there[0])
        if cities and state:
            by_zip["city"] = cities[0].city
        return by_zip
    if not state:
        cities.sort(key=_size, reverse=True)
    return as_listed(cities[0]) if cities else None
