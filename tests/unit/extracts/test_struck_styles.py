"""Struck texts by styles of every level: of cells, rows, columns and tables, their parents, and the sheet's own.
What a cell comes to is tested beside this; ODS and Excel's XML of 2003 here, which write styles so."""

from __future__ import annotations

import pytest

from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk, fund

LINE = '<style:text-properties style:text-line-through-style="solid"/>'
PLAIN = '<style:text-properties style:text-line-through-style="none"/>'
STRUCK_CELL, STRUCK_HEADING, SOUND = [(2, "struck_out")], "struck_heading", []
HALF = [(2, "partly_struck")]
Outcome = list[tuple[int, str]] | str


def style(name: str, family: str = "table-cell", inside: str = LINE, more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def ods(styles: str, cell: str = "", row: str = "", column: str = "", text: str = "<text:p>1000</text:p>") -> bytes:
    """Two rows: the first row's amount may have a style of its own, its row and its column too."""
    plain = '<table:table-cell office:value-type="string"{}>{}</table:table-cell>'
    lines = [
        [plain.format("", f"<text:p>{value}</text:p>") for value in line] for line in books.table([fund(1), fund(2)])
    ]
    lines[1][FUNDS.index("到账金额")] = plain.format(cell, text)
    rows = [
        f"<table:table-row{row if at == 1 else ''}>{''.join(line)}</table:table-row>" for at, line in enumerate(lines)
    ]
    return books.ods(
        [], rows=column + "".join(rows), styles=f"<office:automatic-styles>{styles}</office:automatic-styles>"
    )


OWN = ' table:style-name="C"'
DEFAULT = ' table:default-cell-style-name="C"'
COLUMNS = '<table:table-column table:number-columns-repeated="{}"{}/>'
SPANS = '<text:p text:style-name="P"><text:span text:style-name="T">10</text:span>00</text:p>'
FAMILY = f'<style:default-style style:family="table-cell">{LINE}</style:default-style>'
MAP = '<style:map style:condition="cell-content()&gt;10" style:apply-style-name="Void"/>'
BY_ODS: dict[str, tuple[bytes, Outcome]] = {
    "a cell": (ods(style("C"), OWN), STRUCK_CELL),
    "its parent": (ods(style("B") + style("C", inside="", more='style:parent-style-name="B"'), OWN), STRUCK_CELL),
    "not its parent": (ods(style("B") + style("C", inside=PLAIN, more='style:parent-style-name="B"'), OWN), SOUND),
    "a row": (ods(style("C"), row=DEFAULT), STRUCK_CELL),
    "a column": (ods(style("C"), column=COLUMNS.format(4, "") + COLUMNS.format(1, DEFAULT)), STRUCK_HEADING),
    "columns": (ods(style("C"), column=COLUMNS.format(8, DEFAULT)), STRUCK_HEADING),
    "a column far off": (ods(style("C"), column=COLUMNS.format(8, "") + COLUMNS.format(1, DEFAULT)), SOUND),
    "the name Default": (ods(style("Default")), STRUCK_HEADING),
    "the family": (ods(FAMILY), STRUCK_HEADING),
    "the family, for a style of no parent": (
        ods(FAMILY + style("C", inside=PLAIN), column=COLUMNS.format(8, DEFAULT)),
        SOUND,
    ),
    "another family": (ods(FAMILY.replace("table-cell", "table-row")), SOUND),
    "a span": (ods(style("T", "text"), text=SPANS), HALF),
    "a paragraph": (ods(style("P", "paragraph"), text='<text:p text:style-name="P">1000</text:p>'), STRUCK_CELL),
    "a span of a struck paragraph": (ods(style("P", "paragraph") + style("T", "text", PLAIN), text=SPANS), HALF),
    "a list": (ods(style("T", "text"), text=f"<text:list><text:list-item>{SPANS}</text:list-item></text:list>"), HALF),
    "a condition": (ods(style("Void") + style("C", inside=MAP), OWN), "struck_by_condition"),
    "a condition of no line": (ods(style("Void", inside=PLAIN) + style("C", inside=MAP), OWN), SOUND),
    "a reading": (
        ods(
            "",
            text="<text:p>1<text:ruby><text:ruby-base>0</text:ruby-base><text:ruby-text>9</text:ruby-text></text:ruby></text:p>",
        ),
        [(2, "partly_raised")],
    ),
}


def xml(styles: str, **at: str) -> bytes:
    """Two rows in Excel's XML of 2003; `table`, `column`, `row` and `cell` are what stands in their places."""
    content = books.xml_2003(books.table([fund(1, 到账金额="@"), fund(2)])).decode()
    content = content.replace("<Worksheet ", f"<Styles>{styles}</Styles><Worksheet ").replace(
        "<Table>", f"<Table{at.get('table', '')}>{at.get('column', '')}"
    )
    head, first, *rest = content.split("<Row>")
    content = "<Row>".join([head, first]) + f"<Row{at.get('row', '')}>" + "<Row>".join(rest)
    data = at.get("data", '<Data ss:Type="Number">1000</Data>')
    content = content.replace('<Cell><Data ss:Type="String">@</Data>', f"<Cell{at.get('cell', '')}>{data}")
    content = content.replace("</Worksheet>", f"{at.get('after', '')}</Worksheet>")
    return content.replace("<Workbook ", f'<Workbook xmlns:html="{HTML}" ', 1).encode()


def of_2003(name: str, more: str = "", struck: str | None = "1") -> str:
    font = "" if struck is None else f'<Font ss:StrikeThrough="{struck}"/>'
    return f'<Style ss:ID="{name}"{more}>{font}</Style>'


ID, S = ' ss:StyleID="S"', of_2003("S")
HTML = "http://www.w3.org/TR/REC-html40"
SPAN = f'<ss:Data ss:Type="String" xmlns="{HTML}"><Span html:Style="text-decoration:line-through">10</Span>00</ss:Data>'
CONDITION = (
    '<ConditionalFormatting xmlns="urn:schemas-microsoft-com:office:excel"><Range>R2C5:R9C5</Range><Condition>'
    "<Value1>1</Value1><Format Style='{}'/></Condition></ConditionalFormatting>"
)
BY_XML: dict[str, tuple[bytes, Outcome]] = {
    "a cell": (xml(S, cell=ID), STRUCK_CELL),
    "a row": (xml(S, row=ID), STRUCK_CELL),
    "a row, but not the cell": (xml(S + of_2003("N", "", "0"), row=ID, cell=' ss:StyleID="N"'), STRUCK_CELL),
    "a column": (xml(S, column=f'<Column ss:Index="5"{ID}/>'), STRUCK_HEADING),
    "columns": (xml(S, column=f'<Column ss:Index="3" ss:Span="2"{ID}/>'), STRUCK_HEADING),
    "a column far off": (xml(S, column=f'<Column ss:Index="9"{ID}/>'), SOUND),
    "the table": (xml(S, table=ID), STRUCK_HEADING),
    "the workbook's own": (xml(of_2003("Default")), STRUCK_HEADING),
    "the parent": (xml(S + of_2003("T", ' ss:Parent="S"', None), cell=' ss:StyleID="T"'), STRUCK_CELL),
    "not the parent": (xml(S + of_2003("T", ' ss:Parent="S"', "0"), cell=' ss:StyleID="T"'), SOUND),
    "a span": (xml("", data=SPAN), HALF),
    "a condition": (xml("", after=CONDITION.format("text-line-through:single")), "struck_by_condition"),
    "a condition of no line": (xml("", after=CONDITION.format("color:red")), SOUND),
}
FILES = {
    f"{name}, {how}": (f"a.{name}", *said)
    for name, table in (("ods", BY_ODS), ("xls", BY_XML))
    for how, said in table.items()
}


@pytest.mark.parametrize("how", FILES)
def test_a_style_of_any_level_strikes_out(clerk: Clerk, how: str) -> None:
    name, content, right = FILES[how]
    clerk.deliver(content, name)
    receipt = clerk.receive()
    if isinstance(right, str):
        assert [refused.message.code for refused in receipt.refused] == [right]
        return
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == right
    assert receipt.accepted == 2 - len(right)
