"""`/api/v1/salaries`, and the file from which its figures can be computed again."""

import csv
import random
from collections import defaultdict

import pytest

from careers.jobs.credential_rule import CredentialRule, Group
from careers.salaries import posted_pay
from tests.jobs.factories import EmployerFactory, JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

URL = "/api/v1/salaries"
CSV = "/salaries/posted-pay.csv"


def read(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.json()


def rows(client, query=""):
    response = client.get(f"{CSV}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/csv")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def some(post):
    """Sixty ranges of nine employers, one of which posts half of them."""
    drawn = random.Random(5)
    employers = EmployerFactory.create_batch(9)
    for n in range(60):
        employer = employers[0] if n < 30 else drawn.choice(employers[1:])
        low = drawn.randrange(40_000, 70_000, 250)
        width = drawn.choice([0, 2_000, 9_000, 20_500])
        by_hour = n % 3 == 0
        post(
            low // 2080 if by_hour else low,
            (low + width) // 2080 if by_hour else low + width,
            employer=employer,
            pay_period="hour" if by_hour else "year",
            role=drawn.choice(["inpatient-coder", "profee-coder"]),
            remote=drawn.choice(["remote", "onsite", ""]),
            states_basis="anywhere",
        )
    JobListingFactory(unpaid=True)


def test_every_figure_and_what_was_left_out(client, post):
    for _ in range(5):
        post(60_000, 80_000)
    JobListingFactory(unpaid=True)
    JobListingFactory(per_chart=True)
    found = read(client, "role=inpatient-coder")
    assert found == {
        "n": 5,
        "employers": 5,
        "period": "year",
        "p10": 62_000,
        "p25": 65_000,
        "p50": 70_000,
        "p75": 75_000,
        "p90": 78_000,
        "median_interval": [70_000, 70_000],
        "window": 24,
        "excluded": {"pay-not-posted": 1, "no-quota": 1},
        "sample": False,
        "notices": [],
    }


def test_too_few_say_how_many_and_nothing_else(client, post):
    for _ in range(4):
        post(60_000, 80_000)
    found = read(client)
    assert (found["n"], found["employers"]) == (4, 4)
    assert {found[name] for name in ("p10", "p25", "p50", "p75", "p90")} == {None}
    assert found["median_interval"] is None


def test_by_the_hour_every_figure_is_by_the_hour(client, post):
    for _ in range(5):
        post("20.00", "40.00", pay_period="hour")
    found = read(client, "per=hour")
    assert found["period"] == "hour"
    assert [found["p25"], found["p50"]] == [25.0, 30.0]


def test_what_is_not_understood_is_a_notice(client, post):
    found = read(client, "role=astronaut&per=week&window=7&bogus=1")
    assert [n["parameter"] for n in found["notices"]] == [
        "per",
        "window",
        "role",
        "bogus",
    ]
    assert found["period"] == "year"


def test_a_site_with_samples_only_says_so(client, post):
    for _ in range(5):
        post(60_000, 80_000, is_sample=True)
    found = read(client)
    assert found["sample"]
    assert found["n"] == 5
    assert {row["sample"] for row in rows(client)} == {"yes"}


def test_it_stands_in_the_description_of_the_api(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    names = {p["name"] for p in paths["/api/v1/salaries"]["get"]["parameters"]}
    assert {"role", "credential", "metro", "per", "window"} <= names


# Computed again from the file


def percentile(counted, share):
    """The least pay at which the capped mixture reaches a share, by bisection."""
    weights = capped(counted)

    def reached(pay):
        total = 0.0
        for low, high, employer in counted:
            if pay >= high:
                part = 1.0
            elif pay <= low:
                part = 0.0
            else:
                part = (pay - low) / (high - low)
            total += part * weights[employer]
        return total

    least, most = 0.0, max(high for _, high, _ in counted)
    for _ in range(60):
        middle = (least + most) / 2
        if reached(middle) >= share - 1e-12:
            most = middle
        else:
            least = middle
    return most


def capped(counted):
    """Employer to the weight of each of its ranges: at most a quarter in all."""
    several = defaultdict(int)
    for _, _, employer in counted:
        several[employer] += 1
    shares = {name: count / len(counted) for name, count in several.items()}
    held = set()
    while over := {n for n, s in shares.items() if s > 0.25 + 1e-12}:
        held |= over
        free = 1 - 0.25 * len(held)
        rest = sum(several[n] for n in several if n not in held)
        shares = {n: 0.25 if n in held else free * several[n] / rest for n in several}
    return {name: shares[name] / several[name] for name in several}


@pytest.mark.parametrize(
    ("query", "keeps", "unit"),
    [
        ("", lambda row: True, "year"),
        ("role=profee-coder", lambda row: row["role"] == "profee-coder", "year"),
        ("remote=remote&state=OH", lambda row: row["remote"] == "remote", "year"),
        ("remote=not-stated", lambda row: not row["remote"], "year"),
        ("per=hour", lambda row: True, "hour"),
    ],
)
def test_the_figures_can_be_computed_again_from_the_file(
    client, some, query, keeps, unit
):
    counted = [
        (float(row[f"{unit}_min"]), float(row[f"{unit}_max"]), row["employer"])
        for row in rows(client)
        if keeps(row)
    ]
    found = read(client, query)
    assert (found["n"], found["employers"]) == (
        len(counted),
        len({employer for *_, employer in counted}),
    )
    for name, share in (("p10", 0.1), ("p25", 0.25), ("p50", 0.5), ("p90", 0.9)):
        assert found[name] == pytest.approx(percentile(counted, share), abs=0.01)


def test_the_file_obeys_the_question(client, some):
    assert len(rows(client)) == 60
    some_rows = rows(client, "role=profee-coder")
    assert {row["role"] for row in some_rows} == {"profee-coder"}
    assert len(some_rows) == read(client, "role=profee-coder")["n"]


def test_a_row_holds_what_the_dictionary_says(client, post):
    rule = CredentialRule(
        (Group(("CPC", "CCS")), Group(("CRC",), within_months=12)), ("RHIT",)
    )
    listing = post(
        "27.50",
        "36.00",
        pay_period="hour",
        credential_rule=rule.as_json(),
        software=["epic", "3m-360-encompass"],
        remote="remote",
        states_basis="allow",
        states_listed=["OH", "TX"],
    )
    (row,) = rows(client)
    assert list(row) == list(posted_pay.COLUMNS)
    assert row == {
        "role": "inpatient-coder",
        "state": "OH|TX",
        "setting": "hospital",
        "remote": "remote",
        "credential_rule": "CPC|CCS & CRC@12",
        "experience_months": "24",
        "period": "hour",
        "posted_min": "27.50",
        "posted_max": "36.00",
        "year_min": "57200.00",
        "year_max": "74880.00",
        "employer": posted_pay.token(listing.employer_id),
        "posted_month": f"{listing.posted_at:%Y-%m}",
        "hour_min": "27.50",
        "hour_max": "36.00",
        "employment": "full-time",
        "software": "epic|3m-360-encompass",
        "metro": row["metro"],
        "sample": "no",
    }


def test_nobody_is_named_in_the_file(client, post):
    listing = post(60_000, 80_000)
    text = b"".join(client.get(CSV).streaming_content).decode()
    for word in (listing.employer.name, listing.employer.slug, listing.title):
        assert word not in text
    assert len(posted_pay.token(listing.employer_id)) == 12
    assert posted_pay.token(1) == posted_pay.token(1) != posted_pay.token(2)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (None, ""),
        (CredentialRule(), "none"),
        (CredentialRule((), ("CPC",)), "none"),
        (CredentialRule((Group(("CPC",)),)), "CPC"),
    ],
)
def test_rules_in_the_file(rule, text):
    assert posted_pay.rule_text(rule and rule.as_json()) == text
