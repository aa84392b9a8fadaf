import csv
import gzip
from decimal import Decimal

from django.conf import settings

import pytest

from careers.jobs.pay import PostedPay, Quota
from careers.jobs.reading.pay import parse_pay, read_pay, read_pay_basis
from careers.jobs.reading.text import Text

SAMPLES = settings.SAMPLE_DATA_DIR

POSTED = (
    ("$27.87/ hour - $35.31 / hour", "27.87", "35.31", "hour"),
    ("68,413.45 - 77,538.78 per year", "68413.45", "77538.78", "year"),
    ("Salary: 68,413.45 - 77,538.78 per year", "68413.45", "77538.78", "year"),
    ("$20-$24 p/hour", "20", "24", "hour"),
    ("55K to 62K DOE", "55000", "62000", "year"),
    ("$25.00 - $38.50/hr", "25", "38.5", "hour"),
    ("$52,000.00 - $78,000.00 Annually", "52000", "78000", "year"),
    ("Pay: USD $137,000~$260,000", "137000", "260000", "year"),
    ("$22.50 per hour", "22.5", "22.5", "hour"),
    ("Salary Range: $58k–$72k", "58000", "72000", "year"),
    ("$0.85 per chart", "0.85", "0.85", "chart"),
    ("We pay $3.50 - $4.00 per chart", "3.5", "4", "chart"),
    ("$25/hour", "25", "25", "hour"),
    ("Compensation: 24.50-31.75 hourly", "24.5", "31.75", "hour"),
    ("Min: $45,000 Mid: $55,000 Max: $65,000", "45000", "65000", "year"),
    ("Minimum Salary 45000 Maximum 60000 Yearly", "45000", "60000", "year"),
    ("Pay: $1,200/week", "1200", "1200", "week"),
    ("$4,500 - $5,600 monthly", "4500", "5600", "month"),
    ("Pay: $18.00 - $24.00", "18", "24", "hour"),
    (
        "The pay range for this position is $21.63 - $32.45 per hour, "
        "depending on experience.",
        "21.63",
        "32.45",
        "hour",
    ),
    (
        "The base salary range is $58,000 to $71,500 plus bonus.",
        "58000",
        "71500",
        "year",
    ),
    ("Hourly Rate: $19.25 - $28.88", "19.25", "28.88", "hour"),
    (
        "Job Type: Full-time Pay: $18.00 - $22.00 per hour Expected hours: 40 per week",
        "18",
        "22",
        "hour",
    ),
    ("Annual Salary: 55,000 - 65,000", "55000", "65000", "year"),
    ("Pay Range Minimum: $22.10 Pay Range Maximum: $33.15", "22.1", "33.15", "hour"),
    (
        "Pay Range\nMinimum\n$20.50 per hour\nMaximum\n$30.75 per hour",
        "20.5",
        "30.75",
        "hour",
    ),
    ("$20.00/hour up to $25.00/hour", "20", "25", "hour"),
    ("Between $20 and $25 an hour", "20", "25", "hour"),
    ("from $20 to $25/hr DOE", "20", "25", "hour"),
    ("$55-65K", "55000", "65000", "year"),
    ("$24.00 hr", "24", "24", "hour"),
    ("Salary $45,000", "45000", "45000", "year"),
    ("Salary: $52,000/annually", "52000", "52000", "year"),
    ("$25.00-$30.00/hour ($52,000-$62,400 annually)", "25", "30", "hour"),
    (
        "Pay range: $20 - $28 per hour with a $2,000 sign-on bonus and "
        "$2.00/hour night differential",
        "20",
        "28",
        "hour",
    ),
    ("Salary: $3,000 - $3,500 per month", "3000", "3500", "month"),
    ("Pay rate $16.00-$18.50", "16", "18.5", "hour"),
    ("Wage: $17.50–$21.75 / hr", "17.5", "21.75", "hour"),
    ("Per chart pay: $2.25 - $3.00", "2.25", "3", "chart"),
    ("Training pay is $16/hour, then $1.10 per chart", "1.1", "1.1", "chart"),
    ("Base pay $50,000-$60,000. OTE $70,000-$80,000", "50000", "60000", "year"),
    ("$21.00 - $26.00 USD Hourly", "21", "26", "hour"),
    ("Salary range: $65,000 - $85,000 a year", "65000", "85000", "year"),
    (
        "The hourly range for this role is 23.45 to 33.20 per hour based on experience",
        "23.45",
        "33.2",
        "hour",
    ),
    ("Pay scale: $24.18/hr. - $36.27/hr.", "24.18", "36.27", "hour"),
    ("Compensation: $48,500 - $60,600/yr.", "48500", "60600", "year"),
    ("Minimum: $20.50/hr, Maximum: $28.75/hr", "20.5", "28.75", "hour"),
    ("We offer $19–22/hr.", "19", "22", "hour"),
    ("Hiring range: $22.06-27.58", "22.06", "27.58", "hour"),
    ("Salary: $80,000.00-$95,000.00 /year", "80000", "95000", "year"),
    ("$18.50 an hour", "18.5", "18.5", "hour"),
    ("$1,000 - $1,400 per week 1099", "1000", "1400", "week"),
    ("Job pays $31.25-$43.75 hourly.", "31.25", "43.75", "hour"),
    (
        "Posted salary range is $22.50 to $33.75 hourly, and $46,800 to "
        "$70,200 annually",
        "22.5",
        "33.75",
        "hour",
    ),
    ("Grade 12: $25.56 - $38.34 Hourly", "25.56", "38.34", "hour"),
    ("Weekly pay: $900 - $1,100", "900", "1100", "week"),
    (
        "Pay: $20.00 - $25.00 per hour\nBenefits:\nHealth insurance\nPay: $20.00 "
        "- $25.00 per hour",
        "20",
        "25",
        "hour",
    ),
    ("Hourly: $21 - $27", "21", "27", "hour"),
    (
        "The minimum salary for this position is $50,000 and the maximum is "
        "$70,000 per year.",
        "50000",
        "70000",
        "year",
    ),
    (
        "Salary Min: 22.24\nSalary Max: 33.36\nSalary Type: Hourly",
        "22.24",
        "33.36",
        "hour",
    ),
    ("Hiring Min Rate: 21.73 USD Hiring Max Rate: 33.12 USD", "21.73", "33.12", "hour"),
    ("Compensation: $20 - $25 hourly and up to $5,000 bonus", "20", "25", "hour"),
    ("Pay: $20/hr + $2/hr weekend differential", "20", "20", "hour"),
    ("Day rate: $250 - $300", "250", "300", "day"),
    ("Level I: $20-$24/hr; Level II: $24-$30/hr", "20", "30", "hour"),
    ("Min $32.40 - Mid $38.88 - Max $45.36 per hour", "32.40", "45.36", "hour"),
    ("Hourly: $18.94 (entry) to $25.38 (top step)", "18.94", "25.38", "hour"),
    ("Hourly range 15.50 to 20.15 plus differential", "15.50", "20.15", "hour"),
    ("Pay range: $22.15/hr. to $31.02/hr.", "22.15", "31.02", "hour"),
    ("Perks: 401k, $75,000-$90,000, a MacBook", "75000", "90000", "year"),
    ("$3.50 per chart for MA, $4.25 per chart for ACA", "3.50", "4.25", "chart"),
    ("Base Pay: USD $28.85/Hr. - USD $43.27/Hr.", "28.85", "43.27", "hour"),
    ("Rate: 26-32/hr W2", "26", "32", "hour"),
    ("Job 12. Rate: 26-32/hr", "26", "32", "hour"),
    ("Comp $30ph-$34ph", "30", "34", "hour"),
)


