"""What a page must have before readers see it."""

import re
from datetime import date, timedelta

from django.utils import timezone

import pytest

from careers.jobs.moderation import NotPublishableError
from careers.pathways import content, links, page_checks, parts
from careers.pathways.blocks import BodyBlock
from careers.pathways.links import Destination
from careers.pathways.models import GuidePage

from .factories import (
    NOTICE,
    TEXT,
    GuidePageFactory,
    action,
    block,
    fact,
    faq,
    figure,
    heading,
    sources,
    table,
    text,
)

PICTURE = {"image": 7, "decorative": False, "alt_text": "A page of a record"}
ALL_ANSWER = {
    link: Destination(link[1])
    for link in [
        ("address", "/jobs/"),
        ("address", "/salaries/"),
        ("address", "https://www.aapc.com/"),
        ("address", "https://www.bls.gov/oes/"),
        ("page", "3"),
    ]
}


def said(*body, destinations=ALL_ANSWER):
    """Place and message of every problem of a body."""
    return [(p.place, p.message) for p in page_checks.in_body(body, destinations)]


def link(words, address="/jobs/"):
    return text(f'<p>See <a href="{address}">{words}</a>.</p>')


GOOD = {
    "headings in order": [
        heading(),
        text(TEXT + "<h3>A</h3><p>b</p><h4>C</h4><p>d</p>"),
        heading("And then"),
        text(),
    ],
    "a heading that a list brings along": [
        heading(),
        block("listings", {"title": "Open now", "number": 3, "criteria": {}}),
        text("<h4>More</h4><p>Of it.</p>"),
    ],
    "a described picture": [figure(**PICTURE)],
    "a decorative picture": [figure(image=7, decorative=True, alt_text="")],
    "a link that says where it leads": [link("open listings")],
    "two links that say and mean the same": [link("open listings")] * 2,
    "a whole table": [table()],
    "a fact and sources": [fact(), sources(url="https://www.aapc.com/")],
    "a question": [faq()],
    "codes of ICD": [text("<p><code>K35.80</code> and <code>K35.2</code></p>")],
    "codes of CPT with the notice": [text("<p><code>44970</code></p>"), text(NOTICE)],
    "the notice in a callout": [
        table(rows=[{"values": ["Appendectomy", "44970"]}]),
        block("callout", {"kind": "note", "title": "Codes", "text": NOTICE}),
    ],
    "a number that is no code": [text("<p>About 44970 people.</p>")],
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD)
def test_nothing_is_said_of_a_good_body(body):
    assert said(*body) == []


