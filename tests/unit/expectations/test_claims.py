"""A payment is held against the claim of its case: what no interest and no costs explain is told, and holds nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from expectations import runner
from tests.unit.expectations.lake import SmallTree, add_delivery, case

FUND = {"court_code": "T13", "case_id": "T13-1", "received_date": date(2019, 3, 4)}


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    return SmallTree(tmp_path)


def outcome(result: runner.GateResult | None, rule: str):
    assert result is not None
    return next(found for found in result.outcomes if found.rule_code == rule)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"received_amount": 9_999}, 0),
        ({"received_amount": 10_000}, 1),
        ({"received_amount": 10_000, "paid_amount": 10_000}, 1),
        ({"received_amount": 12_000, "paid_amount": 5_000, "case_id": "T13-9"}, 0),
        ({"received_amount": 12_000, "case_id": "T13-3"}, 0),
    ],
    ids=["within", "ten times", "paid out too", "a case never delivered", "a case for an act"],
)
def test_a_payment_of_ten_times_its_claim_is_told_and_holds_nobody(tree: SmallTree, change: dict, told: int) -> None:
    claims = [case(1, claim_amount=1_000), case(2, claim_amount=20_000), case(3, claim_amount=0)]
    add_delivery(tree, "cases", "2019-02", "c", claims)
    rows = [FUND | {"fund_id": str(n), "received_amount": 900} for n in range(4)]
    add_delivery(tree, "funds", "2019-03", "f", [*rows, FUND | {"fund_id": "X"} | change])
    found = outcome(runner.run_gate(tree, "funds", "2019-03"), "funds_within_claim")
    assert (found.failed_count, found.blocks) == (told, False)


def test_a_claim_counts_from_the_month_that_it_was_delivered_in(tree: SmallTree) -> None:
    """A month judged at once and the same month judged later say the same, whatever was claimed meanwhile."""
    add_delivery(tree, "cases", "2019-02", "c", [case(1, claim_amount=1_000)])
    add_delivery(tree, "funds", "2019-03", "f", [FUND | {"fund_id": "X", "received_amount": 10_000}])
    first = runner.run_gate(tree, "funds", "2019-03")
    add_delivery(tree, "cases", "2019-04", "d", [case(1, claim_amount=20_000)])
    assert runner.run_gate(tree, "funds", "2019-03").fingerprint == first.fingerprint
    assert outcome(first, "funds_within_claim").failed_count == 1


def test_a_claim_delivered_late_judges_the_payments_anew(tree: SmallTree) -> None:
    add_delivery(tree, "funds", "2019-03", "f", [FUND | {"fund_id": "X", "received_amount": 10_000}])
    assert outcome(runner.run_gate(tree, "funds", "2019-03"), "funds_within_claim").failed_count == 0
    add_delivery(tree, "cases", "2019-02", "c", [case(1, claim_amount=1_000)])
    assert outcome(runner.run_gate(tree, "funds", "2019-03"), "funds_within_claim").failed_count == 1
