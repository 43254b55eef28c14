"""What the gate found: one file pair per kind and month, and the two tables that dbt reads, made from them.
Finding it is the runner's business; deciding what a month may do with it is the pipeline's."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from expectations.holding import Held
from expectations.rules import Severity
from pipelines.whole_files import put_in_place

RESULTS_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("extract_month", pa.date32()),
        ("rule_code", pa.string()),
        ("rule_zh", pa.string()),
        ("rule_en", pa.string()),
        ("severity", pa.string()),
        ("checked_count", pa.int64()),
        ("failed_count", pa.int64()),
        ("threshold", pa.float64()),
        ("passed", pa.bool_()),
    ]
)
FAILING_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("extract_month", pa.date32()),
        ("rule_code", pa.string()),
        ("severity", pa.string()),
        ("court_code", pa.string()),
        ("delivery_id", pa.string()),
        ("row_number", pa.int32()),
        ("record_key", pa.string()),
        ("column_name", pa.string()),
        ("value", pa.string()),
    ]
)


HELD_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("extract_month", pa.date32()),
        ("court_code", pa.string()),
        ("delivery_id", pa.string()),
        ("rule_code", pa.string()),
        ("rule_zh", pa.string()),
        ("rule_en", pa.string()),
        ("checked_count", pa.int64()),
        ("failed_count", pa.int64()),
    ]
)


class Tree(Protocol):
    """The three places of the data tree that the gate knows."""

    @property
    def lake(self) -> Path: ...
    @property
    def ledger(self) -> Path: ...
    @property
    def gate(self) -> Path: ...


@dataclass(frozen=True)
class Outcome:
    """One rule on one month. `threshold` is the failing share that decided; severity says what failing means."""

    rule_code: str
    rule_zh: str
    rule_en: str
    severity: Severity
    checked_count: int
    failed_count: int
    threshold: float
    passed: bool

    @property
    def blocks(self) -> bool:
        return not self.passed and self.severity == "block"


@dataclass(frozen=True)
class GateResult:
    """All rules on one kind and month (`YYYY-MM`); `fingerprint` says for which deliveries and rules it holds.

    `held`: the courts' deliveries that a rule holds back, those before the last one included."""

    kind: str
    month: str
    fingerprint: str
    outcomes: tuple[Outcome, ...]
    held: tuple[Held, ...] = ()
    seconds: float = 0.0
    cached: bool = False

    @property
    def blocked(self) -> bool:
        return any(outcome.blocks for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)


def result_file(tree: Tree, kind: str, month: str) -> Path:
    return tree.gate / "results" / kind / f"{month}.json"


def failing_file(tree: Tree, kind: str, month: str) -> Path:
    return tree.gate / "failing_rows" / kind / f"{month}.parquet"


def write_result(tree: Tree, result: GateResult) -> None:
    """Store one result, sealed together with its failing rows, which have their name by now."""
    said = asdict(result)
    rows = _digest(failing_file(tree, result.kind, result.month))
    sealed = {"seal": _seal(said, rows), "failing_rows": rows, "result": said}
    write_text_aside(result_file(tree, result.kind, result.month), json.dumps(sealed, ensure_ascii=False))


def read_result(tree: Tree, kind: str, month: str) -> GateResult | None:
    """The stored result; None if the month was never judged, or it or its failing rows are not what was stored."""
    try:
        data = json.loads(result_file(tree, kind, month).read_text(encoding="utf-8"))
        said, rows = data["result"], data["failing_rows"]
        if data["seal"] != _seal(said, rows) or rows != _digest(failing_file(tree, kind, month)):
            return None
        outcomes = tuple(Outcome(**outcome) for outcome in said.pop("outcomes"))
        held = tuple(Held(**each) for each in said.pop("held"))
        return replace(GateResult(**said, outcomes=outcomes, held=held), cached=True)
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def damaged(tree: Tree, kind: str) -> list[Path]:
    """Stored results of a kind that are not what was stored: they are judged again, as those of earlier versions are,
    which had no seal."""
    files = sorted((tree.gate / "results" / kind).glob("*.json"))
    return [file for file in files if read_result(tree, kind, file.stem) is None and not _is_unsealed(file)]


def _is_unsealed(file: Path) -> bool:
    try:
        return "outcomes" in json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, TypeError):
        return False


def _seal(said: dict[str, Any], failing_rows: str | None) -> str:
    text = json.dumps([said, failing_rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _digest(file: Path) -> str | None:
    if not file.exists():
        return None
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def all_results(tree: Tree) -> list[GateResult]:
    """Every stored result, by kind and month."""
    files = sorted((tree.gate / "results").glob("*/*.json"))
    found = (read_result(tree, file.parent.name, file.stem) for file in files)
    return [result for result in found if result]


def consolidate(tree: Tree) -> None:
    """Write results, failing rows and held courts from the stored results, each aside and then renamed."""
    kept = all_results(tree)
    rows = [
        {"kind": result.kind, "extract_month": month_date(result.month), **asdict(outcome)}
        for result in kept
        for outcome in result.outcomes
    ]
    tree.gate.mkdir(parents=True, exist_ok=True)
    _write_table_aside(tree.gate / "results.parquet", pa.Table.from_pylist(rows, schema=RESULTS_SCHEMA))
    held = [asdict(each) | {"extract_month": month_date(each.month)} for result in kept for each in result.held]
    _write_table_aside(tree.gate / "held_courts.parquet", pa.Table.from_pylist(held, schema=HELD_SCHEMA))
    files = [failing_file(tree, result.kind, result.month) for result in kept]
    _merge_aside(tree.gate / "failing_rows.parquet", [str(file) for file in files if file.exists()])


def month_date(month: str) -> date:
    """The first day of `YYYY-MM`."""
    return date(int(month[:4]), int(month[5:7]), 1)


def write_text_aside(path: Path, text: str) -> None:
    """Write `text` beside `path`, then give it the name."""
    put_in_place(path, text.encode(), is_shared=True)


def _write_table_aside(path: Path, table: pa.Table) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(table, aside, compression="zstd")
    aside.replace(path)


def _merge_aside(path: Path, files: list[str]) -> None:
    if not files:
        _write_table_aside(path, FAILING_SCHEMA.empty_table())
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with duckdb.connect() as connection:
        rows = connection.read_parquet(files)
        rows.order("kind, extract_month, rule_code, delivery_id, row_number, column_name").write_parquet(
            str(aside), compression="zstd"
        )
    aside.replace(path)
