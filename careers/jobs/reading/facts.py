"""What a reading of a listing's text found, each fact with the words it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from ..credential_rule import CredentialRule
from ..pay import PostedPay, Quota


@dataclass(frozen=True, slots=True)
class Read[T]:
    """A value and the words of the text it was read from, as they stand there."""

    value: T
    words: str


@dataclass(frozen=True, slots=True)
class StatesRead:
    """``basis`` is a `StatesBasis` value; ``listed`` are state codes, sorted."""

    basis: str
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TestRead:
    """``kind`` is none, paid, unpaid or required; the rest None where not stated."""

    kind: str
    minutes: int | None = None
    open_book: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """None or empty where the text gives no evidence: silence is not a guess."""

    role: Read[str] | None = None
    other_roles: tuple[Read[str], ...] = ()
    settings: tuple[Read[str], ...] = ()
    specialties: tuple[Read[str], ...] = ()
    software: tuple[Read[str], ...] = ()
    codesets: tuple[Read[str], ...] = ()
    rule: Read[CredentialRule] | None = None
    experience_months: Read[int] | None = None
    education: Read[str] | None = None
    pay: Read[PostedPay] | None = None
    pay_basis: Read[str] | None = None
    remote: Read[str] | None = None
    days_on_site: Read[int] | None = None
    states: Read[StatesRead] | None = None
    employment: tuple[Read[str], ...] = ()
    schedule: Read[str] | None = None
    test: Read[TestRead] | None = None
    quota: Read[Quota] | None = None
    accuracy: Read[Decimal] | None = None
    pays_for: tuple[Read[str], ...] = ()
    benefits: Read[str] | None = None

    def found(self) -> Iterator[tuple[str, Read[Any]]]:
        """Every fact that was read, as (name of the fact, Read)."""
        for column in fields(self):
            value = getattr(self, column.name)
            for read in value if isinstance(value, tuple) else (value,):
                if read is not None:
                    yield column.name, read
