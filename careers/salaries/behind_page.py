"""The listings behind a figure as their template reads them, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils import timezone

from careers.jobs import vocabulary
from careers.jobs.models import JobListing
from careers.jobs.presentation.money import PERIOD_WORDS, money_range, posted_range
from careers.jobs.presentation.pay_strip import pay_strip
from careers.jobs.presentation.printed import strip_html

from . import charts
from .criteria import PayQuestion
from .explorer import explore
from .explorer_page import Address, address_of
from .wording import group_name, unit

LISTINGS_ON_A_PAGE = 50


@dataclass(frozen=True)
class BehindRow:
    """``figure`` is in the page's unit; ``posted`` the range as posted, where that is
    another unit."""

    title: str
    url: str
    employer: str
    track: str
    figure: str
    posted: str
    strip: str
    month: str
    is_open: bool


class BehindPage:
    def __init__(self, question: PayQuestion, number: int = 1) -> None:
        self.question = question
        self.explored = explore(question.group)
        self.is_sample = self.explored.is_sample
        self.figures = self.explored.figures
        pages = Paginator(self.explored.group.newest_listings(), LISTINGS_ON_A_PAGE)
        self.page: Page = pages.get_page(number)

    @property
    def per(self) -> str:
        return self.question.group.per

    @property
    def unit(self) -> str:
        return unit(self.per)

    @property
    def axis(self) -> charts.Axis:
        return charts.axis(self.per)

    @property
    def notices(self):
        return self.question.notices

    @property
    def name(self) -> str:
        return group_name(self.question.group)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def back_url(self) -> str:
        return Address.explorer(PayQuestion(self.question.group))

    @cached_property
    def rows(self) -> list[BehindRow]:
        """Two queries. A listing that was removed in the meantime is left out."""
        found = (
            JobListing.objects.visible()
            .select_related("employer")
            .defer("description", "evidence")
            .in_bulk(self.page.object_list)
        )
        return [self._row(found[pk]) for pk in self.page.object_list if pk in found]

    def _row(self, listing: JobListing) -> BehindRow:
        pay = listing.pay
        role = vocabulary.current().roles.get(listing.role)
        is_hourly = self.per == "hour"
        figures = pay.hourly if is_hourly else pay.yearly
        strip = pay_strip(pay.yearly, None)
        return BehindRow(
            title=listing.title,
            url=listing.get_absolute_url(),
            employer=listing.employer.name,
            track=role.track if role else "",
            figure=money_range(*figures, cents=is_hourly),
            posted=""
            if pay.period == self.per
            else f"{posted_range(pay)} {PERIOD_WORDS[pay.period]}",
            # The strip's own gridlines are those of yearly pay.
            strip=strip_html(strip, size="small", has_grid=not is_hourly),
            month=f"{timezone.localtime(listing.posted_at):%b %Y}",
            is_open=listing.is_live,
        )

    @property
    def pager(self) -> "BehindPager | None":
        return BehindPager(self.page, self.question) if self.total else None


class BehindPager:
    """As `components/pager.html` reads it."""

    capped = False

    def __init__(self, page: Page, question: PayQuestion) -> None:
        self.page = page
        self.question = question
        self.number = page.number
        self.pages = page.paginator.num_pages
        self.first, self.last = page.start_index(), page.end_index()

    def _url(self, number: int) -> str:
        pairs = self.question.group.pairs()
        if number > 1:
            pairs.append(("page", str(number)))
        return address_of("salaries-listings", pairs)

    @property
    def previous_url(self) -> str:
        return self._url(self.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self._url(self.number + 1) if self.page.has_next() else ""

    @property
    def numbers(self) -> Iterator[dict]:
        shown = self.page.paginator.get_elided_page_range(
            self.number, on_each_side=1, on_ends=1
        )
        for number in shown:
            if isinstance(number, int):
                yield {
                    "number": number,
                    "url": self._url(number),
                    "current": number == self.number,
                }
            else:
                yield {"gap": True}
