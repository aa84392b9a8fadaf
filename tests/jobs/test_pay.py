"""Pay as posted and its equivalents."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.jobs.pay import HOURS_PER_YEAR, Period, PostedPay, Quota, QuotaPeriod


def posted(low, high, period, quota=None):
    return PostedPay(Decimal(low), Decimal(high), period, quota)


@pytest.mark.parametrize(
    ("pay", "yearly", "hourly"),
    [
        (
            posted("27.87", "35.31", "hour"),
            ("57969.60", "73444.80"),
            ("27.87", "35.31"),
        ),
        (posted("200", "240", "day"), ("52000", "62400"), ("25", "30")),
        (posted("1000", "1200", "week"), ("52000", "62400"), ("25", "30")),
        (posted("5200", "5200", "month"), ("62400", "62400"), ("30", "30")),
        (posted("62400", "83200", "year"), ("62400", "83200"), ("30", "40")),
        (posted("55000", "60000", "year"), ("55000", "60000"), ("26.44", "28.85")),
        (
            posted("2", "2.5", "chart", Quota(Decimal(12), "hour")),
            ("49920", "62400"),
            ("24", "30"),
        ),
        (
            posted("10", "10", "chart", Quota(Decimal(20), "day")),
            ("52000", "52000"),
            ("25", "25"),
        ),
        (
            posted("10", "12", "chart", Quota(Decimal(100), "week")),
            ("52000", "62400"),
            ("25", "30"),
        ),
        (posted("2", "2.5", "chart"), None, None),
    ],
)
def test_equivalents(pay, yearly, hourly):
    assert pay.yearly == (yearly and tuple(map(Decimal, yearly)))
    assert pay.hourly == (hourly and tuple(map(Decimal, hourly)))


@pytest.mark.parametrize(
    ("yearly", "hourly"),
    [("10.40", "0.01"), ("10.39", "0.00"), ("31.20", "0.02"), ("52.00", "0.03")],
)
def test_half_a_cent_is_rounded_up_as_the_database_does(yearly, hourly):
    assert posted(yearly, yearly, "year").hourly[0] == Decimal(hourly)


money = st.decimals(0, 9_999_999, places=2)


@given(
    low=money,
    more=money,
    period=st.sampled_from(Period),
    charts=st.decimals(Decimal("0.5"), 9999, places=2),
    per=st.sampled_from(QuotaPeriod),
)
def test_equivalents_keep_the_order_and_agree_with_each_other(
    low, more, period, charts, per
):
    pay = PostedPay(low, low + more, period, Quota(charts, per))
    assert pay.yearly[0] <= pay.yearly[1]
    assert pay.hourly[0] <= pay.hourly[1]
    for year, hour in zip(pay.yearly, pay.hourly, strict=True):
        assert abs(year / HOURS_PER_YEAR - hour) <= Decimal("0.01")
