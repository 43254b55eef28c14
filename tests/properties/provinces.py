"""Provinces made up from a number: the same number makes the same records, whatever else is generated.
What has to hold for every one of them belongs to the tests; what a month's delivery holds, to `records`."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

Record = dict[str, Any]
Records = dict[str, list[Record]]

PREFIX = {
    "T00": "青", "T10": "青01", "T11": "青0102", "T12": "青0103", "T13": "青0104", "T20": "青02", "T21": "青0203",
}  # fmt: skip
COURTS = tuple(PREFIX)
MONTHS = [date(2018, 11, 1), date(2018, 12, 1), date(2019, 1, 1)]
FIRST, LAST = MONTHS[0], date(2019, 1, 31)
TYPES = ("执",) * 5 + ("执恢",) * 3 + ("执保", "执异", "执复", "执监")
MODES = ("执行完毕",) * 3 + ("终结本次执行程序",) * 3 + ("终结执行", "销案", "不予执行", "驳回申请")
NODES = ("N02", "N07", "N07", "N08", "N14", "N18", "N42", "N43", "N52", "N52")


class Maker:
    """Draws one record after the other; every draw depends on the seed and on the draws before it."""

    def __init__(self, seed: int, courts: tuple[str, ...]) -> None:
        self.random = Random(seed)
        self.courts = courts
        self.number = 0

    def name(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number}"

    def court(self) -> str:
        return self.random.choice(self.courts)

    def day(self, first: date = date(2018, 2, 1), last: date = LAST) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def later(self, start: date, most: int, share: float) -> date | None:
        """A day within `most` days of `start`, in `share` of the cases, and never after the last delivery."""
        day = start + timedelta(days=self.random.randint(0, most))
        return day if self.random.random() < share and day <= LAST else None

    def at(self, day: date | None) -> datetime | None:
        return datetime.combine(day, time(self.random.randint(0, 23), 30)) if day else None

    def amount(self) -> int:
        return self.random.choice((0, 100, 5_000, 73_000, 2_000_000))

    def case(self) -> Record:
        court, kind, filed = self.court(), self.random.choice(TYPES), self.day()
        closed = self.later(filed, 260, 0.7)
        identity = self.name("C")
        record: Record = {
            "case_id": identity, "court_code": court, "case_type": kind, "filed_date": filed,
            "case_number": f"（{filed.year}）{PREFIX[court]}{kind}{identity[1:]}号",
            "received_date": filed - timedelta(days=self.random.randint(0, 12)),
            "notice_date": self.later(filed, 14, 0.8), "first_query_date": self.later(filed, 9, 0.8),
            "has_property": self.random.choice((True, False, None)),
            "claim_amount": self.amount(), "recovered_amount": self.amount(),
            "preservation_case_number": self.random.choice(("保1", None)),
        }  # fmt: skip
        if closed:
            record |= {
                "closed_date": closed, "closing_mode": self.random.choice(MODES),
                "suspension_compliant": self.random.choice((True, False, None)),
                "review_outcome": self.random.choice(("成立", "部分成立", "不成立", "撤销", "维持", None)),
            }  # fmt: skip
        return record

    def fund(self, case: Record) -> Record:
        received = self.day(date(2018, 10, 1))
        paid = self.later(received, 50, 0.7)
        amount = self.random.choice((100, 5_000, 73_000))
        return {
            "fund_id": self.name("F"), "case_id": case["case_id"], "court_code": case["court_code"],
            "received_date": received, "received_amount": amount, "paid_date": paid,
            "paid_amount": self.random.choice((amount, amount // 2)) if paid else None,
            "deferral_approved": self.random.choice((True, False, False, None)),
        }  # fmt: skip

    def node(self, case: Record) -> Record:
        day = self.day(date(2018, 10, 1))
        return {
            "case_id": case["case_id"], "court_code": case["court_code"], "node_code": self.random.choice(NODES),
            "started_at": self.at(day), "ended_at": self.at(self.later(day, 20, 0.7)),
        }  # fmt: skip

    def lot(self, case: Record) -> Record:
        day = self.day(date(2018, 10, 1))
        sold = self.random.random() < 0.6
        return {
            "lot_id": self.name("L"), "case_id": case["case_id"], "court_code": case["court_code"],
            "round": self.random.choice(("一拍", "二拍", "变卖")), "auction_date": day,
            "started_date": day - timedelta(days=self.random.randint(0, 70)), "starting_price": 1_000,
            "result": "成交" if sold else "流拍", "deal_price": self.random.choice((1_000, 1_700)) if sold else None,
        }  # fmt: skip

    def request(self, case: Record) -> Record:
        day = self.day(date(2018, 10, 1))
        return {
            "request_id": self.name("R"), "case_id": case["case_id"], "court_code": case["court_code"],
            "channel": self.random.choice(("总对总", "线下")), "unit_type": self.random.choice(("银行", "公安")),
            "matter": self.random.choice(("查询", "查人", "扣车")), "sent_at": self.at(day),
            "due_at": self.at(day + timedelta(days=self.random.randint(1, 9))),
            "feedback_at": self.at(self.later(day, 12, 0.8)), "result": self.random.choice(("已办理", "查无", None)),
        }  # fmt: skip

    def petition(self) -> Record:
        day = self.day(date(2018, 10, 1))
        return {
            "petition_id": self.name("P"), "court_code": self.court(), "assigned_date": day,
            "due_date": self.random.choice((None, day + timedelta(days=30))), "resolved_date": self.later(day, 60, 0.7),
        }  # fmt: skip

    def item(self) -> Record:
        day = self.day(date(2018, 9, 1))
        return {
            "item_id": self.name("I"), "court_code": self.court(), "problem_class": "消极执行",
            "found_by": self.random.choice(("案件督办", "自查自纠")), "found_date": day,
            "due_date": self.random.choice((None, day + timedelta(days=40))),
            "written_off_date": self.later(day, 90, 0.6),
        }  # fmt: skip

    def listing(self, case: Record) -> Record:
        day = self.day(date(2018, 10, 1))
        ground = self.later(day, 60, 0.6)
        return {
            "listing_id": self.name("K"), "case_number": case["case_number"], "court_code": case["court_code"],
            "published_date": day, "deletion_trigger_date": ground,
            "delisted_date": self.later(ground, 7, 0.8) if ground else None,
        }  # fmt: skip


def _resume(maker: Maker, cases: list[Record]) -> None:
    """Half of the resumed cases name an original of their own court, suspended or not: courts write all sorts."""
    for case in cases:
        originals = [c for c in cases if c["case_type"] == "执" and c["court_code"] == case["court_code"]]
        if case["case_type"] == "执恢" and originals and maker.random.random() < 0.5:
            case["original_case_number"] = maker.random.choice(originals)["case_number"]


def province(seed: int, size: int, courts: tuple[str, ...] = COURTS) -> Records:
    """Records of all kinds: up to `size` cases, none closed before the first month, and what belongs to them."""
    maker = Maker(seed, courts)
    cases = [maker.case() for _ in range(size)]
    cases = [case for case in cases if (case.get("closed_date") or LAST) >= FIRST]
    _resume(maker, cases)
    some = [maker.random.choice(cases) for _ in range(size // 2)] if cases else []
    return {
        "cases": cases,
        "funds": [maker.fund(case) for case in some],
        "nodes": list({(n["case_id"], n["node_code"], n["started_at"]): n for n in map(maker.node, some)}.values()),
        "auctions": [maker.lot(case) for case in some],
        "linkage": [maker.request(case) for case in some],
        "defaulters": [maker.listing(case) for case in some],
        "petitions": [maker.petition() for _ in range(size // 3)],
        "rectifications": [maker.item() for _ in range(size // 3)],
    }


def provinces(most: int = 120) -> st.SearchStrategy[Records]:
    """Any province of up to `most` cases; fewer cases are simpler."""
    return st.builds(province, seed=st.integers(0, 10**9), size=st.integers(0, most))
