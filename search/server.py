"""The Elasticsearch program of this machine: where it lies and who may run it.

`setup/elasticsearch` puts one into .tools/; ELASTICSEARCH_HOME names another. Only
development and tests start it: production names a cluster in SEARCH_URL.
"""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from careers.settings.base import BASE_DIR

FETCHED = BASE_DIR / ".tools" / "elasticsearch"
OLDEST_JAVA = 17
#: Where root keeps what an ordinary account must reach, if it cannot reach the project.
OUTSIDE = Path("/var/lib")


class ServerMissingError(Exception):
    """No node can be started on this machine. The text says what to do."""


@dataclass(frozen=True)
class Account:
    """Whom root starts the server as: Elasticsearch refuses to run as root."""

    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def can(self, test: str, path: Path) -> bool:
        """What `test -r`, `-x` and their like say when this account asks."""
        asked = ["/bin/sh", "-c", 'test "$1" "$2"', "sh", test, str(path)]
        return subprocess.run(asked, check=False, **as_account(self)).returncode == 0


def as_account(account: Account | None) -> dict:
    """The arguments with which `subprocess` starts a program as that account."""
    if account is None:
        return {"cwd": "/"}
    # The group goes with the user; root's other groups are given up.
    return {
        "cwd": "/",
        "user": account.uid,
        "group": account.gid,
        "extra_groups": [],
    }


def account_for(folder: Path) -> Account | None:
    """Who runs a node with its data in ``folder``; None is whoever we are."""
    if os.geteuid() != 0:
        return None
    owner = folder.stat().st_uid if folder.exists() else 0
    person = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    return Account(person.pw_uid, person.pw_gid)


def within_reach(folder: Path, account: Account | None) -> Path:
    """The folder, or the one that takes its place where the account cannot get to it.

    A project below root's home stays closed to everybody else.
    """
    if account is None:
        return folder
    outside = _outside(folder)
    there = next(path for path in [folder, *folder.parents] if path.exists())
    return outside if outside.exists() or not account.can("-x", there) else folder


def _outside(folder: Path) -> Path:
    digest = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:12]
    return OUTSIDE / f"chartwork-{folder.name}-{digest}"


@dataclass(frozen=True)
class Server:
    home: Path
    java: Path
    account: Account | None = None

    @property
    def version(self) -> str:
        return _version(self.home)

    def has_module(self, name: str) -> bool:
        return (self.home / "modules" / name).is_dir()


def find_server(account: Account | None = None) -> Server:
    """The server that this account may run, with a Java that it may run.

    Raises ServerMissingError.
    """
    named = os.environ.get("ELASTICSEARCH_HOME")
    home = Path(named).absolute() if named else FETCHED
    if not _version(home):
        raise ServerMissingError(
            f"ELASTICSEARCH_HOME={named} holds no Elasticsearch: name the folder that "
            "has lib/ and modules/ in it."
            if named
            else "There is no Elasticsearch here: setup/elasticsearch fetches it."
        )
    home = _readable(home, account)
    return Server(home, _find_java(home, account), account)


def _version(home: Path) -> str:
    jars = (home / "lib").glob("elasticsearch-[0-9]*.jar")
    return max((jar.stem.removeprefix("elasticsearch-") for jar in jars), default="")


def _readable(home: Path, account: Account | None) -> Path:
    """The server's folder, or a copy of it where the account cannot read it."""
    version = _version(home)
    if account is None or account.can("-r", home / f"lib/elasticsearch-{version}.jar"):
        return home
    copy = _outside(home / version)
    if not copy.exists():
        with tempfile.TemporaryDirectory(dir=copy.parent) as scratch:
            fresh = Path(shutil.copytree(home, Path(scratch) / "copy"))
            for path in [fresh, *fresh.rglob("*")]:
                path.chmod(
                    0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644
                )
            fresh.rename(copy)
    return copy


def _find_java(home: Path, account: Account | None) -> Path:
    """A Java 17 or newer: the server's own, else that of the environment."""
    named = [os.environ.get(name) for name in ("ES_JAVA_HOME", "JAVA_HOME")]
    candidates = [
        home / "jdk" / "bin" / "java",
        *(Path(folder) / "bin" / "java" for folder in named if folder),
        *(Path(found) for found in [shutil.which("java")] if found),
    ]
    for java in candidates:
        if java.exists() and _java_version(java, account) >= OLDEST_JAVA:
            return java
    raise ServerMissingError(
        f"Elasticsearch needs Java {OLDEST_JAVA} or newer: install your system's "
        "package (openjdk-17-jre-headless on Debian), or name one in JAVA_HOME."
    )


def _java_version(java: Path, account: Account | None) -> int:
    try:
        said = subprocess.run(
            [java, "-version"],
            capture_output=True,
            text=True,
            check=False,
            **as_account(account),
        )
    except OSError:  # it is not ours to run, or none for this machine
        return 0
    found = re.search(r'version "(\d+)', said.stderr)
    return int(found[1]) if found else 0
