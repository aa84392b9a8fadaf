"""What every engine answers: the contract that each of them is held to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs.criteria import EVERYTHING, NONE_HELD, SORTS, JobCriteria
from search.engines import DEEPEST, PAGE_SIZE, page_bounds
from search.engines.postgres import PostgresEngine

from .board import TEXTS, WALLET
from .questions import COLUMBUS, WALLETS, questions

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["postgres", "elasticsearch"])
def engine(request):
    """Each engine in turn; what holds for one must hold for all."""
    if request.param == "postgres":
        return PostgresEngine()
    return request.getfixturevalue("indexed")


def every_id(engine, criteria):
    """All results in the order of the pages."""
    found = []
    for page in range(1, DEEPEST // PAGE_SIZE + 1):
        ids = engine.answer(criteria, page).ids
        found += ids
        if len(ids) < PAGE_SIZE:
            break
    return found


def text_ids(engine, criteria):
    """Which listings the words of a question find is the engine's own affair."""
    return set(every_id(engine, JobCriteria(q=criteria.q))) if criteria.q else None


# Who answers


@given(criteria=questions())
@examples(max_examples=60)
def test_engine_finds_what_the_evaluators_find(board, engine, criteria):
    expected = board.answering(criteria, text_ids(engine, criteria))
    assert set(every_id(engine, criteria)) == expected
    assert engine.answer(criteria).total == len(expected)


@given(holds=WALLETS)
@examples(max_examples=40)
def test_engine_obeys_the_evaluator_of_wallets(board, engine, holds):
    wallet = JobCriteria(holds=holds).wallet
    judged = {
        pk: board.evaluator.judge(board.listings[pk].rule, wallet).fits
        for pk in board.open()
    }
    for fit in ("now", "apprentice", "short"):
        found = every_id(engine, JobCriteria(holds=holds, fit=fit))
        assert sorted(found) == sorted(pk for pk, fits in judged.items() if fit in fits)


@given(holds=WALLETS, adding=st.sampled_from(WALLET))
@examples(max_examples=40)
def test_one_credential_more_opens_what_it_would_qualify_for(
    board, engine, holds, adding
):
    """What is short of it: not for the wallet now, and for it with that one more."""
    now = set(every_id(engine, JobCriteria(holds=holds, fit="now")))
    wallet = JobCriteria(holds=holds).wallet
    more = JobCriteria(holds=tuple(sorted({*wallet, adding})), fit="now")
    found = every_id(engine, JobCriteria(holds=holds, fit="short", adding=adding))
    assert set(found) == set(every_id(engine, more)) - now


def test_who_holds_nothing_qualifies_where_nothing_is_asked(board, engine):
    found = every_id(engine, JobCriteria(holds=(NONE_HELD,), fit="now"))
    rules = {pk: board.listings[pk].rule for pk in board.open()}
    assert set(found) == {
        pk for pk, rule in rules.items() if rule and not rule.due_groups
    }
    assert found


@pytest.mark.parametrize("text", [text for text in TEXTS if text])
def test_closed_removed_and_drafts_are_never_found(board, engine, text):
    assert set(every_id(engine, JobCriteria(q=text))) <= board.open()


def test_no_question_finds_all_that_is_open(board, engine):
    assert set(every_id(engine, EVERYTHING)) == board.open()


# Order


