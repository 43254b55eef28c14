"""One module a command: HELP, `add_arguments` and `run`, which gives the exit status.
A module is loaded when its command is asked for, for many are heavy; the work itself is in the packages they call."""

from __future__ import annotations

import argparse
import re
from importlib import import_module
from typing import Protocol, cast

from pipelines.layout import Layout

# In the order of `--help`: what a clerk does every month first.
NAMES = (
    "run",
    "month",
    "check",
    "sample",
    "settings",
    "status",
    "gate",
    "value",
    "remake",
    "bulletin",
    "export",
    "docs",
    "prove",
    "sql",
    "serve",
    "dagster",
    "doctor",
    "backup",
    "restore",
)


class Command(Protocol):
    """What a module of this package has."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, where: Layout, **arguments: object) -> int: ...


def command(name: str) -> Command:
    """The module of that command."""
    return cast(Command, import_module(f"pipelines.commands.{name}"))


def force_argument(parser: argparse.ArgumentParser) -> None:
    """`--force`, which FORCE=1 of the Makefile stands for."""
    parser.add_argument("--force", action="store_true", help="publish also a month of which few courts have delivered")


def month_argument(text: str) -> str:
    """`YYYY-MM`, or argparse's own error."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text}: 月份应写作 2019-12 | a month is written 2019-12")
    return text
