"""What every test gets: the vocabulary, a clean memory of it, repeatable examples."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from careers.jobs import vocabulary as vocabulary_memory
from careers.jobs.vocabulary_files import read_vocabulary

JOURNEYS = Path(__file__).parent / "journeys"

#: In CI a part that is missing is a failure; at home it is a skip with its reason.
IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false", "no"}

settings.register_profile(
    "home",
    deadline=None,  # the machine may be busy; a timed assertion is not a test
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile(
    "ci", settings.get_profile("home"), derandomize=True, print_blob=True, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "home"))


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(JOURNEYS):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def vocabulary():
    """The field's words as shipped, from their files: no database."""
    return read_vocabulary()


@pytest.fixture(autouse=True)
def _forget_the_vocabulary():
    """A test's own words leave with its transaction; so must the memory of them."""
    vocabulary_memory.forget()
    yield
    vocabulary_memory.forget()
