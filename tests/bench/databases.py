"""Databases of benchmarks, beside the one that all of them share."""

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

import dj_database_url
import psycopg
from psycopg.sql import SQL, Identifier

from careers.jobs import vocabulary
from careers.settings.embedded import database_url

#: The connection's own settings change; these are those of the shared database.
SHARED = dict(settings.DATABASES["default"])


def url_of(name: str) -> str:
    """The URL of a database on the benchmarks' server, made if it is missing."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        return database_url(settings.VAR_DIR / "bench", name)
    with psycopg.connect(server, autocommit=True) as connected:
        found = connected.execute(
            "SELECT FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if not found:
            connected.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def use(name: str) -> str:
    """From now on this process asks the database of that name, prepared."""
    url = url_of(name)
    connection.close()
    connection.settings_dict.update(dj_database_url.parse(url, conn_max_age=None))
    vocabulary.forget()
    call_command("prepare_site", listings=0, pages=False, verbosity=0)
    return url


def drop(name: str) -> None:
    """Remove a database that this process used, going back to the shared one."""
    connection.close()
    connection.settings_dict.update(SHARED)
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
