"""Samples made once per session: the whole Qinghai province, a small one, and the G region.
How a delivered file is read back belongs to `reading_back`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.samples import Made, generate

SMALL = {"cases": 3000, "courts": 12, "months": 14, "seed": 7}


@pytest.fixture(scope="session")
def qinghai(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("qinghai") / "landing")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("small") / "landing", **SMALL)


@pytest.fixture(scope="session")
def g_region(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("g_region") / "landing", "g_region")


@pytest.fixture(scope="session")
def courts_file() -> Path:
    return Path(__file__).parents[3] / "pipelines" / "samples" / "qinghai" / "settings" / "courts.csv"
