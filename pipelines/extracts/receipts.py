"""The receipt of one delivered file: what it was, what became of its rows, and under which rules it was judged.
Receipts are the authority on what has been received; the ledger tables are made from them by `ledger`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.extracts.conversions import Count
from pipelines.extracts.messages import Message
from pipelines.layout import Layout
from pipelines.whole_files import put_in_place

NO_COURT = ""  # stands for rows whose court comes from their case


@dataclass(frozen=True)
class Receipt:
    """One delivered file. Counts are rows; `courts` maps court code → [accepted, rejected]; sizes are bytes on disk.

    `row_count` = accepted + rejected + held are its rows of data; `no_data_count` are lines below the header that are
    none (totals, signatures, notes). `notices` say what the clerk should know of how the file was read.

    `conversions` counts every conversion of accepted values by court and column; the conversions file lists rows.
    `concerns` are the courts that a file without accepted rows speaks for, as far as its rows or its name tell;
    NO_COURT among them: there may be others. `is_withdrawn`: somebody took the file out of landing and left its folder.
    `columns` are the contract's columns that the file has; none where that cannot be told, as records of JSON leave out
    what is empty.
    """

    delivery_id: str
    kind: str
    extract_month: str
    file_name: str
    file_sha256: str
    file_bytes: int
    format: str
    received_at: str  # ISO, UTC, microseconds: sorts as text; the day by which lateness is judged
    rules: str
    status: str = "accepted"
    encoding: str | None = None
    refusal: Message | None = None
    row_count: int = 0
    accepted_count: int = 0
    rejected_count: int = 0
    held_count: int = 0
    no_data_count: int = 0
    extra_column_count: int = 0  # columns that the contract does not know
    courts: dict[str, tuple[int, int]] = field(default_factory=dict)
    lake_bytes: int = 0
    rejects_bytes: int = 0
    conversions_bytes: int = 0
    digests: dict[str, str] = field(default_factory=dict)  # SHA-256 by place; earlier versions kept none
    conversions: tuple[Count, ...] = ()
    notices: tuple[Message, ...] = ()
    concerns: tuple[str, ...] = ()
    is_withdrawn: bool = False
    columns: tuple[str, ...] = ()
    seen_at: str = ""  # when receiving first saw the file; earlier versions kept no such time, and theirs came before
    place: int = 0  # among the files first seen together

    def __post_init__(self) -> None:
        total = self.accepted_count + self.rejected_count + self.held_count
        if self.row_count != total:
            raise AssertionError(f"{self.file_name}: {self.row_count} rows delivered, {total} accounted for")

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Later deliveries replace earlier ones in this order."""
        return self.seen_at, self.place, self.received_at, self.file_name

    @property
    def received(self) -> datetime:
        return datetime.fromisoformat(self.received_at)

    @property
    def accepted_courts(self) -> dict[str, int]:
        return {court: accepted for court, (accepted, _) in self.courts.items() if accepted}


def delivery_id(month: str, kind: str, file: str, sha256: str) -> str:
    """The identity of a delivery: the same content under the same name, month and kind is the same delivery."""
    return hashlib.sha256(f"{month}/{kind}/{file}/{sha256}".encode()).hexdigest()[:16]


def lake_file(layout: Layout, kind: str, month: str, identity: str) -> Path:
    return layout.lake / kind / f"extract_month={month}" / f"{identity}.parquet"


def rejects_file(layout: Layout, kind: str, month: str, identity: str) -> Path:
    return layout.rejects / kind / f"extract_month={month}" / f"{identity}.parquet"


def conversions_file(layout: Layout, kind: str, month: str, identity: str) -> Path:
    return layout.conversions / kind / f"extract_month={month}" / f"{identity}.parquet"


FOLDERS = ("receipts", "receipts_copied")  # below the ledger: each receipt twice, for one of the two may be damaged


def _folder(layout: Layout, kind: str, month: str, place: str = FOLDERS[0]) -> Path:
    return layout.ledger / place / kind / month


def _text(receipt: Receipt) -> str:
    """JSON with one field a line, sealed by a digest of these lines; a field is written whole, which is much faster."""
    names = sorted(field.name for field in fields(receipt))
    texts = (json.dumps(getattr(receipt, name), ensure_ascii=False, default=asdict) for name in names)
    body = ",\n".join(f'"{name}": {text}' for name, text in zip(names, texts, strict=True)) + "\n}\n"
    return f'{{\n"digest": "{_digest(body)}",\n{body}'


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def write(layout: Layout, receipt: Receipt) -> None:
    """Put a receipt in place in one step. The last step of receiving a file: without it the file is received again."""
    content = _text(receipt).encode()
    for place in reversed(FOLDERS):
        put_in_place(
            _folder(layout, receipt.kind, receipt.extract_month, place) / f"{receipt.delivery_id}.json", content
        )


