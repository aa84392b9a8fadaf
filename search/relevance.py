"""From the words of a question to a query that finds and ranks.

The words are cut into units (see `search.text`): known phrases, synonyms and meanings
first, then single words. Every unit must be answered, by the listing's words or by a
fact that it states; from four units on, one in four may stay open. A unit is worth the
best of its answers: the numbers below say what an answer is worth, on one scale, so
that rare words do not outweigh the title.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from elasticsearch.dsl import Q
from elasticsearch.dsl.function import SF, ScoreFunction
from elasticsearch.dsl.query import Query

from careers.jobs.eligibility import STATE_NAMES

from .documents import DUE, microseconds
from .filters import all_of, any_of
from .meanings import FAMILIES, Meaning, Meanings
from .text import Equals, Unit, folded, telling, units

#: What a phrase is worth in a field.
FIELDS: Mapping[str, float] = {
    "title.exact": 10,
    "title": 9,
    "employer_name": 9,
    "place_names": 8,
    "role_names": 5,
}
#: What a phrase that names a role is worth in the title of a listing of another role:
#: "Auditor of outpatient coders".
OTHER_TITLE = 0.65
#: The main role, and that with the words in the title as well.
ROLE = 8.5
ROLE_AND_TITLE = 11.0
OTHER_ROLE = 6.0
#: A role of the family that a general word names, and that with the word in the title.
FAMILY = 8.0
FAMILY_AND_TITLE = 10.0
#: What words count that rank and need not be answered.
BESIDE_NEEDED = 0.5
#: What a fact is worth that a word means, by the field that states it. A credential is
#: worth more where the rule asks for it.
FACTS: Mapping[str, Sequence[tuple[Sequence[str], float]]] = {
    "credentials": ((DUE, 8), (["credentials"], 6)),
    "settings": ((["settings"], 8),),
    "specialties": ((["specialties"], 8),),
    "software": ((["software"], 8),),
    "codesets": ((["codesets"], 5),),
    "remote": ((["remote"], 8),),
    "employment": ((["employment"], 8),),
    "state": ((["place_states"], 8), (["hires_from"], 4)),
}
#: A state's code that means something else as well: "VA medical coder".
AMBIGUOUS_STATE = 0.4
#: For a beginner: asks for no experience, for little, or takes apprentices.
NO_EXPERIENCE = 12.0
LITTLE_EXPERIENCE = 6.0
ENTRY_ROLE = 12.0
TAKES_APPRENTICES = 5.0
#: Somebody of a town may work from home where the state is hired from.
NEAR_HOME = 4.0
#: Words of a title that tell the grade.
GRADE = 8.0
#: A title that has all words of a phrase, but not side by side: "Coder, Inpatient".
APART = 8.5
#: BM25 of the whole text times this: up to 4 for rare words said often.
IN_TEXT = 0.4
#: What lesser answers add to the best one.
BESIDES = 0.1
#: What the pieces of a role's name are worth, on average, beside the whole.
IN_PIECES = 0.7
#: What a synonym is worth beside the words themselves.
SYNONYM = 0.85
#: A title that has the whole question as one phrase, and BM25 of the title times this:
#: among titles with the same words the shorter one says more.
WHOLE_TITLE = 3.0
TITLE_LENGTH = 0.1
#: A question of nothing but a credential or a code is one of the people who use it.
USERS = 3.0
USERS_OF: Mapping[str, Sequence[str]] = {
    "CCDS": ("cdi-specialist",),
    "CDIP": ("cdi-specialist",),
    "CDEO": ("cdi-specialist", "coding-auditor"),
    "CIC": ("inpatient-coder",),
    "COC": ("outpatient-coder",),
    "CPB": FAMILIES["biller"],
    "CPMA": ("coding-auditor",),
    "CRC": ("risk-adjustment-coder",),
    "ODS": ("cancer-registrar",),
}
#: How much a listing of today gains on one that has stood for long.
FRESHNESS = 0.1
FRESH_FOR = timedelta(days=30)

#: Words that rank and need not be answered.
SOFT = frozenset(
    "senior sr junior jr experienced certified credentialed i ii iii iv level "
    "specialist staff".split()
)
ABOVE_BEGINNERS = "senior sr lead ii iii iv supervisor manager director expert"
#: Two letters at the end of a question name a state, but for these: "jobs near me".
NO_STATES = frozenset({"me", "hi", "ok"})
#: Facts that narrow a role whose name has them: a "DME biller" bills for equipment.
NARROWING = {"settings", "specialties"}
#: Roles whose other names tell a kind of them: a "pediatric coder" is a coder.
GENERAL_ROLES = {"medical-biller", "medical-coder", "specialty-coder"}
#: How many units must be answered.
ENOUGH = "3<75%"


def query(words: str, equals: Equals, meanings: Meanings, now: datetime) -> Query:
    """What finds and ranks listings for the words of a question ("" has none)."""
    reader = Reader(equals, meanings)
    parts = reader.parts(words)
    asked = [part for part in parts if not part.excluded]
    needed = reader.needed(asked)
    whole = " ".join(part.phrases[0] for part in asked)
    ranking = [reader.beside(part) for part in asked if part not in needed]
    if asked:
        ranking += [
            _phrase("title.exact", whole, WHOLE_TITLE),
            Q("match", title={"query": whole, "boost": TITLE_LENGTH}),
        ]
    if users := reader.users(asked):
        ranking.append(_stated("role", users, USERS))
    found = Q(
        "bool",
        must=Q(
            "bool",
            should=[reader.wanted(part) for part in needed],
            minimum_should_match=ENOUGH,
        )
        if needed
        else [],
        should=ranking,
        must_not=[reader.answers(part) for part in parts if part.excluded],
    )
    return Q(
        "function_score",
        query=found,
        functions=[_freshness(now), SF({"weight": 1})],
        score_mode="sum",
        boost_mode="multiply",
    )


class Reader:
    """Reads questions with the synonyms and the vocabulary of the moment."""

    def __init__(self, equals: Equals, meanings: Meanings) -> None:
        self.meanings = meanings
        self.known: Equals = {**dict.fromkeys(meanings, ()), **equals}

    def parts(self, words: str) -> Sequence[Unit]:
        parts = telling(units(_with_last_state(words), self.known))
        return [part for part in parts if folded(part.phrases[0])]

    def meaning(self, phrase: str) -> Sequence[Meaning]:
        code = _state(phrase)
        told = [Meaning("state", code)] if code else []
        return [*told, *self.meanings.get(folded(phrase), ())]

    def users(self, asked: Sequence[Unit]) -> Sequence[str]:
        """The roles of people who ask for nothing but codes or credentials."""
        facts = [self.meaning(part.phrases[0]) for part in asked]
        told = {fact for each in facts for fact in each}
        if not all(facts) or {f.column for f in told} - {"credentials", "codesets"}:
            return ()
        found = [USERS_OF.get(fact.value, FAMILIES["coder"]) for fact in told]
        return sorted({role for roles in found for role in roles})

    def needed(self, asked: Sequence[Unit]) -> Sequence[Unit]:
        """What must be answered: all but grades, and but a general word beside a role
        of its own ("medical coding auditor")."""
        names_role = any(
            self.names(part, "roles") and not self.names(part, "family")
            for part in asked
        )
        return [
            part
            for part in asked
            if part.phrases[0].lower() not in SOFT
            and not (names_role and self.names(part, "family"))
        ] or asked

    def names(self, part: Unit, column: str) -> bool:
        return any(fact.column == column for fact in self.meaning(part.phrases[0]))

    def beside(self, part: Unit) -> Query:
        return Q("dis_max", queries=[self.answers(part)], boost=BESIDE_NEEDED)

    def wanted(self, part: Unit) -> Query:
        """What answers a unit. A role's name may also be answered piece by piece: a
        "cardiology coder" by a coder's listing that states cardiology."""
        name = part.phrases[0]
        pieces = self._pieces(part)
        if not pieces or self.names(part, "family"):
            return self.answers(part)
        narrow = any(
            fact.column in NARROWING
            for piece in pieces
            for fact in self.meaning(piece.phrases[0])
        ) or any(fact.value in GENERAL_ROLES for fact in self.meaning(name))
        each = [self.answers(piece) for piece in pieces]
        in_pieces = Q("bool", must=each, boost=IN_PIECES / len(each))
        whole = (
            Q("dis_max", queries=[*_said(name, 1)], tie_breaker=BESIDES)
            if narrow
            else self.answers(part)
        )
        return Q("dis_max", queries=[whole, in_pieces], tie_breaker=BESIDES)

    def _pieces(self, part: Unit) -> Sequence[Unit]:
        name = part.phrases[0]
        if part.quoted or all(m.column != "roles" for m in self.meaning(name)):
            return ()
        pieces = telling(units(name, self.known, longest=len(name.split()) - 1))
        return pieces if len(pieces) > 1 else ()

    def answers(self, part: Unit) -> Query:
        """Whatever answers a unit; the best answer counts."""
        answers: list[Query] = []
        for phrase, factor in zip(
            part.phrases, [1.0] + [SYNONYM] * len(part.phrases), strict=False
        ):
            meaning = self.meaning(phrase)
            if any(fact.column == "family" for fact in meaning):
                meaning = [fact for fact in meaning if fact.column != "roles"]
            roles = [fact for fact in meaning if fact.column in ("roles", "family")]
            answers += _said(phrase, factor, names_role=bool(roles))
            for fact in meaning:
                ambiguous = fact.column == "state" and len(meaning) > 1
                worth = factor * (AMBIGUOUS_STATE if ambiguous else 1)
                answers += _meant(fact, phrase, worth)
        return Q("dis_max", queries=answers, tie_breaker=BESIDES)


