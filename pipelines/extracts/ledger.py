"""The ledger tables, made afresh from all receipts: deliveries, their courts, what redeliveries changed, cases' courts.
Sorted and written in one step each, so that the order in which months were received leaves no trace."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.extracts import gaps, receipts
from pipelines.extracts.contracts import contract
from pipelines.extracts.courts import CourtRegister
from pipelines.extracts.gaps import Month
from pipelines.extracts.in_force import Succession, reckon
from pipelines.extracts.mending import Mended, table_again
from pipelines.extracts.messages import Message, held_back
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.extracts.receiving_context import current_register
from pipelines.extracts.rows import key_expression
from pipelines.extracts.schemas import LEDGER, ensure_schemas, put, read_whole
from pipelines.holding import held
from pipelines.layout import Layout
from pipelines.settings import changed
from pipelines.settings.effective import BEIJING, seeds

LATEST_COURT = """
    select rows.case_id, arg_max(rows.court_code, in_force.rank) as court_code
    from read_parquet($files) as rows
    inner join in_force on rows._delivery_id = in_force.delivery_id and rows.court_code = in_force.court_code
    group by rows.case_id
    order by rows.case_id
"""


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _months(layout: Layout, holds: gaps.Holds) -> list[Month]:
    return [Month(kind, month, found, reckon(found, holds.keys())) for kind, month, found in receipts.by_month(layout)]


def _holds(layout: Layout) -> dict[tuple[str, str], Message]:
    """(delivery, court) → why the gate holds it back, by what the gate said last; the first rule says it."""
    rows = pq.read_table(layout.gate / "held_courts.parquet").to_pylist()
    found: dict[tuple[str, str], Message] = {}
    for row in sorted(rows, key=lambda row: (row["delivery_id"], row["court_code"], row["rule_code"])):
        said = held_back(row["rule_code"], row["rule_zh"], row["rule_en"], row["failed_count"], row["checked_count"])
        found.setdefault((row["delivery_id"], row["court_code"]), said)
    return found


def _table(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows in the ledger's schema, sorted by every column in turn."""
    schema = LEDGER[name]
    order = schema.names
    ordered = sorted(rows, key=lambda row: tuple(str(row.get(column) or "") for column in order))
    return pa.Table.from_pylist(ordered, schema=schema)


def _owners(receipt: Receipt, register: CourtRegister) -> list[str]:
    """The courts that may see a file's name and messages: those with rows in it, or those that its name names."""
    stated = sorted(court for court in receipt.courts if court != NO_COURT)
    return stated or register.named_in(PurePosixPath(receipt.file_name).name)


def _first_look_on(months: Iterable[Month]) -> date | None:
    """The day, Beijing's, on which this tree first received anything; None while no receipt has such a time."""
    seen = [receipt.seen_at for month in months for receipt in month.receipts if receipt.seen_at]
    return datetime.fromisoformat(min(seen)).astimezone(BEIJING).date() if seen else None


def _waited_since(receipt: Receipt, first_look_on: date | None) -> date | None:
    """The day before which nobody waited for a delivery here; None for one that came earlier, by its own time.

    Who loads the history of years copies files whose own times say nothing: they are not late by that.
    """
    is_earlier = first_look_on is None or receipt.received.astimezone(BEIJING).date() < first_look_on
    return None if is_earlier else first_look_on


def _delivery_row(
    month: Month, receipt: Receipt, register: CourtRegister, first_look_on: date | None
) -> dict[str, Any]:
    duplicate_of = month.in_force.duplicates.get(receipt.delivery_id)
    said = receipt.refusal
    return {
        "delivery_id": receipt.delivery_id,
        "kind": receipt.kind,
        "extract_month": _first(month.month),
        "file_name": receipt.file_name,
        "file_sha256": receipt.file_sha256,
        "file_bytes": receipt.file_bytes,
        "format": receipt.format,
        "encoding": receipt.encoding,
        "received_at": receipt.received.astimezone(UTC).replace(tzinfo=None),
        "status": "duplicate" if duplicate_of else receipt.status,
        "duplicate_of": duplicate_of,
        "refusal_code": said.code if said else None,
        "message_zh": said.zh if said else None,
        "message_en": said.en if said else None,
        "remedy_zh": said.remedy_zh if said else None,
        "remedy_en": said.remedy_en if said else None,
        "row_count": receipt.row_count,
        "accepted_count": receipt.accepted_count,
        "rejected_count": receipt.rejected_count,
        "held_count": receipt.held_count,
        "extra_column_count": receipt.extra_column_count,
        "court_codes": ",".join(_owners(receipt, register)) or None,
        "delivered_columns": ",".join(receipt.columns) or None,
        "waited_since": _waited_since(receipt, first_look_on),
    }


