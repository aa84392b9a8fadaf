"""The search of the whole site: what a word names, pages, and open listings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria, Question, parse
from careers.jobs.terms import DatabaseTerms

from . import landings, meanings, page_words, pages
from .ask import Asked, ask, engine, page_question
from .ask import pages as find_pages
from .engines import PagesFound
from .results import Link, Results
from .text import folded

PAGES_SHOWN = 10
LISTINGS_SHOWN = 5
#: Roles, credentials and settings that one word may name.
MOST_NAMED = 3
#: What meanings call the terms that have pages, to what landing pages call them; of
#: several that bear a name the first stands on top.
NAMED = {"credentials": "credential", "roles": "role", "settings": "setting"}
#: Words of a question that found nothing, offered one by one.
MOST_WORDS = 6


@require_safe
def site_search(request):
    question = parse({"q": request.GET.getlist("q")}, DatabaseTerms())
    kind = request.GET.get("kind", "")
    found = SiteSearch(
        question, kind if kind in pages.KINDS else "", _number(request.GET.get("page"))
    )
    context = {"found": found, "here": "search", "page_title": found.title}
    return render(request, "search/site_search.html", context)


def _number(typed):
    """A page's number as it stands in an address; 1 for what is none."""
    is_number = typed and typed.isascii() and typed.isdigit() and len(typed) < 6
    return max(1, int(typed)) if is_number else 1


@dataclass(frozen=True)
class PageEntry:
    """A page as the list shows it, what answers marked."""

    page: Any
    kind: str
    title: SafeString
    summary: SafeString
    piece: SafeString


@dataclass(frozen=True)
class Named:
    """A role, credential or setting that the words name, with its ways on.

    ``page`` is None where nobody has published one about it.
    """

    name: str
    kind: str
    is_code: bool
    full_name: str
    about: str
    page: Any
    openings: int
    openings_url: str
    pay_url: str


