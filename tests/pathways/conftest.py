"""People of the admin, and a site to work on."""

from django.core.management import call_command

import pytest

from careers.accounts.models import User
from careers.jobs import vocabulary as vocabulary_memory

from .factories import home


@pytest.fixture
def words(db):
    """The vocabulary as shipped, without its places."""
    call_command("load_vocabulary", terms_only=True, verbosity=0)
    vocabulary_memory.forget()


@pytest.fixture
def chief(db):
    return User.objects.create_superuser("chief@board.example", "secret")


@pytest.fixture
def admin(client, chief):
    """The admin, as somebody sees it who may do everything."""
    home()
    client.force_login(chief)
    return client
