"""Who may import whom: the layers by import-linter, the frameworks by looking at every import statement.
The contracts themselves are in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.repository import PACKAGES, ROOT, Source, sources

STREAMLIT = ("dashboards/app_pages/", "dashboards/components/", "dashboards/shell/")
# framework → the only places of the three packages that may import it
HOMES = {
    "dagster": ("pipelines/definitions.py", "pipelines/defs/", "pipelines/interface/"),
    "dagster_dbt": ("pipelines/definitions.py", "pipelines/defs/"),
    "dagster_webserver": ("pipelines/interface/",),
    "dagster_shared": (),
    "streamlit": ("dashboards/streamlit_app.py", *STREAMLIT),
    "great_expectations": ("expectations/",),
    "plotly": ("dashboards/charts/", *STREAMLIT),
    "matplotlib": ("dashboards/bulletin/charts.py",),
}


def strays(modules: list[Source]) -> list[str]:
    """Imports of a framework outside its home, and of another package's inside the gallery."""
    found = []
    for source in modules:
        for name in source.imports:
            top = name.split(".")[0]
            if top in HOMES and not source.path.startswith(HOMES[top] or ("nowhere",)):
                found.append(f"{source.path} imports {name}")
            if source.path.startswith("dashboards/") and top in ("pipelines", "expectations"):
                found.append(f"{source.path} imports {name}: the gallery meets the pipeline at data/published only")
            if (
                source.path.startswith("expectations/")
                and name.startswith("pipelines")
                and not name.startswith(
                    (
                        "pipelines.extracts.contracts",
                        "pipelines.extracts.courts",
                        "pipelines.settings",
                        "pipelines.layout",
                        "pipelines.whole_files",
                    )
                )
            ):
                found.append(f"{source.path} imports {name}: the gate knows contracts, courts, settings, the layout")
            if top == "tests":
                found.append(f"{source.path} imports {name}: the product does not know its tests")
    return found


def test_frameworks_stay_in_their_homes() -> None:
    modules = sources(*(f"{package}/" for package in PACKAGES))
    assert len(modules) > 20, "the packages were not found"
    assert strays(modules) == []


@pytest.mark.parametrize(
    "path, line",
    [
        ("pipelines/extracts/loading.py", "import dagster as dg"),
        ("pipelines/publication/snapshot.py", "from dagster import asset"),
        ("dashboards/charts/trend.py", "import streamlit as st"),
        ("dashboards/queries/courts.py", "from pipelines.layout import layout"),
        ("expectations/runner.py", "from pipelines.extracts import loading"),
        ("expectations/runner.py", "from pipelines.publication.snapshot import publish"),
        ("pipelines/publication/manifest.py", "import great_expectations as gx"),
        ("pipelines/layout.py", "from tests.golden import delivered"),
    ],
)
def test_a_stray_import_is_seen(path: str, line: str) -> None:
    assert strays([Source(path, line)]) != []


def test_the_layers_of_the_house_hold() -> None:
    """import-linter with the contracts of pyproject.toml."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout
    assert " 0 kept" not in done.stdout
