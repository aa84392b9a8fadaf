"""Editors keep the vocabulary in the admin."""

from django.contrib.auth.models import Permission
from django.urls import reverse

import pytest

from careers.accounts.models import User
from careers.jobs import vocabulary
from careers.jobs.models import Credential, CredentialBody, Place, Role
from careers.jobs.vocabulary_admin import VocabularyViewSetGroup

pytestmark = pytest.mark.django_db


def url(model, action, *args):
    return reverse(model.snippet_viewset.get_url_name(action), args=args)


@pytest.fixture
def editor(client):
    """Someone who may use the admin and change the vocabulary, and nothing else."""
    user = User.objects.create_user(email="editor@example.org", password="a-b-c-d-9")
    words = Permission.objects.filter(content_type__app_label="jobs")
    user.user_permissions.set([Permission.objects.get(codename="access_admin"), *words])
    client.force_login(user)
    return client


@pytest.fixture
def coder():
    return Role.objects.create(
        slug="inpatient-coder",
        name="Inpatient coder",
        aliases=["DRG coder"],
        track="facility",
        level=4,
        soc_code="29-2072",
        soc_title="Medical Records Specialists",
    )


def role_fields(role=None, **changes):
    fields = {
        "name": "Hospice coder",
        "slug": "hospice-coder",
        "short_name": "",
        "track": "profee",
        "level": 3,
        "soc_code": "29-2072",
        "soc_title": "Medical Records Specialists",
        "aliases": "",
        "description": "",
        "sort_order": 0,
    }
    if role:
        fields |= {name: getattr(role, name) for name in fields}
        fields["aliases"] = "\n".join(role.aliases)
    return fields | changes


def test_editor_adds_a_role_with_aliases_that_hold_commas(editor):
    aliases = "Coder, hospice\r\n\r\n  hospice   records coder \r\nCoder, hospice"
    response = editor.post(url(Role, "add"), role_fields(aliases=aliases))
    assert response.status_code == 302
    role = Role.objects.get(slug="hospice-coder")
    assert role.aliases == ["Coder, hospice", "hospice records coder"]


def test_editor_changes_an_alias_and_the_vocabulary_knows_it(
    editor, coder, django_capture_on_commit_callbacks
):
    assert vocabulary.current().roles["inpatient-coder"].aliases == ("DRG coder",)
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(
            url(Role, "edit", coder.pk),
            role_fields(coder, aliases="DRG coder\nhospital coder"),
        )
    assert response.status_code == 302
    assert vocabulary.current().roles["inpatient-coder"].aliases == (
        "DRG coder",
        "hospital coder",
    )


def test_slug_of_a_term_cannot_change(editor, coder):
    fields = role_fields(coder, slug="something-else", name="Inpatient coder, DRG")
    editor.post(url(Role, "edit", coder.pk), fields)
    coder.refresh_from_db()
    assert coder.slug == "inpatient-coder"
    assert coder.name == "Inpatient coder, DRG"


def test_slug_of_a_body_and_of_a_place_cannot_change(editor):
    body = CredentialBody.objects.create(slug="aapc", name="AAPC")
    editor.post(
        url(CredentialBody, "edit", body.pk),
        {"name": "AAPC", "slug": "other", "full_name": "", "website": ""},
    )
    body.refresh_from_db()
    assert body.slug == "aapc"
    place = Place.objects.create(
        slug="columbus-oh", city="Columbus", state="OH", latitude=39.9, longitude=-83
    )
    fields = {
        "slug": "columbus-ga",
        "city": "Columbus",
        "state": "OH",
        "zip": "",
        "latitude": 40,
        "longitude": -83,
        "population": 5,
    }
    editor.post(url(Place, "edit", "columbus-oh"), fields)
    place.refresh_from_db()
    assert place.latitude == 40
    assert not Place.objects.filter(slug="columbus-ga").exists()


@pytest.mark.parametrize(
    ("aliases", "complaint"),
    [
        ("pa", "PA: the code of a state"),
        ("drg CODER", "already stands for inpatient-coder"),
        ("Inpatient Coder", "already stands for inpatient-coder"),
        ("x" * 121, "at most 120 characters"),
    ],
)
def test_alias_that_says_something_else_is_refused(editor, coder, aliases, complaint):
    response = editor.post(url(Role, "add"), role_fields(aliases=aliases))
    assert response.status_code == 200
    assert complaint in response.content.decode()
    assert Role.objects.count() == 1


def test_editor_adds_a_credential_under_its_abbreviation(editor):
    body = CredentialBody.objects.create(slug="aapc", name="AAPC")
    fields = {
        "name": "CPC-X",
        "slug": "CPC-X",
        "full_name": "Certified Something",
        "body": body.pk,
        "covers": "",
        "level": "core",
        "status": "active",
        "apprentice_of": "",
        "renamed_to": "",
        "aliases": "",
        "description": "",
        "sort_order": 0,
    }
    assert editor.post(url(Credential, "add"), fields).status_code == 302
    assert Credential.objects.get().slug == "CPC-X"


@pytest.mark.parametrize("query", ["DRG", "inpatient", "DRG coder"])
def test_list_is_searched_by_name_and_alias(editor, coder, query):
    Role.objects.create(
        slug="entry-coder", name="Entry coder", track="profee", level=2,
        soc_code="29-2072", soc_title="Medical Records Specialists",
    )  # fmt: skip
    page = editor.get(url(Role, "list"), {"q": query}).content.decode()
    assert "Inpatient coder" in page
    assert "Entry coder" not in page


def test_list_is_filtered_by_track(editor, coder):
    found = editor.get(url(Role, "list"), {"track": "facility"}).content.decode()
    missed = editor.get(url(Role, "list"), {"track": "risk"}).content.decode()
    assert "Inpatient coder" in found
    assert "Inpatient coder" not in missed


@pytest.mark.parametrize("viewset", VocabularyViewSetGroup.items)
@pytest.mark.parametrize("action", ["list", "add"])
def test_every_list_and_form_of_the_group_opens(editor, viewset, action):
    assert editor.get(url(viewset.model, action)).status_code == 200


def test_group_stands_in_the_menu(editor):
    page = editor.get(reverse("wagtailadmin_home"))
    assert "Vocabulary" in page.content.decode()
