"""The dbt models as Dagster assets, their sources tied to the assets of the lake, the data tests as a check a table.
Models, tests and seeds are in dbt_project; a failing data test of severity error stops what follows."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dbt.contracts.graph.manifest import Manifest

from pipelines.defs.reporting import Reporter
from pipelines.defs.transformation.building import TESTS_ALONE, Built, build, tables_without_rows
from pipelines.defs.transformation.project import clear_warehouse, dbt_project, ended, parsed_here
from pipelines.layout import layout

# dbt's sources are named after the families of the contracts; in the lake they are all kinds of extract.
FAMILIES = ("cases", "linkage", "defaulters")

CHECK = "its_claims_hold"
UNIQUE_ID = "dagster_dbt/unique_id"  # where dagster-dbt keeps dbt's name of an asset


class EngineFailedError(RuntimeError):
    """The engine that was named did not give the tables; the message says why."""


class LakeLineage(DagsterDbtTranslator):
    """Sources are the assets of ingestion; models are named schema/model; all tests of a table are one check of it."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            source = dbt_resource_props["source_name"]
            return dg.AssetKey(["lake" if source in FAMILIES else source, dbt_resource_props["name"]])
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        return "seeds" if dbt_resource_props["resource_type"] == "seed" else dbt_resource_props["schema"]

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: Any
    ) -> dg.AssetCheckSpec | None:
        is_its_own = manifest["nodes"][unique_id].get("attached_node") == asset_spec.metadata[UNIQUE_ID]
        return dg.AssetCheckSpec(CHECK, asset=asset_spec.key) if is_its_own else None


@dbt_assets(
    manifest=dbt_project().manifest_path,
    project=dbt_project(),
    dagster_dbt_translator=LakeLineage(),
    required_resource_keys={"reporter"},
)
def models(context: dg.AssetExecutionContext) -> Iterator[Any]:
    reporter = context.resources.reporter
    reporter.start("dbt build", None)
    clear_warehouse(lambda said: reporter.finish("warehouse", said))
    built = by_engine(reporter) if layout().engine else build(*_parsed(), _counted(reporter))
    keys = {spec.metadata[UNIQUE_ID]: spec.key for spec in models.specs}
    for unique_id, seconds in built.seconds.items():  # the warehouse is built whole, whichever tables were asked for
        if keys[unique_id] in context.selected_asset_keys:
            yield _result(context, keys[unique_id], seconds, built.labels.get(unique_id, []))
    reporter.finish("dbt build", " · ".join(["all models and tests", layout().engine]).rstrip(" ·"))


def _parsed() -> tuple[Path, Manifest | None]:
    return dbt_project().manifest_path, parsed_here()


def _counted(reporter: Reporter) -> Callable[[str], None]:
    return lambda node: reporter.advance("dbt build", node)


def _result(
    context: dg.AssetExecutionContext, key: dg.AssetKey, seconds: float, labels: list[str]
) -> dg.MaterializeResult:
    check = dg.AssetCheckResult(
        asset_key=key,
        check_name=CHECK,
        passed=not labels,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"failing": labels},
    )
    is_judged = dg.AssetCheckKey(key, CHECK) in context.selected_asset_check_keys
    return dg.MaterializeResult(
        asset_key=key, metadata={"seconds": seconds}, check_results=[check] if is_judged else []
    )


def by_engine(reporter: Reporter) -> Built:
    """Tables with their types and no row, their rows from the engine, the data tests on what came."""
    seconds = tables_without_rows(parsed_here(), _counted(reporter))
    fill_by_engine()
    return Built(seconds, build(*_parsed(), _counted(reporter), TESTS_ALONE).labels)


def fill_by_engine() -> None:
    """The empty warehouse gets its rows from the engine. EngineFailedError with the engine's own words."""
    command = [sys.executable, "-m", "pipelines.engines", layout().engine, layout().engine_address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as filling, ended(filling):
        said = filling.communicate()[1].decode(errors="replace")
    if filling.returncode != 0:
        raise EngineFailedError(said[-3000:])
