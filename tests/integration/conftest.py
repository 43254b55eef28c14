"""The small world, taken in once; tests that change a tree do so in their own copy of it.
The world itself and the commands are in world.py."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.newcomers import SHAPES, walk
from tests.integration.world import MONTHS, make_landing, new_tree, pipelines
from tests.unit.extracts.planted import plant


@dataclass(frozen=True)
class Taken:
    """The small world after one undisturbed run without a network, and what the run said."""

    root: Path
    landing: Path
    data: Path
    output: str
    status: int

    def copy(self, name: str) -> Path:
        """A tree of one's own, in the state after the run, with the same key beside it."""
        return Path(shutil.copytree(self.data, self.root / name))


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    root = tmp_path_factory.mktemp("small_world")
    make_landing(root / "landing")
    data = new_tree(root / "undisturbed", root / "landing", MONTHS)
    done = pipelines(data, "run", "--no-serve")
    return Taken(root, root / "landing", data, done.stdout + done.stderr, done.returncode)


HEADERS = "案件标识,案号,法院名称,案件类型代字,立案日期"


def deliver(data: Path, month: str, rows: list[str], headers: str = HEADERS) -> None:
    folder = data / "landing" / month / "cases"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "西宁市城东区人民法院.csv").write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8-sig")


def rows(filed: str) -> list[str]:
    return [f"X{n},（2016）青0102执{n}号,西宁市城东区人民法院,执,{filed}" for n in range(6)]


@pytest.fixture(scope="session")
def planted(taken: Taken) -> Taken:
    """One more run: a correction that the gate holds, and files of other courts with persons in every kind of place."""
    data = taken.copy("held")
    deliver(data, "2016-06", [row.replace("X", "Y") for row in rows(filed="2016-09-30")])
    plant(data)
    done = pipelines(data, "month", "2016-06")
    return Taken(taken.root, data / "landing", data, done.stdout + done.stderr, done.returncode)


@pytest.fixture(scope="session")
def city_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An intermediate court alone, with settings of its own, from nothing to its pack."""
    return walk(SHAPES["city"], tmp_path_factory.mktemp("city") / "data")
