"""System checks: what is wrong with a site's surroundings, and the mend.

Checks of the database run with `migrate` and with `check --database default`.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections

from careers import stylesheet

from .cluster_checks import check_cluster

EXTENSIONS = ("pg_trgm", "unaccent")
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1", "0.0.0.0", None}  # noqa: S104


def register_checks():
    register(check_extensions, Tags.database)
    register(check_vocabulary, Tags.database)
    register(check_base_url, Tags.security, deploy=True)
    register(check_stylesheet, Tags.staticfiles, deploy=True)
    register(check_cluster, "search")


def check_extensions(databases=None, **kwargs):
    """Search by likeness needs extensions that our migrations must be able to make."""
    problems = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                """
                SELECT a.name, has_database_privilege(current_database(), 'CREATE')
                FROM pg_available_extensions a
                WHERE a.name = ANY(%s) AND a.installed_version IS NULL
                UNION ALL
                SELECT e.extname, NULL FROM pg_extension e WHERE e.extname = ANY(%s)
                """,
                [list(EXTENSIONS)] * 2,
            )
            state = dict(cursor.fetchall())
        for name in EXTENSIONS:
            if name not in state:
                problems.append(
                    Error(
                        f"The database server of {alias!r} has no extension {name}.",
                        hint="Install PostgreSQL's contrib package on the server.",
                        id="careers.E002",
                    )
                )
            elif state[name] is False:
                problems.append(
                    Error(
                        f"The database user of {alias!r} may not create the "
                        f"extension {name}.",
                        hint=f"As a superuser run CREATE EXTENSION {name} in the "
                        "database, or give its user the right CREATE on it.",
                        id="careers.E003",
                    )
                )
    return problems


def check_vocabulary(databases=None, **kwargs):
    """Without its words the site reads no listing and offers no filter."""
    problems = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT to_regclass('jobs_role')")
            if cursor.fetchone()[0] is None:  # not migrated yet
                continue
            cursor.execute("SELECT EXISTS (SELECT FROM jobs_role)")
            if not cursor.fetchone()[0]:
                problems.append(
                    CheckWarning(
                        f"The database {alias!r} holds no vocabulary.",
                        hint="Run manage.py load_vocabulary.",
                        id="careers.W001",
                    )
                )
    return problems


def check_base_url(**kwargs):
    """Mails, feeds and the sitemap give addresses that begin with BASE_URL."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    if address.scheme == "https" and address.hostname not in LOCAL_HOSTS:
        return []
    return [
        CheckWarning(
            f"BASE_URL is {settings.WAGTAILADMIN_BASE_URL!r}, which visitors cannot "
            "reach safely.",
            hint="Set it to the site's public https address.",
            id="careers.W002",
        )
    ]


def check_stylesheet(**kwargs):
    """Manifest storage fails at the first page if nothing was collected."""
    hashed_files = getattr(staticfiles_storage, "hashed_files", None)
    if hashed_files is None or stylesheet.NAME in hashed_files:
        return []
    return [
        CheckWarning(
            f"{stylesheet.NAME} is not among the collected static files.",
            hint="Run manage.py collectstatic.",
            id="careers.W003",
        )
    ]
