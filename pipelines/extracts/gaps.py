"""Which court, kind and month lacks what, because its file was refused or the gate holds it back; and what stands.
A reckoning over all receipts and the gate's word; what follows for the figures is said by the models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.extracts.in_force import DeliveriesInForce
from pipelines.extracts.messages import Message, refusal, told
from pipelines.extracts.receipts import NO_COURT, Receipt

# What changes in a file's name from one delivery of the same sender to the next; ~ and the mark of what was masked.
VARIES = re.compile(r"~\w+$|\d+|[（(【\[].*?[）)】\]]|更正|补报|重报|更新|最新|[-_.\s年月日]+")

Holds = Mapping[tuple[str, str], Message]


@dataclass(frozen=True)
class Month:
    """One kind and month (`YYYY-MM`): its receipts and which of them are in force."""

    kind: str
    month: str
    receipts: list[Receipt]
    in_force: DeliveriesInForce


@dataclass(frozen=True)
class Gap:
    """A file that does not count for a court (None: for nobody knows which), and what is in force in its stead.

    `reason`: `refused`, `held` (nothing is in force), `correction_refused`, `correction_held` (an earlier file stays),
    `unassigned` (the file was refused and no court is known).
    """

    kind: str
    month: str
    court_code: str | None
    reason: str
    receipt: Receipt
    kept: Receipt | None
    said: Message


def with_courts(months: Sequence[Month]) -> list[Month]:
    """The months with every file without accepted rows given the courts that it speaks for."""
    senders = _senders(months)

    def settled(receipt: Receipt) -> Receipt:
        # A header alone of any kind but cases speaks for all courts that were heard from, as far as it names none.
        is_known = receipt.row_count or (receipt.status == "accepted" and receipt.kind != "cases")
        return receipt if is_known else replace(receipt, concerns=senders.concerned(receipt))

    return [replace(month, receipts=[settled(receipt) for receipt in month.receipts]) for month in months]


def find(months: Sequence[Month], holds: Holds) -> list[Gap]:
    """Every gap of all kinds and months, from `with_courts`. `holds` says why the gate holds a (delivery, court)."""
    return [
        gap
        for month in months
        for gap in (
            *_refused(month),
            *_emptied(month),
            *_without_rows(month),
            *_held(month, holds),
        )
    ]


def _held(month: Month, holds: Holds) -> Iterator[Gap]:
    for court, received in month.in_force.received.items():
        said = holds.get((received[-1].delivery_id, court))
        if said and court:
            kept = month.in_force.by_court.get(court)
            yield Gap(month.kind, month.month, court, "correction_held" if kept else "held", received[-1], kept, said)


def _last_under_each_name(month: Month) -> list[Receipt]:
    last = {receipt.file_name: receipt for receipt in month.receipts}
    return [receipt for receipt in last.values() if not receipt.is_withdrawn]


def _emptied(month: Month) -> Iterator[Gap]:
    """A header alone that came after rows does not take them away; one of cases has to say whose it is."""
    for receipt in _last_under_each_name(month):
        if receipt.status != "accepted" or receipt.row_count:
            continue
        for court in receipt.concerns:
            kept = month.in_force.by_court.get(court)
            said = refusal("header_after_rows", receipt.file_name).message
            if court != NO_COURT and kept and kept.order < receipt.order:
                yield Gap(month.kind, month.month, court, "correction_refused", receipt, kept, said)
            elif court == NO_COURT and month.kind == "cases":
                said = refusal("nobody_answers", receipt.file_name).message
                yield Gap(month.kind, month.month, None, "unassigned", receipt, None, said)


def _without_rows(month: Month) -> Iterator[Gap]:
    """A court of whose rows not one was accepted has not delivered, even if the file as a whole was taken in."""
    for receipt in _last_under_each_name(month):
        if receipt.status != "accepted" or not receipt.row_count:
            continue
        said = refusal("no_row_accepted", receipt.file_name).message
        for court, (accepted, _) in receipt.courts.items():
            kept = month.in_force.by_court.get(court)
            if accepted or court == NO_COURT:
                continue
            if kept is None:
                yield Gap(month.kind, month.month, court, "refused", receipt, None, said)
            elif kept.order < receipt.order:
                yield Gap(month.kind, month.month, court, "correction_refused", receipt, kept, said)
        if not receipt.accepted_count and not receipt.courts:
            yield Gap(month.kind, month.month, None, "unassigned", receipt, None, said)


def _refused(month: Month) -> Iterator[Gap]:
    for receipt in _last_under_each_name(month):
        said = receipt.refusal
        if said is None:
            continue
        for court in receipt.concerns:
            kept = month.in_force.by_court.get(court)
            if court == NO_COURT:
                yield Gap(month.kind, month.month, None, "unassigned", receipt, None, said)
            elif kept is None:
                yield Gap(month.kind, month.month, court, "refused", receipt, None, said)
            elif kept.order < receipt.order:
                yield Gap(month.kind, month.month, court, "correction_refused", receipt, kept, said)


@dataclass(frozen=True)
class Senders:
    """The courts of accepted files by kind and sender, which is what stays the same in the names of its files."""

    known: dict[tuple[str, str], list[Receipt]]

    def concerned(self, receipt: Receipt) -> tuple[str, ...]:
        """The courts that a file without accepted rows speaks for; NO_COURT among them: there may be others.

        What the sender's last file before it held (its first after it, where there is none before) says it best.
        """
        of_sender = self.known.get((receipt.kind, sender(receipt)), [])
        before = [each for each in of_sender if each.extract_month <= receipt.extract_month]
        likeliest = before[-1:] or of_sender[:1]
        courts = {court for each in likeliest for court in each.courts if court}
        named = set(receipt.concerns) - {NO_COURT}
        return tuple(sorted(courts | named)) if courts else receipt.concerns


def _senders(months: Iterable[Month]) -> Senders:
    known: dict[tuple[str, str], list[Receipt]] = {}
    for month in sorted(months, key=lambda each: each.month):
        for receipt in month.receipts:
            if receipt.status == "accepted" and receipt.accepted_count and sender(receipt):
                known.setdefault((receipt.kind, sender(receipt)), []).append(receipt)
    return Senders(known)


def sender(receipt: Receipt) -> str:
    """What stays the same in the name of a sender's files from month to month; empty if nothing does."""
    stem = receipt.file_name.rpartition("/")[2].rpartition(".")[0]
    return VARIES.sub("", stem)


def rows(gaps: Iterable[Gap]) -> Iterator[dict[str, str | None]]:
    """The gaps as rows of the ledger's table delivery_gaps, the month as text: why, what stands, and what to do."""
    for gap in gaps:
        said = told(gap.reason, gap.said, gap.receipt.file_name, gap.kept.file_name if gap.kept else "")
        yield {
            "kind": gap.kind,
            "month": gap.month,
            "court_code": gap.court_code,
            "reason": gap.reason,
            "delivery_id": gap.receipt.delivery_id,
            "file_name": gap.receipt.file_name,
            "kept_delivery_id": gap.kept.delivery_id if gap.kept else None,
            "said_code": said.code,
            "said_zh": said.zh,
            "said_en": said.en,
            "remedy_zh": said.remedy_zh,
            "remedy_en": said.remedy_en,
        }
