"""The command line: `python -m pipelines <command>`.
Arguments only; what each command does is in pipelines.commands."""

from __future__ import annotations

import argparse
import atexit
import os
import sys

from pipelines import commands
from pipelines.environment import prepare
from pipelines.layout import layout


def parser() -> argparse.ArgumentParser:
    """All commands and their arguments."""
    made = argparse.ArgumentParser(prog="python -m pipelines", description="执行质效数据仓库 | Enforcement warehouse")
    choices = made.add_subparsers(dest="command", required=True)
    run = choices.add_parser("run", help="take in everything delivered, publish, open the dashboards")
    run.add_argument("--no-serve", action="store_true", help="stop after publishing")
    month = choices.add_parser("month", help="take in one month, rebuild, publish")
    month.add_argument("month", type=commands.month_argument, help="YYYY-MM")
    sample = choices.add_parser("sample", help="write a sample province's deliveries")
    sample.add_argument("--sample", default="qinghai", choices=("qinghai", "g_region"))
    sample.add_argument("--cases", type=int, help="how many cases (the published number if not given)")
    sample.add_argument("--courts", type=int)
    sample.add_argument("--months", type=int)
    gate = choices.add_parser("gate", help="judge what changed and show what failed, row by row if asked")
    gate.add_argument("--month", type=commands.month_argument)
    gate.add_argument("--kind")
    choices.add_parser("status", help="what has been delivered and what is published")
    value = choices.add_parser("value", help="one published number, as now or as a past snapshot showed it")
    value.add_argument("--month", type=commands.month_argument, required=True, help="YYYY-MM, the window's last month")
    value.add_argument("--court", required=True, help="court code")
    value.add_argument("--indicator", required=True, help="indicator code, or COMPOSITE")
    value.add_argument("--window", default="month", choices=("month", "ytd", "rolling_12m", "rolling_36m", "stat_year"))
    value.add_argument("--scope", default="own", choices=("own", "jurisdiction", "province"))
    value.add_argument("--asof", help="a snapshot's id; everything ever published is listed if it is not given")
    export = choices.add_parser("export", help="the public tables as Parquet files, or into PostgreSQL")
    export.add_argument("--to", help="postgresql://user:password@host/database; Parquet files if not given")
    export.add_argument("--asof", help="a snapshot's id; the current one if not given")
    choices.add_parser("docs", help="dbt's site on the models, one HTML file beside the current snapshot")
    choices.add_parser("sql", help="a SQL prompt on the current snapshot, read-only")
    choices.add_parser("serve", help="the dashboards on the current snapshot")
    choices.add_parser("dagster", help="Dagster's interface on http://127.0.0.1:3000")
    return made


def main() -> int:
    """Run one command; its exit status is 0 only if everything asked for was done."""
    arguments = vars(parser().parse_args())
    where = layout()
    prepare(where)
    return commands.COMMANDS[arguments.pop("command")](where, **arguments)


if __name__ == "__main__":
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
