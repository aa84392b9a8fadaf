"""However a listing is written, its search row says the same in the same moment."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

import pytest

from careers.jobs.models import Employer, JobListing, Role
from search.models import FacetValue, SearchRow, SearchText, TitleWord
from tests.jobs.factories import AUSTIN, EmployerFactory, JobListingFactory

from .board import EMPLOYERS, Drawer, make_employers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]

#: Columns that a search row and its listing must hold alike.
TWINS = [
    field.attname
    for field in SearchRow._meta.concrete_fields
    if field.attname not in ("listing_id", "pack")
]


def rows():
    """Every search row and its vectors, by listing; facet values by name."""
    names = {n: (facet, value) for n, facet, value in FacetValue.objects.values_list()}
    found = {}
    for row in SearchRow.objects.values("pk", "pack", *TWINS):
        pack = bytes(row.pop("pack"))
        numbers = [int.from_bytes(pack[i : i + 2]) for i in range(0, len(pack), 2)]
        assert len(numbers) == len(set(numbers))
        row["values"] = {names[number] for number in numbers}
        found[row.pop("pk")] = row
    for pk, *vectors in SearchText.objects.values_list(
        "pk", "title_vector", "text_vector"
    ):
        found[pk]["vectors"] = vectors
    return found


def assert_in_step():
    """Search rows equal listings, and equal what rebuilding them would make."""
    kept = rows()
    twins = {
        row.pop("pk"): row for row in JobListing.objects.order_by().values("pk", *TWINS)
    }
    assert {
        pk: {name: row[name] for name in TWINS} for pk, row in kept.items()
    } == twins
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchtext")
        cursor.execute("DELETE FROM search_searchrow")
        ids = list(twins)
        cursor.execute("SELECT search_refresh(%s::bigint[])", [ids])
        cursor.execute("SELECT search_refresh_text(%s::bigint[])", [ids])
    assert rows() == kept


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        changed = cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return changed


@pytest.fixture
def listings():
    drawer = Drawer(11, make_employers(EMPLOYERS // 8))
    return [drawer.listing() for _ in range(12)]


# Ways to write


def test_saving():
    listing = JobListingFactory()
    assert_in_step()
    listing.title, listing.settings, listing.remote = "Auditor", ["payer"], "remote"
    listing.save()
    assert_in_step()
    listing.experience_months = 0
    listing.save(update_fields=["experience_months"])
    assert_in_step()


def test_bulk_create(listings):
    JobListing.objects.bulk_create(listings)
    assert SearchRow.objects.count() == len(listings)
    assert_in_step()


def test_copy(listings):
    assert JobListing.objects.bulk_copy(listings) == len(listings)
    assert SearchRow.objects.count() == len(listings)
    assert_in_step()


def test_bulk_update(listings):
    made = JobListing.objects.bulk_create(listings)
    for listing in made:
        listing.software, listing.role, listing.other_roles = ["epic"], "", []
    JobListing.objects.bulk_update(made, ["software", "role", "other_roles"])
    assert_in_step()


def test_queryset_update(listings):
    JobListing.objects.bulk_create(listings)
    JobListing.objects.update(test="paid", live=False, employment=["per-diem"])
    assert_in_step()


@pytest.mark.parametrize(
    "change",
    [
        "title = 'Zygote coder'",
        "description = '<p>Zygote</p>'",
        "live = NOT live",
        "removed_at = now()",
        "expire_at = now() - interval '1 day'",
        "posted_at = posted_at - interval '9 days'",
        "remote = 'hybrid'",
        "experience_months = 7",
        "experience_months = NULL",
        "settings = '{payer,dental}'",
        "settings = '{}'",
        "roles = '{coding-auditor}'",
        "credentials = '{CPC,CRC}'",
        "hires_from = '{OH}'",
        "due_1 = NULL, full_1 = NULL",
        "pay_minimum = 1, pay_maximum = 2, pay_period = 'hour'",
        "quota_charts = 3, quota_period = 'hour'",
        "codesets = '{a-code-set-of-tomorrow}'",
    ],
)
def test_sql_update(listings, change):
    JobListing.objects.bulk_create(listings)
    assert run(f"UPDATE jobs_joblisting SET {change}") == len(listings)
    assert_in_step()


def test_sql_insert():
    listing = JobListingFactory()
    copied = ", ".join(
        f'"{field.column}"'
        for field in JobListing._meta.concrete_fields
        if not field.generated and not field.primary_key
    )
    run(
        f"INSERT INTO jobs_joblisting ({copied}) SELECT {copied} "
        "FROM jobs_joblisting WHERE id = %s",
        listing.pk,
    )
    assert SearchRow.objects.count() == 2
    assert_in_step()


def test_deleting(listings):
    made = JobListing.objects.bulk_create(listings)
    made[0].delete()
    JobListing.objects.filter(pk__in=[made[1].pk, made[2].pk]).delete()
    assert SearchRow.objects.count() == len(listings) - 3
    assert_in_step()


def test_sql_delete(listings):
    made = JobListing.objects.bulk_create(listings)
    assert run("DELETE FROM jobs_joblisting WHERE id = %s", made[0].pk) == 1
    assert SearchRow.objects.count() == len(listings) - 1
    assert_in_step()


# What stands behind a listing's words


def test_a_renamed_employer_is_found_by_its_new_name():
    listing = JobListingFactory(employer=EmployerFactory(name="Lakearden"))
    Employer.objects.filter(pk=listing.employer_id).update(name="Mereford Clinic")
    assert found_by("mereford") == [listing.pk]
    assert found_by("lakearden") == []
    assert_in_step()


def test_a_renamed_role_is_found_by_its_new_name():
    listing = JobListingFactory(title="Coder")
    Role.objects.filter(slug="inpatient-coder").update(name="Zygote coder")
    assert found_by("zygote") == [listing.pk]
    assert_in_step()


def test_a_role_that_moves_to_another_track_is_counted_there():
    JobListingFactory()
    Role.objects.filter(slug="inpatient-coder").update(track="audit")
    (row,) = rows().values()
    assert ("track", "audit") in row["values"]
    assert ("track", "facility") not in row["values"]
    assert_in_step()


def test_places_follow_their_listing():
    listing = JobListingFactory()
    listing.places = [AUSTIN]
    listing.save()
    (place,) = listing.place_rows.all()
    assert place.latitude == AUSTIN["latitude"]
    JobListing.objects.update(places=[])
    assert not listing.place_rows.exists()


def test_words_of_new_titles_are_known_to_the_spelling_help():
    JobListingFactory(title="Zygote Coder")
    assert TitleWord.objects.get(word="zygote").seen == 1
    JobListing.objects.update(title="Yttrium coder")
    assert TitleWord.objects.filter(word="yttrium").exists()


def test_a_change_of_no_fact_of_search_leaves_the_row_alone():
    """Confirming a hundred thousand listings must not rewrite their search rows."""
    JobListingFactory()
    before = versions()
    JobListing.objects.update(
        confirmed_at=timezone.now(), last_seen_at=timezone.now() + timedelta(days=1)
    )
    assert versions() == before
    JobListing.objects.update(remote="hybrid")
    assert versions() != before


def versions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT listing_id, ctid::text FROM search_searchrow")
        return cursor.fetchall()


def found_by(word):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT listing_id FROM search_searchtext "
            "WHERE text_vector @@ plainto_tsquery('careers', %s)",
            [word],
        )
        return [pk for (pk,) in cursor.fetchall()]
