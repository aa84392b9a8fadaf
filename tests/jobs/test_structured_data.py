"""JobPosting: each rule as a table, and a validator written from the rules."""

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings as site

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.eligibility import STATES
from careers.jobs.pay import PostedPay, Quota
from careers.jobs.structured_data import (
    clean_title,
    description,
    job_posting,
    problems,
    problems_by_field,
    script_json,
)
from careers.jobs.vocabulary_files import read_vocabulary

WORDS = read_vocabulary()
ANNOUNCEMENTS = Path(site.SAMPLE_DATA_DIR) / "jobs" / "federal_announcements.jsonl.gz"
URL = "https://board.example/jobs/inpatient-coder-7/"
COLUMBUS = {"city": "Columbus", "state": "OH", "zip": "43215"}


def an_employer(**facts):
    return SimpleNamespace(
        **{
            "name": "Lakearden Health",
            "website": "https://lakearden.example/",
            "logo": None,
            "is_confidential": False,
        }
        | facts
    )


def a_listing(**facts):
    """What the module reads of a listing, without a database."""
    return SimpleNamespace(
        **{
            "pk": 7,
            "title": "Inpatient Coder",
            "description": "<p>You code.</p>",
            "employer_id": 3,
            "employer": an_employer(),
            "posted_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
            "expire_at": datetime(2026, 12, 24, 23, 0, tzinfo=UTC),
            "places": [COLUMBUS],
            "remote": "onsite",
            "states_basis": "",
            "states_listed": [],
            "employment": [],
            "pay": None,
            "experience_months": None,
            "education": "",
            "rule": None,
            "role": "inpatient-coder",
            "requisition": "",
        }
        | facts
    )


def posting_of(**facts):
    return job_posting(a_listing(**facts), url=URL, words=WORDS)


# A validator written from the rules, which knows nothing of the module


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.seen, self.text = [], set(), []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        assert not attrs, f"attributes in {tag}"
        self.seen.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"{tag} was never opened"
        assert self.open.pop() == tag

    def handle_data(self, data):
        assert not data.strip() or self.open, f"loose text: {data!r}"
        self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError("a comment")


def has_offset(moment):
    return datetime.fromisoformat(moment).utcoffset() is not None


UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
TYPES = {
    "FULL_TIME",
    "PART_TIME",
    "CONTRACTOR",
    "TEMPORARY",
    "INTERN",
    "VOLUNTEER",
    "PER_DIEM",
    "OTHER",
}
CATEGORIES = {
    "high school",
    "associate degree",
    "bachelor degree",
    "professional certificate",
    "postgraduate degree",
}


def assert_valid(posting):
    assert posting["@type"] == "JobPosting"
    assert posting["@context"].rstrip("/") == "https://schema.org"
    assert_head(posting)
    assert_where(posting)
    assert_pay(posting)
    assert_asked(posting)
    assert posting.get("directApply") is not True


def assert_head(posting):
    title = posting["title"]
    assert title.strip() == title
    assert title
    assert "$" not in title
    assert "\n" not in title
    tags = Tags(posting["description"])
    assert tags.seen <= {"p", "ul", "li", "br"}
    assert "".join(tags.text).strip()
    assert has_offset(posting["datePosted"])
    assert has_offset(posting["validThrough"])
    assert posting["datePosted"] < posting["validThrough"]
    identifier = posting["identifier"]
    assert identifier["@type"] == "PropertyValue"
    assert identifier["value"]
    assert posting["hiringOrganization"]["@type"] == "Organization"
    assert posting["hiringOrganization"]["name"]


def assert_where(posting):
    assert posting["jobLocation"]
    for place in posting["jobLocation"]:
        address = place["address"]
        assert place["@type"] == "Place"
        assert address["@type"] == "PostalAddress"
        assert address["addressCountry"] == "US"
        assert all(address.values())
    required = posting.get("applicantLocationRequirements")
    assert ("jobLocationType" in posting) == (required is not None)
    if required is None:
        return
    assert posting["jobLocationType"] == "TELECOMMUTE"
    for area in required if isinstance(required, list) else [required]:
        assert area["@type"] in {"State", "Country"}
        assert area["name"].endswith("USA")


