import pytest

from careers.jobs.reading.experience import read_education, read_experience
from careers.jobs.reading.text import Text

MONTHS = (
    ("2+ years of coding experience", 24),
    ("Requirements:\n- two (2) years of inpatient coding experience", 24),
    ("A minimum of 18 months of medical billing experience is required.", 18),
    ("1-3 years of experience in medical coding", 12),
    ("3 to 5 years' experience required", 36),
    ("At least one year of experience in a physician office", 12),
    ("Six (6) months of medical office experience required", 6),
    ("No experience necessary, we will train!", 0),
    ("No prior experience required", 0),
    ("Entry level position - will train the right person.", 0),
    ("Coding experience preferred.", None),
    ("2 years of experience preferred", None),
    ("Preferred Qualifications\n- 3+ years of coding experience", None),
    (
        "Bachelor's degree and 2 years of experience, or Associate's degree "
        "and 4 years of experience",
        24,
    ),
    ("The company has 5 years of experience in the business", None),
    ("For over 100 years we have served our community.", None),
    ("Must be 18 years of age or older.", None),
    ("2 years coding and 1 year inpatient experience required", 24),
    (
        "One year of experience equivalent to the next lower grade level is required.",
        12,
    ),
    ("CPC required within 6 months of hire.", None),
    (
        "CPC certification within 12 months of hire and 1 year of coding "
        "experience required",
        12,
    ),
    ("CRC or CPC with 2 yrs of HCC coding.", 24),
    ("CPC + 3 yrs surgical coding.", 36),
    ("Coder II - CPC plus 2 years of coding.", None),
    ("5+ yrs revenue integrity.", 60),
    ("3 years in the field and CPC required.", 36),
    ("W2 only. 2 years hospital A/R follow up. M-F.", 24),
    ("- 3+ years healthcare analytics", 36),
    ("AAPC or AHIMA certified with minimum 1 year ED.", 12),
    ("About us\n20 years of medical coding.", None),
    ("A two year medical billing program.", None),
    ("1 year hospital contract.", None),
    ("Experience: 3 years", 36),
    ("Experience:\nMedical coding: 1 year (Required)\nICD-10: 3 years (Preferred)", 12),
    (
        "Minimum of 2 years' recent inpatient coding experience in an acute "
        "care hospital within the last 3 years",
        24,
    ),
    ("3-5 yrs exp in profee coding", 36),
    (
        "5+ years of progressive coding experience, preferably in an academic "
        "medical center",
        60,
    ),
    ("2 years experience in a hospital setting, Epic preferred.", 24),
    ("Minimum two years of experience required, five years preferred", 24),
    ("Two years required; 3-5 years of experience preferred", None),
    ("2 years of experience required; 3-5 years of experience preferred", 24),
    ("Prefer 3 years of experience in billing", None),
    ("Ideal candidate has 2 years of coding experience", None),
    ("We are looking for a coder with 2+ years of experience.", 24),
    ("With over 25 years of experience, ABC is an industry leader.", None),
    ("0-2 years of experience", 0),
    ("This is a 6-month contract.", None),
    ("2-year degree required and 1 year experience required", 12),
    ("401k match after 1 year", None),
    ("Requirements\n• 3 years of inpatient coding in an acute care facility", 36),
    ("1 year medical billing", None),
    ("Must have 1 year medical billing", 12),
    ("1.5 years of coding experience", 18),
    ("Minimum 1 year (2 years preferred) of outpatient coding experience", 12),
    ("Experience - Minimum 2 years coding", 24),
    (
        "To qualify you must have 52 weeks of specialized experience "
        "equivalent to GS-5",
        12,
    ),
    (
        "Coder I: 0-1 years of experience\nCoder II: 2 years of experience\n"
        "Coder III: 5 years of experience",
        24,
    ),
    ("CCS with one year of experience or RHIT with two years of experience", 12),
    ("Three (3) or more years of experience in medical coding", 36),
    ("More than two years of experience in denials", 24),
    ("5 or more years of supervisory experience required", 60),
    ("Work experience is not required", 0),
    ("Requires 2 years of related experience", 24),
    ("One to two years of experience in an office setting", 12),
    ("Contract length: 12 months with the possibility of extension", None),
    ("Our coders average 10 years of experience", None),
    (
        "4 years of relevant experience; a bachelor's degree may be "
        "substituted for 2 years of experience",
        48,
    ),
    ("Years of experience: 3+ years", 36),
    ("Must have worked as a coder for 2 years", 24),
    ("At least 2yrs of HCC coding experience", 24),
    ("Minimum 3 Years Experience in Physician Billing", 36),
    ("A minimum of three years coding experience with an emphasis in surgery", 36),
    ("Three years experience as a certified coder is strongly preferred", None),
    ("Qualifications:\nHigh school diploma\n2 years medical billing, preferred", None),
    ("You have 3+ years of coding", 36),
    (
        "Associate's degree and 1 year experience OR High school diploma and 3 "
        "years experience",
        12,
    ),
    ("Less than 1 year of experience", None),
    ("Recent (within 2 years) coding experience", None),
    ("Experience level:\n2 years\nWork Location: Remote", 24),
)


@pytest.mark.parametrize(("words", "months"), MONTHS)
def test_months_of_experience_that_are_required(words, months):
    read = read_experience(Text.of(words))
    assert (read.value if read else None) == months


SCHOOLING = (
    ("High school diploma or GED required", "High school diploma or GED"),
    (
        "High school diploma or equivalent required. Associate's degree preferred.",
        "High school diploma or GED",
    ),
    ("Associate degree in HIM required", "Associate degree"),
    ("Bachelor's degree preferred", None),
    (
        "Bachelor's degree in HIM required; Master's degree preferred",
        "Bachelor's degree",
    ),
    ("Associate's or Bachelor's degree required", "Associate degree"),
    ("Education: High School Diploma/GED", "High school diploma or GED"),
    ("Requirements:\n- HS diploma or GED", "High school diploma or GED"),
    (
        "Requirements:\n- Bachelor's degree in business, health administration "
        "or related field",
        "Bachelor's degree",
    ),
    ("Preferred:\n- Bachelor's degree", None),
    ("Tuition reimbursement toward your bachelor's degree", None),
    ("Associate's or bachelor's degree preferred", None),
    ("High school graduate or equivalent.", "High school diploma or GED"),
    ("Minimum Qualifications\nGraduate of an AHIMA program", None),
    ("Master's degree in Health Administration required", "Master's degree"),
    ("Bachelor's degree required, Master's preferred", "Bachelor's degree"),
    (
        "High School Diploma or GED (Required)\nBachelor's Degree (Preferred)",
        "High school diploma or GED",
    ),
    ("Associate Degree or equivalent combination of education and experience", None),
    (
        "High school diploma required, associate degree preferred",
        "High school diploma or GED",
    ),
    ("High School Diploma or GED preferred", None),
)


@pytest.mark.parametrize(("words", "schooling"), SCHOOLING)
def test_schooling_that_is_required(words, schooling):
    read = read_education(Text.of(words))
    assert (read.value if read else None) == schooling


def test_answers_of_a_questionnaire_state_no_experience():
    text = Text.of(
        "I have two years of coding experience.\n"
        "I do not have the experience described above.\nNone of the above"
    )
    assert read_experience(text) is None


def test_words_are_the_sentence_that_asks():
    text = Text.of("<p>We are hiring. At least 2 years&nbsp;of coding experience.</p>")
    assert read_experience(text).words == "At least 2 years of coding experience."
