import gzip
import json
from decimal import Decimal

from django.conf import settings

import pytest

from careers.jobs.pay import PostedPay, Quota
from careers.jobs.reading import read
from careers.jobs.reading.facts import StatesRead
from careers.jobs.reading.facts import TestRead as SkillTest
from careers.jobs.reading.text import Text
from careers.jobs.vocabulary_files import read_vocabulary

ANNOUNCEMENTS = settings.SAMPLE_DATA_DIR / "jobs" / "federal_announcements.jsonl.gz"

HOSPITAL = """
<p><strong>Overview</strong></p>
<p>Founded in 1952, Lakeside Health is a health system with more than 30 years of
award-winning service and $3.2 billion in revenue.</p>
<p><strong>Responsibilities</strong></p>
<ul><li>Codes inpatient records with ICD-10-CM and ICD-10-PCS in Epic.</li>
<li>Maintains 95% accuracy and productivity of 2.5 - 3 charts per hour.</li></ul>
<p><strong>Qualifications</strong></p>
<p>Education: High School Diploma required. Associate's degree preferred.</p>
<p>Experience: Three (3) years of acute care inpatient coding experience required;
five (5) years preferred.</p>
<p>Certification: RHIA, RHIT or CCS required.</p>
<p><strong>Pay Range</strong></p><p>$27.45 - $41.18 /hour</p>
<p>Shift differential of $2.00 per hour for evenings.</p>
<p><strong>Benefits</strong></p>
<ul><li>Medical, dental and vision</li><li>Tuition up to $5,250 per year</li></ul>
<p>This is a full-time, fully remote position. Candidates must reside in Ohio,
Kentucky or Indiana.</p>
"""

BOARD = """Job Type: Full-time
Pay: $22.00 - $27.00 per hour
Expected hours: 40 per week

Benefits:
401(k)
Dental insurance

Schedule:
8 hour shift
Monday to Friday

Education:
High school or equivalent (Preferred)

Experience:
Medical coding: 2 years (Required)
ICD-10: 1 year (Preferred)

Ability to Commute:
Tulsa, OK 74133 (Required)

Work Location: In person
"""


@pytest.fixture(scope="module")
def vocabulary():
    return read_vocabulary()


@pytest.fixture(scope="module")
def announcements():
    if not ANNOUNCEMENTS.exists():
        pytest.skip("the folder of sample data is not here")
    with gzip.open(ANNOUNCEMENTS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_hospital_listing_is_read_whole(vocabulary):
    facts = read(
        title="Inpatient Coder III - Remote", text=HOSPITAL, vocabulary=vocabulary
    )
    assert facts.role.value == "inpatient-coder"
    assert facts.experience_months.value == 36
    assert facts.education.value == "High school diploma or GED"
    assert facts.pay.value == PostedPay(Decimal("27.45"), Decimal("41.18"), "hour")
    assert facts.remote.value == "remote"
    assert facts.states.value == StatesRead("allow", ("IN", "KY", "OH"))
    assert [one.value for one in facts.employment] == ["full-time"]
    assert facts.quota.value == Quota(Decimal("2.5"), "hour")
    assert facts.accuracy.value == 95
    assert facts.benefits.value.startswith("Medical, dental and vision")
    assert facts.test is None
    assert facts.pays_for == ()


def test_job_board_listing_is_read_whole(vocabulary):
    facts = read(
        title="Certified Professional Coder", text=BOARD, vocabulary=vocabulary
    )
    assert facts.experience_months.value == 24
    assert facts.education is None
    assert facts.pay.value == PostedPay(Decimal(22), Decimal(27), "hour")
    assert facts.remote.value == "onsite"
    assert facts.states is None
    assert facts.schedule.value == "8 hour shift, Monday to Friday"
    assert facts.benefits.value == "401(k)\nDental insurance"


def test_flattened_listing_is_read_as_well(vocabulary):
    """Many feeds lose every line break; the labels in the text still speak."""
    facts = read(
        title="Senior Medical Coder (Remote-US)",
        text=(
            "Acme has served providers for 25 years. Sorry, we can't hire in AK, HI or "
            "NY. Salary: 52k-61k DOE. Full-time W2. You'll need: 4+ yrs "
            "multi-specialty E/M coding; CPC. Our process: 1) 15-min phone screen "
            "2) 1-hr open-book coding test (paid $50) 3) interview. We "
            "provide: laptop, 2 monitors, code books, CEUs and AAPC dues."
        ),
        vocabulary=vocabulary,
    )
    assert facts.pay.value == PostedPay(Decimal(52000), Decimal(61000), "year")
    assert facts.experience_months.value == 48
    assert facts.remote.value == "remote"
    assert facts.states.value == StatesRead("deny", ("AK", "HI", "NY"))
    assert [one.value for one in facts.employment] == ["full-time"]
    assert facts.test.value == SkillTest("paid", 60, True)
    assert [one.value for one in facts.pays_for] == [
        "equipment",
        "dues",
        "books",
        "ceus",
    ]


def test_pay_per_chart_takes_the_quota_of_the_same_text(vocabulary):
    facts = read(
        title="Risk Adjustment Coder",
        text="We pay $1.25 per chart. Coders must code 12 charts per hour.",
        vocabulary=vocabulary,
    )
    assert facts.pay.value.hourly == (Decimal("15.00"), Decimal("15.00"))


@pytest.mark.parametrize("text", ["", "<p></p>", "\n \n", "Apply now."])
def test_silence_gives_no_facts(vocabulary, text):
    facts = read(title="Opening", text=text, vocabulary=vocabulary)
    assert list(facts.found()) == []


def test_every_fact_rests_on_words_of_the_text(vocabulary):
    for title, source in (("Remote Coder", HOSPITAL), ("Coder", BOARD)):
        plain = Text.of(source).plain
        facts = read(title=title, text=source, vocabulary=vocabulary)
        for name, found in facts.found():
            assert found.words, name
            assert found.words in plain or found.words in title, name


def test_real_announcements_state_no_pay_and_rest_on_their_words(
    vocabulary, announcements
):
    """Their texts are questionnaires, in which every sum would be an invention."""
    for row in announcements:
        facts = read(title=row["title"], text=row["text"], vocabulary=vocabulary)
        plain = Text.of(row["text"]).plain
        assert facts.pay is None, row["id"]
        assert facts.test is None, row["id"]
        assert facts.quota is None, row["id"]
        for name, found in facts.found():
            assert found.words in plain or found.words in row["title"], (
                row["id"],
                name,
            )
