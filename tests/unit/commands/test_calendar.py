"""The terminal says which months have a provisional calendar.
Which days are counted then is held by the unit test of the model of working days."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pipelines.commands import calendar
from pipelines.commands.calendar import say_provisional


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """2027-01-01 is a Friday, 2027-05-01 a Saturday, which no schedule needs to name."""
    enter(tmp_path, "2026-01-01,false\n")
    (tmp_path / "statutory_holidays.csv").write_text("day\n2027-01-01\n2027-05-01\n", encoding="utf-8")
    return tmp_path


def enter(seeds: Path, rows: str) -> None:
    (seeds / "working_days.csv").write_text(f"day,is_working_day\n{rows}", encoding="utf-8")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    told = StringIO()
    monkeypatch.setattr(calendar, "console", Console(file=told, width=200))
    return told


def test_months_of_a_year_without_a_schedule_are_named_with_the_remedy(seeds: Path, said: StringIO) -> None:
    say_provisional(seeds, ["2026-12", "2027-01", "2027-02"])
    assert "2027-01 … 2027-02" in said.getvalue()
    assert "working_days.csv" in said.getvalue()


def test_nothing_is_said_while_the_schedule_is_entered(seeds: Path, said: StringIO) -> None:
    say_provisional(seeds, ["2026-11", "2026-12"])
    assert said.getvalue() == ""


def test_a_year_is_entered_with_its_statutory_weekdays_and_not_with_a_day_of_the_courts_own(
    seeds: Path, said: StringIO
) -> None:
    enter(seeds, "2027-03-03,false\n")
    say_provisional(seeds, ["2027-01"])
    assert "2027-01" in said.getvalue()
    said.truncate(0)
    enter(seeds, "2027-01-01,false\n")
    say_provisional(seeds, ["2027-01", "2027-02"])
    assert said.getvalue().strip("\0") == ""
