"""The funds page's blocks: three lights, ageing, balance and movements over time, courts, overdue receipts.
What is overdue follows the term of payment in the snapshot; an approved deferral is not judged."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.app_pages.funds import lights, queries
from dashboards.charts import bands
from dashboards.charts.bands import Band
from dashboards.components import subject
from dashboards.markup import blocks
from dashboards.month import Month
from dashboards.rows import records
from dashboards.shell import elements, url_state
from dashboards.shell.court_scope import Group
from dashboards.shell.view import View

INDICATORS = ("QX24", "SX09", "SX10")
# light → its bands; the order is that of reading, the worst first
LIGHTS = {
    "overdue": ("overdue_over_90", "overdue_to_90", "overdue_to_30"),
    "near_due": ("near_due",),
    "new": ("new",),
    "deferred": ("deferred",),
}
TONES = {"overdue": "below", "near_due": "near", "new": "met", "deferred": "unjudged"}
PATTERNS = {
    "overdue_over_90": "x",
    "overdue_to_90": "/",
    "overdue_to_30": "",
    "near_due": "",
    "new": "",
    "deferred": ".",
}
PAID = ("paid_to_3_amount", "paid_to_10_amount", "paid_to_30_amount", "paid_over_30_amount")


def held(view: View, group: Group) -> pd.DataFrame:
    """What the group's courts held at the ends of the months shown, with the light of every band."""
    frame = view.data.ask(queries.held, group.members, subject.first_shown(view), view.choice.month).copy()
    light = {band: name for name, members in LIGHTS.items() for band in members}
    frame["light"] = frame["age_band"].map(light)
    frame["month"] = frame["period_month"].astype("datetime64[ns]").dt.strftime("%Y-%m")
    return frame


def now(view: View, frame: pd.DataFrame, month: Month | None = None) -> pd.DataFrame:
    return frame[frame["month"] == str(month or view.choice.month)]


def sentence(view: View, group: Group, frame: pd.DataFrame) -> str:
    rows = now(view, frame)
    total = float(rows["held_amount"].sum())
    if rows.empty:
        return view.t("funds.headline_none", place=group.name, month=view.names.month())
    late = rows[rows["light"] == "overdue"]
    amount = float(late["held_amount"].sum())
    return view.t(
        "funds.headline",
        place=group.name,
        month=view.names.month(),
        held=formats.money(total, view.lang),
        overdue=formats.money(amount, view.lang),
        share=formats.percent(amount / total),
        count=formats.number(late["held_count"].sum()),
        near=formats.money(float(rows.loc[rows["light"] == "near_due", "held_amount"].sum()), view.lang),
    )


def three_lights(view: View, frame: pd.DataFrame) -> None:
    """Overdue, near due, new, and deferred: amount, receipts, share, and the change since the month before."""
    t, rows, before = view.t, now(view, frame), now(view, frame, view.choice.month.shifted(-1))
    total = float(rows["held_amount"].sum())
    shown = []
    for name in LIGHTS:
        part, past = rows[rows["light"] == name], before[before["light"] == name]
        amount = float(part["held_amount"].sum())
        step = amount - float(past["held_amount"].sum()) if len(before) else None
        shown.append(
            lights.Light(
                tone=TONES[name],
                mark=lights.MARKS[name],
                label=t(f"funds.{name}"),
                figure=formats.money(amount, view.lang),
                full=full(view, amount),
                notes=(
                    t(
                        "funds.light_n",
                        count=formats.number(part["held_count"].sum()),
                        share=formats.percent(amount / total if total else None, 1),
                    ),
                    t("funds.light_step", change=signed(view, step)),
                ),
                meaning=t(f"funds.{name}_why"),
            )
        )
    st.html(lights.row(shown))
    st.html(blocks.reading(t("funds.lights_reading")))


def full(view: View, yuan: float) -> str:
    return view.t("funds.full", amount=formats.number(yuan, 2))


def signed(view: View, yuan: float | None) -> str:
    if yuan is None:
        return formats.ABSENT
    return f"{'+' if yuan > 0 else '−' if yuan < 0 else '±'}{formats.money(abs(yuan), view.lang)}"


