"""Words that editors make equal find each other, without a deploy."""

import pytest

from careers.jobs.criteria import JobCriteria
from search import synonyms
from search.models import Synonym
from tests.jobs.factories import EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer(db):
    return EmployerFactory(name="Lakearden")


@pytest.fixture
def titled(words, employer):
    """A listing of no known role whose only words are its title."""

    def make(title):
        return JobListingFactory(
            title=title,
            role="",
            credential_rule=None,
            description="<p>Work.</p>",
            employer=employer,
        )

    return make


def found(engine, text):
    return set(engine.answer(JobCriteria(q=text)).ids)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Professional Fee Coder", "profee coder"),
        ("Pro-Fee Coder", "professional fee coder"),
        ("Profee Coder", "pro fee"),
        ("Coder, work from home", "wfh coder"),
        ("RCM Analyst", "revenue cycle management"),
        ("HCC Auditor", "risk adjustment auditor"),
        ("Risk Adjustment Coder", "hcc coder"),
        ("Certified Professional Coder", "CPC"),
        ("CPC coder", "certified professional coder"),
        ("Medical Coding Specialist", "medical coder"),
        ("A/R Follow-up Representative", "ar follow up"),
        ("SNF Biller", "nursing home biller"),
        ("Inpatient Coder", "inpatient coding"),
        ("Inpatient Coders", "INPATIENT CODER"),
        ("Tumor Registrar", "cancer registrar"),
        ("DRG Auditor", "diagnosis related group"),
    ],
)
def test_the_words_of_the_field_find_each_other(engine, titled, title, asked):
    listing = titled(title)
    assert found(engine, asked) == {listing.pk}


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Medical Biller", "medical coder"),
        ("Remote Coder", "onsite coder"),
        ("Inpatient Coder", "outpatient coder"),
        ("Coder in Pennsylvania", "prior authorization"),
    ],
)
def test_words_that_differ_do_not(engine, titled, title, asked):
    titled(title)
    assert found(engine, asked) == set()


def test_an_editors_words_work_at_once_and_end_with_the_row(engine, titled):
    listing = titled("Quality Nurse")
    assert found(engine, "sparrow") == set()
    row = Synonym.objects.create(terms=["sparrow", "quality nurse"])
    synonyms.forget()
    assert found(engine, "sparrow") == {listing.pk}
    row.delete()
    synonyms.forget()
    assert found(engine, "sparrow") == set()


def test_one_way_words_lead_one_way_only(engine, titled):
    Synonym.objects.create(terms=["bird", "sparrow", "wren"], kind=Synonym.Kind.ONE_WAY)
    bird, sparrow = titled("Bird Coder").pk, titled("Sparrow Coder").pk
    assert found(engine, "bird") == {bird, sparrow}
    assert found(engine, "sparrow") == {sparrow}
    assert found(engine, "wren") == set()


def test_quotes_keep_words_as_they_are_and_a_minus_leaves_out(engine, titled):
    one, other = titled("Profee Coder").pk, titled("Professional Fee Coder").pk
    assert found(engine, "profee") == {one, other}
    assert found(engine, '"profee"') == {one}
    assert found(engine, "coder -profee") == {other}


def test_title_stands_above_body(engine, titled, employer):
    body = JobListingFactory(
        title="Analyst",
        role="",
        credential_rule=None,
        description="<p>Cardiology. Cardiology charts for cardiology.</p>",
        employer=employer,
    )
    title = titled("Cardiology Coder")
    title.posted_at = body.posted_at.replace(year=body.posted_at.year - 1)
    title.save()
    assert engine.answer(JobCriteria(q="cardiology")).ids == (title.pk, body.pk)
