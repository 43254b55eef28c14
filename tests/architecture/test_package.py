"""The project is installed like any other: its packages are found from every folder, and no code mends the path.
What is inside the packages belongs to the other tests of the architecture."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import commands
from pipelines.__main__ import parser

ROOT = Path(__file__).parents[2]
MENDED = re.compile(r"\bsys\.path\b|PYTHONPATH")


def test_the_packages_are_found_from_an_empty_folder(tmp_path: Path) -> None:
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    asked = [sys.executable, "-c", "import pipelines, expectations, dashboards, grammar"]
    done = subprocess.run(asked, cwd=tmp_path, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["pipelines", "expectations", "dashboards", "grammar", "Makefile"])
def test_nothing_of_the_product_mends_the_path(name: str) -> None:
    files = [ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob("*.py"))
    assert [str(file) for file in files if MENDED.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", commands.NAMES)
def test_every_command_says_what_it_does_and_takes(name: str) -> None:
    module = commands.command(name)
    assert module.HELP and name in parser([name]).format_help()


def test_every_module_of_commands_is_a_command_or_serves_one() -> None:
    serving = {
        "calendar", "__init__", "completion", "ending", "lock", "looks", "remaking", "streams", "taking_in", "terminal",
            "together",
    }  # fmt: skip
    found = {file.stem for file in (ROOT / "pipelines" / "commands").glob("*.py")}
    assert found == serving | set(commands.NAMES)


def test_no_room_of_the_gallery_hides_a_module_of_python() -> None:
    """Streamlit puts the folder of its script first on the path: a room `html` there broke every page of a server."""
    rooms = {path.stem for path in (ROOT / "dashboards").iterdir()}
    assert not rooms & sys.stdlib_module_names
