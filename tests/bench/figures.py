"""What a benchmark answers: figures, each with the bar it is held to."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. ``bar`` is "under 120" or "at least 200", if any."""

    name: str
    value: float
    unit: str = ""
    bar: str = ""

    @property
    def verdict(self) -> str:
        if not self.bar:
            return ""
        word, limit = self.bar.rsplit(" ", 1)
        within = (
            self.value < float(limit) if word == "under" else self.value >= float(limit)
        )
        return "ok" if within else "MISSED"


def table(figures: Iterable[Figure]) -> str:
    rows = [
        (figure.name, f"{figure.value:,.4g}", figure.unit, figure.bar, figure.verdict)
        for figure in figures
    ]
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    return "\n".join(
        f"{name:<{widths[0]}}  {value:>{widths[1]}} {unit:<{widths[2]}}"
        f"  {bar:<{widths[3]}}  {verdict}".rstrip()
        for name, value, unit, bar, verdict in rows
    )
