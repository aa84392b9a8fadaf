"""The vocabulary's files: complete, consistent, and safe to read text with."""

import re
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.metros import METROS
from careers.jobs.models.vocabulary import Credential, Software, Track, slug_validator
from careers.jobs.vocabulary_files import (
    listed,
    place_rows,
    read_vocabulary,
    rows,
    wages,
)

PERCENTILES = ("p10", "p25", "median", "p75", "p90")
KINDS = ("roles", "settings", "credentials", "specialties", "software", "codesets")

# The files say what people write, so a spelling leads to one term of its kind.
SPELLINGS = [
    ("roles", "hospital inpatient coder", "inpatient-coder"),
    ("roles", "Coder - Inpatient", "inpatient-coder"),
    ("roles", "Medical Records Technician (ROI)", "him-technician"),
    ("roles", "Medical Records Technician (Coder)", "medical-coder"),
    ("roles", "biller", "medical-biller"),
    ("credentials", "Certified Documentation Improvement Practitioner", "CDIP"),
    ("credentials", "CCS - P", "CCS-P"),
    ("credentials", "ODS-C", "ODS"),
    ("credentials", "Certified Professional Coder-Apprentice", "CPC-A"),
    ("settings", "federally qualified health center", "health-center"),
    ("settings", "acute care hospital", "hospital"),
    ("software", "Cerner", "oracle-health"),
    ("software", "3M 360", "solventum-360"),
    ("codesets", "ICD-10", "icd-10-cm"),
    ("codesets", "HCC", "hcc"),
    ("specialties", "otolaryngology", "ent"),
]


def _fold(text):
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def _spellings(kind):
    for word in getattr(read_vocabulary(), kind).values():
        for spelling in (word.label, *word.aliases):
            yield spelling, word.slug


@pytest.mark.parametrize(("kind", "spelling", "slug"), SPELLINGS)
def test_spelling_leads_to_its_term(kind, spelling, slug):
    word = getattr(read_vocabulary(), kind)[slug]
    known = {_fold(text) for text in (word.label, word.full_name, *word.aliases)}
    assert _fold(spelling) in known


@pytest.mark.parametrize("kind", KINDS)
def test_spelling_belongs_to_one_term_only(kind):
    owners = {}
    for spelling, slug in _spellings(kind):
        assert owners.setdefault(_fold(spelling), slug) == slug, spelling


@pytest.mark.parametrize("kind", KINDS)
def test_no_spelling_is_the_code_of_a_state(kind):
    assert {spelling.upper() for spelling, _ in _spellings(kind)}.isdisjoint(
        STATE_NAMES
    )


@pytest.mark.parametrize("kind", KINDS)
def test_no_alias_holds_parentheses_which_readers_take_for_an_aside(kind):
    for word in getattr(read_vocabulary(), kind).values():
        assert not {"(", ")"} & set("".join(word.aliases)), word.slug


@pytest.mark.parametrize("kind", KINDS)
def test_slugs_and_aliases_fit_their_columns(kind):
    for row in rows(kind):
        slug_validator(row["slug"])
        assert len(row["slug"]) <= 60
        assert all(0 < len(alias) <= 120 for alias in listed(row["aliases"]))


def test_roles_have_a_known_track_a_level_and_an_occupation():
    for role in read_vocabulary().roles.values():
        assert role.track in Track
        assert 1 <= role.level <= 7
        assert re.fullmatch(r"\d{2}-\d{4}", role.soc_code)
        assert role.soc_title


def test_only_cpc_and_coc_have_an_apprentice_form():
    assert read_vocabulary().apprentice_forms == {"CPC": "CPC-A", "COC": "COC-A"}


def test_former_names_are_marked_renamed_and_point_to_the_present_one():
    renamed = read_vocabulary().renamed_credentials
    assert renamed == {"CPC-H": "COC", "CTR": "ODS"}
    statuses = {row["slug"]: row["status"] for row in rows("credentials")}
    assert {slug for slug, status in statuses.items() if status == "renamed"} == set(
        renamed
    )


def test_credentials_use_known_bodies_levels_and_statuses():
    bodies = {row["slug"] for row in rows("credential_bodies")}
    for row in rows("credentials"):
        assert row["body"] in bodies
        assert row["level"] in Credential.Level
        assert row["status"] in Credential.Status
        assert row["full_name"]


def test_software_is_of_a_known_kind():
    assert {row["kind"] for row in rows("software")} <= set(Software.Kind)


