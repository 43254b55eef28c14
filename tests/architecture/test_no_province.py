"""The product names no court, no set of indicators and no place of an installation: those are settings.
Which settings there are belongs to pipelines.settings; what the samples say, to pipelines.samples."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("pipelines", "dashboards", "expectations")
READ = {".py", ".toml", ".sql", ".css", ".js", ".html"}
# A list of all provinces names none of them: it tells a household's address from a person's name.
PROVINCES = (
    "河北",
    "山西",
    "辽宁",
    "广东",
    "海南",
    "四川",
    "陕西",
    "甘肃",
    "青海",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
)
MANY = 5


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _named() -> re.Pattern[str]:
    """Codes of courts and sets as whole words, names of the places that have an intermediate or a high court."""
    courts = [row for path in sorted(ROOT.glob("pipelines/samples/*/settings/courts.csv")) for row in _rows(path)]
    sets = [row["set_code"] for row in _rows(ROOT / "dbt_project/seeds/indicator_sets.csv")]
    assert len(courts) > 50 and "CORE3P1" in sets
    codes = [row["court_code"] for row in courts] + sets
    above = [row for row in courts if row["level"] != "basic"]
    chinese = {re.sub(r"(?:州)?(?:中级|高级)?(?:中院|高院|法院)$", "", row["short_name_zh"]) for row in above}
    english = {re.sub(r" (?:Int\.|High)$", "", row["short_name_en"]) for row in above}
    words = "|".join([rf"(?<![\w}}]){re.escape(code)}(?![\w:])" for code in codes])
    names = "|".join(sorted(chinese | {rf"\b{name}\b" for name in english}, key=len, reverse=True))
    return re.compile(f"{words}|{names}")


def _lines() -> Iterator[tuple[str, str]]:
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in READ and "samples" not in path.relative_to(ROOT).parts:
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                    yield f"{path.relative_to(ROOT)}:{number}", line


def _found(line: str) -> str | None:
    if sum(province in line for province in PROVINCES) >= MANY:
        return None
    hit = _named().search(line)
    return hit[0] if hit else None


def test_no_line_of_the_product_names_a_court_a_set_or_a_place() -> None:
    assert [(where, word) for where, line in _lines() if (word := _found(line))] == []


@pytest.mark.parametrize(
    "line, word",
    [
        ("where court_code = 'T13'", "T13"), ('CORE_SET = "CORE3P1"', "CORE3P1"), ("请联系青海高院", "青海"),
        ("the courts of Qinghai", "Qinghai"), ('f"{day}T00:00:00"', None), ("HT13, T130", None),
        ("|".join(PROVINCES), None), ("四川、青海", "青海"),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_seen(line: str, word: str | None) -> None:
    assert _found(line) == word
