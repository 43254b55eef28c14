"""Every column that an installation may fill in has its type in the models: one that nobody fills in, or fills with
digits alone, would else be taken for a number, and the build would stop."""

from __future__ import annotations

import csv

import pytest
import yaml

from pipelines.layout import REPOSITORY
from pipelines.settings.tables import tables

SEEDS = REPOSITORY / "dbt_project" / "seeds"
NUMBERS = {"integer": {"integer", "double"}, "number": {"double", "decimal(6,3)", "decimal(18,4)"}}
OTHERS = {"date": {"date"}, "boolean": {"boolean"}}


@pytest.mark.parametrize("name", tables())
def test_every_column_is_typed_as_the_settings_say(name: str) -> None:
    described = yaml.safe_load((SEEDS / f"{name}.yml").read_text(encoding="utf-8"))["seeds"][0]
    typed = described.get("config", {}).get("column_types", {})
    with (SEEDS / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        held = set(next(csv.reader(file)))
    columns = [column for column in tables()[name].columns if column.name in held]
    assert columns
    expected = {column.name: (NUMBERS | OTHERS).get(column.type, {"varchar"}) for column in columns}
    wrong = {each: typed.get(each) for each, kinds in expected.items() if typed.get(each) not in kinds}
    assert wrong == {}