def test_settings_of_one_kind_stand_under_a_heading():
    assert all(row["kind"] for row in rows("settings"))


def test_every_place_has_its_own_slug_and_lies_in_a_known_state():
    slugs = set()
    for place in place_rows():
        assert place["slug"] not in slugs
        slugs.add(place["slug"])
        assert place["state"] in STATE_NAMES
        assert place["slug"] == place["zip"] or place["slug"].endswith(
            f"-{place['state'].lower()}"
        )
        assert -15 < place["latitude"] < 72
    assert {"43215", "columbus-oh", "saint-louis-mo", "00901", "san-juan-pr"} <= slugs


def test_city_lies_among_its_zip_codes_and_sums_their_people():
    columbus = [
        place
        for place in place_rows()
        if (place["city"], place["state"]) == ("Columbus", "OH")
    ]
    (city,) = (place for place in columbus if not place["zip"])
    zips = [place for place in columbus if place["zip"]]
    assert city["population"] == sum(place["population"] for place in zips)
    latitudes = [place["latitude"] for place in zips]
    assert min(latitudes) < city["latitude"] < max(latitudes)


def test_a_place_has_an_area_of_its_own_state_but_for_two_on_a_border():
    across = {
        (place["city"], place["state"])
        for place in place_rows()
        if place["metro"] and place["state"] not in METROS[place["metro"]].states
    }
    assert across == {("Freedom", "WY"), ("Jelm", "WY")}


@pytest.mark.parametrize(
    ("slug", "metro"),
    [
        ("43215", "Columbus, OH"),
        ("brooklyn-ny", "New York, NY"),
        ("fort-worth-tx", "Dallas, TX"),
        ("35201", "Birmingham, AL"),  # a post office box
        ("hartford-ct", "Hartford, CT"),
        ("mystic-ct", "Norwich, CT"),
        ("shelton-ct", "Waterbury, CT"),
        ("06601", "Bridgeport, CT"),
        ("san-juan-pr", "San Juan, PR"),
    ],
)
def test_a_known_place_lies_in_its_area(slug, metro):
    (place,) = (place for place in place_rows() if place["slug"] == slug)
    assert METROS[place["metro"]].name == metro


@pytest.mark.parametrize("slug", ["torrington-ct", "putnam-ct", "adak-ak"])
def test_a_place_outside_of_any_area_has_none(slug):
    (place,) = (place for place in place_rows() if place["slug"] == slug)
    assert place["metro"] == ""


def test_a_city_has_the_area_of_most_of_its_people():
    people = defaultdict(Counter)
    cities = {}
    for place in place_rows():
        key = (place["city"], place["state"])
        if place["zip"]:
            people[key][place["metro"]] += place["population"]
        else:
            cities[key] = place["metro"]
    for key, metro in cities.items():
        assert people[key][metro] == max(people[key].values())


def test_wages_cover_the_nation_and_hold_the_published_median():
    national = {wage.soc: wage for wage in wages() if wage.area == "US"}
    assert national["29-2072"].yearly_median == 51_140
    assert national["29-2072"].hourly_median == Decimal("24.59")
    assert national["29-2072"].employment == 194_720
    assert national["43-3021"].yearly_median == 48_500
    published = {role.soc_code for role in read_vocabulary().roles.values()}
    # The supervisors' occupation is not in the cut: no figure is shown for it.
    assert published - national.keys() == {"43-1011"}


def test_wages_are_of_the_nation_states_and_known_metropolitan_areas_once_each():
    known = {"US", *STATE_NAMES, *(metro.wage_area for metro in METROS.values())}
    seen = Counter((wage.soc, wage.area) for wage in wages())
    assert {area for _, area in seen} <= known
    assert set(seen.values()) == {1}
    assert ("29-2072", METROS["18140"].wage_area) in seen


def test_wage_percentiles_rise_and_a_suppressed_one_is_none():
    missing = 0
    for wage in wages():
        for unit in ("yearly", "hourly"):
            line = [getattr(wage, f"{unit}_{name}") for name in PERCENTILES]
            missing += line.count(None)
            given = [value for value in line if value is not None]
            assert all(value > 0 for value in given)
            assert all(low <= high for low, high in pairwise(given))
    assert missing > 0


def test_suppressed_employment_is_none_and_leaves_the_wages():
    found = {(wage.soc, wage.area): wage for wage in wages()}
    arkansas = found["29-9021", "AR"]
    assert arkansas.employment is None
    assert arkansas.yearly_p90 == 105_140
