"""Which deliveries of one kind and month are in force, which are duplicates and which were replaced, court by court.
A pure reckoning over receipts in the order of receipt, so that the order of processing cannot matter."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.extracts.receipts import Receipt


class Succession(NamedTuple):
    """A delivery replaced by a later one for one court."""

    court_code: str
    old: Receipt
    new: Receipt


@dataclass
class DeliveriesInForce:
    """The outcome: `duplicates` maps delivery → the one it repeats; `by_court` maps court → delivery.

    `received` maps court → its deliveries in the order of receipt, what the gate holds back included.
    """

    duplicates: dict[str, str] = field(default_factory=dict)
    received: dict[str, list[Receipt]] = field(default_factory=dict)
    by_court: dict[str, Receipt] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    def superseded_by(self, delivery_id: str, court_code: str) -> str | None:
        for succession in self.successions:
            if succession.court_code == court_code and succession.old.delivery_id == delivery_id:
                return succession.new.delivery_id
        return None

    def turn(self, delivery_id: str, court_code: str) -> int | None:
        """1 for the delivery of that court received last, 2 for the one before it; None if it never counted."""
        for turn, receipt in enumerate(reversed(self.received.get(court_code, [])), 1):
            if receipt.delivery_id == delivery_id:
                return turn
        return None


def _repeated(receipt: Receipt, found: DeliveriesInForce, received: dict[str, Receipt]) -> Receipt | None:
    """The delivery in force that this one repeats for every court it holds, or None."""
    earlier = received.get(receipt.file_sha256)
    for court in receipt.accepted_courts:
        last = found.received.get(court, [])[-1:]
        if not last or last[0].file_sha256 != receipt.file_sha256:
            return None
        earlier = last[0]
    return earlier


def reckon(receipts: Iterable[Receipt], held: AbstractSet[tuple[str, str]] = frozenset()) -> DeliveriesInForce:
    """Which deliveries of one kind and month are in force: of every court the last in the order of receipts.

    `held` are (delivery, court) that the gate holds back: the delivery before them stays in force, if there is one.
    """
    found = DeliveriesInForce()
    received: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda receipt: receipt.order):
        if receipt.status != "accepted":
            continue
        if repeated := _repeated(receipt, found, received):
            found.duplicates[receipt.delivery_id] = repeated.delivery_id
            continue
        received[receipt.file_sha256] = receipt
        for court in receipt.accepted_courts:
            found.received.setdefault(court, []).append(receipt)
            if (receipt.delivery_id, court) in held:
                continue
            if court in found.by_court:
                found.successions.append(Succession(court, found.by_court[court], receipt))
            found.by_court[court] = receipt
    return found
