"""What a run looks like on a terminal: progress by step, tables of what came in, faults with their remedies.
What the steps are is said by pipelines.defs; what the faults are, by receiving and the gate."""

from __future__ import annotations

import sys
import time
import unicodedata
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from expectations.results import GateResult
from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.loading import KindReceipt
from pipelines.extracts.mending import Mended
from pipelines.extracts.messages import Message


class Terminal(Console):
    """A console that obeys nothing it is given to show: values and file names of deliveries come through here."""

    def render_str(self, text: str, **said: Any) -> Text:
        """The text as it stands: no markup, no emoji by name, no control characters."""
        return super().render_str(legible(text), **{**said, "markup": False, "emoji": False})


def legible(text: str, *, is_line: bool = False) -> str:
    """The text with whatever a terminal would obey written out: ESC, other controls, turned writing, invisible marks.

    New lines and tabs stay, unless it `is_line`: a file name that goes on in a second line could tell a lie there.
    """
    kept = "" if is_line else "\n\t"
    return "".join(c if c in kept or not _is_obeyed(c) else _written_out(c) for c in text)


def _is_obeyed(character: str) -> bool:
    return not character.isprintable() and character != "\u3000" and unicodedata.category(character) != "Zs"


def _written_out(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


# Bound to the terminal itself: what tools print while they work goes to their log.
# Where nobody can see how wide a terminal is, tables are as wide as a wide one.
console = Terminal(file=sys.stdout, highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 140)


class TerminalReporter:
    """Prints a line when a step ends, with what it did and how long it took; the parts run by meanwhile."""

    def __init__(self) -> None:
        self.receipts: dict[str, list[KindReceipt]] = {}
        self.seconds: dict[str, float] = {}
        self.lost: list[Mended] = []
        self._started: dict[str, float] = {}
        self._run_started = time.monotonic()
        self._status = console.status("")

    def __enter__(self) -> TerminalReporter:
        self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def start(self, step: str, total: int | None) -> None:
        self._started[step] = time.monotonic()
        self._status.update(Text(legible(f"{step}" + (f" · {total}" if total else ""))))

    def advance(self, step: str, detail: str) -> None:
        self._status.update(Text(legible(f"{step} · {detail} · {self._elapsed():.0f} s")))

    def finish(self, step: str, detail: str) -> None:
        self.seconds[step] = time.monotonic() - self._started.pop(step, time.monotonic())
        line = (legible(f"  {step:<28} {detail}  "), (f"({self.seconds[step]:.1f} s)", "dim"))
        console.print(Text.assemble((f"{self._elapsed():7.1f} s", "dim"), *line))

    def received(self, kind: str, receipt: KindReceipt) -> None:
        self.receipts.setdefault(kind, []).append(receipt)
        self.advance(f"receive {kind}", f"{receipt.month}: {receipt.rows:,} rows")

    def told(self, mended: Mended) -> None:
        """Say at once what was damaged on the disk and what became of it."""
        said = mended.message
        if mended.is_lost:
            self.lost.append(mended)
            fault(mended.place, said)
            return
        console.print(f"  ! {said.zh}。{said.remedy_zh}。\n    {said.en}; {said.remedy_en}.")

    def _elapsed(self) -> float:
        return time.monotonic() - self._run_started


def receipts_table(receipts: dict[str, list[KindReceipt]]) -> Table:
    """Rows delivered by kind, and where each of them went: the columns add up."""
    table = Table(title="收到的行 | Rows received")
    table.add_column("种类 | kind")
    for heading in (
        "文件 | files",
        "行 | rows",
        "= 接收 | accepted",
        "+ 退回 | rejected",
        "+ 暂存 | held",
        "+ 非数据 | no data",
        "拒收文件 | refused",
    ):
        table.add_column(heading, justify="right")
    totals = [0] * 7
    for kind in KINDS:
        of = receipts.get(kind, [])
        numbers = [
            sum(receipt.files for receipt in of),
            sum(receipt.rows for receipt in of),
            sum(receipt.accepted for receipt in of),
            sum(receipt.rejected for receipt in of),
            sum(receipt.held for receipt in of),
            sum(receipt.no_data for receipt in of),
            sum(len(receipt.refused) for receipt in of),
        ]
        totals = [total + number for total, number in zip(totals, numbers, strict=True)]
        table.add_row(f"{contract(kind).name_zh} {kind}", *(f"{number:,}" for number in numbers))
    table.add_section()
    table.add_row("合计 | total", *(f"{number:,}" for number in totals))
    return table


def gate_table(results: Iterable[GateResult]) -> Table:
    """Rules that failed somewhere, by kind: how many months and rows, and whether a month is blocked."""
    found: dict[tuple[str, str], list[tuple[str, int, bool]]] = {}
    texts: dict[str, str] = {}
    for result in results:
        for outcome in result.failed:
            texts[outcome.rule_code] = f"{outcome.rule_zh} | {outcome.rule_en}"
            place = (result.kind, outcome.rule_code)
            found.setdefault(place, []).append((result.month, outcome.failed_count, outcome.blocks))
    table = Table(title="质量关口 | Gate")
    for heading in ("种类 | kind", "规则 | rule", "结论 | verdict"):
        table.add_column(heading)
    for heading in ("月份 | months", "行 | rows"):
        table.add_column(heading, justify="right")
    for (kind, code), failures in sorted(found.items()):
        blocked = [month for month, _, blocks in failures if blocks]
        verdict = Text(f"阻断 | blocks {', '.join(blocked[:6])}", "red") if blocked else "标注 | label"
        table.add_row(kind, texts[code], verdict, str(len(failures)), f"{sum(rows for _, rows, _ in failures):,}")
    return table


def fault(title: str, message: Message) -> None:
    """One fault as a clerk reads it: where, what, and what to do."""
    failed(legible(title, is_line=True))
    console.print(f"    {message.zh}。{message.remedy_zh}。")
    console.print(f"    {message.en}; {message.remedy_en}.")


def failed(sentence: str) -> None:
    """One line about something that was asked for and did not happen."""
    console.print(Text.assemble(("✗", "red"), " ", legible(sentence)))


def done(sentence: str) -> None:
    """One line about something that was asked for and happened."""
    console.print(Text.assemble(("✓", "green"), " ", legible(sentence)))
