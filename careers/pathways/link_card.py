"""The picture that stands beside a link to a page elsewhere: its title, drawn."""

import hashlib
import textwrap
from functools import cache
from io import BytesIO

from django.contrib.staticfiles import finders

from PIL import Image, ImageDraw, ImageFont

from careers.jobs.models.vocabulary import LETTERS, Track
from careers.salaries.drawing import INK, INK_SOFT, PAPER, RULE, TRACKS

#: The size that those who show links ask for.
WIDTH, HEIGHT = 1200, 630
MARGIN, TAB = 80, 120
TITLE, SMALL = 68, 34
MOST_LINES = 4


def fingerprint(page) -> str:
    """Changes with what the picture shows, so that it may be kept for good."""
    shown = "\n".join([page.title, page.description, page.track])
    return hashlib.sha256(shown.encode()).hexdigest()[:12]


def draw(page, site_name: str) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 12), fill=INK)
    left = MARGIN
    if page.track:
        _tab(canvas, page.track)
        left += TAB
    y = MARGIN + 20
    lines = _wrapped(page.title, 600, TITLE, WIDTH - left - MARGIN)[:MOST_LINES]
    for line in lines:
        canvas.text((left, y), line, font=_face(600, TITLE), fill=INK)
        y += round(TITLE * 1.18)
    y += 20
    room = (HEIGHT - MARGIN - 70 - y) // round(SMALL * 1.35)
    below = _wrapped(page.description, 400, SMALL, WIDTH - left - MARGIN)
    for line in below[: max(room, 0)]:
        canvas.text((left, y), line, font=_face(400, SMALL), fill=INK_SOFT)
        y += round(SMALL * 1.35)
    foot = HEIGHT - MARGIN - 20
    canvas.line((left, foot - 24, WIDTH - MARGIN, foot - 24), fill=RULE, width=2)
    canvas.text((left, foot), site_name, font=_face(600, SMALL), fill=INK)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _tab(canvas, track: str) -> None:
    canvas.rectangle((0, MARGIN, TAB, HEIGHT - MARGIN), fill=TRACKS[track])
    canvas.text(
        (TAB / 2, MARGIN + 50),
        LETTERS[Track(track)],
        font=_face(600, 48),
        fill=PAPER,
        anchor="mm",
    )


def _wrapped(text: str, weight: int, size: int, width: float) -> list[str]:
    """Lines that fit: as many letters as a line of the face's mean letter holds."""
    face = _face(weight, size)
    letters = max(10, int(width / (face.getlength(text) / max(len(text), 1) or 1)))
    lines = textwrap.wrap(text, letters)
    while any(face.getlength(line) > width for line in lines) and letters > 10:
        letters -= 1
        lines = textwrap.wrap(text, letters)
    return lines


@cache
def _face(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(finders.find(f"fonts/public-sans-{weight}.woff2"), size)
