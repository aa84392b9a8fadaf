"""Words that mean the same, from the rows that editors keep."""

import time
from collections import defaultdict
from collections.abc import Iterable

from .models import Synonym
from .text import Equals, folded

#: Seconds after which another process's change is seen.
RECHECK_SECONDS = 20.0


class _Memory:
    equals: Equals | None = None
    read_at = 0.0


def equals() -> Equals:
    """Folded phrase to the phrases that mean the same, from memory."""
    now = time.monotonic()
    if _Memory.equals is None or now - _Memory.read_at > RECHECK_SECONDS:
        _Memory.equals = _table(Synonym.objects.values_list("terms", "kind"))
        _Memory.read_at = now
    return _Memory.equals


def forget() -> None:
    """Read anew at the next question."""
    _Memory.equals = None


def _table(rows: Iterable[tuple[list[str], str]]) -> Equals:
    table: dict[str, list[str]] = defaultdict(list)
    for terms, kind in rows:
        heads = terms[:1] if kind == Synonym.Kind.ONE_WAY else terms
        for head in heads:
            others = [term for term in terms if term != head]
            table[folded(head)] += [t for t in others if t not in table[folded(head)]]
    return dict(table)