def _read(path: Path) -> Receipt:
    text = path.read_text(encoding="utf-8")
    data = json.loads(text)
    seal = data.pop("digest", None)
    if seal and seal != _digest(text.split("\n", 2)[2]):
        raise ValueError("altered after it was written")
    return parsed(data)


def parsed(data: dict[str, Any]) -> Receipt:
    """The receipt of a JSON object of this version or an earlier one; errors of all kinds if it is none."""
    data["refusal"] = Message(**data["refusal"]) if data["refusal"] else None
    data["notices"] = tuple(Message(**said) for said in data.get("notices", ()))
    if "extra_columns" in data:  # written by an earlier version, which kept the headings themselves
        data["extra_column_count"] = len(data.pop("extra_columns"))
    data["courts"] = {court: (accepted, rejected) for court, (accepted, rejected) in data["courts"].items()}
    data["concerns"] = tuple(data.get("concerns", ()))
    data["columns"] = tuple(data.get("columns", ()))
    data["conversions"] = tuple(Count(*count) for count in data.get("conversions", ()))
    return Receipt(**data)


def of_month(layout: Layout, kind: str, month: str) -> list[Receipt]:
    """The receipts of one kind and month, in the order in which their files were received."""
    found = [_whole(layout, kind, month, identity)[0] for identity in identities(layout, kind, month)]
    return sorted((receipt for receipt in found if receipt), key=lambda receipt: receipt.order)


def identities(layout: Layout, kind: str, month: str) -> set[str]:
    """The deliveries of one kind and month that have a receipt, one that does not read included."""
    folders = [_folder(layout, kind, month, place) for place in FOLDERS]
    names = [path.name for folder in folders if folder.is_dir() for path in folder.iterdir()]
    return {name.removesuffix(".json") for name in names if name.endswith(".json")}


def _whole(layout: Layout, kind: str, month: str, identity: str) -> tuple[Receipt | None, Path | None]:
    """The receipt, from its copy where it is damaged itself, and the one that is damaged.

    None where both are: the delivery is then received again from landing.
    """
    damaged = None
    for place in FOLDERS:
        path = _folder(layout, kind, month, place) / f"{identity}.json"
        try:
            return _read(path), damaged
        except FileNotFoundError:
            damaged = damaged or path
        except (OSError, ValueError, TypeError, KeyError, AttributeError, AssertionError):
            damaged = path
    return None, damaged


def damaged(layout: Layout, kind: str, month: str) -> Iterator[tuple[Path, Receipt | None]]:
    """Receipts that are cut short, altered or gone, each with what its copy says; None where the copy is no better.

    The copy of a whole receipt counts as well: it is of use only while it is whole itself.
    """
    for identity in sorted(identities(layout, kind, month)):
        receipt, path = _whole(layout, kind, month, identity)
        if path:
            yield path, receipt
        elif receipt and (copy := _unlike_copy(layout, kind, month, identity)):
            yield copy, receipt


def _unlike_copy(layout: Layout, kind: str, month: str, identity: str) -> Path | None:
    """The copy, if it does not say what the receipt says."""
    first, copy = (_folder(layout, kind, month, place) / f"{identity}.json" for place in FOLDERS)
    try:
        return None if copy.read_bytes() == first.read_bytes() else copy
    except OSError:
        return copy


def months(layout: Layout) -> list[tuple[str, str]]:
    """Every kind and month of which there are receipts, in order."""
    folders = {path for place in FOLDERS for path in (layout.ledger / place).glob("*/*") if path.is_dir()}
    return sorted({(folder.parent.name, folder.name) for folder in folders})


def by_month(layout: Layout) -> Iterator[tuple[str, str, list[Receipt]]]:
    """All receipts, by kind and month in order."""
    for kind, month in months(layout):
        yield kind, month, of_month(layout, kind, month)


def is_whole(layout: Layout, receipt: Receipt) -> bool:
    """Whether the files a receipt speaks of are there as they were written, to the last bit."""
    return not faulty(layout, receipt)


def faulty(layout: Layout, receipt: Receipt) -> list[Path]:
    """The files of a delivery that are missing, cut short or altered since they were written."""
    where = layout, receipt.kind, receipt.extract_month, receipt.delivery_id
    written = (
        ("lake", lake_file(*where), receipt.lake_bytes),
        ("rejects", rejects_file(*where), receipt.rejects_bytes),
        ("conversions", conversions_file(*where), receipt.conversions_bytes),
    )
    return [path for place, path, size in written if not _is_as_written(path, size, receipt.digests.get(place))]


def _is_as_written(path: Path, size: int, digest: str | None) -> bool:
    try:
        if path.stat().st_size != size:
            return False
        return digest is None or sha256(path) == digest
    except FileNotFoundError:
        return size == 0
    except OSError:
        return False


def sha256(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
