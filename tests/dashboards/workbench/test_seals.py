"""What is not what was sealed is not opened, by the pages, by the queue and by its process.
That nothing may be put into sealed folders is tested where they are closed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboards import seal, snapshot
from dashboards.snapshot import Snapshot
from dashboards.workbench import queue, worker
from dashboards.workbench.queue import Queue
from tests.dashboards.workbench.conftest import job, wait_for


def test_a_file_that_differs_from_its_manifest_is_not_opened(sealed: Path) -> None:
    manifest = {"database": {"sha256": seal._digest(sealed, ())}}
    (sealed.parent / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    source = Snapshot("s", sealed.parent)
    snapshot.verify(source)
    sealed.chmod(0o600)
    with duckdb.connect(str(sealed)) as connection:
        connection.execute("update core.t set n = -1")
    with pytest.raises(seal.BrokenSealError, match="digest"):
        snapshot.connect(source)


def test_a_file_of_an_excerpt_that_differs_from_its_digest_is_not_opened(sealed: Path, province: Path) -> None:
    excerpt = Snapshot("s", sealed.parent, province)
    seal.keep(sealed)
    snapshot.verify(excerpt)
    sealed.chmod(0o600)
    with sealed.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"!")
    with pytest.raises(seal.BrokenSealError, match="digest"):
        snapshot.verify(excerpt)


def test_files_of_an_excerpt_without_digests_are_not_opened(sealed: Path, province: Path) -> None:
    with pytest.raises(seal.BrokenSealError, match="digest"):
        snapshot.connect(Snapshot("s", sealed.parent, province))


@pytest.mark.parametrize("how", ["written", "replaced", "its times set back"])
def test_the_worker_opens_the_file_that_was_verified_or_none(how: str, sealed: Path) -> None:
    asked, at = job(sealed, "select count(*) from core.t"), sealed.stat()
    assert worker.run(asked).fault == ""
    if how == "replaced":
        other = Path(shutil.copy(sealed, sealed.with_name("x.duckdb")))
        other.replace(sealed)
    else:
        sealed.chmod(0o600)
        with sealed.open("r+b") as file:
            file.seek(-1, 2)
            file.write(b"!")
    if how == "its times set back":
        os.utime(sealed, ns=(at.st_atime_ns, at.st_mtime_ns))
    answer = worker.run(asked)
    assert answer.fault == "failed" and "digest" in answer.message


def test_the_desk_verifies_what_it_hands_to_the_worker(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Queue(at_once=1, milliseconds=3000, memory_mb=256)
    (sealed.parent / "manifest.json").write_text(json.dumps({"database": {"sha256": "0"}}), encoding="utf-8")
    faults = []
    for verify in (queue.verify, lambda source: [seal.state(source.database.stat())]):
        monkeypatch.setattr(queue, "verify", verify)
        ticket = own.ask("li", "select 1", sealed)
        wait_for(ticket)
        assert ticket.answer is not None
        faults.append((ticket.answer.fault, "digest" in ticket.answer.message))
    assert faults == [("failed", True), ("", False)]
