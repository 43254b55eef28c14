"""A court's amounts against its own months before: what a unit of ten thousand taken for one, or one for it, comes to.
Columns and tables only; personal columns are never read, and what a shifted month may still do is the gate's business.

An amount's evidence is its distance from the court's usual median, in powers of ten, against the spread that the
court's amounts have had. The chance that all of a month's different amounts lie so far off together is bounded from
above with tails as heavy as those of exp(-√2·distance/spread): one payment or two prove nothing, whatever they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import duckdb

from expectations.results import Tree
from expectations.rules import Check, Rule
from pipelines.extracts.contracts import contract, vocabulary

HISTORY_MONTHS = 24
# Half way between ten and a hundred, in powers of ten: less is the luck of a month, more is asked about.
SHIFT = 1.5
# Of the sample's 18,000 court-months and columns the least likely has -4.4, one auction of a small court.
LABELLED, HELD = -5.0, -7.0
MIN_HISTORY_MONTHS = 6
# Of a court with few amounts before, the spread is taken to be that of courts at large, as if of so many amounts.
PRIOR_COUNT, PRIOR_SPREAD = 10, 0.8


@dataclass(frozen=True)
class Scaled:
    """The amounts of a kind: its columns, and the column of items with the items that are yuan, where it has one."""

    columns: tuple[str, ...]
    item: str | None = None
    yuan: tuple[str, ...] = ()


@cache
def scaled(kind: str) -> Scaled | None:
    """What of a kind has a scale in yuan; None for a kind without amounts. A column of counts has none."""
    of = contract(kind)
    for column in of.columns:
        yuan = tuple(term.value for term in vocabulary(column.vocabulary) if term.yuan) if column.vocabulary else ()
        numbers = tuple(each.name for each in of.columns if each.type == "number")
        if yuan and numbers:
            return Scaled(numbers, column.name, yuan)
    amounts = tuple(column.name for column in of.columns if column.type == "amount")
    return Scaled(amounts) if amounts else None


@cache
def scale_rules(kind: str) -> tuple[Rule, ...]:
    """The rules on the table of `make_scale_table`: a doubt is labelled, what is no chance holds the court's file."""
    found = scaled(kind)
    if found is None:
        return ()
    return (
        Rule(
            code="scale_usual",
            zh="金额中位数与本院以往各月相差三十倍以上（本月／以往），请核对单位",
            en="The median amount is more than thirty times off the court's own months before (now / before)",
            checks=tuple(Check(name, f"{name}_doubt = 1") for name in found.columns),
        ),
        Rule(
            code="scale_kept",
            zh="金额单位与本院以往各月不一致（中位数：本月／以往），疑为元与万元之误",
            en="Amounts are in another unit than in the court's own months before (median: now / before)",
            checks=tuple(Check(name, f"{name}_doubt = 2") for name in found.columns),
            block_above=0.0,
        ),
    )


def make_amounts_table(
    connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, files: Sequence[str], standing: str = "in_force"
) -> None:
    """Every different amount above nothing of each court, month and column: as a power of ten, with its item."""
    found = scaled(kind)
    assert found is not None
    has_case = kind != "cases" and any(column.name == "case_id" for column in contract(kind).columns)
    item = f"lake.{found.item}" if found.item else "''"
    wanted = f"lake.{found.item} in ({', '.join(repr(value) for value in found.yuan)})" if found.item else "true"
    columns = ", ".join(f"cast(lake.{name} as double) as {name}" for name in found.columns)
    connection.execute(
        f"""
        create or replace table amounts_{kind}_{standing} as
        with case_courts as (
            select case_id as known_case, court_code as case_court from read_parquet($case_courts)
        ),
        rows as (
            select standing.court_code, standing.extract_month, standing.delivery_id, {item} as item, {columns}
            from read_parquet($files, hive_partitioning = false) as lake
            left join case_courts on {"lake.case_id" if has_case else "null"} = known_case
            inner join {standing} as standing
                on lake._delivery_id = standing.delivery_id
                and coalesce(lake.court_code, case_court) = standing.court_code
            where {wanted}
        )
        select distinct * replace (log10(amount) as amount)
        from (unpivot rows on {", ".join(found.columns)} into name column_name value amount)
        where amount > 0
        """,  # noqa: S608 - names come from our contracts and rules
        {
            "files": [str(tree.lake / kind / "_schema.parquet"), *files],
            "case_courts": str(tree.ledger / "case_courts.parquet"),
        },
    )


def readable(connection: duckdb.DuckDBPyConnection, kind: str, files: Sequence[str]) -> list[str]:
    """The files that have the amounts of the kind; the rows of others cannot be compared."""
    found = scaled(kind)
    if found is None or not files:
        return []
    wanted = [*found.columns, *([found.item] if found.item else [])]
    query = """
        select file_name from parquet_schema($files)
        where list_contains($wanted, name) group by file_name having count(*) = $count order by file_name
    """
    answer = connection.execute(query, {"files": list(files), "wanted": wanted, "count": len(wanted)}).fetchall()
    return [row[0] for row in answer]


