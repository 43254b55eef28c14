"""The gate judges each month by itself, says what failed and where, and knows when it is itself at fault."""

from __future__ import annotations

import importlib.util
import os
from datetime import date
from pathlib import Path

import duckdb
import great_expectations as gx
import pytest

from expectations import engine, runner
from expectations.suites import suite
from pipelines.extracts.contracts import KINDS, contract
from tests.unit.expectations.lake import SmallTree, add_delivery, case


@pytest.fixture
def tree(tmp_path: Path) -> SmallTree:
    return SmallTree(tmp_path)


def outcome(result: runner.GateResult, rule: str):
    return next(found for found in result.outcomes if found.rule_code == rule)


def failing_rows(tree: SmallTree) -> list[tuple]:
    runner.consolidate(tree)
    query = "select rule_code, severity, court_code, row_number, record_key, column_name, value from read_parquet(?)"
    with duckdb.connect() as connection:
        return connection.execute(query, [str(tree.gate / "failing_rows.parquet")]).fetchall()


def test_a_sound_month_passes_every_rule(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n) for n in range(5)])
    result = runner.run_gate(tree, "cases", "2019-03")
    assert result is not None
    assert not result.failed
    assert {found.checked_count for found in result.outcomes if found.rule_code == "key_unique"} == {5}
    assert failing_rows(tree) == []


def test_one_late_date_is_labelled_with_its_court_row_and_value(tree: SmallTree) -> None:
    rows = [case(n) for n in range(9)] + [case(9, court="T21", filed_date=date(2019, 4, 1))]
    add_delivery(tree, "cases", "2019-03", "a", rows)
    result = runner.run_gate(tree, "cases", "2019-03")
    found = outcome(result, "not_in_the_future")
    assert (found.passed, found.severity, found.failed_count, found.blocks) == (False, "label", 1, False)
    assert failing_rows(tree) == [("not_in_the_future", "label", "T21", 11, "T21-9", "filed_date", "2019-04-01")]


def test_another_months_delivery_is_blocked(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n, filed_date=date(2019, 5, 6)) for n in range(6)])
    result = runner.run_gate(tree, "cases", "2019-03")
    assert result.blocked
    assert outcome(result, "not_in_the_future").threshold == 0.2
    assert {row[1] for row in failing_rows(tree)} == {"block"}


def test_a_bad_month_does_not_colour_the_good_one_judged_with_it(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n) for n in range(6)])
    add_delivery(tree, "cases", "2019-04", "b", [case(n, filed_date=date(2019, 7, 1)) for n in range(6)])
    blocked = {result.month: result.blocked for result in runner.run_gates(tree, "cases", ["2019-03", "2019-04"])}
    assert blocked == {"2019-03": False, "2019-04": True}


@pytest.mark.parametrize(
    ("change", "rule", "blocks"),
    [
        ({"case_type": "民初"}, "vocabulary_known", True),
        ({"case_number": None}, "required_present", True),
        ({"case_id": "T13-0"}, "key_unique", False),
        ({"recovered_amount": -1}, "not_negative", False),
        ({"outstanding_amount": 1}, "amounts_add_up", False),
        ({"closed_date": date(2019, 3, 1)}, "dates_in_order", False),
        ({"case_number_status": "unparsed"}, "case_number_parsed", False),
        ({"case_number": "（2019）青0104执恢9号"}, "number_keeps_type", False),
        ({"case_number": "（2019）青0104司救执9号"}, "number_keeps_type", False),
        ({"case_number": "（2019）最高法执监9号"}, "number_keeps_type", False),
        ({"case_number": "（2019）青0102执9号"}, "number_keeps_court", False),
        ({"case_number": "（2019）青执9号"}, "number_keeps_court", False),
        ({"case_number": "（2019）甘0102执9号"}, "number_keeps_court", False),
        ({"filed_date": date(1991, 4, 8)}, "not_long_ago", False),
        ({"restriction_date": date(2010, 9, 30)}, "not_long_ago", False),
        ({"term_due_date": date(1976, 1, 1)}, "not_long_ago", False),
        ({"recovered_amount": 10_001}, "amounts_within_reason", False),
        ({"outstanding_amount": 10_001}, "amounts_within_reason", False),
        ({"waived_amount": 1_001}, "amounts_within_reason", False),
    ],
)
def test_each_fault_is_found_by_its_own_rule(tree: SmallTree, change: dict, rule: str, blocks: bool) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [*(case(n) for n in range(9)), case(9, **change)])
    found = outcome(runner.run_gate(tree, "cases", "2019-03"), rule)
    assert not found.passed
    assert found.blocks is blocks


