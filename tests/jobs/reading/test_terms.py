from decimal import Decimal

import pytest

from careers.jobs.pay import Quota
from careers.jobs.reading import facts
from careers.jobs.reading.terms import (
    read_accuracy,
    read_benefits,
    read_employment,
    read_pays_for,
    read_quota,
    read_schedule,
    read_test,
)
from careers.jobs.reading.text import Text


def value(read):
    return read.value if read else None


EMPLOYMENT = (
    ("This is a full-time position.", ("full-time",)),
    ("Job Type: Full-time", ("full-time",)),
    (
        "Job Types: Full-time, Part-time, PRN",
        (
            "full-time",
            "part-time",
            "per-diem",
        ),
    ),
    ("Full-time employees enjoy generous benefits.", ()),
    ("PRN coder needed for weekends", ("per-diem",)),
    ("Contract to hire", ("temp-to-hire",)),
    ("This is a 6-month contract position (W2)", ("contract-w2",)),
    ("1099 independent contractor position", ("contract-1099",)),
    ("Employment Type: Contract", ("contract",)),
    ("Contract management experience", ()),
    ("Temporary assignment for 3 months", ("temporary",)),
    ("Schedule: Full time, days", ("full-time",)),
    ("Seasonal HCC coder", ("seasonal",)),
    ("One year of full-time experience", ()),
    (
        "Full time or part time, remote",
        (
            "full-time",
            "part-time",
        ),
    ),
    ("Must have completed an internship", ()),
    ("Per diem position", ("per-diem",)),
    ("Status: FT", ("full-time",)),
    ("Negotiates contracts with payers", ()),
    ("Not a contract position", ()),
    ("Temp to perm opportunity", ("temp-to-hire",)),
    ("Employment Status: Regular Full-Time", ("full-time",)),
    ("Opportunity is full-time, Monday-Friday.", ("full-time",)),
    ("FTE: 1.0", ("full-time",)),
    (
        "This is a temporary, full-time position",
        (
            "full-time",
            "temporary",
        ),
    ),
    (
        "Available for part-time or full-time",
        (
            "full-time",
            "part-time",
        ),
    ),
    ("Benefits for full-time, part-time staff", ()),
    ("Coder, FT/PT", ("full-time", "part-time")),
    ("Climbs a 20-ft. ladder", ()),
    ("Travels on an as-needed basis", ()),
    ("Called in on an as needed basis", ("per-diem",)),
    ("Full or part time available.", ("full-time", "part-time")),
    ("Full/part-time", ("full-time", "part-time")),
    ("Full-time nights, 3 x 12 hr shifts", ("full-time",)),
    ("Schedule: M-F 8-4:30, 40 hrs per week", ("full-time",)),
    ("0.5 FTE, benefits eligible", ("part-time",)),
    ("FTE: 0.6", ("part-time",)),
    ("Shift: Days | Status: PRN | Weekends", ("per-diem",)),
    ("PRN and full-time openings", ("full-time", "per-diem")),
    ("12-week contract with an extension (W-2, benefits)", ("contract-w2",)),
    ("1099 or W2 available. Any hours.", ("contract-1099", "contract-w2")),
    ("Project starts in October. 1099. Work from home.", ("contract-1099",)),
    ("Seasonal: Sept - January", ("seasonal",)),
    ("Sends form 1099.", ()),
    ("Prepares 1099. Files taxes.", ()),
    ("Open to full-time or PRN candidates.", ("full-time", "per-diem")),
    ("Part time weekend shifts.", ("part-time",)),
    ("Temporary (4 months), full time hours", ("full-time", "temporary")),
    ("Supervises a team of 12 full-time coders.", ()),
    ("Oversees 14 full-time coders and 3 contract coders", ()),
)


@pytest.mark.parametrize(("words", "types"), EMPLOYMENT)
def test_employment_is_that_of_this_job(words, types):
    assert tuple(read.value for read in read_employment(Text.of(words))) == types


SCHEDULES = (
    ("Schedule: Monday-Friday, 8:00am-4:30pm", "Monday-Friday, 8:00am-4:30pm"),
    (
        "Monday through Friday, 8:00 AM - 5:00 PM",
        "Monday through Friday, 8:00 AM - 5:00 PM",
    ),
    ("We offer flexible hours", "flexible hours"),
    ("Shift: Days", "Days"),
    ("4x10 schedule", "4x10"),
    ("Schedule:\n8 hour shift\nMonday to Friday", "8 hour shift, Monday to Friday"),
    ("Must be flexible", None),
    ("40 hours per week", "40 hours per week"),
    ("Position works M-F 8-5", "M-F 8-5"),
    ("Four 10-hour days", "Four 10-hour days"),
    ("Hours: 8:00 a.m. to 4:30 p.m.", "8:00 a.m. to 4:30 p.m"),
    ("Call us Monday-Friday 8-5", None),
)


