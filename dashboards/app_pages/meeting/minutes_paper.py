"""The minutes of a meeting as a Word file: what became of earlier decisions, what courts answered, what was decided.
It is set like the bulletin, and says nothing that was not noted or is not in the snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboards.app_pages.meeting import followed, minutes
from dashboards.bulletin.blocks import Block, Document, Heading, Paragraph
from dashboards.bulletin.claims import Statement
from dashboards.bulletin.writers import word
from dashboards.proceedings import decisions
from dashboards.proceedings.decisions import Decision
from dashboards.shell.view import View
from dashboards.texts import Texts, texts

NUMERALS = "一二三四五六七八九十"


def docx(view: View, found: list[Decision], notes: list[minutes.Note]) -> bytes:
    """The file's bytes: earlier decisions, answers, decisions of this meeting."""
    t = view.t
    answers = [note for note in notes if note.period_month == view.choice.month]
    parts = (
        ("followed", [_decided(view, decision) for decision in decisions.followed(found, view.choice.month)]),
        ("answers", [f"{view.names.court(note.court_code)}{t('decision.colon')}{note.said}" for note in answers]),
        ("now", [_decided(view, decision) for decision in decisions.of_meeting(found, view.choice.month)]),
    )
    title = t("decision.minutes_title", month=view.names.month())
    return word.docx(paper(view.lang, title, view.names.where(), parts), view.data.source.published_at())


def paper(lang: str, title: str, where: str, parts: Sequence[tuple[str, list[str]]]) -> Document:
    """The document of parts by name, each saying so where nothing was noted."""
    blocks: list[Block] = [Paragraph(Statement(where), style="label")]
    for place, (name, lines) in enumerate(parts):
        blocks += _part(texts(lang), place, name, lines)
    return Document(lang, Statement(title), blocks)


def _part(t: Texts, place: int, name: str, lines: list[str]) -> Iterator[Block]:
    number = f"{NUMERALS[place]}、" if t.lang == "zh" else f"{place + 1}."
    yield Heading(1, number, Statement(t(f"decision.part_{name}")))
    if not lines:
        yield Paragraph(Statement(t("decision.part_none")))
    for at, line in enumerate(lines, start=1):
        yield Paragraph(Statement(line), style="list", number=f"{at}. ")


def _decided(view: View, decision: Decision) -> str:
    court, _, said = followed.line(view, decision)
    return f"{court}{view.t('decision.colon')}{said}"
