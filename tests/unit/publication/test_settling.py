"""Folders of sealed files take nothing more, their owner's writing included, and trees of earlier versions are closed.
Which digest a file must have is tested with the pages that open it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from pipelines import ownership
from pipelines.layout import Layout
from pipelines.publication import settling

NOBODY = 65534
WAL = "enforcement.duckdb.wal"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A tree as an earlier version left it: packs and documents in the snapshot's folder, everything open to write."""
    made = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    folder = made.published / "2019-12-a"
    for name in ("enforcement.duckdb", "manifest.json", "bulletin/2019-12-rank.pdf", "docs/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    entry = made.published_values / "000001-2019-12-a"
    entry.mkdir(parents=True)
    (entry / "values.parquet").write_text("x", encoding="utf-8")
    return made


def modes(tree: Path) -> dict[str, str]:
    return {str(path.relative_to(tree)): stat.filemode(path.lstat().st_mode) for path in tree.rglob("*")}


def test_a_tree_of_an_earlier_version_is_closed_and_its_packs_are_found_where_they_were_and_are(layout: Layout) -> None:
    for _ in range(2):  # the second time there is nothing to do
        settling.settle(layout, ["2019-12-a"])
        assert modes(layout.published) == {
            "2019-12-a": "dr-x------",
            "2019-12-a/enforcement.duckdb": "-r--------",
            "2019-12-a/manifest.json": "-r--------",
            "2019-12-a/bulletin": "lrwxrwxrwx",
            "2019-12-a/docs": "lrwxrwxrwx",
            "_values": stat.filemode(layout.published_values.stat().st_mode),
            "_values/000001-2019-12-a": "dr-x------",
            "_values/000001-2019-12-a/values.parquet": "-r--------",
        }
        assert (layout.packs / "2019-12-a" / "2019-12-rank.pdf").read_text() == "bulletin/2019-12-rank.pdf"
        assert (layout.documents / "2019-12-a" / "index.html").read_text() == "docs/index.html"
        for old in ("bulletin/2019-12-rank.pdf", "docs/index.html"):
            assert (layout.published / "2019-12-a" / old).read_text() == old


def test_a_pack_that_was_made_anew_is_not_put_back_by_the_older_one(layout: Layout) -> None:
    (layout.packs / "2019-12-a").mkdir(parents=True)
    (layout.packs / "2019-12-a" / "2019-12-rank.pdf").write_text("newer", encoding="utf-8")
    settling.settle(layout, ["2019-12-a"])
    assert (layout.published / "2019-12-a" / "bulletin" / "2019-12-rank.pdf").read_text() == "newer"


def as_nobody(folder: Path, command: str) -> int:
    """What the shell says when the folder's owner, who is not root, tries."""
    for path in (folder, *folder.iterdir()):
        os.lchown(path, NOBODY, NOBODY)
    # The folder is entered before root's rights are given up: the way to it is closed to this user.
    done = subprocess.run(["/bin/sh", "-c", command], cwd=folder, user=NOBODY, group=NOBODY, extra_groups=[],
                          capture_output=True, check=False)  # fmt: skip
    return done.returncode


@pytest.mark.parametrize("command", [f"echo x > {WAL}", "echo x > enforcement.duckdb", "mv manifest.json other",
                                     "rm -f enforcement.duckdb", "ln -s / enforcement.duckdb.wal"])  # fmt: skip
def test_the_owner_of_a_sealed_folder_puts_nothing_beside_the_database(layout: Layout, command: str) -> None:
    folder = layout.published / "2019-12-a"
    settling.settle(layout, ["2019-12-a"])
    if os.geteuid():
        done = subprocess.run(["/bin/sh", "-c", command], cwd=folder, capture_output=True, check=False)
        assert done.returncode != 0
        return
    assert as_nobody(folder, command) != 0  # modes do not bind root
    ownership.unseal(folder)
    (folder / "enforcement.duckdb").chmod(0o600)
    assert as_nobody(folder, command) == 0, "with the wall away it does"


def test_what_is_sealed_is_removed_with_what_was_made_of_it(layout: Layout) -> None:
    settling.settle(layout, ["2019-12-a"])
    ownership.remove(layout.published / "2019-12-a")
    settling.forget(layout, "2019-12-a")
    assert [path.name for path in layout.published.iterdir()] == ["_values"]
    assert not [*layout.packs.iterdir(), *layout.documents.iterdir()]


@pytest.mark.parametrize(("way", "ended"), [("ownership", 0), ("shutil", 1)])
def test_the_owner_removes_a_sealed_folder_after_its_rights_are_restored(layout: Layout, way: str, ended: int) -> None:
    folder = layout.published / "2019-12-a"
    for path in (folder, *folder.rglob("*"), layout.published):
        os.lchown(path, NOBODY, NOBODY) if not os.geteuid() else None
    for inside in (folder / "bulletin", folder / "docs", folder):
        ownership.seal(inside)
    child = os.fork()  # a process of its own: a test that runs as root gives up its rights in it
    if not child:
        os.chdir(layout.published)
        if not os.geteuid():
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            {"ownership": ownership.remove, "shutil": shutil.rmtree}[way](Path(folder.name))
        except PermissionError:
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == ended
    assert folder.exists() == bool(ended)
