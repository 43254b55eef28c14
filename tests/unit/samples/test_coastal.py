"""The third sample: maritime and railway courts, and within its year a merger, a foundation and a move by dated rows.
What the models make of such courts belongs to the tests of properties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.extracts.courts import load_register
from pipelines.layout import Layout
from pipelines.samples.extracts.holders import Holders, holders
from pipelines.samples.generation import DEFAULT, samples, settings_of
from pipelines.settings.effective import load
from pipelines.settings.tables import plain_rows

REGISTER = settings_of("coastal") / "courts.csv"


@pytest.fixture(scope="module")
def said() -> Holders:
    return holders(REGISTER)


def test_every_sample_is_an_installation_whose_settings_hold(tmp_path: Path) -> None:
    assert samples()[0] == DEFAULT
    for sample in samples():
        where = Layout(data=tmp_path / sample, key_file=tmp_path / "key", settings_dir=settings_of(sample))
        assert load(where).faults == (), sample


def test_its_register_has_about_ninety_courts_of_all_shapes() -> None:
    rows = plain_rows(REGISTER)
    codes = [row["court_code"] for row in rows]
    assert 85 <= len(set(codes)) <= 95
    assert [code for code in sorted(set(codes)) if codes.count(code) > 1] == ["C37"]
    assert {"海滨海事法院", "海滨铁路运输中级法院", "东屿铁路运输法院"} <= {row["name_zh"] for row in rows}


@pytest.mark.parametrize(("code", "month", "holder"), [
    ("C28", date(2025, 5, 1), "C28"), ("C28", date(2025, 6, 1), "C27"),
    ("C1N", date(2024, 12, 1), "C11"), ("C1N", date(2025, 1, 1), "C1N"), ("C37", date(2025, 3, 1), "C37"),
])  # fmt: skip
def test_whoever_has_a_courts_cases_delivers_them(said: Holders, code: str, month: date, holder: str) -> None:
    rows = pl.DataFrame({"court_code": [code], "case_id": ["1"]})
    assert said.held("cases", rows, month)["court_code"].to_list() == [holder]


def test_what_is_told_of_a_month_as_a_whole_is_told_once_for_both(said: Holders) -> None:
    rows = pl.DataFrame({"court_code": ["C27", "C28"], "item_code": ["未结", "未结"], "reported_value": [21, 17]})
    assert said.held("returns", rows, date(2025, 6, 1)).rows() == [("C27", "未结", 38)]
    assert said.held("returns", rows, date(2025, 5, 1)).rows() == rows.rows()


def test_cases_of_the_years_before_a_foundation_bear_the_former_courts_prefix(said: Holders) -> None:
    rows = pl.DataFrame({"case_number": ["（2024）闽0190执12号", "（2025）闽0190执3号", "（2024）闽0102执12号"]})
    assert said.numbered(rows)["case_number"].to_list() == [
        "（2024）闽0101执990012号", "（2025）闽0190执3号", "（2024）闽0102执12号",
    ]  # fmt: skip


def test_receiving_finds_its_courts_by_the_month() -> None:
    register = load_register(REGISTER.parent)
    march, june = (date(2025, 3, 1), date(2025, 3, 31)), (date(2025, 6, 1), date(2025, 6, 30))
    assert register.resolve(("北岭市西老城区人民法院",), None, *march).court_code == "C37"
    assert register.resolve(("西涧老城县人民法院",), None, *march).court_code == "C37"
    assert register.resolve((), "闽0208", *march).court_code == "C28"
    assert register.resolve((), "闽0208", *june).court_code == "C27"
    assert register.resolve((), "闽72", *june).court_code == "CM0"
