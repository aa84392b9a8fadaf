"""The pages of pay, in every state that a site can be in."""

import json
import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from lxml import html

from careers.jobs import vocabulary as words_now
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.models import JobListing, Role
from careers.salaries import behind_page
from careers.salaries.criteria import PAY_FACET
from tests.jobs.factories import AUSTIN, EmployerFactory, JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

ROLE = "/salaries/inpatient-coder/"
PAGES = [
    "/salaries/",
    "/salaries/?per=hour&window=6",
    "/salaries/?role=inpatient-coder&vs-role=profee-coder",
    "/salaries/?remote=remote&vs=all&by=role",
    "/salaries/?metro=18140&state=OH",
    ROLE,
    f"{ROLE}ohio/",
    "/salaries/credential/cpc/",
    "/salaries/setting/hospital/",
    "/salaries/listings/",
    "/salaries/listings/?role=profee-coder&per=hour",
    "/salaries/differences/",
    "/salaries/differences/?role=inpatient-coder&per=hour",
    "/salaries/method/",
    "/salaries/posted-pay/",
    *(f"/salaries/?by={facet}" for facet in PAY_FACET),
]


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return html.fromstring(response.content.decode())


def text(element):
    return " ".join(" ".join(element.itertext()).split())


def headline(client, query):
    return text(read(client, f"/salaries/?{query}").get_element_by_id("finding-title"))


def indexes(page):
    """What search engines are told: the canonical path, and whether to keep it."""
    is_barred = bool(page.xpath("//meta[@name='robots'][@content='noindex']"))
    links = page.xpath("//link[@rel='canonical']/@href")
    return (
        links[0].removeprefix("http://testserver") if links else None,
        not is_barred,
    )


@pytest.fixture
def five(post):
    """Post one figure of five employers: ``five(60_000, **facts)``."""

    def posted(pay, **facts):
        return [post(pay, pay, **facts) for _ in range(5)]

    return posted


@pytest.fixture
def some(post):
    """Twenty-four listings of two roles with all kinds of facts, closed ones too."""
    rules = [None, CredentialRule(), CredentialRule((Group(("CPC", "CCS")),))]
    employers = EmployerFactory.create_batch(7)
    for n in range(24):
        rule = rules[n % 3]
        ended = {"closed_at": timezone.now(), "expire_at": timezone.now()}
        post(
            40_000 + 1_000 * n,
            52_000 + 1_000 * n,
            employer=employers[n % 7],
            role=("inpatient-coder", "profee-coder")[n % 2],
            remote=("onsite", "hybrid", "")[n % 3],
            credential_rule=rule and rule.as_json(),
            experience_months=(None, 0, 24, 36)[n % 4],
            settings=[[], ["hospital"], ["hospital", "physician-practice"]][n % 3],
            software=[[], ["epic"]][n % 2],
            posted_at=timezone.now() - timedelta(days=n * 20),
            **(ended if n % 2 else {}),
        )
    JobListingFactory(unpaid=True)


# Every page answers


def nothing(post):
    pass


def one(post):
    post(60_000, 80_000)


def too_few(post):
    employers = EmployerFactory.create_batch(3)
    for n in range(9):
        post(60_000, 80_000, employer=employers[n % 3])
    JobListingFactory(unpaid=True)


def two_groups(post):
    for n in range(12):
        post(60_000 + n, 80_000, remote=("onsite", "remote")[n % 2])
        post(50_000, 70_000 + n, role="profee-coder", experience_months=0)


@pytest.mark.parametrize("is_sample", [False, True])
@pytest.mark.parametrize("state", [nothing, one, too_few, two_groups])
def test_every_page_answers_on_every_site(client, post, state, is_sample):
    def posted(*pay, **facts):
        return post(*pay, is_sample=is_sample, **facts)

    state(posted)
    for path in PAGES:
        page = read(client, path)
        assert len(page.xpath("//h1")) == 1, path
        assert not re.search(r"None(?! asked)", text(page)), path
        assert "nan" not in text(page).lower().split(), path
        has_label = bool(page.find_class("sample"))
        if not is_sample and state is not nothing:
            assert not has_label, path
        elif page.xpath("//a[starts-with(@href, '/salaries/listings/')]"):
            assert has_label, path


