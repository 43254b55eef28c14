"""Sheets of settings that readers send: written aside for the pipeline, which checks, answers, and takes them over.
No rule on settings is known here; what such a folder holds, and who writes it, says pipelines.settings.handover."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboards.access import audit
from dashboards.access.readers import NotAllowedError
from dashboards.proceedings.store import NotPossibleError, StoreError, Writer
from dashboards.snapshot import REPOSITORY, published_directory

NUMBER = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{8}", re.ASCII)
MOST_BYTES, MOST_OPEN = 1_000_000, 50
CHECK_SECONDS = 300
NICE = ("nice", "-n", "10")
MAY = "settings"  # what a role must allow
# What the folder of a sheet may hold beside it: what readers said, then what the pipeline answers.
FILES = ("said", "handed", "withdrawn", "asked", "answer", "effects", "outcome")


@dataclass(frozen=True)
class Sheet:
    """One sheet that was sent, and all that was written about it; what is not there is empty."""

    number: str
    folder: Path
    said: Mapping[str, Any]
    handed: Mapping[str, Any] = field(default_factory=dict)
    withdrawn: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    effects: Mapping[str, Any] = field(default_factory=dict)
    outcome: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """`withdrawn`, `taken`, `refused`, `handed`, `faulty`, `checked`, or `sent` while there is no answer."""
        if self.outcome:
            return "taken" if self.outcome.get("state") == "taken" else "refused"
        if self.withdrawn:
            return "withdrawn"
        if self.handed:
            return "handed"
        if not self.answer:
            return "sent"
        return "faulty" if self.answer.get("faults") else "checked"

    @property
    def table(self) -> str:
        return str(self.said.get("table", ""))

    @property
    def faults(self) -> list[dict[str, Any]]:
        """The run's reasons where it refused the sheet, else those of the check."""
        return list(self.outcome.get("faults") or self.answer.get("faults") or ())

    @property
    def effects_state(self) -> str:
        """`none`, `computing`, `stopped`, or what the pipeline says: `done`, `busy`, `overtaken`, `failed`, …"""
        if self.asked and str(self.asked.get("at")) > str(self.effects.get("at", "")):
            return "computing" if _is_alive(self.asked.get("pid")) else "stopped"
        said = str(self.effects.get("state", "none"))
        return "stopped" if said == "computing" and not _is_alive(self.effects.get("pid")) else said


def folder() -> Path:
    """`<data>/handover`."""
    return published_directory().resolve().parent / "handover"


def sheets() -> list[Sheet]:
    """Every sheet that was sent, the newest first."""
    if not folder().is_dir():
        return []
    found = [_sheet(place) for place in folder().iterdir() if NUMBER.fullmatch(place.name)]
    return sorted((one for one in found if one is not None), key=lambda one: one.number, reverse=True)


