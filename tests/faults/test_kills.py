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
