"""A snapshot is whole or absent, the pointer moves last, readers are left alone, and twelve are kept."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, tzinfo
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.extracts.schemas import LEDGER
from pipelines.layout import Layout
from pipelines.publication import copying, manifest, snapshot
from pipelines.publication.public_models import NotPublishableError
from pipelines.settings import provenance

COURTS = "法院 | Court"


def node(schema: str, name: str, columns: dict[str, str], access: str = "public", description: str = "表 | T") -> dict:
    return {
        "unique_id": f"model.enforcement.{name}",
        "resource_type": "model",
        "schema": schema,
        "name": name,
        "alias": name,
        "description": description,
        "columns": {column: {"description": text} for column, text in columns.items()},
        "config": {"access": access, "materialized": "table", "meta": {"readers": "province"}},
        "depends_on": {"nodes": []},
        "fqn": ["enforcement", "marts", schema, name],
        "checksum": {"checksum": name},
    }


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A data tree with one accepted delivery, a gate result, a warehouse of two public tables and a private one."""
    made = Layout(data=tmp_path, key_file=tmp_path / "key")
    for folder in (made.ledger, made.gate, made.warehouse, made.dbt_target):
        folder.mkdir(parents=True)
    deliver(made, "a", "2019-03")
    gate = {"rule_code": "key_unique", "kind": "cases", "extract_month": date(2019, 3, 1), "severity": "block",
            "checked_count": 2, "failed_count": 0, "threshold": 0.0, "passed": True}  # fmt: skip
    pq.write_table(pa.Table.from_pylist([gate]), made.gate / "results.parquet")
    pq.write_table(LEDGER["delivery_gaps"].empty_table(), made.ledger / "delivery_gaps.parquet")
    with duckdb.connect(str(made.warehouse_file)) as connection:
        connection.execute("create schema core; create schema measures; create schema rankings")
        connection.execute(
            "create table core.dim_courts as from (values ('T21', '乙'), ('T13', '甲')) t(court_code, name_zh)"
        )
        connection.execute("create table rankings.rpt_court_rankings as select 'T13' as court_code, 1 as rank")
        connection.execute("create table measures.int_measures__cases as select 'T13' as court_code")
    describe(made, {"court_code": COURTS, "name_zh": "名称，含 '引号' | Name, with 'quotes'"})
    return made


def deliver(layout: Layout, delivery: str, month: str) -> None:
    first = date(int(month[:4]), int(month[5:]), 1)
    row = {"delivery_id": delivery, "kind": "cases", "extract_month": first, "file_name": f"{delivery}.csv",
           "file_sha256": delivery * 64, "status": "accepted", "message_zh": None, "message_en": None,
           "remedy_zh": None, "remedy_en": None, "row_count": 2}  # fmt: skip
    courts = {
        "delivery_id": delivery,
        "kind": "cases",
        "extract_month": first,
        "court_code": "T13",
        "is_in_force": True,
    }
    for name, added in (("deliveries", row), ("delivery_courts", courts)):
        file = layout.ledger / f"{name}.parquet"
        kept = pq.read_table(file).to_pylist() if file.exists() else []
        pq.write_table(pa.Table.from_pylist([*kept, added]), file)


