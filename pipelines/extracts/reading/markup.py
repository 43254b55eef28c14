"""Pages of tables that case systems save under a workbook's name: HTML, and Excel's XML of 2003.
A page is one grid: lines of text around its tables are rows of it, as a spreadsheet shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree, html

from pipelines.extracts.encoding import detect
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import formats
from pipelines.extracts.reading.grid import Around, Grid, grid_of, source_of
from pipelines.extracts.reading.parts import parser
from pipelines.extracts.reading.source import ODD_FORMAT, SINCE_1904, Beside, Doubt, Limits, Recognise, Source, Span

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_PASSED_OVER = ("script", "style", "head", "title", "xml", "template")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?", re.ASCII)
_SINCE_1904 = re.compile(r"<\w+:Date1904\s*/?>")
_WIDEST = 16_384
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0+)?", re.ASCII)


def _said(element: Any) -> str:
    """The text of an element as a browser shows it: white space folded, line breaks where <br> stands."""
    pieces = [re.sub(r"[ \t\r\n]+", " ", element.text or "")]
    for child in element:
        if child.tag == "br":
            pieces.append("\n")
        elif child.tag not in _PASSED_OVER and isinstance(child.tag, str) and child.tag != "table":
            pieces.append(_said(child))
        pieces.append(re.sub(r"[ \t\r\n]+", " ", child.tail or ""))
    return "".join(pieces).strip(" \n")


def _cell(element: Any) -> str:
    """A cell's text; where Excel shows a number rounded, the number that it keeps."""
    shown, kept = _said(element), element.get("x:num")
    if kept and _NUMBER.fullmatch(shown) and re.fullmatch(r"-?\d+(?:\.\d+)?", kept):
        return str(kept)
    return shown


def _times(element: Any, name: str) -> int:
    """How many rows or columns a cell covers."""
    text = (element.get(name) or "").strip()
    return min(max(1, int(text)), _WIDEST) if re.fullmatch(r"\d{1,6}", text) else 1


def _lines(element: Any) -> Iterator[Any]:
    """Rows of tables and texts outside of them, in order."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _PASSED_OVER:
            continue
        if child.tag == "tr" or not child.xpath("descendant-or-self::tr"):
            yield child
        else:
            if child.tag != "tr" and (child.text or "").strip():
                yield child.text
            yield from _lines(child)
        if (child.tail or "").strip():
            yield child.tail


def _html_grid(body: Any) -> Grid:
    rows: list[tuple[int, Sequence[str]]] = []
    spans: list[Span] = []
    covered: set[tuple[int, int]] = set()  # places that a cell above or at the left reaches into
    for line in _lines(body):
        number, cells = len(rows) + 1, list[str]()
        elements = line.xpath("./td|./th") if not isinstance(line, str) and line.tag == "tr" else None
        if elements is None:
            text = line.strip() if isinstance(line, str) else _said(line)
            if text:
                rows.append((number, [text]))
            continue
        for element in elements:
            while (number, len(cells)) in covered:
                cells.append("")
            down, across = _times(element, "rowspan"), _times(element, "colspan")
            if down > 1 or across > 1:
                span = Span(number, number + down - 1, len(cells), len(cells) + across - 1)
                spans.append(span)
                covered |= {(row, place) for row in range(number + 1, span.bottom + 1)
                            for place in range(span.left, span.right + 1)}  # fmt: skip
            cells += [_cell(element), *[""] * (across - 1)]
        rows.append((number, cells))
    return grid_of("", iter(rows), spans=tuple(spans))


def _html(path: Path, name: str) -> tuple[list[Grid], Around]:
    encoding = detect(path, name)
    text = path.read_text(encoding=encoding.codec)
    page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    titles = [Beside("properties", "", said) for each in page.iter("title") if (said := _said(each))]
    around = Around(tuple(titles), SINCE_1904 if _SINCE_1904.search(text) else 0)
    body = page.find("body")
    return [_html_grid(body)] if body is not None else [], around


def _data(cell: Any) -> str:
    data = cell.find(f"{_SS}Data")
    text = "" if data is None else "".join(data.itertext())
    match = _MIDNIGHT.fullmatch(text) if data is not None and data.get(f"{_SS}Type") == "DateTime" else None
    return f"{match[1]} {match[2]}" if match else text


def _odd_styles(book: Any) -> dict[str, str]:
    """The styles with a doubtful number format."""
    formatted = [(style.get(f"{_SS}ID"), each.get(f"{_SS}Format", "")) for style in book.iter(f"{_SS}Style")
                 for each in style.iter(f"{_SS}NumberFormat")]  # fmt: skip
    return {name: code for name, code in formatted if formats.is_doubtful(code)}


def _xml_beside(sheet: Any) -> Iterator[Beside]:
    """The notes at a sheet's cells, and its page headers and footers."""
    for note in sheet.iter(f"{_SS}Comment"):
        yield from (Beside("note", "", line) for line in "".join(note.itertext()).splitlines() if line.strip())
    for page in sheet.iter("{*}Header", "{*}Footer"):
        yield from (Beside("page", "", text) for text in re.split("&[A-Z]", next(iter(page.values()), "")) if text)


def _xml_grid(sheet: Any, odd: dict[str, str]) -> Grid:
    rows: list[tuple[int, Sequence[str]]] = []
    spans: list[Span] = []
    doubts: list[Doubt] = []
    number = 0
    for line in sheet.iter(f"{_SS}Row"):
        number = int(line.get(f"{_SS}Index", number + 1))
        cells: list[str] = []
        for cell in line.iter(f"{_SS}Cell"):
            place = min(int(cell.get(f"{_SS}Index", len(cells) + 1)), _WIDEST) - 1
            cells += [""] * (place - len(cells))
            across, down = int(cell.get(f"{_SS}MergeAcross", 0)), int(cell.get(f"{_SS}MergeDown", 0))
            if across or down:
                spans.append(Span(number, number + down, place, place + across))
            if cell.get(f"{_SS}Formula") and cell.find(f"{_SS}Data") is None:
                doubts.append(Doubt(number, place, "formula_without_value"))
            if (code := odd.get(cell.get(f"{_SS}StyleID", ""))) and _is_number(cell):
                doubts.append(Doubt(number, place, ODD_FORMAT, (("format", code),)))
            cells += [_data(cell), *[""] * min(across, _WIDEST)]
        rows.append((number, cells))
    hidden = any(element.text != "SheetVisible" for element in sheet.iter("{*}Visible"))
    title = sheet.get(f"{_SS}Name") or ""
    found = {"spans": tuple(spans), "doubts": tuple(doubts), "beside": tuple(_xml_beside(sheet))}
    return grid_of(title, iter(rows), hidden=hidden, **found)


def _is_number(cell: Any) -> bool:
    return any(data.get(f"{_SS}Type") == "Number" for data in cell.iter(f"{_SS}Data"))


def read(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a page of tables. FileRefusedError: unreadable, empty_file, and what `detect` says of its text."""
    with path.open("rb") as file:
        head = file.read(4096).lower()
    # Excel's own HTML names the language of its XML too.
    is_book = b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head
    try:
        if is_book:
            book = etree.fromstring(path.read_bytes(), parser())
            odd = _odd_styles(book)
            grids = [_xml_grid(sheet, odd) for sheet in book.iter(f"{_SS}Worksheet")]
            around = Around((), SINCE_1904 if any(True for _ in book.iter("{*}Date1904")) else 0)
        else:
            grids, around = _html(path, name)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise refusal("unreadable", name, detail=str(error)) from error
    return source_of("xml" if is_book else "html", grids, name, recognise, around)
