"""The full small snapshot with tables of fairness that bear each other out, as the meeting's pack needs them.
What is asserted about the page belongs to the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboards import snapshots


@pytest.fixture(scope="session")
def data_directories(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The states of the gallery's tests; `full` is a copy in which these tables are filled."""
    return {
        **data_directories,
        "full": snapshots.borne_out(data_directories["full"], tmp_path_factory.mktemp("meeting") / "full"),
    }
