"""An installation's row takes its days from the catalogue's row of the same key; all else of the catalogue stays."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipelines.settings.combining import FIRST, LAST, Row, combined, day
from pipelines.settings.tables import tables

WEIGHTS = tables()["indicator_weights"]
BASE = date(2019, 1, 1)


def weight(code: str, value: str, first: str, last: str = "") -> Row:
    return {"indicator_code": code, "weight": value, "valid_from": first, "valid_to": last, "source": ""}


def test_a_dated_row_ends_the_catalogues_the_day_before_and_lets_it_go_on_the_day_after() -> None:
    product = [weight("QX01", "1", "2016-01-01"), weight("QX02", "1", "2016-01-01")]
    found = combined(WEIGHTS, product, [weight("QX01", "3", "2019-01-01", "2019-12-31")])
    assert found == [
        weight("QX01", "1", "2016-01-01", "2018-12-31"),
        weight("QX01", "1", "2020-01-01"),
        weight("QX02", "1", "2016-01-01"),
        weight("QX01", "3", "2019-01-01", "2019-12-31"),
    ]


def test_a_table_without_dates_has_the_installations_row_of_a_key() -> None:
    days = tables()["working_days"]
    product = [
        {"day": f"2026-01-0{n}", "is_working_day": "false", "holiday_name": "元旦", "source": ""} for n in (1, 2)
    ]
    own = {"day": "2026-01-02", "is_working_day": "true", "holiday_name": "", "source": "本省"}
    assert combined(days, product, [own]) == [product[0], own]


stretches = st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans()).map(
    lambda t: (BASE + timedelta(t[0]), None if t[2] else BASE + timedelta(t[0] + t[1]))
)


@given(product=stretches, own=st.lists(stretches, max_size=3))
def test_on_every_day_the_installations_row_counts_where_there_is_one_and_else_the_catalogues(
    product: tuple[date, date | None], own: list[tuple[date, date | None]]
) -> None:
    def row(value: str, stretch: tuple[date, date | None]) -> Row:
        return weight("QX01", value, stretch[0].isoformat(), stretch[1].isoformat() if stretch[1] else "")

    def holds(stretch: tuple[date, date | None], on: date) -> bool:
        return stretch[0] <= on <= (stretch[1] or LAST)

    found = combined(WEIGHTS, [row("1", product)], [row("2", each) for each in own])
    for on in (BASE + timedelta(n) for n in range(-2, 130)):
        counting = {r["weight"] for r in found if day(r["valid_from"], FIRST) <= on <= day(r["valid_to"], LAST)}
        expected = {"2"} if any(holds(each, on) for each in own) else {"1"} if holds(product, on) else set()
        assert counting == expected
