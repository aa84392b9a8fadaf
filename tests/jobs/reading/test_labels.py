"""The hand-made labels are well formed and speak the vocabulary's slugs."""

import csv
import gzip
import json
from pathlib import Path

from django.conf import settings

import pytest

from careers.jobs.credential_rule import CredentialRule
from careers.jobs.eligibility import STATE_NAMES, RemoteStatus, StatesBasis
from careers.jobs.facets import EMPLOYMENT_LABELS
from careers.jobs.models import JobListing
from careers.jobs.pay import Period, QuotaPeriod

LABELS = Path(__file__).parent / "labels"
VOCABULARY = settings.BASE_DIR / "careers" / "jobs" / "data"
ANNOUNCEMENTS = settings.SAMPLE_DATA_DIR / "jobs" / "federal_announcements.jsonl.gz"

FACTS = {
    "role", "other_roles", "settings", "specialties", "software", "codesets", "rule",
    "experience_months", "remote", "states", "pay", "employment", "test", "quota",
    "accuracy", "pays_for",
}  # fmt: skip
KEYS = {
    "federal": FACTS | {"id", "rule_from", "unsure"},
    "private": FACTS | {"id", "title", "employer", "text", "unsure"},
}


def read(name):
    lines = (LABELS / f"{name}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def slugs(name):
    with (VOCABULARY / f"{name}.csv").open(newline="") as rows:
        return {row["slug"] for row in csv.DictReader(rows)}


FEDERAL, PRIVATE = read("federal"), read("private")
ALL = [pytest.param(label, id=label["id"]) for label in FEDERAL + PRIVATE]


@pytest.fixture(scope="module")
def known():
    names = ("roles", "settings", "specialties", "software", "codesets", "credentials")
    return {name: slugs(name) for name in names}


@pytest.mark.parametrize(("name", "least"), [("federal", 90), ("private", 70)])
def test_there_are_enough_labels_and_each_has_every_fact(name, least):
    labels = read(name)
    assert len({label["id"] for label in labels}) == len(labels) >= least
    assert [label["id"] for label in labels if label.keys() != KEYS[name]] == []


@pytest.mark.parametrize("label", ALL)
def test_every_slug_is_in_the_vocabulary(label, known):
    roles = [label["role"]] if label["role"] else []
    assert {*roles, *label["other_roles"]} <= known["roles"]
    for fact in ("settings", "specialties", "software", "codesets"):
        assert set(label[fact]) <= known[fact], fact
        assert len(set(label[fact])) == len(label[fact]), fact


@pytest.mark.parametrize("label", ALL)
def test_rule_is_one_that_a_listing_can_hold(label, known):
    if label["rule"] is None:
        return
    rule = CredentialRule.from_json(label["rule"])
    assert rule.as_json() == label["rule"]
    assert set(rule.named) <= known["credentials"]


@pytest.mark.parametrize("label", ALL)
def test_choices_are_those_of_a_listing(label):
    assert (label["remote"] or "") in set(RemoteStatus)
    assert (label["test"] or "") in JobListing.Test.values
    assert set(label["employment"]) <= set(EMPLOYMENT_LABELS)
    assert set(label["pays_for"]) <= set(JobListing.PaysFor.values)
    assert set(label["unsure"]) <= FACTS


@pytest.mark.parametrize("label", ALL)
def test_states_are_codes_in_order_and_named_where_the_basis_needs_them(label):
    if label["states"] is None:
        return
    basis, listed = label["states"]["basis"], label["states"]["listed"]
    assert basis in set(StatesBasis) - {StatesBasis.NOT_STATED}
    assert bool(listed) == (basis != StatesBasis.ANYWHERE)
    assert listed == sorted(set(listed))
    assert set(listed) <= STATE_NAMES.keys()


@pytest.mark.parametrize("label", ALL)
def test_numbers_are_within_what_a_listing_allows(label):
    if label["pay"] is not None:
        lowest, highest, period = label["pay"]
        assert 0 < lowest <= highest
        assert period in set(Period)
    if label["quota"] is not None:
        charts, period = label["quota"]
        assert charts > 0
        assert period in set(QuotaPeriod)
    if label["experience_months"] is not None:
        assert 0 <= label["experience_months"] <= 240
    if label["accuracy"] is not None:
        assert 50 <= label["accuracy"] <= 100


@pytest.mark.parametrize(
    "label", [pytest.param(label, id=label["id"]) for label in FEDERAL]
)
def test_federal_rule_says_whether_credentials_were_named(label):
    expected = {None} if label["rule"] is None else {"names", "class"}
    assert label["rule_from"] in expected


@pytest.mark.parametrize(
    "label", [pytest.param(label, id=label["id"]) for label in PRIVATE]
)
def test_private_text_is_as_long_as_an_ad(label):
    assert 600 <= len(label["text"]) <= 3000


def test_off_topic_jobs_are_among_the_private_texts():
    assert sum(label["role"] is None for label in PRIVATE) == 8


@pytest.mark.skipif(
    not ANNOUNCEMENTS.exists(), reason="the federal announcements are not here"
)
def test_every_federal_label_has_its_announcement():
    with gzip.open(ANNOUNCEMENTS, "rt") as lines:
        announced = {json.loads(line)["id"] for line in lines}
    assert {label["id"] for label in FEDERAL} <= announced
