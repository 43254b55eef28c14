"""Nothing phones home: the switches of dbt, Dagster, Great Expectations and Streamlit are off in files.
That a run opens no connection belongs to the integration tests."""

from __future__ import annotations

import re
import tomllib

import yaml

from tests.architecture.repository import ROOT, sources


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


def test_dagster_writes_its_instance_with_telemetry_off() -> None:
    writers = [s.path for s in sources("pipelines/") if "dagster.yaml" in s.text]
    assert writers, "nobody writes dagster.yaml"
    off = re.compile(r"telemetry[\"']?\s*:\s*(?:\\n|\n)?\s*\{?\s*[\"']?enabled[\"']?\s*:\s*(?:false|False)")
    assert [s.path for s in sources("pipelines/") if off.search(s.text)] != []


def test_great_expectations_is_told_before_it_is_imported() -> None:
    """GX reads GX_ANALYTICS_ENABLED when it is imported: the switch must be set above the import."""
    users = [s for s in sources("expectations/") if any(n.split(".")[0] == "great_expectations" for n in s.imports)]
    assert users, "the gate does not use Great Expectations"
    told = [s for s in sources("expectations/") if "GX_ANALYTICS_ENABLED" in s.text]
    assert told
    for source in users:
        imported = re.search(r"^\s*(?:import great_expectations|from great_expectations)", source.text, re.M)
        assert imported
        above = source.text[: imported.start()]
        package = (ROOT / "expectations/__init__.py").read_text(encoding="utf-8")
        assert "GX_ANALYTICS_ENABLED" in above or "GX_ANALYTICS_ENABLED" in package, source.path
