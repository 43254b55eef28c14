"""Asking a snapshot through Streamlit's caches: one connection per snapshot, one answer per question and values.
The questions themselves are in queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from dashboards import snapshot
from dashboards.snapshot import Snapshot

Query = Callable[..., pd.DataFrame]


@st.cache_resource(max_entries=16, show_spinner=False)
def _connection(_snapshot: Snapshot, database: str) -> duckdb.DuckDBPyConnection:
    return snapshot.connect(_snapshot)


@st.cache_data(max_entries=4000, show_spinner=False)
def _answer(database: str, question: str, values: tuple[Any, ...], _snapshot: Snapshot, _query: Query) -> pd.DataFrame:
    # A cursor per request: one connection object shared between threads can return empty results.
    with _connection(_snapshot, database).cursor() as cursor:
        return _query(cursor, *values)


def ask(source: Snapshot, query: Query, *values: Any) -> pd.DataFrame:
    """The query's frame for these values; a sealed snapshot's answers never change, so they are kept."""
    return _answer(str(source.database), f"{query.__module__}.{query.__qualname__}", values, source, query)
