"""Sample listings, drawn from a seed: the same seed gives the same listings.

Pay is drawn around the official wages of the role's occupation in the listing's
state (BLS, OEWS, May 2025).
"""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from ..models import JobListing, Place
from ..pay import HOURS_PER_YEAR
from ..vocabulary import Vocabulary
from ..vocabulary_files import wages
from .recipes import (
    BENEFITS,
    ODD_SETTINGS,
    RECIPES,
    SCHEDULES,
    Recipe,
)

SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)
SOURCE = "sample"

#: How often each role is posted, for a believable mix.
WEIGHT_BY_LEVEL = {1: 5, 2: 7, 3: 9, 4: 5, 5: 3, 6: 1, 7: 1}
#: An occupation whose wages the project does not keep, and the nearest it does.
NEIGHBOUR = {"43-1011": "43-3021"}
GRADES = ("", "", "", " I", " II", " III", ", Senior")
HYBRID_SHARE = 0.15


def published_wages() -> dict[tuple[str, str], tuple[int, ...]]:
    """(SOC code, area) to yearly percentiles; areas with a suppressed cell left out."""
    found = {}
    for wage in wages():
        percentiles = (
            wage.yearly_p10,
            wage.yearly_p25,
            wage.yearly_median,
            wage.yearly_p75,
            wage.yearly_p90,
        )
        if None not in percentiles:
            found[wage.soc, wage.area] = percentiles
    return found


@dataclass(frozen=True)
class Employed:
    """An employer's row and its setting."""

    pk: int
    setting: str
    home: Place


