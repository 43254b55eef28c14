"""What deploy/ names is there: paths, commands, settings, versions; and what it installs starts nothing.
What a bundle installs, and that it needs no network, belongs to the tests of commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from pipelines import commands
from tests.architecture.repository import ROOT, texts

DEPLOY = ROOT / "deploy"
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
UNITS = sorted(DEPLOY.glob("*.service"))
TOOLS = ("bash", "cat", "chmod", "grep", "rm", "ls")


def steps(word: str) -> list[str]:
    return re.findall(rf"^{word} (.+)$", CONTAINER, re.M)


def known_variables() -> str:
    return "\n".join(text for path, text in texts(".py") if not path.startswith("tests/"))


def test_what_the_container_copies_is_there_and_is_every_package_of_ours() -> None:
    copied = {source for step in steps("COPY") for source in step.split()[:-1]}
    assert {source for source in copied if not (ROOT / source).exists()} == set()
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(said["tool"]["importlinter"]["root_packages"]) | {"dbt_project", "requirements.lock"} <= copied


def test_the_container_has_a_python_that_we_are_tested_with() -> None:
    (image,) = steps("FROM")
    (version,) = re.findall(r"python:(\d+\.\d+)-", image)
    assert version in ("3.11", "3.12", "3.13")


def test_the_container_starts_a_command_that_there_is() -> None:
    (said,) = steps("CMD")
    assert re.findall(r'"([\w./-]+)"', said) == [".venv/bin/python", "-m", "pipelines", "serve"]
    assert "serve" in commands.NAMES
    assert ".venv/.ready" in CONTAINER and ".venv/bin/python" in said


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_starts_a_command_that_there_is(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    (program, name) = re.findall(r"^ExecStart=(\S+)/\.venv/bin/python -m pipelines (\w+)$", text, re.M)[0]
    assert name in commands.NAMES
    assert f"WorkingDirectory={program}\n" in text
    (writable,) = re.findall(r"^ReadWritePaths=(\S+)$", text, re.M)
    assert f"Environment=ENFORCEMENT_DATA_DIR={writable}\n" in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_finds_nothing_wrong_with_a_unit_but_that_nothing_is_installed_here(unit: Path) -> None:
    if not shutil.which("systemd-analyze"):
        return
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False
    )
    found = [
        line for line in done.stderr.splitlines() if line.startswith(unit.name) and "is not executable" not in line
    ]
    assert found == []


def test_every_setting_that_is_named_is_one_of_ours() -> None:
    named = {name for file in DEPLOY.iterdir() for name in re.findall(r"ENFORCEMENT_[A-Z_]+", file.read_text("utf-8"))}
    assert len(named) >= 3
    assert {name for name in named if name not in known_variables()} == set()


def test_what_the_tests_need_is_installed_without_starting_a_service(tmp_path: Path) -> None:
    """apt-get, systemctl and id are stand-ins: what they are asked, and whether a package might start anything."""
    tools, heard, policy = tmp_path / "bin", tmp_path / "heard", tmp_path / "policy-rc.d"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(str(shutil.which(tool)))
    stand_ins = {
        "id": "echo 0",
        "apt-get": f'echo "apt-get $1 $({policy} || echo $?)" >>{heard}',
        "systemctl": f'echo "systemctl $*" >>{heard}; [ "$1" != cat ] || [ "$2" = postgresql ]',
    }
    for name, said in stand_ins.items():
        (tools / name).write_text(f"#!{shutil.which('bash')}\n{said}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    environment = {"PATH": str(tools), "POLICY": str(policy), "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(
        [str(shutil.which("bash")), str(DEPLOY / "needs.sh")], env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert heard.read_text(encoding="utf-8").splitlines() == [
        "systemctl cat nginx", "systemctl cat postgresql", "apt-get update 101", "apt-get install 101",
        "systemctl disable --quiet nginx",
    ]  # fmt: skip
    assert not policy.exists()
