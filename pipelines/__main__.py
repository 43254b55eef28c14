"""The command line: `python -m pipelines <command>`.
What each command takes and does is in its module of pipelines.commands."""

from __future__ import annotations

import argparse
import atexit
import os
import sys
from collections.abc import Iterable

from pipelines import commands
from pipelines.commands.ending import one_line, sentence
from pipelines.commands.lock import BusyError
from pipelines.commands.streams import forgive
from pipelines.environment import prepare
from pipelines.layout import layout


def parser(names: Iterable[str] = commands.NAMES) -> argparse.ArgumentParser:
    """The commands of those names and their arguments."""
    made = argparse.ArgumentParser(prog="python -m pipelines", description="执行质效数据仓库 | Enforcement warehouse")
    choices = made.add_subparsers(dest="command", required=True)
    for name in names:
        module = commands.command(name)
        module.add_arguments(choices.add_parser(name, help=module.HELP, description=module.HELP))
    return made


def main() -> int:
    """Run one command; its exit status is 0 only if everything asked for was done."""
    asked = sys.argv[1:2]
    arguments = vars(parser(asked if asked and asked[0] in commands.NAMES else commands.NAMES).parse_args())
    where = layout()
    try:
        prepare(where)
        return commands.command(arguments.pop("command")).run(where, **arguments)
    except BusyError as busy:
        print(one_line(str(busy)))
    except Exception as problem:  # whatever ends a command ends it with a line of ours, and its stack in a file
        print(sentence(where, problem), file=sys.stderr)
    return 1


if __name__ == "__main__":
    forgive()
    try:
        status = main()
    except KeyboardInterrupt:
        print("已中断；再次运行会接着做 | interrupted; running it again goes on from here", file=sys.stderr)
        status = 130
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    # DuckDB's bindings print a page of harmless reference counts when the interpreter takes them apart at the end.
    os._exit(status)
