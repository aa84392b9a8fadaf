"""What a question's words find, and what comes first: real listings on a real node."""

from django.db import transaction
from django.utils import timezone

import pytest

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.criteria import JobCriteria
from careers.jobs.vocabulary_files import read_vocabulary
from search import meanings, relevance, synonyms
from search.meanings import Meaning
from tests.jobs.factories import AUSTIN, COLUMBUS, EmployerFactory, JobListingFactory

from .board import words_and_places
from .conftest import engine_over

pytestmark = pytest.mark.django_db

PLAIN = "<p>Joins a friendly team and learns every day.</p>"
MERCY = "Mercyfield Hospital"


def asks(*credentials, apprentice=False):
    return CredentialRule((Group(credentials, apprentice),)).as_json()


#: name -> facts. What is not given stays unsaid.
LISTINGS = {
    "inpatient": {
        "title": "Inpatient Coder",
        "role": "inpatient-coder",
        "codesets": ["icd-10-cm", "icd-10-pcs"],
        "credential_rule": asks("CCS", "RHIT"),
        "description": "<p>Codes inpatient stays with ICD-10-PCS.</p>",
    },
    "inpatient turned": {
        "title": "Coder II, Inpatient",
        "role": "inpatient-coder",
        "credential_rule": asks("CCS", "RHIA"),
        "description": PLAIN,
    },
    "director": {
        "title": "HIM Director",
        "role": "him-director",
        "description": "<p>Leads every inpatient coder of the hospital.</p>",
    },
    "physician": {
        "title": "Pro-Fee Coder",
        "role": "profee-coder",
        "credential_rule": asks("CPC", "CCS-P"),
        "description": "<p>Audits E/M levels; reads CPT 99213 and modifiers.</p>",
        "specialties": ["cardiology"],
        "remote": "remote",
    },
    "apprentice": {
        "title": "Medical Coder",
        "role": "medical-coder",
        "credential_rule": asks("CPC", apprentice=True),
        "experience_months": 0,
        "description": PLAIN,
    },
    "outpatient": {
        "title": "Outpatient Coder",
        "role": "outpatient-coder",
        "credential_rule": asks("COC"),
        "description": "<p>Works in 3M 360 Encompass.</p>",
        "software": ["solventum-360"],
    },
    "registrar": {
        "title": "Oncology Data Specialist",
        "role": "cancer-registrar",
        "description": PLAIN,
    },
    "biller": {
        "title": "Medical Biller",
        "role": "medical-biller",
        "description": "<p>A/R follow-up with payers.</p>",
        "employment": ["part-time"],
        "places": [AUSTIN],
    },
    "radio": {
        "title": "Media Billing Coordinator",
        "role": "",
        "description": "<p>Bills adverts and keeps records at a radio station.</p>",
    },
    "software": {
        "title": "Software Coder",
        "role": "",
        "description": "<p>Writes Python for a media house.</p>",
    },
    # The older of two that have the same stems: it must win by its own words.
    "claims processing": {
        "title": "Claims Processing",
        "role": "",
        "description": PLAIN,
    },
    "claims process": {"title": "Claims Process", "role": "", "description": PLAIN},
    "mercy": {
        "title": "Coding Auditor",
        "role": "coding-auditor",
        "description": PLAIN,
        "employer_name": MERCY,
        "places": [COLUMBUS],
    },
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        words_and_places()
        yield {name: listing(name, facts) for name, facts in LISTINGS.items()}
        transaction.set_rollback(True)


def listing(name, facts):
    said = {
        "settings": [],
        "specialties": [],
        "software": [],
        "codesets": [],
        "employment": ["full-time"],
        "remote": "onsite",
        "places": [],
        "experience_months": 24,
        "credential_rule": None,
        **facts,
    }
    employer = EmployerFactory(name=said.pop("employer_name", f"Employer of {name}"))
    return JobListingFactory(employer=employer, **said).pk


@pytest.fixture(scope="module")
def engine(elasticsearch_node, made):
    with engine_over(elasticsearch_node, made.values()) as over:
        yield over


@pytest.fixture
def found(engine, made):
    names = {pk: name for name, pk in made.items()}
    return lambda words: [names[pk] for pk in engine.answer(JobCriteria(q=words)).ids]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("inpatient coder", ["inpatient", "inpatient turned"]),
        ("coder inpatient", ["inpatient", "inpatient turned"]),
        ("jobs for an inpatient coder", ["inpatient", "inpatient turned"]),
        ("medical billing", ["biller"]),
        ("medical coder", ["apprentice"]),
        ("tumor registrar", ["registrar"]),
        ("profee", ["physician"]),
        ("E/M", ["physician"]),
        ("e&m", ["physician"]),
        ("evaluation and management", ["physician"]),
        ("99213", ["physician"]),
        ("A/R", ["biller"]),
        ("accounts receivable", ["biller"]),
        ("ICD-10-PCS", ["inpatient"]),
        ("icd 10 pcs", ["inpatient"]),
        ("3M 360", ["outpatient"]),
        ("3m", ["outpatient"]),
        ("CCS-P", ["physician"]),
        ("cardiology coder", ["physician"]),
        ("work from home coder", ["physician"]),
        ("wfh", ["physician"]),
        ("part time biller", ["biller"]),
        ("biller texas", ["biller"]),
        ("claims processing", ["claims processing", "claims process"]),
        ("claims process", ["claims process", "claims processing"]),
        ("auditor columbus ohio", ["mercy"]),
        ("mercyfield", ["mercy"]),
        ("Mercyfield Hospital coding", ["mercy"]),
        ("entry level coder", ["apprentice"]),
        ("no experience medical coder", ["apprentice"]),
        ('"pro-fee coder"', ["physician"]),
    ],
)
def test_what_comes_first(found, words, first):
    assert found(words)[: len(first)] == first


