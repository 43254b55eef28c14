"""Whatever ends a command ends it with one line in both languages; the stack is in the log file that the line names.
What the commands do belongs to the integration tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.commands.ending import sentence
from pipelines.layout import Layout

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("problem", "zh", "en"),
    [
        (OSError(28, "No space left on device", "/d/x"), "磁盘已满（/d/x）", "the disk is full (/d/x)"),
        (PermissionError(13, "Permission denied", "/d/x"), "没有权限（/d/x）", "permission is denied (/d/x)"),
        (RuntimeError("密钥不对 | the key is another one"), "密钥不对", "the key is another one"),
        (ValueError("Partition key range start"), "意外错误", "unforeseen"),
        (MemoryError(), "内存不足", "memory ran out"),
        (OSError(27, "File too large", "/d/x"), "限额（/d/x）", "limit (/d/x)"),
        (
            RuntimeError('IO Error: Could not write file "/d/x": No space left on device'),
            "磁盘已满（/d/x）",
            "full (/d/x)",
        ),
        (RuntimeError("database is read-only\nRead-only file system: '/d/x'"), "只读（/d/x）", "read-only (/d/x)"),
        (NotADirectoryError(20, "Not a directory", "/d/x"), "是文件（/d/x）", "where a folder belongs (/d/x)"),
    ],
)
def test_a_fault_is_one_line_of_ours_and_its_stack_is_in_a_file(
    tmp_path: Path, problem: Exception, zh: str, en: str
) -> None:
    said = sentence(Layout(data=tmp_path, key_file=tmp_path / "key"), problem)
    (log,) = (tmp_path / "logs").iterdir()
    assert "\n" not in said
    assert zh in said and en in said and str(log) in said
    assert "Partition key" not in said
    assert type(problem).__name__ in log.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_the_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file where a folder belongs")
    said = sentence(Layout(data=tmp_path, key_file=tmp_path / "key"), ValueError("x"))
    assert "\n" not in said and "日志无法写入" in said and "no log can be written" in said and "ValueError: x" in said


def test_old_logs_do_not_pile_up(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    for number in range(60):
        (tmp_path / "logs" / f"20190101-{number:06d}.log").write_text("x")
    sentence(Layout(data=tmp_path, key_file=tmp_path / "key"), ValueError("x"))
    assert len(list((tmp_path / "logs").iterdir())) == 50


def test_a_command_that_breaks_ends_with_a_line_and_no_stack(tmp_path: Path) -> None:
    (tmp_path / "landing").write_text("a file where a folder belongs")
    settings = os.environ | {"ENFORCEMENT_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipelines", "status"]
    done = subprocess.run(command, env=settings, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "详情见" in done.stderr and "Details:" in done.stderr
