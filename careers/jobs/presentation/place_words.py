"""Where the work is done and where it hires from, with the reader's state marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..eligibility import STATE_NAMES, RemoteStatus, StatesBasis
from ..facets import REMOTE_LABELS
from .rule_words import listed

#: So many states are named one by one; more are counted.
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; ``is_you`` where they are about the reader."""

    text: str
    is_you: bool = False


def where(
    listing, *, state: str = "", distance: float | None = None, in_full: bool = False
) -> list[Piece]:
    """One line: "Remote · hires from Ohio, IN, KY", "Hybrid · Columbus, OH · 6 mi".

    ``in_full`` spells the states out.

    What is not stated is said so, where a reader would look for it.
    """
    remote = listing.remote
    parts = [[Piece(_status(listing))]] if remote else []
    if remote != RemoteStatus.REMOTE:
        parts.append(_places(listing.places, state))
        if distance is not None:
            parts.append([Piece(miles(distance))])
    if not remote:
        parts.append([Piece("remote or on site not stated")])
    if remote == RemoteStatus.REMOTE or listing.states_basis:
        parts.append(_states(listing, state, in_full=in_full))
    if remote == RemoteStatus.REMOTE and distance is not None:
        parts.append([Piece(f"{_place_name(listing.places[:1])}, {miles(distance)}")])
    return _joined(parts)


def miles(distance: float) -> str:
    return "under 1 mi" if distance < 1 else f"{distance:.0f} mi"


def _joined(parts: list[list[Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    for part in filter(None, parts):
        if pieces:
            pieces.append(Piece(" · "))
        pieces += part
    return pieces


def _status(listing) -> str:
    label = REMOTE_LABELS.get(listing.remote, listing.remote)
    if listing.days_on_site:
        days = "day" if listing.days_on_site == 1 else "days"
        return f"{label}, {listing.days_on_site} {days} on site"
    return label


def _place_name(places: Sequence[dict]) -> str:
    if not places:
        return "Place not stated"
    place = places[0]
    named = ", ".join(filter(None, (place.get("city"), place.get("state"))))
    return named or place.get("zip") or "Place not stated"


def _places(places: Sequence[dict], state: str) -> list[Piece]:
    more = len(places) - 1
    here = next((p for p in places if state and p.get("state") == state), None)
    shown = [here] if here else list(places[:1])
    rest = f" and {more} more place{'s' if more > 1 else ''}" if more > 0 else ""
    name = _place_name(shown)
    if here:
        city = f"{here['city']}, " if here.get("city") else ""
        return [Piece(city), Piece(state, is_you=True), Piece(rest)]
    return [Piece(name + rest)]


def _states(listing, state: str, *, in_full: bool) -> list[Piece]:
    is_mine = bool(state) and state in listing.hires_from
    mine = [Piece(STATE_NAMES[state], is_you=True)] if is_mine else []
    if listing.states_basis == StatesBasis.ANYWHERE:
        so = [Piece(", so "), *mine] if mine else []
        return [Piece("hires from every state"), *so]
    if listing.states_basis == StatesBasis.DENY:
        denied = sorted(listing.states_listed)
        few = len(denied) <= MOST_NAMED
        named = _named(denied, in_full) if few else f"{len(denied)} of them"
        so = [Piece(", so "), *mine] if mine else []
        return [Piece(f"every state but {named}"), *so]
    if listing.states_basis == StatesBasis.ALLOW:
        return _allowed(sorted(listing.states_listed), state, mine, in_full)
    return [Piece("states not stated")]


def _named(codes: list[str], in_full: bool) -> str:
    if not in_full:
        return ", ".join(codes)
    return listed(STATE_NAMES.get(code, code) for code in codes)


def _allowed(
    codes: list[str], state: str, mine: list[Piece], in_full: bool
) -> list[Piece]:
    others = [code for code in codes if not (mine and code == state)]
    if len(codes) == 1:
        named = STATE_NAMES.get(codes[0], codes[0])
        return [Piece("hires from "), *(mine or [Piece(named)])]
    if len(codes) <= MOST_NAMED:
        tail = _named(others, in_full)
        if not mine:
            return [Piece("hires from "), Piece(tail)]
        join = " and " if in_full and len(others) == 1 else ", "
        return [Piece("hires from "), *mine, Piece(f"{join}{tail}")]
    if mine:
        tail = f" and {len(others)} more state{'s' if len(others) > 1 else ''}"
        return [Piece("hires from "), *mine, Piece(tail)]
    return [Piece(f"hires from {len(codes)} states")]


def states_note(listing) -> str:
    """What the list of states means for where one must live."""
    count = len(listing.states_listed)
    if listing.states_basis == StatesBasis.ALLOW:
        if count == 1:
            return "You must live in this state"
        return f"You must live in one of these {number_word(count)} states"
    if listing.states_basis == StatesBasis.DENY:
        names = [STATE_NAMES.get(code, code) for code in sorted(listing.states_listed)]
        return f"Every state but {listed(names)}"
    return ""


def number_word(count: int) -> str:
    """Two to twelve in letters, as in running text."""
    words = "two three four five six seven eight nine ten eleven twelve".split()
    return words[count - 2] if 2 <= count <= len(words) + 1 else str(count)
