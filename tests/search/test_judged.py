"""The judged queries are sound; how well they are answered is for the bench."""

import re
from collections import Counter

import pytest

from .judged.corpus import SAMPLE_LISTINGS
from .judged.judgements import digests, judged, rows

KEY = re.compile(r"f\d{8}|p0(0[1-9]|[1-6]\d|70)|s(0|[1-9]\d{0,2})")


@pytest.fixture(scope="module")
def queries():
    return judged()


def test_queries_are_many_and_each_stands_once(queries):
    assert len(queries) >= 60
    assert [query.number for query in queries] == list(range(1, len(queries) + 1))
    asked = Counter(query.query.lower() for query in queries)
    assert max(asked.values()) == 1
    assert all(query.wants.endswith(".") for query in queries)


def test_every_judgement_is_of_a_query_and_a_listing(queries):
    known = digests()
    numbers = {str(query.number) for query in queries}
    for row in rows("judgements.csv"):
        assert row["query"] in numbers
        assert row["grade"] in {"0", "1", "2", "3"}
        assert set(row["listings"].split()) <= known.keys(), row["query"]


def test_no_listing_has_two_grades_for_a_query(queries):
    graded = Counter(
        (row["query"], key)
        for row in rows("judgements.csv")
        for key in row["listings"].split()
    )
    assert set(graded.values()) == {1}


def test_every_listing_has_a_key_and_a_digest():
    known = digests()
    assert all(KEY.fullmatch(key) for key in known)
    assert all(re.fullmatch(r"[0-9a-f]{8}", digest) for digest in known.values())
    kinds = Counter(key[0] for key in known)
    assert kinds == {"f": 452, "p": 70, "s": SAMPLE_LISTINGS}


def test_few_queries_have_no_answer_and_all_grades_are_used(queries):
    without = [query.query for query in queries if not query.has_answer]
    assert 0 < len(without) < len(queries) / 10
    assert {g for query in queries for g in query.grades.values()} == {0, 1, 2, 3}
