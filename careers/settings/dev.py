"""A developer's machine: embedded PostgreSQL unless DATABASE_URL names a server."""

import os

import dj_database_url

from .base import *
from .embedded import database_url

DEBUG = True
SECRET_KEY = "development only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or database_url(VAR_DIR / "postgres"),
    )
}

# Mail is printed where the server runs.
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