BAD = {
    "a level is skipped": (
        [heading(), text("<p>a</p><h4>Deep</h4><p>b</p>")],
        (1,),
        "“Deep” is a heading 4 below a heading 2. Make it a heading 3.",
    ),
    "a part without a section": (
        [text("<h3>Part</h3><p>a</p>")],
        (0,),
        "Put a block of the kind “Heading” before it.",
    ),
    "a list of listings without a section": (
        [block("listings", {"title": "Open now", "number": 3, "criteria": {}})],
        (0,),
        "“Open now” is a heading 3 with no section above it.",
    ),
    "a heading of the page in a text": (
        [text("<h1>Title</h1><p>a</p>")],
        (0,),
        "“Title” is a heading 1 inside a text.",
    ),
    "a section in a text": (
        [heading(), text("<h2>Section</h2><p>a</p>")],
        (1,),
        "“Section” is a heading 2 inside a text.",
    ),
    "an empty heading": ([heading(" "), text()], (0,), "A heading is empty."),
    "an empty part": (
        [heading(), text("<h3> </h3><p>a</p>")],
        (1,),
        "A heading is empty.",
    ),
    "nothing under a heading": (
        [heading("First"), heading("Second"), text()],
        (0,),
        "Nothing stands under “First”.",
    ),
    "nothing under the last heading": (
        [text(), heading("Last")],
        (1,),
        "Nothing stands under “Last”.",
    ),
    "a picture without words": (
        [figure(image=7, decorative=False, alt_text="")],
        (0, "image", "alt_text"),
        "Say what the picture shows",
    ),
    "the name of a file": (
        [figure(image=7, decorative=False, alt_text="desk.JPG")],
        (0, "image", "alt_text"),
        "“desk.JPG” is the name of a file.",
    ),
    "the name of a camera": (
        [figure(image=7, decorative=False, alt_text="IMG 4711")],
        (0, "image", "alt_text"),
        "“IMG 4711” is the name of a file.",
    ),
    "a link that says nothing": (
        [link("Click here!")],
        (0,),
        "A link says “Click here!”. Say where it leads instead.",
    ),
    "a link without words": ([link("")], (0,), "A link has no words."),
    "an address as words": (
        [link("https://www.aapc.com/", "https://www.aapc.com/")],
        (0,),
        "A link says “https://www.aapc.com/”. Say in words what is there.",
    ),
    "a host as words": (
        [link("aapc.com", "https://www.aapc.com/")],
        (0,),
        "A link says “aapc.com”.",
    ),
    "a call that says nothing": (
        [action(label="Read more")],
        (0, "label"),
        "A link says “Read more”.",
    ),
    "the same words for two places": (
        [link("open work"), faq(answer='<p><a href="/salaries/">Open work</a></p>')],
        (1, "questions", 0, "answer"),
        "Two links say “Open work” and lead to different places.",
    ),
    "one name for two sources": (
        [
            sources(name="BLS", url="https://www.aapc.com/"),
            fact(source_name="BLS"),
        ],
        (1, "source_name"),
        "Two links say “BLS” and lead to different places.",
    ),
    "a table without a caption": (
        [table(caption=" ")],
        (0,),
        "The table has no caption.",
    ),
    "a column without a heading": (
        [
            table(
                columns=[
                    {"type": "text", "heading": "A"},
                    {"type": "code", "heading": ""},
                ]
            )
        ],
        (0,),
        "Column 2 has no heading.",
    ),
    "a row without a head": (
        [table(rows=[{"values": ["A", "B"]}, {"values": [" ", "B"]}])],
        (0, 1, 0),
        "Row 2 has an empty first cell.",
    ),
    "a table without rows": ([table(rows=[])], (0,), "The table has no rows."),
    "a fact without a source": (
        [fact(source_name="", source_url="")],
        (0, "source_name"),
        "Name the source",
    ),
    "a fact without a day": (
        [fact(checked_on=None)],
        (0, "checked_on"),
        "Give the day on which the source said so.",
    ),
    "a source without a day": (
        [sources(checked_on="")],
        (0, "sources", 0, "checked_on"),
        "Give the day on which the source said so.",
    ),
    "a source without a name": (
        [sources(name="")],
        (0, "sources", 0, "name"),
        "Name the source",
    ),
    "a question that is none": (
        [faq("What it pays")],
        (0, "questions", 0, "question"),
        "“What it pays” does not end with a question mark.",
    ),
    "a code of CPT in a text": (
        [text("<p>Such as <code>44970</code>.</p>")],
        (0,),
        "44970 is a code of CPT.",
    ),
    "a code of CPT in a table": (
        [table(rows=[{"values": ["Screening", "0500F"]}])],
        (0, 0, 1),
        "0500F is a code of CPT.",
    ),
}


@pytest.mark.parametrize(("body", "place", "message"), BAD.values(), ids=BAD)
def test_each_problem_is_said_at_its_place_with_its_mend(body, place, message):
    ((found_at, found),) = said(*body)
    assert found_at == place
    assert message in found


def test_a_day_to_come_is_no_day_on_which_a_source_was_read():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert said(fact(checked_on=tomorrow.isoformat())) == [
        ((0, "checked_on"), "This day has not come yet.")
    ]


def test_a_link_that_leads_nowhere_is_said_at_its_address():
    nowhere = {
        ("address", "/gone/"): Destination("/gone/", "nothing answers at /gone/")
    }
    ((place, message),) = said(action(url="/gone/"), destinations=nowhere)
    assert place == (0, "url")
    assert message.startswith(
        "The link “See open listings” leads nowhere: nothing answers at /gone/."
    )


def test_two_ways_to_write_an_address_are_one_place():
    one = {
        ("page", "3"): Destination("page 3"),
        ("address", "/jobs/"): Destination("page 3"),
    }
    by_number = text('<p><a linktype="page" id="3">Open work</a></p>')
    assert said(by_number, link("Open work"), destinations=one) == []


# A whole page


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"summary": "Too short."}, "summary", "Say in one or two sentences"),
        ({"summary": ""}, "summary", "Say in one or two sentences"),
        ({"body": []}, "body", "The page has no content yet."),
    ],
)
def test_a_page_says_what_it_is_about_and_has_content(db, values, field, message):
    page = GuidePageFactory(draft=True, **values)
    (problem,) = page_checks.problems(page)
    assert problem.field == field
    assert problem.message.startswith(message)


def test_an_index_page_needs_no_words_of_its_own(db):
    index = GuidePageFactory().get_parent().specific
    assert page_checks.problems(index) == []
    index.save_revision().publish()


