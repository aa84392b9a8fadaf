"""What pages tell machines: head of the document, trail, structured data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags

from wagtail.models import Site

from careers.jobs.structured_data import CONTEXT, script_json

from . import link_card
from .published import published


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above the present one."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """``markup`` is JSON-LD that is safe inside a script element, "" for none."""

    title: str
    description: str
    canonical_url: str
    image_url: str
    kind: str
    markup: str


def trail(page) -> list[Crumb]:
    """The pages above, from the site's root, without the page itself."""
    above = published().above(page.path)
    return [
        Crumb("Home" if place == 0 else title, url)
        for place, (title, url) in enumerate(above)
    ]


def head(page, request, crumbs: Sequence[Crumb]) -> Head:
    """Everything that stands in the document's head for others to read."""
    markup = page.markup(request)
    if crumbs:
        markup = [_trail_markup(page, request, crumbs), *markup]
    whole = {"@context": CONTEXT, "@graph": markup}
    return Head(
        title=page.seo_title or page.title,
        description=page.description,
        canonical_url=absolute(request, page.get_url(request) or ""),
        image_url=_image_url(page, request),
        kind=getattr(page, "og_type", "website"),
        markup=script_json(whole) if markup else "",
    )


def _image_url(page, request) -> str:
    """The drawn picture; "" for a page that was never saved."""
    if page.pk is None:
        return ""
    card = reverse("link-card", args=[page.pk, link_card.fingerprint(page)])
    return absolute(request, card)


def absolute(request, path: str) -> str:
    return request.build_absolute_uri(path)


def _trail_markup(page, request, crumbs: Sequence[Crumb]) -> dict[str, Any]:
    every = [*crumbs, Crumb(page.title, page.get_url(request) or "")]
    return breadcrumbs([(c.title, absolute(request, c.url)) for c in every])


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The `BreadcrumbList` of (name, absolute address) from the front page down."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(trail, start=1)
        ],
    }


def questions(page) -> list[dict[str, Any]]:
    """The `FAQPage` of a page's questions, as they stand on it; none without any."""
    asked = [
        question
        for block in page.body
        if block.block_type == "faq"
        for question in block.value["questions"]
    ]
    if not asked:
        return []
    return [
        {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": question["question"],
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": _plain(question["answer"]),
                    },
                }
                for question in asked
            ],
        }
    ]


def article(page, request) -> dict[str, Any]:
    """A guide as an `Article`: headline, dates, authors, publisher."""
    found: dict[str, Any] = {
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "mainEntityOfPage": absolute(request, page.get_url(request) or ""),
        "author": [_author(author) for author in page.bylines],
        "publisher": _publisher(page, request),
    }
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    return {key: value for key, value in found.items() if value}


def website(page, request) -> dict[str, Any]:
    """The site, and how it is searched."""
    search = absolute(request, reverse("results"))
    return {
        "@type": "WebSite",
        "name": _site_name(request) or page.title,
        "url": absolute(request, page.get_url(request) or "/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{search}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def _author(author) -> dict[str, Any]:
    kind = "Person" if author.kind == author.Kind.PERSON else "Organization"
    found = {"@type": kind, "name": author.name, "url": author.website}
    return {key: value for key, value in found.items() if value}


def _publisher(page, request) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": _site_name(request) or page.title,
        "url": absolute(request, "/"),
    }


def _site_name(request) -> str:
    site = Site.find_for_request(request)
    return site.site_name if site else ""


def _plain(html) -> str:
    return " ".join(strip_tags(str(html).replace("</", " </")).split())
