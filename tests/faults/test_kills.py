"""Ended at any moment and started again, receiving and publishing come to what an undisturbed run comes to.
Whole runs, hundreds of them, are ended by `make soak SOAK=kills`."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.faults import programs
from tests.faults.killing import ended, left_over, server, size, sooner, undisturbed

TRIALS = 10


@pytest.fixture(scope="module")
def context() -> Any:
    return server()


def test_receiving_ended_anywhere_comes_to_the_same_tree(context: Any, tmp_path: Path) -> None:
    programs.land(programs.at(tmp_path / "calm"))
    shutil.copytree(tmp_path / "calm", tmp_path / "landed")
    undisturbed(context, programs.receive, tmp_path / "calm")
    again = undisturbed(context, programs.receive, tmp_path / "calm")
    expected, bytes_used = programs.received(tmp_path / "calm"), size(tmp_path / "calm")
    assert len(expected) > 30
    random, told, span = Random(15), [], 2 * again + 1
    for trial in range(TRIALS):
        root = tmp_path / f"trial{trial}"
        shutil.copytree(tmp_path / "landed", root)
        shutil.copytree(tmp_path / "calm" / "keys", root / "keys")
        for _ in range(random.randint(1, 3)):
            told.append(ended(context, random, span, programs.receive, root))
            span = sooner(span, told[-1])
        undisturbed(context, programs.receive, root)
        assert programs.received(root) == expected
        assert left_over(root / "data") == []
        assert size(root) <= bytes_used + 4096
        shutil.rmtree(root)
    assert sum(how != "-" for how in told) >= TRIALS // 2, told


def test_publishing_ended_anywhere_keeps_the_earlier_snapshot_and_comes_to_the_same(
    context: Any, tmp_path: Path
) -> None:
    programs.ready(tmp_path / "ready")
    shutil.copytree(tmp_path / "ready", tmp_path / "calm")
    seconds = undisturbed(context, programs.publish, tmp_path / "calm")
    expected, bytes_used = programs.published(tmp_path / "calm"), size(tmp_path / "calm")
    random, told = Random(16), []
    for trial in range(TRIALS):
        root = tmp_path / f"trial{trial}"
        shutil.copytree(tmp_path / "ready", root)
        programs.publish(root, programs.PUBLISHED[:1])
        first = programs.published(root)
        for _ in range(random.randint(1, 3)):
            told.append(ended(context, random, seconds, programs.publish, root))
            seconds = sooner(seconds, told[-1])
            found = programs.published(root)
            assert {name: found[name] for name in first if " " in name} == {n: first[n] for n in first if " " in n}
        undisturbed(context, programs.publish, root)
        assert programs.published(root) == expected
        assert left_over(root / "data" / "published") == []
        assert size(root) <= bytes_used * 1.2
        shutil.rmtree(root)
    assert sum(how != "-" for how in told) >= TRIALS // 2, told
