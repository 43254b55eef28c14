"""The funnel: each court's value against its n, with the limits that were published for it.
Which court is beyond a limit is in the frame; nothing is estimated here."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards.charts.drawn import once
from dashboards.charts.theme import Palette, blank

SMOOTH = 1e-6  # limits are one curve over n when the error times √n is the same for all courts


@dataclass(frozen=True)
class Words:
    """Labels: axis of n, expected value, the two limits; and the unit's suffix."""

    count: str
    expected: str
    alert: str
    alarm: str
    suffix: str


@once
def funnel(frame: pd.DataFrame, colours: Palette, words: Words, height: int = 520) -> go.Figure:
    """`frame`, by n: case_count, shown, expected, alert_low … alarm_high (as drawn), signal, side, label, hover, error.

    `side` is better, worse or empty: courts beyond a limit are never coloured alike on the good and on the bad side.
    """
    figure = blank(colours, height)
    if is_smooth(frame):
        _curves(figure, frame, colours, words)
    else:
        _bars(figure, frame, colours)
    middle = float(frame["expected"].iloc[0])
    figure.add_hline(y=middle, line={"color": colours.muted, "width": 1.2})
    _note(figure, middle, words.expected, colours, at=0.0)
    solid = _tones(frame, colours)
    symbols = {"alarm": "diamond", "alert": "diamond-open"}
    figure.add_trace(
        go.Scatter(
            x=frame["case_count"], y=frame["shown"], mode="markers", hovertext=frame["hover"], hoverinfo="text",
            marker={
                "size": 9,
                "color": solid,
                "symbol": [symbols.get(signal, "circle") for signal in frame["signal"]],
                "line": {"width": 1.6, "color": solid},
            },
        )
    )  # fmt: skip
    _names(figure, frame[frame["signal"] == "alarm"], colours)
    figure.update_xaxes(type="log", title={"text": words.count}, dtick="D2", showline=True)
    figure.update_yaxes(ticksuffix=words.suffix, showgrid=True)
    figure.update_layout(margin={"r": 56, "t": 16})
    return figure


def _tones(frame: pd.DataFrame, colours: Palette) -> list[str]:
    tones = {"better": colours.met, "worse": colours.below}
    beyond = zip(frame["signal"], frame["side"], strict=True)
    return [
        tones.get(side, colours.near) if signal in ("alarm", "alert") else colours.subject for signal, side in beyond
    ]


def is_smooth(frame: pd.DataFrame) -> bool:
    """Whether the limits depend on n alone, so that a curve through them is true between the courts too."""
    factor = frame["error"] * frame["case_count"] ** 0.5
    return len(frame) > 2 and bool((factor.max() - factor.min()) <= SMOOTH * factor.max())


def _curves(figure: go.Figure, frame: pd.DataFrame, colours: Palette, words: Words) -> None:
    for low, high, dash, said in (("alert_low", "alert_high", "dash", words.alert),
                                  ("alarm_low", "alarm_high", "solid", words.alarm)):  # fmt: skip
        for name in (low, high):
            figure.add_trace(
                go.Scatter(
                    x=frame["case_count"], y=frame[name], mode="lines", hoverinfo="skip",
                    line={"color": colours.muted, "width": 1.2, "dash": dash},
                )
            )  # fmt: skip
        _note(figure, float(frame[high].iloc[-1]), said, colours, at=1.0, shift=7 if dash == "solid" else -7)


def _bars(figure: go.Figure, frame: pd.DataFrame, colours: Palette) -> None:
    """Limits that rest on more than n: one bar per court, thin at 99.8 %, thick at 95 %."""
    for low, high, width in (("alarm_low", "alarm_high", 1.2), ("alert_low", "alert_high", 5)):
        xs: list[float | None] = []
        ys: list[float | None] = []
        for n, bottom, top in zip(frame["case_count"], frame[low], frame[high], strict=True):
            xs += [n, n, None]
            ys += [bottom, top, None]
        figure.add_trace(
            go.Scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", line={"color": colours.rule, "width": width})
        )


def _note(figure: go.Figure, y: float, text: str, colours: Palette, at: float, shift: int = 0) -> None:
    """Words on a line: inside at the left edge, or outside of the right one."""
    figure.add_annotation(
        x=at + 0.01, xref="paper", xanchor="left", y=y, yanchor="middle" if at else "bottom", yshift=shift, text=text,
        bgcolor=colours.ground, opacity=0.9,
        showarrow=False, font={"size": 12, "color": colours.muted},
    )  # fmt: skip


def _names(figure: go.Figure, named: pd.DataFrame, colours: Palette, most: int = 8) -> None:
    """The courts beyond the outer limit by name, the farthest first, so that few labels meet."""
    farthest = (named["shown"] - named["expected"]).abs().sort_values(ascending=False).index[:most]
    shown = named.loc[farthest]
    for row, tone in zip(shown.itertuples(), _tones(shown, colours), strict=True):
        figure.add_trace(
            go.Scatter(
                x=[row.case_count], y=[row.shown], mode="text", text=[row.label], hoverinfo="skip",
                textposition="top center" if row.shown > row.expected else "bottom center",
                textfont={"size": 12, "color": tone},
            )
        )  # fmt: skip
