"""Records as a court would deliver them month by month: what it knew at each month's end, and not a day more.
A record here is its last state; running the models on the deliveries belongs to `engine`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import count
from typing import Any

from pipelines.extracts.contracts import KINDS, Contract, contract
from tests.compiled.engine import Rows

Record = dict[str, Any]

# The day on which a record comes into being. A kind without one is a statement about its month: `month` says which.
BORN = {
    "cases": "filed_date", "nodes": "started_at", "funds": "received_date", "petitions": "assigned_date",
    "rectifications": "found_date", "linkage": "sent_at", "entrustments": "accepted_at", "auctions": "auction_date",
    "cross_enforcements": "decided_date", "linkage_activities": "occurred_date", "defaulters": "published_date",
    "restrictions": "issued_date",
}  # fmt: skip
# What is said about the future, and therefore stands in a delivery before its day has come.
AHEAD = {"due_date", "due_at", "term_due_date", "term_end_date", "grace_to_date"}
# What is known only once something has happened.
KNOWN_WITH = {
    "cases": {"closed_date": ("closing_mode", "actual_closure", "suspension_compliant", "review_outcome")},
    "funds": {"paid_date": ("paid_amount",)},
    "cross_enforcements": {"closed_date": ("recovered_amount",)},
}  # fmt: skip


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return None


def _typed(rules: Contract, record: Record) -> Record:
    """Text that stands for a day or a moment, as YAML and CSV give it, becomes one."""
    typed = dict(record)
    for column in rules.columns:
        value = record.get(column.name)
        if isinstance(value, str) and column.type == "timestamp":
            typed[column.name] = datetime.fromisoformat(value)
        elif isinstance(value, str) and column.type == "date":
            typed[column.name] = date.fromisoformat(value)
        elif isinstance(value, date) and not isinstance(value, datetime) and column.type == "timestamp":
            typed[column.name] = datetime.combine(value, time())
    return typed


def known_at(kind: str, record: Record, month: date) -> Record | None:
    """The record as its court knew it at the end of `month`; None before it came into being, or after a case ended."""
    end = month.replace(day=monthrange(month.year, month.month)[1])
    if kind not in BORN:
        return record if record["month"] == f"{month:%Y-%m}" else None
    born = _day(record[BORN[kind]])
    closed = _day(record.get("closed_date"))
    if born is None or born > end or (kind == "cases" and closed is not None and closed < month):
        return None
    known = dict(record)
    for column, value in record.items():
        day = _day(value)
        if day is not None and day > end and column not in AHEAD:
            known[column] = None
            for other in KNOWN_WITH.get(kind, {}).get(column, ()):
                known[other] = None
    return known


def delivered(months: list[date], courts: Iterable[str], records: dict[str, list[Record]]) -> dict[str, Rows]:
    """Lake and ledger rows: one delivery a month, kind and court, all in force, none missing, empty ones included."""
    rows: dict[str, Rows] = {kind: [] for kind in KINDS}
    courts = tuple(courts)
    for kind in KINDS:
        rules, numbers = contract(kind), count(1)
        typed = [_typed(rules, record) for record in records.get(kind, [])]
        for month in months:
            for record in typed:
                known = known_at(kind, record, month)
                if known is not None:
                    lineage = {"_delivery_id": f"{month:%Y-%m}|{kind}|{known['court_code']}", "_extract_month": month}
                    rows[kind].append(known | lineage | {"_row_number": next(numbers)})
    rows["_ledger.delivery_courts"] = [
        {"delivery_id": f"{month:%Y-%m}|{kind}|{court}", "kind": kind, "extract_month": month, "court_code": court,
         "accepted_count": 1, "rejected_count": 0, "is_in_force": True}
        for month in months for kind in KINDS for court in courts
    ]  # fmt: skip
    cases = {row["case_id"]: row["court_code"] for row in rows["cases"]}
    rows["_ledger.case_courts"] = [{"case_id": case, "court_code": court} for case, court in cases.items()]
    return rows
