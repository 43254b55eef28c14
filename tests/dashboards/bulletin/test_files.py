"""Word, Excel, PDF and HTML are opened and read back: their figures are the snapshot's, and Chinese is drawn.
The sentences' truth belongs to the claims."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO

import docx
import duckdb
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dashboards import formats
from dashboards.bulletin import Pack

Packs = dict[tuple[str, str], Pack]
BOTH = [("rank", "zh"), ("interval", "zh"), ("rank", "en"), ("interval", "en")]


def published(truth: duckdb.DuckDBPyConnection, peer: str, indicator: str) -> dict[str, tuple]:
    """Court name → rank, value, score, denominator of the year to December 2019."""
    rows = truth.execute(
        """select c.name_zh, c.short_name_zh, r.rank, r.value, r.score, r.denominator
           from rankings.rpt_court_rankings r join core.dim_courts c using (court_code)
           where r.peer_group = $peer and r.indicator_code = $indicator and r.window_code = 'rolling_12m'
             and r.period_month = date '2019-12-01'""",
        {"peer": peer, "indicator": indicator},
    ).fetchall()
    return {row[0]: row[1:] for row in rows}


def word_text(pack: Pack) -> str:
    return "\n".join(p.text for p in docx.Document(str(pack.files["docx"])).paragraphs)


def word_tables(pack: Pack) -> list[list[list[str]]]:
    """Rows of cells, a spanned cell once for each column it covers."""
    return [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(str(pack.files["docx"])).tables]


def pdf_text(pack: Pack) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(str(pack.files["pdf"])).pages))


class Text(HTMLParser):
    """Text of the body and the addresses that a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.fetched: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data")]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def html_page(pack: Pack) -> Text:
    parsed = Text()
    parsed.feed(pack.files["html"].read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize("which", BOTH)
def test_a_pack_has_four_files_and_is_made_within_seconds(packs: Packs, which: tuple[str, str]) -> None:
    pack = packs[which]
    assert set(pack.files) == {"docx", "xlsx", "pdf", "html"}
    assert all(file.stat().st_size > 5000 for file in pack.files.values())
    assert pack.claims > 300
    assert pack.seconds < 20


def test_word_has_the_official_layout(packs: Packs) -> None:
    file = docx.Document(str(packs["rank", "zh"].files["docx"]))
    upright, wide = file.sections[0], file.sections[-1]
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (297, 210)
    assert file.paragraphs[0].text == "关于2019年12月全省法院执行质效情况的通报"
    assert file.paragraphs[0].style.name == "Title"
    headings = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert headings[:9] == [
        "一、通报范围和口径",
        "二、总体情况",
        "三、各类法院排名",
        "四、与同类差距明显的情况",
        "五、较上月的变化",
        "六、需要说明情况的法院",
        "七、需要说明的数据情况",
        "八、整改事项",
        "九、数据质量声明",
    ]
    assert "（一）基层法院" in [p.text for p in file.paragraphs if p.style.name == "Heading 2"]
    with zipfile.ZipFile(packs["rank", "zh"].files["docx"]) as archive:
        styles, fonts = archive.read("word/styles.xml").decode(), archive.read("word/fontTable.xml").decode()
        body, footer = archive.read("word/document.xml").decode(), archive.read("word/footer1.xml").decode()
    assert 'w:eastAsia="仿宋"' in styles and 'w:eastAsia="黑体"' in styles
    assert "Noto Serif CJK SC" in fonts and "仿宋" in fonts
    assert body.count("<w:tblHeader/>") >= len(file.tables)
    assert "PAGE" in footer


def test_word_tables_hold_the_snapshots_ranks_values_and_points(packs: Packs, truth: duckdb.DuckDBPyConnection) -> None:
    (short_name,) = truth.execute(
        "select short_name_zh from core.dim_indicators where indicator_code = 'QX02'"
    ).fetchone()
    table = next(t for t in word_tables(packs["rank", "zh"]) if "综合" in t[0])
    head, rows = table[0], {row[0]: row for row in table[2:]}
    expected = published(truth, "basic", "QX02")
    start = head.index(short_name)
    assert len(rows) == len(expected)
    for short, rank, value, score, _ in expected.values():
        shown = rows[short][start : start + 3]
        assert shown == [
            formats.number(rank),
            formats.percent(value),
            formats.number(score if rank is not None and rank == rank else None, 1),
        ]


def test_the_interval_edition_has_no_ranks_and_keeps_the_official_order(
    packs: Packs, truth: duckdb.DuckDBPyConnection
) -> None:
    pack = packs["interval", "zh"]
    texts = [word_text(pack), pdf_text(pack), "".join(html_page(pack).parts)]
    assert not any(re.search(r"第\d+名|综合得分|综合排名第|点名", text) for text in texts)
    heads = [cell for table in word_tables(pack) for cell in table[0] + table[1]]
    assert "判断" in heads and not {"排名", "得分", "综合"} & set(heads)
    official = [
        name
        for (name,) in truth.execute(
            "select short_name_zh from core.dim_courts where level = 'basic' order by sort_order, court_code"
        ).fetchall()
    ]
    table = next(t for t in word_tables(pack) if t[0][0] == "法院" and t[2][0] in official)
    assert [row[0] for row in table[2:]] == official


def test_excel_has_three_scopes_with_heads_in_two_levels(packs: Packs) -> None:
    book = CalamineWorkbook.from_path(str(packs["rank", "zh"].files["xlsx"]))
    assert book.sheet_names == ["基层", "中院", "辖区", "口径"]
    rows = book.get_sheet_by_name("辖区").to_python()
    assert "辖区" in rows[0][0]
    assert rows[2][:2] == ["序号", "法院（含管辖）"]
    parts = list(dict.fromkeys(cell for cell in rows[2] if cell))
    assert parts[2:] == ["综合", "首次执行", "其他"]  # the small snapshot resumes no case
    assert rows[4][2:8] == ["排名", "名次区间", "得分", "排名", "指标值", "得分"]
    assert rows[5][0] == 1


@pytest.mark.parametrize(
    "sheet, peer", [("基层", "basic"), ("中院", "intermediate_own"), ("辖区", "intermediate_jurisdiction")]
)
def test_every_number_of_the_excel_annex_is_the_snapshots(
    packs: Packs, truth: duckdb.DuckDBPyConnection, sheet: str, peer: str
) -> None:
    rows = CalamineWorkbook.from_path(str(packs["rank", "zh"].files["xlsx"])).get_sheet_by_name(sheet).to_python()
    names = truth.execute(
        "select indicator_code, name_zh from core.dim_indicator_sets where set_code = 'PROJ26' order by item_number"
    ).fetchall()
    compared = 0
    for code, name in names:
        column, expected = rows[3].index(name), published(truth, peer, code)
        for row in rows[5:]:
            _, rank, value, score, _ = expected[row[1]]
            shown = row[column : column + 3]
            if rank is None:
                assert isinstance(shown[0], str) and shown[0]
                assert shown[2] == "—"
            else:
                assert shown[0] == rank
                assert shown[2] == pytest.approx(score)
            if value is None:
                assert shown[1] == "—"
            else:
                assert shown[1] == pytest.approx(value)
            compared += 1
    assert compared >= len(names)


def test_pdf_embeds_its_chinese_fonts_and_says_the_same_as_word(packs: Packs) -> None:
    reader = PdfReader(str(packs["rank", "zh"].files["pdf"]))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get_object().get("/Font", {}).values()
    }
    assert fonts and all(re.match(r"/[A-Z]{6}\+", name) for name in fonts), "a font is not embedded"
    assert any("CJK" in name or "Fang" in name for name in fonts)
    assert round(float(reader.pages[0].mediabox.width)) == 595
    assert float(reader.pages[-1].mediabox.width) > float(reader.pages[-1].mediabox.height)
    text = pdf_text(packs["rank", "zh"])
    assert "\ufffd" not in text and "\x00" not in text
    for paragraph in word_text(packs["rank", "zh"]).splitlines():
        if "％" not in paragraph and re.search(r"\d", paragraph) and "图" not in paragraph[:2]:
            assert re.sub(r"\s+", "", paragraph) in text


