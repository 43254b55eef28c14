"""Ledger and gate brought to agree: what the gate holds back is not in force, and what is in force was judged.
What is held is decided in expectations; what stands in its stead, in pipelines.extracts."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from expectations import runner
from pipelines.extracts import loading
from pipelines.extracts.contracts import KINDS
from pipelines.layout import Layout

# What is held of cases can change the courts of nodes, which have theirs from cases, and nothing comes after that.
PASSES = 4


def settle(where: Layout) -> list[runner.GateResult]:
    """Judge what is not judged yet, and reckon the ledger anew until the gate holds what it held before."""
    loading.ensure_schemas(where)
    for _ in range(PASSES):
        before = _held(where)
        results = [result for kind in KINDS for result in runner.run_gates(where, kind)]
        runner.consolidate(where)
        if _held(where).equals(before):
            return results
        loading.consolidate(where)
    raise RuntimeError("the gate does not come to rest: what it holds changes what it holds")


def _held(where: Layout) -> pa.Table:
    return pq.read_table(where.gate / "held_courts.parquet")
