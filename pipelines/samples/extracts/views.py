"""What a court states of each kind of record at the end of a month, by the contract's month rule.
How it is written down belongs to `render` and `writing`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines.extracts.contracts import contract
from pipelines.samples.world.persons import id_numbers, names


@dataclass(frozen=True)
class Touch:
    """When a record comes into being, which later events change it, and which columns each event reveals.

    A record still unresolved, its first event to come, is stated once more in the month after it came into being.
    """

    created: str
    reveals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    again: bool = True


_TOUCHES = {
    "nodes": Touch("started_at", {"ended_at": ()}, again=False),
    "funds": Touch("received_date", {"paid_date": ("paid_amount",)}),
    "petitions": Touch("assigned_date", {"resolved_date": ()}),
    "rectifications": Touch("found_date", {"written_off_date": ()}),
    "linkage": Touch("sent_at", {"feedback_at": ("result", "controlled_amount")}),
    "entrustments": Touch("accepted_at", {"completed_at": ()}),
    "auctions": Touch("auction_date"),
    "defaulters": Touch(
        "published_date",
        {"deletion_trigger_date": ("deletion_trigger",), "delisted_date": ("corrected_flag",)},
        again=False,
    ),
    "restrictions": Touch("issued_date", {"lifted_date": ()}, again=False),
    "linkage_activities": Touch("occurred_date"),
}
_HAPPEN_ON_THE_WAY = (
    "notice_date", "property_order_date", "first_query_date", "restriction_date", "suspension_interview_date",
    "suspension_ruling_date",
)  # fmt: skip
_KNOWN_AT_CLOSING = (
    "closing_mode", "actual_closure", "review_outcome", "suspension_requested", "suspension_compliant", "waived_amount",
)  # fmt: skip


def monthly_view(kind: str, frame: pl.DataFrame, index: int, start: date, end: date) -> pl.DataFrame:
    """Rows of the contract of `kind` for one month: its first and last day, and its index in the window.

    Columns are the contract's, in its order, amounts in cents; `_person` and the like are resolved into names.
    """
    if kind == "cases":
        rows = _open_in_month(frame, index, start, end)
    elif kind in ("staffing", "returns"):
        rows = frame.filter(pl.col("_month") == index)
    else:
        rows = _touched(_TOUCHES[kind], frame, start, end)
    return _contract_columns(kind, rows)


def _touched(touch: Touch, frame: pl.DataFrame, start: date, end: date) -> pl.DataFrame:
    def within(column: str) -> pl.Expr:
        return pl.col(column).cast(pl.Date).is_between(start, end).fill_null(value=False)

    wanted = within(touch.created)
    for event in touch.reveals:
        wanted = wanted | within(event)
    created = pl.col(touch.created).cast(pl.Date)
    if touch.again and touch.reveals:
        first = pl.col(next(iter(touch.reveals))).cast(pl.Date)
        last_month = created.dt.truncate("1mo").dt.offset_by("1mo") == start
        wanted = wanted | (last_month & (first.is_null() | (first > end)))
    rows = frame.filter(wanted & (created <= end))
    for event, revealed in touch.reveals.items():
        hidden = (pl.col(event).cast(pl.Date) > end).fill_null(value=True)
        rows = rows.with_columns(
            pl.when(hidden).then(None).otherwise(pl.col(name)).alias(name) for name in (*revealed, event)
        )
    return rows


def _open_in_month(frame: pl.DataFrame, index: int, start: date, end: date) -> pl.DataFrame:
    """Cases open at any time in the month, in their state at its end; courts' slips with cases are theirs to keep.

    `_vanished` is the index of the last month in which a case is stated though it stays open. A reopened case is
    stated closed on `_first_closed`, then not at all, then open again from the month index `_reopened` on.
    `_first_filed` is stated in the month of filing only, `_first_claim` as long as the case is open.
    """
    rows = frame.filter(
        (pl.col("filed_date") <= end)
        & (pl.col("closed_date").is_null() | (pl.col("closed_date") >= start))
        & (pl.col("_vanished").is_null() | (pl.col("_vanished") >= index))
        & (pl.col("_reopened").is_null() | (pl.col("_first_closed") >= start) | (pl.col("_reopened") <= index))
    )
    mistaken = (pl.col("_first_closed").is_between(start, end) & (pl.col("_reopened") > index)).fill_null(value=False)
    rows = rows.with_columns(
        pl.when(mistaken).then("_first_closed").otherwise("closed_date").alias("closed_date"),
        pl.when(mistaken).then(pl.lit("终结执行")).otherwise("closing_mode").alias("closing_mode"),
        pl.when(mistaken).then(pl.lit(value=True)).otherwise("actual_closure").alias("actual_closure"),
        *(
            pl.when(mistaken).then(None).otherwise(name).alias(name)
            for name in ("suspension_requested", "suspension_compliant")
        ),
    )
    running = pl.col("closed_date").is_null() | (pl.col("closed_date") > end)
    in_first_month = pl.col("filed_date").is_between(start, end) & pl.col("_first_filed").is_not_null()
    rows = rows.with_columns(
        pl.when(in_first_month).then("_first_filed").otherwise("filed_date").alias("filed_date"),
        pl.when(running)
        .then(pl.coalesce("_first_claim", "claim_amount"))
        .otherwise("claim_amount")
        .alias("claim_amount"),
    )
    changes = running & pl.col("closed_date").is_not_null()
    young = (pl.lit(end) - pl.col("filed_date")).dt.total_days() < 25
    so_far = pl.when(young).then(0).otherwise((pl.col("recovered_amount") * 0.3).cast(pl.Int64))
    return (
        rows.with_columns(pl.when(changes).then(so_far).otherwise("recovered_amount").alias("recovered_amount"))
        .with_columns(
            *(pl.when(running).then(None).otherwise(name).alias(name) for name in _KNOWN_AT_CLOSING),
            *(pl.when(pl.col(name) > end).then(None).otherwise(name).alias(name) for name in _HAPPEN_ON_THE_WAY),
            pl.when(changes)
            .then(pl.max_horizontal(pl.col("claim_amount") - pl.col("recovered_amount"), 0))
            .otherwise("outstanding_amount")
            .alias("outstanding_amount"),
            pl.when(pl.col("first_query_date") > end).then(None).otherwise("has_property").alias("has_property"),
        )
        .with_columns(pl.when(running).then(None).otherwise("closed_date").alias("closed_date"))
    )


def _contract_columns(kind: str, rows: pl.DataFrame) -> pl.DataFrame:
    if "_person" in rows.columns:
        persons = rows["_person"].to_numpy()
        name, number = ("respondent_name", "respondent_id_number") if kind == "cases" else ("person_name", "id_number")
        rows = rows.with_columns(names(persons).alias(name), id_numbers(persons).alias(number))
    if "_handler" in rows.columns:
        rows = rows.with_columns(names(rows["_handler"].to_numpy(), people_only=True).alias("handler"))
    # Optional columns that no court of a sample sends are not in its files at all: their grade, their term of grace.
    return rows.select(
        column.name for column in contract(kind).columns if column.required or column.name in rows.columns
    )