def _court_rows(month: Month) -> Iterable[dict[str, Any]]:
    for receipt in month.receipts:
        answers = [court for court in receipt.concerns if court != NO_COURT and receipt.status == "accepted"]
        answered = dict.fromkeys(answers, (0, 0))
        for court, (accepted, rejected) in (answered | receipt.courts).items():
            current = month.in_force.by_court.get(court)
            yield {
                "delivery_id": receipt.delivery_id,
                "kind": receipt.kind,
                "extract_month": _first(month.month),
                "court_code": court or None,
                "accepted_count": accepted,
                "rejected_count": rejected,
                "is_in_force": current is not None and current.delivery_id == receipt.delivery_id,
                "superseded_by": month.in_force.superseded_by(receipt.delivery_id, court),
                "turn": month.in_force.turn(receipt.delivery_id, court),
            }


def _lake_path(layout: Layout, receipt: Receipt) -> Path:
    return receipts.lake_file(layout, receipt.kind, receipt.extract_month, receipt.delivery_id)


def _case_courts(layout: Layout, months: list[Month]) -> pa.Table:
    """case_id → the court of its row in the latest delivery in force; kept as it is while nothing of cases changed."""
    ranked = [
        (receipt, court)
        for month in sorted((m for m in months if m.kind == "cases"), key=lambda m: m.month)
        for court, receipt in sorted(month.in_force.by_court.items(), key=lambda entry: entry[1].order)
    ]
    text = "\n".join(f"{receipt.delivery_id} {receipt.rules} {court}" for receipt, court in ranked)
    mark = {b"made_from": hashlib.sha256(text.encode()).hexdigest().encode()}
    path = layout.ledger / "case_courts.parquet"
    kept = read_whole(path)
    if kept is not None and (kept.schema.metadata or {}).get(b"made_from") == mark[b"made_from"]:
        return kept
    if not ranked:
        return LEDGER["case_courts"].empty_table().replace_schema_metadata(mark)
    in_force = pa.table({
        "delivery_id": [receipt.delivery_id for receipt, _ in ranked],
        "court_code": [court for _, court in ranked],
        "rank": list(range(len(ranked))),
    })  # fmt: skip
    files = sorted({str(_lake_path(layout, receipt)) for receipt, _ in ranked})
    with duckdb.connect() as connection:
        connection.register("in_force", in_force)
        found = connection.sql(LATEST_COURT, params={"files": files}).to_arrow_table()
    return found.cast(LEDGER["case_courts"]).replace_schema_metadata(mark)


def _with_case_courts(layout: Layout, months: list[Month], cases: pl.DataFrame, holds: gaps.Holds) -> list[Month]:
    """The months with the courts of rows that state none (nodes) taken from their cases, and reckoned again."""
    settled: list[Month] = []
    for month in months:
        if not any(NO_COURT in receipt.courts for receipt in month.receipts):
            settled.append(month)
            continue
        found = [_courts_from_cases(layout, receipt, cases) for receipt in month.receipts]
        settled.append(replace(month, receipts=found, in_force=reckon(found, holds.keys())))
    return settled


def _courts_from_cases(layout: Layout, receipt: Receipt, cases: pl.DataFrame) -> Receipt:
    if NO_COURT not in receipt.courts:
        return receipt
    rows = pl.read_parquet(_lake_path(layout, receipt), columns=["case_id", "court_code"], hive_partitioning=False)
    unstated = rows.filter(pl.col("court_code").is_null()).select("case_id").join(cases, on="case_id", how="left")
    accepted = Counter({court or NO_COURT: count for court, count in unstated["court_code"].value_counts().rows()})
    accepted.update({court: count for court, (count, _) in receipt.courts.items() if court != NO_COURT})
    rejected = {court: count for court, (_, count) in receipt.courts.items()}
    courts = {court: (accepted[court], rejected.get(court, 0)) for court in sorted(accepted.keys() | rejected.keys())}
    return replace(receipt, courts={court: counts for court, counts in courts.items() if any(counts)})


