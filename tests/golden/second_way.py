"""Every figure of the golden world computed again in plain Python from the delivered rows.
The rules are restated from the indicator definitions, not taken from the product's SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.golden.delivered import Row, day, latest, moment, yuan

FIRST, LAST = (2018, 11), (2019, 2)
MEMBERS = {
    "own": lambda court, member: court == member,
    "jurisdiction": lambda court, member: member[:2] == court[:2],
    "province": lambda court, member: member[:1] == court[:1],
}
# Days off around the deadlines of the golden world: New Year's three days, the Spring Festival week, and weekends
# that were not working days by exchange (29 December, 2 and 3 February were worked).
DAYS_OFF = {date(2018, 12, 30), date(2018, 12, 31), date(2019, 1, 1)} | {date(2019, 2, n) for n in range(4, 11)}
WORKED_WEEKENDS = {date(2018, 12, 29), date(2019, 2, 2), date(2019, 2, 3)}

Month = tuple[int, int]


def month_of(value: date | None) -> Month | None:
    return (value.year, value.month) if value else None


def window(code: str, month: Month) -> tuple[Month, Month]:
    """First and last month of a window, cut at the first delivered month."""
    year, number = month
    start = {
        "month": month,
        "ytd": (year, 1),
        "rolling_12m": (year - 1, number + 1) if number < 12 else (year, 1),
        "rolling_36m": (year - 3, number + 1) if number < 12 else (year - 2, 1),
        "stat_year": (year, 12) if number == 12 else (year - 1, 12),
    }[code]
    return max(start, FIRST), month


@dataclass(frozen=True)
class Case:
    court: str
    type: str
    filed: date
    closed: date | None
    mode: str
    due: date
    claim: int
    recovered: int

    @property
    def days(self) -> int:
        assert self.closed
        return (self.closed - self.filed).days


def _six_months_on(filed: date) -> date:
    year, month = divmod(filed.year * 12 + filed.month - 1 + 6, 12)
    return date(year, month + 1, filed.day)


def _case(row: Row) -> Case:
    filed = day(row["立案日期"])
    assert filed
    claim = yuan(row["申请执行标的金额"])
    return Case(
        row["法院代码"], row["案件类型代字"], filed, day(row.get("结案日期", "")), row.get("结案方式", ""),
        day(row.get("执行期限届满日期", "")) or last_day(_six_months_on(filed)), claim,
        min(claim, yuan(row["实际到位金额"])),
    )  # fmt: skip


def is_off(value: date) -> bool:
    return value in DAYS_OFF or (value.weekday() >= 5 and value not in WORKED_WEEKENDS)


def last_day(value: date) -> date:
    """The end of a term: the next working day when the term itself ends on a day off."""
    while is_off(value):
        value += timedelta(days=1)
    return value


def three_working_days_after(start: date) -> date:
    due, left = start, 3
    while left:
        due += timedelta(days=1)
        left -= 0 if is_off(due) else 1
    return due


def flow(court: str, scope: str, types: set[str], first: Month, last: Month) -> tuple[int, int, list[Case], int]:
    """Opening stock, newly filed, closed cases and closing stock of a stretch of months."""
    cases = [c for c in map(_case, latest("cases", "案件标识")) if MEMBERS[scope](court, c.court) and c.type in types]
    opening = sum(1 for c in cases if month_of(c.filed) < first and (not c.closed or month_of(c.closed) >= first))
    new = sum(1 for c in cases if first <= month_of(c.filed) <= last)
    closed = [c for c in cases if c.closed and first <= month_of(c.closed) <= last]
    pending = sum(1 for c in cases if month_of(c.filed) <= last and (not c.closed or month_of(c.closed) > last))
    return opening, new, closed, pending


def _case_figures(court: str, scope: str, first: Month, last: Month) -> dict[str, tuple[int, int]]:
    opening, new, closed, pending = flow(court, scope, {"执"}, first, last)
    resumed = flow(court, scope, {"执恢"}, first, last)[2]
    accepted, n = opening + new, len(closed)
    suspended = sum(1 for c in closed if c.mode == "终结本次执行程序")
    full = [c for c in closed if c.mode == "执行完毕"]
    return {
        "QX01": (n - suspended, n),
        "QX02": (n - suspended, accepted),
        "QX03": (suspended, n),
        "QX04": (suspended, accepted),
        "QX05": (pending, accepted),
        "QX06": (sum(c.recovered for c in closed), sum(c.claim for c in closed)),
        "QX07": (len(full), n),
        "QX08": (sum(1 for c in closed if c.mode == "终结执行"), n),
        "QX09": (sum(1 for c in closed if c.closed and c.closed <= c.due), n),
        "QX10": (sum(c.days for c in closed), n),
        "QX11": (sum(c.days for c in full), len(full)),
        "QX13": (sum(1 for c in resumed if c.mode == "执行完毕"), len(resumed)),
        "QX15": (sum(c.recovered for c in resumed), sum(c.claim for c in resumed)),
    }


def _share(rows: Iterable[Row], due: Callable[[Row], date | None], weight: Callable[[Row], tuple[int, int]],
           keep: Callable[[Row, date | None], bool]) -> tuple[int, int]:  # fmt: skip
    kept = [weight(row) for row in rows if keep(row, due(row))]
    return sum(good for good, _ in kept), sum(all_ for _, all_ in kept)


def _paid_on_time(row: Row) -> tuple[int, int]:
    received, paid, amount = day(row["到账日期"]), day(row["发放日期"]), yuan(row["到账金额"])
    assert received
    if row["延缓发放审批"] == "是":
        return amount, amount
    return (yuan(row["发放金额"]) if paid and paid <= last_day(received + timedelta(days=30)) else 0), amount


def _feedback(row: Row, due: str, done: str) -> tuple[int, int]:
    answered, limit = moment(row[done]), moment(row[due])
    return int(bool(answered and limit and answered <= limit)), 1


def _delisted(row: Row) -> tuple[int, int]:
    trigger, gone = day(row["应删除事由发生日期"]), day(row["屏蔽删除日期"])
    assert trigger
    return int(bool(gone and gone <= three_working_days_after(trigger))), 1


def figures(court: str, scope: str, window_code: str, month: Month) -> dict[str, tuple[int, int]]:
    """Numerator and denominator of every indicator of a court, scope and window."""
    first, last = window(window_code, month)

    def keep(row: Row, due: date | None) -> bool:
        return bool(due) and first <= month_of(due) <= last and MEMBERS[scope](court, row["法院代码"])

    def lot_end(row: Row) -> date | None:
        ended = row["结果"] == "成交" or (row["结果"] == "流拍" and row["轮次"] == "变卖")
        return day(row["拍卖日期"]) if ended else None

    def delisting_due(row: Row) -> date | None:
        trigger = day(row["应删除事由发生日期"])
        return three_working_days_after(trigger) if trigger else None

    def funds_due(row: Row) -> date | None:
        received = day(row["到账日期"])
        return last_day(received + timedelta(days=30)) if received else None

    return _case_figures(court, scope, first, last) | {
        "QX23": _share(latest("auctions", "标的物标识", "轮次"), lot_end,
                       lambda r: (int(r["结果"] == "成交"), 1), keep),
        "QX24": _share(latest("funds", "案款标识"), funds_due, _paid_on_time, keep),
        "QX25": _share(latest("entrustments", "委托标识"), lambda r: day(r["办理期限"]),
                       lambda r: _feedback(r, "办理期限", "办结时间"), keep),
        "QX26": _share(latest("defaulters", "失信标识"), delisting_due, _delisted, keep),
        "SX21": _share(latest("linkage", "协助标识"), lambda r: day(r["反馈期限"]),
                       lambda r: _feedback(r, "反馈期限", "反馈时间"), keep),
    }  # fmt: skip
