"""The strips of the explorer's tables, printed in Python.

A page holds some seventy, and the template engine needs ten times as long for each.
"""

from html import escape

from django.utils.safestring import SafeString

from .charts import Strip

#: Pixels from a strip's top to the borders of its row, where threads meet.
ABOVE, BELOW = -9, 25


def strip_html(strip: Strip, grid: str) -> SafeString:
    """Back to front; ``grid`` is the id of the gridlines of its axis."""
    parts = [
        f'<use href="#{grid}"/>'
        f'<rect class="pay-strip-band" x="{strip.band.x}" width="{strip.band.width}"'
        ' y="2" height="12"/>'
    ]
    median = strip.median
    if median and strip.from_above:
        parts.append(_line("pay-thread", strip.from_above, median, ABOVE, 8))
    if median and strip.to_below:
        parts.append(_line("pay-thread", median, strip.to_below, 8, BELOW))
    if strip.interval:
        parts.append(
            f'<rect class="pay-strip-interval" x="{strip.interval.x}"'
            f' width="{strip.interval.width}" y="5" height="6"/>'
        )
    if median:
        parts.append(_line("pay-strip-median", median, median, 0, 16))
    if strip.official:
        ring = strip.official
        parts.append(_line("pay-strip-official-median", ring, ring, 0, 16))
        parts.append(
            f'<circle class="pay-strip-official-dot" cx="{ring}" cy="8" r="3.5"/>'
        )
    return SafeString(
        '<svg class="pay-strip" data-size="small" role="img"'
        f' aria-label="{escape(strip.label)}">{"".join(parts)}</svg>'
    )


def _line(name: str, x1: str, x2: str, y1: int, y2: int) -> str:
    return f'<line class="{name}" x1="{x1}" x2="{x2}" y1="{y1}" y2="{y2}"/>'
