"""A pack from every state of a snapshot: empty, of one court, first month, courts missing, no fonts, made twice.
What the files look like inside belongs to their own test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import duckdb
import pytest
from python_calamine import CalamineWorkbook

from dashboards.bulletin import FontsMissingError, NothingToReportError, Pack, edition_in_force, make_pack
from dashboards.bulletin.writers import typeset
from dashboards.month import Month
from pipelines.__main__ import parser
from pipelines.commands import bulletin, terminal
from pipelines.layout import layout

Home = Callable[..., Path]


def text(pack: Pack) -> str:
    return "\n".join(p.text for p in docx.Document(str(pack.files["docx"])).paragraphs)


@pytest.mark.parametrize("month, edition", [("2019-12", "rank"), ("2024-09", "rank"), ("2024-10", "interval")])
def test_the_edition_follows_the_dated_setting(truth: duckdb.DuckDBPyConnection, month: str, edition: str) -> None:
    assert edition_in_force(truth, Month.parse(month)) == edition


def test_another_setting_gives_another_edition(home: Home) -> None:
    home("full", "update core.dim_presentation_modes set valid_from = date '2019-06-01' where mode_code = 'interval'")
    assert [make_pack(Month.parse(month)).edition for month in ("2019-05", "2019-12")] == ["rank", "interval"]


def test_without_a_month_it_is_the_newest(home: Home) -> None:
    home("full")
    assert make_pack().month == Month.parse("2019-12")


def test_the_rule_holds_unless_an_edition_is_asked_for(home: Home) -> None:
    home("full")
    assert make_pack(Month.parse("2019-12")).edition == "rank"
    assert make_pack(Month.parse("2019-12"), "interval").edition == "interval"


@pytest.mark.parametrize("edition", ["rank", "interval"])
def test_the_first_month_has_nothing_to_compare_with(home: Home, edition: str) -> None:
    home("full")
    said = text(make_pack(Month.parse("2018-01"), edition))
    assert "上年同期无可比数据" in said and "上月无可比数据" in said
    assert "上升" not in said and "下降" not in said


def test_every_month_and_edition_can_be_made(home: Home) -> None:
    home("full")
    for month in ("2018-02", "2018-12", "2019-01", "2019-11"):
        for edition in ("rank", "interval"):
            assert make_pack(Month.parse(month), edition).claims > 300


def test_one_court_is_shown_and_not_ranked(home: Home) -> None:
    home("one")
    said = text(make_pack(Month.parse("2019-12"), "rank"))
    assert "只有1个，不排名次" in said
    assert "第1名" not in said
    assert text(make_pack(Month.parse("2019-12"), "interval"))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the command says."""
    heard = io.StringIO()
    monkeypatch.setattr(terminal, "console", spoken := terminal.Terminal(file=heard, soft_wrap=True))
    monkeypatch.setattr(bulletin, "console", spoken)
    return heard


def test_an_empty_snapshot_says_so_and_leaves_nothing(home: Home, said: io.StringIO) -> None:
    place = home("empty")
    with pytest.raises(NothingToReportError, match="make run"):
        make_pack(Month.parse("2019-12"))
    assert bulletin.run(layout(), month="2019-12") == 1
    assert "快照里没有月份" in said.getvalue()
    assert list(place.glob("packs/*")) == []


def test_no_snapshot_says_what_to_run(home: Home) -> None:
    home("none")
    with pytest.raises(NothingToReportError, match="make run"):
        make_pack(Month.parse("2019-12"))


def test_a_month_that_is_not_in_the_snapshot_is_named_with_those_that_are(home: Home) -> None:
    home("full")
    with pytest.raises(NothingToReportError, match="2018-01–2019-12"):
        make_pack(Month.parse("2031-01"))


def test_a_province_can_be_named_and_an_unknown_one_is_refused(home: Home) -> None:
    home("full")
    assert make_pack(Month.parse("2019-12"), province="QH").files["pdf"].name == "2019-12-rank-QH.pdf"
    with pytest.raises(NothingToReportError, match="QH"):
        make_pack(Month.parse("2019-12"), province="ZZ")


