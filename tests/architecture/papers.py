"""Writes the papers that are made from the repository itself: `python -m tests.architecture.papers`.
A test compares them with what they are made from; papers that people write belong to docs."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from html import escape
from pathlib import Path
from typing import Any

from pipelines.publication.public_models import PublicModel, public_models
from tests.architecture.repository import ROOT

PICTURE = ROOT / "docs" / "architecture.svg"
DICTIONARY = ROOT / "docs" / "data-dictionary.md"
WIDE, HIGH, GAP, LEFT = 1080, 34, 8, 200
# From a delivered file to a page, in the order of the data. Each is a folder of the repository.
FLOORS = (
    ("Receiving", ("pipelines/extracts",)),
    ("Gate", ("expectations",)),
    ("Records", ("dbt_project/models/staging", "dbt_project/models/intermediate", "dbt_project/models/marts/core")),
    ("Measurement", ("dbt_project/models/marts/performance", "dbt_project/models/marts/rankings")),
    ("Sealing", ("pipelines/publication",)),
    ("Gallery", ("dashboards",)),
)
HEAD = """# Data dictionary

Made from the models by `python -m tests.architecture.papers`; a test holds it to them. Every table of a snapshot's
contract with its columns, in Chinese and English. `make docs` writes the same as a site, with tests and lineage.
"""


def picture() -> str:
    """The architecture as SVG: the way of the data, then who may import whom, as the import laws say it."""
    rows = [("The way of the data", [" · ".join((name, *folders)) for name, folders in FLOORS], False)]
    laws = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    for law in laws:
        if law["type"] == "layers":
            title = "pipelines: a layer imports those below" if "containers" not in law else "dashboards: likewise"
            rows.append((title, law["layers"], True))
    parts: list[str] = []
    y = 10
    for title, layers, is_split in rows:
        parts.append(f'<text x="10" y="{y + 20}" class="head">{escape(title)}</text>')
        y += 32
        for layer in layers:
            boxes = layer.split(" | ") if is_split else [layer]
            width = (WIDE - LEFT - GAP * (len(boxes) - 1)) / len(boxes)
            for place, box in enumerate(boxes):
                x = LEFT + place * (width + GAP)
                parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{HIGH}" rx="4"/>')
                parts.append(f'<text x="{x + width / 2:.1f}" y="{y + 22}" class="box">{escape(box)}</text>')
            y += HIGH + GAP
            if layer != layers[-1]:
                parts.append(f'<path d="M{LEFT - 20} {y - HIGH} v{HIGH - 4} m-4 -6 l4 6 l4 -6"/>')
        y += 14
    style = (
        "rect{fill:#eef3f8;stroke:#2f5d8a}text{font:13px sans-serif;fill:#1b2733}.head{font-weight:600}"
        ".box{text-anchor:middle}path{fill:none;stroke:#2f5d8a}"
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE + 10}" height="{y}" viewBox="0 0 {WIDE + 10} {y}">'
    return "\n".join([head, f"<style>{style}</style>", *parts, "</svg>", ""])


def dictionary(manifest: dict[str, Any]) -> str:
    """The data dictionary as Markdown: a section a schema, a table a model."""
    models = public_models(manifest)
    parts = [HEAD]
    for schema in dict.fromkeys(model.schema for model in models):
        parts.append(f"\n## {schema}\n")
        parts.extend(_table(model) for model in models if model.schema == schema)
    return "\n".join(parts)


def _table(model: PublicModel) -> str:
    rows = [f"| `{name}` | {_cell(text)} |" for name, text in model.columns.items()]
    readers = "everybody" if model.readers == "province" else "a court's readers: rows of their own courts"
    about = " ".join(model.description.split())
    return "\n".join(
        [
            f"### {model.full_name}\n",
            f"{about}\n",
            f"Read by {readers}.\n",
            "| column | 中文 · English |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def _cell(text: str) -> str:
    return " · ".join(part.strip() for part in " ".join(text.split()).split(" | ", 1)).replace("|", "\\|")


def parsed() -> dict[str, Any]:
    """dbt's manifest of the repository, parsed without a database. CalledProcessError when it does not parse."""
    with tempfile.TemporaryDirectory() as target:
        dbt = str(Path(sys.executable).with_name("dbt"))
        places = ["--project-dir", "dbt_project", "--profiles-dir", "dbt_project", "--target-path", target]
        command = [dbt, "--quiet", "--no-partial-parse", "parse", *places, "--log-path", target]
        subprocess.run(command, cwd=ROOT, check=True)
        return json.loads((Path(target) / "manifest.json").read_text(encoding="utf-8"))


def main() -> None:
    """Writes both."""
    PICTURE.write_text(picture(), encoding="utf-8")
    DICTIONARY.write_text(dictionary(parsed()), encoding="utf-8")


if __name__ == "__main__":
    main()