@pytest.mark.parametrize(
    "change",
    [
        {"case_number": "（2019）最高法执9号"},
        {"case_number": "（2019）青执9号"},
        {"case_number": "（2019）青0104执9号之一"},
        {"case_number": "（2019）青0104执恢9号", "case_type": "执恢"},
        {"case_number": "（2019）西执字第9号", "case_number_status": "legacy"},
    ],
)
def test_a_number_of_the_cases_own_type_is_no_contradiction(tree: SmallTree, change: dict) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [*(case(n) for n in range(9)), case(9, **change)])
    assert outcome(runner.run_gate(tree, "cases", "2019-03"), "number_keeps_type").passed


@pytest.mark.parametrize(
    ("court", "number", "status"),
    [
        ("T13", "（2019）青0104执9号", "parsed"),
        ("T13", "（2019）最高法执9号", "parsed"),
        ("T13", "（2019）青9999执9号", "parsed"),  # unknown in the register: perhaps a new one
        ("T16", "（2019）青0106执9号", "parsed"),  # of an alias: a county that became a district
        ("T16", "（2019）青0122执9号", "parsed"),
        ("T13", "（2019）宁执字第9号", "legacy"),
        ("ZZ9", "（2019）甘0102执9号", "parsed"),  # of an unknown court nothing can be said
    ],
)
def test_a_number_that_the_court_may_bear_is_no_contradiction(
    tree: SmallTree, court: str, number: str, status: str
) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(9, court, case_number=number, case_number_status=status)])
    assert outcome(runner.run_gate(tree, "cases", "2019-03"), "number_keeps_court").passed


@pytest.mark.parametrize("kind", KINDS)
def test_every_date_of_a_contract_has_the_day_before_which_it_is_too_long_ago(kind: str) -> None:
    dates = [column for column in contract(kind).columns if column.type in ("date", "timestamp")]
    assert all(column.since and date.fromisoformat(column.since) >= date(1991, 4, 9) for column in dates)


@pytest.mark.parametrize(
    "change",
    [{"starting_price": 11_000}, {"starting_price": 99}, {"deal_price": 10_001}, {"deal_price": 69}],
    ids=str,
)
def test_a_price_ten_times_off_its_valuation_is_told(tree: SmallTree, change: dict) -> None:
    lot = {"court_code": "T13", "lot_id": "L", "round": "一拍", "result": "成交"}
    prices = {"valuation_amount": 1_000, "starting_price": 700, "deal_price": 700}
    add_delivery(tree, "auctions", "2019-03", "a", [lot | prices, lot | {"lot_id": "M"} | prices | change])
    found = outcome(runner.run_gate(tree, "auctions", "2019-03"), "amounts_within_reason")
    assert (found.failed_count, found.blocks) == (1, False)


@pytest.mark.parametrize("unknown", [0, None])
@pytest.mark.parametrize("column", ["valuation_amount", "starting_price"])
def test_a_price_is_not_compared_with_one_that_nobody_gave(tree: SmallTree, column: str, unknown: int | None) -> None:
    lot = {"court_code": "T13", "lot_id": "L", "round": "一拍", "result": "成交"}
    prices = {"valuation_amount": 1_000, "starting_price": 700, "deal_price": 700}
    add_delivery(tree, "auctions", "2019-03", "a", [lot | prices | {column: unknown}])
    assert outcome(runner.run_gate(tree, "auctions", "2019-03"), "amounts_within_reason").passed


def test_a_case_number_under_two_identifiers_is_found_in_its_court_alone(tree: SmallTree) -> None:
    same = case(3)["case_number"]
    rows = [case(n) for n in range(9)] + [case(3, court="T21", case_number=same), case(99, case_number=same)]
    add_delivery(tree, "cases", "2019-03", "a", rows)
    result = runner.run_gate(tree, "cases", "2019-03")
    assert outcome(result, "one_identifier").failed_count == 2
    assert [row[4] for row in failing_rows(tree) if row[0] == "one_identifier"] == ["T13-3", "T13-99"]
    assert not result.blocked


def test_a_delivery_with_every_identifier_in_disguise_is_blocked(tree: SmallTree) -> None:
    rows = [case(n) for n in range(9)] + [case(n, case_id=f"\N{RIGHT SINGLE QUOTATION MARK}T13-{n}") for n in range(9)]
    add_delivery(tree, "cases", "2019-03", "a", rows)
    assert outcome(runner.run_gate(tree, "cases", "2019-03"), "one_identifier").blocks


