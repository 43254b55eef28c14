"""dbt's own site on every model and column, as one HTML file for the snapshot that these models made.
It is made by dbt; that it belongs to the snapshot is checked here, and the snapshot's folder is not touched."""

from __future__ import annotations

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from pipelines.layout import Layout
from pipelines.publication import dbt_process, public_models
from pipelines.publication.snapshot import MANIFEST, current
from pipelines.whole_files import put_in_place

FILE = "index.html"
COMMAND = ("--quiet", "docs", "generate", "--static", "--no-compile")


class NoDocumentsError(Exception):
    """The site was not made; the message says why and what to do, in Chinese and English."""


def make(layout: Layout, parsed: Any = None) -> Path:
    """Write `<data>/documents/<current id>/index.html`, whole or not at all.

    `parsed`: dbt's manifest, if this process has it. NoDocumentsError when nothing is published, when the models were
    changed since, or in dbt's own words.
    """
    snapshot_id = current(layout)
    if snapshot_id is None:
        raise NoDocumentsError("还没有发布快照，请先运行 make run | nothing has been published yet: make run")
    directory = layout.published / snapshot_id
    _refuse_other_models(layout, directory)
    _generate(parsed)
    file = layout.documents / snapshot_id / FILE
    put_in_place(file, (layout.dbt_target / "static_index.html").read_bytes(), is_shared=True)
    return file


def _generate(parsed: Any) -> None:
    """dbt's site into its target folder. NoDocumentsError in dbt's words."""
    said = StringIO()
    with redirect_stdout(said):
        made = dbt_process.invoke(COMMAND, parsed)
    if not made.success:
        raise NoDocumentsError(f"dbt：{made.exception or said.getvalue().strip()[-1000:]}")


def _refuse_other_models(layout: Layout, directory: Path) -> None:
    """Documentation of models that a snapshot was not made by would be a wrong answer about its numbers."""
    said = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))["definitions"]["digest"]
    built = public_models.definitions_digest(public_models.read_dbt_manifest(layout.dbt_target))
    if said != built:
        raise NoDocumentsError(
            "当前快照不是由现在的模型算出的：先运行 make run 再生成文档 | "
            "the current snapshot was not made by these models: make run first"
        )
