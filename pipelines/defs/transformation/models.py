"""The dbt models as Dagster assets, their sources tied to the assets of the lake.
Models, tests and seeds are in dbt_project; a failing data test of severity error stops what follows."""

import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets
from packaging.version import Version

from pipelines.defs.transformation.project import clear_warehouse, dbt_project, ended
from pipelines.layout import layout

# dbt's sources are named after the families of the contracts; in the lake they are all kinds of extract.
FAMILIES = ("cases", "linkage", "defaulters")


class LakeLineage(DagsterDbtTranslator):
    """Sources are the assets of ingestion; models are named schema/model."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            source = dbt_resource_props["source_name"]
            return dg.AssetKey(["lake" if source in FAMILIES else source, dbt_resource_props["name"]])
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        return "seeds" if dbt_resource_props["resource_type"] == "seed" else dbt_resource_props["schema"]


class OfflineDbt(DbtCliResource):
    """Dagster's resource asks `dbt --version`, and that asks the internet whether there is a newer one."""

    @cached_property
    def _cli_version(self) -> Version:
        return Version(metadata.version("dbt-core"))


def dbt_command() -> OfflineDbt:
    """dbt of this very environment, on our project."""
    return OfflineDbt(project_dir=str(layout().dbt_project), dbt_executable=str(Path(sys.executable).parent / "dbt"))


@dbt_assets(
    manifest=dbt_project().manifest_path,
    project=dbt_project(),
    dagster_dbt_translator=LakeLineage(),
    required_resource_keys={"dbt", "reporter"},
)
def models(context: dg.AssetExecutionContext) -> Iterator[Any]:
    reporter = context.resources.reporter
    reporter.start("dbt build", None)
    clear_warehouse(lambda said: reporter.finish("warehouse", said))
    # Unit tests judge the code and not the month: `make test` runs them.
    build = ["build", "--exclude-resource-type", "unit_test"]
    invoked = context.resources.dbt.cli(build, context=context, target_path=layout().dbt_target)
    with ended(invoked.process):
        for event in invoked.stream():
            reporter.advance("dbt build", type(event).__name__)
            yield event
    reporter.finish("dbt build", "all models and tests")
