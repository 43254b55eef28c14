"""Why a quotient moved, tile by tile: the tiles of a side add up to its change, and their effects to its bar.
The figures are made by hand; what the page shows of them is tested with the page."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards import findings
from dashboards.app_pages.court import turnover
from dashboards.app_pages.court.turnover import Tile, tiles
from dashboards.month import Month

OPENING = {"2018-11": 40, "2018-12": 44, "2019-01": 50, "2019-02": 53}
NEW = {"2018-11": 9, "2018-12": 8, "2019-01": 7, "2019-02": 6}


def span(first: str, last: str) -> turnover.Span:
    return Month.parse(first), Month.parse(last)


def monthly(**parts: tuple[str, dict[str, int]]) -> pd.DataFrame:
    rows = [(code, rule, m, v) for code, (rule, values) in parts.items() for m, v in values.items()]
    return pd.DataFrame(rows, columns=["measure_code", "window_rule", "month", "measure_value"])


ACCEPTED = monthly(opening_cases=("first", OPENING), new_cases=("sum", NEW))


def test_a_rolling_window_moves_its_opening_stock_with_its_first_month() -> None:
    # Accepted to January: 40 + 9 + 8 + 7 = 64; to February: 44 + 8 + 7 + 6 = 65.
    found = tiles(ACCEPTED, span("2018-11", "2019-01"), span("2018-12", "2019-02"), 65 - 64)
    assert found == [
        Tile("opening", "opening_cases", span("2018-11", "2018-12"), 4),
        Tile("entered", "new_cases", span("2019-02", "2019-02"), 6),
        Tile("left", "new_cases", span("2018-11", "2018-11"), -9),
    ]


def test_a_year_so_far_keeps_its_opening_stock_and_in_january_begins_anew() -> None:
    within = tiles(ACCEPTED, span("2019-01", "2019-01"), span("2019-01", "2019-02"), 6)
    assert within == [Tile("entered", "new_cases", span("2019-02", "2019-02"), 6)]
    anew = tiles(ACCEPTED, span("2018-11", "2018-12"), span("2019-01", "2019-01"), (50 + 7) - (40 + 9 + 8))
    assert [(tile.kind, tile.amount) for tile in anew] == [("opening", 10), ("entered", 7), ("left", -17)]


def test_a_stock_at_the_end_is_the_later_less_the_earlier() -> None:
    held = monthly(held=("last", {"2019-01": 100, "2019-02": 70}))
    assert tiles(held, span("2018-11", "2019-01"), span("2018-12", "2019-02"), -30) == [
        Tile("closing", "held", span("2019-01", "2019-02"), -30)
    ]


def test_what_no_month_can_tell_is_the_rest() -> None:
    persons = monthly(persons=("recompute", {"2019-01": 5, "2019-02": 5}))
    assert tiles(persons, span("2018-11", "2019-01"), span("2018-12", "2019-02"), 2) == [
        Tile("other", "", span("2018-12", "2019-02"), 2)
    ]


def test_the_tiles_effects_add_up_to_the_bars() -> None:
    before, after = (30.0, 64.0), (33.0, 65.0)
    bars, rates = findings.effects(before, after), findings.effects_of_one(before, after)
    assert bars is not None and rates is not None
    found = tiles(ACCEPTED, span("2018-11", "2019-01"), span("2018-12", "2019-02"), 1)
    assert sum(tile.amount * rates[1] for tile in found) == pytest.approx(bars[1])
    assert sum(bars) == pytest.approx(33 / 65 - 30 / 64)


def test_without_the_opening_stock_the_tiles_would_not_close() -> None:
    flows = ACCEPTED[ACCEPTED["window_rule"] == "sum"]
    found = tiles(flows, span("2018-11", "2019-01"), span("2018-12", "2019-02"), 1)
    assert found[-1] == Tile(turnover.OTHER, "", span("2018-12", "2019-02"), 4)