def test_a_court_that_delivers_half_of_the_usual_is_labelled(tree: SmallTree) -> None:
    for month in range(1, 8):
        count = 40 if month < 7 else 12
        rows = [case(n, filed_date=date(2019, 1, 2)) for n in range(count)]
        add_delivery(tree, "cases", f"2019-{month:02d}", f"d{month}", rows)
    results = runner.run_gates(tree, "cases", [f"2019-{month:02d}" for month in range(1, 8)])
    assert [result.month for result in results if not outcome(result, "volume_usual").passed] == ["2019-07"]


def test_rows_that_were_superseded_are_not_judged(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n, case_type="?") for n in range(6)])
    ledger = tree.ledger / "delivery_courts.parquet"
    with duckdb.connect() as connection:
        rows = connection.sql(f"select * replace (2 as turn) from '{ledger}'").arrow().read_all()
        connection.from_arrow(rows).write_parquet(str(ledger))
    assert runner.run_gate(tree, "cases", "2019-03") is None


def test_an_unchanged_month_is_not_judged_again_and_a_new_delivery_is(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n) for n in range(5)])
    first = runner.run_gate(tree, "cases", "2019-03")
    again = runner.run_gate(tree, "cases", "2019-03")
    add_delivery(tree, "cases", "2019-03", "b", [case(n, court="T21") for n in range(5)])
    after = runner.run_gate(tree, "cases", "2019-03")
    assert (first.cached, again.cached, after.cached) == (False, True, False)
    assert outcome(after, "key_unique").checked_count == 10


def test_a_lake_file_without_a_column_blocks_its_month(tree: SmallTree) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n) for n in range(5)])
    file = str(tree.lake / "cases" / "extract_month=2019-03" / "a.parquet")
    with duckdb.connect() as connection:
        rows = connection.sql(f"select * exclude (filed_date) from '{file}'").arrow().read_all()
        connection.from_arrow(rows).write_parquet(file)
    found = outcome(runner.run_gate(tree, "cases", "2019-03"), "schema_kept")
    assert found.blocks
    assert found.failed_count == 1


def test_an_engine_that_loses_its_rows_is_a_broken_gate_and_not_bad_data(
    tree: SmallTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n) for n in range(5)])
    monkeypatch.setattr(engine, "_buffer_rows", lambda conn, cursor, statement, parameters, context, executemany: None)
    with pytest.raises(engine.GateBrokenError):
        runner.run_gate(tree, "cases", "2019-03")
    assert runner.all_results(tree) == []


def test_a_gate_that_says_yes_to_everything_is_caught_by_its_canary(
    tree: SmallTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_delivery(tree, "cases", "2019-03", "a", [case(n) for n in range(5)])
    always = engine.ExpectTableRowCountToBeBetween(min_value=0)
    monkeypatch.setattr(engine, "UnexpectedRowsExpectation", lambda **_: always.copy())
    with pytest.raises(engine.GateBrokenError, match="canaries"):
        runner.run_gate(tree, "cases", "2019-03")


def test_a_canary_is_in_every_suite() -> None:
    assert set(engine._canaries()) == {engine.MUST_PASS, engine.MUST_FAIL}


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_of_every_kind_runs_on_its_lake(tree: SmallTree, kind: str) -> None:
    add_delivery(tree, kind, "2019-03", "a", [{"court_code": "T13"}])
    result = runner.run_gate(tree, kind, "2019-03")
    assert {found.rule_code for found in result.outcomes} >= {rule.code for rule in suite(kind)}
    assert outcome(result, "required_present").blocks, "an empty row lacks its required values"


@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_looks_at_a_personal_column(kind: str) -> None:
    from expectations.batches import lake_columns

    personal = ("masked", "hash", "name", "id_number", "handler")
    assert not [column for column in lake_columns(kind) if column.endswith(personal)]
    for rule in suite(kind):
        columns = [check.column for check in rule.checks]
        assert len(columns) == len(set(columns)), "a rule checks a column once: failing rows are counted by column"


def test_great_expectations_does_not_phone_home() -> None:
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert not gx.get_context(mode="ephemeral").config.analytics_enabled
    assert importlib.util.find_spec("great_expectations.analytics") is None, "a version that reports: test it anew"