def _with_last_state(words: str) -> str:
    """ "biller phoenix az" ends in a state."""
    before, _, last = words.rpartition(" ")
    is_state = last.upper() in STATE_NAMES and last.lower() not in NO_STATES
    return f"{before} {last.upper()}" if before and is_state else words


def _state(word: str) -> str:
    """The state that two capitals name: "coder, OH", but not "coder in"."""
    code = word.strip(".,;:")
    return code if code in STATE_NAMES else ""


def _said(phrase: str, factor: float, *, names_role: bool = False) -> Iterable[Query]:
    for field, worth in FIELDS.items():
        lesser = OTHER_TITLE if names_role and field.startswith("title") else 1
        yield _phrase(field, phrase, worth * factor * lesser)
    if " " in phrase.strip():
        lesser = OTHER_TITLE if names_role else 1
        yield _constant(_apart(phrase), APART * factor * lesser)
    yield Q("match_phrase", text={"query": phrase, "boost": IN_TEXT * factor})


def _meant(fact: Meaning, phrase: str, factor: float) -> Iterable[Query]:
    if fact.column == "entry":
        yield from _for_beginners(factor)
    elif fact.column == "title":
        yield _constant(Q("match", **{"title.exact": fact.value}), GRADE * factor)
    elif fact.column == "town":
        at_home = [Q("term", remote="remote"), Q("term", hires_from=fact.value)]
        yield _constant(all_of(at_home), NEAR_HOME * factor)
    elif fact.column == "roles":
        yield from _of_role(
            [fact.value], phrase, ROLE * factor, ROLE_AND_TITLE * factor
        )
        yield _stated("roles", [fact.value], OTHER_ROLE * factor)
    elif fact.column == "family":
        roles = FAMILIES[fact.value]
        yield from _of_role(roles, phrase, FAMILY * factor, FAMILY_AND_TITLE * factor)
    else:
        for fields, worth in FACTS[fact.column]:
            states = [Q("term", **{field: fact.value}) for field in fields]
            stated = states[0] if len(states) == 1 else any_of(states)
            yield _constant(stated, worth * factor)


