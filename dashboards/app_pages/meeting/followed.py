"""What earlier meetings decided and what became of it: the first screen of the next meeting, and its words.
How a decision is noted is in decided; who may do what with it, in proceedings."""

from __future__ import annotations

import streamlit as st

from dashboards import formats
from dashboards.app_pages.meeting import markup
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.proceedings import decisions, outcomes
from dashboards.proceedings.decisions import OPEN, Decision
from dashboards.proceedings.store import LONGEST, StoreError
from dashboards.shell import links
from dashboards.shell.view import View

FOLLOWED = "followed"  # the step's name in the URL


def known(view: View) -> list[Decision]:
    """Every decision of the province; none when they cannot be read, which the form then says."""
    try:
        return decisions.decisions(view.choice.province)
    except StoreError:
        return []


def summary(view: View, found: list[Decision]) -> str:
    """How many are done, open and overdue."""
    stands = [decision.stands(formats.today()) for decision in found]
    counts = {state: stands.count(state) for state in ("done", "open", "overdue")}
    return view.t("decision.summary", n=len(found), **counts)


def screen(view: View, found: list[Decision]) -> None:
    """One line a decision, overdue ones first, then the form for whoever follows them."""
    order = sorted(found, key=lambda decision: (decision.stands(formats.today()) != "overdue", decision.due))
    st.html(markup.lines(line(view, decision) for decision in order))
    st.html(blocks.reading(view.t("decision.followed_reading")))
    _form(view, [decision for decision in order if decision.state == OPEN])


def line(view: View, decision: Decision) -> tuple[str, str, str]:
    """Court, the address of its number or page, and the decision with its owner, date, state and outcome."""
    about = decision.about
    is_known = about.indicator in view.data.indicators.index
    address = (
        links.about(view, about.indicator, about.court, about.scope)
        if is_known
        else view.address("court", court=about.court)
    )
    said = [decision.said.rstrip("。；.; "), terms(view, decision), became(view, decision)]
    said += [view.t("decision.reported", said=decision.reports[-1])] if decision.reports else []
    return view.names.court(about.court), address, view.t("decision.between").join(part for part in said if part)


def terms(view: View, decision: Decision) -> str:
    """Owner, last day, state, and the meeting that decided it."""
    return view.t(
        "decision.terms",
        owner=decision.owner,
        due=decision.due.isoformat(),
        state=view.t(f"decision_state.{decision.stands(formats.today())}"),
        month=view.names.month(decision.about.month),
    )


def became(view: View, decision: Decision) -> str:
    """The indicator before and after, and whether it changed beyond chance; empty without an indicator."""
    about = decision.about
    if about.indicator not in view.data.indicators.index:
        return ""
    found = view.data.ask(outcomes.readings, *outcomes.asked(about, view.choice.month))
    seen = outcomes.outcome(found, about.month, view.choice.month)
    name = view.names.indicator(about.indicator)
    if seen.after is None or seen.before is None:
        return view.t("decision.unseen", indicator=name)
    said = {"before": view.names.value(seen.before, seen.unit), "after": view.names.value(seen.after, seen.unit)}
    verdict = view.t(f"decision_verdict.{seen.verdict}")
    return view.t("decision.became", indicator=name, verdict=verdict, **said)


def _form(view: View, open_ones: list[Decision]) -> None:
    if not open_ones or not view.data.reader.may("notes"):
        return
    t, by_number = view.t, {decision.number: decision for decision in open_ones}
    with st.expander(t("decision.follow")), st.form("decision_step", clear_on_submit=True):
        number = st.selectbox(t("decision.which"), list(by_number), format_func=lambda n: _option(view, by_number[n]))
        said = st.text_area(t("decision.report"), max_chars=LONGEST, key="decision_report", height=80)
        with st.container(horizontal=True):
            pressed = [
                d
                for d in decisions.STEPS.after(OPEN)
                if st.form_submit_button(t(f"decision_deed.{d}"), key=f"do_decision_{d}")
            ]
    if pressed and writing.done(
        view, lambda: decisions.step(writing.writer(view), by_number[int(number)], pressed[0], said)
    ):
        st.rerun()


def _option(view: View, decision: Decision) -> str:
    return plain(f"№ {decision.number} {view.names.court(decision.about.court)} {decision.said[:40]}")
