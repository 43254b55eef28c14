"""What was changed in the settings since a snapshot was published is told row by row, with what it can have moved.
The snapshots are those of test_closed's tree: only their settings matter here."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from pipelines.layout import Layout
from pipelines.settings.changed import rows
from tests.unit.settings.test_closed import move, weights, where

__all__ = ["where"]


@pytest.fixture
def published(where: Layout) -> Layout:
    manifest = next(where.published.glob("*/manifest.json"))
    said = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**said, "settings": {"is_own": True}}), encoding="utf-8")
    return where


def told(where: Layout) -> list[tuple[object, ...]]:
    names = ("cause_code", "court_code", "indicator_code", "first_month", "row_zh", "row_en")
    return [tuple(row[name] for name in names) for row in rows(where)]


def test_settings_as_they_were_have_changed_nothing(published: Layout) -> None:
    assert told(published) == []


def test_a_weight_a_move_and_a_day_off_are_told_with_their_row(published: Layout) -> None:
    weights(published, "QX01,3,2018-01-01,,换届,true\n")
    move(published, "2019-03-01", "省编办批复")
    (published.settings / "working_days.csv").write_text("日期,是否上班\n2019-05-02,false\n", encoding="utf-8")
    assert told(published) == [
        ("register_changed", "T13", None, date(2019, 3, 1), "法院名册有改动：courts.csv T13 2019-03-01：新增",
         "The register of courts was changed: courts.csv T13 2019-03-01: added"),
        ("weight_changed", None, "QX01", date(2018, 1, 1),
         "指标权重有改动：indicator_weights.csv QX01 2018-01-01：权重 2 → 3",
         "Weights were changed: indicator_weights.csv QX01 2018-01-01: weight 2 → 3"),
        ("calendar_changed", None, None, date(2019, 5, 1), "工作日历有改动：working_days.csv 2019-05-02：新增",
         "The calendar of working days was changed: working_days.csv 2019-05-02: added"),
    ]  # fmt: skip
    assert {row["snapshot_id"] for row in rows(published)} == {"2019-06-0123456789"}


def test_a_snapshot_that_was_made_with_the_samples_settings_says_nothing_of_the_installations(where: Layout) -> None:
    weights(where, "QX01,3,2018-01-01,,换届,true\n")
    assert told(where) == []


def test_a_row_that_was_deleted_is_told(published: Layout, tmp_path: Path) -> None:
    weights(published, "")
    (found,) = told(published)
    assert (found[0], found[4]) == ("weight_changed", "指标权重有改动：indicator_weights.csv QX01 2018-01-01：删去")
