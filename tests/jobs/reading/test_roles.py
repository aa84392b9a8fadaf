"""Roles from titles and duties, and titles of other fields that give none."""

import csv

from django.conf import settings

import pytest

from careers.jobs.reading.roles import read_roles
from careers.jobs.reading.text import Text
from careers.jobs.vocabulary_files import read_vocabulary

VOCABULARY = read_vocabulary()
OF_THE_FIELD = "We are a hospital. Code medical records with ICD-10-CM and CPT."


def roles(title: str, source: str = OF_THE_FIELD) -> str:
    main, others = read_roles(title, Text.of(source), VOCABULARY)
    return " ".join(read.value for read in (main, *others) if read)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Medical Coder", "medical-coder"),
        ("Certified Medical Coder (CPC) - Remote", "medical-coder"),
        ("Inpatient Coder III", "inpatient-coder"),
        ("Sr. Inpatient Coding Specialist - Remote", "inpatient-coder"),
        ("Coding Specialist II - Outpatient", "outpatient-coder"),
        ("Outpatient Surgery Coder", "outpatient-coder"),
        ("ED Coder", "outpatient-coder"),
        ("Emergency Department Coder", "outpatient-coder"),
        ("Profee Coder - Cardiology", "profee-coder"),
        ("Pro Fee E/M Coder", "profee-coder"),
        ("HCC Risk Adjustment Coder", "risk-adjustment-coder"),
        ("Risk Adjustment Auditor", "coding-auditor"),
        ("Medical Biller", "medical-biller"),
        ("Medical Biller/Coder", "medical-biller medical-coder"),
        ("Medical Billing and Coding Specialist", "medical-biller medical-coder"),
        ("Medical Coder/Biller", "medical-coder medical-biller"),
        ("Coding and Billing Specialist", "medical-coder medical-biller"),
        ("Coding Manager", "coding-manager"),
        ("Manager, Coding", "coding-manager"),
        ("Manager of HIM Coding Operations", "coding-manager"),
        ("Supervisor, Professional Coding", "coding-supervisor"),
        ("Lead Coder - Inpatient", "coding-supervisor"),
        ("Coding Team Lead", "coding-supervisor"),
        ("Director of HIM", "him-director"),
        ("Director, Revenue Cycle", "revenue-cycle-director"),
        ("VP Revenue Cycle", "revenue-cycle-director"),
        ("Revenue Cycle Manager", "revenue-cycle-manager"),
        ("Billing Manager", "billing-supervisor"),
        ("Medical Billing Supervisor", "billing-supervisor"),
        ("A/R Follow-Up Specialist", "denials-specialist"),
        ("AR Specialist", "denials-specialist"),
        ("Denials Specialist", "denials-specialist"),
        ("Denials & Appeals Coordinator", "denials-specialist"),
        ("Payment Poster", "payment-poster"),
        ("Payment Posting Specialist", "payment-poster"),
        ("Prior Authorization Specialist", "insurance-verification-specialist"),
        ("Patient Access Representative", "patient-access-representative"),
        ("Patient Account Representative", "patient-account-representative"),
        ("Financial Counselor", "patient-account-representative"),
        ("Charge Entry Specialist", "billing-clerk"),
        ("Chargemaster Analyst", "revenue-integrity-analyst"),
        ("Revenue Integrity Analyst", "revenue-integrity-analyst"),
        ("CDI Specialist", "cdi-specialist"),
        ("Clinical Documentation Integrity Specialist (RN)", "cdi-specialist"),
        ("RN - CDI", "cdi-specialist"),
        ("Manager, CDI", "coding-manager"),
        ("Coding Auditor", "coding-auditor"),
        ("Coding Auditor/Educator", "coding-auditor coding-educator"),
        ("Coding Quality Auditor - Inpatient", "coding-auditor"),
        ("DRG Validation Auditor", "coding-auditor"),
        ("Medical Coding Instructor", "coding-educator"),
        ("Coding Educator", "coding-educator"),
        ("Coding Compliance Analyst", "compliance-analyst"),
        ("Tumor Registrar", "cancer-registrar"),
        ("Certified Oncology Data Specialist", "cancer-registrar"),
        ("Health Information Management Technician", "him-technician"),
        ("Release of Information Specialist", "him-technician"),
        ("Medical Records Clerk", "him-technician"),
        ("Coder I", "medical-coder"),
        ("Coder, Physician Practice", "profee-coder"),
        ("Physician Coder", "profee-coder"),
        ("Surgical Coder - Orthopedics", "specialty-coder"),
        ("Interventional Radiology Coder", "specialty-coder"),
        ("Cardiology Coder", "specialty-coder"),
        ("Radiology Coding Specialist", "specialty-coder"),
        ("Anesthesia Coder", "specialty-coder"),
        ("Medical Coder - Cardiology", "specialty-coder"),
        ("Entry Level Medical Coder", "entry-coder"),
        ("Coding Apprentice", "entry-coder"),
        ("Medical Coding Intern", "entry-coder"),
        ("HIM Coder", "medical-coder"),
        ("Hospital Coder", "medical-coder"),
        ("HIM Manager", "coding-manager"),
        ("Dental Biller", "medical-biller"),
        ("Revenue Cycle Specialist", "denials-specialist"),
        ("Insurance Verification Specialist", "insurance-verification-specialist"),
        ("Trauma Registrar", "health-data-analyst"),
        ("Billing Specialist", "medical-biller"),
        ("Coding Specialist", "medical-coder"),
        ("Medical Coder (Outpatient/Profee)", "outpatient-coder profee-coder"),
        ("Coder - Same Day Surgery/Observation", "outpatient-coder"),
        ("Coding Analyst, Senior", "medical-coder"),
        ("Remote Certified Coder", "medical-coder"),
        ("Denials Manager", "revenue-cycle-manager"),
        ("Insurance Follow Up Rep", "denials-specialist"),
        ("Medical Receptionist", ""),
        ("Registered Nurse", ""),
        ("Compliance Auditor - Coding", "coding-auditor"),
        ("Senior Revenue Cycle Analyst", "revenue-integrity-analyst"),
        ("Clinical Coder Auditor", "coding-auditor"),
        ("Provider Educator", "coding-educator"),
        ("Home Health Coder", "specialty-coder"),
        ("Home Health Coding & OASIS Review Specialist", "specialty-coder"),
        ("Director of Coding and CDI", "him-director"),
        ("Coding Operations Manager", "coding-manager"),
        ("Team Lead, Accounts Receivable", "billing-supervisor"),
        ("Inpatient & Outpatient Coder", "inpatient-coder outpatient-coder"),
        ("Facility Coder", "medical-coder"),
        ("Medical Records Coder", "medical-coder"),
        ("Medical Claims Specialist", ""),
        ("Claims Examiner", ""),
        ("Biller", "medical-biller"),
        ("Medical Collections Specialist", "denials-specialist"),
        ("Risk Adjustment Coding Manager", "coding-manager"),
        ("Outpatient CDI Specialist", "cdi-specialist"),
        ("Patient Financial Services Supervisor", "billing-supervisor"),
        ("Quality Analyst - Coding", "coding-auditor"),
        ("Coding Validation Specialist", "coding-auditor"),
        ("Medical Secretary/Biller", "medical-biller"),
        ("Hospital Billing Specialist", "medical-biller"),
        ("Coding Denials Specialist", "denials-specialist"),
        ("Charge Capture Coder", "medical-coder"),
    ],
)
def test_role_of_the_title(title, expected):
    assert roles(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Medical Records Technician (Coder)", "medical-coder"),
        (
            "Medical Records Technician (Coder-Outpatient and Inpatient)",
            "outpatient-coder inpatient-coder",
        ),
        (
            "Medical Records Technician (Coder In/Out)",
            "inpatient-coder outpatient-coder",
        ),
        ("Medical Records Technician (Coder) Auditor", "coding-auditor"),
        ("MEDICAL RECORDS TECH (ROI)", "him-technician"),
        ("Medical Records Technician (CDIS Outpatient/Inpatient)", "cdi-specialist"),
        ("Supervisory Medical Records Technician (Coder)", "coding-supervisor"),
        ("Lead Medical Records Technician (Cancer Registrar)", "cancer-registrar"),
        ("Medical Records Administrator (Chief (CHIM))", "him-director"),
        ("Medical Reimbursement Technician", "medical-biller"),
    ],
)
def test_role_of_a_federal_title(title, expected):
    assert roles(title) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Duties\nCodes inpatient records and assigns MS-DRGs.",
            "inpatient-coder",
        ),
        (
            "Duties\nReviews medical records and assigns DRGs for the hospital.",
            "inpatient-coder",
        ),
        (
            "Responsibilities\nCode same day surgery and observation encounters.",
            "outpatient-coder",
        ),
        (
            "Responsibilities\nAssign professional fee codes for patients.",
            "profee-coder",
        ),
        (
            "Responsibilities\nRisk adjustment coding of HCC diagnoses.",
            "risk-adjustment-coder",
        ),
        (
            "Duties\nCodes inpatient and outpatient medical records.",
            "medical-coder inpatient-coder outpatient-coder",
        ),
        ("Requirements\nExperience coding inpatient charts", "medical-coder"),
        ("About us\nWe code inpatient charts since 1990.", "medical-coder"),
        ("Code.", "medical-coder"),
    ],
)
def test_duties_say_what_a_general_coder_codes(source, expected):
    assert roles("Medical Coder", source) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Software Engineer, Billing",
        "Python Coding Specialist",
        "Coding Specialist (Fluent in Hindi) - Freelance AI Trainer Project",
        "Charge Nurse (RN) - ICU",
        "Account Director H/F - CDI",
        "Claims Adjuster, Workers Compensation",
        "Email Coder (Developer)",
        "Legal Billing Specialist",
        "",
    ],
)
def test_title_of_another_field_has_no_role(title):
    assert roles(title, "Our health insurance covers every patient.") == ""


