"""Where every row in force comes from: the national catalogue or a file of the installation, and which row of it.
It is written beside a snapshot's settings, for whoever reads snapshots; the rule of combination is in `combining`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipelines.layout import Layout
from pipelines.settings.combining import Row, combined
from pipelines.settings.effective import are_own, load
from pipelines.settings.tables import REASON, REASON_ZH, Sheet, Table, plain_rows, tables

FILE = "in_force.json"
LINE = "_line"  # of a row while it is combined; no column of any table begins so


def write(layout: Layout, folder: Path) -> None:
    """Write what is in force into a snapshot's copy of its settings."""
    said = json.dumps(in_force(layout), ensure_ascii=False, separators=(",", ":"))
    (folder / FILE).write_text(said, encoding="utf-8")


def in_force(layout: Layout) -> dict[str, Any]:
    """Table → its name, columns (name, Chinese header, whether needed) and rows: origin, file, line, values.

    `origin` is `product` or `installation`; the rows of the samples that stand in for an installation count as its own.
    """
    sheets = load(layout).sheets
    said = {name: _table(layout, table, [each for each in sheets if each.table is table])
            for name, table in tables().items()}  # fmt: skip
    return {"is_own": are_own(layout), "tables": said}


def _table(layout: Layout, table: Table, sheets: Sequence[Sheet]) -> dict[str, Any]:
    own = [row for sheet in sheets for _, row in sheet.rows]
    catalogue = layout.catalogue / f"{table.name}.csv"
    # The header is the first line; no row of the catalogue spans several.
    product = [{**row, LINE: str(line)} for line, row in enumerate(plain_rows(catalogue), start=2)]
    kept = combined(table, product, own)[: -len(own)] if own else product
    columns = [[column.name, column.zh, column.is_required] for column in table.columns]
    if table.from_column:
        columns.append([REASON, REASON_ZH, False])
    names = [str(column[0]) for column in columns]
    rows = [["product", catalogue.name, int(row[LINE]), _values(row, names)] for row in kept]
    rows += [["installation", sheet.file, line, _values(row, names)] for sheet in sheets for line, row in sheet.rows]
    dates = [name for name in (table.from_column, table.to_column) if name]
    return {"zh": table.zh, "columns": columns, "key": list(table.key), "dates": dates, "rows": rows}


def _values(row: Row, names: Sequence[str]) -> list[str]:
    return [row.get(name, "") for name in names]
