"""Pages of tables that case systems save under a workbook's name: HTML, and by `spreadsheet_xml` Excel's XML of 2003.
A page is one grid: lines of text around its tables are rows of it, as a spreadsheet shows them."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree, html

from pipelines.extracts.encoding import detect
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import formats, spreadsheet_xml
from pipelines.extracts.reading.fields import filled_in
from pipelines.extracts.reading.grid import Around, Grid, grid_of, source_of
from pipelines.extracts.reading.source import (
    ODD_FORMAT,
    OPEN_FORMULA,
    SINCE_1904,
    Beside,
    Doubt,
    Limits,
    Recognise,
    Source,
    Span,
)
from pipelines.extracts.reading.struck import pages as struck

# Elements that only style their text: what they hold goes on the line, unless a style may make two numbers of it.
_STYLING = ("span", "font", "b", "i", "u", "em", "strong", "small", "big", "tt", "code", "mark", "nobr", "bdi", "bdo")
_EDGE, _SEAM = "\x00", "\x01"
_LAID_OUT = re.compile(
    r"display\s*:|visibility\s*:|position\s*:|float\s*:|opacity\s*:|font-size\s*:\s*0", re.IGNORECASE
)
_TWO_NUMBERS = re.compile(rf"(?<=\d){_SEAM}*{_EDGE}[{_EDGE}{_SEAM}]*(?=\d)|(?<=\d{{4}}){_SEAM}+(?=\d{{4}})")
_PLACED = ("class", "id", "style", "hidden")  # by which a style may set an element apart, or hide it
# The parser passes over the end of a block that never began.
_CLOSED = re.compile(r"</(?:p|div|li|h\d|center|pre)\s*>(?!\s*<br)", re.IGNORECASE)
_PASSED_OVER = ("script", "style", "head", "title", "xml", "template")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?", re.ASCII)
_SINCE_1904 = re.compile(r"<\w+:Date1904\s*/?>")
_WIDEST = 16_384
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ARCHIVED = b"mime-version:"
_SAVED = ("text/html", "text/css")
_RULE = re.compile(r"([^{}<>]+)\{([^{}]*)\}")
_FORMAT = re.compile(
    r"""mso-number-format:\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|((?:\\.|[^;"'\\])+))""", re.IGNORECASE
)
_ESCAPED = re.compile(r"\\(?:([0-9A-Fa-f]{4})|(.))")


def _folded(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", (text or "").replace(_EDGE, "").replace(_SEAM, ""))


def _edge_of(element: Any) -> str:
    """What parts an element's text from what stands around it."""
    if element.tag not in _STYLING or _HIDDEN.search(element.get("style") or ""):
        return "\n"
    return _EDGE if any(element.get(said) is not None for said in _PLACED) else _SEAM


def _pieces(element: Any) -> Iterator[str]:
    yield _folded(element.text)
    for child in element:
        if child.tag in ("input", "select"):
            yield f"\n{filled_in(child)}\n"
        elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
            edge = _edge_of(child)
            yield edge
            yield from _pieces(child)
            yield edge
        yield _folded(child.tail)


def _said(element: Any) -> str:
    """The text of an element much as a browser shows it: white space folded, a line for each block and each <br>.

    What is struck out, set above the line or not shown stands on a line of its own, and so do digits of two elements
    that meet where one has a style that may set it apart, or each has four: no number is made of two texts.
    """
    if not len(element):
        return _folded(element.text).strip(" ") if element.text else ""
    text = _TWO_NUMBERS.sub("\n", "".join(_pieces(element))).replace(_EDGE, "").replace(_SEAM, "")
    return re.sub(r" *\n[ \n]*", "\n", re.sub(" {2,}", " ", text)).strip(" \n")


def _cell(element: Any) -> tuple[str, tuple[str, str] | None]:
    """A cell's text, or the number that Excel keeps where it shows it rounded; and what is doubtful of it: why, and
    the text that says another amount than is kept."""
    shown, kept, formula = _said(element), element.get("x:num"), element.get("x:fmla")
    if formula and not shown and '""' not in formula:
        return shown, (OPEN_FORMULA, "")
    if kept and re.fullmatch(r"-?\d+(?:\.\d+)?", kept):
        if _NUMBER.fullmatch(shown):
            return str(kept), None
        if _NUMBER.match(shown) and formats.is_doubtful(f'0"{shown.lstrip("-0123456789.,")}"'):
            return shown, (ODD_FORMAT, shown)
    return shown, None


def _times(element: Any, name: str) -> int:
    """How many rows or columns a cell covers."""
    text = (element.get(name) or "").strip()
    return min(max(1, int(text)), _WIDEST) if re.fullmatch(r"\d{1,6}", text) else 1


def _lines(element: Any) -> Iterator[Any]:
    """Rows of tables and texts outside of them, in order."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _PASSED_OVER:
            continue
        if child.tag == "tr" and child.xpath(".//table[count(.//tr) > 1]"):  # a row that lays out the page
            for cell in child.xpath("./td|./th"):
                yield from _lines(cell) if cell.xpath(".//tr") else [cell]
        elif child.tag == "tr" or not child.xpath("descendant-or-self::tr"):
            yield child
        else:
            if child.tag != "tr" and (child.text or "").strip():
                yield child.text
            yield from _lines(child)
        if (child.tail or "").strip():
            yield child.tail


def _html_grid(body: Any, odd: dict[str, str] | None, marks: struck.Styles | None) -> Grid:
    """`odd` are the page's doubtful formats by class and element; None for a page that formats no number, and `marks`
    for one that strikes nothing out."""
    rows: list[tuple[int, Sequence[str]]] = []
    spans: list[Span] = []
    doubts: list[Doubt] = []
    unseen: list[int] = []
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
            text, doubt = _cell(element)
            if odd is not None and (code := _odd_format(element, odd)) and (doubt or _NUMBER.fullmatch(text)):
                doubt = ODD_FORMAT, code
            if marks is not None and (mark := struck.of_html_cell(element, marks)):
                doubts.append(Doubt(number, len(cells), mark))
            if doubt:
                doubts.append(Doubt(number, len(cells), doubt[0], (("format", doubt[1]),) if doubt[1] else ()))
            cells += [text, *[""] * (across - 1)]
        rows.append((number, cells))
        unseen += [number] if _HIDDEN.search(line.get("style") or "") else []
    return grid_of("", iter(rows), spans=tuple(spans), doubts=tuple(doubts), unseen=tuple(unseen))


def _format(style: str) -> str:
    """The number format that a style of Excel's HTML gives; CSS writes its marks as \\0022 or behind a backslash."""
    match = _FORMAT.search(style)
    said = next((group for group in match.groups() if group is not None), "") if match else ""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], said).strip()


def _odd_classes(page: Any) -> dict[str, str]:
    """The doubtful number formats by the class, or the element, that a page's styles give them to."""
    found: dict[str, str] = {}
    for sheet in page.iter("style"):
        for names, style in _RULE.findall("".join(sheet.itertext())):
            code = _format(style)
            if code and formats.is_doubtful(code):
                found |= dict.fromkeys((name.strip().rpartition(".")[2].casefold() for name in names.split(",")), code)
    return found


def _odd_format(cell: Any, odd: dict[str, str]) -> str:
    """The doubtful format of a cell: its own, its row's or its table's."""
    for element in (cell, *cell.xpath("ancestor::tr[1]|ancestor::table[1]")):
        code = _format(element.get("style") or "")
        if code:
            return code if formats.is_doubtful(code) else ""
        for name in (element.get("class") or "").casefold().split() if odd else ():
            if name in odd:
                return odd[name]
    return odd.get(str(cell.tag), "")


def _pages(path: Path, name: str) -> tuple[list[str], list[str]]:
    """The HTML of a file: one page, or those of a page saved with all that belongs to it (MHTML), and its styles."""
    with path.open("rb") as file:
        is_archive = file.read(64).lstrip().lower().startswith(ARCHIVED)
    if not is_archive:
        return [path.read_text(encoding=detect(path, name).codec)], []
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = {of: [part.get_content() for part in message.walk() if part.get_content_type() == of] for of in _SAVED}
    pages, styles = ([text for text in found if isinstance(text, str)] for found in parts.values())
    return pages, styles


def _html(path: Path, name: str) -> tuple[list[Grid], Around]:
    grids: list[Grid] = []
    titles: list[Beside] = []
    since = 0
    pages, imported = _pages(path, name)
    for text in pages:
        text = _CLOSED.sub(r"\g<0><br>", text)
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        titles += [Beside("properties", "", said) for each in page.iter("title") if (said := _said(each))]
        since = SINCE_1904 if _SINCE_1904.search(text) else since
        if _LAID_OUT.search("".join(text for sheet in page.iter("style") for text in sheet.itertext())):
            for element in page.iter(*_STYLING):  # which of them are set apart or hidden, is not asked
                element.set("class", element.get("class", ""))
        body = page.find("body")
        odd = _odd_classes(page) if "mso-number-format" in text.casefold() else None
        marks = struck.style_sheets(page, text, imported)
        if marks is not None and marks.unknown:
            raise refusal("struck_by_style", name, rule=marks.unknown[0])
        grids += [_html_grid(body, odd, marks)] if body is not None else []
    return grids, Around(tuple(titles), since)


def read(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a page of tables. FileRefusedError: unreadable, empty_file, and what `detect` says of its text."""
    with path.open("rb") as file:
        head = file.read(4096).lower()
    # Excel's own HTML names the language of its XML too.
    is_book = b"urn:schemas-microsoft-com:office:spreadsheet" in head and not re.search(rb"<html[\s>]", head)
    try:
        if is_book:
            grids, around = spreadsheet_xml.grids_of(path.read_bytes())
        else:
            grids, around = _html(path, name)
    except (etree.LxmlError, ValueError, LookupError, RecursionError) as error:
        raise refusal("unreadable", name, detail=str(error)) from error
    return source_of("xml" if is_book else "html", grids, name, recognise, around)
