"""A weight is changed for a closed month, and a court delivers again: what moved is told with the row that moved it,
and the snapshot before is made again from its own settings, row for row."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.integration.world import current, pipelines

WEIGHTS = (
    "indicator_code,weight,valid_from,valid_to,is_decided,source,追溯原因\n"
    "QX02,5,2016-04-01,,true,通知,省院2016年9号通知\n"
)
RESTATED = """
select distinct strftime(period_month, '%Y-%m'), indicator_code, cause_zh from rankings.rpt_restatements
where cause_code = 'weight_changed'
"""
OTHERS = """
select distinct strftime(period_month, '%Y-%m'), court_code, cause_code from rankings.rpt_restatements
where scope_code = 'own' and cause_code not in ('weight_changed', 'peers_restated')
"""


@pytest.fixture(scope="module")
def changed(city_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The city's tree after the changes, and the snapshot from before them."""
    data = tmp_path_factory.mktemp("changed") / "data"
    shutil.copytree(city_tree, data)
    shutil.copy2(city_tree.parent / "person-hash.key", data.parent)
    before = str(current(data))
    (data / "settings" / "indicator_weights.csv").write_text(WEIGHTS, encoding="utf-8")
    (delivered,) = (data / "landing/2016-04/cases").glob("西宁市城东区人民法院*.csv")
    lines = delivered.read_bytes().splitlines(keepends=True)
    delivered.with_name(f"{delivered.stem}_更正.csv").write_bytes(b"".join(lines[:-3]))
    done = pipelines(data, "run", "--no-serve")
    assert done.returncode in (0, 3), done.stdout[-4000:] + done.stderr[-2000:]
    assert current(data) != before
    return data, before


def ask(data: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(data / "published" / str(current(data)) / "enforcement.duckdb"), read_only=True) as opened:
        return opened.execute(query).fetchall()


def test_what_a_changed_setting_moved_is_told_with_its_row(changed: tuple[Path, str]) -> None:
    """March is of before the row, and what the court delivered again is told as that."""
    data, _ = changed
    row = "指标权重有改动：indicator_weights.csv QX02 2016-04-01：新增"
    assert ask(data, RESTATED) == [("2016-04", "COMPOSITE", row)]
    assert ask(data, OTHERS) == [("2016-04", "T11", "redelivery")]


def test_the_snapshot_before_is_made_again_row_for_row(changed: tuple[Path, str]) -> None:
    data, before = changed
    done = pipelines(data, "remake", before)
    assert done.returncode == 0, done.stdout + done.stderr
    assert before in done.stdout
    assert not list((data / "warehouse").glob(".remade-*"))
