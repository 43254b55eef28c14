"""A court's comment in the ranking's workbook: in the row of its court, in a column of its own, never as a formula.
Who may comment is tested with proceedings."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from dashboards.access.readers import Reader
from dashboards.month import Month
from dashboards.proceedings import comments
from dashboards.proceedings.numbers import Number
from dashboards.proceedings.store import Writer
from tests.dashboards.shown import headline

OpenAs = Callable[..., AppTest]


def test_a_comment_stands_in_its_courts_row_of_the_workbook(open_as: OpenAs, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, Callable[[], bytes]] = {}

    def kept(_label: str, data: Any, *_: Any, key: str, **__: Any) -> bool:
        offered[key] = data
        return False

    monkeypatch.setattr(streamlit, "download_button", kept)
    writer = Writer(Reader("other", "court", ("T10",)), "QH", "20200105-0800-full")
    about = Number("T13", "own", "QX02", "rolling_12m", Month(2019, 12, 1), "1")
    comments.say(writer, ("T13",), about, "=1+1 十二月法官两人调出")
    assert headline(open_as("bureau", "leaderboard", indicator="QX02"))
    lines = [
        [str(cell) for cell in line]
        for take in offered.values()
        for line in pd.read_excel(BytesIO(take()), header=None, engine="calamine").to_numpy().tolist()
    ]
    (row,) = (line for line in lines if any("十二月法官两人调出" in cell for cell in line))
    assert any("城西" in cell for cell in row) and not any(cell.startswith("=") for cell in row)