@pytest.mark.parametrize(
    "path",
    [
        "/salaries/astronaut/",
        "/salaries/not-stated/",
        "/salaries/inpatient-coder/ontario/",
        "/salaries/inpatient-coder/oh/",
        "/salaries/inpatient-coder/not-stated/",
        "/salaries/astronaut/ohio/",
        "/salaries/credential/cpx/",
        "/salaries/credential/none-asked/",
        "/salaries/credential/not-stated/",
        "/salaries/setting/moon/",
        "/salaries/setting/not-stated/",
        "/salaries/inpatient-coder/ohio/columbus/",
    ],
)
def test_no_other_address_is_a_page(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/salaries/credential/ctr/", "/salaries/credential/ods/"),
        ("/salaries/credential/CPC/", "/salaries/credential/cpc/"),
        ("/salaries/credential/CTR/?per=hour", "/salaries/credential/ods/?per=hour"),
    ],
)
def test_a_former_name_of_a_credential_leads_to_the_name_of_today(
    client, path, leads_to
):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, leads_to)


HOSTILE = [
    "role=%00&state=%FF&per=%F0%9F%92%B0",
    "role=" + "&role=".join(f"x{n}" for n in range(300)),
    "role=" + "a" * 5_000,
    "by=%3Cscript%3Ealert(1)%3C/script%3E",
    "vs-role=%3Cscript%3Ealert(1)%3C/script%3E&vs=all",
    "%3Cscript%3Ealert(1)%3C/script%3E=1",
    "window=-1&per=';DROP TABLE salaries_postedrange;--",
    "window=%D9%A6",
    "experience=61+&experience=-1&metro='",
    "state=OH&metro=not-stated&state=not-stated",
    "page=-1",
    "page=0",
    "page=%D9%A3",
    "page=99999999999999999999",
    "page=2&page=x",
    "page=",
    "vs-state=not-stated&vs-metro=18140",
    "chart=distribution",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered_and_never_repeated_as_markup(
    client, some, query
):
    for path in ("/salaries/", ROLE, "/salaries/listings/", "/salaries/differences/"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("path", ["/salaries/", "/salaries/listings/", ROLE])
def test_what_was_left_out_of_the_question_is_said(client, some, path):
    page = read(client, f"{path}?state=Atlantis&window=7&shoe=9")
    (notices,) = page.find_class("notices")
    for words in ("“Atlantis”", "6, 12, 24", "“shoe”"):
        assert words in text(notices)
    assert not read(client, path).find_class("notices")


# What it says


def test_a_headline_says_what_was_found(client, five):
    assert headline(client, "") == "All roles: too few listings or employers to say"
    five(60_000)
    five("33.07", pay_period="hour", role="profee-coder")
    assert headline(client, "role=inpatient-coder") == (
        "Inpatient coder: the median of posted pay is $60,000 a year"
    )
    assert headline(client, "role=profee-coder&per=hour") == (
        "Professional-fee coder: the median of posted pay is $33.07 an hour"
    )
    assert headline(client, "role=profee-coder&vs-role=inpatient-coder") == (
        "Professional-fee coder is posted at $8,786 more a year than inpatient coder"
    )
    assert headline(client, "role=inpatient-coder&vs-role=profee-coder") == (
        "Inpatient coder is posted at $8,786 less a year than professional-fee coder"
    )
    assert headline(client, "role=inpatient-coder&vs-role=him-director") == (
        "Inpatient coder against HIM director: too few to compare"
    )


def test_a_headline_does_not_claim_what_is_not_clear(client, post):
    for n in range(10):
        pay = 50_000 + 2_000 * (n % 5)
        post(pay, pay, remote=("onsite", "hybrid")[n % 2])
    assert headline(client, "remote=onsite&vs-remote=hybrid").startswith(
        "No clear difference between all roles, on site and all roles, hybrid"
    )


def test_a_group_with_too_few_offers_the_nearest_with_enough(client, five, post):
    five(60_000)
    post(80_000, 80_000, places=[AUSTIN])
    (box,) = read(client, "/salaries/?role=inpatient-coder&state=TX").find_class(
        "too-few"
    )
    assert "1 listing by 1 employer" in text(box)
    assert "80,000" not in text(box)
    wider = box.xpath(".//a[starts-with(@href, '/salaries/?')]/@href")
    assert wider == ["/salaries/?role=inpatient-coder"]


def test_what_was_left_out_of_the_count_is_said_with_its_reason(client, five):
    five(60_000)
    JobListingFactory.create_batch(2, unpaid=True)
    JobListingFactory(per_chart=True)
    (table,) = read(client, "/salaries/").find_class("left-out-pay")
    rows = [text(row) for row in table.xpath(".//tbody/tr")]
    assert rows == [
        "do not post their pay 2",
        "pay by the chart and give no quota 1",
    ]


def test_who_is_hired_is_said_where_it_differs(client, five):
    five(60_000, experience_months=0)
    five(80_000, role="profee-coder", experience_months=60)
    page = read(client, "/salaries/?role=inpatient-coder&vs-role=profee-coder")
    (finding,) = page.find_class("finding")
    assert "most of the first group ask for none" in text(finding)
    assert "most of the second for over 2 to 5 years" in text(finding)


# Two groups to choose


def legends(page):
    return [text(legend) for legend in page.xpath("//form//legend")]


@pytest.mark.parametrize("path", ["/salaries/", "/salaries/?role=inpatient-coder"])
def test_a_second_group_can_be_asked_for_from_anywhere(client, five, path):
    five(60_000)
    page = read(client, path)
    assert legends(page) == ["Group"]
    (link,) = page.xpath("//a[text()='Compare with another group']/@href")
    page = read(client, link)
    assert legends(page) == ["First group", "Second group"]
    (link,) = page.xpath("//a[text()='Show one group only']/@href")
    assert legends(read(client, link)) == ["Group"]


def test_a_second_group_that_asks_nothing_stays_when_the_form_is_sent(client, five):
    """A form sends every field, those left at "any" as well."""
    five(60_000)
    query = (
        "role=inpatient-coder&vs-role=&vs-remote=&vs-credential=&vs-state=&window=12"
    )
    page = read(client, f"/salaries/?{query}")
    assert legends(page) == ["First group", "Second group"]
    assert "against all roles" in text(page.xpath("//h1")[0])


def test_sending_the_form_asks_the_same_question_again(client, some):
    path = "/salaries/?role=profee-coder&per=hour&vs-remote=onsite&window=12&by=state"
    page = read(client, path)
    form = page.forms[0]
    again = read(
        client,
        "/salaries/?"
        + "&".join(f"{name}={value}" for name, value in form.form_values()),
    )
    assert indexes(again) == indexes(page)
    assert text(again.get_element_by_id("finding-title")) == text(
        page.get_element_by_id("finding-title")
    )


# Search engines


@pytest.mark.parametrize(
    ("path", "canonical", "is_kept"),
    [
        ("/salaries/", "/salaries/", True),
        ("/salaries/?bogus=1&utm_source=x", "/salaries/", True),
        ("/salaries/?role=inpatient-coder", ROLE, True),
        (ROLE, ROLE, True),
        (f"{ROLE}?role=astronaut", ROLE, True),
        (f"{ROLE}ohio/", f"{ROLE}ohio/", True),
        ("/salaries/?state=OH&role=inpatient-coder", f"{ROLE}ohio/", True),
        (f"{ROLE}texas/", f"{ROLE}texas/", False),
        ("/salaries/credential/ccs/", "/salaries/credential/ccs/", True),
        ("/salaries/setting/hospital/", "/salaries/setting/hospital/", True),
        ("/salaries/setting/payer/", "/salaries/setting/payer/", False),
        (f"{ROLE}?per=hour", "/salaries/?role=inpatient-coder&per=hour", False),
        (f"{ROLE}?window=12", "/salaries/?role=inpatient-coder&window=12", False),
        (f"{ROLE}?by=state", "/salaries/?role=inpatient-coder&by=state", False),
        (
            f"{ROLE}?vs=all",
            "/salaries/?role=inpatient-coder&vs=all",
            False,
        ),
        ("/salaries/?remote=onsite", "/salaries/?remote=onsite", False),
        ("/salaries/?state=OH", "/salaries/?state=OH", False),
        ("/salaries/listings/", None, False),
        ("/salaries/method/", "/salaries/method/", True),
        ("/salaries/differences/", "/salaries/differences/", False),
    ],
)
def test_pages_that_search_engines_may_keep(client, five, path, canonical, is_kept):
    five(60_000)
    assert indexes(read(client, path)) == (canonical, is_kept)


def test_differences_are_kept_once_there_are_some(client, five):
    five(60_000)
    five(70_000, remote="hybrid")
    path = "/salaries/differences/"
    assert indexes(read(client, path)) == (path, True)
    assert indexes(read(client, f"{path}?per=hour")) == (f"{path}?per=hour", False)


def test_no_figures_of_samples_are_kept(client, five):
    five(60_000, is_sample=True)
    five(70_000, is_sample=True, remote="hybrid")
    for path in PAGES:
        if path not in {"/salaries/method/", "/salaries/posted-pay/"}:
            page = read(client, path)
            assert not indexes(page)[1], path
            assert not page.xpath("//script[@type='application/ld+json']"), path


def occupation(client, path):
    found = read(client, path).xpath("//script[@type='application/ld+json']/text()")
    return json.loads(found[0]) if found else None


def test_a_role_has_the_markup_of_an_occupation(client, five):
    assert occupation(client, ROLE) is None
    five(60_000)
    found = occupation(client, ROLE)
    assert found["@type"] == "Occupation"
    assert found["name"] == "Inpatient coder"
    assert found["occupationLocation"] == [{"@type": "Country", "name": "US"}]
    (salary,) = found["estimatedSalary"]
    assert salary["@type"] == "MonetaryAmountDistribution"
    assert (salary["currency"], salary["duration"]) == ("USD", "P1Y")
    assert {salary[f"percentile{n}"] for n in (10, 25, 75, 90)} == {60_000}
    assert salary["median"] == 60_000
    in_ohio = occupation(client, f"{ROLE}ohio/")
    assert in_ohio["occupationLocation"] == [{"@type": "State", "name": "Ohio"}]


@pytest.mark.parametrize(
    "path",
    [
        "/salaries/",
        f"{ROLE}texas/",
        f"{ROLE}?per=hour",
        f"{ROLE}?vs=all",
        f"{ROLE}?remote=onsite",
        "/salaries/credential/cpc/",
        "/salaries/setting/hospital/",
        "/salaries/profee-coder/",
    ],
)
def test_markup_stands_only_where_one_role_has_figures_of_its_own(client, five, path):
    five(60_000)
    assert occupation(client, path) is None


def test_markup_is_safe_whatever_a_role_is_called(client, five):
    name = "</script><script>alert(1)</script>"
    Role.objects.filter(slug="inpatient-coder").update(name=name, description=name)
    words_now.forget()
    five(60_000)
    response = client.get(ROLE)
    assert "<script>alert(1)" not in response.content.decode()
    assert occupation(client, ROLE)["name"] == name


# The listings behind a figure

COUNT = re.compile(r"^([\d,]+)")


def behind(client, path):
    """The titles of all listings behind a figure, page by page."""
    titles = []
    while path:
        page = read(client, path)
        titles += page.xpath("//table//tbody/tr/th/a/@href")
        found = page.xpath("//a[@rel='next']/@href")
        path = found[0] if found else None
    return titles


@pytest.mark.parametrize(
    "query",
    [
        *(f"by={facet}" for facet in PAY_FACET),
        "role=inpatient-coder&by=credential&per=hour",
        "remote=not-stated&window=6&by=role",
        "role=profee-coder&vs-remote=hybrid&vs-remote=onsite",
        "credential=CPC&vs=all&by=experience",
        "role=him-director",
    ],
)
def test_every_figure_opens_as_many_listings_as_it_says(
    client, some, query, monkeypatch
):
    monkeypatch.setattr(behind_page, "LISTINGS_ON_A_PAGE", 10)
    page = read(client, f"/salaries/?{query}")
    links = {
        (link.get("href"), COUNT.match(text(link))[1])
        for link in page.xpath("//a[starts-with(@href, '/salaries/listings/')]")
    }
    assert links or "him-director" in query
    for url, said in links:
        found = behind(client, url)
        assert len(found) == int(said.replace(",", "")), url
        assert len(set(found)) == len(found)


def test_closed_listings_are_behind_a_figure_too(client, post):
    post(60_000, 80_000, title="Open one")
    gone = post(50_000, 70_000, title="Closed one", closed=True)
    page = read(client, "/salaries/listings/")
    rows = {text(row.find("th/a")): text(row) for row in page.xpath("//tbody/tr")}
    assert list(rows) == ["Open one", "Closed one"]
    assert "open" in rows["Open one"]
    assert "closed" in rows["Closed one"]
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_pay_is_told_in_the_unit_asked_for_and_as_it_was_posted(client, post):
    post("30.00", "40.00", pay_period="hour")
    (row,) = read(client, "/salaries/listings/").xpath("//tbody/tr")
    assert "$62,400" in text(row)
    assert "30" in text(row)
    assert "an hour" in text(row)
    (row,) = read(client, "/salaries/listings/?per=hour").xpath("//tbody/tr")
    assert "62,400" not in text(row)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", 1),
        ("1", 1),
        ("3", 3),
        ("4", 3),
        ("9999999999", 1),
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("²", 1),
        ("1.5", 1),
    ],
)
def test_a_page_that_is_not_there_shows_one_that_is(
    client, post, monkeypatch, typed, shown
):
    monkeypatch.setattr(behind_page, "LISTINGS_ON_A_PAGE", 2)
    for _ in range(5):
        post(60_000, 80_000)
    page = read(client, f"/salaries/listings/?page={typed}")
    (current,) = page.xpath("//nav[@aria-label='Pages']//a[@aria-current='page']")
    assert text(current) == str(shown)


