"""What the page of a listing shows, for the public page and the admin's preview."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.http import urlencode

from . import structured_data, vocabulary
from .credential_rule import Evaluator
from .criteria import MOST_VALUES, NONE_HELD
from .eligibility import STATE_NAMES
from .models.vocabulary import LETTERS
from .presentation import facts
from .similar import similar_to


@dataclass(frozen=True)
class Reader:
    """What the address says about the reader: credentials held, state lived in.

    ``holds`` is `NONE_HELD` alone for a reader who says that they hold none.
    """

    holds: tuple[str, ...] = ()
    state: str = ""

    @classmethod
    def of(cls, query):
        """From a `QueryDict`; what we do not know is passed over."""
        words = vocabulary.current()
        typed = query.getlist("holds")[:MOST_VALUES]
        held = tuple(dict.fromkeys(filter(None, map(words.credential, typed))))
        if not held and NONE_HELD in typed:
            held = (NONE_HELD,)
        state = query.get("state", "").upper()
        return cls(holds=held, state=state if state in STATE_NAMES else "")

    @property
    def wallet(self):
        return tuple(slug for slug in self.holds if slug != NONE_HELD)


def listing_page(listing, *, reader=None, url=""):
    """The context of jobs/listing.html for a listing that is open, closed or a draft.

    ``url`` is the page's absolute address; a preview has none.
    """
    reader = reader or Reader()
    words = vocabulary.current()
    listing.verdict = (
        Evaluator(words.apprentice_forms).judge(listing.rule, reader.wallet)
        if reader.holds
        else None
    )
    return {
        "here": "jobs",
        "listing": listing,
        "is_closed": listing.is_closed,
        "role": words.roles.get(listing.role),
        "tabs": _tabs(listing, words),
        "facts": facts.fact_sheet(listing, words, state=reader.state),
        "trust": facts.trust(listing),
        "apply": Apply.to(listing),
        "employer_url": _results(employer=listing.employer.slug),
        "employer_open": _others_open(listing),
        "similar": similar_to(listing),
        "canonical_url": url,
        "markup": _markup(listing, url),
        "holds": reader.holds,
        "state": reader.state,
    }


@dataclass(frozen=True)
class Apply:
    """The way to apply: a link with its host, or an address for mail."""

    url: str
    host: str = ""
    is_mail: bool = False

    @classmethod
    def to(cls, listing):
        """The best way that a listing names and that is safe to follow, or None."""
        for url in (listing.apply_url, listing.source_url):
            parts = urlsplit(url)
            if parts.scheme in ("http", "https") and parts.hostname:
                return cls(url, parts.hostname.removeprefix("www."))
        if listing.apply_email:
            return cls(f"mailto:{listing.apply_email}", listing.apply_email, True)
        return None


def _results(**asked):
    return f"{reverse('results')}?{urlencode(asked)}"


def _others_open(listing):
    """How many other listings of its employer are open."""
    of_employer = type(listing).objects.live().filter(employer=listing.employer_id)
    return of_employer.exclude(pk=listing.pk).count()


def _tabs(listing, words):
    """A tab for each of its roles, to the open listings of that role."""
    roles = [listing.role, *listing.other_roles]
    return [
        {
            "label": word.short,
            "url": _results(role=word.slug),
            "count": None,
            "current": False,
            "extra": {"track": word.track, "letters": LETTERS[word.track]},
        }
        for word in map(words.roles.get, dict.fromkeys(filter(None, roles)))
        if word
    ]


def _markup(listing, url):
    """JobPosting for an open listing; none for a closed one or a draft."""
    if not (url and listing.is_live):
        return ""
    return structured_data.script_json(structured_data.job_posting(listing, url=url))
