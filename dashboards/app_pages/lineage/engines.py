"""The block of other engines: what they gave for the tables of this snapshot, compared value by value.
The comparison is made by `make prove`; here it is only told, and never a row of it: examples are records of courts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards.app_pages.lineage import tables
from dashboards.markup import blocks
from dashboards.shell import elements
from dashboards.shell.view import View
from dashboards.snapshot import proofs


def proven(view: View, asked: tables.Asked) -> None:
    """One row an engine, then one a table that differed on any of them."""
    t = view.t
    elements.section(t("lineage.engines"), t("lineage.engines_measure"))
    found = [proof for proof in proofs(view.data.source.snapshot_id) if "tables" in proof]
    if not found:
        st.html(blocks.notice(t("lineage.no_engines")))
        return
    tables.table(view, pd.DataFrame([_engine(view, proof) for proof in found]), "engines")
    st.html(blocks.reading(t("lineage.engines_reading")))
    differing = [_table(proof, table) for proof in found for table in proof["tables"] if _differs(table)]
    if differing:
        elements.section(t("lineage.engines_differ"), t("lineage.engines_differ_measure"))
        tables.table(view, pd.DataFrame(differing), "engines_differ")


def _engine(view: View, proof: dict[str, Any]) -> dict[str, Any]:
    return {
        "engine": proof["engine"],
        "releases": " · ".join(f"{name} {release}" for name, release in proof["versions"].items()),
        "proven_at": pd.Timestamp(proof["proven_at"]).tz_localize(None),
        "compared": len(proof["tables"]) - len(proof["empty"]),
        "equal": proof["equal"],
        "differing": sum(_differs(table) for table in proof["tables"]),
        "empty": len(proof["empty"]),
        "snapshot": view.t("lineage.engines_unlike" if proof.get("unlike_snapshot") else "lineage.engines_like"),
    }


def _table(proof: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    return {"engine": proof["engine"], "node": table["table"], "row_count": table["rows"],
            "only_duckdb": table["only_duckdb"], "only_engine": table["only_engine"]}  # fmt: skip


def _differs(table: dict[str, Any]) -> bool:
    return bool(table["only_duckdb"] or table["only_engine"] or table["problem"])
