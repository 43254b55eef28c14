"""What readers do that is recorded, before it is done: records looked at, files handed out, statements, bulletins.
Where the record is kept and how it is protected belongs to access; signing in belongs to the door."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboards.access import audit
from dashboards.access.readers import NotAllowedError
from dashboards.shell import sign_in
from dashboards.shell.navigation import HERE
from dashboards.shell.view import View

SEEN = "deeds_seen"  # the last list of each table that the log was told of in this session
NOT_RECORDED = "deeds_not_recorded"  # downloads refused since the last run, because they could not be recorded
NEEDS = {"sql": "sql", "bulletin": "bulletin", "note": "notes"}  # what a role must allow, for deeds that not all may do
# A table with one of these columns lists single records, not sums.
RECORDS = frozenset(
    {
        "case_id", "case_number", "record", "row_number", "record_key", "item_id", "petition_id", "fund_id",
        "request_id", "listing_id", "entrustment_id", "restriction_id", "lot_id",
        "preservation_case_number", "person_key",
    }
)  # fmt: skip


def record(view: View, deed: str, what: str, snapshot_id: str = "") -> None:
    """Append to the audit log, before the deed; of the snapshot that is shown, unless another is named.

    AuditError when it cannot be: the deed must not be done. NotAllowedError when the reader's role does not allow it,
    or the access file says otherwise by now.
    """
    sign_in.confirm(view.data.reader)
    if deed in NEEDS and not view.data.reader.may(NEEDS[deed]):
        raise NotAllowedError(f"{view.data.reader.role}: {deed}")
    audit.record(view.data.reader.name, view.data.reader.role, deed, what, snapshot_id or view.data.source.snapshot_id)


def holds_records(frame: pd.DataFrame) -> bool:
    return not RECORDS.isdisjoint(frame.columns)


def seen(view: View, name: str, frame: pd.DataFrame) -> None:
    """Records that the list `name` of the address was looked at; once for as long as it shows the same."""
    if frame.empty or not holds_records(frame):
        return
    what = f"{address()} · {name} · {len(frame)}"
    told: dict[str, str] = st.session_state.setdefault(SEEN, {})
    if told.get(name) != what:
        record(view, "cases", what)
        told[name] = what


def address() -> str:
    """Page and parameters, as in the reader's address bar: court, indicator, side, page of the list and all."""
    said = {name: st.query_params.get_all(name) for name in sorted(st.query_params)}
    return f"{st.session_state.get(HERE, '')}?{urlencode(said, doseq=True)}"