class Maker:
    """Draws listings one after another; memory does not grow with their number."""

    def __init__(
        self,
        *,
        seed: int,
        vocabulary: Vocabulary,
        employers: Sequence[Employed],
        places: Sequence[Place],
        now: datetime,
    ) -> None:
        self.random = Random(seed)
        self.seed = seed
        self.words = vocabulary
        self.wages = published_wages()
        self.now = now
        self.places = places
        self.place_weights = list(accumulate(max(p.population, 1) for p in places))
        self.by_setting: dict[str, list[Employed]] = {}
        for employer in employers:
            self.by_setting.setdefault(employer.setting, []).append(employer)
        self.roles = [slug for slug in vocabulary.roles if slug in RECIPES]
        self.role_weights = [
            WEIGHT_BY_LEVEL[vocabulary.roles[slug].level] for slug in self.roles
        ]

    def listings(self, wanted: int) -> Iterator[JobListing]:
        odd = list(ODD_SETTINGS.items())
        for number in range(wanted):
            if number < len(self.roles):
                role, setting = self.roles[number], ""
            elif number < len(self.roles) + len(odd):
                setting, role = odd[number - len(self.roles)]
            else:
                role = self.random.choices(self.roles, self.role_weights)[0]
                setting = ""
            yield self.listing(number, role, setting)

    def past_listings(self, wanted: int) -> Iterator[JobListing]:
        """Listings that closed within the past two years, for pay over time.

        Drawn after the open ones, which they leave as they are.
        """
        for number in range(wanted):
            role = self.random.choices(self.roles, self.role_weights)[0]
            listing = self.listing(number, role)
            days = self.random.randint(75, 720)
            listing.external_id = f"{self.seed}-past-{number}"
            listing.apply_url = f"https://apply.example/{listing.external_id}"
            listing.posted_at = self.now - timedelta(days=days)
            listing.first_published_at = listing.posted_at
            listing.last_published_at = listing.posted_at
            listing.confirmed_at = listing.posted_at
            listing.expire_at = listing.posted_at + timedelta(
                days=self.random.randint(14, 60)
            )
            listing.closed_at = listing.expire_at
            yield listing

    def listing(self, number: int, role: str, setting: str = "") -> JobListing:
        random = self.random
        recipe = RECIPES[role]
        setting = setting or random.choice(recipe.settings)
        employer = random.choice(self.by_setting[setting])
        place = employer.home if random.random() < 0.6 else self.place()
        posted = self.now - timedelta(minutes=random.randint(5, 45 * 24 * 60))
        listing = JobListing(
            employer_id=employer.pk,
            role=role,
            other_roles=self.other_roles(role),
            settings=[setting],
            places=[_stored(place)],
            source=SOURCE,
            external_id=f"{self.seed}-{number}",
            is_sample=True,
            live=True,
            posted_at=posted,
            first_published_at=posted,
            last_published_at=posted,
            confirmed_at=posted + (self.now - posted) * random.random(),
            expire_at=self.now
            + timedelta(minutes=random.randint(14 * 24 * 60, 90 * 24 * 60)),
        )
        self.put_work(listing, recipe)
        self.put_where(listing, recipe, place)
        self.put_rule(listing, recipe)
        self.put_pay(listing, role, place)
        listing.title = self.title(listing, role)
        listing.description = describe(listing, recipe, self.words)
        listing.apply_url = f"https://apply.example/{listing.external_id}"
        return listing

    def place(self) -> Place:
        at = self.random.random() * self.place_weights[-1]
        return self.places[bisect(self.place_weights, at)]

    def other_roles(self, role: str) -> list[str]:
        if role == "medical-biller" and self.random.random() < 0.25:
            return ["profee-coder"]
        if role == "outpatient-coder" and self.random.random() < 0.15:
            return ["inpatient-coder"]
        return []

    def put_work(self, listing: JobListing, recipe: Recipe) -> None:
        random = self.random
        some = min(len(recipe.codesets), random.randint(2, 4))
        listing.codesets = random.sample(recipe.codesets, some)
        listing.software = random.sample(recipe.software, random.choice((0, 1, 1, 2)))
        if recipe.specialties and random.random() < 0.7:
            listing.specialties = random.sample(
                recipe.specialties,
                min(random.choice((1, 1, 2)), len(recipe.specialties)),
            )
        kinds = ("full-time", "part-time", "per-diem", "contract-w2", "temp-to-hire")
        listing.employment = random.choices(kinds, (80, 8, 5, 4, 3))
        listing.schedule = random.choice(SCHEDULES)
        listing.experience_months = random.choice(recipe.experience)
        listing.benefits = random.choice(BENEFITS)
        if "dues paid" in listing.benefits:
            listing.pays_for = ["dues"]
        if "CEUs paid" in listing.benefits:
            listing.pays_for = ["ceus"]
        if recipe.quota and random.random() < 0.5:
            charts, period = random.choice(recipe.quota)
            listing.quota_charts, listing.quota_period = Decimal(charts), period
        if recipe.quota and random.random() < 0.6:
            listing.accuracy = Decimal(95)
        if recipe.tests and random.random() < 0.5:
            listing.test = random.choice(("none", "paid", "unpaid", "required"))
            if listing.test in ("paid", "unpaid", "required"):
                listing.test_minutes = random.choice((45, 60, 90, 120))

    def put_where(self, listing: JobListing, recipe: Recipe, place: Place) -> None:
        random = self.random
        if random.random() < HYBRID_SHARE:
            listing.remote = "hybrid"
            listing.days_on_site = random.randint(1, 4)
            return
        if random.random() >= recipe.remote_share:
            listing.remote = "onsite"
            return
        listing.remote = "remote"
        states = sorted(
            {p.state for p in random.choices(self.places, k=14)} | {place.state}
        )
        basis = random.choices(("allow", "deny", "anywhere", ""), (50, 15, 10, 25))[0]
        listing.states_basis = basis
        if basis == "allow":
            listing.states_listed = states
        elif basis == "deny":
            listing.states_listed = sorted(
                random.sample(("CA", "NY", "WA", "CO", "HI"), 3)
            )

    def put_rule(self, listing: JobListing, recipe: Recipe) -> None:
        rule = self.random.choice(recipe.rules)
        if rule is None:
            return
        groups, preferred = rule
        listing.credential_rule = {
            "groups": [
                {
                    "any_of": list(any_of),
                    "apprentice_accepted": apprentice,
                    "within_months": months,
                }
                for any_of, apprentice, months in groups
            ],
            "preferred": list(preferred),
        }

    def put_pay(self, listing: JobListing, role: str, place: Place) -> None:
        random = self.random
        if random.random() < 0.12:
            return
        word = self.words.roles[role]
        soc = NEIGHBOUR.get(word.soc_code, word.soc_code)
        wages = self.wages.get((soc, place.state)) or self.wages[soc, "US"]
        # Entry roles sit low in their occupation, senior ones high.
        middle = _between(
            wages, min(0.85, max(0.15, random.gauss(0.1 + word.level * 0.1, 0.08)))
        )
        width = random.uniform(0.08, 0.2)
        low, high = middle * (1 - width), middle * (1 + width)
        if listing.quota_charts and random.random() < 0.08:
            per_year = HOURS_PER_YEAR if listing.quota_period == "hour" else 260
            charts = float(listing.quota_charts) * per_year
            listing.pay_period = "chart"
            listing.pay_minimum = Decimal(f"{low / charts:.2f}")
            listing.pay_maximum = Decimal(f"{high / charts:.2f}")
        elif word.level <= 4 and random.random() < 0.7:
            listing.pay_period = "hour"
            listing.pay_minimum = Decimal(f"{round(low / HOURS_PER_YEAR * 4) / 4:.2f}")
            listing.pay_maximum = Decimal(f"{round(high / HOURS_PER_YEAR * 4) / 4:.2f}")
        else:
            listing.pay_period = "year"
            listing.pay_minimum = Decimal(round(low / 500) * 500)
            listing.pay_maximum = Decimal(round(high / 500) * 500)
        listing.pay_basis = "base"

    def title(self, listing: JobListing, role: str) -> str:
        random = self.random
        word = self.words.roles[role]
        title = word.label
        if word.level in (3, 4):
            title += random.choice(GRADES)
        if listing.specialties and role != "cancer-registrar":
            title += f", {self.words.specialties[listing.specialties[0]].label}"
        if listing.other_roles:
            title += f" and {self.words.roles[listing.other_roles[0]].label.lower()}"
        if listing.remote == "remote" and random.random() < 0.3:
            title += ", Remote"
        return title[0].upper() + title[1:]


