"""What deliveries say is shown on a terminal and obeyed by none: no markup of theirs, no control character.
What a run prints is tested with the runs."""

from __future__ import annotations

import io
import re

import pytest
from rich.table import Table

from pipelines.commands import terminal
from pipelines.commands.terminal import Terminal, TerminalReporter, legible
from pipelines.extracts.messages import Message

OBEYED = (
    "[/red]", "[red]", "[/]", "[bold", "[link=http://127.0.0.1:9]a[/link]", ":smile:", "\x1b[2J", "\x1b]0;title\x07",
    "\x1b]8;;http://127.0.0.1:9\x1b\\a", "\x9b2J", "\x9d0;a\x9c", "\x08\x08\x08", "a\rb", "\x07", "\x00", "\x7f",
    "\u202egpj.exe", "\u2066a\u2069", "\u200b", "\ufeff", "\u2028", "\u2029", "\u00ad", "\U000e0041", "\ud800",
    "\x0c", "\x0e",
)  # fmt: skip


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal with colours is sent."""
    target = io.StringIO()
    seen = Terminal(file=target, force_terminal=True, color_system="standard", width=160, highlight=False)
    monkeypatch.setattr(terminal, "console", seen)
    return target


def strange(sent: str) -> set[str]:
    """Characters that a terminal obeys, beside the colours and lines of our own."""
    own = re.sub(r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[[0-9]*[AK]|\r|\n", "", sent)
    return {c for c in own if not c.isprintable()}


@pytest.mark.parametrize("value", OBEYED, ids=repr)
def test_a_value_is_shown_and_not_obeyed(shown: io.StringIO, value: str) -> None:
    table = Table(value, title=value)
    table.add_row(value)
    terminal.console.print(table)
    terminal.console.print(value)
    terminal.fault(value, Message("code", value, value, value, value))
    terminal.failed(value)
    terminal.done(value)
    terminal.console.print(terminal.gate_table([]), terminal.receipts_table({}))
    with TerminalReporter() as reporter:
        reporter.start(value, 3)
        reporter.advance(value, value)
        reporter.finish(value, value)
    sent = shown.getvalue()
    assert strange(sent) == set() and "😄" not in sent
    printable = legible(value, is_line=True)
    assert sent.count(printable) >= 8, "the value itself is there to be read"


def test_a_file_name_of_two_lines_is_one_line(shown: io.StringIO) -> None:
    terminal.fault("a\n✓ published", Message("code", "zh", "en", "r", "r"))
    assert "\n✓" not in shown.getvalue()


def test_what_is_no_danger_stays_as_it_is() -> None:
    for text in ("张三\u3000李四", "买买提·某某", "𠮷", "a\tb\nc", "（2019）青0102执1号", "é", "\u00a0"):
        assert legible(text) == text
