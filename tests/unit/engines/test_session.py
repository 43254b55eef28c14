"""An engine that cannot be used is named before anything is taken in, with what can be done.
What an engine computes is shown by tests/golden."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.commands import prove, taking_in
from pipelines.engines import session
from pipelines.layout import Layout

SAID = {
    "saill": "there is no engine saill: ENFORCEMENT_ENGINE can be sail or spark",
    "spark": "make prove ENGINE=spark",
}


@pytest.mark.parametrize("engine", SAID)
def test_an_engine_that_is_not_there_ends_a_run_before_it_begins(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "path", [])
    where = Layout(data=tmp_path / "data", key_file=tmp_path / "key", engine=engine)
    with pytest.raises(session.NoEngineError, match=SAID[engine]):
        taking_in.take_in(where, ["2019-12"])
    assert not where.data.exists()


def test_an_engine_whose_packages_lie_in_the_folder_of_engines_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "engines" / "sail" / "pysail"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    session.looked_for("sail")
    assert str(package.parent) not in sys.path, "the run's own packages stay its own"


@pytest.mark.parametrize("address", ["sc://127.0.0.1:1", "sc://nowhere.invalid", "sc://127.0.0.1:port"])
def test_an_address_without_a_server_is_told_at_once(address: str) -> None:
    with pytest.raises(session.NoEngineError, match=f"no server answers at {address}"):
        session.reached(address)


def test_a_lake_that_the_models_do_not_fit_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    words = "No files found that match the pattern"

    def dbt(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, stdout=f"\x1b[31m{words}\n", stderr="")

    monkeypatch.setattr(subprocess, "run", dbt)
    told: list[str] = []
    monkeypatch.setattr(prove, "failed", told.append)
    assert prove.run(where, engine="sail") == 1
    (line,) = told
    assert "make run first" in line and "\n" not in line and words not in line
    (log,) = (where.data / "logs").glob("*.log")
    assert words in log.read_text(encoding="utf-8")
