"""The blocks of the page of checks: sentence, grid of courts and checks, card of a check, cases, catalogue.
Courts stand in the official order everywhere: a flag is no rank."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.checks import chart_flags, queries
from dashboards.charts import stacks
from dashboards.markup import blocks, grids
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell import record_table as tables
from dashboards.shell.view import View

FLAGS = ("alert", "watch")
TONES = {"alert": 0, "watch": 1}  # steps of the grid: the last and the last but one
MONTHS = 24


def choices(view: View) -> tuple[str, str]:
    """Court and check from the bar; '' stands for all."""
    t, names = view.t, view.data.ask(queries.catalogue).set_index("check_code")
    checkable = names.index[names["is_checkable"].astype(bool)].tolist()
    with view.more:
        court = url_state.choose(
            "court",
            t("bar.court"),
            ["", *view.data.own_courts],
            "",
            lambda code: view.names.court(code) if code else t("word.all_courts"),
            190,
        )
        check = url_state.choose(
            "check",
            t("checks.check"),
            ["", *checkable],
            "",
            lambda code: f"{code} {t.name(names.loc[code])}" if code else t("checks.all_checks"),
            260,
        )
    return court, check


def results(view: View) -> pd.DataFrame:
    return view.data.ask(queries.results, view.choice.province, view.choice.month)


def sentence(view: View, frame: pd.DataFrame) -> str:
    if frame.empty:
        return view.t("checks.headline_none", month=view.names.month())
    flagged = frame[frame["flag"].isin(FLAGS)]
    return view.t(
        "checks.headline" if len(flagged) else "checks.headline_quiet",
        month=view.names.month(),
        courts=flagged["court_code"].nunique(),
        alerts=int((frame["flag"] == "alert").sum()),
        watches=int((frame["flag"] == "watch").sum()),
        looked=formats.number(len(frame)),
        checks=frame["check_code"].nunique(),
    )


def caution(view: View) -> None:
    st.html(blocks.notice(view.t("checks.caution")))


def grid(view: View, frame: pd.DataFrame, court: str, check: str) -> None:
    """Courts × checks, a flag's sign and share; of a chosen check, every court's share against its number of cases."""
    shown = frame[frame["court_code"].eq(court) | (court == "")]
    shown = shown[shown["check_code"].eq(check) | (check == "")]
    if shown.empty:
        st.html(blocks.reading(view.t("empty.table")))
    elif check:
        _spread(view, shown, view.data.ask(queries.catalogue).set_index("check_code", drop=False).loc[check])
    else:
        # The page's state and the sealed file determine the grid: 46 courts × 25 cells are worded once.
        st.html(_grid((str(view.data.source.database), court, *view.carried.items()), view, shown))
        st.html(blocks.reading(view.t("checks.grid_reading")))


def _spread(view: View, shown: pd.DataFrame, check: pd.Series) -> None:
    t, rows = view.t, records(shown)
    frame = shown.assign(
        label=[view.names.court(code) for code in shown["court_code"]],
        share=shown["value"] * 100,
        hover=[_title(view, check, row) for row in rows],
    )
    names = (t("flag.alert"), t("flag.watch"), t("flag.none"))
    figure = chart_flags.against_volume(frame, view.colours, names, (t("checks.volume"), t("checks_column.value")))
    elements.picture(figure, "spread", t("checks.spread_reading", n=formats.number(len(frame))))


@st.cache_data(max_entries=300, show_spinner=False)
def _grid(state_key: tuple[Any, ...], _view: View, _shown: pd.DataFrame) -> str:
    view = _view
    names = view.data.ask(queries.catalogue).set_index("check_code", drop=False)
    codes = [code for code in names.index if code in set(_shown["check_code"])]
    cells = {(row["court_code"], row["check_code"]): row for row in records(_shown)}
    rows = [
        grids.Row(
            view.t.name(court, "prefecture_name"),
            view.names.court(court["court_code"]),
            view.address("checks", court=court["court_code"]),
            [_cell(view, names.loc[code], cells.get((court["court_code"], code))) for code in codes],
        )
        for court in records(view.data.courts.loc[list(view.data.own_courts)])
        if court["court_code"] in set(_shown["court_code"])
    ]
    heads = [(f"{code[2:]} {view.t.name(names.loc[code])}", _head(view, names.loc[code])) for code in codes]
    return grids.grid(heads, rows, view.t("checks.corner"), is_turned=True)


def _head(view: View, row: pd.Series) -> str:
    return view.t(
        "checks.head",
        code=row["check_code"],
        name=view.t.name(row),
        shows=view.t.name(row, "shows"),
        indicator=row["indicator_code"] or formats.ABSENT,
    )


def _cell(view: View, check: pd.Series, row: dict[str, Any] | None) -> grids.Cell:
    if row is None:
        return grids.Cell(None, "", "not_applicable", view.t("checks.not_looked"))
    title = _title(view, check, row)
    flagged = row["flag"] in FLAGS
    share = formats.percent(row["value"], 0).rstrip("%")
    sign = view.t(f"flag_sign.{row['flag']}") + share if flagged else share
    return grids.Cell(TONES.get(row["flag"]), sign, row["flag"], title)


def _title(view: View, check: pd.Series, row: dict[Any, Any]) -> str:
    return view.t(
        "checks.cell",
        court=view.names.court(row["court_code"]),
        check=view.t.name(check),
        flag=view.t(f"flag.{row['flag']}"),
        value=formats.percent(row["value"], 1),
        hits=formats.number(row["hit_count"]),
        n=formats.number(row["n"]),
        base=formats.percent(row["own_base"], 1),
        peers=formats.percent(row["peer_median"], 1),
    )


def about(view: View, frame: pd.DataFrame, court: str, check: str) -> None:
    """The chosen check's card and its courts; without a choice, all flags of the month with their explanations."""
    names = view.data.ask(queries.catalogue).set_index("check_code", drop=False)
    if check:
        st.html(blocks.definition(card(view, names.loc[check])))
    shown = frame[frame["court_code"].eq(court) | (court == "")]
    shown = shown[shown["check_code"].eq(check)] if check else shown[shown["flag"].isin(FLAGS)]
    if shown.empty:
        st.html(blocks.reading(view.t("checks.no_flags")))
        return
    shown = shown.assign(
        check=[f"{code} {view.t.name(names.loc[code])}" for code in shown["check_code"]],
        innocent=[
            view.t.name(row, "innocent") or view.t.name(names.loc[row["check_code"]], "innocent")
            for row in records(shown)
        ],
    )
    tables.show(view, shown, _RESULTS)
    st.html(blocks.reading(view.t("checks.about_reading")))


