"""The leaderboard's blocks: sentence, dot plot, table, courts that are not ranked, workbook.
Ranks come from the snapshot as they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.frame import parts
from dashboards.app_pages.frame.overview_blocks import rank_step
from dashboards.app_pages.frame.view import COMPOSITE, View
from dashboards.charts import dots
from dashboards.markup import blocks
from dashboards.queries import places

SMALL = 30  # a ranked court below this n is drawn hollow: its place moves with a handful of cases


def option(view: View, code: str) -> str:
    return view.indicator_name(code) if code == COMPOSITE else f"{code} {view.indicator_name(code)}"


def sentence(view: View, indicator: str, ranked: pd.DataFrame) -> str:
    name = view.indicator_name(indicator)
    if ranked.empty:
        return view.t("leaderboard.headline_none", indicator=name, peer=view.peer_name())
    first, last, unit = ranked.iloc[0], ranked.iloc[-1], ranked.iloc[0]["unit"]
    return view.t(
        "leaderboard.headline",
        indicator=name,
        count=len(ranked),
        first=view.court_name(first["court_code"]),
        first_value=view.value(first["value"], unit),
        last=view.court_name(last["court_code"]),
        last_value=view.value(last["value"], unit),
    )


def direction(view: View, indicator: str, ranked: pd.DataFrame) -> str:
    code = "higher" if indicator == COMPOSITE or ranked.empty else str(ranked.iloc[0]["direction"])
    return view.t(f"direction.{code}")


def picture(view: View, indicator: str, ranked: pd.DataFrame) -> None:
    if ranked.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    unit = str(ranked.iloc[0]["unit"])
    frame = pd.DataFrame(
        {
            "court_code": ranked["court_code"].tolist(),
            "label": [
                f"{int(r)}  {view.court_name(c)}" for r, c in zip(ranked["rank"], ranked["court_code"], strict=True)
            ],
            "shown": [formats.scaled(v, unit) for v in ranked["value"]],
            "is_small": [bool(n < SMALL) and indicator != COMPOSITE for n in ranked["case_count"].fillna(0)],
            "hover": [_hover(view, row, unit) for row in ranked.to_dict("records")],
        }
    )
    middle = float(pd.Series(frame["shown"]).median())
    words = view.t("leaderboard.median", value=view.value(float(ranked["value"].median()), unit))
    parts.picture(
        dots.ranking(frame, view.colours, formats.suffix(unit, view.lang), (middle, words)),
        "ranking",
        view.t(
            "leaderboard.reading_composite" if indicator == COMPOSITE else "leaderboard.reading",
            direction=direction(view, indicator, ranked),
            small=SMALL,
            window=view.window_name(),
        ),
    )


def _hover(view: View, row: dict[str, Any], unit: str) -> str:
    return view.t(
        "leaderboard.hover",
        court=view.court_name(row["court_code"], short=False),
        rank=int(row["rank"]),
        count=int(row["ranked_count"]),
        value=view.value(row["value"], unit),
        n=formats.number(row["case_count"]),
        change=view.change(row["value_change"], unit),
    )


def worded(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """The ranking in words and figures, as the table and the workbook show it."""
    units = frame["unit"]
    return pd.DataFrame(
        {
            "rank": frame["rank"].tolist(),
            "court": [view.court_name(code, short=False) for code in frame["court_code"]],
            "short_name": [view.court_name(code) for code in frame["court_code"]],
            "value": [view.value(v, u) for v, u in zip(frame["value"], units, strict=True)],
            "n": frame["case_count"].tolist(),
            "numerator": frame["numerator"].round().tolist(),
            "denominator": frame["denominator"].round().tolist(),
            "places": [rank_step(view, change) for change in frame["rank_change"]],
            "change": [view.change(c, u) for c, u in zip(frame["value_change"], units, strict=True)],
            "status": [f"{blocks.MARKS.get(s, '')} {view.status(s)}" for s in frame["status"]],
            "rank_low": frame["rank_low"].tolist(),
            "rank_high": frame["rank_high"].tolist(),
            "court_code": frame["court_code"].tolist(),
        }
    )


def columns(view: View, frame: pd.DataFrame, indicator: str) -> dict[str, Any]:
    t = view.t
    chosen: dict[str, Any] = {
        "rank": st.column_config.NumberColumn(t("column.rank"), format="%d", width=50),
        "short_name": parts.text(t("column.court"), width=130),
        "value": st.column_config.TextColumn(t("column.value"), alignment="right", width=80),
        "n": parts.figure(
            "n" if indicator != COMPOSITE else t("column.indicator_count"), width=60 if indicator != COMPOSITE else 110
        ),
    }
    if frame["rank_low"].notna().any():
        chosen |= {"rank_low": parts.figure(t("column.rank_low")), "rank_high": parts.figure(t("column.rank_high"))}
    if indicator != COMPOSITE:
        chosen |= {
            "numerator": parts.figure(t("column.numerator")),
            "denominator": parts.figure(t("column.denominator")),
        }
    chosen |= {"places": parts.text(t("column.places"), width=96)}
    if indicator != COMPOSITE:
        chosen |= {
            "change": st.column_config.TextColumn(t("column.change"), alignment="right"),
            "status": parts.text(t("column.status")),
        }
    return chosen


def table(view: View, ranked: pd.DataFrame, indicator: str) -> None:
    frame = worded(view, ranked)
    parts.table(view, frame, columns(view, frame, indicator), "ranking_table", rows=30)
    st.html(blocks.reading(view.t("leaderboard.table_reading")))


def unranked(view: View, frame: pd.DataFrame, indicator: str) -> None:
    """Courts without a rank, each with its reason and its last delivery."""
    if frame.empty:
        st.html(blocks.reading(view.t("leaderboard.unranked_none")))
        return
    last = view.ask(places.last_deliveries).set_index("court_code")["last_month"].to_dict()
    shown = worded(view, frame)
    shown["reason"] = [_reason(view, row, indicator, last) for row in frame.to_dict("records")]
    wanted = {
        "short_name": parts.text(view.t("column.court"), width=130),
        "reason": parts.text(view.t("column.reason"), width="large"),
        "value": parts.text(view.t("column.value")),
        "n": parts.figure("n"),
    }
    parts.table(view, shown, wanted, "unranked_table", rows=8)


def _reason(view: View, row: dict[str, Any], indicator: str, last: dict[str, str]) -> str:
    status = row["status"] if row["status"] not in findings.JUDGED else "monitor"
    if status == "too_few" and indicator == COMPOSITE:
        status = "too_few_indicators"
    return view.t(
        f"unranked.{status}",
        n=formats.number(row["case_count"]),
        least=formats.number(row["min_denominator"]),
        last=last.get(row["court_code"], formats.ABSENT),
    )


def export(view: View, ranking: pd.DataFrame, indicator: str) -> None:
    frame = worded(view, ranking).drop(columns="short_name")
    frame[["numerator", "denominator"]] = ranking[["numerator", "denominator"]].to_numpy()
    frame["value"] = [formats.scaled(v, u) for v, u in zip(ranking["value"], ranking["unit"], strict=True)]
    names = {name: view.t(f"column.{name}") for name in frame.columns if name not in ("n",)}
    heading = [f"{view.indicator_name(indicator, short=False)} · {view.peer_name()}", view.where()]
    value = names["value"]
    parts.download(view, frame.rename(columns=names), f"ranking_{indicator}_{view.peer}", heading, {value: "0.00"})
