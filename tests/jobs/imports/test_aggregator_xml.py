from datetime import UTC, datetime
from decimal import Decimal

import pytest

from careers.jobs.imports import aggregator_xml
from careers.jobs.imports.record import BadRecord, FeedError, FeedRecord
from careers.jobs.imports.values import FeedPlace
from careers.jobs.pay import PostedPay
from tests.jobs.imports.samples import everything, feed, until_it_ends

JOB = (
    "<job><title>Coder {0}</title><referencenumber>{0}</referencenumber>"
    "<company>Lakearden</company><description>You code.</description></job>"
)


def source(*jobs, head="<source>", tail="</source>"):
    return (head + "".join(jobs) + tail).encode()


def test_job_is_read_from_its_fields():
    inpatient, ampersand, outpatient, abroad = everything(
        aggregator_xml.read, feed("aggregator.xml")
    )
    assert inpatient.external_id == "LA-1"
    assert inpatient.requisition == "R-100"
    assert inpatient.source_url == "https://jobs.lakearden.example/1?from=feed&page=2"
    assert inpatient.places == (FeedPlace("Columbus", "OH", "43215"),)
    assert inpatient.posted_at == datetime(2027, 1, 3, 8, tzinfo=UTC)
    assert inpatient.closes_at == datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
    stated = inpatient.stated
    assert stated.pay.value == PostedPay(Decimal("27.87"), Decimal("35.31"), "hour")
    assert stated.pay.words == "salary of the feed"
    assert stated.remote.value == "hybrid"
    assert stated.experience_months.value == 24
    assert stated.education.value == "Associate degree"
    assert [read.value for read in stated.employment] == ["full-time"]
    assert outpatient.stated.remote.value == "remote"
    assert outpatient.places == ()
    assert outpatient.notes == ("pay left out: it is not one range with a period",)
    assert abroad.reason == "Its place is outside the United States."
    assert ampersand.external_id == "LA-2"


def test_end_tag_inside_cdata_ends_no_job():
    inpatient, *_ = everything(aggregator_xml.read, feed("aggregator.xml"))
    assert "and go on" in inpatient.description


def test_one_broken_job_is_one_bad_record():
    broken = "<job><referencenumber>2</referencenumber><title>A & B</title></job>"
    found = everything(
        aggregator_xml.read, source(JOB.format(1), broken, JOB.format(3))
    )
    assert [type(item) for item in found] == [FeedRecord, BadRecord, FeedRecord]
    assert found[1].external_id == "2"
    assert found[1].reason.startswith("It is not well formed")


def test_job_without_an_end_does_not_take_the_next_with_it():
    unended = "<job><referencenumber>2</referencenumber><title>Coder</title>"
    found = everything(
        aggregator_xml.read, source(JOB.format(1), unended, JOB.format(3))
    )
    assert [item.external_id for item in found] == ["1", "2", "3"]
    assert found[1].reason == "It has no </job>."


@pytest.mark.parametrize("cut", ["<job><title>Coder", "<job><title><![CDATA[Coder", ""])
def test_cut_feed_keeps_its_whole_jobs_and_says_that_it_is_cut(cut):
    items, error = until_it_ends(
        aggregator_xml.read, source(JOB.format(1), JOB.format(2), cut, tail="")
    )
    assert [item.external_id for item in items] == ["1", "2"]
    assert isinstance(error, FeedError)
    assert "breaks off before </source>" in str(error)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE source [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{"".join(f"&{a};" for _ in range(10))}">'
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><source>"
)
FETCH = '<!DOCTYPE source [<!ENTITY a SYSTEM "file:///etc/passwd">]><source>'


@pytest.mark.parametrize("head", [BOMB, FETCH, "<!doctype html><source>"])
def test_doctype_is_refused(head):
    job = JOB.format(1).replace("You code.", "&i;&a;")
    items, error = until_it_ends(aggregator_xml.read, source(job, head=head))
    assert items == []
    assert "DOCTYPE" in str(error)


def test_entities_cannot_be_declared_further_down():
    job = '<job><!DOCTYPE a [<!ENTITY a "b">]><title>&a;</title></job>'
    (found,) = everything(aggregator_xml.read, source(job))
    assert found.reason.startswith("It is not well formed")


@pytest.mark.parametrize(
    ("head", "tail", "encoding"),
    [
        ('<?xml version="1.0" encoding="ISO-8859-1"?><source>', "</source>", "latin-1"),
        ("\ufeff<source xmlns:g='urn:g'><g:jobs>", "</g:jobs></source>", "utf-8"),
        ("<source><publisher>L</publisher><count/>", "</source>\n", "utf-8"),
    ],
)
def test_what_stands_before_the_jobs_counts_for_each(head, tail, encoding):
    job = JOB.format(1).replace("You code.", "You code for Clínica Peña.")
    (found,) = everything(aggregator_xml.read, (head + job + tail).encode(encoding))
    assert "Clínica Peña" in found.description


@pytest.mark.parametrize("content", [b"", b"hello", b"{}", "<a/>".encode("utf-16")])
def test_what_is_no_xml_feed_is_refused(content):
    items, error = until_it_ends(aggregator_xml.read, content)
    assert items == []
    assert isinstance(error, FeedError)


def test_feed_without_jobs_is_whole_and_says_so():
    (remark,) = everything(aggregator_xml.read, b"<source></source>")
    assert remark.text == "The feed holds no <job>."


def test_jobs_are_found_across_any_cut_of_the_stream():
    class Dripping:
        def __init__(self, content):
            self.content = content

        def read(self, size):
            part, self.content = self.content[:7], self.content[7:]
            return part

    content = feed("aggregator.xml")
    dripped = list(aggregator_xml.read(Dripping(content)))
    assert dripped == everything(aggregator_xml.read, content)
