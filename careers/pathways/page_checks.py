"""What a page must have before readers see it, beside what its fields ask for.

Each check reads a body as plain data (see `parts`) and says what is wrong, where, and
how to mend it. The form of a page shows each problem at its place; whatever else would
publish a page asks `require_publishable`. A draft may hold any of these problems.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME

from careers.jobs.moderation import NotPublishableError

from . import links, parts
from .links import Destination
from .parts import Body, Place, Target

SHORTEST_SUMMARY = 20
#: Levels of the headings that blocks bring along: the first and the last of them.
OWN_HEADINGS = {"steps": (3, 3), "listings": (3, 4), "pay": (3, 3), "map": (3, 3)}
#: Words of links that say nothing of where they lead.
VAGUE = frozenset(
    "article|click|click here|click this|continue|details|find out more|go|go here"
    "|here|info|know more|learn more|link|more|more info|more information|page|read"
    "|read here|read more|read on|see here|see more|site|source|that page|the link"
    "|the page|this|this article|this link|this page|this site|this website|view"
    "|view more|web page|website".split("|")
)
ADDRESS = re.compile(
    r"(https?://|www\.)\S*|[\w-]+(\.[\w-]+)*\.(com|edu|gov|info|io|net|org|us)(/\S*)?",
    re.IGNORECASE,
)
#: How files and cameras name pictures.
FILE_NAME = re.compile(
    r".*\.(avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)|\S*_\S*"
    r"|(dsc|image|img|photo|picture|scan|screenshot|untitled)[\s-]?\d*",
    re.IGNORECASE,
)
#: Category I codes of CPT, and those that end in a letter.
CPT_CODE = re.compile(r"\b\d{4}[\dAFMTU]\b")
CPT_NOTICE = re.compile(
    r"CPT[\s®]*(©|\(c\)|copyright)[\s\d,–-]*(by )?(the )?American Medical Association",
    re.IGNORECASE,
)
#: Blocks and lists of them that name a source, and whether they say when it was read.
SOURCED = {"fact": True, "figure": False}


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` is "" for the page as a whole; ``place`` is the way from the field."""

    field: str
    place: Place
    message: str


# What is asked of a page


def problems(page, body: Body | None = None) -> list[Problem]:
    """What stands between a page and its readers; ``body`` is typed and not saved."""
    if body is None:
        body = page.body.get_prep_value()
    made = parts.links(body)
    found = [
        *_summary(page.summary),
        *(_is_written(body) if needs_body(page) else ()),
        *in_body(body, links.destinations(link.target for link in made)),
    ]
    return list(dict.fromkeys(found))


def needs_body(page) -> bool:
    """Index pages, of which there is one each, are made of the pages below them."""
    return page.max_count != 1


def in_body(
    body: Body, destinations: Mapping[Target, Destination]
) -> Iterator[Problem]:
    """Every problem of a body, check by check."""
    for check in (_headings, _pictures, _tables, _sources, _questions, _codes):
        yield from check(body)
    yield from _links(body, destinations)


def _summary(summary: str) -> Iterator[Problem]:
    if len(summary.strip()) < SHORTEST_SUMMARY:
        yield Problem(
            "summary",
            (),
            "Say in one or two sentences what the page tells "
            f"({SHORTEST_SUMMARY} characters or more).",
        )


def _is_written(body: Body) -> Iterator[Problem]:
    if all(block["type"] == "heading" for block in body):
        yield _at((), "The page has no content yet. Add a text or another block.")


def _at(place: Place, message: str) -> Problem:
    return Problem("body", place, message)


# Headings


@dataclass(frozen=True, slots=True)
class Heading:
    place: Place
    level: int
    words: str
    #: The level at which what follows goes on.
    ends: int


def _headings(body: Body) -> Iterator[Problem]:
    above = 1
    for heading in _every_heading(body):
        if not heading.words:
            yield _at(heading.place, "A heading is empty. Write it or take it off.")
        elif heading.level in (1, 5, 6) or (
            heading.level == 2 and not _is_block(body, heading)
        ):
            yield _at(
                heading.place,
                f"“{heading.words}” is a heading {heading.level} inside a text. Make "
                "it a block of the kind “Heading”, or a heading 3 or 4.",
            )
        elif heading.level > above + 1:
            yield _at(heading.place, _skipped(heading, above))
        above = heading.ends
    yield from _empty_sections(body)


def _skipped(heading: Heading, above: int) -> str:
    if above == 1:
        return (
            f"“{heading.words}” is a heading {heading.level} with no section above it. "
            "Put a block of the kind “Heading” before it."
        )
    return (
        f"“{heading.words}” is a heading {heading.level} below a heading {above}. "
        f"Make it a heading {above + 1}."
    )


