"""From what people type to a PostgreSQL text query, with synonyms.

Pure: returns SQL with parameters, so it is tested without a database.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

CONFIG = "careers"
LONGEST_SYNONYM = 5
MOST_UNITS = 12

#: Words that say nothing among others: people write as they speak.
NOISE = frozenset(
    "a an and any are as at available be by can career careers do does employment "
    "find for from fully get have hiring how i in is it job jobs looking me my near "
    "need new not now of on opening openings opportunities opportunity or our please "
    "position positions role roles seeking some that the them these this to vacancies "
    "vacancy want wanted we what where which who with work working you your".split()
)

TOKEN = re.compile(r'(-?)"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase, or any of its equals; ``excluded`` if it must not be there."""

    phrases: tuple[str, ...]
    excluded: bool = False
    quoted: bool = False


Equals = Mapping[str, Sequence[str]]


def folded(phrase: str) -> str:
    """The form in which phrases are compared: lower case, hyphens and slashes blank."""
    return " ".join(re.sub(r"[-‐–/]", " ", phrase.lower()).split())


PARTING = re.compile(r"(?<=\w)/(?=\w)|(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")


def spoken(phrase: str) -> str:
    """A phrase as vectors hold it: "A/R follow-up" is "A R follow up", "CPC-A" stays.

    The migration's `search_words` does the same to the words of listings.
    """
    return PARTING.sub(" ", phrase)


def units(
    text: str, equals: Equals, longest: int = LONGEST_SYNONYM
) -> tuple[Unit, ...]:
    """Cut a query into units, the longest known phrase first.

    ``equals`` maps a folded word or phrase to phrases that mean the same; those of
    more than ``longest`` words are passed over. Quotes keep a phrase as it is; a
    leading minus excludes.
    """
    found: list[Unit] = []
    words: list[str] = []
    for minus, quoted, bare in TOKEN.findall(text):
        if quoted:
            found += _phrases(words, equals, longest)
            words = []
            found.append(Unit((quoted,), excluded=bool(minus), quoted=True))
        elif len(bare) > 1 and bare.startswith("-"):
            found += _phrases(words, equals, longest)
            words = []
            found.append(Unit((bare[1:],), excluded=True))
        else:
            words.append(bare)
    return tuple([*found, *_phrases(words, equals, longest)][:MOST_UNITS])


def telling(parts: Sequence[Unit]) -> Sequence[Unit]:
    """Without words that say nothing, unless there are no others."""
    said = [part for part in parts if part.quoted or not is_noise(part.phrases[0])]
    return said if any(not part.excluded for part in said) else parts


def is_noise(word: str) -> bool:
    """Whether a word says nothing among others. Two capitals may name a state."""
    bare = word.strip(".,;:!?")
    return bare.lower() in NOISE and not (len(bare) == 2 and bare.isupper())


def _phrases(words: Sequence[str], equals: Equals, longest: int) -> Iterable[Unit]:
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            known = equals.get(folded(phrase))
            if known is not None:
                yield Unit((phrase, *known))
                at += size
                break
        else:
            yield Unit((words[at],))
            at += 1


def tsquery(parts: Sequence[Unit]) -> tuple[str, list[str]]:
    """SQL of a tsquery that all units must satisfy, and its parameters."""
    params: list[str] = []
    wanted = []
    for unit in parts:
        alternatives = " || ".join(
            f"phraseto_tsquery('{CONFIG}', %s)" for _ in unit.phrases
        )
        params += map(spoken, unit.phrases)
        wanted.append(f"!!({alternatives})" if unit.excluded else f"({alternatives})")
    return " && ".join(wanted) or "''::tsquery", params
