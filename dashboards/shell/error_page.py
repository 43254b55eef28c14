"""What a reader is told when a page cannot be shown: its snapshot is gone or damaged, or a question to it failed.
Mistakes of the program itself are not caught: they are for its maintainers, not for its readers."""

from __future__ import annotations

import logging

import duckdb
import streamlit as st
from streamlit.navigation.page import Page

from dashboards import snapshot
from dashboards.access.audit import AuditError
from dashboards.access.readers import NotAllowedError
from dashboards.markup import blocks
from dashboards.seal import BrokenSealError
from dashboards.texts import Texts

# What DuckDB raises when the file itself cannot be read, rather than the question be answered.
UNREADABLE = (OSError, duckdb.IOException, duckdb.SerializationException, duckdb.InternalException)
# What it raises when the snapshot has no such table or column: it was published by another version of the system.
OTHER_VERSION = (duckdb.CatalogException, duckdb.BinderException)
logger = logging.getLogger(__name__)


def run(page: Page, t: Texts) -> None:
    """Runs the page; if its snapshot cannot be read or asked, says so in place of the rest of it."""
    try:
        page.run()
    except (OSError, duckdb.Error, AuditError, NotAllowedError) as error:
        logger.exception("the page %s could not be shown", page.url_path)
        kind = _kind(error)
        file = f" · {error.file} ({error.reason})" if isinstance(error, BrokenSealError) else ""
        detail = f"{page.url_path or '/'} · {type(error).__name__}{file}"
        st.html(blocks.trouble(t(f"trouble.{kind}_title"), t(f"trouble.{kind}"), t(f"trouble.{kind}_remedy"), detail))


def _kind(error: Exception) -> str:
    if isinstance(error, (AuditError, NotAllowedError)):
        return "unrecorded" if isinstance(error, AuditError) else "not_allowed"
    if isinstance(error, BrokenSealError):
        return "unsealed"
    if snapshot.find(st.query_params.get("snapshot")) is None:
        return "gone"
    if isinstance(error, OTHER_VERSION):
        return "other_version"
    return "broken" if isinstance(error, UNREADABLE) else "failed"
