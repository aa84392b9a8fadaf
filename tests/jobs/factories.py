"""Sample employers and listings for every test; a trait for each state that matters.

`JobListingFactory()` is live and publishable. Slugs are words of the project's own
vocabulary files; nothing here needs the vocabulary to be loaded.
"""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

import factory
from factory.django import DjangoModelFactory

from careers.jobs.credential_rule import CredentialRule, Group
from careers.jobs.models import Employer, JobListing

COLUMBUS = {
    "city": "Columbus",
    "state": "OH",
    "zip": "43215",
    "latitude": 39.967,
    "longitude": -83.004,
}
AUSTIN = {
    "city": "Austin",
    "state": "TX",
    "zip": "78701",
    "latitude": 30.271,
    "longitude": -97.743,
}

ONE_OF_THREE = CredentialRule((Group(("CPC", "CCS", "RHIT")),))
APPRENTICE_WELCOME = CredentialRule((Group(("CPC", "CCS"), True),))
NONE_ASKED = CredentialRule()

DESCRIPTION = (
    "<p>You assign diagnosis and procedure codes to inpatient records.</p>"
    "<ul><li>Read the whole record</li><li>Query the physician</li></ul>"
)


def _before(**span):
    return factory.LazyFunction(lambda: timezone.now() - timedelta(**span))


def _after(**span):
    return factory.LazyFunction(lambda: timezone.now() + timedelta(**span))


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    slug = factory.Sequence(lambda n: f"lakearden-{n}")
    name = factory.Sequence(lambda n: f"Lakearden Health {n}")
    kind = Employer.Kind.DIRECT
    website = factory.LazyAttribute(lambda o: f"https://{o.slug}.example/")

    class Params:
        confidential = factory.Trait(
            name=factory.Sequence(lambda n: f"Client {n} of an agency"),
            website="",
            is_confidential=True,
        )
        proven = factory.Trait(
            domain=factory.LazyAttribute(lambda o: f"{o.slug}.example"),
            domain_proven_at=_before(days=30),
        )


class JobListingFactory(DjangoModelFactory):
    """Live and complete; `JobListingFactory(draft=True)` and so on for the rest."""

    class Meta:
        model = JobListing

    title = "Inpatient Coder"
    employer = factory.SubFactory(EmployerFactory)
    role = "inpatient-coder"
    description = DESCRIPTION
    places = factory.LazyFunction(lambda: [dict(COLUMBUS)])
    apply_url = "https://lakearden.example/apply"
    pay_minimum = Decimal("27.00")
    pay_maximum = Decimal("36.00")
    pay_period = JobListing.PayPeriod.HOUR
    benefits = "Medical, dental and vision from day one; 401(k) with a 4% match."
    remote = JobListing.RemoteStatus.ONSITE
    credential_rule = factory.LazyFunction(ONE_OF_THREE.as_json)
    experience_months = 24
    employment = factory.LazyFunction(lambda: ["full-time"])
    settings = factory.LazyFunction(lambda: ["hospital"])
    codesets = factory.LazyFunction(lambda: ["icd-10-cm", "icd-10-pcs"])
    posted_at = _before(days=3)
    expire_at = _after(days=30)
    live = True
    has_unpublished_changes = False

    class Params:
        draft = factory.Trait(live=False, has_unpublished_changes=True)
        closed = factory.Trait(
            posted_at=_before(days=40),
            expire_at=_before(days=2),
            closed_at=_before(days=2),
        )
        removed = factory.Trait(
            removed_at=_before(days=1), removal_reason="Not a real employer."
        )
        imported = factory.Trait(
            source="usajobs",
            external_id=factory.Sequence(lambda n: f"{700_000_000 + n}"),
            source_url="https://feed.example/listing",
            last_seen_at=_before(hours=1),
        )
        sample = factory.Trait(is_sample=True)
        remote_work = factory.Trait(
            remote=JobListing.RemoteStatus.REMOTE,
            places=[],
            states_basis=JobListing.StatesBasis.ALLOW,
            states_listed=["OH", "TX"],
        )
        remote_unstated = factory.Trait(
            remote=JobListing.RemoteStatus.REMOTE, places=[]
        )
        hybrid = factory.Trait(remote=JobListing.RemoteStatus.HYBRID, days_on_site=2)
        unpaid = factory.Trait(
            pay_minimum=None, pay_maximum=None, pay_period="", pay_basis=""
        )
        per_chart = factory.Trait(
            pay_minimum=Decimal("1.50"),
            pay_maximum=Decimal("2.00"),
            pay_period=JobListing.PayPeriod.CHART,
        )
        apprentice = factory.Trait(
            credential_rule=factory.LazyFunction(APPRENTICE_WELCOME.as_json)
        )
        none_asked = factory.Trait(
            credential_rule=factory.LazyFunction(NONE_ASKED.as_json)
        )
        rule_unstated = factory.Trait(credential_rule=None)