@given(criteria=questions())
@examples(max_examples=40)
def test_pages_partition_the_results(board, engine, criteria):
    found = every_id(engine, criteria)
    assert len(found) == len(set(found)) == engine.answer(criteria).total
    assert engine.answer(criteria, len(found) // PAGE_SIZE + 2).ids == ()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("text", ["", "coder"])
def test_every_sort_ends_in_one_order(board, engine, sort, text):
    criteria = JobCriteria(q=text, sort=sort, near=COLUMBUS, within=500)
    found = every_id(engine, criteria)
    assert len(found) > PAGE_SIZE
    assert found == every_id(engine, criteria)


@pytest.mark.parametrize("sort", ["newest", "pay", "nearest", "closing"])
def test_results_stand_in_the_order_asked_for(board, engine, sort):
    near = COLUMBUS if sort == "nearest" else None
    criteria = JobCriteria(sort=sort, near=near, within=500)
    last = (True, 0.0)

    def place(pk):
        listing = board.listings[pk]
        first = {
            "newest": lambda: 0.0,
            "pay": lambda: _falling(board.maximum(listing)),
            "nearest": lambda: round(board.miles(COLUMBUS, listing), 6),
            "closing": lambda: listing.expire_at and listing.expire_at.timestamp(),
        }[sort]()
        key = last if first is None else (False, first)
        return key, -listing.posted_at.timestamp(), -pk

    found = every_id(engine, criteria)
    assert found == sorted(found, key=place)


def _falling(amount):
    return None if amount is None else -float(amount)


# Counts


@given(criteria=questions())
@examples(max_examples=40)
def test_counts_are_those_of_the_evaluators(board, engine, criteria):
    """A facet's counts ignore its own selection and obey all others."""
    among = text_ids(engine, criteria)
    for name, counts in engine.answer(criteria).facets.items():
        own = "role" if name == "track" else name
        others = board.answering(criteria.without(own), among)
        if name == "experience":
            for months, count in counts.items():
                within = JobCriteria(experience=int(months))
                assert count == len(board.answering(within, others)), months
            continue
        expected = {}
        for pk in others:
            values = board.values(name, board.listings[pk])
            if not values and name != "track":
                values = {"not-stated"}
            for value in values:
                expected[value] = expected.get(value, 0) + 1
        if name == "employer":
            shown = {*counts} - {*criteria.employer}
            assert shown <= {*expected}
            expected = {value: expected.get(value, 0) for value in counts}
        assert dict(counts) == expected, name


@given(criteria=questions())
@examples(max_examples=60)
def test_without_is_what_dropping_the_filter_brings(board, engine, criteria):
    among = text_ids(engine, criteria)
    answer = engine.answer(criteria)
    if not answer.total:
        assert set(answer.without) == set(criteria.asked)
    for name, count in answer.without.items():
        kept = None if name == "q" else among
        assert count == len(board.answering(criteria.without(name), kept)), name


@given(criteria=questions())
@examples(max_examples=60)
def test_unstated_is_what_letting_silence_in_brings(board, engine, criteria):
    among = text_ids(engine, criteria)
    answer = engine.answer(criteria)
    for name in criteria.asked:
        if name in ("q", "near", "posted", "employer"):
            assert name not in answer.unstated
            continue
        more = len(board.answering(criteria.with_unstated(name), among)) - answer.total
        assert answer.unstated.get(name, 0) == more, name


def test_what_a_listing_does_not_state_is_never_a_match(board, engine):
    silent = [pk for pk in board.open() if not board.listings[pk].hires_from]
    assert silent
    assert not set(every_id(engine, JobCriteria(state="OH"))) & set(silent)
    let_in = JobCriteria(state="OH", unstated=frozenset({"state"}))
    assert set(silent) <= set(every_id(engine, let_in))


def test_a_chosen_employer_keeps_its_count_however_few_listings_it_has(board, engine):
    """The list of employers is cut short; what is chosen stands in it all the same."""
    listed = engine.answer(EVERYTHING).facets["employer"]
    open_employers = {
        board.employers[board.listings[pk].employer_id] for pk in board.open()
    }
    cut = sorted(open_employers - set(listed))
    assert cut, "the board has more employers than the facet shows"
    for slug in cut[:3]:
        answer = engine.answer(JobCriteria(employer=(slug,)))
        assert answer.facets["employer"].get(slug) == answer.total


# Bounds


@pytest.mark.parametrize(
    ("page", "bounds"),
    [
        (1, (0, 20)),
        (2, (20, 40)),
        (500, (9980, 10_000)),
        (501, (10_000, 10_000)),
        (10**6, (10_000, 10_000)),
    ],
)
def test_pages_end_at_ten_thousand(page, bounds):
    assert page_bounds(page) == bounds


@pytest.mark.parametrize(
    "text",
    [
        "the",
        "-",
        "'",
        '"',
        '""',
        "a b",
        "%_",
        "\\",
        ":*",
        "!",
        "& |",
        "<->",
        "(",
        "-the",
    ],
)
def test_words_without_meaning_are_no_error(board, engine, text):
    assert engine.answer(JobCriteria(q=text)).total >= 0


def test_pay_is_compared_with_the_top_of_the_range_to_the_cent(board, engine):
    tops = sorted(
        top
        for pk in board.open()
        if (top := board.maximum(board.listings[pk], "hour")) is not None
    )
    top = tops[len(tops) // 2]
    at, over = (
        engine.answer(JobCriteria(pay=pay, per="hour")).total
        for pay in (top, top + Decimal("0.01"))
    )
    assert at == sum(t >= top for t in tops)
    assert over == sum(t > top for t in tops)