def assert_pay(posting):
    salary = posting.get("baseSalary")
    if salary is None:
        return
    assert salary["@type"] == "MonetaryAmount"
    assert salary["currency"] == "USD"
    value = salary["value"]
    assert value["@type"] == "QuantitativeValue"
    assert value["unitText"] in UNITS
    figures = [value[n] for n in ("value", "minValue", "maxValue") if n in value]
    assert all(type(figure) in (int, float) and figure >= 0 for figure in figures)
    assert len(figures) == (1 if "value" in value else 2)
    assert figures == sorted(figures)


def assert_asked(posting):
    assert set(posting.get("employmentType", [])) <= TYPES
    if experience := posting.get("experienceRequirements"):
        assert type(experience["monthsOfExperience"]) is int
    if education := posting.get("educationRequirements"):
        assert education["credentialCategory"] in CATEGORIES
    if occupation := posting.get("occupationalCategory"):
        assert re.match(r"\d\d-\d{4}(\.\d\d)? [A-Z]", occupation)


# Rules 1 and 2


def test_plain_listing_has_what_is_required_and_nothing_unstated():
    posting = posting_of()
    assert_valid(posting)
    assert posting["title"] == "Inpatient Coder"
    assert posting["description"] == "<p>You code.</p>"
    assert posting["datePosted"] == "2026-11-03T09:30:00+00:00"
    assert posting["validThrough"] == "2026-12-24T23:00:00+00:00"
    assert posting["url"] == URL
    for silent in (
        "baseSalary",
        "jobLocationType",
        "applicantLocationRequirements",
        "employmentType",
        "experienceRequirements",
        "educationRequirements",
        "qualifications",
    ):
        assert silent not in posting


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One line", "<p>One line</p>"),
        ("One\n\nTwo\nThree", "<p>One</p><p>Two<br>Three</p>"),
        (
            "Duties\n\n• Code\n• Query",
            "<p>Duties</p><ul><li>Code</li><li>Query</li></ul>",
        ),
        ("<p>A <b>bold</b> word</p>", "<p>A bold word</p>"),
        (
            "<h2>Duties</h2><ol><li>Code</li></ol>",
            "<p>Duties</p><ul><li>Code</li></ul>",
        ),
        ("Loose<p>Kept</p>tail", "<p>Loose</p><p>Kept</p><p>tail</p>"),
        ("<div>A</div><div>B</div>", "<p>A</p><p>B</p>"),
        ("BP < 120 & rising", "<p>BP &lt; 120 &amp; rising</p>"),
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<p>\u202ereversed\u202c\x00</p>", "<p>reversed</p>"),
    ],
)
def test_description_is_whole_and_only_paragraphs_lists_and_breaks(typed, html):
    assert description(typed) == html


