"""Software, code sets and specialties that a text names."""

import pytest

from careers.jobs.reading.text import Text
from careers.jobs.reading.words import (
    Lexicon,
    read_codesets,
    read_software,
    read_specialties,
)
from careers.jobs.vocabulary_files import read_vocabulary

VOCABULARY = read_vocabulary()


def slugs(reads) -> set[str]:
    return {read.value for read in reads}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Assign ICD-10-CM/PCS codes", {"icd-10-cm", "icd-10-pcs"}),
        ("Knowledge of ICD-10-CM and PCS", {"icd-10-cm", "icd-10-pcs"}),
        ("ICD-10 CM, PCS and CPT", {"icd-10-cm", "icd-10-pcs", "cpt"}),
        ("ICD-10-PCS procedures", {"icd-10-pcs"}),
        ("Uses ICD-10 daily", {"icd-10-cm"}),
        ("Experience with ICD-9 only", set()),
        ("Experience with ICD-9 and ICD-10", {"icd-10-cm"}),
        ("ICD-9/10 coding", {"icd-10-cm"}),
        ("CPT-4 and HCPCS Level II", {"cpt", "hcpcs"}),
        ("CPT/HCPCS code assignment", {"cpt", "hcpcs"}),
        ("MS-DRG and APR DRG assignment", {"ms-drg", "apr-drg"}),
        ("MS/APR-DRG validation", {"ms-drg", "apr-drg"}),
        ("Assigns DRGs", {"drg"}),
        ("E/M leveling and modifiers", {"e-m", "modifiers"}),
        ("Resolve NCCI edits and LCD/NCD denials", {"ncci", "lcd-ncd"}),
        ("Check LCD policies", {"lcd-ncd"}),
        ("Repair the LCD of a monitor", set()),
        ("Append Modifier 25", {"modifiers"}),
        ("APC grouping under OPPS", {"apc"}),
        ("Physicians and APCs of the group", set()),
        ("CMS-HCC and RxHCC models", {"cms-hcc", "rx-hcc"}),
        ("HCC coding for Medicare Advantage members", {"cms-hcc"}),
        ("HCC coding of charts", {"hcc"}),
        ("Submit UB-04 and CMS-1500 claims", {"ub-04", "cms-1500"}),
        ("Hours are 8-5 CDT", set()),
        ("Dental billing with CDT codes", {"cdt"}),
        ("Certified Phlebotomy Technician (CPT)", set()),
        ("Benefits\nCPT books paid", set()),
    ],
)
def test_code_sets(source, expected):
    assert slugs(read_codesets(Text.of(source), VOCABULARY)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Proficient in Epic and Cerner", {"epic", "oracle-health"}),
        ("EPIC experience required", {"epic"}),
        ("This is an epic journey", set()),
        ("3M 360 Encompass or TruCode", {"solventum-360", "trucode"}),
        ("3M™ 360 Encompass™ encoder", {"solventum-360"}),
        ("Optum EncoderPro, Codify by AAPC", {"optum-encoderpro", "aapc-codify"}),
        ("eClinicalWorks (ECW) and athenaOne", {"eclinicalworks", "athenahealth"}),
        ("Work in VistA/CPRS", {"vista-cprs"}),
        ("Our office is in Vista, CA", set()),
        ("Microsoft Office (Word, Excel, Outlook)", {"excel"}),
        ("Must be proficient in Excel", {"excel"}),
        ("You excel in a fast environment", set()),
        ("Athena experience a plus", {"athenahealth"}),
        ("Claims in Waystar and Availity", {"waystar", "availity"}),
        ("Change Healthcare was founded in 2007.", set()),
    ],
)
def test_software(source, expected):
    assert slugs(read_software(Text.of(source), VOCABULARY)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("3 years of cardiology coding", {"cardiology"}),
        (
            "Experience in orthopedics and general surgery coding",
            {"orthopedics", "general-surgery"},
        ),
        (
            "Codes GI procedures, OB/GYN and ENT charts",
            {"gastroenterology", "ob-gyn", "ent"},
        ),
        ("Bill for ear, nose and throat visits", {"ent"}),
        ("Our award-winning cardiology program codes hope", set()),
        ("About us\nWe have cardiology and neurology clinics", set()),
        ("Knowledge of anatomy, physiology, pathology and coding", set()),
        ("Requirements\nExperience in dermatology", {"dermatology"}),
        ("5 years of critical care nursing experience", set()),
    ],
)
def test_specialties_are_those_that_are_coded(source, expected):
    assert slugs(read_specialties(Text.of(source), VOCABULARY)) == expected


def test_specialty_of_the_title():
    reads = read_specialties(Text.of("Code."), VOCABULARY, "Urology Coder")
    assert [(read.value, read.words) for read in reads] == [
        ("urology", "Urology Coder")
    ]


def test_words_are_a_slice_of_the_text():
    text = Text.of("<p>Hello.</p><p>Uses Epic &amp; 3M 360 daily.</p>")
    words = {read.words for read in read_software(text, VOCABULARY)}
    assert words == {"Uses Epic & 3M 360 daily."}


def test_longest_phrase_wins():
    lexicon = Lexicon([("vascular surgery", "long"), ("vascular", "short")])
    found = [hit.slug for hit in lexicon.find(Text.of("vascular surgery, vascular"))]
    assert found == ["long", "short"]


def test_phrase_does_not_run_over_a_stop():
    lexicon = Lexicon([("general surgery", "general-surgery")])
    assert not list(lexicon.find(Text.of("In general. Surgery is next.")))
