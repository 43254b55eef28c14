"""What is copied to an engine arrives whole, in messages that are not too large.
That an engine reads the sources as DuckDB does is shown by tests/golden."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipelines.engines import sources

BYTES = 8  # of a row: one number


@pytest.mark.parametrize(("rows", "pieces"), [(0, 1), (1, 1), (10, 1), (11, 2), (95, 10)])
def test_rows_are_sent_in_pieces_that_together_are_all_of_them(
    rows: int, pieces: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PIECE_BYTES", 10 * BYTES)
    table = pa.table({"number": pa.array(range(rows), pa.int64())})
    sent = list(sources._pieces(table))
    assert len(sent) == pieces and all(piece.num_rows <= 10 for piece in sent)
    assert pa.concat_tables(sent).equals(table)