class SiteSearch:
    """Everything that the page of results shows."""

    def __init__(self, question: Question, kind: str, number: int) -> None:
        self.kind = pages.KINDS.get(kind)
        self.q = question.criteria.q
        self.notices = question.notices
        self.typed = ""
        self._number = number
        if self.q:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        """Listings first: they may tell how a word that nothing says is meant.

        Narrowed to a kind of page, they are only counted, which takes half the time.
        """
        self._criteria = question.criteria
        self._asked = None if self.kind else _first_listings(ask(question))
        self.words = page_question(self.q)
        self._found = self._pages(find_pages(self.words))
        if not self._found:
            self._mend()

    def _pages(self, found: PagesFound) -> dict[int, str]:
        self._spelling = found.spelling
        return pages.kinds_of(found.ids)

    def _mend(self) -> None:
        """No page says it: try how the listings or the pages would spell it."""
        by_listings = bool(self._asked and self._asked.typed)
        mended = self._asked.question.criteria.q if by_listings else self._spelling
        if not mended or mended == self.q:
            return
        words = page_question(mended)
        better = pages.kinds_of(find_pages(words).ids)
        if better or by_listings:
            self.typed, self.q = self.q, mended
            self.words, self._found = words, better

    # What the words name

    @cached_property
    def named(self) -> list[Named]:
        """On the first page of everything only."""
        if not self.q or self.kind or self._number > 1:
            return []
        facts = meanings.table().get(folded(self.q), ())
        terms = [
            (parameter, fact.value)
            for column, parameter in NAMED.items()
            for fact in facts
            if fact.column == column
        ]
        found = [
            landing
            for parameter, value in dict.fromkeys(terms)
            if (landing := landings.find(parameter, value.lower()))
        ][:MOST_NAMED]
        if not found:
            return []
        about = pages.of_terms([(one.parameter, one.value) for one in found])
        asked = [
            JobCriteria().choosing(landing.parameter, landing.value)
            for landing in found
        ]
        return [
            _named(landing, about.get((landing.parameter, landing.value)), openings)
            for landing, openings in zip(found, engine().totals(asked), strict=True)
        ]

    # Pages

    @cached_property
    def listed(self) -> list[int]:
        """The pages of the list in order, those apart that stand above it."""
        above = {one.page.pk for one in self.named if one.page}
        return [
            pk
            for pk, kind in self._found.items()
            if pk not in above and (not self.kind or kind == self.kind.slug)
        ]

    @property
    def number(self) -> int:
        return min(self._number, self.last_number)

    @property
    def last_number(self) -> int:
        return max(1, ceil(len(self.listed) / PAGES_SHOWN))

    @cached_property
    def entries(self) -> list[PageEntry]:
        start = (self.number - 1) * PAGES_SHOWN
        shown = self.listed[start : start + PAGES_SHOWN]
        every = page_words.pattern(self.words.phrases)
        each = {
            unit.phrases[0]: found
            for unit in self.words.wanted
            if (found := page_words.pattern(unit.phrases))
        }
        return [
            PageEntry(
                page=page,
                kind=pages.KINDS[self._found[page.pk]].name,
                title=_marked(page.title, every),
                summary=_marked(page.summary, every),
                piece=_marked(page_words.piece(_body(page), each), every),
            )
            for page in pages.read(shown)
        ]

    @cached_property
    def tabs(self) -> list[Link]:
        """All, and each kind that is found, with how many."""
        counts = Counter(self._found.values())
        found = [
            Link(
                kind.plural,
                self._url(kind=slug),
                counts[slug],
                current=kind == self.kind,
            )
            for slug, kind in pages.KINDS.items()
            if counts[slug] or kind == self.kind
        ]
        every = Link("All", self._url(), len(self._found), current=not self.kind)
        return [every, *found]

    @property
    def previous_url(self) -> str:
        return self._page_url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self._page_url(self.number + 1) if self.number < self.last_number else ""

    def _page_url(self, number: int) -> str:
        kind = {"kind": self.kind.slug} if self.kind else {}
        return self._url(**kind, **({"page": number} if number > 1 else {}))

    def _url(self, **more) -> str:
        return f"{reverse('site-search')}?{urlencode({'q': self.q, **more})}"

    # Listings

    @cached_property
    def listings(self) -> Results | None:
        """The first of them, on the first page of everything only."""
        asked = self._asked if self.q else None
        if not asked or self.number > 1:
            return None
        return Results(
            asked.question,
            asked.answer,
            path=reverse("results"),
            # Said once for the whole page, if all of it was spelled otherwise.
            typed="" if self.typed else asked.typed,
        )

    @cached_property
    def listings_total(self) -> int:
        if self._asked:
            return self._asked.answer.total
        return engine().totals([self._criteria])[0]

    @property
    def listings_url(self) -> str:
        """All of them. That page mends the spelling by itself, in the same way."""
        criteria = self._asked.question.criteria if self._asked else self._criteria
        return f"{reverse('results')}?{criteria.query_string()}"

    # In words

    @property
    def is_empty(self) -> bool:
        return bool(self.q) and not (
            self._found or self.listings_total or (not self.kind and self.named)
        )

    @property
    def suggestion(self) -> dict[str, Any] | None:
        """The spelling that was searched instead."""
        if not self.typed:
            return None
        return {"text": self.q, "typed": self.typed, "replaced": True}

    @property
    def single_words(self) -> list[Link]:
        """For nothing found: the words of the question, one at a time."""
        words = [unit.phrases[0] for unit in self.words.wanted][:MOST_WORDS]
        if len(words) < 2:
            return []
        return [
            Link(word, f"{reverse('site-search')}?{urlencode({'q': word})}")
            for word in words
        ]

    @property
    def title(self) -> str:
        if not self.q:
            return "Search"
        what = self.kind.plural if self.kind else "Search"
        return f"{what}: {self.q}"


def _first_listings(asked: Asked) -> Asked:
    """Only those that are shown are read."""
    first = asked.answer.ids[:LISTINGS_SHOWN]
    return replace(asked, answer=replace(asked.answer, ids=first))


def _named(landing: landings.Landing, page, openings: int) -> Named:
    words = vocabulary.current()
    is_credential = landing.parameter == "credential"
    word = getattr(words, f"{landing.parameter}s")[landing.value]
    return Named(
        name=landing.name,
        kind=pages.KINDS[landing.parameter].name,
        is_code=is_credential,
        full_name=word.full_name,
        about=(page and page.summary) or word.description,
        page=page,
        openings=openings,
        openings_url=landing.url,
        pay_url=landing.pay_url,
    )


def _body(page) -> str:
    """What a page says after its summary, which is shown whole.

    Wagtail's index puts commas between blocks, behind full stops too.
    """
    text = (page.text or "").removeprefix(page.summary or "").strip()
    return text.replace("., ", ". ").replace("?, ", "? ")


def _marked(text: str, found) -> SafeString:
    if not found:
        return SafeString(escape(text))
    pieces: Sequence[str] = []
    end = 0
    for match in found.finditer(text):
        pieces += [
            escape(text[end : match.start()]),
            f'<mark data-kind="word">{escape(match[0])}</mark>',
        ]
        end = match.end()
    return SafeString("".join([*pieces, escape(text[end:])]))
