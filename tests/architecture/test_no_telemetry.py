"""Nothing phones home: the switches of dbt, Dagster, Great Expectations and Streamlit are off in files.
That a run opens no connection belongs to the integration tests."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import yaml

from tests.architecture.repository import ROOT, sources

SWITCHES = ("DO_NOT_TRACK", "GX_", "DBT_", "STREAMLIT_", "DAGSTER_")


def python(code: str, data: Path, *arguments: str) -> str:
    """What a fresh interpreter prints, none of the switches being set beforehand."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(SWITCHES)}
    environment |= {"ENFORCEMENT_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_dbt_sends_no_usage_statistics() -> None:
    project = yaml.safe_load((ROOT / "dbt_project/dbt_project.yml").read_text(encoding="utf-8"))
    assert project["flags"]["send_anonymous_usage_stats"] is False


def test_dbt_needs_no_package_hub() -> None:
    assert not (ROOT / "dbt_project/packages.yml").exists()
    assert not (ROOT / "dbt_project/dependencies.yml").exists()


def test_streamlit_gathers_nothing() -> None:
    config = tomllib.loads((ROOT / "dashboards/.streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False


def test_streamlit_serves_this_machine_only_unless_told_otherwise() -> None:
    config = tomllib.loads((ROOT / "dashboards/.streamlit/config.toml").read_text(encoding="utf-8"))
    assert config["server"]["headless"] is True


def test_dagster_writes_its_instance_with_telemetry_off(tmp_path: Path) -> None:
    code = """
        from pathlib import Path
        from pipelines.environment import prepare
        from pipelines.layout import layout
        prepare(layout())
        import os
        print(Path(os.environ["DAGSTER_HOME"], "dagster.yaml"))
    """
    settings = yaml.safe_load(Path(python(code, tmp_path)).read_text(encoding="utf-8"))
    assert settings["telemetry"]["enabled"] is False


def test_everything_the_pipeline_starts_is_told_to_be_silent(tmp_path: Path) -> None:
    code = """
        from pipelines.environment import prepare
        from pipelines.layout import layout
        prepare(layout())
        import os
        names = ("DO_NOT_TRACK", "DBT_SEND_ANONYMOUS_USAGE_STATS", "GX_ANALYTICS_ENABLED",
                 "STREAMLIT_BROWSER_GATHER_USAGE_STATS")
        print(",".join(os.environ.get(name, "unset") for name in names))
    """
    assert python(code, tmp_path) == "1,false,false,false"


def test_great_expectations_is_told_before_it_is_imported(tmp_path: Path) -> None:
    """It reads GX_ANALYTICS_ENABLED when it is imported: whichever module of the gate comes first must have set it."""
    users = [s.module for s in sources("expectations/") if any(n.startswith("great_expectations") for n in s.imports)]
    assert users, "the gate does not use Great Expectations"
    code = """
        import importlib, os, sys
        class Watch:
            def find_spec(self, name, path=None, target=None):
                if name == "great_expectations":
                    print(os.environ.get("GX_ANALYTICS_ENABLED", "unset"))
                    raise SystemExit(0)
                return None
        sys.meta_path.insert(0, Watch())
        importlib.import_module(sys.argv[1])
    """
    assert {module: python(code, tmp_path, module) for module in users} == dict.fromkeys(users, "false")