def _every_heading(body: Body) -> Iterator[Heading]:
    for number, block in enumerate(body):
        kind, value = block["type"], block.get("value")
        if kind == "heading":
            yield Heading((number,), 2, parts.plain(value or ""), 2)
        elif kind in OWN_HEADINGS:
            first, last = OWN_HEADINGS[kind]
            words = value.get("title") or kind
            yield Heading((number,), first, words, last)
        else:
            for text in parts.texts([block]):
                yield from _in_text(text.html, (number, *text.place[1:]))


def _in_text(html: str, place: Place) -> Iterator[Heading]:
    if "<h" not in html:
        return
    for tag in parts.parsed(html).find_all(re.compile(r"^h[1-6]$")):
        level = int(tag.name[1])
        yield Heading(place, level, " ".join(tag.get_text(" ").split()), level)


def _is_block(body: Body, heading: Heading) -> bool:
    return body[int(heading.place[0])]["type"] == "heading"


def _empty_sections(body: Body) -> Iterator[Problem]:
    following = [*(block["type"] for block in body[1:]), "heading"]
    for number, (block, after) in enumerate(zip(body, following, strict=False)):
        if block["type"] == after == "heading" and block.get("value"):
            yield _at(
                (number,),
                f"Nothing stands under “{block['value']}”. Write it, or take the "
                "heading off.",
            )


# Pictures


def _pictures(body: Body) -> Iterator[Problem]:
    for number, block in enumerate(body):
        if block["type"] == "figure":
            message = picture_trouble(block["value"].get("image") or {})
            if message:
                yield _at((number, "image", "alt_text"), message)


def picture_trouble(image: Mapping[str, Any]) -> str:
    """What is wrong with the alternative text of a block's picture; "" if nothing."""
    if not image.get("image") or image.get("decorative"):
        return ""
    words = (image.get("alt_text") or "").strip()
    if not words:
        return (
            "Say what the picture shows, for readers who do not see it, or tick "
            "“Image is decorative”."
        )
    if FILE_NAME.fullmatch(words):
        return f"“{words}” is the name of a file. Say what the picture shows."
    return ""


# Links


def _links(body: Body, destinations: Mapping[Target, Destination]) -> Iterator[Problem]:
    led: dict[str, tuple[str, Target]] = {}
    for link in parts.links(body):
        there = destinations[link.target]
        if message := words_trouble(link.words):
            yield _at(link.place, message)
        elif link.words:
            first = led.setdefault(link.words.casefold(), (there.key, link.target))
            if first[0] != there.key:
                yield _at(
                    link.place,
                    f"Two links say “{link.words}” and lead to different places. Say "
                    "in the words of each where it leads.",
                )
        if there.trouble:
            yield _at(
                link.address_place,
                f"The link “{link.words or link.target[1]}” leads nowhere: "
                f"{there.trouble}. Choose another address, or take the link off.",
            )


def words_trouble(words: str) -> str:
    """What is wrong with the words of a link; "" if nothing."""
    if not words:
        return "A link has no words. Write where it leads, or take it off."
    if ADDRESS.fullmatch(words):
        return f"A link says “{words}”. Say in words what is there."
    if re.sub(r"[^\w\s]", "", words).strip().casefold() in VAGUE:
        return f"A link says “{words}”. Say where it leads instead."
    return ""


# Tables


def _tables(body: Body) -> Iterator[Problem]:
    for number, block in enumerate(body):
        if block["type"] == "table":
            yield from _table(block["value"], number)


def _table(table: Mapping[str, Any], number: int) -> Iterator[Problem]:
    if not (table.get("caption") or "").strip():
        yield _at((number,), "The table has no caption. Say what it shows.")
    if not table["rows"] or not table["columns"]:
        yield _at((number,), "The table has no rows. Fill it or take it off.")
        return
    for place, column in enumerate(table["columns"], start=1):
        if not (column.get("heading") or "").strip():
            yield _at((number,), f"Column {place} has no heading. Name what it holds.")
    for (row, column), cell in parts.cells(table):
        if column == 0 and not parts.plain(str(cell or "")):
            yield _at(
                (number, row, 0),
                f"Row {row + 1} has an empty first cell. It is the head of the row.",
            )


# Sources


def _sources(body: Body) -> Iterator[Problem]:
    for number, block in enumerate(body):
        kind, value = block["type"], block.get("value")
        if kind in SOURCED:
            yield from _source(value, (number,), "source_name", SOURCED[kind])
        elif kind == "sources":
            for item, source in enumerate(parts.items(value["sources"])):
                yield from _source(source, (number, "sources", item), "name", True)


