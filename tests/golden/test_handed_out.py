"""What a run hands out beside its snapshot: the tables as Parquet, and dbt's site as a file that asks nobody.
How PostgreSQL gets its tables is tested with the exports; what the numbers are, with the golden world."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb

from tests.dashboards.served import chromium

REPOSITORY = Path(__file__).resolve().parents[2]
OWN = ("file:", "data:", "blob:")


def published(data: Path) -> Path:
    return data / "published" / (data / "published" / "CURRENT").read_text().strip()


def test_the_export_holds_every_row_of_every_published_table(golden_data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "export"],
        cwd=REPOSITORY, capture_output=True, text=True, timeout=300,
        env=os.environ | {"ENFORCEMENT_DATA_DIR": str(golden_data), "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    place = published(golden_data)
    expected = json.loads((place / "manifest.json").read_text(encoding="utf-8"))["tables"]
    files = sorted((golden_data / "exports" / place.name).glob("*/*.parquet"))
    with duckdb.connect() as connection:
        counts = {
            f"{file.parent.name}.{file.stem}": connection.execute(
                "select count(*) from read_parquet(?)", [str(file)]
            ).fetchall()[0][0]
            for file in files
        }
    assert len(counts) > 40
    assert counts == expected


def test_the_site_of_the_models_opens_from_the_file_and_asks_nobody(golden_data: Path) -> None:
    file = golden_data / "documents" / published(golden_data).name / "index.html"
    assert file.is_file()
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{file.as_uri()}#!/model/model.enforcement.fct_court_indicators")
        page.wait_for_selector("text=is_in_force", timeout=60_000)
    assert [url for url in asked if not url.startswith(OWN)] == []
