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
from dashboards.components import ranking_words
from dashboards.markup import blocks
from dashboards.markup.tiles import Tile, tiles
from dashboards.queries import evidence
from dashboards.rows import records


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


def test_a_change_within_chance_is_neither_better_nor_worse() -> None:
    assert findings.verdict(0.01, "higher", "ratio", is_significant=False) == "noise"
    assert findings.verdict(0.01, "higher", "ratio", is_significant=True) == "better"
    assert findings.verdict(0.01, "higher", "ratio", None) == "better"


def test_only_what_meets_its_target_is_counted_as_met() -> None:
    rows = [("met", "higher"), ("below", "higher"), ("above", "lower"), ("no_target", "higher")]
    frame = pd.DataFrame(rows, columns=["status", "direction"]).assign(
        value=0.5, value_change=0.0, unit="ratio", is_change_significant=None
    )
    said = findings.tally(frame)
    assert (said["total"], said["targets"], said["met"]) == (4, 3, 1)
    assert blocks.TONES["above"] == blocks.TONES["below"] != blocks.TONES["met"]


def test_what_is_not_delivered_is_neither_better_nor_worse() -> None:
    """Half of the data may be missing: that the figure rose beyond chance says nothing of the courts."""
    row = {"value": 0.6, "value_change": 0.1, "direction": "higher", "unit": "ratio", "is_change_significant": True}
    frame = pd.DataFrame([{**row, "status": status} for status in ("met", "not_delivered")])
    assert [findings.judged_verdict(each) for each in frame.to_dict("records")] == ["better", "incomplete"]
    said = findings.tally(frame)
    assert (said["better"], said["worse"], said["same"]) == (1, 0, 0)


@pytest.mark.parametrize(
    "rank, change, low, high, said",
    [
        (3, 6, 1, 5, "▲ 6"),  # from the ninth: outside of what the third may be
        (9, -6, 8, 12, "▼ 6"),
        (3, 2, 1, 5, "≈ +2"),  # from the fifth, which it may still be
        (5, -2, 1, 9, "≈ −2"),
        (3, 0, 1, 5, "＝"),
    ],
)
def test_a_change_of_rank_has_an_arrow_only_where_there_is_evidence(
    rank: int, change: int, low: int, high: int, said: str
) -> None:
    row = {"rank": rank, "rank_change": change, "rank_low": low, "rank_high": high}
    assert ranking_words.step(row) == said


def grounds(**frames: pd.DataFrame) -> findings.Grounds:
    columns = {
        "standings": ["court_code", "indicator_code", "rank", "ranked_count", "rank_low", "rank_high", "previous_rank",
                      "rank_change"],
        "coverage": ["court_code", "status", "kind"],
        "unmet": ["court_code", "status"],
        "flags": ["court_code"],
        "restated": ["court_code", "indicator_count"],
        "streaks": ["court_code", "month_count"],
    }  # fmt: skip
    return findings.Grounds(**{name: frames.get(name, pd.DataFrame(columns=c)) for name, c in columns.items()})


def test_a_fall_within_the_interval_of_the_rank_is_not_held_against_a_court() -> None:
    names = ["court_code", "indicator_code", "rank", "ranked_count", "rank_low", "rank_high", "previous_rank"]
    rows = [("A", "COMPOSITE", 20, 40, 8, 33, 9), ("B", "COMPOSITE", 21, 40, 12, 33, 9)]
    standings = pd.DataFrame(rows, columns=names)
    standings["rank_change"] = standings["previous_rank"] - standings["rank"]
    standings[["place_code", "end_count"]] = "anywhere", 5
    found = findings.attention(["A", "B"], grounds(standings=standings), is_ranked=True)
    assert [(c.court_code, [code for code, _ in c.reasons]) for c in found] == [("B", ["fell"])]


