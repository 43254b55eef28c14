"""Readers go on undisturbed through publications, and what is still referred to is never removed.
More of both are tried by `make soak SOAK=life`."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dashboards.app_pages.meeting import minutes
from dashboards.proceedings import store
from dashboards.proceedings.keepers import in_file
from pipelines import ownership
from pipelines.publication import retention, snapshot
from tests import postgres
from tests.faults import programs, reading
from tests.faults.killing import server

READERS, PUBLICATIONS = 20, 20
HOLD = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); sys.stdin.read()"
)


def months(count: int, first: int = 2001) -> list[str]:
    return [f"{first + n // 12}-{n % 12 + 1:02d}" for n in range(count)]


def publish(root: Path, month: str, label: str, listed: list[str]) -> str:
    """Publish what a month shows; another `label` is another content of the same month."""
    where = programs.at(root)
    programs.build(where, month, listed)
    manifest = where.dbt_target / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    described = json.loads(text)
    described["nodes"]["dim_courts"]["description"] = f"表{label} | Table {label}"
    manifest.write_text(json.dumps(described), encoding="utf-8")
    try:
        return snapshot.publish(where).snapshot_id
    finally:
        manifest.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    programs.ready(tmp_path)
    return tmp_path


def test_twenty_readers_see_no_error_and_no_change_through_twenty_publications(root: Path) -> None:
    context, until, listed = server(), root / "until", months(PUBLICATIONS + 1)
    publish(root, listed[0], "", listed)
    heard = context.Queue()
    readers = [context.Process(target=reading.read, args=(root, until, 0.1 + n / 10, heard)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    for month in listed[1:]:
        publish(root, month, "", listed)
    until.touch()
    told = [heard.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join(60)
    assert [problem for _, problem in told if problem] == []
    assert all(opened for opened, _ in told)


def test_the_last_of_every_month_is_kept_and_of_the_others_twelve(root: Path) -> None:
    listed, made = months(5), {}
    for month in listed:
        made[month] = [publish(root, month, str(n), listed) for n in range(4)]
    kept = snapshot.kept(programs.at(root))
    assert {ids[-1] for ids in made.values()} <= set(kept), "the last of each month"
    assert set(made[listed[0]][:3]).isdisjoint(kept)
    assert len(kept) == 12 + 2, "the last twelve are of three months; before them, one a month"


def publish_many(root: Path, first: str) -> None:
    """So many of one month that `first` would have to go."""
    listed = months(2)
    for n in range(retention.KEPT + 2):
        publish(root, listed[0], f"{n}", listed)
    assert (programs.at(root).published / first).exists()


def test_a_snapshot_goes_when_nothing_holds_it(root: Path) -> None:
    first = publish(root, months(1)[0], "first", months(2))
    with pytest.raises(AssertionError):
        publish_many(root, first)


def test_a_snapshot_that_somebody_has_open_stays_until_it_is_closed(root: Path) -> None:
    listed = months(2)
    first = publish(root, listed[0], "first", listed)
    where = programs.at(root)
    database = where.published / first / snapshot.DATABASE
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None and reader.stdout.readline() == "open\n"
        publish_many(root, first)
        reader.communicate("")
    publish(root, listed[0], "last", listed)
    assert first not in snapshot.kept(where)


def pack(root: Path, snapshot_id: str) -> list[Path]:
    folder = programs.at(root).packs / snapshot_id
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"2001-01-rank.{ending}" for ending in ("docx", "pdf")]
    for file in files:
        file.write_text("pack")
    return files


def test_a_snapshot_of_which_somebody_asked_for_a_pack_stays_and_so_does_the_pack(root: Path) -> None:
    first = publish(root, months(1)[0], "first", months(2))
    files = pack(root, first)
    publish_many(root, first)
    assert all(file.exists() for file in files)


def test_a_pack_that_a_run_made_unasked_holds_nothing_until_somebody_makes_it_anew(root: Path) -> None:
    listed, where = months(2), programs.at(root)
    unasked, asked = (publish(root, listed[0], label, listed) for label in ("unasked", "asked"))
    for snapshot_id in (unasked, asked):
        retention.by_the_run(where, snapshot_id, pack(root, snapshot_id))
    pack(root, asked)
    publish_many(root, asked)
    assert not (where.published / unasked).exists()
    assert not (where.packs / unasked).exists()


def test_what_was_sealed_before_an_upgrade_opens_after_it(root: Path) -> None:
    """A manifest of an earlier version knows neither coverage nor gaps, nor a digest of its database."""
    listed, where = months(2), programs.at(root)
    first = publish(root, listed[0], "old", listed)
    file = where.published / first / snapshot.MANIFEST
    ownership.unseal(file.parent)
    file.chmod(0o600)
    said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    for name in ("coverage", "gaps", "forced"):
        del said[name]
    del said["database"]["sha256"]
    file.write_text(json.dumps(said), encoding="utf-8")
    assert snapshot.current(where) == first
    assert publish(root, listed[0], "old", listed) == first, "it is not made again"
    publish(root, listed[1], "new", listed)
    assert first in snapshot.kept(where)


@pytest.mark.parametrize(
    ("file", "schema", "said"),
    [
        (
            f"proceedings/{store.FILE}",
            in_file.SCHEMA,
            "insert into acts values (1, 1, 'QH', 'objection', 'file', 'wang', 'court', '2020-01-05', ?, '{}')",
        ),
        (
            f"meeting/{minutes.FILE}",
            minutes.SCHEMA,
            "insert into notes values (1, 'QH', '2001-01', 'T11', 'decision', 'x', null, ?, '2020-01-05')",
        ),
    ],
)
def test_a_snapshot_that_an_objection_or_a_minute_speaks_of_stays(
    root: Path, file: str, schema: str, said: str
) -> None:
    first = publish(root, months(1)[0], "first", months(2))
    place = programs.at(root).data / file
    place.parent.mkdir(parents=True)
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript(schema)
        connection.execute(said, (first,))
        connection.commit()
    publish_many(root, first)


def test_acts_on_a_server_hold_their_snapshots_and_a_silent_server_holds_all(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(root, months(1)[0], "first", months(2))
    with postgres.running() as server:
        monkeypatch.setenv("ENFORCEMENT_ACTS_ADDRESS", f"{server.address}/postgres")
        with psycopg.connect(f"{server.address}/postgres", autocommit=True) as connection:
            connection.execute("create schema enforcement_acts")
            connection.execute("create table enforcement_acts.acts (snapshot_id text)")
            connection.execute("insert into enforcement_acts.acts values (%s)", (first,))
        assert retention.referred_to(programs.at(root)) == {first}
        kept = [first, *(f"s{number}" for number in range(retention.KEPT + 1))][::-1]
        said = {each: {"latest_month": "2019-01"} for each in kept}
        assert retention.to_remove(programs.at(root), kept, said, "x.duckdb") == ["s0"]
    assert retention.to_remove(programs.at(root), kept, said, "x.duckdb") == []


def test_nothing_goes_while_what_people_wrote_cannot_be_read(root: Path) -> None:
    first = publish(root, months(1)[0], "first", months(2))
    place = programs.at(root).data / "proceedings" / store.FILE
    place.parent.mkdir(parents=True)
    place.write_bytes(b"no database at all" * 100)
    publish_many(root, first)