# Rule 3


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Inpatient Coder", "Inpatient Coder"),
        ("ICD-10 Coder", "ICD-10 Coder"),
        ("E/M Auditor - Level 3", "E/M Auditor - Level 3"),
        ("Medical Coder (CPC)", "Medical Coder (CPC)"),
        ("Coder (CDIS - Inpatient)", "Coder (CDIS - Inpatient)"),
        ("Coding Intern, Summer 2027", "Coding Intern, Summer 2027"),
        ("Biller/Coder", "Biller/Coder"),
        ("Coding Manager: Outpatient", "Coding Manager: Outpatient"),
        ("837/835 EDI Analyst", "837/835 EDI Analyst"),
        ("OR Coder", "OR Coder"),
        ("Director, Revenue Cycle", "Director, Revenue Cycle"),
        ("Remote Patient Monitoring Biller", "Remote Patient Monitoring Biller"),
        # pay
        ("Medical Biller $25/hr", "Medical Biller"),
        ("Coder II - $55K-62K DOE", "Coder II"),
        ("Medical Coder | Up to $35.50 per hour", "Medical Coder"),
        ("Coder $27.87/ hour - $35.31 / hour", "Coder"),
        ("$5,000 Sign-on Bonus! Certified Coder", "Certified Coder"),
        # place
        ("Medical Coder, Columbus, OH 43215", "Medical Coder"),
        ("Medical Coder in Columbus, Ohio", "Medical Coder"),
        ("Medical Coder - Dallas, TX", "Medical Coder"),
        ("Medical Coder (CPC, Remote)", "Medical Coder (CPC)"),
        ("Remote Inpatient Coder", "Inpatient Coder"),
        ("Medical Coder (Remote) - Columbus, OH", "Medical Coder"),
        ("HCC Coder - Remote in Ohio", "HCC Coder"),
        ("100% Remote - HCC Coder - TX, FL & GA residents only", "HCC Coder"),
        ("Manager of Coding, Hybrid", "Manager of Coding"),
        # code
        ("HIM Coder III #R-12345", "HIM Coder III"),
        ("Coding Auditor (Req 2024-1123)", "Coding Auditor"),
        ("Coder Job ID: 99812", "Coder"),
        ("Billing Specialist - JR102938", "Billing Specialist"),
        # call
        ("Medical Biller - APPLY NOW!!", "Medical Biller"),
        ("URGENT: Medical Biller needed", "Medical Biller"),
        ("Now Hiring! Medical Coder", "Medical Coder"),
        ("★★★ Medical Coder ★★★ apply today ★", "Medical Coder"),
        # markup
        ("</script><b>Coder</b>", "Coder"),
        ("Billing &amp; Coding Lead", "Billing & Coding Lead"),
        # nothing left
        ("Columbus, OH", ""),
        ("$27.87/ hour - $35.31 / hour", ""),
        ("APPLY NOW!!!", ""),
        ("Remote", ""),
        ("   ", ""),
    ],
)
def test_title_loses_pay_place_code_and_call_and_nothing_else(typed, title):
    assert clean_title(typed, [COLUMBUS]) == title


# Rule 4


@pytest.mark.parametrize(
    ("pay", "value"),
    [
        (
            ("27.50", "36", "hour"),
            {"minValue": 27.5, "maxValue": 36, "unitText": "HOUR"},
        ),
        (("200", "200", "day"), {"value": 200, "unitText": "DAY"}),
        (
            ("900", "950", "week"),
            {"minValue": 900, "maxValue": 950, "unitText": "WEEK"},
        ),
        (
            ("4000", "5000", "month"),
            {"minValue": 4000, "maxValue": 5000, "unitText": "MONTH"},
        ),
        (
            ("68413.45", "77538.78", "year"),
            {"minValue": 68413.45, "maxValue": 77538.78, "unitText": "YEAR"},
        ),
    ],
)
def test_salary_is_the_posted_pay_in_its_own_unit(pay, value):
    low, high, period = pay
    posting = posting_of(pay=PostedPay(Decimal(low), Decimal(high), period))
    assert_valid(posting)
    stated = posting["baseSalary"]["value"]
    assert {k: v for k, v in stated.items() if k != "@type"} == value
    assert posting["baseSalary"]["currency"] == "USD"


@pytest.mark.parametrize("quota", [None, Quota(Decimal(8), "hour")])
def test_pay_per_chart_has_no_unit_and_is_left_out(quota):
    pay = PostedPay(Decimal("1.50"), Decimal(2), "chart", quota)
    assert "baseSalary" not in posting_of(pay=pay)


# Rule 5

EVERY_STATE_BUT_CA_NY = [
    f"{name}, USA" for code, name in STATES.items() if code not in ("CA", "NY")
]


@pytest.mark.parametrize(
    ("remote", "basis", "listed", "names"),
    [
        ("remote", "allow", ["OH", "TX"], ["Ohio, USA", "Texas, USA"]),
        ("remote", "allow", ["PR"], ["Puerto Rico, USA"]),
        ("remote", "deny", ["CA", "NY"], EVERY_STATE_BUT_CA_NY),
        ("remote", "anywhere", [], "USA"),
        ("remote", "", [], None),
        ("hybrid", "allow", ["OH"], None),
        ("hybrid", "anywhere", [], None),
        ("onsite", "allow", ["OH"], None),
        ("", "anywhere", [], None),
    ],
)
def test_telecommute_is_fully_remote_work_from_stated_states(
    remote, basis, listed, names
):
    posting = posting_of(remote=remote, states_basis=basis, states_listed=listed)
    assert_valid(posting)
    if names is None:
        assert "jobLocationType" not in posting
        assert "applicantLocationRequirements" not in posting
        return
    assert posting["jobLocationType"] == "TELECOMMUTE"
    required = posting["applicantLocationRequirements"]
    if isinstance(names, str):
        assert required == {"@type": "Country", "name": names}
    else:
        assert sorted(area["name"] for area in required) == sorted(names)
        assert {area["@type"] for area in required} == {"State"}


