"""What receiving wrote and was damaged since: noticed by checksums, restored where it can be, told by name in any case.
Receiving a file again belongs to `loading`; what a missing delivery means for its courts, to `gaps`."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.extracts import receipts
from pipelines.extracts.messages import Message, mended, refusal
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.layout import Layout

LOST = "damaged_on_disk"


@dataclass(frozen=True)
class Mended:
    """A file of ours that was damaged, by its place below the data tree. `is_lost`: it could not be made again."""

    place: str
    message: Message
    is_lost: bool = False


@dataclass(frozen=True)
class Damage:
    """What was found damaged of one kind and month, before receiving: files by delivery, and receipts with no copy."""

    files: dict[str, list[Path]]
    receipts: list[Path]
    restored: list[Mended]


def is_lost(receipt: Receipt) -> bool:
    """Whether the rows of a delivery were lost on the disk while its file was not in landing any more."""
    return receipt.refusal is not None and receipt.refusal.code == LOST


def look(layout: Layout, kind: str, month: str) -> Damage:
    """Look at every receipt and file of one kind and month; receipts whose copy is whole are written again."""
    restored, unread = [], []
    for path, receipt in receipts.damaged(layout, kind, month):
        if receipt is None:
            unread.append(path)
            continue
        is_new_copy = not path.exists() and receipts.FOLDERS[1] in path.parts  # earlier versions made none
        receipts.write(layout, receipt)
        if not is_new_copy:
            restored.append(_told(layout, "receipt_again", path))
    accepted = [each for each in receipts.of_month(layout, kind, month) if each.status == "accepted"]
    files = {each.delivery_id: found for each in accepted if (found := receipts.faulty(layout, each))}
    return Damage(files, unread, restored)


def settle(layout: Layout, kind: str, month: str, damage: Damage, received: Set[str]) -> list[Mended]:
    """Tell what became of the damage after receiving; `received` are the deliveries that were received just now.

    What cannot be received again counts as refused, and what is left of its files is set aside.
    """
    found = list(damage.restored)
    if not damage.files and not damage.receipts:
        return found
    still = {path for path, _ in receipts.damaged(layout, kind, month)}
    for path in damage.receipts:
        found.append(_told(layout, "receipt_lost" if path in still else "receipt_from_landing", path))
    for receipt in receipts.of_month(layout, kind, month):
        for path in damage.files.get(receipt.delivery_id, ()):
            code = "file_again" if receipt.delivery_id in received else "file_lost"
            found.append(_told(layout, code, path, receipt.file_name))
        if receipt.delivery_id in damage.files.keys() - received:
            _give_up(layout, receipt)
    return found


def table_again(layout: Layout, path: Path) -> Mended:
    """What is told of a table that was damaged and is reckoned again."""
    return _told(layout, "table_again", path)


def _told(layout: Layout, code: str, path: Path, file: str = "") -> Mended:
    place = path.relative_to(layout.data).as_posix()
    return Mended(place, mended(code, place, file), code.endswith("_lost"))


def _give_up(layout: Layout, receipt: Receipt) -> None:
    """Count a delivery as refused, and move what is left of its files to where nothing reads them.

    The sizes stay in the receipt: the file is received again as soon as it lies in landing.
    """
    where = layout, receipt.kind, receipt.extract_month, receipt.delivery_id
    for place in (receipts.lake_file, receipts.rejects_file, receipts.conversions_file):
        path = place(*where)
        if path.exists():
            aside = layout.data / "damaged" / path.relative_to(layout.data)
            aside.parent.mkdir(parents=True, exist_ok=True)
            path.replace(aside)
    receipts.write(
        layout,
        replace(
            receipt,
            status="refused",
            refusal=refusal(LOST, receipt.file_name).message,
            concerns=tuple(sorted({*receipt.courts, *receipt.concerns})) or (NO_COURT,),
            row_count=0, accepted_count=0, rejected_count=0, held_count=0, no_data_count=0,
            courts={}, conversions=(), notices=(),
        ),
    )  # fmt: skip