def describe(listing: JobListing, recipe: Recipe, words: Vocabulary) -> str:
    """The listing's text as HTML; says in words what the facts say."""
    setting = words.settings[listing.settings[0]].label
    duties = "".join(f"<li>{duty}</li>" for duty in recipe.duties)
    asks = "".join(f"<li>{line}</li>" for line in _asks(listing, words))
    return (
        "<p>This is a sample listing, made to show how the site works. "
        f"The work is for this setting: {setting}. {_where(listing)}</p>"
        f"<h3>What you will do</h3><ul>{duties}</ul>"
        f"<h3>What we ask</h3><ul>{asks}</ul>"
        f"<p>Schedule: {listing.schedule}. {listing.benefits}</p>"
    )


def _where(listing: JobListing) -> str:
    place = listing.places[0]
    city = f"{place['city']}, {place['state']}"
    if listing.remote == "hybrid":
        return f"Hybrid: {listing.days_on_site} days a week on site in {city}."
    if listing.remote == "onsite":
        return f"On site in {city}."
    states = {
        "allow": f"We hire from {', '.join(listing.states_listed)}.",
        "deny": f"We hire from every state except {', '.join(listing.states_listed)}.",
        "anywhere": "We hire from every state.",
        "": "",
    }[listing.states_basis]
    return f"Fully remote. {states}".strip()


def _asks(listing: JobListing, words: Vocabulary) -> Iterator[str]:
    rule = listing.rule
    if rule and rule.asks_for_none:
        yield "No credential is required."
    for group in rule.groups if rule else ():
        text = " or ".join(group.any_of)
        if group.within_months:
            yield f"{text} within {group.within_months} months of hire."
        elif group.apprentice_accepted:
            yield f"{text} required; apprentice status (-A) accepted."
        else:
            yield f"{text} required."
    if rule and rule.preferred:
        yield f"{' or '.join(rule.preferred)} preferred."
    if listing.experience_months == 0:
        yield "No experience required."
    elif listing.experience_months is not None:
        yield f"At least {listing.experience_months} months of experience."
    if listing.codesets:
        named = ", ".join(words.codesets[slug].label for slug in listing.codesets)
        yield f"Working knowledge of {named}."
    if listing.software:
        named = " and ".join(words.software[slug].label for slug in listing.software)
        yield f"Experience with {named}."
    if listing.specialties:
        named = " and ".join(words.specialties[s].label for s in listing.specialties)
        yield f"Coding or billing for {named}."


def _stored(place: Place) -> Mapping[str, object]:
    return {
        "city": place.city,
        "state": place.state,
        "zip": place.zip,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _between(wages: Sequence[float], share: float) -> float:
    """Pay at a share of the wage distribution, straight between its percentiles."""
    at = min(max(bisect(SHARES, share), 1), len(SHARES) - 1)
    left, right = SHARES[at - 1], SHARES[at]
    part = (share - left) / (right - left)
    return wages[at - 1] + part * (wages[at] - wages[at - 1])


#: Every setting that some sample listing is for.
SETTINGS = sorted(
    {s for recipe in RECIPES.values() for s in recipe.settings} | set(ODD_SETTINGS)
)
