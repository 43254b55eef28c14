"""One objection: what is said to be wrong, its cases, the delivery that corrected them, its history, the next step.
Which step may follow which is decided in proceedings."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.objections.queue import Line
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.plain import inert
from dashboards.proceedings import corrections, objections
from dashboards.proceedings.objections import ACCEPTED, Objection
from dashboards.proceedings.store import LONGEST
from dashboards.rows import records
from dashboards.shell import elements, links
from dashboards.shell.view import View

CHANGED = ("case", "named", "change", "columns", "file", "received")


def show(view: View, line: Line) -> None:
    """Everything about it, then what the reader may do next."""
    one, t = line.objection, view.t
    _facts(view, line)
    st.html(
        blocks.definition(
            [
                (t("objection.wrong"), one.wrong),
                (t("objection.evidence"), one.evidence),
                (t("objection.reason"), one.reason),
            ]
        )
    )
    about = one.about
    address = links.about(view, about.indicator, about.court, about.scope, month=str(about.month), window=about.window)
    st.html(blocks.concerns([(t("objections.to_number"), address, [t("objections.to_number_reading")])]))
    _cases(view, line)
    _changes(view, line)
    _steps(view, line)
    _history(view, one)


def _facts(view: View, line: Line) -> None:
    one, t = line.objection, view.t
    about = one.about
    asked = (about.court, about.scope, about.window, about.month, about.indicator, about.version)
    now = records(view.data.ask(corrections.value_now, *asked))
    unit = (
        str(view.data.indicators.loc[about.indicator, "unit"])
        if about.indicator in view.data.indicators.index
        else "cases"
    )
    restated = now[0] if now and not formats.is_absent(now[0]["old_value"]) else None
    items = [
        (t("objections.state"), t(f"objection_state.{line.state}"), formats.moment(one.since)),
        (t("objections.last_day"), line.last_day.isoformat() if line.last_day else formats.ABSENT, _clock(view, line)),
        (t("objections.cases"), formats.number(len(one.named)), ""),
        (t("objections.value_then"), view.names.value(one.value, unit), one.acts[0].snapshot_id),
        (
            t("objections.value_now"),
            view.names.value(now[0]["value"] if now else None, unit),
            view.data.source.snapshot_id,
        ),
    ]
    st.html(blocks.facts(items))
    if restated:
        said = {
            "old": view.names.value(restated["old_value"], unit),
            "new": view.names.value(restated["new_value"], unit),
        }
        st.html(blocks.notice(t("objections.restated", file=restated["last_file_name"] or formats.ABSENT, **said)))


def _clock(view: View, line: Line) -> str:
    return view.t("objections.overdue" if line.is_overdue else "objections.running") if line.last_day else ""


def _cases(view: View, line: Line) -> None:
    one, t = line.objection, view.t
    done = line.correction.corrected if line.correction else ()
    frame = pd.DataFrame(
        {
            "case_number": list(one.named),
            "named": [t("objections.counted_wrongly")] * len(one.cases)
            + [t("objections.not_counted")] * len(one.missing),
            "corrected": [t("word.yes" if case in done else "word.no") for case in one.named],
        }
    )
    columns = {
        "case_number": elements.text(t("record.case_number"), width=220),
        "named": elements.text(t("objections.named")),
        "corrected": elements.text(t("objections.corrected")),
    }
    elements.section(t("objections.its_cases"), t("objections.its_cases_measure", n=len(one.named)))
    elements.table(view, frame, columns, "objection_cases", rows=10)


def _changes(view: View, line: Line) -> None:
    """The deliveries that touched its cases, and everything they changed."""
    found, t = line.correction, view.t
    if found is None:
        return
    elements.section(t("objections.correction"), t("objections.correction_measure"))
    if not found.deliveries:
        st.html(blocks.reading(t("objections.waiting")))
        return
    files = t("word.comma").join(found.files)
    said = {"files": files, "done": len(found.corrected), "of": len(line.objection.named), "others": found.others}
    exactly = found.is_whole and not found.others
    st.html(blocks.check(exactly, t("objections.exactly" if exactly else "objections.not_exactly", **said)))
    frame = pd.DataFrame([_change(view, row) for row in records(found.changes)], columns=list(CHANGED))
    columns = {name: elements.text(t(f"objections.change_{name}")) for name in CHANGED}
    elements.table(view, frame.assign(record_key=frame["case"]), columns, "objection_changes", rows=10)


def _change(view: View, row: dict[str, object]) -> dict[str, str]:
    return {
        "case": str(row["case_number"] or row["record_key"]),
        "named": view.t("word.yes" if row["is_named"] else "word.no"),
        "change": view.t(f"change.{row['change']}"),
        "columns": str(row["changed_columns"] or formats.ABSENT),
        "file": str(row["file_name"]),
        "received": f"{row['received_at']:%Y-%m-%d %H:%M}",
    }


def _steps(view: View, line: Line) -> None:
    one, t = line.objection, view.t
    deeds = objections.next_deeds(view.data.reader, one)
    if not deeds:
        return
    with st.form("objection_step"):
        reason = st.text_area(t("objection.reason"), max_chars=LONGEST, key=f"reason_{one.thread}", height=80)
        st.caption(t("objections.accepting") if one.state != ACCEPTED else t("objections.closing"))
        with st.container(horizontal=True):
            pressed = [deed for deed in deeds if st.form_submit_button(t(f"objection_deed.{deed}"), key=f"do_{deed}")]
    by = line.correction.deliveries if line.correction and line.correction.is_whole else ()
    if pressed and writing.done(
        view, lambda: objections.step(writing.writer(view), one, pressed[0], reason, corrected=by)
    ):
        st.rerun()


def _history(view: View, one: Objection) -> None:
    t = view.t
    frame = pd.DataFrame(
        {
            "at": [formats.moment(act.happened_at) for act in one.acts],
            "deed": [t(f"objection_deed.{act.deed}") for act in one.acts],
            "role": [t(f"role.{act.role}") for act in one.acts],
            "reason": [inert(str(act.content.get("reason") or formats.ABSENT)) for act in one.acts],
            "snapshot": [act.snapshot_id for act in one.acts],
        }
    )
    elements.section(t("objections.history"), t("objections.history_measure"))
    columns = {name: elements.text(t(f"objections.act_{name}")) for name in frame.columns}
    elements.table(view, frame, columns, "objection_history", rows=8)
