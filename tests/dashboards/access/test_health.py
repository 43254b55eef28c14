"""What a monitor is told: whether readers are served, how old what they see is, how the last run went; nothing else."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards import snapshot
from dashboards.access import health
from tests.dashboards.access.attempts import ask
from tests.dashboards.access.conftest import furnished
from tests.dashboards.served import server


@pytest.fixture
def data(data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "data"
    shutil.copytree(data_directories["full"] / "published", place / "published")
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(place))
    return place


def ended(data: Path, status: int) -> None:
    said = {"ended_at": "2026-01-05T08:00:00+00:00", "status": status}
    (data / "last_run.json").write_text(json.dumps(said), encoding="utf-8")


def test_a_published_snapshot_is_told_with_its_age(data: Path) -> None:
    published = snapshot.Snapshot("20200105-0800-full", data / "published" / "20200105-0800-full").published_at()
    assert published is not None
    status, said = health.state(published + timedelta(hours=36))
    assert (status, said["status"], said["snapshot"], said["age_hours"]) == (200, "ok", "20200105-0800-full", 36.0)
    assert said["last_run"] == {}


@pytest.mark.parametrize(
    ("status", "result", "told"),
    [(0, "published", "ok"), (3, "published_with_gaps", "ok"), (1, "not_published", "degraded")],
)
def test_how_the_last_run_ended_is_told(data: Path, status: int, result: str, told: str) -> None:
    ended(data, status)
    code, said = health.state(datetime(2026, 1, 5, 20, tzinfo=UTC))
    assert (code, said["status"]) == (200, told), "readers go on with the snapshot before"
    assert said["last_run"] == {"ended_at": "2026-01-05T08:00:00+00:00", "age_hours": 12.0, "result": result}


@pytest.mark.parametrize("content", ["", "[]", '{"ended_at": 3, "status": 0}', '{"ended_at": "x", "status": 9}'])
def test_what_cannot_be_read_of_the_last_run_is_not_told(data: Path, content: str) -> None:
    (data / "last_run.json").write_text(content, encoding="utf-8")
    assert health.state()[1]["last_run"] == {}


def test_nothing_published_is_down_and_a_damaged_pointer_is_no_reason_to_sleep(data: Path) -> None:
    (data / "published" / "CURRENT").write_text("gone", encoding="utf-8")
    assert health.state()[1]["status"] == "degraded"
    shutil.rmtree(data / "published")
    assert health.state() == (503, {"status": "down", "snapshot": None, "last_run": {}})


def test_a_monitor_asks_without_a_sign_in_and_is_told_no_more(
    data_directories: dict[str, Path], tmp_path: Path
) -> None:
    with server(tmp_path / "log", furnished(tmp_path, data_directories["full"], "proxy")) as address:
        answer = ask(address, "/health")
        said = json.loads(answer.body)
        assert (answer.status, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
        assert set(said) == {"status", "snapshot", "published_at", "age_hours", "last_run"}
        assert ask(address, "/").status == 401, "the pages ask who is there"
        assert ask(address, "/health", method="POST").status == 405
        assert ask(address, "/health", [("Host", "elsewhere.example")]).status != 200
