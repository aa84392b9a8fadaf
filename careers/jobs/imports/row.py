"""A listing's row from a record and what was read from its text."""

from dataclasses import fields, is_dataclass, replace
from decimal import Decimal

from ..credential_rule import CredentialRule
from ..eligibility import RemoteStatus
from ..reading.facts import Facts
from .values import MOST_MONTHS

#: A refinement that a text may give to the plain word of a field.
_CONTRACTS = frozenset({"contract-w2", "contract-1099"})
_LONGEST = 255
_LEAST_ACCURACY, _FULL_ACCURACY = 50, 100
_MOST_CHARTS = Decimal(10_000)
_MOST_MINUTES = 1_000


def joined(stated: Facts, read: Facts) -> Facts:
    """What the feed's own fields state, then what its text does."""
    own = {
        name: value
        for name in Facts.__dataclass_fields__
        if (value := getattr(stated, name)) not in (None, ())
    }
    if stated.employment:
        own["employment"] = _refined(stated.employment, read.employment)
    if stated.pay and not stated.pay_basis and not _is_same_pay(stated, read):
        own["pay_basis"] = None
    remote = stated.remote or read.remote
    if remote is None or remote.value != RemoteStatus.HYBRID:
        own["days_on_site"] = None
    states = stated.states or read.states
    if states and states.value.basis in {"allow", "deny"} and not states.value.listed:
        own["states"] = None
    return replace(read, **own)


def _refined(stated, read):
    """ "CONTRACTOR" with a text that says "1099" is a 1099 contract."""
    kinds = [kind for kind in read if kind.value in _CONTRACTS]
    if not kinds:
        return stated
    return tuple(
        k for kind in stated for k in (kinds if kind.value == "contract" else [kind])
    )


def _is_same_pay(stated, read):
    return bool(read.pay) and read.pay.value.yearly == stated.pay.value.yearly


def columns(record, facts: Facts):
    """The columns of a `JobListing` that say what a record says."""
    return {
        "title": record.title,
        "description": record.description,
        "apply_url": record.apply_url,
        "apply_email": record.apply_email,
        "source_url": record.source_url,
        "requisition": record.requisition,
        "evidence": evidence(facts),
        **_pay(facts),
        **_asked(facts),
        **_test(facts),
        **_quota(facts),
        **_work(facts),
    }


#: Every column that `columns` sets.
CONTENT = (
    "title", "description", "apply_url", "apply_email", "source_url", "requisition",
    "evidence", "pay_minimum", "pay_maximum", "pay_period", "pay_basis",
    "credential_rule", "experience_months", "education", "test", "test_minutes",
    "test_open_book", "quota_charts", "quota_period", "accuracy", "role", "other_roles",
    "remote", "days_on_site", "states_basis", "states_listed", "employment", "schedule",
    "settings", "specialties", "codesets", "software", "pays_for", "benefits",
)  # fmt: skip


def _pay(facts):
    pay = _value(facts.pay)
    if pay is None:
        return {
            "pay_minimum": None,
            "pay_maximum": None,
            "pay_period": "",
            "pay_basis": "",
        }
    return {
        "pay_minimum": pay.minimum,
        "pay_maximum": pay.maximum,
        "pay_period": str(pay.period),
        "pay_basis": _value(facts.pay_basis) or "",
    }


def _asked(facts):
    rule = _value(facts.rule)
    months = _value(facts.experience_months)
    return {
        "credential_rule": None if rule is None else rule.as_json(),
        "experience_months": None if months is None else min(months, MOST_MONTHS),
        "education": _short(facts.education),
    }


def _test(facts):
    test = _value(facts.test)
    minutes = test.minutes if test else None
    return {
        "test": test.kind if test else "",
        "test_minutes": minutes if minutes and minutes <= _MOST_MINUTES else None,
        "test_open_book": test.open_book if test else None,
    }


def _quota(facts):
    quota, accuracy = _value(facts.quota), _value(facts.accuracy)
    is_whole = quota is not None and 0 < quota.charts < _MOST_CHARTS
    is_percent = accuracy is not None and _LEAST_ACCURACY <= accuracy <= _FULL_ACCURACY
    return {
        "quota_charts": quota.charts if is_whole else None,
        "quota_period": str(quota.period) if is_whole else "",
        "accuracy": accuracy if is_percent else None,
    }


def _work(facts):
    role, states = _value(facts.role) or "", _value(facts.states)
    return {
        "role": role,
        "other_roles": [slug for slug in _each(facts.other_roles) if slug != role],
        "remote": _value(facts.remote) or "",
        "days_on_site": _value(facts.days_on_site),
        "states_basis": states.basis if states else "",
        "states_listed": list(states.listed) if states else [],
        "employment": _each(facts.employment),
        "schedule": _short(facts.schedule),
        "settings": _each(facts.settings),
        "specialties": _each(facts.specialties),
        "codesets": _each(facts.codesets),
        "software": _each(facts.software),
        "pays_for": _each(facts.pays_for),
        "benefits": _value(facts.benefits) or "",
    }


def _value(read):
    return None if read is None else read.value


def _each(reads):
    return list(dict.fromkeys(read.value for read in reads))


def _short(read):
    value = _value(read) or ""
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1].rstrip() + "…"


def evidence(facts: Facts):
    """Each fact with the words it rests on, for the editors who judge it."""
    return [
        {"fact": name, "value": _plain(read.value), "words": read.words}
        for name, read in facts.found()
    ]


def _plain(value):
    if isinstance(value, str):
        return value
    if isinstance(value, CredentialRule):
        return value.as_json()
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Decimal) else value
