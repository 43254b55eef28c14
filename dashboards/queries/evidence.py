"""The records behind a measure: which table, which rule, which months, as core.dim_measures says.
Identifiers come from dim_measures alone and are checked against the snapshot's own columns; values are bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries import dimensions, narrowing
from dashboards.queries.narrowing import ALL, By, Narrowing
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")

# What a list of records may show. A column that is not named here is never shown, personal data least of all.
SHOWN = (
    "case_number",
    "related_case_number",
    "petition_id",
    "item_id",
    "node_code",
    "item_code",
    "period_month",
    "fund_id",
    "request_id",
    "listing_id",
    "entrustment_id",
    "restriction_id",
    "lot_id",
    "round",
    "activity",
    "court_code",
    "case_type",
    "cause",
    "filed_date",
    "closed_date",
    "closing_mode",
    "age_days",
    "claim_amount",
    "recovered_amount",
    "received_date",
    "received_amount",
    "started_at",
    "judged_due_at",
    "ended_at",
    "term_end_date",
    "filing_due_date",
    "notice_date",
    "notice_due_date",
    "first_query_date",
    "query_due_date",
    "preservation_case_number",
    "suspension_compliant",
    "review_outcome",
    "suspended_date",
    "resumed_date",
    "assigned_date",
    "resolved_date",
    "problem_class",
    "found_by",
    "found_date",
    "written_off_date",
    "due_date",
    "done_date",
    "paid_date",
    "paid_amount",
    "deferral_approved",
    "channel",
    "unit_type",
    "matter",
    "sent_at",
    "accepted_at",
    "due_at",
    "feedback_at",
    "completed_at",
    "published_date",
    "ground",
    "party_kind",
    "deletion_trigger",
    "deletion_trigger_date",
    "delisting_due_date",
    "statutory_due_date",
    "delisted_date",
    "sanction_grade",
    "grace_from_date",
    "grace_to_date",
    "single_release_count",
    "asset_kind",
    "auction_date",
    "starting_price",
    "deal_price",
    "result",
    "occurred_date",
    "activity_count",
    "person_count",
    "amount",
    "issued_date",
    "lifted_date",
)

# Stocks and accepted cases follow from the two dates of a case; see the identities of case flow.
CONDITIONS = {
    "event": "{month} between cast($first as date) and cast($last as date) and coalesce({value}, 0) <> 0",
    "distinct": "{month} between cast($first as date) and cast($last as date)",
    "opening": "filed_month < cast($first as date) and (closed_month is null or closed_month >= cast($first as date))",
    "pending": "filed_month <= cast($last as date) and (closed_month is null or closed_month > cast($last as date))",
    "state": "{month} = cast($last as date)",
    "span": "{month} <= cast($last as date) and ({until} is null or {until} > cast($last as date))",
    "span_opening": "{month} < cast($first as date) and ({until} is null or {until} >= cast($first as date))",
    "accepted": "filed_month <= cast($last as date) and (closed_month is null or closed_month >= cast($first as date))"
    " and (moved_out_month is null or moved_out_month > cast($last as date))",
}
DATED = ("event", "distinct", "state", "span", "span_opening")
TOTALS = {"distinct": "count(distinct {value})"}


@dataclass(frozen=True)
class Part:
    """One side of one number: a measure of a court in a scope, over the months from first to last."""

    measure: str
    case_scope: str
    court: str
    scope: str
    first: Month
    last: Month


@dataclass(frozen=True)
class Evidence:
    """Where a measure's records are; every name has been checked against the snapshot."""

    table: str
    rule: str
    key: str
    month_column: str
    value_column: str
    until_column: str
    shown: tuple[str, ...]
    is_case_based: bool
    case_column: str  # by which a record names its case; empty where it does not
    by: By

    def months(self) -> str:
        """Whether a record counts in the months from $first to $last, in SQL."""
        until = f'"{self.until_column}"' if self.until_column else "cast(null as date)"
        return CONDITIONS[self.rule].format(month=f'"{self.month_column}"', value=f'"{self.value_column}"', until=until)

    def condition(self) -> str:
        scope = " and list_contains($case_types, case_type)" if self.is_case_based else ""
        return f"list_contains($courts, court_code) and {self.months()}{scope}"

    def selection(self, condition: str, narrowed: Narrowing) -> str:
        """The records that meet a condition and are kept, in their order; whoever asks it cuts it into pages."""
        columns = ", ".join(f'"{name}"' for name in self.shown)
        cases = "left join core.fct_enforcement_cases as c on r.case_id = c.case_id and r.court_code = c.court_code"
        return (
            f'select {columns}, "{self.value_column}" as counted, count(*) over () as total_count from ('  # noqa: S608 - names come from dim_measures, checked by find
            f'select r.*{self.by.selected()} from core."{self.table}" as r {cases if self.by.joined else ""})'
            f' where {condition}{narrowed.condition(self.by)} order by court_code, "{self.key}"'
        )

    def bound(self, cursor: Cursor, part: Part, statement: str, **others: Any) -> dict[str, Any]:
        """The values that a statement names."""
        known: dict[str, Any] = {
            "courts": dimensions.members(cursor, part.court, part.scope)["court_code"].tolist(),
            "first": part.first,
            "last": part.last,
            **others,
        }
        if self.is_case_based:
            known["case_types"] = list(case_types(cursor, part.case_scope))
        return {name: value for name, value in known.items() if re.search(rf"\${name}\b", statement)}

    def total(self) -> str:
        return TOTALS.get(self.rule, "sum({value})").format(value=f'"{self.value_column}"')


