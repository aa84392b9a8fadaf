"""Landing pages: one question with an address, a title and a text of its own."""

import re
from html import unescape

from django.urls import reverse

import pytest

from careers.jobs import vocabulary as words_now
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.criteria import JobCriteria
from careers.jobs.eligibility import STATE_NAMES
from search import landings
from tests.jobs.factories import JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

H1 = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
NOINDEX = 'content="noindex"'


@pytest.fixture
def listing():
    return JobListingFactory(remote_work=True)


PAGES = [
    ("/jobs/role/inpatient-coder/", "Inpatient coder jobs"),
    ("/jobs/credential/cpc/", "CPC jobs in medical coding and billing"),
    ("/jobs/credential/CPC/", "CPC jobs in medical coding and billing"),
    ("/jobs/setting/hospital/", "Medical coding and billing jobs: "),
    ("/jobs/state/ohio/", "Medical coding and billing jobs if you live in Ohio"),
    ("/jobs/remote/", "Remote medical coding and billing jobs"),
]


@pytest.mark.parametrize(("path", "title"), PAGES)
def test_a_landing_page_has_a_title_a_text_and_its_listings(
    client, listing, path, title
):
    response = client.get(path)
    html = response.content.decode()
    heading = re.sub(r"<[^>]+>", "", H1.search(html)[1])
    assert response.status_code == 200
    assert unescape(heading).startswith(title)
    assert f"<title>{heading}" in html
    assert re.search(
        r'<p class="results-intro"><strong>1 open listing.</strong> \S', html
    )
    assert listing.get_absolute_url() in html
    assert NOINDEX not in html
    canonical = re.search(r'rel="canonical" href="http://testserver([^"]+)"', html)
    assert canonical[1] == path.replace("CPC", "cpc")


@pytest.mark.parametrize(("path", "title"), PAGES)
def test_without_listings_a_landing_page_is_not_for_indexes(client, path, title):
    response = client.get(path)
    assert response.status_code == 200
    assert NOINDEX in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/jobs/role/wizard/",
        "/jobs/role/not-stated/",
        "/jobs/credential/cpx/",
        "/jobs/state/oh/",
        "/jobs/state/ontario/",
        "/jobs/setting/remote/",
        "/jobs/remote/onsite/",
        "/jobs/employer/lakearden-1/",
        "/jobs/colour/red/",
    ],
)
def test_no_other_address_is_a_landing_page(client, listing, path):
    assert client.get(path).status_code == 404


def test_every_landing_page_has_one_address_and_answers(client):
    found = list(landings.every())
    assert len({page.url for page in found}) == len(found)
    words = words_now.current()
    kinds = dict.fromkeys(("role", "setting", "credential", "state"), 0)
    for page in found:
        kinds[page.parameter] = kinds.get(page.parameter, 0) + 1
        assert page.title
        assert page.intro
        assert landings.find(page.parameter, page.slug) == page
    assert kinds["role"] == len(words.roles)
    assert kinds["setting"] == len(words.settings)
    assert kinds["credential"] <= len(words.credentials)


@pytest.mark.parametrize("code", STATE_NAMES)
def test_every_state_that_can_be_asked_for_has_its_page(client, code):
    found = landings.of(JobCriteria(state=code))
    assert found is not None
    assert landings.find("state", found.slug) == found


@pytest.mark.parametrize(
    "criteria",
    [
        JobCriteria(),
        JobCriteria(q="coder"),
        JobCriteria(role=("inpatient-coder", "medical-biller")),
        JobCriteria(role=("inpatient-coder",), sort="pay"),
        JobCriteria(role=("not-stated",)),
        JobCriteria(credential=("none-asked",)),
        JobCriteria(remote=("onsite",)),
        JobCriteria(state="OH", unstated=frozenset({"state"})),
    ],
)
def test_other_questions_have_no_landing_page(criteria):
    assert landings.of(criteria) is None


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/jobs/state/ohio/", "state=TX"),
        ("/jobs/role/inpatient-coder/", "role=medical-biller"),
        ("/jobs/role/inpatient-coder/", "software=epic"),
    ],
)
def test_a_landing_page_that_is_asked_for_something_else_does_not_keep_its_title(
    client, path, query
):
    """A page that says Ohio must show what hires from Ohio."""
    JobListingFactory(places=[], states_basis="anywhere", software=["epic"])
    landing = H1.search(client.get(path).content.decode())[1]
    other = client.get(f"{path}?{query}").content.decode()
    assert H1.search(other)[1] != landing


def test_a_former_name_of_a_credential_leads_to_its_listings(client):
    """CTR is called ODS now; who looks for either finds both."""
    for name in ("CTR", "ODS"):
        JobListingFactory(
            credential_rule=CredentialRule((Group((name,)),)).as_json(),
            title=f"Registrar {name}",
        )
    for path in ("/jobs/credential/ctr/", "/jobs/credential/ods/"):
        html = client.get(path, follow=True).content.decode()
        assert "Registrar CTR" in html
        assert "Registrar ODS" in html
    facets = client.get(reverse("api-1:search_listings")).json()["facets"]
    assert {v["value"]: v["count"] for v in facets["credential"]} == {"ODS": 2}


def test_holders_of_a_credential_qualify_under_its_former_name(engine):
    rule = CredentialRule((Group(("CTR",)),)).as_json()
    listing = JobListingFactory(credential_rule=rule)
    found = engine.answer(JobCriteria(holds=("ODS",), fit="now"))
    assert found.ids == (listing.pk,)


@pytest.mark.parametrize(
    ("path", "pay"),
    [
        ("/jobs/role/inpatient-coder/", "/salaries/inpatient-coder/"),
        ("/jobs/?role=inpatient-coder", "/salaries/inpatient-coder/"),
        ("/jobs/credential/CPC/", "/salaries/credential/cpc/"),
        ("/jobs/setting/hospital/", "/salaries/setting/hospital/"),
        ("/jobs/role/inpatient-coder/?remote=remote", None),
        ("/jobs/remote/", None),
        ("/jobs/", None),
    ],
)
def test_one_role_credential_or_setting_leads_to_what_it_pays(client, path, pay):
    html = client.get(path).content.decode()
    link = re.search(r'<a href="([^"]+)"[^>]*>What this work pays</a>', html)
    assert (link and link[1]) == pay
    if pay:
        assert client.get(pay).status_code == 200
