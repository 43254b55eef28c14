"""`sql`: a prompt on the current snapshot, read-only and cut off from files and network.
What the prompt knows of the tables is in completion.py; questions that the gallery asks are in dashboards.queries."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer
from rich.table import Table

from pipelines.commands.completion import Names
from pipelines.commands.terminal import console
from pipelines.layout import Layout
from pipelines.publication.snapshot import DATABASE, current

HELP = "a SQL prompt on the current snapshot, read-only"
ROWS_SHOWN = 200
# A statement typed here is somebody's; it goes beside the hash key, outside code and data, and only they may read it.
HISTORY = "sql_history"
SANDBOX: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "threads": "2",
}
WAYS = """\
.tables [词]        表及说明 | tables with their comments
.columns <table>    列及说明 | columns with their comments
.macros             一行取数的宏 | macros that give a dashboard's number in one line
.help  .quit        一条语句以分号结束，Tab 补全，↑ 历史，Ctrl+C 停止 | ends with a semicolon; Tab, ↑, Ctrl+C
例 | e.g.  from indicator('QX02', in_window := 'ytd') where scope_code = 'province';
"""
QUESTIONS = {
    ".tables": "select schema_name || '.' || table_name as table, estimated_size as rows, comment"
    " from system.main.duckdb_tables()"
    " where not internal and contains(schema_name || '.' || table_name || coalesce(comment, ''), $word) order by 1",
    ".columns": "select column_name, data_type, comment from system.main.duckdb_columns() where not internal"
    " and (table_name = $word or schema_name || '.' || table_name = $word) order by column_index",
    ".macros": "select function_name as macro, parameters, comment from system.main.duckdb_functions()"
    " where not internal and contains(function_name, $word) order by 1",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(where: Layout) -> int:
    """Ask until end of input. 1 if nothing has been published."""
    snapshot_id = current(where)
    if snapshot_id is None:
        console.print("还没有发布快照，请先运行 make run | nothing has been published yet: make run")
        return 1
    database = where.published / snapshot_id / DATABASE
    with duckdb.connect(str(database), read_only=True, config=SANDBOX) as connection:
        connection.execute("set disabled_filesystems = 'LocalFileSystem'")
        connection.execute("set lock_configuration = true")
        console.print(f"{snapshot_id} (read-only)\n{WAYS}")
        typed = _prompted(connection, where.key_file.with_name(HISTORY)) if sys.stdin.isatty() else _piped()
        for statement in typed:
            _answer(connection, statement)
    return 0


def is_whole(text: str) -> bool:
    """Whether Enter asks the question: a dot command, a statement that ends with a semicolon, or nothing."""
    said = text.strip()
    return not said or said.startswith(".") or said.endswith(";")


def _prompted(connection: duckdb.DuckDBPyConnection, history: Path) -> Iterator[str]:
    """What is typed on a terminal, statement by statement; Ctrl+C drops the line, Ctrl+D ends."""
    keys = KeyBindings()

    @keys.add("enter")
    def _enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    history.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(history, os.O_CREAT | os.O_APPEND, 0o600))
    session: PromptSession[str] = PromptSession(
        "sql> ",
        multiline=True,
        prompt_continuation=lambda width, line, wraps: "... ".rjust(width),
        key_bindings=keys,
        history=FileHistory(str(history)),
        auto_suggest=AutoSuggestFromHistory(),
        completer=Names(connection),
        complete_while_typing=True,
        lexer=PygmentsLexer(SqlLexer),
    )
    while True:
        try:
            said = session.prompt().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if said in (".quit", ".exit"):
            return
        if said:
            yield said


def _piped() -> Iterator[str]:
    """What comes through a pipe or from a file, statement by statement."""
    lines: list[str] = []
    for line in sys.stdin:
        lines.append(line)
        said = "".join(lines).strip()
        if said and is_whole(said):
            if said in (".quit", ".exit"):
                return
            yield said
            lines = []
    if said := "".join(lines).strip():
        yield said


def _answer(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    command, _, word = statement.partition(" ")
    try:
        if command in QUESTIONS:
            _show(_executed(connection, QUESTIONS[command], {"word": word.strip().rstrip(";")}))
        elif command.startswith("."):
            console.print(WAYS)
        else:
            _show(_executed(connection, statement))
    except duckdb.Error as error:
        console.print(str(error), style="red")
    except KeyboardInterrupt:
        console.print("已停止 | stopped", style="red")


def _executed(
    connection: duckdb.DuckDBPyConnection, statement: str, values: dict[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """Runs beside this thread, which is the one that hears Ctrl+C and stops the statement."""
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(connection.execute, statement, values)
        try:
            return running.result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


def _show(answered: duckdb.DuckDBPyConnection) -> None:
    """The first rows as a table; more lines than the screen holds go through a pager where somebody watches."""
    if not answered.description:
        return
    rows = answered.fetchmany(ROWS_SHOWN + 1)
    table = Table(*(str(column[0]) for column in answered.description))
    for row in rows[:ROWS_SHOWN]:
        table.add_row(*("—" if value is None else str(value) for value in row))
    if console.is_terminal and len(rows) + 6 > console.height and os.environ.get("PAGER", "less"):
        with console.pager(styles=False):
            console.print(table)
    else:
        console.print(table)
    if len(rows) > ROWS_SHOWN:
        console.print(f"只显示前 {ROWS_SHOWN} 行，请加条件或 limit | the first {ROWS_SHOWN} rows are shown")
