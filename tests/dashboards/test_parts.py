"""Formats, findings, snapshots, sheets, evidence and blocks, each by itself.
Pages that put them together are tested with the pages."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboards import findings, formats, sheets, snapshot
from dashboards.charts.spark import sparkline
from dashboards.markup import blocks
from dashboards.queries import evidence


@pytest.mark.parametrize(
    "said, meant",
    [
        (formats.percent(0.50125), "50.13%"),
        (formats.percent(0.125, 0), "13%"),
        (formats.percent(None), "—"),
        (formats.percent(float("nan")), "—"),
        (formats.percent(0), "0.00%"),
        (formats.money(128_464_000, "zh"), "1.28 亿元"),
        (formats.money(12_846_400, "zh"), "1,284.64 万元"),
        (formats.money(12_846_400, "en"), "¥12.85 m"),
        (formats.value(65.55, "days", "zh"), "65.6 天"),
        (formats.change(-0.0161, "ratio", "zh"), "−1.61 个百分点"),
        (formats.change(0.0161, "ratio", "en"), "+1.61 pp"),
        (formats.change(0.0, "ratio", "en"), "±0.00 pp"),
        (formats.change(None, "days", "en"), "—"),
    ],
)
def test_numbers_are_written_as_the_house_writes_them(said: str, meant: str) -> None:
    assert said == meant


@pytest.mark.parametrize(
    "change, direction, verdict",
    [
        (0.01, "higher", "better"), (0.01, "lower", "worse"), (-0.01, "lower", "better"), (0.0, "higher", "same"),
        (None, "higher", "none"), (0.01, "monitor", "up"), (-0.01, "monitor", "down"),
    ],
)  # fmt: skip
def test_a_change_is_judged_by_the_direction_of_its_indicator(
    change: float | None, direction: str, verdict: str
) -> None:
    assert findings.verdict(change, direction) == verdict


def test_the_first_of_a_group_is_at_one_and_its_last_at_zero() -> None:
    assert [findings.percentile(rank, 5) for rank in (1, 3, 5)] == [1.0, 0.5, 0.0]
    assert findings.percentile(None, 5) is None
    assert findings.percentile(1, 1) is None


@pytest.mark.parametrize("said", ["..", "../x", "/etc", "", None, "a/b", ".hidden"])
def test_a_snapshot_id_from_the_url_cannot_leave_the_published_directory(
    said: str | None, data_directories: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
    assert snapshot.find(said) is None


def test_a_snapshot_is_opened_for_reading_only(
    data_directories: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
    found = snapshot.find(snapshot.current_id())
    assert found is not None
    with snapshot.connect(found).cursor() as cursor:
        with pytest.raises(duckdb.Error):
            cursor.execute("create table core.x (i integer)")
        with pytest.raises(duckdb.Error):
            cursor.execute("select * from read_csv('pyproject.toml')")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.invalid/"])
def test_text_in_a_sheet_never_becomes_a_formula_or_a_link(text: str) -> None:
    made = sheets.workbook(pd.DataFrame({"a": [text], "n": [1.5]}), ["heading"])
    with zipfile.ZipFile(BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert f">{text}<" in strings


def test_what_is_absent_is_an_empty_cell_and_not_a_zero() -> None:
    made = sheets.workbook(pd.DataFrame({"a": [None, float("nan"), pd.NA, 0.0]}), [])
    with zipfile.ZipFile(BytesIO(made)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert [f'r="A{row}"' in sheet for row in (3, 4, 5, 6)] == [False, False, False, True]


def test_names_of_people_and_keys_are_never_among_the_columns_shown() -> None:
    personal = ("name", "person_key", "hash", "handler", "number_raw")
    assert [column for column in evidence.SHOWN if any(part in column for part in personal)] == []


def test_an_identifier_that_the_snapshot_does_not_have_is_not_used(truth: duckdb.DuckDBPyConnection) -> None:
    columns = ("measure_code", "record_table", "evidence_rule", "record_key", "month_column", "value_column")
    columns += ("until_column", "extract_kind")
    hostile = ("m", "fct_funds", "event", "fund_id", "due_month", "1); drop table x; --", None, "funds")
    with duckdb.connect() as own:
        own.execute("create schema core; create table core.fct_funds (fund_id text, due_month date)")
        own.execute(f"create table core.dim_measures ({', '.join(f'{name} text' for name in columns)})")
        own.execute("insert into core.dim_measures values (?, ?, ?, ?, ?, ?, ?, ?)", hostile)
        assert evidence.find(own, "m") is None
    found = evidence.find(truth, "closed_cases")
    assert found is not None
    assert found.table == "fct_enforcement_cases"


def test_everything_in_a_block_is_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    made = blocks.headline(hostile, hostile) + blocks.facts([(hostile, hostile, hostile)]) + blocks.chip("met", hostile)
    made += blocks.concerns([(hostile, '"><script>', [hostile])]) + blocks.definition([(hostile, hostile)])
    assert "<img" not in made and "<script" not in made


def test_a_sparkline_needs_two_values_and_keeps_gaps() -> None:
    assert sparkline([1.0], "#000", "#fff") == ""
    assert sparkline([1.0, float("nan"), 2.0, 3.0], "#000", "#fff").startswith("data:image/svg+xml;base64,")
