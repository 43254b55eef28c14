"""What people wrote about the month's figures: numbers under objection, comments of courts, decisions and outcomes.
Nothing stands here when nothing was written; texts are quoted, and stand in claims like figures."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.bulletin import written_claims as says
from dashboards.bulletin.blocks import Block, Paragraph, Table
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Claim, Statement

NO_TEXT = Statement("—")


def proceedings(w: Writing) -> Iterator[Block]:
    """Objections, comments and decisions, each if there are any."""
    if w.facts.written.is_empty:
        return
    yield w.chapter("written")
    yield from _objections(w)
    yield from _comments(w)
    yield from _decisions(w)


def _objections(w: Writing) -> Iterator[Block]:
    found = {key: count for key, count in w.facts.written.objected.items() if _is_known(w, key[0], key[2])}
    if not found:
        return
    rows = [
        [w.one(w.says.court(key[0])), w.one(w.says.indicator(key[2])), w.one(says.objection_count(key, count))]
        for key, count in found.items()
    ]
    head = [w.head("head_court"), w.head("head_indicator"), w.head("head_objections")]
    yield Paragraph(w.text("written_objections"))
    yield Table(w.label("table"), w.text("table_objections"), [head], rows, [2, 3, 1], "llr")


def _comments(w: Writing) -> Iterator[Block]:
    found = [one for one in w.facts.written.comments if _is_known(w, one.about.court, one.about.indicator)]
    if not found:
        return
    rows = []
    for one in found:
        key = one.about.key[:3]
        word = w.facts.t(f"bulletin_written.{one.status}") if one.status else ""
        status = w.one(Claim("under_examination", word, key)) if word else Statement("")
        text = status + w.one(says.quoted(one.act, "said", one.said))
        rows.append([w.one(w.says.court(key[0])), w.one(w.says.indicator(key[2])), text])
    head = [w.head("head_court"), w.head("head_indicator"), w.head("head_comment")]
    yield Table(w.label("table"), w.text("table_comments"), [head], rows, [1.6, 2, 5], "lll")


def _decisions(w: Writing) -> Iterator[Block]:
    found = [one for one in w.facts.written.decided if one.about.court in w.facts.courts]
    if not found:
        return
    rows = []
    for one in found:
        act = one.acts[0].number
        is_counted = one.about.indicator in w.facts.indicators
        indicator = w.one(w.says.indicator(one.about.indicator)) if is_counted else NO_TEXT
        rows.append(
            [
                w.one(w.says.court(one.about.court)),
                w.one(says.quoted(act, "said", one.said)),
                w.one(says.quoted(act, "owner", one.owner)),
                w.one(says.quoted(act, "due", one.due.isoformat())),
                w.one(says.stands(w.facts.t, one, w.facts.today)),
                indicator,
                w.one(says.became(w.facts.t, one, w.facts.outcomes[one.number])) if is_counted else NO_TEXT,
            ]
        )
    names = ("court", "decision", "owner", "decision_due", "state", "indicator", "became")
    head = [w.head(f"head_{name}") for name in names]
    note = w.text("written_note")
    widths = [1.4, 3.2, 1.3, 1.3, 1, 1.6, 2]
    yield Table(w.label("table"), w.text("table_decisions"), [head], rows, widths, "lllccll", note)


def _is_known(w: Writing, court: str, indicator: str) -> bool:
    """Whether the snapshot that is reported on has the court and the indicator."""
    return court in w.facts.courts and indicator in w.facts.indicators
