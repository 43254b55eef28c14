"""Indicator cards: big value, bullet against its target, sparkline, change in words, status chip.
Which indicators there are, and their figures, come from the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from dashboards.markup.blocks import ARROWS, chip


@dataclass(frozen=True)
class Card:
    """Everything a card shows, already worded. `bullet` is (value, target), `band` the interval, on a scale of 0–1."""

    code: str
    name: str
    full_name: str
    figure: str
    status: str
    status_label: str
    verdict: str
    change: str
    last_year: str
    n: str
    spark: str
    bullet: tuple[float, float] | None = None
    target: str = ""
    address: str = ""
    band: tuple[float, float] | None = None
    n_title: str = ""
    remark: str = ""


def cards(items: Iterable[Card], is_core: bool = False) -> str:
    """Core cards are larger and always four to a row where the screen allows it."""
    return f'<div class="g-cards{" g-core" if is_core else ""}">{"".join(_card(item) for item in items)}</div>'


def _card(card: Card) -> str:
    tone = {"better": "met", "worse": "below"}.get(card.verdict, "unjudged")
    spark = f'<img class="g-spark" alt="" src="{card.spark}">' if card.spark else '<div class="g-spark"></div>'
    remark = f'<div class="g-small">{escape(card.remark)}</div>' if card.remark else ""
    address, title = escape(card.address, quote=True), escape(card.full_name, quote=True)
    return (
        f'<a class="g-card" href="{address}" target="_self" title="{title}"><div class="g-card-top">'
        f'<span class="g-name">{escape(card.name)}</span><span class="g-code">{escape(card.code)}</span></div>'
        f'<div class="g-card-mid"><b>{escape(card.figure)}</b>{chip(card.status, card.status_label)}</div>'
        f"{_bullet(card)}{spark}"
        f'<div class="g-change g-{tone}">{ARROWS[card.verdict]} {escape(card.change)}</div>'
        f'<div class="g-small">{escape(card.last_year)}</div>'
        f'<div class="g-small" title="{escape(card.n_title, quote=True)}">{escape(card.n)}</div>'
        f"{remark}</a>"
    )


def _bullet(card: Card) -> str:
    if card.bullet is None:
        return f'<div class="g-bullet g-none"><i>{escape(card.target)}</i></div>'
    value, target = (_percent(part) for part in card.bullet)
    low, high = (_percent(part) for part in card.band) if card.band else (0.0, 0.0)
    band = f'<div class="g-band" style="left:{low:.1f}%;width:{high - low:.1f}%"></div>' if card.band else ""
    goal = "" if card.band else f'<div class="g-goal" style="left:{target:.1f}%"></div>'
    return (
        f'<div class="g-bullet">{band}<div class="g-bar" style="width:{value:.1f}%"></div>{goal}'
        f"<i>{escape(card.target)}</i></div>"
    )


def _percent(part: float) -> float:
    return min(1.0, max(0.0, part)) * 100