@pytest.mark.parametrize(("words", "schedule"), SCHEDULES)
def test_schedule_in_the_words_of_the_text(words, schedule):
    assert value(read_schedule(Text.of(words))) == schedule


TESTS = (
    ("A coding assessment is required.", facts.TestRead("required", None, None)),
    ("Must pass a pre-employment coding test.", facts.TestRead("required", None, None)),
    ("No coding test.", facts.TestRead("none", None, None)),
    (
        "Candidates complete a 90-minute paid assessment.",
        facts.TestRead("paid", 90, None),
    ),
    (
        "Open-book coding test, 2 hours, required before the interview.",
        facts.TestRead("required", 120, True),
    ),
    ("Must pass a drug test", None),
    ("Pre-employment drug screening and background check", None),
    ("Experience submitting test claims", None),
    ("Must pass the CPC exam within 12 months", None),
    ("Pre-employment physical exam required", None),
    (
        "Applicants will be asked to take an unpaid coding skills assessment.",
        facts.TestRead("unpaid", None, None),
    ),
    (
        "Selected applicants must score 80% or higher on a coding proficiency test.",
        facts.TestRead("required", None, None),
    ),
    ("Typing test required", None),
    ("Performs risk assessment", None),
    ("Completes annual competency assessment", None),
    (
        "Coding test will be given at the time of interview.",
        facts.TestRead("required", None, None),
    ),
    ("We do not require a coding test", facts.TestRead("none", None, None)),
    ("We don't make you take a coding test.", facts.TestRead("none", None, None)),
    (
        "You will be paid $75 for completing the coding evaluation.",
        facts.TestRead("paid", None, None),
    ),
    ("Test given at interview.", facts.TestRead("required", None, None)),
    (
        "We'll assess your skills with a short coding quiz.",
        facts.TestRead("required", None, None),
    ),
    ("Coding evaluation and management services", None),
    ("COVID test given at the clinic", None),
    ("New coders must pass the proficiency exam during orientation.", None),
)


@pytest.mark.parametrize(("words", "test"), TESTS)
def test_only_a_test_of_skill_before_hire_is_a_test(words, test):
    assert value(read_test(Text.of(words))) == test


QUOTAS = (
    ("Code 16-20 charts per day", Quota(Decimal(16), "day")),
    (
        "Productivity standard of 3 inpatient charts per hour",
        Quota(Decimal(3), "hour"),
    ),
    ("Minimum 25 encounters per hour", Quota(Decimal(25), "hour")),
    ("Expected to code 2.5 inpatient records an hour", Quota(Decimal("2.5"), "hour")),
    ("Our ED sees 200 patients per day", None),
    ("Productivity: 12 per hour", Quota(Decimal(12), "hour")),
    (
        "Must maintain productivity of 100 charts per week",
        Quota(Decimal(100), "week"),
    ),
    ("500 claims per day", None),
    ("Work at least 60 accounts per day", Quota(Decimal(60), "day")),
    ("Code three charts per hour", Quota(Decimal(3), "hour")),
    ("Review charts per policy", None),
    ("$3.50 per chart", None),
    (
        "Meets productivity of 18 outpatient encounters/hour",
        Quota(Decimal(18), "hour"),
    ),
    (
        "Coders are expected to complete 8-10 charts per 8-hour shift",
        Quota(Decimal(8), "day"),
    ),
    ("Works 40 hours per week on records", None),
    (
        "Follow up on 40-50 accounts daily, productivity is measured",
        Quota(Decimal(40), "day"),
    ),
    ("4 inpatient charts an hour", Quota(Decimal(4), "hour")),
    (
        "Meets expectations of 8 same day surgery charts per hour",
        Quota(Decimal(8), "hour"),
    ),
    ("Code at least 100 E/M visits in an 8-hour shift.", Quota(Decimal(100), "day")),
    ("Ability to work 150 claims per day is required.", Quota(Decimal(150), "day")),
    ("Ability to post 150 payments per day is required.", None),
    ("Averages 10 outpatient surgeries per hour.", Quota(Decimal(10), "hour")),
    ("Work queue expectation - 45 denials per day", Quota(Decimal(45), "day")),
    (
        "Must meet daily productivity of 120 pro-fee encounters.",
        Quota(Decimal(120), "day"),
    ),
    ("Completes 6 to 8 DRG reviews per day", Quota(Decimal(6), "day")),
    ("Coders are held to 20 charts per day.", Quota(Decimal(20), "day")),
    ("250 charts weekly minimum", Quota(Decimal(250), "week")),
    ("Performance metrics: 22 charts/day", Quota(Decimal(22), "day")),
    ("Works a minimum of 40 A/R accounts each shift", Quota(Decimal(40), "day")),
    ("Process 75 prior authorizations per week.", Quota(Decimal(75), "week")),
    ("The average coder finishes 8-10 charts per hour.", None),
    ("A staff of 12 codes 900 encounters a day.", None),
    ("Our clinic receives 50 claims per day.", None),
    ("Coders average 9 charts per hour.", None),
    ("Our office handles 90 accounts per day.", None),
    ("Code between 60 and 80 encounters each day.", Quota(Decimal(60), "day")),
    ("Touches 55 to 65 accounts daily", Quota(Decimal(55), "day")),
    ("Submits roughly 80 claims a day.", Quota(Decimal(80), "day")),
)


