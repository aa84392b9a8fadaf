"""How words of listings and of questions become terms in Elasticsearch.

The field writes with hyphens, slashes and ampersands: "E/M", "A/R", "ICD-10-CM",
"CCS-P", "CPC-A". Such codes stay whole, so that CCS does not find CCS-P; ordinary
compounds ("follow-up", "coder/biller") part into words. `search.text.spoken` draws the
same border for PostgreSQL.
"""

from elasticsearch.dsl import analyzer, char_filter, token_filter, tokenizer

# Patterns begin with a letter or sign and look behind them then: a search that skips to
# it takes half the time of one that looks behind at every letter.
DASHES = char_filter(
    "dashes",
    type="mapping",
    mappings=[
        *(rf"{dash}=>-" for dash in (r"\u2010", r"\u2011", r"\u2013")),
        r"\u2014=>\u0020",
        r"\u2019=>'",
        r"\u00a0=>\u0020",
    ],
)
#: "E&M", "E & M" and "E/M" are one word.
AMPERSANDS = char_filter(
    "ampersands",
    type="pattern_replace",
    pattern=r" ?& ?(?<=(?<![\p{L}\p{N}])\p{L} {0,1}& {0,1})(?=\p{L}(?![\p{L}\p{N}]))",
    replacement="/",
)
#: "ICD 10 CM", "ICD10-CM" and "ICD-10-CM" are one word; so are "ICD10" and "ICD-10".
ICD_WITH_PART = char_filter(
    "icd_with_part",
    type="pattern_replace",
    pattern=r"(?i)ICD(?<=\bICD)[\s-]?(9|10|11)[\s-]?(CM|PCS)\b",
    replacement="icd-$1-$2",
)
ICD = char_filter(
    "icd",
    type="pattern_replace",
    pattern=r"(?i)ICD(?<=\bICD)[\s-]?(9|10|11)\b",
    replacement="icd-$1",
)
#: A slash beside two letters or more, a hyphen between two and two: words, not codes.
#: A hyphen between numbers of three digits or more is a range: "97151-97158".
COMPOUNDS = char_filter(
    "compounds",
    type="pattern_replace",
    pattern=(
        r"/(?<=[\p{L}\p{N}]{2}/)(?=[\p{L}\p{N}])"
        r"|/(?<=[\p{L}\p{N}]/)(?=[\p{L}\p{N}]{2})"
        r"|-(?<=\p{L}{2}-)(?=\p{L}{2})|-(?<=\d{3}-)(?=\d{3})"
    ),
    replacement=" ",
)

#: Blanks, punctuation and symbols, as ranges of a character class.
_PARTS = "\u0001-\u0020!-/:-@\\[-`{-\u00bf\u2010-\u2bff\u3000-\u303f"
#: Letters and digits, with ".5" after digits ("E11.9", "28.50"), joined by - / or '.
WORDS = tokenizer(
    "words",
    type="simple_pattern",
    pattern=rf"[^{_PARTS}]+(\.[0-9]+)?([\-/'][^{_PARTS}]+(\.[0-9]+)?)*",
)

_CHARACTERS = [DASHES, AMPERSANDS, ICD_WITH_PART, ICD, COMPOUNDS]
_FOLDED = [
    "lowercase",
    "asciifolding",
    token_filter("possessive", type="stemmer", language="possessive_english"),
]
_STEM = token_filter("stem", type="stemmer", language="english")

#: Words as they are written, but for case and accents.
EXACT = analyzer("exact", tokenizer=WORDS, char_filter=_CHARACTERS, filter=_FOLDED)
#: Words by their stem: "coders" is "coder".
STEMMED = analyzer(
    "stemmed", tokenizer=WORDS, char_filter=_CHARACTERS, filter=[*_FOLDED, _STEM]
)
#: The same for HTML.
STEMMED_HTML = analyzer(
    "stemmed_html",
    tokenizer=WORDS,
    char_filter=["html_strip", *_CHARACTERS],
    filter=[*_FOLDED, _STEM],
)
