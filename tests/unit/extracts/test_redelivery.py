"""Deliveries over time: twice the same, corrected, late, out of order, killed halfway; the ledger they lead to.
What is inside the files matters here only as far as it changes."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.extracts.in_force import reckon
from pipelines.extracts.loading import consolidate
from pipelines.extracts.reading import Limits
from tests.unit.extracts.conftest import Clerk, Row, case, clerk_at, fund


def in_force(clerk: Clerk) -> dict[tuple[str, str | None], str]:
    """(month, court) → file in force."""
    files = {row["delivery_id"]: row["file_name"].rpartition("/")[2] for row in clerk.ledger("deliveries")}
    courts = clerk.ledger("delivery_courts")
    return {
        (f"{r['extract_month']:%Y-%m}", r["court_code"]): files[r["delivery_id"]] for r in courts if r["is_in_force"]
    }


def statuses(clerk: Clerk) -> dict[str, str]:
    return {row["file_name"].rpartition("/")[2]: row["status"] for row in clerk.ledger("deliveries")}


def test_receiving_twice_changes_nothing(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2, 到账日期="x")], "a.csv")
    assert clerk.receive().received == 1
    consolidate(clerk.layout)
    before = clerk.tree()
    again = clerk.receive()
    consolidate(clerk.layout)
    assert (again.received, again.accepted, again.rejected) == (0, 1, 1)
    assert clerk.tree() == before


def test_a_file_put_there_again_unchanged_changes_nothing(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv", at=100)
    clerk.receive()
    consolidate(clerk.layout)
    before = clerk.tree()
    clerk.deliver([fund(1)], "a.csv", at=900)
    clerk.receive()
    consolidate(clerk.layout)
    assert clerk.tree() == before


def test_the_same_content_under_another_name_is_a_duplicate(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv", at=100)
    clerk.deliver([fund(1)], "b.csv", at=200)
    assert [receipt.status for receipt in clerk.receive().deliveries] == ["accepted", "duplicate"]
    rows = {row["file_name"][-5:]: row for row in clerk.ledger("deliveries")}
    assert rows["b.csv"]["duplicate_of"] == rows["a.csv"]["delivery_id"]
    assert in_force(clerk) == {("2019-12", "T14"): "a.csv"}
    assert clerk.ledger("redelivery_changes") == []


def test_content_delivered_again_after_a_correction_is_no_duplicate(clerk: Clerk) -> None:
    for at, (name, amount) in enumerate([("a.csv", "1"), ("b.csv", "2"), ("c.csv", "1")], 1):
        clerk.deliver([fund(1, 到账金额=amount)], name, at=at * 100)
    clerk.receive()
    assert statuses(clerk) == {"a.csv": "accepted", "b.csv": "accepted", "c.csv": "accepted"}
    assert in_force(clerk) == {("2019-12", "T14"): "c.csv"}


def test_the_standing_does_not_depend_on_the_order_of_receipts(clerk: Clerk) -> None:
    for at, amount in enumerate("1231", 1):
        clerk.deliver([fund(1, 到账金额=amount)], f"{at}.csv", at=at * 100)
    found = list(clerk.receive().deliveries)
    standings = [reckon(order) for order in itertools.permutations(found)]
    assert all(standing == standings[0] for standing in standings)
    assert standings[0].by_court["T14"].file_name == "2019-12/funds/4.csv"


def test_a_redelivery_replaces_court_by_court(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2, 法院代码="T11")], "a.csv", at=100)
    clerk.deliver([fund(1, 到账金额="9")], "b.csv", at=200)
    clerk.receive()
    assert in_force(clerk) == {("2019-12", "T14"): "b.csv", ("2019-12", "T11"): "a.csv"}
    rows = {(row["court_code"], row["is_in_force"]): row for row in clerk.ledger("delivery_courts")}
    assert rows["T14", False]["superseded_by"] == rows["T14", True]["delivery_id"]
    assert rows["T11", True]["superseded_by"] is None
    assert len(list((clerk.layout.lake / "funds").glob("*/*.parquet"))) == 2


def test_what_a_redelivery_changed_is_listed(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2), fund(3), fund(9, 法院代码="T11")], "a.csv", at=100)
    clerk.deliver([fund(1), fund(2, 到账金额="9", 发放日期=""), fund(4)], "b.csv", at=200)
    clerk.receive()
    changes = [(row["change"], row["record_key"], row["changed_columns"]) for row in clerk.ledger("redelivery_changes")]
    assert changes == [
        ("added", "F0004", None),
        ("changed", "F0002", "received_amount,paid_date"),
        ("removed", "F0003", None),
    ]
    assert {row["court_code"] for row in clerk.ledger("redelivery_changes")} == {"T14"}


def test_other_spelling_of_the_same_facts_is_no_change(clerk: Clerk) -> None:
    clerk.deliver([case(1)], "a.csv", kind="cases", at=100)
    respelt = case(
        1, 案号="(2019)青0105执1", 立案日期="2019年3月5日", 申请执行标的金额="0.5万元", 法院代码="西宁市城北区人民法院"
    )
    clerk.deliver([respelt], "b.csv", kind="cases", at=200)
    clerk.receive("cases")
    assert in_force(clerk) == {("2019-12", "T14"): "b.csv"}
    assert clerk.ledger("redelivery_changes") == []


def test_a_file_overwritten_in_place_is_a_new_delivery(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv", at=200)
    clerk.receive()
    clerk.deliver([fund(1, 到账金额="9")], "a.csv", at=100)  # copied over with its own, older time
    assert clerk.receive().received == 1
    first, second = sorted(clerk.ledger("deliveries"), key=lambda row: row["received_at"])
    force = {row["delivery_id"]: row["is_in_force"] for row in clerk.ledger("delivery_courts")}
    assert force == {first["delivery_id"]: False, second["delivery_id"]: True}
    assert clerk.lake().filter(pl.col("_delivery_id") == second["delivery_id"])["received_amount"].to_list() == [9]
    clerk.deliver([fund(1)], "a.csv", at=50)  # and back again
    clerk.receive()
    force = {row["delivery_id"]: row["is_in_force"] for row in clerk.ledger("delivery_courts")}
    assert force == {first["delivery_id"]: True, second["delivery_id"]: False}


def test_a_file_with_no_acceptable_row_replaces_nothing(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "a.csv", at=100)
    clerk.deliver([fund(1, 到账日期="x")], "b.csv", at=200)
    clerk.receive()
    assert in_force(clerk) == {("2019-12", "T14"): "a.csv"}
    rejected = next(row for row in clerk.ledger("delivery_courts") if not row["is_in_force"])
    assert (rejected["court_code"], rejected["accepted_count"], rejected["rejected_count"]) == ("T14", 0, 1)


def three_months(clerk: Clerk) -> list[tuple[str, str]]:
    """Cases and nodes of three months, a correction among them; the steps that receive them."""
    clerk.deliver([case(1), case(2)], "a.csv", kind="cases", month="2019-10", at=100)
    clerk.deliver([case(1, 法院代码="T11"), case(3)], "a.csv", kind="cases", month="2019-11", at=200)
    clerk.deliver([case(1), case(2, 申请执行标的金额="7")], "b.csv", kind="cases", month="2019-10", at=300)
    clerk.deliver([case(3)], "a.csv", kind="cases", month="2019-12", at=400)
    for month, at in (("2019-10", 100), ("2019-11", 200)):
        nodes = [{"案件标识": f"C{n:04d}", "节点代码": "N01", "起始时间": "2019-10-01 08:00:00"} for n in (1, 2, 99)]
        clerk.deliver(nodes, "n.csv", kind="nodes", month=month, at=at)
    return [(kind, month) for month in ("2019-10", "2019-11", "2019-12") for kind in ("cases", "nodes")]


@pytest.mark.usefixtures("still_clock")
def test_months_received_in_any_order_give_the_same_tree(tmp_path: Path) -> None:
    trees = []
    for number, turn in enumerate(
        [lambda steps: steps, lambda steps: steps[::-1], lambda steps: steps[3:] + steps[:3]]
    ):
        clerk = clerk_at(tmp_path / str(number))
        steps = turn(three_months(clerk))
        if trees:
            clerk.layout.key_file.parent.mkdir(parents=True)
            shutil.copy(tmp_path / "0" / "keys" / "person-hash.key", clerk.layout.key_file)
        for kind, month in steps:
            clerk.receive(kind, month)
            consolidate(clerk.layout)
        trees.append(clerk.tree())
    assert trees[0] == trees[1] == trees[2]


def test_nodes_take_their_court_from_the_latest_row_of_their_case(clerk: Clerk) -> None:
    for kind, month in three_months(clerk):
        clerk.receive(kind, month)
    courts = {row["case_id"]: row["court_code"] for row in clerk.ledger("case_courts")}
    assert courts == {"C0001": "T11", "C0002": "T14", "C0003": "T14"}
    rows = [row for row in clerk.ledger("delivery_courts") if row["kind"] == "nodes"]
    assert {(row["court_code"], row["accepted_count"], row["is_in_force"]) for row in rows} == {
        (None, 1, True), ("T11", 1, True), ("T14", 1, True),
    }  # fmt: skip
    assert clerk.lake("nodes")["court_code"].null_count() == 6
    assert set(clerk.lake("nodes")["_court_source"]) == {"case"}


def delivered(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2, 到账日期="x")], "a.csv", at=100)
    clerk.deliver([fund(1, 到账金额="9")], "b.csv", at=200)
    clerk.deliver(b"", "c.csv", at=300)


def test_other_rules_have_what_is_in_landing_received_again(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered(clerk)
    clerk.receive()
    at = {row["delivery_id"]: row["received_at"] for row in clerk.ledger("deliveries")}
    monkeypatch.setattr("pipelines.extracts.receiving_context._mark", lambda kind, register: "other")
    assert clerk.receive().received == 3
    assert {row["delivery_id"]: row["received_at"] for row in clerk.ledger("deliveries")} == at


def test_counts_of_the_ledger_add_up(clerk: Clerk) -> None:
    rows: list[Row] = [fund(1), fund(2, 到账日期="x"), fund(3, 法院代码="火星法院"), fund(4, 法院代码="T11")]
    clerk.deliver(rows, "a.csv")
    clerk.receive()
    (row,) = clerk.ledger("deliveries")
    assert (row["row_count"], row["accepted_count"], row["rejected_count"], row["held_count"]) == (4, 2, 1, 1)
    courts = clerk.ledger("delivery_courts")
    assert sum(court["accepted_count"] for court in courts) == row["accepted_count"]
    assert row["extract_month"] == date(2019, 12, 1)


def test_a_receipt_whose_rows_are_not_all_accounted_for_cannot_be_written(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2)], "a.csv")
    (receipt,) = clerk.receive().deliveries
    with pytest.raises(AssertionError, match="2 rows delivered, 1 accounted for"):
        dataclasses.replace(receipt, accepted_count=1)


def test_a_file_refused_under_other_rules_leaves_nothing_in_the_lake(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.deliver([fund(1), fund(2, 到账日期="x")], "a.csv", at=100)
    clerk.receive()
    monkeypatch.setattr("pipelines.extracts.receiving_context._mark", lambda kind, register: "other")
    assert len(clerk.receive(limits=Limits(csv=10)).refused) == 1
    assert clerk.lake().height == 0
    assert clerk.rejects() == []
