"""Writes the deliveries of one region or of the province, month by month, from the true records.
Which courts make a region belongs to `offices`; making the records to `pipelines.samples.world`."""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from pipelines.extracts.contracts import contract
from pipelines.samples.extracts.faults import FaultPlan
from pipelines.samples.extracts.holders import Holders
from pipelines.samples.extracts.oddities import Planted
from pipelines.samples.extracts.offices import PROVINCIAL_KINDS
from pipelines.samples.extracts.public_list import public_rows
from pipelines.samples.extracts.render import headers, text_rows, typed_rows, with_courts
from pipelines.samples.extracts.styles import Style
from pipelines.samples.extracts.timing import CORRECTED_DAY, LATE_DAY, USUAL_DAY, first_version, timing
from pipelines.samples.extracts.views import monthly_view
from pipelines.samples.extracts.writing import (
    delivered_on,
    write_csv,
    write_json,
    write_jsonl,
    write_parquet,
    write_xlsx,
)
from pipelines.samples.world.plan import Plan

HEADED = ("csv", "xlsx", "parquet")  # a file without rows still has its header


@dataclass
class Deliveries:
    """The folder that is being filled, and what has been written so far: files, and rows per kind."""

    folder: Path
    plan: Plan
    names: dict[str, str]
    aliases: dict[str, str]
    area: str
    holders: Holders
    files: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    planted: list[Planted] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.timing = timing(self.plan)
        offices = {share.court.office for share in self.plan.courts}
        self.faults = FaultPlan(len(self.plan.window.months), spread=max(1, min(5, len(offices) - 2)))

    def deliver(self, kind: str, frame: pl.DataFrame, office: str, style: Style) -> None:
        """One file a month of `kind` from `office`. Where nothing happened: no file; a header if it speaks for all."""
        window = self.plan.window
        bounds = zip(window.months, pl.Series(window.ends).cast(pl.Date), strict=True)
        for index, (month, end) in enumerate(bounds):
            rows = self.holders.held(kind, monthly_view(kind, frame, index, month, end), month)
            if kind not in PROVINCIAL_KINDS:
                rows = self._late(kind, index, rows, office, style)
                rows = self._corrected(kind, index, rows, office, style)
            nil = kind in PROVINCIAL_KINDS and style.format in HEADED
            if rows.height or nil:
                self.write(kind, index, rows, office, style)

    def _late(self, kind: str, index: int, rows: pl.DataFrame, office: str, style: Style) -> pl.DataFrame:
        """The rows without those of the late court, which come in a file of their own."""
        court = self.timing.late_court
        own = pl.col("court_code") == court
        late = rows.filter(own)
        if not late.height or not self.timing.is_late(index, court):
            return rows
        path = self.write(kind, index, late, office, style, f"_{self.names[court]}补报", LATE_DAY)
        self._note("late", kind, index, path, court, expected="received a month later than the others")
        return rows.filter(~own)

    def _corrected(self, kind: str, index: int, rows: pl.DataFrame, office: str, style: Style) -> pl.DataFrame:
        """The rows with the correcting court's first version; its corrected rows come in a second file."""
        court = self.timing.corrected_court
        own = pl.col("court_code") == court
        right = rows.filter(own)
        if not right.height or not self.timing.corrects(kind, index):
            return rows
        path = self.write(kind, index, right, office, style, f"_{self.names[court]}更正", CORRECTED_DAY)
        before, changes = first_version(kind, right)
        for change, keys in changes.items():
            for key in keys:
                self._note("redelivered", kind, index, path, key, change, f"{change} by the second delivery")
        return pl.concat([rows.filter(~own), before])

    def _note(self, oddity: str, kind: str, index: int, path: Path, key: str, value: str = "",
              expected: str = "") -> None:  # fmt: skip
        month = f"{self.plan.window.months[index]:%Y-%m}"
        file = str(path.relative_to(self.folder))
        self.planted.append(Planted(oddity, kind, month, file, key, value=value, expected=expected))

    def write(self, kind: str, index: int, rows: pl.DataFrame, office: str, style: Style, suffix: str = "",
              days_after: int = USUAL_DAY) -> Path:  # fmt: skip
        """One file of one month. Returns where it is."""
        month = self.plan.window.months[index]
        folder = self.folder / f"{month:%Y-%m}" / kind
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{office}_{contract(kind).name_zh}_{month:%Y%m}{suffix}.{style.format}"
        self._write(kind, index, rows, path, style, office)
        delivered_on(path, month, days_after, zlib.crc32(path.name.encode()) % 600)
        self.files += 1
        self.rows[kind] += rows.height
        return path

    def _write(self, kind: str, index: int, rows: pl.DataFrame, path: Path, style: Style, office: str) -> None:
        court_names = self.names | (self.aliases if style.court == "alias" else {})
        if style.public:
            write_json(path, public_rows(rows, self.names, self.area))
            return
        if style.format == "parquet":
            typed = typed_rows(kind, with_courts(rows, style, court_names))
            write_parquet(path, typed, headers(kind, typed.columns, style, office))
            return
        if style.format == "xlsx":
            cells = _cells(kind, with_courts(rows, style, court_names), style)
            write_xlsx(path, cells, headers(kind, cells.columns, style, office))
            return
        texts = text_rows(kind, rows, style, court_names)
        names = headers(kind, texts.columns, style, office)
        if style.format == "jsonl":
            write_jsonl(path, texts, names)
            return
        where = (f"{self.plan.window.months[index]:%Y-%m}", str(path.relative_to(self.folder)))
        texts, lines = self.faults.apply(kind, index, texts, style, where)
        names |= {name: name for name in texts.columns if name not in names}
        write_csv(path, texts, names, style.encoding, lines)


def _cells(kind: str, rows: pl.DataFrame, style: Style) -> pl.DataFrame:
    """Rows as a spreadsheet holds them: yuan as numbers, flags as words."""
    types = {column.name: column.type for column in contract(kind).columns}
    flags = [name for name in rows.columns if types[name] == "flag"]
    amounts = [name for name in rows.columns if types[name] == "amount"]
    return rows.with_columns(
        *(pl.when(name).then(pl.lit(style.flags[0])).when(~pl.col(name)).then(pl.lit(style.flags[1])).alias(name)
          for name in flags),
        *(pl.col(name) / 100 for name in amounts),
    )  # fmt: skip
