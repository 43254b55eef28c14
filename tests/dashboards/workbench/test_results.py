"""What is taken along is what was answered, and a cell of text is never a formula.
The worker that writes a result is tested with the queue."""

from __future__ import annotations

import csv
import time
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboards.app_pages.sql import chart_quick
from dashboards.charts.theme import LIGHT
from dashboards.workbench import export, results

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")']


def sheet(book: bytes) -> list[list[str | float]]:
    """The rows of a workbook's sheet: texts and numbers; a formula fails."""
    archive = zipfile.ZipFile(BytesIO(book))
    shared = ["".join(item.itertext()) for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))]
    rows = []
    for row in ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{SPACE}row"):
        assert not list(row.iter(f"{SPACE}f")), "a formula"
        cells = [(cell.get("t"), cell.findtext(f"{SPACE}v")) for cell in row]
        rows.append([shared[int(v)] if kind == "s" else float(v) for kind, v in cells if v is not None])
    return rows


@pytest.fixture
def dangerous(tmp_path: Path) -> Path:
    file = tmp_path / "result.parquet"
    table = pa.table({"=name": DANGEROUS, "n": pa.array([-1, 2, 3, None, 5, 6], pa.int64())})
    pq.write_table(table, file)
    return file


def test_no_cell_of_a_csv_is_a_formula(dangerous: Path) -> None:
    rows = list(csv.reader(StringIO(results.as_csv(dangerous).decode("utf-8-sig"))))
    assert rows[0] == ["'=name", "n"]
    assert [row[0] for row in rows[1:]] == [f"'{text}" for text in DANGEROUS]
    assert [row[1] for row in rows[1:]] == ["-1", "2", "3", "", "5", "6"], "numbers stay numbers, absent stays empty"


@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\0", "\n", "\v", "\u2028", " \t"])
@pytest.mark.parametrize("sign", ["=", "＝", "﹦", "+", "−", "@"])
def test_what_cannot_be_seen_before_a_sign_does_not_hide_it(before: str, sign: str) -> None:
    assert results.safe(f"{before}{sign}1+1").startswith("'")
    assert results.safe(f"{before}x{sign}1") == f"{before}x{sign}1" or before[:1] in results.CONTROL


def test_no_cell_of_a_workbook_is_a_formula(dangerous: Path) -> None:
    rows = sheet(results.as_workbook(dangerous, ["=1+1", "x"]))
    assert rows[0] == ["=1+1"]
    assert rows[2] == ["=name", "n"]
    assert [row[0] for row in rows[3:]] == DANGEROUS
    assert [row[1:] for row in rows[3:]] == [[-1], [2], [3], [], [5], [6]]


def test_parquet_is_the_result_itself(dangerous: Path) -> None:
    found = pq.read_table(BytesIO(export.made(dangerous, "parquet", [])))
    assert found.column("=name").to_pylist() == DANGEROUS


def test_files_are_made_in_a_process_of_their_own_and_not_kept(dangerous: Path) -> None:
    assert export.made(dangerous, "csv", []) == results.as_csv(dangerous)
    assert sheet(export.made(dangerous, "xlsx", ["h"])) == sheet(results.as_workbook(dangerous, ["h"]))
    assert [file.name for file in dangerous.parent.iterdir()] == [dangerous.name]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_result_that_is_gone_is_no_file(tmp_path: Path, kind: str) -> None:
    with pytest.raises(export.NotMadeError):
        export.made(tmp_path / "gone.parquet", kind, [])


def test_a_number_of_a_workbook_keeps_all_its_digits(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    pq.write_table(pa.table({"n": [Decimal("12.50"), None], "case": [39001201505000000091 % 10**18, 7]}), file)
    assert sheet(results.as_workbook(file, ["h"]))[2:] == [[12.5, str(39001201505000000091 % 10**18)], [7]]


def test_columns_of_one_name_are_numbered(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array([1]), pa.array([2]), pa.array([3])], ["a", "a", "a_2"]), file)
    table = results.read(file)
    assert len(set(table.column_names)) == 3
    assert [column.to_pylist() for column in table.columns] == [[1], [2], [3]]


def test_three_thousand_columns_of_one_name_are_numbered_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    names = results._distinct(["a", "a_2"] * 3000)
    assert len(set(names)) == 6000
    assert time.process_time() - started < 1  # seconds; the cube of their number before


def test_of_many_long_texts_no_more_is_read_for_the_page_than_it_shows(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    pq.write_table(pa.table({f"a{place}": ["x" * 10_000] * 20 for place in range(100)}), file)
    assert 0 < results.read(file, results.SHOWN_ROWS).nbytes <= results.SHOWN_BYTES


def test_whole_numbers_stay_whole_beside_absent_ones(dangerous: Path) -> None:
    assert results.frame(results.read(dangerous))["n"].dtype == "Int64"


def test_only_the_first_rows_are_shown(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    pq.write_table(pa.table({"n": list(range(6000))}), file, row_group_size=1000)
    assert results.read(file, results.SHOWN_ROWS).column("n").to_pylist() == list(range(5000))


def test_an_empty_result_has_its_columns(tmp_path: Path) -> None:
    file = tmp_path / "result.parquet"
    pq.write_table(pa.table({"n": pa.array([], pa.int64())}), file)
    assert results.read(file, 10).column_names == ["n"]
    assert results.as_csv(file).decode("utf-8-sig").strip() == "n"


@pytest.mark.parametrize("kind", chart_quick.KINDS)
def test_the_quick_chart_draws_the_rows_that_have_both_values(dangerous: Path, kind: str) -> None:
    frame = results.frame(results.read(dangerous))
    drawn = chart_quick.drawn(frame, "=name", "n", kind)
    assert sorted(drawn["n"]) == [-1, 2, 3, 5, 6]
    assert len(chart_quick.chart(drawn, "=name", "n", kind, LIGHT).data[0].y) == 5