def _bands(view: View) -> list[Band]:
    return [
        Band(code, view.t(f"funds.{code}"), TONES[name], PATTERNS[code])
        for name, codes in LIGHTS.items()
        for code in codes
    ]


def ageing(view: View, group: Group, frame: pd.DataFrame) -> None:
    """What is held in fixed bands, one bar per part of the group."""
    labels = subject.children(view, group)
    rows = now(view, frame).assign(label=lambda f: f["court_code"].map(labels))
    if rows.empty:
        st.html(blocks.reading(view.t("empty.table")))
        return
    late = rows[rows["light"] == "overdue"].groupby("label")["held_amount"].sum()
    sums = rows.groupby(["label", "age_band"])[["held_amount", "held_count"]].sum()
    names = {band.code: band.label for band in _bands(view)}
    drawn = [
        {
            "label": label,
            "band": code,
            "shown": float(sums.loc[(label, code), "held_amount"]) / 1e4,
            "hover": _hover(view, label, names[code], sums.loc[(label, code)]),
        }
        for label in subject.in_order(view, late, labels)
        for code in names
        if (label, code) in sums.index
    ]
    held = rows.groupby("label")["held_amount"].sum()
    ends = {
        label: view.t(
            "funds.bar_end",
            amount=formats.money(amount, view.lang),
            share=formats.percent(float(late.get(label, 0.0)) / amount if amount else None, 0),
        )
        for label, amount in held.items()
    }
    drawn_rows = _scaled(view, pd.DataFrame(drawn))
    figure = bands.rows(drawn_rows, _bands(view), view.colours, view.t("funds.axis"), ends)
    elements.picture(figure, "funds_ageing", view.t("funds.ageing_reading"))


def _scaled(view: View, frame: pd.DataFrame) -> pd.DataFrame:
    """Ten thousand yuan in Chinese, million yuan in English."""
    return frame if view.lang == "zh" else frame.assign(shown=frame["shown"] / 100)


def _hover(view: View, label: str, band: str, row: Any) -> str:
    amount = full(view, float(row["held_amount"]))
    return view.t("funds.hover", label=label, band=band, amount=amount, count=formats.number(row["held_count"]))


def balance(view: View, frame: pd.DataFrame) -> None:
    """The balance at the end of each of the last months, in the four lights."""
    sums = frame.groupby(["period_month", "light"])[["held_amount", "held_count"]].sum().reset_index()
    if sums.empty:
        return
    drawn = pd.DataFrame(
        {
            "period_month": sums["period_month"],
            "band": sums["light"],
            "shown": sums["held_amount"] / 1e4,
            "hover": [
                _hover(view, f"{row['period_month']:%Y-%m}", view.t(f"funds.{row['light']}"), row)
                for row in records(sums)
            ],
        }
    )
    shown = [Band(name, view.t(f"funds.{name}"), TONES[name], "/" if name == "overdue" else "") for name in LIGHTS]
    figure = bands.months(_scaled(view, drawn), shown, view.colours, view.t("funds.axis"))
    elements.picture(figure, "funds_balance", view.t("funds.balance_reading"))


def movements(view: View, group: Group) -> pd.DataFrame:
    """Received and paid out month by month; returns the rows by court and month."""
    rows = view.data.ask(queries.movements, group.members, subject.first_shown(view), view.choice.month)
    sums = rows.groupby("period_month")[["received_amount", "paid_amount", "received_count", "paid_count"]].sum()
    drawn = [
        {
            "period_month": month,
            "band": name,
            "shown": float(row[f"{name}_amount"]) / 1e4,
            "hover": view.t(
                "funds.hover",
                label=f"{month:%Y-%m}",
                band=view.t(f"funds.{name}"),
                amount=full(view, float(row[f"{name}_amount"])),
                count=formats.number(row[f"{name}_count"]),
            ),
        }
        for month, row in sums.iterrows()
        for name in ("received", "paid")
    ]
    if drawn:
        shown = [Band("received", view.t("funds.received"), "subject"), Band("paid", view.t("funds.paid"), "met", "/")]
        figure = bands.months(
            _scaled(view, pd.DataFrame(drawn)), shown, view.colours, view.t("funds.axis"), 300, is_grouped=True
        )
        elements.picture(figure, "funds_movements", view.t("funds.movements_reading"))
    return rows


