"""The golden deliveries read with the standard library alone, as a second way to the figures.
Nothing of the product is imported here: a fault shared with the product would prove nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
LANDING = HERE / "landing"

Row = dict[str, str]

ENGLISH = {
    "case_id": "案件标识",
    "case_number": "案号",
    "court_code": "法院代码",
    "case_type": "案件类型代字",
    "filed_date": "立案日期",
    "term_due_date": "执行期限届满日期",
    "claim_amount": "申请执行标的金额",
    "recovered_amount": "实际到位金额",
    "closed_date": "结案日期",
    "closing_mode": "结案方式",
}
ALIASES = {"申请标的": "申请执行标的金额", "到位金额": "实际到位金额", "受托法院": "法院代码"}
COURT_NAMES = {"西宁市城中区人民法院": "T12"}


def day(text: str) -> date | None:
    """2018-11-05, 2018/11/5, 2018年11月5日, 20181105, or a timestamp's day; None when empty."""
    if not text:
        return None
    if re.fullmatch(r"\d{8}", text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    year, month, day_of_month = re.findall(r"\d+", text)[:3]
    return date(int(year), int(month), int(day_of_month))


def moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def yuan(text: str) -> int:
    """Whole yuan: the golden world has no fen. Empty is 0."""
    if text.endswith("万元"):
        return round(float(text[:-2]) * 10_000)
    return int(text.replace(",", "") or 0)


def _rows(path: Path) -> list[Row]:
    raw = path.read_bytes()
    if path.suffix == ".jsonl":
        return [{k: str(v) for k, v in json.loads(line).items()} for line in raw.decode().splitlines()]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    return list(csv.DictReader(io.StringIO(text)))


def _plain(row: Row) -> Row:
    plain = {ALIASES.get(ENGLISH.get(k, k), ENGLISH.get(k, k)): v for k, v in row.items()}
    if "法院名称" in plain:
        plain["法院代码"] = COURT_NAMES[plain["法院名称"]]
    if plain.get("结案方式") == "终本":
        plain["结案方式"] = "终结本次执行程序"
    return plain


def in_force(kind: str) -> list[tuple[str, Row]]:
    """(month, row) of every delivered row that counts: T12's December as corrected, and no half-closed case."""
    kept = []
    for path in sorted(LANDING.glob(f"*/{kind}/*")):
        month = path.parts[-3]
        if path.suffix == ".json" or path.parts[-3:] == ("2018-12", "cases", "城中区法院.csv"):
            continue
        for row in map(_plain, _rows(path)):
            if bool(row.get("结案日期")) == bool(row.get("结案方式")):
                kept.append((month, row))
    return kept


def latest(kind: str, *key: str) -> list[Row]:
    """The last delivered state of every record."""
    by_month = sorted(in_force(kind), key=lambda pair: pair[0])
    return list({tuple(row[column] for column in key): row for _, row in by_month}.values())