@pytest.mark.parametrize(("words", "minimum", "maximum", "period"), POSTED)
def test_posted_pay_is_read(words, minimum, maximum, period):
    read = read_pay(Text.of(words))
    assert read.value == PostedPay(Decimal(minimum), Decimal(maximum), period)


NOT_POSTED = (
    "Productivity rate: 26-32/hr",
    "Abstraction rate: 10-12/hr",
    "Pay: From $21.00 per hour",
    "Up to $30 an hour",
    "Earn up to $30 an hour",
    "CA: $30-$40 per hour; other states $25-$35 per hour",
    "$5,000 sign-on bonus",
    "Sign-on bonus: $5,000",
    "$1,500 referral bonus",
    "401k",
    "$2.50 shift differential",
    "revenue of $3M per year",
    "a $25 billion company",
    "tuition up to $5,250 per year",
    "CEU allowance $300 per year",
    "500 claims per day",
    "serving 100k members",
    "call 555-123-4567",
    "$52,000 per hour",
    "Pay: $30 - $20 per hour",
    "Starting at $18.50 per hour",
    "$25+/hr",
    "$25/hr+",
    "$25 per hour and up",
    "The company manages $500 million in claims per year",
    "Pay: CAD $60,000 - $70,000 per year",
    "€50,000 - €60,000",
    "$40 - $45 CAD per hour",
    "Code 20-25 per hour",
    "Productivity: 20-25 charts per hour, 95% accuracy",
    "Collected $50,000 - $75,000 per month in denied claims",
    "Recover $20,000 per week in underpayments",
    "$500 annual allowance for continuing education",
    "Employees receive a $50 per month wellness stipend",
    "$75 monthly internet stipend",
    "Health plan premiums from $25 per week",
    "You will manage a portfolio of $2,000,000 per month",
    "Pay is $1,800 biweekly",
    "Minimum pay: $19.00",
)


