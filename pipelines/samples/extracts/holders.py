"""Who delivers a court's records in a month, by the dated rows of the register: itself, its successor, its predecessor.
What the records are belongs to `pipelines.samples.world`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

# What a court tells of its month as a whole; who has two courts' cases tells the sum.
SUMMED = {
    "returns": ("reported_value",),
    "staffing": ("enforcement_staff_count", "total_staff_count", "judge_count"),
}
# Running numbers of cases that a court took along with the former court's prefix, apart from that court's own.
TAKEN_ALONG = "9900"


@dataclass(frozen=True)
class Holders:
    """What the register says of courts that come and go, by code; empty where none does."""

    courts: Mapping[str, Mapping[str, str]]

    def held(self, kind: str, rows: pl.DataFrame, month: date) -> pl.DataFrame:
        """A month's rows with the courts that deliver them; rows of courts that nobody follows are left out."""
        if not self.courts or not rows.height:
            return rows
        moved = {code: self._holder(code, month) for code in self.courts}
        if all(code == holder for code, holder in moved.items()):
            return rows
        kept = rows.with_columns(pl.col("court_code").replace(moved)).filter(pl.col("court_code") != "")
        summed = SUMMED.get(kind)
        if not summed:
            return kept
        keys = [name for name in kept.columns if name not in summed]
        return kept.group_by(keys, maintain_order=True).agg(pl.col(summed).sum()).select(kept.columns)

    def _holder(self, code: str, month: date) -> str:
        said = self.courts.get(code, {})
        if said.get("delivers_to") and date.fromisoformat(said["delivers_to"]) < month:
            return self._holder(said["successor_code"], month) if said.get("successor_code") else ""
        if said.get("delivers_from") and date.fromisoformat(said["delivers_from"]) > month:
            return self._holder(said["predecessor_code"], month) if said.get("predecessor_code") else ""
        return code

    def numbered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Case numbers of the years before a court was set up out of another, in that court's writing."""
        for said in self.courts.values():
            if not said.get("predecessor_code"):
                continue
            first = date.fromisoformat(said["delivers_from"])
            years = "|".join(str(year) for year in range(first.year - 30, (first + timedelta(days=364)).year))
            found, written = rf"（({years})）{said['case_prefix']}(\D+)(\d+号)", said["former_prefix"]
            columns = [name for name in frame.columns if name.endswith("case_number")]
            to = f"（${{1}}）{written}${{2}}{TAKEN_ALONG}${{3}}"
            frame = frame.with_columns(pl.col(name).str.replace_all(found, to) for name in columns)
        return frame


def holders(register: Path) -> Holders:
    """Of a register's file: what is said of courts that come or go, in whichever of their rows."""
    with register.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    said: dict[str, dict[str, str]] = {}
    for row in rows:
        names = ("delivers_from", "delivers_to", "successor_code", "predecessor_code")
        own = said.setdefault(row["court_code"], {"case_prefix": row["case_prefix"]})
        own |= {name: row[name] for name in names if row.get(name)}
    for own in said.values():
        if own.get("predecessor_code"):
            own["former_prefix"] = said[own["predecessor_code"]]["case_prefix"]
    return Holders({code: own for code, own in said.items() if own.get("delivers_from") or own.get("delivers_to")})
