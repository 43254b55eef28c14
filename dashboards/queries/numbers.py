"""One number taken apart: the number itself, its months, the deliveries under it, and the SQL that gives it again.
The records behind numerator and denominator belong to evidence; what earlier publications said, to the ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries import dimensions
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)

# From the courts' own monthly measures, which lie two floors under the published indicator. A measure that is made of
# parts takes each part by its own window rule; a difference of two indicators is the difference of their quotients.
DERIVATION = """with members as (
    select member_court_code as court_code, member_from, member_to
    from core.dim_court_scopes
    where court_code = $court and scope_code = $scope
),
quotients as (
    select 1 as sign, i.*
    from core.dim_indicators as i
    where i.indicator_code = $indicator and i.definition_version = $version and i.denominator_kind <> 'derived'
    union all
    select case when i.indicator_code = d.minuend_code then 1 else -1 end as sign, i.*
    from core.dim_derived_indicators as d
    inner join core.dim_indicators as i on i.indicator_code in (d.minuend_code, d.subtrahend_code)
    where d.indicator_code = $indicator and i.valid_from <= cast($last as date)
      and cast($last as date) < coalesce(i.superseded_from, date '9999-12-31')
),
sides as (
    select sign, denominator_kind, 'over' as side, numerator_scope as case_scope, numerator_measure as measure_code
    from quotients
    union all
    select sign, denominator_kind, 'under', denominator_scope, denominator_measure
    from quotients where denominator_measure is not null
),
sums as (
    select s.sign, s.denominator_kind,
           sum(f.counted_value) filter (where s.side = 'over') as over_sum,
           sum(f.counted_value) filter (where s.side = 'under') as under_sum
    from sides as s
    left join core.dim_measure_parts as p on p.measure_code = s.measure_code
    inner join core.dim_measures as m on m.measure_code = coalesce(p.part_measure_code, s.measure_code)
    cross join (select 0 as entering_value, 0 as leaving_value) as before -- what comes in or leaves within the window
    cross join lateral (
        select measure_value as counted_value
        from performance.fct_court_measures
        where measure_code = m.measure_code and case_scope = s.case_scope and scope_code = 'own'
          and exists (
              select 1 from members as c
              where c.court_code = fct_court_measures.court_code and period_month between c.member_from and c.member_to)
          and period_month between cast(case m.window_rule when 'last' then $last else $first end as date)
                               and cast(case m.window_rule when 'first' then $first else $last end as date)
        union all
        select case m.window_rule when 'first' then entering_value else leaving_value end
        from performance.fct_court_measures
        where measure_code = m.measure_code and case_scope = s.case_scope
          and scope_code = $scope and court_code = $court
          and ((m.window_rule = 'first' and period_month > cast($first as date) and period_month <= cast($last as date))
            or (m.window_rule = 'last' and period_month >= cast($first as date) and period_month < cast($last as date)))
    ) as f
    group by s.sign, s.denominator_kind
),
divided as (
    select *, case when denominator_kind = 'none' then cast(over_sum as double)
                   else cast(over_sum as double) / nullif(cast(under_sum as double), 0) end as value
    from sums
)
select case when count(*) = 1 then max(over_sum)
            else max(over_sum) filter (where sign = 1) * max(under_sum) filter (where sign = -1)
               - max(over_sum) filter (where sign = -1) * max(under_sum) filter (where sign = 1) end as numerator,
       case when count(*) = 1 then max(under_sum)
            else max(under_sum) filter (where sign = 1) * max(under_sum) filter (where sign = -1) end as denominator,
       case when count(value) = count(*) then sum(sign * value) end as value
from divided"""
PLACE = re.compile(r"\$([a-z]+)")


@dataclass(frozen=True)
class Number:
    """Which number: `first` to `month` being the window as cut at the snapshot's first month."""

    court: str
    scope: str
    indicator: str
    window: str
    first: Month
    month: Month

    @property
    def key(self) -> dict[str, Any]:
        return {
            "court": self.court,
            "scope": self.scope,
            "indicator": self.indicator,
            "window": self.window,
            "month": self.month,
        }


def versions(cursor: Cursor, number: Number) -> pd.DataFrame:
    """One row per version of the definition computed for that month, the one in force first; empty if none was."""
    return cursor.execute(
        SQL["versions"],
        number.key,
    ).df()


def components(cursor: Cursor, indicator: str) -> pd.DataFrame:
    """minuend_code, subtrahend_code of an indicator that is a difference; empty for all others."""
    return SQL.frame(cursor, "components", indicator=indicator)


def months(cursor: Cursor, number: Number, measure: str, case_scope: str) -> pd.DataFrame:
    """part × month of one side: what the month holds, and whether the part's window rule counts that month."""
    return SQL.frame(
        cursor,
        "months",
        measure=measure,
        case_scope=case_scope,
        court=number.court,
        scope=number.scope,
        first=number.first,
        month=number.month,
    )


def derivation(number: Number, version: str) -> str:
    """The derivation with its values filled in, as it can be pasted into any SQL prompt on the snapshot."""
    said = _values(number, version)
    return PLACE.sub(lambda found: _written(said[found.group(1)]), DERIVATION)


def _written(value: Any) -> str:
    """A value as SQL text: a month as its first day."""
    text = value.isoformat() if isinstance(value, Month) else str(value)
    return "'" + text.replace("'", "''") + "'"


def derived(cursor: Cursor, number: Number, version: str) -> pd.DataFrame:
    """One row: numerator, denominator, value, as the derivation gives them on this snapshot."""
    return cursor.execute(DERIVATION, _values(number, version)).df()


def _values(number: Number, version: str) -> dict[str, Any]:
    chosen = {"court": number.court, "scope": number.scope, "indicator": number.indicator}
    return {**chosen, "version": version, "first": number.first, "last": number.month}


def deliveries(cursor: Cursor, number: Number, kinds: tuple[str, ...]) -> pd.DataFrame:
    """kind × month of the window: courts due and heard from, rows, files accepted, and when the last one came."""
    return SQL.frame(
        cursor,
        "deliveries",
        courts=tuple(
            dimensions.members_of(cursor, number.court, number.scope, number.first, number.month)["court_code"]
        ),
        kinds=kinds,
        first=number.first,
        month=number.month,
    )


def restatements(cursor: Cursor, number: Number) -> pd.DataFrame:
    """What the month's closing said and what is said now, with the cause; empty while nothing has changed."""
    return cursor.execute(
        SQL["restatements"],
        number.key,
    ).df()
