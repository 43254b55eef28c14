"""The tables that a kind's months are judged on: file columns, in-force rows, and courts' volumes, as SQL on DuckDB.
What is a fault in them is said by the suites; personal columns are never read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from expectations.claims import claim_of_row
from expectations.numbers import of_another_court
from expectations.results import Tree
from expectations.rules import Check, Rule
from expectations.suites.contract import gate_columns
from pipelines.extracts.contracts import Contract, contract

VOLUMES_FILE = Path(__file__).parent / "volumes.csv"

SCHEMA_KEPT = Rule(
    code="schema_kept",
    zh="入湖文件的列与类型须与合同一致",
    en="Columns and types of the lake files are the contract's",
    checks=(Check("delivered_type", "delivered_type is distinct from contract_type"),),
    block_above=0.0,
)
VOLUME_USUAL = Rule(
    code="volume_usual",
    zh="法院报送量与其自身历史相差不应过大",
    en="A court's volume is in line with its own history",
    checks=(Check("accepted_count", "accepted_count not between lowest_count and highest_count"),),
)

# One case number of a court under several identifiers in one month: what every disguise of an identifier comes to.
SEVERAL_CASES = """
    min(lake.case_id) over (partition by lake._extract_month, lake.court_code, lake.case_number)
    <> max(lake.case_id) over (partition by lake._extract_month, lake.court_code, lake.case_number)
"""


@dataclass(frozen=True)
class Volume:
    """How far a court's monthly rows may stray from the median of its months before. Reasons are in volumes.csv."""

    kind: str
    history_months: int
    min_history_months: int
    min_median_rows: float
    lowest_ratio: float
    highest_ratio: float


def volumes() -> dict[str, Volume]:
    """The bounds by kind; a kind that is not listed has no usual volume."""
    with VOLUMES_FILE.open(encoding="utf-8") as file:
        return {
            row["kind"]: Volume(
                kind=row["kind"],
                history_months=int(row["history_months"]),
                min_history_months=int(row["min_history_months"]),
                min_median_rows=float(row["min_median_rows"]),
                lowest_ratio=float(row["lowest_ratio"]),
                highest_ratio=float(row["highest_ratio"]),
            )
            for row in csv.DictReader(file)
        }


def make_in_force_table(connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str) -> None:
    """Court × month × the delivery received last, of every month of `kind`: also of the history of the months judged.

    Beside it the table `received`, with the deliveries before it: what stands if the last one is held.
    """
    connection.execute(
        """
        create or replace table received as
        select
            strftime(extract_month, '%Y-%m') as month,
            extract_month,
            court_code,
            delivery_id,
            accepted_count,
            turn
        from read_parquet($ledger)
        where kind = $kind and turn is not null
        """,
        {"ledger": str(tree.ledger / "delivery_courts.parquet"), "kind": kind},
    )
    connection.execute("create or replace table in_force as select * exclude (turn) from received where turn = 1")


def make_schema_table(
    connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, files: Sequence[str], standing: str = "in_force"
) -> str:
    """File × contract column with the type it has in the file; the reference is the lake's own _schema file."""
    table = f"schema_{kind}_{standing}"
    connection.execute(
        f"""
        create table {table} as
        with of_contract as (
            select name, duckdb_type from parquet_schema($reference) where duckdb_type is not null
        ),
        of_file as (
            select parse_filename(file_name, true) as delivery_id, name, duckdb_type
            from parquet_schema($files)
            where duckdb_type is not null
        ),
        delivery as (
            select distinct delivery_id, extract_month
            from {standing}
            where delivery_id in (select delivery_id from of_file)
        )
        select
            delivery.extract_month as _extract_month,
            cast(null as varchar) as court_code,
            delivery.delivery_id as _delivery_id,
            cast(null as integer) as _row_number,
            of_contract.name as record_key,
            of_file.duckdb_type as delivered_type,
            of_contract.duckdb_type as contract_type
        from delivery
        cross join of_contract
        left join of_file
            on delivery.delivery_id = of_file.delivery_id and of_contract.name = of_file.name
        """,  # noqa: S608 - names come from our contracts and rules
        {"reference": str(tree.lake / kind / "_schema.parquet"), "files": list(files)},
    )
    return table


