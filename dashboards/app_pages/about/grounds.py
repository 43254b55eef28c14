"""The blocks of `About this number`: the number in words, its months, its SQL, its deliveries, its earlier values.
Its card and its records are the blocks of the same names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats, snapshot
from dashboards.app_pages.about import published_history
from dashboards.components import amounts, missing_columns, ranking_words, sql_handover
from dashboards.markup import blocks
from dashboards.queries import definitions
from dashboards.queries import numbers as queries
from dashboards.rows import records
from dashboards.shell import court_scope, elements, navigation, url_state
from dashboards.shell.view import View

Row = Mapping[str, Any]
SAME = 1e-12  # relative: sums are exact decimals, only the division is floating


def root(view: View) -> str:
    """The province's high court, whose scope `province` is the whole; any court in a snapshot without one."""
    return view.data.root or str(view.data.courts.index[0])


def choose_version(view: View, found: pd.DataFrame) -> dict[str, Any] | None:
    """The row of the version asked for; a choice is offered while two definitions overlap."""
    if found.empty:
        return None
    versions = found["definition_version"].astype(str).tolist()
    if len(versions) == 1:
        return dict(found.iloc[0])
    with view.more:
        chosen = url_state.choose(
            "version", view.t("bar.version"), versions, versions[0], lambda v: view.t("about.version", version=v), 150
        )
    return dict(found.iloc[versions.index(chosen)])


def sentence(view: View, number: queries.Number, row: Row) -> str:
    t = view.t
    name = view.names.court(number.court, short=False)
    if number.scope != "own":
        name = t(f"scope.named_{number.scope}", court=name)
    said = {
        "court": name,
        "indicator": view.names.indicator(number.indicator, short=False),
        "month": view.names.month(),
        "window": view.names.window(),
        "value": amounts.worded(view, row),
        "n": formats.number(row["case_count"]),
    }
    if formats.is_absent(row["value"]) or row["status"] == "not_delivered":
        return t("about.headline_absent", reason=view.names.status(str(row["status"])), **said)
    return t("about.headline", **said)


def facts(view: View, row: Row) -> None:
    """Value, numerator, denominator, n, both intervals, standing and label, each with what it is."""
    t, unit = view.t, str(row["unit"])
    items = [
        (t("column.value"), view.names.value(row["value"], unit), _status(view, row)),
        *_without(view, row),
        (t("column.numerator"), formats.amount(row["numerator"]), _measure(view, row, "numerator")),
        (t("column.denominator"), formats.amount(row["denominator"]), _measure(view, row, "denominator")),
        ("n", formats.number(row["case_count"]), t("card.minimum_line", n=formats.number(row["min_denominator"]))),
        (
            t("about.interval"),
            ranking_words.interval(view, dict(row)),
            t("about.concentrated") if row["is_concentrated"] is True else "",
        ),
        _standing(view, row),
        (t("about.label"), t(f"badge.{label(row)}"), t(f"about.{label(row)}")),
    ]
    st.html(blocks.facts(items))
    snapshot, published = view.data.source.snapshot_id, view.data.source.published_at()
    shown = formats.moment(published)
    st.html(blocks.reading(t("about.snapshot", snapshot=snapshot, published=shown)))


def _status(view: View, row: Row) -> str:
    """The status; where interval or largest case leave it open, that and why."""
    return ranking_words.doubted(view, row, view.names.status(str(row["judged_status"])))


def _without(view: View, row: Row) -> list[tuple[str, str, str]]:
    """The value without its largest record, where few carry it."""
    said = amounts.without(view, row)
    return [(view.t("about.without"), said, view.t("about.without_note"))] if said else []


def _measure(view: View, row: Row, side: str) -> str:
    """What numerator or denominator counts, by its name."""
    measure = row[f"{side}_measure"]
    known = view.data.ask(definitions.measures).set_index("measure_code")
    return view.t.name(known.loc[measure]) if measure in known.index else ""


def label(row: Row) -> str:
    return str(row["value_label"]) if isinstance(row["value_label"], str) else "may_be_amended"


