"""When files came. A file arrives when receiving first sees it; what is in a file, and what became of it, is not asked.
Its own time (of last change) says where between the last look into a folder and this one it came, and no more: the time
kept is its own when it lies between the two (on the first look: not before the month began), and otherwise the look's,
so that history taken in at one go keeps its days and nobody gains by an old time. Files first seen together follow each
other by their own times; times less than an hour apart may be those of one copying and leave the order to the names.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.extracts.landing import BEIJING, spelt
from pipelines.extracts.messages import Message, notice
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.layout import Layout
from pipelines.whole_files import put_in_place

ONE_COPYING = timedelta(hours=1)
SKEW = timedelta(minutes=1)  # the clock of a shared drive is not quite this machine's
CORRECTION = re.compile("更正|修正|修改|订正|补正|重报|重新|补报|最终|correct|revis|final", re.IGNORECASE)
TIME_NOTICES = ("time_ahead", "time_before_month", "time_before_earlier", "order_by_name", "order_by_time")


@dataclass(frozen=True)
class Seen:
    """A file that lies in landing: its delivery, its name as it is, and its own time."""

    delivery_id: str
    name: str
    own: datetime


@dataclass(frozen=True)
class Arrival:
    """When a delivery came (ISO, UTC), and its `place` among those first seen together; `group` shares one copying."""

    seen_at: str
    received_at: str
    own_at: str
    place: int
    group: int
    is_correction: bool


def now() -> datetime:
    return datetime.now(UTC)


def own_time(path: Path) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=path.stat().st_mtime_ns // 1000)


def stamp(path: Path) -> str:
    """Changes with a file's name, size and time; names nobody."""
    stat = path.stat()
    text = f"{spelt(path.name)}/{stat.st_size}/{stat.st_mtime_ns}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sorts numbers as numbers, and a name before those that it begins."""
    stem, _, ending = spelt(name).rpartition(".")
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+|[0-9]+", stem or ending)
    return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts], ending


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _grouped(files: Iterable[Seen], look: datetime) -> list[list[Seen]]:
    """Files by their own times, parted where nothing came for an hour; each part by names, corrections last."""
    groups: list[list[Seen]] = []
    last = None
    for file in sorted(files, key=lambda file: (min(file.own, look), _natural(file.name))):
        at = min(file.own, look)
        if last is None or at - last > ONE_COPYING:
            groups.append([])
        groups[-1].append(file)
        last = at
    return [sorted(group, key=_by_name) for group in groups]


def _by_name(file: Seen) -> tuple[bool, Any]:
    return bool(CORRECTION.search(file.name)), _natural(file.name)


def reckon(files: Sequence[Seen], earlier: Sequence[Receipt], month: str, look: datetime) -> dict[str, Arrival]:
    """The arrivals of files first seen in this look; `earlier` are the receipts of the same kind and month.

    The look counts as later than every one before it, even when the clock was set back meanwhile.
    """
    begun = datetime.fromisoformat(f"{month}-01").replace(tzinfo=BEIJING)
    known = [receipt.seen_at or receipt.received_at for receipt in earlier]
    looks = [datetime.fromisoformat(text) for text in known]
    seen = max([look, *(at + timedelta(microseconds=1) for at in looks if earlier)])
    since = max([begun, *looks])
    found: dict[str, Arrival] = {}
    for number, group in enumerate(_grouped(files, look)):
        for file in group:
            at = file.own if since <= file.own <= look else look
            found[file.delivery_id] = Arrival(
                _text(seen), _text(at), _text(file.own), len(found), number, bool(CORRECTION.search(file.name))
            )
    return found


def _file(layout: Layout, kind: str, month: str) -> Path:
    return layout.ledger / "looks" / kind / f"{month}.json"


