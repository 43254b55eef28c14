"""Asking a snapshot: one connection per snapshot, one answer per question and values, kept for every reader.
The questions themselves are in queries; who may ask which file is decided at the door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import duckdb
import pandas as pd
from pandas.api.types import is_datetime64_dtype

from dashboards import formats, snapshot
from dashboards.rows import records
from dashboards.snapshot import Snapshot

Query = Callable[..., pd.DataFrame]
AHEAD = formats.BEIJING.utcoffset(None)


@lru_cache(maxsize=16)
def _connection(source: Snapshot) -> duckdb.DuckDBPyConnection:
    return snapshot.connect(source)


@lru_cache(maxsize=4000)
def _answer(source: Snapshot, query: Query, values: tuple[Any, ...]) -> pd.DataFrame:
    # A cursor per request: one connection object shared between threads can return empty results.
    with _connection(source).cursor() as cursor:
        return _in_beijing(query(cursor, *values))


def _in_beijing(frame: pd.DataFrame) -> pd.DataFrame:
    """Moments of a snapshot are UTC; whoever looks at a page is in Beijing's day."""
    moments = [name for name in frame.columns if str(name).endswith("_at") and is_datetime64_dtype(frame[name])]
    return frame.assign(**{name: frame[name] + AHEAD for name in moments}) if moments else frame


def ask(source: Snapshot, query: Query, *values: Any) -> pd.DataFrame:
    """The query's frame for these values, the caller's own; a sealed snapshot's answers never change, so they are kept.

    `values` are hashable: strings, numbers, tuples of them.
    """
    # A whole copy, some 0.1 ms: every shallow one, and every view of it, leaves a weak reference at the frame that is
    # kept, a hundred thousand after two hundred pages, for Python's collector to go through while readers wait.
    return _answer(source, query, values).copy()


def ask_once(source: Snapshot, query: Query, *values: Any) -> pd.DataFrame:
    """The same, and nothing kept: for a whole list that goes into a file."""
    with _connection(source).cursor() as cursor:
        return _in_beijing(query(cursor, *values))


@lru_cache(maxsize=200)
def by_code(source: Snapshot, query: Query, column: str) -> Mapping[str, dict[str, Any]]:
    """The rows of a short list of names, by their code; for everybody, and not to be changed."""
    return {row[column]: row for row in records(ask(source, query))}


def forget() -> None:
    """Forgets every answer and closes what was open."""
    _answer.cache_clear()
    by_code.cache_clear()
    _connection.cache_clear()
