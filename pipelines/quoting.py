"""Names and texts written into SQL statements that take no bound values: attach, copy, comment, definitions of macros.
Values of questions are bound and never come here."""

from __future__ import annotations


def quoted(identifier: str) -> str:
    """An identifier, as DuckDB and PostgreSQL both write it."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string literal."""
    return "'" + text.replace("'", "''") + "'"
