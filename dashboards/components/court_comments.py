"""What courts say of their own numbers (法院说明), beside the number and in lists of several.
Who may say it, and how it is kept, belongs to proceedings."""

from __future__ import annotations

import streamlit as st

from dashboards import formats
from dashboards.components import writing
from dashboards.markup import blocks
from dashboards.plain import inert
from dashboards.proceedings import comments
from dashboards.proceedings.comments import Comment
from dashboards.proceedings.numbers import Number, is_of
from dashboards.proceedings.store import StoreError
from dashboards.shell import links
from dashboards.shell.view import View


def of_month(view: View, court: str = "", scope: str = "", indicator: str = "") -> list[Comment]:
    """The month's comments, of a court, a scope, an indicator; none when they cannot be read."""
    try:
        found = comments.comments(view.choice.province).values()
    except StoreError:
        return []
    return [
        one
        for one in found
        if one.about.month == view.choice.month and is_of(one.about.key[:3], court, scope, indicator)
    ]


def cells(view: View, scope: str, indicator: str) -> dict[str, str]:
    """Court → its comment on an indicator in a scope, as a cell of a table or workbook."""
    return {one.about.court: inert(worded(view, one)) for one in of_month(view, scope=scope, indicator=indicator)}


def worded(view: View, one: Comment) -> str:
    """The text, behind its status where it has one."""
    status = f"【{view.t(f'comment_status.{one.status}')}】" if one.status else ""
    return f"{status}{one.said}"


def listed(view: View, court: str, scope: str) -> None:
    """The court's comments on its numbers of the month; nothing without one."""
    found = [one for one in of_month(view, court, scope) if one.about.indicator in view.data.indicators.index]
    if not found:
        return
    st.html(blocks.section(view.t("comment.section"), view.t("comment.listed_measure", n=len(found))))
    st.html(
        blocks.concerns(
            (
                view.names.indicator(one.about.indicator),
                links.about(view, one.about.indicator, court, scope),
                [worded(view, one), formats.moment(one.said_at)],
            )
            for one in found
        )
    )


def beside(view: View, number: Number) -> None:
    """The number's comment, the form of its court, the bureau's word on it."""
    t = view.t
    found = of_month(view, *number.key[:3])
    if found:
        status = t(f"comment_status.{found[0].status}") if found[0].status else ""
        at = formats.moment(found[0].said_at)
        st.html(
            blocks.definition(
                [(t("comment.text"), found[0].said), (t("comment.status"), status), (t("comment.when"), at)]
            )
        )
    else:
        st.html(blocks.reading(t("comment.none")))
    if view.data.reader.may("object") and view.data.sees((number.court,)):
        _form(view, number, found[0].said if found else "")
    if found and view.data.reader.may("review"):
        is_examined = bool(found[0].status)
        label = t("comment.settle" if is_examined else "comment.examine")
        if st.button(label, key="comment_examine") and writing.done(
            view, lambda: comments.examine(writing.writer(view), number, is_examined=not is_examined)
        ):
            st.rerun()


def _form(view: View, number: Number, said: str) -> None:
    t = view.t
    with st.expander(t("comment.form")), st.form("comment"):
        st.caption(t("comment.form_reading"))
        text = st.text_area(
            t("comment.text"), said, key=f"comment_{'_'.join(map(str, number.key))}", max_chars=comments.LONGEST
        )
        with st.container(horizontal=True):
            is_said = st.form_submit_button(t("comment.say"), type="primary")
            is_withdrawn = bool(said) and st.form_submit_button(t("comment.withdraw"))
    act = writing.writer(view)
    if (is_said and writing.done(view, lambda: comments.say(act, view.data.own_courts, number, text))) or (
        is_withdrawn and writing.done(view, lambda: comments.withdraw(act, view.data.own_courts, number))
    ):
        st.rerun()