def _of_role(
    roles: Sequence[str], phrase: str, alone: float, with_title: float
) -> Iterable[Query]:
    yield _stated("role", roles, alone)
    both = [Q("terms", role=list(roles)), _apart(phrase)]
    yield _constant(all_of(both), with_title)


def _for_beginners(factor: float) -> Iterable[Query]:
    above = Q("match", **{"title.exact": ABOVE_BEGINNERS})

    def unless_above(asked: Query) -> Query:
        return Q("bool", filter=[asked], must_not=[above])

    months = "experience_months"
    yield _constant(
        unless_above(Q("range", **{months: {"lte": 0}})), NO_EXPERIENCE * factor
    )
    yield _constant(
        unless_above(Q("range", **{months: {"lte": 6}})), LITTLE_EXPERIENCE * factor
    )
    apprentices = Q(
        "bool",
        filter=[Q("term", accepts_apprentice=True)],
        must_not=[Q("range", **{months: {"gt": 12}})],
    )
    yield _constant(unless_above(apprentices), TAKES_APPRENTICES * factor)
    yield _stated("role", ["entry-coder"], ENTRY_ROLE * factor)


def _phrase(field: str, phrase: str, worth: float) -> Query:
    return _constant(Q("match_phrase", **{field: phrase}), worth)


def _apart(phrase: str) -> Query:
    return Q("match", title={"query": phrase, "operator": "and"})


def _stated(field: str, values: Sequence[str], worth: float) -> Query:
    return _constant(Q("terms", **{field: list(values)}), worth)


def _constant(answer: Query, worth: float) -> Query:
    return Q("constant_score", filter=answer, boost=worth)


def _freshness(now: datetime) -> ScoreFunction:
    hour = now.replace(minute=0, second=0, microsecond=0)
    decay = {
        "origin": microseconds(hour),
        "scale": FRESH_FOR // timedelta(microseconds=1),
    }
    return SF("gauss", posted_at=decay, weight=FRESHNESS)
