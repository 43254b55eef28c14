"""The product's own files go back in unchanged: what the workbench hands out as CSV and XLSX is received as it was.
Of every kind, with texts that a spreadsheet would take for formulas; personal columns leave the gate masked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from dashboards.workbench.results import as_csv, as_workbook
from pipelines.extracts.contracts import KINDS, contract
from tests.unit.extracts.conftest import Clerk, Row, clerk_at
from tests.unit.extracts.test_old_formats import rows_of

MARKED = ("-甲", "=甲", "@甲", "+甲", "'甲'乙")
WRITTEN: dict[str, Callable[[Path], bytes]] = {
    "own.csv": as_csv,
    "own.xlsx": lambda result: as_workbook(result, ["快照 20200107T000000", "2019-12"]),
}


SAID = {
    "asset_kind": "住宅", "source": "人大代表", "matter": "查询财产", "deletion_trigger": "履行完毕",
    "node_code": "N05", "indicator_code": "QX05", "entrusting_court_code": "T13",
    "to_court_code": "T13", "sanction_grade": "一级",
}  # fmt: skip


def delivered(kind: str) -> list[Row]:
    """Two sound rows of a kind; their prose begins with what begins a formula."""
    rows = rows_of(kind)
    for number, (row, mark) in enumerate(zip(rows, MARKED, strict=False)):
        for column in contract(kind).columns:
            if column.name.endswith("case_number"):
                row[column.header] = f"（2018）青0105执{number + 1}号"
            elif column.name.endswith("_id"):
                row[column.header] = f"A{number}-7"
            elif column.type == "text" and not column.personal:
                row[column.header] = SAID.get(column.name, f"{mark}合同纠纷")
    return rows


def kept(clerk: Clerk, kind: str) -> pl.DataFrame:
    names = [column.name for column in contract(kind).columns if not column.personal]
    return clerk.lake(kind).sort("_row_number").select(names)


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_product_hands_out_comes_back_as_it_was(tmp_path: Path, kind: str, name: str) -> None:
    first, again = clerk_at(tmp_path / "first"), clerk_at(tmp_path / "again")
    first.deliver(delivered(kind), "a.csv", kind=kind)
    first.receive(kind)
    before = kept(first, kind)
    assert before.height > 0
    result = tmp_path / "result.parquet"
    before.write_parquet(result)
    again.deliver(WRITTEN[name](result), name, kind=kind)
    receipt = again.receive(kind)
    assert (receipt.accepted, receipt.rejected, receipt.refused) == (before.height, 0, [])
    assert kept(again, kind).equals(before)
