import gzip
import io
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.jobs import moderation
from careers.jobs.imports import source
from careers.jobs.imports.batch import KEPT_UNSEEN
from careers.jobs.imports.record import FeedError
from careers.jobs.imports.run import BATCH, import_feed, lock_of
from careers.jobs.models import Employer, JobListing
from tests.bench import federal
from tests.jobs.factories import EmployerFactory
from tests.jobs.imports.samples import json_lines, posting

pytestmark = pytest.mark.django_db

AHEAD = "2090-01-31"


def rows():
    """Every listing in full, but for when it was seen."""
    passing = {"last_seen_at", "confirmed_at", "expire_at"}
    return [
        {name: value for name, value in row.items() if name not in passing}
        for row in JobListing.objects.order_by("pk").values()
    ]


# What comes in


def test_new_record_becomes_a_live_listing(imports, listing, columbus):
    report = imports(
        posting(
            1,
            jobLocation={
                "address": {"addressLocality": "Columbus", "addressRegion": "OH"}
            },
            validThrough=AHEAD,
        )
    )
    assert report.line() == (
        "1 read: 1 new, 0 changed, 0 unchanged, 0 held as drafts (no role read), "
        "0 closed, 0 bad."
    )
    found = listing()
    assert found.is_live
    assert found.role == "inpatient-coder"
    assert found.employer.name == "Lakearden Health"
    assert found.posted_at == datetime(2026, 1, 2, tzinfo=UTC)
    assert found.expire_at == datetime(2090, 1, 31, 23, 59, 59, tzinfo=UTC)
    assert found.places == [
        {
            "city": "Columbus",
            "state": "OH",
            "zip": "",
            "latitude": 39.96,
            "longitude": -83.0,
        }
    ]
    assert found.hires_from == ["OH"]
    assert found.place_rows.count() == 1
    assert found.first_published_at
    assert not found.has_unpublished_changes


def test_evidence_keeps_the_words_of_the_text_and_the_field(imports, listing):
    imports(posting(1, employmentType="FULL_TIME"))
    evidence = {entry["fact"]: entry for entry in listing().evidence}
    assert evidence["employment"] == {
        "fact": "employment",
        "value": "full-time",
        "words": "employmentType of the feed",
    }
    assert "Inpatient Coder" in evidence["role"]["words"]


def test_fields_of_the_feed_win_over_its_text(imports, listing):
    text = "<p>Hybrid, 2 days on site. Pay: $20 - $24 per hour. You code charts.</p>"
    salary = {
        "currency": "USD",
        "value": {"minValue": 62000, "maxValue": 78000, "unitText": "YEAR"},
    }
    imports(
        posting(1, description=text),
        posting(2, description=text, jobLocationType="TELECOMMUTE", baseSalary=salary),
    )
    by_text, by_field = listing(1), listing(2)
    assert by_text.remote == "hybrid"
    assert (by_text.pay_minimum, by_text.pay_period) == (20, "hour")
    assert (by_field.remote, by_field.days_on_site) == ("remote", None)
    assert (by_field.pay_minimum, by_field.pay_maximum) == (62000, 78000)
    assert by_field.pay_period == "year"


def test_without_a_role_it_is_kept_as_a_draft(imports, listing):
    report = imports(
        posting(1, title="Forklift Driver", description="<p>You lift.</p>")
    )
    assert (report.held, report.new) == (1, 0)
    found = listing()
    assert (found.role, found.live) == ("", False)
    again = imports(posting(1, title="Forklift Driver", description="<p>You lift.</p>"))
    assert (again.held, again.unchanged) == (1, 0)


def test_draft_goes_live_once_a_role_is_read(imports, listing):
    imports(posting(1, title="Opening", description="<p>Join.</p>"))
    assert not listing().live
    report = imports(posting(1))
    assert report.changed == 1
    assert listing().is_live


def test_title_that_is_no_title_holds_the_listing_as_a_draft(imports, listing):
    report = imports(
        posting(1, title="Apply now!", description="<p>Inpatient coder wanted.</p>")
    )
    assert not listing().live
    assert any(note.startswith("held as a draft") for note in report.notes)


def test_listing_that_closed_already_is_imported_closed(imports, listing):
    report = imports(
        posting(1, datePosted="2020-01-02", validThrough="2020-02-01T00:00:00Z")
    )
    assert "1 closed" in report.line()
    assert listing().is_closed


