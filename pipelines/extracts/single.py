"""Receiving one file: what lies in landing becomes a lake file, a rejects file and the receipt that its caller writes.
Which files are received, when they came and what they mean for each other is known to `loading`."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pipelines.extracts import arrivals, landing, receipts
from pipelines.extracts.intake import Aside, Outcome, take_in
from pipelines.extracts.masking import known_ending, shown_file
from pipelines.extracts.messages import FileRefusedError, Message, notice, refusal
from pipelines.extracts.reading import Source, open_file
from pipelines.extracts.reading.panics import panics_refuse
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.extracts.receiving_context import ReceivingContext
from pipelines.extracts.rejects import Delivery
from pipelines.extracts.schemas import AsideFile, conversions_schema, lake_schema, rejects_schema

RECORDS = ("json", "jsonl")  # each record has the columns that it has values for


def receive_file(context: ReceivingContext, path: Path, blank: Receipt) -> Receipt:
    """Receive one file into lake and rejects; its receipt comes last, from the caller. A refused file leaves none."""
    where = context.layout, context.kind, context.month, blank.delivery_id
    out = Aside(
        AsideFile(receipts.lake_file(*where), lake_schema(context.kind)),
        AsideFile(receipts.rejects_file(*where), rejects_schema()),
        AsideFile(receipts.conversions_file(*where), conversions_schema()),
    )
    delivery = Delivery(blank.delivery_id, context.kind, context.days.first, landing.spelt(path.name), context.key)
    outcome = Outcome()
    try:
        with landing.openable(path) as opened, panics_refuse(landing.spelt(path.name)):
            source = _opened(context, opened, landing.spelt(path.name))
            source = replace(source, named=landing.as_gbk(path.name) or path.name)
            take_in(context, source, delivery, out, outcome)
        if sha256_of(path) != blank.file_sha256:
            raise refusal("changed_while_read", landing.spelt(path.name))
    except FileRefusedError as refused:
        for file in out:
            file.close(keep=False)
        concerns = _concerns(context, path, outcome)
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
            notices=(*blank.notices, *outcome.notices),
            extra_column_count=outcome.extra,
            columns=() if blank.format in RECORDS else tuple(sorted(outcome.columns)),
            courts=outcome.courts(),
            conversions=outcome.conversions,
            concerns=() if outcome.row_count else _concerns(context, path, outcome),
            lake_bytes=out.lake.close(keep=True),
            rejects_bytes=out.rejects.close(keep=True),
            conversions_bytes=out.conversions.close(keep=True),
            digests={place: receipts.sha256(file.path) for place, file in out._asdict().items() if file.path.exists()},
        )
    return receipt


def _opened(context: ReceivingContext, path: Path, name: str) -> Source:
    try:
        return open_file(path, context.recognise, context.limits, name)
    except OSError as closed:
        raise refusal("cannot_be_opened", name, detail=closed.strerror or str(closed)) from closed


def _concerns(context: ReceivingContext, path: Path, outcome: Outcome) -> tuple[str, ...]:
    """The courts of the rows read before the file was refused, and those that its name names.

    Whose name is a court's own file holds its rows alone; an office's, or nobody's, may hold others, so NO_COURT too.
    """
    named = set(context.register.named_in(landing.as_gbk(path.name) or path.name))
    seen = {court for court in (*outcome.accepted_courts, *outcome.rejected_courts) if court}
    others = set() if named and named <= context.register.lowest else {NO_COURT}
    return tuple(sorted(named | seen | others))


def sha256_of(path: Path) -> str:
    """The checksum of a file; one that cannot be read has none, and so is another delivery once it can be."""
    try:
        return receipts.sha256(path)
    except OSError:
        return ""


def blank_receipt(context: ReceivingContext, path: Path, sha256: str, stat: os.stat_result) -> Receipt:
    """The receipt of a file before it is opened; it came now, until more is known of when it came."""
    name, seen_at = landing.spelt(path.name), arrivals.now().isoformat(timespec="microseconds")
    told = notice("name_not_utf8", name, sheet=landing.as_gbk(path.name) or "—") if name != path.name else None
    return Receipt(
        delivery_id=receipts.delivery_id(context.month, context.kind, name, sha256),
        kind=context.kind,
        extract_month=context.month,
        file_name=shown_file(f"{context.month}/{context.kind}/{name}", context.key),
        file_sha256=sha256,
        file_bytes=stat.st_size,
        format=known_ending(name),
        received_at=seen_at,
        seen_at=seen_at,
        rules=context.rules,
        notices=(told,) if told else (),
    )


def receive_alone(context: ReceivingContext, path: Path) -> Receipt:
    """Receive one file, wherever it lies, into the context's tree; what was received before it is not asked."""
    receipt = receive_file(context, path, blank_receipt(context, path, sha256_of(path), path.stat()))
    receipts.write(context.layout, receipt)
    return receipt


def refuse_unread(context: ReceivingContext, path: Path, message: Message, earlier: list[Receipt]) -> Receipt:
    """The receipt of a link, a queue and the like: refused without a look at what it leads to."""
    blank = blank_receipt(context, path, "", path.lstat())
    for before in earlier:
        if before.delivery_id == blank.delivery_id:
            blank = replace(blank, received_at=before.received_at, seen_at=before.seen_at)
    receipt = replace(blank, status="refused", refusal=message, concerns=_concerns(context, path, Outcome()))
    receipts.write(context.layout, receipt)
    return receipt
