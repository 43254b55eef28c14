"""The order of a bulletin: its chapters one after the other.
What a chapter says belongs to the chapter, how it looks to the writers."""

from __future__ import annotations

from dashboards.bulletin.blocks import Document, Paragraph
from dashboards.bulletin.called_claims import CalledClaims
from dashboards.bulletin.chapters.changes import changes
from dashboards.bulletin.chapters.closing import annexes, items, signature
from dashboards.bulletin.chapters.findings import checks, findings, named
from dashboards.bulletin.chapters.overall import overall, scope
from dashboards.bulletin.chapters.proceedings import proceedings
from dashboards.bulletin.chapters.quality import quality
from dashboards.bulletin.chapters.standings import standings
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Statement
from dashboards.bulletin.facts import Facts
from dashboards.bulletin.target_claims import TargetClaims

CHAPTERS = (
    *(scope, overall, standings, findings, changes, named),
    *(checks, items, proceedings, quality, signature, annexes),
)


def writing(facts: Facts) -> Writing:
    """What the chapters, and the annex, are written with."""
    return Writing(facts, CalledClaims(facts), TargetClaims(facts))


def write(w: Writing) -> Document:
    """The whole bulletin of one edition and language."""
    facts = w.facts
    month, region = w.says.month(facts.month), facts.region
    opening = [
        Paragraph(w.text("label", label=w.says.label(), snapshot=w.says.snapshot()), style="label"),
        Paragraph(w.text("salute", region=region), style="salute"),
        Paragraph(w.text("lead", month=month, region=region, first=w.says.window_start())),
    ]
    if facts.has_open_weights:
        opening.insert(1, Paragraph(w.one(w.says.open_weights()), style="label"))
    if facts.has_provisional_calendar:
        opening.insert(1, Paragraph(w.text("calendar"), style="label"))
    blocks = [*opening, *(block for chapter in CHAPTERS for block in chapter(w))]
    title = w.text("title", month=month, region=region)
    return Document(facts.t.lang, title, blocks, Statement(facts.letterhead))
