"""The house keeps its own rules: the chain, the targets, the words of its files."""

import re
import subprocess
import tomllib

from django.apps import apps
from django.conf import settings

import pytest

ROOT = settings.BASE_DIR
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")

MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:home|Users|root|work|opt|mnt)/[\w.-]+/?[\w.-]*|[A-Z]:\\\\?Users\\"
)
DOWNLOAD_ADDRESS = re.compile(
    r"https?://[\w.-]+/(?:simple|packages)/|--(?:extra-)?index-url|--find-links"
)
TEXT_ONLY = "*.csv *.gz *.woff2 *.png *.jpg *.ico *.jsonl".split()


def tracked():
    """Every file that is, or is about to be, in the repository, but for data."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],  # noqa: S607
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.splitlines()
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("this folder is not a git repository")
    paths = [ROOT / name for name in listed]
    return [
        path
        for path in paths
        if path.is_file() and not any(path.match(kind) for kind in TEXT_ONLY)
    ]


def chain():
    (layers,) = (
        contract["layers"]
        for contract in PROJECT["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    return {name for layer in layers for name in re.findall(r"[\w.]+", layer)}


def test_every_app_on_disk_has_its_place_in_the_chain():
    on_disk = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in [*ROOT.glob("*/apps.py"), *ROOT.glob("careers/*/apps.py")]
    }
    assert on_disk
    assert on_disk <= chain()


def test_every_app_of_ours_that_is_installed_has_its_place_in_the_chain():
    ours = {
        config.name
        for config in apps.get_app_configs()
        if ROOT in map(type(ROOT), [config.path, *type(ROOT)(config.path).parents])
        and ".venv" not in config.path
    }
    assert ours
    assert ours <= chain()


def test_every_type_checked_module_exists():
    for name in PROJECT["tool"]["mypy"]["files"]:
        assert (ROOT / name).exists(), name


def test_every_make_target_is_explained():
    phony = set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE))
    explained = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE))
    assert {"help", "run", "test", "check", "bench"} <= explained
    assert phony - {"browser", "server"} == explained


def test_every_command_named_in_the_docs_exists():
    from django.core.management import get_commands

    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        text = path.read_text("utf-8")
        for target in re.findall(r"`make ([a-z]+)", text):
            assert target in targets, f"{path.name}: make {target}"
        for command in re.findall(r"manage\.py ([a-z_]+)", text):
            assert command in get_commands(), f"{path.name}: manage.py {command}"


def test_every_file_named_in_the_docs_exists():
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), f"{path.name}: {link}"


@pytest.mark.parametrize("pattern", [MACHINE_PATH, DOWNLOAD_ADDRESS])
def test_no_file_names_a_machine_or_a_download_address(pattern):
    found = []
    for path in tracked():
        for number, line in enumerate(
            path.read_text("utf-8", errors="replace").splitlines(), 1
        ):
            if (hit := pattern.search(line)) and path.name != "test_architecture.py":
                found.append(f"{path.relative_to(ROOT)}:{number}: {hit[0]}")
    assert found == []
