"""What is on the wall's screens: the province, who needs attention, the standings, the trends, the checks, the places.
What does not fit on a screen has further ones: nobody is left out in silence."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any

import pandas as pd

from dashboards import findings, formats, snapshot
from dashboards.app_pages.wall import markup
from dashboards.charts.spark import sparkline
from dashboards.components import amounts, judged_targets, province_summary, ranking_words, under_objection
from dashboards.components import attention as attention_blocks
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.markup.tiles import tiles
from dashboards.queries import attention, modes, province_facts
from dashboards.rows import records
from dashboards.shell.view import View
from dashboards.targets import Target

MOST_FIGURES, MOST_LINES, MOST_ROWS, MOST_BARS, MOST_FLAGS = 8, 6, 7, 8, 4
SHOWN = ("met", "above", "below", "too_few", "not_applicable", "not_delivered", "not_in_service")
TONES = {"better": "met", "worse": "below"}


def screens(view: View) -> list[str]:
    """The screens in their order; what has more lines than fit has a second one, and a third."""
    long = {"targets": len(_target_lines(view)), "attention": len(_facts(view)[3]), "checks": len(_flags(view))}
    most = {"targets": MOST_LINES, "attention": MOST_LINES, "checks": MOST_FLAGS}
    found = []
    for name in SCREENS:
        pages = max(1, -(-long.get(name, 1) // most.get(name, 1)))
        found += [name, *(f"{name}-{page}" for page in range(2, pages + 1))]
    return found


def screen(view: View, name: str, step: int, count: int) -> str:
    """One screen with its title, what it measures, and where the figures come from."""
    kind, _, page = name.partition("-")
    title, measure, body = _MADE[kind](view, int(page or 1) - 1)
    label = view.data.ask(modes.month_label, view.choice.province, view.choice.month).iloc[0]["label"]
    damage = view.t("wall.damaged") if snapshot.stands_in(view.data.source) else ""
    marks = under_objection.line(view) or under_objection.unread(view)
    where = " · ".join(part for part in (damage, view.names.where(), marks) if part)
    foot = view.t("wall.foot", where=where, label=view.t(f"badge.{label}"), step=step + 1, count=count)
    return markup.screen(title, measure, body, foot)


def _facts(view: View) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, list[findings.Concern]]:
    core = province_summary.core(view)
    province = view.data.ask(province_facts.province_indicators, view.data.root, view.choice.month, view.choice.window)
    others = province[~province["indicator_code"].isin(core["indicator_code"])]
    standings = view.data.ask(
        province_facts.standings,
        *view.choice.compared,
        view.choice.is_ranked,
    )
    grounds = attention_blocks.grounds(view)
    return core, others, standings, findings.attention(attention_blocks.members(view), grounds, view.choice.is_ranked)


def _leading(core: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    kept = [part for part in (core, others) if len(part)]
    return pd.concat(kept, ignore_index=True).head(MOST_FIGURES) if kept else others


def _province(view: View, page: int) -> tuple[str, str, str]:
    core, others, _, concerns = _facts(view)
    judged = judged_targets.found(view)
    known = judged_targets.by_code(judged)
    made = [_figure(view, row, "", known) for row in records(_leading(core, others))]
    sentence = province_summary.sentence(view, core, others, judged, len(concerns))
    return sentence, view.names.notice, markup.figures(made)


def _target_lines(view: View) -> list[judged_targets.Line]:
    judged = judged_targets.found(view)
    return [*judged_targets.missed(view, judged), *judged_targets.short(view, judged)]


def _targets(view: View, page: int) -> tuple[str, str, str]:
    lines = _target_lines(view)
    rows = [(name, said) for name, _, said in lines[page * MOST_LINES : (page + 1) * MOST_LINES]]
    body = markup.lines(rows or [("", view.t("meeting.targets_none"))])
    return judged_targets.summary(view, judged_targets.found(view)), _shown(view, "targets", page, rows, lines), body


def _shown(view: View, name: str, page: int, rows: Sized, everything: Sized) -> str:
    """Which of how many are on this screen."""
    most = MOST_FLAGS if name == "checks" else MOST_LINES
    first = page * most + 1
    said = {"first": first, "last": first + len(rows) - 1, "total": len(everything), "peer": view.names.peer()}
    return view.t(f"wall.{name}_measure", **said) if len(everything) else view.names.peer()


def _figure(view: View, row: dict[str, Any], spark: str, known: dict[str, Target]) -> markup.Figure:
    verdict = findings.judged_verdict(row)
    target = known.get(row["indicator_code"])
    if target is not None and target.status != "reference" and target.row["window_code"] == row["window_code"]:
        row = {**row, "status": target.status}
    status, label = view.names.judgement(row)
    change = view.t(f"verdict.{verdict}", change=view.names.change(row["value_change"], row["unit"]))
    return markup.Figure(
        name=view.t.name(row, "short_name"),
        value=view.names.value(row["value"], row["unit"], 1),
        status=status,
        status_label=label if spark == "" else "",
        n=f"n = {formats.number(row['case_count'])}",
        remark=" · ".join(filter(None, (amounts.remark(view, row, 1), judged_targets.remark(view, row, target)))),
        line=f"{blocks.ARROWS[verdict]} {change}",
        tone=TONES.get(verdict, "unjudged"),
        spark=spark,
    )


def _trends(view: View, page: int) -> tuple[str, str, str]:
    core, others, _, _ = _facts(view)
    made = []
    for row in records(_leading(core, others)):
        history = view.data.ask(province_facts.province_history, view.data.root, view.choice.month, row["window_code"])
        values = history[history["indicator_code"] == row["indicator_code"]]["value"].tolist()
        made.append(_figure(view, row, sparkline(values, view.colours.subject, view.colours.rule, 400, 90), {}))
    return view.t("wall.trends"), view.t("wall.trends_measure", window=view.names.window()), markup.figures(made)


def _attention(view: View, page: int) -> tuple[str, str, str]:
    concerns = _facts(view)[3]
    here = concerns[page * MOST_LINES : (page + 1) * MOST_LINES]
    rows = [(view.names.court(c.court_code), _short(view, c)) for c in here]
    body = markup.lines(rows) if rows else markup.lines([("", view.t("overview.attention_none"))])
    return view.t("wall.attention", total=len(concerns)), _shown(view, "attention", page, rows, concerns), body


def _short(view: View, concern: findings.Concern) -> str:
    said = [view.t(f"wall_reason.{code}", **attention_blocks.worded(view, values)) for code, values in concern.reasons]
    return view.t("word.semicolon").join(said)


def _standings(view: View, page: int = 0) -> tuple[str, str, str]:
    standings = _facts(view)[2]
    if not view.choice.is_ranked:
        return _by_status(view, standings)
    ranked = standings[(standings["indicator_code"] == COMPOSITE) & standings["rank"].notna()].sort_values("rank")
    counts = ranked["end_count"].dropna()
    n = int(counts.iloc[0]) if len(counts) else 0
    parts = []
    for end, codes in (("first", findings.FIRST), ("last", findings.LAST)):
        part = ranked[ranked["place_code"].isin(codes)]
        rows = records(part.head(MOST_ROWS) if end == "first" else part.tail(MOST_ROWS))
        head = view.t(f"wall.{end}", n=n, count=len(part), shown=len(rows)) if rows else view.t(f"wall.{end}_none", n=n)
        parts.append((head, [_place(view, row) for row in rows]))
    measure = view.t("wall.standings_measure", peer=view.names.peer(), count=len(ranked), n=n)
    return view.t("wall.standings"), measure, markup.columns(parts, ranking_words.unnamed(view, ranked))


def _place(view: View, row: dict[str, Any]) -> list[str]:
    has_bounds = not (pd.isna(row["rank_low"]) or pd.isna(row["rank_high"]))
    bounds = f"{int(row['rank_low'])}–{int(row['rank_high'])}" if has_bounds else formats.ABSENT
    return [
        str(int(row["rank"])),
        view.names.court(row["court_code"]),
        view.names.value(row["value"], row["unit"]),
        bounds,
    ]


def _by_status(view: View, standings: pd.DataFrame) -> tuple[str, str, str]:
    counts = standings.groupby(["indicator_code", "interval_status"], sort=False).size()
    judged = standings[standings["interval_status"].isin(SHOWN)]
    codes = [code for code in view.data.choices if code in set(judged["indicator_code"])]
    made = [
        markup.Bar(view.names.indicator(code), [(s, int(counts.get((code, s), 0))) for s in SHOWN])
        for code in codes[:MOST_BARS]
    ]
    words = view.names.interval_statuses
    body = markup.bars(made, [(status, words.get(status, status)) for status in SHOWN])
    measure = view.t("wall.counts_measure", peer=view.names.peer(), shown=len(made), total=len(codes))
    return view.t("wall.counts"), measure, body


def _flags(view: View) -> list[dict[str, Any]]:
    return records(view.data.ask(attention.flags, view.choice.province, view.choice.month))


def _checks(view: View, page: int) -> tuple[str, str, str]:
    flags = _flags(view)
    rows = [
        (view.names.court(row["court_code"]), view.t("wall.flag", **attention_blocks.worded(view, {"row": row})))
        for row in flags[page * MOST_FLAGS : (page + 1) * MOST_FLAGS]
    ]
    body = markup.lines(rows) if rows else markup.lines([("", view.t("wall.checks_none"))])
    return view.t("wall.checks", count=len(flags)), _shown(view, "checks", page, rows, flags), body


def _places(view: View, page: int) -> tuple[str, str, str]:
    core, _, _, concerns = _facts(view)
    body = f'<div class="g-wall-tiles">{tiles(attention_blocks.made_tiles(view, core, concerns))}</div>'
    return view.t("overview.tiles"), view.t("wall.places_measure", peer=view.names.peer()), body


_MADE: dict[str, Callable[[View, int], tuple[str, str, str]]] = {
    "province": _province,
    "targets": _targets,
    "attention": _attention,
    "standings": _standings,
    "trends": _trends,
    "checks": _checks,
    "places": _places,
}
SCREENS = tuple(_MADE)