@pytest.mark.parametrize(
    ("places", "addresses"),
    [
        (
            [COLUMBUS],
            [
                {
                    "addressLocality": "Columbus",
                    "addressRegion": "OH",
                    "postalCode": "43215",
                }
            ],
        ),
        (
            [COLUMBUS, {"city": "Austin", "state": "TX", "zip": ""}],
            [
                {
                    "addressLocality": "Columbus",
                    "addressRegion": "OH",
                    "postalCode": "43215",
                },
                {"addressLocality": "Austin", "addressRegion": "TX"},
            ],
        ),
        ([{"state": "OH"}], [{"addressRegion": "OH"}]),
        ([], [{}]),
    ],
)
def test_every_place_is_an_address_in_the_us(places, addresses):
    posting = posting_of(places=places)
    assert_valid(posting)
    assert [place["address"] for place in posting["jobLocation"]] == [
        {"@type": "PostalAddress", **address, "addressCountry": "US"}
        for address in addresses
    ]


# Rule 6


@pytest.mark.parametrize(
    ("employment", "types"),
    [
        (["full-time"], ["FULL_TIME"]),
        (["full-time", "part-time"], ["FULL_TIME", "PART_TIME"]),
        (["per-diem"], ["PER_DIEM"]),
        (["contract-w2", "contract-1099", "contract"], ["CONTRACTOR"]),
        (["temporary"], ["TEMPORARY"]),
        (["temp-to-hire"], ["TEMPORARY"]),
        (["seasonal"], ["TEMPORARY"]),
        (["internship"], ["INTERN"]),
        (["a-word-of-tomorrow"], ["OTHER"]),
    ],
)
def test_employment_is_said_in_googles_words(employment, types):
    assert posting_of(employment=employment)["employmentType"] == types


# Rules 7 to 9


def test_identifier_is_the_requisition_of_the_employer_or_our_number():
    assert posting_of()["identifier"]["value"] == "7"
    stated = posting_of(requisition="R-10234")["identifier"]
    assert stated == {
        "@type": "PropertyValue",
        "name": "Lakearden Health",
        "value": "R-10234",
    }


def test_organization_is_the_real_employer_with_site_and_logo():
    logo = SimpleNamespace(file=SimpleNamespace(url="/media/lakearden.png"))
    assert posting_of(employer=an_employer(logo=logo))["hiringOrganization"] == {
        "@type": "Organization",
        "name": "Lakearden Health",
        "sameAs": "https://lakearden.example/",
        "logo": "https://board.example/media/lakearden.png",
    }


def test_anonymous_client_is_confidential_everywhere():
    employer = an_employer(is_confidential=True, name="Client of an agency")
    posting = posting_of(employer=employer)
    assert posting["hiringOrganization"] == {
        "@type": "Organization",
        "name": "confidential",
    }
    assert "Client of an agency" not in json.dumps(posting)
    assert "lakearden" not in json.dumps(posting)


def test_applying_elsewhere_is_no_direct_apply():
    assert posting_of()["directApply"] is False


# Rule 10


@pytest.mark.parametrize("months", [0, 6, 24])
def test_experience_is_the_minimum_in_months(months):
    posting = posting_of(experience_months=months)
    assert posting["experienceRequirements"]["monthsOfExperience"] == months


@pytest.mark.parametrize(
    ("education", "category"),
    [
        ("High school diploma or GED", "high school"),
        ("High school diploma required; associate degree preferred", "high school"),
        ("Associate's or bachelor's degree in HIM", "associate degree"),
        ("Bachelor’s degree, master’s preferred", "bachelor degree"),
        ("BS in HIM", "bachelor degree"),
        ("Master's degree", "postgraduate degree"),
        ("Certificate program in coding", "professional certificate"),
        ("Bachelor's degree preferred", None),
        ("No degree required", None),
        ("As agreed", None),
        ("", None),
    ],
)
def test_education_is_the_lowest_category_that_is_required(education, category):
    stated = posting_of(education=education).get("educationRequirements")
    assert (stated and stated["credentialCategory"]) == category


