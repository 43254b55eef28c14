"""A small installation in a temporary folder, and a clerk who delivers files into it in any format.
Only what the tests of receiving share; each claim stands in its own test."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from pipelines.extracts.loading import KindReceipt, consolidate, receive_month
from pipelines.layout import Layout

MONTH = "2019-12"
FUNDS = ("案款标识", "案件标识", "法院代码", "到账日期", "到账金额", "发放日期", "发放金额", "延缓发放审批")

Row = dict[str, Any]


def fund(number: int, **changed: Any) -> Row:
    """One sound row of the funds extract, by Chinese heading."""
    values = (f"F{number:04d}", f"C{number:04d}", "T14", "2019-12-03", "1234.50", "2019-12-20", "1000", "否")
    return dict(zip(FUNDS, values, strict=True)) | changed


def case(number: int, **changed: Any) -> Row:
    """One sound row of the cases extract, by Chinese heading, with every required column and the personal ones."""
    row = {
        "案件标识": f"C{number:04d}",
        "案号": f"（2019）青0105执{number}号",
        "法院代码": "T14",
        "案件类型代字": "执",
        "案由": "",
        "立案日期": "2019-03-05",
        "申请执行标的金额": "5000",
        "结案日期": "",
        "结案方式": "",
        "被执行人": "张三",
        "证件号码": "63010519800101123X",
        "承办人": "李法官",
    }
    return row | changed


def csv_text(rows: Sequence[Row]) -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def xlsx_bytes(rows: Sequence[Row], above: Sequence[str] = (), sheets: int = 1) -> bytes:
    """A workbook; dates and numbers given as such become Excel dates and numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for _ in range(sheets):
            sheet = book.add_worksheet()
            for line, text in enumerate(above):
                sheet.write_string(line, 0, text)
            for place, heading in enumerate(rows[0]):
                sheet.write_string(len(above), place, heading)
            for line, row in enumerate(rows, len(above) + 1):
                for place, value in enumerate(row.values()):
                    if isinstance(value, date | datetime):
                        sheet.write_datetime(line, place, value, day)
                    elif isinstance(value, int | float):
                        sheet.write_number(line, place, value)
                    else:
                        sheet.write_string(line, place, value or "")
    return file.getvalue()


def file_bytes(rows: Sequence[Row], ending: str, encoding: str = "utf-8") -> bytes:
    """The rows as a file of the format that the ending names."""
    if ending == "csv":
        return csv_text(rows).encode(encoding)
    if ending == "xlsx":
        return xlsx_bytes(rows)
    if ending == "json":
        return json.dumps(list(rows), ensure_ascii=False).encode(encoding)
    if ending == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(encoding)
    file = io.BytesIO()
    pl.DataFrame(list(rows)).write_parquet(file)
    return file.getvalue()


@dataclass(frozen=True)
class Clerk:
    """Delivers files, has them received, and looks up what became of them."""

    layout: Layout

    def deliver(self, content: bytes | str | Sequence[Row], name: str = "一月.csv", **place: Any) -> Path:
        """Put a file into landing; `kind`, `month`, `encoding` and `at` (seconds, time of delivery) as given."""
        kind, month = place.get("kind", "funds"), place.get("month", MONTH)
        path = self.layout.landing / month / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        encoding = place.get("encoding", "utf-8")
        if isinstance(content, str):
            content = content.encode(encoding)
        elif not isinstance(content, bytes):
            content = file_bytes(content, name.rpartition(".")[2], encoding)
        path.write_bytes(content)
        if "at" in place:
            os.utime(path, (place["at"], place["at"]))
        return path

    def receive(self, kind: str = "funds", month: str = MONTH, **options: Any) -> KindReceipt:
        receipt = receive_month(self.layout, kind, month, **options)
        assert receipt.rows == receipt.accepted + receipt.rejected + receipt.held + receipt.no_data
        return receipt

    def lake(self, kind: str = "funds") -> pl.DataFrame:
        files = sorted((self.layout.lake / kind).glob("*/*.parquet"))
        frames = [pl.read_parquet(file, hive_partitioning=False) for file in files]
        return pl.concat(frames) if frames else pl.DataFrame(schema={"_extract_month": pl.Date})

    def rejects(self, kind: str = "funds") -> list[Row]:
        files = sorted((self.layout.rejects / kind).glob("*/*.parquet"))
        rows = [row for file in files for row in pl.read_parquet(file, hive_partitioning=False).to_dicts()]
        return sorted(rows, key=lambda row: (row["delivery_id"], row["row_number"], row["reason_code"]))

    def conversions(self, kind: str = "funds") -> list[Row]:
        files = sorted((self.layout.conversions / kind).glob("*/*.parquet"))
        return [row for file in files for row in pl.read_parquet(file, hive_partitioning=False).to_dicts()]

    def ledger(self, name: str) -> list[Row]:
        consolidate(self.layout)
        return pl.read_parquet(self.layout.ledger / f"{name}.parquet").to_dicts()

    def tree(self) -> dict[str, bytes]:
        """Every file that receiving has written, with its content; but for its memory of when it looked at what."""
        roots = (self.layout.lake, self.layout.rejects, self.layout.conversions)
        files = [path for root in roots for path in sorted(root.rglob("*")) if path.is_file() and path.name != ".lock"]
        files = [path for path in files if self.layout.ledger / "looks" not in path.parents]
        return {path.relative_to(self.layout.data).as_posix(): path.read_bytes() for path in files}


def clerk_at(root: Path) -> Clerk:
    return Clerk(Layout(data=root / "data", key_file=root / "keys" / "person-hash.key"))


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return clerk_at(tmp_path)


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Receiving sees every file at the same moment, so that two trees can be compared byte by byte."""
    monkeypatch.setattr("pipelines.extracts.arrivals.now", lambda: datetime(2020, 1, 7, tzinfo=UTC))
