"""A made-up province of seven courts whose every optional column is filled in, in months in which all versions count.
What is left out of it, and what must then be said, belongs to the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.schemas import lake_schema
from tests.compiled.engine import Rows
from tests.compiled.records import delivered
from tests.properties.provinces import COURTS, Record, Records, province

YEARS = 6  # from the province's 2018 and 2019 to months in which the latest versions are in force
MONTHS = [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1)]
ACTIVITIES = ("司法救助", "公开曝光", "拘留", "罚款", "拒执罪判决", "拒执罪移送", "执转破移送")
KINDS_OF_CROSSING = ("指令", "协同", "提级", "集中")
Left = Mapping[str, tuple[str, tuple[str, ...]]]  # court: kind and the columns that its files of the kind do not have


def _moved(value: Any) -> Any:
    return value.replace(year=value.year + YEARS) if isinstance(value, date) else value


class _More:
    """What `province` leaves empty, and the kinds that it leaves out."""

    def __init__(self, seed: int, records: Records) -> None:
        self.random = Random(seed)
        self.records = records

    def days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.random.randint(least, most))

    def day(self) -> date:
        return date(2024, 10, 1) + self.days(0, 122)

    def at(self, day: date) -> datetime:
        return datetime.combine(day, time(9, 30))

    def court(self) -> str:
        return self.random.choice(COURTS)

    def fill(self) -> None:
        for case in self.records["cases"]:
            filed = case["filed_date"]
            case |= {
                "property_order_date": filed + self.days(0, 15), "restriction_date": filed + self.days(5, 40),
                "term_due_date": filed + self.days(100, 190),
            }  # fmt: skip
            if case["case_type"] not in ("执异", "执复", "执监"):
                case["review_outcome"] = None
            if closed := case.get("closed_date"):
                case |= {
                    "suspension_interview_date": closed - self.days(0, 40), "suspension_ruling_date": closed,
                    "suspension_requested": self.random.choice((True, False)),
                }  # fmt: skip
        for node in self.records["nodes"]:
            node["due_at"] = node["started_at"] + self.days(1, 15)
        for listing in self.records["defaulters"]:
            published = listing["published_date"]
            listing |= {
                "ground": "违反财产报告制度", "deletion_trigger": self.random.choice(("履行完毕", "提前删除")),
                "term_end_date": self.random.choice((None, published + self.days(10, 60))),
                "sanction_grade": "一级", "grace_to_date": published + self.days(-3, 5),
                "single_release_count": self.random.randint(0, 3),
            }  # fmt: skip

    def add(self) -> None:
        entrusted = [(self.at(self.day()), self.court()) for _ in range(200)]
        crossed = [(self.day(), self.random.choice(self.records["cases"])) for _ in range(120)]
        self.records |= {
            "entrustments": [
                {"entrustment_id": f"E{n}", "court_code": court, "entrusting_court_code": self.court(),
                 "accepted_at": day, "due_at": day + self.days(1, 9), "completed_at": day + self.days(1, 12)}
                for n, (day, court) in enumerate(entrusted)
            ],
            "linkage_activities": [
                {"court_code": self.court(), "activity": self.random.choice(ACTIVITIES), "occurred_date": self.day(),
                 "count": self.random.randint(1, 5), "person_count": self.random.randint(6, 9), "amount": 700}
                for _ in range(300)
            ],
            "restrictions": [
                {"restriction_id": f"X{n}", "court_code": self.court(), "issued_date": self.day()} for n in range(200)
            ],
            "staffing": [
                {"month": f"{month:%Y-%m}", "court_code": court, "judge_count": self.random.randint(3, 9),
                 "enforcement_staff_count": 12, "total_staff_count": 70}
                for month in MONTHS for court in COURTS
            ],
            "cross_enforcements": [
                {"cross_id": f"Z{n}", "case_id": case["case_id"], "court_code": case["court_code"],
                 "case_number": case["case_number"], "cross_kind": self.random.choice(KINDS_OF_CROSSING),
                 "to_court_code": self.court(), "decided_date": day, "closed_date": day + self.days(1, 20),
                 "recovered_amount": 500}
                for n, (day, case) in enumerate(crossed)
            ],
        }  # fmt: skip


def filled(seed: int = 7, size: int = 900) -> Records:
    """Records of every kind but returns, which no indicator of a court's cases goes by."""
    moved = {
        kind: [{name: _moved(value) for name, value in record.items()} for record in records]
        for kind, records in province(seed, size).items()
    }
    more = _More(seed, moved)
    more.fill()
    more.add()
    return more.records


def sent(records: Records, left: Left) -> dict[str, Rows]:
    """Deliveries of all courts, without the columns that `left` says; a court that leaves out none has them all."""
    rows = delivered(MONTHS, COURTS, records)
    of_case = {case["case_id"]: case["court_code"] for case in records["cases"]}
    for kind in KINDS:
        known = set(lake_schema(kind).names)
        rows[kind] = [_without(kind, row, left, of_case, known) for row in rows[kind]]
    counts = Counter(
        (f"{row['_extract_month']:%Y-%m}", kind, _court(row, of_case)) for kind in KINDS for row in rows[kind]
    )
    for told in rows["_ledger.delivery_courts"]:
        told["accepted_count"] = counts[tuple(told["delivery_id"].split("|"))]
    rows["_ledger.deliveries"] = [
        {"delivery_id": f"{month:%Y-%m}|{kind}|{court}", "kind": kind, "extract_month": month, "status": "accepted",
         "row_count": 9, "accepted_count": 9, "delivered_columns": ",".join(_headings(kind, court, left))}
        for month in MONTHS for kind in KINDS for court in COURTS
    ]  # fmt: skip
    return rows


def _without(kind: str, row: Record, left: Left, of_case: Mapping[str, str], known: set[str]) -> Record:
    left_kind, columns = left.get(_court(row, of_case), ("", ()))
    gone = columns if left_kind == kind else ()
    return {name: value for name, value in row.items() if name in known and name not in gone}


def _court(row: Record, of_case: Mapping[str, str]) -> str:
    return row.get("court_code") or of_case[row["case_id"]]


def _headings(kind: str, court: str, left: Left) -> list[str]:
    left_kind, columns = left.get(court, ("", ()))
    return [column.name for column in contract(kind).columns if left_kind != kind or column.name not in columns]
