"""Which pages are published, and where: remembered, as every page names some."""

from dataclasses import dataclass

from wagtail.models import Page

from . import live

NAME = "published pages"
#: Letters of a tree's path for each level.
STEP = Page.steplen


@dataclass(frozen=True, slots=True)
class Published:
    """Addresses by primary key, and (title, address) by path in the tree."""

    urls: dict[str, str]
    by_path: dict[str, tuple[str, str]]

    def above(self, path: str) -> list[tuple[str, str]]:
        """Title and address of the pages above a path, from the front page down."""
        ends = range(2 * STEP, len(path), STEP)
        found = (self.by_path.get(path[:end]) for end in ends)
        return [page for page in found if page]


def published() -> Published:
    found: Published = live.remembered(NAME, _read).value
    return found


def _read() -> Published:
    pages = [(page, page.url or "") for page in Page.objects.live().filter(depth__gt=1)]
    return Published(
        {str(page.pk): url for page, url in pages},
        {page.path: (page.title, url) for page, url in pages},
    )