@pytest.mark.parametrize(
    ("title", "source", "expected"),
    [
        (
            "MEDICAL RECORDS TECHNICIAN (CO",
            "We value your interest in the Medical Records Technician (Coder) - "
            "Inpatient position with the hospital.",
            "inpatient-coder",
        ),
        (
            "Health Information Specialist (CAC)",
            "We thank you for your interest in this Health Information Specialist "
            "(Clinical Applications Coordinator) position.",
            "",
        ),
        (
            # Another title is greeted, so it is not the end of this one.
            "Medical Coder (ED",
            "Thank you for your interest in our Coding Manager position.",
            "outpatient-coder",
        ),
    ],
)
def test_title_that_was_cut_off_is_completed_from_the_greeting(title, source, expected):
    assert roles(title, source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Duties\nAuditors serve as experts in facility coding.", "coding-auditor"),
        ("Duties\nAuditors review 5% of your charts.", "medical-coder"),
    ],
)
def test_coder_whose_duties_are_an_auditors_audits(source, expected):
    assert roles("Medical Coder", source) == expected


def test_shared_title_needs_a_proof_of_the_field():
    assert roles("Billing Specialist", "Invoice our customers for steel.") == ""
    assert roles("Billing Specialist", "Bill Medicare for patient visits.") != ""


def test_perk_is_no_proof_of_the_field():
    perks = "Invoice for steel.\nBenefits\nMedical, dental and health insurance"
    assert roles("Billing Specialist", perks) == ""


def test_traps_have_no_role():
    path = settings.SAMPLE_DATA_DIR / "jobs" / "search_traps.csv"
    if not path.exists():
        pytest.skip("the sample data folder is absent")
    with path.open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert [title for title in titles if roles(title)] == []


def test_words_are_the_title_or_the_duty():
    main, _ = read_roles("Sr. Inpatient Coder", Text.of("Code."), VOCABULARY)
    assert main is not None
    assert main.words == "Sr. Inpatient Coder"
    source = "Duties\nBe kind. Codes inpatient charts daily."
    main, _ = read_roles("Medical Coder", Text.of(source), VOCABULARY)
    assert main is not None
    assert main.words == "Codes inpatient charts daily."
