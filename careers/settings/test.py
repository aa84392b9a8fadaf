"""Tests: a throw-away embedded PostgreSQL a run, unless DATABASE_URL names a server."""

import os

import dj_database_url

from .base import *
from .embedded import throwaway_database_url

if not os.environ.get("DATABASE_URL"):
    # The environment hands the one server on to the workers of pytest-xdist.
    os.environ["DATABASE_URL"] = throwaway_database_url()

DEBUG = False
SECRET_KEY = "tests only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests that ask a cluster start one and name it.
SEARCH_URL = SEARCH_API_KEY = SEARCH_CA_CERTS = ""
