"""A court's month in another unit than its own months before is held, in every column of amounts and both ways.
What chance can explain, of one payment or of twenty, is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations import batches, runner, scale, verdicts
from pipelines.extracts.contracts import KINDS
from tests.unit.expectations.lake import SmallTree, add_delivery

BEFORE = tuple(f"2018-{month:02d}" for month in range(1, 9))
NOW = "2019-01"
# Amounts as courts have them: a spread of three powers of ten within every month.
USUAL = [900, 4_000, 12_500, 33_000, 61_000, 150_000, 480_000, 2_000_000]
FACTORS = [Decimal(factor) for factor in ("0.0001", "0.001", "0.01", "100", "1000", "10000")]
COLUMNS = [(kind, column) for kind in KINDS if (found := scale.scaled(kind)) for column in found.columns]


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    return SmallTree(tmp_path)


def rows(kind: str, column: str, amounts: list[Any], court: str = "T13") -> list[dict[str, Any]]:
    found = scale.scaled(kind)
    item = {found.item: found.yuan[0]} if found and found.item else {}
    return [{"court_code": court, column: Decimal(str(amount)).quantize(Decimal("0.01")), **item} for amount in amounts]


def months_before(
    tree: SmallTree, kind: str, column: str, court: str = "T13", months: tuple[str, ...] = BEFORE
) -> None:
    for number, month in enumerate(months):
        amounts = [amount * (1 + Decimal(number) / 20) for amount in USUAL]
        add_delivery(tree, kind, month, f"{court}-{month}", rows(kind, column, amounts, court))


def doubts(tree: SmallTree, kind: str, column: str, months: tuple[str, ...] = (NOW,)) -> dict[str, int]:
    """Court → the least doubt about the column in the months judged, without the rest of the gate."""
    with duckdb.connect() as connection:
        batches.make_in_force_table(connection, tree, kind)
        named = connection.execute("select distinct month, delivery_id from in_force").fetchall()
        scale.make_amounts_table(connection, tree, kind, verdicts.lake_files(tree, kind, named))
        table = scale.make_scale_table(connection, kind, months)
        query = f"select court_code, min({column}_doubt) from {table} group by all"
        return dict(connection.execute(query).fetchall())


@pytest.mark.parametrize("count", [8, 20, 40])
def test_many_small_claims_beside_the_usual_ones_are_told_and_not_held(tree: SmallTree, count: int) -> None:
    """A series of claims for heating moves the median; what the court has every month is there all the same."""
    months_before(tree, "cases", "claim_amount")
    series = [600 + 37 * number for number in range(count)]
    add_delivery(tree, "cases", NOW, "series", rows("cases", "claim_amount", [*USUAL, *series]))
    assert doubts(tree, "cases", "claim_amount") == {"T13": 1}


@pytest.mark.parametrize(("kind", "column"), COLUMNS)
def test_a_month_in_another_unit_is_held_in_every_column(tree: SmallTree, kind: str, column: str) -> None:
    """Hundreds, thousands and ten thousands, both ways, each in a month of its own: none has a say in the next."""
    months_before(tree, kind, column)
    months = {f"2019-{place:02d}": factor for place, factor in enumerate(FACTORS, 1)}
    for month, factor in months.items():
        amounts = [amount * part * factor for amount in USUAL for part in (Decimal(1), Decimal("1.7"))]
        add_delivery(tree, kind, month, month, rows(kind, column, amounts))
    assert doubts(tree, kind, column, tuple(months)) == {"T13": 2}


@pytest.mark.parametrize(
    "amounts",
    [
        USUAL,
        [amount * 5 for amount in USUAL],  # a large case closed, a court's good year
        [12],  # the rest of a fee
        [30_000_000, 0, 0],  # one large payment
        [3, 40],
        [50] * 60,  # one batch of equal small payments is one amount
        [],
    ],
    ids=str,
)
def test_what_chance_explains_is_not_held(tree: SmallTree, amounts: list[int]) -> None:
    months_before(tree, "funds", "paid_amount")
    add_delivery(tree, "funds", NOW, "now", rows("funds", "paid_amount", [*amounts, *([0] if not amounts else [])]))
    assert doubts(tree, "funds", "paid_amount") == {"T13": 0}


def test_two_payments_in_another_unit_are_told_and_not_held(tree: SmallTree) -> None:
    months_before(tree, "funds", "paid_amount")
    add_delivery(tree, "funds", NOW, "now", rows("funds", "paid_amount", ["0.09", "0.4"]))
    assert doubts(tree, "funds", "paid_amount") == {"T13": 1}


def test_in_a_file_of_many_courts_those_in_another_unit_are_held_and_the_right_one_is_not(tree: SmallTree) -> None:
    courts = ["T11", "T12", "T13", "T14", "T15"]
    for court in courts:
        months_before(tree, "returns", "reported_value", court)
    wrong = [row for court in courts[:4] for row in rows("returns", "reported_value", ["6.1"], court)]
    add_delivery(tree, "returns", NOW, "now", [*wrong, *rows("returns", "reported_value", [61_000], "T15")])
    assert doubts(tree, "returns", "reported_value") == {"T11": 2, "T12": 2, "T13": 2, "T14": 2, "T15": 0}


def test_a_court_without_months_before_is_not_judged_by_others(tree: SmallTree) -> None:
    months_before(tree, "funds", "received_amount", "T13")
    add_delivery(tree, "funds", NOW, "now", rows("funds", "received_amount", ["0.9", "3.3", "48"], "T21"))
    assert doubts(tree, "funds", "received_amount") == {"T21": 0}


def test_wrong_months_before_have_no_say_in_what_is_usual(tree: SmallTree) -> None:
    months_before(tree, "funds", "received_amount")
    small = [amount * Decimal("0.0001") for amount in USUAL]
    wrong = ("2018-09", "2018-10", "2018-11", "2018-12", NOW)
    for month in wrong:
        add_delivery(tree, "funds", month, month, rows("funds", "received_amount", small))
    assert doubts(tree, "funds", "received_amount", wrong) == {"T13": 2}


def test_a_count_has_no_unit(tree: SmallTree) -> None:
    assert scale.scaled("staffing") is None
    found = scale.scaled("returns")
    assert found and found.yuan == ("到位金额",)


def test_the_gate_holds_such_a_delivery_and_the_same_one_before_it(tree: SmallTree) -> None:
    whole = [
        {"fund_id": str(n), "case_id": str(n), "received_date": date(2018, 1, 2), **row}
        for n, row in enumerate(rows("funds", "received_amount", USUAL))
    ]
    for month in BEFORE:
        add_delivery(tree, "funds", month, f"d-{month}", whole)
    small = [{**row, "received_amount": row["received_amount"] / 10_000} for row in whole]
    add_delivery(tree, "funds", NOW, "first", small, turn=2)
    add_delivery(tree, "funds", NOW, "second", small)
    results = runner.run_gates(tree, "funds")
    held = [(each.month, each.court_code, each.delivery_id, each.rule_code) for r in results for each in r.held]
    assert held == [(NOW, "T13", "second", "scale_kept"), (NOW, "T13", "first", "scale_kept")]
    alone = runner.run_gates(tree, "funds", [NOW])
    assert [each.delivery_id for each in alone[0].held] == ["second", "first"]
    assert alone[0].cached
