"""Benchmarks: as production runs, on a database of their own that is kept."""

import os

import dj_database_url

from .base import *
from .embedded import database_url

DEBUG = False
SECRET_KEY = "benchmarks only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or database_url(VAR_DIR / "bench"),
        conn_max_age=None,
    )
}
# Benchmarks that ask a cluster start one and name it.
SEARCH_URL = SEARCH_API_KEY = SEARCH_CA_CERTS = ""
