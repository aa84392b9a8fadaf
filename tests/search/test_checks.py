from django.core.checks import run_checks
from django.db import connection
from django.test import override_settings

import pytest

from careers.jobs.models import Role
from search import checks


def ids(problems):
    return [problem.id for problem in problems]


@pytest.mark.django_db
def test_our_checks_run_with_djangos():
    problems = run_checks(databases=["default"], include_deployment_checks=True)
    assert {"careers.W001", "careers.W002"} <= set(ids(problems))


@pytest.mark.django_db
def test_a_database_without_words_is_told_how_to_get_them():
    (problem,) = checks.check_vocabulary(["default"])
    assert "load_vocabulary" in problem.hint
    Role.objects.create(slug="coder", name="Coder", track="profee", level=1)
    assert checks.check_vocabulary(["default"]) == []


@pytest.mark.django_db
def test_missing_extensions_are_no_problem_to_a_user_who_may_make_them():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS unaccent CASCADE")
    assert checks.check_extensions(["default"]) == []


@pytest.mark.django_db
def test_missing_extensions_are_named_to_a_user_who_may_not_make_them():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION IF EXISTS unaccent CASCADE")
        cursor.execute("DROP EXTENSION IF EXISTS pg_trgm CASCADE")
        cursor.execute("CREATE ROLE guest")
        cursor.execute("SET LOCAL ROLE guest")
        problems = checks.check_extensions(["default"])
    assert ids(problems) == ["careers.E003"] * 2


@pytest.mark.parametrize(
    ("address", "problems"),
    [
        ("https://jobs.example.org", []),
        ("http://jobs.example.org", ["careers.W002"]),
        ("https://localhost:8000", ["careers.W002"]),
        ("jobs.example.org", ["careers.W002"]),
    ],
)
def test_the_base_url_must_be_public(address, problems):
    with override_settings(WAGTAILADMIN_BASE_URL=address):
        assert ids(checks.check_base_url()) == problems
