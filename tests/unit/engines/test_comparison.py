"""Two engines are the same where every value is; what differs is named with an example.
That all tables of a world are the same on a real engine is shown by tests/golden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from pipelines.engines.comparison import Compared, compare

MADE = """
create schema rankings;
create table rankings.rpt_ranks as select * from (values
    ('T11', 1, date '2019-02-01', 0.25::double, 12.50::decimal(20, 2)),
    ('T12', 2, date '2019-02-01', null, 7.00::decimal(20, 2)),
    ('T12', 2, date '2019-02-01', null, 7.00::decimal(20, 2))
) as t (court_code, rank, period_month, value, amount);
create table rankings.rpt_nothing (court_code varchar);
"""


class Engine:
    """Stands for a session: the tables that were made, each after a change."""

    def __init__(self, database: Path, **changed: str) -> None:
        self.database, self.changed = database, changed

    def table(self, name: str) -> Engine:
        self.asked = name
        return self

    def toArrow(self) -> pa.Table:  # noqa: N802 - the engine's name
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.execute(self.changed.get(self.asked.split(".")[1], f"from {self.asked}")).to_arrow_table()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "ours.db")) as connection:
        connection.execute(MADE)
    return tmp_path / "ours.db"


def found(database: Path, **changed: str) -> dict[str, Compared]:
    session: Any = Engine(database, **changed)
    return {table.table: table for table in compare(database, session)}


def test_equal_tables_are_equal_whatever_the_order_of_their_rows(database: Path) -> None:
    tables = found(database, rpt_ranks="from rankings.rpt_ranks order by court_code desc")
    assert all(table.is_equal for table in tables.values())
    assert tables["rankings.rpt_ranks"].rows == 3 and tables["rankings.rpt_nothing"].rows == 0


@pytest.mark.parametrize(
    "change",
    [
        "select * replace (date '1970-01-01' as period_month) from rankings.rpt_ranks",
        "select * replace (amount + 0.01 as amount) from rankings.rpt_ranks",
        "select * replace (case court_code when 'T11' then 0.250000002 end as value) from rankings.rpt_ranks",
        "select * replace (coalesce(value, 0) as value) from rankings.rpt_ranks",
        "select distinct * from rankings.rpt_ranks",
        "from rankings.rpt_ranks where false",
        "from rankings.rpt_ranks union all from rankings.rpt_ranks",
    ],
)
def test_one_other_value_or_row_is_named_with_an_example(database: Path, change: str) -> None:
    table = found(database, rpt_ranks=change)["rankings.rpt_ranks"]
    assert not table.is_equal and (table.only_duckdb or table.only_engine) and "T1" in table.example


def test_the_last_bit_of_a_double_is_no_difference(database: Path) -> None:
    change = "select * replace (value + 1e-12 as value) from rankings.rpt_ranks"
    assert found(database, rpt_ranks=change)["rankings.rpt_ranks"].is_equal


@pytest.mark.parametrize(
    ("ours", "theirs", "is_equal"),
    [
        ("0.4999999994999", "0.4999999995001", True),
        ("1699481115481.6313", "1699481115481.631", True),
        ("0.499999999", "0.500000001", False),
        ("1699481115481.6", "1699481115491.6", False),
        ("0.5", "null", False),
    ],
)
def test_doubles_are_compared_by_how_near_they_are_and_not_by_how_they_are_rounded(
    database: Path, ours: str, theirs: str, is_equal: bool
) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"update rankings.rpt_ranks set value = {ours} where court_code = 'T11'")
    change = f"select * replace (case court_code when 'T11' then {theirs}::double end as value) from rankings.rpt_ranks"
    table = found(database, rpt_ranks=change)["rankings.rpt_ranks"]
    assert (table.is_equal, table.only_duckdb, table.only_engine) == (is_equal, int(not is_equal), int(not is_equal))


def test_a_missing_column_or_table_is_a_difference_with_the_engines_words(database: Path) -> None:
    for change in ("select * exclude (rank) from rankings.rpt_ranks", "from rankings.not_there"):
        table = found(database, rpt_ranks=change)["rankings.rpt_ranks"]
        assert not table.is_equal and table.problem
