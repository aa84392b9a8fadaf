"""The command that loads the vocabulary: whole, twice the same, kind to editors."""

import io

from django.core.management import call_command

import pytest

from careers.jobs import vocabulary
from careers.jobs.models import Credential, CredentialBody, Place, Role, Setting
from careers.jobs.vocabulary_files import place_rows, read_vocabulary, rows

pytestmark = pytest.mark.django_db


def load(*, terms_only=True, **options):
    out, errors = io.StringIO(), io.StringIO()
    call_command(
        "load_vocabulary",
        terms_only=terms_only,
        stdout=out,
        stderr=errors,
        **options,
    )
    return out.getvalue(), errors.getvalue()


def test_loaded_vocabulary_equals_the_files():
    load()
    loaded, shipped = vocabulary.load(), read_vocabulary()
    for kind in ("roles", "settings", "credentials", "specialties", "software"):
        assert list(getattr(loaded, kind)) == list(getattr(shipped, kind))
        assert getattr(loaded, kind) == getattr(shipped, kind)
    assert loaded.codesets == shipped.codesets
    assert loaded.apprentice_forms == shipped.apprentice_forms
    assert loaded.renamed_credentials == shipped.renamed_credentials


def test_apprentice_form_and_former_name_point_at_the_full_credential():
    load()
    assert Credential.objects.get(slug="CPC-A").apprentice_of.slug == "CPC"
    assert Credential.objects.get(slug="CTR").renamed_to.slug == "ODS"


def test_second_run_writes_nothing_and_says_so_in_one_line():
    load()
    said, _ = load()
    assert said.startswith("Vocabulary: 0 terms, 0 bodies, 0 credentials, 0 places")
    assert said.count("\n") == 1


def test_editor_s_words_survive_a_run_and_yield_to_overwrite():
    load()
    role = Role.objects.filter(slug="inpatient-coder")
    role.update(name="Hospital coder", aliases=["DRG person"], description="Ours.")
    load()
    assert role.get().name == "Hospital coder"
    load(overwrite=True)
    assert role.get().name == "Inpatient coder"
    assert "DRG person" not in role.get().aliases


def test_removed_term_comes_back_and_a_term_of_the_editor_s_stays():
    load()
    Setting.objects.filter(slug="dialysis").delete()
    Setting.objects.create(slug="prison-hospital", name="Prison hospital")
    load()
    assert Setting.objects.filter(slug__in=["dialysis", "prison-hospital"]).count() == 2


def test_term_whose_name_is_taken_is_left_out_and_named():
    Setting.objects.create(slug="kidney-center", name="Dialysis center")
    _, complaint = load()
    assert "dialysis" in complaint
    assert "kidney-center" in complaint
    assert not Setting.objects.filter(slug="dialysis").exists()
    assert Setting.objects.filter(slug="hospital").exists()


def test_dry_run_says_what_would_be_written_and_writes_nothing():
    said, _ = load(dry_run=True, terms_only=False)
    assert f"{sum(1 for _ in rows('credentials'))} credentials, " in said
    assert "would be written" in said
    assert not Role.objects.exists()
    assert not CredentialBody.objects.exists()
    assert not Place.objects.exists()


def test_missing_place_comes_back_and_a_moved_one_stays_until_overwritten():
    load(terms_only=False)
    everything = Place.objects.count()
    columbus = Place.objects.filter(slug="columbus-oh")
    columbus.update(latitude=1.5)
    Place.objects.filter(slug="43215").delete()
    load(terms_only=False)
    assert Place.objects.count() == everything == sum(1 for _ in place_rows())
    assert columbus.get().latitude == 1.5
    load(terms_only=False, overwrite=True)
    assert columbus.get().latitude > 39


def test_loaded_place_has_its_metropolitan_area():
    load(terms_only=False)
    assert Place.objects.get(slug="columbus-oh").metro == "18140"
    assert Place.objects.get(slug="43215").metro == "18140"
    assert Place.objects.get(slug="adak-ak").metro == ""


def test_places_of_an_older_site_get_their_metropolitan_area_and_nothing_else():
    load(terms_only=False)
    Place.objects.update(metro="")
    columbus = Place.objects.filter(slug="columbus-oh")
    columbus.update(latitude=1.5)
    Setting.objects.filter(slug="dialysis").delete()
    load(terms_only=False, places_only=True)
    assert columbus.get().metro == "18140"
    assert columbus.get().latitude == 1.5
    assert not Setting.objects.filter(slug="dialysis").exists()
    said, _ = load(terms_only=False, places_only=True)
    assert " 0 places written" in said


def test_an_area_that_an_editor_gave_stays_until_overwritten():
    load(terms_only=False)
    adak = Place.objects.filter(slug="adak-ak")
    adak.update(metro="11260")
    Place.objects.filter(slug="columbus-oh").update(metro="")
    load(terms_only=False)
    assert adak.get().metro == "11260"
    load(terms_only=False, overwrite=True)
    assert adak.get().metro == ""
