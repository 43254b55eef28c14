"""Receiving killed at any step and started again: the tree is that of a run that was never killed.
What deliveries mean for each other over time has its own tests."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.extracts import ledger, loading, receipts
from pipelines.extracts.loading import consolidate
from pipelines.extracts.schemas import AsideFile
from tests.unit.extracts.conftest import Clerk, clerk_at, fund


def delivered(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2, 到账日期="x")], "a.csv", at=100)
    clerk.deliver([fund(1, 到账金额="9")], "b.csv", at=200)
    clerk.deliver(b"", "c.csv", at=300)


class KilledError(BaseException):
    """Stands for the end of the process: nothing catches it."""


def killing(function: Callable[..., Any], after: int, before: bool) -> Callable[..., Any]:
    """The function, killed at its `after`-th call, before or after it has done its work."""
    calls = itertools.count(1)

    def killed(*arguments: Any, **named: Any) -> Any:
        number = next(calls)
        if number == after and before:
            raise KilledError
        result = function(*arguments, **named)
        if number == after:
            raise KilledError
        return result

    return killed


STEPS = [(AsideFile, "add"), (AsideFile, "close"), (receipts, "write"), (loading, "_sweep")]


@pytest.mark.usefixtures("still_clock")
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize(("home", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_run_killed_at_any_step_and_started_again_gives_the_same_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Any, name: str, after: int, before: bool
) -> None:
    calm, killed = clerk_at(tmp_path / "calm"), clerk_at(tmp_path / "killed")
    for clerk in (calm, killed):
        delivered(clerk)
    calm.receive()
    consolidate(calm.layout)
    with monkeypatch.context() as patch:
        patch.setattr(home, name, killing(getattr(home, name), after, before))
        try:
            killed.receive()
        except KilledError:
            pass
        else:
            assert (name, after) in (("_sweep", 2), ("_sweep", 3))
    killed.receive()
    consolidate(killed.layout)
    assert killed.tree() == calm.tree()


def test_a_consolidation_killed_between_tables_is_made_good(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivered(clerk)
    clerk.receive()
    consolidate(clerk.layout)
    whole = clerk.tree()
    for after in (1, 2, 3):
        with monkeypatch.context() as patch:
            patch.setattr("pipelines.extracts.ledger.put", killing(ledger.put, after, before=False))
            with pytest.raises(KilledError):
                consolidate(clerk.layout)
        consolidate(clerk.layout)
        assert clerk.tree() == whole


def test_a_lake_file_lost_or_cut_short_is_written_again(clerk: Clerk) -> None:
    delivered(clerk)
    clerk.receive()
    before = clerk.tree()
    first, second = sorted((clerk.layout.lake / "funds").glob("*/*.parquet"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:100])
    assert clerk.receive().received == 2
    assert clerk.tree() == before


def test_what_a_killed_run_left_of_a_file_since_replaced_is_swept_away(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.deliver([fund(1), fund(2, 到账日期="x")], "a.csv", at=100)
    with monkeypatch.context() as patch:
        patch.setattr(receipts, "write", killing(receipts.write, 1, before=True))
        with pytest.raises(KilledError):
            clerk.receive()
    assert clerk.lake().height == 1
    clerk.deliver([fund(3)], "a.csv", at=200)
    clerk.receive()
    assert clerk.lake()["fund_id"].to_list() == ["F0003"]
    assert clerk.rejects() == []
