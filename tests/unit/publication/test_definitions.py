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


def test_another_column_counted_for_a_measure_is_another_definition() -> None:
    """A fact declares its measures in its YAML: neither its SQL nor a description says what is summed."""

    def digest(value: str) -> str:
        node = {
            "unique_id": "model.enforcement.fct_funds", "name": "fct_funds", "resource_type": "model", "columns": {},
            "checksum": {"checksum": "x"}, "description": "案款 | Funds",
            "config": {"meta": {"measures": [{"code": "due_funds_count", "month": "due_month", "value": value}]}},
        }  # fmt: skip
        return public_models.definitions_digest(MANIFEST | {"nodes": {"n": node}})

    assert digest("fund_one") == digest("fund_one") != digest("received_amount")
