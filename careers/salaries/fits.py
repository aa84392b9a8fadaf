"""How closely the occupation of official wages fits a role, in words for its page.

Occupations are those of the Standard Occupational Classification (SOC, 2018), by its
definitions; how working supervisors are counted is in the Handbook of Methods of the
US Bureau of Labor Statistics (OEWS, Concepts).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """``is_nearest``: the role has no occupation of its own, this is the nearest."""

    soc: str
    words: str
    is_nearest: bool = False


RECORDS = "29-2072"
BILLING = "43-3021"
REGISTRARS = "29-9021"
MANAGERS = "11-9111"

_WITH_CLERKS = "record technicians and release-of-information clerks"
_ALL_MANAGERS = (
    "The occupation holds managers of all medical and health services, clinical and "
    "nursing administrators among them."
)


def _coder(kind: str) -> Fit:
    return Fit(
        RECORDS,
        f"{kind} are counted here with all other medical coders, and with "
        f"{_WITH_CLERKS}, so the figures read low for coders.",
    )


#: Role to the fit of the occupation that the product gives it.
FITS: Mapping[str, Fit] = {
    "patient-access-representative": Fit(
        "43-4111",
        "Hospital admitting and registration clerks are counted here with everyone "
        "who interviews people to fill in forms and questionnaires, in every industry.",
    ),
    "insurance-verification-specialist": Fit(
        "43-9041",
        "The occupation holds clerks who process insurance claims and policies, at "
        "insurers as well as at providers of care.",
    ),
    "billing-clerk": Fit(
        BILLING,
        "The occupation holds billing clerks of every industry, those who bill for "
        "goods among them, not of health care alone.",
    ),
    "payment-poster": Fit(
        BILLING,
        "The occupation holds billing and posting clerks of every industry, not of "
        "health care alone.",
    ),
    "medical-biller": Fit(
        BILLING,
        "The occupation holds billing clerks of every industry, not of health care "
        "alone. Medical billers who also code may be counted among medical records "
        "specialists (29-2072), which these figures leave out.",
    ),
    "patient-account-representative": Fit(
        BILLING,
        "The occupation holds billing clerks of every industry. Those whose work is "
        "mostly collecting are counted among bill and account collectors (43-3011), "
        "which these figures leave out.",
    ),
    "denials-specialist": Fit(
        BILLING,
        "Denials and follow-up have no occupation of their own. These are billing "
        "clerks of every industry; people whose work is mostly collecting are counted "
        "among bill and account collectors (43-3011).",
        is_nearest=True,
    ),
    "him-technician": Fit(
        RECORDS,
        "Record technicians and release-of-information clerks are counted here with "
        "medical coders; there are no figures for technicians alone.",
    ),
    "entry-coder": Fit(
        RECORDS,
        "Coders of every experience are counted here, and with them "
        f"{_WITH_CLERKS}: these are not the figures of a first job.",
    ),
    "medical-coder": Fit(
        RECORDS,
        f"Medical coders are counted here with {_WITH_CLERKS}, so the figures read "
        "low for coders.",
    ),
    "profee-coder": _coder("Professional fee coders"),
    "outpatient-coder": _coder("Outpatient coders"),
    "risk-adjustment-coder": _coder("Risk adjustment coders"),
    "specialty-coder": _coder("Specialty coders"),
    "inpatient-coder": _coder("Inpatient coders"),
    "revenue-integrity-analyst": Fit(
        RECORDS,
        "Revenue integrity has no occupation of its own. Analysts may be counted among "
        "medical records specialists, as here, or among accountants and auditors "
        "(13-2011).",
        is_nearest=True,
    ),
    "cdi-specialist": Fit(
        REGISTRARS,
        "Documentation specialists have no occupation of their own. These figures "
        "hold medical registrars and people who design and test health information "
        "systems too; documentation specialists who work as registered nurses may be "
        "counted among nurses (29-1141).",
        is_nearest=True,
    ),
    "health-data-analyst": Fit(
        REGISTRARS,
        "Health data analysts are counted here with medical registrars and with "
        "people who design and test health information systems; those who manage "
        "clinical data may be counted among data scientists (15-2051).",
    ),
    "cancer-registrar": Fit(
        REGISTRARS,
        "Medical registrars are counted here with people who design and test health "
        "information systems; there are no figures for registrars alone.",
    ),
    "billing-supervisor": Fit(
        "43-1011",
        "The occupation holds first-line supervisors of all office work, in every "
        "industry, not of billing alone.",
    ),
    "coding-auditor": Fit(
        RECORDS,
        "Coding auditors have no occupation of their own. These figures hold medical "
        f"coders, {_WITH_CLERKS} too.",
        is_nearest=True,
    ),
    "coding-educator": Fit(
        RECORDS,
        "Coding educators have no occupation of their own. These figures hold medical "
        f"coders, {_WITH_CLERKS} too; educators who teach at a college are counted "
        "among health specialties teachers (25-1071).",
        is_nearest=True,
    ),
    "compliance-analyst": Fit(
        "13-1041",
        "The occupation holds compliance officers of every industry, inspectors and "
        "examiners of licenses among them, not of health care alone.",
    ),
    "coding-supervisor": Fit(
        RECORDS,
        "Supervisors who spend a fifth or more of their time on the work of their team "
        "are counted with it, so these are the figures of the team; others may be "
        "counted among medical and health services managers (11-9111).",
        is_nearest=True,
    ),
    "coding-manager": Fit(
        MANAGERS, f"{_ALL_MANAGERS} There are no figures for coding managers alone."
    ),
    "revenue-cycle-manager": Fit(
        MANAGERS,
        f"Revenue cycle managers have no occupation of their own. {_ALL_MANAGERS}",
        is_nearest=True,
    ),
    "him-director": Fit(
        MANAGERS,
        "Directors of health information are counted here with managers of all "
        "medical and health services, clinical and nursing administrators among them.",
    ),
    "revenue-cycle-director": Fit(
        MANAGERS,
        f"Revenue cycle directors have no occupation of their own. {_ALL_MANAGERS}",
        is_nearest=True,
    ),
}


def fit(role: str, soc: str, occupation: str) -> Fit:
    """The fit of an occupation to a role; editors may have given it another one."""
    known = FITS.get(role)
    if known and known.soc == soc:
        return known
    return Fit(soc, f"These are the figures of everyone counted among {occupation}.")
