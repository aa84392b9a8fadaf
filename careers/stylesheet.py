"""The site's one stylesheet, joined from ``static/css/*.css``.

Each component has a file of its own there; pages ask for ``css/site.css`` alone. The
development server joins it anew at every request, ``collectstatic`` once. Files in
folders below ``css/`` are left as they are.
"""

import re
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core import checks
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
#: Cascade layers are ordered where they are first named, so these come first.
FIRST = ("tokens.css", "reset.css", "base.css")

_TRIM = re.compile(
    r"""
    (?P<kept> "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | url\([^"')]*\) )
    | (?: /\*.*?\*/ | \s )+
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACED_MARK = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"')]*\))|[ ]?([{};,])[ ]?""",
    re.DOTALL,
)


def trimmed(css: str) -> str:
    """The same rules without comments and without space that means nothing."""
    css = _TRIM.sub(lambda found: found["kept"] or " ", css)
    css = _SPACED_MARK.sub(lambda found: found[1] or found[2], css)
    return css.replace(";}", "}").strip()


def sources(folder: Path) -> list[Path]:
    """The component files in the order in which they are joined."""
    rank = {name: index for index, name in enumerate(FIRST)}
    return sorted(
        folder.glob("*.css"),
        key=lambda path: (rank.get(path.name, len(FIRST)), path.name),
    )


def joined(folder: Path) -> str:
    return (
        "\n".join(trimmed(path.read_text("utf-8")) for path in sources(folder)) + "\n"
    )


class StylesheetFinder(BaseFinder):
    """Finds ``css/site.css``, which exists only as what its sources make together."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.folder = Path(settings.STATICFILES_DIRS[0]) / "css"
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "stylesheet")
        self.storage.prefix = ""

    def check(self, **kwargs):
        if (self.folder / FIRST[0]).exists():
            return []
        return [
            checks.Error(
                f"The site has no stylesheet: {FIRST[0]} is not in {self.folder}.",
                hint="STATICFILES_DIRS must begin with the project's static folder.",
                id="careers.E001",
            )
        ]

    def find(self, path, find_all=False, **kwargs):
        if path.replace("\\", "/") != NAME:
            return []
        found = str(self.write())
        return [found] if find_all else found

    def list(self, ignore_patterns):
        if not matches_patterns(NAME, ignore_patterns):
            self.write()
            yield NAME, self.storage

    def write(self) -> Path:
        """Bring the joined file up to date and return its path."""
        target = Path(self.storage.path(NAME))
        css = joined(self.folder)
        if not target.exists() or target.read_text("utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Whoever reads at this moment gets the old file or the new one, whole.
            half_written = target.with_suffix(f".{token_hex(4)}")
            half_written.write_text(css, "utf-8")
            half_written.replace(target)
        return target