def test_a_court_that_did_not_deliver_is_named(home: Home) -> None:
    home("full")
    said = text(make_pack(Month.parse("2019-12")))
    assert "未报送" in said.split("数据说明")[1]
    rows = (
        CalamineWorkbook.from_path(str(make_pack(Month.parse("2019-12")).files["xlsx"]))
        .get_sheet_by_name("基层")
        .to_python()
    )
    assert any("未报送" in row for row in rows)


def test_text_that_looks_like_a_formula_stays_text(home: Home) -> None:
    named = "set name_zh = '=1+1', short_name_zh = '=cmd|x' where court_code = 'T13'"
    home("full", *(f"update core.{table} {named}" for table in ("dim_courts", "dim_court_periods")))
    pack = make_pack(Month.parse("2019-12"))
    rows = CalamineWorkbook.from_path(str(pack.files["xlsx"])).get_sheet_by_name("基层").to_python()
    assert "=1+1" in [row[1] for row in rows]
    with zipfile.ZipFile(pack.files["xlsx"]) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets and not any("<f>" in sheet for sheet in sheets)


def test_markup_in_a_name_stays_text(home: Home) -> None:
    name = "<b>甲</b>&#*_法院"
    named = f"set short_name_zh = '{name}' where court_code = 'T13'"
    home("full", *(f"update core.{table} {named}" for table in ("dim_courts", "dim_court_periods")))
    pack = make_pack(Month.parse("2019-12"))
    assert "<b>甲" not in pack.files["html"].read_text(encoding="utf-8")
    cells = [c.text for t in docx.Document(str(pack.files["docx"])).tables for row in t.rows for c in row.cells]
    assert name in cells


def test_making_it_twice_gives_the_same_bytes(home: Home) -> None:
    home("full")
    first = {kind: file.read_bytes() for kind, file in make_pack(Month.parse("2019-12")).files.items()}
    again = make_pack(Month.parse("2019-12"))
    assert {kind: file.read_bytes() == first[kind] for kind, file in again.files.items()} == dict.fromkeys(first, True)
    assert [file.name for file in again.files["pdf"].parent.iterdir() if file.name.startswith(".")] == []


def test_a_sealed_snapshot_takes_a_pack_and_stays_as_it_was(home: Home) -> None:
    place = home("full")
    database = next(place.glob("published/*/enforcement.duckdb"))
    database.chmod(0o444)
    before = database.read_bytes()
    assert (
        make_pack(Month.parse("2019-12")).files["html"].parent == database.parents[2] / "packs" / database.parent.name
    )
    assert database.read_bytes() == before


def test_missing_fonts_are_said_before_anything_is_written(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    place = home("full")

    class NoFonts:
        def families(self) -> list[str]:
            return ["Libertinus Serif"]

    monkeypatch.setattr(typeset.typst, "Fonts", NoFonts)
    typeset.faces.cache_clear()
    try:
        with pytest.raises(FontsMissingError, match="fonts-noto-cjk"):
            make_pack(Month.parse("2019-12"))
    finally:
        typeset.faces.cache_clear()
    assert list(place.glob("packs/*")) == []


def test_the_command_says_where_the_files_are(home: Home, said: io.StringIO) -> None:
    home("full")
    assert bulletin.run(layout(), month="2019-12", edition="interval", lang="en") == 0
    assert "2019-12-interval-en.docx" in said.getvalue() and "claims proven" in said.getvalue()
    with pytest.raises(SystemExit):
        parser(["bulletin"]).parse_args(["bulletin", "--month", "2019-13"])


def test_open_items_are_listed_with_their_dates_and_those_written_off_are_not(home: Home) -> None:
    home("full")
    pack = make_pack(Month.parse("2019-12"))
    assert "未销号的整改事项4项，涉及2个法院，其中逾期2项" in text(pack)
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(str(pack.files["docx"])).tables]
    listed = next(table for table in tables if "整改期限" in table[0])[1:]
    assert [row[1:] for row in listed if row[4] == "逾期"] == [["乱执行", "2019-10-08", "2019-12-07", "逾期"]] * 2
    assert not any(row[1] == "消极执行" for row in listed)


def test_without_open_items_the_bulletin_says_so(home: Home) -> None:
    home("full")
    assert "没有未销号的整改事项" in text(make_pack(Month.parse("2018-06")))
