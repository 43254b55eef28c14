"""Receiving: every file delivered for a kind and month becomes a lake file, a rejects file and, last, a receipt.
What is in force and what changed is reckoned in `ledger`; wiring and progress belong to the caller."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from pipelines.extracts import landing, receipts
from pipelines.extracts.contracts import contract
from pipelines.extracts.desk import Desk, open_desk
from pipelines.extracts.earlier import clean_earlier
from pipelines.extracts.intake import Aside, Outcome, take_in
from pipelines.extracts.ledger import consolidate
from pipelines.extracts.masking import known_ending, shown_file
from pipelines.extracts.messages import FileRefusedError, Message, refusal
from pipelines.extracts.persons import person_key
from pipelines.extracts.reading import Limits, Source, open_file
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.extracts.rejects import Delivery
from pipelines.extracts.schemas import AsideFile, conversions_schema, ensure_schemas, lake_schema, rejects_schema
from pipelines.extracts.standing import reckon
from pipelines.holding import held
from pipelines.layout import Layout

__all__ = [
    "KindReceipt",
    "Refusal",
    "consolidate",
    "ensure_schemas",
    "lake_schema",
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
    now in landing, duplicates included.
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


def _receive(desk: Desk, path: Path, blank: Receipt) -> Receipt:
    """Receive one file: lake and rejects first, the receipt last. A refused file leaves a receipt and nothing else."""
    where = desk.layout, desk.kind, desk.month, blank.delivery_id
    out = Aside(
        AsideFile(receipts.lake_file(*where), lake_schema(desk.kind)),
        AsideFile(receipts.rejects_file(*where), rejects_schema()),
        AsideFile(receipts.conversions_file(*where), conversions_schema()),
    )
    delivery = Delivery(blank.delivery_id, desk.kind, desk.days.first, path.name, desk.key)
    outcome = Outcome()
    try:
        source = _opened(desk, path)
        take_in(desk, source, delivery, out, outcome)
    except FileRefusedError as refused:
        for file in out:
            file.close(keep=False)
        concerns = _concerns(desk, path, outcome)
        receipt = replace(blank, status="refused", refusal=refused.message, concerns=concerns)
    else:
        receipt = replace(
            blank,
            encoding=source.encoding,
            row_count=outcome.row_count,
            accepted_count=outcome.accepted,
            rejected_count=outcome.rejected,
            held_count=outcome.held,
            no_data_count=len(outcome.outside),
            notices=tuple(outcome.notices),
            extra_column_count=outcome.extra,
            courts=outcome.courts(),
            conversions=outcome.conversions,
            concerns=() if outcome.row_count else _concerns(desk, path, outcome),
            lake_bytes=out.lake.close(keep=True),
            rejects_bytes=out.rejects.close(keep=True),
            conversions_bytes=out.conversions.close(keep=True),
        )
    receipts.write(desk.layout, receipt)
    return receipt


def _opened(desk: Desk, path: Path) -> Source:
    try:
        return open_file(path, desk.recognise, desk.limits)
    except OSError as closed:
        raise refusal("cannot_be_opened", path.name, detail=closed.strerror or str(closed)) from closed


def _concerns(desk: Desk, path: Path, outcome: Outcome) -> tuple[str, ...]:
    """The courts of the rows read before the file was refused, and those that its name names.

    Whose name is a court's own file holds its rows alone; an office's, or nobody's, may hold others, so NO_COURT too.
    """
    named = set(desk.register.named_in(path.name))
    seen = {court for court in (*outcome.accepted_courts, *outcome.rejected_courts) if court}
    others = set() if named and named <= desk.register.lowest else {NO_COURT}
    return tuple(sorted(named | seen | others))


def _sha256(path: Path) -> str:
    """The checksum of a file; one that cannot be read has none, and so is another delivery once it can be."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _refuse_unread(desk: Desk, path: Path, message: Message) -> Receipt:
    """The receipt of a link, a queue and the like: refused without a look at what it leads to."""
    stat = path.lstat()
    blank = _blank(desk, path, "", stat)
    receipt = replace(blank, status="refused", refusal=message, concerns=_concerns(desk, path, Outcome()))
    receipts.write(desk.layout, receipt)
    return receipt


def _blank(desk: Desk, path: Path, sha256: str, stat: os.stat_result) -> Receipt:
    """The receipt of a file before it is opened."""
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=stat.st_mtime_ns // 1000)
    return Receipt(
        delivery_id=receipts.delivery_id(desk.month, desk.kind, path.name, sha256),
        kind=desk.kind,
        extract_month=desk.month,
        file_name=shown_file(f"{desk.month}/{desk.kind}/{path.name}", desk.key),
        file_sha256=sha256,
        file_bytes=stat.st_size,
        format=known_ending(path.name),
        received_at=at.isoformat(timespec="microseconds"),
        rules=desk.rules,
    )


def receive_alone(desk: Desk, path: Path) -> Receipt:
    """Receive one file, wherever it lies, into the desk's tree; what was received before it is not asked."""
    return _receive(desk, path, _blank(desk, path, _sha256(path), path.stat()))


def _known_receipt(desk: Desk, blank: Receipt, earlier: list[Receipt]) -> tuple[Receipt, bool]:
    """The receipt to start from, and whether the file still has to be received.

    The last receipt under the same name decides: the same content again changes nothing, not even the time of
    receipt; other content came after it, whatever the file's own time says.
    """
    same_name = [receipt for receipt in earlier if receipt.file_name == blank.file_name]
    if not same_name:
        return blank, True
    last = same_name[-1]
    if last.delivery_id != blank.delivery_id:
        after = (last.received + timedelta(microseconds=1)).isoformat(timespec="microseconds")
        return replace(blank, received_at=max(blank.received_at, after)), True
    if last.rules == blank.rules and receipts.is_whole(desk.layout, last):
        return last, False
    return replace(blank, received_at=last.received_at), True


def _note_what_was_taken_away(layout: Layout, kind: str, month: str, lying: Set[str]) -> None:
    """A refused or empty file that is gone while its folder is still there was no delivery: its receipt says so.

    Accepted rows stay in the lake whatever becomes of their file, and an archived folder forgives nothing.
    """
    if not (layout.landing / month / kind).is_dir():
        return
    for receipt in receipts.of_month(layout, kind, month):
        is_gone = not receipt.row_count and receipt.file_name not in lying
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
    found: list[Receipt] = []
    received = 0
    with held(layout.ledger / ".lock"):
        desk = open_desk(layout, kind, month, limits) if paths or strange else None
        clean_earlier(layout, cache(partial(person_key, layout)))
        earlier = receipts.of_month(layout, kind, month)
        for path in paths:
            assert desk is not None
            blank, todo = _known_receipt(desk, _blank(desk, path, _sha256(path), path.stat()), earlier)
            found.append(_receive(desk, path, blank) if todo else blank)
            received += todo
        unread = [_refuse_unread(desk, path, message) for path, message in strange] if desk else []
        _note_what_was_taken_away(layout, kind, month, {receipt.file_name for receipt in [*found, *unread]})
        _sweep(layout, kind, month)
    summed = _summed(layout, kind, month, found, received, time.monotonic() - started)
    return replace(summed, refused=summed.refused + _refusals(unread))


def _refusals(found: list[Receipt]) -> list[Refusal]:
    return [Refusal(receipt.file_name, receipt.refusal) for receipt in found if receipt.refusal]


def _summed(layout: Layout, kind: str, month: str, found: list[Receipt], received: int, seconds: float) -> KindReceipt:
    duplicates = reckon(receipts.of_month(layout, kind, month)).duplicates
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
