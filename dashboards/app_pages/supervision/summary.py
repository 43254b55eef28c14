"""The supervision page's sums: sentence, flow from list to write-off, rates by class and source, ageing, courts.
The items themselves are in supervision_lists."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.supervision import queries
from dashboards.charts import stacks, stocks
from dashboards.markup import blocks
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell import record_table as tables
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

BY = ("problem_class", "found_by")
BANDS = ("over_180", "91_to_180", "61_to_90", "31_to_60", "up_to_30")  # oldest first
COUNTS = (
    "ledger_count",
    "found_count",
    "written_off_count",
    "due_count",
    "on_time_count",
    "open_count",
    "overdue_count",
)
SUMMED = ("ledger_count", "found_count", "written_off_count", "due_count", "on_time_count", "on_time_ratio")
LABEL_GAP = 0.075  # share of the height that a label needs
LEFT = ("open_count", "overdue_count")


def ledger(view: View, group: Group) -> pd.DataFrame:
    return view.data.ask(queries.ledger, group.court, group.scope, view.choice.window, view.choice.month)


def sentence(view: View, group: Group, frame: pd.DataFrame) -> str:
    if frame.empty:
        return view.t("supervision.headline_none", name=group.name, window=view.names.window())
    sums = frame[list(COUNTS)].sum()
    return view.t(
        "supervision.headline",
        name=group.name,
        window=view.names.window(),
        ledger=formats.number(sums["ledger_count"]),
        found=formats.number(sums["found_count"]),
        written_off=formats.number(sums["written_off_count"]),
        due=formats.number(sums["due_count"]),
        share=formats.percent(_ratio(sums["on_time_count"], sums["due_count"]), 1),
        open=formats.number(sums["open_count"]),
        overdue=formats.number(sums["overdue_count"]),
    )


def flow(view: View, frame: pd.DataFrame) -> None:
    """List → ledger → write-off in one picture, and the rates by class or by source beside it."""
    t = view.t
    if frame.empty:
        st.html(blocks.reading(t("supervision.none")))
        return
    by = url_state.choose("by", t("supervision.by"), BY, BY[0], lambda code: t(f"supervision_column.{code}"))
    grouped = frame.groupby(by, sort=False)[list(COUNTS)].sum().reset_index()
    grouped[by] = [view.t.known(by, str(value)) for value in grouped[by]]
    left, right = st.columns([6, 6], gap="medium")
    with left:
        nodes, links = streams(view, grouped, by)
        elements.picture(stocks.sankey(nodes, links, view.colours, 380), "ledger", t("supervision.flow_reading"))
    with right:
        sums = grouped[list(COUNTS)].sum()
        total = pd.DataFrame([{by: t("supervision.total"), **sums}])
        shown = pd.concat([grouped, total], ignore_index=True)
        shown["on_time_ratio"] = [
            _ratio(on, due) for on, due in zip(shown["on_time_count"], shown["due_count"], strict=True)
        ]
        wanted = tables.List("rates", "supervision_column", (by, *SUMMED, *LEFT), ratios=("on_time_ratio",))
        tables.show(view, shown, wanted)
        st.html(blocks.reading(t("supervision.rates_reading")))
        same = sums["ledger_count"] == sums["written_off_count"] + sums["open_count"]
        st.html(blocks.reading(t("supervision.adds_up" if same else "supervision.gap")))


def streams(view: View, grouped: pd.DataFrame, by: str) -> tuple[list[stocks.Node], list[stocks.Link]]:
    """Carried over and newly found on the left, the ledger in the middle, written off and open on the right."""
    t, sums = view.t, grouped[list(COUNTS)].sum()
    entries = [
        (t("supervision.carried"), int(sums["ledger_count"] - sums["found_count"]), "unjudged"),
        *((str(row[by]), int(row["found_count"]), "subject") for row in records(grouped)),
    ]
    entries = [entry for entry in entries if entry[1]]
    exits = [
        (t("supervision.written_off"), int(sums["written_off_count"]), "met"),
        (t("supervision.open"), int(sums["open_count"] - sums["overdue_count"]), "near"),
        (t("supervision.overdue"), int(sums["overdue_count"]), "below"),
    ]
    middle = len(entries)
    nodes = [
        *_column(entries, 0.001),
        stocks.Node(f"{t('supervision.ledger')} {formats.number(sums['ledger_count'])}", 0.5, 0.5, "muted"),
        *_column(exits, 0.999),
    ]
    return nodes, [
        *(stocks.Link(at, middle, n, f"{name} {n}") for at, (name, n, _) in enumerate(entries)),
        *(stocks.Link(middle, middle + 1 + at, n, f"{name} {n}") for at, (name, n, _) in enumerate(exits)),
    ]


def _column(entries: list[tuple[str, int, str]], x: float) -> list[stocks.Node]:
    """Nodes one below the other, each in the middle of its share of the height, their labels never on each other."""
    total, above = max(1, sum(n for _, n, _ in entries)), 0
    places: list[float] = []
    for _, n, _ in entries:
        places.append(max((above + n / 2) / total, places[-1] + LABEL_GAP if places else 0.02))
        above += n
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], 0.98 - LABEL_GAP * (len(places) - 1 - at))
    return [
        stocks.Node(f"{name} {n:,}", x, place, tone) for (name, n, tone), place in zip(entries, places, strict=True)
    ]


def ageing(view: View, group: Group) -> None:
    """Open items by age in fixed bands, the oldest band and the overdue part first."""
    t = view.t
    found = view.data.ask(queries.ageing, group.members, view.choice.month)
    if found.empty:
        st.html(blocks.reading(t("supervision.none_open", month=view.names.month())))
        return
    frame = found.set_index("age_band").reindex(list(BANDS)).reset_index()
    counts = frame[["open_count", "overdue_count"]].fillna(0)
    frame["overdue"], frame["in_time"] = counts["overdue_count"], counts["open_count"] - counts["overdue_count"]
    frame["label"] = [t(f"age_band.{band}") for band in frame["age_band"]]
    stack = [
        stacks.Part("overdue", t("supervision.overdue"), "below"),
        stacks.Part("in_time", t("supervision.open"), "near"),
    ]
    reading = t(
        "supervision.ageing_reading",
        n=formats.number(counts["open_count"].sum()),
        oldest=formats.number(found["oldest_age_days"].max()),
        longest=formats.number(found["longest_overdue_days"].max()),
    )
    elements.picture(stacks.rows(frame, stack, view.colours), "ageing", reading)


def courts(view: View, group: Group) -> None:
    """Each member's own items in the official order; courts without any are counted, not listed."""
    frame = view.data.ask(queries.by_court, group.members, view.choice.window, view.choice.month)
    wanted = tables.List("courts", "supervision_column", ("court", *SUMMED, *LEFT), ratios=("on_time_ratio",))
    tables.show(view, frame, wanted)
    st.html(blocks.reading(view.t("supervision.courts_reading", n=len(group.members) - len(frame))))


def _ratio(part: float, whole: float) -> float | None:
    return float(part) / float(whole) if whole else None
