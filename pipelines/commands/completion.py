"""What the SQL prompt completes: tables, columns, macros and codes of indicators, with what they mean beside them.
All of it is read once from the snapshot that is asked; asking belongs to asking.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

import duckdb
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

WORD = re.compile(r"[\w.]+$")
LEAST_LETTERS, MOST_OFFERED = 2, 60
KEYWORDS = (
    "select from where group by order by having limit with as inner join left join on and or not in is null between "
    "distinct count sum avg min max case when then else end union all except describe summarize explain pivot qualify"
)
DOTS = (".tables", ".columns", ".macros", ".help", ".quit")


class Names(Completer):
    """Words that continue what is typed; after `table.` or a table named in the statement, its columns first."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        rows = connection.execute(
            "select schema_name || '.' || table_name, table_name, column_name, coalesce(comment, '')"
            " from system.main.duckdb_columns() where not internal order by 1, column_index"
        ).fetchall()
        self._columns: dict[str, dict[str, str]] = {}
        self._everywhere: dict[str, str] = {}
        for full_name, table, column, comment in rows:
            self._columns.setdefault(table, {})[column] = comment
            self._columns.setdefault(full_name, self._columns[table])
            self._everywhere.setdefault(column, comment)
        named = connection.execute(
            """
            select schema_name || '.' || table_name, coalesce(comment, '')
            from system.main.duckdb_tables() where not internal
            union all
            select function_name || '(', coalesce(any_value(comment), '') from system.main.duckdb_functions()
            where not internal group by function_name
            """
        ).fetchall()
        self._names = dict(sorted(named)) | dict.fromkeys([*KEYWORDS.split(), *DOTS], "")

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        found = WORD.search(document.text_before_cursor)
        word = found.group().lower() if found else ""
        if len(word) < LEAST_LETTERS and not complete_event.completion_requested:
            return
        for name, meaning in islice(self._offered(document.text, word), MOST_OFFERED):
            yield Completion(name, start_position=-len(word), display_meta=meaning[:70])

    def _offered(self, statement: str, word: str) -> Iterable[tuple[str, str]]:
        """Names with their meaning, the likeliest first; a table is found by its own name without the schema too."""
        table, dot, start = word.rpartition(".")
        if dot and table in self._columns:
            yield from ((f"{table}.{name}", said) for name, said in self._columns[table].items() if start in name)
            return
        near: dict[str, str] = {}
        for said in re.findall(r"[\w.]+", statement.lower()):
            near |= self._columns.get(said, {}) if said != word else {}
        choices = near | self._names | self._everywhere
        yield from ((name, said) for name, said in choices.items() if name.startswith(word))
        yield from (
            (name, said)
            for name, said in self._names.items()
            if not name.startswith(word) and name.rpartition(".")[2].startswith(word)
        )
