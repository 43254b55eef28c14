"""What a page shows, read from a run of its script: its HTML, its headline, its tables.
How a page is opened is in the fixtures; a page in a browser is in served."""

from __future__ import annotations

import re

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
