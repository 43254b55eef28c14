"""What one court is told of one delivered file: its own rows alone, counted, and one by one where something is said.
Where a page lies and how it looks belongs to the modules beside this one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from pipelines.extracts import receipts
from pipelines.extracts.contracts import contract
from pipelines.extracts.conversions import conversions
from pipelines.extracts.courts import CourtRegister
from pipelines.extracts.headers import column_of
from pipelines.extracts.messages import Message, placed
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.extracts.rows import HOLDING
from pipelines.layout import Layout

UNASSIGNED = "_unassigned"  # rows and files of which no court is known: for the bureau, and for no court
Row = dict[str, Any]
Courts = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Told:
    """A row that was rejected, held or read otherwise than written, with what to do about it.

    `kind` is rejected, held or converted; `row` the clerk's number; `value` as delivered, `read` as taken in, both
    masked as in the stores.
    """

    kind: str
    row: int
    header: str
    value: str
    read: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Converted:
    """How many values of a column were converted in one way; None where the case tells the court of the rows."""

    header: str
    values: int | None
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Page:
    """What one court (`_unassigned` for none) is told of a file; `is_alone` says that the file is of no other."""

    court: str
    court_name: str
    receipt: Receipt
    is_alone: bool
    accepted: int
    faults: tuple[Told, ...]
    summary: tuple[Converted, ...]
    converted: tuple[Told, ...]

    @cached_property
    def rejected(self) -> int:
        return len({told.row for told in self.faults if told.kind == "rejected"})

    @property
    def has_more_to_say(self) -> bool:
        """Whether there is more than one number to tell."""
        return bool(self.is_alone or self.faults or self.converted or self.receipt.notices or self.receipt.refusal)

    @cached_property
    def held(self) -> int:
        return len({told.row for told in self.faults if told.kind == "held"})


@dataclass(frozen=True)
class Ground:
    """What pages are made from beside the receipt. `case_courts` maps case → court, for rows that state none."""

    layout: Layout
    register: CourtRegister
    case_courts: Mapping[str, str]


def _rows(path: Path, columns: list[str] | None = None) -> list[Row]:
    return pq.ParquetFile(path).read(columns).to_pylist() if path.exists() else []


def owners(receipt: Receipt, courts: Courts, register: CourtRegister) -> set[str]:
    """The courts that a file is of: those with rows in it, or else those that it concerns by its name."""
    concerned = {*receipt.concerns, *_named(receipt, register)}
    return ({*courts} - {NO_COURT}) or (concerned - {NO_COURT})


def _named(receipt: Receipt, register: CourtRegister) -> set[str]:
    return set(register.named_in(PurePosixPath(receipt.file_name).name))


def pages(ground: Ground, receipt: Receipt, courts: Courts) -> list[Page]:
    """The pages of one file. `courts` maps each court → (accepted, rejected), as the ledger has it."""
    owning = owners(receipt, courts, ground.register)
    sole = _sole(owning, receipt, ground.register)
    where = ground.layout, receipt.kind, receipt.extract_month, receipt.delivery_id
    faults = _by_court(_with_courts(ground, receipt, _rows(receipts.rejects_file(*where))), sole, ground.register)
    listed = _by_court(_converted_rows(ground, receipt, courts), None, ground.register)
    codes = {*owning, *faults, *listed, *([UNASSIGNED] if NO_COURT in courts else ())} or {UNASSIGNED}
    return [
        Page(
            court=code,
            court_name=ground.register.names.get(code, ""),
            receipt=receipt,
            is_alone=len(codes) == 1,
            accepted=courts.get(NO_COURT if code == UNASSIGNED else code, (0, 0))[0],
            faults=tuple(_fault(row) for row in faults.get(code, ())),
            summary=_summary(receipt, code, listed.get(code, ())),
            converted=tuple(_conversion(row) for row in listed.get(code, ())),
        )
        for code in sorted(codes)
    ]


def _sole(owning: set[str], receipt: Receipt, register: CourtRegister) -> str | None:
    """The one court that all of a file is of: it is told of rows, too, whose court could not be made out.

    What courts above others deliver may hold rows of those.
    """
    known = owning | _named(receipt, register)
    return next(iter(known)) if len(known) == 1 and known <= register.lowest else None


def _by_court(rows: Iterable[Row], sole: str | None, register: CourtRegister) -> dict[str, list[Row]]:
    """The rows by court. One without a court goes to the file's only court, unless it names another."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        court = row["court_code"]
        if court is None and sole and not _names_another(row["row_text"], sole, register):
            court = sole
        found[court or UNASSIGNED].append(row)
    return found


