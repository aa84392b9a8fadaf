"""What tests of pay share: listings that post it."""

from decimal import Decimal

from django.core.management import call_command
from django.db import transaction

import pytest

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.models import Place
from careers.jobs.vocabulary_files import place_rows
from tests.jobs.factories import EmployerFactory, JobListingFactory

TOWNS = {"columbus-oh", "43215", "austin-tx", "cincinnati-oh", "covington-ky"}


@pytest.fixture(scope="module")
def words(django_db_setup, django_db_blocker):
    """The vocabulary and some towns, without listings, for a module's tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabulary_memory.forget()
        call_command("load_vocabulary", terms_only=True, verbosity=0)
        Place.objects.bulk_create(
            [Place(**row) for row in place_rows() if row["slug"] in TOWNS]
        )
        yield
        transaction.set_rollback(True)


@pytest.fixture
def post():
    """Post pay: ``post(60_000, 80_000, employer=…, **facts)``, yearly unless said."""

    def posted(low, high, *, employer=None, **facts):
        facts.setdefault("pay_period", "year")
        return JobListingFactory(
            pay_minimum=Decimal(str(low)),
            pay_maximum=Decimal(str(high)),
            employer=employer or EmployerFactory(),
            **facts,
        )

    return posted