@pytest.mark.parametrize("which", BOTH)
def test_html_needs_nothing_from_anywhere(packs: Packs, which: tuple[str, str]) -> None:
    content = packs[which].files["html"].read_text(encoding="utf-8")
    page = html_page(packs[which])
    assert page.fetched == []
    assert not {"link", "script", "iframe", "img"} & set(page.tags)
    assert "svg" in page.tags
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/(?:2000/svg|1999/xlink)\b)", content)
    assert len(content.encode()) < 6_000_000


def test_html_tables_equal_words_tables(packs: Packs) -> None:
    text = "".join(html_page(packs["rank", "zh"]).parts)
    for table in word_tables(packs["rank", "zh"]):
        for row in table[2:]:
            assert all(cell in text for cell in row)


@pytest.mark.parametrize("edition", ["rank", "interval"])
def test_the_english_edition_is_in_english_but_for_names(packs: Packs, edition: str) -> None:
    text = word_text(packs[edition, "en"])
    assert text.startswith("Bulletin on the quality and effect of enforcement")
    tables = word_tables(packs[edition, "en"])[:-1]  # the small snapshot's formulas, in the last, are in Chinese only
    cells = "".join(cell for table in tables for row in table for cell in row)
    assert re.findall(r"[\u3000-\u9fff]", text + cells) == []


@pytest.mark.parametrize("edition", ["rank", "interval"])
def test_the_chinese_edition_has_no_english_but_n_and_the_snapshots_name(packs: Packs, edition: str) -> None:
    cells = "\n".join(cell for table in word_tables(packs[edition, "zh"]) for row in table for cell in row)
    text = (word_text(packs[edition, "zh"]) + cells).replace(packs[edition, "zh"].snapshot_id, "")
    assert set(re.findall(r"[A-Za-z]+", text)) <= {"n"}


def test_both_editions_show_the_same_values(packs: Packs) -> None:
    """One set of data: the province's table differs by the interval column alone."""
    rank, interval = (word_tables(packs[edition, "zh"])[0] for edition in ("rank", "interval"))
    assert [row[:8] for row in rank] == [row[:8] for row in interval]
    assert all(row[8] in ("达标", "偏高", "偏低", "数据不足", "未公布") for row in interval[1:])


def test_charts_are_drawn_in_greys(packs: Packs) -> None:
    content = packs["rank", "zh"].files["html"].read_text(encoding="utf-8")
    drawn = "".join(re.findall(r"<svg.*?</svg>", content, re.S))
    colours = set(re.findall(r"#[0-9a-f]{6}", drawn))
    assert colours and all(len({c[1:3], c[3:5], c[5:7]}) == 1 for c in colours)


def test_word_pictures_have_a_description(packs: Packs) -> None:
    with zipfile.ZipFile(BytesIO(packs["rank", "zh"].files["docx"].read_bytes())) as archive:
        body = archive.read("word/document.xml").decode()
    assert len(re.findall(r'<wp:docPr [^>]*descr="[^"]+"', body)) == body.count("<pic:blipFill>") > 0