def test_what_may_not_go_live_is_refused_with_every_reason(db):
    page = GuidePageFactory(
        draft=True,
        summary="",
        body=[heading(), fact(source_name="", checked_on=None), faq("No question")],
    )
    with pytest.raises(NotPublishableError) as refused:
        page.save_revision(clean=False).publish()
    sentence = refused.value.sentence
    assert "Summary: Say in one or two sentences" in sentence
    assert "Block 2 (Fact): Name the source" in sentence
    assert "Block 2 (Fact): Give the day" in sentence
    assert "Block 3 (Questions and answers): “No question” does not end" in sentence
    assert not GuidePage.objects.get(pk=page.pk).live


def test_blocks_that_a_draft_left_unfinished_are_no_page(db):
    unfinished = block("listings", {"title": "", "number": None, "criteria": {}})
    page = GuidePageFactory(draft=True, body=[heading(), unfinished])
    with pytest.raises(NotPublishableError, match="This field is required"):
        page.save_revision(clean=False).publish()


# Where links lead


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("/jobs/", ""),
        ("/jobs/?q=coder#top", ""),
        ("/jobs", ""),
        ("/salaries/", ""),
        ("/guides/", ""),
        ("/guides/here/", ""),
        ("/guides/here/#section", ""),
        ("/guides/not-yet/", "“Not yet” is not published"),
        ("/guides/never/", "nothing answers at /guides/never/"),
        ("/static/icon.svg", ""),
        ("https://www.aapc.com/nowhere/", ""),
        ("//other.example/guides/never/", ""),
    ],
)
def test_addresses_are_resolved_as_the_site_resolves_them(db, address, trouble):
    GuidePageFactory(slug="here")
    GuidePageFactory(slug="not-yet", title="Not yet", draft=True)
    found = links.destinations([("address", address)])
    assert found["address", address].trouble == trouble


def test_a_page_is_one_place_by_its_number_and_by_its_address(db):
    page = GuidePageFactory(slug="here")
    wanted = [("page", str(page.pk)), ("address", "/guides/here/")]
    found = links.destinations(wanted)
    assert {there.key for there in found.values()} == {f"page {page.pk}"}


def test_links_to_what_was_deleted_lead_nowhere(db):
    found = links.destinations([("page", "99999"), ("document", "99999")])
    assert [there.trouble for there in found.values()].count("") == 0


def test_a_link_to_a_page_that_is_scheduled_is_good(db):
    page = GuidePageFactory(draft=True)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    target = ("page", str(page.pk))
    assert links.destinations([target])[target].trouble == ""


def test_any_number_of_links_costs_few_queries(db, django_assert_max_num_queries):
    pages = [GuidePageFactory() for _ in range(5)]
    wanted = [
        *[("page", str(page.pk)) for page in pages],
        *[("address", page.url) for page in pages],
        ("address", "/nowhere/"),
        ("document", "4"),
    ]
    links.destinations(wanted)
    with django_assert_max_num_queries(4):
        links.destinations(wanted)


# The starter content


FILES = list(content.pages())


class EveryLinkArrives(dict):
    def __missing__(self, target):
        return Destination(re.sub("#.*", "", target[1]))


@pytest.mark.parametrize("file", FILES, ids=[f"{f.kind}-{f.slug}" for f in FILES])
def test_the_starter_pages_pass(vocabulary, file):
    body = BodyBlock().to_python(file.body).get_prep_value()
    found = list(page_checks.in_body(body, EveryLinkArrives()))
    assert found == []
    assert len(file.values["summary"]) >= page_checks.SHORTEST_SUMMARY


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-06-30", date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        ("", None),
        (None, None),
        ("June", None),
    ],
)
def test_days_are_read_as_stored_and_as_typed(value, day):
    assert page_checks.as_date(value) == day


def test_links_are_read_in_order_with_their_places():
    body = [
        text('<p><a href="/jobs/">Open <b>work</b></a></p>'),
        action(),
        sources(url="https://www.aapc.com/"),
        faq(answer='<p><a linktype="page" id="3">Guide</a></p>'),
    ]
    assert [(made.place, made.words, made.target) for made in parts.links(body)] == [
        ((0,), "Open work", ("address", "/jobs/")),
        ((1, "label"), "See open listings", ("address", "/jobs/")),
        (
            (2, "sources", 0, "name"),
            "AAPC, exam page",
            ("address", "https://www.aapc.com/"),
        ),
        ((3, "questions", 0, "answer"), "Guide", ("page", "3")),
    ]
