"""A bad setting is told with its file, row, column, value, reason and remedy, and nothing is computed with it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.layout import Layout
from pipelines.settings.effective import HELD, SAMPLES, load, refresh, seeds
from pipelines.settings.faults import SettingsError
from pipelines.settings.starting import write
from pipelines.settings.tables import plain_rows, tables


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    """A tree whose settings are a sample's."""
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    return layout


def line(where: Layout, file: str, number: int, change: Callable[[str], str]) -> None:
    path = where.settings / file
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[number - 1] = change(lines[number - 1])
    path.write_text("\n".join(lines), encoding="utf-8")


def add(where: Layout, file: str, text: str) -> None:
    with (where.settings / file).open("a", encoding="utf-8") as sheet:
        sheet.write(text)


def set_court(where: Layout, court: str, **values: str) -> None:
    set_courts(where, {court: values})


def set_courts(where: Layout, values: dict[str, dict[str, str]]) -> None:
    path = where.settings / "courts.csv"
    rows = plain_rows(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | values.get(row["court_code"], {}) for row in rows)


def add_rows(where: Layout, court: str, *changes: dict[str, str]) -> None:
    """Rows of a court after its first, each the first with these values changed; a key "" changes the first itself."""
    path = where.settings / "courts.csv"
    rows = [{"valid_from": "", "valid_to": ""} | row for row in plain_rows(path)]
    own = next(row for row in rows if row["court_code"] == court)
    rows += [own | change for change in changes if "first" not in change]
    for change in changes:
        own |= {name: value for name, value in change.items() if "first" in change and name != "first"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


WEIGHTS = "指标代码,权重,起始,截止,是否已定\n"
TWO = "QX01,2,2019-01-01,,true\nQX01,3,2019-06-01,,true\n"
BROKEN: dict[str, tuple[Callable[[Layout], None], tuple[str, int, str, str, str]]] = {
    "a level that there is not": (
        lambda where: line(where, "courts.csv", 3, lambda text: text.replace("intermediate", "中院")),
        ("courts.csv", 3, "级别 level", "中院", "type"),
    ),
    "a court above that is in no register": (
        lambda where: line(where, "courts.csv", 4, lambda text: text.replace(",T10,", ",T99,")),
        ("courts.csv", 4, "parent_court_code", "T99", "refers"),
    ),
    "two courts of one code": (
        lambda where: line(where, "courts.csv", 4, lambda text: text.replace("T11,", "T12,", 1)),
        ("courts.csv", 5, "court_code", "T12", "repeated"),
    ),
    "a court above itself": (
        lambda where: line(where, "courts.csv", 2, lambda text: text.replace("high,,", "high,T10,")),
        ("courts.csv", 2, "parent_court_code", "T10", "circle"),
    ),
    "a day that there is not": (
        lambda where: add(where, "indicator_weights.csv", WEIGHTS + "QX01,2,2019-02-30,,true\n"),
        ("indicator_weights.csv", 2, "起始 valid_from", "2019-02-30", "type"),
    ),
    "a weight in words": (
        lambda where: add(where, "indicator_weights.csv", WEIGHTS + "# 说明\nQX01,两倍,2019-01-01,,true\n"),
        ("indicator_weights.csv", 3, "权重 weight", "两倍", "type"),
    ),
    "an indicator that there is not": (
        lambda where: add(where, "indicator_weights.csv", WEIGHTS + "QX99,2,2019-01-01,,true\n"),
        ("indicator_weights.csv", 2, "indicator_code", "QX99", "refers"),
    ),
    "two weights on one day": (
        lambda where: add(where, "indicator_weights.csv", WEIGHTS + TWO),
        ("indicator_weights.csv", 3, "valid_from", "2019-06-01", "overlap"),
    ),
    "an end before its beginning": (
        lambda where: add(where, "indicator_weights.csv", WEIGHTS + "QX01,2,2019-06-01,2019-01-01,true\n"),
        ("indicator_weights.csv", 2, "valid_to", "2019-01-01", "order"),
    ),
    "a header that nobody knows": (
        lambda where: add(where, "indicator_weights.csv", "指标代码,权重,起始,截止,备考\nQX01,2,2019-01-01,,\n"),
        ("indicator_weights.csv", 0, "备考", "", "column_unknown"),
    ),
    "a column left out": (
        lambda where: add(where, "indicator_weights.csv", "指标代码,起始\nQX01,2019-01-01\n"),
        ("indicator_weights.csv", 0, "权重 weight", "", "column_missing"),
    ),
    "a file that nobody knows": (
        lambda where: add(where, "weights.csv", WEIGHTS), ("weights.csv", 0, "", "", "not_known"),
    ),
    "a basic court above an intermediate one": (
        lambda where: set_court(where, "T20", parent_court_code="T11"),
        ("courts.csv", 11, "parent_court_code", "T11", "level"),
    ),
    "a court above that ends before the court": (
        lambda where: set_court(where, "T10", delivers_to="2019-06-30"),
        ("courts.csv", 4, "parent_court_code", "T10", "parent_gone"),
    ),
    "a successor without a last day": (
        lambda where: set_court(where, "T13", successor_code="T11"),
        ("courts.csv", 6, "delivers_to", "", "successor_without_end"),
    ),
    "a split of which nobody has the rest": (
        lambda where: set_courts(where, {
            "T13": {"delivers_to": "2018-12-31"}, "T12": {"delivers_from": "2019-01-01", "predecessor_code": "T13"},
            "T11": {"delivers_from": "2019-01-01", "predecessor_code": "T13"},
        }),
        ("courts.csv", 6, "successor_code", "", "split_without_heir"),
    ),
    "a successor that ends no later": (
        lambda where: set_courts(where, {
            "T13": {"successor_code": "T12", "delivers_to": "2019-06-30"}, "T12": {"delivers_to": "2019-06-30"},
        }),
        ("courts.csv", 6, "successor_code", "T12", "successor_gone"),
    ),
    "a successor that nobody knows": (
        lambda where: set_court(where, "T13", successor_code="T99", delivers_to="2019-06-30"),
        ("courts.csv", 6, "successor_code", "T99", "refers"),
    ),
    "a predecessor without a first day": (
        lambda where: set_court(where, "T13", predecessor_code="T11"),
        ("courts.csv", 6, "delivers_from", "", "predecessor_without_begin"),
    ),
    "a predecessor that begins no earlier": (
        lambda where: set_courts(where, {
            "T13": {"predecessor_code": "T11", "delivers_from": "2018-06-01"}, "T11": {"delivers_from": "2018-06-01"},
        }),
        ("courts.csv", 6, "predecessor_code", "T11", "predecessor_later"),
    ),
    "cases that pass on too often": (
        lambda where: set_courts(where, {
            f"T1{place}": {"successor_code": f"T1{place + 1}", "delivers_to": f"{2018 + place}-12-31"}
            for place in (1, 2, 3, 4)
        }),
        ("courts.csv", 4, "successor_code", "T12", "chain"),
    ),
    "rows of a court with a gap between them": (
        lambda where: add_rows(
            where, "T13", {"first": "", "valid_to": "2018-12-30"}, {"valid_from": "2019-01-01", "sort_order": "7"}
        ),
        ("courts.csv", 6, "valid_to", "2018-12-30", "not_adjoining"),
    ),
    "a court's last row that ends": (
        lambda where: add_rows(where, "T13", {"first": "", "valid_to": "2018-12-31"}),
        ("courts.csv", 6, "valid_to", "2018-12-31", "row_without_next"),
    ),
    "two last days of a court": (
        lambda where: add_rows(
            where, "T13", {"first": "", "delivers_to": "2019-12-31"},
            {"valid_from": "2019-01-01", "delivers_to": "2020-12-31"},
        ),
        ("courts.csv", 57, "delivers_to", "2020-12-31", "said_twice"),
    ),
    "a court that is of another level from a day on": (
        lambda where: add_rows(where, "T13", {"valid_from": "2019-01-01", "level": "intermediate"}),
        ("courts.csv", 57, "level", "intermediate", "lasting"),
    ),
    "a name that another court bears at the time": (
        lambda where: add_rows(where, "T13", {"valid_from": "2019-01-01", "name_zh": "西宁市城东区人民法院"}),
        ("courts.csv", 57, "name_zh", "西宁市城东区人民法院", "repeated"),
    ),
    "a court above itself from a day on": (
        lambda where: add_rows(where, "T10", {"valid_from": "2019-01-01", "parent_court_code": "T11"}),
        ("courts.csv", 57, "parent_court_code", "T11", "circle"),
    ),
    "an entry that nobody knows": (
        lambda where: (where.settings / "installation.toml").write_text("nam_zh = '某院'", encoding="utf-8") and None,
        ("installation.toml", 0, "nam_zh", "", "key_unknown"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_bad_setting_is_told_where_it_stands_and_stops(where: Layout, case: str) -> None:
    breaking, (file, row, column, value, code) = BROKEN[case]
    assert refresh(where) == ()
    before = (where.seeds / "courts.csv").read_bytes()
    breaking(where)
    told = [(each.file, each.row, each.column, each.value, each.code) for each in load(where).faults]
    assert (file, row, column, value, code) in told
    first = next(each for each in load(where).faults if each.code == code)
    assert first.zh and first.en and first.remedy_zh and first.remedy_en and "{" not in str(first)
    with pytest.raises(SettingsError, match=file.replace(".", r"\.")):
        seeds(where)
    assert (where.seeds / "courts.csv").read_bytes() == before


def test_a_court_may_be_renamed_moved_and_replaced_by_one_of_its_name(where: Layout) -> None:
    moved = {"valid_from": "2019-01-01", "parent_court_code": "T20", "name_zh": "海东市城西区人民法院"}
    add_rows(where, "T13", {"first": "", "valid_to": "2018-12-31"}, moved)
    assert load(where).faults == ()
    ended = {"first": "", "delivers_to": "2019-06-30", "successor_code": "T99"}
    add_rows(where, "T14", ended, {"court_code": "T99", "delivers_from": "2019-07-01"})
    assert load(where).faults == ()
    rows = [row for row in plain_rows(seeds(where) / "courts.csv") if row["court_code"] == "T13"]
    assert [(row["parent_court_code"], row["valid_from"], row["valid_to"]) for row in rows] == [
        ("T10", "", "2018-12-31"), ("T20", "2019-01-01", ""),
    ]  # fmt: skip


def test_a_workbook_with_chinese_headers_says_what_a_csv_says(where: Layout) -> None:
    with xlsxwriter.Workbook(where.settings / "indicator_weights.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["指标代码", "权重", "起始", "截止", "是否已定"])
        sheet.write_row(1, 0, ["QX01", 2.5])
        sheet.write(1, 4, "true")
        sheet.write_datetime(1, 2, date(2019, 1, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    found = [row for row in plain_rows(seeds(where) / "indicator_weights.csv") if row["indicator_code"] == "QX01"]
    assert [(row["weight"], row["valid_from"], row["valid_to"]) for row in found] == [
        ("0.5", "2016-01-01", "2018-12-31"),
        ("2.5", "2019-01-01", ""),
    ]


def test_a_tree_without_settings_goes_on_with_the_samples(tmp_path: Path) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    courts = plain_rows(seeds(where) / "courts.csv")
    expected = [plain_rows(SAMPLES / name / "settings" / "courts.csv") for name in HELD]
    assert len(courts) == sum(map(len, expected)) > 50


def test_sheets_to_start_from_hold_until_something_is_filled_in_but_for_the_courts(tmp_path: Path) -> None:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    assert {path.stem for path in write(where)} == {*tables(), "installation"}
    assert [each.code for each in load(where).faults] == ["no_court"]
    assert write(where) == []


@pytest.mark.parametrize("name", tables())
def test_a_table_of_settings_has_the_columns_of_its_seed(name: str) -> None:
    catalogue = Layout(data=Path(), key_file=Path()).catalogue
    assert (catalogue / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",") == [
        *tables()[name].names
    ]