@pytest.mark.parametrize(
    ("words", "minimum", "period"),
    [
        ("Annual: $61,360 - $91,998, Hourly: $29.50 - $44.23", "29.50", "hour"),
        ("$28.00 - $34.00 hourly ($58,240 - $70,720 annually)", "28", "hour"),
        (
            "Salary: $70,000 - $85,000 a year ($33.65 - $40.87 per hour)",
            "70000",
            "year",
        ),
        ("Pay: $33.65 - $40.87 per hour ($70,000 - $85,000 a year)", "70000", "year"),
    ],
)
def test_of_pay_told_twice_the_figure_that_was_not_worked_out_is_read(
    words, minimum, period
):
    pay = read_pay(Text.of(words)).value
    assert (pay.minimum, pay.period) == (Decimal(minimum), period)


@pytest.mark.parametrize("words", NOT_POSTED)
def test_what_is_not_one_posted_range_is_no_pay(words):
    assert read_pay(Text.of(words)) is None


FIELDS = (
    ("$137,000 - $209,000", "137000", "209000", "year"),
    ("USD $163,000~$237,000", "163000", "237000", "year"),
    ("$174,000/yr - $235,000/yr", "174000", "235000", "year"),
    ("65k-95k USD", "65000", "95000", "year"),
    ("USD 133200.0~166500.0", "133200", "166500", "year"),
    ("USD 36000-42000", "36000", "42000", "year"),
    ("US$105,309 to US$163,646", "105309", "163646", "year"),
    ("$24.00-$26.00/hour", "24", "26", "hour"),
    ("22.50 - 28.00 per hour", "22.5", "28", "hour"),
    ("$250,000- $280,000 OTE", "250000", "280000", "year"),
    ("52000", "52000", "52000", "year"),
)


@pytest.mark.parametrize(("string", "minimum", "maximum", "period"), FIELDS)
def test_salary_field_of_a_feed_is_read_without_a_label(
    string, minimum, maximum, period
):
    assert parse_pay(string) == PostedPay(Decimal(minimum), Decimal(maximum), period)


NOT_FIELDS = (
    "", "Competitive", "$Competitive", "0", "$0 - $0/", "~230k", "$9M", "$", "null",
    "CAD $130,600~$185,000", "EUR €77.000~€105.000", "£30,000 - £40,000 a year",
    "R$ 1.200,00/month", "181 000 - 271 000 PLN gross/year", "358,000 zł - 458,000 zł",
    "$145,000 AUD - $175,000 AUD", "CA$ 73,000 - CA$ 119,000",
    "$127,423 - $159,279 USD / $172,188 - $215,235 CAN", "From $50,000 a year",
    "Up to $30 an hour", "$50,000+ a year", "$1500 towards IT set up for your home",
    "$100,000 - $150,000 + $33,500 - $50,000", "$80,000 - $60,000",
)  # fmt: skip


@pytest.mark.parametrize("string", NOT_FIELDS)
def test_salary_field_without_a_dollar_range_gives_none(string):
    assert parse_pay(string) is None


def test_pay_of_real_salary_strings_is_in_dollars_and_ordered(sample_salaries):
    for string in sample_salaries:
        pay = parse_pay(string)
        if pay is not None:
            assert Decimal(0) < pay.minimum <= pay.maximum, string
            assert not any(sign in string for sign in ("€", "£", "₹", "zł", "CAD")), (
                string
            )


@pytest.fixture(scope="module")
def sample_salaries():
    path = SAMPLES / "jobs" / "salary_location_strings.csv.gz"
    if not path.exists():
        pytest.skip("the folder of sample data is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row["salary"] for row in csv.DictReader(lines) if row["salary"]]


def test_pay_per_chart_carries_the_declared_quota():
    quota = Quota(Decimal(12), "hour")
    read = read_pay(Text.of("We pay $1.25 per chart."), quota)
    assert read.value.quota == quota
    assert read.value.hourly == (Decimal("15.00"), Decimal("15.00"))


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("Base salary: $58,000 - $71,500 per year", "base"),
        ("Total compensation: $70,000 - $90,000 per year", "total"),
        ("Pay: $80,000 - $95,000 OTE", "total"),
        ("Pay scale: GS-8, $51,000 - $66,000 per year", "grade"),
        ("Salary: $58,000 - $71,500 per year", None),
        ("GS-05: one year of specialized experience", None),
        ("We build a strong base of knowledge", None),
    ],
)
def test_basis_is_read_beside_the_pay(words, basis):
    text = Text.of(words)
    read = read_pay_basis(text, read_pay(text))
    assert (read.value if read else None) == basis


def test_words_of_pay_are_a_slice_of_the_text():
    text = Text.of("<p>Pay:&nbsp;$20.00&nbsp;&ndash; $24.00/hr plus bonus</p>")
    assert read_pay(text).words == "$20.00 – $24.00/hr"