@pytest.mark.parametrize("place", ["anywhere", "between", "maybe_first", "surely_first", None])
def test_the_last_rank_is_no_reason_where_the_court_may_stand_elsewhere(place: str | None) -> None:
    names = ["court_code", "indicator_code", "rank", "ranked_count", "rank_low", "rank_high", "previous_rank"]
    standings = pd.DataFrame([("A", "COMPOSITE", 40, 40, 8, 40, 40)], columns=names)
    standings = standings.assign(rank_change=0, place_code=place, end_count=5)
    assert findings.attention(["A"], grounds(standings=standings), is_ranked=True) == []


def test_ranks_and_streaks_are_no_reason_where_courts_are_not_ranked() -> None:
    standings = pd.DataFrame(
        [("B", "COMPOSITE", 40, 40, 38, 40, 2, -38, "maybe_last", 5)],
        columns=["court_code", "indicator_code", "rank", "ranked_count", "rank_low", "rank_high", "previous_rank",
                 "rank_change", "place_code", "end_count"],
    )  # fmt: skip
    given = grounds(
        standings=standings,
        streaks=pd.DataFrame({"court_code": ["B"], "month_count": [4]}),
        restated=pd.DataFrame({"court_code": ["A", "X"], "indicator_count": [2, 1]}),
        unmet=pd.DataFrame({"court_code": ["C"], "status": ["below"]}),
    )
    ranked = findings.attention(["C", "B", "A"], given, is_ranked=True)
    assert [(c.court_code, [code for code, _ in c.reasons]) for c in ranked] == [
        ("B", ["streak", "maybe_last", "fell"]), ("C", ["below_target"]), ("A", ["restated"]),
    ]  # fmt: skip
    plain = findings.attention(["C", "B", "A"], given, is_ranked=False)
    assert [(c.court_code, [code for code, _ in c.reasons]) for c in plain] == [
        ("C", ["below_target"]),
        ("B", ["streak_unranked", "maybe_last_unranked", "fell_unranked"]),
        ("A", ["restated"]),
    ]
    assert {c.court_code for c in plain} == {c.court_code for c in ranked}


def test_short_forms_explain_themselves_once_and_everything_stays_escaped() -> None:
    glossary = {"n": "the number", "pp": 'percentage "points"', "终本": "终结本次执行程序"}
    made = blocks.explained("n = 5, n, +2 pp <b>终本终本</b> another", glossary)
    assert made.count("<abbr") == 3
    assert 'title="percentage &quot;points&quot;"' in made
    assert "&lt;b&gt;" in made and "another" in made


def test_prefectures_lie_where_the_map_has_them() -> None:
    tile = Tile((3, 1), "Yushu", "0 of 6", "", "", "court", 0.0)
    made = tiles([tile, Tile(None, "Elsewhere", "1 of 1", "", "", "court", 1.0)])
    assert 'style="grid-row:3;grid-column:1"' in made
    assert made.count("grid-row") == 1
    assert "g-calm" in made and "g-many" in made


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


def test_rows_of_a_frame_are_what_pandas_gives_and_nothing_else() -> None:
    frame = duckdb.sql(
        """
        select 1::integer as whole, null::integer as gap, 1.5 as money, 0.5::double as share, null::double as none,
               '甲' as name, null::varchar as nothing, true as yes, null::boolean as unknown,
               date '2019-12-01' as month, timestamp '2019-12-01 10:00' as moment, ['a', 'b'] as list
        union all
        select 2, 3, 2.5, 0.25, 1.0, '乙', '丙', false, true, date '2019-11-01', null, []
        """
    ).df()
    mine, theirs = records(frame), frame.to_dict("records")
    assert [list(row) for row in mine] == [list(row) for row in theirs]
    for row, other in zip(mine, theirs, strict=True):
        assert {name: (type(cell), str(cell)) for name, cell in row.items()} == {
            name: (type(cell), str(cell)) for name, cell in other.items()
        }
    assert mine[0]["gap"] is None
    assert records(frame.iloc[:0]) == []