def card(view: View, row: pd.Series) -> list[tuple[str, str]]:
    """What is done, what shows it, how it is computed, from where on, and what else may explain it."""
    t = view.t
    code = row["indicator_code"]
    known = isinstance(code, str) and code in view.data.indicators.index
    lines = [(t(f"check_card.{stem}"), t.name(row, stem)) for stem in ("practice", "shows", "computed", "threshold")]
    protects = f"{code} {view.names.indicator(code, short=False)}" if known else t("checks.no_indicator")
    small = t.name(row, "innocent_small")
    innocent = t.name(row, "innocent") + (t("check_card.innocent_small", said=small) if small else "")
    return [*lines, (t("check_card.indicator"), protects), (t("check_card.innocent"), innocent)]


def cases(view: View, court: str, check: str) -> None:
    count = tables.paged(view, queries.cases, (view.choice.province, view.choice.month, court, check), _CASES)
    st.html(blocks.reading(view.t("checks.cases_reading" if count else "checks.no_cases")))


def history(view: View) -> None:
    """Flags month by month: whether the check speaks up about one month or about all."""
    frame = view.data.ask(queries.history, view.choice.province, view.choice.month, MONTHS)
    if frame.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    stack = [
        stacks.Part("alert_count", view.t("flag.alert"), "below"),
        stacks.Part("watch_count", view.t("flag.watch"), "near"),
    ]
    figure = stacks.columns(frame.assign(label=frame["month"]), stack, view.colours, 240)
    elements.picture(
        figure, "flags", view.t("checks.history_reading", n=formats.number(frame["looked_count"].iloc[-1]))
    )


def catalogue(view: View) -> None:
    """All checks; those that the extracts do not carry apart, with the reason."""
    frame = view.data.ask(queries.catalogue)
    for stem in ("shows", "threshold", "innocent"):
        frame[stem] = [view.t.name(row, stem) for row in records(frame)]
    possible = frame["is_checkable"].astype(bool)
    tables.show(view, frame[possible], _CATALOGUE)
    elements.section(view.t("checks.impossible"), view.t("checks.impossible_measure", n=int((~possible).sum())))
    tables.show(view, frame[~possible], _IMPOSSIBLE)


_RESULTS = tables.List(
    "results",
    "checks_column",
    ("court", "check", "flag", "value", "hit_count", "n", "own_base", "peer_median", "indicator", "innocent"),
    {"flag": "flag"},
    ratios=("value", "own_base", "peer_median"),
)
_CASES = tables.List(
    "cases", "checks_column", ("court", "check_code", "flag", "event_month", "case_number", "detail"), {"flag": "flag"}
)
_CATALOGUE = tables.List(
    "catalogue", "checks_column", ("check_code", "name", "shows", "indicator", "threshold", "innocent")
)
_IMPOSSIBLE = tables.List("impossible", "checks_column", ("check_code", "name", "shows", "not_checkable"))
