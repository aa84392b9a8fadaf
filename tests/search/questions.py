"""Random questions, as people might put them."""

from decimal import Decimal

from hypothesis import strategies as st

from careers.jobs.criteria import (
    MAY_BE_UNSTATED,
    NONE_HELD,
    SORTS,
    JobCriteria,
    Near,
)
from careers.jobs.facets import NONE_ASKED, NOT_STATED

from . import board

COLUMBUS = Near("Columbus, OH", 40.0007, -82.9876)
AUSTIN = Near("Austin, TX", 30.2672, -97.7431)
EMPLOYERS = tuple(f"lakearden-{n}" for n in range(0, board.EMPLOYERS, 9))
FACET_VALUES = {
    "role": board.ROLES,
    "setting": board.SETTINGS,
    "remote": ("onsite", "hybrid", "remote"),
    "credential": (*board.CREDENTIALS, NONE_ASKED),
    "specialty": board.SPECIALTIES,
    "software": board.SOFTWARE,
    "codeset": board.CODESETS,
    "employment": board.EMPLOYMENT,
    "employer": EMPLOYERS,
}


def chosen(values, most=3):
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(
        lambda some: tuple(sorted(some))
    )


WALLETS = st.one_of(
    chosen(board.WALLET).filter(bool),
    st.just((NONE_HELD,)),
)


@st.composite
def wallet_questions(draw):
    """What a wallet is asked, as parsing makes it."""
    held = draw(WALLETS)
    fit = draw(st.sampled_from(("now", "apprentice", "short")))
    others = [slug for slug in board.WALLET if slug not in held]
    adding = draw(st.sampled_from(("", *others))) if fit == "short" else ""
    return {"holds": held, "fit": fit, "adding": adding}


@st.composite
def questions(draw, *, texts=board.TEXTS, sorts=("", *SORTS)):
    """Criteria as parsing makes them: between no filter and five of them."""
    asked = {"q": draw(st.sampled_from(texts))}
    names = draw(
        st.lists(st.sampled_from([*FACET_VALUES, *FILTERS]), max_size=5, unique=True)
    )
    for name in names:
        if name in FACET_VALUES:
            values = FACET_VALUES[name]
            if name != "employer":
                values = (*values, NOT_STATED)
            asked[name] = draw(chosen(values))
        else:
            asked |= draw(FILTERS[name])
    unstated = [name for name in MAY_BE_UNSTATED if name in names]
    if unstated:
        asked["unstated"] = frozenset(draw(st.sets(st.sampled_from(unstated))))
    sort = draw(st.sampled_from(sorts))
    needs = {"nearest": asked.get("near"), "match": asked["q"]}
    asked["sort"] = sort if needs.get(sort, True) else ""
    return JobCriteria(**asked)


def _of(**parts):
    return st.fixed_dictionaries(parts)


FILTERS = {
    "pay": st.one_of(
        _of(
            pay=st.decimals(1, 70, places=2).filter(lambda pay: pay > 0),
            per=st.just("hour"),
        ),
        _of(pay=st.integers(1000, 140_000).map(Decimal), per=st.just("year")),
    ),
    "experience": _of(experience=st.sampled_from((0, 6, 12, 24, 36, 60, 600))),
    "apprentice": _of(apprentice=st.just(True)),
    "state": _of(state=st.sampled_from(("OH", "TX", "NY", "WY", "PR"))),
    "near": _of(
        near=st.sampled_from((COLUMBUS, AUSTIN)),
        within=st.sampled_from((5, 25, 100, 200, 500)),
    ),
    "posted": _of(posted=st.sampled_from((1, 7, 30, 365))),
    "untested": _of(untested=st.just(True)),
    "fit": wallet_questions(),
}
