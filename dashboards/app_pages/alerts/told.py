"""The reader's messages: each publication's items as sentences, with the way on, and its workbook.
What may be shown, and what is new, is decided with the bell in the shell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from dashboards import formats
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.outbox.box import Message
from dashboards.outbox.news import Item
from dashboards.outbox.paper import Words
from dashboards.proceedings import subscriptions
from dashboards.proceedings.store import StoreError
from dashboards.queries import dimensions
from dashboards.shell import elements, links, unread
from dashboards.shell.cached_queries import by_code
from dashboards.shell.view import View

MOST = 12  # messages shown: a year of months; all lie in the reader's folder
PAGES = {"check": "checks", "delivery": "quality", "objection": "objections"}


def read(view: View) -> tuple[list[Message], str]:
    """Newest first, and up to when they were seen. Stops with the reason where that cannot be read."""
    try:
        return unread.messages(view), unread.seen_until(view)
    except StoreError:  # the header says why
        elements.headline(view, view.t("page.alerts"))
        st.stop()


def sentence(view: View, mine: Sequence[Message], seen: str) -> str:
    if not mine:
        return view.t("alerts.headline_none")
    return view.t("alerts.headline", new=unread.count(mine, seen), n=sum(len(one.items) for one in mine))


def show(view: View, mine: Sequence[Message], seen: str) -> None:
    """The newest messages, each with its items and its workbook."""
    t, source = view.t, view.data.source
    courts, indicators = (
        by_code(source, query, f"{name}_code")
        for name, query in (("court", dimensions.courts), ("indicator", dimensions.indicators))
    )
    said = Words(t, courts, indicators)
    for number, one in enumerate(mine[:MOST]):
        at = formats.moment(datetime.fromisoformat(one.made_at))
        mark = f" · {t('alerts.new')}" if one.made_at > seen else ""
        elements.section(f"{at}{mark}", t("alerts.of_snapshot", snapshot=one.snapshot_id))
        st.html(blocks.concerns(_line(view, said, item) for item in one.items))
        if one.is_whole:
            name = f"alerts_{number}"
            file = one.folder / "news.xlsx"
            elements.download_file(view, t("word.download"), file.read_bytes, name, f"{name}_{one.snapshot_id}.xlsx")
    if mine:
        elements.reading(t("outbox.chance"))


def _line(view: View, said: Words, item: Item) -> tuple[str, str, list[str]]:
    month = {"month": item.month} if item.month else {}
    if item.topic == "indicator" and item.indicator in view.data.indicators.index:
        address = links.about(view, item.indicator, item.court, **month)
    else:
        address = view.address(PAGES.get(item.topic, "court"), court=item.court, **month)
    return view.t(f"topic.{item.topic}"), address, [said.sentence(item)]


def visited(view: View, mine: Sequence[Message], seen: str) -> None:
    """From now on the bell counts what is told after this."""
    newest = max((one.made_at for one in mine), default="")
    if newest > seen:
        writing.done(view, lambda: subscriptions.read_until(writing.writer(view), newest))
