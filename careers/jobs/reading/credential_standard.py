"""What the qualification standard of the Veterans Health Administration asks for.

Announcements take it apart: its options stand as lines of their own or as the answers
of a questionnaire, a note makes one of them binding for the grade, or a question asks
for it alone ("Do you possess a mastery level certification?"). Whoever cannot say yes
is out, so the question states the requirement as well as the clause does.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .credential_names import CLASSES, Mention
from .text import Kind, Text

#: The options of a coder and those of an administrator, in the standard's own order.
FAMILIES = (("apprentice", "mastery", "cdi"), ("coding", "him", "data"))

#: What may stand before an option: "(1)", "B.", "A. I have earned an".
_OPENS_OPTION = re.compile(
    r"(?:^|\n|[(\s.;][a-d1-4][.)])\s*"
    r"(?:i (?:have|possess|hold) )?(?:earned |obtained )?(?:an? )?$"
)
#: The clause that announces all three; a text may end before it names them.
_ALL_THREE = re.compile(
    r"\bmust (?:have|possess|meet|be)\b[^.;\n]{0,60}\(1\),? ?\(2\),? ?or ?\(3\)"
)
#: "Mastery level certification and two years of experience" is a way to experience.
_WITH_EXPERIENCE = re.compile(
    r"[^.;?\n]{0,60}\b(?:and|with|plus)\b[^.;?\n]{0,30}\byears?"
)
_ASKED = re.compile(
    r"\bdo you (?:\w+ )?(?:possess|have|hold)\b[^.;?\n]{0,90}$", re.ASCII
)
_OF_THIS_GRADE = re.compile(r"[^.\n]{0,70}\brequired (?:for|at) this (?:level|grade)\b")
#: The list goes on where the text ends: what was read is not all of it.
_CUT_OFF = re.compile(r"[^\n]{0,40}\bor\b\W*(?:\d\W+)?[^\n]{0,30}\Z")
#: After its name an option ends or says who issues it; a definition goes on.
_NAMED_ALONE = re.compile(r" (?:through|from|obtained)\b|[.;,:]?\s*(?:\n|\Z|\bor\b)")
_NEAR = 48


@dataclass(frozen=True, slots=True)
class Demand:
    """Credentials any one of which the standard takes; ``start`` to ``end`` say so.

    ``is_option`` where it was read from a list of options, the widest form.
    """

    slugs: tuple[str, ...]
    start: int
    end: int
    is_option: bool = False


def demands(text: Text, classes: Sequence[Mention]) -> Iterator[Demand]:
    """The demands that quote the standard, besides plain sentences ("must have")."""
    named = [m for m in classes if not _WITH_EXPERIENCE.match(text.folded, m.end)]
    for family in FAMILIES:
        yield from _of_options(text, [m for m in named if m.class_name in family])
    yield from _of_questions(text, named)
    for mention in named:
        if mention.class_name != "cdi" and _OF_THIS_GRADE.match(
            text.folded, mention.end
        ):
            yield Demand(mention.slugs, mention.start, mention.end)


def _of_options(text: Text, named: Sequence[Mention]) -> Iterator[Demand]:
    """Two options make a list; one line alone may be anything."""
    options = [mention for mention in named if _is_option(text, mention)]
    if not options:
        return
    is_whole = options[0].class_name == "apprentice" and _ALL_THREE.search(
        text.folded, max(options[0].start - 400, 0), options[0].start
    )
    if is_whole:
        slugs = tuple(slug for name in FAMILIES[0] for slug in CLASSES[name])
    elif _is_list(text, options):
        slugs = tuple(dict.fromkeys(slug for m in options for slug in m.slugs))
    else:
        return
    yield Demand(slugs, options[0].start, options[-1].end, is_option=True)


def _is_list(text: Text, options: Sequence[Mention]) -> bool:
    is_cut_off = _CUT_OFF.match(text.folded, options[-1].end) is not None
    return len({option.class_name for option in options}) > 1 and not is_cut_off


def _is_option(text: Text, mention: Mention) -> bool:
    before = text.folded[max(mention.start - _NEAR, 0) : mention.start]
    if text.line_at(mention.start).kind == Kind.PREFERRED:
        return False
    if not _NAMED_ALONE.match(text.folded, mention.end):
        return False
    return _OPENS_OPTION.search(before) is not None


def _of_questions(text: Text, named: Sequence[Mention]) -> Iterator[Demand]:
    done = -1
    for mention in named:
        sentence = text.sentence_at(mention.start)
        if mention.start < done or sentence.line.is_answer:
            continue
        asked = _ASKED.search(text.folded, sentence.start, mention.start)
        if not asked or text.folded[sentence.end - 1] not in "?:":
            continue
        here = [m for m in named if mention.start <= m.start < sentence.end]
        done = sentence.end
        slugs = tuple(dict.fromkeys(slug for m in here for slug in m.slugs))
        yield Demand(slugs, asked.start(), here[-1].end)
