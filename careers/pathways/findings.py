"""What published pages want: what is old, broken, or lacks its words."""

from dataclasses import dataclass, replace
from datetime import date

from django.apps import apps
from django.db.models import Value
from django.urls import reverse

from wagtail.images import get_image_model

from . import links, parts
from .models import ContentPage, CredentialFact, Move
from .page_checks import as_date, picture_trouble
from .parts import Body, Place
from .staleness import is_stale, stale_before

# Pages


@dataclass(frozen=True, slots=True)
class PublishedPage:
    pk: int
    title: str
    kind: str
    body: Body
    reviewed_on: date | None

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.pk])


def content_models():
    """Every kind of page that is composed of blocks."""
    models = apps.get_app_config("pathways").get_models()
    return [model for model in models if issubclass(model, ContentPage)]


def published_pages() -> list[PublishedPage]:
    """All of them with their bodies, by title. One query."""
    kinds = {m._meta.label: str(m._meta.verbose_name) for m in content_models()}
    first, *others = [
        model.objects.live()
        .order_by()
        .annotate(label=Value(model._meta.label))
        .values_list("pk", "title", "label", "body", "reviewed_on")
        for model in content_models()
    ]
    found = first.union(*others, all=True)
    pages = [
        PublishedPage(pk, title, kinds[label], body.get_prep_value(), reviewed_on)
        for pk, title, label, body, reviewed_on in found
    ]
    return sorted(pages, key=lambda page: (page.title.casefold(), page.pk))


def place_words(body: Body, place: Place) -> str:
    """Where in a body, for somebody who looks for it in the editor."""
    if not place:
        return ""
    number = int(place[0])
    return f"Block {number + 1} ({body[number]['type']})"


# Stale facts


@dataclass(frozen=True, slots=True)
class StaleFact:
    title: str
    kind: str
    text: str
    checked_on: date
    source_name: str
    source_url: str
    edit_url: str


CREDENTIAL, BLOCK, MOVE = "Fact of a credential", "Block of a page", "Move"


def stale_facts(pages: list[PublishedPage] | None = None) -> list[StaleFact]:
    """Everything published whose source was read over a year ago, the oldest first."""
    found = [
        *_of_credentials(),
        *_of_moves(),
        *(
            fact
            for page in (published_pages() if pages is None else pages)
            for fact in _of_blocks(page)
        ),
    ]
    return sorted(found, key=lambda fact: (fact.checked_on, fact.title, fact.text))


def _of_credentials():
    for fact in CredentialFact.objects.published().stale().select_related("page"):
        yield StaleFact(
            fact.page.title,
            CREDENTIAL,
            str(fact),
            fact.checked_on,
            fact.source_name,
            fact.source_url,
            reverse("wagtailadmin_pages:edit", args=[fact.page_id]),
        )


def _of_moves():
    edit = Move.snippet_viewset.get_url_name("edit")
    old = Move.objects.filter(checked_on__lt=stale_before())
    for move in old.select_related("from_role", "to_role"):
        yield StaleFact(
            str(move),
            MOVE,
            move.what_changes,
            move.checked_on,
            move.source_name,
            move.source_url,
            reverse(edit, args=[move.pk]),
        )


def _of_blocks(page: PublishedPage):
    for block in page.body:
        kind, value = block["type"], block["value"]
        if kind == "fact":
            yield from _if_stale(
                page, f"{value['value']} {value['label']}", value, "source_name"
            )
        elif kind == "sources":
            for source in parts.items(value["sources"]):
                yield from _if_stale(page, "Source of the page", source, "name")


def _if_stale(page, text, value, name):
    checked_on = as_date(value.get("checked_on"))
    if not is_stale(checked_on):
        return
    url = value.get("source_url") or value.get("url") or ""
    yield StaleFact(
        page.title, BLOCK, text, checked_on, value[name], url, page.edit_url
    )


# Broken links


@dataclass(frozen=True, slots=True)
class BrokenLink:
    title: str
    kind: str
    place: str
    words: str
    address: str
    why: str
    edit_url: str


def broken_links() -> list[BrokenLink]:
    """Links on published pages that lead to nothing on this site. Six queries."""
    made = [
        (page, link) for page in published_pages() for link in parts.links(page.body)
    ]
    there = links.destinations(link.target for _, link in made)
    return [
        BrokenLink(
            page.title,
            page.kind,
            place_words(page.body, link.place),
            link.words,
            _address(link.target),
            there[link.target].trouble,
            page.edit_url,
        )
        for page, link in made
        if there[link.target].trouble
    ]


def _address(target) -> str:
    kind, ref = target
    return ref if kind == "address" else f"{kind.capitalize()} {ref}"


# Pictures


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture whose words are wanted, on a page or in the library."""

    title: str
    kind: str
    place: str
    why: str
    edit_url: str
    image: int


ON_PAGE, IN_LIBRARY = "On a page", "In the library"


def pictures_without_words() -> list[Picture]:
    """On published pages first. Two queries."""
    image_model = get_image_model()
    found = [
        Picture(
            page.title,
            ON_PAGE,
            place_words(page.body, (number,)),
            why,
            page.edit_url,
            image["image"],
        )
        for page in published_pages()
        for number, block in enumerate(page.body)
        if block["type"] == "figure"
        for image in [block["value"].get("image") or {}]
        if (why := picture_trouble(image))
    ]
    titles = dict(
        image_model.objects.filter(pk__in=[p.image for p in found]).values_list(
            "pk", "title"
        )
    )
    on_pages = [
        replace(p, place=f"{p.place}: {titles.get(p.image, 'deleted')}") for p in found
    ]
    bare = image_model.objects.filter(description="").order_by("title", "pk")
    return on_pages + [
        Picture(
            title,
            IN_LIBRARY,
            "Library of images",
            "It has no description; blocks that use it begin without words.",
            reverse("wagtailimages:edit", args=[pk]),
            pk,
        )
        for pk, title in bare.values_list("pk", "title")
    ]


# Reviews


def pages_to_review() -> list[PublishedPage]:
    """Last reviewed over a year ago or never, those first."""
    found = [
        page
        for page in published_pages()
        if page.reviewed_on is None or is_stale(page.reviewed_on)
    ]
    return sorted(found, key=lambda page: page.reviewed_on or date.min)
