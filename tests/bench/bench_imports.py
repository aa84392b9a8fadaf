"""Imports: how many listings a second on one core, and how much memory a large feed.

The listings are drawn, written as feeds and imported in a dry run, which reads, writes
and takes back: the database is left as it was.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from careers.jobs.demo.recipes import RECIPES
from careers.jobs.imports import source
from careers.jobs.imports.run import import_feed
from tests.bench.figures import Figure

SPEED_LISTINGS = 2_000
SPEED_CHARACTERS = 4_000
MEMORY_LISTINGS = 100_000
MEMORY_CHARACTERS = 1_000
SOURCE = "bench-imports"
SEED = 11

TITLES = (
    "Inpatient Coder II",
    "Outpatient Surgery Coder - Remote",
    "HCC Risk Adjustment Coder",
    "Medical Billing Specialist",
    "Coding Auditor",
    "Pro-Fee Coder (Cardiology)",
    "Denials Management Specialist",
    "Certified Medical Coder",
)
PLACES = (("Columbus", "OH"), ("Austin", "TX"), ("Boise", "ID"), ("Tampa", "FL"))
#: What a listing states, each once; the rest of its text are duties.
STATEMENTS = (
    "CPC or CCS required; CRC a plus.",
    "At least two years of coding experience in an acute care setting.",
    "The pay range is $27.87 - $35.31 an hour, depending on experience.",
    "This position is fully remote; we hire in Ohio, Texas, Florida and Idaho.",
    "Works in Epic and 3M 360 Encompass; knows CPT modifiers and NCCI edits.",
    "Keeps an accuracy of 95% and a productivity of 4 charts an hour.",
    "Medical, dental and vision insurance, 401(k) with match, paid time off.",
    "We are an equal opportunity employer and welcome all who apply.",
    "Full time, Monday to Friday, with flexible hours after training.",
    "A coding test is given before an offer is made.",
)
DUTIES = tuple(duty for recipe in RECIPES.values() for duty in recipe.duties)


def texts(characters: int) -> Iterator[str]:
    """Descriptions of about so many characters, each different, always the same."""
    draw = random.Random(SEED)
    while True:
        sentences = list(STATEMENTS)
        length = sum(map(len, sentences))
        while length < characters:
            sentences.append(draw.choice(DUTIES))
            length += len(sentences[-1])
        draw.shuffle(sentences)
        yield "".join(f"<p>{sentence}</p>" for sentence in sentences)


def json_lines(path: Path, listings: int) -> None:
    with path.open("w", encoding="utf-8") as feed:
        for number, text in enumerate(islice(texts(SPEED_CHARACTERS), listings)):
            city, state = PLACES[number % len(PLACES)]
            address = {"addressLocality": city, "addressRegion": state}
            posting = {
                "@type": "JobPosting",
                "title": TITLES[number % len(TITLES)],
                "description": text,
                "hiringOrganization": {"name": f"Bench Employer {number % 200}"},
                "identifier": f"bench-{number}",
                "url": f"https://bench.example/{number}",
                "jobLocation": {"address": address},
            }
            feed.write(json.dumps(posting) + "\n")


def aggregator_xml(path: Path, listings: int) -> None:
    with path.open("w", encoding="utf-8") as feed:
        feed.write("<source><publisher>Bench</publisher>")
        for number, text in enumerate(islice(texts(MEMORY_CHARACTERS), listings)):
            city, state = PLACES[number % len(PLACES)]
            feed.write(
                f"<job><title>{escape(TITLES[number % len(TITLES)])}</title>"
                f"<referencenumber>bench-{number}</referencenumber>"
                f"<url>https://bench.example/{number}</url>"
                f"<company>Bench Employer {number % 2000}</company>"
                f"<city>{city}</city><state>{state}</state><country>US</country>"
                f"<description><![CDATA[{text}]]></description></job>\n"
            )
        feed.write("</source>")


def main():
    with tempfile.TemporaryDirectory() as folder:
        lines, xml = Path(folder) / "feed.jsonl", Path(folder) / "feed.xml"
        json_lines(lines, SPEED_LISTINGS)
        aggregator_xml(xml, MEMORY_LISTINGS)
        size = xml.stat().st_size
        return [
            Figure(
                f"import of {SPEED_CHARACTERS:,}-character texts, facts read",
                SPEED_LISTINGS / seconds_to_import(lines),
                "listings/s",
                "at least 200",
            ),
            Figure(
                f"peak memory, {MEMORY_LISTINGS:,} listings in {size / 1e6:,.0f} MB",
                megabytes_to_import(xml),
                "MB",
                "under 400",
            ),
        ]


def seconds_to_import(path: Path) -> float:
    began = time.perf_counter()
    with source.opened(str(path)) as (stream, _):
        report = import_feed(stream, format="jsonld", source=SOURCE, dry_run=True)
    if report.new != SPEED_LISTINGS:
        raise RuntimeError(f"Not all went live: {report.line()}")
    return time.perf_counter() - began


def megabytes_to_import(path: Path) -> float:
    """The most memory that the command needs, in a process of its own."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_listings"]
    options = ["--format", "xml", "--source", SOURCE, "--dry-run", str(path)]
    child = subprocess.Popen([*command, *options])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"The import ended with {child.returncode}.")
    # Kilobytes on Linux, bytes on macOS.
    return used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