def _records(layout: Layout, receipt: Receipt, court: str, cases: pl.DataFrame) -> pl.DataFrame:
    """One delivery's rows of one court: `record_key` and the contract's columns, as text."""
    rules = contract(receipt.kind)
    rows = pl.read_parquet(_lake_path(layout, receipt), hive_partitioning=False)
    if NO_COURT in receipt.courts or rows["court_code"].null_count():
        known = rows.select("case_id").join(cases, on="case_id", how="left", maintain_order="left")["court_code"]
        rows = rows.with_columns(court_code=pl.coalesce("court_code", pl.lit(known)))
    rows = rows.filter(pl.col("court_code").fill_null(NO_COURT) == court)
    names = [name for name in rows.columns if not name.startswith("_") and not name.endswith(("_raw", "_status"))]
    return rows.select(key_expression(rules).alias("record_key"), *(pl.col(name).cast(pl.String) for name in names))


def _changes(layout: Layout, succession: Succession, cases: pl.DataFrame) -> Iterable[dict[str, Any]]:
    """What one redelivery changed for one court: records added, removed, changed, and in which columns."""
    court, old, new = succession
    before, after = (_records(layout, receipt, court, cases) for receipt in (old, new))
    base = {
        "kind": new.kind,
        "extract_month": date.fromisoformat(f"{new.extract_month}-01"),
        "court_code": court or None,
        "old_delivery_id": old.delivery_id,
        "new_delivery_id": new.delivery_id,
    }
    for change, left, right in (("removed", before, after), ("added", after, before)):
        for (record,) in left.join(right, on="record_key", how="anti").select("record_key").rows():
            yield base | {"change": change, "record_key": record, "changed_columns": None}
    both = before.join(after, on="record_key", suffix=" after")
    names = [name for name in before.columns if name != "record_key"]
    differs = [pl.when(pl.col(name).ne_missing(pl.col(f"{name} after"))).then(pl.lit(name)) for name in names]
    listed = both.select("record_key", changed=pl.concat_list(differs).list.drop_nulls().list.join(","))
    for record, columns in listed.filter(pl.col("changed") != "").rows():
        yield base | {"change": "changed", "record_key": record, "changed_columns": columns}


def _gap_rows(found: Iterable[gaps.Gap]) -> Iterable[dict[str, Any]]:
    return ({**row, "extract_month": _first(str(row["month"]))} for row in gaps.rows(found))


def consolidate(layout: Layout) -> list[Mended]:
    """Write the ledger's Parquet files from the receipts and the lake. Call it once after receiving, before dbt.

    Gives the tables of ledger and gate that were damaged before.
    """
    with held(layout.ledger / ".lock"):
        damaged = ensure_schemas(layout)
        register, holds = current_register(seeds(layout)), _holds(layout)
        months = _months(layout, holds)
        case_courts = _case_courts(layout, months)
        cases = pl.from_arrow(case_courts)
        assert isinstance(cases, pl.DataFrame)
        months = gaps.with_courts(_with_case_courts(layout, months, cases, holds))
        first_look_on = _first_look_on(months)
        rows = (_delivery_row(m, r, register, first_look_on) for m in months for r in m.receipts)
        successions = [succession for month in months for succession in month.in_force.successions]
        tables = {
            "case_courts": case_courts,
            "deliveries": _table("deliveries", rows),
            "delivery_courts": _table("delivery_courts", (row for m in months for row in _court_rows(m))),
            "delivery_gaps": _table("delivery_gaps", _gap_rows(gaps.find(months, holds))),
            "redelivery_changes": _table(
                "redelivery_changes", (row for s in successions for row in _changes(layout, s, cases))
            ),
        }
        tables["settings_changes"] = _table("settings_changes", changed.rows(layout))
        for name, table in tables.items():
            put(table, layout.ledger / f"{name}.parquet")
    return [table_again(layout, path) for path in damaged]
