"""How a month arrives changes no figure: the order of rows, files and months, one file or many, once or twice.
Real files, the real receiving, the compiled SQL from staging to the indicators; what is in force when rows do differ
belongs to tests/unit/extracts."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.loading import consolidate, receive_month
from pipelines.extracts.schemas import LEDGER, lake_schema
from pipelines.layout import Layout
from tests.compiled.engine import Engine
from tests.compiled.project import project
from tests.compiled.records import known_at
from tests.properties.provinces import COURTS, MONTHS, Record, Records, province

EXAMPLES = 4  # each receives two or three times and builds twice: about four seconds; a failure is shown as found

Files = dict[tuple[str, str, str], list[Record]]  # (month, kind, file name) → rows
FIGURES = (
    "select * exclude (last_delivered_month) from core.fct_enforcement_cases",
    "select * from performance.fct_court_measures",
    "select * from performance.fct_court_indicators",
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to("fct_court_indicators"), COURTS)


def monthly(records: Records) -> Files:
    """One file a month and kind, all courts in it, rows as each court knew them."""
    files: Files = {}
    for month in MONTHS:
        for kind, listed in records.items():
            rows = [row for record in listed if (row := known_at(kind, record, month))]
            if rows:
                files[f"{month:%Y-%m}", kind, "all.csv"] = rows
    return files


def shuffled(files: Files, random: Random) -> Files:
    return {place: random.sample(rows, len(rows)) for place, rows in files.items()}


def split_by_court(files: Files, random: Random) -> Files:
    """Several files a month and kind, a court's rows in one of them: its second file would replace its first."""
    split: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    desks = {court: random.randint(1, 3) for court in COURTS}
    for (month, kind, _), rows in files.items():
        for row in rows:
            split[month, kind, f"desk{desks[row['court_code']]}.csv"].append(row)
    return dict(split)


def as_json_lines(files: Files, _: Random) -> Files:
    return {(month, kind, name.replace(".csv", ".jsonl")): rows for (month, kind, name), rows in files.items()}


def text(kind: str, rows: list[Record], ending: str) -> str:
    """The file as a court would send it: Chinese headings, no value for what is not known."""
    headings = {column.name: column.header for column in contract(kind).columns}
    told = [{headings[name]: _said(value) for name, value in row.items() if value is not None} for row in rows]
    if ending == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in told)
    # Every heading: one that a table leaves out says that its column is not sent, which records cannot say.
    columns = [column.header for column in contract(kind).columns]
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(told)
    return file.getvalue()


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat(" ") if hasattr(value, "hour") else value.isoformat() if isinstance(value, date) else value


def land(layout: Layout, files: Files) -> None:
    for (month, kind, name), rows in files.items():
        path = layout.landing / month / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(kind, rows, name.rpartition(".")[2]), encoding="utf-8")


def receive(layout: Layout, months: list[date]) -> None:
    for month in months:
        for kind in KINDS:
            receipt = receive_month(layout, kind, f"{month:%Y-%m}")
            assert (receipt.rejected, receipt.held, receipt.refused) == (0, 0, [])
    consolidate(layout)


def figures(engine: Engine, layout: Layout) -> list[list[tuple[Any, ...]]]:
    """Every figure that receiving left behind leads to, in an order that does not depend on it."""
    rows = {f"_ledger.{name}": pq.read_table(layout.ledger / f"{name}.parquet") for name in LEDGER}
    for kind in KINDS:
        files = sorted((layout.lake / kind).rglob("*.parquet"))
        rows[kind] = pa.concat_tables(pq.read_table(file, partitioning=None).cast(lake_schema(kind)) for file in files)
    engine.build(rows)
    return [sorted(engine.rows(query), key=repr) for query in FIGURES]


def delivered_as(
    engine: Engine, files: Files, months: list[date], correction: Files | None = None
) -> list[list[tuple[Any, ...]]]:
    with tempfile.TemporaryDirectory() as place:
        layout = Layout(data=Path(place) / "data", key_file=Path(place) / "key")
        land(layout, files)
        receive(layout, months)
        if correction:
            land(layout, correction)
            receive(layout, months)
        return figures(engine, layout)


WAYS: dict[str, Callable[[Files, Random], Files]] = {
    "rows in another order": shuffled, "several files": split_by_court, "another format": as_json_lines,
}  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**9), size=st.integers(12, 60), ways=st.sets(st.sampled_from(sorted(WAYS)), min_size=1),
    order=st.permutations(MONTHS), twice=st.booleans(),
)  # fmt: skip
def test_how_a_month_arrives_changes_no_figure(
    engine: Engine, seed: int, size: int, ways: set[str], order: list[date], twice: bool
) -> None:
    random = Random(seed)
    plain = monthly(province(seed, size))
    otherwise = plain
    for way in sorted(ways):
        otherwise = WAYS[way](otherwise, random)
    again = shuffled(otherwise, random) if twice else None
    expected = delivered_as(engine, plain, MONTHS)
    assert len(expected[2]) > 1_000
    found = delivered_as(engine, otherwise, order, again)
    for one, other in zip(expected, found, strict=True):
        assert one == other
