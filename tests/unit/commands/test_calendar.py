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
    (tmp_path / "working_days.csv").write_text(
        "day,is_working_day\n2026-12-30,true\n2026-12-31,true\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    told = StringIO()
    monkeypatch.setattr(calendar, "console", Console(file=told, width=200))
    return told


def test_months_after_the_last_entered_year_are_named_with_the_remedy(seeds: Path, said: StringIO) -> None:
    say_provisional(seeds, ["2026-12", "2027-01", "2027-02"])
    assert "2027-01 … 2027-02" in said.getvalue()
    assert "working_days.csv" in said.getvalue()


def test_nothing_is_said_while_the_schedule_is_entered(seeds: Path, said: StringIO) -> None:
    say_provisional(seeds, ["2026-11", "2026-12"])
    assert said.getvalue() == ""
