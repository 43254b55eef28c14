"""The picture of several courts together, by indicator, and its files for slides with the source line.
How it is drawn is in together; the panels are in panels."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.trends import panels, together
from dashboards.app_pages.trends.together import Line
from dashboards.markup import blocks
from dashboards.shell import elements
from dashboards.shell.view import View

KINDS = ("svg", "png")


def _lines(view: View, series: pd.DataFrame, unit: str) -> list[Line]:
    """One line a court, in the order of the series."""
    return [
        Line(panels.place_name(view, part.iloc[0]), panels.frame(view, part, unit))
        for _, part in series.groupby("court_code", sort=False)
    ]


def _picture(view: View, series: pd.DataFrame, code: str) -> None:
    unit = str(view.data.indicators.loc[code, "unit"])
    lines, suffix = _lines(view, series, unit), formats.suffix(unit, view.lang)
    name = f"{code} {view.names.indicator(code, short=False)}"
    elements.picture(together.drawn(lines, view.colours, suffix), f"together_{code}", view.t("trends.together_reading"))
    words = {"title": name, "source": view.t("trends.source", where=view.names.where())}
    with st.container(horizontal=True):
        for kind in KINDS:
            made = partial(together.picture, lines, suffix, words, kind)
            file = f"{code}_{view.choice.month}.{kind}"
            elements.download_file(view, view.t(f"trends.picture_{kind}"), made, f"picture_{code}_{kind}", file)


def show(view: View, series: pd.DataFrame, indicators: tuple[str, ...]) -> None:
    """A picture an indicator."""
    for code in indicators:
        part = series[series["indicator_code"] == code]
        direction = view.t(f"direction.{view.data.indicators.loc[code, 'direction']}")
        elements.section(f"{code} {view.names.indicator(code, short=False)}", direction)
        if part["value"].notna().any():
            _picture(view, part, code)
        else:
            st.html(blocks.reading(view.t("trends.no_values")))
