"""What the reader follows, and the form by which they follow more, or no more.
It is told them from the next publication on."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.plain import plain
from dashboards.proceedings import subscriptions
from dashboards.proceedings.subscriptions import NAMED, TOPICS, Follow
from dashboards.shell.view import View


def show(view: View) -> None:
    t = view.t
    mine = subscriptions.subscribers(view.choice.province).get(view.data.reader.name)
    follows = mine.follows if mine else ()
    if view.data.reader.role == "court":
        st.html(blocks.reading(t("alerts.court")))
    if not follows:
        st.html(blocks.reading(t("alerts.none")))
    for number, one in enumerate(follows):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_worded(view, one)), width="content")
            st.button(
                t("alerts.unfollow"), key=f"unfollow_{number}", type="tertiary", on_click=_act, args=(view, one, False)
            )
    _form(view)
    st.html(blocks.reading(t("alerts.reading")))


def _form(view: View) -> None:
    t = view.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        topic = st.selectbox(
            t("outbox.topic"), TOPICS, format_func=lambda code: t(f"topic.{code}"), key="follow_topic", width=160
        )
        code = _choose(view, topic) if topic in NAMED else ""
        chosen = Follow(topic, code)
        st.button(t("alerts.follow"), key="follow", type="primary", on_click=_act, args=(view, chosen, True))


def _choose(view: View, topic: str) -> str:
    """Of a topic that is followed one by one, which one."""
    wording: Callable[[str], str] = view.names.court
    options = view.data.courts.index.tolist()
    if topic == "indicator":
        options, wording = view.data.choices, lambda code: f"{code} {view.names.indicator(code)}"
    return str(st.selectbox(view.t(f"topic.{topic}"), options, format_func=wording, key=f"follow_{topic}", width=330))


def _worded(view: View, one: Follow) -> str:
    topic = view.t(f"topic.{one.topic}")
    if not one.code:
        return topic
    named = view.names.court if one.topic == "court" else view.names.indicator_or_code
    return f"{topic}: {named(one.code)}"


def _act(view: View, one: Follow, is_follow: bool) -> None:
    deed = subscriptions.follow if is_follow else subscriptions.unfollow
    writing.done(view, lambda: deed(writing.writer(view), one.topic, one.code, view.lang))