def _standing(view: View, row: Row) -> tuple[str, str, str]:
    """Rank with its interval in rank mode; the word of interval mode otherwise, and no rank."""
    t = view.t
    if not view.choice.is_ranked:
        return (t("column.status"), view.names.interval_statuses.get(row["interval_status"], formats.ABSENT), "")
    if formats.is_absent(row["rank"]):
        return (t("column.rank"), formats.ABSENT, t("about.unranked"))
    rank = t("court.rank", rank=int(row["rank"]), count=int(row["ranked_count"]))
    if formats.is_absent(row["rank_low"]):
        return (t("column.rank"), rank, "")
    return (t("column.rank"), rank, t("about.rank_interval", low=int(row["rank_low"]), high=int(row["rank_high"])))


def missing(view: View, number: queries.Number) -> None:
    """Why the number is not delivered although files came: the columns that they lack."""
    members = court_scope.members(view, number.court, number.scope)
    lacking = missing_columns.found(view, members, number.first, number.month, number.indicator)
    missing_columns.notices(view, lacking)


def ways_on(view: View, number: queries.Number) -> None:
    """The court's page, the indicator's ranking and its trend, as links."""
    chosen = {"court": number.court, "scope": number.scope, "indicator": number.indicator}
    named = ("court", "leaderboard", "trends")
    st.markdown(" · ".join(f"[{view.t(f'about.to_{page}')}]({view.address(page, **chosen)})" for page in named))


def months(view: View, number: queries.Number, row: Row) -> tuple[str, ...]:
    """Month × part of numerator and denominator; returns the kinds of extracts that they come from."""
    t = view.t
    asked = [(side, row[f"{side}_measure"], row[f"{side}_scope"]) for side in ("numerator", "denominator")]
    found = [
        view.data.ask(queries.months, number, measure, scope).assign(side=side)
        for side, measure, scope in asked
        if isinstance(measure, str)
    ]
    frame = pd.concat(found) if found else pd.DataFrame()
    if frame.empty:
        st.html(blocks.reading(t("evidence.difference") if not found else t("empty.table")))
        return ()
    shown, columns = _month_table(view, frame)
    elements.table(view, shown, columns, "months", rows=14)
    heading = [t("about.months"), view.names.where()]
    elements.download(view, shown.rename(columns=_labels(view, frame)), f"months_{number.indicator}", heading)
    st.html(blocks.reading(t("about.months_reading")))
    return tuple(sorted(frame["extract_kind"].unique().tolist()))


def _labels(view: View, frame: pd.DataFrame) -> dict[str, str]:
    """Column → heading: side, measure and how the window takes it."""
    labels = {"month": view.t("column.month"), "courts": view.t("about.courts")}
    for part in records(frame.drop_duplicates(["side", "measure_code"])):
        words = (view.t(f"column.{part['side']}"), view.t.name(part), view.t(f"rule.{part['window_rule']}"))
        labels[f"{part['side']}.{part['measure_code']}"] = view.t(
            "about.part", side=words[0], name=words[1], rule=words[2]
        )
    return labels


