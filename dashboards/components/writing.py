"""Doing what a button asks for: the reader is asked for again, and what cannot be done is said in a sentence.
What may be written, and by whom, is decided in proceedings."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboards.access.audit import AuditError
from dashboards.proceedings.store import LONGEST, NotPossibleError, StoreError, Writer
from dashboards.shell import sign_in
from dashboards.shell.view import View


def writer(view: View) -> Writer:
    """The reader of this page, with the snapshot before their eyes."""
    return Writer(view.data.reader, view.choice.province, view.data.source.snapshot_id)


def failed(view: View, why: Exception) -> None:
    """Says that the store or the audit trail cannot be used, in the half of the message that the reader reads."""
    st.error(view.t("writing.failed", why=view.t.half(str(why))))


def done(view: View, act: Callable[[], object]) -> bool:
    """Whether the act was done. NotAllowedError when the access file says otherwise by now."""
    sign_in.confirm(view.data.reader)
    try:
        act()
    except NotPossibleError as no:
        st.warning(view.t(f"writing.{no.reason}", most=LONGEST))
        return False
    except (StoreError, AuditError) as why:
        failed(view, why)
        return False
    return True
