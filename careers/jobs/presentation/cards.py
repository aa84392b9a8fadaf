"""A listing as an entry of a ledger, in words that a template only has to place."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from ..models.vocabulary import LETTERS, Track
from ..vocabulary import Vocabulary
from . import facts, printed
from .ages import age
from .marks import matched
from .money import PayWords, pay_words
from .pay_strip import Usual, pay_strip
from .place_words import where
from .rule_words import rule_line


@dataclass(frozen=True, slots=True)
class Card:
    """One entry. Plain strings are unescaped, as outsiders wrote them.

    ``track`` is empty where the role is unknown; ``title`` has the words of the search
    marked; ``pay_note`` says how the figure came about.
    """

    url: str
    title: str
    track: str
    letters: str
    track_label: str
    age: str
    employer: str
    employer_note: str
    where: SafeString
    pay: PayWords
    pay_note: str
    strip: SafeString
    terms: str
    rule: SafeString


@dataclass(frozen=True)
class Ledger:
    """How entries are written: for whom, and what was searched for.

    ``per`` is "year" or "hour"; ``state`` and ``holds`` are what the reader told.
    """

    vocabulary: Vocabulary
    now: datetime
    per: str = "year"
    state: str = ""
    holds: tuple[str, ...] = ()
    words: str = ""

    def card(self, listing, usual: Usual | None) -> Card:
        """The entry of a `JobListing` or a `Summary`, before its role's usual pay."""
        role = self.vocabulary.roles.get(listing.role)
        track = Track(role.track) if role and role.track in LETTERS else None
        pay = listing.pay
        words = pay_words(pay, per=self.per)
        strip = pay_strip(
            pay.yearly if pay else None,
            usual,
            role=facts.in_sentence(role.short) if role else "the role",
        )
        return Card(
            url=listing.get_absolute_url() + self.query,
            title=matched(listing.title, self.words),
            track=track.value if track else "",
            letters=track.letters if track else "",
            track_label=str(track.label) if track else "",
            age=age(listing.posted_at, self.now),
            employer=listing.employer.name,
            employer_note=_employer_note(listing),
            where=self._where(listing),
            pay=words,
            pay_note=words.note or _outline_note(listing, usual),
            strip=printed.strip_html(strip),
            terms=facts.terms(listing, self.vocabulary),
            rule=self._rule(listing),
        )

    @cached_property
    def query(self) -> str:
        """Listings' own pages say what they mean to a wallet and a state."""
        pairs = [("holds", credential) for credential in self.holds]
        if self.state:
            pairs.append(("state", self.state))
        return f"?{urlencode(pairs)}" if pairs else ""

    def _where(self, listing) -> SafeString:
        pieces = where(
            listing, state=self.state, distance=getattr(listing, "distance", None)
        )
        return printed.pieces_html(pieces)

    def _rule(self, listing) -> SafeString:
        forms = self.vocabulary.apprentice_forms
        verdict = getattr(listing, "verdict", None)
        return printed.rule_html(rule_line(listing.rule, forms, verdict))


def _employer_note(listing) -> str:
    if listing.is_sample:
        return "sample listing"
    if listing.employer.kind:
        return facts.in_sentence(listing.employer.get_kind_display())
    return ""


def _outline_note(listing, usual: Usual | None) -> str:
    return "Outline: usual for the role" if usual and not listing.pay else ""