def test_listing_without_a_close_date_ends_45_days_after_it_was_last_seen(
    imports, listing, time_machine
):
    time_machine.move_to(datetime(2027, 1, 10, tzinfo=UTC), tick=False)
    imports(posting(1))
    assert listing().expire_at == timezone.now() + KEPT_UNSEEN
    time_machine.move_to(datetime(2027, 1, 20, tzinfo=UTC), tick=False)
    imports(posting(1))
    ends_at = timezone.now() + KEPT_UNSEEN
    assert listing().expire_at == ends_at
    assert listing().confirmed_at == timezone.now()
    time_machine.move_to(datetime(2027, 1, 20, 23, 59, tzinfo=UTC), tick=False)
    imports(posting(1))
    assert listing().expire_at == ends_at, "read again on the day, it changes nothing"
    assert listing().confirmed_at == timezone.now()


def test_date_posted_that_is_ahead_is_left_out(imports, listing):
    report = imports(posting(1, datePosted="2090-01-01"))
    assert "date posted left out: it is ahead" in report.notes
    assert listing().posted_at <= timezone.now()


def test_unknown_place_is_kept_without_coordinates_and_noted(imports, listing):
    address = {"addressLocality": "Nowhere", "addressRegion": "OH"}
    report = imports(posting(1, jobLocation={"address": address}))
    assert listing().places == [{"city": "Nowhere", "state": "OH", "zip": ""}]
    assert listing().place_rows.count() == 0
    assert "place “Nowhere OH” is not known" in report.notes


# Employers


def test_employers_are_found_by_name_whatever_the_case(imports):
    known = EmployerFactory(name="LAKEARDEN HEALTH")
    imports(posting(1), posting(2, hiringOrganization="lakearden health"))
    assert Employer.objects.get() == known
    assert known.listings.count() == 2


def test_employers_whose_names_make_one_slug_are_told_apart(imports):
    EmployerFactory(slug="lakearden-health", name="Lakearden-Health Inc")
    imports(
        posting(1),
        posting(2, hiringOrganization="Lakearden, Health"),
        posting(3, hiringOrganization="湖"),
        posting(4, hiringOrganization="İstanbul Kodlama"),
    )
    assert Employer.objects.count() == 5
    assert JobListing.objects.count() == 4


def test_confidential_employer_is_marked(imports):
    imports(posting(1, hiringOrganization="Confidential"))
    assert Employer.objects.get().is_confidential


# Again


def test_second_import_of_the_same_feed_changes_nothing(imports):
    feed = [
        posting(1, validThrough=AHEAD, baseSalary="$20 - $24 an hour"),
        posting(2),
        posting(3, title="Forklift Driver", description="<p>You lift.</p>"),
        posting(4, title=None),
    ]
    imports(*feed)
    before = rows()
    report = imports(*feed)
    assert rows() == before
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert (report.held, report.bad) == (1, 1)


def test_second_import_only_marks_what_it_saw(imports):
    feed = [posting(n) for n in range(20)]
    imports(*feed)
    with CaptureQueriesContext(connection) as queries:
        imports(*feed)
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
    assert len(written) == 1
    assert not any('"title"' in sql for sql in written)


def test_queries_of_a_batch_do_not_grow_with_it(imports):
    counts = []
    for first, many in ((0, 5), (100, 105)):
        feed = [posting(first + n) for n in range(many)]
        with CaptureQueriesContext(connection) as queries:
            imports(*feed)
        counts.append(len(queries))
    assert 5 < counts[1] <= counts[0]


def test_changed_record_changes_its_listing(imports, listing):
    imports(posting(1))
    before = listing()
    report = imports(posting(1, title="Inpatient Coder II"), posting(2))
    assert (report.new, report.changed) == (1, 1)
    after = listing()
    assert after.pk == before.pk
    assert after.title == "Inpatient Coder II"
    assert after.first_published_at == before.first_published_at
    assert after.posted_at == before.posted_at


def test_same_id_at_another_source_is_another_listing(imports):
    imports(posting(1))
    report = imports(posting(1), source="other")
    assert report.new == 1
    assert JobListing.objects.count() == 2


def test_last_of_two_records_with_one_id_wins(imports, listing):
    feed = [
        posting(1, title="Inpatient Coder I"),
        posting(1, title="Inpatient Coder II"),
    ]
    report = imports(*feed)
    assert (report.new, report.duplicates) == (1, 1)
    assert listing().title == "Inpatient Coder II"
    assert "given twice, the last one counts" in report.notes
    assert imports(*feed).changed == 0


def test_dry_run_sees_what_is_given_twice_across_batches(imports):
    between = [posting(n) for n in range(2, BATCH + 2)]
    report = imports(posting(1), *between, posting(1), dry_run=True)
    assert (report.new, report.duplicates) == (BATCH + 1, 1)
    assert not JobListing.objects.exists()


def test_last_record_wins_across_batches_too(imports, listing):
    between = [posting(n) for n in range(2, BATCH + 2)]
    report = imports(posting(1), *between, posting(1, title="Inpatient Coder II"))
    assert (report.new, report.duplicates) == (BATCH + 1, 1)
    assert listing().title == "Inpatient Coder II"


