"""Receiving: every file delivered for a kind and month becomes a lake file, a rejects file and, last, a receipt.
What is in force and what changed is reckoned in `ledger`; wiring and progress belong to the caller."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from pipelines.extracts import landing, receipts
from pipelines.extracts.contracts import contract
from pipelines.extracts.desk import Desk, open_desk
from pipelines.extracts.earlier import clean_earlier
from pipelines.extracts.intake import Aside, take_in
from pipelines.extracts.ledger import consolidate
from pipelines.extracts.masking import known_ending, shown_file
from pipelines.extracts.messages import FileRefusedError, Message
from pipelines.extracts.persons import person_key
from pipelines.extracts.reading import Limits, open_file
from pipelines.extracts.receipts import Receipt
from pipelines.extracts.rejects import Delivery
from pipelines.extracts.schemas import AsideFile, conversions_schema, ensure_schemas, lake_schema, rejects_schema
from pipelines.extracts.standing import reckon
from pipelines.holding import held
from pipelines.layout import Layout

__all__ = ["KindReceipt", "Refusal", "consolidate", "ensure_schemas", "lake_schema", "receive_month", "rejects_schema"]


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
    try:
        source = open_file(path, desk.recognise, desk.limits)
        outcome = take_in(desk, source, delivery, out)
    except FileRefusedError as refused:
        for file in out:
            file.close(keep=False)
        receipt = replace(blank, status="refused", refusal=refused.message)
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
            lake_bytes=out.lake.close(keep=True),
            rejects_bytes=out.rejects.close(keep=True),
            conversions_bytes=out.conversions.close(keep=True),
        )
    receipts.write(desk.layout, receipt)
    return receipt


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _blank(desk: Desk, path: Path) -> Receipt:
    """The receipt of a file before it is opened."""
    sha256, stat = _sha256(path), path.stat()
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=stat.st_mtime_ns // 1000)
    return Receipt(
        delivery_id=receipts.delivery_id(desk.month, desk.kind, path.name, sha256),
        kind=desk.kind,
        extract_month=desk.month,
        file_name=shown_file(path.relative_to(desk.layout.landing).as_posix(), desk.key),
        file_sha256=sha256,
        file_bytes=stat.st_size,
        format=known_ending(path.name),
        received_at=at.isoformat(timespec="microseconds"),
        rules=desk.rules,
    )


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


def _sweep(layout: Layout, kind: str, month: str) -> None:
    """Remove what a killed run left behind: files written aside, and files that no receipt speaks of."""
    known = {receipt.delivery_id for receipt in receipts.of_month(layout, kind, month)}
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
    paths = landing.files_of(layout, month, kind)
    found: list[Receipt] = []
    received = 0
    with held(layout.ledger / ".lock"):
        desk = open_desk(layout, kind, month, limits) if paths else None
        clean_earlier(layout, cache(partial(person_key, layout)))
        earlier = receipts.of_month(layout, kind, month)
        for path in paths:
            assert desk is not None
            blank, todo = _known_receipt(desk, _blank(desk, path), earlier)
            found.append(_receive(desk, path, blank) if todo else blank)
            received += todo
        _sweep(layout, kind, month)
    return _summed(layout, kind, month, found, received, time.monotonic() - started)


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
        refused=[
            *(Refusal(receipt.file_name, receipt.refusal) for receipt in found if receipt.refusal),
            *(Refusal(shown_file(path.name), message) for path, message in landing.refused_unread(layout, month, kind)),
        ],
        seconds=seconds,
        deliveries=shown,
    )
