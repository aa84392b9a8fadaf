"""Which states a listing hires from; silence is never "anywhere"."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.jobs.eligibility import STATE_NAMES, STATES, TERRITORIES, hires_from

EVERY_STATE = tuple(sorted(STATES))
BUT_CA_NY = tuple(code for code in EVERY_STATE if code not in ("CA", "NY"))


@pytest.mark.parametrize(
    ("remote", "basis", "listed", "places", "states"),
    [
        ("remote", "", [], [], ()),
        ("remote", "", [], ["OH"], ()),
        ("remote", "", ["OH"], ["OH"], ()),
        ("remote", "allow", ["TX", "OH", "OH"], [], ("OH", "TX")),
        ("remote", "allow", ["PR"], [], ("PR",)),
        ("remote", "deny", ["CA", "NY"], ["CA"], BUT_CA_NY),
        ("remote", "deny", ["PR"], [], EVERY_STATE),
        ("remote", "anywhere", [], [], EVERY_STATE),
        ("onsite", "", [], ["OH", "IN", "OH"], ("IN", "OH")),
        ("hybrid", "", [], ["PR"], ("PR",)),
        ("", "", [], ["OH"], ("OH",)),
        ("", "", [], [], ()),
        ("onsite", "", [], [], ()),
        ("onsite", "allow", ["KY"], ["OH"], ("KY",)),
        ("hybrid", "anywhere", [], ["OH"], EVERY_STATE),
    ],
)
def test_states_follow_from_what_is_stated(remote, basis, listed, places, states):
    found = hires_from(remote=remote, basis=basis, listed=listed, place_states=places)
    assert found == states


def test_there_are_fifty_states_and_the_district():
    assert len(STATES) == 51
    assert not STATES.keys() & TERRITORIES.keys()


codes = st.lists(st.sampled_from(sorted(STATE_NAMES)), max_size=8)


@given(listed=codes, places=codes, remote=st.sampled_from(("", "onsite", "remote")))
def test_a_deny_list_and_an_allow_list_of_the_same_states_share_none(
    listed, places, remote
):
    allowed, denied = (
        set(hires_from(remote=remote, basis=basis, listed=listed, place_states=places))
        for basis in ("allow", "deny")
    )
    assert not allowed & denied
    assert (allowed | denied) - TERRITORIES.keys() == STATES.keys()
    assert not denied & TERRITORIES.keys()