def test_qualifications_name_the_credentials():
    rule = CredentialRule((Group(("CPC", "CCS"), True),), ("CRC",))
    said = posting_of(rule=rule)["qualifications"]
    for named in ("CPC", "CCS", "CPC-A", "CRC"):
        assert named in said


def test_rule_that_asks_for_none_names_no_qualification():
    assert "qualifications" not in posting_of(rule=CredentialRule())


def test_occupation_is_the_code_and_title_of_the_role():
    assert (
        posting_of(role="inpatient-coder")["occupationalCategory"]
        == "29-2072 Medical Records Specialists"
    )
    assert "occupationalCategory" not in posting_of(role="")


# Rule 11


@pytest.mark.skipif(
    not ANNOUNCEMENTS.exists(), reason=f"no sample announcements at {ANNOUNCEMENTS}"
)
def test_every_real_announcement_has_valid_markup():
    with gzip.open(ANNOUNCEMENTS, "rt") as lines:
        real = [json.loads(line) for line in lines]
    assert real
    for announcement in real:
        listing = a_listing(
            title=announcement["title"],
            description=f"{announcement['duties']}\n\n{announcement['text']}",
            employer=an_employer(name=announcement["agency"]),
            places=[],
            requisition=announcement["id"],
        )
        assert problems(listing) == []
        assert_valid(job_posting(listing, url=URL, words=WORDS))


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]>",
    "\u2028\u2029",
    "\u202eredoC\u202c \u200f",
    "\x00\x01\x7f",
    "👩‍⚕️ Coder 🏥",
    "\ud800",
    "&lt;/script&gt;",
    '"},{"@type":"Thing"',
]
hostile_text = st.lists(
    st.one_of(st.text(max_size=40), st.sampled_from(HOSTILE)), max_size=6
).map(" ".join)


@example(" ".join(HOSTILE), " ".join(HOSTILE))
@settings(max_examples=150, deadline=None)
@given(hostile_text, hostile_text)
def test_no_text_breaks_out_of_the_script_element(title, text):
    listing = a_listing(
        title=f"Coder {title}",
        description=f"You code. {text}",
        employer=an_employer(name=f"Lakearden {title}"),
        places=[{"city": f"Columbus {title}", "state": "OH", "zip": "43215"}],
        education=text,
        requisition=text,
    )
    posting = job_posting(listing, url=URL, words=WORDS)
    script = script_json(posting)
    assert not re.search("[<>&\u2028\u2029]", script)
    assert json.loads(script) == posting
    script.encode()
    if not problems(listing):
        assert_valid(posting)


@pytest.mark.parametrize("field", ["title", "description"])
@given(text=hostile_text)
def test_nothing_unseen_stays_in_the_text(field, text):
    posting = posting_of(**{field: f"Coder {text}"})
    assert not re.search("[\x00-\x08\u200f\u202a-\u202e\ud800-\udfff]", posting[field])


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "APPLY NOW $30/hr"}, "title"),
        ({"description": "<p> &nbsp; </p>"}, "description"),
        ({"employer_id": None, "employer": None}, "employer"),
        ({"employer": an_employer(name="\u200b")}, "employer"),
        ({"expire_at": None}, "expire_at"),
        ({"expire_at": datetime(2026, 11, 1, tzinfo=UTC)}, "expire_at"),
        ({"pay": PostedPay(Decimal(9), Decimal(8), "hour")}, "pay_maximum"),
        (
            {
                "remote": "remote",
                "states_basis": "deny",
                "states_listed": list(STATES),
            },
            "states_listed",
        ),
    ],
)
def test_problem_names_the_field_that_mends_it(facts, field):
    found = problems_by_field(a_listing(**facts))
    assert list(found) == [field]
    assert problems(a_listing(**facts)) == list(found.values())


def test_valid_listing_has_no_problems():
    assert problems(a_listing()) == []
    closes_soon = a_listing().posted_at + timedelta(seconds=1)
    assert problems(a_listing(expire_at=closes_soon)) == []