def find(cursor: Cursor, measure: str) -> Evidence | None:
    """The evidence of a measure; None when it has none, or names what the snapshot does not have."""
    row = cursor.execute(
        SQL["evidence_of_measure"],
        {"measure": measure},
    ).fetchone()
    if row is None or row[1] not in CONDITIONS:
        return None
    table, rule, key, month_column, value_column, until_column = (str(part) for part in row[:6])
    columns = {
        name
        for (name,) in cursor.execute(
            SQL["columns_of_table"],
            {"table": table},
        ).fetchall()
    }
    needed = {key, value_column} | ({month_column} if rule in DATED else {"filed_month"})
    needed |= {until_column} if until_column else set()
    if not needed <= columns or not all(IDENTIFIER.fullmatch(name) for name in needed | {table}):
        return None
    by = narrowing.by(columns)
    shown = tuple(name for name in SHOWN if name in columns or name in by.extra)
    case_column = next((name for name in ("case_id", "case_number") if name in columns), "")
    dates = (month_column, value_column, until_column)
    return Evidence(table, rule, key, *dates, shown, bool(row[6]), case_column, by)


def narrowable(cursor: Cursor, measure: str) -> pd.DataFrame:
    """One row: has_closing, begin and end of a record's days (empty if it has none), amount (the column or empty)."""
    evidence = find(cursor, measure)
    by = evidence.by if evidence else narrowing.by(())
    begin, end = by.span or ("", "")
    return pd.DataFrame({"has_closing": [by.has_closing], "begin": [begin], "end": [end], "amount": [by.amount]})


def closing_modes(cursor: Cursor) -> pd.DataFrame:
    """closing_mode, name_en in their order."""
    return SQL.frame(cursor, "closing_modes")


def parts(cursor: Cursor, measure: str) -> pd.DataFrame:
    """measure_code, name_zh, name_en: the parts a measure is added up from, or the measure itself."""
    return SQL.frame(cursor, "parts", measure=measure)


def largest(cursor: Cursor, part: Part, most: int) -> pd.DataFrame:
    """record (case number or other key), court_code, counted: the records that weigh most in a measure."""
    evidence = find(cursor, part.measure)
    if evidence is None:
        return pd.DataFrame()
    named = "case_number" if "case_number" in evidence.shown else evidence.key
    statement = (
        f'select "{named}" as record, court_code, "{evidence.value_column}" as counted from core."{evidence.table}"'  # noqa: S608 - names come from dim_measures, checked by find
        f" where {evidence.condition()} order by counted desc, court_code, record limit $size"
    )
    return cursor.execute(statement, evidence.bound(cursor, part, statement, size=most)).df()


def case_types(cursor: Cursor, case_scope: str) -> tuple[str, ...]:
    """The case types of a scope; empty for measures that are not case-based."""
    rows = cursor.execute(SQL["case_types"], {"case_scope": case_scope}).fetchall()
    return tuple(case_type for (case_type,) in rows)


def totals(cursor: Cursor, part: Part) -> pd.DataFrame:
    """One row: record_count and total of the listed records; no row when the measure has no record list."""
    evidence = find(cursor, part.measure)
    if evidence is None:
        return pd.DataFrame({"record_count": [], "total": []})
    statement = (
        f'select count(*) as record_count, coalesce({evidence.total()}, 0) as total from core."{evidence.table}"'  # noqa: S608 - names come from dim_measures, checked by find
        f" where {evidence.condition()}"
    )
    return cursor.execute(statement, evidence.bound(cursor, part, statement)).df()


def records(cursor: Cursor, part: Part, size: int, page: int, narrowed: Narrowing = ALL) -> pd.DataFrame:
    """One page of the records: `counted` is what each contributes, `total_count` how many there are on all pages.

    `page` counts from 1; only what the narrowing keeps is there.
    """
    evidence = find(cursor, part.measure)
    if evidence is None:
        return pd.DataFrame()
    statement = f"{evidence.selection(evidence.condition(), narrowed)} limit $size offset $start"
    cut = {"size": size, "start": size * (page - 1)}
    return cursor.execute(statement, evidence.bound(cursor, part, statement, **cut, **narrowed.values())).df()
