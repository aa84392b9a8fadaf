"""Whoever changes what a document holds, and however, the database notes it."""

from datetime import timedelta
from io import BytesIO

from django.db import connection, transaction
from django.utils import timezone

import pytest

from careers.jobs.imports.run import import_feed
from careers.jobs.imports.table import update as write_over
from careers.jobs.models import Employer, JobListing, Role
from search import changes, documents
from search.models import PendingChange
from tests.jobs.factories import EmployerFactory, JobListingFactory

from .board import EMPLOYERS, Drawer, make_employers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


def noted():
    return set(PendingChange.objects.values_list("pk", flat=True))


def noted_after(act):
    """What `act` notes, and nothing from before."""
    PendingChange.objects.all().delete()
    act()
    return noted()


def run(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def listings():
    """Twelve that are not written yet."""
    drawer = Drawer(11, make_employers(EMPLOYERS // 8))
    return [drawer.listing() for _ in range(12)]


@pytest.fixture
def written(listings):
    return JobListing.objects.bulk_create(listings)


# Ways to write


@pytest.mark.parametrize(
    "write",
    [
        JobListing.objects.bulk_create,
        JobListing.objects.bulk_copy,
        lambda listings: [listing.save() for listing in listings],
    ],
    ids=["bulk_create", "COPY", "save"],
)
def test_new_listings_are_noted(listings, write):
    assert noted_after(lambda: write(listings)) == set(
        JobListing.objects.values_list("pk", flat=True)
    )


def _save(some):
    for listing in some:
        listing.title = "Zygote coder"
        listing.save()


def _save_one_field(some):
    for listing in some:
        listing.test = "paid" if listing.test != "paid" else "none"
        listing.save(update_fields=["test"])


def _bulk_update(some):
    for listing in some:
        listing.software = [*listing.software, "zygote"]
    JobListing.objects.bulk_update(some, ["software"])


def _import(some):
    for listing in some:
        listing.title = "Zygote coder"
    write_over(some)


def _update(some):
    JobListing.objects.filter(pk__in=[one.pk for one in some]).update(title="Zygote")


def _sql(statement):
    def act(some):
        run(f"{statement} WHERE id = ANY(%s)", [one.pk for one in some])

    return act


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_save, id="save"),
        pytest.param(_save_one_field, id="save of one field"),
        pytest.param(_bulk_update, id="bulk_update"),
        pytest.param(_import, id="import over what is there"),
        pytest.param(_update, id="update"),
        pytest.param(_sql("UPDATE jobs_joblisting SET title = 'Zygote'"), id="SQL"),
    ],
)
def test_changed_listings_are_noted_and_no_others(written, change):
    some = written[3:7]
    assert noted_after(lambda: change(some)) == {listing.pk for listing in some}


def _delete(some):
    for listing in some:
        listing.delete()


def _raw_delete(some):
    run("DELETE FROM jobs_listingplace")
    run("DELETE FROM search_searchtext")
    run("DELETE FROM search_searchrow")
    JobListing.objects.filter(pk__in=[one.pk for one in some])._raw_delete("default")


@pytest.mark.parametrize(
    "delete",
    [
        pytest.param(_delete, id="delete"),
        pytest.param(_raw_delete, id="raw delete"),
        pytest.param(
            lambda some: JobListing.objects.filter(
                pk__in=[one.pk for one in some]
            ).delete(),
            id="delete of a queryset",
        ),
        pytest.param(_sql("DELETE FROM jobs_joblisting"), id="SQL"),
    ],
)
def test_deleted_listings_are_noted_and_stay_so(written, delete):
    keys = {listing.pk for listing in written[3:7]}
    assert noted_after(lambda: delete(written[3:7])) == keys
    assert JobListing.objects.count() == len(written) - 4


def test_a_table_that_is_emptied_is_noted_whole(written):
    run("SET CONSTRAINTS ALL IMMEDIATE")
    assert noted_after(lambda: run("TRUNCATE jobs_joblisting CASCADE")) == {
        listing.pk for listing in written
    }


def test_work_that_is_taken_back_is_not_noted(listings):
    PendingChange.objects.all().delete()
    with transaction.atomic():
        JobListing.objects.bulk_create(listings)
        assert len(noted()) == len(listings)
        transaction.set_rollback(True)
    assert noted() == set()


# What a document is made of

OTHER_EMPLOYER = "(SELECT max(id) FROM jobs_employer)"
#: A new value for each column of a listing, as SQL.
CHANGES = {
    "accepts_apprentice": "true",
    "accuracy": "97",
    "apply_email": "'coders@lakearden.example'",
    "apply_url": "'https://lakearden.example/other'",
    "benefits": "'None'",
    "closed_at": "now()",
    "codesets": "'{cpt}'",
    "confirmed_at": "now()",
    "credential_rule": "'{}'",
    "credentials": "'{CCA}'",
    "days_on_site": "NULL",
    "description": "'<p>Zygote</p>'",
    "due_1": "'{CCA}'",
    "due_2": "'{CCA}'",
    "due_3": "'{CCA}'",
    "due_4": "'{CCA}'",
    "education": "'A degree'",
    "employer_id": OTHER_EMPLOYER,
    "employment": "'{per-diem}'",
    "evidence": "'[1]'",
    "experience_months": "1",
    "expire_at": "now() + interval '1 day'",
    "expired": "true",
    "external_id": "'1', source = 'zygote'",
    "first_published_at": "now()",
    "full_1": "'{CCA}'",
    "full_2": "'{CCA}'",
    "full_3": "'{CCA}'",
    "full_4": "'{CCA}'",
    "go_live_at": "now()",
    "has_unpublished_changes": "true",
    "hires_from": "'{OH,TX}'",
    "import_hash": "'zygote'",
    "is_sample": "true",
    "last_published_at": "now()",
    "last_seen_at": "now()",
    "latest_revision_id": "NULL",
    "live": "false",
    "live_revision_id": "NULL",
    "locked": "true",
    "locked_at": "now()",
    "locked_by_id": "NULL",
    "other_roles": "'{medical-biller}'",
    "pay_basis": "'total'",
    "pay_maximum": "36.01",
    "pay_minimum": "26.99",
    "pay_period": "'day'",
    "pay_reason": "'Shifts'",
    "pays_for": "'{dues}'",
    "places": "'[]'",
    "posted_at": "now()",
    "quota_charts": "3, quota_period = 'hour', pay_period = 'chart'",
    "quota_period": "'day', quota_charts = 3",
    "remote": "'hybrid'",
    "removal_reason": "'Zygote'",
    "removed_at": "now()",
    "requisition": "'1'",
    "role": "'medical-biller'",
    "roles": "'{medical-biller}'",
    "schedule": "'Nights'",
    "settings": "'{payer}'",
    "software": "'{epic}'",
    "source": "'zygote', external_id = '1'",
    "source_url": "'https://feed.example/1'",
    "specialties": "'{cardiology}'",
    "states_basis": "'anywhere'",
    "states_listed": "'{OH}'",
    "test": "'paid'",
    "test_minutes": "60",
    "test_open_book": "true",
    "times_reposted": "9",
    "title": "'Zygote coder'",
}


