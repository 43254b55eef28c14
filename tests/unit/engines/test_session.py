"""An engine that cannot be used is named before anything is taken in, with what can be done.
What an engine computes is shown by tests/golden."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipelines.commands import taking_in
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
