"""Words of the field survive analysis, in the index and in questions."""

import pytest
from elasticsearch import Elasticsearch

from search import index


@pytest.fixture(scope="module")
def terms(elasticsearch_node):
    """A function from an analyzer and a text to the terms it makes."""
    client = Elasticsearch(elasticsearch_node)
    name = index.new_name().replace(index.alias(), "analysis")
    client.indices.create(index=name, **index.body())

    def analyze(text, analyzer="exact"):
        found = client.indices.analyze(index=name, analyzer=analyzer, text=text)
        return [token["token"] for token in found["tokens"]]

    yield analyze
    client.indices.delete(index=name)
    client.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E/M", ["e/m"]),
        ("E&M, E & M", ["e/m", "e/m"]),
        ("A/R follow-up", ["a/r", "follow", "up"]),
        ("ICD-10-CM", ["icd-10-cm"]),
        ("ICD 10 CM, ICD10-PCS; ICD-10PCS", ["icd-10-cm", "icd-10-pcs", "icd-10-pcs"]),
        ("ICD-10-CM/PCS", ["icd-10-cm", "pcs"]),
        ("ICD10 and ICD 10.", ["icd-10", "and", "icd-10"]),
        ("ICD-1000", ["icd-1000"]),
        ("CCS-P", ["ccs-p"]),
        ("CPC/CCS-P", ["cpc", "ccs-p"]),
        ("CPC–A or COC‑A", ["cpc-a", "or", "coc-a"]),
        ("3M 360 Encompass™", ["3m", "360", "encompass"]),
        ("CPT 99213 (E11.9)", ["cpt", "99213", "e11.9"]),
        ("UB-04 CMS-1500", ["ub-04", "cms-1500"]),
        ("MS-DRG", ["ms", "drg"]),
        ("coder/biller", ["coder", "biller"]),
        ("RHIT-eligible", ["rhit", "eligible"]),
        ("St. Mary’s", ["st", "mary"]),
        ("Peña Clínica", ["pena", "clinica"]),
        ("• • —", []),
    ],
)
def test_codes_stay_whole_and_compounds_part(terms, text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("coders", "coder"), ("billing", "bill"), ("audits", "auditing")],
)
def test_words_meet_in_their_stem(terms, one, other):
    assert terms(one, "stemmed") == terms(other, "stemmed")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CCS", "CCS-P"),
        ("CPC", "COC"),
        ("CPC", "CPC-A"),
        ("RHIT", "RHIA"),
        ("CCA", "CCS"),
        ("media", "medical"),
        ("radio", "radiology"),
    ],
)
def test_different_words_stay_different(terms, one, other):
    assert terms(one, "stemmed") != terms(other, "stemmed")


def test_html_is_not_text(terms):
    html = (
        "<p class='coder'>Codes&nbsp;charts</p><ul><li>Queries</li><li>Audits</li></ul>"
    )
    assert terms(html, "stemmed_html") == ["code", "chart", "queri", "audit"]
