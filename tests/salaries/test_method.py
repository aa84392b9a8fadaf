"""The page of the method: its numbers are those that the code goes by."""

import re
from fractions import Fraction

import pytest
from lxml import html

from careers.jobs.pay import HOURS_PER_YEAR
from careers.salaries import criteria, distribution
from careers.salaries.method import EXAMPLE, LEAST_YEARLY, MOST_YEARLY, Method
from careers.salaries.models import PostedRange
from tests.jobs.factories import EmployerFactory, JobListingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


@pytest.fixture
def words_of(client):
    """The words of a section of the page, by the id of its heading."""

    def read(heading):
        page = html.fromstring(client.get("/salaries/method/").content.decode())
        (section,) = page.xpath(f"//section[@aria-labelledby='{heading}-title']")
        return " ".join(section.text_content().split())

    return read


def test_every_number_is_the_one_that_the_code_goes_by(words_of):
    certainty = words_of("certainty")
    assert (
        f"Under {distribution.FEWEST_LISTINGS} listings or "
        f"{distribution.FEWEST_EMPLOYERS} employers"
    ) in certainty
    assert f"{distribution.DRAWS} times" in certainty
    assert f"more than {distribution.LARGEST_SHARE:.0%} of a group" in words_of(
        "formula"
    )
    source = words_of("source")
    assert f"The window is {criteria.WINDOW} months" in source
    assert "6, 12 or 24" in source
    assert criteria.WINDOWS == (6, 12, 24)
    assert f"A year is {HOURS_PER_YEAR:,} hours: 52 weeks of 40 hours" in source
    assert f"from ${LEAST_YEARLY:,} to ${MOST_YEARLY:,}" in words_of("left-out")
    differences = words_of("differences")
    assert (
        f"{distribution.FEWEST_LISTINGS} listings by {distribution.FEWEST_EMPLOYERS} "
        "employers on both sides"
    ) in differences


def test_the_bounds_of_a_possible_range_are_those_of_the_database(post):
    """The trigger that decides has them in numbers of its own."""
    outside = [(LEAST_YEARLY - 1, 20_000), (20_000, MOST_YEARLY + 1)]
    for low, high in [*outside, (LEAST_YEARLY, MOST_YEARLY)]:
        post(low, high)
    reasons = PostedRange.objects.order_by("pk").values_list("left_out", flat=True)
    assert list(reasons) == ["too-low", "too-high", ""]


def share_below(pay, weights):
    """The formula of the page, in fractions."""
    return sum(
        weight * min(Fraction(1), max(Fraction(0), Fraction(pay - low, high - low)))
        if high > low
        else weight * (pay >= low)
        for (_, low, high), weight in zip(EXAMPLE, weights, strict=True)
    )


def test_the_example_adds_up():
    """One employer has three of seven listings, and is held to a quarter."""
    several = {name: sum(row[0] == name for row in EXAMPLE) for name, *_ in EXAMPLE}
    large = max(several, key=several.get)
    assert several[large] / len(EXAMPLE) > distribution.LARGEST_SHARE
    cap = Fraction(1, 4)
    weights = [
        cap / several[large]
        if name == large
        else (1 - cap) / (len(EXAMPLE) - several[large])
        for name, *_ in EXAMPLE
    ]
    assert sum(weights) == 1
    example = Method().example
    assert [row.weight for row in example["rows"]] == [
        f"{float(w):.1%}" for w in weights
    ]
    assert (example["listings"], example["employers"]) == (7, 5)
    shares = {"p10": 10, "p25": 25, "median": 50, "p75": 75, "p90": 90}
    for name, percent in shares.items():
        printed = int(re.sub(r"\D", "", example[name]))
        assert share_below(printed - 1, weights) <= Fraction(percent, 100), name
        assert share_below(printed + 1, weights) >= Fraction(percent, 100), name
    low, high = (int(re.sub(r"\D", "", end)) for end in example["interval"])
    assert low < int(re.sub(r"\D", "", example["median"])) < high


def test_the_example_stands_on_the_page(words_of):
    example = Method().example
    words = words_of("example")
    for name in ("p10", "p25", "median", "p75", "p90"):
        assert example[name] in words
    assert f"{example['interval'][0]} to {example['interval'][1]}" in words


def test_what_counts_today_and_what_is_left_out(words_of, post):
    assert "Nothing is counted yet" in words_of("source")
    assert "Nothing is left out today" in words_of("left-out")
    employer = EmployerFactory()
    for _ in range(3):
        post(60_000, 80_000, employer=employer)
    post(60_000, 80_000)
    post(0, 80_000)
    JobListingFactory.create_batch(2, unpaid=True)
    assert "4 posted ranges by 2 employers" in words_of("source")
    left_out = words_of("left-out")
    assert "3 listings are left out today" in left_out
    assert "do not post their pay2" in left_out
    assert "starts at zero1" in left_out


def test_samples_are_told_to_be_samples(words_of, post):
    post(60_000, 80_000, is_sample=True)
    assert "of sample listings" in words_of("source")
    post(60_000, 80_000)
    assert "sample" not in words_of("source")
