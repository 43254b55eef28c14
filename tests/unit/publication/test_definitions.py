"""The digest of definitions follows whatever may change a published number, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.publication import public_models

MANIFEST = {"metadata": {"project_name": "enforcement"}, "nodes": {}, "macros": {}}


def test_another_way_to_work_out_rank_intervals_is_another_definition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The arithmetic of Python models lies outside dbt: without it a changed method would publish nothing new."""
    real = public_models.definitions_digest(MANIFEST)
    arithmetic, *others = public_models.CODE
    for file in arithmetic.glob("*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(public_models, "CODE", (tmp_path, *others))
    assert public_models.definitions_digest(MANIFEST) == real
    draws = tmp_path / "draws.py"
    draws.write_text(draws.read_text(encoding="utf-8").replace("DRAWS = 2000", "DRAWS = 4000"), encoding="utf-8")
    assert public_models.definitions_digest(MANIFEST) != real
