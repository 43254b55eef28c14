"""Which deliveries of one kind and month are in force, which are duplicates and which were replaced, court by court.
A pure reckoning over receipts in the order of receipt, so that the order of processing cannot matter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.extracts.receipts import Receipt


class Succession(NamedTuple):
    """A delivery replaced by a later one for one court."""

    court_code: str
    old: Receipt
    new: Receipt


@dataclass
class Standing:
    """The outcome: `duplicates` maps delivery → the one it repeats; `in_force` maps court → delivery."""

    duplicates: dict[str, str] = field(default_factory=dict)
    in_force: dict[str, Receipt] = field(default_factory=dict)
    successions: list[Succession] = field(default_factory=list)

    def superseded_by(self, delivery_id: str, court_code: str) -> str | None:
        for succession in self.successions:
            if succession.court_code == court_code and succession.old.delivery_id == delivery_id:
                return succession.new.delivery_id
        return None


def _repeated(receipt: Receipt, standing: Standing, received: dict[str, Receipt]) -> Receipt | None:
    """The delivery in force that this one repeats for every court it holds, or None."""
    earlier = received.get(receipt.file_sha256)
    for court in receipt.accepted_courts:
        current = standing.in_force.get(court)
        if current is None or current.file_sha256 != receipt.file_sha256:
            return None
        earlier = current
    return earlier


def reckon(receipts: Iterable[Receipt]) -> Standing:
    """The standing of the deliveries of one kind and month. The greatest (received_at, file_name) is in force."""
    standing = Standing()
    received: dict[str, Receipt] = {}
    for receipt in sorted(receipts, key=lambda receipt: receipt.order):
        if receipt.status != "accepted":
            continue
        if repeated := _repeated(receipt, standing, received):
            standing.duplicates[receipt.delivery_id] = repeated.delivery_id
            continue
        received[receipt.file_sha256] = receipt
        for court in receipt.accepted_courts:
            if court in standing.in_force:
                standing.successions.append(Succession(court, standing.in_force[court], receipt))
            standing.in_force[court] = receipt
    return standing
