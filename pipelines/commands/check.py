"""`check`: judges one file as receiving would, and prints what would become of it; nothing is taken in.
How a file is judged is in pipelines.extracts.trial; what the gate says of a whole month, only the month shows."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

from rich.table import Table

from expectations.one_file import labelled
from pipelines.commands import month_argument
from pipelines.commands.streams import errors_into
from pipelines.commands.terminal import console, done, failed, fault, legible
from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.conversions import conversions
from pipelines.extracts.landing import MONTH, spelt
from pipelines.extracts.masking import shown_file
from pipelines.extracts.messages import FileRefusedError, Message
from pipelines.extracts.trial import Trial, try_file
from pipelines.layout import Layout

HELP = "judge one file without taking it in: exit status 0 all taken, 3 some rows not, 1 file refused"
SHOWN = 20
REMEDY = (
    "请核对这一行，有误的请改正后报送；确实无误的不必处理",
    "check the row and mend what is wrong; if it is right, nothing",
)
TAKEN, REFUSED, MISASKED, IN_PART = 0, 1, 2, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file; its kind and month where its folder does not say them."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--month", type=month_argument, help="YYYY-MM")


def run(where: Layout, *, file: Path, kind: str | None = None, month: str | None = None) -> int:
    """Print what would become of the file. 0 if every row would be taken, 3 if some would not, 1 if it is refused."""
    path, name = file.absolute(), _named(file)
    kind, month = kind or _if(path.parent.name in KINDS, path.parent.name), month or _month_of(path)
    if not path.exists() or path.is_dir():
        failed(f"{name}: 没有这个文件 | there is no such file")
        return MISASKED
    if kind is None or month is None:
        failed(f"{name}: 看不出种类或月份，请加 KIND=、MONTH= | neither kind nor month is known: add KIND= and MONTH=")
        console.print(f"    KIND: {', '.join(KINDS)}\n    MONTH: 2019-12")
        return MISASKED
    console.print(f"{contract(kind).name_zh} {kind} · {month} · 试收，不入库 | a trial, nothing is taken in")
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, errors_into(nowhere):
            tried = try_file(where, path, kind, month)
    except FileRefusedError as refused:
        return _refused(file, refused.message)
    return _refused(file, tried.receipt.refusal) if tried.receipt.refusal else _told(file, tried)


def _month_of(path: Path) -> str | None:
    return _if(bool(MONTH.fullmatch(path.parent.parent.name)), path.parent.parent.name)


def _named(file: Path) -> str:
    """The file's name as it may be shown, and can be written: one that is no UTF-8 is escaped."""
    return shown_file(spelt(file.name))


def _if(holds: bool, name: str) -> str | None:
    return name if holds else None


def _refused(file: Path, message: Message) -> int:
    fault(f"{_named(file)}: 文件会被拒收 | the file would be refused", message)
    return REFUSED


def _told(file: Path, tried: Trial) -> int:
    """Counts, notices, conversions, the first rows that would not be taken, and last the verdict."""
    receipt = tried.receipt
    console.print(_counts(tried))
    for said in receipt.notices:
        console.print(f"  ! {said.zh}。{said.remedy_zh}。\n    {said.en}; {said.remedy_en}.")
    _say_conversions(tried)
    for row in tried.rejected[:SHOWN]:
        kept = "暂存 | held" if row["disposition"] == "held" else "退回 | rejected"
        said = Message(*(row[name] for name in ("reason_code", "reason_zh", "reason_en", "remedy_zh", "remedy_en")))
        fault(f"{row['row_number']} · {row['header'] or '—'} · {row['value'] or '—'} · {kept}", said)
    if len(tried.rejected) > SHOWN:
        console.print(f"  … 共 {len(tried.rejected)} 处，以上为前 {SHOWN} 处 | {len(tried.rejected)} faults in all")
    _say_labels(tried)
    if lost := receipt.rejected_count + receipt.held_count:
        failed(f"{_named(file)}: {lost} 行不会被接收 | {lost} rows would not be taken")
        return IN_PART
    done(f"{_named(file)}: 全部 {receipt.row_count} 行会被接收 | all {receipt.row_count} rows would be taken")
    return TAKEN


def _counts(tried: Trial) -> Table:
    table, receipt = Table(title="各行的去向 | What would become of the rows"), tried.receipt
    numbers = {
        "行 | rows": receipt.row_count + receipt.no_data_count,
        "= 接收 | accepted": receipt.accepted_count,
        "+ 退回 | rejected": receipt.rejected_count,
        "+ 暂存 | held": receipt.held_count,
        "+ 非数据 | no data": receipt.no_data_count,
        "换算值 | values converted": sum(count.rows for count in receipt.conversions),
    }
    for heading in numbers:
        table.add_column(heading, justify="right")
    table.add_row(*(f"{number:,}" for number in numbers.values()))
    return table


def _say_labels(tried: Trial) -> None:
    """The rows that would be taken and that the gate would label, or hold back with their court where they are many."""
    found = labelled(tried.receipt.kind, tried.taken)
    for each in found[:SHOWN]:
        said = " · ".join(f"{heading} {value}" for heading, value in each.values)
        console.print(f"  ? {each.row} · {legible(said, is_line=True)} · 接收，会被标注 | taken, and labelled")
        console.print(f"    不符合：{each.rule.zh}。{REMEDY[0]}。\n    fails: {each.rule.en}; {REMEDY[1]}.")
    if len(found) > SHOWN:
        console.print(f"  … 共 {len(found)} 处标注，以上为前 {SHOWN} 处 | {len(found)} labels in all")


def _say_conversions(tried: Trial) -> None:
    """Each kind of conversion by column: how many values, the first of them, and what spares it next time."""
    counted: Counter[tuple[str, str]] = Counter()
    for count in tried.receipt.conversions:
        counted[count.column_name, count.conversion] += count.rows
    examples = {(row["column_name"], row["conversion"]): row for row in reversed(tried.converted)}
    for (column, code), rows in sorted(counted.items()):
        said, row = conversions()[code], examples[column, code]
        example = legible(f"{row['row_number']}: {row['text']} → {row['value']}", is_line=True)
        console.print(f"  ~ {row['header']} · 换算 {rows:,} 个值 | {rows:,} values converted · {example}")
        console.print(f"    {said.zh}。{said.remedy_zh}。\n    {said.en}; {said.remedy_en}.")