@pytest.mark.parametrize(("words", "quota"), QUOTAS)
def test_quota_is_the_least_that_must_be_met(words, quota):
    assert value(read_quota(Text.of(words))) == quota


ACCURACIES = (
    ("Maintain 95% accuracy", Decimal(95)),
    ("95% or better quality", Decimal(95)),
    ("Must meet a coding accuracy rate of 97%", Decimal(97)),
    ("quality score of 95% or above", Decimal(95)),
    ("100% remote, quality team", None),
    ("Employer pays 90% of premiums", None),
    ("Accuracy standard: 95.5%", Decimal("95.5")),
    ("maintain a minimum of ninety-five percent (95%) accuracy", Decimal(95)),
    ("Travel up to 25%", None),
    ("Ensures 100% quality care", None),
)


@pytest.mark.parametrize(("words", "accuracy"), ACCURACIES)
def test_accuracy_in_percent(words, accuracy):
    assert value(read_accuracy(Text.of(words))) == accuracy


PAID_FOR = (
    ("Company-provided computer and dual monitors", ("equipment",)),
    (
        "We pay AAPC dues and provide CEUs.",
        (
            "dues",
            "ceus",
        ),
    ),
    ("CEU reimbursement", ("ceus",)),
    ("Code books provided", ("books",)),
    ("Must have your own computer", ()),
    (
        "Benefits:\n- Equipment provided\n- Paid AAPC membership\n- Free CEUs",
        (
            "equipment",
            "dues",
            "ceus",
        ),
    ),
    ("Durable medical equipment provided to patients", ()),
    ("Maintain CEUs", ()),
    ("All equipment is supplied by the employer.", ("equipment",)),
    ("Employees provide their own equipment", ()),
    (
        "Annual coding books and AHIMA membership dues paid",
        (
            "dues",
            "books",
        ),
    ),
    ("Proficient with computers", ()),
    ("Laptop and monitors will be shipped to you", ("equipment",)),
    ("Home office equipment supplied", ("equipment",)),
    ("Provides continuing education to physicians", ()),
)


@pytest.mark.parametrize(("words", "paid_for"), PAID_FOR)
def test_only_what_the_employer_gives_is_paid_for(words, paid_for):
    assert tuple(read.value for read in read_pays_for(Text.of(words))) == paid_for


def test_benefits_section_is_read_to_its_end():
    text = Text.of(
        "<h3>Benefits</h3><ul><li>Medical, dental, vision</li><li>401(k)</li></ul>"
        "<h3>How to apply</h3><p>Send a resume.</p>"
    )
    assert read_benefits(text).value == "Medical, dental, vision\n401(k)"


@pytest.mark.parametrize(
    ("words", "benefits"),
    [
        (
            "We code. We offer health insurance, dental, 401(k) and PTO.",
            "We offer health insurance, dental, 401(k) and PTO.",
        ),
        ("Benefits: 401(k), dental, PTO", "401(k), dental, PTO"),
        ("Verify patient insurance benefits", None),
        ("Explains dental insurance benefits to patients", None),
    ],
)
def test_benefits_are_those_of_the_employee(words, benefits):
    assert value(read_benefits(Text.of(words))) == benefits


def test_long_benefits_are_cut():
    text = Text.of("Benefits\n" + "- Dental and vision insurance\n" * 60)
    assert len(read_benefits(text).value) <= 500
