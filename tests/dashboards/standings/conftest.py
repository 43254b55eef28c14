"""The full small snapshot with what makes a ranking fair: intervals, bands, streaks, limits, labels, restatements.
What is asserted about pages belongs to the tests."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture(scope="session")
def data_directories(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The states of the gallery's tests; `full` is a copy in which `fairness.sql` has filled the tables of fairness."""
    place = tmp_path_factory.mktemp("standings") / "full"
    shutil.copytree(data_directories["full"], place)
    for file in place.glob("published/*/enforcement.duckdb"):
        with duckdb.connect(str(file)) as connection:
            connection.execute((Path(__file__).parent / "fairness.sql").read_text(encoding="utf-8"))
    return {**data_directories, "full": place}


def _numbers(values: Any) -> list[Any]:
    """Plotly sends numbers as packed bytes; NaN, which is a gap, becomes None."""
    if not isinstance(values, dict):
        return list(values)
    unpacked = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    return [None if value != value else value for value in unpacked]


@pytest.fixture
def figures() -> Any:
    """`figures(app, "ranking")`: the traces of a chart of the page, by its key."""

    def found(app: AppTest, key: str) -> list[dict[str, Any]]:
        charts = [element.proto for element in app.get("plotly_chart") if element.proto.id.endswith(f"-{key}")]
        assert len(charts) == 1, f"{len(charts)} charts with the key {key}"
        traces = json.loads(charts[0].spec)["data"]
        return [{**t, **{axis: _numbers(t[axis]) for axis in ("x", "y") if axis in t}} for t in traces]

    return found
