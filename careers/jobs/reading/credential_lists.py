"""Credentials that stand together: "CPC, CCS or RHIT", and the groups they make."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from .credential_cues import Strength
from .credential_names import Mention

#: Words that may stand within a list: "CPC from AAPC, or RHIT certification".
JOINS = re.compile(
    r"(?:[\s,/;:()&+|®™*'\"\[\].-]|\b(?:and|or|plus|as|well|either|also|both|an?|the|in"
    r"|of|from|by|through|thru|via|with|other|another|current|currently|active|valid"
    r"|one|two|1|2|3|4|5|6|7|8|9|[b-h](?=[).])|certifications?|certificates?"
    r"|certified|certificated"
    r"|credentials?|credentialed|registered|licensed?|licensure|registration|exam"
    r"|designation|status|aapc(?:'s)?|ahima(?:'s)?|acdis|nha|hfma|ncra|aaham|american"
    r"|academy|professional|coders?|coding|health|information|management|association"
    r"|medical|billing|national(?:ly)?|recognized|approved|such|e\.?g|i\.?e|including"
    r"|includes?|like|following|combination|obtained|hold|at|least|any|level|similar"
    r"|inpatient|outpatient|advanced|specialty|auditor|auditing|risk|adjustment"
    r"|cdi)\b)*"
)
_ANY_OF = re.compile(
    r"\b(?:one|any|either|1)\b(?:\s*\(\d\))?(?:\s+or\s+more|\s+one)?"
    r"|\bfollowing\b|\bsuch\s+as\b|\be\.g\b|\bi\.e\b|\bfor\s+example\b|\binclud"
    r"|\baccept|\blike\b|\bbelow\b|\bapproved\b|\brecogni[sz]ed\b|\bqualifying\b"
)
_ALL_OF = re.compile(r"\bboth\b|\ball\s+of\b|\ball\s+the\b")
_OPENED = re.compile(
    r"(?:certif\w*|credential\w*|licens\w*|registration)(?:\(s\))?\s*\W*\($"
)
_AND = re.compile(r"\band\b(?!/)|&|\+|\bplus\b|\bas well as\b|^\W*with\b(?!.*\bor\b)")
_OR = re.compile(r"\bor\b|and/or|/|\|")
_BODY = re.compile(r"\baapc|\bahima|\bacdis|\bncra|\bhfma")
#: Nobody is asked for both of these: the one stands above the other or beside it.
_INSTEAD = (
    frozenset({"RHIT", "RHIA"}),
    frozenset({"CCS", "CCS-P"}),
    frozenset({"CDIP", "CCDS"}),
)
#: Several of these in one list of "and" are choices: each certifies a coder.
_ANY_CODER = frozenset({"CPC", "CCS", "CCS-P", "RHIT", "RHIA", "CCA", "COC", "CIC"})


@dataclass(slots=True)
class Listed:
    """Credentials that stand together, their joints, and what is said of them."""

    mentions: list[Mention]
    joints: list[str] = field(default_factory=list)
    strength: Strength | None = None
    months: int | None = None
    from_before: bool = False
    any_of: bool = False
    #: How many of them are asked for, where it is more than one of a longer list.
    least: int = 1
    required_before: bool = False
    is_weak: bool = False
    is_alternative: bool = False
    #: "Will accept CCA": asked for, unless another is rather wished for.
    is_accepted: bool = False
    is_from_heading: bool = False
    is_of_others: bool = False

    @property
    def start(self) -> int:
        return self.mentions[0].start

    @property
    def end(self) -> int:
        return self.mentions[-1].end

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(s for m in self.mentions for s in m.slugs))


def lists_in(folded: str, mentions: Sequence[Mention]) -> list[Listed]:
    found: list[Listed] = []
    for mention in mentions:
        last = found[-1] if found else None
        joint = folded[last.end : mention.start] if last else ""
        if last and JOINS.fullmatch(joint) and not _CUE_WORD.search(joint):
            if mention.slugs == last.mentions[-1].slugs:
                last.mentions[-1] = replace(last.mentions[-1], end=mention.end)
                continue
            last.mentions.append(mention)
            last.joints.append(joint)
        else:
            found.append(Listed([mention]))
    return found


_CUE_WORD = re.compile(r"\baccept")


def _is_any_of(folded: str, start: int, listed: Listed) -> bool:
    before = folded[max(start, listed.start - 90) : listed.start]
    if _ALL_OF.search(before[-30:]):
        return False
    return bool(
        listed.any_of
        or _ANY_OF.search(before)
        or _OPENED.search(before)
        or any(_ANY_OF.search(joint) for joint in listed.joints[:1])
    )


_LEAST = {"two": 2, "2": 2, "three": 3, "3": 3}
_SEVERAL_OF = (
    r"(?<!one or )(?<!1 or )(?<!-)\b(?P<least>two|three|2|3)(?:\s*\(\d\))?"
    r"(?:\s+or\s+more)?"
    r"(?:\s+(?:\w+\s+)?(?:certif\w+|credentials?))?\s+(?:of|from)\b"
)
_SEVERAL_BEFORE = re.compile(_SEVERAL_OF + r"[^.;\n\d]{0,60}$")
_SEVERAL_AFTER = re.compile(
    r"\W{1,3}(?:any\s+|at\s+least\s+|minimum\s+(?:of\s+)?)?(?P<least>two|three|2|3)"
    r"(?:\s+of\s+(?:these|the\s+above|them))?"
    r"(?:\s+(?:are\s+|is\s+)?(?:required|needed)\b|\))"
)


def least_of(folded: str, start: int, end: int) -> int:
    """How many "two of the following" asks for; 1 where nothing of it is said."""
    said = _SEVERAL_BEFORE.search(folded, start, end)
    return _LEAST[said["least"]] if said else 1


def _least(folded: str, start: int, listed: Listed) -> int:
    before = least_of(folded, max(start, listed.start - 90), listed.start)
    said = _SEVERAL_AFTER.match(folded, listed.end)
    return max(listed.least, before, _LEAST[said["least"]] if said else 1)


def _several_of(slugs: tuple[str, ...], least: int) -> list[tuple[str, ...]]:
    """Two of three, in groups that must all be met: whoever lacks a group holds only
    one. More groups than a rule can hold make it no rule at all."""
    return list(combinations(slugs, len(slugs) - least + 1))


def _beside_several(
    folded: str, start: int, head: Listed, tail: Listed, joint: str
) -> list[tuple[str, ...]]:
    """ "CPC and two of CRC, CPMA, CIC"; with "or" the CPC would meet every group."""
    several = _several_of(tail.slugs, tail.least)
    if _OR.search(joint):
        return [tuple(dict.fromkeys((*head.slugs, *group))) for group in several]
    return [*groups_of(folded, start, head), *several]


_DUAL = re.compile(r"\bdual(?:ly)?[- ](?:certif|credential)|\bboth\b")


def groups_of(folded: str, start: int, listed: Listed) -> list[tuple[str, ...]]:
    """Any-of groups of a required list: "RHIA, RHIT or CCS and CRC" has two."""
    slugs = listed.slugs
    for index, joint in enumerate(listed.joints):
        several = _SEVERAL_BEFORE.search(joint)
        if several:
            head = Listed(listed.mentions[: index + 1], listed.joints[:index])
            tail = Listed(listed.mentions[index + 1 :], least=_LEAST[several["least"]])
            return _beside_several(folded, start, head, tail, joint)
    least = _least(folded, start, listed)
    if 1 < least <= len(slugs):
        return _several_of(slugs, least)
    if len(slugs) == 2 and _DUAL.search(
        folded, max(start, listed.start - 60), listed.end + 60
    ):
        return [(slug,) for slug in slugs]
    for index, joint in enumerate(listed.joints):
        if _AND.search(joint) and _ANY_OF.search(joint):
            # "CPC and one of the following: CRC, CPMA"
            head = Listed(listed.mentions[: index + 1], listed.joints[:index])
            tail = Listed(listed.mentions[index + 1 :])
            return [*groups_of(folded, start, head), tail.slugs]
    if _is_any_of(folded, start, listed):
        return [slugs]
    kinds = [joint_kind(joint) for joint in listed.joints]
    if "and" not in kinds:
        return [slugs]
    is_plain_and = "or" not in kinds
    if is_plain_and and len(slugs) > 2 and len(_ANY_CODER.intersection(slugs)) > 1:
        return [slugs]
    found: list[list[str]] = [[*listed.mentions[0].slugs]]
    for mention, kind in zip(listed.mentions[1:], kinds, strict=True):
        both = {found[-1][-1], mention.slugs[0]}
        is_choice = any(both <= pair for pair in _INSTEAD)
        splits = kind == "and" or (is_plain_and and kind == "comma")
        if splits and not is_choice:
            found.append([])
        found[-1].extend(mention.slugs)
    return [tuple(dict.fromkeys(group)) for group in found]


def joint_kind(joint: str) -> str:
    if "and/or" in joint:
        return "or"
    if _AND.search(joint):
        # "(CPC, COC) from AAPC and (CCS, CCA) from AHIMA" offers both bodies' lists.
        return "or" if ")" in joint and _BODY.search(joint) else "and"
    return "or" if _OR.search(joint) else "comma"
