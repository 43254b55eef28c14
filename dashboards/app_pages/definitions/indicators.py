"""The indicators of the definition page: filter and search, the card, its twins, its versions and other readings.
The lists beside them, from sets to rules, are catalogue blocks."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboards.components import definition_card
from dashboards.markup import blocks
from dashboards.queries import definitions
from dashboards.rows import records
from dashboards.shell import elements, links, url_state
from dashboards.shell.view import View

EVERY = "all"  # the filter that leaves nothing out
SEARCHED = (
    *("indicator_code", "name_zh", "name_en", "short_name_zh", "short_name_en", "formula_zh", "formula_en"),
    *("numerator_measure", "denominator_measure", "definition_zh", "definition_en"),
)


def sentence(view: View, cards: pd.DataFrame) -> str:
    own = cards[cards["variant_of"].isna()].drop_duplicates("indicator_code")
    return view.t(
        "definitions.headline",
        count=len(own),
        targets=int(own["target_value"].notna().sum()),
        working=int(own["is_working_definition"].fillna(value=False).astype(bool).sum()),
        readings=cards.loc[cards["variant_of"].notna(), "indicator_code"].nunique(),
    )


def indicators(view: View) -> None:
    """Filters on top, the list on the right, the chosen card with its twins and readings on the left."""
    cards = view.data.ask(definitions.indicators)
    own = cards[cards["variant_of"].isna()]
    if own.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    found = _filtered(view, own.drop_duplicates("indicator_code"))
    codes = found["indicator_code"].tolist()
    left, right = st.columns([7, 5], gap="medium")
    with right:
        elements.section(view.t("definitions.all"), view.t("definitions.all_measure", n=len(codes)))
        _overview(view, found)
    with left:
        if not codes:
            st.html(blocks.reading(view.t("definitions.nothing_found")))
            return
        code = url_state.choose("indicator", view.t("bar.indicator"), codes, codes[0], _option(view), 460)
        _chosen(view, cards, code)


def _filtered(view: View, own: pd.DataFrame) -> pd.DataFrame:
    """The indicators of the chosen set and domain in which the words sought occur."""
    t, sets = view.t, view.data.ask(definitions.sets)
    named = {row["set_code"]: t.name(row, "set_name") for row in records(sets)}
    domains = own["domain"].dropna().drop_duplicates().tolist()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = url_state.choose(
            "set", t("bar.set"), [EVERY, *named], EVERY, lambda c: named.get(c, t("definitions.every_set")), 300
        )
        domain = url_state.choose(
            "domain",
            t("bar.domain"),
            [EVERY, *domains],
            EVERY,
            lambda c: t("definitions.every_domain" if c == EVERY else f"domain.{c}"),
            190,
        )
        sought = url_state.sought("q", t("bar.search"), 260)
    kept = (
        own if wanted == EVERY else own[own["indicator_code"].isin(sets[sets["set_code"] == wanted]["indicator_code"])]
    )
    kept = kept if domain == EVERY else kept[kept["domain"] == domain]
    text = kept[list(SEARCHED)].fillna("").agg(" ".join, axis=1).str.lower()
    return kept[
        pd.Series([all(word in said for word in sought.lower().split()) for said in text], kept.index, dtype=bool)
    ]


def _option(view: View) -> Callable[[str], str]:
    return lambda code: f"{code} {view.names.indicator(code, short=False)}"


def _chosen(view: View, cards: pd.DataFrame, code: str) -> None:
    """Every version of the chosen indicator, the one in force first; then what is easily taken for it."""
    t = view.t
    versions = cards[cards["indicator_code"] == code]
    for row in records(versions):
        mark = t("card.working_mark") if row["is_working_definition"] is True else ""
        elements.section(f"{code} {t.name(row)}", " · ".join(part for part in (other_name(view, row), mark) if part))
        st.html(definition_card.card(view, row))
    st.markdown(f"[{t('definitions.to_about')}]({links.about(view, code)})")
    _twins(view, code)
    _readings(view, code)


def other_name(view: View, row: dict[str, object]) -> str:
    return str(row["name_en" if view.lang == "zh" else "name_zh"])


def _twins(view: View, code: str) -> None:
    """Indicators with the same numerator and another base, by name, so that nobody compares the two."""
    t, twins = view.t, view.data.ask(definitions.twins)
    found = twins[twins["indicator_code"] == code]
    if found.empty:
        return
    named = t("word.comma").join(
        t("definitions.twin", code=row["twin_code"], name=t.name(row), base=t(f"base.{row['denominator_kind']}"))
        for row in records(found)
    )
    st.html(blocks.notice(t("definitions.twins", twins=named)))


def _readings(view: View, code: str) -> None:
    """Working definition, alternatives and overlapping versions, side by side for the province and the month."""
    t = view.t
    found = view.data.ask(definitions.readings, view.choice.province, view.choice.month, view.choice.window)
    rows = records(found[found["family"] == code])
    if len(rows) < 2:
        return
    elements.section(t("definitions.readings"), t("definitions.readings_measure", month=view.names.month()))
    frame = pd.DataFrame(
        {
            "code": [row["indicator_code"] for row in rows],
            "reading": [_reading(view, row) for row in rows],
            "formula": [t.name(row, "formula") for row in rows],
            "value": [view.names.value(row["value"], row["unit"]) for row in rows],
            "n": [row["case_count"] for row in rows],
            "about": [links.about(view, row["indicator_code"]) for row in rows],
        }
    )
    columns = {name: elements.text(t(f"column.{name}")) for name in ("code", "reading", "formula", "value")}
    elements.table(view, frame, columns | {"n": elements.figure("n"), "about": links.column(view)}, "readings")
    st.html(blocks.reading(t("definitions.readings_reading", window=view.names.window())))


def _reading(view: View, row: dict[str, object]) -> str:
    if isinstance(row["variant_of"], str):
        return view.t("definitions.alternative")
    kind = "in_force" if row["is_in_force"] is not False else "superseded"
    return view.t(f"definitions.{kind}", version=row["definition_version"])


def _overview(view: View, found: pd.DataFrame) -> None:
    t = view.t
    rows = records(found)
    frame = pd.DataFrame(
        {
            "code": found["indicator_code"].tolist(),
            "indicator": [t.name(row, "short_name") for row in rows],
            "direction": [t(f"direction.short_{row['direction']}") for row in rows],
            "target": [view.names.aim(row) for row in rows],
            "minimum": found["min_denominator"].tolist(),
            "working": [t("card.working_mark") if row["is_working_definition"] is True else "" for row in rows],
        }
    )
    widths = {"code": 58, "indicator": 150, "direction": 80, "target": 112, "working": 72}
    columns = {name: elements.text(t(f"column.{name}"), width=wide) for name, wide in widths.items()}
    columns["minimum"] = elements.figure(t("column.minimum"), width=72)
    elements.table(view, frame, columns, "all_indicators", rows=22)

    def made() -> pd.DataFrame:
        full = found.drop(columns=["variant_of", "sort_order"])
        return full.rename(columns={name: t(f"column.{name}") for name in frame.columns if name in full.columns})

    elements.download_made(view, made, "definitions", [t("definitions.all"), view.names.where()])
