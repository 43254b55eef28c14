"""Objections to criteria on the definitions' page: those there are, the form, the answers, and the day of the freeze.
From which year an answer applies is decided in proceedings."""

from __future__ import annotations

import streamlit as st

from dashboards import formats
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.proceedings import corrections, criteria
from dashboards.proceedings.criteria import FILED, FREEZE, Criterion
from dashboards.proceedings.store import LONGEST, StoreError
from dashboards.shell import elements
from dashboards.shell.view import View
from grammar import freezing
from grammar.freezing import Rule


def show(view: View) -> None:
    """The list, then what the reader may do; when criteria freeze, where the snapshot says it."""
    t, rule = view.t, _rule(view)
    try:
        found = criteria.criteria(view.choice.province)
    except StoreError:
        return  # the header says why
    elements.section(t("definitions.criteria"), t("criteria.measure", n=len(found)))
    if rule is None:
        st.html(blocks.reading(t("criteria.no_freeze")))
        return
    begins = freezing.applies_from(formats.today(), rule)
    said = {"freeze": freezing.freeze(begins.year, rule).isoformat(), "begins": begins.isoformat()}
    st.html(blocks.notice(t("criteria.freeze", **said)))
    if found:
        st.html(blocks.concerns(_line(view, one) for one in reversed(found)))
    else:
        st.html(blocks.reading(t("criteria.none")))
    if view.data.reader.may("object"):
        _form(view)
    open_ones = {one.thread: one for one in found if one.state == FILED}
    if open_ones and view.data.reader.may("review"):
        _answers(view, open_ones, rule)


def _rule(view: View) -> Rule | None:
    """The day that the installation's settings say, else the limit of the catalogue; None where neither is known."""
    return view.data.source.criteria_freeze or corrections.limits(view.data.ask(corrections.clocks)).get(FREEZE)


def _line(view: View, one: Criterion) -> tuple[str, str, list[str]]:
    said = [one.said, view.t(f"criteria_state.{one.state}"), one.reason]
    if one.applies_from:
        said.append(view.t("criteria.applies", begins=one.applies_from.isoformat()))
    address = view.address("definitions", list="indicators", indicator=one.indicator)
    return f"№ {one.thread} {one.indicator}", address, [part for part in said if part]


def _form(view: View) -> None:
    t = view.t
    with st.expander(t("criteria.form")), st.form("criterion", clear_on_submit=True):
        code = st.selectbox(
            t("bar.indicator"),
            list(view.data.choices),
            format_func=lambda each: plain(f"{each} {view.names.indicator(each)}"),
            key="criterion_indicator",
        )
        said = st.text_area(t("criteria.said"), max_chars=LONGEST, key="criterion_said", height=100)
        is_filed = st.form_submit_button(t("criteria.file"), type="primary")
    version = str(view.data.indicators.loc[code, "definition_version"])
    if is_filed and writing.done(view, lambda: criteria.file(writing.writer(view), str(code), version, said)):
        st.rerun()


def _answers(view: View, open_ones: dict[int, Criterion], rule: Rule) -> None:
    t = view.t
    with st.expander(t("criteria.answer")), st.form("criterion_answer", clear_on_submit=True):
        number = st.selectbox(
            t("page.objections"), list(open_ones), format_func=lambda n: plain(f"№ {n} {open_ones[n].indicator}")
        )
        reason = st.text_area(t("objection.reason"), max_chars=LONGEST, key="criterion_reason", height=80)
        with st.container(horizontal=True):
            pressed = [
                d for d in criteria.ANSWERS if st.form_submit_button(t(f"objection_deed.{d}"), key=f"criterion_{d}")
            ]
    if pressed and writing.done(
        view, lambda: criteria.answer(writing.writer(view), open_ones[int(number)], pressed[0], reason, rule)
    ):
        st.rerun()
