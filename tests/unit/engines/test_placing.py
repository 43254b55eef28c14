"""The lake is copied whole to where an engine's workers read it, and nobody else's files are touched.
That an engine gives the same figures from there is shown by tests/golden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyarrow import fs

from pipelines.engines import placing
from pipelines.layout import Layout

FILES = {
    "cases/_schema.parquet": b"s",
    "cases/extract_month=2019-01/a.parquet": b"a",
    "funds/extract_month=2019-01/b.parquet": b"b",
}


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    made = Layout(data=tmp_path / "data", key_file=tmp_path / "key", lake_location=f"file://{tmp_path}/elsewhere")
    for name, content in {**FILES, "_ledger/receipts.parquet": b"r"}.items():
        file = made.lake / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return made


def lying(where: Layout) -> dict[str, bytes]:
    root = Path(where.lake_location.removeprefix("file://"))
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file() and file.name != placing.PLACED
    }


def test_the_records_are_copied_and_the_ledger_is_not(where: Layout) -> None:
    assert placing.place(where) == where.lake_location
    assert lying(where) == FILES


def test_without_a_location_the_lake_is_read_where_it_is(where: Layout) -> None:
    assert placing.place(Layout(data=where.data, key_file=where.key_file)) == str(where.lake)


def test_what_changed_is_copied_again_and_what_is_gone_is_removed(where: Layout) -> None:
    placing.place(where)
    (where.lake / "cases/extract_month=2019-01/a.parquet").write_bytes(b"A")
    (where.lake / "funds/extract_month=2019-01/b.parquet").unlink()
    placing.place(where)
    assert lying(where) == {"cases/_schema.parquet": b"s", "cases/extract_month=2019-01/a.parquet": b"A"}


def test_nothing_is_written_where_nothing_changed(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    placing.place(where)
    monkeypatch.setattr(placing, "_copy", lambda *_: pytest.fail("copied again"))
    monkeypatch.setattr(placing, "_note", lambda *_: pytest.fail("noted again"))
    placing.place(where)


def test_a_copy_that_was_cut_off_is_made_again(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, done = placing._copy, list[str]()

    def cut(file: Path, system: fs.FileSystem, to: str) -> None:
        if done:
            folder, _, name = to.rpartition("/")
            system.create_dir(folder, recursive=True)
            with system.open_output_stream(f"{folder}/_{name}{placing.PART}") as stream:
                stream.write(b"half")
            raise KeyboardInterrupt
        done.append(to)
        whole(file, system, to)

    monkeypatch.setattr(placing, "_copy", cut)
    with pytest.raises(KeyboardInterrupt):
        placing.place(where)
    monkeypatch.setattr(placing, "_copy", whole)
    (where.lake / "funds/extract_month=2019-01/b.parquet").unlink()  # nor is what it left behind kept
    placing.place(where)
    assert lying(where) == {name: content for name, content in FILES.items() if "funds" not in name}


def test_a_note_that_was_cut_off_makes_the_copy_again(where: Layout) -> None:
    placing.place(where)
    root = Path(where.lake_location.removeprefix("file://"))
    (root / placing.PLACED).write_text('{"cases/_sch')
    (root / "cases/_schema.parquet").write_bytes(b"?")
    placing.place(where)
    assert lying(where) == FILES
    assert set(json.loads((root / placing.PLACED).read_text())) == set(FILES)


def test_files_of_others_are_told_and_left_alone(where: Layout) -> None:
    strange = Path(where.lake_location.removeprefix("file://")) / "cases" / "theirs.parquet"
    strange.parent.mkdir(parents=True)
    strange.write_bytes(b"theirs")
    with pytest.raises(placing.LocationError, match=r"cases/theirs\.parquet; use an empty place"):
        placing.place(where)
    assert lying(where) == {"cases/theirs.parquet": b"theirs"}


@pytest.mark.parametrize("location", ["nowhere://a/b", "file:///proc/lake"])
def test_a_location_that_cannot_be_used_is_told_with_its_name(where: Layout, location: str) -> None:
    with pytest.raises(placing.LocationError, match=f"{location} cannot be used"):
        placing.place(Layout(data=where.data, key_file=where.key_file, lake_location=location))


def test_sparks_name_of_an_object_store_is_the_library_s() -> None:
    assert placing.library_address("s3a://bucket/lake/") == "s3://bucket/lake"
    assert placing.library_address("hdfs://name:8020/lake") == "hdfs://name:8020/lake"
