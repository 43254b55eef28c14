"""What changed in single courts since the month before beyond chance, as the meeting has it: every change.
Changes of the province belong to the overall chapter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dashboards.bulletin.blocks import Block, Paragraph
from dashboards.bulletin.change_claims import BETTER, WORSE
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Statement, join
from dashboards.bulletin.judgement import CHANGE_LEVEL


def changes(w: Writing) -> Iterator[Block]:
    """Of each group how many changes are for the worse and for the better, then each of them, court by court."""
    groups = [group for group in w.groups() if w.says.compared(group, "all").text != "0"]
    if not groups:
        return
    yield w.chapter("changes")
    yield Paragraph(w.text("changes_rule", level=w.says.rule("change_level", CHANGE_LEVEL)))
    for group in groups:
        yield w.section(w.group(group))
        counts = {what: w.says.compared(group, what) for what in ("all", "chance")}
        yield Paragraph(w.text("changes_compared", **counts))
        for side in (WORSE, BETTER):
            yield Paragraph(
                w.text("changes_side", n=w.says.move_count(group, side), courts=w.says.move_courts(group, side))
            )
            for number, line in enumerate(_lines(w, group, side), start=1):
                yield Paragraph(line, number=f"{number}.")


def _lines(w: Writing, group: str, side: str) -> Iterator[Statement]:
    for court, found in groupby(w.says.moves(group, side), key=lambda place: place[0]):
        parts = [_part(w, group, court, code, side) for _, code in found]
        yield w.text("changes_court", court=w.says.court(court), parts=join(parts, w.semicolon))


def _part(w: Writing, group: str, court: str, code: str, side: str) -> Statement:
    key = (court, w.scope(group), code)
    move = w.says.move(group, court, code, side)
    return w.text("changes_part", indicator=w.says.indicator(code), value=w.valued(key), move=move, n=w.says.n(key))
