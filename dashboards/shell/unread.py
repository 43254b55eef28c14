"""What was told the reader and may be shown them now, and how much of it is new since their last visit: the bell.
How it is listed belongs to the page of alerts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboards.outbox import box, news
from dashboards.outbox.box import Message
from dashboards.proceedings import store, subscriptions
from dashboards.proceedings.store import StoreError
from dashboards.shell.navigation import script
from dashboards.shell.view import View

BELL = ":material/notifications:"  # of the font that Streamlit brings along: not every machine has the sign as a letter


def messages(view: View) -> list[Message]:
    """Newest first; items that the reader's role does not show any more are left out."""
    courts, own = view.data.courts.index, view.data.own_courts
    found = []
    for message in box.messages(view.data.reader.name):
        shown = tuple(item for item in message.items if news.is_shown(item, courts, own))
        if shown:
            found.append(replace(message, items=shown, is_whole=len(shown) == len(message.items)))
    return found[::-1]


def seen_until(view: View) -> str:
    """StoreError when it cannot be read."""
    return subscriptions.seen_until(view.choice.province, view.data.reader.name)


def count(told: Sequence[Message], seen: str) -> int:
    """How many items are new."""
    return sum(len(message.items) for message in told if message.made_at > seen)


def bell(view: View) -> None:
    """The way to what is new; nothing where there is nothing, or where it cannot be told."""
    try:
        told = messages(view)
        new = count(told, seen_until(view)) if told else 0  # most pages are spared the store of acts
    except (OSError, ValueError, StoreError):
        return  # `acts` says why
    if new:
        with st.container(key="link_bell", width="content"):
            st.page_link(script("alerts"), label=view.t("alerts.bell", n=new), icon=BELL, query_params=view.carried)


def acts(view: View) -> None:
    """Says, where it is so, that what people write cannot be read now: marks, comments and decisions are missing."""
    try:
        store.keeper().mark()
    except StoreError as failed:
        st.warning(view.t("writing.unread", why=view.t.half(str(failed))))