# What people did here


def test_words_an_editor_changed_are_not_overwritten(imports, listing, admin_user):
    imports(posting(1, validThrough="2090-01-31"))
    edited = listing()
    edited.title = "Inpatient Coder, day shift"
    edited.save_revision(user=admin_user).publish()
    report = imports(posting(1, title="Inpatient Coder II", validThrough="2090-03-31"))
    after = listing()
    assert after.title == "Inpatient Coder, day shift"
    assert after.expire_at.month == 3
    assert "changed by an editor: only its dates follow the feed" in report.notes
    assert imports(
        posting(1, title="Inpatient Coder II", validThrough="2090-03-31")
    ).unchanged


def test_listing_closed_here_stays_closed(imports, listing):
    imports(posting(1))
    moderation.close(listing())
    report = imports(posting(1, title="Inpatient Coder II"))
    assert listing().is_closed
    assert "closed here, stays closed" in report.notes


def test_listing_removed_here_stays_removed_and_is_reported(imports, listing):
    imports(posting(1))
    moderation.remove(listing(), reason="Not a real employer.")
    report = imports(posting(1, title="Inpatient Coder II"))
    assert listing().removed_at
    assert listing().title == "Inpatient Coder"
    assert "removed here, stays removed" in report.notes


def test_listing_unpublished_here_stays_a_draft(imports, listing):
    imports(posting(1))
    listing().unpublish()
    report = imports(posting(1, title="Inpatient Coder II"))
    assert not listing().live
    assert "unpublished here, stays unpublished" in report.notes


# Snapshots


def seen(*numbers):
    return [posting(number) for number in numbers]


def open_ids():
    live = JobListing.objects.live().values_list("external_id", flat=True)
    return sorted(int(external_id.removeprefix("L-")) for external_id in live)


def test_snapshot_closes_what_left_the_source(imports, listing):
    imports(*seen(1, 2, 3))
    imports(*seen(1), source="other")
    report = imports(*seen(1, 3), is_snapshot=True)
    assert report.gone == 1
    assert "1 closed" in report.line()
    assert listing(2).is_closed
    assert listing(2).closed_at
    assert open_ids() == [1, 1, 3]


def test_without_snapshot_nothing_closes(imports):
    imports(*seen(1, 2, 3))
    imports(*seen(1))
    assert open_ids() == [1, 2, 3]


def test_listing_that_comes_back_is_reopened(imports, listing):
    imports(*seen(1, 2, 3))
    imports(*seen(1, 3), is_snapshot=True)
    report = imports(*seen(1, 2, 3), is_snapshot=True)
    assert (report.changed, report.unchanged) == (1, 2)
    assert listing(2).is_live
    assert listing(2).closed_at is None
    assert listing(2).times_reposted == 1


def test_lapsed_listing_that_is_seen_again_is_reopened(imports, listing, time_machine):
    time_machine.move_to(datetime(2027, 1, 10, tzinfo=UTC))
    imports(posting(1))
    time_machine.move_to(datetime(2027, 4, 10, tzinfo=UTC))
    assert listing().is_closed
    report = imports(posting(1))
    assert report.changed == 1
    assert listing().is_live
    assert listing().times_reposted == 1


