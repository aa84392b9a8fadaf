import gzip
import io

from django.core.management import CommandError, call_command

import pytest

from careers.jobs.models import JobListing
from tests.jobs.imports.samples import FEEDS, feed, json_lines, posting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]


def run(path, *options, format="jsonld", source="lakearden"):
    """What the command writes, as (lines of its answer, lines told on the way)."""
    out, err = io.StringIO(), io.StringIO()
    arguments = [str(path), "--format", format, "--source", source, *options]
    call_command("import_listings", *arguments, stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def feed_of(tmp_path):
    def write(*postings, pack=False):
        content = json_lines(*postings)
        path = tmp_path / "feed"
        path.write_bytes(gzip.compress(content) if pack else content)
        return path

    return write


@pytest.mark.parametrize(
    ("format", "name", "line"),
    [
        ("usajobs", "usajobs.json", "3 read: 2 new"),
        ("xml", "aggregator.xml", "4 read: 2 new"),
        ("jsonld", "postings.json", "4 read: 2 new"),
        ("jsonld", "page.html", "2 read: 2 new"),
        ("csv", "listings.csv", "5 read: 3 new"),
    ],
)
def test_every_format_is_imported_and_ends_with_one_line_of_counts(format, name, line):
    out, _ = run(FEEDS / name, format=format)
    assert out[-1].startswith(line)
    assert JobListing.objects.live().count() == int(line.split()[2])


@pytest.mark.parametrize("pack", [False, True])
def test_bad_lines_are_told_with_their_reason_and_the_good_ones_kept(feed_of, pack):
    out, told = run(feed_of(posting(1), posting(2, title=None), pack=pack))
    assert told == ["Bad line 2 (L-2): It has no title."]
    assert out[-1] == (
        "2 read: 1 new, 0 changed, 0 unchanged, 0 held as drafts (no role read), "
        "0 closed, 1 bad."
    )


LONG = "code " * 1_000_000


@pytest.mark.parametrize(
    ("format", "content", "where"),
    [
        ("jsonld", json_lines(posting(1, description=LONG), posting(2)), "line 1"),
        (
            "xml",
            "<source><job><title>Coder</title><company>L</company>"
            f"<description>{LONG}</description></job><job><title>Medical Coder</title>"
            "<company>L</company><description>You code.</description></job></source>",
            "record 1",
        ),
        (
            "csv",
            f"title,company,description\nCoder,L,{LONG}\nMedical Coder,L,You code.\n",
            "line 2",
        ),
    ],
)
def test_text_of_five_megabytes_is_one_bad_line(tmp_path, format, content, where):
    path = tmp_path / "feed"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    out, told = run(path, format=format)
    assert len(told) == 1
    assert told[0].startswith(f"Bad {where}")
    assert "1 new" in out[-1]
    assert "1 bad" in out[-1]


def test_snapshot_says_what_it_closes_or_why_it_does_not(feed_of):
    run(feed_of(posting(1), posting(2), posting(3)))
    assert "1 closed" in run(feed_of(posting(1), posting(2)), "--snapshot")[0][-1]
    out, _ = run(feed_of(posting(9)), "--snapshot")
    assert out[0] == (
        "Nothing was closed: 2 of 2 open listings are absent, more than half at once."
    )
    assert "0 closed" in out[-1]


def test_dry_run_writes_nothing(feed_of):
    out, _ = run(feed_of(posting(1)), "--dry-run")
    assert out[-1].startswith("Dry run, nothing was written: 1 read: 1 new")
    assert not JobListing.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Nothing could be read."),
        (b"[]", "Nothing could be read."),
        (json_lines({"@type": "JobPosting"}), "Nothing could be read."),
        (feed("usajobs.json")[:50], "Nothing could be read."),
    ],
)
def test_feed_of_which_nothing_can_be_read_is_an_error(tmp_path, content, message):
    path = tmp_path / "feed"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run(path)


@pytest.mark.parametrize(
    ("path", "source", "message"),
    [
        ("/no/such/feed", "lakearden", "cannot be opened"),
        ("ftp://feed.example/", "lakearden", "Use http or https"),
        ("http://127.0.0.1:1/", "lakearden", "Save the feed as a file"),
        ("/no/such/feed", "two words", "use letters, digits and hyphens"),
    ],
)
def test_import_that_cannot_begin_says_how_to_mend_it(path, source, message):
    with pytest.raises(CommandError, match=message):
        run(path, source=source)


def test_size_of_a_feed_has_a_limit(feed_of, settings):
    settings.IMPORT_MAX_BYTES = 1_000
    with pytest.raises(CommandError, match="Raise IMPORT_MAX_BYTES"):
        run(feed_of(*[posting(n) for n in range(10)]))


def test_help_names_the_columns_of_a_csv_file(capsys):
    with pytest.raises(SystemExit):
        call_command("import_listings", "--help")
    assert "salary_min" in capsys.readouterr().out