def _month_table(view: View, frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    frame = frame.assign(column=frame["side"] + "." + frame["measure_code"])
    counted = frame.assign(amount=frame["measure_value"].astype(float).where(frame["is_counted"].astype(bool)))
    wide = counted.pivot(index="month", columns="column", values="amount").sort_index(ascending=False)
    wide = wide[frame["column"].drop_duplicates().tolist()].reset_index()
    heard = frame.groupby("month")[["courts_delivered", "courts_expected"]].min()
    wide["courts"] = [f"{heard.loc[m, 'courts_delivered']}/{heard.loc[m, 'courts_expected']}" for m in wide["month"]]
    labels = _labels(view, frame)
    columns: dict[str, Any] = {"month": elements.text(labels["month"], width=90, pinned=True)}
    columns |= {name: elements.figure(label) for name, label in labels.items() if "." in name}
    return wide, columns | {"courts": elements.text(labels["courts"])}


def derivation(view: View, number: queries.Number, row: Row) -> None:
    """The SQL with its values, and whether it gives the published number on this snapshot."""
    t, version = view.t, str(row["definition_version"])
    found = view.data.ask(queries.derived, number, version)
    again = found.iloc[0]["value"] if len(found) else None
    is_same = same(again, row["value"])
    said = {
        "again": formats.number(again, 12) if not formats.is_absent(again) else formats.ABSENT,
        "published": formats.number(row["value"], 12) if not formats.is_absent(row["value"]) else formats.ABSENT,
    }
    st.html(blocks.check(is_same, t("about.sql_same" if is_same else "about.sql_differs", **said)))
    with st.expander(t("about.sql_show")):
        st.code(queries.derivation(number, version), language="sql")
        _to_desk(view, queries.derivation(number, version))
    st.html(blocks.reading(t("about.sql_reading", snapshot=view.data.source.snapshot_id)))


def _to_desk(view: View, statement: str) -> None:
    """The way to the SQL page with the statement in its editor, for readers who may ask."""
    if view.data.reader.may("sql") and st.button(view.t("about.sql_open"), key="about_sql_open"):
        sql_handover.put(statement)
        st.switch_page(navigation.script("sql"), query_params=view.carried)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same number, absent being the same as absent."""
    if formats.is_absent(one) or formats.is_absent(other):
        return formats.is_absent(one) and formats.is_absent(other)
    return abs(float(one) - float(other)) <= SAME * max(1.0, abs(float(other)))


def deliveries(view: View, number: queries.Number, kinds: tuple[str, ...]) -> None:
    """Month × kind of the window: who had to deliver, who did, which files, received when."""
    t = view.t
    frame = view.data.ask(queries.deliveries, number, kinds).copy() if kinds else pd.DataFrame()
    if len(frame):
        frame["kind"] = [t(f"kind.{kind}") for kind in frame["kind"]]
        pairs = zip(frame["courts_delivered"], frame["courts_expected"], strict=True)
        frame["courts"] = [f"{done}/{due}" for done, due in pairs]
    columns = {
        "month": elements.text(t("column.month"), width=90, pinned=True),
        "kind": elements.text(t("column.kind")),
        "courts": elements.text(t("about.courts")),
        "accepted_count": elements.figure(t("column.accepted_count")),
        "files": elements.text(t("column.file_name"), width="large"),
        "last_received_at": st.column_config.DatetimeColumn(t("column.received_at"), format="YYYY-MM-DD HH:mm"),
    }
    elements.table(view, frame, columns, "deliveries", rows=8)
    st.html(blocks.reading(t("about.deliveries_reading")))


def history(view: View, number: queries.Number, row: Row) -> None:
    """What publications said of this number, the latest first, and why it changed after its month was closed.

    Of a target they kept the bare value's side, without its interval: that is not repeated as a judgement.
    """
    t = view.t
    changes = view.data.ask(queries.restatements, number)
    for change in records(changes):
        old, new = (view.names.value(change[f"{when}_value"], str(row["unit"])) for when in ("old", "new"))
        line = t(
            "about.restated_line",
            old=old,
            new=new,
            cause=t.name(change, "cause"),
            file=change["last_file_name"] or formats.ABSENT,
            added=formats.number(change["added_count"]),
            removed=formats.number(change["removed_count"]),
            changed=formats.number(change["changed_count"]),
        )
        st.html(blocks.notice(line))
    said = published_history.history(snapshot.published_directory(), number.key)
    frame = pd.DataFrame(
        {
            "published_at": [formats.moment(at) for at in said["published_at"]],
            "snapshot": said["snapshot_id"],
            "version": said["definition_version"],
            "numerator": [formats.amount(v) for v in said["numerator"]],
            "denominator": [formats.amount(v) for v in said["denominator"]],
            "value": [view.names.value(v, str(row["unit"])) for v in said["value"]],
            "status": ["" if code in findings.JUDGED else view.names.status(str(code)) for code in said["status"]],
        }
    )
    columns = {name: elements.text(t(f"column.{name}")) for name in frame.columns}
    columns["published_at"] = elements.text(t("column.published_at"))
    elements.table(view, frame, columns, "history", rows=8)
    st.html(blocks.reading(t("about.history_reading")))
