"""The ledger of published values: what is new is appended, nothing is said twice, a killed publication leaves no half.
That the numbers are right belongs to the golden tests; here they are made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines import ownership
from pipelines.layout import Layout
from pipelines.publication import values, values_upkeep
from pipelines.publication.past_values import Question, UnknownSnapshotError, history, publications, value_as_of
from pipelines.publication.values_schema import SCHEMAS, entries, open_ledger

JANUARY = date(2019, 1, 1)
QUESTION = Question(JANUARY, "T13", "QX01")
# court, indicator version, numerator, denominator, value, rank
Row = tuple[str, str, int, int, float | None, int | None]
FIRST: tuple[Row, ...] = (("T13", "1", 1, 3, 1 / 3, 2), ("T14", "1", 2, 3, 2 / 3, 1))


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(data=tmp_path, key_file=tmp_path / "key")
    made.ledger.mkdir(parents=True)
    made.published.mkdir()
    know(made, "d1")
    return made


def know(layout: Layout, *deliveries: str) -> None:
    rows = [
        {"delivery_id": name, "court_code": "T13", "kind": "cases", "extract_month": JANUARY, "is_in_force": True}
        for name in deliveries
    ]
    pq.write_table(pa.Table.from_pylist(rows), layout.ledger / "delivery_courts.parquet")


def publish(layout: Layout, snapshot_id: str, rows: Sequence[Row], *, closed: bool = True) -> Path | None:
    """A snapshot that shows `rows`, recorded as snapshot.py does before it moves the pointer."""
    folder = layout.published / snapshot_id
    folder.mkdir(exist_ok=True)
    database = folder / "enforcement.duckdb"
    database.unlink(missing_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            """
            create schema performance;
            create table performance.fct_published_values (
                province_code varchar, court_code varchar, scope_code varchar, window_code varchar, period_month date,
                indicator_code varchar, definition_version varchar, numerator decimal(24, 2),
                denominator decimal(24, 2), value double, status varchar, rank integer, ranked_count integer);
            create table performance.fct_month_closings (
                province_code varchar, period_month date, is_closed boolean, closed_because varchar);
            """
        )
        connection.execute(
            "insert into performance.fct_month_closings values ('QH', ?, ?, 'complete')", [JANUARY, closed]
        )
        for court, version, numerator, denominator, value, rank in rows:
            connection.execute(
                "insert into performance.fct_published_values values"
                " ('QH', ?, 'own', 'month', ?, 'QX01', ?, ?, ?, ?, 'no_target', ?, 2)",
                [court, JANUARY, version, numerator, denominator, value, rank],
            )
    manifest = folder / "manifest.json"
    described = {
        "snapshot_id": snapshot_id, "latest_month": "2019-01", "published_at": "2019-02-15T09:00:00+08:00",
        "code": {"version": "1.0", "commit": "abc"}, "definitions": {"digest": "x"},
        "deliveries": [{"delivery_id": "d1"}],
        "database": {"bytes": database.stat().st_size}, "finished_at": "2019-02-15T09:00:00+08:00",
    }  # fmt: skip
    manifest.write_text(json.dumps(described), encoding="utf-8")
    return values.record(layout, database, manifest)


def said(layout: Layout, part: str) -> list[tuple]:
    pattern = str(layout.published_values / "*" / f"{part}.parquet")
    return duckdb.execute("from read_parquet($files) order by all", {"files": pattern}).fetchall()


def test_before_anything_was_published_the_ledger_is_empty_and_can_be_asked(layout: Layout) -> None:
    open_ledger(layout)
    assert {part: said(layout, part) for part in SCHEMAS} == {part: [] for part in SCHEMAS}
    assert value_as_of(layout, QUESTION) == []
    assert publications(layout) == []


def test_the_first_publication_says_everything_and_the_next_only_what_changed(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    assert len(said(layout, "values")) == 2
    entry = publish(layout, "b", (FIRST[0], ("T14", "1", 3, 3, 1.0, 1)))
    assert entry is not None
    assert pq.read_table(entry / "values.parquet").select(["court_code", "value"]).to_pylist() == [
        {"court_code": "T14", "value": 1.0}
    ]
    assert [value.value for value in history(layout, Question(JANUARY, "T14", "QX01"))] == [2 / 3, 1.0]


def test_publishing_the_same_content_twice_adds_nothing(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    before = sorted(path.name for path in layout.published_values.rglob("*"))
    assert publish(layout, "a", FIRST) is None
    assert sorted(path.name for path in layout.published_values.rglob("*")) == before


def test_a_publication_that_changes_no_value_can_be_asked_for_by_its_name(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    publish(layout, "b", FIRST)
    assert len(said(layout, "values")) == 2
    assert value_as_of(layout, QUESTION, "b") == value_as_of(layout, QUESTION, "a")


def test_what_was_published_and_taken_back_is_known_then_and_not_now(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    publish(layout, "b", FIRST[1:])
    assert value_as_of(layout, QUESTION, "b") == []
    (old,) = value_as_of(layout, QUESTION, "a")
    assert (old.numerator, old.value) == (Decimal("1.00"), 1 / 3)
    publish(layout, "c", FIRST)
    assert [value.snapshot_id for value in value_as_of(layout, QUESTION, "c")] == ["c"]


def test_a_snapshot_published_again_is_a_publication_of_its_own(layout: Layout) -> None:
    changed = (("T13", "1", 2, 3, 2 / 3, 1), FIRST[1])
    for snapshot_id, rows in (("a", FIRST), ("b", changed), ("a", FIRST)):
        publish(layout, snapshot_id, rows)
    assert publications(layout) == ["a", "b", "a"]
    assert [value.value for value in history(layout, QUESTION)] == [1 / 3, 2 / 3, 1 / 3]
    assert value_as_of(layout, QUESTION)[0].value == 1 / 3


def test_two_definitions_of_one_indicator_are_two_values(layout: Layout) -> None:
    publish(layout, "a", (*FIRST, ("T13", "2", 1, 4, 0.25, None)))
    assert [(value.definition_version, value.value) for value in value_as_of(layout, QUESTION)] == [
        ("1", 1 / 3),
        ("2", 0.25),
    ]


def test_a_month_is_closed_once_and_a_delivery_is_known_from_its_first_publication(layout: Layout) -> None:
    publish(layout, "a", FIRST, closed=False)
    assert said(layout, "closings") == []
    know(layout, "d1", "d2")
    publish(layout, "b", FIRST)
    publish(layout, "c", FIRST)
    assert said(layout, "closings") == [(2, "b", "QH", JANUARY, "complete")]
    assert [row[:3] for row in said(layout, "deliveries")] == [(1, "a", "d1"), (2, "b", "d2")]


def test_an_entry_says_when_it_was_published_and_by_which_code(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    (value,) = value_as_of(layout, QUESTION)
    assert f"{value.published_at:%Y-%m-%d %H:%M}" == "2019-02-15 01:00"
    assert (value.code_version, value.code_commit) == ("1.0", "abc")


def test_the_last_digits_of_a_composite_may_differ_and_nothing_else(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    publish(layout, "b", (("T13", "1", 1, 3, 1 / 3 + 1e-16, 2), FIRST[1]))
    publish(layout, "c", (("T13", "1", 1, 3, 1 / 3 + 1e-9, 2), FIRST[1]))
    assert [value.snapshot_id for value in history(layout, QUESTION)] == ["a", "c"]


@pytest.mark.parametrize("step", ["pq.write_table", "Path.rename"])
def test_a_killed_publication_leaves_no_entry_and_the_next_one_makes_it(
    layout: Layout, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    open_ledger(layout)

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        holder, name = (values.pq, "write_table") if step == "pq.write_table" else (Path, "rename")
        patched.setattr(holder, name, die)
        with pytest.raises(Killed):
            publish(layout, "a", FIRST)
    assert values.last_entry(layout) is None
    for left in layout.published.glob(".values.*"):  # as publish() clears what killed runs left
        for file in left.iterdir():
            file.unlink()
        left.rmdir()
    assert publish(layout, "a", FIRST) is not None
    assert publications(layout) == ["a"]


def test_a_snapshot_that_was_never_published_is_not_known(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    with pytest.raises(UnknownSnapshotError):
        value_as_of(layout, QUESTION, "b")


def test_entries_are_read_only(layout: Layout) -> None:
    entry = publish(layout, "a", FIRST)
    assert entry is not None
    assert {file.stat().st_mode & 0o777 for file in entry.iterdir()} == {0o400}
    assert {file.stem for file in entry.iterdir()} == {*SCHEMAS, "digests"}


DAMAGE = {
    "cut short": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "altered": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
}


def damage(file: Path, how: str) -> None:
    ownership.unseal(file.parent)
    file.chmod(0o600)
    file.write_bytes(DAMAGE[how](file.read_bytes()))


def everything(layout: Layout) -> dict[str, list[tuple]]:
    return {part: said(layout, part) for part in SCHEMAS}


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("file", [*(f"{part}.parquet" for part in SCHEMAS), "digests.json"])
@pytest.mark.parametrize("number", [0, 1])
def test_a_damaged_entry_is_written_again_from_its_snapshot_and_told(
    layout: Layout, number: int, file: str, how: str
) -> None:
    publish(layout, "a", FIRST)
    know(layout, "d1", "d2")
    publish(layout, "b", (FIRST[0], ("T14", "1", 3, 3, 1.0, 1)))
    before, entry = everything(layout), entries(layout)[number]
    damage(entry / file, how)
    (told,) = values_upkeep.mend(layout)
    assert entry.name in told and "已损坏" in told and "damaged" in told
    assert everything(layout) == before if number == 0 else everything(layout)["values"] == before["values"]
    assert values_upkeep.mend(layout) == []


def test_an_entry_whose_snapshot_is_gone_is_set_aside_and_what_is_shown_is_said_again(layout: Layout) -> None:
    publish(layout, "a", FIRST)
    rows = (FIRST[0], ("T14", "1", 3, 3, 1.0, 1))
    entry = publish(layout, "b", rows)
    assert entry is not None
    damage(entry / "values.parquet", "cut short")
    ownership.remove(layout.published / "b")
    (told,) = values_upkeep.mend(layout)
    assert "damaged" in told and "备份" in told
    assert (layout.data / "damaged" / entry.relative_to(layout.data)).is_dir(), "nothing is thrown away"
    publish(layout, "c", rows)
    assert [value.value for value in value_as_of(layout, Question(JANUARY, "T14", "QX01"))] == [1.0]


def test_an_entry_of_an_earlier_version_has_no_digests_and_is_whole_if_it_can_be_read(layout: Layout) -> None:
    entry = publish(layout, "a", FIRST)
    assert entry is not None
    ownership.unseal(entry)
    (entry / "digests.json").unlink()
    assert values_upkeep.mend(layout) == []
    damage(entry / "values.parquet", "cut short")
    assert len(values_upkeep.mend(layout)) == 1


def test_a_damaged_shape_of_the_ledger_is_written_again(layout: Layout) -> None:
    open_ledger(layout)
    damage(layout.published_values / "_schema" / "values.parquet", "cut short")
    open_ledger(layout)
    assert said(layout, "values") == []
