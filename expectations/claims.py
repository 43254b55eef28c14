"""What was claimed in a case, as a table that the gate asks: the largest claim delivered for it up to each month.
What an amount may come to beside its claim is said by the rules."""

from __future__ import annotations

import hashlib

import duckdb

from expectations.results import Tree
from expectations.scale import readable
from pipelines.extracts.contracts import contract

KINDS = ("funds",)  # whose amounts are paid on a claim


def make_claims_table(connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str) -> None:
    """Case × month of delivery with its largest claim so far, of deliveries in force; empty for other kinds."""
    connection.execute(
        "create or replace table claims (case_id varchar, extract_month date, claim_amount decimal(20, 2))"
    )
    files = (
        readable(connection, "cases", sorted(map(str, tree.lake.glob("cases/*/*.parquet")))) if kind in KINDS else []
    )
    if not files:
        return
    connection.execute(
        """
        insert into claims
        select case_id, extract_month, max(claim_amount) over (partition by case_id order by extract_month)
        from (
            select lake.case_id, standing.extract_month, max(lake.claim_amount) as claim_amount
            from read_parquet($files, hive_partitioning = false, union_by_name = true) as lake
            inner join (
                select delivery_id, extract_month, court_code from read_parquet($ledger)
                where kind = 'cases' and turn = 1
            ) as standing
                on lake._delivery_id = standing.delivery_id and lake.court_code = standing.court_code
            where lake.claim_amount > 0
            group by all
        )
        """,
        {"files": files, "ledger": str(tree.ledger / "delivery_courts.parquet")},
    )


def claim_of_row(kind: str) -> tuple[str, str]:
    """SQL for the rows table: the column of a row's claim, null where none is known, and the join that finds it."""
    if kind not in KINDS:
        return "", ""
    assert contract(kind).column("case_id")
    join = "asof left join claims on lake.case_id = claims.case_id and lake._extract_month >= claims.extract_month"
    return "claims.claim_amount as _claim_amount,", join


def claims_known(connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str) -> dict[str, str]:
    """Month → a digest of the deliveries that its rows' claims are found in; the last one holds for later months."""
    if kind not in KINDS:
        return {}
    query = """
        select strftime(extract_month, '%Y-%m'), court_code, delivery_id from read_parquet($ledger)
        where kind = 'cases' and turn = 1 order by all
    """
    digest, found = hashlib.sha256(), {}
    for row in connection.execute(query, {"ledger": str(tree.ledger / "delivery_courts.parquet")}).fetchall():
        digest.update(repr(row).encode())
        found[row[0]] = digest.hexdigest()
    return found
