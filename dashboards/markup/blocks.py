"""The small blocks every page is made of: headline, line of reading, chips, facts, lists.
Grids and cards have their own modules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path

from dashboards.charts.theme import LIGHT, Palette

MARKS = {
    "met": "●",
    "above": "▲",
    "below": "▼",
    "no_target": "○",
    "monitored": "○",
    "too_few": "◌",
    "not_applicable": "–",
    "not_delivered": "×",
    "not_in_service": "·",
    "no_peers": "○",
    "late": "◐",
    "delivered": "●",
    "redelivered": "◎",
}
TONES = {
    "met": "met",
    "above": "below",
    "below": "below",
    "late": "near",
    "delivered": "met",
    "redelivered": "met",
    "not_delivered": "below",
}
SHEETS = ("style.css", "wall.css", "print.css")
ARROWS = {
    "better": "▲",
    "worse": "▼",
    "up": "▲",
    "down": "▼",
    "same": "＝",
    "noise": "≈",
    "none": "",
    "incomplete": "×",
}


@cache
def style(colours: Palette) -> str:
    """The sheets of styles with the palette's colours as variables; on paper always those of the light palette."""
    sheet = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in SHEETS)
    # Charts and tables are drawn in the colours of the screen; a dark one is turned over for paper.
    turned = "filter:none" if colours is LIGHT else "filter:invert(1) hue-rotate(180deg)"
    drawn = ".js-plotly-plot,[data-testid=stDataFrame],.g-spark"
    return (
        f"<style>:root{{{_variables(colours)}}}{sheet}"
        f"@media print{{:root{{{_variables(LIGHT)}}}{drawn}{{{turned}}}}}</style>"
    )


def _variables(colours: Palette) -> str:
    names = ("ink", "muted", "rule", "ground", "raised", "subject", "met", "near", "below", "unjudged")
    steps = zip(colours.steps, colours.step_inks, strict=True)
    return "".join(f"--g-{name}:{getattr(colours, name)};" for name in names) + "".join(
        f"--g-step{i}:{colour};--g-on{i}:{ink};" for i, (colour, ink) in enumerate(steps)
    )


def headline(sentence: str, under: str) -> str:
    return f'<div class="g-headline"><h1>{escape(sentence)}</h1><p>{escape(under)}</p></div>'


def section(title: str, measure: str = "") -> str:
    return f'<div class="g-section"><h2>{escape(title)}</h2><span>{escape(measure)}</span></div>'


def reading(line: str, glossary: Mapping[str, str] | None = None) -> str:
    return f'<p class="g-reading">{explained(line, glossary or {})}</p>'


def explained(line: str, glossary: Mapping[str, str]) -> str:
    """The line escaped, the first use of each short form of the glossary with its explanation on hover."""
    text, seen = escape(line), set()
    if not glossary:
        return text

    def marked(found: re.Match[str]) -> str:
        term = found.group(0)
        if term in seen:
            return term
        seen.add(term)
        return abbr(term, glossary[term])

    return _any_of(tuple(glossary)).sub(marked, text)


@cache
def _any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the short forms, the longest first: Latin ones stand alone, Chinese ones stand anywhere."""
    known = sorted((term for term in terms if escape(term) == term), key=len, reverse=True)
    said = (rf"(?<![A-Za-z&]){re.escape(t)}(?![A-Za-z;])" if t.isascii() else re.escape(t) for t in known)
    return re.compile("|".join(said))


def chip(status: str, label: str) -> str:
    tone = TONES.get(status, "unjudged")
    return f'<span class="g-chip g-{tone}">{MARKS.get(status, "")} {escape(label)}</span>'


def facts(items: Iterable[tuple[str, str, str]], is_tight: bool = False) -> str:
    """Label, figure, note: a row of figures without judgement."""
    cells = "".join(
        f'<div class="g-fact"><span>{escape(label)}</span><b>{escape(figure)}</b><i>{escape(note)}</i></div>'
        for label, figure, note in items
    )
    return f'<div class="g-facts{" g-tight" if is_tight else ""}">{cells}</div>'


def concerns(items: Iterable[tuple[str, str, list[str]]], glossary: Mapping[str, str] | None = None) -> str:
    """Court, address of its page, reasons as sentences."""
    rows = "".join(
        f'<div><a href="{escape(address, quote=True)}" target="_self">{escape(court)}</a>'
        f"<span>{explained(' '.join(reasons), glossary or {})}</span></div>"
        for court, address, reasons in items
    )
    return f'<div class="g-concerns">{rows}</div>'


def coverage(rows: Iterable[tuple[str, int, int, str]]) -> str:
    """Kind, delivered, expected, names of what is missing: one bar each."""
    lines = "".join(
        f'<div class="g-cover"><span>{escape(kind)}</span>'
        f'<div class="g-track"><div class="g-fill{"" if done >= expected else " g-part"}" '
        f'style="width:{100 * done / max(1, expected):.1f}%"></div></div>'
        f"<b>{done}/{expected}</b><i>{escape(missing)}</i></div>"
        for kind, done, expected, missing in rows
    )
    return f'<div class="g-covers">{lines}</div>'


def notice(text: str) -> str:
    return f'<div class="g-notice">{escape(text)}</div>'


def mode_notice(text: str) -> str:
    """One quiet line under the headline."""
    return f'<p class="g-mode">{escape(text)}</p>'


def abbr(text: str, explanation: str) -> str:
    """A short form that explains itself on hover and to a screen reader."""
    return f'<abbr class="g-abbr" tabindex="0" title="{escape(explanation, quote=True)}">{escape(text)}</abbr>'


def trouble(title: str, what: str, remedy: str, detail: str = "") -> str:
    """What happened, what to do, and what to tell the maintainer; it stands where the page would."""
    under = f"<code>{escape(detail)}</code>" if detail else ""
    return (
        f'<div class="g-headline g-trouble"><h1>{escape(title)}</h1><p>{escape(what)}</p><p>{escape(remedy)}</p>'
        f"{under}</div>"
    )


def definition(pairs: Iterable[tuple[str, str]]) -> str:
    """A definition card's lines: term and text."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in pairs if text)
    return f'<dl class="g-card-lines">{rows}</dl>'


def check(is_met: bool, text: str) -> str:
    """The outcome of a check, with its mark."""
    tone = "met" if is_met else "below"
    return f'<p class="g-check g-{tone}">{MARKS[tone]} {escape(text)}</p>'


def lines(said: Iterable[str]) -> str:
    """Sentences under each other."""
    return f'<ul class="g-lines">{"".join(f"<li>{escape(line)}</li>" for line in said)}</ul>'


def paper(line: str) -> str:
    """A line that is seen on paper alone."""
    return f'<p class="g-paper">{escape(line)}</p>'


def sheet(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A plain table that is seen on paper alone, where a scrolling one would be cut off."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="g-sheet"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
