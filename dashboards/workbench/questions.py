"""What may be asked: one SELECT, or EXPLAIN of one SELECT, as DuckDB's own parser reads it.
Running it, and the limits it runs in, is in worker.py."""

from __future__ import annotations

from itertools import accumulate

import duckdb

Tokens = list[tuple[int, str]]


class NotAQuestionError(Exception):
    """The text is no single SELECT, nor an explained one. Its words say what it is instead."""


def question(text: str) -> str:
    """The statement to run. NotAQuestionError, or duckdb.Error when it does not parse.

    EXPLAIN lets its statement through unread, and EXPLAIN ANALYZE runs it, so the rest is parsed by itself and what is
    run is put together anew from `explain` and that SELECT.
    """
    statement = _only(text)
    if statement.type == duckdb.StatementType.SELECT:
        return statement.query
    if statement.type == duckdb.StatementType.EXPLAIN:
        return _explained(statement.query)
    raise NotAQuestionError(statement.type.name)


def _only(text: str) -> duckdb.Statement:
    statements = duckdb.extract_statements(text)
    if len(statements) != 1:
        raise NotAQuestionError(f"{len(statements)} × {', '.join(each.type.name for each in statements)}")
    return statements[0]


def _explained(text: str) -> str:
    tokens = _tokens(text)
    at, analyze = 1, ""
    if at < len(tokens) and _word(text, tokens, at) == "analyze":
        at, analyze = at + 1, "analyze "
    found = _select(text, tokens, at)
    if found is None and not analyze and _word(text, tokens, at) == "(":
        options, at = _options(text, tokens, at)
        found, analyze = _select(text, tokens, at), options
    if found is None:
        raise NotAQuestionError("EXPLAIN")
    return f"explain {analyze}{found}"


def _options(text: str, tokens: Tokens, at: int) -> tuple[str, int]:
    """The parenthesis after EXPLAIN as it stands, and the place of the token behind it."""
    end = next((place for place in range(at, len(tokens)) if _word(text, tokens, place) == ")"), len(tokens) - 1)
    behind = tokens[end + 1][0] if end + 1 < len(tokens) else len(text)
    return f"{text[tokens[at][0] : behind].strip()} ", end + 1


def _select(text: str, tokens: Tokens, at: int) -> str | None:
    """The text from a token on, when it is one SELECT by itself."""
    if at >= len(tokens):
        return None
    rest = text[tokens[at][0] :]
    try:
        statements = duckdb.extract_statements(rest)
    except duckdb.Error:
        return None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        return None
    return rest


def _tokens(text: str) -> Tokens:
    """(offset, kind) of all but comments; DuckDB counts offsets in bytes."""
    places = {at: place for place, at in enumerate(accumulate((len(each.encode()) for each in text), initial=0))}
    found = duckdb.tokenize(text)
    return [(places[offset], str(kind)) for offset, kind in found if kind != duckdb.token_type.comment]


def _word(text: str, tokens: Tokens, at: int) -> str:
    if at >= len(tokens):
        return ""
    end = tokens[at + 1][0] if at + 1 < len(tokens) else len(text)
    return text[tokens[at][0] : end].split("/*")[0].split("--")[0].strip().casefold()