def half_written(content):
    return content[: -len(content) // 6]


def packed_and_cut(content):
    return half_written(gzip.compress(content))


@pytest.mark.parametrize("cut", [half_written, packed_and_cut])
def test_half_written_snapshot_closes_nothing_and_keeps_its_good_lines(
    imports, tmp_path, cut
):
    imports(*seen(1, 2, 3, 4))
    path = tmp_path / "feed"
    # What compresses well is cut far before its end: make the text hard to compress.
    filler = "".join(f"{n * 7919 % 104729:x} " for n in range(20_000))
    path.write_bytes(
        cut(json_lines(*seen(1, 2, 5), posting(6, description=f"You code. {filler}")))
    )
    with source.opened(str(path)) as (stream, _):
        report = import_feed(
            stream, format="jsonld", source="lakearden", is_snapshot=True
        )
    assert report.gone == 0
    assert report.closes_nothing == "the feed is not whole"
    assert "breaks off" in report.ended_early
    assert open_ids() == [1, 2, 3, 4, 5]


def test_snapshot_that_lost_more_than_half_closes_nothing(imports):
    imports(*seen(1, 2, 3, 4, 5))
    report = imports(*seen(1, 2, 6), is_snapshot=True)
    assert open_ids() == [1, 2, 3, 4, 5, 6]
    assert report.closes_nothing == (
        "3 of 5 open listings are absent, more than half at once"
    )


def test_snapshot_that_lost_just_half_closes_it(imports):
    imports(*seen(1, 2, 3, 4))
    assert imports(*seen(1, 2), is_snapshot=True).gone == 2


def test_bad_record_of_a_known_listing_keeps_it_open(imports):
    imports(*seen(1, 2, 3))
    report = imports(posting(1), posting(2, title=None), posting(3), is_snapshot=True)
    assert (report.bad, report.gone) == (1, 0)
    assert open_ids() == [1, 2, 3]


def test_record_that_cannot_be_read_at_all_closes_nothing(imports):
    imports(*seen(1, 2, 3))
    content = json_lines(*seen(1)) + b"{broken\n" + json_lines(*seen(3))
    report = imports(content=content, is_snapshot=True)
    assert open_ids() == [1, 2, 3]
    assert "could not be read at all" in report.closes_nothing


def test_empty_snapshot_closes_nothing(imports):
    imports(*seen(1))
    report = imports(content=b"[]", is_snapshot=True)
    assert report.read == 0
    assert open_ids() == [1]


@given(
    before=st.sets(st.integers(1, 8), min_size=1),
    after=st.sets(st.integers(1, 8), min_size=1),
)
@settings(max_examples=25)
def test_what_is_open_is_the_last_snapshot_unless_it_lost_too_many(
    imports, before, after
):
    name = f"example-{uuid4().hex[:20]}"
    for numbers in (before, after):
        imports(*seen(*numbers), source=name, is_snapshot=True)
    live = JobListing.objects.live().filter(source=name)
    still_open = {int(one.external_id.removeprefix("L-")) for one in live}
    lost_too_many = len(before - after) * 2 > len(before)
    assert still_open == (before | after if lost_too_many else after)


# Safety


def test_dry_run_reports_the_same_and_writes_nothing(imports):
    imports(*seen(1, 2, 3))
    before = rows(), Employer.objects.count()
    report = imports(
        *seen(1, 2),
        posting(4, hiringOrganization="Another"),
        is_snapshot=True,
        dry_run=True,
    )
    assert (report.new, report.unchanged, report.gone) == (1, 2, 1)
    assert report.line().startswith("Dry run, nothing was written: 3 read: 1 new")
    assert (rows(), Employer.objects.count()) == before
    assert open_ids() == [1, 2, 3]


def test_two_imports_of_one_source_at_the_same_time_are_refused(imports):
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", lock_of("lakearden"))
        with pytest.raises(FeedError, match="Another import of lakearden is running"):
            imports(posting(1))
        assert imports(posting(1), source="other").new == 1
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock_of("lakearden"))
    assert imports(posting(1)).new == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "<img src=x onerror=alert(1)>Inpatient Coder"},
        {"description": "<p>You code.</p><script>alert(1)</script>\x00\ud800"},
        {"url": "javascript:alert(1)"},
        {"identifier": "\x00\ud800'; DROP TABLE jobs_joblisting; --"},
        {"hiringOrganization": {"name": "A\x00</script>", "sameAs": "javascript:x"}},
        {"title": "Coder \U0001f4a9" * 500},
        {"baseSalary": {"value": {"value": 1e308, "unitText": "YEAR"}}},
        {"employmentType": "x" * 100_000},
        {"workHours": "y" * 100_000},
        {"validThrough": "9999-12-31", "datePosted": "0001-01-01"},
    ],
)
def test_hostile_values_are_made_harmless(imports, fields):
    report = imports(posting(1, **fields), posting(2))
    assert report.good == 2
    found = JobListing.objects.exclude(external_id="L-2").get()
    written = f"{found.title}{found.description}{found.apply_url}{found.employer}"
    for part in ("<script", "onerror", "javascript:", "\x00"):
        assert part not in written


def test_empty_vocabulary_is_said(db):
    feed = io.BytesIO(json_lines(posting(1)))
    report = import_feed(feed, format="jsonld", source="lakearden")
    assert report.held == 1
    assert "vocabulary is empty" in report.remarks[0]


# Real announcements


@pytest.fixture
def announcements():
    if not federal.path().exists():
        reason = f"no sample data: there is no {federal.path()}"
        pytest.skip(reason)
    return federal.json_lines(timezone.now().date())


def test_every_federal_announcement_is_imported(imports, announcements):
    report = imports(content=announcements, source="federal")
    assert (report.read, report.bad) == (452, 0)
    assert JobListing.objects.count() == 452
    live = JobListing.objects.live().count()
    assert live > 452 / 2
    assert report.held < 45
    latest = JobListing.objects.order_by("-expire_at")[0].expire_at
    assert latest > timezone.now() + timedelta(days=100)
    assert imports(content=announcements, source="federal").changed == 0
