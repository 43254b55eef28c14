"""An answer written within its limits: the rows that are kept, as Parquet, and the first of them as the page shows them.
What is read back, and files to take along, are in results.py; the limits of the process are in process.py."""

from __future__ import annotations

from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

LONGEST_CELL = 10_000  # characters or bytes of a cell that is kept; a longer text is cut and says so
LONGEST_PLAN = 1_000_000
WIDEST_CELL = 1 << 20  # bytes of a cell that cannot be cut: a list, a structure
KEPT_BYTES = 64 << 20  # of an answer in memory, so that a file made of it stays one that a spreadsheet opens
SHOWN_ROWS = 5_000
# The server reads this back for every reader, uncompressed, and Streamlit holds it several times over.
SHOWN_BYTES = 2 << 20
SHOWN_CELL = 1_000
CUT = "…（已截断 | cut）"


class TooWideError(Exception):
    """A cell is too large to be kept, and of a kind that cannot be cut; the message names its column."""


class Kept:
    """The first rows of an answer: `most` of them, or fewer when they fill KEPT_BYTES."""

    def __init__(self, file: IO[bytes], schema: pa.Schema, most: int, longest: int = LONGEST_CELL) -> None:
        self._writer = pq.ParquetWriter(file, schema, compression="zstd")
        self._most, self._longest, self._bytes = most, longest, 0
        self.rows, self.is_full, self.is_cut = 0, most == 0, False

    def take(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Keeps what fits, and gives it back."""
        part, is_cut = cut(batch.slice(0, self._most - self.rows), self._longest)
        _refuse_wide(part)
        part = within(part, KEPT_BYTES - self._bytes)
        if part.num_rows:
            self._writer.write_batch(part)
        self.rows, self._bytes, self.is_cut = self.rows + part.num_rows, self._bytes + part.nbytes, self.is_cut | is_cut
        self.is_full = part.num_rows < batch.num_rows or self.rows >= self._most
        return part

    def close(self) -> None:
        self._writer.close()


class Shown:
    """The first rows once more, in columns that need no decoding and never grow when they are read."""

    def __init__(self, file: IO[bytes], schema: pa.Schema, longest: int = SHOWN_CELL) -> None:
        self._schema = pa.schema([pa.field(each.name, plain_type(each.type)) for each in schema])
        self._writer = pa.ipc.new_stream(file, self._schema)
        self._longest, self._rows, self._bytes, self._is_full = longest, 0, 0, False

    def take(self, batch: pa.RecordBatch) -> None:
        """Shows what fits of the batch."""
        if self._is_full:
            return
        part = batch.slice(0, SHOWN_ROWS - self._rows)
        columns = [_plain(column, self._longest) for column in part.columns]
        plain = within(pa.record_batch(columns, schema=self._schema), SHOWN_BYTES - self._bytes)
        if plain.num_rows:
            self._writer.write_batch(plain)
        self._rows, self._bytes = self._rows + plain.num_rows, self._bytes + plain.nbytes
        self._is_full = plain.num_rows < batch.num_rows

    def close(self) -> None:
        self._writer.close()


def cut(batch: pa.RecordBatch, longest: int) -> tuple[pa.RecordBatch, bool]:
    """The batch with no text and no bytes longer than `longest`, and whether one had to be cut."""
    is_cut = False
    for place, column in enumerate(batch.columns):
        if not (_is_text(column.type) or _is_bytes(column.type)):
            continue
        lengths = pc.utf8_length(column) if _is_text(column.type) else pc.binary_length(column)
        if (pc.max(lengths).as_py() or 0) <= longest:
            continue
        head = pc.utf8_slice_codeunits if _is_text(column.type) else pc.binary_slice
        end = CUT if _is_text(column.type) else CUT.encode()
        is_long = pc.greater(lengths, longest)
        joined = pc.binary_join_element_wise(head(column, 0, longest), pa.scalar(end, column.type), _empty(column.type))
        batch = batch.set_column(place, batch.schema.field(place), pc.if_else(is_long, joined, column))
        is_cut = True
    return batch, is_cut


def within(batch: pa.RecordBatch, most: int) -> pa.RecordBatch:
    """As many of the first rows as fit into `most` bytes, to the nearest half, quarter and so on."""
    kept, step = batch.num_rows, batch.num_rows
    if batch.nbytes <= most:
        return batch
    kept = 0
    while step := step // 2:
        if batch.slice(0, kept + step).nbytes <= most:
            kept += step
    return batch.slice(0, kept)


def plain_type(kind: pa.DataType) -> pa.DataType:
    """The type as it is, if a value takes the same room in memory as in a file; else text."""
    is_plain = pa.types.is_primitive(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind)
    return kind if is_plain else pa.string()


def _plain(column: pa.Array, longest: int) -> pa.Array:
    kind = column.type
    if plain_type(kind) == kind:
        return column
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
    if not _is_text(column.type):
        texts = [None if cell is None else str(cell)[: longest + 1] for cell in column.to_pylist()]
        column = pa.array(texts, pa.string())
    part, _ = cut(pa.record_batch([column.cast(pa.string())], names=["text"]), longest)
    return part.column(0)


def _refuse_wide(batch: pa.RecordBatch) -> None:
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if column.nbytes <= WIDEST_CELL or not pa.types.is_nested(column.type):
            continue
        widest = max(column.slice(row, 1).nbytes for row in range(len(column)))
        if widest > WIDEST_CELL:
            raise TooWideError(f"{name}：{widest} > {WIDEST_CELL} 字节 | bytes")


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _empty(kind: pa.DataType) -> pa.Scalar:
    return pa.scalar("" if _is_text(kind) else b"", kind)
