"""A real browser on a live server: the system's Chromium, and no other host."""

import os
import shutil
from urllib.parse import urlsplit

from django.db import connection

import pytest

from tests.conftest import IN_CI

# The browser's driver runs an event loop in this thread, which Django takes for
# asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium():
    """The path of the system's Chromium; ``CHROMIUM`` names another."""
    for name in (os.environ.get("CHROMIUM"), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    missing = "No Chromium: install the system's package, or name it in CHROMIUM."
    if IN_CI:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    arguments = [
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": arguments,
    }


@pytest.fixture
def page(page, live_server):
    """A page that must stay on its own host and inside its content policy."""
    complaints = []
    host = urlsplit(live_server.url).netloc

    def watch_request(request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    def watch_console(message):
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page.on("request", watch_request)
    page.on("console", watch_console)
    page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))
    yield page
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="module", autouse=True)
def _what_migrations_wrote(browser, django_db_setup, django_db_blocker):
    """A journey empties the database; what migrations wrote comes back each time.

    The browser's event loop gives Django a connection of its own, which does not know
    the contents that pytest-django kept. The last journey leaves them for others.
    """
    with django_db_blocker.unblock():
        contents = connection.creation.serialize_db_to_string()
        connection._test_serialized_contents = contents
        yield
        connection.creation.deserialize_db_from_string(contents)
        connection.close()
