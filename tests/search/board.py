"""A board of listings with random facts and silences, and who answers a question.

`Board` is an oracle of its own: it judges listings in plain Python by the evaluators
of the field (credential rule, states, pay), never by the conditions that engines use.
"""

from datetime import timedelta
from decimal import Decimal
from math import acos, cos, radians, sin
from random import Random

from django.core.management import call_command
from django.utils import timezone

from careers.jobs import vocabulary
from careers.jobs.credential_rule import CredentialRule, Evaluator, Group
from careers.jobs.eligibility import STATES, hires_from
from careers.jobs.facets import NOT_STATED
from careers.jobs.models import Employer, JobListing, Place
from careers.jobs.vocabulary_files import place_rows

EARTH_RADIUS_MILES = 3958.8
ROLES = ("inpatient-coder", "outpatient-coder", "medical-biller", "denials-specialist",
         "coding-auditor", "risk-adjustment-coder")  # fmt: skip
SETTINGS = ("hospital", "physician-practice", "payer", "coding-vendor", "dental")
CREDENTIALS = ("CPC", "CPC-A", "COC", "COC-A", "CCS", "CCS-P", "CRC", "RHIT", "RHIA")
WALLET = (*CREDENTIALS, "CPMA")
SPECIALTIES = ("cardiology", "anesthesia", "emergency-medicine")
SOFTWARE = ("epic", "meditech", "nextgen")
CODESETS = ("icd-10-cm", "icd-10-pcs", "cpt", "hcpcs")
EMPLOYMENT = ("full-time", "part-time", "per-diem", "contract-w2")
CITIES = ("columbus-oh", "cleveland-oh", "dayton-oh", "austin-tx", "dallas-tx",
          "chicago-il", "new-york-ny", "boise-id", "miami-fl", "portland-or",
          "honolulu-hi", "san-juan-pr", "43215")  # fmt: skip
TITLES = ("Inpatient Coder", "Outpatient Coder II", "Medical Coder, Remote",
          "Denials Specialist", "Coding Auditor", "Certified Professional Coder",
          "Pro-Fee Coder", "Medical Biller", "Risk Adjustment (HCC) Coder")  # fmt: skip
SENTENCES = ("Review records of inpatient stays.", "Query physicians.",
             "Follow up denied claims and write appeals.", "Work in Epic.",
             "Audit coders and teach them.", "Assign CPT and modifiers.")  # fmt: skip
TEXTS = ("", "coder", "inpatient", "inpatient coder", "medical biller", "profee",
         '"medical coder"', "coder -remote", "appeals", "audit", "the", "lakearden",
         "zzyzx")  # fmt: skip
PAY = {
    "hour": (15, 60), "day": (120, 480), "week": (600, 2400), "month": (2600, 10000),
    "year": (31000, 125000), "chart": (1, 9),
}  # fmt: skip
EMPLOYERS = 64


def words_and_places() -> None:
    """The vocabulary, the synonyms and a few towns, as shipped."""
    call_command("load_vocabulary", terms_only=True, verbosity=0)
    call_command("load_synonyms", verbosity=0)
    Place.objects.bulk_create(
        [Place(**row) for row in place_rows() if row["slug"] in CITIES],
        ignore_conflicts=True,
    )


