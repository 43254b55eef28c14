"""The annex as a workbook: one sheet a scope, heads in two levels, ranks, values and points side by side.
The same claims as in the text fill it as numbers; text stays text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import xlsxwriter

from dashboards.bulletin.chapters.closing import ACROSS, definition_rows, parted
from dashboards.bulletin.chapters.standings import in_order
from dashboards.bulletin.chapters.writing import Writing, drawn_width
from dashboards.bulletin.claims import Claim, Statement
from dashboards.bulletin.facts import GROUPS, Row, has
from dashboards.findings import COMPOSITE
from dashboards.sheets import OPTIONS

FONT = "仿宋"
TAB = 31  # characters that a workbook takes as a sheet's name
FIRST_ROW = 5  # data from the sixth row, as in the provincial bulletin's file
NUMBERS = {"ratio": "0.00%", "days": "0.0", "points": "0.0", "yuan": "#,##0.00"}
# An A3 page across holds so many digits where the office program has none of Excel's fonts: of 10 pixels, not of 7.
A3, A4, PAGE_DIGITS = 8, 9, 140
FOOTER = "&C— &P —"
NUMBER_WIDTH, HEAD_HEIGHT = 5, 30
WIDTHS = {"rank": 7, "interval": 9, "value": 9.5, "score": 7, "n": 14, "status": 11}
Column = tuple[str, str, str]  # group of heads, indicator, what


def statements(w: Writing) -> list[Statement]:
    """Every figure of the workbook as a claim, so that the check covers it like the text."""
    return [
        w.one(_claim(w, group, court, column))
        for group in w.groups()
        for court in w.facts.of_group(group)
        for column in _columns(w, group)
    ]


def xlsx(w: Writing, title: str, window: str) -> bytes:
    """The workbook's bytes."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    moment = (w.facts.published_at or datetime(1980, 1, 1, tzinfo=UTC)).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": title, "created": moment})
    formats = _formats(book)
    for group in w.groups():
        _sheet(book.add_worksheet(_tab(w, group)), w, group, (title, window), formats)
    _notes(book.add_worksheet(w.facts.t("bulletin.sheet_notes")), w, formats)
    book.close()
    return target.getvalue()


def _tab(w: Writing, group: str) -> str:
    """The sheet's name: short for the product's groups, of others as much of theirs as a workbook takes."""
    if group in GROUPS:
        return w.facts.t(f"bulletin_sheet.{group}")
    number = w.groups().index(group) + 1
    return re.sub(r"[\[\]:*?/\\']", " ", f"{number} {w.group(group).text}")[:TAB]


def _columns(w: Writing, group: str) -> list[tuple[str, str, str]]:
    """(part, indicator, what) from left to right; the composite first where courts are ranked."""
    names = ("rank", "value", "score") if w.is_ranked(group) else ("value", "n", "status")
    composite = ("rank", "interval", "score") if w.is_ranked(group) else ()
    first = [("composite", COMPOSITE, name) for name in composite]
    return first + [(part, code, name) for part, codes in parted(w) for code in codes for name in names]


def _claim(w: Writing, group: str, court: str, column: Column) -> Claim:
    _, code, what = column
    key = (court, w.scope(group), code)
    if what == "rank":
        return w.says.rank(group, court, code)
    if what == "interval":
        return w.says.rank_interval(group, court)
    if what == "score":
        return w.says.score(group, court, code)
    if what == "n":
        return w.says.n(key)
    return w.says.value(key) if what == "value" else w.says.status(key)


def _sheet(sheet: Any, w: Writing, group: str, titles: tuple[str, str], formats: dict[str, Any]) -> None:
    columns, last = _columns(w, group), len(_columns(w, group)) + 1
    title = f"{titles[0]} · " + w.group(group).text
    sheet.merge_range(0, 0, 0, last, title, formats["title"])
    sheet.merge_range(1, 0, 1, last, titles[1], formats["subtitle"])
    is_whole = w.scope(group) == "jurisdiction"
    for at, phrase in enumerate(("sheet_number", "sheet_court" if is_whole else "head_court")):
        sheet.merge_range(2, at, 4, at, w.facts.t(f"bulletin.{phrase}"), formats["head"])
    _heads(sheet, w, columns, formats)
    for index, court in enumerate(in_order(w, group)):
        sheet.write_number(FIRST_ROW + index, 0, index + 1, formats["count"])
        sheet.write_string(FIRST_ROW + index, 1, w.facts.t.name(w.facts.courts[court]), formats["text"])
        for place, column in enumerate(columns, start=2):
            _cell(sheet, (FIRST_ROW + index, place), w, (group, court, column), formats)
    sheet.freeze_panes(FIRST_ROW, 2)
    names = [w.facts.t.name(w.facts.courts[court]) for court in w.facts.of_group(group)]
    name_width = 2 + max(map(drawn_width, names))
    sheet.set_column(0, 0, NUMBER_WIDTH)
    sheet.set_column(1, 1, name_width)
    sheet.set_row(3, HEAD_HEIGHT)
    for place, (_, _, what) in enumerate(columns, start=2):
        sheet.set_column(place, place, WIDTHS[what])
    _printed(sheet, columns, (FIRST_ROW + len(w.facts.of_group(group)) - 1, last), (title, titles[1]), name_width)


