"""dbt's own site on every model and column, as one HTML file for the snapshot that these models made.
It is made by dbt; that it belongs to the snapshot is checked here, and the snapshot's folder is not touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from pipelines.layout import Layout
from pipelines.publication import public_models
from pipelines.publication.snapshot import MANIFEST, current

FILE = "index.html"
COMMAND = ("--quiet", "docs", "generate", "--static", "--no-compile")


class NoDocumentsError(Exception):
    """The site was not made; the message says why and what to do, in Chinese and English."""


def make(layout: Layout) -> Path:
    """Write `<data>/documents/<current id>/index.html`, whole or not at all.

    NoDocumentsError when nothing is published, when the models were changed since, or in dbt's own words.
    """
    snapshot_id = current(layout)
    if snapshot_id is None:
        raise NoDocumentsError("还没有发布快照，请先运行 make run | nothing has been published yet: make run")
    directory = layout.published / snapshot_id
    _refuse_other_models(layout, directory)
    dbt = Path(sys.executable).parent / "dbt"
    made = subprocess.run([str(dbt), *COMMAND], cwd=layout.dbt_project, capture_output=True, text=True)
    if made.returncode:
        raise NoDocumentsError(f"dbt：{made.stdout.strip()[-1000:]}{made.stderr.strip()[-1000:]}")
    file = layout.documents / snapshot_id / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    aside.write_bytes((layout.dbt_target / "static_index.html").read_bytes())
    aside.replace(file)
    return file


def _refuse_other_models(layout: Layout, directory: Path) -> None:
    """Documentation of models that a snapshot was not made by would be a wrong answer about its numbers."""
    said = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))["definitions"]["digest"]
    built = public_models.definitions_digest(public_models.read_dbt_manifest(layout.dbt_target))
    if said != built:
        raise NoDocumentsError(
            "当前快照不是由现在的模型算出的：先运行 make run 再生成文档 | "
            "the current snapshot was not made by these models: make run first"
        )
