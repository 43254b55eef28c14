"""Frames as XLSX workbooks. Text stays text: a cell that begins with =, +, - or @ is never a formula.
What a sheet contains belongs to the pages."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
MAX_ROWS = 1_048_000  # a worksheet ends at 1,048,576 rows


def workbook(frame: pd.DataFrame, heading: list[str], formats: dict[str, str] | None = None) -> bytes:
    """One sheet: the heading's lines, the frame's columns, its rows. `formats`: column → Excel number format."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    grey = book.add_format({"font_color": "#55626f"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    styles = {name: book.add_format({"num_format": pattern}) for name, pattern in (formats or {}).items()}
    for line, text in enumerate(heading):
        sheet.write_string(line, 0, text, grey)
    top = len(heading) + 1
    for column, name in enumerate(frame.columns):
        sheet.write_string(top, column, str(name), bold)
        sheet.set_column(column, column, max(10, min(32, 2 * len(str(name)) + 2)))
        for row, cell in enumerate(frame[name].head(MAX_ROWS).tolist(), start=top + 1):
            _write(sheet, row, column, cell, styles.get(str(name)), day)
    sheet.freeze_panes(top + 1, 1)
    book.close()
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, style: Any, day: Any) -> None:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell) or cell is pd.NA:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, style)
    elif isinstance(cell, (pd.Timestamp, datetime, date)):
        sheet.write_datetime(row, column, pd.Timestamp(cell).to_pydatetime().replace(tzinfo=None), day)
    else:
        sheet.write_string(row, column, str(cell))