def send(writer: Writer, table: str, name: str, data: bytes) -> str:
    """Write a sheet of `table` aside as it was sent under `name`; its number. NotPossibleError for one too large."""
    _allow(writer)
    if not re.fullmatch(r"[a-z_]{1,40}", table):
        raise NotPossibleError("unknown")
    if len(data) > MOST_BYTES:
        raise NotPossibleError("sheet_too_large")
    if sum(one.state in ("sent", "checked", "faulty", "handed") for one in sheets()) >= MOST_OPEN:
        raise NotPossibleError("too_many_sheets")
    now, digest = datetime.now(UTC), hashlib.sha256(data).hexdigest()
    number = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    _record(writer, f"send {number} {table} {json.dumps(name[:120])} sha256:{digest}")
    said = {"table": table, "name": name[:200], "sha256": digest, "bytes": len(data), **_who(writer)}
    try:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = folder() / f".{number}"
        aside.mkdir(mode=0o700)
        (aside / "sheet").write_bytes(data)
        (aside / "said.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        aside.rename(folder() / number)
    except OSError as failed:
        raise StoreError(f"{folder()}: {failed}") from failed
    return number


def check(writer: Writer, number: str) -> None:
    """Have the pipeline check a sheet, and wait for its answer. StoreError where there is none."""
    _allow(writer)
    _record(writer, f"check {number}")
    before = _known(number).answer
    try:
        done = subprocess.run(
            _command(number),
            cwd=REPOSITORY,
            env=_environment(),
            capture_output=True,
            timeout=CHECK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise StoreError("检查没有完成 | the check did not end") from late
    if _known(number).answer == before:
        said = done.stderr.decode("utf-8", "replace")[-300:]
        raise StoreError(f"检查没有完成：{said} | the check did not end: {said}")


def ask_effects(writer: Writer, number: str) -> None:
    """Have the pipeline compute aside what a sheet would move; it goes on by itself, and answers beside the sheet."""
    _allow(writer)
    one = _known(number)
    if one.state not in ("checked", "handed") or one.effects_state == "computing":
        raise NotPossibleError("not_open")
    _record(writer, f"effects {number}")
    nice = NICE if shutil.which(NICE[0]) else ()
    process = subprocess.Popen(
        [*nice, *_command(number), "--effects"], cwd=REPOSITORY, env=_environment(), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _write(one, "asked", {"pid": process.pid, **_who(writer)})
    threading.Thread(target=process.wait, daemon=True).start()  # or it would never be seen to have ended


def hand_over(writer: Writer, number: str) -> None:
    """The next run takes it over. NotPossibleError unless it holds, and no other of its table is waiting."""
    _allow(writer)
    one = _known(number)
    if one.state != "checked":
        raise NotPossibleError("not_open")
    if any(other.state == "handed" and other.table == one.table for other in sheets()):
        raise NotPossibleError("sheet_waiting")
    _record(writer, f"hand over {number} {one.table} sha256:{one.said.get('sha256')}")
    _write(one, "handed", _who(writer))


def withdraw(writer: Writer, number: str) -> None:
    """It is not taken over. NotPossibleError once it was, or was refused."""
    _allow(writer)
    one = _known(number)
    if one.state not in ("sent", "checked", "faulty", "handed"):
        raise NotPossibleError("not_open")
    _record(writer, f"withdraw {number} {one.table}")
    _write(one, "withdrawn", _who(writer))


def _allow(writer: Writer) -> None:
    if not writer.reader.may(MAY):
        raise NotAllowedError(writer.reader.name)


def _known(number: str) -> Sheet:
    one = _sheet(folder() / number) if NUMBER.fullmatch(number) else None
    if one is None:
        raise NotPossibleError("unknown")
    return one


def _sheet(place: Path) -> Sheet | None:
    said = {name: _read(place / f"{name}.json") for name in FILES}
    return Sheet(place.name, place, **said) if said["said"] else None


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(one: Sheet, name: str, said: Mapping[str, Any]) -> None:
    aside = one.folder / f".{name}.{os.getpid()}.{threading.get_ident()}"
    try:
        aside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        aside.replace(one.folder / f"{name}.json")
    except OSError as failed:
        raise StoreError(f"{one.folder}: {failed}") from failed


def _record(writer: Writer, what: str) -> None:
    audit.record(writer.reader.name, writer.reader.role, "setting", what, writer.snapshot_id)


def _who(writer: Writer) -> dict[str, str]:
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"by": writer.reader.name, "role": writer.reader.role, "at": at}


def _command(number: str) -> list[str]:
    return [sys.executable, "-m", "pipelines", "settings", "--sent", number]


def _environment() -> dict[str, str]:
    """Ours, with the tree under its whole name: the pipeline starts elsewhere."""
    return os.environ | {"ENFORCEMENT_DATA_DIR": str(folder().parent)}


def _is_alive(pid: Any) -> bool:
    try:
        os.kill(int(pid), 0)
    except (OSError, TypeError, ValueError):
        return False
    return True
