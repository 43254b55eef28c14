"""One step of the pipeline in a process of its own, `python -m tests.benchmarks.stage gate`; tells in JSON what it did.
How long it took and how much memory it held is measured from outside."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import duckdb

from pipelines.environment import prepare
from pipelines.layout import Layout, layout

Told = dict[str, object]


def receiving(where: Layout) -> Told:
    from pipelines.extracts.landing import deliveries_landed
    from pipelines.extracts.loading import consolidate, receive_month

    receipts = [receive_month(where, kind, month) for month, kind in sorted({d[:2] for d in deliveries_landed(where)})]
    consolidate(where)
    return {"files": sum(r.files for r in receipts), "rows": sum(r.rows for r in receipts)}


def gate(where: Layout) -> Told:
    from expectations import runner
    from pipelines.extracts.contracts import KINDS

    results = [result for kind in KINDS for result in runner.run_gates(where, kind)]
    runner.consolidate(where)
    return {"months": len(results), "blocked": sum(bool(r.blocked) for r in results)}


def dbt(where: Layout) -> Told:
    """`dbt build`: seeds, models and data tests, as the pipeline runs it."""
    from pipelines.defs.transformation.building import build
    from pipelines.defs.transformation.project import dbt_project, parsed_here

    with redirect_stdout(sys.stderr):
        built = build(dbt_project().manifest_path, parsed_here(), lambda node: None)
    return {"tables": len(built.seconds)}


def publication(where: Layout) -> Told:
    from pipelines.publication.snapshot import publish

    published = publish(where)
    return {"snapshot": published.snapshot_id, "rows": sum(published.tables.values())}


def baseline(where: Layout) -> Told:
    """The hand-written query, and how many of its sums differ from the published ones."""
    query = Path(__file__).with_name("baseline.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        started = time.perf_counter()
        places = {"ledger": str(where.ledger), "lake": str(where.lake), "seeds": str(where.seeds)}
        for name, place in places.items():
            query = query.replace(f"${name}", "'" + place.replace("'", "''") + "'")
        connection.execute(query)
        seconds = time.perf_counter() - started
        snapshot = where.published / where.pointer.read_text(encoding="utf-8").strip() / "enforcement.duckdb"
        connection.execute(f"attach '{snapshot}' as published (read_only)")
        compared, differing = connection.execute(
            """
            select count(*), count(*) filter (
                abs(p.numerator - coalesce(b.numerator, 0)) > 0.005
                or abs(p.denominator - coalesce(b.denominator, 0)) > 0.005)
            from published.performance.fct_court_indicators as p
            left join baseline as b using (court_code, scope_code, window_code, period_month, indicator_code)
            where p.indicator_code in (select indicator_code from baseline)
            """
        ).fetchone() or (0, 0)  # fmt: skip
    return {"query_seconds": round(seconds, 3), "compared": compared, "differing": differing}


STEPS: dict[str, Callable[[Layout], Told]] = {
    "receiving": receiving, "gate": gate, "dbt": dbt, "publication": publication, "baseline": baseline,
}  # fmt: skip


def main() -> None:
    where = layout()
    prepare(where)
    sys.stdout.write(json.dumps(STEPS[sys.argv[1]](where)) + "\n")


if __name__ == "__main__":
    main()
