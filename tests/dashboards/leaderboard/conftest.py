"""The full small snapshot with what makes a ranking fair: intervals, bands, streaks, limits, labels, restatements.
What is asserted about the page belongs to the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboards import snapshots


@pytest.fixture(scope="session")
def data_directories(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The states of the gallery's tests; `full` is a copy in which `fairness.sql` has filled the tables of fairness."""
    return {
        **data_directories,
        "full": snapshots.with_fairness(data_directories["full"], tmp_path_factory.mktemp("leaderboard") / "full"),
    }
