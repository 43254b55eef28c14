"""A full disk, strange names and a clock set back: nothing is lost, and the next run goes on.
Damage to what was written belongs to the tests of damaged trees."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.extracts import landing
from tests.faults import programs
from tests.faults.killing import left_over, server, undisturbed
from tests.unit.extracts.conftest import Clerk, clerk_at, fund


def with_little_room(most: int, program: Callable[..., None], root: Path) -> None:
    """The program where no file may become larger than `most` bytes: every write beyond it fails."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    program(root)


def tried(context: Any, most: int, program: Callable[..., None], root: Path) -> bool:
    process = context.Process(target=with_little_room, args=(most, program, root))
    process.start()
    process.join(120)
    return process.exitcode == 0


@pytest.fixture(scope="module")
def context() -> Any:
    return server()


def test_receiving_on_a_full_disk_is_made_good_once_there_is_room(context: Any, tmp_path: Path) -> None:
    programs.land(programs.at(tmp_path / "calm"))
    shutil.copytree(tmp_path / "calm", tmp_path / "landed")
    undisturbed(context, programs.receive, tmp_path / "calm")
    expected, failed = programs.received(tmp_path / "calm"), 0
    for most in (1, 600, 3_000, 6_000, 9_000, 20_000):
        root = tmp_path / f"room{most}"
        shutil.copytree(tmp_path / "landed", root)
        shutil.copytree(tmp_path / "calm" / "keys", root / "keys")
        failed += not tried(context, most, programs.receive, root)
        undisturbed(context, programs.receive, root)
        assert programs.received(root) == expected, most
        assert left_over(root / "data") == []
    assert failed >= 3


def test_publishing_on_a_full_disk_keeps_the_earlier_snapshot(context: Any, tmp_path: Path) -> None:
    programs.ready(tmp_path / "ready")
    programs.publish(tmp_path / "ready", programs.PUBLISHED[:1])
    first = programs.published(tmp_path / "ready")
    shutil.copytree(tmp_path / "ready", tmp_path / "calm")
    undisturbed(context, programs.publish, tmp_path / "calm")
    expected, failed = programs.published(tmp_path / "calm"), 0
    for most in (1, 3_000, 100_000, 1_500_000, 2_000_000):
        root = tmp_path / f"room{most}"
        shutil.copytree(tmp_path / "ready", root)
        failed += not tried(context, most, programs.publish, root)
        found = programs.published(root)
        assert {name: found[name] for name in first if " " in name} == {n: first[n] for n in first if " " in n}
        undisturbed(context, programs.publish, root)
        assert programs.published(root) == expected, most
        assert left_over(root / "data" / "published") == []
    assert failed >= 3


NAMES = (
    "it's.csv", 'say "yes".csv', "#1.csv", "two\nlines.csv", "a" * 251 + ".csv", "城" * 83 + ".csv", "100%.csv",
    "a b\tc.csv", "[1].csv", "*.csv", "?.csv", "{a,b}.csv", "$(id).csv", "-rf.csv", "a~.csv", "\\.csv", "a;b&c.csv",
    os.fsdecode("案款".encode("gbk") + b".csv"), "\u202egpj.csv", "é.csv", "e\u0301.csv",
)  # fmt: skip


def test_files_with_strange_names_are_taken_in(tmp_path: Path) -> None:
    clerk = clerk_at(tmp_path)
    taken = [name for name in NAMES if not landing.is_ignored(Path(name))]
    for number, name in enumerate(taken):
        clerk.deliver([fund(number + 1, 法院代码=f"T1{number % 4 + 1}")], name)
    receipt = clerk.receive()
    assert receipt.refused == []
    assert (receipt.files, receipt.accepted) == (len(taken), len(taken))
    assert clerk.receive().received == 0, "each is known again"
    assert clerk.ledger("delivery_gaps") == []


def test_with_a_clock_set_back_months_ahead_are_told_and_what_was_taken_in_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk: Clerk = clerk_at(tmp_path)
    clerk.deliver([fund(1)], "a.csv")
    clerk.receive()
    monkeypatch.setattr(landing, "this_month", lambda: "2018-03")
    monkeypatch.setattr("pipelines.extracts.arrivals.now", lambda: datetime(2018, 3, 5, tzinfo=UTC))
    assert landing.months_landed(clerk.layout) == []
    assert [stray.message.code for stray in landing.misplaced(clerk.layout)] == ["month_ahead"]
    assert clerk.lake().height == 1
    clerk.deliver([fund(1, 到账金额="9")], "b.csv")
    clerk.receive()
    files = {row["delivery_id"]: row["file_name"] for row in clerk.ledger("deliveries")}
    (row,) = (row for row in clerk.ledger("delivery_courts") if row["is_in_force"])
    assert files[row["delivery_id"]].endswith("b.csv"), "what is seen later is later, whatever the clock says"


def test_on_a_disk_that_is_really_full_or_takes_no_writes_nothing_is_lost(tmp_path: Path) -> None:
    """On a disk in memory, which a namespace of mounts of one's own allows; elsewhere nothing is tried."""
    namespace = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*namespace, "true"], check=False).returncode:
        return
    asked = [*namespace, sys.executable, "-m", "tests.faults.small_disk", str(tmp_path)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert (told["tried"], told["wrong"]) == (6, [])
    assert told["failed"] >= 4