def _printed(
    sheet: Any, columns: list[Column], end: tuple[int, int], titles: tuple[str, str], name_width: float
) -> None:
    """A3 with the courts on every page and six indicators across, none torn: one page across cannot be read."""
    starts = _page_starts(columns)
    bounds = [0, *starts, len(columns)]
    widest = max(sum(WIDTHS[what] for _, _, what in columns[a:b]) for a, b in pairwise(bounds))
    sheet.set_v_pagebreaks([start + 2 for start in starts])
    sheet.set_print_scale(min(100, int(100 * PAGE_DIGITS / (widest + NUMBER_WIDTH + name_width))))
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.set_margins(left=0.4, right=0.4, top=1, bottom=0.6)
    # The titles stand in the page's head: in the repeated rows they would be cut off at the second column.
    sheet.print_area(2, 0, *end)
    first, second = (text.replace("&", "&&") for text in titles)
    sheet.set_header(f'&L&14&"黑体,Regular"{first}\n&10&"{FONT},Regular"{second}')
    sheet.set_footer(FOOTER)
    sheet.repeat_rows(2, 4)
    sheet.repeat_columns(0, 1)


def _page_starts(columns: list[Column]) -> list[int]:
    """Columns that begin a printed page, the first page's left out; the composite stands with the first indicators."""
    codes = list(dict.fromkeys(code for _, code, _ in columns if code != COMPOSITE))
    return [next(at for at, column in enumerate(columns) if column[1] == code) for code in codes[ACROSS::ACROSS]]


def _heads(sheet: Any, w: Writing, columns: list[Column], formats: dict[str, Any]) -> None:
    """Part over indicator over what: 首次执行 | 首次执行案件实际执结率 | 排名, 指标值, 得分."""
    words = {"rank": "head_rank", "value": "head_value", "score": "head_score", "status": "head_status"}
    words["interval"] = "head_rank_interval"
    ends = {len(columns), *_page_starts(columns)}  # a head that runs over a page's edge is written on both
    for place, (_, _, what) in enumerate(columns, start=2):
        sheet.write_string(4, place, "n" if what == "n" else w.facts.t(f"bulletin.{words[what]}"), formats["head"])
    for row, level in ((2, 0), (3, 1)):
        start = 0
        for end in range(1, len(columns) + 1):
            if end in ends or columns[end][: level + 1] != columns[start][: level + 1]:
                text = _head_text(w, columns[start], level)
                if columns[start][1] == COMPOSITE:  # one head over both rows, written once
                    if level:
                        sheet.merge_range(2, start + 2, 3, end + 1, text, formats["head"])
                elif end - start > 1:
                    sheet.merge_range(row, start + 2, row, end + 1, text, formats["head"])
                else:
                    sheet.write_string(row, start + 2, text, formats["head"])
                start = end


def _head_text(w: Writing, column: Column, level: int) -> str:
    if column[1] == COMPOSITE:
        return w.facts.t("bulletin.head_composite")
    return w.facts.t.name(w.facts.indicators[column[1]]) if level else w.facts.t(f"bulletin_part.{column[0]}")


def _cell(sheet: Any, at: tuple[int, int], w: Writing, what: tuple[str, str, Column], formats: dict[str, Any]) -> None:
    """A number where there is one; otherwise the reason in words, never an empty cell and never 0."""
    group, court, (_, code, name) = what
    row = w.facts.ranks.get((group, court, code), {})
    fields = {"rank": "rank", "score": "score", "value": "value", "n": "case_count"}
    amount = row.get(fields.get(name, ""))
    if name == "score" and not has(row.get("rank")):
        amount = None
    if name in ("status", "interval"):
        style = formats["text" if name == "status" else "absent"]
        sheet.write_string(*at, _claim(w, group, court, what[2]).text, style)
    elif has(amount):
        style = _format(w, name, code)
        is_restated = name == "value" and (court, w.scope(group), code) in w.facts.restated
        sheet.write_number(*at, float(amount or 0), formats[f"{style}_restated" if is_restated else style])
    else:
        sheet.write_string(*at, _reason(w, code, row) if name == "rank" else "—", formats["absent"])


def _format(w: Writing, name: str, code: str) -> str:
    if name in ("rank", "n"):
        return "count"
    return "points" if name == "score" else str(w.facts.indicators[code]["unit"])


def _reason(w: Writing, code: str, row: Row) -> str:
    """Why there is no rank: 监测, 样本过少, 不适用, 未报送."""
    if w.facts.indicators.get(code, {}).get("direction") == "monitor":
        return w.facts.t("direction.short_monitor")
    return w.facts.t(f"status.{row['status']}") if has(row.get("status")) else "—"


def _notes(sheet: Any, w: Writing, formats: dict[str, Any]) -> None:
    """What every indicator means."""
    heads, rows = definition_rows(w)
    for column, (head, width) in enumerate(zip(heads, (34, 60, 12, 10, 18, 12), strict=True)):
        sheet.write_string(0, column, head, formats["head"])
        sheet.set_column(column, column, width)
        for row, cells in enumerate(rows, start=1):
            sheet.write_string(row, column, cells[column].text, formats["text"])
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(FOOTER)


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
    boxed = {**base, "bottom": 7, "bottom_color": "#bbbbbb"}
    found = {name: book.add_format({**boxed, "num_format": pattern}) for name, pattern in NUMBERS.items()}
    for name, pattern in NUMBERS.items():
        found[f"{name}_restated"] = book.add_format({**boxed, "num_format": f'{pattern}"※"'})
    return {
        **found,
        "count": book.add_format({**boxed, "num_format": "#,##0", "align": "center"}),
        "text": book.add_format({**boxed, "text_wrap": True}),
        "absent": book.add_format({**boxed, "align": "center", "font_color": "#666666"}),
        "head": book.add_format(
            {**base, "font_name": "黑体", "align": "center", "text_wrap": True, "border": 1, "bg_color": "#f0f0f0"}
        ),
        "title": book.add_format({**base, "font_name": "黑体", "font_size": 14, "align": "left"}),
        "subtitle": book.add_format({**base, "align": "left", "font_color": "#444444"}),
    }
