"""Small files of the funds extract as hypothesis makes them: a header, units in many places, a format, a few rows.
What must come of a file is worked out here from what was drawn, without asking the code that reads it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape

import xlsxwriter
from hypothesis import strategies as st

SCALES = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}
UNITS = st.sampled_from(["元", "万元", "万元", "千元", "亿元", "百元", "百万元"])
MAYBE = st.one_of(st.none(), st.none(), UNITS)
NOTES = ("（{}）", "({})", "（单位：{}）", "/{}", "_{}", "【{}】", "（人民币{}）")
TITLES = ("单位：{}", "金额单位：{}", "案款明细表（{}）", "（单位：{}）", "以下金额均以{}计", "计量单位：{}、件")
GROUP_NOTES = ("（{}）", "（单位：{}）", "/{}")
FIXED = ("案款标识", "案件标识", "法院代码")
FORMATS = ("csv", "xlsx", "html", "json")
CENT = Decimal("0.01")
PAIR = (0, 1)  # 到账金额, 发放金额


@dataclass(frozen=True)
class Value:
    """An amount as it is written, its number, and the unit that it carries itself."""

    text: str
    number: Decimal
    own: str | None


@dataclass(frozen=True)
class Drawn:
    """One file: where units stand, what they are, and the amounts of its rows."""

    ending: str
    shape: str  # one row of headings; a cell over each pair; a cell over all four
    own: tuple[str | None, str | None]
    groups: tuple[str | None, str | None]
    title: str | None
    below: tuple[str, str] | None
    name: str | None
    rows_unit: str | None
    elsewhere: str | None
    rows: tuple[tuple[Value, Value], ...]
    words: tuple[str, str, str]

    def statements(self, column: int) -> Iterator[str]:
        """The units that speak of a column, but for those in its header."""
        yield from (unit for unit in (self.title, self.name, self.rows_unit) if unit)
        if self.below:
            yield self.below[column]

    def is_asked(self, *amounts: Value) -> bool:
        """Whether a row is rejected: its column of units states another unit than an amount of it carries itself."""
        return bool(self.rows_unit) and any(value.own not in (None, self.rows_unit) for value in amounts)

    def header_units(self) -> list[str | None] | None:
        """The unit of each column by its header alone; None where the header contradicts itself."""
        found: list[str | None] = []
        over = self.groups[0]
        for column in PAIR:
            own = self.own[column]
            group = self.groups[column] if self.shape == "pairs" else over if self.shape == "all" else None
            others_take_it = self.shape == "all" and self.own[1 - column] in (None, over)
            if own and group and own != group and not others_take_it:
                return None
            found.append(own or group)
        return found

    def expected(self) -> list[tuple[Decimal, Decimal]] | None:
        """The amounts in yuan; None where statements contradict each other, so that the file must be refused."""
        header = self.header_units()
        if header is None:
            return None
        scales: list[str] = []
        for column in PAIR:
            said = {unit for unit in (header[column], *self.statements(column)) if unit}
            if len(said) > 1:
                return None
            scales.append(said.pop() if said else "元")
        if self.elsewhere and self.elsewhere not in scales:
            return None
        return [
            (yuan(one, scales[0]), yuan(other, scales[1])) for one, other in self.rows if not self.is_asked(one, other)
        ]


def yuan(value: Value, unit: str) -> Decimal:
    return value.number.scaleb(SCALES[value.own or unit]).quantize(CENT, ROUND_HALF_UP)


@st.composite
def values(draw: st.DrawFn) -> Value:
    number = Decimal(draw(st.integers(0, 99_999))).scaleb(-draw(st.integers(1, 3)))  # in 亿元 less than is absurd
    own = draw(st.one_of(st.none(), st.none(), st.none(), st.sampled_from(["元", "万元", "亿元"])))
    plain = f"{number:f}"
    dressed = draw(st.sampled_from([plain, f"{number:,f}", f"￥{plain}", f"'{plain}", f" {plain} "]))
    return Value(f"{plain}{own}" if own else dressed, number, own)


@st.composite
def files(draw: st.DrawFn, ending: str) -> Drawn:
    flat = ending == "json"
    shape = "flat" if flat else draw(st.sampled_from(["flat", "pairs", "all"]))
    over = draw(MAYBE) if shape == "all" else None
    groups = (over, over) if shape == "all" else (draw(MAYBE), draw(MAYBE)) if shape == "pairs" else (None, None)
    pair = st.tuples(UNITS, UNITS)
    return Drawn(
        ending,
        shape,
        (draw(MAYBE), draw(MAYBE)),
        groups,
        draw(MAYBE),
        None if flat else draw(st.one_of(st.none(), st.none(), pair)),
        draw(st.one_of(st.none(), st.none(), MAYBE)),
        draw(st.one_of(st.none(), st.none(), MAYBE)),
        draw(st.one_of(st.none(), MAYBE)) if ending == "xlsx" else None,
        tuple(draw(st.lists(st.tuples(values(), values()), min_size=1, max_size=3))),
        (draw(st.sampled_from(NOTES)), draw(st.sampled_from(GROUP_NOTES)), draw(st.sampled_from(TITLES))),
    )


def file_name(drawn: Drawn) -> str:
    said = "（元）" if drawn.name == "元" else drawn.name or ""  # 案款元 names no unit, 案款万元 does
    return f"案款{said}-城北.{drawn.ending}"


def _note(unit: str | None, note: str) -> str:
    return note.format(unit) if unit else ""


def _headings(drawn: Drawn) -> list[list[str]]:
    """One row of headings, or two."""
    amounts = [
        f"{name}{_note(unit, drawn.words[0])}" for name, unit in zip(("到账金额", "发放金额"), drawn.own, strict=True)
    ]
    more = ["延缓发放审批", *(["单位"] if drawn.rows_unit else [])]
    lower = ["到账日期", amounts[0], "发放日期", amounts[1]]
    if drawn.shape == "flat":
        return [[*FIXED, *lower, *more]]
    one, other = (_note(unit, drawn.words[1]) for unit in drawn.groups)
    groups = [f"到账{one}", "", f"发放{other}", ""] if drawn.shape == "pairs" else [f"款项{one}", "", "", ""]
    return [[*FIXED, *groups, *more], [*[""] * 3, *lower, *[""] * len(more)]]


def _table(drawn: Drawn) -> tuple[list[list[str]], int]:
    """All lines, and in which line the header begins."""
    headings = _headings(drawn)
    width = len(headings[0])
    title = [[drawn.words[2].format(drawn.title)]] if drawn.title else []
    below = [["", "", "", "", f"（{drawn.below[0]}）", "", drawn.below[1]]] if drawn.below else []
    rows = [
        [f"F{n}", f"C{n}", "T14", "2019-12-03", one.text, "2019-12-20", other.text, "否", *_unit_of(drawn)]
        for n, (one, other) in enumerate(drawn.rows)
    ]
    return [[*line, *[""] * (width - len(line))] for line in (*title, *headings, *below, *rows)], len(title)


def _unit_of(drawn: Drawn) -> list[str]:
    return [drawn.rows_unit] if drawn.rows_unit else []


def _spans(drawn: Drawn, first: int, width: int) -> list[tuple[int, int, int, int]]:
    """Merged cells of the header: top, left, bottom, right."""
    if drawn.shape == "flat":
        return []
    pairs = [(3, 4), (5, 6)] if drawn.shape == "pairs" else [(3, 6)]
    across = [(first, left, first, right) for left, right in pairs]
    return [*across, *((first, place, first + 1, place) for place in (*range(3), *range(7, width)))]


def content(drawn: Drawn) -> bytes:
    """The file's bytes."""
    lines, first = _table(drawn)
    if drawn.ending == "csv":
        quoted = (",".join('"' + cell.replace('"', '""') + '"' if cell else "" for cell in line) for line in lines)
        return ("\r\n".join(quoted) + "\r\n").encode()
    if drawn.ending == "json":
        headings, *rows = lines[1:] if drawn.title else lines
        records = [dict(zip(headings, row, strict=True)) for row in rows]
        said = {"title": drawn.words[2].format(drawn.title)} if drawn.title else {}
        return json.dumps({**said, "data": records}, ensure_ascii=False).encode()
    spans = _spans(drawn, first, len(lines[0]))
    return _html(lines, spans) if drawn.ending == "html" else _xlsx(drawn, lines, spans)


def _html(lines: list[list[str]], spans: list[tuple[int, int, int, int]]) -> bytes:
    begins = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in spans}
    inside = {
        (r, c) for top, left, bottom, right in spans for r in range(top, bottom + 1) for c in range(left, right + 1)
    }
    written = []
    for row, line in enumerate(lines):
        cells = []
        for place, text in enumerate(line):
            if (row, place) in inside - begins.keys():
                continue
            down, across = begins.get((row, place), (1, 1))
            cells.append(f'<td rowspan="{down}" colspan="{across}">{escape(text)}</td>')
        written.append(f"<tr>{''.join(cells)}</tr>")
    return f'<html><head><meta charset="utf-8"></head><table>{"".join(written)}</table></html>'.encode()


def _xlsx(drawn: Drawn, lines: list[list[str]], spans: list[tuple[int, int, int, int]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(lines):
            for place, text in enumerate(line):
                if text:
                    sheet.write_string(row, place, text)
        for top, left, bottom, right in spans:
            sheet.merge_range(top, left, bottom, right, lines[top][left])
        if drawn.elsewhere:
            sheet.set_header(f"&C单位：{drawn.elsewhere}")
    return file.getvalue()
