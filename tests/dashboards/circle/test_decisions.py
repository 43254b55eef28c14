"""A decision on the pages: noted in one meeting, the first step of the next, reported, done, and in the minutes.
What may follow what is tested with proceedings."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.meeting import minutes_paper
from dashboards.bulletin.writers import word
from dashboards.proceedings import decisions
from tests.dashboards.circle.conftest import press
from tests.dashboards.shown import headline, html

OpenAs = Callable[..., AppTest]


def decide(open_as: OpenAs) -> AppTest:
    app = open_as("bureau", "meeting", month="2019-11", step="decisions")
    app.selectbox(key="decision_court").set_value("T13")
    app.selectbox(key="decision_indicator").set_value("QX01")
    app.selectbox(key="decision_template").set_value("clear")
    app.text_input(key="decision_owner").set_value("城西区法院执行局")
    app.text_area(key="decision_said").set_value("<b>两个月内</b>完成，联系人张三")
    return press(app, "记下")


@pytest.mark.parametrize("kept", ["file", "server"])
def test_a_decision_opens_the_next_meeting_and_is_followed_to_its_end(open_as: OpenAs) -> None:
    assert "城西区法院执行局" in html(decide(open_as))
    (decision,) = decisions.decisions("QH")
    assert decision.said.startswith("城西区就") and "张三" not in decision.said

    assert "以往决定" not in headline(open_as("bureau", "meeting", month="2019-11"))
    app = open_as("bureau", "meeting", month="2019-12")
    assert headline(app).startswith("以往决定：1项：办结0项")
    text = html(app)
    assert "城西区法院执行局" in text and "&lt;b&gt;两个月内" in text
    assert any(word in text for word in ("超出偶然", "偶然范围以内", "不作判断"))

    app.text_area(key="decision_report").set_value("已清理三件")
    assert "最近进展：已清理三件" in html(press(app, "登记进展"))
    app = open_as("bureau", "meeting", month="2019-12")
    app.text_area(key="decision_report").set_value("全部清理")
    press(app, "办结")
    assert headline(open_as("leader", "meeting", month="2019-12")).startswith("以往决定：1项：办结1项")
    assert not [area for area in open_as("leader", "meeting").text_area if area.key == "decision_report"]


def test_the_minutes_are_offered_in_word(open_as: OpenAs) -> None:
    decide(open_as)
    app = open_as("bureau", "meeting", month="2019-12", step="decisions", lang="en")
    assert "Download the minutes (Word)" in [element.proto.label for element in app.get("download_button")]


def test_the_minutes_say_what_was_decided_and_quote_it_as_text() -> None:
    paper = minutes_paper.paper("zh", "题目", "20200105", (("followed", ["城西区：<b>清理</b>"]), ("now", [])))
    written = docx.Document(BytesIO(word.docx(paper, None)))
    text = [paragraph.text for paragraph in written.paragraphs]
    assert text[0] == "题目" and "一、以往决定的落实" in text and "1. 城西区：<b>清理</b>" in text
    assert "二、本次决定" in text and "没有记录。" in text
