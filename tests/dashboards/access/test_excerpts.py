"""What a court's staff are given holds the province's rankings and no other court's records, in not one byte.
Queries of pages are asked of it in the tests of the roles."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboards import seal, snapshot
from dashboards.access import excerpts
from dashboards.app_pages.sql import queries
from dashboards.snapshot import Snapshot


@pytest.fixture
def whole(data_directories: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
    found = snapshot.find(snapshot.current_id())
    assert found is not None
    return found


def rows(of: Snapshot, statement: str) -> list[tuple]:
    # As the pages open it: within one process a file is not opened twice in different ways.
    with snapshot.connect(of) as connection:
        return connection.execute(statement).fetchall()


def owned(of: Snapshot) -> list[tuple[str, str]]:
    return rows(
        of,
        "select schema_name || '.' || table_name, court_columns from catalogue.dim_tables"
        " where readers = 'jurisdiction'",
    )


def test_no_row_of_another_court_is_in_any_table_of_one_jurisdiction(whole: Snapshot) -> None:
    mine = excerpts.excerpt(whole, ["T20"])
    seen = set()
    for table, columns in owned(mine):
        if columns == "court_codes":
            assert {codes for (codes,) in rows(mine, f"select distinct court_codes from {table}")} == {
                "T20",
                "T21",
                "T22",
            }
            continue
        foreign = " and ".join(f"coalesce({column}, '') not in ('T20', 'T21', 'T22')" for column in columns.split(","))
        assert rows(mine, f"select count(*) from {table} where {foreign}") == [(0,)], table
        own = foreign.replace("not in", "in").replace(" and ", " or ")
        assert rows(mine, f"select count(*) from {table}") == rows(whole, f"select count(*) from {table} where {own}")
        seen |= {code for (code,) in rows(mine, f"select distinct court_code from {table}")}
    assert seen == {"T20", "T21", "T22"}, "the small world has records of each court of the jurisdiction"


def test_a_file_is_named_to_its_courts_and_to_the_province_only(whole: Snapshot) -> None:
    asked = "select file_name, message_zh from rankings.rpt_deliveries where court_codes = 'T22'"
    assert ("2019-12/funds/T22.xlsx", "文件不完整，无法打开") in rows(whole, asked)
    assert rows(excerpts.excerpt(whole, ["T22"]), asked) == rows(whole, asked)
    assert rows(excerpts.excerpt(whole, ["T21"]), "select distinct court_codes from rankings.rpt_deliveries") == [
        ("T21",)
    ]
    assert rows(excerpts.excerpt(whole, ["T21"]), asked) == []


def test_a_table_that_has_records_of_cases_is_never_for_the_whole_province(whole: Snapshot) -> None:
    recorded = rows(
        whole,
        """
        select distinct t.schema_name || '.' || t.table_name
        from catalogue.dim_tables as t
        inner join duckdb_columns() as c on c.schema_name = t.schema_name and c.table_name = t.table_name
        where t.readers = 'province'
          and c.column_name in ('case_id', 'case_number', 'person_key', 'item_id', 'record_key', 'petition_id',
                                'lot_id', 'request_id', 'listing_id', 'fund_id', 'entrustment_id', 'restriction_id')
          and t.table_name not in ('dim_measures')
        """,
    )
    assert recorded == []


def test_the_rankings_of_the_province_are_the_same_for_everybody(whole: Snapshot) -> None:
    mine = excerpts.excerpt(whole, ["T13"])
    for table in ("rankings.rpt_court_rankings", "performance.fct_court_indicators", "core.dim_courts"):
        assert rows(mine, f"from {table} order by all") == rows(whole, f"from {table} order by all")


def test_no_byte_of_another_courts_records_is_in_the_file(whole: Snapshot) -> None:
    mine = excerpts.excerpt(whole, ["T13"])
    numbers = [
        n for (n,) in rows(whole, "select distinct case_id from core.fct_enforcement_cases where court_code = 'T21'")
    ]
    own = [
        n for (n,) in rows(whole, "select distinct case_id from core.fct_enforcement_cases where court_code = 'T13'")
    ]
    assert numbers and own and mine.province is not None
    for file in (mine.database, mine.province):
        content = file.read_bytes()
        assert not [n for n in numbers if n.encode() in content]
    assert [n for n in own if n.encode() in mine.database.read_bytes()]
    assert not [n for n in own if n.encode() in mine.province.read_bytes()], "what is for everybody names no case"


def test_what_is_for_everybody_is_kept_once_and_holds_nothing_else(whole: Snapshot) -> None:
    mine, others = excerpts.excerpt(whole, ["T13"]), excerpts.excerpt(whole, ["T20"])
    assert mine.province is not None
    assert mine.province == others.province
    with duckdb.connect(str(mine.province), read_only=True) as connection:
        held = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    open_to_all = rows(
        whole, "select schema_name || '.' || table_name from catalogue.dim_tables where readers = 'province'"
    )
    assert sorted(held) == sorted(open_to_all) != []
    own = "select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()"
    assert not set(rows(mine, own)) & set(open_to_all)


def test_every_table_and_column_is_in_the_catalogue_once_with_its_comment(whole: Snapshot) -> None:
    mine = excerpts.excerpt(whole, ["T13"])
    for listed in (queries.tables, queries.columns, queries.macros):
        with snapshot.connect(mine) as cut, snapshot.connect(whole) as entire:
            shown, expected = listed(cut), listed(entire)
        shown, expected = (frame.drop(columns="row_count", errors="ignore") for frame in (shown, expected))
        pd.testing.assert_frame_equal(shown, expected)


@pytest.mark.parametrize("way", ["read_text('{}')", "read_blob('{}')", "'{}'"])
def test_nothing_but_its_own_two_files_can_be_read(whole: Snapshot, tmp_path: Path, way: str) -> None:
    mine, others = excerpts.excerpt(whole, ["T13"]), excerpts.excerpt(whole, ["T20"])
    for file in (whole.database, others.database, whole.directory / "manifest.json"):
        with snapshot.connect(mine) as connection, pytest.raises(duckdb.Error):
            connection.execute(f"select * from {way.format(file)} limit 1")
    with snapshot.connect(mine) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute(f"attach '{whole.database}' as w (read_only)")


def test_many_readers_of_many_jurisdictions_open_theirs_at_once(whole: Snapshot) -> None:
    given = [excerpts.excerpt(whole, [court]) for court in ("T13", "T20")] * 8

    def asked(mine: Snapshot) -> int:
        return len(rows(mine, "select distinct court_code from core.fct_enforcement_cases"))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, given)) == [1, 3] * 8


def test_it_is_made_by_one_while_others_wait(whole: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "published").symlink_to(whole.directory.parent)
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    made: list[Path] = []
    share = excerpts._share
    monkeypatch.setattr(excerpts, "_share", lambda of, target: (made.append(target), share(of, target)))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: excerpts.excerpt(whole, ["T13"]), range(4)))
    assert len(made) == 1 and len(set(found)) == 1


def test_what_a_killed_process_left_and_what_is_no_longer_published_is_removed(
    whole: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "published").symlink_to(whole.directory.parent)
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    home = tmp_path / "excerpts"
    left, being_made = home / whole.snapshot_id / ".a.1.x", home / whole.snapshot_id / ".b.2.y"
    gone = home / "no longer kept" / "abc"
    for folder in (left, being_made, gone):
        folder.mkdir(parents=True)
        (folder / "enforcement.duckdb").write_bytes(b"half")
    os.utime(left, (time.time() - 7200, time.time() - 7200))
    excerpts.excerpt(whole, ["T13"])
    assert (left.exists(), being_made.exists(), gone.parent.exists()) == (False, True, False)


def test_the_command_makes_ahead_what_is_for_everybody(whole: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "published").symlink_to(whole.directory.parent)
    environment = os.environ | {"ENFORCEMENT_DATA_DIR": str(tmp_path)}
    asked = [sys.executable, "-m", "dashboards.access.excerpts"]
    done = [
        subprocess.run([*asked, name], cwd=snapshot.REPOSITORY, env=environment, check=False).returncode
        for name in (whole.snapshot_id, "nothing")
    ]
    assert done == [0, 1]
    (made,) = (tmp_path / "excerpts").rglob("*.duckdb")
    assert made.name == "province.duckdb" and made.stat().st_mode & 0o077 == 0


def test_the_macros_work_on_what_is_there(whole: Snapshot) -> None:
    mine = excerpts.excerpt(whole, ["T13"])
    ask = "select count(*) from court_cases('{}', 'QX02', 'denominator', in_window := 'ytd')"
    assert rows(mine, ask.format("T13")) == rows(whole, ask.format("T13")) != [(0,)]
    assert rows(mine, ask.format("T21")) == [(0,)]


def test_it_is_made_once_and_read_by_its_owner_alone(whole: Snapshot) -> None:
    first = excerpts.excerpt(whole, ["T13", "T12"])
    made = first.database.stat()
    again = excerpts.excerpt(whole, ["T12", "T13", "T13"])
    assert again == first
    assert again.database.stat().st_mtime_ns == made.st_mtime_ns
    assert made.st_mode & 0o077 == 0
    assert excerpts.excerpt(whole, ["T13"]) != first


def test_its_folders_take_nothing_more(whole: Snapshot) -> None:
    mine = excerpts.excerpt(whole, ["T13"])
    assert mine.province is not None
    for folder in (mine.directory, mine.province.parent):
        folder.chmod(0o700)  # as an earlier version left it
    excerpts.excerpt(whole, ["T13"])
    for folder in (mine.directory, mine.province.parent):
        assert folder.stat().st_mode & 0o777 == 0o500
        assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o400}


def test_one_without_a_digest_is_made_again(whole: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever an earlier version, or anybody since, has put there."""
    (tmp_path / "published").symlink_to(whole.directory.parent)
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path))
    mine = excerpts.excerpt(whole, ["T13"])
    mine.directory.chmod(0o700)
    mine.database.with_name("enforcement.duckdb.sha256").unlink()
    mine.database.chmod(0o600)
    with duckdb.connect(str(mine.database)) as connection:
        connection.execute("create table core.planted as select 1")
    with pytest.raises(seal.BrokenSealError):
        snapshot.connect(mine)
    again = excerpts.excerpt(whole, ["T13"])
    with snapshot.connect(again) as connection:
        assert connection.execute("select 1 from duckdb_tables() where table_name = 'planted'").fetchall() == []
    assert [folder.name for folder in mine.directory.parent.iterdir() if folder.name.startswith(".")] == []


def test_a_reader_without_a_jurisdiction_is_given_no_records(whole: Snapshot) -> None:
    nothing = excerpts.excerpt(whole, [])
    assert all(rows(nothing, f"select count(*) from {table}") == [(0,)] for table, _ in owned(nothing))


def test_a_snapshot_without_a_catalogue_is_not_cut(whole: Snapshot, tmp_path: Path) -> None:
    old = tmp_path / "published" / "old"
    old.mkdir(parents=True)
    with duckdb.connect(str(old / "enforcement.duckdb")) as connection:
        connection.execute("create schema core; create table core.fct_enforcement_cases as select 'T13' as court_code")
    with pytest.raises(excerpts.NoCatalogueError):
        excerpts.excerpt(Snapshot("old", old), ["T13"])
