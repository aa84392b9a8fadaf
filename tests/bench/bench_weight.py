"""What a page of results weighs on the wire, as production compresses it.

HTML as the site's middleware compresses it; style, scripts and icon as WhiteNoise
does before serving (Brotli); fonts are compressed already.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

import brotli

from careers.jobs.models import JobListing
from tests.bench import databases
from tests.bench.figures import Figure

LISTINGS = 400
PAGES = {
    "a page of results": "/jobs/",
    "results with filters": "/jobs/?q=coder&state=OH&holds=CPC&fit=now&pay=20&per=hour",
}
#: What a browser fetches by itself: not the links that a person follows.
FETCHED = re.compile(
    r"<(?:link|script|img|source|iframe|video|audio|embed|object|use)\b"
    r"[^>]*?\b(?:href|src|data)=\"([^\"]+)\"",
    re.DOTALL,
)
LINK_ONLY = re.compile(r"<link[^>]*rel=\"(?:canonical|next|prev)\"[^>]*>")
IN_CSS = re.compile(r"(?:url\(|@import\s+)[\"']?([^\"')]+)")
IN_SCRIPT = re.compile(r"\bimport\b[^\"';]*[\"']([^\"']+)[\"']")


def main() -> Iterable[Figure]:
    databases.use("weight")
    if JobListing.objects.live().count() < LISTINGS:
        call_command(
            "load_demo", listings=LISTINGS, seed=JobListing.objects.count() + 1
        )
    return [figure for name, path in PAGES.items() for figure in weigh(name, path)]


def weigh(name: str, path: str) -> Iterable[Figure]:
    html, compressed = read(path)
    parts = {"HTML": compressed, "style": 0, "scripts": 0, "fonts": 0, "icon": 0}
    elsewhere = []
    waiting = [
        urljoin(path, url)
        for url in FETCHED.findall(LINK_ONLY.sub("", html))
        if not url.startswith("#")
    ]
    seen = set()
    while waiting:
        url = waiting.pop()
        if url in seen or url.startswith("data:"):
            continue
        seen.add(url)
        if urlsplit(url).netloc or not url.startswith(settings.STATIC_URL):
            elsewhere.append(url)
            continue
        kind, weight, more = static(url)
        parts[kind] += weight
        waiting += more
    for part, weight in parts.items():
        print(f"  {name}: {part} {weight:,} bytes")
    print(f"  {name}: from other hosts: {', '.join(elsewhere) or 'nothing'}")
    own = parts["HTML"] + parts["style"] + parts["scripts"]
    return [
        Figure(f"{name}: HTML, style and scripts", own / 1000, "kB", "under 60"),
        Figure(f"{name}: with fonts and icon", sum(parts.values()) / 1000, "kB"),
        Figure(f"{name}: requests to other hosts", len(elsewhere), "", "under 1"),
    ]


def read(path: str) -> tuple[str, int]:
    """The page's text, and its compressed length."""
    plain = Client().get(path)
    squeezed = Client(headers={"accept-encoding": "gzip"}).get(path)
    if squeezed.headers.get("Content-Encoding") != "gzip":
        raise RuntimeError(f"{path} is not compressed.")
    return plain.content.decode(), len(squeezed.content)


def static(url: str) -> tuple[str, int, list[str]]:
    """(kind, bytes on the wire, what it fetches in turn) of a static file."""
    found = finders.find(urlsplit(url).path.removeprefix(settings.STATIC_URL))
    if found is None:
        raise RuntimeError(f"{url} is no static file.")
    content = Path(found).read_bytes()
    if found.endswith(".woff2"):
        return "fonts", len(content), []
    weight = len(brotli.compress(content, quality=11))
    text = content.decode()
    if found.endswith(".css"):
        return "style", weight, [urljoin(url, name) for name in IN_CSS.findall(text)]
    if found.endswith(".js"):
        names = [n for n in IN_SCRIPT.findall(text) if n.startswith((".", "/"))]
        return "scripts", weight, [urljoin(url, name) for name in names]
    return "icon", weight, []
