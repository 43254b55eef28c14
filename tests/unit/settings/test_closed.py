"""A change that reaches into closed months needs a reason; found against the settings of the current snapshot."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.layout import Layout
from pipelines.settings.effective import SAMPLES, load
from pipelines.settings.tables import plain_rows

WEIGHTS = "指标代码,权重,起始,截止,追溯原因,是否已定\n"


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    """A published tree whose last closed month is May 2019, with a weight of its own since 2018."""
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    weights(layout, "QX01,2,2018-01-01,,,true\n")
    snapshot = layout.published / "2019-06-0123456789"
    shutil.copytree(layout.settings, snapshot / "settings")
    database = snapshot / "enforcement.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("""
            create schema performance;
            create table performance.fct_month_closings as
            select unnest([date '2019-05-01', date '2019-06-01']) as period_month, unnest([true, false]) as is_closed
        """)
    said = {"database": {"bytes": database.stat().st_size}, "finished_at": "2019-07-10T08:00:00"}
    (snapshot / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    layout.pointer.write_text(snapshot.name + "\n", encoding="utf-8")
    return layout


def weights(where: Layout, rows: str) -> None:
    (where.settings / "indicator_weights.csv").write_text(WEIGHTS + rows, encoding="utf-8")


def told(where: Layout) -> list[tuple[str, int, str]]:
    return [(each.file, each.row, each.code) for each in load(where).faults]


def test_what_was_published_and_what_begins_in_an_open_month_needs_no_reason(where: Layout) -> None:
    assert told(where) == []
    weights(where, "QX01,2,2018-01-01,2019-05-31,,true\nQX01,3,2019-06-01,,,true\n")
    assert told(where) == []
    weights(where, "QX01,2,2018-01-01,2019-04-30,,true\n")
    assert told(where) == [("indicator_weights.csv", 2, "closed")]


@pytest.mark.parametrize("row", ["QX02,3,2019-05-31,,,true\n", "QX02,3,2016-01-01,2016-12-31,,true\n"])
def test_a_weight_that_begins_in_a_closed_month_needs_one(where: Layout, row: str) -> None:
    weights(where, "QX01,2,2018-01-01,,,true\n" + row)
    assert told(where) == [("indicator_weights.csv", 3, "closed")]
    weights(where, "QX01,2,2018-01-01,,,true\n" + row.replace(",,true", ",省院2019年3号通知,true"))
    assert told(where) == []


def test_a_row_that_counted_in_a_closed_month_is_not_deleted(where: Layout) -> None:
    weights(where, "QX02,2,2019-06-01,,,true\n")
    assert told(where) == [("indicator_weights.csv", 0, "removed")]


def test_the_month_of_service_of_a_court_is_not_moved_through_closed_months(where: Layout) -> None:
    path = where.settings / "courts.csv"
    text = path.read_text(encoding="utf-8")
    headers, first = (line.split(",") for line in text.splitlines()[:2])
    place = headers.index("delivers_from") - len(headers)
    for month, expected in (("2019-03-01", [("courts.csv", 2, "closed")]), ("2019-06-01", [])):
        changed = [*first[:place], month, *first[place + 1 :]]
        path.write_text(text.replace(",".join(first), ",".join(changed)), encoding="utf-8")
        assert told(where) == expected


@pytest.mark.parametrize("said", [b"", b"2019-06-01234", b"\xff\xfe"], ids=["empty", "cut short", "no text"])
def test_closed_months_are_those_of_the_newest_snapshot_where_the_pointer_is_damaged(
    where: Layout, said: bytes
) -> None:
    where.pointer.write_bytes(said)
    weights(where, "QX01,2,2018-01-01,2019-04-30,,true\n")
    assert told(where) == [("indicator_weights.csv", 2, "closed")]


def move(where: Layout, day: str, reason: str) -> None:
    """T13 comes under T20 from that day on, in a row of its own at the end of the register."""
    path = where.settings / "courts.csv"
    rows = [{**row, "valid_from": "", "追溯原因": ""} for row in plain_rows(path)]
    own = next(row for row in rows if row["court_code"] == "T13")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(own))
        writer.writeheader()
        writer.writerows([*rows, {**own, "parent_court_code": "T20", "valid_from": day, "追溯原因": reason}])


@pytest.mark.parametrize(("day", "reason", "expected"), [
    ("2019-06-01", "", []), ("2019-05-01", "", [("courts.csv", 57, "closed")]), ("2019-05-01", "省编办批复", []),
])  # fmt: skip
def test_a_court_that_moves_within_closed_months_needs_a_reason(
    where: Layout, day: str, reason: str, expected: list[tuple[str, int, str]]
) -> None:
    move(where, day, reason)
    assert told(where) == expected


def test_a_row_that_is_given_another_court_above_needs_a_reason_and_a_mended_name_does_not(where: Layout) -> None:
    path = where.settings / "courts.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:5], lines[5].replace("Chengxi", "Cheng Xi"), *lines[6:]]), encoding="utf-8")
    assert told(where) == []
    path.write_text("\n".join([*lines[:5], lines[5].replace(",T10,", ",T20,"), *lines[6:]]), encoding="utf-8")
    assert told(where) == [("courts.csv", 6, "closed")]


@pytest.mark.parametrize(("reason", "expected"), [("", [("courts.csv", 6, "closed")]), ("省高院批复", [])])
def test_a_court_that_is_put_into_another_group_in_closed_months_needs_a_reason(
    where: Layout, reason: str, expected: list[tuple[str, int, str]]
) -> None:
    named = "peer_group,scope_code,level,name_zh,name_en,sort_order\nrailway,own,basic,铁路法院,Railway courts,50\n"
    (where.settings / "peer_groups.csv").write_text(named, encoding="utf-8")
    path = where.settings / "courts.csv"
    rows = [{**row, "同类组": "", "追溯原因": ""} for row in plain_rows(path)]
    rows[4] |= {"同类组": "railway", "追溯原因": reason}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert told(where) == expected
