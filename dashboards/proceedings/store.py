"""The acts that people write, appended one by one beside the snapshots, and never changed or removed.
Where they are kept is for the keepers; which acts may follow which, and what they add up to, for objections and others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboards import snapshot
from dashboards.access import audit
from dashboards.access.readers import Reader
from dashboards.proceedings.keepers.address import given
from dashboards.proceedings.keepers.contract import Keeper, Mark, StoreError
from dashboards.proceedings.keepers.in_file import InFile
from dashboards.proceedings.keepers.on_server import OnServer
from grammar.prose import masked

__all__ = ["LONGEST", "Act", "Check", "NotPossibleError", "StoreError", "Writer", "acts", "append", "keeper", "place"]

FILE = "proceedings.sqlite"
LONGEST = 2000  # characters of one text; what is longer is a document, and belongs to the file of the case


class NotPossibleError(ValueError):
    """An act that may not follow those before it, or that says too little or too much. `reason` is a word for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Act:
    """One act. `thread` is the number of the first act of the matter; `happened_at` is UTC."""

    number: int
    thread: int
    province: str
    kind: str
    deed: str
    reader: str
    role: str
    happened_at: datetime
    snapshot_id: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Writer:
    """Who writes, in which province, with which snapshot before their eyes."""

    reader: Reader
    province: str
    snapshot_id: str


Check = Callable[[Sequence[Act]], None]


def _no_check(_: Sequence[Act]) -> None:
    """What begins a matter, or may be said at any time, asks nothing of the acts before it."""


def place() -> Path:
    """`<data>/proceedings/proceedings.sqlite`: in no snapshot, so no retention reaches it."""
    return snapshot.published_directory().parent / "proceedings" / FILE


def keeper() -> Keeper:
    """The server that ENFORCEMENT_ACTS_ADDRESS names, else the file. StoreError while the tree has acts of its own."""
    address = given()
    if address is None:
        return InFile(place())
    if InFile(place()).is_in_use:
        raise StoreError(
            f"{place()} 中的内容尚未转存到 PostgreSQL：请运行 python -m dashboards.proceedings --to-server | "
            "the acts of this file were not carried to PostgreSQL yet: run python -m dashboards.proceedings --to-server"
        )
    return OnServer(address)


def append(
    writer: Writer,
    kind: str,
    deed: str,
    content: Mapping[str, Any],
    texts: Mapping[str, str],
    thread: int | None = None,
    check: Check = _no_check,
) -> int:
    """Append one act, on disk when this returns; the number of its thread, a new one if `thread` is None.

    `content` holds codes and numbers, `texts` what somebody wrote: it is masked before it is written. `check` is given
    the acts of the thread, under the lock under which the act is written, and raises NotPossibleError. AuditError when
    the act cannot be recorded in the audit trail: then it is not written either. StoreError when the store cannot be.
    """
    said = {name: _said(text) for name, text in texts.items()}
    body = json.dumps({**content, **said}, ensure_ascii=False, sort_keys=True)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    reader = writer.reader
    with keeper().writing() as writing:
        before = [_act(row) for row in writing.of_thread(kind, thread or 0)]
        if thread is not None and not before:
            raise NotPossibleError("unknown")
        check(before)
        audit.record(reader.name, reader.role, kind, _told(deed, thread, content), writer.snapshot_id)
        said_by = (writer.province, kind, deed, reader.name, reader.role, now, writer.snapshot_id, body)
        number = writing.add(thread, said_by)
    return thread or number


def acts(kind: str, province: str) -> tuple[Act, ...]:
    """Every act of a kind in a province, in their order; none before the first. StoreError when it cannot be read."""
    at = keeper()
    mark = at.mark()
    return _kept(at, mark, kind, province) if mark else ()


@lru_cache(maxsize=32)
def _kept(at: Keeper, mark: Mark, kind: str, province: str) -> tuple[Act, ...]:
    """Acts are only ever added, so the number of the last one says which there are."""
    return tuple(_act(row) for row in at.of_kind(kind, province, mark[1]))


def threads(kind: str, province: str) -> dict[int, list[Act]]:
    """The acts of a kind by thread, in their order."""
    found: dict[int, list[Act]] = {}
    for act in acts(kind, province):
        found.setdefault(act.thread, []).append(act)
    return found


def _said(text: str) -> str:
    told = masked("\n".join(line.rstrip() for line in text.strip().splitlines()))
    if len(told) > LONGEST:
        raise NotPossibleError("too_long")
    return told


def _told(deed: str, thread: int | None, content: Mapping[str, Any]) -> str:
    """What the audit trail says of an act: which matter and number, nothing that somebody wrote."""
    number = " ".join(str(content[name]) for name in ("court", "indicator", "month") if content.get(name))
    return " ".join(part for part in (deed, str(thread or ""), number) if part)


def _act(row: Sequence[Any]) -> Act:
    number, thread, province, kind, deed, reader, role, happened_at, snapshot_id, content = row
    moment = datetime.fromisoformat(happened_at)
    return Act(number, thread, province, kind, deed, reader, role, moment, snapshot_id, json.loads(content))
