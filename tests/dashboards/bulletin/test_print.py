"""How a pack comes out of a printer: nothing runs into the next column, off the page, or apart from its head.
What the files say belongs to the files' own test."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import duckdb
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dashboards import snapshot
from dashboards.bulletin import Pack, charts
from dashboards.bulletin.blocks import Figure
from dashboards.bulletin.chapters import standings
from dashboards.bulletin.facts import gather
from dashboards.bulletin.outline import write, writing
from dashboards.month import Month

Packs = dict[tuple[str, str], Pack]
BOTH = [("rank", "zh"), ("interval", "zh"), ("rank", "en"), ("interval", "en")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("which", BOTH)
def test_no_word_of_a_table_is_wider_than_its_column(packs: Packs, which: tuple[str, str]) -> None:
    """A column of digits that is too narrow runs into the next: 8 pt on a wide page, 8.5 pt upright."""
    file = docx.Document(str(packs[which].files["docx"]))
    for table in file.tables:
        size = 3.75 if 'w:sz w:val="15"' in table._tbl.xml else 4.25  # half of the type, in points
        widths = [int(column.get(f"{W}w")) / 20 - 4 for column in table._tbl.tblGrid]
        for row in table.rows[len(table.rows[0].cells) and 2 :]:
            for cell, width in zip(row.cells, widths, strict=True):
                longest = max(re.split(r"\s|(?<=[\u4e00-\u9fff])", cell.text), key=len, default="")
                assert len(longest) * size <= width, (which, cell.text, width)


def test_a_short_table_is_not_torn_between_pages(packs: Packs, truth: duckdb.DuckDBPyConnection) -> None:
    names = [
        n for (n,) in truth.execute("select short_name_zh from core.dim_courts where level = 'intermediate'").fetchall()
    ]
    groups = truth.execute("select name_zh from core.dim_peer_groups where level = 'intermediate'").fetchall()
    caption = rf"表 ?\d+ *(?:{'|'.join(name for (name,) in groups)})"
    pages = [page.extract_text() for page in PdfReader(str(packs["rank", "zh"].files["pdf"])).pages]
    captions = [page for page in pages for _ in re.findall(caption, page)]
    assert len(names) > 1 and len(captions) > 4
    assert all(page.count(names[-1]) >= len(re.findall(caption, page)) for page in captions)
    with zipfile.ZipFile(packs["rank", "zh"].files["docx"]) as archive:
        assert archive.read("word/document.xml").decode().count("<w:keepNext/>") > 100


def test_the_excel_annex_is_printed_with_its_title_and_no_indicator_torn(packs: Packs) -> None:
    pack = packs["rank", "zh"]
    with zipfile.ZipFile(pack.files["xlsx"]) as archive:
        sheet, book = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/workbook.xml").decode()
        notes = archive.read("xl/worksheets/sheet4.xml").decode()
    rows = CalamineWorkbook.from_path(str(pack.files["xlsx"])).get_sheet_by_name("基层").to_python()
    breaks = [int(place) for place in re.findall(r'<brk id="(\d+)"', sheet[sheet.index("<colBreaks") :])]
    assert breaks and all(rows[3][place] and rows[4][place] == "排名" for place in breaks)
    assert all(rows[2][place] for place in breaks), "the part's name is missing on a page"
    assert "基层!$A$3:" in book.replace("'", "") and "$A:$B" in book and "$3:$5" in book
    head = re.search(r"<oddHeader>(.*?)</oddHeader>", sheet, re.S).group(1)
    assert rows[0][0] in head and rows[1][0] in head
    assert not re.search(r"&amp;\d+\d{4}年", head), "a size that runs into the year"
    assert "&amp;P" in sheet and "&amp;P" in notes and "fitToWidth" not in sheet and "fitToPage" in notes


def test_a_province_of_many_courts_has_its_picture_in_pages(
    data_directories: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
    monkeypatch.setattr(standings, "ON_A_PAGE", 3)
    found = snapshot.find(snapshot.current_id())
    w = writing(gather(snapshot.connect(found).cursor(), found, Month.parse("2019-12"), "rank", "zh"))
    figures = [block for block in write(w).blocks if isinstance(block, Figure) and block.name == "spread"]
    courts = [re.findall(r"text-anchor: end[^>]*>([^<]+)</text>", figure.svg) for figure in figures]
    axes = [re.findall(r"text-anchor: middle[^>]*>([^<]+)</text>", figure.svg) for figure in figures]
    assert len(figures) > 1 and max(map(len, courts)) <= 3
    assert sorted(name for page in courts for name in page) == sorted(
        w.facts.courts[c]["short_name_zh"] for c in w.facts.of_group("basic")
    )
    assert all(axis == axes[0] for axis in axes), "one scale on all pages"
    assert [figure.caption.text.endswith("（续）") for figure in figures] == [False] + [True] * (len(figures) - 1)


def test_the_fullest_picture_fits_an_upright_page() -> None:
    spots = [charts.Spot(f"第{n}法院", "50.00%", 50.0, 40.0, 60.0, is_small=False) for n in range(standings.ON_A_PAGE)]
    tall = float(re.findall(r'viewBox="0 0 640 ([\d.]+)"', charts.dots(spots, None, "%"))[0])
    line, page = 442, 646  # points between the margins of the bulletin
    assert tall * line / charts.WIDTH < page - 60, "no room for the caption and its note"
