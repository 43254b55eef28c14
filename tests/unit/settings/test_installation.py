"""Where pages are served and what runs by itself are settings; the environment has the last word on ports."""

from __future__ import annotations

from importlib import reload
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs import schedules, sensors
from pipelines.layout import Layout
from pipelines.settings.installation import FILE, installation_faults, service

ALL = """
name_zh = "某某省高级人民法院"
[service]
address = "10.1.2.3"
port = 8600
dagster_port = 3100
takes_in_by_itself = true
[provinces.XX]
name_zh = "某某"
"""


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    for name in ("ENFORCEMENT_ADDRESS", "ENFORCEMENT_PORT", "ENFORCEMENT_DAGSTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    layout = Layout(data=tmp_path, key_file=tmp_path / "key")
    layout.settings.mkdir()
    return layout


def said(where: Layout) -> list[object]:
    return [service(where, name) for name in ("address", "port", "dagster_port", "takes_in_by_itself")]


def test_without_a_word_pages_are_served_on_this_machine_alone_and_nothing_runs_by_itself(where: Layout) -> None:
    assert said(where) == ["127.0.0.1", 8501, 3000, False]


def test_the_file_says_where_and_the_environment_goes_before_it(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    (where.settings / FILE).write_text(ALL, encoding="utf-8")
    assert installation_faults(where.settings / FILE) == []
    assert said(where) == ["10.1.2.3", 8600, 3100, True]
    monkeypatch.setenv("ENFORCEMENT_PORT", "9000")
    assert said(where) == ["10.1.2.3", "9000", 3100, True]


@pytest.mark.parametrize(
    "line, entry, code",
    [
        ("[service]\nport = 70000", "service.port", "type"),
        ("[service]\nport = true", "service.port", "type"),
        ("[service]\ntakes_in_by_itself = 'yes'", "service.takes_in_by_itself", "type"),
        ("[service]\nprot = 8501", "service.prot", "key_unknown"),
        ("name_zh = ''", "name_zh", "type"),
        ("[provinces.XX]\nname = 'X'", "provinces.XX.name", "key_unknown"),
        ("[service", "", "unreadable"),
    ],
)
def test_a_slip_is_told_by_its_entry_and_is_not_followed(where: Layout, line: str, entry: str, code: str) -> None:
    (where.settings / FILE).write_text(line, encoding="utf-8")
    assert [(each.column, each.code) for each in installation_faults(where.settings / FILE)] == [(entry, code)]
    assert said(where) == ["127.0.0.1", 8501, 3000, False]


@pytest.mark.parametrize("word, status", [("true", "RUNNING"), ("false", "STOPPED")])
def test_sensor_and_schedule_run_if_the_settings_say_so(
    where: Layout, monkeypatch: pytest.MonkeyPatch, word: str, status: str
) -> None:
    (where.settings / FILE).write_text(f"[service]\ntakes_in_by_itself = {word}", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setenv("ENFORCEMENT_SETTINGS_DIR", str(where.settings))
        assert reload(sensors).delivery_complete.default_status == dg.DefaultSensorStatus[status]
        assert reload(schedules).when_due.default_status == dg.DefaultScheduleStatus[status]
    reload(sensors)
    reload(schedules)
