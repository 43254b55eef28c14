"""Courts in groups of their own: a group has to be known, of the court's level and of own cases; empty is by level."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipelines.layout import Layout
from pipelines.settings.combining import Row
from pipelines.settings.effective import SAMPLES, load, refresh
from pipelines.settings.faults import Fault
from pipelines.settings.starting import write
from pipelines.settings.tables import plain_rows

HEAD = "组代码,范围,级别,本院组,名称,英文名称,排序\n"
MARITIME = "maritime,own,intermediate,,海事法院,Maritime courts,25\n"


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    return layout


def put(where: Layout, court: str, group: str, header: str = "同类组") -> None:
    """The register with the optional column, in which one court has a group."""
    path = where.settings / "courts.csv"
    rows = [row | {header: group if row["court_code"] == court else ""} for row in plain_rows(path)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def add(where: Layout, rows: str) -> None:
    (where.settings / "peer_groups.csv").write_text(HEAD + rows, encoding="utf-8")


def found(where: Layout) -> Fault:
    (fault,) = load(where).faults
    assert all((fault.zh, fault.en, fault.remedy_zh, fault.remedy_en))
    assert "{" not in str(fault)
    return fault


def told(where: Layout) -> tuple[str, int, str, str, str]:
    fault = found(where)
    return fault.file, fault.row, fault.column, fault.value, fault.code


@pytest.mark.parametrize("header", ["同类组", "peer_group"])
def test_a_court_stands_in_a_group_that_the_installation_adds(where: Layout, header: str) -> None:
    add(where, MARITIME)
    put(where, "T20", "maritime", header)
    assert refresh(where) == ()
    groups = [row["peer_group"] for row in plain_rows(where.seeds / "peer_groups.csv")]
    assert groups == ["high_own", "intermediate_own", "intermediate_jurisdiction", "basic", "maritime"]
    courts = {row["court_code"]: row["peer_group"] for row in plain_rows(where.seeds / "courts.csv")}
    assert {code: group for code, group in courts.items() if group} == {"T20": "maritime"}


@pytest.mark.parametrize(("court", "group", "code"), [
    ("T20", "maritme", "refers"),  # misspelt
    ("T20", "basic", "group_level"),
    ("T21", "maritime", "group_level"),
    ("T00", "maritime", "group_level"),
    ("T20", "intermediate_jurisdiction", "group_scope"),
])  # fmt: skip
def test_a_court_in_a_group_that_is_not_for_it_is_told(where: Layout, court: str, group: str, code: str) -> None:
    add(where, MARITIME)
    put(where, court, group)
    line = 2 + [row["court_code"] for row in plain_rows(where.settings / "courts.csv")].index(court)
    assert told(where) == ("courts.csv", line, "peer_group", group, code)


def test_the_level_of_the_group_and_of_the_court_are_named(where: Layout) -> None:
    put(where, "T20", "basic")
    fault = found(where)
    assert "basic" in fault.zh and "intermediate" in fault.zh
    assert "basic" in fault.en and "intermediate" in fault.en


WHOLE = "maritime_jurisdiction,jurisdiction,intermediate,maritime,海事法院（辖区）,Maritime jurisdictions,26\n"


@pytest.mark.parametrize(("rows", "expected"), [
    ("maritime,all,intermediate,,海事法院,Maritime,25\n", ("范围 scope_code", "all", "type")),
    ("maritime,own,intermediate,basic,海事法院,Maritime,25\n", ("own_group", "basic", "group_own")),
    ("m,jurisdiction,intermediate,,海事法院,Maritime,25\n", ("own_group", "", "group_own")),
    ("m,jurisdiction,intermediate,sea,海事法院,Maritime,25\n", ("own_group", "sea", "refers")),
    ("m,jurisdiction,intermediate,basic,海事法院,Maritime,25\n", ("own_group", "basic", "group_level")),
    ("m,jurisdiction,intermediate,intermediate_own,海事法院,Maritime,25\n",
     ("own_group", "intermediate_own", "group_twice")),
    ("basic,own,intermediate,,基层法院,Basic,40\n", ("level", "intermediate", "group_kept")),
])  # fmt: skip
def test_a_group_that_cannot_hold_courts_is_told(where: Layout, rows: str, expected: tuple[str, str, str]) -> None:
    add(where, rows)
    assert told(where) == ("peer_groups.csv", 2, *expected)


def test_a_group_of_jurisdictions_says_whose_and_the_products_may_be_called_otherwise(where: Layout) -> None:
    add(where, MARITIME + WHOLE + "basic,own,basic,,区县法院,District courts,40\n")
    settings = load(where)
    assert settings.faults == ()
    named: dict[str, Row] = {row["peer_group"]: row for row in settings.tables["peer_groups"]}
    assert named["basic"]["name_zh"] == "区县法院"
    assert named["maritime_jurisdiction"]["own_group"] == "maritime"
    assert len(named) == len(settings.tables["peer_groups"]) == 6


def test_the_sheet_to_start_from_names_the_column(tmp_path: Path) -> None:
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    written = {path.name: path for path in write(layout)}
    said = written["courts.csv"].read_text(encoding="utf-8-sig")
    assert "同类组" in said.splitlines()[0] and "peer_groups.csv" in said
    assert "peer_groups.csv" in written
