"""Put a question to the engine in force; every reader of search goes through here."""

from dataclasses import dataclass, replace
from math import ceil

from careers.jobs.criteria import Notice, Question

from .engines import DEEPEST, PAGE_SIZE, Answer
from .engines.postgres import PostgresEngine

ENGINE = PostgresEngine()


@dataclass(frozen=True)
class Asked:
    """The question as it was answered: spelling mended, page within bounds.

    ``typed`` is the text as typed, where another spelling was searched instead.
    """

    question: Question
    answer: Answer
    typed: str = ""


def ask(question: Question) -> Asked:
    answer = ENGINE.answer(question.criteria, question.page)
    if not answer.total and answer.spelling:
        mended = replace(question.criteria, q=answer.spelling)
        better = ENGINE.answer(mended, question.page)
        if better.total:
            typed = question.criteria.q
            return _within_bounds(replace(question, criteria=mended), better, typed)
    return _within_bounds(question, answer)


def _within_bounds(question: Question, answer: Answer, typed: str = "") -> Asked:
    pages = max(1, ceil(min(answer.total, DEEPEST) / PAGE_SIZE))
    if question.page <= pages:
        return Asked(question, answer, typed)
    message = f"There is no page {question.page}. This is the last one, {pages}."
    notice = Notice("page", str(question.page), message)
    last = replace(question, page=pages, notices=(*question.notices, notice))
    return Asked(last, ENGINE.answer(last.criteria, pages), typed)
