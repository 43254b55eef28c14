"""Rows that are wrong on purpose, a few of every kind of fault that courts make, put into CSV files of a sample.
Wrong rows are additional rows, or right rows oddly spelt, so that what is accepted adds up as published; files that
are broken as a whole belong to `broken_files`, slips with whole cases to `oddities`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from pipelines.extracts.contracts import contract
from pipelines.samples.extracts.oddities import Planted
from pipelines.samples.extracts.styles import Style

_SERIAL = re.compile(r"\d+号$")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_UNKNOWN_COURT = {"code": "X99", "name": "虚拟县人民法院", "alias": "虚拟县人民法院", "case_number": ""}

# Kind of extract and fault, in the order in which they are laid over the months of the window.
_CATALOGUE: tuple[tuple[str, str, str, str], ...] = (
    # kind, fault, column, value
    ("cases", "missing_required", "filed_date", ""),
    ("cases", "bad_date", "filed_date", "2018-02-30"),
    ("cases", "bad_amount", "claim_amount", "十余万元左右"),
    ("cases", "closed_without_mode", "closing_mode", ""),
    ("cases", "mode_without_date", "closed_date", ""),
    ("cases", "unknown_code", "case_type", "执行某"),
    ("cases", "duplicate_key", "case_id", ""),
    ("cases", "unknown_court", "court_code", ""),
    ("cases", "unparsable_case_number", "case_number", "案号待补"),
    ("cases", "half_width_brackets", "case_number", ""),
    ("cases", "stray_spaces", "case_number", ""),
    ("cases", "total_line", "", "合计"),
    ("cases", "extra_column", "备注", "无"),
    ("cases", "ragged_row", "", "行未写完"),
    ("funds", "missing_required", "received_date", ""),
    ("funds", "bad_amount", "received_amount", "见附件"),
    ("funds", "duplicate_key", "fund_id", ""),
    ("funds", "unknown_court", "court_code", ""),
    ("linkage", "unknown_code", "matter", "其它协助"),
    ("linkage", "bad_date", "sent_at", "2018-13-01 10:00:00"),
    ("linkage", "missing_required", "unit_type", ""),
    ("defaulters", "missing_required", "published_date", ""),
    ("defaulters", "bad_date", "published_date", "二〇一八年春"),
    ("restrictions", "missing_required", "case_number", ""),
    ("restrictions", "unknown_court", "court_code", ""),
    ("nodes", "bad_date", "started_at", "0000-00-00 00:00:00"),
    ("returns", "bad_amount", "reported_value", "约三百"),
    ("auctions", "unknown_code", "round", "四拍"),
    ("linkage_activities", "bad_amount", "count", "若干"),
)


@dataclass
class FaultPlan:
    """Which fault waits for which kind and month; each goes into the next fitting CSV file that is written.

    `spread`: over how many offices the faults in cases are spread.
    """

    months: int
    spread: int
    waiting: dict[tuple[str, int], list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    skips: dict[tuple[str, int], int] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        for number, (kind, *fault) in enumerate(_CATALOGUE):
            place = kind, (2 + 3 * number) % self.months
            self.waiting[place].append((fault[0], fault[1], fault[2]))
            self.skips[place] = number % self.spread if kind == "cases" else 0

    def apply(self, kind: str, index: int, texts: pl.DataFrame, style: Style, where: tuple[str, str]
              ) -> tuple[pl.DataFrame, str]:  # fmt: skip
        """The file's rows with one waiting fault, if any fits, and lines to follow them. `where`: month, file."""
        waiting = self.waiting[kind, index]
        if waiting and self.skips[kind, index]:
            self.skips[kind, index] -= 1
            return texts, ""
        for fault in waiting:
            if texts.height >= 3 and (not fault[1] or fault[1] in texts.columns or fault[0] == "extra_column"):
                made = self._make(kind, texts, style, *fault)
                if made is None:
                    continue
                waiting.remove(fault)
                rows, lines, key, expected = made
                self.planted.append(Planted(fault[0], kind, *where, key, fault[1], fault[2], expected))
                return rows, lines
        return texts, ""

    def _make(self, kind: str, texts: pl.DataFrame, style: Style, fault: str, column: str, value: str
              ) -> tuple[pl.DataFrame, str, str, str] | None:  # fmt: skip
        """(rows, lines to follow, key of the row concerned, what should become of it), None if no row is fit."""
        self.count += 1
        whole = {"total_line": _total_line, "extra_column": _extra_column, "ragged_row": _ragged_row}
        if fault in whole:
            rows, lines, expected = whole[fault](texts, column, value)
            return rows, lines, "", expected
        if fault in _SPELLINGS:
            return _misspelt(kind, texts, fault, column, value)
        row = _template(kind, texts, fault)
        if row is None:
            return None
        expected = "rejected"
        if fault == "duplicate_key":
            expected = "the second of two equal rows rejected"
        else:
            _give_new_key(kind, row, self.count)
            if fault == "unknown_court":
                expected = "held"
                row["court_code"] = _UNKNOWN_COURT[style.court] or None
                if "case_number" in row:
                    row["case_number"] = "（2018）青2999执1号"
            else:
                row[column] = value or None
        added = pl.DataFrame([row], schema=texts.schema)
        return pl.concat([texts, added]), "", row[contract(kind).key[0]] or "", expected


