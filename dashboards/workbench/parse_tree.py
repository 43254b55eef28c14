"""What may stand inside a question, by DuckDB's own parse tree: reads, and functions that neither reach out nor tell places.
Whether a text is one statement at all is decided in questions.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb

# A CTE may hold COPY … TO, INSERT, UPDATE or DELETE, and the whole is a SELECT all the same.
READS = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
# Every table function of DuckDB that a question may call. A test holds this list and the next against the pinned
# version: what a new version brings is sorted by hand.
ALLOWED = frozenset(
    """
    duckdb_available_metrics duckdb_columns duckdb_constraints duckdb_coordinate_systems duckdb_dependencies
    duckdb_dialects duckdb_functions duckdb_grammar_extensions duckdb_indexes duckdb_keywords duckdb_memory
    duckdb_optimizers duckdb_schemas duckdb_sequences duckdb_table_sample duckdb_tables duckdb_triggers duckdb_types
    duckdb_variables duckdb_views generate_series icu_calendar_names json_each json_tree pg_timezone_names
    pragma_collations pragma_database_size pragma_platform pragma_show pragma_storage_info pragma_table_info
    pragma_version range repeat repeat_row summary test_all_types test_vector_types unnest
    """.split()
)
# They read or write files, change the process, take SQL or a table's name as a value (so that no tree shows what is
# run), take addresses of memory, or tell where files lie.
REFUSED = frozenset(
    """
    arrow_scan arrow_scan_dumb checkpoint create_external_resource deregister_external_resource
    destroy_external_resource disable_logging disable_profiling duckdb_approx_database_count duckdb_connection_count
    duckdb_databases duckdb_eviction_queues duckdb_extension_repositories duckdb_extensions
    duckdb_external_file_cache duckdb_external_resource_types duckdb_external_resources duckdb_log_contexts
    duckdb_logs duckdb_logs_parsed duckdb_prepared_statements duckdb_profiling_settings
    duckdb_secret_type_parameters duckdb_secret_types duckdb_secrets duckdb_settings duckdb_temporary_files
    enable_logging enable_profiling force_checkpoint glob histogram histogram_values json_execute_serialized_sql
    pandas_scan parquet_bloom_probe parquet_file_metadata parquet_full_metadata parquet_kv_metadata parquet_metadata
    parquet_scan parquet_schema pragma_metadata_info pragma_user_agent python_arrow_scan python_map_function query
    query_table read_blob read_csv read_csv_auto read_duckdb read_json read_json_auto read_json_objects
    read_json_objects_auto read_ndjson read_ndjson_auto read_ndjson_objects read_parquet read_single_csv_file
    read_single_json_file read_single_parquet_file read_text register_external_resource
    register_external_resource_type seq_scan sniff_csv truncate_duckdb_logs which_secret
    """.split()
)
# Beside them, functions of single values that say a setting, run SQL that is a value, or write into a log.
REFUSED_VALUES = frozenset({"current_setting", "getenv", "json_serialize_plan", "write_log"})
# DuckDB's own views that tell where files lie.
REFUSED_VIEWS = frozenset({"duckdb_databases", "duckdb_logs", "duckdb_settings", "pg_settings", "pragma_database_list"})


def objection(select: str) -> str:
    """What in the SELECT keeps it from being run, as one word: a kind of node or a name; '' when nothing does."""
    try:
        told = _parser().execute("select json_serialize_sql($text)", {"text": select}).fetchone()
        tree = json.loads(told[0]) if told else {"error": True}
    except RecursionError:
        return "NESTED"
    if tree.get("error") or len(tree["statements"]) != 1:
        return "MULTI"
    return next(filter(None, map(_against, _nodes(tree))), "")


def _against(node: dict[str, Any]) -> str:
    kind = node.get("type")
    if isinstance(kind, str) and kind.endswith("_NODE") and kind not in READS:
        return kind.removesuffix("_QUERY_NODE")
    if kind == "TABLE_FUNCTION":
        name = str(node["function"]["function_name"]).lower()
        return name if name in REFUSED else ""
    if kind == "FUNCTION":
        name = str(node.get("function_name")).lower()
        return name if name in REFUSED_VALUES else ""
    name = str(node.get("table_name")).lower()
    return name if name in REFUSED_VIEWS else ""


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object of the tree; without recursion, which a reader could make too deep."""
    left = [tree]
    while left:
        at = left.pop()
        if isinstance(at, dict):
            yield at
            left.extend(at.values())
        elif isinstance(at, list):
            left.extend(at)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    """A database without content, for parsing only."""
    return duckdb.connect(config={"threads": 1, "enable_external_access": "false"})
