"""The settings with which the snapshot shown was made: sheet by sheet, row by row, with file and row; and as files.
It is read from what the snapshot holds; which rule made one table of two is the pipeline's."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import formats, sheets, snapshot
from dashboards.markup import blocks
from dashboards.shell import elements, url_state
from dashboards.shell.view import View
from dashboards.snapshot import Snapshot

FILE = "in_force.json"  # in the snapshot's copy of the settings
OWN = "installation"
FORMULA = re.compile(r"[=@\t\r].*|[+-](?![\d.,]+%?$).*", re.S)


@dataclass(frozen=True)
class Known:
    """`tables` are those that an installation may fill in, by name; empty where the snapshot does not say."""

    tables: Mapping[str, dict[str, Any]]
    said: Mapping[str, Any]
    source: Snapshot

    def columns(self, name: str, lang: str) -> list[str]:
        """The headers: Chinese, or as the product names them."""
        return [str(column[1] if lang == "zh" else column[0]) for column in self.tables[name]["columns"]]

    def title(self, name: str, lang: str) -> str:
        return f"{self.tables[name]['zh']} {name}" if lang == "zh" else name.replace("_", " ")

    def counts(self, name: str) -> Counter[str]:
        """How many rows the installation and the national catalogue have."""
        return Counter(row[0] for row in self.tables[name]["rows"])

    def origin(self, said: str) -> str:
        """Whose row: where the installation has no settings of its own, the sample's."""
        return "sample" if said == OWN and not self.said.get("is_own") else said

    def file(self, name: str) -> str:
        """The installation's file of a table, empty where it has none."""
        return next((row[1] for row in self.tables[name]["rows"] if row[0] == OWN), "")


def read(view: View) -> Known:
    """What the snapshot shown holds of its settings."""
    source = view.data.source
    said = source.manifest().get("settings")
    try:
        found = json.loads((source.directory / "settings" / FILE).read_text(encoding="utf-8"))["tables"]
    except (OSError, ValueError, KeyError, TypeError):
        found = {}
    return Known(found, said if isinstance(said, dict) else {}, source)


def sentence(view: View, known: Known) -> str:
    if not known.tables:
        return view.t("settings.headline_unsaid")
    total: Counter[str] = sum((known.counts(name) for name in known.tables), Counter())
    own = sum(bool(known.file(name)) for name in known.tables)
    phrase = "settings.headline" if known.said.get("is_own") else "settings.headline_samples"
    return view.t(
        phrase, own=formats.number(total[OWN]), files=formats.number(own), product=formats.number(total["product"])
    )


def choose(view: View, known: Known) -> str:
    """The sheet that is looked at."""
    names = tuple(known.tables)
    with view.more:
        return url_state.choose(
            "sheet", view.t("settings.sheet"), names, names[0], lambda name: known.title(name, view.lang), 240
        )


def overview(view: View, known: Known) -> None:
    """A row a sheet: whose rows are in force, since which snapshot, by whom it was handed over."""
    t, columns = view.t, ("sheet", "own_rows", "product_rows", "file", "since", "handed_over_by")
    handed = known.said.get("handed_over", {})
    lines = []
    for name in known.tables:
        counts, file = known.counts(name), known.file(name)
        lines.append(
            {
                "sheet": known.title(name, view.lang),
                "own_rows": counts[OWN],
                "product_rows": counts["product"],
                "file": file or formats.ABSENT,
                "since": _since(known, file) if file else formats.ABSENT,
                "handed_over_by": handed.get(file, {}).get("handed_over_by") or formats.ABSENT,
            }
        )
    elements.section(t("settings.in_force"), t("settings.of_snapshot", snapshot=known.source.snapshot_id))
    shown = {name: elements.text(t(f"settings.{name}")) for name in columns}
    whose = "own_rows" if known.origin(OWN) == OWN else "sample_rows"
    for name, phrase in (("own_rows", whose), ("product_rows", "product_rows")):
        shown[name] = elements.figure(t(f"settings.{phrase}"))
    shown["since"] = elements.text(t("settings.since"), width="large")
    elements.table(view, pd.DataFrame(lines, columns=list(columns)), shown, "settings_sheets")


def _since(known: Known, file: str) -> str:
    """The first of the kept snapshots, going back from this one, that was made with the very same file."""
    digest = known.said.get("files", {}).get(file)
    ids = snapshot.whole_ids()
    at = ids.index(known.source.snapshot_id) if known.source.snapshot_id in ids else len(ids)
    first = known.source
    for identity in ids[at + 1 :]:
        before = snapshot.find(identity)
        said = before.manifest().get("settings") if before else None
        if before is None or not isinstance(said, dict) or said.get("files", {}).get(file) != digest:
            break
        first = before
    return f"{formats.moment(first.published_at())} · {first.snapshot_id}"


def rows(view: View, known: Known, name: str) -> None:
    """Every row of a sheet that is in force, with file and row, and the installation's part as a file to change."""
    t, lang = view.t, view.lang
    elements.section(known.title(name, lang), t("settings.rows_measure"))
    headers = known.columns(name, lang)
    lines = [
        [t(f"settings_origin.{known.origin(origin)}"), file, line, *values]
        for origin, file, line, values in known.tables[name]["rows"]
    ]
    places = [t("settings.origin"), t("settings.file"), t("settings.row")]
    frame = pd.DataFrame(lines, columns=[*places, *headers])
    shown = {header: elements.text(header) for header in frame.columns} | {places[2]: elements.figure(places[2], "%d")}
    elements.table(view, frame, shown, f"settings_rows_{name}", rows=12)
    with st.container(horizontal=True):
        for ending, made in (("csv", partial(_csv, known, name)), ("xlsx", partial(_workbook, known, name))):
            label = t("settings.download", ending=ending.upper())
            elements.download_file(view, label, made, f"settings_{name}_{ending}", f"{name}.{ending}")
    st.html(blocks.reading(t("settings.download_reading")))


def _sheet(known: Known, name: str) -> tuple[list[str], list[list[str]]]:
    """Chinese headers and the installation's own rows; cells that a spreadsheet would reckon with are text."""
    lines = [values for origin, _, _, values in known.tables[name]["rows"] if origin == OWN]
    return known.columns(name, "zh"), [[f"'{v}" if FORMULA.fullmatch(v) else v for v in values] for values in lines]


def _csv(known: Known, name: str) -> bytes:
    out = io.StringIO()
    headers, lines = _sheet(known, name)
    csv.writer(out, lineterminator="\r\n").writerows([headers, *lines])
    return out.getvalue().encode("utf-8-sig")


def _workbook(known: Known, name: str) -> bytes:
    headers, lines = _sheet(known, name)
    return sheets.workbook(pd.DataFrame(lines, columns=headers, dtype=str), [])
