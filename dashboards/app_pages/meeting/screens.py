"""The screens of the meeting: overall, indicators, courts to explain, improvements, checks, items, decisions.
Which steps there are is in dashboards.app_pages.meeting.agenda; each screen fits 1920 × 1080 without scrolling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.meeting import agenda as rules
from dashboards.app_pages.meeting import courts, decided, followed, indicator, markup, minutes, noted
from dashboards.components import amounts, judged_targets
from dashboards.findings import COMPOSITE
from dashboards.markup import blocks
from dashboards.proceedings import decisions
from dashboards.proceedings.decisions import Decision
from dashboards.queries import province_facts
from dashboards.rows import records
from dashboards.shell import elements
from dashboards.shell.view import View
from dashboards.targets import Target

ON_A_SCREEN = 10
CHANGES = (rules.IMPROVED, rules.WORSENED)
ITEM_HEADS = {
    "court": "head_court", "class": "head_problem", "found": "head_found", "due": "head_due", "state": "head_state"
}  # fmt: skip


@dataclass(frozen=True)
class Room:
    """The month's facts as the meeting needs them, and what was noted up to now."""

    agenda: rules.Agenda
    standings: pd.DataFrame
    province: pd.DataFrame
    flags: pd.DataFrame
    items: pd.DataFrame
    changes: dict[str, pd.DataFrame]  # by step: all changes for the better, all for the worse
    compared: tuple[int, int]  # changes that are judged, and how many of them would be listed on one side by chance
    notes: list[minutes.Note]
    targets: list[Target]
    decisions: list[Decision]
    followed: list[Decision]  # those of earlier meetings that this one opens with


def room(
    view: View, standings: pd.DataFrame, flags: pd.DataFrame, items: pd.DataFrame, notes: list[minutes.Note]
) -> Room:
    """Everything once: the screens choose from it."""
    found = rules.agenda(standings, is_ranked=view.choice.is_ranked)
    province = view.data.ask(province_facts.province_indicators, view.data.root, view.choice.month, view.choice.window)
    single = standings[standings["indicator_code"] != COMPOSITE]
    changes = {
        step: rules.changed(single, is_ranked=view.choice.is_ranked, is_better=step == rules.IMPROVED)
        for step in CHANGES
    }
    known = followed.known(view)
    earlier = decisions.followed(known, view.choice.month)
    if earlier:
        found = replace(found, steps=[followed.FOLLOWED, *found.steps])
    compared, judged = (len(rules.comparable(single)), rules.by_chance(single)), judged_targets.found(view)
    return Room(found, standings, province, flags, items, changes, compared, notes, judged, known, earlier)


@contextmanager
def walk(view: View, agenda: rules.Agenda, step: str) -> Iterator[None]:
    """Back, dots, on; what is put inside stands at the right end."""
    at, last = agenda.steps.index(step), len(agenda.steps) - 1
    with st.container(horizontal=True, vertical_alignment="center", key="walk"):
        _go(view.t("meeting.back"), agenda.steps[max(0, at - 1)], "Left", at == 0)
        drawn = [
            (title(view, name), view.address("meeting", step=name), place < at, name == step)
            for place, name in enumerate(agenda.steps)
        ]
        st.html(markup.dots(drawn), width="content")
        _go(view.t("meeting.on"), agenda.steps[min(last, at + 1)], "Right", at == last)
        st.html(blocks.reading(view.t("meeting.place", at=at + 1, of=last + 1)), width="content")
        st.space("stretch")
        yield


def _go(label: str, step: str, key: str, is_end: bool) -> None:
    st.button(label, key=f"go_{key}", shortcut=key, disabled=is_end, on_click=_turn, args=(step,))


def _turn(step: str) -> None:
    st.query_params["step"] = step


def title(view: View, step: str) -> str:
    """A step's name: an indicator's own, or the catalogue's."""
    if step in view.data.indicators.index:
        return view.names.indicator(step)
    kind, _, number = step.partition("-")
    code = f"{kind}_{'rank' if view.choice.is_ranked else 'interval'}" if kind == rules.COURTS else kind
    return view.t(f"step.{code}", number=number) if number else view.t(f"step.{code}")


def sentence(view: View, room: Room, step: str) -> str:
    """What the screen says, in one line."""
    if step in room.agenda.core:
        return indicator.sentence(view, room.province, room.standings, step)
    return (
        f"{title(view, step)}：{summary(view, room, step)}"
        if view.lang == "zh"
        else (f"{title(view, step)}: {summary(view, room, step)}")
    )


def summary(view: View, room: Room, step: str) -> str:
    """A step's finding in a few words: for the first screen, and as headline of its own."""
    t, kind = view.t, step.partition("-")[0]
    if step in room.agenda.core:
        return indicator.summary(view, room.province, room.standings, step)
    if kind == rules.TARGETS:
        return judged_targets.summary(view, room.targets)
    if kind == rules.COURTS:
        code = "rank" if view.choice.is_ranked else "interval"
        return t(f"meeting.courts_{code}", n=len(room.agenda.courts))
    if kind in CHANGES:
        found = room.changes[kind]
        return t(f"meeting.{kind}", n=len(found), courts=found["court_code"].nunique())
    if kind == rules.CHECKS:
        return t("meeting.checks", n=len(room.flags), courts=room.flags["court_code"].nunique())
    if kind == rules.ITEMS:
        due, overdue = int(room.items["is_due_next"].sum()), int(room.items["is_overdue"].sum())
        return t("meeting.items", n=len(room.items), due=due, overdue=overdue)
    if kind == followed.FOLLOWED:
        return followed.summary(view, room.followed)
    if kind == rules.DECISIONS:
        now = sum(note.period_month == view.choice.month for note in room.notes)
        made = len(decisions.of_meeting(room.decisions, view.choice.month))
        return t("meeting.decisions", n=made, answers=now, before=len(room.decisions) - made)
    return t("meeting.overall", month=view.names.month(), window=view.names.window(), peer=view.names.peer())


