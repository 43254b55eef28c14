"""The tables that an installation may fill in, and their rows from CSV or XLSX, headers in Chinese or English.
Whether what is written holds belongs to `checking`; what becomes of it, to `combining`."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

REASON = "retroactive_reason"  # why a change reaches back into closed months; no column of the product
REASON_ZH = "追溯原因"
ENDINGS = (".csv", ".xlsx")
ENCODINGS = ("utf-8-sig", "gb18030")  # what spreadsheet programs write on Chinese machines


@dataclass(frozen=True)
class Column:
    """One column: its name in the product, its Chinese header, its type, and whether it may be empty."""

    name: str
    zh: str
    type: str
    is_required: bool


@dataclass(frozen=True)
class Table:
    """One table of settings, from files.toml. `from_column` and `to_column` date its rows, where it is dated."""

    name: str
    zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    refers: Mapping[str, str]
    from_column: str | None
    to_column: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column_of(self, header: str) -> str | None:
        """The column that a header means, in Chinese or in English; None for one that the table does not know."""
        said = header.strip()
        named = {column.zh: column.name for column in self.columns} | {REASON_ZH: REASON, REASON: REASON}
        return said if said in self.names else named.get(said)


@dataclass(frozen=True)
class Sheet:
    """What a file of settings holds. `rows` are (line of the file, column → text); `unknown`: headers nobody knows."""

    table: Table
    file: str
    headers: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


@cache
def tables() -> dict[str, Table]:
    """Every table that an installation may fill in, by its name."""
    said = tomllib.loads(Path(__file__).with_name("files.toml").read_text(encoding="utf-8"))
    return {name: _table(name, spec) for name, spec in said.items()}


def _table(name: str, spec: Mapping[str, Any]) -> Table:
    columns = []
    for text in spec["columns"]:
        column, zh, kind = text.split()
        columns.append(Column(column, zh, kind.rstrip("!"), kind.endswith("!")))
    return Table(
        name=name,
        zh=spec["zh"],
        key=tuple(spec["key"]),
        columns=tuple(columns),
        refers=spec.get("refers", {}),
        from_column=spec.get("from"),
        to_column=spec.get("to"),
    )


def plain_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a seed of the product as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(file)]


def read(path: Path, table: Table) -> Sheet:
    """A file of settings. Lines that begin with # and empty lines are remarks. ValueError if it cannot be read."""
    cells = [(number, row) for number, row in _lines(path) if any(row) and not row[0].startswith("#")]
    if not cells:
        return Sheet(table, path.name, (), (), ())
    headers = tuple(cells[0][1])
    columns = [table.column_of(header) for header in headers]
    unknown = tuple(header for header, column in zip(headers, columns, strict=True) if header and column is None)
    rows = []
    for number, row in cells[1:]:
        filled = [*row, *[""] * (len(columns) - len(row))]
        rows.append((number, {column: value for column, value in zip(columns, filled, strict=False) if column}))
    return Sheet(table, path.name, tuple(column for column in columns if column), unknown, tuple(rows))


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    if path.suffix.lower() == ".xlsx":
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return [(number, [_cell(value) for value in row]) for number, row in enumerate(sheet.to_python(), start=1)]
    text = _decoded(path)
    reader = csv.reader(io.StringIO(text, newline=""))
    return [(reader.line_num, [value.strip() for value in row]) for row in reader]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(path.name)


def _cell(value: object) -> str:
    """A cell of a workbook as the text that one would have written into a CSV."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value).strip()
