"""Files are for their owner: what is written from now on, and what an earlier version left open to others.
Who may sign in to the dashboards is another matter."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.layout import REPOSITORY
from pipelines.ownership import keep_to_owner, open_to_others


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The umask of the tests themselves is put back."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_an_earlier_version_left_open_is_closed(tmp_path: Path) -> None:
    tree, outside = tmp_path / "data", tmp_path / "outside.txt"
    for name, given in (("lake/a.parquet", 0o644), ("published/x/enforcement.duckdb", 0o444), ("run.sh", 0o755)):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("x")
        (tree / name).chmod(given)
    outside.write_text("x")
    outside.chmod(0o644)
    (tree / "link").symlink_to(outside)
    assert {path.name for path, _ in open_to_others(tree)} >= {"data", "lake", "a.parquet", "x", "run.sh"}
    keep_to_owner(tree)
    assert list(open_to_others(tree)) == []
    assert mode(tree / "lake" / "a.parquet") == 0o600
    assert mode(tree / "published" / "x" / "enforcement.duckdb") == 0o400
    assert mode(tree / "run.sh") == 0o700
    assert mode(outside) == 0o644, "a link is not followed"


def test_what_is_written_afterwards_is_closed(tmp_path: Path) -> None:
    keep_to_owner(tmp_path / "data")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "file").write_text("x")
    assert (mode(tmp_path / "new"), mode(tmp_path / "new" / "file")) == (0o700, 0o600)


@pytest.mark.parametrize(
    "module", ["dashboards.access.audit", "dashboards.bulletin", "dashboards.workbench.saved_queries"]
)
def test_the_gallery_writes_for_its_owner_by_every_door(tmp_path: Path, module: str) -> None:
    code = f"import {module}; open({str(tmp_path / 'file')!r}, 'w').close()"
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True, timeout=60)
    assert mode(tmp_path / "file") == 0o600


def test_every_command_closes_the_tree_first(tmp_path: Path) -> None:
    (tmp_path / "data" / "lake").mkdir(parents=True)
    (tmp_path / "data" / "lake" / "old.parquet").write_bytes(b"x")
    environment = os.environ | {"ENFORCEMENT_DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(REPOSITORY)}
    asked = [sys.executable, "-m", "pipelines", "status"]
    done = subprocess.run(asked, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert list(open_to_others(tmp_path / "data")) == []
