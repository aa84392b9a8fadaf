"""What pages of lower apps show of the search: counts of what is open now."""

from functools import cached_property

from django import template
from django.urls import reverse

from careers.jobs import vocabulary
from careers.jobs.criteria import JobCriteria, Question
from careers.salaries import usual
from careers.salaries.ranges import speaks_of_samples

from .. import landings
from ..ask import ask
from ..results import WITHIN, Results

register = template.Library()

NEWEST = 6
ROLES = 10
VALUES = 12


class OpenNow:
    """The whole list in numbers: everything here comes from one question."""

    def __init__(self):
        asked = ask(Question(JobCriteria()))
        self.results = Results(asked.question, asked.answer, path=reverse("results"))
        self.within = 25
        self.miles = WITHIN

    @property
    def total(self):
        return self.results.total

    @property
    def newest(self):
        return self.results.listings[:NEWEST]

    @property
    def tracks(self):
        return self.results.tracks

    @cached_property
    def pay_is_of_samples(self):
        """A site without real pay shows that of samples, as the explorer does."""
        return speaks_of_samples() and bool(usual.by_role(is_sample=True))

    @property
    def roles(self):
        """The roles with most open listings, with what they usually pay."""
        words = vocabulary.current().roles
        counts = self.results.answer.facets.get("role", {})
        pay = usual.by_role(is_sample=self.pay_is_of_samples)
        most = [slug for slug in counts if slug in words][:ROLES]
        return [
            {"word": words[slug], "count": counts[slug], "usual": pay.get(slug)}
            for slug in most
        ]

    @property
    def settings(self):
        return self._links("setting")

    @property
    def credentials(self):
        return self._links("credential")

    @property
    def states(self):
        states = (w for w in landings.every() if w.parameter == "state")
        return [{"label": s.name, "url": s.url, "count": None} for s in states]

    def _links(self, parameter):
        counts = self.results.answer.facets.get(parameter, {})
        pages = ((landings.find(parameter, slug), n) for slug, n in counts.items())
        return [
            {"label": page.name, "url": page.url, "count": count}
            for page, count in pages
            if page
        ][:VALUES]


@register.simple_tag
def open_now():
    return OpenNow()
