"""Usual pay beside what listings post."""

from django import template
from django.utils import timezone

from careers.jobs import vocabulary
from careers.jobs.presentation.cards import Ledger

from .. import charts, printed, standing, usual
from ..distribution import FEWEST_EMPLOYERS, FEWEST_LISTINGS

register = template.Library()

#: So many rows of too few stay in a table.
SHORT = 4


@register.simple_tag
def usual_pay(listing):
    """The usual pay of a listing's role, or None where too few listings post theirs."""
    return usual.by_role(is_sample=listing.is_sample).get(listing.role)


@register.simple_tag
def pay_standing(listing):
    """How a listing's pay stands among those like it, or None where nobody can say."""
    return standing.of_listing(listing)


@register.simple_tag
def cards(listings, per="", state="", holds=(), words=""):
    """Entries of a ledger, each before the usual pay of its listing's role."""
    ledger = Ledger(
        vocabulary.current(),
        timezone.now(),
        per=per or "year",
        state=state or "",
        holds=tuple(holds or ()),
        words=words or "",
    )
    kinds = {listing.is_sample for listing in listings}
    usual_of = {is_sample: usual.by_role(is_sample=is_sample) for is_sample in kinds}
    return [
        ledger.card(listing, usual_of[listing.is_sample].get(listing.role))
        for listing in listings
    ]


@register.filter
def pay(value, per):
    """$68,780 a year or $33.07 an hour, without the unit; nothing for no figure."""
    return charts.pay(value, per)


@register.filter
def pay_span(ends, per):
    """$67,780 to 70,180; nothing for no figures."""
    return charts.pay_span(ends, per)


@register.filter
def signed_pay(value, per):
    """+$13,730, or with a true minus."""
    return charts.signed(value, per)


@register.simple_tag
def minimum_sample():
    """Below these a group says nothing: listings, employers."""
    return {"listings": FEWEST_LISTINGS, "employers": FEWEST_EMPLOYERS}


@register.simple_tag
def pay_twin(groups, per):
    """The table of a distribution: each group, then the official wages beside them."""
    columns = [
        charts.Column(
            group.short,
            group.figures.percentiles,
            group.figures.interval,
            f"{group.figures.listings:,}",
            group.listings_url,
            f"{group.figures.employers:,}",
        )
        for group in groups
    ]
    wages = {(o.soc, o.area): o for group in groups if (o := group.official)}
    columns += [
        charts.Column(
            f"Official, {wage.soc}",
            (wage.p10, wage.p25, wage.median, wage.p75, wage.p90),
            listings=f"{wage.employment:,} jobs" if wage.employment else "not stated",
            employers="not stated",
            is_official=True,
        )
        for wage in wages.values()
    ]
    return charts.twin(columns, per)


@register.simple_tag
def fold_rows(rows):
    """The rows to show, and those of too few that would only make the table long."""
    few = [row for row in rows if row.none]
    if len(few) <= SHORT:
        return {"shown": rows, "folded": []}
    return {"shown": [row for row in rows if not row.none], "folded": few}


@register.simple_tag
def part_strip(strip, grid):
    """The strip of a `charts.Row` on the gridlines of its axis."""
    return printed.strip_html(strip, grid)
