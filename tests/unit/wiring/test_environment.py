"""A tree is made ready by one process at a time, whoever starts together on it.
What each file in it says belongs to the tests of who writes it."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from pipelines.environment import prepare
from pipelines.holding import held_folder
from pipelines.layout import Layout

MEANWHILE = 1.0  # seconds: what does not wait has written its first file long before


def test_a_tree_that_another_process_makes_ready_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    where = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    where.data.mkdir()
    second = Thread(target=prepare, args=(where,))
    with held_folder(where.data):
        second.start()
        second.join(MEANWHILE)
        assert second.is_alive()
        assert not where.seeds.exists() and not where.published_values.exists()
    second.join()
    made, catalogue = ({file.name for file in folder.iterdir()} for folder in (where.seeds, where.catalogue))
    assert made == catalogue
    assert not list(where.published_values.rglob("*.aside"))
