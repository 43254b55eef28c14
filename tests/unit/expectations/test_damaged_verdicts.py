"""A verdict of the gate that was damaged on the disk, to one figure, counts as none: the month is judged again.
What is held by a verdict that is whole is tested in test_held_courts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from expectations import runner
from expectations.results import failing_file, result_file
from tests.unit.expectations.lake import SmallTree, add_delivery, case
from tests.unit.expectations.test_gate import failing_rows

KIND, MONTH = "cases", "2019-03"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> SmallTree:
    """A month in which the rows of one court are held, and its verdict."""
    tree = SmallTree(tmp_path_factory.mktemp("judged"))
    add_delivery(tree, KIND, MONTH, "good", [case(n) for n in range(99)])
    add_delivery(tree, KIND, MONTH, "bad", [case(n, court="T21", filed_date=date(2019, 9, 9)) for n in range(6)])
    judged(tree)
    return tree


@pytest.fixture
def tree(once: SmallTree, tmp_path: Path) -> SmallTree:
    shutil.copytree(once.root, tmp_path / "tree")
    return SmallTree(tmp_path / "tree")


def judged(tree: SmallTree) -> tuple[runner.GateResult, list[tuple[object, ...]]]:
    (result,) = runner.run_gates(tree, KIND)
    runner.consolidate(tree)
    return result, sorted(failing_rows(tree), key=repr)


def altered(tree: SmallTree, change: Callable[[dict], object]) -> None:
    file = result_file(tree, KIND, MONTH)
    said = json.loads(file.read_text(encoding="utf-8"))
    change(said["result"])
    file.write_text(json.dumps(said), encoding="utf-8")


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


DAMAGES: dict[str, Callable[[SmallTree], object]] = {
    "what is held": lambda tree: altered(tree, lambda said: said["held"].clear()),
    "a count": lambda tree: altered(tree, lambda said: said["outcomes"][0].update(failed_count=1)),
    "a court": lambda tree: altered(tree, lambda said: said["held"][0].update(court_code="T11")),
    "cut short": lambda tree: result_file(tree, KIND, MONTH).write_bytes(b'{"seal": '),
    "emptied": lambda tree: result_file(tree, KIND, MONTH).write_bytes(b""),
    "one bit": lambda tree: flipped(result_file(tree, KIND, MONTH)),
    "a bit of the failing rows": lambda tree: flipped(failing_file(tree, KIND, MONTH)),
    "the failing rows": lambda tree: failing_file(tree, KIND, MONTH).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_verdict_is_told_and_counts_as_none(tree: SmallTree, damage: str) -> None:
    assert runner.damaged(tree, KIND) == []
    DAMAGES[damage](tree)
    assert runner.damaged(tree, KIND) == [result_file(tree, KIND, MONTH)]
    assert runner.all_results(tree) == []


def test_what_was_damaged_is_judged_again_with_what_it_holds(tree: SmallTree) -> None:
    first, rows = judged(tree)
    assert [each.court_code for each in first.held] == ["T21"] and rows and first.cached
    DAMAGES["what is held"](tree)
    DAMAGES["the failing rows"](tree)
    again, rows_again = judged(tree)
    assert (again.outcomes, again.held, again.cached, rows_again) == (first.outcomes, first.held, False, rows)
    assert runner.damaged(tree, KIND) == []


def test_a_verdict_of_an_earlier_version_is_judged_again_and_is_no_damage(tree: SmallTree) -> None:
    file = result_file(tree, KIND, MONTH)
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8"))["result"]), encoding="utf-8")
    assert runner.damaged(tree, KIND) == [] and runner.all_results(tree) == []
