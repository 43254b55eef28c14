"""The small world, taken in once; tests that change a tree do so in their own copy of it.
The world itself and the commands are in world.py."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.world import MONTHS, make_landing, new_tree, pipelines


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
