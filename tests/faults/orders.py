"""Deliveries of some months in any order, again, corrected, split, doubled and taken away; and what must be in force.
What is in force is reckoned a second way here, act by act; receiving and the ledger are the real ones."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import strategies as st

from tests.unit.extracts.conftest import Clerk, case, clerk_at, csv_text, fund

MONTHS = ("2019-10", "2019-11", "2019-12")
COURTS = ("T11", "T12", "T13", "T14")
KINDS = ("cases", "funds")
ACTS = ("deliver", "correct", "remove", "again", "split", "withdraw", "broken", "header", "two courts")

Row = dict[str, Any]
InForce = dict[tuple[str, str, str], list[tuple[str, str]]]  # (kind, month, court) → (record, amount) of its rows


@dataclass(frozen=True)
class Act:
    """One thing that somebody does to a month's folder before receiving looks into it."""

    month: str
    kind: str
    what: str
    courts: tuple[str, ...]
    seed: int


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Act], list[Act]]:
    """Acts in the order of months, and the same with the months mixed: of each month in their own order."""
    by_month = {
        month: [
            Act(month, draw(st.sampled_from(KINDS)), what, tuple(sorted(courts)), draw(st.integers(0, 99)))
            for what, courts in draw(
                st.lists(
                    st.tuples(st.sampled_from(ACTS), st.sets(st.sampled_from(COURTS), min_size=1)),
                    min_size=1,
                    max_size=5,
                )
            )
        ]
        for month in MONTHS
    }
    in_order = [act for month in MONTHS for act in by_month[month]]
    turns = draw(st.permutations([act.month for act in in_order]))
    left = {month: iter(acts) for month, acts in by_month.items()}
    return in_order, [next(left[month]) for month in turns]


@dataclass
class Province:
    """A clerk's landing folder and what ought to be in force, act by act."""

    clerk: Clerk
    expected: InForce = field(default_factory=dict)
    files: dict[tuple[str, str], dict[str, list[Row]]] = field(default_factory=dict)

    def do(self, act: Act) -> None:
        """Do it, have the month received, and reckon what ought to be in force."""
        for name, rows in self._files(act):
            self._deliver(act, name, rows)
        self.clerk.receive(act.kind, act.month)

    def _files(self, act: Act) -> Iterator[tuple[str, list[Row] | None]]:
        """Name and rows of each file; no rows: the file is taken away."""
        there = self.files.setdefault((act.kind, act.month), {})
        rows = [row for court in act.courts for row in _rows(act, court)]
        # Each month's folder has numbers of its own: names do not depend on what happens in other months.
        name = f"{len(there):02d}.csv"
        if act.what == "split":
            for at, court in enumerate(act.courts):
                yield f"{len(there):02d}.{at}.csv", [row for row in rows if row["法院代码"] == court]
        elif act.what == "again" and there:
            yield name, there[sorted(there)[act.seed % len(there)]]
        elif act.what == "correct" and there:
            yield sorted(there)[act.seed % len(there)], rows
        elif act.what == "remove":
            yield name, rows[: max(1, len(rows) // 2)]
        elif act.what == "withdraw" and there:
            yield sorted(there)[act.seed % len(there)], None
        elif act.what == "two courts":
            key = "案件标识" if act.kind == "cases" else "案款标识"
            yield name, [*rows, rows[0] | {"法院代码": COURTS[act.seed % len(COURTS)], key: "C0900"}]
        elif act.what == "broken":
            yield "broken.csv", []
        elif act.what == "header":
            yield "header.csv", []
        else:
            yield name, rows

    def _deliver(self, act: Act, name: str, rows: list[Row] | None) -> None:
        place = {"kind": act.kind, "month": act.month}
        there = self.files[act.kind, act.month]
        if rows is None:
            (self.clerk.layout.landing / act.month / act.kind / name).unlink(missing_ok=True)
            return
        if not rows:
            head = csv_text(_rows(act, "T11")).splitlines()[0]
            self.clerk.deliver(b"\0" if name == "broken.csv" else head.encode(), name, **place)
            return
        self.clerk.deliver(rows, name, **place)
        there[name] = rows
        for court in {row["法院代码"] for row in rows}:
            of_court = [row for row in rows if row["法院代码"] == court]
            self.expected[act.kind, act.month, court] = sorted(_said(act.kind, row) for row in of_court)

    def in_force(self) -> InForce:
        """What is in force by ledger and lake."""
        found: InForce = {}
        courts = [row for row in self.clerk.ledger("delivery_courts") if row["is_in_force"]]
        for kind in KINDS:
            lake = self.clerk.lake(kind)
            for row in (row for row in courts if row["kind"] == kind):
                of = lake.filter(
                    (pl.col("_delivery_id") == row["delivery_id"]) & (pl.col("court_code") == row["court_code"])
                )
                key, amount = ("case_id", "claim_amount") if kind == "cases" else ("fund_id", "received_amount")
                said = sorted((r[key], f"{r[amount]:.2f}") for r in of.to_dicts())
                found[kind, f"{row['extract_month']:%Y-%m}", row["court_code"]] = said
        return found

    def told(self) -> tuple[Any, ...]:
        """Gaps and courts of cases, which no order of months may change."""
        gaps = [
            (r["kind"], str(r["extract_month"]), r["court_code"], r["reason"])
            for r in self.clerk.ledger("delivery_gaps")
        ]
        return sorted(gaps, key=repr), sorted((r["case_id"], r["court_code"]) for r in self.clerk.ledger("case_courts"))


def _rows(act: Act, court: str) -> list[Row]:
    """Some rows of a court; their amounts tell one act from the other."""
    amount = f"{1000 + act.seed}.00"
    first = COURTS.index(court) * 10 + 1
    if act.kind == "cases":
        made = [case(n, 法院代码=court, 申请执行标的金额=amount) for n in range(first, first + 3)]
        return [row | {"案号": row["案号"].replace("0105", f"01{COURTS.index(court) + 2:02d}")} for row in made]
    return [fund(n, 法院代码=court, 到账金额=amount) for n in range(first, first + 3)]


def _said(kind: str, row: Row) -> tuple[str, str]:
    return (row["案件标识"], row["申请执行标的金额"]) if kind == "cases" else (row["案款标识"], row["到账金额"])


def outcome(root: Path, acts: list[Act]) -> Province:
    province = Province(clerk_at(root))
    for act in acts:
        province.do(act)
    return province


def shown(found: InForce) -> str:
    return json.dumps({" ".join(place): rows for place, rows in sorted(found.items())}, ensure_ascii=False)
