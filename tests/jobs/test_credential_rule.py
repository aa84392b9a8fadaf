"""What a wallet is worth to a rule: the truth that both search engines obey."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from careers.jobs.credential_rule import (
    CredentialRule,
    Evaluator,
    Fit,
    Group,
    RuleError,
)

FORMS = {"CPC": "CPC-A", "COC": "COC-A"}
NAMES = ("CPC", "CPC-A", "COC", "COC-A", "CCS", "RHIT", "CRC")
judge = Evaluator(FORMS).judge


def rule(*groups, preferred=()):
    return CredentialRule(tuple(groups), tuple(preferred))


def any_of(*names, apprentice=False, within=None):
    return Group(names, apprentice, within)


NOW = {Fit.NOW}
APPRENTICE = {Fit.NOW, Fit.APPRENTICE}
SHORT = {Fit.SHORT}
NOT = set()


@pytest.mark.parametrize(
    ("asked", "wallet", "fits"),
    [
        (None, ["CPC", "CCS", "RHIT"], NOT),
        (rule(), [], NOW),
        (rule(), ["CPC"], NOW),
        (rule(preferred=["CRC"]), [], NOW),
        (rule(any_of("CPC", "CCS")), ["CCS"], NOW),
        (rule(any_of("CPC", "CCS")), ["CPC-A"], SHORT),
        (rule(any_of("CPC", "CCS")), [], SHORT),
        (rule(any_of("CPC", "CCS", apprentice=True)), ["CPC-A"], APPRENTICE),
        (rule(any_of("CPC", "CCS", apprentice=True)), ["CPC-A", "CCS"], NOW),
        (rule(any_of("CPC", "CCS", apprentice=True)), ["CPC-A", "CPC"], NOW),
        (rule(any_of("CPC", "CCS", apprentice=True)), ["COC-A"], SHORT),
        (rule(any_of("CPC-A")), ["CPC-A"], APPRENTICE),
        (rule(any_of("CPC-A")), ["CPC"], NOW),
        (rule(any_of("CPC-A", "CCS")), ["COC-A"], SHORT),
        (rule(any_of("CPC"), any_of("CRC")), ["CPC"], SHORT),
        (rule(any_of("CPC"), any_of("CRC")), ["CPC", "CRC"], NOW),
        (rule(any_of("CPC"), any_of("CRC")), [], NOT),
        (rule(any_of("CPC", "CCS"), any_of("CCS", "RHIT")), [], SHORT),
        (rule(any_of("CPC"), any_of("CRC", within=12)), ["CPC"], NOW),
        (rule(any_of("CRC", within=6)), [], NOW),
        (rule(any_of("CPC"), any_of("COC", apprentice=True)), ["CPC", "COC-A"],
         APPRENTICE),
        (rule(any_of("CPC", apprentice=True), any_of("COC")), ["CPC-A"], SHORT),
    ],
)  # fmt: skip
def test_a_wallet_stands_to_a_rule(asked, wallet, fits):
    assert judge(asked, wallet).fits == fits


def test_one_more_names_every_credential_that_would_do():
    asked = rule(any_of("CPC", "CCS", apprentice=True), any_of("CCS", "CPC"))
    verdict = judge(asked, ["RHIT"])
    assert verdict.fits == SHORT
    assert verdict.one_more == ("CPC", "CCS")
    assert not verdict.qualifies


def test_held_names_what_met_the_groups_once_each():
    asked = rule(any_of("CPC", "CCS"), any_of("CPC", "RHIT"))
    assert judge(asked, ["CPC", "CRC"]).held == ("CPC",)


@pytest.mark.parametrize(
    ("group", "full", "accepted"),
    [
        (any_of("CPC"), ("CPC",), ("CPC",)),
        (any_of("CPC", apprentice=True), ("CPC",), ("CPC", "CPC-A")),
        (any_of("CCS", apprentice=True), ("CCS",), ("CCS",)),
        (any_of("CPC-A"), ("CPC",), ("CPC", "CPC-A")),
        (any_of("CPC", "CPC-A"), ("CPC",), ("CPC", "CPC-A")),
        (any_of("CPC-A", "COC"), ("CPC", "COC"), ("CPC", "COC", "CPC-A")),
    ],
)
def test_the_encoding_of_a_group(group, full, accepted):
    assert group.full(FORMS) == full
    assert group.accepted(FORMS) == accepted


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Group(()), "names no credential"),
        (lambda: Group(("CPC", "CPC")), "twice"),
        (lambda: Group(("CPC",), within_months=0), "1 to 60"),
        (lambda: Group(("CPC",), within_months=61), "1 to 60"),
        (lambda: CredentialRule((Group(("CPC",)),) * 5), "at most 4"),
        (lambda: CredentialRule.from_json([]), "not a credential rule"),
        (lambda: CredentialRule.from_json({"groups": [{}]}), "not a credential rule"),
        (lambda: CredentialRule.from_json({"groups": 7}), "not a credential rule"),
        (
            lambda: CredentialRule.from_json({"groups": [{"any_of": []}]}),
            "names no credential",
        ),
    ],
)
def test_a_rule_that_cannot_stand_says_what_to_mend(make, message):
    with pytest.raises(RuleError, match=message):
        make()


def test_asks_for_none_is_a_rule_and_not_stated_is_not():
    assert rule().asks_for_none
    assert judge(rule(), []).qualifies
    assert not judge(None, NAMES).qualifies


groups = st.builds(
    Group,
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True).map(tuple),
    st.booleans(),
    st.sampled_from((None, None, 6, 24)),
)
rules = st.builds(
    CredentialRule,
    st.lists(groups, max_size=4).map(tuple),
    st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
)
wallets = st.sets(st.sampled_from(NAMES), max_size=4)


@given(asked=rules)
def test_json_brings_the_same_rule_back(asked):
    assert CredentialRule.from_json(asked.as_json()) == asked


@given(asked=rules, wallet=wallets)
@examples(max_examples=300)
def test_a_verdict_is_what_trying_every_credential_says(asked, wallet):
    """Short means: some one credential more qualifies, and it is among those named."""
    verdict = judge(asked, wallet)
    enough = {one for one in NAMES if judge(asked, wallet | {one}).qualifies}
    if verdict.qualifies:
        assert Fit.SHORT not in verdict.fits
        assert verdict.one_more == ()
        assert enough == set(NAMES)
    else:
        assert set(verdict.one_more) == enough
        assert (Fit.SHORT in verdict.fits) == bool(enough)


@given(asked=rules, wallet=wallets)
@examples(max_examples=300)
def test_apprentice_means_that_the_full_forms_alone_do_not_qualify(asked, wallet):
    verdict = judge(asked, wallet)
    without_apprentice_forms = wallet - set(FORMS.values())
    rests = verdict.qualifies and not judge(asked, without_apprentice_forms).qualifies
    assert (Fit.APPRENTICE in verdict.fits) == rests


@given(asked=rules, wallet=wallets, more=wallets)
@examples(max_examples=200)
def test_holding_more_never_loses_a_fit(asked, wallet, more):
    if judge(asked, wallet).qualifies:
        assert judge(asked, wallet | more).qualifies


@given(asked=rules, wallet=wallets)
def test_full_credential_satisfies_what_its_apprentice_form_does(asked, wallet):
    graduate = {FULL.get(name, name) for name in wallet}
    if judge(asked, wallet).qualifies:
        assert judge(asked, graduate).fits == NOW


FULL = {apprentice: full for full, apprentice in FORMS.items()}


@given(asked=rules)
def test_preferred_credentials_decide_nothing(asked):
    required = CredentialRule(asked.groups)
    for wallet in combinations(NAMES, 2):
        assert judge(asked, wallet) == judge(required, wallet)


def test_a_rule_names_credentials_as_they_are_called_today():
    rule = CredentialRule((Group(("CPC-H", "CPC", "COC")),), ("CPC-H", "RHIT"))
    today = CredentialRule((Group(("COC", "CPC")),), ("COC", "RHIT"))
    assert rule.renamed({"CPC-H": "COC"}) == today
    assert today.renamed({"CPC-H": "COC"}) is today
