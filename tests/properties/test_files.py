"""Small files of every shape: the amounts taken in are those of an independent computation, or the file is refused.
Headers in one row or two, units in headings, groups, titles, rows of units, names, columns and page headers."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from pipelines.extracts import receipts
from pipelines.extracts.loading import receive_alone
from pipelines.extracts.receiving_context import receiving_context
from pipelines.layout import Layout
from tests.properties.tables import FORMATS, Drawn, Value, content, file_name, files

EXAMPLES = 80  # about four seconds a format
ASKED = {"unit_contradiction", "unit_unclear", "unit_scope", "unit_below", "unit_elsewhere"}


def received(drawn: Drawn) -> list[tuple[object, ...]] | str:
    """The amounts of a file's rows as they were taken in, or the code of its refusal."""
    with tempfile.TemporaryDirectory() as folder:
        layout = Layout(data=Path(folder) / "data", key_file=Path(folder) / "key")
        path = Path(folder) / file_name(drawn)
        path.write_bytes(content(drawn))
        receipt = receive_alone(receiving_context(layout, "funds", "2019-12", None), path)
        if receipt.refusal:
            return receipt.refusal.code
        rejected = sum(drawn.is_asked(*row) for row in drawn.rows)
        assert (receipt.rejected_count, receipt.held_count) == (rejected, 0)
        if rejected == len(drawn.rows):
            return []
        kept = pl.read_parquet(receipts.lake_file(layout, "funds", "2019-12", receipt.delivery_id))
        return kept.sort("_row_number").select("received_amount", "paid_amount").rows()


@pytest.mark.parametrize("ending", FORMATS)
def test_amounts_are_those_of_an_independent_computation_or_are_asked_about(ending: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(files(ending))
    def holds(drawn: Drawn) -> None:
        found, right = received(drawn), drawn.expected()
        assert str(found) in ASKED if right is None else found == right

    holds()


@pytest.mark.parametrize(
    ("elsewhere", "right"), [("万元", [(Decimal(125000), Decimal(125000))]), ("元", "unit_elsewhere")]
)
def test_a_page_header_may_not_state_another_unit_than_the_rows_do(elsewhere: str, right: object) -> None:
    amount = Value("12.5", Decimal("12.5"), None)
    words = ("（{}）", "（{}）", "单位：{}")
    drawn = Drawn(
        "xlsx", "flat", (None, None), (None, None), None, None, None, "万元", elsewhere, ((amount, amount),), words
    )
    assert received(drawn) == right