def document_of(listing):
    return list(documents.read([listing.pk]))


@pytest.mark.parametrize("column", CHANGES)
def test_a_listing_is_noted_exactly_if_its_document_changes(column):
    """An import that confirms a hundred thousand listings must not send them anew."""
    listing = JobListingFactory()
    EmployerFactory()
    before = document_of(listing)
    PendingChange.objects.all().delete()
    run(f"UPDATE jobs_joblisting SET {column} = {CHANGES[column]}")
    assert (document_of(listing) != before) is (noted() == {listing.pk})
    PendingChange.objects.all().delete()
    run(f"UPDATE jobs_joblisting SET {column} = {column}")
    assert noted() == set()


def test_every_column_is_tried():
    assert set(CHANGES) == {
        field.column
        for field in JobListing._meta.concrete_fields
        if not field.generated and not field.primary_key
    }


MONTH = timedelta(days=30)
FEED = (
    "id,title,employer,description,city,state,url,closes\n"
    '1,Inpatient Coder,Lakearden,"<p>You assign codes. CCS required.</p>",'
    f"Columbus,OH,https://lakearden.example/1,{timezone.now() + MONTH:%Y-%m-%d}\n"
)


def test_an_import_that_finds_nothing_new_notes_nothing():
    def take():
        return import_feed(BytesIO(FEED.encode()), format="csv", source="lakearden")

    assert take().new == 1
    reports = []
    assert noted_after(lambda: reports.append(take())) == set()
    assert reports[0].unchanged == 1


# Words behind a listing


@pytest.mark.parametrize(
    ("facts", "is_noted"),
    [
        ({"name": "Mereford Clinic"}, True),
        ({"slug": "mereford"}, True),
        ({"about": "A clinic.", "kind": "vendor", "is_sample": True}, False),
    ],
)
def test_an_employer_that_is_renamed_notes_its_listings(facts, is_noted):
    listing = JobListingFactory()
    JobListingFactory()
    changed = noted_after(
        lambda: Employer.objects.filter(pk=listing.employer_id).update(**facts)
    )
    assert changed == ({listing.pk} if is_noted else set())


@pytest.mark.parametrize(
    ("facts", "is_noted"),
    [
        ({"name": "Zygote coder"}, True),
        ({"track": "audit"}, True),
        ({"aliases": ["zygote"], "sort_order": 9, "level": 7}, False),
    ],
)
def test_a_role_that_is_renamed_notes_its_listings(facts, is_noted):
    listing = JobListingFactory(role="medical-biller", other_roles=["inpatient-coder"])
    JobListingFactory(role="medical-biller")
    role = Role.objects.filter(slug="inpatient-coder")
    assert noted_after(lambda: role.update(**facts)) == (
        {listing.pk} if is_noted else set()
    )


def test_a_role_that_goes_or_comes_notes_its_listings():
    listing = JobListingFactory()
    JobListingFactory(role="medical-biller")
    role = Role.objects.get(slug=listing.role)
    assert noted_after(role.delete) == {listing.pk}
    assert noted_after(lambda: role.save(force_insert=True)) == {listing.pk}


# Notes


def test_a_listing_has_one_note_that_keeps_the_older_moment():
    listing = JobListingFactory()
    noted_at = timezone.now() - timedelta(hours=1)
    PendingChange.objects.update(noted_at=noted_at, refused_at=noted_at)
    first = PendingChange.objects.get()
    JobListing.objects.update(title="Zygote coder")
    second = PendingChange.objects.get()
    assert second.pk == listing.pk
    assert second.change > first.change
    assert second.noted_at == noted_at
    assert second.refused_at is None, "it may be taken now"


def test_what_waits_is_counted_with_the_age_of_the_oldest():
    PendingChange.objects.all().delete()
    assert changes.pending() == (0, 0.0)
    JobListingFactory.create_batch(3)
    oldest = PendingChange.objects.earliest("pk")
    oldest.noted_at = timezone.now() - timedelta(hours=1)
    oldest.save()
    number, age = changes.pending()
    assert number == 3
    assert age == pytest.approx(3600, abs=60)


def test_listings_can_be_noted_by_hand_and_twice_in_one_breath():
    keys = [listing.pk for listing in JobListingFactory.create_batch(2)]
    assert noted_after(lambda: changes.note([*keys, *keys, 10**12])) == {*keys, 10**12}
