"""What an earlier version wrote in clear is cleaned, once a tree: receipts, rejects, conversions and lake files.
Deliveries that still lie in landing are received again by other means; this is for those that were replaced there."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from grammar import case_numbers
from pipelines.extracts import receipts
from pipelines.extracts.contracts import KINDS, Column, contract
from pipelines.extracts.headers import column_of
from pipelines.extracts.masking import (
    MASK,
    Key,
    converted,
    kept_text,
    known_ending,
    quoted,
    remasked,
    shown,
    shown_file,
    shown_unread,
)
from pipelines.extracts.messages import Message, blanked, placed
from pipelines.extracts.schemas import put, read_whole
from pipelines.layout import Layout
from pipelines.whole_files import put_in_place

VERSION = 2  # of the masking; raise it when texts that were kept before must be cleaned once more
Cleaning = Callable[[str], str | None]


def _mark(layout: Layout) -> Path:
    return layout.ledger / "masking.json"


def is_clean(layout: Layout) -> bool:
    """Whether the tree was cleaned, or holds nothing that could have to be."""
    mark = _mark(layout)
    if mark.exists():
        try:
            return bool(json.loads(mark.read_text())["version"] >= VERSION)
        except (ValueError, KeyError, TypeError):
            return False
    return not any((layout.ledger / "receipts").glob("*/*/*.json"))


def clean_earlier(layout: Layout, key: Key) -> None:
    """Clean the tree if it was not yet. The caller holds the ledger's lock; killed, it begins again."""
    mark = _mark(layout)
    if mark.exists() and is_clean(layout):
        return
    for path in sorted((layout.ledger / "receipts").glob("*/*/*.json")):
        _clean_delivery(layout, path, key)
    shutil.rmtree(layout.gate, ignore_errors=True)  # it quotes lake files as they were; the gate judges them anew
    put_in_place(mark, json.dumps({"version": VERSION}).encode(), is_kept=True)


def _clean_delivery(layout: Layout, path: Path, key: Key) -> None:
    """One receipt and the files it speaks of. The receipt is last: it states their sizes."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        kind = data["kind"]
    except (ValueError, KeyError, TypeError):
        return  # damaged: `receipts` tells it
    data.pop("digest", None)
    where = layout, kind, data["extract_month"], data["delivery_id"]
    file = shown_file(data["file_name"], key) if "~" not in data["file_name"] else data["file_name"]
    data |= {"file_name": file, "format": known_ending(f"x.{data['format']}")}
    data["extra_column_count"] = data.get("extra_column_count", len(data.pop("extra_columns", ())))
    if data["refusal"]:
        data["refusal"] = asdict(blanked("refusals", data["refusal"]["code"], file))
    data["notices"] = [asdict(blanked("notices", said["code"], file)) for said in data.get("notices", ())]
    cleaned = {
        "lake_bytes": (receipts.lake_file(*where), lambda frame: _lake(kind, frame, key)),
        "rejects_bytes": (receipts.rejects_file(*where), lambda frame: _rejects(kind, frame, file, key)),
        "conversions_bytes": (receipts.conversions_file(*where), lambda frame: _conversions(kind, frame, key)),
    }
    digests = data.setdefault("digests", {})
    for name, (written, clean) in cleaned.items():
        place = name.removesuffix("_bytes")
        # One that is damaged stays so: it is received again, or set aside.
        is_sound = read_whole(written) is not None and digests.get(place) in (None, receipts.sha256(written))
        if kind in KINDS and is_sound:
            _rewrite(written, clean)
            data[name], digests[place] = written.stat().st_size, receipts.sha256(written)
    receipts.write(layout, receipts.parsed(data))


def _rewrite(path: Path, clean: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    table = pq.read_table(path, partitioning=None)
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    put(pa.table(clean(frame).to_arrow()).select(table.schema.names).cast(table.schema), path)


def _settled(texts: pl.Series, clean: Cleaning) -> pl.Series:
    found = texts.drop_nulls().unique().to_list()
    results = pl.Series([clean(text) for text in found], dtype=pl.String)
    return texts.replace_strict(found, results, default=None, return_dtype=pl.String) if found else texts


def _lake(kind: str, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """A lake file. Names were masked before, some with two characters; the names of a row are no longer known."""
    for column in contract(kind).columns:
        if column.personal == "name":
            name = f"{column.name}_masked"
            frame = frame.with_columns(_settled(frame[name], remasked).alias(name))
        elif not column.personal and column.type in ("text", "case_number"):
            for name in {column.name, f"{column.name}_raw"} & set(frame.columns):
                frame = frame.with_columns(_settled(frame[name], _kept(column, key)).alias(name))
    return frame


def _kept(column: Column, key: Key) -> Cleaning:
    return lambda text: kept_text(column, text, key, (), case_numbers.parse(text).status)


def _conversions(kind: str, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    rows = []
    for row in frame.to_dicts():
        column = contract(kind).column(row["column_name"])
        if not column.personal:
            row |= {name: row[name] and converted(column, row[name], key) for name in ("text", "value")}
        rows.append(row | {"header": row["header"] and quoted(row["header"])})
    return pl.DataFrame(rows, schema=frame.schema)


def _rejects(kind: str, frame: pl.DataFrame, file: str, key: Key) -> pl.DataFrame:
    rows = [_rejected(kind, row, file.rpartition("/")[2], key) for row in frame.to_dicts()]
    return pl.DataFrame(rows, schema=frame.schema)


def _rejected(kind: str, row: dict[str, Any], file: str, key: Key) -> dict[str, Any]:
    """A rejected row worded anew, without the facts that its old message quoted."""
    column = contract(kind).column(row["column_name"]) if row["column_name"] else None
    value = row["value"] and (shown(column, row["value"], key) if column else shown_unread(row["value"]))
    if column and column.personal:
        value = row["value"] and (MASK if column.personal == "id_number" else remasked(row["value"]))
    header = row["header"] and quoted(row["header"])
    said: Message = placed(blanked("reasons", row["reason_code"], file), file, row["row_number"], header, value)
    return row | {
        "header": header, "value": value, "reason_zh": said.zh, "reason_en": said.en, "remedy_zh": said.remedy_zh,
        "remedy_en": said.remedy_en, "row_text": _row_text(kind, row["row_text"], key),
    }  # fmt: skip


def _row_text(kind: str, text: str | None, key: Key) -> str | None:
    if text is None:
        return None
    told = json.loads(text)
    if isinstance(told, list):
        return json.dumps([shown_unread(str(cell)) for cell in told], ensure_ascii=False)
    clean: dict[str, str | None] = defaultdict(str)
    for heading, value in told.items():
        column = column_of(kind, heading)
        known = column and not column.personal
        clean[quoted(heading)] = shown(column, value, key) if known and column else value and remasked(value)
    return json.dumps(clean, ensure_ascii=False)
