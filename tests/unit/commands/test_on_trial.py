"""A run that does not publish with what was handed over runs once more without it; whoever is not to blame waits."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.commands import taking_in
from pipelines.defs.in_process import StepFailure
from pipelines.layout import Layout

FAILED = [StepFailure("dbt build", "自己的核对 | a check of our own")]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """What happens to sheets that were taken over; `runs` says how the runs end, one after another."""
    seen: dict[str, Any] = {"runs": [], "undone": ["sheet"], "back": None, "why": ""}

    def undo(where: Layout, why: str) -> list[str]:
        seen["why"] = why
        return list(seen["undone"])

    monkeypatch.setattr(taking_in, "_run", lambda *said, **more: (SimpleNamespace(), seen["runs"].pop(0)))
    monkeypatch.setattr(taking_in, "undo", undo)
    monkeypatch.setattr(taking_in, "refresh", lambda where: ())
    monkeypatch.setattr(taking_in, "hand_back", lambda outcomes: seen.update(back=outcomes))
    return seen


def run(tmp_path: Path) -> list[StepFailure]:
    where = Layout(data=tmp_path, key_file=tmp_path / "key")
    return taking_in._on_trial(where, ["2019-12"], force=False)[1]


def test_a_run_that_publishes_takes_nothing_back(told: dict[str, Any], tmp_path: Path) -> None:
    told["runs"] = [[]]
    assert run(tmp_path) == [] and told["why"] == ""


def test_a_run_that_does_not_runs_again_without_what_was_handed_over(told: dict[str, Any], tmp_path: Path) -> None:
    told["runs"] = [FAILED, []]
    assert run(tmp_path) == []
    assert "a check of our own" in told["why"] and told["back"] is None


def test_what_was_not_to_blame_waits_again(told: dict[str, Any], tmp_path: Path) -> None:
    told["runs"] = [FAILED, FAILED]
    assert run(tmp_path) == FAILED and told["back"] == ["sheet"]


def test_where_nothing_was_handed_over_a_run_that_fails_is_the_only_one(told: dict[str, Any], tmp_path: Path) -> None:
    told["runs"], told["undone"] = [FAILED], []
    assert run(tmp_path) == FAILED