def make_scale_table(
    connection: duckdb.DuckDBPyConnection, kind: str, months: Sequence[str], standing: str = "in_force"
) -> str:
    """Court × judged month with, for each column of amounts, its median beside the usual one and the doubt about it.

    0 for none, 1 where chance can hardly explain it, 2 where it cannot. Months whose own median is another unit than
    most of the months before have no say in what is usual.
    """
    found, table = scaled(kind), f"scale_{kind}_{standing}"
    assert found is not None
    connection.execute(f"create or replace table doubts_{kind} as {_DOUBTS.format(kind=kind, standing=standing)}",
                       {"months": list(months), **_BOUNDS})  # fmt: skip
    shown = "max(case when doubts.column_name = '{name}' then doubts.{of} end)"
    columns = ", ".join(
        f"{shown.format(name=name, of='shown')} as {name}, "
        f"coalesce({shown.format(name=name, of='doubt')}, 0) as {name}_doubt"
        for name in found.columns
    )
    connection.execute(
        f"""
        create or replace table {table} as
        select
            standing.extract_month as _extract_month,
            standing.court_code,
            standing.delivery_id as _delivery_id,
            cast(null as integer) as _row_number,
            standing.court_code as record_key,
            {columns}
        from {standing} as standing
        left join doubts_{kind} as doubts
            on standing.court_code = doubts.court_code and standing.extract_month = doubts.extract_month
        where list_contains($months, standing.month)
        group by all
        """,  # noqa: S608 - names come from our contracts and rules
        {"months": list(months)},
    )
    return table


_BOUNDS = {
    "history": HISTORY_MONTHS, "least": MIN_HISTORY_MONTHS, "shift": SHIFT, "labelled": LABELLED, "held": HELD,
    "prior": PRIOR_COUNT, "spread": PRIOR_SPREAD,
}  # fmt: skip
# Another unit moves the smallest and the largest amounts as it moves the middle; many small claims at once do not.
# A file's unit is one for all its courts: what a court's few amounts cannot show, those of the whole file can.
_DOUBTS = """
    with by_month as (
        select
            court_code, extract_month, column_name, item,
            median(amount) as middle, quantile_cont(amount, 0.1) as low, quantile_cont(amount, 0.9) as high,
            count(*) as n, sum(amount) as total, sum(amount * amount) as squares
        from amounts_{kind}_in_force
        group by all
    ),
    judged as (
        select distinct court_code, extract_month, column_name, item
        from amounts_{kind}_{standing}
        where list_contains($months, strftime(extract_month, '%Y-%m'))
    ),
    usual as (
        select judged.*, median(past.middle) as middle, median(past.low) as low, median(past.high) as high
        from judged
        inner join by_month as past
            on judged.court_code = past.court_code and judged.column_name = past.column_name
            and judged.item = past.item and past.extract_month < judged.extract_month
            and past.extract_month >= judged.extract_month - to_months($history)
        group by all
        having count(*) >= $least
    ),
    spread as (
        select
            usual.court_code, usual.extract_month, usual.column_name, usual.item, usual.middle, usual.low, usual.high,
            sqrt(
                (greatest(sum(past.squares - 2 * usual.middle * past.total + past.n * usual.middle * usual.middle), 0)
                    + $prior * $spread * $spread)
                / (sum(past.n) + $prior)
            ) as spread
        from usual
        inner join by_month as past
            on usual.court_code = past.court_code and usual.column_name = past.column_name
            and usual.item = past.item and past.extract_month < usual.extract_month
            and past.extract_month >= usual.extract_month - to_months($history)
            and abs(past.middle - usual.middle) < $shift
        group by all
    ),
    amounts as (
        select
            present.court_code, present.extract_month, present.delivery_id, present.column_name,
            present.amount, spread.middle, spread.low, spread.high, spread.spread,
            present.amount - spread.middle as distance
        from amounts_{kind}_{standing} as present
        inner join spread
            on present.court_code = spread.court_code and present.extract_month = spread.extract_month
            and present.column_name = spread.column_name and present.item = spread.item
    ),
    middles as (
        select
            *,
            median(distance) over (partition by court_code, extract_month, column_name) as of_court,
            median(distance) over (partition by delivery_id, extract_month, column_name) as of_file
        from amounts
    ),
    evidence as (
        select
            *,
            log10(2.0) - case when distance * of_court > 0 then sqrt(2.0) * abs(distance) / spread * log10(exp(1.0))
                else 0 end as chance_of_court,
            log10(2.0) - case when distance * of_file > 0 then sqrt(2.0) * abs(distance) / spread * log10(exp(1.0))
                else 0 end as chance_of_file
        from middles
    ),
    by_file as (
        select delivery_id, extract_month, column_name, any_value(of_file) as of_file, sum(chance_of_file) as chance
        from evidence group by all
    ),
    by_court as (
        select
            court_code, extract_month, delivery_id, column_name, median(amount) as present, median(middle) as middle,
            any_value(of_court) as shift, sum(chance_of_court) as chance,
            quantile_cont(amount - low, 0.1) as low_shift, quantile_cont(amount - high, 0.9) as high_shift
        from evidence group by all
    )
    select
        by_court.court_code, by_court.extract_month, by_court.column_name,
        printf('%.2f / %.2f', pow(10, by_court.present), pow(10, by_court.middle)) as shown,
        case
            when abs(by_court.shift) < $shift then 0
            when least(sign(by_court.shift) * by_court.low_shift, sign(by_court.shift) * by_court.high_shift)
                < $shift / 2
                then case when by_court.chance < $labelled then 1 else 0 end
            when by_court.chance < $held then 2
            when by_file.chance < $held and by_file.of_file * by_court.shift > 0 and abs(by_file.of_file) >= $shift
                then 2
            when by_court.chance < $labelled then 1
            else 0
        end as doubt
    from by_court
    inner join by_file
        on by_court.delivery_id = by_file.delivery_id and by_court.extract_month = by_file.extract_month
        and by_court.column_name = by_file.column_name
"""
