"""The files of starter content: read, shaped, and true to one another."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from careers.pathways import content
from careers.pathways.content import ContentError

PAGES = list(content.pages())


def write(folder: Path, text: str, kind: str = "guides", name: str = "one.toml"):
    path = folder / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_dates_and_tables_are_shaped_as_a_stream_field_stores_them(tmp_path):
    write(
        tmp_path,
        """
title = "One"
[[body]]
type = "table"
value = { caption = "C", columns = [{type="text", heading="A"}], rows = [["x"]] }
[[body]]
type = "fact"
value = { value = "1", checked_on = 2026-06-30 }
""",
    )
    (page,) = content.pages(tmp_path)
    assert page.slug == "one"
    table, fact = page.body
    assert table["value"]["rows"] == [{"values": ["x"]}]
    assert fact["value"]["checked_on"] == "2026-06-30"


def test_a_broken_file_is_named(tmp_path):
    write(tmp_path, "title = ")
    with pytest.raises(ContentError, match=r"one\.toml is not TOML"):
        list(content.pages(tmp_path))


def test_a_block_without_a_type_is_named_with_its_place(tmp_path):
    write(tmp_path, '[[body]]\ntype = "text"\nvalue = "a"\n[[body]]\nvalue = "b"\n')
    (page,) = content.pages(tmp_path)
    with pytest.raises(ContentError, match=r"one\.toml, block 2"):
        _ = page.body


@pytest.mark.parametrize(
    ("kind", "fewest"),
    [("roles", 28), ("credentials", 20), ("settings", 10), ("pathways", 5)],
)
def test_there_is_enough_of_every_kind(kind, fewest):
    assert sum(page.kind == kind for page in PAGES) >= fewest


def test_there_are_six_guides_and_forty_moves():
    assert sum(page.kind == "guides" for page in PAGES) >= 6
    assert len(content.moves()) >= 40


def test_no_two_pages_have_one_address():
    addresses = [(page.kind, page.slug) for page in PAGES]
    assert len(set(addresses)) == len(addresses)


def test_steps_of_a_pathway_are_moves():
    moves = {(move["from"], move["to"]) for move in content.moves()}
    for page in PAGES:
        steps = page.values.get("steps", [])
        for pair in pairwise(steps):
            assert pair in moves, f"{page.path.name}: {pair}"


def test_moves_never_lead_down(vocabulary):
    roles = vocabulary.roles
    for move in content.moves():
        assert roles[move["from"]].level <= roles[move["to"]].level, move


def test_every_role_is_on_the_map(vocabulary):
    named = {move[end] for move in content.moves() for end in ("from", "to")}
    assert named == set(vocabulary.roles)


def test_facts_are_of_days_that_have_come_and_name_their_source():
    facts = [fact for page in PAGES for fact in page.values.get("facts", ())]
    assert len(facts) > 100
    for fact in facts:
        assert fact["source_name"], fact
        assert fact["checked_on"] <= date(2026, 11, 24), fact


def test_numbers_of_a_cost_are_in_its_sentence():
    for page in PAGES:
        for fact in page.values.get("facts", ()):
            if fact["kind"] == "cost":
                text = fact["text"].replace(",", "")
                for end in ("low", "high"):
                    if end in fact:
                        assert f"{fact[end]:g}" in text, (page.slug, fact)


@pytest.mark.parametrize("wrong", ["47115", "70499", "K35.2 is acute appendicitis"])
def test_errors_of_the_source_are_not_repeated(wrong):
    for page in PAGES:
        assert wrong not in page.path.read_text("utf-8"), page.path.name


def test_the_examples_name_the_codes_that_are_right():
    text = "".join(p.path.read_text("utf-8") for p in PAGES if p.kind == "guides")
    for code in ("K35.80", "44970", "70551", "70552", "70553"):
        assert code in text


def test_pages_that_name_a_cpt_code_name_its_owner():
    for page in PAGES:
        text = page.path.read_text("utf-8")
        if any(code in text for code in ("44970", "70551")):
            assert "© American Medical Association" in text, page.path.name


def test_no_credential_has_an_apprentice_form_that_does_not_exist():
    for page in PAGES:
        text = page.path.read_text("utf-8")
        for none in ("CIC-A", "CRC-A", "CPB-A"):
            assert f"<code>{none}</code>" not in text, page.path.name
