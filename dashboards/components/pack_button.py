"""The meeting pack from the page: made with its progress shown, then offered as four files.
How a pack is written and proven is in dashboards.bulletin."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from dashboards.bulletin import (
    EDITIONS,
    BulletinError,
    FontsMissingError,
    NothingToReportError,
    UnprovenTextError,
    made_before,
    make_pack,
)
from dashboards.shell import audit_trail
from dashboards.shell.view import View

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html",
}


def button(view: View) -> None:
    """Behind a button: the edition, the making, the files that are there; for those who may have them."""
    t = view.t
    if not view.data.reader.may("bulletin"):
        return
    with st.popover(t("pack.open"), key="pack_open"):
        first = EDITIONS.index(view.choice.mode) if view.choice.mode in EDITIONS else 0
        edition = st.radio(
            t("pack.edition"),
            EDITIONS,
            first,
            lambda code: t(f"pack_edition.{code}"),
            horizontal=True,
            key="pack_edition",
        )
        st.caption(t("pack.what", month=view.names.month()))
        if st.button(t("pack.make"), type="primary", key="pack_make"):
            _make(view, str(edition))
        _files(view, str(edition))


def _make(view: View, edition: str) -> None:
    audit_trail.record(view, "bulletin", f"{view.choice.month} {edition} {view.lang}")

    def told_step(step: str) -> None:
        st.caption(view.t(f"pack_step.{step}"))

    with st.status(view.t("pack.making"), expanded=True) as told:
        try:
            pack = make_pack(
                view.choice.month, edition, view.lang, view.data.source.snapshot_id, view.choice.province, told_step
            )
        except (BulletinError, OSError) as refusal:
            told.update(label=view.t("pack.failed"), state="error")
            st.error(view.t(f"pack_failure.{_kind(refusal)}"))
            st.text(str(refusal))
            return
        told.update(
            label=view.t("pack.made", claims=f"{pack.claims:,}", seconds=f"{pack.seconds:.1f}"), state="complete"
        )


def _kind(refusal: Exception) -> str:
    """Why there is no pack, by what the reader can do about it."""
    kinds = {
        NothingToReportError: "nothing", FontsMissingError: "fonts", UnprovenTextError: "unproven", OSError: "disk",
    }  # fmt: skip
    return next((kind for error, kind in kinds.items() if isinstance(refusal, error)), "nothing")


def _files(view: View, edition: str) -> None:
    files = made_before(view.data.source, view.choice.month, edition, view.lang, view.choice.province)
    if not files:
        st.caption(view.t("pack.none"))
    for ending, kind in KINDS.items():
        if ending in files:
            file = files[ending]
            st.download_button(
                view.t(f"pack_file.{ending}"),
                partial(_handed_out, view, file),
                file_name=file.name,
                mime=kind,
                key=f"pack_{ending}",
                on_click="ignore",
            )


def _handed_out(view: View, file: Path) -> bytes:
    audit_trail.record(view, "export", file.name)
    return file.read_bytes()
