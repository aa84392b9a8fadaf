import re

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, StaticFilesStorage
from django.core.management import call_command

import pytest

from careers import stylesheet
from careers.stylesheet import NAME, StylesheetFinder, joined, sources, trimmed


@pytest.fixture
def static(settings, tmp_path):
    """A static folder with two components, out of order, and a VAR_DIR."""
    css = tmp_path / "static" / "css"
    css.mkdir(parents=True)
    (css / "tokens.css").write_text("@layer reset, tokens;\n")
    (css / "base.css").write_text(
        '@layer base { body { src: url("../fonts/a.woff2"); } }'
    )
    (css / "chip.css").write_text("/* small */ .chip { color: red; }")
    (css / "admin").mkdir()
    (css / "admin" / "panel.css").write_text(".panel { color: blue; }")
    (tmp_path / "static" / "fonts").mkdir()
    (tmp_path / "static" / "fonts" / "a.woff2").write_bytes(b"font")
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.VAR_DIR = tmp_path / "var"
    settings.STATICFILES_FINDERS = settings.STATICFILES_FINDERS[:2]
    finders.get_finder.cache_clear()
    yield css
    finders.get_finder.cache_clear()


@pytest.mark.parametrize(
    ("css", "short"),
    [
        ("a { color: red; }", "a{color: red}"),
        ("a b , c > d { x: y }", "a b,c > d{x: y}"),
        ("/* why */ a { x: y; /* z */ }\n\n", "a{x: y}"),
        ('a::after { content: "/* ; } */  ,"; }', 'a::after{content: "/* ; } */  ,"}'),
        (r"a { content: '\' { '; }", r"a{content: '\' { '}"),
        ("a { b: calc(1px + 2px) }", "a{b: calc(1px + 2px)}"),
        ("a { b: url(data:x;y , z) }", "a{b: url(data:x;y , z)}"),
        ("a :is(b, c) {}", "a :is(b,c){}"),
        ("a/**/b {}", "a b{}"),
    ],
)
def test_trimming_keeps_the_meaning(css, short):
    assert trimmed(css) == short


def test_tokens_come_first_and_the_rest_by_name(static):
    assert [path.name for path in sources(static)] == [
        "tokens.css",
        "base.css",
        "chip.css",
    ]
    assert joined(static).startswith("@layer reset,tokens;")


def test_an_edit_shows_at_the_next_request(static):
    (static / "chip.css").write_text(".chip { color: green; }")
    assert "green" in finder_text()
    (static / "chip.css").write_text(".chip { color: navy; }")
    assert "navy" in finder_text()
    assert "green" not in finder_text()


def finder_text():
    with open(finders.find(NAME), encoding="utf-8") as file:  # noqa: PTH123
        return file.read()


def test_other_files_are_left_to_the_other_finders(static):
    assert StylesheetFinder().find("css/tokens.css") == []
    assert finders.find("css/tokens.css") == str(static / "tokens.css")


class HashedStorage(ManifestFilesMixin, StaticFilesStorage):
    pass


def test_collected_stylesheet_keeps_its_references(static, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": f"{__name__}.HashedStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    collected = settings.STATIC_ROOT / "css"
    (hashed,) = collected.glob("site.*.css")
    font = re.search(r'url\("(\.\./fonts/a\.[0-9a-f]+\.woff2)"\)', hashed.read_text())
    assert (collected / font[1]).exists()


def test_a_site_without_a_stylesheet_is_told_at_boot(static):
    assert StylesheetFinder().check() == []
    (static / "tokens.css").unlink()
    assert [error.id for error in StylesheetFinder().check()] == ["careers.E001"]


def test_every_source_of_the_site_is_a_component_on_a_layer(settings):
    folder = settings.BASE_DIR / "static" / "css"
    components = stylesheet.sources(folder)
    assert components
    for path in components:
        assert "@layer" in trimmed(path.read_text("utf-8")), path.name
