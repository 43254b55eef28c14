"""What a command says may find no taker: a narrow terminal, a closed pipe, a full disk; the work goes on.
What the commands say belongs to their own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SAYS = """
from pipelines.commands.streams import forgive
forgive()
import sys
from rich.console import Console
console = Console(file=sys.stdout)
for _ in range(400):
    console.print("已发布 | published ✓ \\u2028 青0102执1号")
print("又一句", flush=True)
print("错误", file=sys.stderr, flush=True)
open(sys.argv[1], "w").write("the work is done")
sys.exit(3)
"""


def run(tmp_path: Path, redirect: str, **settings: str) -> tuple[int, str]:
    """Exit status of a command that says much, its output going where the shell's `redirect` sends it; what is seen."""
    work = tmp_path / "work"
    (tmp_path / "says.py").write_text(SAYS, encoding="utf-8")
    command = f"set -o pipefail; {sys.executable} {tmp_path / 'says.py'} {work} {redirect}"
    env = os.environ | {"PYTHONPATH": str(ROOT)} | settings
    done = subprocess.run(["bash", "-c", command], env=env, capture_output=True, check=False)
    assert work.read_text() == "the work is done"
    return done.returncode, done.stdout.decode("ascii", "replace")


@pytest.mark.parametrize("letters", ["ascii", "latin-1", "gbk", "utf-8", "utf-16"])
def test_a_terminal_that_lacks_letters_gets_the_rest(tmp_path: Path, letters: str) -> None:
    status, said = run(tmp_path, "", PYTHONIOENCODING=letters)
    assert status == 3
    if letters == "ascii":
        assert "| published" in said and "\\u5df2" in said


@pytest.mark.parametrize(
    "redirect", ["| head -1", "| true", ">&-", "2>&-", ">&- 2>&- <&-", "> /dev/full", "> /dev/full 2>&1"]
)
def test_where_nobody_listens_the_work_goes_on(tmp_path: Path, redirect: str) -> None:
    assert run(tmp_path, redirect)[0] == 3