def _template(kind: str, texts: pl.DataFrame, fault: str) -> dict[str, str | None] | None:
    """A row to copy: for closing faults one that is closed, for duplicates one that will be stated again."""
    rows = texts
    if kind == "cases":
        closed = pl.col("closed_date").is_not_null()
        rows = texts.filter(closed if fault in ("closed_without_mode", "mode_without_date") else ~closed)
    return rows.row(0, named=True) if rows.height else None


def _give_new_key(kind: str, row: dict[str, str | None], number: int) -> None:
    key = contract(kind).key[0]
    row[key] = row[key] if key == "court_code" else f"99999{number:05d}"
    if row.get("case_number"):
        row["case_number"] = _SERIAL.sub(f"{990_000 + number}号", str(row["case_number"]))


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "unparsable_case_number": lambda text: text,
    "half_width_brackets": lambda text: text.replace("（", "(").replace("）", ")"),
    "stray_spaces": lambda text: f" {text[:6]} {text[6:].translate(_FULL_WIDTH)} ",
}


def _misspelt(kind: str, texts: pl.DataFrame, fault: str, column: str, value: str
              ) -> tuple[pl.DataFrame, str, str, str] | None:  # fmt: skip
    """Right rows oddly spelt: up to three, one if the number is lost; these rows are accepted."""
    rows = texts.with_row_index("_at")
    fit = rows.filter(pl.col("closed_date").is_null() & pl.col(column).str.ends_with("号"))
    if not fit.height or "court_code" not in texts.columns:
        return None
    chosen = fit.head(1 if fault == "unparsable_case_number" else 3)
    spell = _SPELLINGS[fault]
    new = [value or spell(text) for text in chosen[column]]
    change = pl.DataFrame({"_at": chosen["_at"], "_new": new})
    rows = rows.join(change, on="_at", how="left", maintain_order="left").with_columns(
        pl.coalesce("_new", column).alias(column)
    )
    keys = "|".join(chosen[contract(kind).key[0]].to_list())
    return rows.select(texts.columns), "", keys, "accepted, number flagged" if value else "accepted, normalised"


def _total_line(texts: pl.DataFrame, _column: str, value: str) -> tuple[pl.DataFrame, str, str]:
    row: dict[str, str | None] = dict.fromkeys(texts.columns)
    row["case_id"], row["claim_amount"] = value, "1234567.00"
    return pl.concat([texts, pl.DataFrame([row], schema=texts.schema)]), "", "rejected"


def _extra_column(texts: pl.DataFrame, column: str, value: str) -> tuple[pl.DataFrame, str, str]:
    return texts.with_columns(pl.lit(value).alias(column)), "", "rows accepted, the column reported"


def _ragged_row(texts: pl.DataFrame, _column: str, value: str) -> tuple[pl.DataFrame, str, str]:
    return texts, f"{value},0.00,\n", "rejected"