def _source(
    value: Mapping[str, Any], place: Place, name: str, is_dated: bool
) -> Iterator[Problem]:
    if not (value.get(name) or "").strip():
        yield _at((*place, name), "Name the source: who says so, and where.")
    if not is_dated:
        return
    checked_on = as_date(value.get("checked_on"))
    if checked_on is None:
        yield _at((*place, "checked_on"), "Give the day on which the source said so.")
    elif checked_on > timezone.localdate():
        yield _at((*place, "checked_on"), "This day has not come yet.")


def as_date(value: Any) -> date | None:
    """The day of a stored or typed value; None for none, and for what is no day."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


# Questions


def _questions(body: Body) -> Iterator[Problem]:
    for number, block in enumerate(body):
        if block["type"] != "faq":
            continue
        for item, pair in enumerate(parts.items(block["value"]["questions"])):
            question = (pair.get("question") or "").strip()
            if question and not question.endswith("?"):
                yield _at(
                    (number, "questions", item, "question"),
                    f"“{question}” does not end with a question mark. Ask it as a "
                    "question.",
                )


# Codes


def _codes(body: Body) -> Iterator[Problem]:
    """CPT belongs to the American Medical Association; who names a code says so."""
    named = next(_cpt_codes(body), None)
    if named is None or any(CPT_NOTICE.search(t.words) for t in parts.texts(body)):
        return
    place, code = named
    yield _at(
        place,
        f"{code} is a code of CPT. Write “CPT © American Medical Association.” on the "
        "page, in a callout or a note of its sources.",
    )


def _cpt_codes(body: Body) -> Iterator[tuple[Place, str]]:
    for number, block in enumerate(body):
        if block["type"] == "table":
            kinds = [column["type"] for column in block["value"]["columns"]]
            for (row, column), cell in parts.cells(block["value"]):
                if kinds[column] == "code" and (code := CPT_CODE.search(cell or "")):
                    yield (number, row, column), code[0]
        for text in parts.texts([block]):
            if "<code" not in text.html:
                continue
            for tag in parts.parsed(text.html).find_all("code"):
                if code := CPT_CODE.search(tag.get_text()):
                    yield (number, *text.place[1:]), code[0]


# Refusing


def require_publishable(page) -> None:
    """Raises `PageRefusedError` with all that stands in the way of going live."""
    if found := [*invalid(page), *problems(page)]:
        raise PageRefusedError(page, found)


class PageRefusedError(NotPublishableError):
    """Names the page, and all its problems by field."""

    def __init__(self, page, found: Iterable[Problem]):
        self.page = page
        self.problems = list(found)
        by_field: dict[str, list[str]] = {}
        for problem in self.problems:
            said = by_field.setdefault(problem.field or "__all__", [])
            said.append(sentence(page, problem))
        super().__init__({field: " ".join(said) for field, said in by_field.items()})


def sentence(page, problem: Problem) -> str:
    """A problem with its place in words, for where no form shows it."""
    if problem.field == "body" and problem.place:
        number = int(problem.place[0])
        block = page.body[number]
        return f"Block {number + 1} ({block.block.label}): {problem.message}"
    if not problem.field:
        return problem.message
    label = str(page._meta.get_field(problem.field).verbose_name).capitalize()
    return f"{label}: {problem.message}"


def invalid(page) -> Iterator[Problem]:
    """What the fields, blocks and rows of a page ask for; drafts may lack it."""
    try:
        page.full_clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            for message in messages:
                yield Problem("" if field == "__all__" else field, (), message)
    try:
        page.body.stream_block.clean(page.body)
    except ValidationError as error:
        for place, message in flat(error):
            yield _at(place, message)
    yield from _invalid_rows(page)


def _invalid_rows(page) -> Iterator[Problem]:
    for relation in get_all_child_relations(page):
        name = relation.get_accessor_name()
        if name == COMMENTS_RELATION_NAME:
            continue
        for number, row in enumerate(getattr(page, name).all(), start=1):
            try:
                row.clean_fields(exclude=[relation.field.name])
                row.clean()
            except ValidationError as error:
                yield Problem("", (), f"{name.capitalize()}, {number}: {_said(error)}")


def _said(error: ValidationError) -> str:
    return " ".join(error.messages)


def flat(error: ValidationError, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """The messages of a block's error, each with its place."""
    below = getattr(error, "block_errors", None) or getattr(error, "cell_errors", None)
    beside = getattr(error, "non_block_errors", None)
    if below is None and beside is None:
        yield from ((place, message) for message in error.messages)
        return
    for message in beside or ():
        yield place, str(message)
    for step, inner in (below or {}).items():
        if isinstance(inner, Mapping):
            for column, cell in inner.items():
                yield from flat(cell, (*place, step, column))
        else:
            yield from flat(inner, (*place, step))
