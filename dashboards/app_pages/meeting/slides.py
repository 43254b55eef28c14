"""The steps of the meeting as slides, one or more a step, with the same sentences as the screens.
How a slide is made is in deck; what the screens show, in their own modules."""

from __future__ import annotations

import pandas as pd
from pptx.util import Inches

from dashboards import formats
from dashboards.app_pages.meeting import agenda as rules
from dashboards.app_pages.meeting import courts, followed, indicator, minutes, screens
from dashboards.app_pages.meeting.deck import ACROSS, DOWN, LEFT, TOP, Deck
from dashboards.components import amounts, judged_targets
from dashboards.proceedings import decisions
from dashboards.rows import records
from dashboards.shell.view import View
from dashboards.texts import Texts

HALF = Inches(6.4)
BESIDE = 9  # rows of the table beside a chart


def pptx(view: View, room: screens.Room) -> bytes:
    """The whole meeting, in the mode and language of the page."""
    deck = Deck(view.names.where(), view.lang)
    for step in room.agenda.steps:
        title, said = screens.title(view, step), screens.summary(view, room, step)
        if step in room.agenda.core:
            _indicator(deck, view, room, step)
        else:
            head, rows = _table(view, room, step)
            deck.table(title, said, head, rows)
    return deck.bytes()


def _indicator(deck: Deck, view: View, room: screens.Room, code: str) -> None:
    """All courts as bars, in the order of their ranks or the official one, and beside them those that stand apart."""
    slide = deck.slide(screens.title(view, code), indicator.sentence(view, room.province, room.standings, code))
    rows = room.standings[room.standings["indicator_code"] == code]
    if view.choice.is_ranked:
        rows = rows.sort_values("rank", kind="stable", na_position="last")
    unit = str(view.data.indicators.loc[code, "unit"])
    values = [None if formats.is_absent(v) else formats.scaled(float(v), unit) for v in rows["value"]]
    names = [view.names.court(court) for court in rows["court_code"]]
    if names:
        shown = formats.suffix(unit, view.lang).strip() or view.t("column.value")
        deck.put_chart(slide, (LEFT, TOP, HALF, DOWN), names, values, shown)
    apart = rules.adverse(rows)
    lines = fitted(view.t, [[view.names.court(row["court_code"]), indicator.line(view, row)] for row in records(apart)])
    head = [view.t("column.court"), view.t("meeting.apart")]
    beside = (LEFT + HALF + Inches(0.2), TOP, ACROSS - HALF - Inches(0.2))
    deck.put_table(slide, beside, head, lines or [["", view.t("meeting.apart_none")]])


def fitted(t: Texts, lines: list[list[str]]) -> list[list[str]]:
    """As many as stand beside a chart; where there are more, the last line says how many."""
    if len(lines) <= BESIDE:
        return lines
    kept = lines[: BESIDE - 1]
    return [*kept, ["", t("meeting.others", n=len(lines) - len(kept))]]


def _table(view: View, room: screens.Room, step: str) -> tuple[list[str], list[list[str]]]:
    """Heading and rows of a step that is told in lines."""
    t, kind = view.t, step.partition("-")[0]
    court = [t("column.court"), screens.title(view, step)]
    if kind == rules.COURTS:
        return court, _called(view, room, step)
    if kind in screens.CHANGES:
        return court, [
            [view.names.court(r["court_code"]), screens.changed_line(view, r)] for r in records(room.changes[kind])
        ]
    if kind == rules.CHECKS:
        return court, [[view.names.court(r["court_code"]), courts.flagged(view, r)] for r in records(room.flags)]
    if kind == rules.ITEMS:
        frame = screens.open_items(view, room.items)
        return [t(f"bulletin.{name}") for name in screens.ITEM_HEADS.values()], frame.to_numpy().tolist()
    if kind in (followed.FOLLOWED, rules.DECISIONS):
        return court, _decided(view, room, kind)
    if kind == rules.TARGETS:
        lines = [*judged_targets.missed(view, room.targets), *judged_targets.short(view, room.targets)]
        return court, [[name, said] for name, _, said in lines]
    return [t("column.indicator"), t("column.value"), t("column.change")], _overall(view, room)


def _overall(view: View, room: screens.Room) -> list[list[str]]:
    rows = records(room.province[room.province["indicator_code"].isin(room.agenda.core)])
    return [
        [
            view.names.indicator(row["indicator_code"]),
            amounts.worded(view, row),
            f"{indicator.changed(view, row)} · n = {formats.number(row['case_count'])}",
        ]
        for row in rows
    ]


def _called(view: View, room: screens.Room, step: str) -> list[list[str]]:
    found = []
    for code in room.agenda.of_step(step):
        own: dict[str, pd.DataFrame] = {
            name: frame[frame["court_code"] == code]
            for name, frame in (("standings", room.standings), ("flags", room.flags), ("items", room.items))
        }
        notes: list[minutes.Note] = [note for note in room.notes if note.court_code == code]
        lines = courts.lines(view, own["standings"], own["flags"], own["items"], notes)
        told = [view.t("meeting.told", label=label, text=text) for label, text in lines if text]
        found.append([view.names.court(code), view.t("word.semicolon").join(told)])
    return found


def _decided(view: View, room: screens.Room, kind: str) -> list[list[str]]:
    is_earlier = kind == followed.FOLLOWED
    shown = room.followed if is_earlier else decisions.of_meeting(room.decisions, view.choice.month)
    return [[court, said] for court, _, said in (followed.line(view, decision) for decision in shown)]