def sound_files(connection: duckdb.DuckDBPyConnection, schema: str, files: Sequence[str]) -> list[str]:
    """The files whose columns are the contract's by the table `schema`; the rows of others cannot be judged."""
    query = f"select distinct _delivery_id from {schema} where {SCHEMA_KEPT.fails}"  # noqa: S608 - names come from our contracts and rules
    faulty = {row[0] for row in connection.execute(query).fetchall()}
    return [file for file in files if Path(file).stem not in faulty]


def make_rows_table(
    connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, files: Sequence[str], standing: str = "in_force"
) -> str:
    """The rows of `files` that the table `standing` names, with the record's key as text and how often it occurs in
    its month. A row without a court has that of its case. The tables of prefixes and of claims are there already."""
    table, of = f"rows_{kind}_{standing}", contract(kind)
    columns = ", ".join(f"lake.{name}" for name in lake_columns(kind) if name != "court_code")
    key = ", ".join(f"lake.{name}" for name in of.key)
    several = SEVERAL_CASES if kind == "cases" else "false"
    numbers = [column.name for column in of.columns if column.type == "case_number"]
    contradicted = "".join(f"{of_another_court(name)} as _{name}_of_another_court, " for name in numbers)
    claim, claims = claim_of_row(kind)
    connection.execute(
        f"""
        create table {table} as
        with case_courts as (
            select case_id as known_case, court_code as case_court from read_parquet($case_courts)
        )
        select
            {columns},
            {contradicted}
            {claim}
            standing.court_code,
            lake._delivery_id,
            lake._row_number,
            lake._extract_month,
            concat_ws('|', {key}) as record_key,
            count(*) over (partition by lake._extract_month, {key}) as _same_key_count,
            {several} as _has_several_cases
        from read_parquet($files, hive_partitioning = false) as lake
        left join case_courts on {"lake.case_id" if _has_case(of) else "null"} = known_case
        inner join {standing} as standing
            on lake._delivery_id = standing.delivery_id
            and coalesce(lake.court_code, case_court) is not distinct from standing.court_code
        {claims}
        """,  # noqa: S608 - names come from our contracts and rules
        {
            "files": [str(tree.lake / kind / "_schema.parquet"), *files],
            "case_courts": str(tree.ledger / "case_courts.parquet"),
        },
    )
    return table


def _has_case(of: Contract) -> bool:
    """Whether the court of a row that states none is that of its case."""
    return of.kind != "cases" and any(column.name == "case_id" for column in of.columns)


def lake_columns(kind: str) -> tuple[str, ...]:
    """The lake columns of `kind` that the gate may read: the contract's, personal ones left out."""
    of = contract(kind)
    parsed = [f"{column.name}_status" for column in of.columns if column.type == "case_number"]
    return (*gate_columns(of), *parsed)


def make_volumes_table(connection: duckdb.DuckDBPyConnection, kind: str, months: Sequence[str]) -> str:
    """Court × judged month with its rows and the bounds that its own months before set: null where they are too few."""
    table, volume = f"volumes_{kind}", volumes().get(kind)
    connection.execute(
        f"""
        create table {table} as
        with history as (
            select
                present.extract_month,
                present.court_code,
                median(past.accepted_count) as usual_count,
                count(past.accepted_count) as month_count
            from in_force as present
            left join in_force as past
                on present.court_code = past.court_code
                and past.extract_month < present.extract_month
                and past.extract_month >= present.extract_month - to_months($history_months)
            where list_contains($months, present.month)
            group by present.extract_month, present.court_code
        )
        select
            present.extract_month as _extract_month,
            present.court_code,
            present.delivery_id as _delivery_id,
            cast(null as integer) as _row_number,
            present.court_code as record_key,
            present.accepted_count,
            case when usual then history.usual_count * $lowest_ratio end as lowest_count,
            case when usual then history.usual_count * $highest_ratio end as highest_count
        from in_force as present
        inner join (
            select *, month_count >= $min_history_months and usual_count >= $min_median_rows as usual from history
        ) as history
            on present.extract_month = history.extract_month and present.court_code = history.court_code
        """,  # noqa: S608 - names come from our contracts and rules
        {
            "months": list(months),
            "history_months": volume.history_months if volume else 1,
            "min_history_months": volume.min_history_months if volume else 10**6,
            "min_median_rows": volume.min_median_rows if volume else 10.0**9,
            "lowest_ratio": volume.lowest_ratio if volume else 0.0,
            "highest_ratio": volume.highest_ratio if volume else 0.0,
        },
    )
    return table
