"""What each command of the command line does; modules are loaded when they are needed, for they are heavy.
Arguments are read in pipelines.__main__; the work itself is in the packages that the commands call."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

from pipelines.layout import Layout

Command = Callable[..., int]


def _lazy(module: str, function: str) -> Command:
    def command(where: Layout, **arguments: Any) -> int:
        return int(getattr(import_module(f"pipelines.commands.{module}"), function)(where, **arguments))

    return command


COMMANDS: dict[str, Command] = {
    "run": _lazy("running", "run"),
    "month": _lazy("running", "month"),
    "sample": _lazy("running", "sample"),
    "gate": _lazy("looking", "gate"),
    "status": _lazy("looking", "status"),
    "export": _lazy("exporting", "export"),
    "docs": _lazy("documenting", "documentation"),
    "sql": _lazy("asking", "sql"),
    "value": _lazy("recalling", "value"),
    "serve": _lazy("serving", "dashboards"),
    "dagster": _lazy("serving", "dagster"),
}


def month_argument(text: str) -> str:
    """`YYYY-MM`, or argparse's own error."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text}: 月份应写作 2019-12 | a month is written 2019-12")
    return text
