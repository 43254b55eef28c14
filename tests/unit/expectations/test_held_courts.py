"""A rule that blocks holds the courts whose own rows fail, and no court beside them; the delivery before is looked at.
What follows for the ledger and the figures belongs to others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from expectations import runner
from expectations.holding import held_courts
from expectations.rules import Check, Rule
from tests.unit.expectations.lake import SmallTree, add_delivery, case
from tests.unit.expectations.test_gate import failing_rows, outcome

GROSS = Rule("gross", "规则", "rule", (Check("a", "a"),), block_above=0.2, block_from=5)
NEVER = Rule("never", "规则", "rule", (Check("a", "a"),), block_above=0.0)
AHEAD = date(2019, 9, 9)


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    return SmallTree(tmp_path)


def held(result: runner.GateResult | None) -> list[tuple[str, str, str]]:
    assert result is not None
    return [(each.court_code, each.delivery_id, each.rule_code) for each in result.held]


@pytest.mark.parametrize(
    ("rule", "counts", "courts"),
    [
        (GROSS, {"A": (10, 6), "B": (900, 0)}, {"A"}),  # more than half of its own, however large the province
        (GROSS, {"A": (10, 3), "B": (900, 0)}, set()),  # a label
        (GROSS, {"A": (4, 4), "B": (900, 0)}, set()),  # too few rows to tell a wrong file by
        (GROSS, {"A": (90, 90), "B": (4, 1)}, {"A"}),  # the court that filled the month does not take others along
        (GROSS, {"A": (20, 5), "B": (20, 5)}, {"A", "B"}),  # the month as a whole is wrong
        (GROSS, {"A": (20, 5), "B": (20, 0), "C": (2, 1)}, set()),
        (GROSS, {f"C{n}": (4, 4) for n in range(9)}, {f"C{n}" for n in range(9)}),  # wrong everywhere, little by little
        (NEVER, {"A": (90, 1), "B": (90, 0)}, {"A"}),
        (Rule("label", "规则", "rule", (Check("a", "a"),)), {"A": (9, 9)}, set()),
    ],
)
def test_the_courts_that_a_rule_holds(rule: Rule, counts: dict[str, tuple[int, int]], courts: set[str]) -> None:
    assert held_courts(rule, counts) == courts


def test_one_court_s_wrong_file_does_not_hold_its_neighbours(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "good", [case(n) for n in range(99)])
    add_delivery(tree, "cases", "2019-03", "bad", [case(n, court="T21", filed_date=AHEAD) for n in range(6)])
    result = runner.run_gate(tree, "cases", "2019-03")
    assert held(result) == [("T21", "bad", "not_in_the_future")]
    assert outcome(result, "not_in_the_future").blocks
    assert {(row[1], row[2]) for row in failing_rows(tree)} == {("block", "T21")}


def test_the_delivery_before_a_held_one_is_judged_and_stands(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "first", [case(n) for n in range(6)], turn=2)
    add_delivery(tree, "cases", "2019-03", "second", [case(n, filed_date=AHEAD) for n in range(6)])
    assert held(runner.run_gate(tree, "cases", "2019-03")) == [("T13", "second", "not_in_the_future")]


def test_deliveries_are_looked_at_backwards_until_one_may_stand(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "first", [case(n) for n in range(6)], turn=3)
    add_delivery(tree, "cases", "2019-03", "second", [case(n, case_type="?") for n in range(6)], turn=2)
    add_delivery(tree, "cases", "2019-03", "third", [case(n, filed_date=AHEAD) for n in range(6)])
    assert held(runner.run_gate(tree, "cases", "2019-03")) == [
        ("T13", "third", "not_in_the_future"),
        ("T13", "second", "vocabulary_known"),
    ]


def test_a_delivery_that_was_replaced_by_a_sound_one_is_nobody_s_fault(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "first", [case(n, filed_date=AHEAD) for n in range(6)], turn=2)
    add_delivery(tree, "cases", "2019-03", "second", [case(n) for n in range(6)])
    result = runner.run_gate(tree, "cases", "2019-03")
    assert held(result) == []
    assert failing_rows(tree) == []


def test_what_is_held_is_kept_with_the_result_and_told_in_a_table(tree: SmallTree) -> None:
    import pyarrow.parquet as pq

    add_delivery(tree, "cases", "2019-03", "a", [case(n, filed_date=AHEAD) for n in range(6)])
    first, again = runner.run_gate(tree, "cases", "2019-03"), runner.run_gate(tree, "cases", "2019-03")
    assert again is not None and again.cached and held(again) == held(first) != []
    runner.consolidate(tree)
    (row,) = pq.read_table(tree.gate / "held_courts.parquet").to_pylist()
    assert (row["court_code"], row["checked_count"], row["failed_count"]) == ("T13", 6, 6)


def test_rows_whose_court_is_that_of_their_case_are_judged_as_that_court_s(tree: SmallTree) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = {"case_id": "C1", "node_code": "N01", "started_at": None, "court_code": "T13"}
    add_delivery(tree, "nodes", "2019-03", "a", [row])
    file = tree.lake / "nodes" / "extract_month=2019-03" / "a.parquet"
    kept = pq.read_table(file)
    place = kept.schema.get_field_index("court_code")
    pq.write_table(kept.set_column(place, "court_code", pa.nulls(1, pa.string())), file)
    pq.write_table(pa.table({"case_id": ["C1"], "court_code": ["T13"]}), tree.ledger / "case_courts.parquet")
    assert held(runner.run_gate(tree, "nodes", "2019-03")) == [("T13", "a", "required_present")]
