"""The columns that a measure or a check cannot do without: all are known, and by the headings that courts know them by.
Whether a court left one out belongs to the models."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "dbt_project" / "seeds"
CONTRACTS = ROOT / "pipelines" / "extracts" / "contracts"


def _rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_optional_columns_are_those_that_measures_and_checks_need_and_no_other() -> None:
    needed = {(row["kind"], row["column_name"]) for name in ("measure", "check") for row in _rows(f"{name}_columns")}
    assert {(row["kind"], row["column_name"]) for row in _rows("optional_columns")} == needed


def test_a_column_is_called_by_the_heading_of_its_contract() -> None:
    for row in _rows("optional_columns"):
        contract = tomllib.loads((CONTRACTS / f"{row['kind']}.toml").read_text(encoding="utf-8"))
        headers = {column["name"]: column["header"] for column in contract["columns"]}
        assert row["header_zh"] == headers[row["column_name"]], row
        assert row["header_en"].isascii(), row
