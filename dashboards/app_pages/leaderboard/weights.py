"""The leaderboard's weights: the published sensitivity of composite ranks, and a trial with the reader's own weights.
A trial never touches a published rank; its arithmetic is in reweighting."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.leaderboard import reweighting
from dashboards.app_pages.leaderboard.chart_shifts import shifts
from dashboards.markup import blocks
from dashboards.queries import rankings as queries
from dashboards.rows import records
from dashboards.shell import elements, url_sliders
from dashboards.shell.view import View

PARAMETER = "weights"
LEAST_MOST = 3.0  # the sliders end at three, or at twice the largest published weight


@st.fragment
def weights(view: View) -> None:
    """Sliders, what they change, published and trial ranks on one line, and both as a table."""
    t, asked = view.t, view.choice.compared
    elements.section(t("weights.section"), t("weights.measure"))
    points, published = view.data.ask(queries.points, *asked), view.data.ask(queries.sensitivity, *asked)
    if points.empty or published.empty:
        st.html(blocks.reading(t("weights.none")))
        return
    defaults = {str(k): float(v) for k, v in points.groupby("indicator_code")["weight"].first().items()}
    most = max(LEAST_MOST, 2 * max(defaults.values()))
    chosen = url_sliders.current(PARAMETER, defaults, most)
    with st.expander(t("weights.open"), expanded=chosen != defaults):
        st.html(blocks.notice(t("weights.warning")))
        url_sliders.sliders(PARAMETER, defaults, most, view.names.indicator, 3)
        st.button(t("weights.reset"), on_click=url_sliders.reset, args=(PARAMETER,), disabled=chosen == defaults)
    frame = tried(published, reweighting.composite(points, chosen))
    st.html(blocks.reading(sentence(view, frame, sum(chosen[c] != defaults[c] for c in defaults), chosen)))
    _picture(view, frame)
    _table(view, frame)


def tried(published: pd.DataFrame, trial: pd.DataFrame) -> pd.DataFrame:
    """The published ranks with `tried_rank`, `tried_value` and `moved` (published − trial rank) beside them."""
    names = {"rank": "tried_rank", "value": "tried_value"}
    frame = published.merge(trial.rename(columns=names), on="court_code", how="left")
    frame["moved"] = frame["rank"] - frame["tried_rank"]
    return frame


def sentence(view: View, frame: pd.DataFrame, changed: int, chosen: dict[str, float]) -> str:
    """What the trial weights do to the ranks."""
    if not any(chosen.values()):
        return view.t("weights.nothing")
    if changed == 0:
        return view.t("weights.published")
    moves = frame["moved"].fillna(0).abs()
    if not moves.any():
        return view.t("weights.unmoved", n=changed, ranked=len(frame))
    farthest = view.names.court(frame.loc[moves.idxmax(), "court_code"])
    moved = int((moves > 0).sum())
    return view.t("weights.changed", n=changed, ranked=len(frame), moved=moved, most=int(moves.max()), court=farthest)


def _picture(view: View, frame: pd.DataFrame) -> None:
    rows = records(frame)
    shown = pd.DataFrame({"rank": frame["rank"].astype(float), "other": frame["tried_rank"].astype(float)})
    shown["low"], shown["high"] = frame["weight_rank_low"].astype(float), frame["weight_rank_high"].astype(float)
    shown["label"] = [f"{int(row['rank'])}  {view.names.court(row['court_code'])}" for row in rows]
    shown["hover"] = [_hover(view, row) for row in rows]
    elements.picture(shifts(shown, view.colours, view.t("weights.head")), "weights", view.t("weights.reading"))


def _hover(view: View, row: dict[str, Any]) -> str:
    other = view.t("weights.unranked") if pd.isna(row["tried_rank"]) else str(int(row["tried_rank"]))
    return view.t(
        "weights.hover", court=view.names.court(row["court_code"], short=False), rank=int(row["rank"]), other=other,
        low=int(row["weight_rank_low"]), high=int(row["weight_rank_high"]),
    )  # fmt: skip


def _table(view: View, frame: pd.DataFrame) -> None:
    t, rows = view.t, records(frame)
    shown = pd.DataFrame(
        {
            "published_rank": frame["rank"].tolist(),
            "short_name": [view.names.court(row["court_code"]) for row in rows],
            "tried_rank": frame["tried_rank"].tolist(),
            "moved": frame["moved"].tolist(),
            "range": [f"{int(row['weight_rank_low'])}–{int(row['weight_rank_high'])}" for row in rows],
            "sensitive": [_indicator(view, row["most_sensitive_indicator_code"]) for row in rows],
            "published_value": frame["composite_value"].round(2).tolist(),
            "tried_value": frame["tried_value"].round(2).tolist(),
        }
    )
    columns = {name: elements.figure(t(f"weights.{name}")) for name in ("published_rank", "tried_rank", "moved")}
    columns = {
        "published_rank": columns.pop("published_rank"),
        "short_name": elements.text(t("column.court")),
        **columns,
    }
    columns |= {name: elements.text(t(f"weights.{name}")) for name in ("range", "sensitive")}
    elements.table(view, shown, columns, "weights_table", rows=12)
    heads = {name: t(f"weights.{name}") for name in shown.columns if name != "short_name"}
    heading = [t("weights.section"), view.names.where(), t("weights.warning")]
    elements.download(view, shown.rename(columns={**heads, "short_name": t("column.court")}), "weights", heading)


def _indicator(view: View, code: Any) -> str:
    return view.names.indicator(code) if isinstance(code, str) else formats.ABSENT