def screen(view: View, room: Room, step: str) -> None:
    """The step's own content."""
    kind = step.partition("-")[0]
    if step in room.agenda.core:
        indicator.screen(view, room.province, room.standings, step)
    elif kind == rules.TARGETS:
        _targets(view, room.targets)
    elif kind == rules.COURTS:
        courts.screen(view, room.agenda.of_step(step), room.standings, room.flags, room.items, room.notes)
    elif kind in CHANGES:
        _changed(view, room.changes[kind], kind, room.compared)
    elif kind == rules.CHECKS:
        _checks(view, room.flags)
    elif kind == rules.ITEMS:
        _items(view, room.items)
    elif kind == followed.FOLLOWED:
        followed.screen(view, room.followed)
    elif kind == rules.DECISIONS:
        decided.screen(view, room.decisions, room.notes)
        noted.decided(view, room.notes)
    else:
        _overall(view, room)


def _overall(view: View, room: Room) -> None:
    """Core indicators as figures, then the agenda with the finding of every step."""
    rows = records(room.province[room.province["indicator_code"].isin(room.agenda.core)])
    st.html(
        blocks.facts(
            (
                view.names.indicator(row["indicator_code"]),
                amounts.worded(view, row),
                f"{indicator.changed(view, row)} · n\u00a0=\u00a0{formats.number(row['case_count'])}",
            )
            for row in rows
        )
    )
    st.html(blocks.reading(view.t("meeting.facts_reading")))
    shown = [step for step in room.agenda.steps[1:] if step.partition("-")[2] in ("", "1")]
    st.html(
        markup.lines(
            (title(view, step), view.address("meeting", step=step), summary(view, room, step)) for step in shown
        )
    )
    st.html(blocks.reading(courts.rule(view, room.standings)))


def _targets(view: View, targets: list[Target]) -> None:
    """Every missed target, then what cannot be judged."""
    lines = [*judged_targets.missed(view, targets), *judged_targets.short(view, targets)]
    st.html(markup.lines(lines) if lines else blocks.reading(view.t("meeting.targets_none")))
    st.html(blocks.reading(view.t("overview.targets_reading") + judged_targets.references(view, targets)))


def _changed(view: View, frame: pd.DataFrame, kind: str, compared: tuple[int, int]) -> None:
    _listed(
        view,
        [
            (
                view.names.court(row["court_code"]),
                view.address("court", court=row["court_code"], indicator=row["indicator_code"]),
                changed_line(view, row),
            )
            for row in records(frame)
        ],
    )
    said = {"n": len(frame), "side": view.t(f"meeting.side_{kind}"), "all": compared[0], "chance": compared[1]}
    st.html(blocks.reading(view.t(f"meeting.changed_reading_{view.choice.mode}", **said)))


def changed_line(view: View, row: dict[str, Any]) -> str:
    """An indicator with its value, its change and n."""
    return view.t(
        "meeting.changed_line",
        indicator=view.names.indicator(row["indicator_code"]),
        value=amounts.worded(view, row),
        change=view.names.change(row["value_change"], row["unit"]),
        n=formats.number(row["case_count"]),
    )


def _listed(view: View, lines: list[tuple[str, str, str]]) -> None:
    """As many as the room can read; all others open below."""
    st.html(markup.lines(lines[:ON_A_SCREEN]))
    if len(lines) > ON_A_SCREEN:
        with st.expander(view.t("meeting.others", n=len(lines) - ON_A_SCREEN)):
            st.html(markup.lines(lines[ON_A_SCREEN:]))


def _checks(view: View, flags: pd.DataFrame) -> None:
    _listed(
        view,
        [
            (
                view.names.court(row["court_code"]),
                view.address("checks", court=row["court_code"], check=row["check_code"]),
                courts.flagged(view, row),
            )
            for row in records(flags)
        ],
    )
    st.html(blocks.reading(view.t("meeting.checks_reading")))


def _items(view: View, items: pd.DataFrame) -> None:
    frame = open_items(view, items)
    columns = {name: elements.text(view.t(f"bulletin.{head}")) for name, head in ITEM_HEADS.items()}
    elements.table(view, frame, columns, "items", rows=15)
    st.html(blocks.reading(view.t("meeting.items_reading", month=view.names.month())))
    elements.download(view, frame, "open_items", [view.names.where()])


def open_items(view: View, items: pd.DataFrame) -> pd.DataFrame:
    """Items to rectify that are open, in words."""
    state = [
        "overdue" if o else "due_next" if d else "open"
        for o, d in zip(items["is_overdue"], items["is_due_next"], strict=True)
    ]
    return pd.DataFrame(
        {
            "court": [view.names.court(code) for code in items["court_code"]],
            "class": [view.t(f"problem_class.{name}") for name in items["problem_class"]],
            "found": items["found_date"].astype(str).str[:10],
            "due": items["due_date"].astype(str).str[:10],
            "state": [view.t(f"bulletin_item.{code}") for code in state],
        }
    )
