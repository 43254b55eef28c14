"""What the gate would say of the rows of one file before it is taken in: the rules that a row can be asked by itself.
What other rows, other kinds or a court's own history show is left to the runner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import polars as pl

from expectations.rules import Check, Rule
from expectations.suites import suite
from pipelines.extracts.contracts import contract

_OF_THE_MONTH = re.compile(r"(?<![a-z0-9])_(?!extract_month)[a-z][a-z_]*")  # what only a month's tables have
_NAME = re.compile(r"(?<!['_a-z0-9])[a-z][a-z_]*[a-z]")


@dataclass(frozen=True)
class Labelled:
    """A row that would be taken and fails a rule: its number, the column, the rule, and what stands in the columns
    that the rule compares, by heading."""

    row: int
    column: str
    rule: Rule
    values: tuple[tuple[str, str], ...]


def labelled(kind: str, rows: pl.DataFrame) -> list[Labelled]:
    """The rows of a file, as the lake would keep them, that fail a rule, in their order; one of each row and check."""
    if not rows.height:
        return []
    with duckdb.connect() as connection:
        connection.register("taken", rows.to_arrow())
        found = [
            each
            for rule in suite(kind)
            for check in rule.checks
            if not _OF_THE_MONTH.search(check.fails)
            for each in _failing(connection, kind, rule, check, rows)
        ]
    return sorted(found, key=lambda each: each.row)


def _failing(
    connection: duckdb.DuckDBPyConnection, kind: str, rule: Rule, check: Check, rows: pl.DataFrame
) -> Iterator[Labelled]:
    headers = {column.name: column.header for column in contract(kind).columns}
    named = dict.fromkeys([*_NAME.findall(check.fails), check.column])
    compared = [name for name in named if name in headers and name in rows.columns]
    columns = ", ".join(["_row_number", *compared])
    query = f"select {columns} from taken where {check.fails}"  # noqa: S608 - names come from our contracts and rules
    for row, *values in connection.execute(query).fetchall():
        said = tuple((headers[name], str(value)) for name, value in zip(compared, values, strict=True))
        yield Labelled(row, check.column, rule, said)
