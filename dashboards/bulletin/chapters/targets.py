"""How the overall figures stand to their targets: the core set, what is missed, and what is a reference only.
Single courts are not judged here."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards import formats
from dashboards.bulletin.blocks import Block, Paragraph
from dashboards.bulletin.chapters.writing import Writing
from dashboards.bulletin.claims import Statement, join
from dashboards.bulletin.facts import WINDOW
from dashboards.bulletin.judgement import CHANGE_LEVEL
from dashboards.targets import Target


def targets(w: Writing) -> Iterator[Block]:
    """A sentence with the counts; the core set, met or not; every other one that is missed; the references."""
    aims = w.aims
    if not w.facts.targets:
        return
    yield w.section(w.text("targets"))
    counts = {what: aims.count(what) for what in ("total", "met", "missed", "short")}
    yield Paragraph(w.text("targets_line", level=w.says.rule("change_level", CHANGE_LEVEL), **counts))
    core = aims.core()
    yield from _listed(w, "targets_core", core)
    shown = {target.code for target in core}
    yield from _listed(w, "targets_missed", [target for target in aims.missed() if target.code not in shown])
    if references := aims.references():
        said = join([_reference(w, target) for target in references], w.semicolon)
        yield Paragraph(w.text("targets_references", n=aims.count("reference"), said=said))


def _listed(w: Writing, phrase: str, found: list[Target]) -> Iterator[Block]:
    if not found:
        return
    yield Paragraph(w.text(phrase))
    for number, target in enumerate(found, start=1):
        yield Paragraph(_line(w, target), number=f"{number}.")


def _line(w: Writing, target: Target) -> Statement:
    """Value, target, verdict, n and interval; that the definition is a working one, and what another one gives."""
    aims, code = w.aims, target.code
    interval = aims.interval(code)
    level = w.says.rule("change_level", CHANGE_LEVEL)
    between = (
        w.text("targets_no_interval")
        if interval.text == formats.ABSENT
        else w.text("targets_interval", level=level, interval=interval)
    )
    at = Statement("") if target.row["window_code"] == WINDOW else w.text("targets_window", window=aims.window(code))
    said = w.text(
        "targets_item",
        indicator=aims.name(code, "name"),
        value=aims.value(code),
        aim=aims.aim(code),
        status=aims.status(code),
        n=aims.n(code),
        interval=between,
        window=at,
    )
    return said + _working(w, target) if target.is_working else said


def _working(w: Writing, target: Target) -> Statement:
    aims = w.aims
    said = w.text("targets_working", working=aims.working(target.code))
    for row, _ in target.readings:
        code = str(row["indicator_code"])
        if not formats.is_absent(row["value"]):
            parts = {"formula": aims.formula(code), "value": aims.value(code), "status": aims.status(code)}
            said = said + w.text("targets_reading", n=aims.n(code), **parts)
    return said


def _reference(w: Writing, target: Target) -> Statement:
    aims, code = w.aims, target.code
    parts = {"indicator": aims.name(code), "value": aims.value(code), "reference": aims.reference(code)}
    return w.text("targets_reference", source=aims.source(code), **parts)
