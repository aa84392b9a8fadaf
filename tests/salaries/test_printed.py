"""Strips printed in Python: well-formed, escaped, on the axis of their page."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

import pytest

from careers.jobs.presentation.pay_strip import Span
from careers.salaries.charts import Strip
from careers.salaries.printed import strip_html

WHOLE = Strip(
    "Ohio & <others>: median $60,000.",
    Span("20%", "20%"),
    Span("25%", "10%"),
    "30%",
    official="15%",
    from_above="28%",
    to_below="33%",
)


def parts(strip):
    root = ElementTree.fromstring(strip_html(strip, "pay-grid-hour"))  # noqa: S314
    return root, [part.get("class") for part in root if part.get("class")]


def test_strip_is_one_picture_with_one_sentence():
    root, _ = parts(WHOLE)
    assert (root.get("role"), root.get("aria-label")) == ("img", WHOLE.label)
    assert root.find("use").get("href") == "#pay-grid-hour"


def test_interval_and_median_stand_before_band_and_thread():
    _, classes = parts(WHOLE)
    assert classes == [
        "pay-strip-band",
        "pay-thread",
        "pay-thread",
        "pay-strip-interval",
        "pay-strip-median",
        "pay-strip-official-median",
        "pay-strip-official-dot",
    ]


@pytest.mark.parametrize(
    ("lacking", "absent"),
    [
        ({"interval": None}, {"pay-strip-interval"}),
        ({"official": None}, {"pay-strip-official-median", "pay-strip-official-dot"}),
        ({"from_above": None, "to_below": None}, {"pay-thread"}),
        # No thread leads to a median that is past the edge.
        ({"median": None}, {"pay-strip-median", "pay-thread"}),
    ],
)
def test_what_a_part_does_not_have_is_not_drawn(lacking, absent):
    _, classes = parts(replace(WHOLE, **lacking))
    _, whole = parts(WHOLE)
    assert set(whole) - set(classes) == absent


def test_threads_of_neighbours_meet_at_the_border_of_their_rows():
    root, _ = parts(WHOLE)
    up, down = [line for line in root if line.get("class") == "pay-thread"]
    css = (Path(settings.STATICFILES_DIRS[0]) / "css" / "part_table.css").read_text()
    height = re.search(r"\[data-trend\] tbody tr \{ block-size: (\d+)px", css)[1]
    assert int(down.get("y2")) - int(height) == int(up.get("y1"))
    assert (up.get("x2"), down.get("x1")) == (WHOLE.median, WHOLE.median)
