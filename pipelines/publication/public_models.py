"""What dbt's manifest says is public: tables of core, performance and rankings, with their descriptions.
Also the checksum of everything that makes their content; running dbt is not done here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.layout import REPOSITORY

# What makes a snapshot's content beside dbt's models: arithmetic that Python models call, and what publication adds.
CODE = (REPOSITORY / "pipelines" / "fairness", REPOSITORY / "pipelines" / "publication" / "analysts")
PUBLISHED_SCHEMAS = ("core", "performance", "rankings")


class NotPublishableError(Exception):
    """The warehouse and its descriptions do not make a snapshot; the message says what is missing."""


@dataclass(frozen=True)
class PublicModel:
    """A table to be published, and its comments by column (`中文 | English`).

    `readers` is "province" when whoever may open the gallery may read all of it, "jurisdiction" when a court's own
    staff may read only rows of their courts.
    """

    schema: str
    name: str
    description: str
    columns: dict[str, str]
    readers: str = "jurisdiction"

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"


def read_dbt_manifest(target: Path) -> dict[str, Any]:
    """dbt's manifest.json. NotPublishableError if dbt has not run."""
    try:
        return json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise NotPublishableError(f"dbt has not run: {missing.filename} does not exist") from missing


def public_models(manifest: dict[str, Any]) -> list[PublicModel]:
    """The public models of the published schemas, by name. NotPublishableError if there is none."""
    found = [
        PublicModel(
            schema=node["schema"],
            name=node.get("alias") or node["name"],
            description=node["description"].strip(),
            columns={name: column["description"].strip() for name, column in node["columns"].items()},
            readers=readers(node),
        )
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        and node["schema"] in PUBLISHED_SCHEMAS
        and node["config"].get("access", node.get("access")) == "public"
        and node["config"]["materialized"] != "ephemeral"
    ]
    if not found:
        raise NotPublishableError("dbt's manifest has no public model: there is nothing to publish")
    return sorted(found, key=lambda model: model.full_name)


def readers(node: dict[str, Any]) -> str:
    """What the model says of its readers; a dimension is vocabulary for all, a table that says nothing is not."""
    if node["name"].startswith("dim_"):
        return "province"
    return str(node["config"].get("meta", {}).get("readers") or "jurisdiction")


def definitions_digest(manifest: dict[str, Any]) -> str:
    """A digest of all models, seeds, own macros, descriptions, declared measures, and of the code that makes content
    beside them: two equal digests compute equal snapshots."""
    project = manifest["metadata"]["project_name"]
    nodes = [
        (node["unique_id"], node["checksum"]["checksum"], node["description"], _described(node), _meta(node))
        for node in manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed")
    ]
    macros = [
        (macro["unique_id"], macro["macro_sql"])
        for macro in manifest["macros"].values()
        if macro["package_name"] == project
    ]
    code = [(file.name, file.read_bytes()) for place in CODE for file in sorted(place.glob("*.*"))]
    return hashlib.sha256(repr((sorted(nodes), sorted(macros), code)).encode()).hexdigest()


def _meta(node: dict[str, Any]) -> str:
    """Readers, and the measures that a fact declares."""
    return json.dumps([readers(node), node["config"].get("meta") or {}], sort_keys=True)


def _described(node: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, column["description"]) for name, column in node["columns"].items())
