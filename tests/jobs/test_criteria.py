"""What a person asks: parsed without ever failing, printed in one way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs.criteria import (
    EVERYTHING,
    FURTHEST_MILES,
    LONGEST_TEXT,
    MAY_BE_UNSTATED,
    MOST_VALUES,
    NONE_HELD,
    PARAMETERS,
    SORTS,
    JobCriteria,
    Near,
    parse,
)
from careers.jobs.eligibility import STATE_NAMES
from careers.jobs.facets import BY_NAME, EMPLOYMENT_LABELS, NONE_ASKED, NOT_STATED
from careers.jobs.vocabulary_files import read_vocabulary

COLUMBUS = Near("Columbus, OH", 39.96, -83.0)
ZIP = Near("43215", 39.967, -83.004)
EMPLOYERS = ("lakearden", "mereford")
SILENT_OR_REMOTE = (NOT_STATED, "remote")


class FileTerms:
    """Looks up the words as shipped, two employers and two places: no database."""

    words = read_vocabulary()
    places = {"columbus, oh": COLUMBUS, "columbus": COLUMBUS, "43215": ZIP}

    def known(self, facet, values):
        slugs = {value: self.slug(facet, value) for value in values}
        return {value: slug for value, slug in slugs.items() if slug}

    def slug(self, facet, value):
        if facet.name == "credential":
            named = self.credential(value)
            return named or (value if value in facet.labels else None)
        if facet.labels is not None:
            return value.lower() if value.lower() in facet.labels else None
        if facet.vocabulary:
            known = getattr(self.words, facet.vocabulary)
            return value.lower() if value.lower() in known else None
        return value if value in EMPLOYERS else None

    def credential(self, value):
        slug = self.words.credential_by_folded.get(value.lower())
        return self.words.renamed_credentials.get(slug, slug)

    def near(self, text):
        return self.places.get(text.lower())

    def state(self, text):
        names = {name.lower(): code for code, name in STATE_NAMES.items()}
        code = text.upper()
        return code if code in STATE_NAMES else names.get(text.lower())


TERMS = FileTerms()


def asked(**query):
    """The question of a query given as name=value or name=[values]."""
    query = {k: v if isinstance(v, list) else [v] for k, v in query.items()}
    return parse(query, TERMS)


def again(criteria):
    """What the printed criteria parse to."""
    query = {}
    for name, value in criteria.pairs():
        query.setdefault(name, []).append(value)
    return parse(query, TERMS)


# Reading


@pytest.mark.parametrize(
    ("query", "criteria"),
    [
        ({}, EVERYTHING),
        ({"q": "  inpatient \n coder "}, JobCriteria(q="inpatient coder")),
        ({"q": ["old", "new"]}, JobCriteria(q="new")),
        ({"role": "Inpatient-Coder"}, JobCriteria(role=("inpatient-coder",))),
        (
            {"setting": ["payer", "hospital", "payer"]},
            JobCriteria(setting=("hospital", "payer")),
        ),
        ({"credential": "cpc-a"}, JobCriteria(credential=("CPC-A",))),
        ({"credential": "ctr"}, JobCriteria(credential=("ODS",))),
        ({"credential": NONE_ASKED}, JobCriteria(credential=(NONE_ASKED,))),
        ({"remote": ["REMOTE", NOT_STATED]}, JobCriteria(remote=SILENT_OR_REMOTE)),
        ({"pay": "60000"}, JobCriteria(pay=Decimal(60000))),
        ({"pay": "$60,000"}, JobCriteria(pay=Decimal(60000))),
        ({"pay": "60k"}, JobCriteria(pay=Decimal(60000))),
        ({"pay": "28.50"}, JobCriteria(pay=Decimal("28.5"), per="hour")),
        ({"pay": "28", "per": "year"}, JobCriteria(pay=Decimal(28))),
        ({"per": "hour"}, JobCriteria(per="hour")),
        ({"experience": "0"}, JobCriteria(experience=0)),
        ({"apprentice": "on"}, JobCriteria(apprentice=True)),
        ({"apprentice": "0"}, EVERYTHING),
        ({"state": "ohio"}, JobCriteria(state="OH")),
        ({"near": "columbus"}, JobCriteria(near=COLUMBUS)),
        ({"near": "43215", "within": "50"}, JobCriteria(near=ZIP, within=50)),
        ({"within": "50"}, EVERYTHING),
        ({"near": "Ohio"}, JobCriteria(state="OH")),
        ({"near": "Ohio", "state": "TX"}, JobCriteria(state="TX")),
        ({"posted": "7"}, JobCriteria(posted=7)),
        (
            {"holds": ["cpc-a", "CRC"], "fit": "Short"},
            JobCriteria(holds=("CPC-A", "CRC"), fit="short"),
        ),
        (
            {"holds": "CPC", "fit": "short", "adding": "ctr"},
            JobCriteria(holds=("CPC",), fit="short", adding="ODS"),
        ),
        ({"holds": "None"}, JobCriteria(holds=(NONE_HELD,))),
        ({"holds": ["none", "cpc"]}, JobCriteria(holds=("CPC",))),
        (
            {"holds": "none", "fit": "short", "adding": "CPC"},
            JobCriteria(holds=(NONE_HELD,), fit="short", adding="CPC"),
        ),
        ({"adding": ""}, EVERYTHING),
        ({"sort": "pay"}, JobCriteria(sort="pay")),
        (
            {"near": "43215", "sort": "nearest"},
            JobCriteria(near=ZIP, sort="nearest"),
        ),
        ({"utm_source": "mail", "gclid": "x", "page": "1"}, EVERYTHING),
        (
            {"q": "", "state": "", "pay": "", "posted": "", "fit": "", "sort": ""},
            EVERYTHING,
        ),
    ],
)  # fmt: skip
def test_a_question_is_read_without_a_notice(query, criteria):
    question = asked(**query)
    assert question.criteria == criteria
    assert question.notices == ()


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ({"role": "wizard"}, "role", "We do not know the role “wizard”."),
        ({"employer": "nobody"}, "employer", "We do not know the employer “nobody”."),
        ({"holds": "CPX"}, "holds", "We do not know the credential “CPX”."),
        ({"pay": "a lot"}, "pay", "give dollars, such as 60000"),
        ({"pay": "-5"}, "pay", "give dollars"),
        ({"pay": "0"}, "pay", "give dollars"),
        ({"pay": "1e9"}, "pay", "give dollars"),
        ({"pay": "99999999"}, "pay", "give dollars"),
        ({"per": "week"}, "per", "per year or per hour"),
        ({"experience": "two"}, "experience", "give months, such as 24"),
        ({"experience": "-1"}, "experience", "give months"),
        ({"experience": "601"}, "experience", "give months"),
        ({"experience": "٣"}, "experience", "give months"),
        ({"apprentice": "maybe"}, "apprentice", "on with 1"),
        ({"state": "Ontario"}, "state", "We do not know the state “Ontario”."),
        ({"near": "Atlantis"}, "near", "Give a city with its state, or a ZIP code."),
        ({"near": "43215", "within": "0"}, "within", f"1 to {FURTHEST_MILES}"),
        ({"within": "far"}, "within", "is not a distance"),
        ({"posted": "0"}, "posted", "give days, such as 7"),
        ({"fit": "now"}, "fit", "Say what you hold first"),
        ({"holds": "CPC", "fit": "maybe"}, "fit", "now, apprentice and short"),
        ({"holds": "CPC", "adding": "CCS"}, "adding", "it needs what you hold"),
        ({"adding": "CCS"}, "adding", "it needs what you hold, and fit=short"),
        (
            {"holds": "CPC", "fit": "now", "adding": "CCS"},
            "adding",
            "it needs what you hold, and fit=short",
        ),
        (
            {"holds": "CPC", "fit": "short", "adding": "cpc"},
            "adding",
            "You hold CPC already",
        ),
        (
            {"holds": "CPC", "fit": "short", "adding": "CPX"},
            "adding",
            "We do not know the credential “CPX”.",
        ),
        ({"sort": "random"}, "sort", "Sort by one of"),
        ({"sort": "nearest"}, "sort", "Nearest needs a place"),
        ({"page": "0"}, "page", "a page from 1 to 500"),
        ({"page": "501"}, "page", "a page from 1 to 500"),
        ({"colour": "red"}, "colour", "We do not know “colour”."),
        ({"q": "x" * 201}, "q", "Only the first 200 letters were used."),
        ({"unstated": "pay"}, "unstated", "We do not know “unstated”."),
    ],
)
def test_what_is_broken_is_left_out_with_one_notice(query, parameter, message):
    (notice,) = asked(**query).notices
    assert notice.parameter == parameter
    assert message in notice.message
    assert len(notice.value) <= LONGEST_TEXT


def test_what_is_broken_leaves_the_rest_standing():
    question = asked(role=["inpatient-coder", "wizard"], pay="lots", state="OH")
    assert question.criteria == JobCriteria(role=("inpatient-coder",), state="OH")
    assert [notice.parameter for notice in question.notices] == ["role", "pay"]


def test_a_thousand_values_are_too_many_and_the_page_says_so():
    question = asked(role=["inpatient-coder"] * 1000)
    assert question.criteria.role == ("inpatient-coder",)
    assert (
        question.notices[0].message == f"Only the first {MOST_VALUES} values were used."
    )


@pytest.mark.parametrize(
    ("query", "unstated"),
    [
        ({"pay": ["60000", NOT_STATED]}, {"pay"}),
        ({"experience": ["0", NOT_STATED]}, {"experience"}),
        ({"experience": ["24", NOT_STATED]}, {"experience"}),
        ({"apprentice": ["1", NOT_STATED]}, {"apprentice"}),
        ({"state": ["OH", NOT_STATED]}, {"state"}),
        ({"untested": ["1", NOT_STATED]}, {"untested"}),
        ({"holds": "CPC", "fit": ["now", NOT_STATED]}, {"fit"}),
    ],
)
def test_silence_can_be_let_in(query, unstated):
    question = asked(**query)
    assert question.criteria.unstated == unstated
    assert question.notices == ()
    assert again(question.criteria).criteria == question.criteria


@pytest.mark.parametrize("name", MAY_BE_UNSTATED)
def test_silence_alone_asks_nothing(name):
    question = asked(**{name: NOT_STATED})
    assert question.criteria == EVERYTHING
    assert question.notices == ()


# Printing


@pytest.mark.parametrize(
    ("criteria", "printed"),
    [
        (EVERYTHING, ""),
        (JobCriteria(q="a b"), "q=a+b"),
        (JobCriteria(pay=Decimal("60000.00")), "pay=60000&per=year"),
        (JobCriteria(pay=Decimal("28.50"), per="hour"), "pay=28.5&per=hour"),
        (JobCriteria(pay=Decimal(100)), "pay=100&per=year"),
        (JobCriteria(experience=0), "experience=0"),
        (JobCriteria(near=ZIP), "near=43215"),
        (JobCriteria(near=ZIP, within=50), "near=43215&within=50"),
        (
            JobCriteria(state="OH", unstated=frozenset({"state"})),
            "state=OH&state=not-stated",
        ),
        (
            JobCriteria(holds=("CPC-A", "CRC"), fit="short"),
            "holds=CPC-A&holds=CRC&fit=short",
        ),
        (
            JobCriteria(holds=("CPC",), fit="short", adding="CCS", sort="pay"),
            "holds=CPC&fit=short&adding=CCS&sort=pay",
        ),
        (JobCriteria(holds=(NONE_HELD,), fit="now"), "holds=none&fit=now"),
    ],
)
def test_canonical_query_string(criteria, printed):
    assert criteria.query_string() == printed


facet_values = {
    "role": ("inpatient-coder", "medical-biller", "coding-auditor"),
    "setting": ("hospital", "payer", "dental"),
    "remote": ("onsite", "hybrid", "remote"),
    "credential": ("CPC", "CPC-A", "ODS", NONE_ASKED),
    "specialty": ("cardiology", "anesthesia"),
    "software": ("epic", "meditech"),
    "codeset": ("cpt", "icd-10-cm"),
    "employment": tuple(EMPLOYMENT_LABELS),
    "employer": EMPLOYERS,
}


@st.composite
def questions(draw):
    """Any criteria that parsing can make."""
    parts = {
        name: draw(
            st.sets(st.sampled_from((*values, NOT_STATED)), max_size=3).map(
                lambda some: tuple(sorted(some))
            )
        )
        for name, values in facet_values.items()
    }
    near = draw(st.sampled_from((None, COLUMBUS, ZIP)))
    wallets = st.sets(st.sampled_from(("CPC", "CPC-A", "CRC")), max_size=2)
    holds = draw(st.one_of(wallets, st.just({NONE_HELD})))
    fit = draw(st.sampled_from(("", "now", "apprentice", "short"))) if holds else ""
    sorts = [sort for sort in ("", *SORTS) if near or sort != "nearest"]
    criteria = JobCriteria(
        **parts,
        q=" ".join(
            draw(st.text(max_size=60)).encode("utf-8", "ignore").decode().split()
        ),
        pay=draw(st.none() | st.decimals(Decimal("0.01"), 9_999_999, places=2)),
        per=draw(st.sampled_from(("year", "hour"))),
        experience=draw(st.none() | st.integers(0, 600)),
        apprentice=draw(st.booleans()),
        state=draw(st.sampled_from(("", "OH", "PR"))),
        near=near,
        within=draw(st.integers(1, FURTHEST_MILES)) if near else EVERYTHING.within,
        posted=draw(st.none() | st.integers(1, 3650)),
        untested=draw(st.booleans()),
        holds=tuple(sorted(holds)),
        fit=fit,
        adding=draw(st.sampled_from(("", "CCS", "ODS"))) if fit == "short" else "",
        sort=draw(st.sampled_from(sorts)),
    )
    for name in MAY_BE_UNSTATED:
        if criteria.asks(name) and draw(st.booleans()):
            criteria = criteria.with_unstated(name)
    return parse({"q": [criteria.q]}, TERMS).criteria.q, criteria


@given(questions())
@examples(max_examples=100)
def test_what_is_printed_parses_to_the_same_question(drawn):
    text, criteria = drawn
    question = again(criteria)
    assert question.criteria.q == text
    assert question.criteria.without("q") == criteria.without("q")
    assert question.notices == ()
    assert again(question.criteria).criteria.query_string() == (
        question.criteria.query_string()
    )


@given(questions(), st.randoms(use_true_random=False))
@examples(max_examples=60)
def test_the_canonical_string_does_not_depend_on_the_order_of_parameters(drawn, random):
    _, criteria = drawn
    pairs = again(criteria).criteria.pairs()
    shuffled = random.sample(pairs, len(pairs))
    query = {}
    for name, value in shuffled:
        query.setdefault(name, []).append(value)
    assert parse(query, TERMS).criteria.pairs() == pairs


junk = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=st.characters(codec=None), max_size=12),
    st.binary(max_size=20).map(lambda b: b.decode("utf-8", "surrogateescape")),
    st.sampled_from(
        (
            NOT_STATED,
            "\x00",
            "\N{RIGHT-TO-LEFT OVERRIDE}",
            "1" * 400,
            "9" * 9,
            "-1",
            "NaN",
            "Infinity",
            "1e5",
            "0",
            "%00",
            "'; DROP",
            "\ud800",
            "①",
            "1_000",
            "0x1F",
            ",",
            "$",
            "$,k",
            "k",
        )
    ),
)


@given(
    st.dictionaries(
        st.one_of(st.sampled_from((*PARAMETERS, "page", "unstated")), junk),
        st.lists(junk, max_size=4),
        max_size=8,
    )
)
@examples(max_examples=300)
def test_parsing_never_raises_and_what_it_makes_prints_and_parses_again(query):
    question = parse(query, TERMS)
    assert again(question.criteria).criteria == question.criteria
    question.criteria.query_string().encode("ascii")
    assert all(notice.message for notice in question.notices)


# Asking differently


@given(questions(), st.sampled_from(sorted({*PARAMETERS} - {"per", "within", "sort"})))
@examples(max_examples=100)
def test_dropping_a_filter_asks_it_no_more_and_everything_else_as_before(drawn, name):
    _, criteria = drawn
    dropped = criteria.without(name)
    assert not dropped.asks(name)
    assert name not in dropped.unstated
    also = {"holds": {"holds", "fit"}}.get(name, {name})
    assert set(dropped.asked) == set(criteria.asked) - also
    assert again(dropped).notices == ()


@pytest.mark.parametrize("name", ["holds", "fit"])
def test_what_would_do_goes_with_what_it_speaks_of(name):
    asking = JobCriteria(holds=("CPC",), fit="short", adding="CCS")
    assert asking.without(name).adding == ""
    assert asking.without("adding") == JobCriteria(holds=("CPC",), fit="short")


def test_a_wallet_that_is_said_to_be_empty_holds_nothing():
    assert JobCriteria(holds=(NONE_HELD,)).wallet == ()
    assert JobCriteria(holds=("CPC",)).wallet == ("CPC",)


@given(questions(), st.sampled_from(sorted(facet_values)))
@examples(max_examples=60)
def test_toggling_twice_asks_the_same(drawn, name):
    _, criteria = drawn
    for value in facet_values[name]:
        assert criteria.toggling(name, value).toggling(name, value) == criteria
        assert criteria.choosing(name, value).values(name) == (value,)


@given(questions(), st.sampled_from(("year", "hour")))
@examples(max_examples=100)
def test_pay_shown_in_the_other_way_is_a_question_that_can_be_asked(drawn, per):
    _, criteria = drawn
    assert again(criteria.paid_per(per)).notices == ()


@pytest.mark.parametrize("name", [*BY_NAME, *MAY_BE_UNSTATED])
def test_letting_silence_in_is_asked_with_the_word_not_stated(name):
    criteria = JobCriteria(
        **{facet: (values[0],) for facet, values in facet_values.items()},
        pay=Decimal(50000),
        experience=0,
        apprentice=True,
        state="OH",
        untested=True,
        holds=("CPC",),
        fit="now",
    )
    let_in = criteria.with_unstated(name)
    assert (name, NOT_STATED) in let_in.pairs()
    assert again(let_in).criteria == let_in


@pytest.mark.parametrize(
    ("criteria", "order"),
    [
        (JobCriteria(), "newest"),
        (JobCriteria(q="coder"), "match"),
        (JobCriteria(q="coder", sort="pay"), "pay"),
        (JobCriteria(near=ZIP), "newest"),
    ],
)
def test_the_order_suits_the_question_where_none_is_chosen(criteria, order):
    assert criteria.order == order
