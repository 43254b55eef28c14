"""What a page shows, read from a run of its script: its HTML, its headline, its tables, its charts.
How a page is opened is in the fixtures; a page in a browser is in served."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest


def html(app: AppTest) -> str:
    """Every block of HTML on the page, its styles left out."""
    shown = "\n".join(element.proto.body for element in app.get("html"))
    return re.sub(r"<style>.*?</style>", "", shown, flags=re.S)


def headline(app: AppTest) -> str:
    """The page's sentence; the tags in it are left."""
    found = re.search(r'<div class="g-headline"><h1>(.*?)</h1>', html(app))
    assert found, "the page has no headline"
    return found.group(1)


def frame_with(app: AppTest, column: str) -> pd.DataFrame:
    """The first table on the page that has the column."""
    return next(element.value for element in app.dataframe if column in element.value.columns)


def traces(app: AppTest, key: str) -> list[dict[str, Any]]:
    """The traces of the one chart with this key, their numbers unpacked."""
    charts = [element.proto for element in app.get("plotly_chart") if element.proto.id.endswith(f"-{key}")]
    assert len(charts) == 1, f"{len(charts)} charts with the key {key}"
    drawn = json.loads(charts[0].spec)["data"]
    return [{**t, **{axis: _numbers(t[axis]) for axis in ("x", "y") if axis in t}} for t in drawn]


def _numbers(values: Any) -> list[Any]:
    """Plotly sends numbers as packed bytes; NaN, which is a gap, becomes None."""
    if not isinstance(values, dict):
        return list(values)
    unpacked = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"]).tolist()
    return [None if value != value else value for value in unpacked]
