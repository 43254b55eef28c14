"""The page's sentence, levers, tables and the words on how far a projection may be believed.
The figures come from outlook."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.backlog.outlook import Outlook, Past, Projected, outlook, tested
from dashboards.app_pages.backlog.projection import MODES, Levers
from dashboards.markup import blocks
from dashboards.shell import elements, url_state
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

HORIZONS = ("3", "6", "12", "18", "24")
CHOICES = {
    "filings": ("-20", "-10", "0", "10", "20", "50", "100"),
    "judges": ("-20", "-10", "0", "10", "20", "50"),
    "campaign": ("0", "25", "50", "100"),
    "revived": ("0", "1", "2", "5"),
}


def choose_levers(view: View) -> tuple[int, Levers]:
    """How many months ahead, and the levers, all in the address."""
    t = view.t
    with st.container(horizontal=True, vertical_alignment="bottom"):
        months = url_state.choose(
            "ahead", t("backlog.ahead"), HORIZONS, "12", lambda n: t("backlog.months", n=n), 120, is_silent=True
        )
        said = {
            name: url_state.choose(
                f"lever_{name}",
                t(f"backlog.lever_{name}"),
                options,
                "0",
                _worded,
                190,
                is_silent=True,
            )
            for name, options in CHOICES.items()
        }
    share = {name: int(value) / 100 for name, value in said.items()}
    return int(months), Levers(share["filings"], share["judges"], share["campaign"], revived=share["revived"])


def _worded(share: str) -> str:
    return "0%" if share == "0" else f"{int(share):+d}%"


def sentence(view: View, group: Group, found: Outlook) -> str:
    said = {
        "name": group.name,
        "stock": formats.number(found.stock[-1]),
        "month": view.names.month(),
        "then": formats.month(found.ahead[-1], view.lang),
        "expected": formats.number(found.expected.stock[-1]),
    }
    if found.low is None or found.high is None:
        return view.t("backlog.headline_sum", **said)
    ends = {"low": formats.number(found.low[-1]), "high": formats.number(found.high[-1])}
    return view.t("backlog.headline", **said, **ends)


def pulled(view: View, found: Outlook) -> None:
    """What the levers do to the last month, as arithmetic."""
    gap = float(found.pulled.stock[-1] - found.expected.stock[-1])
    said = {"stock": formats.number(found.pulled.stock[-1]), "gap": formats.signed(round(gap))}
    st.html(blocks.reading(view.t("backlog.pulled", month=formats.month(found.ahead[-1], view.lang), **said)))


def monthly(view: View, found: Outlook) -> None:
    """Month by month, with the workbook."""
    t = view.t
    frame = pd.DataFrame({"month": [str(month) for month in found.ahead], "stock": found.expected.stock.round()})
    if found.low is not None and found.high is not None:
        frame["low"], frame["high"] = found.low.round(), found.high.round()
    frame["filed"] = found.expected.filed.round()
    for place, mode in enumerate(MODES):
        frame[mode] = found.expected.closed[:, place].round()
    frame["inactive"], frame["pulled"] = found.expected.inactive.round(), found.pulled.stock.round()
    labels = {name: t(f"stage.{name}") if name in MODES else t(f"backlog.column_{name}") for name in frame.columns}
    columns = {
        name: elements.text(label, pinned=True) if name == "month" else elements.figure(label, "%,.0f")
        for name, label in labels.items()
    }
    elements.table(view, frame, columns, "backlog_months", rows=12)
    heading = [t("page.backlog"), view.names.where(), t("backlog.how")]
    elements.download(view, frame.rename(columns=labels), "backlog", heading)


def by_court(view: View, known: Past, group: Group, made: Projected) -> None:
    """Every member of a group by itself, in the official order, with its own interval."""
    t, rows = view.t, []
    for code in group.members:
        if code in known.courts:
            own = Group(code, "own", (code,), code)
            one = outlook(known, own, made)
            assert one.low is not None and one.high is not None
            ends = [one.stock[-1], one.expected.stock[-1], one.low[-1], one.high[-1], one.pulled.stock[-1]]
            rows.append([view.names.court(code), *(round(float(end)) for end in ends)])
    names = ("court", "now", "stock", "low", "high", "pulled")
    frame = pd.DataFrame(rows, columns=list(names))
    labels = {name: t("column.court") if name == "court" else t(f"backlog.column_{name}") for name in names}
    columns = {
        name: elements.text(label, pinned=True) if name == "court" else elements.figure(label, "%,.0f")
        for name, label in labels.items()
    }
    elements.table(view, frame, columns, "backlog_courts", rows=14)
    elements.download(view, frame.rename(columns=labels), "backlog_courts", [t("page.backlog"), view.names.where()])


def trust(view: View, known: Past) -> None:
    """How the past intervals did on this very snapshot, and what the page does not know."""
    found = tested(view, known)
    if not found.count:
        st.html(blocks.reading(view.t("backlog.untested")))
        return
    said = {"share": formats.percent(found.share, 1), "count": formats.number(found.count), "longest": found.longest}
    st.html(blocks.definition([
        (view.t("backlog.tested"), view.t("backlog.tested_line", origins=found.origins, **said)),
        (view.t("backlog.made"), view.t("backlog.how")),
        (view.t("backlog.limits"), view.t("backlog.limits_line")),
    ]))  # fmt: skip
