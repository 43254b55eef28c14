"""`settings`: the installation's settings, written to start from, checked, and what a change of them would move.
What has to hold, and how they become one with the national catalogue, is said in pipelines.settings."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.layout import Layout

if TYPE_CHECKING:
    from pipelines.publication.effects import Effects

HELP = "write a set of settings to start from, check the installation's, or see what they would move"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether to check only, or to compute with them aside."""
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--check", action="store_true", help="check, and write nothing")
    asked.add_argument("--effects", action="store_true", help="check, compute aside, and tell what would move")
    parser.add_argument("--sent", metavar="NUMBER", help="of a sheet that was sent by way of the pages, beside it")


def run(where: Layout, *, check: bool, effects: bool = False, sent: str | None = None) -> int:
    """0 when the settings hold, or were written to start from; 1 with every fault."""
    from pipelines.commands.terminal import console, done
    from pipelines.settings.starting import write

    if sent is not None:
        return _sent(where, sent, effects=effects)
    if check or effects:
        status = _check(where)
        return _effects(where) if effects and status == 0 else status
    for path in write(where):
        console.print(f"  {path}", highlight=False, soft_wrap=True)
    done(f"样表已写好，已有的文件未动 | sheets to start from, existing files untouched: {where.settings}")
    return 0


def _check(where: Layout) -> int:
    from pipelines.commands.terminal import console, done, failed
    from pipelines.settings.effective import are_own, load

    settings = load(where)
    for each in settings.faults:
        failed(str(each))
    if settings.faults:
        return 1
    read = ", ".join(f"{sheet.file} ({len(sheet.rows)})" for sheet in settings.sheets if sheet.rows)
    done(f"设置可用 | the settings hold: {read}")
    if not are_own(where):
        console.print(
            f"    {where.settings} 里还没有设置，用的是样例的名册；make settings 写出样表\n"
            f"    {where.settings} holds none: the register of the samples is used; make settings writes a set",
            soft_wrap=True,
        )
    return 0


def _sent(where: Layout, number: str, *, effects: bool) -> int:
    """Write the answer beside a sheet that was sent; 1 where it does not hold, or there is none such."""
    from pipelines.commands.terminal import done, failed
    from pipelines.settings import handover, moving

    try:
        one = handover.sent(where, number)
    except handover.NotSentError:
        failed(f"没有上传过这张表 | no such sheet was sent: {number}")
        return 1
    faults = handover.answer(where, one)
    for each in faults:
        failed(str(each))
    if faults:
        return 1
    done(f"可以移交 | it can be handed over: {one.file}")
    return moving.tell(where, one, _aside) if effects else 0


def _aside(where: Layout, file: Path) -> Effects:
    """What would move with the settings of this layout against the current snapshot; nothing is published."""
    from pipelines.engines.building import on_duckdb
    from pipelines.publication.effects import effects
    from pipelines.publication.snapshot import DATABASE, current

    with tempfile.TemporaryDirectory(dir=where.warehouse, prefix=".effects-") as aside:
        built = Path(aside) / DATABASE
        on_duckdb(where, built)
        return effects(where.published / str(current(where)) / DATABASE, built, file)


def _effects(where: Layout) -> int:
    """Build with the settings as they are, aside, and tell what differs from the current snapshot."""
    from pipelines.commands.terminal import console, done, failed
    from pipelines.publication.effects import WHAT
    from pipelines.publication.snapshot import current

    now = current(where)
    if now is None:
        failed("还没有发布过，无从比较 | nothing has been published: there is nothing to compare with")
        return 1
    console.print("用现在的设置另行计算，不发布 | computing aside with the settings as they are; nothing is published")
    found = _aside(where, where.feedback / "settings-effects.csv")
    if not found:
        done(f"与现行快照 {now} 相比没有变动 | nothing moves against the current snapshot")
        return 0
    for what, count in found.counts.items():
        console.print(f"  {WHAT[what]}: {count:,}", highlight=False)
    months = f"{found.first_month} … {found.last_month}"
    done(f"与现行快照 {now} 相比有变动，月份 {months} | moved against the current snapshot: {found.file}")
    return 0
