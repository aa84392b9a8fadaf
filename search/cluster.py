"""The cluster that SEARCH_URL names: its settings checked, and clients that ask it.

A client belongs to one process and one reading of the settings: a forked child makes
its own, because two processes must not share a socket.
"""

import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from elastic_transport import NodeConfig
from elasticsearch import ApiError, Elasticsearch
from urllib3.exceptions import NewConnectionError, PoolError

#: Per node and process. Threads beyond it would queue behind a node that hangs.
CONNECTIONS = 64
#: Seconds after which a node that failed is tried again, at most.
LONGEST_NODE_REST = 10.0
#: Another node may do what one cannot now: busy, starting, or behind a proxy.
BUSY = (429, 502, 503, 504)
PATIENCE = 60.0
PATIENT_RETRIES = 3
LONGEST_TIMEOUT = 60.0
#: Elasticsearch's own bound on a cluster of ordinary size.
MOST_SHARDS = 1024
HOST = re.compile(r"[\w.-]+|[0-9A-Fa-f:.]+")
#: What Elasticsearch allows in the name of an index, and a dash must not begin it.
INDEX = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
NAMES = (
    "SEARCH_URL",
    "SEARCH_API_KEY",
    "SEARCH_CA_CERTS",
    "SEARCH_INDEX",
    "SEARCH_SHARDS",
    "SEARCH_REPLICAS",
    "SEARCH_TIMEOUT",
)


class SettingError(Exception):
    """A setting cannot be used: which, why, and how to mend it. Never a secret."""

    def __init__(self, setting: str, problem: str, hint: str) -> None:
        super().__init__(f"{problem} {hint}")
        self.setting = setting
        self.problem = problem
        self.hint = hint


@dataclass(frozen=True)
class Node:
    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def is_on_this_machine(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True)
class Access:
    """Where the cluster is and who asks, as the settings say it, checked."""

    nodes: tuple[Node, ...]
    basic_auth: tuple[str, str] | None = field(default=None, repr=False)
    api_key: str | None = field(default=None, repr=False)
    ca_certs: str | None = None
    timeout: float = 1.5

    @property
    def has_credentials(self) -> bool:
        return bool(self.basic_auth or self.api_key)


def is_configured() -> bool:
    """Whether SEARCH_URL is set and can be used. If not, PostgreSQL answers alone."""
    return not why_not()


def why_not() -> str:
    """Why no cluster is asked: a sentence for a person, "" where one is."""
    if not is_wanted():
        return "SEARCH_URL is not set."
    try:
        access()
    except SettingError as error:
        return str(error)
    return ""


def is_wanted() -> bool:
    """Whether SEARCH_URL is set, to whatever."""
    return bool(settings.SEARCH_URL.strip())


def access() -> Access:
    """The settings as they are now. Raises `SettingError`."""
    return _access(tuple(str(getattr(settings, name)).strip() for name in NAMES))


def client() -> Elasticsearch:
    """For a visitor's question, who waits.

    A node gets SEARCH_TIMEOUT seconds. Where it fails, one other node is tried, never
    the same one again: nobody waits longer than twice that time. Bodies are a few
    kilobytes, so compressing them would cost more than it saves.
    """
    return _client(access(), os.getpid(), patient=False)


def patient_client() -> Elasticsearch:
    """For work that nobody waits for: the worker, a rebuild, a check."""
    return _client(access(), os.getpid(), patient=True)


@lru_cache(maxsize=8)
def _client(access: Access, pid: int, *, patient: bool) -> Elasticsearch:
    return client_of(
        access,
        timeout=PATIENCE if patient else access.timeout,
        retries=PATIENT_RETRIES if patient else min(1, len(access.nodes) - 1),
    )


def client_of(access: Access, *, timeout: float, retries: int = 0) -> Elasticsearch:
    """A client of one's own, for other patience than a visitor's or a worker's."""
    return Elasticsearch(
        [_node_config(node, access, timeout) for node in access.nodes],
        basic_auth=access.basic_auth,
        api_key=access.api_key,
        connections_per_node=CONNECTIONS,
        http_compress=False,
        max_retries=retries,
        retry_on_timeout=True,
        retry_on_status=BUSY,
        max_dead_node_backoff=LONGEST_NODE_REST,
    )


def _node_config(node: Node, access: Access, timeout: float) -> NodeConfig:
    return NodeConfig(
        node.scheme,
        node.host,
        node.port,
        # Said here, connecting and reading share the time; said to the client, each
        # would get it.
        request_timeout=timeout,
        ca_certs=access.ca_certs if node.scheme == "https" else None,
    )


def node_of(error: BaseException | None) -> str:
    """host:port of the node that an error of a client came from, "" where unknown."""
    while error is not None:
        if isinstance(error, ApiError):
            return str(Node("", error.meta.node.host, error.meta.node.port))
        if isinstance(error, NewConnectionError):
            return str(Node("", error.conn.host, error.conn.port))
        if isinstance(error, PoolError):
            return str(Node("", error.pool.host, error.pool.port or 0))
        error = error.__cause__
    return ""


# The settings


