"""What a change of settings would move is told before it is public: values, verdicts and ranks, one by one."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from pipelines.publication.effects import effects

TABLES = """
create schema core; create schema performance; create schema rankings;
create table core.dim_courts as select * from (values ('A', '甲院'), ('B', '乙院')) as t (court_code, short_name_zh);
create table performance.fct_court_indicators as
select * from (values
    ('A', 'own', 'month', date '2019-05-01', 'QX01', 1, 0.5, 'met'),
    ('A', 'own', 'month', date '2019-06-01', 'QX01', 1, 0.6, 'met'),
    ('B', 'own', 'month', date '2019-06-01', 'QX01', 1, cast(null as double), 'not_applicable')
) as t (court_code, scope_code, window_code, period_month, indicator_code, definition_version, value, status);
create table rankings.rpt_court_rankings as
select * from (values
    ('basic', 'A', 'month', date '2019-06-01', 'QX01', 1), ('basic', 'B', 'month', date '2019-06-01', 'QX01', 2)
) as t (peer_group, court_code, window_code, period_month, indicator_code, rank);
"""
AT_JUNE = "indicator_code = 'QX01' and period_month = date '2019-06-01'"


def database(path: Path, *changes: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES)
        for change in changes:
            connection.execute(change)
    return path


def told(tmp_path: Path, *changes: str) -> tuple[dict[str, int], list[list[str]]]:
    published = database(tmp_path / "published.duckdb")
    found = effects(published, database(tmp_path / "built.duckdb", *changes), tmp_path / "feedback" / "effects.csv")
    assert bool(found) == any(found.counts.values())
    with found.file.open(encoding="utf-8-sig", newline="") as sheet:
        return found.counts, list(csv.reader(sheet))[1:]


def test_where_nothing_moves_nothing_is_told(tmp_path: Path) -> None:
    assert told(tmp_path) == ({"value": 0, "verdict": 0, "rank": 0}, [])


def test_a_value_with_its_verdict_and_the_ranks_that_it_moves(tmp_path: Path) -> None:
    counts, rows = told(
        tmp_path,
        "update performance.fct_court_indicators set value = 0.4, status = 'below' where court_code = 'A' and "
        + AT_JUNE,
        "update rankings.rpt_court_rankings set rank = 3 - rank where " + AT_JUNE,
    )
    assert counts == {"value": 1, "verdict": 1, "rank": 2}
    assert rows == [
        ["名次 rank", "甲院", "own", "month", "2019-06", "QX01", "0", "1", "2"],
        ["名次 rank", "乙院", "own", "month", "2019-06", "QX01", "0", "2", "1"],
        ["数值 value", "甲院", "own", "month", "2019-06", "QX01", "1", "0.6", "0.4"],
        ["判定 verdict", "甲院", "own", "month", "2019-06", "QX01", "1", "met", "below"],
    ]


@pytest.mark.parametrize(
    "change",
    [
        "update performance.fct_court_indicators set value = 0.1 where value is null",
        "delete from performance.fct_court_indicators where period_month = date '2019-05-01'",
        "insert into performance.fct_court_indicators values "
        "('A', 'own', 'month', date '2019-06-01', 'OWN1', 1, 0.3, 'met')",
    ],
    ids=["where there was none", "a row that goes", "a row that comes"],
)
def test_what_is_on_one_side_alone_has_moved(tmp_path: Path, change: str) -> None:
    assert told(tmp_path, change)[0]["value"] == 1
