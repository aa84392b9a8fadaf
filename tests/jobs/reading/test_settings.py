"""Where the work is: the employer's own setting, not the places it serves."""

import pytest

from careers.jobs.reading.settings import read_settings
from careers.jobs.reading.text import Text
from careers.jobs.vocabulary_files import read_vocabulary

VOCABULARY = read_vocabulary()


def slugs(source: str, employer: str = "", title: str = "") -> set[str]:
    reads = read_settings(Text.of(source), VOCABULARY, employer, title)
    return {read.value for read in reads}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("We are a 300-bed acute care hospital in Ohio.", {"hospital"}),
        (
            "Acme is an academic medical center and Level I trauma center.",
            {"academic-medical-center"},
        ),
        (
            "Busy cardiology practice seeks a medical biller.",
            {"physician-practice"},
        ),
        ("Join our Federally Qualified Health Center (FQHC).", {"health-center"}),
        (
            "We are seeking a coder for a large multi-specialty group.",
            {"multispecialty-group"},
        ),
        (
            "Acme is a leading revenue cycle management company serving hospitals.",
            {"billing-company"},
        ),
        ("On behalf of our client, we need coders.", {"staffing-agency"}),
        ("We are a Medicare Advantage health plan.", {"payer"}),
        ("Our client, a national health plan, seeks coders.", {"payer"}),
        ("Our ambulatory surgery center is looking for a biller.", {"surgery-center"}),
        ("Home health agency in Dallas is hiring a coder.", {"home-health"}),
        (
            "Our hospital is a critical access hospital serving rural Montana.",
            {"critical-access-hospital"},
        ),
        ("Experience in a hospital or physician practice preferred.", set()),
        ("Experience in a physician office setting required", set()),
        ("Requirements\nWorked in an ambulatory surgery center", set()),
        ("Codes records for our hospital clients.", set()),
        ("Provides billing services to physician groups.", set()),
        ("Work with hospital staff to obtain records.", set()),
        ("Codes outpatient hospital records.", set()),
        ("Benefits\nOur health plan covers you from day one.", set()),
        ("Our ASC is physician owned.", {"surgery-center"}),
        ("Remote coding vendor with clients in 30 states.", {"coding-vendor"}),
        ("Locally owned urgent care with 4 clinics.", {"urgent-care"}),
        ("Our independent laboratory bills 40,000 claims.", {"laboratory"}),
        ("We're a women-owned revenue cycle firm.", {"billing-company"}),
        ("Pediatric therapy (PT/OT/ST) company needs a biller.", {"therapy"}),
        ("A dialysis provider is expanding its billing office.", {"dialysis"}),
        ("We operate residential addiction treatment centers.", {"behavioral-health"}),
        ("Example Partners (6 hospitals) seeks an educator.", {"health-system"}),
        ("We're a 14-hospital health system in the South.", {"health-system"}),
        ("Small family practice (2 MDs) needs a biller.", {"physician-practice"}),
        ("Tribal health clinic in Oklahoma.", {"indian-health"}),
        ("We are a pain management practice.", {"physician-practice"}),
        ("- Urgent care with walk-in patients", set()),
        ("- Private physician offices in three states", set()),
        ("Experience with a revenue cycle firm is helpful.", set()),
    ],
)
def test_setting_of_the_text(source, expected):
    assert slugs(source) == expected


@pytest.mark.parametrize(
    ("employer", "expected"),
    [
        ("St. Mary's Hospital", {"hospital"}),
        ("Lakeside Medical Center", {"hospital"}),
        ("Veterans Health Administration", {"veterans-affairs"}),
        ("Indian Health Service", {"indian-health"}),
        ("Defense Health Agency", {"defense-health"}),
        ("Lakeside Children’s Hospital", {"childrens-hospital"}),
        ("University of Lakeside Medical Center", {"academic-medical-center"}),
        ("Lakeside Health System", {"health-system"}),
        ("Lakeside Physicians Group", {"physician-practice"}),
        ("Lakeside Orthopedic Associates, PA", {"physician-practice"}),
        ("Lakeside Health Plan", {"payer"}),
        ("Lakeside Medical Billing LLC", {"billing-company"}),
        ("Lakeside Coding Solutions", {"coding-vendor"}),
        ("Lakeside Staffing", {"staffing-agency"}),
        ("Hospital Technology Solutions", set()),
        ("Lakeside", set()),
    ],
)
def test_setting_of_the_employer(employer, expected):
    assert slugs("Code charts.", employer) == expected


def test_kind_of_hospital_says_more_than_hospital():
    source = "Our hospital is an acute care hospital."
    assert slugs(source, "Lakeside Children's Hospital") == {"childrens-hospital"}


def test_setting_of_the_title():
    assert "urgent-care" in slugs("Code.", title="Biller, Urgent Care Center")


def test_words_are_the_sentence_or_the_employer():
    text = Text.of("Hello. We are a community hospital. Apply.")
    reads = read_settings(text, VOCABULARY, "Lakeside Health Plan")
    assert [read.words for read in reads] == [
        "Lakeside Health Plan",
        "We are a community hospital.",
    ]
