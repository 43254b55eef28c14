"""The leaderboard's sentence, remarks, picture and list of reasons, in rank mode and in interval mode.
Its tables, funnel and weights have their own blocks; ranks come from the snapshot as they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import findings, formats
from dashboards.app_pages.leaderboard import chart_ranking
from dashboards.components import amounts
from dashboards.components import ranking_words as words
from dashboards.components.ranking_words import SMALL
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.queries import modes
from dashboards.queries import rankings as queries
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View

NAMED = 3  # courts at either end that the sentence names


def options(view: View) -> list[str]:
    """The composite is made from ranks: without ranks it is not offered."""
    return [COMPOSITE, *view.data.choices] if view.choice.is_ranked else view.data.choices


def option(view: View, code: str) -> str:
    return view.names.indicator(code) if code == COMPOSITE else f"{code} {view.names.indicator(code)}"


def sentence(view: View, indicator: str, ranking: pd.DataFrame) -> str:
    """The headline: who could be first and who last in rank mode, counts of statuses in interval mode."""
    name = view.names.indicator(indicator)
    if not view.choice.is_ranked:
        return view.t(
            "leaderboard.headline_interval", indicator=name, peer=view.names.peer(), count=len(ranking),
            said=_counted(view, ranking),
        )  # fmt: skip
    ranked = ranking[ranking["rank"].notna()]
    if ranked.empty:
        return view.t("leaderboard.headline_none", indicator=name, peer=view.names.peer())
    first, last = ranked.iloc[0], ranked.iloc[-1]
    told: dict[str, Any] = {
        "indicator": name,
        "count": len(ranked),
        "first_value": view.names.value(first["value"], first["unit"]),
        "last_value": view.names.value(last["value"], first["unit"]),
    }
    placed = ranked[ranked["place_code"].notna()]
    if placed.empty:
        return view.t("leaderboard.headline_unplaced", **told)
    top = placed[placed["place_code"].isin(findings.FIRST)]
    bottom = placed[placed["place_code"].isin(findings.LAST)][::-1]
    told["n"] = int(placed.iloc[0]["end_count"])
    if top.empty and bottom.empty:
        return view.t("leaderboard.headline_alike", **told)
    counts = {"first_count": len(top), "last_count": len(bottom), "others": len(ranked) - len(top) - len(bottom)}
    named = {"first": _named(view, top), "last": _named(view, bottom)}
    return view.t("leaderboard.headline_ends", **told, **named, **counts)


def _named(view: View, part: pd.DataFrame) -> str:
    if part.empty:
        return ""
    names = view.t("word.comma").join(view.names.court(code) for code in part["court_code"].head(NAMED))
    said = view.t("leaderboard.named", courts=names)
    return said if len(part) <= NAMED else view.t("leaderboard.and_others", courts=names)


def _counted(view: View, ranking: pd.DataFrame) -> str:
    counts = ranking["interval_status"].value_counts()
    names = view.names.interval_statuses
    said = [view.t("leaderboard.status_count", status=names[c], n=int(counts[c])) for c in names if c in counts.index]
    return view.t("word.comma").join(said) or view.t("empty.table")


def _left_out(view: View, ranking: pd.DataFrame) -> str:
    """Which indicators the composites of how many courts leave out: courts measured on different sets are told so."""
    points = view.data.ask(queries.points, *view.choice.compared)
    scored = points[points["court_code"].isin(ranking[ranking["rank"].notna()]["court_code"])]
    missing = scored[scored["points"].isna()]["indicator_code"].value_counts(sort=False)
    if missing.empty:
        return ""
    said = [
        view.t("leaderboard.left_out_of", indicator=view.names.indicator(code), n=int(n)) for code, n in missing.items()
    ]
    return view.t("leaderboard.left_out", said=view.t("word.comma").join(said))


def _pairs(view: View, ranking: pd.DataFrame) -> str:
    """How many pairs of courts differ beyond chance: by its set, each court has so many that are surely ahead of it."""
    ahead = [found[0] for row in records(ranking) if (found := words.pairs(row)) is not None]
    return view.t("leaderboard.sure_pairs" if sum(ahead) else "leaderboard.sure_pairs_none", n=sum(ahead))


def remarks(view: View, indicator: str, ranking: pd.DataFrame) -> None:
    """What has to be known before a value is read: mode, target, labels of the values, saturation."""
    t = view.t
    said = [] if indicator == COMPOSITE else [_target(view, indicator)]
    said.append(t("leaderboard.labels", said=_labelled(view, ranking)) if len(ranking) else "")
    concentrated = int(ranking["is_concentrated"].fillna(value=False).astype(bool).sum())
    if concentrated:
        said.append(t("leaderboard.concentrated", n=concentrated))
    said.append(_left_out(view, ranking) if indicator == COMPOSITE else "")
    if not view.choice.is_ranked:
        said.append(t("leaderboard.composite_interval"))
    if view.choice.is_ranked:
        said += [words.unnamed(view, ranking), _pairs(view, ranking)]
    elements.mode_notice(view)
    st.html(blocks.reading(" ".join(said).strip()))
    found = view.data.ask(queries.saturated, *view.choice.compared)
    found = found[found["is_saturated"].fillna(value=False).astype(bool)]
    if not view.choice.is_ranked or found.empty:
        return
    own = found[found["indicator_code"] == indicator]
    if len(own):
        counts = {"ranked": int(own.iloc[0]["ranked_count"]), "ceiling": int(own.iloc[0]["ceiling_count"])}
        st.html(blocks.notice(t("leaderboard.saturated", **counts)))
    elif indicator == COMPOSITE:
        counted = set(view.data.ask(queries.points, *view.choice.compared)["indicator_code"])
        names = [view.names.indicator(code) for code in found["indicator_code"] if code in counted]
        said_names = t("word.comma").join(names)
        if names:
            st.html(blocks.notice(t("leaderboard.saturated_many", n=len(names), indicators=said_names)))


def counts(view: View, ranking: pd.DataFrame) -> None:
    """Interval mode: how many courts have each status, and what the status means."""
    if view.choice.is_ranked or ranking.empty:
        return
    found = ranking["interval_status"].value_counts()
    rows = records(view.data.ask(modes.interval_statuses))
    items = [(row["interval_status"], view.t.name(row), view.t.name(row, "note")) for row in rows]
    st.html(
        blocks.facts(
            (f"{words.SIGNS.get(code, '')} {name}", view.t("leaderboard.courts", n=int(found.get(code, 0))), note)
            for code, name, note in items
        )
    )


def definition(view: View, indicator: str) -> dict[str, Any]:
    """Target, bounds and version in force in the month; empty for the composite."""
    found = records(view.data.ask(queries.definition, indicator, view.choice.month))
    return found[0] if found else {}


def judged_by(view: View, indicator: str) -> dict[str, float | None]:
    """`target`, `low`, `high` as they hold for the chosen window; None where nothing was published for it."""
    row = definition(view, indicator)
    only = row.get("target_window")
    holds = bool(row) and (not isinstance(only, str) or not only or only == view.choice.window)
    names = {"target": "target_value", "low": "interval_low", "high": "interval_high"}
    return {
        key: float(row[column]) if holds and not formats.is_absent(row[column]) else None
        for key, column in names.items()
    }


def _target(view: View, indicator: str) -> str:
    row, bounds = definition(view, indicator), judged_by(view, indicator)
    unit, source = row.get("unit", "ratio"), view.t.half(row.get("target_source")) or formats.ABSENT
    if bounds["target"] is not None:
        return view.t("leaderboard.target_is", target=view.names.value(bounds["target"], unit), source=source)
    if bounds["low"] is not None or bounds["high"] is not None:
        low, high = view.names.value(bounds["low"], unit), view.names.value(bounds["high"], unit)
        return view.t("leaderboard.interval_is", low=low, high=high, source=source)
    only = row.get("target_window")
    if isinstance(only, str) and only:
        return view.t("leaderboard.target_window", window=view.names.window(only))
    return view.t("leaderboard.target_none")


def _labelled(view: View, ranking: pd.DataFrame) -> str:
    counts = ranking["value_label"].fillna("none").value_counts()
    return view.t("word.comma").join(
        view.t("leaderboard.status_count", status=f"{view.t(f'label.{code}')} ", n=int(n)) for code, n in counts.items()
    )


def picture(view: View, indicator: str, ranking: pd.DataFrame) -> None:
    """Rank mode: value and rank with their intervals. Interval mode: value and status in the official order."""
    if ranking.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    has_ranks = words.has_ranks(view, ranking)
    ordered = ranking if has_ranks else words.official(ranking)
    frame, axis = drawn(view, indicator, ordered), _axis(view, indicator, ranking)
    if has_ranks:
        columns = _columns(view, (("n", 0.78), ("move", 0.87), ("streak", 1.0)))
        figure = chart_ranking.standing(frame, view.colours, axis, view.t("leaderboard.head_rank"), columns)
    else:
        figure = chart_ranking.statuses(frame, view.colours, axis, _columns(view, (("n", 0.82), ("status_words", 1.0))))
    elements.picture(figure, "ranking", _reading(view, indicator, ranking))


def _axis(view: View, indicator: str, ranking: pd.DataFrame) -> chart_ranking.Axis:
    t, unit, bounds = view.t, str(ranking.iloc[0]["unit"]), judged_by(view, indicator)
    lines = []
    ranked = ranking[ranking["rank"].notna()]["value"]
    if view.choice.is_ranked and len(ranked):
        said = t("leaderboard.median", value=view.names.value(ranked.median(), unit))
        lines.append(chart_ranking.Line(float(formats.scaled(ranked.median(), unit) or 0), said, is_target=False))
    if bounds["target"] is not None:
        said = t("leaderboard.target", value=view.names.value(bounds["target"], unit))
        lines.append(chart_ranking.Line(float(formats.scaled(bounds["target"], unit) or 0), said, is_target=True))
    low, high = formats.scaled(bounds["low"], unit), formats.scaled(bounds["high"], unit)
    head = "leaderboard.head_score" if indicator == COMPOSITE else "leaderboard.head_value"
    return chart_ranking.Axis(t(head), formats.suffix(unit, view.lang), lines, (low, high))


def _columns(view: View, edges: tuple[tuple[str, float], ...]) -> list[chart_ranking.Column]:
    return [
        chart_ranking.Column(view.t(f"leaderboard.head_{name.removesuffix('_words')}"), name, edge)
        for name, edge in edges
    ]


def drawn(view: View, indicator: str, ordered: pd.DataFrame) -> pd.DataFrame:
    """The rows as the picture shows them, in the order given."""
    rows, names = records(ordered), view.names.interval_statuses
    last = words.last_deliveries(view)
    frame = pd.DataFrame({"court_code": [row["court_code"] for row in rows], "place": range(len(rows))})
    frame["label"] = [_label(view, row, words.has_ranks(view, ordered)) for row in rows]
    for name, column in (("shown", "value"), ("low", "value_low"), ("high", "value_high")):
        frame[name] = pd.Series([formats.scaled(row[column], row["unit"]) for row in rows], dtype="float64")
    for name in ("rank", "rank_low", "rank_high"):
        frame[name] = ordered[name].astype("float64").to_numpy()
    frame["end"] = [words.end(row["place_code"]) for row in rows]
    frame["is_small"] = [_is_small(view, indicator, row) for row in rows]
    frame["status"] = [row["interval_status"] for row in rows]
    frame["hover"] = [_hover(view, row, indicator, last) for row in rows]
    frame["n"] = [formats.number(row["case_count"]) for row in rows]
    frame["move"] = [words.step(row) for row in rows]
    frame["streak"] = [words.streak(view, row) for row in rows]
    frame["status_words"] = [f"{words.SIGNS.get(s, '')} {names.get(s, s)}" for s in frame["status"]]
    return frame


def _label(view: View, row: dict[str, Any], has_ranks: bool) -> str:
    if not has_ranks:
        return view.names.court(row["court_code"])
    rank = formats.ABSENT if pd.isna(row["rank"]) else str(int(row["rank"]))
    return f"{rank}  {view.names.court(row['court_code'])}"


def _is_small(view: View, indicator: str, row: dict[str, Any]) -> bool:
    if view.choice.is_ranked and pd.isna(row["rank"]):
        return True
    return indicator != COMPOSITE and (formats.is_absent(row["case_count"]) or row["case_count"] < SMALL)


def _hover(view: View, row: dict[str, Any], indicator: str, last: dict[str, str]) -> str:
    said = {
        "court": view.names.court(row["court_code"], short=False),
        "value": amounts.worded(view, row),
        "interval": words.interval(view, row),
        "n": formats.number(row["case_count"]),
    }
    if not view.choice.is_ranked:
        word = view.names.interval_statuses.get(row["interval_status"], row["interval_status"])
        return view.t("leaderboard.hover_unranked", reason=word, **said)
    if pd.isna(row["rank"]):
        return view.t("leaderboard.hover_unranked", reason=words.reason(view, row, indicator, last), **said)
    counts = {"rank": int(row["rank"]), "count": int(row["ranked_count"]), "ranks": words.ranks(row)}
    return view.t("leaderboard.hover", change=words.change(view, row), **counts, **said)


def _reading(view: View, indicator: str, ranking: pd.DataFrame) -> str:
    versions = view.t("word.comma").join(sorted(ranking["definition_version"].dropna().astype(str).unique()))
    is_composite = indicator == COMPOSITE
    phrase = "composite" if is_composite else "" if words.has_ranks(view, ranking) else "interval"
    version = "leaderboard.version_composite" if is_composite else "leaderboard.version"
    return view.t(
        f"leaderboard.reading_{phrase}" if phrase else "leaderboard.reading",
        direction=view.t(f"direction.{ranking.iloc[0]['direction']}"),
        small=SMALL,
        window=view.names.window(),
        ends=_ends(view, ranking),
        version=view.t(version, version=versions),
    )


def _ends(view: View, ranking: pd.DataFrame) -> str:
    """What the shading says: who could be among the first or the last, and how many these are."""
    counts = ranking["end_count"].dropna()
    return view.t("leaderboard.ends_none") if counts.empty else view.t("leaderboard.ends", n=int(counts.iloc[0]))
