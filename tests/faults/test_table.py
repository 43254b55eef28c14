"""The table of faults names, for each, tests that there are.
What the tests claim is theirs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))["fault"]


@pytest.mark.parametrize("fault", TABLE, ids=[fault["what"][:40] for fault in TABLE])
def test_every_fault_is_held_by_tests_that_there_are(fault: dict) -> None:
    assert all(fault[name] for name in ("what", "noticed", "repaired", "tests"))
    for test in fault["tests"]:
        file, _, name = test.partition("::")
        text = (HERE.parents[1] / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), test