class Drawer:
    """Draws listings from a seed; each fact is silent now and then."""

    def __init__(self, seed, employers):
        self.random = Random(seed)
        self.employers = employers
        self.now = timezone.now()
        self.places = [
            {
                "city": place.city,
                "state": place.state,
                "zip": place.zip,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
            for place in Place.objects.filter(slug__in=CITIES)
        ]

    def some(self, values, most=2):
        return self.random.sample(values, self.random.randint(0, most))

    def listing(self):
        random = self.random
        listing = JobListing(
            title=random.choice(TITLES),
            employer=random.choice(self.employers),
            role=random.choice(("", *ROLES)),
            description=f"<p>{' '.join(self.some(SENTENCES, 3))}</p>",
            places=self.some(self.places, 3),
            apply_url="https://lakearden.example/apply",
            settings=self.some(SETTINGS),
            specialties=self.some(SPECIALTIES),
            software=self.some(SOFTWARE),
            codesets=self.some(CODESETS, 3),
            employment=self.some(EMPLOYMENT, 1),
            experience_months=random.choice((None, 0, 6, 12, 24, 25, 36, 60, 84)),
            test=random.choice(("", *JobListing.Test.values)),
            live=True,
            posted_at=self.now - timedelta(minutes=random.randint(5, 60 * 24 * 60)),
        )
        if listing.role:
            others = [role for role in self.some(ROLES) if role != listing.role]
            listing.other_roles = others
        self.put_remote(listing)
        self.put_rule(listing)
        self.put_pay(listing)
        self.put_state_of_things(listing)
        return listing

    def put_remote(self, listing):
        listing.remote = self.random.choice(("", "onsite", "hybrid", "remote"))
        listing.states_basis = self.random.choice(("", "", "allow", "deny", "anywhere"))
        if listing.states_basis in ("allow", "deny"):
            codes = [*STATES, "PR"] if listing.states_basis == "allow" else [*STATES]
            listing.states_listed = sorted(
                {*self.random.sample(codes, 12), *self.some(("OH", "TX"))}
            )

    def put_rule(self, listing):
        if self.random.random() < 0.2:
            return
        groups = tuple(
            Group(
                tuple(self.random.sample(CREDENTIALS, self.random.randint(1, 3))),
                apprentice_accepted=self.random.random() < 0.4,
                within_months=self.random.choice((None, None, None, 6, 12)),
            )
            for _ in range(self.random.choice((0, 1, 1, 1, 2, 2, 3, 4)))
        )
        preferred = tuple(self.some(CREDENTIALS, 1))
        listing.credential_rule = CredentialRule(groups, preferred).as_json()

    def put_pay(self, listing):
        random = self.random
        if random.random() < 0.4:
            listing.quota_charts = Decimal(random.randint(1, 60)) / 2
            listing.quota_period = random.choice(("hour", "day", "week"))
        if random.random() < 0.2:
            return
        listing.pay_period = random.choice([*PAY])
        low, high = PAY[listing.pay_period]
        ends = sorted(random.randint(low * 100, high * 100) for _ in range(2))
        listing.pay_minimum, listing.pay_maximum = (Decimal(e) / 100 for e in ends)

    def put_state_of_things(self, listing):
        kind = self.random.choice(("open",) * 7 + ("endless", "closed", "other"))
        if kind == "open":
            hours = self.random.randint(24, 24 * 90)
            listing.expire_at = self.now + timedelta(hours=hours)
        elif kind == "closed":
            hours = self.random.randint(0, 24 * 5)
            listing.expire_at = self.now - timedelta(hours=hours)
        elif kind == "other":
            if self.random.random() < 0.5:
                listing.live = False
            else:
                listing.removed_at = self.now


def make_employers(number):
    return Employer.objects.bulk_create(
        [
            Employer(slug=f"lakearden-{n}", name=f"Lakearden Health {n}", kind="direct")
            for n in range(number)
        ]
    )


def make_board(*, seed, size):
    words_and_places()
    drawer = Drawer(seed, make_employers(EMPLOYERS))
    JobListing.objects.bulk_create([drawer.listing() for _ in range(size)])
    return Board({listing.pk: listing for listing in JobListing.objects.all()})


class Board:
    """Every listing by primary key, and answers without an engine."""

    def __init__(self, listings):
        self.listings = listings
        self.employers = dict(Employer.objects.values_list("pk", "slug"))
        self.tracks = {r.slug: r.track for r in vocabulary.current().roles.values()}
        self.evaluator = Evaluator(dict(vocabulary.current().apprentice_forms))

    def open(self):
        now = timezone.now()
        return {
            pk
            for pk, listing in self.listings.items()
            if listing.live
            and listing.removed_at is None
            and (listing.expire_at is None or listing.expire_at > now)
        }

    def answering(self, criteria, among=None):
        """Open listings that answer all of the criteria but the text."""
        among = self.open() if among is None else among
        return {
            pk
            for pk in among
            if all(
                self.verdict(name, criteria, self.listings[pk])
                for name in criteria.asked
                if name != "q"
            )
        }

    def verdict(self, name, criteria, listing):
        """Whether one listing answers one filter."""
        stated = self.stated(name, criteria, listing)
        if stated is not None:
            return stated
        if name in JUDGES:
            return name in criteria.unstated
        return NOT_STATED in criteria.values(name)

    def stated(self, name, criteria, listing):
        """True or False as the listing says, None where it does not say."""
        if name in JUDGES:
            return JUDGES[name](self, criteria, listing)
        values = self.values(name, listing)
        return bool(values & set(criteria.values(name))) if values else None

    def values(self, facet, listing):
        """The values under which a listing is counted in a facet."""
        if facet == "employer":
            return {self.employers[listing.employer_id]}
        if facet == "remote":
            return {listing.remote} - {""}
        if facet == "role":
            return {listing.role, *listing.other_roles} - {""}
        if facet == "track":
            return {self.tracks[role] for role in self.values("role", listing)}
        if facet == "credential":
            rule = listing.rule
            if rule is None:
                return set()
            return set(rule.named) or {"none-asked"}
        column = {
            "setting": "settings",
            "specialty": "specialties",
            "codeset": "codesets",
        }.get(facet, facet)
        return set(getattr(listing, column))

    def pay(self, criteria, listing):
        maximum = self.maximum(listing, criteria.per)
        return None if maximum is None else maximum >= criteria.pay

    def maximum(self, listing, per="year"):
        pay = listing.pay
        both = pay and (pay.hourly if per == "hour" else pay.yearly)
        return both[1] if both else None

    def experience(self, criteria, listing):
        if listing.experience_months is None:
            return None
        return listing.experience_months <= criteria.experience

    def apprentice(self, criteria, listing):
        rule = listing.rule
        if rule is None:
            return None
        forms = self.evaluator.forms.values()
        return any(
            group.apprentice_accepted or any(name in forms for name in group.any_of)
            for group in rule.groups
        )

    def state(self, criteria, listing):
        states = hires_from(
            remote=listing.remote,
            basis=listing.states_basis,
            listed=listing.states_listed,
            place_states=[place["state"] for place in listing.places],
        )
        return criteria.state in states if states else None

    def near(self, criteria, listing):
        miles = self.miles(criteria.near, listing)
        return miles is not None and miles <= criteria.within

    def miles(self, near, listing):
        """To the nearest place, by the spherical law of cosines."""
        return min(
            (_miles(near, place) for place in listing.places),
            default=None,
        )

    def posted(self, criteria, listing):
        return listing.posted_at >= timezone.now() - timedelta(days=criteria.posted)

    def untested(self, criteria, listing):
        return {"": None, "required": None, "unpaid": False}.get(listing.test, True)

    def fit(self, criteria, listing):
        rule = listing.rule
        if rule is None:
            return None
        verdict = self.evaluator.judge(rule, criteria.wallet)
        if criteria.adding and criteria.adding not in verdict.one_more:
            return False
        return criteria.fit in verdict.fits


JUDGES = {
    "pay": Board.pay,
    "experience": Board.experience,
    "apprentice": Board.apprentice,
    "state": Board.state,
    "near": Board.near,
    "posted": Board.posted,
    "untested": Board.untested,
    "fit": Board.fit,
}


def _miles(near, place):
    here, there = radians(near.latitude), radians(place["latitude"])
    between = radians(place["longitude"] - near.longitude)
    cosine = sin(here) * sin(there) + cos(here) * cos(there) * cos(between)
    return EARTH_RADIUS_MILES * acos(max(-1.0, min(1.0, cosine)))
