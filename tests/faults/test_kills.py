"""Ended at any moment and started again, receiving and publishing come to what an undisturbed run comes to.
Hundreds of each are ended by `make soak SOAK=steps`, whole runs by `make soak SOAK=kills`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults.killing import server
from tests.faults.steps import Step, publishing, receiving

TRIALS = 10


@pytest.fixture(scope="module")
def context() -> Any:
    return server()


@pytest.mark.parametrize("made, seed", [(receiving, 15), (publishing, 16)], ids=["receiving", "publishing"])
def test_ended_anywhere_a_step_comes_to_the_same_and_keeps_what_was_published(
    context: Any, tmp_path: Path, made: Callable[[Any, Path], Step], seed: int
) -> None:
    step, random, told = made(context, tmp_path), Random(seed), list[str]()
    for number in range(TRIALS):
        how, wrong = step.trial(random, tmp_path / f"trial{number}")
        assert wrong == "", how
        told += how
    assert sum(how != "-" for how in told) >= TRIALS // 2, told


@pytest.mark.parametrize("made", [receiving, publishing])
def test_when_the_power_fails_what_the_disk_was_not_asked_to_keep_is_made_again(
    context: Any, tmp_path: Path, made: Callable[[Any, Path], Step]
) -> None:
    """When files came, the key that made the lake, and what was published cannot be made again: these were kept."""
    emptied, wrong = made(context, tmp_path).without_power(tmp_path / "trial")
    assert emptied > 0 and wrong == ""
