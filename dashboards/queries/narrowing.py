"""How a list of records may be narrowed: by the closing mode of its cases, by age or duration, by amount.
Which columns say so is known by name; which records count at all is said by the measure, in evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

OPEN = "open"  # in place of a closing mode: a case that has none yet

# From where to where a record's days are counted: the first pair of which a table has both.
SPANS = (
    ("suspended_date", "resumed_date"),
    ("suspended_date", "done_date"),
    ("filed_date", "closed_date"),
    ("received_date", "paid_date"),
    ("sent_at", "feedback_at"),
    ("accepted_at", "completed_at"),
    ("started_at", "ended_at"),
    ("assigned_date", "resolved_date"),
    ("found_date", "written_off_date"),
    ("published_date", "delisted_date"),
    ("issued_date", "lifted_date"),
    ("started_date", "auction_date"),
)
# A record's own amount; without one, what its case claims.
AMOUNTS = ("claim_amount", "received_amount", "starting_price", "amount")
CLAIM, CLOSING, NUMBER = "claim_amount", "closing_mode", "related_case_number"


@dataclass(frozen=True)
class By:
    """By what a table's records may be narrowed.

    `joined` are what the record's case says and the record does not: column → how it is selected, of the case `c`.
    """

    span: tuple[str, str] | None
    amount: str
    has_closing: bool
    joined: tuple[tuple[str, str], ...]

    @property
    def extra(self) -> tuple[str, ...]:
        """What a list shows beside the table's own columns."""
        days = ("age_days",) if self.span else ()
        return (*days, *(name for name, _ in self.joined if name in (CLAIM, CLOSING, NUMBER)))

    def selected(self) -> str:
        """The extra columns as a part of a selection in SQL."""
        days = [f"{self._days()} as age_days"] if self.span else []
        return "".join(f", {each}" for each in (*days, *(f"{how} as {name}" for name, how in self.joined)))

    def _days(self) -> str:
        """Days from the beginning to the end or, where that is later or not yet, to the end of the last month."""
        begin, end = (_day(name) for name in self.span or ("", ""))
        last = "last_day(cast($last as date))"
        return f"date_diff('day', {begin}, least(coalesce({end}, {last}), {last}))"


@dataclass(frozen=True)
class Narrowing:
    """What is kept of a list: a closing mode or `open`, days and yuan from … to …, ends included; by default all."""

    closing: str = ""
    least_days: int | None = None
    most_days: int | None = None
    least_amount: float | None = None
    most_amount: float | None = None

    def condition(self, by: By) -> str:
        """In SQL, behind another condition; what the table does not say is not asked."""
        return "".join(f" and {each}" for each in self._asked(by))

    def _asked(self, by: By) -> Iterator[str]:
        if self.closing and by.has_closing:
            is_known = " and is_case_known" if "is_case_known" in dict(by.joined) else ""
            yield f"{CLOSING} is null{is_known}" if self.closing == OPEN else f"{CLOSING} = $closing"
        for column, least, most in (("age_days" if by.span else "", *DAYS), (by.amount, *YUAN)):
            if column and getattr(self, least) is not None:
                yield f'"{column}" >= ${least}'
            if column and getattr(self, most) is not None:
                yield f'"{column}" <= ${most}'

    def values(self) -> dict[str, Any]:
        """What the condition names, by name."""
        return asdict(self)


DAYS, YUAN = ("least_days", "most_days"), ("least_amount", "most_amount")
ALL = Narrowing()


def by(columns: Collection[str]) -> By:
    """From the columns of a table of records."""
    is_linked = "case_id" in columns
    amount = next((name for name in AMOUNTS if name in columns), CLAIM if is_linked else "")
    wanted = [name for name in (CLOSING, *((CLAIM,) if amount == CLAIM else ())) if name not in columns]
    joined = [(name, f"c.{name}") for name in wanted if is_linked]
    if is_linked and "case_number" not in columns:
        joined.append((NUMBER, "c.case_number"))
    if is_linked and CLOSING not in columns:
        joined.append(("is_case_known", "c.case_id is not null"))
    span = next((pair for pair in SPANS if set(pair) <= set(columns)), None)
    return By(span, amount, is_linked or CLOSING in columns, tuple(joined))


def _day(name: str) -> str:
    """Moments of a snapshot are UTC, and their day is Beijing's."""
    return f'cast(r."{name}" + interval 8 hours as date)' if name.endswith("_at") else f'r."{name}"'
