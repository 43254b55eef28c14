"""An export holds what the snapshot holds, and a reader of the database never sees half of one.
The server is a real PostgreSQL."""

from __future__ import annotations

import multiprocessing
import signal
import time
from pathlib import Path

import duckdb
import psycopg
import pytest

from pipelines.exports import parquet, postgres
from pipelines.exports.tables import ExportError
from tests.unit.exports.conftest import write_snapshot


def counted(address: str, table: str = "performance.fct_values") -> tuple[int, str]:
    with psycopg.connect(address) as connection:
        row = connection.execute(f"select count(*), coalesce(sum(value), 0)::text from {table}").fetchone()
    assert row
    return row


def test_counts_sums_texts_and_nulls_are_those_of_the_snapshot(snapshot: Path, address: str) -> None:
    assert postgres.write(snapshot, address) == {"core.dim_courts": 3, "performance.fct_values": 5000}
    with duckdb.connect(str(snapshot), read_only=True) as source, psycopg.connect(address) as target:
        for statement in (
            "select court_code, note from core.dim_courts order by court_code",
            "select count(*), sum(value), count(court_code), min(month), max(month), sum(ratio)::decimal(20, 4) "
            "from performance.fct_values",
            "select on_time, count(*) from performance.fct_values group by on_time order by on_time",
        ):
            assert target.execute(statement).fetchall() == source.execute(statement).fetchall()


def test_types_keys_and_comments_come_along(snapshot: Path, address: str) -> None:
    postgres.write(snapshot, address)
    with psycopg.connect(address) as target:
        types = dict(
            target.execute(
                "select column_name, data_type from information_schema.columns where table_name = 'fct_values'"
            ).fetchall()
        )
        keys = target.execute("select indexdef from pg_indexes where schemaname in ('core', 'performance')").fetchall()
        comments = target.execute(
            "select obj_description('performance.fct_values'::regclass),"
            " col_description('core.dim_courts'::regclass, 1)"
        ).fetchone()
        exported = target.execute("select snapshot_id from catalogue.exports").fetchall()
    assert types == {
        "court_code": "text",
        "month": "date",
        "value": "numeric",
        "ratio": "double precision",
        "on_time": "boolean",
    }
    assert any("UNIQUE" in text and "NULLS NOT DISTINCT" in text for (text,) in keys)
    assert any("dim_courts" in text and "(court_code)" in text for (text,) in keys)
    assert comments == ("数值 | Values", "代码 | Code")
    assert exported == [("2019-12-first",)]


def test_views_and_grants_of_others_survive_the_next_export(snapshot: Path, address: str, tmp_path: Path) -> None:
    postgres.write(snapshot, address)
    with psycopg.connect(address, autocommit=True) as target:
        target.execute("create view public.mine as select sum(value) as total from performance.fct_values")
    postgres.write(write_snapshot(tmp_path / "b", "2020-01-second", 7000), address)
    with psycopg.connect(address) as target:
        assert (
            target.execute("select total from public.mine").fetchone()
            == target.execute("select sum(i * 1.25)::numeric(24, 2) from generate_series(0, 6999) as r(i)").fetchone()
        )


def test_a_changed_table_that_others_depend_on_is_refused_and_nothing_changes(
    snapshot: Path, address: str, tmp_path: Path
) -> None:
    postgres.write(snapshot, address)
    with psycopg.connect(address, autocommit=True) as target:
        target.execute("create view public.mine as select note from core.dim_courts")
    with pytest.raises(ExportError, match="mine"):
        postgres.write(write_snapshot(tmp_path / "b", "2020-01-second", 7000, "added"), address)
    assert counted(address)[0] == 5000


def test_an_export_killed_at_any_moment_leaves_the_old_tables_or_the_new(
    snapshot: Path, address: str, tmp_path: Path
) -> None:
    postgres.write(snapshot, address)
    old, second = counted(address), write_snapshot(tmp_path / "b", "2020-01-second", 400_000)
    new = (400_000, "99999750000.00")
    seen: set[tuple[int, str]] = set()
    for pause in (0.3, 0.8, 1.2, 1.6, 2.2):
        _until_unlocked(address)  # the export killed before this one
        export = multiprocessing.get_context("spawn").Process(target=postgres.write, args=(second, address))
        export.start()
        time.sleep(pause)
        export.kill()
        export.join()
        # 1: refused, because the server has not yet noticed the death of the one before.
        assert export.exitcode in (0, 1, -signal.SIGKILL)
        seen.add(counted(address))
    assert seen <= {old, new}
    assert old in seen, "every export was finished before it was killed: the test shows nothing"
    _written_at_last(second, address)
    assert counted(address) == new


def _written_at_last(database: Path, address: str) -> None:
    for _ in range(50):
        _until_unlocked(address)
        try:
            postgres.write(database, address)
            return
        except ExportError:
            time.sleep(0.2)
    raise AssertionError("the killed exports never let go")


def _until_unlocked(address: str) -> None:
    """The server notices a client's death when it next speaks to it."""
    for _ in range(100):
        with psycopg.connect(address) as target:
            others = target.execute("select count(*) from pg_locks where locktype = 'advisory'").fetchone()
        if others == (0,):
            return
        time.sleep(0.1)
    raise AssertionError("the killed export still holds its lock")


def test_two_exports_at_once_do_not_meet(snapshot: Path, address: str) -> None:
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s)", [postgres.LOCK])
        with pytest.raises(ExportError, match="another export"):
            postgres.write(snapshot, address)


def test_a_server_that_does_not_answer_is_named_with_the_remedy(snapshot: Path) -> None:
    with pytest.raises(ExportError, match="TO="):
        postgres.write(snapshot, "postgresql://owner@127.0.0.1:1/none")


def test_parquet_files_hold_every_table_and_say_what_they_are(snapshot: Path, tmp_path: Path) -> None:
    counts = parquet.write(snapshot, tmp_path / "exports" / "2019-12-first")
    assert counts == {"core.dim_courts": 3, "performance.fct_values": 5000}
    file = tmp_path / "exports" / "2019-12-first" / "performance" / "fct_values.parquet"
    with duckdb.connect() as reader:
        total = reader.execute("select count(*), sum(value) from read_parquet(?)", [str(file)]).fetchone()
        described = reader.execute("select decode(value) from parquet_kv_metadata(?)", [str(file)]).fetchall()
    with duckdb.connect(str(snapshot), read_only=True) as source:
        assert total == source.execute("select count(*), sum(value) from performance.fct_values").fetchone()
    assert ("数值 | Values",) in described


def test_a_snapshot_without_a_catalogue_says_what_to_do(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "enforcement.duckdb")) as connection:
        connection.execute("create schema core; create table core.t as select 1 as a")
    with pytest.raises(ExportError, match="make run"):
        parquet.write(tmp_path / "enforcement.duckdb", tmp_path / "exports")
