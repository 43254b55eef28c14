"""Three-line tables for Word as markup: heads repeat on every page, rows are not torn apart.
Written as text because cell by cell a full ranking takes seconds."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from dashboards.bulletin.blocks import HeadCell, Table

# Twentieths of a point: what stays between the margins of an upright and of a wide A4 page.
LINE_UPRIGHT, LINE_WIDE = 8844, 14797
ALIGN = {"l": "left", "c": "center", "r": "right"}
THICK, THIN = 12, 6  # eighths of a point
ENDS = 4  # rows that stay together at either end of a table


def table_xml(table: Table, *, is_wide: bool) -> str:
    """One `w:tbl` element."""
    line = LINE_WIDE if is_wide else LINE_UPRIGHT
    widths = [round(line * share / sum(table.widths)) for share in table.widths]
    size = 15 if is_wide else 16 if len(widths) > 9 else 18  # half points
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _head(table.head, widths, size)
    last = len(table.rows) - 1
    body = "".join(
        _row([cell.text for cell in row], widths, table.aligns, size, is_kept=_is_kept(at, last))
        for at, row in enumerate(table.rows)
    )
    borders = "".join(f'<w:{side} w:val="single" w:sz="{THICK}" w:color="000000"/>' for side in ("top", "bottom"))
    margins = "".join(f'<w:{side} w:w="40" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _head(rows: list[list[HeadCell]], widths: list[int], size: int) -> str:
    """Head rows; a cell that spans rows is continued in the rows below it."""
    waiting: dict[int, int] = {}  # column → rows it still covers
    drawn = []
    for number, row in enumerate(rows):
        cells, column, queue = [], 0, list(row)
        while column < len(widths):
            is_last = number == len(rows) - 1
            if waiting.get(column):
                waiting[column] -= 1
                cells.append(_cell("", widths[column], "c", size, merge="continue", is_ruled=is_last))
                column += 1
                continue
            cell = queue.pop(0)
            width = sum(widths[column : column + cell.columns])
            merge = "restart" if cell.rows > 1 else ""
            waiting[column] = cell.rows - 1
            cells.append(
                _cell(
                    cell.said.text,
                    width,
                    "c",
                    size,
                    merge=merge,
                    span=cell.columns,
                    is_ruled=is_last or cell.columns > 1,
                    is_head=True,
                )
            )
            column += cell.columns
        drawn.append(f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>")
    return "".join(drawn)


def _is_kept(at: int, last: int) -> bool:
    """Whether a row stays with the next: at either end of a table, and all of a short one."""
    return at < last and (last < 3 * ENDS or at < ENDS - 1 or at > last - ENDS)


def _row(texts: list[str], widths: list[int], aligns: str, size: int, *, is_kept: bool) -> str:
    said = zip(texts, widths, aligns, strict=True)
    cells = [_cell(text, width, align, size) for text, width, align in said]
    drawn = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"
    return drawn.replace("<w:pPr>", "<w:pPr><w:keepNext/>") if is_kept else drawn


def _cell(
    text: str, width: int, align: str, size: int, *, merge: str = "", span: int = 1, is_ruled: bool = False,
    is_head: bool = False,
) -> str:  # fmt: skip
    face = "黑体" if is_head else "宋体"
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    if is_ruled:
        properties += f'<w:tcBorders><w:bottom w:val="single" w:sz="{THIN}" w:color="000000"/></w:tcBorders>'
    return (
        f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="{ALIGN[align]}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}"/><w:sz w:val="{size}"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )
