"""A month's leagues come out the same whether they are computed or were kept, in whatever order months arrive, and
nothing that is not whole is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipelines.fairness import kept, leagues
from pipelines.fairness.leagues import rank_interval_rows
from tests.unit.fairness.simulated import composite_province

DRAWS = 60
MONTHS = ("2019-01-01", "2019-02-01", "2019-03-01", "2019-04-01")


def month(name: str, seed: int = 0) -> pd.DataFrame:
    """Two windows of a small league in that month, its cases by the seed."""
    chance = np.random.default_rng(MONTHS.index(name) + 100 * seed)
    frame = composite_province(6, 200, chance)[0].assign(period_month=name)
    return pd.concat([frame, frame.assign(window_code="ytd", start_month_number=24228)], ignore_index=True)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The months that were computed, not taken from what is kept."""
    months: list[str] = []
    bounds = leagues._bounds

    def counted(frame: pd.DataFrame, draws: int) -> Any:
        months.extend(frame["period_month"].unique())
        return bounds(frame, draws)

    monkeypatch.setattr(leagues, "_bounds", counted)
    return months


def both_ways(frames: list[pd.DataFrame], folder: Path, computed: list[str]) -> list[str]:
    """The months that were computed with the folder; the table must be what it is without one."""
    frame = pd.concat(frames, ignore_index=True)
    alone = rank_interval_rows(frame, DRAWS)
    computed.clear()
    pd.testing.assert_frame_equal(rank_interval_rows(frame, DRAWS, folder), alone)
    return list(computed)


def test_late_redelivered_and_unordered_months_come_out_as_without_what_is_kept(
    tmp_path: Path, computed: list[str]
) -> None:
    first, second, third, fourth = MONTHS
    frames = {first: month(first), third: month(third)}
    assert both_ways([*frames.values()], tmp_path, computed) == [first, third]
    frames[fourth] = month(fourth)
    assert both_ways([*frames.values()], tmp_path, computed) == [fourth]
    frames = {second: month(second)} | frames  # late, and before what is there
    assert both_ways([*frames.values()], tmp_path, computed) == [second]
    frames[third] = month(third, seed=1)  # delivered again, with other cases
    assert both_ways([*frames.values()], tmp_path, computed) == [third]
    frames[third] = month(third)  # and taken back
    assert both_ways([*reversed(frames.values())], tmp_path, computed) == []


@pytest.mark.parametrize("column", ["y", "rank", "weight", "direction", "draw_group", "court_code", "interval_low"])
def test_a_change_of_one_cell_of_any_column_is_seen(tmp_path: Path, computed: list[str], column: str) -> None:
    frame = month(MONTHS[0])
    both_ways([frame], tmp_path, computed)
    row = frame.index[frame["indicator_code"] != leagues.COMPOSITE][0]
    words = {"direction": "lower", "draw_group": "another", "court_code": "Z"}
    before = frame.at[row, column]
    frame.at[row, column] = words[column] if column in words else 1 if pd.isna(before) else before + 1
    assert both_ways([frame, month(MONTHS[1])], tmp_path, computed) == [MONTHS[0], MONTHS[1]]


@pytest.mark.parametrize("how", ["one bit", "cut short", "empty"])
def test_what_is_damaged_is_computed_again(tmp_path: Path, computed: list[str], how: str) -> None:
    frames = [month(MONTHS[0]), month(MONTHS[1])]
    both_ways(frames, tmp_path, computed)
    file = sorted(tmp_path.glob("*.month"))[0]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes({"one bit": content, "cut short": content[: len(content) // 2], "empty": b""}[how])
    assert len(both_ways(frames, tmp_path, computed)) == 1
    assert both_ways(frames, tmp_path, computed) == []


@pytest.mark.parametrize("moment", ["before a byte is written", "half written", "before it has its name"])
def test_who_is_killed_leaves_nothing_that_counts(
    tmp_path: Path, computed: list[str], moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """KeyboardInterrupt stands for the kill: nothing in the way catches it."""

    def die(file: Path, *given: Any) -> None:
        if moment == "half written":
            with file.open("wb") as half:
                half.write(given[0][: len(given[0]) // 2])
        raise KeyboardInterrupt

    frame = month(MONTHS[0])
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace" if moment == "before it has its name" else "write_bytes", die)
        with pytest.raises(KeyboardInterrupt):
            rank_interval_rows(frame, DRAWS, tmp_path)
    assert list(tmp_path.glob("*.month")) == []
    assert both_ways([frame], tmp_path, computed) == [MONTHS[0]]
    assert [file.suffix for file in tmp_path.iterdir()] == [".month"]


def test_other_arithmetic_or_another_release_of_its_libraries_uses_nothing_of_before(
    tmp_path: Path, computed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    both_ways([month(MONTHS[0])], tmp_path, computed)
    monkeypatch.setattr(np, "__version__", "0")
    kept._code.cache_clear()
    assert both_ways([month(MONTHS[0])], tmp_path, computed) == [MONTHS[0]]
    monkeypatch.undo()
    kept._code.cache_clear()


def test_what_was_not_asked_for_longest_makes_room(tmp_path: Path, computed: list[str]) -> None:
    for seed in range(5):
        both_ways([month(MONTHS[0], seed)], tmp_path, computed)
    assert len(list(tmp_path.glob("*.month"))) == kept.SPARE
    assert both_ways([month(MONTHS[0], 4)], tmp_path, computed) == []
