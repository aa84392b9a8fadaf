"""The page of a listing: open, closed, removed, a draft; to everybody and to you."""

import json
import re

from django.http import QueryDict
from django.urls import reverse

import pytest

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.listing_page import Reader
from careers.jobs.models import Credential, CredentialBody, Role, Software

from .factories import EmployerFactory, JobListingFactory

pytestmark = pytest.mark.django_db

MARKUP = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def _words(vocabulary):
    """The words that these listings use, as shipped."""
    for slug in ("inpatient-coder", "outpatient-coder", "medical-biller"):
        word = vocabulary.roles[slug]
        Role.objects.create(
            slug=slug,
            name=word.label,
            track=word.track,
            level=word.level,
            soc_code=word.soc_code,
            soc_title=word.soc_title,
        )
    Software.objects.create(slug="epic", name="Epic")
    body = CredentialBody.objects.create(slug="aapc", name="AAPC")
    for slug in ("CPC", "CCS", "RHIT", "CPMA", "CRC"):
        Credential.objects.create(slug=slug, name=slug, full_name=slug, body=body)
    Credential.objects.create(
        slug="CPC-A",
        name="CPC-A",
        full_name="CPC, apprentice",
        body=body,
        apprentice_of=Credential.objects.get(slug="CPC"),
    )


def page(client, listing, query=""):
    return client.get(listing.get_absolute_url() + query)


def text(response):
    body = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(body.split())


def test_open_listing_has_a_canonical_link_and_its_markup(client):
    listing = JobListingFactory()
    response = page(client, listing)
    html = response.content.decode()

    assert response.status_code == 200
    url = f"http://testserver{listing.get_absolute_url()}"
    assert f'<link rel="canonical" href="{url}">' in html
    assert "noindex" not in html
    posting = json.loads(MARKUP.search(html)[1])
    assert posting["@type"] == "JobPosting"
    assert posting["url"] == url


def test_another_slug_leads_to_the_listings_own_address(client):
    listing = JobListingFactory()
    address = reverse("listing", kwargs={"slug": "old-title", "pk": listing.pk})
    response = client.get(f"{address}?state=OH")

    assert response.status_code == 301
    assert response.url == f"{listing.get_absolute_url()}?state=OH"


def test_closed_listing_says_when_and_offers_others_and_nothing_to_press(client):
    closed = JobListingFactory(closed=True)
    open_one = JobListingFactory(title="Inpatient Coder, Nights")
    response = page(client, closed)
    html = response.content.decode()

    assert response.status_code == 200
    day = f"{closed.expire_at:%B} {closed.expire_at.day}, {closed.expire_at.year}"
    assert f"Closed on {day}" in text(response)
    assert "noindex" in html
    assert not MARKUP.search(html)
    assert 'id="apply"' not in html
    assert closed.apply_url not in html
    assert open_one.get_absolute_url() in html


def test_removed_listing_is_gone(client):
    response = page(client, JobListingFactory(removed=True))

    assert response.status_code == 410
    assert "removed" in text(response)


def test_draft_has_no_page(client):
    assert page(client, JobListingFactory(draft=True)).status_code == 404


def test_the_page_answers_in_the_order_in_which_coders_ask(client):
    listing = JobListingFactory(
        remote_work=True,
        credential_rule=CredentialRule(
            (Group(("CPC", "CCS"), True), Group(("CPMA",), False, 6)), ("RHIT",)
        ).as_json(),
        test="paid",
        quota_charts=3,
        quota_period="hour",
        software=["epic"],
        schedule="Days",
    )
    body = text(page(client, listing))
    body = body[body.index("$56,160") :]

    order = [
        "$56,160–74,880 a year, posted as $27.00–36.00 an hour",
        "Remote or on site Remote",
        "Hires from OH TX",
        "Credential one of CPC CCS · CPC-A ok then within 6 months of hire CPMA",
        "preferred RHIT",
        "Experience 2 years",
        "Test before hire",
        "Productivity 3 charts an hour",
        "Software Epic",
        "Schedule Full time. Days",
        "Benefits Medical, dental and vision",
        "You assign diagnosis",
        "Apply at lakearden.example",
        "Who posts The employer itself",
    ]
    places = [body.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_silence_is_said_once_and_never_as_a_yes(client):
    listing = JobListingFactory(
        remote_unstated=True,
        rule_unstated=True,
        unpaid=True,
        experience_months=None,
        benefits="",
    )
    body = text(page(client, listing))

    assert "Pay not posted" in body
    assert "Remote · states not stated" in body
    assert "Credential not stated" in body
    silence = body[body.index("Not stated in the listing:") :]
    assert silence.startswith(
        "Not stated in the listing: states it hires from, credential, experience"
    )


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        ("?holds=cpc&state=oh", "You qualify with CPC"),
        ("?holds=CRC", "You are one credential short"),
    ],
)
def test_the_page_says_what_a_wallet_is_worth_here(client, query, mark):
    response = page(client, JobListingFactory(), query)

    assert mark in text(response)


