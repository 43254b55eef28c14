"""`settings`: the installation's settings, written to start from, or checked and told.
What has to hold, and how they become one with the national catalogue, is said in pipelines.settings."""

from __future__ import annotations

import argparse

from pipelines.layout import Layout

HELP = "write a set of settings to start from, or check the installation's"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to check only."""
    parser.add_argument("--check", action="store_true", help="check, and write nothing")


def run(where: Layout, *, check: bool) -> int:
    """0 when the settings hold, or were written to start from; 1 with every fault."""
    from pipelines.commands.terminal import console, done, failed
    from pipelines.settings.effective import files, load
    from pipelines.settings.starting import write

    if not check:
        for path in write(where):
            console.print(f"  {path}", highlight=False, soft_wrap=True)
        done(f"样表已写好，已有的文件未动 | sheets to start from, existing files untouched: {where.settings}")
        return 0
    settings = load(where)
    for each in settings.faults:
        failed(str(each))
    if settings.faults:
        return 1
    read = ", ".join(f"{sheet.file} ({len(sheet.rows)})" for sheet in settings.sheets if sheet.rows)
    done(f"设置可用 | the settings hold: {read}")
    if settings.folders != (where.settings,):
        console.print(
            f"    {where.settings} 里还没有设置，用的是样例的名册；make settings 写出样表\n"
            f"    {where.settings} holds none: the register of the samples is used; make settings writes a set",
            soft_wrap=True,
        )
    return 0 if files(where) else 1
