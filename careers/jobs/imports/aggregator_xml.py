"""XML in the common form of job aggregators: a `<source>` of `<job>` elements.

The file is cut into its jobs as it streams and each job is parsed alone, in front of
what stands before the first (encoding, namespaces). So one job that is not well formed
is one bad record, and memory is that of one job.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

from lxml import etree

from ..pay import PostedPay
from ..reading.facts import Facts, Read
from ..reading.pay import parse_pay
from . import values
from .record import BadRecord, Draft, FeedError, FeedRecord, Remark, record_of

LARGEST_JOB = 8_000_000
LARGEST_HEAD = 100_000
_CHUNK = 262_144

#: A job's first and last tag, and what may hold them without meaning them.
_TOKEN = re.compile(rb"<!\[CDATA\[|<!--|<job(?=[\s>/])[^>]*>|</job\s*>", re.I)
_ENDS_WITH = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
_ASIDE = re.compile(rb"<!\[CDATA\[|<!--|<\?")
_FIRST = re.compile(rb"<job(?=[\s>/])", re.I)
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w.:-]*)[^>]*?(/?)>")
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(<\?xml[^>]*\?>)")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.I)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")

Item = FeedRecord | BadRecord | Remark
Fields = dict[str, str]


def read(stream: BinaryIO) -> Iterator[Item]:
    """Raises FeedError at the end of what can be read of a broken file."""
    head, buffered = _head(stream)
    frame = _Frame.around(head)
    number = 0
    tail = buffered
    for part in _parts(stream, buffered):
        if part.is_tail:
            tail = part.source
            continue
        number += 1
        yield _record(f"record {number}", frame, part)
    if not number:
        yield Remark("The feed holds no <job>.")
    if not re.search(rb"</" + re.escape(frame.root) + rb"\s*>", head + tail):
        raise FeedError(f"The feed breaks off before </{frame.root.decode()}>.")


def _head(stream: BinaryIO) -> tuple[bytes, bytes]:
    """What stands before the first job, and what is read already from there on."""
    buffered = b""
    while not _FIRST.search(buffered) and len(buffered) <= LARGEST_HEAD:
        chunk = stream.read(_CHUNK)
        if not chunk:
            break
        buffered += chunk
    if buffered.startswith(_WIDE):
        raise FeedError("The feed is in UTF-16. Save it as UTF-8.")
    first = _FIRST.search(buffered)
    head = buffered[: first.start()] if first else buffered
    if len(head) > LARGEST_HEAD:
        raise FeedError(f"No <job> stands in the first {LARGEST_HEAD:,} bytes.")
    if _DECLARATION.search(head):
        raise FeedError("The feed declares a DOCTYPE or entities, which is refused.")
    return head, buffered[len(head) :]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What has to stand around a job for it to be parsed alone."""

    root: bytes
    before: bytes
    after: bytes

    @classmethod
    def around(cls, head: bytes) -> "_Frame":
        declaration = _XML.match(head)
        opened: list[tuple[bytes, bytes]] = []
        root = b""
        for tag in _TAG.finditer(_without_asides(head)):
            if tag[1]:
                opened = opened[:-1]
            elif not tag[3]:
                root = root or tag[2]
                opened.append((tag[2], tag[0]))
        if not root:
            raise FeedError("This is not an XML feed of <job> elements in a <source>.")
        return cls(
            root=root,
            before=(declaration[1] if declaration else b"")
            + b"".join(tag for _, tag in opened),
            after=b"".join(b"</" + name + b">" for name, _ in reversed(opened)),
        )

    def parse(self, job: bytes) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        whole = etree.fromstring(self.before + job + self.after, parser)
        return next(e for e in whole.iter(etree.Element) if _name(e) == "job")


def _without_asides(head: bytes) -> bytes:
    """What is left without comments, CDATA and instructions."""
    kept, position = b"", 0
    while aside := _ASIDE.search(head, position):
        kept += head[position : aside.start()]
        ending = _ENDS_WITH[aside[0]]
        position = head.find(ending, aside.end())
        if position < 0:
            return kept
        position += len(ending)
    return kept + head[position:]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower()


@dataclass(frozen=True, slots=True)
class _Part:
    """A job as its bytes; one that has no end; or what stands behind the last."""

    source: bytes
    has_end: bool = True
    is_tail: bool = False