def test_the_readers_state_is_marked(client):
    listing = JobListingFactory(remote_work=True)

    assert (
        "hires from <mark>Ohio</mark>"
        in page(client, listing, "?state=OH").content.decode()
    )
    assert (
        "<mark>"
        not in page(client, listing, "?state=CA&holds=ZZZ")
        .content.decode()
        .split("</header>", 1)[1]
    )


def test_without_a_wallet_nothing_is_highlighted(client):
    assert b"<mark" not in page(client, JobListingFactory()).content


def test_similar_listings_are_of_the_role_first_then_of_its_track(client):
    listing = JobListingFactory(role="inpatient-coder")
    track = JobListingFactory(role="outpatient-coder", title="Same track")
    role = JobListingFactory(role="inpatient-coder", title="Same role")
    JobListingFactory(role="medical-biller", title="Another track")
    JobListingFactory(role="inpatient-coder", closed=True, title="Closed before")
    response = page(client, listing)

    assert list(response.context["similar"]) == [role, track]


def test_similar_listings_are_nearest_in_setting_then_in_pay(client):
    listing = JobListingFactory(settings=["hospital"])
    far = JobListingFactory(pay_minimum=50, pay_maximum=60)
    near = JobListingFactory(pay_minimum=28, pay_maximum=36)
    unposted = JobListingFactory(unpaid=True)
    elsewhere = JobListingFactory(settings=["payer"])

    assert list(page(client, listing).context["similar"]) == [near, far, unposted]
    assert elsewhere not in page(client, listing).context["similar"]


def test_an_apply_link_that_is_no_web_address_is_never_a_link(client):
    listing = JobListingFactory()
    type(listing).objects.filter(pk=listing.pk).update(apply_url="javascript:alert(1)")
    response = page(client, listing)

    assert b"javascript:" not in response.content
    assert "does not say how to apply" in text(response)


def test_an_address_for_mail_is_a_way_to_apply(client):
    listing = JobListingFactory(apply_url="", apply_email="jobs@lakearden.example")

    assert b'href="mailto:jobs@lakearden.example"' in page(client, listing).content


def test_hostile_text_stays_text(client):
    evil = '</script><script>alert("x")</script>'
    listing = JobListingFactory(
        title=f"Coder {evil}",
        description=f"<p>Hi</p>{evil}<img src=x onerror=alert(1)>",
        employer=EmployerFactory(name=f"Clinic {evil}", about=evil),
        benefits=evil,
    )
    html = page(client, listing).content.decode()

    assert "<script>" not in html
    assert "<img" not in html


def test_sample_data_is_called_so(client):
    assert "Sample listing" in text(page(client, JobListingFactory(sample=True)))


def test_the_way_back_is_the_results_page_the_reader_came_from(client):
    listing = JobListingFactory()
    url = listing.get_absolute_url()
    here = client.get(url, headers={"Referer": "http://testserver/jobs/?q=coder"})
    elsewhere = client.get(url, headers={"Referer": "https://evil.example/jobs/?q=x"})

    assert here.context["back_url"] == "/jobs/?q=coder"
    assert elsewhere.context["back_url"] == ""


def test_queries_do_not_grow_with_similar_listings(
    client, django_assert_max_num_queries
):
    listing = JobListingFactory()
    JobListingFactory.create_batch(5)
    page(client, listing)

    with django_assert_max_num_queries(6):
        page(client, listing)


def test_a_former_name_held_is_the_credential_of_today():
    body = CredentialBody.objects.get_or_create(slug="ncra", name="NCRA")[0]
    today = Credential.objects.create(
        slug="ODS", name="ODS", full_name="Oncology Data Specialist", body=body
    )
    Credential.objects.create(
        slug="CTR",
        name="CTR",
        full_name="Certified Tumor Registrar",
        body=body,
        renamed_to=today,
    )
    vocabulary_memory.forget()
    reader = Reader.of(QueryDict("holds=ctr&holds=ODS&holds=nothing&holds=none"))
    assert reader.holds == reader.wallet == ("ODS",)


def test_a_reader_without_a_credential_is_told_what_one_would_do(client):
    rule = CredentialRule((Group(("CPC",)),))
    listing = JobListingFactory(credential_rule=rule.as_json())
    told = text(page(client, listing, "?holds=none"))
    assert "You are one credential short: CPC" in told
    assert "For you: no credential yet" in told
    assert "credential short" not in text(page(client, listing))
