"""The dashboards without the walls that a click passes, for the measurement in doors.py: no guard before the server, no
look at digests, no audit log. What a page computes and shows is the same."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import seal
from dashboards.access import audit

SCRIPT = Path(__file__).resolve().parents[2] / "dashboards" / "streamlit_app.py"


def _unverified(database: Path, sha256: str | None) -> seal.State:
    return seal.state(database.stat())


def _unrecorded(reader: str, role: str, deed: str, what: str = "", snapshot_id: str = "") -> None:
    return None


seal.verify = _unverified
audit.record = _unrecorded
app = st.App(SCRIPT)