def _names_another(text: str, court: str, register: CourtRegister) -> bool:
    """Whether a row's text names another court; names are looked for in all of it, codes word by word."""
    return any(set(register.named_in(part)) - {court} for part in (text, *text.split()))


def _with_courts(ground: Ground, receipt: Receipt, rows: list[Row]) -> list[Row]:
    """Rejected rows that leave their court to their case get its court; what states a doubtful court gets none."""
    doubtful = {row["row_number"] for row in rows if row["reason_code"] in HOLDING}
    for row in rows:
        if row["court_code"] is None and row["row_number"] not in doubtful:
            row["court_code"] = ground.case_courts.get(_case(receipt.kind, json.loads(row["row_text"])))
    return rows


def _case(kind: str, said: object) -> str:
    """The case that a rejected row states; none of a row that could not be matched with its headings."""
    stated = said.items() if isinstance(said, dict) else ()
    return next((text for name, text in stated if (of := column_of(kind, name)) and of.name == "case_id"), "")


def _converted_rows(ground: Ground, receipt: Receipt, courts: Courts) -> list[Row]:
    where = ground.layout, receipt.kind, receipt.extract_month, receipt.delivery_id
    rows = _rows(receipts.conversions_file(*where))
    unstated = [row for row in rows if row["court_code"] is None]
    if unstated:
        lake = _rows(receipts.lake_file(*where), ["_row_number", "case_id"])
        case_of = {row["_row_number"]: row["case_id"] for row in lake}
        for row in unstated:
            row["court_code"] = ground.case_courts.get(case_of.get(row["row_number"], ""))
    return rows


def _after(said: str, place: str) -> str:
    """What stands behind a place; before it is the file's name, which may be hidden more than once."""
    _, found, rest = said.partition(place)
    return rest if found else said


def _fault(row: Row) -> Told:
    """One fault of a row; what its page says anyway (file, row, column, value) is taken off the sentence."""
    place = placed(Message("", "", "", "", ""), "", row["row_number"], row["header"], row["value"])
    return Told(
        kind=row["disposition"],
        row=row["row_number"],
        header=row["header"] or "",
        value=row["value"] or "",
        read="",
        zh=_after(row["reason_zh"], place.zh.removeprefix("“")),
        en=_after(row["reason_en"], place.en),
        remedy_zh=row["remedy_zh"],
        remedy_en=row["remedy_en"],
    )


def _conversion(row: Row) -> Told:
    said = conversions()[row["conversion"]]
    place = "converted", row["row_number"], row["header"] or "", row["text"] or "", row["value"] or ""
    return Told(*place, said.zh, said.en, said.remedy_zh, said.remedy_en)


def _summary(receipt: Receipt, court: str, listed: Iterable[Row]) -> tuple[Converted, ...]:
    """The conversions of a court's rows by column, with complete counts where the rows state their court."""
    headers = {(row["column_name"], row["conversion"]): row["header"] for row in listed}
    counted = {(c.column_name, c.conversion): c.rows for c in receipt.conversions if c.court_code == court}
    unstated = {(c.column_name, c.conversion) for c in receipt.conversions if c.court_code == NO_COURT}
    found = []
    for column, code in sorted({*headers, *counted}):
        said = conversions()[code]
        values = None if (column, code) in unstated else counted.get((column, code))
        header = headers.get((column, code)) or contract(receipt.kind).column(column).header
        found.append(Converted(header, values, said.zh, said.en, said.remedy_zh, said.remedy_en))
    return tuple(found)
