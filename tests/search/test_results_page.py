"""The results page: never an error, nothing hidden, every link what it says."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
import time_machine
from hypothesis import example, given
from hypothesis import settings as examples

from careers.jobs.criteria import JobCriteria, Question, parse
from careers.jobs.models import JobListing
from careers.jobs.terms import DatabaseTerms
from search.ask import ask
from search.engines import DEEPEST, PAGE_SIZE, Answer
from search.results import Results
from tests.jobs.factories import EmployerFactory, JobListingFactory

from .questions import COLUMBUS, questions

pytestmark = pytest.mark.django_db

JOBS = reverse("results")
API = reverse("api-1:search_listings")
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
NOINDEX = '<meta name="robots" content="noindex">'
LONG = "x" * 5000

HOSTILE = [
    "q=%00", "q=%FF%FE", "q=%ED%A0%80", "q=" + "a" * 3000, "q=%27%3B+DROP+TABLE+x--",
    "q=%22", "q=%22%22", "q=-", "q=--", "q=%26%7C%21%28%29%3A%2A%3C-%3E", "q=%5C",
    "q=%25", "q=the", "q=-the", "q=+", "q=%E2%80%AE", "q=%F0%9F%92%89",
    "q=<script>alert(1)</script>", "q=%3Cimg+src%3Dx+onerror%3D1%3E",
    "role=", "role=wizard", "role=not-stated", "role=%00", "role=" + LONG,
    "role[]=inpatient-coder", "setting=none&setting=none", "remote=maybe",
    "credential=CPX", "credential=not-stated", "specialty=%3Cb%3E", "software=-1",
    "codeset=ICD-10-CM", "employment=slave", "employer=nobody", "employer=%00",
    "employer=not-stated", "&".join(f"employer=nobody-{n}" for n in range(200)),
    "&".join(f"role=wizard-{n}" for n in range(200)),
    "pay=", "pay=lots", "pay=-1", "pay=0", "pay=1e400", "pay=NaN", "pay=Infinity",
    "pay=99999999999", "pay=0.001", "pay=not-stated", "pay=50000&pay=not-stated",
    "per=century", "pay=0.01&per=year", "pay=9999999.99&per=hour",
    "experience=-1", "experience=NaN", "experience=99999999999",
    "experience=not-stated",
    "experience=0&experience=not-stated", "apprentice=maybe", "apprentice=not-stated",
    "state=ZZ", "state=not-stated", "state=", "state=PR", "near=Atlantis", "near=%00",
    "near=" + LONG, "near=00000", "near=Ohio", "near=43215&within=-5", "within=99999",
    "near=43215&within=1e3", "posted=0", "posted=-7", "posted=yesterday",
    "posted=99999999", "untested=2", "untested=not-stated", "holds=CPX", "holds=%00",
    "fit=now", "fit=never&holds=CPC", "holds=CPC&fit=not-stated", "fit=not-stated",
    "holds=none", "holds=none&holds=CPC", "holds=none&fit=now", "adding=CCS",
    "holds=none&fit=short&adding=%00", "holds=CPC&fit=short&adding=CPC",
    "holds=CPC&fit=short&adding=CCS&adding=CRC", "holds=CPC&fit=now&adding=CCS",
    "sort=random", "sort=nearest", "sort=", "page=0", "page=-1", "page=two", "page=501",
    "page=500", "page=1e9", "page=99999999999999999999", "page=&page=", "unstated=pay",
    "colour=red", "=", "&&&", "%", "?", "a=b=c", "%00=%00", "q", ";", "csrf=1",
    "&".join(f"p{n}=1" for n in range(150)),
]  # fmt: skip


#: The wallet goes with what is asked of it.
WITH_WHAT_HANGS_ON_IT = (
    {"holds", "fit"},
    {"holds", "fit", "adding"},
    {"fit", "adding"},
)


def page(client, query="", **headers):
    return client.get(f"{JOBS}?{query}", headers=headers)


def links(html, marker):
    """(address, text) of the links inside the first element that has a marker."""
    part = html[html.index(marker) :]
    part = part[: part.index("</ul>")]
    found = re.findall(r'<a[^>]*? href="([^"]+)"[^>]*>(.*?)</a>', part, re.DOTALL)
    return [
        (unescape(url), " ".join(re.sub(r"<[^>]+>", " ", text).split()))
        for url, text in found
    ]


def asked_by(url):
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    return parse(query, DatabaseTerms())


# Never an error


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_no_query_string_is_an_error(board, client, query):
    response = page(client, query)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert b"<img src=x" not in response.content
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == 200
    shown = unescape(response.content.decode())
    for notice in answer.json()["notices"]:
        assert notice["message"] in shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("role=wizard", "We do not know the role “wizard”."),
        ("pay=lots", "is not pay: give dollars, such as 60000."),
        ("colour=red", "We do not know “colour”."),
        ("page=400", "There is no page 400."),
        ("near=Atlantis", "We do not know the place “Atlantis”."),
        ("sort=nearest", "Nearest needs a place"),
    ],
)
def test_what_was_left_out_is_said(board, client, query, said):
    html = page(client, query).content.decode()
    assert said in unescape(html)
    assert "Left out of the search" in html


def test_a_page_past_the_last_shows_the_last_and_says_so(board, client):
    total = len(board.open())
    last = -(-total // PAGE_SIZE)
    answer = client.get(API, {"page": last + 1}).json()
    assert answer["page"] == last
    assert len(answer["results"]) == total - PAGE_SIZE * (last - 1)
    (notice,) = answer["notices"]
    assert notice["parameter"] == "page"
    assert str(last) in notice["message"]


# Chips, silence, the zero page


@given(criteria=questions())
@examples(max_examples=25)
def test_a_chip_takes_away_exactly_one_thing(board, client, criteria):
    html = page(client, criteria.query_string()).content.decode()
    if 'class="chosen"' not in html:
        assert not criteria.asked
        return
    *chips, clear = links(html, 'class="chosen"')
    assert clear == (JOBS, "Clear all")
    before = criteria.pairs()
    for url, _ in chips:
        after = asked_by(url)
        assert not after.notices
        gone = [pair for pair in before if pair not in after.criteria.pairs()]
        assert set(after.criteria.pairs()) <= {*before}
        names = {name for name, _ in gone}
        one_thing = names - {"not-stated", "per", "within", "sort"}
        assert one_thing in WITH_WHAT_HANGS_ON_IT or one_thing in (
            {name} for name in names
        )
        facets = [
            name for name in one_thing if isinstance(getattr(criteria, name), tuple)
        ]
        if facets and facets != ["holds"] and "fit" not in one_thing:
            assert len(gone) == 1
    values = sum(
        len(value) if isinstance(value := getattr(criteria, name), tuple) else 1
        for name in criteria.asked
    )
    assert len(chips) == values + bool(criteria.holds)


def test_the_zero_page_says_what_each_drop_would_bring(bare, client):
    JobListingFactory(remote_work=True)
    JobListingFactory(title="Auditor", role="coding-auditor", settings=["payer"])
    html = page(client, "role=coding-auditor&remote=remote&software=epic").content
    html = html.decode()
    assert "No open listing answers all of this" in html
    assert "Coding auditor" in html
    assert "alone brings nothing" in html

    html = page(client, "role=coding-auditor&remote=remote").content.decode()
    drops = links(html, 'class="drop-list"')
    assert [asked_by(url).criteria.query_string() for url, _ in drops] == [
        "remote=remote",
        "role=coding-auditor",
    ]
    assert html.count("<span>open</span>") == 2


def test_silence_is_offered_with_its_number(bare, client):
    JobListingFactory()
    JobListingFactory.create_batch(2, experience_months=None)
    html = page(client, "experience=24").content.decode()
    assert "1 open listing" in html
    assert "2 more do not state the experience they ask for." in html
    ((url, _),) = links(html, 'class="left-out"')
    assert asked_by(url).criteria.query_string() == (
        "experience=24&experience=not-stated"
    )
    assert "3 open listings" in client.get(url).content.decode()


def test_letting_in_silence_about_no_experience_keeps_it(bare, client):
    """0 months is a question too."""
    JobListingFactory(experience_months=None)
    html = page(client, "experience=0&experience=not-stated").content.decode()
    assert "1 open listing" in html


# htmx, caches, search engines


def test_htmx_gets_the_part_and_everybody_else_the_page(board, client):
    whole = page(client, "q=coder")
    part = page(client, "q=coder", **{"HX-Request": "true"})
    assert whole.content.lstrip().startswith(b"<!doctype html>")
    assert b"<!doctype" not in part.content
    assert b'id="results"' in part.content
    assert b"<title>" in part.content
    assert len(part.content) < len(whole.content)
    for response in (whole, part):
        assert "HX-Request" in response["Vary"]


def test_going_back_gets_the_whole_page(board, client):
    restored = page(
        client,
        "q=coder",
        **{"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )
    assert b"<!doctype html>" in restored.content


def test_every_header_that_decides_what_is_sent_is_named_for_caches(board, client):
    """A cache that keeps the restored page must not answer a swap with it."""
    vary = {name.strip().lower() for name in page(client)["Vary"].split(",")}
    assert {"hx-request", "hx-history-restore-request"} <= vary


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "/jobs/"),
        ("utm_source=mail", "/jobs/"),
        ("page=2", "/jobs/?page=2"),
        ("sort=pay", "/jobs/?sort=pay"),
        ("role=inpatient-coder", "/jobs/role/inpatient-coder/"),
        ("role=Inpatient-Coder&colour=red", "/jobs/role/inpatient-coder/"),
        ("credential=cpc-a", "/jobs/credential/cpc-a/"),
        ("setting=hospital", "/jobs/setting/hospital/"),
        ("state=Ohio", "/jobs/state/ohio/"),
        ("state=PR", "/jobs/state/puerto-rico/"),
        ("remote=remote", "/jobs/remote/"),
        ("near=ohio", "/jobs/state/ohio/"),
        ("q=coder", "/jobs/?q=coder"),
        ("state=OH&role=inpatient-coder", "/jobs/?role=inpatient-coder&state=OH"),
    ],
)
def test_a_question_has_one_canonical_address_and_it_answers(
    board, client, query, path
):
    html = page(client, query).content.decode()
    (address,) = CANONICAL.findall(html)
    assert unescape(address) == f"http://testserver{path}"
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("query", "is_noindex"),
    [
        ("", False),
        ("page=2", False),
        ("role=inpatient-coder", False),
        ("remote=remote", False),
        ("state=OH", False),
        ("q=coder", True),
        ("q=coder&role=inpatient-coder", True),
        ("role=inpatient-coder&state=OH", True),
        ("role=inpatient-coder&role=medical-biller", True),
        ("sort=pay", True),
        ("near=43215", True),
        ("role=cancer-registrar", True),
        ("q=zzyzx", True),
    ],
)
def test_only_the_whole_list_and_landings_with_listings_are_for_indexes(
    board, client, query, is_noindex
):
    html = page(client, query).content.decode()
    assert (NOINDEX in html) == is_noindex
    assert "application/ld+json" not in html


# What is shown


def test_sample_listings_are_called_so_on_their_cards(bare, client):
    JobListingFactory(sample=True)
    assert "sample listing" in page(client).content.decode()


def test_words_of_outsiders_stay_words(bare, client):
    JobListingFactory(
        title="Coder <script>alert(1)</script>",
        employer=EmployerFactory(name="<img src=x onerror=alert(1)>"),
    )
    html = page(client, "q=coder").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_the_form_says_what_was_asked(board, client):
    html = page(
        client, "q=coder&near=43215&within=50&state=OH&pay=28.5&holds=CPC&fit=now"
    ).content.decode()
    assert re.search(r'id="q"[^>]*value="coder"', html)
    assert re.search(r'id="near"[^>]*value="43215"', html)
    assert '<option value="50" selected>' in html
    assert '<option value="OH" selected>' in html
    assert re.search(r'name="pay"[^>]*value="28.50?"', html)
    assert re.search(r'name="fit" value="now"[^>]*checked', html)


@pytest.mark.parametrize(
    ("query", "chips", "you"),
    [
        (
            "holds=CPC&fit=short&adding=CCS",
            ["One credential short: CCS would do", "I hold CPC"],
            "CPC",
        ),
        (
            "holds=none&fit=now",
            ["I qualify (none yet)", "I hold none yet"],
            "no credential yet",
        ),
        (
            "holds=none&state=OH",
            ["Hires from Ohio", "I hold none yet"],
            "no credential yet, Ohio",
        ),
    ],
)
def test_the_page_says_what_a_wallet_was_asked(board, client, query, chips, you):
    html = page(client, query).content.decode()
    *shown, _ = links(html, 'class="chosen"')
    assert [text.removesuffix(" × , remove") for _, text in shown] == chips
    assert f"For you: <mark>{you}</mark>" in html


def test_the_form_offers_an_empty_wallet_until_something_is_in_it(board, client):
    assert '<option value="none">None yet</option>' in page(client).content.decode()
    html = page(client, "holds=none").content.decode()
    assert 'value="none" checked><span>I hold none yet</span>' in html
    for query in ("holds=none", "holds=CPC"):
        html = page(client, query).content.decode()
        assert '<option value="none">' not in html


@given(criteria=questions())
@example(criteria=JobCriteria(holds=("none",), fit="short", adding="CPC"))
@example(criteria=JobCriteria(state="PR"))
@example(criteria=JobCriteria(near=COLUMBUS, within=30))
@example(criteria=JobCriteria(experience=6, posted=365))
@example(criteria=JobCriteria(q="zzyzx", sort="pay"))
@examples(max_examples=15)
def test_the_form_sent_as_it_is_asks_the_same_again(board, client, criteria):
    """Without JavaScript the form is all there is: it must lose nothing."""
    html = page(client, criteria.query_string()).content.decode()
    query = {}
    for name, value in form_values(html):
        query.setdefault(name, []).append(value)
    again = parse(query, DatabaseTerms())
    assert not again.notices
    as_asked = ask(Question(criteria)).question.criteria
    assert ask(again).question.criteria.pairs() == as_asked.pairs()


def form_values(html):
    """What a browser would send of the form of id "question"."""
    for tag in re.findall(r"<input[^>]*>", html):
        is_choice = 'type="checkbox"' in tag or 'type="radio"' in tag
        if is_choice and " checked" not in tag:
            continue
        name, value = (re.search(rf'\b{a}="([^"]*)"', tag) for a in ("name", "value"))
        if name:
            yield name[1], unescape(value[1]) if value else ""
    for name, inner in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL
    ):
        options = re.findall(r'<option value="([^"]*)"([^>]*)>', inner)
        chosen = [value for value, rest in options if "selected" in rest]
        yield name, unescape(chosen[0] if chosen else options[0][0])


# Cost


def queries(client, address):
    """The fewest of three pages: some look whether what they remember still holds."""
    client.get(address)
    return min(queries_of_one(client, address) for _ in range(3))


def queries_of_one(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


HEAVY = (
    "q=coder&role=inpatient-coder&role=medical-biller&setting=hospital&remote=onsite"
    "&state=OH&near=43215&within=500&holds=CPC&fit=now&pay=10&per=hour&sort=nearest"
)


@pytest.mark.parametrize("query", ["", "q=coder", HEAVY, "q=zzyzx&state=OH&posted=7"])
def test_queries_do_not_grow_with_the_results_and_are_few(bare, client, query):
    JobListingFactory.create_batch(3)
    three = queries(client, f"{JOBS}?{query}")
    JobListingFactory.create_batch(17)
    twenty = queries(client, f"{JOBS}?{query}")
    assert three == twenty
    assert twenty <= 15


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"employer=lakearden-{n}" for n in range(30)),
        "&".join(f"employer=nobody-{n}" for n in range(30)),
        "q=inpateint+codr&page=400",
        "page=500",
        HEAVY + "&page=400",
    ],
)
def test_no_question_takes_more_than_fifteen_queries(board, client, query):
    assert queries(client, f"{JOBS}?{query}") <= 15


# Ten thousand results


def results(*, total, number):
    return Results(
        Question(parse({"sort": ["pay"]}, DatabaseTerms()).criteria, number),
        Answer(ids=(), total=total, facets={}),
        path=JOBS,
    )


@pytest.mark.parametrize(
    ("total", "number", "pages", "first", "last", "is_capped"),
    [
        (0, 1, 1, 0, 0, False),
        (1, 1, 1, 1, 1, False),
        (20, 1, 1, 1, 20, False),
        (21, 2, 2, 21, 21, False),
        (DEEPEST, 500, 500, 9981, 10_000, False),
        (DEEPEST + 1, 500, 500, 9981, 10_000, True),
        (250_000, 500, 500, 9981, 10_000, True),
    ],
)
def test_pages_end_at_ten_thousand_and_say_so(
    total, number, pages, first, last, is_capped
):
    pager = results(total=total, number=number).page
    assert (pager.pages, pager.first, pager.last) == (pages, first, last)
    assert pager.capped == is_capped
    assert (pager.next_url == "") == (number == pages)
    assert pager.numbers[-1] == {
        "number": pages,
        "url": pager.address.page(pages),
        "current": True,
    }


def test_the_page_says_that_it_ends_at_ten_thousand(bare):
    pager = results(total=250_000, number=500).page
    html = render_to_string("components/pager.html", {"page": pager, "total": 250_000})
    assert "Pages end at 10,000" in html
    assert "Next" not in html


# Closing


def test_at_its_closing_second_a_listing_is_gone_from_the_page(bare, client):
    listing = JobListingFactory()
    with time_machine.travel(listing.expire_at, tick=False) as clock:
        clock.shift(-1)
        assert "1 open listing" in page(client).content.decode()
        assert '<span class="n">1</span>' in page(client).content.decode()
        clock.shift(1)
        html = page(client).content.decode()
        assert "No open listing answers all of this" in html
        assert listing.get_absolute_url() not in html


def test_at_its_closing_second_its_own_page_stays_and_says_so(bare, client):
    listing = JobListingFactory()
    path = listing.get_absolute_url()
    with time_machine.travel(listing.expire_at, tick=False) as clock:
        clock.shift(-1)
        html = client.get(path).content.decode()
        assert "application/ld+json" in html
        assert NOINDEX not in html
        clock.shift(1)
        response = client.get(path)
        html = response.content.decode()
        assert response.status_code == 200
        assert "application/ld+json" not in html
        assert NOINDEX in html
        assert "Closed on" in html
    JobListing.objects.update(removed_at=listing.posted_at)
    assert client.get(path).status_code == 410