def _parts(stream: BinaryIO, buffered: bytes) -> Iterator[_Part]:
    """Every job, then the tail."""
    is_ended = False
    while True:
        begun: int | None = None
        used = 0
        for start, end, kind in _tags(buffered):
            if kind == b"</":
                if begun is not None:
                    yield _Part(buffered[begun:end])
                begun, used = None, end
                continue
            if begun is not None:
                yield _Part(buffered[begun:start], has_end=False)
            begun, used = start, start
            if kind == b"/>":
                yield _Part(buffered[start:end])
                begun, used = None, end
        buffered = buffered[used:]
        if is_ended:
            yield _Part(buffered, has_end=False, is_tail=True)
            return
        if len(buffered) > LARGEST_JOB:
            raise FeedError(f"A job is larger than {LARGEST_JOB:,} bytes.")
        chunk = stream.read(max(_CHUNK, len(buffered)))
        is_ended = not chunk
        buffered += chunk


def _tags(buffered: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where tags of jobs stand, up to a comment or CDATA that has no end yet."""
    position = 0
    while token := _TOKEN.search(buffered, position):
        ending = _ENDS_WITH.get(token[0].upper())
        if ending:
            found = buffered.find(ending, token.end())
            if found < 0:
                return
            position = found + len(ending)
            continue
        position = token.end()
        if token[0].startswith(b"</"):
            yield token.start(), token.end(), b"</"
        else:
            yield token.start(), token.end(), token[0][-2:]


# One job


def _record(where: str, frame: _Frame, part: _Part) -> FeedRecord | BadRecord:
    if not part.has_end:
        reason = "It has no </job>."
        return BadRecord(where, reason, _id_of(part.source), is_unread=True)
    try:
        job = frame.parse(part.source)
    except etree.XMLSyntaxError as error:
        known = _id_of(part.source)
        return BadRecord(
            where, f"It is not well formed: {error.msg}.", known, is_unread=not known
        )
    return _record_of_fields(
        where, {_name(e): _inner(e) for e in job.iterchildren(etree.Element)}
    )


_ID = re.compile(
    rb"<referencenumber>\s*(?:<!\[CDATA\[)?\s*([^<>\]\s]{1,200})\s*(?:\]\]>)?\s*</",
    re.I,
)


def _id_of(source: bytes) -> str:
    """The id of a job that cannot be parsed, so that it is not taken for gone."""
    found = _ID.search(source)
    return values.words(found[1].decode(errors="replace")) if found else ""


def _inner(element: etree._Element) -> str:
    """The text of a field; markup that stands in it unescaped is kept."""
    if not len(element):
        return element.text or ""
    children = (etree.tostring(child, encoding="unicode") for child in element)
    return escape(element.text or "") + "".join(children)


def _record_of_fields(where: str, fields: Fields) -> FeedRecord | BadRecord:
    notes: list[str] = []

    def given(*names: str) -> str:
        return values.first(fields.get(name, "").strip() for name in names)

    external_id = given("referencenumber", "guid", "id")
    if not values.is_united_states(given("country")):
        reason = "Its place is outside the United States."
        return BadRecord(where, reason, values.words(external_id))
    place = values.place(given("city"), given("state"), given("postalcode", "zip"))
    return record_of(
        Draft(
            where,
            external_id=external_id,
            title=given("title"),
            employer=given("company", "employer"),
            sections=[
                ("", given("description")),
                ("Experience", given("experience")),
                ("Education", given("education")),
            ],
            employer_website=given("companyurl", "website"),
            places=[place] if place else [],
            apply_url=given("applyurl", "url"),
            apply_email=given("email"),
            source_url=given("url"),
            requisition=given("requisitionid", "referencenumber"),
            posted=given("date"),
            closes=given("expirationdate"),
            stated=_stated(given, notes),
            notes=notes,
        )
    )


def _stated(given: Callable[..., str], notes: list[str]) -> Facts:
    months = values.months(given("experience"))
    education = values.words(given("education"))
    remote = values.remote(given("remotetype"), "remotetype of the feed", notes)
    if remote is None and values.says_remote(given("city")):
        remote = Read("remote", "city of the feed")
    return Facts(
        pay=_pay(given("salary"), notes),
        remote=remote,
        experience_months=(
            None if months is None else Read(months, "experience of the feed")
        ),
        education=Read(education, "education of the feed") if education else None,
        employment=values.employment(given("jobtype"), "jobtype of the feed", notes),
    )


def _pay(salary: str, notes: list[str]) -> Read[PostedPay] | None:
    written = values.line(salary)
    if not written:
        return None
    pay = parse_pay(written[:200])
    if pay is None:
        notes.append("pay left out: it is not one range with a period")
        return None
    return Read(pay, "salary of the feed")
