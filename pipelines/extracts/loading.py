"""Receiving: every file delivered for a kind and month becomes a lake file, a rejects file and, last, a receipt.
What is in force and what changed is reckoned in `ledger`; wiring and progress belong to the caller."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from pipelines.extracts import arrivals, landing, mending, receipts
from pipelines.extracts.arrivals import Arrival, Seen
from pipelines.extracts.contracts import contract
from pipelines.extracts.earlier import clean_earlier
from pipelines.extracts.in_force import reckon
from pipelines.extracts.ledger import consolidate
from pipelines.extracts.mending import Mended
from pipelines.extracts.messages import Message
from pipelines.extracts.persons import person_key
from pipelines.extracts.reading import Limits
from pipelines.extracts.receipts import Receipt
from pipelines.extracts.receiving_context import ReceivingContext, receiving_context
from pipelines.extracts.schemas import ensure_schemas, lake_schema, rejects_schema
from pipelines.extracts.single import blank_receipt, receive_alone, receive_file, refuse_unread, sha256_of
from pipelines.holding import held
from pipelines.layout import Layout

__all__ = [
    "KindReceipt",
    "Refusal",
    "consolidate",
    "ensure_schemas",
    "lake_schema",
    "mend",
    "receive_alone",
    "receive_month",
    "rejects_schema",
]


@dataclass(frozen=True)
class Refusal:
    """A file refused as a whole, and what to tell the clerk."""

    file_name: str
    message: Message


@dataclass(frozen=True)
class KindReceipt:
    """What became of one kind's deliveries of a month. `files` lie in landing, `received` of them were new this time.

    `rows` = `accepted` + `rejected` + `held` + `no_data` (totals, signatures, notes, headers repeated), over all files
    now in landing, duplicates included. `mended`: files of ours that were damaged, and what became of them.
    """

    kind: str
    month: str
    files: int
    received: int
    rows: int
    accepted: int
    rejected: int
    held: int
    no_data: int
    refused: list[Refusal]
    seconds: float
    deliveries: list[Receipt] = field(repr=False)
    mended: list[Mended] = field(default_factory=list)


@dataclass(frozen=True)
class _Found:
    """A file in landing: the receipt to start from, and whether it is still to be received or was never seen before."""

    path: Path
    blank: Receipt
    own_time: datetime
    todo: bool = True
    is_new: bool = True

    @property
    def seen(self) -> Seen:
        return Seen(self.blank.delivery_id, self.path.name, self.own_time)


def _known(context: ReceivingContext, path: Path, earlier: list[Receipt], damaged: Set[str]) -> _Found | None:
    """The last receipt under the same name decides: the same content again changes nothing, not even the times.

    None for a file that was taken away since it was listed.
    """
    try:
        stat, own = path.stat(), arrivals.own_time(path)
    except FileNotFoundError:
        return None
    blank = blank_receipt(context, path, sha256_of(path), stat)
    same_name = [receipt for receipt in earlier if receipt.file_name == blank.file_name]
    last = same_name[-1] if same_name else None
    if last is None or last.delivery_id != blank.delivery_id:
        return _Found(path, blank, own)
    if last.rules == blank.rules and last.delivery_id not in damaged and not mending.is_lost(last):
        return _Found(path, last, own, todo=False, is_new=False)
    said = tuple(message for message in last.notices if message.code in arrivals.TIME_NOTICES)
    said = (*blank.notices, *said)
    times = replace(blank, received_at=last.received_at, seen_at=last.seen_at, place=last.place, notices=said)
    return _Found(path, times, own, is_new=False)


def _receive_all(
    context: ReceivingContext, paths: list[Path], earlier: list[Receipt], damaged: Set[str]
) -> list[tuple[Receipt, bool]]:
    """Receive what is new, in the order in which later files replace earlier ones; the rest as its receipt says."""
    where = context.layout, context.kind, context.month
    files = [known for path in paths if (known := _known(context, path, earlier, damaged))]
    came = arrivals.arrived(*where, [file.seen for file in files if file.is_new], earlier)
    files.sort(key=lambda file: came[file.blank.delivery_id].place if file.is_new else -1)
    found: dict[str, tuple[Receipt, bool]] = {}
    for file in files:
        receipt = file.blank
        if file.is_new:
            receipt = _timed(receipt, came[receipt.delivery_id], earlier)
        if file.todo:
            receipt = receive_file(context, file.path, receipt)
            if file.is_new:
                others = [*earlier, *(other for other, _ in found.values() if other.delivery_id in came)]
                said = arrivals.told_of_order(receipt, came, others)
                receipt = replace(receipt, notices=(*receipt.notices, *said))
            receipt = replace(receipt, notices=tuple(sorted(receipt.notices, key=arrivals.is_not_of_time)))
            receipts.write(context.layout, receipt)
        found[file.path.name] = receipt, file.todo
    return [found[path.name] for path in paths if path.name in found]


def _timed(blank: Receipt, came: Arrival, earlier: list[Receipt]) -> Receipt:
    """The blank with its times. Content that comes back under its name is later, and keeps the day it first came."""
    before = [receipt.received_at for receipt in earlier if receipt.delivery_id == blank.delivery_id]
    said = arrivals.told_of_time(blank.file_name, blank.extract_month, came)
    received_at = before[0] if before else came.received_at
    said = [*blank.notices, *said]
    return replace(blank, received_at=received_at, seen_at=came.seen_at, place=came.place, notices=tuple(said))


def _note_what_was_taken_away(layout: Layout, kind: str, month: str, lying: Set[str], known: Iterable[Receipt]) -> None:
    """A refused or empty file that is gone while its folder is still there was no delivery: its receipt says so.

    Accepted rows stay in the lake whatever becomes of their file, and an archived folder forgives nothing.
    """
    if not (layout.landing / month / kind).is_dir():
        return
    for receipt in known:
        is_gone = not receipt.row_count and receipt.file_name not in lying and not mending.is_lost(receipt)
        if is_gone != receipt.is_withdrawn:
            receipts.write(layout, replace(receipt, is_withdrawn=is_gone))


def _sweep(layout: Layout, kind: str, month: str) -> None:
    """Remove what a killed run left behind: files written aside, and files that no receipt speaks of."""
    known = receipts.identities(layout, kind, month)
    for place in (receipts.lake_file, receipts.rejects_file, receipts.conversions_file):
        for path in place(layout, kind, month, "any").parent.glob("*"):
            if path.suffix == ".part" or path.stem not in known:
                path.unlink(missing_ok=True)


def receive_month(layout: Layout, kind: str, month: str, limits: Limits | None = None) -> KindReceipt:
    """Receive what was delivered for one kind and month (`YYYY-MM`). Idempotent; may be killed and started again.

    Files whose receipt stands are skipped. KeyRefusedError if the person-hash key is not this lake's, KeyError for
    an unknown kind, ValueError for a malformed month; a bad file raises nothing and is found in `refused`.
    """
    started = time.monotonic()
    contract(kind)
    if not landing.MONTH.fullmatch(month):
        raise ValueError(f"not a month in the form YYYY-MM: {month}")
    paths, strange = landing.files_of(layout, month, kind), landing.refused_unread(layout, month, kind)
    with held(layout.ledger / ".lock"):
        context = receiving_context(layout, kind, month, limits) if paths or strange else None
        clean_earlier(layout, cache(partial(person_key, layout)))
        stamps = [arrivals.stamp(path) for path in paths if path.exists()]
        damage = mending.look(layout, kind, month)
        earlier = receipts.of_month(layout, kind, month)
        files = _receive_all(context, paths, earlier, damage.files.keys()) if context else []
        found = [receipt for receipt, _ in files]
        unread = [refuse_unread(context, path, message, earlier) for path, message in strange] if context else []
        known = {receipt.delivery_id: receipt for receipt in (*earlier, *found, *unread)}
        _note_what_was_taken_away(layout, kind, month, {r.file_name for r in (*found, *unread)}, known.values())
        again = {receipt.delivery_id for receipt, todo in files if todo}
        told = mending.settle(layout, kind, month, damage, again)
        _sweep(layout, kind, month)
        arrivals.close_look(layout, kind, month, stamps)
    given_up = damage.files.keys() - again
    duplicates = reckon(receipt for receipt in known.values() if receipt.delivery_id not in given_up).duplicates
    summed = _summed(kind, month, found, duplicates, len(again), time.monotonic() - started)
    return replace(summed, refused=summed.refused + _refusals(unread), mended=told)


def mend(layout: Layout) -> list[Mended]:
    """Receive again, of whichever kind and month, what is damaged on the disk; what came of it, file by file."""
    found: list[Mended] = []
    for kind, month in receipts.months(layout):
        damage = mending.look(layout, kind, month)
        found += damage.restored
        if damage.files or damage.receipts:
            found += receive_month(layout, kind, month).mended
    return found


def _refusals(found: list[Receipt]) -> list[Refusal]:
    return [Refusal(receipt.file_name, receipt.refusal) for receipt in found if receipt.refusal]


def _summed(
    kind: str, month: str, found: list[Receipt], duplicates: Mapping[str, str], received: int, seconds: float
) -> KindReceipt:
    shown = [replace(r, status="duplicate") if r.delivery_id in duplicates else r for r in found]
    return KindReceipt(
        kind=kind,
        month=month,
        files=len(found),
        received=received,
        rows=sum(receipt.row_count + receipt.no_data_count for receipt in found),
        accepted=sum(receipt.accepted_count for receipt in found),
        rejected=sum(receipt.rejected_count for receipt in found),
        held=sum(receipt.held_count for receipt in found),
        no_data=sum(receipt.no_data_count for receipt in found),
        refused=_refusals(found),
        seconds=seconds,
        deliveries=shown,
    )