def test_paging_keeps_the_question(client, post, monkeypatch):
    monkeypatch.setattr(behind_page, "LISTINGS_ON_A_PAGE", 2)
    for _ in range(5):
        post(60_000, 80_000)
    page = read(client, "/salaries/listings/?role=inpatient-coder&per=hour")
    (link,) = page.xpath("//a[@rel='next']/@href")
    assert link == "/salaries/listings/?role=inpatient-coder&per=hour&page=2"


def test_removed_listings_and_drafts_are_behind_no_figure(client, post):
    post(60_000, 80_000)
    post(60_000, 80_000, removed=True)
    post(60_000, 80_000, draft=True)
    assert len(behind(client, "/salaries/listings/")) == 1


# Queries


@pytest.mark.parametrize(
    "path",
    [
        "/salaries/",
        "/salaries/?role=inpatient-coder&vs-role=profee-coder&by=credential",
        f"{ROLE}ohio/",
        "/salaries/listings/",
        "/salaries/differences/",
        "/salaries/method/",
        "/salaries/posted-pay/",
        "/salaries/figures.csv?chart=by",
    ],
)
def test_the_number_of_queries_does_not_grow_with_listings(client, some, path):
    """The query of a group itself goes through a cursor of the driver's own."""

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        return [query["sql"] for query in queries]

    asked()
    before = asked()
    JobListing.objects.filter(role="inpatient-coder").update(software=["meditech"])
    for _ in range(12):
        JobListingFactory(software=["meditech"])
    client.get(path)
    assert len(asked()) == len(before)
    assert len(before) <= 12


def test_areas_and_states_of_remote_work_open_their_listings(client, post):
    """Work of an employer in Columbus that hires from Texas too is in both."""
    for n in range(6):
        post(
            60_000,
            80_000,
            places=[{"city": "Columbus", "state": "OH"}] if n < 4 else [],
            remote="remote",
            states_basis="allow",
            states_listed=["OH", "TX"] if n % 2 else ["OH"],
        )
    for query in ("metro=18140&by=state", "state=TX&by=metro"):
        page = read(client, f"/salaries/?{query}")
        for link in page.xpath("//a[starts-with(@href, '/salaries/listings/')]"):
            found = behind(client, link.get("href"))
            assert len(found) == int(COUNT.match(text(link))[1]), link.get("href")


def test_a_difference_opens_the_listings_that_it_compares(client, five):
    """Directors ask for it too, but with nothing to compare them with."""
    five(60_000)
    five(66_000, remote="hybrid")
    five(160_000, remote="hybrid", role="him-director")
    page = read(client, "/salaries/differences/")
    (row,) = page.xpath("//tbody/tr[contains(., 'Hybrid')]")
    assert "5 / against 5" in text(row)
    assert len(behind(client, row.xpath("th/a/@href")[0])) == 5
