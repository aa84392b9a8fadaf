"""Put a question to the engine in force; every reader of search goes through here."""

import os
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from careers.jobs import vocabulary
from careers.jobs.criteria import Notice, Question

from . import cluster, index, page_words, synonyms
from .engines import DEEPEST, PAGE_SIZE, Answer, Engine, PagesFound
from .engines.elasticsearch import ElasticsearchEngine
from .engines.guarded import Breaker, GuardedEngine
from .engines.postgres import PostgresEngine

ALONE = PostgresEngine()


@dataclass(frozen=True)
class Asked:
    """The question as it was answered: spelling mended, page within bounds.

    ``typed`` is the text as typed, where another spelling was searched instead.
    """

    question: Question
    answer: Answer
    typed: str = ""


def engine() -> Engine:
    """PostgreSQL's; with a cluster in the settings, the cluster's with that behind."""
    return guard() or ALONE


def guard() -> GuardedEngine | None:
    """The cluster's engine and its breaker, of this process and these settings."""
    if not cluster.is_configured():
        return None
    return _guard(cluster.access(), index.alias(), os.getpid())


@lru_cache(maxsize=8)
def _guard(access: cluster.Access, alias: str, pid: int) -> GuardedEngine:
    first = ElasticsearchEngine(cluster.client(), alias)
    breaker = Breaker(where=" or ".join(map(str, access.nodes)))
    return GuardedEngine(first, ALONE, breaker, patience=2 * access.timeout)


def ask(question: Question) -> Asked:
    answering = engine()
    answer = answering.answer(question.criteria, question.page)
    if not answer.total and answer.spelling:
        mended = replace(question.criteria, q=answer.spelling)
        better = answering.answer(mended, question.page)
        if better.total:
            typed = question.criteria.q
            return _within_bounds(replace(question, criteria=mended), better, typed)
    return _within_bounds(question, answer)


def page_question(text: str) -> page_words.PageQuestion:
    """What was typed, with the synonyms and the credentials of the moment."""
    credentials = vocabulary.current().credentials
    names = [(slug, (w.full_name, *w.aliases)) for slug, w in credentials.items()]
    return page_words.question(text, page_words.with_names(synonyms.equals(), names))


def pages(asked: page_words.PageQuestion) -> PagesFound:
    """Ids of pages that answer; whoever shows them asks whether they are live."""
    return engine().pages(asked) or PagesFound()


def _within_bounds(question: Question, answer: Answer, typed: str = "") -> Asked:
    pages = max(1, ceil(min(answer.total, DEEPEST) / PAGE_SIZE))
    if question.page <= pages:
        return Asked(question, answer, typed)
    message = f"There is no page {question.page}. This is the last one, {pages}."
    notice = Notice("page", str(question.page), message)
    last = replace(question, page=pages, notices=(*question.notices, notice))
    return Asked(last, engine().answer(last.criteria, pages), typed)
