"""Open listings much like another one."""

from decimal import Decimal

from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.functions import Abs

from . import vocabulary

MOST_SIMILAR = 3
#: Stands for a distance in pay that is not known: further than any that is.
UNKNOWN_GAP = Decimal(10_000_000)


def similar_to(listing):
    """At most three open listings of its role, then its track, nearest first.

    Nearest is a setting in common, then the middle of the yearly pay.
    """
    track = [
        word.slug
        for word in vocabulary.current().roles.values()
        if listing.track and word.track == listing.track
    ]
    if not track:
        return type(listing).objects.none()
    return (
        type(listing)
        .objects.live()
        .filter(role__in=track)
        .exclude(pk=listing.pk)
        .select_related("employer")
        .defer("description", "benefits", "evidence")
        .annotate(
            has_role=_one_if(Q(role=listing.role)),
            has_setting=_one_if(Q(settings__overlap=listing.settings)),
            gap=_pay_gap(listing.pay),
        )
        .order_by("-has_role", "-has_setting", "gap", "-posted_at", "-pk")[
            :MOST_SIMILAR
        ]
    )


def _one_if(condition):
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


def _pay_gap(pay):
    if pay is None or pay.yearly is None:
        return Value(0)
    middle = sum(pay.yearly) / 2
    return Case(
        When(yearly_minimum=None, then=Value(UNKNOWN_GAP)),
        default=Abs((F("yearly_minimum") + F("yearly_maximum")) / 2 - Value(middle)),
    )
