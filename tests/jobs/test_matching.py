"""Which listings answer a question: what is stated, what is denied, what is silent."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

import pytest

from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.criteria import EVERYTHING, NONE_HELD, JobCriteria, Near
from careers.jobs.facets import BY_NAME, NONE_ASKED, NOT_STATED
from careers.jobs.matching import BUILDERS, conditions, stated_conditions
from careers.jobs.models import Credential, CredentialBody, JobListing

from .factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

OHIO = Near("Columbus, OH", COLUMBUS["latitude"], COLUMBUS["longitude"])


@pytest.fixture(autouse=True)
def cpc_and_its_apprentice():
    body = CredentialBody.objects.create(slug="aapc", name="AAPC")
    full = Credential.objects.create(
        slug="CPC", name="CPC", full_name="Certified Professional Coder", body=body
    )
    Credential.objects.create(
        slug="CPC-A",
        name="CPC-A",
        full_name="Certified Professional Coder-Apprentice",
        body=body,
        apprentice_of=full,
    )


def rule(*groups, preferred=()):
    return CredentialRule(tuple(groups), tuple(preferred)).as_json()


def asked(**parts):
    return JobCriteria(**parts)


def held(*names, fit, adding=""):
    return JobCriteria(holds=names, fit=fit, adding=adding)


CPC = rule(Group(("CPC",)))
OPEN_TO_A = rule(Group(("CPC",), True))
CPC_AND_CRC = rule(Group(("CPC",)), Group(("CRC",)))
CRC_LATER = rule(Group(("CPC",)), Group(("CRC",), within_months=12))
PER_CHART = {"pay_minimum": 2, "pay_maximum": Decimal("2.5"), "pay_period": "chart"}
UNPAID = {"pay_minimum": None, "pay_maximum": None, "pay_period": ""}
YES, NO, SILENT = "match", "no match", "silence"


@pytest.mark.parametrize(
    ("criteria", "facts", "verdict"),
    [
        (asked(role=("inpatient-coder",)), {}, YES),
        (asked(role=("profee-coder",)), {}, NO),
        (asked(role=("profee-coder",)), {"other_roles": ["profee-coder"]}, YES),
        (asked(role=("profee-coder",)), {"role": ""}, SILENT),
        (asked(setting=("hospital", "payer")), {}, YES),
        (asked(setting=("payer",)), {}, NO),
        (asked(setting=("payer",)), {"settings": []}, SILENT),
        (asked(remote=("onsite",)), {}, YES),
        (asked(remote=("remote", "hybrid")), {}, NO),
        (asked(remote=("remote",)), {"remote": ""}, SILENT),
        (asked(credential=("CCS",)), {}, YES),
        (asked(credential=("CRC",)), {}, NO),
        (asked(credential=("CRC",)), {"credential_rule": rule(preferred=["CRC"])}, YES),
        (asked(credential=("CRC",)), {"credential_rule": None}, SILENT),
        (asked(credential=(NONE_ASKED,)), {"credential_rule": rule()}, YES),
        (asked(credential=(NONE_ASKED,)), {"credential_rule": None}, SILENT),
        (asked(specialty=("cardiology",)), {"specialties": ["cardiology"]}, YES),
        (asked(specialty=("cardiology",)), {}, SILENT),
        (asked(software=("epic",)), {"software": ["meditech"]}, NO),
        (asked(codeset=("icd-10-pcs",)), {}, YES),
        (asked(employment=("part-time",)), {}, NO),
        (asked(employment=("part-time",)), {"employment": []}, SILENT),
        (asked(pay=Decimal(36), per="hour"), {}, YES),
        (asked(pay=Decimal("36.01"), per="hour"), {}, NO),
        (asked(pay=Decimal(74880)), {}, YES),
        (asked(pay=Decimal("74880.01")), {}, NO),
        (asked(pay=Decimal(1)), UNPAID, SILENT),
        (asked(pay=Decimal(1)), PER_CHART, SILENT),
        (
            asked(pay=Decimal(30), per="hour"),
            PER_CHART | {"quota_charts": 12, "quota_period": "hour"},
            YES,
        ),
        (asked(experience=24), {}, YES),
        (asked(experience=23), {}, NO),
        (asked(experience=0), {"experience_months": 0}, YES),
        (asked(experience=600), {"experience_months": None}, SILENT),
        (asked(apprentice=True), {"credential_rule": OPEN_TO_A}, YES),
        (asked(apprentice=True), {"credential_rule": CPC}, NO),
        (asked(apprentice=True), {"credential_rule": None}, SILENT),
        (asked(state="OH"), {}, YES),
        (asked(state="TX"), {}, NO),
        (asked(state="TX"), {"remote": "remote"}, SILENT),
        (asked(state="TX"), {"remote": "remote", "states_basis": "anywhere"}, YES),
        (asked(state="PR"), {"remote": "remote", "states_basis": "anywhere"}, NO),
        (
            asked(state="TX"),
            {"remote": "remote", "states_basis": "deny", "states_listed": ["TX"]},
            NO,
        ),
        (asked(near=OHIO, within=5), {}, YES),
        (asked(near=OHIO, within=500), {"places": [AUSTIN]}, NO),
        (asked(near=OHIO, within=5), {"places": [AUSTIN, COLUMBUS]}, YES),
        (asked(near=OHIO, within=500), {"places": []}, NO),
        (asked(posted=7), {}, YES),
        (asked(posted=2), {}, NO),
        (asked(untested=True), {"test": "none"}, YES),
        (asked(untested=True), {"test": "paid"}, YES),
        (asked(untested=True), {"test": "unpaid"}, NO),
        (asked(untested=True), {"test": "required"}, SILENT),
        (asked(untested=True), {"test": ""}, SILENT),
        (held("CPC", fit="now"), {"credential_rule": CPC}, YES),
        (held("CPC-A", fit="now"), {"credential_rule": CPC}, NO),
        (held("CPC-A", fit="now"), {"credential_rule": OPEN_TO_A}, YES),
        (held("CPC-A", fit="apprentice"), {"credential_rule": OPEN_TO_A}, YES),
        (held("CPC", fit="apprentice"), {"credential_rule": OPEN_TO_A}, NO),
        (held("CRC", fit="short"), {"credential_rule": CPC_AND_CRC}, YES),
        (held("RHIT", fit="short"), {"credential_rule": CPC_AND_CRC}, NO),
        (held("CPC", "CRC", fit="short"), {"credential_rule": CPC_AND_CRC}, NO),
        (held("CPC", fit="now"), {"credential_rule": CRC_LATER}, YES),
        (held("CRC", fit="now"), {"credential_rule": CRC_LATER}, NO),
        (held("CRC", fit="now"), {"credential_rule": rule()}, YES),
        (held("CRC", fit="short"), {"credential_rule": rule()}, NO),
        (held("CRC", fit="short", adding="CPC"), {"credential_rule": CPC_AND_CRC}, YES),
        (held("CRC", fit="short", adding="CCS"), {"credential_rule": CPC_AND_CRC}, NO),
        (held("CPC", fit="short", adding="CRC"), {"credential_rule": CPC}, NO),
        (held("CPC-A", fit="short", adding="CPC"), {"credential_rule": CPC}, YES),
        (held("CPC-A", fit="short", adding="CPC"), {"credential_rule": OPEN_TO_A}, NO),
        (held("CRC", fit="short", adding="CPC-A"), {"credential_rule": CPC}, NO),
        (held("CRC", fit="short", adding="CPC"), {"credential_rule": None}, SILENT),
        (held(NONE_HELD, fit="now"), {"credential_rule": rule()}, YES),
        (held(NONE_HELD, fit="now"), {"credential_rule": CPC}, NO),
        (held(NONE_HELD, fit="now"), {"credential_rule": None}, SILENT),
        (held(NONE_HELD, fit="short"), {"credential_rule": CPC}, YES),
        (held(NONE_HELD, fit="short"), {"credential_rule": CPC_AND_CRC}, NO),
        (held(NONE_HELD, fit="short", adding="CPC"), {"credential_rule": CPC}, YES),
        (held("CPC", fit="now"), {"credential_rule": None}, SILENT),
        (held("CPC", fit="short"), {"credential_rule": None}, SILENT),
    ],
)  # fmt: skip
def test_a_listing_answers_or_does_not_or_does_not_say(criteria, facts, verdict):
    JobListingFactory(**facts)
    (name,) = criteria.asked
    listings = JobListing.objects.live()
    assert listings.matching(criteria).exists() == (verdict == YES)
    let_in = listings.matching(criteria.with_unstated(name)).exists()
    assert let_in == (verdict in (YES, SILENT))
    assert listings.matching(criteria, without=(name,)).exists()


def test_an_employer_is_asked_by_its_slug():
    listing = JobListingFactory(employer=EmployerFactory(slug="mereford"))
    JobListingFactory()
    found = JobListing.objects.matching(JobCriteria(employer=("mereford",)))
    assert list(found) == [listing]


def test_facets_must_all_match_and_their_values_any():
    both = JobListingFactory(settings=["payer"], software=["epic"])
    JobListingFactory(settings=["payer"], software=["meditech"])
    JobListingFactory(settings=["dental"], software=["epic"])
    criteria = JobCriteria(setting=("hospital", "payer"), software=("epic",))
    assert list(JobListing.objects.matching(criteria)) == [both]


def test_a_listing_with_two_places_near_is_found_once():
    JobListingFactory(places=[COLUMBUS, COLUMBUS | {"zip": "43201"}])
    found = JobListing.objects.matching(JobCriteria(near=OHIO, within=10))
    assert found.count() == 1


def test_no_question_leaves_nothing_out():
    JobListingFactory(rule_unstated=True, remote="", places=[], role="")
    assert conditions(EVERYTHING) == {}
    assert JobListing.objects.live().matching(EVERYTHING).count() == 1


def test_posted_within_is_exact_to_the_second():
    days = timedelta(days=7)
    JobListingFactory(posted_at=timezone.now() - days - timedelta(seconds=1))
    inside = JobListingFactory(posted_at=timezone.now() - days + timedelta(minutes=1))
    assert list(JobListing.objects.matching(JobCriteria(posted=7))) == [inside]


def test_every_filter_but_text_has_a_condition():
    criteria = JobCriteria(
        **dict.fromkeys(BY_NAME, (NOT_STATED,)),
        pay=Decimal(1),
        experience=0,
        apprentice=True,
        state="OH",
        near=OHIO,
        posted=1,
        untested=True,
        holds=("CPC",),
        fit="now",
    )
    assert set(stated_conditions(criteria)) == {*BY_NAME, *BUILDERS}
    assert set(criteria.asked) == {*BY_NAME, *BUILDERS}
