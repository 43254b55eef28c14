"""Writes the snapshot's own catalogue: its tables with their keys and readers, and what every table is made from.
All of it comes from dbt's manifest; what the tables contain is copied by copying.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.publication.public_models import NotPublishableError, PublicModel

JURISDICTION, PROVINCE = "jurisdiction", "province"
# dbt's sources that courts deliver, by family; all others are the records of receiving, gate and publication.
DELIVERED = ("cases", "linkage", "defaulters")
LISTED = "court_codes"  # several courts to a row, separated by commas
UNIQUE, UNIQUE_TOGETHER = "unique", "unique_combination"
TABLES = """
create schema if not exists catalogue;
create table catalogue.dim_tables (
    schema_name varchar not null,
    table_name varchar not null,
    readers varchar not null,
    court_columns varchar not null,
    key_columns varchar not null,
    description_zh varchar not null,
    description_en varchar not null,
    row_count bigint not null
);
comment on table catalogue.dim_tables is '已发布的表 | Published tables: one row per table';
comment on column catalogue.dim_tables.schema_name is '模式 | Schema';
comment on column catalogue.dim_tables.table_name is '表名 | Table';
comment on column catalogue.dim_tables.readers is
    '谁可读：province 全省用户、jurisdiction 只限本辖区的行 | Readers: province; jurisdiction: own rows only';
comment on column catalogue.dim_tables.court_columns is
    '决定一行归属的法院代码列，逗号分隔 | Columns, separated by commas, whose court codes decide whose row it is';
comment on column catalogue.dim_tables.key_columns is
    '唯一键，逗号分隔，经数据测试；没有则为空 | Unique key, proven by a data test; empty when there is none';
comment on column catalogue.dim_tables.description_zh is '说明（中文） | Description in Chinese';
comment on column catalogue.dim_tables.description_en is '说明（英文） | Description in English';
comment on column catalogue.dim_tables.row_count is '行数 | Rows';
create table catalogue.rpt_lineage (
    node_name varchar not null,
    node_layer varchar not null,
    made_from varchar not null,
    made_from_layer varchar not null
);
comment on table catalogue.rpt_lineage is '一张表由什么算出 | What a table is made from: one row per step';
comment on column catalogue.rpt_lineage.node_name is '表、模型 | Table or model';
comment on column catalogue.rpt_lineage.node_layer is
    '所在层：extract 交付数据、ledger 台账、seed 种子、staging、intermediate、core、performance、rankings | Layer';
comment on column catalogue.rpt_lineage.made_from is '直接来源 | Direct source';
comment on column catalogue.rpt_lineage.made_from_layer is '来源所在层 | Layer of the source';
"""


def write(
    connection: duckdb.DuckDBPyConnection,
    manifest: dict[str, Any],
    models: Sequence[PublicModel],
    counts: dict[str, int],
) -> None:
    """Create and fill the catalogue of `models`. NotPublishableError if a table for one jurisdiction names no court."""
    keys = _keys(manifest)
    connection.execute(TABLES)
    for model in models:
        chinese, _, english = model.description.partition(" | ")
        courts = [name for name in model.columns if name in ("court_code", LISTED) or name.endswith("_court_code")]
        if model.readers == JURISDICTION and not {"court_code", LISTED} & set(courts):
            raise NotPublishableError(f"{model.full_name} is for one jurisdiction only and has no court_code")
        owned, key = ",".join(_own(courts)), ",".join(keys.get(model.name, []))
        row = [model.schema, model.name, model.readers, owned, key]
        connection.execute(
            "insert into catalogue.dim_tables values (?, ?, ?, ?, ?, ?, ?, ?)",
            [*row, chinese.strip(), english.strip(), counts[model.full_name]],
        )
    for step in _lineage(manifest):
        connection.execute("insert into catalogue.rpt_lineage values (?, ?, ?, ?)", step)


def _own(courts: list[str]) -> list[str]:
    """Whose row it is: the court itself, and where one court does another's work, both. A parent or a court that
    is only mentioned (`other_court_code`) does not own a row."""
    return [name for name in courts if name in ("court_code", "entrusting_court_code", LISTED)]


def _keys(manifest: dict[str, Any]) -> dict[str, list[str]]:
    """Model name → the columns that a data test proves unique, the shortest such list."""
    found: dict[str, list[list[str]]] = {}
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if node["resource_type"] != "test" or test.get("name") not in (UNIQUE, UNIQUE_TOGETHER):
            continue
        columns = [node["column_name"]] if test["name"] == UNIQUE else test["kwargs"]["columns"]
        found.setdefault(str(node["attached_node"]).rsplit(".", 1)[-1], []).append(list(columns))
    return {name: min(lists, key=lambda columns: (len(columns), columns)) for name, lists in found.items()}


def _lineage(manifest: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    named = manifest["nodes"] | manifest["sources"]
    steps = {
        (_name(node), _layer(node), _name(named[parent]), _layer(named[parent]))
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for parent in node["depends_on"]["nodes"]
    }
    return sorted(steps)


def _name(node: dict[str, Any]) -> str:
    if _layer(node) == "ledger":
        return f"{node['source_name']}.{node['name']}"
    return str(node.get("alias") or node["name"])


def _layer(node: dict[str, Any]) -> str:
    if node["resource_type"] == "source":
        return "extract" if node["source_name"] in DELIVERED else "ledger"
    if node["resource_type"] != "model":
        return str(node["resource_type"])
    folders = node["fqn"][1:]
    return str(folders[1] if folders[0] == "marts" else folders[0])
