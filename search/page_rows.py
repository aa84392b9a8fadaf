"""Pages by their words, from PostgreSQL."""

from django.db import connection

from . import spelling
from .engines import MOST_PAGES, PagesFound
from .models import PageWords
from .page_words import PageQuestion, spoken
from .text import CONFIG, Unit

#: What words count in a text (D) and in a title (A).
WEIGHTS = "'{0.04, 0.1, 0.4, 1.0}'"


def find(asked: PageQuestion) -> PagesFound:
    """Ids of pages that answer, best first, whether they are live or not."""
    if not asked.wanted:
        return PagesFound()
    wanted = [_tsquery(unit) for unit in asked.wanted]
    unwanted = [_tsquery(unit) for unit in asked.unwanted]
    any_of = " || ".join(sql for sql, _ in wanted)
    answered = " + ".join(f"(vector @@ {sql})::int" for sql, _ in wanted)
    spared = "".join(f" AND NOT vector @@ {sql}" for sql, _ in unwanted)
    params = [phrase for _, phrases in wanted for phrase in phrases]
    excluded = [phrase for _, phrases in unwanted for phrase in phrases]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT page_id FROM {PageWords._meta.db_table} "
            f"WHERE vector @@ ({any_of}) AND {answered} >= %s{spared} "
            f"ORDER BY ts_rank({WEIGHTS}, vector, {any_of}) DESC, page_id LIMIT %s",
            [*params, *params, asked.needed, *excluded, *params, MOST_PAGES],
        )
        ids = tuple(row[0] for row in cursor.fetchall())
    return PagesFound(ids, "" if ids else spelling.corrected(asked.text))


def _tsquery(unit: Unit) -> tuple[str, list[str]]:
    """SQL of what answers a unit, and its parameters."""
    each = [f"phraseto_tsquery('{CONFIG}', %s)"] * len(unit.phrases)
    return f"({' || '.join(each)})", [spoken(phrase) for phrase in unit.phrases]
