"""How long ago, in the fewest words."""

from datetime import datetime, timedelta


def age(moment: datetime, now: datetime) -> str:
    """5 min, 8 h, 1 day, 12 days, 3 wk, 5 mo, 2 yr."""
    gone = max(now - moment, timedelta())
    if gone < timedelta(hours=1):
        return f"{max(gone // timedelta(minutes=1), 1)} min"
    if gone < timedelta(days=1):
        return f"{gone // timedelta(hours=1)} h"
    days = gone.days
    if days < 14:
        return _counted(days, "day")
    if days < 61:
        return f"{days // 7} wk"
    if days < 730:
        return f"{int(days / 30.44)} mo"
    return f"{int(days / 365.25)} yr"


def day(moment: datetime, now: datetime) -> str:
    """today, yesterday, 5 days ago; "on November 3, 2026" when it is long gone."""
    days = (now.date() - moment.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days <= 30:
        return f"{days} days ago"
    return f"on {moment:%B} {moment.day}, {moment.year}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'s' if count != 1 else ''}"


def months(count: int) -> str:
    """6 months, 1 year, 18 months, 2 years."""
    if count and count % 12 == 0:
        return _counted(count // 12, "year")
    return _counted(count, "month")