@pytest.mark.parametrize(
    ("words", "never"),
    [
        ("medical billing", {"radio", "software"}),
        ("medical coder", {"software", "radio"}),
        ("medical records", {"radio"}),
        ("radiology", {"radio"}),
        ("CCS", {"physician"}),
        ("CPC", {"outpatient"}),
        ("COC", {"physician", "apprentice"}),
        ("RHIT", {"inpatient turned"}),
        ("RHIA", {"inpatient"}),
        ("coder -inpatient", {"inpatient", "inpatient turned", "director"}),
        ("coder -remote", {"physician"}),
    ],
)
def test_what_is_never_found(found, words, never):
    assert not never & set(found(words))


def test_a_remark_in_the_text_comes_after_titles(found):
    assert found("inpatient coder")[-1] == "director"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("inpateint codr", "inpatient coder"),
        ("Onclogy data", "oncology data"),
        ("medcial biler", "medical biller"),
    ],
)
def test_slips_are_mended(engine, typed, meant):
    answer = engine.answer(JobCriteria(q=typed))
    assert (answer.total, answer.spelling.lower()) == (0, meant)


@pytest.mark.parametrize("typed", ["CDEO", "CCA", "RHIT xqzt", "CPCO"])
def test_a_credential_is_never_taken_for_another(engine, typed):
    answer = engine.answer(JobCriteria(q=typed))
    assert answer.total == 0
    assert answer.spelling == ""


def test_a_synonym_of_an_editor_counts_with_the_next_question(found):
    assert found("chart whisperer") == []
    synonyms.Synonym.objects.create(terms=["chart whisperer", "inpatient coder"])
    synonyms.forget()
    assert found("chart whisperer")[0] == "inpatient"


def test_long_questions_may_leave_a_word_open(found):
    assert found("remote cardiology pro-fee coder zzyzx")[0] == "physician"
    assert found("pro-fee zzyzx") == []


# Pure


TABLE = {"ohio": [Meaning("state", "OH")], "wfh": [Meaning("remote", "remote")]}


def query(words, equals=None):
    now = timezone.now()
    return relevance.query(words, equals or {}, TABLE, now).to_dict()


def wanted(words):
    found = query(words)["function_score"]["query"]["bool"]["must"][0]["bool"]
    return found["should"]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("jobs in ohio", 1),
        ("jobs", 1),
        ("coder in me", 1),
        ("coder ME", 2),
        ("the coder", 1),
        ('"the coder"', 1),
        ("wfh coder ohio", 3),
    ],
)
def test_words_that_say_nothing_are_left_out(words, units):
    assert len(wanted(words)) == units


def test_a_state_is_its_places_before_those_it_is_hired_from():
    (ohio,) = wanted("ohio")
    worth = {
        next(iter(each["constant_score"]["filter"]["term"])): each["constant_score"][
            "boost"
        ]
        for each in ohio["dis_max"]["queries"]
        if "term" in each.get("constant_score", {}).get("filter", {})
    }
    assert worth["place_states"] > worth["hires_from"] > 0


COLUMNS_OF_NO_VOCABULARY = {"remote", "employment", "title", "entry", "family"}


def test_what_people_say_means_words_that_the_vocabulary_has():
    words = read_vocabulary()
    told = {(fact.column, fact.value) for fact in meanings.SPOKEN}
    told |= {("credentials", slug) for slug in relevance.USERS_OF}
    roles = [*meanings.FAMILIES.values(), *relevance.USERS_OF.values()]
    told |= {("roles", role) for some in roles for role in some}
    told |= {("roles", role) for role in relevance.GENERAL_ROLES}
    for column, value in told - {("credentials", "none-asked")}:
        if column not in COLUMNS_OF_NO_VOCABULARY:
            assert value in getattr(words, column), (column, value)
