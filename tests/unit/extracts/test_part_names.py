"""Parts of a package under any spelling of their names, in any encoding, and cells that do not say where they stand.
What a struck text comes to is tested beside this; here, that it is found wherever the library finds a value."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest
import xlsxwriter

from tests.unit.extracts import books
from tests.unit.extracts.conftest import FUNDS, Clerk, fund

AT = FUNDS.index("到账金额")
Change = Callable[[str, bytes], Iterator[tuple[str, bytes]]]
LINKS = "xl/_rels/workbook.xml.rels"


def workbook() -> bytes:
    """Three rows: 1000 struck out and 2000, a sound one, and 777 struck out by the cell's style."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, struck, plain = book.add_worksheet(), book.add_format({"font_strikeout": True}), book.add_format()
        for number, line in enumerate(books.table([fund(1), fund(2), fund(3)])):
            sheet.write_row(number, 0, line)
        sheet.write_rich_string(1, AT, struck, "1000", plain, "2000")
        sheet.write(3, AT, "777", struck)
    return file.getvalue()


def repacked(content: bytes, change: Change) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(file, "w") as copy:
        for name in archive.namelist():
            for new, part in change(name, archive.read(name)):
                copy.writestr(new, part)
    return file.getvalue()


def renamed(rename: Callable[[str], str]) -> Change:
    return lambda name, part: iter([(rename(name), part)])


def rewritten(where: str, rewrite: Callable[[bytes], bytes]) -> Change:
    return lambda name, part: iter([(name, rewrite(part) if where in name else part)])


def moved(old: str, new: str) -> Change:
    """A part under another name, and the links to it."""
    return lambda name, part: iter(
        [(name.replace(old, new), part.replace(old.encode(), new.encode()) if name.endswith("rels") else part)]
    )


def decoyed(name: str, part: bytes) -> Iterator[tuple[str, bytes]]:
    """Shared strings under another name, and a part under theirs that strikes nothing out."""
    if name == "xl/sharedStrings.xml":
        yield "xl/strings.xml", part
        yield name, part.replace(b"<strike/>", b"<b/>")
    else:
        yield name, part.replace(b"sharedStrings.xml", b"strings.xml") if name.endswith("rels") else part


def without_links(name: str, part: bytes) -> Iterator[tuple[str, bytes]]:
    """No link leads to the shared strings, which the library reads nevertheless."""
    yield name, re.sub(rb"<Relationship [^>]*sharedStrings[^>]*/>", b"", part) if name == LINKS else part


def in_utf16(name: str, part: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, part.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16")


def prefixed(part: bytes) -> bytes:
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=")


def without(pattern: bytes) -> Callable[[bytes], bytes]:
    return lambda part: re.sub(pattern, rb"\1", part)


CHANGES: dict[str, Change] = {
    "as written": renamed(str),
    "in capitals": renamed(str.upper),
    "in small letters": renamed(str.lower),
    "shared strings in capitals": renamed(lambda name: name.replace("sharedStrings", "SharedStrings")),
    "styles in capitals": renamed(lambda name: name.replace("styles", "Styles")),
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "a slash first": renamed(lambda name: f"/{name}"),
    "escapes": renamed(lambda name: name.replace("sharedS", "shared%53").replace("styles", "st%79les")),
    "absolute links": rewritten(LINKS, lambda part: re.sub(rb'Target="', rb'Target="/xl/', part)),
    "links from above": rewritten(LINKS, lambda part: re.sub(rb'Target="', rb'Target="../xl/', part)),
    "links with backslashes": rewritten(LINKS, lambda part: part.replace(b"worksheets/", b"worksheets\\")),
    "strings elsewhere": moved("sharedStrings.xml", "texts.xml"),
    "styles elsewhere": moved("styles.xml", "looks.xml"),
    "the workbook elsewhere": moved("workbook.xml", "book.xml"),
    "a decoy": decoyed,
    "no link": without_links,
    "UTF-16": in_utf16,
    "GBK": rewritten("sheet1", lambda part: part.decode().replace('"UTF-8"', '"GBK"').encode("gbk")),
    "no places": rewritten("sheet1", without(rb'(<c|<row) r="\w+"')),
    "no places of cells": rewritten("sheet1", without(rb'(<c) r="\w+"')),
    "some places": rewritten("sheet1", without(rb'(<c) r="[A-DF]\w+"')),
    "single quotes": rewritten("sheet1", lambda part: part.replace(b'"', b"'")),
    "lines": rewritten("sheet1", lambda part: part.replace(b"<c r", b"<c\n  r")),
    "places last": rewritten("sheet1", lambda part: re.sub(rb'<c (r="\w+") ([^>]*?)>', rb"<c \2 \1>", part)),
    "prefixes": rewritten("sheet1", prefixed),
    "prefixes without places": rewritten("sheet1", lambda part: without(rb'(x:c|x:row) r="\w+"')(prefixed(part))),
    "a comment": rewritten("sheet1", lambda part: part.replace(b"<sheetD", b"<!--<row><c></c></row>--><sheetD")),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_struck_texts_are_found_in_a_package(clerk: Clerk, change: str) -> None:
    clerk.deliver(repacked(workbook(), CHANGES[change]), "a.xlsx")
    receipt = clerk.receive()
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == [
        (2, "partly_struck"),
        (4, "struck_out"),
    ]
    assert (receipt.accepted, receipt.refused) == (1, [])
    assert clerk.lake()["received_amount"].cast(float).to_list() == [1234.5]


def test_a_package_that_has_a_part_twice_is_refused(clerk: Clerk) -> None:
    """Which of the two a program reads, nobody knows."""

    def doubled(name: str, part: bytes) -> Iterator[tuple[str, bytes]]:
        yield name, part
        if "shared" in name:
            yield name.replace("shared", "Shared"), part.replace(b"2000", b"3000")

    clerk.deliver(repacked(workbook(), doubled), "a.xlsx")
    assert [refused.message.code for refused in clerk.receive().refused] == ["unreadable"]


def test_a_cell_behind_a_gap_stands_where_it_says(clerk: Clerk) -> None:
    """A cell without a place stands behind the one before it, a gap included."""
    rows = [fund(1, 发放日期="", 发放金额="", 延缓发放审批="是")]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(books.table(rows)):
            sheet.write_row(number, 0, line)
    clerk.deliver(repacked(file.getvalue(), rewritten("sheet1", without(rb'(<c) r="[A-G]\w+"'))), "a.xlsx")
    assert clerk.receive().accepted == 1
    assert clerk.lake()["deferral_approved"].to_list() == [True]


def test_a_cell_without_a_style_has_the_first(clerk: Clerk) -> None:
    """The first style is the sheet's own: a workbook whose default font strikes out strikes all out."""
    change = rewritten("styles", lambda part: part.replace(b"<font>", b"<font><strike/>", 1))
    clerk.deliver(repacked(workbook(), change), "a.xlsx")
    assert [refused.message.code for refused in clerk.receive().refused] == ["struck_heading"]
