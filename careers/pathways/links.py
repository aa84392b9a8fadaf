"""Where links on pages lead, and which of them lead nowhere.

Addresses on this site are resolved as the site resolves them: first its own views, then
published pages, then redirects. Whether a listing is still there is no matter of links:
its page stays up when it closes. Addresses elsewhere are taken as they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from .parts import Target

#: Wagtail's view of all pages, by its name; and any other view.
PAGES = "wagtail_serve"
VIEW = "view"


@dataclass(frozen=True, slots=True)
class Destination:
    """``key`` is one for every way to write an address; ``trouble`` says why a reader
    would not arrive, and is empty where they do."""

    key: str
    trouble: str = ""


def destinations(targets: Iterable[Target]) -> Mapping[Target, Destination]:
    """Where each target leads. At most four queries."""
    wanted = set(targets)
    here = {ref: _path(ref) for kind, ref in wanted if kind == "address"}
    answers = {path: _answers(path) for path in here.values() if path}
    to_pages = {path for path, by in answers.items() if by == PAGES}
    at = _pages_at(to_pages)
    numbers = {ref for kind, ref in wanted if kind == "page" and ref.isdigit()}
    pages = _pages({*numbers, *(str(pk) for pk in at.values())})
    documents = _documents({ref for kind, ref in wanted if kind == "document"})
    redirected = _redirected({path for path in answers if path not in at})

    def of(target: Target) -> Destination:
        kind, ref = target
        if kind == "page":
            return _to_page(ref, pages.get(ref))
        if kind == "document":
            is_gone = ref not in documents
            return Destination(ref, "the document was deleted" if is_gone else "")
        path = here[ref]
        if path is None:
            return Destination(ref)
        if path in at:
            number = str(at[path])
            return _to_page(number + ref.removeprefix(path), pages.get(number))
        is_there = answers[path] == VIEW or path in redirected
        return Destination(ref, "" if is_there else f"nothing answers at {path}")

    return {target: of(target) for target in wanted}


def _to_page(key: str, page) -> Destination:
    if page is None:
        return Destination(f"page {key}", "the page was deleted")
    is_reached = page.live or page._approved_schedule
    return Destination(
        f"page {key}", "" if is_reached else f"“{page.title}” is not published"
    )


def _path(address: str) -> str | None:
    """The path of an address on this site; None for addresses elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    return parts.path


def _answers(path: str) -> str:
    """Who answers at a path: `PAGES`, `VIEW`, or "" for nobody."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return VIEW
    for written in (path, _with_slash(path)):
        try:
            return PAGES if resolve(written).url_name == PAGES else VIEW
        except Resolver404:
            continue
    return ""


def _with_slash(path: str) -> str:
    return path.rstrip("/") + "/"


def _pages_at(paths: set[str]) -> dict[str, int]:
    """Path to the number of the page there, live or not."""
    if not paths:
        return {}
    roots = {site.root_path for site in Site.get_site_root_paths()}
    by_url_path = {
        root + _with_slash(path)[1:]: path for root in roots for path in paths
    }
    found = Page.objects.filter(url_path__in=by_url_path).values_list("url_path", "pk")
    return {by_url_path[url_path]: pk for url_path, pk in found}


def _pages(numbers: set[str]):
    if not numbers:
        return {}
    pages = Page.objects.filter(pk__in=numbers).annotate_approved_schedule()
    return {str(page.pk): page for page in pages.only("pk", "title", "live")}


def _documents(numbers: set[str]) -> set[str]:
    if not numbers:
        return set()
    found = get_document_model().objects.filter(pk__in=numbers)
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def _redirected(paths: set[str]) -> set[str]:
    """Those of the paths that a redirect answers."""
    if not paths:
        return set()
    by_old_path = {Redirect.normalise_path(path): path for path in paths}
    found = Redirect.objects.filter(old_path__in=by_old_path)
    return {by_old_path[old] for old in found.values_list("old_path", flat=True)}