@lru_cache(maxsize=8)
def _access(values: tuple[str, ...]) -> Access:
    """The checked settings. A fault is not remembered: a file may come later."""
    given = dict(zip(NAMES, values, strict=True))
    entries = [entry.strip() for entry in given["SEARCH_URL"].split(",")]
    found = [_entry(entry) for entry in entries if entry]
    if not found:
        raise SettingError("SEARCH_URL", "SEARCH_URL names no node.", URL_HINT)
    nodes = tuple(dict.fromkeys(node for node, _ in found))
    basic_auth = _one_account({auth for _, auth in found if auth})
    api_key = given["SEARCH_API_KEY"] or None
    if basic_auth and api_key:
        raise SettingError(
            "SEARCH_API_KEY",
            "Both SEARCH_API_KEY and a user in SEARCH_URL are set.",
            "Take one of them away.",
        )
    if api_key and not re.fullmatch(r"[\x21-\x7e]+", api_key):
        raise SettingError(
            "SEARCH_API_KEY",
            "SEARCH_API_KEY is not an API key.",
            "Set it to the value `encoded` that Elasticsearch gave when it made the "
            "key.",
        )
    _check_index(given)
    return Access(
        nodes,
        basic_auth,
        api_key,
        _ca_certs(given["SEARCH_CA_CERTS"], nodes),
        _timeout(given["SEARCH_TIMEOUT"]),
    )


URL_HINT = (
    "Set it to the address of a node, as in http://127.0.0.1:9200 or "
    "https://user:password@search.example.org:9200; separate several by commas."
)


def _entry(entry: str) -> tuple[Node, tuple[str, str] | None]:
    """One address of SEARCH_URL as a node and who asks it."""
    shown = f"{_without_account(entry)!r} in SEARCH_URL"
    try:
        parts = urlsplit(entry)
        scheme, host = parts.scheme, parts.hostname or ""
        port = parts.port or 0
    except ValueError:
        # What urlsplit says may quote the password.
        raise SettingError(
            "SEARCH_URL",
            f"{shown} is no address.",
            f"{URL_HINT} Special characters of a password are written as %40 and so "
            "on.",
        ) from None
    problem = ""
    if scheme not in ("http", "https") or "://" not in entry:
        problem = "does not begin with http:// or https://."
    elif not HOST.fullmatch(host):
        problem = "names no host."
    elif not port:
        problem = "names no port; Elasticsearch's own is 9200."
    elif parts.path not in ("", "/") or parts.query or parts.fragment:
        problem = "goes on after the port; the site asks the root of the server."
    elif bool(parts.username) != bool(parts.password):
        problem = "has a user without a password, or a password without a user."
    if problem:
        raise SettingError("SEARCH_URL", f"{shown} {problem}", URL_HINT)
    account = (unquote(parts.username or ""), unquote(parts.password or ""))
    return Node(scheme, host, port), account if all(account) else None


def _without_account(entry: str) -> str:
    scheme, mark, rest = entry.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"


def _one_account(accounts: set[tuple[str, str]]) -> tuple[str, str] | None:
    if len(accounts) > 1:
        raise SettingError(
            "SEARCH_URL",
            "The nodes of SEARCH_URL name different accounts.",
            "One account asks all nodes of a cluster: name it at one node.",
        )
    return next(iter(accounts), None)


def _ca_certs(path: str, nodes: tuple[Node, ...]) -> str | None:
    if not path:
        return None
    if not any(node.scheme == "https" for node in nodes):
        raise SettingError(
            "SEARCH_CA_CERTS",
            "SEARCH_CA_CERTS is set, but no node of SEARCH_URL is asked by https.",
            "Write https:// in SEARCH_URL, or take SEARCH_CA_CERTS away.",
        )
    if not Path(path).is_file():
        raise SettingError(
            "SEARCH_CA_CERTS",
            f"SEARCH_CA_CERTS names {path!r}, where there is no file.",
            "Copy the certificate of the cluster's authority there (http_ca.crt in "
            "Elasticsearch's config/certs).",
        )
    try:
        ssl.create_default_context(cafile=path)
    except OSError:
        raise SettingError(
            "SEARCH_CA_CERTS",
            f"SEARCH_CA_CERTS names {path!r}, which is no certificate in PEM form or "
            "cannot be read.",
            "Give it the authority's certificate (-----BEGIN CERTIFICATE-----), "
            "readable to the site's user.",
        ) from None
    return path


def _timeout(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise SettingError(
            "SEARCH_TIMEOUT",
            f"SEARCH_TIMEOUT is {text!r}.",
            f"Set it to seconds, more than 0 and at most {LONGEST_TIMEOUT:g}; a "
            "visitor waits that long before PostgreSQL answers.",
        )
    return seconds


def _check_index(given: Mapping[str, Any]) -> None:
    if not INDEX.fullmatch(given["SEARCH_INDEX"]):
        raise SettingError(
            "SEARCH_INDEX",
            f"SEARCH_INDEX is {given['SEARCH_INDEX']!r}.",
            "Names of indices begin with it: small letters, digits, dots, dashes and "
            "underscores, the first a letter or digit.",
        )
    for name, least, empty in (
        ("SEARCH_SHARDS", 1, False),
        ("SEARCH_REPLICAS", 0, True),
    ):
        text = given[name]
        if empty and not text:
            continue
        if not (
            text.isascii() and text.isdigit() and least <= int(text) <= MOST_SHARDS
        ):
            raise SettingError(
                name,
                f"{name} is {text!r}.",
                f"Set it to a whole number of at least {least}"
                + (
                    ", or to nothing: as many as the nodes can hold, up to 1."
                    if empty
                    else "."
                ),
            )