def describe(layout: Layout, court_columns: dict[str, str]) -> None:
    nodes = [
        node("core", "dim_courts", court_columns),
        node("rankings", "rpt_court_rankings", {"court_code": COURTS, "rank": "名次 | Rank"}),
        node("measures", "int_measures__cases", {"court_code": COURTS}, access="private"),
    ]
    manifest = {
        "metadata": {"project_name": "enforcement"},
        "nodes": {found["unique_id"]: found for found in nodes},
        "sources": {},
        "macros": {},
    }
    (layout.dbt_target / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def read(directory: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(directory / "enforcement.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_public_tables_are_published_sorted_and_private_ones_are_not(layout: Layout) -> None:
    made = snapshot.publish(layout)
    assert made.tables == {"core.dim_courts": 2, "rankings.rpt_court_rankings": 1}
    assert read(made.directory, "select court_code from core.dim_courts") == [("T13",), ("T21",)]
    assert read(made.directory, "select distinct schema_name from duckdb_tables() order by 1") == [
        ("catalogue",),
        ("core",),
        ("rankings",),
    ]
    assert snapshot.current(layout) == made.snapshot_id


def test_every_table_and_column_has_its_comment_in_both_languages(layout: Layout) -> None:
    made = snapshot.publish(layout)
    comments = read(
        made.directory,
        "select comment from duckdb_tables() union all select comment from duckdb_columns() where not internal",
    )
    assert len(comments) == 6 + 14  # the catalogue's two tables have twelve columns
    assert all(" | " in comment for (comment,) in comments)
    assert ("名称，含 '引号' | Name, with 'quotes'",) in comments


@pytest.mark.parametrize("text", ["", "只有中文", "English only"])
def test_a_column_without_both_languages_is_not_published(layout: Layout, text: str) -> None:
    describe(layout, {"court_code": COURTS, "name_zh": text})
    with pytest.raises(NotPublishableError, match=r"core\.dim_courts\.name_zh"):
        snapshot.publish(layout)
    assert snapshot.current(layout) is None


def test_publishing_the_same_content_again_changes_nothing(layout: Layout) -> None:
    first = snapshot.publish(layout)
    before = (first.directory / "manifest.json").read_bytes()
    again = snapshot.publish(layout)
    assert (first.is_new, again.is_new, again.snapshot_id) == (True, False, first.snapshot_id)
    assert (first.directory / "manifest.json").read_bytes() == before


def test_the_id_follows_the_deliveries_and_the_definitions_and_not_their_order(layout: Layout, tmp_path: Path) -> None:
    first = snapshot.publish(layout).snapshot_id
    deliver(layout, "c", "2019-05")
    deliver(layout, "b", "2019-04")
    second = snapshot.publish(layout).snapshot_id
    for name in ("deliveries", "delivery_courts"):
        rows = pq.read_table(layout.ledger / f"{name}.parquet").to_pylist()
        pq.write_table(pa.Table.from_pylist(rows[::-1]), layout.ledger / f"{name}.parquet")
    assert snapshot.publish(layout).snapshot_id == second != first
    assert first.startswith("2019-03-")
    assert second.startswith("2019-05-")
    describe(layout, {"court_code": COURTS, "name_zh": "新名称 | New name"})
    assert snapshot.publish(layout).snapshot_id not in (first, second)


def test_the_manifest_says_what_the_snapshot_was_made_from(layout: Layout) -> None:
    made = snapshot.publish(layout)
    said = json.loads((made.directory / "manifest.json").read_text(encoding="utf-8"))
    assert said["months"] == ["2019-03"]
    assert said["deliveries"][0]["file_sha256"] == "a" * 64
    assert said["tables"] == made.tables
    assert said["gate"]["rules_checked"] == 1
    assert said["gate"]["blocked"] == 0
    assert said["tools"]["duckdb"] == duckdb.__version__
    assert said["started_at"] <= said["finished_at"] == said["published_at"]


def test_a_reader_with_the_old_snapshot_open_goes_on_undisturbed(layout: Layout) -> None:
    first = snapshot.publish(layout)
    with duckdb.connect(str(first.directory / "enforcement.duckdb"), read_only=True) as reader:
        deliver(layout, "b", "2019-04")
        with duckdb.connect(str(layout.warehouse_file)) as connection:
            connection.execute("insert into core.dim_courts values ('T22', '丙')")
        second = snapshot.publish(layout)
        assert reader.execute("select count(*) from core.dim_courts").fetchone() == (2,)
    assert read(second.directory, "select count(*) from core.dim_courts") == [(3,)]
    assert snapshot.current(layout) == second.snapshot_id


def test_the_last_twelve_are_kept_and_the_current_one_always(layout: Layout) -> None:
    made = []
    for number in range(14):
        describe(layout, {"court_code": COURTS, "name_zh": f"名称{number} | Name {number}"})
        made.append(snapshot.publish(layout).snapshot_id)
    assert set(snapshot.kept(layout)) == set(made[2:])
    describe(layout, {"court_code": COURTS, "name_zh": "名称2 | Name 2"})
    assert snapshot.publish(layout).snapshot_id == made[2] == snapshot.current(layout)
    assert made[2] in snapshot.kept(layout)


def test_with_a_clock_that_is_set_back_the_last_twelve_are_still_the_last(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = iter(range(28, 0, -1))

    class Backwards(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime(2019, 2, next(days), tzinfo=tz)

    monkeypatch.setattr(manifest, "datetime", Backwards)
    made = []
    for number in range(14):
        describe(layout, {"court_code": COURTS, "name_zh": f"名称{number} | Name {number}"})
        made.append(snapshot.publish(layout).snapshot_id)
    assert snapshot.kept(layout) == made[:1:-1]
    mangle(layout.pointer, b"gone")
    assert snapshot.current(layout) == made[-1]


@pytest.mark.parametrize("step", ["copy_tables", "_point_to", "_sync"])
def test_a_publication_that_is_killed_leaves_the_old_snapshot_and_is_made_good_by_the_next(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = snapshot.publish(layout)
    deliver(layout, "b", "2019-04")

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(copying if step == "copy_tables" else snapshot, step, die)
        with pytest.raises(Killed):
            snapshot.publish(layout)
    assert snapshot.current(layout) == first.snapshot_id
    second = snapshot.publish(layout)
    assert snapshot.current(layout) == second.snapshot_id != first.snapshot_id
    assert not list(layout.published.glob(".*")), "nothing half made is left"


def test_the_files_of_a_snapshot_are_read_only_and_its_settings_among_them(layout: Layout) -> None:
    made = snapshot.publish(layout)
    modes = {file.name: file.stat().st_mode & 0o777 for file in made.directory.iterdir()}
    assert modes == {"enforcement.duckdb": 0o400, "manifest.json": 0o400, "settings": 0o500}
    assert made.directory.stat().st_mode & 0o777 == 0o500
    said = json.loads((made.directory / "manifest.json").read_text("utf-8"))["settings"]["files"]
    files = (made.directory / "settings").iterdir()
    kept = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert kept.pop(provenance.FILE), "which row is in force by which file"
    assert said == kept and "courts.csv" in kept


def test_a_table_that_was_not_built_stops_the_publication(layout: Layout) -> None:
    with duckdb.connect(str(layout.warehouse_file)) as connection:
        connection.execute("drop table core.dim_courts")
    with pytest.raises(NotPublishableError, match=r"core\.dim_courts"):
        snapshot.publish(layout)
    assert snapshot.current(layout) is None


def mangle(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


@pytest.mark.parametrize("said", [b"", b"\xff\xfe", b"../elsewhere", b"2018-01-gone", b"{"])
def test_a_damaged_pointer_stands_for_the_newest_whole_snapshot_and_is_put_right(layout: Layout, said: bytes) -> None:
    snapshot.publish(layout)
    deliver(layout, "b", "2019-04")
    newest = snapshot.publish(layout).snapshot_id
    mangle(layout.pointer, said)
    assert snapshot.current(layout) == newest
    again = snapshot.publish(layout)
    assert (again.snapshot_id, [str(layout.pointer) in told for told in again.told]) == (newest, [True])
    assert layout.pointer.read_text().strip() == newest
    assert snapshot.publish(layout).told == ()


@pytest.mark.parametrize("file", ["manifest.json", "enforcement.duckdb"])
@pytest.mark.parametrize("content", [b"", b"{", None])
def test_a_snapshot_cut_short_is_passed_over_and_made_again(layout: Layout, file: str, content: bytes | None) -> None:
    first = snapshot.publish(layout).snapshot_id
    deliver(layout, "b", "2019-04")
    broken = snapshot.publish(layout)
    if content is None:
        (broken.directory / file).unlink()
    else:
        mangle(broken.directory / file, content)
    assert snapshot.current(layout) == first
    assert snapshot.kept(layout) == [first]
    assert snapshot.broken(layout) == [broken.snapshot_id]
    again = snapshot.publish(layout)
    assert (again.snapshot_id, again.is_new) == (broken.snapshot_id, True)
    assert len(again.told) == 2, "the snapshot, and the pointer that led to it"
    assert all((" | " in told and broken.snapshot_id in told) or "CURRENT" in told for told in again.told)
    assert read(again.directory, "select count(*) from core.dim_courts") == [(2,)]


def test_one_bit_of_a_snapshot_is_noticed_and_it_is_made_again(layout: Layout) -> None:
    made = snapshot.publish(layout)
    database = made.directory / "enforcement.duckdb"
    content = database.read_bytes()
    place = content.index("甲".encode())
    mangle(database, content[:place] + "丙".encode() + content[place + 3 :])
    again = snapshot.publish(layout)
    assert again.is_new and str(made.directory) in again.told[0]
    assert read(again.directory, "select name_zh from core.dim_courts order by 1") == [("乙",), ("甲",)]
    assert (layout.data / "damaged" / "published" / made.snapshot_id).is_dir(), "nothing is thrown away"
