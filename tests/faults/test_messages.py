"""Every command, ended by every fault, ends with one line of ours in both languages, and status 1; no stack, no panic.
Which words belong to which fault is tested with the words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pytest

from pipelines import __main__ as command_line
from pipelines import commands

ARGUMENTS = {
    "month": ["2019-12"], "check": ["a.csv"], "value": ["--month=2019-12", "--court=T11", "--indicator=QX01"],
    "bulletin": ["--month=2019-12"], "backup": ["away"], "restore": ["away/a.tar"],
    "remake": ["2019-12-0123456789"],
}  # fmt: skip
PROBLEMS: dict[str, BaseException] = {
    "duckdb": duckdb.IOException("Could not read from file"),
    "arrow": pa.ArrowInvalid("Parquet magic bytes not found in footer"),
    "polars": pl.exceptions.ComputeError("could not parse"),
    "full": OSError(28, "No space left on device", "/data/lake/x.parquet"),
    "closed": PermissionError(13, "Permission denied", "/data/lake"),
    "encoding": UnicodeEncodeError("utf-8", "\udfff", 0, 1, "surrogates not allowed"),
    "program": subprocess.CalledProcessError(2, ["dagster", "instance"]),
    "several lines": RuntimeError("first line\nsecond line | with a bar"),
    "assertion": AssertionError(),
    "memory": MemoryError(),
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DAGSTER_HOME", "DBT_PROJECT_DIR", "DBT_TARGET_PATH", "PYTHONUTF8", "PYTHONIOENCODING"):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # `prepare` sets them: they are put back
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ENFORCEMENT_KEY_FILE", str(tmp_path / "key"))
    return tmp_path / "data"


def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> str:
    """What a command says that ends with status 1: one line on the stream of errors."""
    monkeypatch.setattr(sys, "argv", ["pipelines", name, *ARGUMENTS.get(name, [])])
    assert command_line.main() == 1
    heard = capsys.readouterr()
    assert heard.out == ""
    (line,) = heard.err.splitlines()
    assert "Traceback" not in line and line.count(" | ") == 1
    return line


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("name", commands.NAMES)
def test_a_library_s_fault_ends_a_command_with_a_line_of_ours(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, problem: str
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise PROBLEMS[problem]

    monkeypatch.setattr(commands.command(name), "run", broken)
    line = said(monkeypatch, capsys, name)
    (log,) = (tree / "logs").iterdir()
    assert str(log) in line and "都在" in line and "are kept" in line
    assert type(PROBLEMS[problem]).__name__ in log.read_text(encoding="utf-8")
    for word in ("Parquet magic", "could not parse", "Errno", "surrogates", "Command '", "second line"):
        assert word not in line


PLACES: dict[str, Callable[[Path], None]] = {
    "a file for the tree": lambda tree: tree.write_text("x") and None,
    "a file for landing": lambda tree: _file(tree / "landing"),
    "a file for Dagster's home": lambda tree: _file(tree / "dagster"),
    "a file for what is published": lambda tree: _file(tree / "published"),
    "a folder for the settings": lambda tree: (tree / "dagster" / "dagster.yaml").mkdir(parents=True),
}


def _file(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("x")


@pytest.mark.parametrize("place", PLACES)
def test_what_lies_in_the_way_of_the_tree_is_named(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    PLACES[place](tree)
    line = said(monkeypatch, capsys, "status")
    assert str(tree) in line and "移走" in line and "move it" in line


@pytest.mark.parametrize(
    "name", ["a\nb", "a[1]", "a*", "什么?", "a#1", "it's", 'a"b', os.fsdecode("数据".encode("gbk")), "a\x1b[2J"]
)
def test_a_place_that_the_tools_would_not_find_is_refused_at_once(
    tmp_path: Path, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(tmp_path / name))
    line = said(monkeypatch, capsys, "run")
    assert "不能使用的字符" in line and "ENFORCEMENT_DATA_DIR" in line and "choose another" in line


def test_a_key_that_is_damaged_or_gone_is_named_with_its_remedy(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipelines.extracts import persons
    from pipelines.layout import layout

    persons.person_key(layout())
    for content, zh in ((b"zz", "已损坏"), (None, "找不到"), (b"00" * 32, "不同")):
        layout().key_file.unlink(missing_ok=True)
        if content is not None:
            layout().key_file.write_bytes(content)
        monkeypatch.setattr(commands.command("status"), "run", lambda where: persons.person_key(where) and 0)
        line = said(monkeypatch, capsys, "status")
        assert zh in line and str(layout().key_file) in line
