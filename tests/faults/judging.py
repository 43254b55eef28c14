"""One hostile file received, and what must hold of whatever came of it; cells are read a second way where they can be.
Which files there are belongs to mutations.py."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from pipelines.extracts import receipts
from pipelines.extracts.contracts import Column, contract
from pipelines.extracts.conversions import conversions
from pipelines.extracts.loading import receive_alone
from pipelines.extracts.receipts import Receipt
from pipelines.extracts.receiving_context import ReceivingContext, receiving_context
from pipelines.extracts.values.texts import EMPTY_DATE, STRIPPED
from pipelines.layout import Layout

MONTH = "2018-12"
LONGEST = 10.0  # seconds of the processor
YES_NO = {True: {"是", "1", "Y", "y", "true", "True", "TRUE", "有", "YES", "yes"},
          False: {"否", "0", "N", "n", "false", "False", "FALSE", "无", "NO", "no"}}  # fmt: skip
MASKED = re.compile(r"\*\*")
Cells = dict[int, dict[str, Any]]  # the clerk's row number → column → cell


def desk(root: Path, kind: str) -> ReceivingContext:
    return receiving_context(Layout(data=root / "data", key_file=root / "key"), kind, MONTH, None)


def faults(context: ReceivingContext, name: str, content: bytes) -> list[str]:
    """What does not hold of a delivered file; nothing if all does. An exception is one of the faults."""
    path = context.layout.data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    started = time.process_time()
    try:
        receipt = receive_alone(context, path)
    except BaseException as problem:  # a panic of a library is no Exception
        return [f"{type(problem).__name__}: {str(problem)[:200]}"]
    found = [] if time.process_time() - started < LONGEST else ["slow"]
    return found + list(_unaccounted(context, receipt)) + list(_changed(context, receipt, path))


def _frames(context: ReceivingContext, receipt: Receipt) -> list[list[dict[str, Any]]]:
    where = context.layout, context.kind, context.month, receipt.delivery_id
    files = (receipts.lake_file(*where), receipts.rejects_file(*where), receipts.conversions_file(*where))
    return [pq.ParquetFile(file).read().to_pylist() if file.exists() else [] for file in files]


def _unaccounted(context: ReceivingContext, receipt: Receipt) -> Iterator[str]:
    """Rows that are neither accepted nor rejected nor held, or are so twice; refusals that say nothing."""
    lake, rejects, _ = _frames(context, receipt)
    if receipt.refusal:
        said = receipt.refusal
        if not all((said.code, said.zh, said.en, said.remedy_zh, said.remedy_en)) or lake or rejects:
            yield "a refusal without words, or with rows"
        return
    accepted = [row["_row_number"] for row in lake]
    others = {row["row_number"] for row in rejects}
    if len(accepted) != receipt.accepted_count or len(set(accepted)) != len(accepted):
        yield f"{len(accepted)} rows in the lake, {receipt.accepted_count} accepted"
    if len(others) != receipt.rejected_count + receipt.held_count or others & set(accepted):
        yield f"{len(others)} rows rejected or held, {receipt.rejected_count} + {receipt.held_count} counted"
    if not all(row["reason_zh"] and row["reason_en"] and row["remedy_zh"] and row["remedy_en"] for row in rejects):
        yield "a rejected row without words"


def _changed(context: ReceivingContext, receipt: Receipt, path: Path) -> Iterator[str]:
    """Accepted values that do not follow from their cells as another reader sees them."""
    cells = None if receipt.refusal else read(path, receipt.encoding, context.kind)
    if not cells:
        return
    lake, _, converted = _frames(context, receipt)
    noted = {(row["row_number"], row["column_name"]) for row in converted}
    counted: dict[tuple[str, str], int] = {}
    for count in receipt.conversions:
        place = count.column_name, count.conversion
        counted[place] = counted.get(place, 0) + count.rows
    unlisted = {name for (name, code), rows in counted.items() if rows > conversions()[code].listed}
    for row in lake:
        said = cells.get(row["_row_number"])
        if said is None:
            yield f"row {row['_row_number']}: nothing stands there"
            continue
        for column in contract(context.kind).columns:
            if column.personal or column.type in ("court", "case_number") or column.name not in said:
                continue
            if (row["_row_number"], column.name) in noted or column.name in unlisted:
                continue
            if not follows(column, said[column.name], row[column.name]):
                yield f"row {row['_row_number']} {column.name}: {said[column.name]!r} became {row[column.name]!r}"


def follows(column: Column, cell: Any, value: Any) -> bool:
    """Whether a value is the plain reading of a cell: nothing had to be converted."""
    text = _text(cell)
    if isinstance(value, str) and MASKED.search(value) and not MASKED.search(text):
        return True  # names and numbers of persons: what is hidden has tests of its own
    if value is None:
        return text in EMPTY_DATE or text.upper() in {"NULL", "NONE", "NAN", "N/A"}
    if column.type in ("amount", "number", "integer"):
        try:
            return Decimal(text) == Decimal(str(value))
        except InvalidOperation:
            return False
    if column.type == "flag":
        return text in YES_NO[value]
    if isinstance(value, datetime):
        return _padded(text)[:19] in (
            f"{value:%Y-%m-%d %H:%M:%S}",
            f"{value:%Y-%m-%d %H:%M}",
            f"{value:%Y-%m-%d}",
        )
    if isinstance(value, date):
        day, _, hour = _padded(text).partition(" ")
        return day == f"{value}" and hour in ("", "00:00", "00:00:00")
    return re.sub(r"\s+", " ", text) == re.sub(r"\s+", " ", str(value))


def _padded(text: str) -> str:
    """A day or a moment with two digits in each place: 2018-1-3 9:30 is 2018-01-03 09:30."""
    day, _, hour = text.replace("T", " ").partition(" ")
    places = ("-".join(part.zfill(2) for part in day.split("-")), ":".join(part.zfill(2) for part in hour.split(":")))
    return " ".join(places) if hour else places[0]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip(STRIPPED)


def read(path: Path, encoding: str | None, kind: str) -> Cells | None:
    """The cells by row and column as csv, json or calamine read them; None where a second reading is not plain."""
    ending = path.suffix.lower()
    try:
        if ending == ".csv":
            return _of_table(_csv(path, encoding), kind)
        if ending in (".xlsx", ".xls", ".ods"):
            book = CalamineWorkbook.from_path(str(path))
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            table = sheets[0].to_python(skip_empty_area=False) if len(sheets) == 1 else []
            return _of_table(list(enumerate(table, 1)), kind)
        if ending in (".json", ".jsonl"):
            return _of_objects(path, encoding, kind)
    except Exception:  # what another reader cannot read it cannot contradict
        return None
    return None


def _csv(path: Path, encoding: str | None) -> list[tuple[int, list[str]]]:
    text = path.read_bytes().decode(encoding or "utf-8")
    if "\r\r" in text:
        raise ValueError("a line break for Excel and for us, none for csv")
    lines = re.findall(r"[^\n]*\n|[^\n]+", text.removeprefix("\ufeff"))
    return list(enumerate(csv.reader(lines, strict=True), 1))


def _of_table(table: list[tuple[int, list[Any]]], kind: str) -> Cells | None:
    names = {spelling: column.name for column in contract(kind).columns for spelling in column.spellings}
    heads = [at for at, (_, row) in enumerate(table) if sum(str(cell).strip() in names for cell in row) >= 2]
    if len(heads) != 1:
        return None
    header = [names.get(str(cell).strip()) for cell in table[heads[0]][1]]
    known = [name for name in header if name]
    if len(known) != len(set(known)):
        return None
    return {
        number: {name: cell for name, cell in zip(header, row, strict=False) if name}
        for number, row in table[heads[0] + 1 :]
    }


def _of_objects(path: Path, encoding: str | None, kind: str) -> Cells | None:
    text = path.read_bytes().decode(encoding or "utf-8").removeprefix("\ufeff")
    names = {spelling: column.name for column in contract(kind).columns for spelling in column.spellings}
    plain = {"parse_int": str, "parse_float": str, "parse_constant": str}
    if path.suffix.lower() == ".jsonl":
        lines = [
            (number, json.loads(line, **plain))
            for number, line in enumerate(re.split("\r\n|\n|\r", text), 1)
            if line.strip()
        ]
    else:
        found = json.loads(text, **plain)
        lines = list(enumerate(found, 1)) if isinstance(found, list) else []
    if not all(isinstance(record, dict) for _, record in lines):
        return None
    cells = {}
    for number, record in lines:
        known = [names[key] for key in record if key in names]
        if len(known) != len(set(known)):
            return None
        cells[number] = {
            names[key]: cell for key, cell in record.items() if key in names and not isinstance(cell, dict | list)
        }
    return cells
