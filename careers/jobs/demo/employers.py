"""Invented employers, each marked as a sample; none of these organisations exists."""

from dataclasses import dataclass
from random import Random

from django.utils.text import slugify

FIRST = (
    "Alder", "Amber", "Arden", "Ashby", "Aspen", "Barrow", "Beacon", "Birch", "Bluff",
    "Bramble", "Briar", "Calder", "Canyon", "Cedar", "Clover", "Copper", "Corran",
    "Cypress", "Dover", "Drift", "Eagle", "Elder", "Ember", "Fallow", "Fern", "Flint",
    "Garnet", "Glen", "Granite", "Grove", "Harbor", "Hawthorn", "Hazel", "Heron",
    "Hollow", "Indigo", "Juniper", "Kestrel", "Lantern", "Larch", "Laurel", "Linden",
    "Lower", "Maple", "Marsh", "Meadow", "Mesa", "Moss", "North", "Oak", "Orchard",
    "Otter", "Pebble", "Pine", "Prairie", "Quarry", "Quill", "Raven", "Reed", "Ridge",
    "River", "Rowan", "Sable", "Sage", "Shale", "Silver", "Slate", "Spruce", "Stone",
    "Sumac", "Tarrow", "Thistle", "Timber", "Umber", "Vale", "Walnut", "Willow", "Wren",
)  # fmt: skip
SECOND = (
    "bank", "brook", "creek", "crest", "dale", "field", "ford", "gate", "haven", "hill",
    "lake", "land", "mere", "mont", "point", "port", "ridge", "shore", "side", "spring",
    "stead", "stone", "ton", "view", "ville", "water", "wick", "wood",
)  # fmt: skip
KINDS: dict[str, tuple[str, ...]] = {
    "hospital": ("Hospital", "Regional Medical Center", "Community Hospital"),
    "critical-access-hospital": ("County Hospital", "Critical Access Hospital"),
    "academic-medical-center": ("University Medical Center", "University Health"),
    "childrens-hospital": ("Children’s Hospital",),
    "health-system": ("Health System", "Health Partners"),
    "payer": ("Health Plan", "Benefit Plans"),
    "accountable-care": ("Accountable Care", "Value Partners"),
    "third-party-administrator": ("Benefit Administrators",),
    "billing-company": ("Revenue Services", "Billing Group"),
    "coding-vendor": ("Coding Services", "Coding & Audit"),
    "staffing-agency": ("HIM Staffing", "Health Staffing"),
    "consulting": ("Audit Advisors", "Coding Consultants"),
    "surgery-center": ("Surgery Center",),
    "laboratory": ("Laboratories",),
    "imaging": ("Imaging",),
    "oncology": ("Cancer Center",),
    "home-health": ("Home Health",),
    "hospice": ("Hospice",),
    "dental": ("Dental Group",),
    "health-center": ("Community Health Center",),
    "education": ("Career College",),
}
PRACTICE = ("Physicians", "Medical Group", "Clinic", "Care Associates")
STAFFING = {"staffing-agency": "staffing"}
VENDORS = {"billing-company", "coding-vendor", "consulting", "records-vendor"}


@dataclass(frozen=True)
class SampleEmployer:
    name: str
    setting: str

    @property
    def slug(self) -> str:
        return slugify(self.name)

    @property
    def kind(self) -> str:
        if self.setting in VENDORS:
            return "vendor"
        return STAFFING.get(self.setting, "direct")

    @property
    def domain(self) -> str:
        return f"{self.slug.replace('-', '')[:40]}.example"


def make(random: Random, settings: list[str], wanted: int) -> list[SampleEmployer]:
    """``wanted`` employers with distinct names, every setting having at least one."""
    made: dict[str, SampleEmployer] = {}
    attempts = 0
    while len(made) < wanted:
        setting = settings[attempts % len(settings)]
        attempts += 1
        kind = random.choice(KINDS.get(setting, PRACTICE))
        place = random.choice(FIRST) + random.choice(SECOND)
        name = f"{place} {kind}"
        if len(made) > len(FIRST) * len(SECOND) // 2:
            name = f"{random.choice(FIRST)} {name}"
        made.setdefault(name, SampleEmployer(name, setting))
    return list(made.values())
