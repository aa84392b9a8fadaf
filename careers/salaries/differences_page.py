"""What listings with a credential, remote work or a setting post against like ones."""

from dataclasses import dataclass, replace
from functools import cached_property

from careers.jobs import vocabulary
from careers.jobs.criteria import MOST_VALUES
from careers.jobs.presentation.facts import in_sentence

from . import charts, premiums
from .criteria import PAY_FACET, PER, PayQuestion
from .explorer import Explored
from .explorer_page import Address, Link, address_of
from .ranges import speaks_of_samples
from .wording import group_name, unit, value_label

NOTES = {
    "credential": "Listings whose rule requires it, alone or as one of several, "
    "against listings of the same roles that state another rule or ask for none.",
    "remote": "Against on-site listings of the same roles.",
    "setting": "Against listings of the same roles in other settings.",
}
OTHERS = {
    "credential": "another rule",
    "remote": "on site",
    "setting": "other settings",
}


@dataclass(frozen=True)
class Section:
    title: str
    note: str
    head: str
    gains: tuple[charts.Gain, ...]
    files: None = None


class DifferencesPage:
    def __init__(self, question: PayQuestion) -> None:
        self.question = replace(question, versus=None, by="")
        self.is_sample = speaks_of_samples()
        self.explored = Explored(question.group, is_sample=self.is_sample)

    @property
    def per(self) -> str:
        return self.question.group.per

    @property
    def unit(self) -> str:
        return unit(self.per)

    @property
    def notices(self):
        return self.question.notices

    @property
    def group_name(self) -> str:
        return group_name(self.question.group)

    @property
    def title(self) -> str:
        if not self.question.group.asked:
            return "Pay with and without a credential, remote work or a setting"
        return f"{self.group_name}: pay with and without"

    @property
    def intro(self) -> str:
        return (
            "Posted pay of listings with a credential, remote work or a setting, "
            "against listings of the same role without it. It compares listings, not "
            "people: nobody is paid more for a line here."
        )

    @property
    def url(self) -> str:
        return address_of("salaries-differences", self.question.group.pairs())

    @property
    def back_url(self) -> str:
        return Address.explorer(self.question)

    @property
    def gain_axis(self) -> charts.Axis:
        return charts.gain_axis(self.per)

    @property
    def per_links(self) -> list[Link]:
        return [
            Link(
                unit(per),
                address_of(
                    "salaries-differences",
                    replace(self.question.group, per=per).pairs(),
                ),
                per == self.per,
            )
            for per in PER
        ]

    @cached_property
    def sections(self) -> list[Section]:
        return [
            section
            for facet in premiums.FACETS
            if (section := self._section(facet)).gains
        ]

    def _section(self, facet: str) -> Section:
        label = PAY_FACET[facet].label
        codes = vocabulary.current().credentials
        gains = tuple(
            charts.gain(
                premium,
                self.per,
                label=value_label(PAY_FACET[facet], premium.value),
                against=OTHERS[facet],
                url=self._listings_url(premium),
                is_code=premium.value in codes,
            )
            for premium in premiums.premiums(self.explored.group, facet)
        )
        return Section(f"By {in_sentence(label)}", NOTES[facet], label, gains)

    def _listings_url(self, premium: premiums.Premium) -> str:
        """Listings with the value, in the roles compared; "" where those are many."""
        if len(premium.compared) > MOST_VALUES:
            return ""
        group = self.question.group.choosing(premium.facet, premium.value)
        return Address.listings(group.choosing("role", *premium.compared))
