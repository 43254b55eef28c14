"""Registers of other shapes hold, and their case numbers lead to their courts: 直辖市, 兵团, special ones.
What is computed of them belongs to the tests of properties and to the newcomers' walks."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from grammar import case_numbers
from pipelines.extracts.courts import load_register
from pipelines.layout import Layout
from pipelines.settings.effective import load, seeds

HEADERS = ("court_code", "case_prefix", "name_zh", "level", "parent_court_code", "province_code")
# Code, prefix of case numbers, name, level, the court above, province.
Court = tuple[str, str, str, str, str, str]
HIGH, INTERMEDIATE, BASIC = "high", "intermediate", "basic"

MUNICIPALITY: tuple[Court, ...] = (
    ("B00", "京", "北京市高级人民法院", HIGH, "", "BJ"),
    ("B10", "京01", "北京市第一中级人民法院", INTERMEDIATE, "B00", "BJ"),
    ("B20", "京02", "北京市第二中级人民法院", INTERMEDIATE, "B00", "BJ"),
    ("B30", "京03", "北京市第三中级人民法院", INTERMEDIATE, "B00", "BJ"),
    ("B40", "京04", "北京市第四中级人民法院", INTERMEDIATE, "B00", "BJ"),
    ("B73", "京73", "北京知识产权法院", INTERMEDIATE, "B00", "BJ"),
    ("B74", "京74", "北京金融法院", INTERMEDIATE, "B00", "BJ"),
    ("B31", "京0105", "北京市朝阳区人民法院", BASIC, "B30", "BJ"),
    ("B11", "京0108", "北京市海淀区人民法院", BASIC, "B10", "BJ"),
    ("B41", "京0491", "北京互联网法院", BASIC, "B40", "BJ"),
)
CORPS: tuple[Court, ...] = (
    ("X00", "新", "新疆维吾尔自治区高级人民法院", HIGH, "", "XJ"),
    ("X10", "新01", "乌鲁木齐市中级人民法院", INTERMEDIATE, "X00", "XJ"),
    ("X12", "新0102", "乌鲁木齐市天山区人民法院", BASIC, "X10", "XJ"),
    ("P00", "兵", "新疆维吾尔自治区高级人民法院生产建设兵团分院", HIGH, "", "BT"),
    ("P10", "兵01", "新疆生产建设兵团第一师中级人民法院", INTERMEDIATE, "P00", "BT"),
    ("P11", "兵0101", "阿拉尔垦区人民法院", BASIC, "P10", "BT"),
)
NO_HIGH_COURT: tuple[Court, ...] = (
    ("Z10", "浙01", "杭州市中级人民法院", INTERMEDIATE, "", "ZJ"),
    ("Z11", "浙0192", "杭州互联网法院", BASIC, "Z10", "ZJ"),
    ("Z12", "浙0102", "杭州市上城区人民法院", BASIC, "Z10", "ZJ"),
)
SPECIAL: tuple[Court, ...] = (
    ("S00", "沪", "上海市高级人民法院", HIGH, "", "SH"),
    ("S72", "沪72", "上海海事法院", INTERMEDIATE, "S00", "SH"),
    ("S73", "沪73", "上海知识产权法院", INTERMEDIATE, "S00", "SH"),
    ("S74", "沪74", "上海金融法院", INTERMEDIATE, "S00", "SH"),
    ("S71", "沪03", "上海市第三中级人民法院", INTERMEDIATE, "S00", "SH"),
    ("S75", "沪7101", "上海铁路运输法院", BASIC, "S71", "SH"),
)
SHAPES = {"municipality": MUNICIPALITY, "corps": CORPS, "no high court": NO_HIGH_COURT, "special": SPECIAL}
JANUARY = date(2025, 1, 1), date(2025, 1, 31)


@pytest.fixture(params=SHAPES.values(), ids=SHAPES)
def courts(request: pytest.FixtureRequest) -> tuple[Court, ...]:
    return request.param


@pytest.fixture
def where(courts: tuple[Court, ...], tmp_path: Path) -> Layout:
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    layout.settings.mkdir()
    with (layout.settings / "courts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADERS, "name_en", "short_name_zh", "short_name_en", "sort_order"])
        for place, court in enumerate(courts):
            writer.writerow([*court, court[0], court[2].replace("人民法院", ""), court[0], place])
    return layout


def test_its_register_holds(where: Layout) -> None:
    assert [str(fault) for fault in load(where).faults] == []


def test_case_numbers_and_names_lead_to_their_courts(where: Layout, courts: tuple[Court, ...]) -> None:
    register = load_register(seeds(where))
    for code, prefix, name, *_ in courts:
        number = f"（2025）{prefix}执12号"
        assert case_numbers.parse(number).court_prefix == prefix
        assert register.resolve((), prefix, *JANUARY).court_code == code
        assert register.resolve((name,), prefix, *JANUARY).court_code == code
        assert register.resolve((name,), None, *JANUARY).court_code == code