def payments(view: View, group: Group) -> None:
    """How soon what was paid out in the window was paid out."""
    rows = view.data.ask(queries.movements, group.members, *view.data.bounds[:2])
    paid = float(rows["paid_amount"].sum())
    items = [
        (
            view.t(f"funds.{name}"),
            formats.percent(float(rows[name].sum()) / paid if paid else None, 1),
            formats.money(float(rows[name].sum()), view.lang),
        )
        for name in PAID
    ]
    received = float(rows["received_amount"].sum())
    largest = float(rows["largest_received_amount"].max()) if len(rows) else 0.0
    items.append(
        (
            view.t("funds.largest_received"),
            formats.percent(largest / received if received else None, 1),
            formats.money(largest, view.lang),
        )
    )
    st.html(blocks.facts(items))
    elements.reading(view.t("funds.payments_reading", window=view.names.window(), paid=formats.money(paid, view.lang)))


def courts(view: View, group: Group, frame: pd.DataFrame) -> None:
    """The group's courts: received and paid in the window, held at the month's end in lights, the largest share."""
    rows = now(view, frame)
    flows = view.data.ask(queries.movements, group.members, *view.data.bounds[:2])
    table = pd.DataFrame({"court_code": list(group.members)}).set_index("court_code")
    for name in ("received_amount", "paid_amount"):
        table[name] = flows.groupby("court_code")[name].sum()
    table["held_amount"] = rows.groupby("court_code")["held_amount"].sum()
    table["held_count"] = rows.groupby("court_code")["held_count"].sum()
    table["largest"] = rows.groupby("court_code")["largest_amount"].max()
    for name in LIGHTS:
        table[f"{name}_amount"] = rows[rows["light"] == name].groupby("court_code")["held_amount"].sum()
    table = subject.filled(view, table, "funds")
    table["overdue_ratio"] = subject.ratio(table["overdue_amount"], table["held_amount"])
    table["largest_ratio"] = subject.ratio(table["largest"], table["held_amount"])
    table = table.sort_values("overdue_amount", ascending=False, kind="stable").reset_index()
    columns = (
        "overdue_amount",
        "overdue_ratio",
        "near_due_amount",
        "new_amount",
        "deferred_amount",
        "held_amount",
        "held_count",
        "largest_ratio",
        "received_amount",
        "paid_amount",
    )
    subject.court_table(view, table, "funds", columns, "funds_courts", "funds", group)
    st.html(blocks.reading(view.t("funds.courts_reading", window=view.names.window())))


def receipts(view: View, group: Group) -> None:
    """The receipts overdue at the month's end, cut in SQL."""
    size = elements.PAGE_SIZE
    first = view.data.ask(queries.overdue, group.members, view.choice.month, size, 1)
    count = int(first.iloc[0]["total_count"]) if len(first) else 0
    pages = max(1, -(-count // size))
    page = url_state.page_number("receipts_page", pages)
    frame = first if page == 1 else view.data.ask(queries.overdue, group.members, view.choice.month, size, page)
    shown = frame.assign(court=[view.names.court(code) for code in frame["court_code"]])
    t = view.t
    columns: dict[str, Any] = {
        "court": elements.text(t("column.court"), width=130),
        "case_number": elements.text(t("record.case_number")),
        "fund_id": elements.text(t("record.fund_id")),
        "received_date": st.column_config.DateColumn(t("record.received_date"), format="YYYY-MM-DD"),
        "received_amount": elements.figure(t("record.received_amount")),
        "due_date": st.column_config.DateColumn(t("record.due_date"), format="YYYY-MM-DD"),
        "overdue_days": elements.figure(t("funds.overdue_days")),
        "held_amount": elements.figure(t("funds.held_yuan")),
    }
    elements.table(view, shown, columns, "funds_receipts", rows=10)
    if count:
        st.html(blocks.reading(t("evidence.page", page=page, pages=pages, count=formats.number(count))))