def _read(layout: Layout, kind: str, month: str) -> tuple[dict[str, Arrival], list[str]]:
    """The arrivals and the stamps that are written down; none of a file that is damaged or not there."""
    try:
        found = json.loads(_file(layout, kind, month).read_text(encoding="utf-8"))
        return {delivery: Arrival(**fields) for delivery, fields in found["arrivals"].items()}, list(found["taken"])
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}, []


def _write(layout: Layout, kind: str, month: str, arrivals: dict[str, Arrival], taken: list[str]) -> None:
    text = {"arrivals": {delivery: vars(arrival) for delivery, arrival in arrivals.items()}, "taken": taken}
    put_in_place(_file(layout, kind, month), json.dumps(text, sort_keys=True).encode(), is_kept=True)


def arrived(
    layout: Layout, kind: str, month: str, new: Sequence[Seen], earlier: Sequence[Receipt]
) -> dict[str, Arrival]:
    """All arrivals in a folder. Those of `new` files are written down before any is opened, and what is written down
    holds for a file without a receipt: a killed run goes on with it, and a receipt that was lost is written as it was.
    """
    before, taken = _read(layout, kind, month)
    settled = before.keys() - {receipt.delivery_id for receipt in earlier}
    first = [file for file in new if file.delivery_id not in settled]
    if not first:
        return before
    found = before | reckon(first, earlier, month, now())
    _write(layout, kind, month, found, taken)
    return found


def close_look(layout: Layout, kind: str, month: str, stamps: Iterable[str]) -> None:
    """Write down that files with these stamps are taken in."""
    (arrivals, before), taken = _read(layout, kind, month), sorted(stamps)
    if before != taken:
        _write(layout, kind, month, arrivals, taken)


def is_taken_in(layout: Layout, kind: str, month: str, paths: Iterable[Path]) -> bool:
    """Whether these files, as they lie there now, are those that receiving saw last; no file is opened."""
    return sorted(stamp(path) for path in paths) == _read(layout, kind, month)[1]


def _shown(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(BEIJING):%Y-%m-%d %H:%M}"


def told_of_time(file: str, month: str, arrival: Arrival) -> list[Message]:
    """What is told of a file whose own time cannot be that of its delivery."""
    own, seen = datetime.fromisoformat(arrival.own_at), datetime.fromisoformat(arrival.seen_at)
    times = {"own": _shown(arrival.own_at), "seen": _shown(arrival.seen_at)}
    if own > seen + SKEW:
        return [notice("time_ahead", file, **times)]
    if own < datetime.fromisoformat(f"{month}-01").replace(tzinfo=BEIJING):
        return [notice("time_before_month", file, month=month, **times)]
    return []


def told_of_order(receipt: Receipt, arrivals: dict[str, Arrival], others: Iterable[Receipt]) -> list[Message]:
    """What is told of a file that shares courts with others: of its time before theirs, or of an order hardly known."""
    arrival, said = arrivals[receipt.delivery_id], {}
    for other in others:
        shared = sorted((receipt.accepted_courts.keys() & other.accepted_courts.keys()) - {NO_COURT})
        if not shared or other.file_sha256 == receipt.file_sha256 or other.order > receipt.order:
            continue
        code = _doubt(arrival, arrivals.get(other.delivery_id), other)
        if code:
            facts = {"earlier": other.file_name, "courts": "、".join(shared), "courts_en": ", ".join(shared)}
            times = {"own": _shown(arrival.own_at), "received": _shown(other.received_at)}
            said[code] = notice(code, receipt.file_name, **facts, **times)
    return list(said.values())


def is_not_of_time(said: Message) -> bool:
    """What is told of times and order comes first: it is kept when a file is read again, the rest is told anew."""
    return said.code not in TIME_NOTICES


def _doubt(arrival: Arrival, other: Arrival | None, receipt: Receipt) -> str | None:
    if other is None or other.seen_at != arrival.seen_at:
        return "time_before_earlier" if arrival.own_at < receipt.received_at else None
    if other.group == arrival.group:
        return "order_by_name"
    return "order_by_time" if other.is_correction and not arrival.is_correction else None
