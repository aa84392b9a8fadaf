"""Looks up what criteria name: words of the vocabulary, employers, places, states."""

from functools import cached_property

from . import places, vocabulary
from .criteria import Near
from .models import Employer


class DatabaseTerms:
    """`criteria.Terms` from the vocabulary in memory and the tables of the database."""

    @cached_property
    def vocabulary(self):
        return vocabulary.current()

    def known(self, facet, values):
        if facet.name == "employer":
            return self._employers(values)
        slugs = {value: self._slug(facet, value) for value in values}
        return {value: slug for value, slug in slugs.items() if slug}

    def _slug(self, facet, value):
        if facet.name == "credential":
            named = self.credential(value)
            return named or (value if value in facet.labels else None)
        words = facet.labels or getattr(self.vocabulary, facet.vocabulary)
        return value.lower() if value.lower() in words else None

    @staticmethod
    def _employers(values):
        """One query, however many are asked for."""
        if not values:
            return {}
        found = Employer.objects.filter(slug__in=values).values_list("slug", flat=True)
        return {slug: slug for slug in found}

    def credential(self, value):
        """A credential of today: a name that was given up leads to the new one."""
        return self.vocabulary.credential(value)

    def near(self, text):
        place = places.find(text)
        if place is None:
            return None
        label = place.zip or f"{place.city}, {place.state}"
        return Near(label, place.latitude, place.longitude)

    def state(self, text):
        return places.state_code(text)
