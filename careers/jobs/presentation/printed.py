"""Drawings and lines of which a page holds dozens, printed in Python.

The template engine needs ten times as long for the many small parts of each.
"""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from .pay_strip import PayStrip, Span
from .place_words import Piece
from .rule_words import RuleClause, RuleLine


class Heights(NamedTuple):
    """Where the parts of a strip begin and end, in pixels from its top."""

    band: tuple[int, int]
    bar: tuple[int, int]
    ends: tuple[int, int]
    point: int


HEIGHTS = {
    "": Heights(band=(4, 26), bar=(11, 19), ends=(7, 23), point=15),
    "small": Heights(band=(2, 14), bar=(6, 10), ends=(4, 12), point=8),
}


def strip_html(
    strip: PayStrip | None, *, size: str = "", has_grid: bool = True
) -> SafeString:
    """The pay strip as SVG, back to front; nothing where there is nothing to draw."""
    if strip is None:
        return SafeString("")
    at = HEIGHTS["small" if size == "small" else ""]
    parts = ['<use href="#pay-grid"/>'] if has_grid else []
    if strip.band:
        kind = "data-none " if strip.band_is_outline else ""
        parts.append(_rect("pay-strip-band", strip.band, at.band, kind))
    if strip.median:
        parts.append(_line("pay-strip-median", strip.median, at.band))
    if strip.bar:
        parts.append(_rect("pay-strip-range", strip.bar, at.bar))
    parts += [_line("pay-strip-end", x, at.ends) for x in strip.ends]
    if strip.point:
        parts.append(
            f'<circle class="pay-strip-point" cx="{strip.point}"'
            f' cy="{at.point}" r="5"/>'
        )
    sized = f' data-size="{size}"' if size else ""
    return SafeString(
        f'<svg class="pay-strip"{sized} role="img" aria-label="{escape(strip.label)}">'
        f"{''.join(parts)}</svg>"
    )


def _rect(name: str, span: Span, between: tuple[int, int], kind: str = "") -> str:
    top, bottom = between
    return (
        f'<rect class="{name}" {kind}x="{span.x}" width="{span.width}"'
        f' y="{top}" height="{bottom - top}"/>'
    )


def _line(name: str, x: str, between: tuple[int, int]) -> str:
    top, bottom = between
    return f'<line class="{name}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>'


def rule_html(line: RuleLine) -> SafeString:
    """The credential rule with dots between its parts, and the verdict."""
    parts = [f'<span class="or">{escape(line.opening)}</span> '] if line.opening else []
    parts += map(clause_html, line.clauses)
    verdict = line.verdict
    stroke = (
        f'<mark data-kind="{verdict.kind}">{escape(verdict.text)}</mark>'
        if verdict
        else ""
    )
    dot = '<span class="or" aria-hidden="true">·</span> '
    return SafeString(f'<p class="rule-line">{dot.join(parts)}{stroke}</p>')


def clause_html(clause: RuleClause) -> SafeString:
    """One group of the rule, or what is preferred."""
    lead = f'<span class="or">{escape(clause.lead)}</span> ' if clause.lead else ""
    more = f'<span class="or">or {clause.more} more</span> ' if clause.more else ""
    apprentice = (
        '<span class="nowrap"><span class="or" aria-hidden="true">·</span> '
        f"{_codes(clause.apprentice)}ok</span> "
        if clause.apprentice
        else ""
    )
    return SafeString(f"{lead}{_codes(clause.codes)}{more}{apprentice}")


def _codes(codes: Iterable[str]) -> str:
    return "".join(f'<span class="code">{escape(code)}</span> ' for code in codes)


def pieces_html(pieces: Iterable[Piece]) -> SafeString:
    """Words in a row, those about the reader marked."""
    return SafeString(
        "".join(
            f"<mark>{escape(piece.text)}</mark>" if piece.is_you else escape(piece.text)
            for piece in pieces
        )
    )
