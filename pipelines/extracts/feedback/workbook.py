"""A page as a workbook: what became of the file, then its rows one by one. Every cell of text is text, never a formula.
What is said belongs to `pages`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from pipelines.extracts.feedback.pages import Page
from pipelines.extracts.feedback.words import CONVERTED, COUNTS, KINDS_TOLD, MESSAGE, ROWS, TITLE, about, messages

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
MOST_ROWS = 1_000_000  # a worksheet ends at 1,048,576
WIDTHS = (10, 14, 20, 24, 24, 46, 46, 46, 46)


def xlsx(page: Page) -> bytes:
    """The workbook; the same bytes for the same page."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": page.receipt.received.replace(tzinfo=None), "title": TITLE})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("反馈 feedback")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 5, 30)
        sheet.write_string(0, 0, TITLE, bold)
        line = _lines(sheet, 2, [*about(page), *((name, count(page)) for name, count in COUNTS.items())])
        line = _table(sheet, line + 1, MESSAGE, messages(page), bold)
        summary = [(s.header, s.values, s.zh, s.remedy_zh, s.en, s.remedy_en) for s in page.summary]
        _table(sheet, line + 1, CONVERTED, summary, bold)
        if page.faults or page.converted:
            _rows(book, page, bold)
    return target.getvalue()


def _rows(book: Any, page: Page, bold: Any) -> None:
    """Row by row, rejected and held first."""
    sheet, wrapped = book.add_worksheet("逐行 rows"), book.add_format({"text_wrap": True, "valign": "top"})
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, wrapped)
    told = (
        (t.row, KINDS_TOLD[t.kind], t.header, t.value, t.read, t.zh, t.remedy_zh, t.en, t.remedy_en)
        for t in (*page.faults, *page.converted)[:MOST_ROWS]
    )
    last = _table(sheet, 0, ROWS, told, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last - 1, len(ROWS) - 1)


def _lines(sheet: Any, line: int, pairs: Iterable[tuple[str, object]]) -> int:
    for label, value in pairs:
        sheet.write_string(line, 0, label)
        _cell(sheet, line, 1, value)
        line += 1
    return line


def _table(sheet: Any, line: int, headings: Sequence[str], rows: Iterable[Sequence[object]], bold: Any) -> int:
    """Headings and rows from `line` on, nothing where there are no rows; gives the line after the last."""
    for number, row in enumerate(rows):
        if not number:
            for place, heading in enumerate(headings):
                sheet.write_string(line, place, heading, bold)
            line += 1
        for place, value in enumerate(row):
            _cell(sheet, line, place, value)
        line += 1
    return line


def _cell(sheet: Any, line: int, place: int, value: object) -> None:
    if isinstance(value, int):
        sheet.write_number(line, place, value)
    elif value is not None:
        sheet.write_string(line, place, str(value))
