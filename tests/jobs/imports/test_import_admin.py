from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest

from careers.jobs import import_admin
from careers.jobs.models import JobListing
from tests.jobs.imports.samples import json_lines, posting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


def upload(*postings):
    return SimpleUploadedFile("feed.jsonl", json_lines(*postings))


@pytest.fixture
def send(admin_client):
    def post(**fields):
        data = {"format": "jsonld", "source": "lakearden"} | fields
        return admin_client.post(reverse("import_listings"), data)

    return post


def test_uploaded_feed_is_imported_and_reported(send):
    page = send(file=upload(posting(1), posting(2), posting(3, title=None))).text
    assert "3 read: 2 new" in page
    assert "It has no title." in page
    assert "L-3" in page
    assert JobListing.objects.live().count() == 2


def test_dry_run_reports_and_writes_nothing(send):
    page = send(file=upload(posting(1)), dry_run="on").text
    assert "Dry run, nothing was written: 1 read: 1 new" in page
    assert not JobListing.objects.exists()


def test_snapshot_closes_what_the_upload_lacks(send):
    send(file=upload(posting(1), posting(2)))
    page = send(file=upload(posting(1)), snapshot="on").text
    assert "1 closed" in page
    assert JobListing.objects.live().count() == 1


def test_hostile_values_are_shown_as_text(send):
    hostile = "<script>alert(1)</script>"
    page = send(file=upload(posting(1, title=None, identifier=hostile * 2 + "x<b")))
    assert hostile not in page.text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Give either a file or an address."),
        ({"source": "two words"}, "Enter a valid “slug”"),
        ({"url": "ftp://feed.example/"}, "Use http or https"),
        ({"url": "http://127.0.0.1:1/feed"}, "private or reserved network"),
        ({"url": "http://[::1]/feed"}, "private or reserved network"),
    ],
)
def test_what_cannot_be_imported_is_said_at_the_form(send, fields, message):
    assert message in send(**fields).text


def test_file_that_is_no_feed_is_said(send):
    file = SimpleUploadedFile("feed.jsonl", b"hello")
    assert "neither JSON nor a page" in send(file=file).text


def test_large_upload_is_sent_to_the_command(send, monkeypatch):
    monkeypatch.setattr(import_admin, "MOST_BYTES", 10)
    assert "with the command import_listings" in send(file=upload(posting(1))).text


@pytest.mark.parametrize(("may_add", "status"), [(True, 200), (False, 302)])
def test_only_who_may_add_listings_may_import(
    client, django_user_model, may_add, status
):
    user = django_user_model.objects.create_user(email="editor@lakearden.example")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if may_add:
        user.user_permissions.add(Permission.objects.get(codename="add_joblisting"))
    client.force_login(user)
    assert client.get(reverse("import_listings")).status_code == status
    shown = "Import listings" in client.get(reverse("wagtailadmin_home")).text
    assert shown == may_add
