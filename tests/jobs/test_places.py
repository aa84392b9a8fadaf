"""What people type for a place, and what it is."""

import pytest

from careers.jobs.models import Place
from careers.jobs.places import as_listed, find, find_many, state_code
from careers.jobs.vocabulary_files import place_rows

TOWNS = {
    "columbus", "st louis", "saint louis", "fort worth", "mount vernon", "o'fallon",
    "lees summit", "coeur d'alene", "new york", "washington", "kansas city", "remote",
    "port washington", "port saint lucie", "winston-salem", "mckinney", "mchenry",
    "charleston", "san juan", "north las vegas", "nevada", "indiana", "beckley",
}  # fmt: skip


@pytest.fixture(scope="module")
def atlas():
    """Some towns and one ZIP code, out of the files as shipped."""
    return [
        Place(**row)
        for row in place_rows()
        if row["zip"] == "43215" or (not row["zip"] and row["city"].lower() in TOWNS)
    ]


@pytest.fixture(autouse=True)
def places(db, atlas):
    Place.objects.bulk_create(atlas)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("43215", "43215"),
        ("43215-1234", "43215"),
        (" 43215 ", "43215"),
        ("Columbus, OH 43215", "43215"),
        ("Columbus, OH 43215-0001, USA", "43215"),
        ("Columbus, OH 99999", "columbus-oh"),
        ("Columbus, OH", "columbus-oh"),
        ("Columbus, Ohio", "columbus-oh"),
        ("columbus oh", "columbus-oh"),
        ("COLUMBUS OHIO", "columbus-oh"),
        ("Columbus,OH", "columbus-oh"),
        ("Columbus, OH, United States", "columbus-oh"),
        ("Columbus, Franklin County, OH", "columbus-oh"),
        ("columbus ga", "columbus-ga"),
        ("Columbus", "columbus-oh"),
        ("St. Louis, MO", "saint-louis-mo"),
        ("Saint Louis, Missouri", "saint-louis-mo"),
        ("st louis", "saint-louis-mo"),
        ("Ft Worth", "fort-worth-tx"),
        ("Ft. Worth, TX", "fort-worth-tx"),
        ("Mt. Vernon, NY", "mount-vernon-ny"),
        ("Port St. Lucie, FL", "port-saint-lucie-fl"),
        ("O'Fallon, MO", "ofallon-mo"),
        ("O’Fallon, IL", "ofallon-il"),
        ("Lee's Summit, MO", "lees-summit-mo"),
        ("Coeur d'Alene, Idaho", "coeur-dalene-id"),
        ("coeur d alene", "coeur-dalene-id"),
        ("O Fallon MO", "ofallon-mo"),
        ("Winston Salem", "winston-salem-nc"),
        ("Winston-Salem, NC", "winston-salem-nc"),
        ("McKinney, TX", "mckinney-tx"),
        ("Mc Henry, IL", "mchenry-il"),
        ("N. Las Vegas, NV", "north-las-vegas-nv"),
        ("New York", "new-york-ny"),
        ("NYC", "new-york-ny"),
        ("New York City, NY", "new-york-ny"),
        ("New York, New York", "new-york-ny"),
        ("Washington, D.C.", "washington-dc"),
        ("Washington DC", "washington-dc"),
        ("Washington", "washington-dc"),
        ("Kansas City", "kansas-city-mo"),
        ("Kansas City, Kansas", "kansas-city-ks"),
        ("Beckley West Virginia", "beckley-wv"),
        ("Charleston, WV", "charleston-wv"),
        ("Port Washington", "port-washington-ny"),
        ("San Juan, PR", "san-juan-pr"),
        ("San Juan, Puerto Rico", "san-juan-pr"),
    ],
)
def test_typed_place_is_found(typed, slug):
    assert find(typed).slug == slug


@pytest.mark.parametrize(
    "typed",
    [
        "", "  ", ",", "99999", "Atlantis", "Columbus, ZZ", "Columbus, Wyoming",
        "Ohio", "OH", "Nevada", "Indiana", "West Virginia", "Remote", "USA", "4321",
        "'", "☃",
    ],
)  # fmt: skip
def test_what_is_no_place_is_not_found(typed):
    assert find(typed) is None


@pytest.mark.parametrize(
    ("typed", "queries"),
    [("43215", 1), ("Columbus, OH", 1), ("Columbus", 1), ("Columbus, OH 99999", 2)],
)
def test_place_takes_at_most_two_queries(django_assert_num_queries, typed, queries):
    with django_assert_num_queries(queries):
        find(typed)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ohio", "OH"),
        ("oh", "OH"),
        ("OH", "OH"),
        ("Ohio, USA", "OH"),
        ("Ohio, United States", "OH"),
        ("US-OH", "OH"),
        ("OH, US", "OH"),
        (" new  york ", "NY"),
        ("N. Carolina", "NC"),
        ("D.C.", "DC"),
        ("Washington, DC", "DC"),
        ("Puerto Rico", "PR"),
        ("U.S. Virgin Islands", "VI"),
        ("", None),
        ("USA", None),
        ("Ontario", None),
        ("Columbus, OH", None),
        ("Ohio River", None),
    ],
)
def test_state_code(text, code):
    assert state_code(text) == code


def test_many_places_are_found_in_one_query(django_assert_num_queries):
    stated = [
        ("Columbus", "OH", "43215"),
        ("Columbus", "Georgia", ""),
        ("St. Louis, MO", "", ""),
        ("Columbus", "", ""),
        ("", "", "43215-0001"),
        ("Atlantis", "OH", ""),
        ("", "", ""),
    ]
    with django_assert_num_queries(1):
        found = find_many(stated)
    names = {
        entry: place and (place["city"], place["state"], place["zip"])
        for entry, place in found.items()
    }
    assert names == {
        stated[0]: ("Columbus", "OH", "43215"),
        stated[1]: ("Columbus", "GA", ""),
        stated[2]: ("Saint Louis", "MO", ""),
        stated[3]: ("Columbus", "OH", ""),
        stated[4]: ("Columbus", "OH", "43215"),
        stated[5]: None,
        stated[6]: None,
    }


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        # A ZIP code in another state than the one stated is a slip of the pen.
        (("Columbus", "GA", "43215"), ("Columbus", "GA", "")),
        # A ZIP code of a town that nobody knows by name.
        (("Clintonville", "OH", "43215"), ("Columbus", "OH", "43215")),
        # A ZIP code that does not exist.
        (("Columbus", "OH", "99999"), ("Columbus", "OH", "")),
        # There is a town of Remote in Oregon. No listing means it.
        (("Remote", "OR", ""), None),
        (("Columbus", "Bavaria", ""), None),
        (("Port Washington", "NY", ""), ("Port Washington", "NY", "")),
        (("Columbus, OH", "OH", ""), ("Columbus", "OH", "")),
    ],
)
def test_stated_place_that_contradicts_itself(stated, expected):
    place = find_many([stated])[stated]
    assert (place and (place["city"], place["state"], place["zip"])) == expected


def test_place_of_a_listing_holds_its_coordinates():
    place = Place.objects.get(slug="43215")
    assert as_listed(place) == {
        "city": "Columbus",
        "state": "OH",
        "zip": "43215",
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
