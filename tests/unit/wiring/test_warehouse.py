"""A warehouse that is damaged is built again, and one that somebody else has open is told at once.
What is in it belongs to the models."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import psutil
import pytest

from pipelines.defs.history import set_aside_damaged
from pipelines.defs.transformation.project import WarehouseInUseError, clear_warehouse, ended
from pipelines.layout import layout

HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    layout().warehouse.mkdir()
    return layout().warehouse_file


def test_a_warehouse_is_built_from_nothing_each_time(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table t as from range(9)")
    told: list[str] = []
    clear_warehouse(told.append, patience=0)
    assert (told, warehouse.exists()) == ([], False)


@pytest.mark.parametrize("content", [b"no database", b"\0" * 9000])
def test_a_damaged_warehouse_is_told_and_removed(warehouse: Path, content: bytes) -> None:
    warehouse.write_bytes(content)
    told: list[str] = []
    clear_warehouse(told.append, patience=0)
    assert len(told) == 1 and "已损坏" in told[0] and "damaged" in told[0]
    with duckdb.connect(str(warehouse)) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_warehouse_that_another_process_has_open_is_told_at_once_and_kept(warehouse: Path) -> None:
    duckdb.connect(str(warehouse)).close()
    command = [sys.executable, "-c", HOLD, str(warehouse)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        told: list[str] = []
        with pytest.raises(WarehouseInUseError, match=rf"进程 {holder.pid}.*关闭.* \| process {holder.pid} .*close it"):
            clear_warehouse(told.append, patience=1.5)
        assert len(told) == 1 and "占用" in told[0] and str(holder.pid) in told[0]
        holder.communicate("")
    assert warehouse.exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_store_of_dagster_is_set_aside_and_a_whole_one_is_not(tmp_path: Path, content: bytes) -> None:
    whole, damaged = tmp_path / "whole.db", tmp_path / "history" / "runs.db"
    with sqlite3.connect(whole) as connection:
        connection.execute("create table t (a)")
    damaged.parent.mkdir()
    damaged.write_bytes(content)
    found = set_aside_damaged(tmp_path)
    assert found == ([damaged] if content else []), "an empty file is an empty database"
    assert whole.exists()
    assert (tmp_path / "damaged" / "runs.db").exists() == bool(content)
    assert set_aside_damaged(tmp_path) == []


def test_what_a_step_has_started_is_ended_when_the_step_fails() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as started:
        with pytest.raises(RuntimeError, match="in mid-stream"), ended(started):
            raise RuntimeError("in mid-stream")
        status = started.poll()
        started.kill()
    assert status is not None, "it goes on"


def test_a_dbt_whose_run_is_killed_outright_ends_too() -> None:
    program = """
import subprocess, sys, time
from pipelines.defs.transformation.project import ended
dbt = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with ended(dbt):
    print(dbt.pid, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        dbt = psutil.Process(int(run.stdout.readline()))
        run.kill()
    assert not psutil.wait_procs([dbt], timeout=20)[1], "it builds on"
