"""The picture beside a link."""

from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from careers.pathways import link_card


@dataclass(frozen=True)
class Shown:
    title: str
    description: str = "One sentence or two about it."
    track: str = ""


def picture(page):
    return Image.open(BytesIO(link_card.draw(page, "Chartwork")))


def test_it_has_the_size_that_is_asked_for():
    assert picture(Shown("Inpatient coder")).size == (1200, 630)


def test_its_address_changes_with_what_it_shows():
    page = Shown("Inpatient coder", track="facility")
    prints = {
        link_card.fingerprint(page),
        link_card.fingerprint(replace(page, title="Outpatient coder")),
        link_card.fingerprint(replace(page, description="Another.")),
        link_card.fingerprint(replace(page, track="profee")),
    }
    assert len(prints) == 4


def test_a_track_has_its_tab():
    plain = picture(Shown("Inpatient coder"))
    tabbed = picture(Shown("Inpatient coder", track="facility"))
    assert plain.getpixel((20, 300)) != tabbed.getpixel((20, 300))


def test_long_words_stay_on_the_picture():
    title = "W" * 60 + " and the long road from payment posting to revenue integrity"
    image = picture(Shown(title, description="m" * 250))
    margin = image.crop((1200 - 40, 100, 1200, 600)).convert("L")
    # Nothing but paper at the far side.
    assert margin.getextrema()[0] > 240
