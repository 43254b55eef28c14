"""Case identifiers and case numbers by the grammar of 法〔2015〕137号, and the numbers that point to other cases.
What courts do to these numbers on their way to a file belongs to `pipelines.samples.extracts.faults`."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from pipelines.samples.world.caseload import PRESERVATION, RESUMED
from pipelines.samples.world.courts import Court
from pipelines.samples.world.days import Window

_GRAMMAR_FROM = date(2016, 1, 1)
_OUTSIDE = 50_000  # numbers of cases before the window that are resumed within it; no court had so many
_EARLIER_CASES = 180  # numbers before the first year's first case: cases filed and closed before the window


def case_numbers(frame: pl.DataFrame, court: Court, window: Window) -> pl.DataFrame:
    """Adds case_id and case_number, numbered by filing date within year and type; sorted by filing date.

    Cases filed before 2016 keep the older form, as such cases do. `_row` is the position before sorting.
    """
    year = pl.col("filed_date").dt.year()
    numbered = (
        frame.with_row_index("_row")
        .sort("filed_date", "_row")
        .with_columns(pl.int_range(1, pl.len() + 1).over(year, "_kind").alias("_number"))
        .with_columns(
            pl.when(year <= window.months[0].year)
            .then(pl.col("_number") + (_EARLIER_CASES * court.load).__ceil__())
            .otherwise(pl.col("_number"))
            .alias("_number")
        )
    )
    new = pl.concat_str(pl.lit("（"), year, pl.lit(f"）{court.case_prefix}"), "case_type", "_number", pl.lit("号"))
    place = _old_place(court)
    old = pl.concat_str(
        pl.lit("（"), year, pl.lit(f"）{place}法"), "case_type", pl.lit("字第"),
        pl.col("_number").cast(pl.String).str.zfill(5), pl.lit("号"),
    )  # fmt: skip
    identifier = pl.concat_str(
        pl.lit(f"39{court.index + 1:03d}"), year, pl.lit("0"), "_kind", pl.col("_number").cast(pl.String).str.zfill(9)
    )
    legacy = (pl.col("filed_date") < _GRAMMAR_FROM) & (not court.renumbered)
    return numbered.with_columns(
        identifier.alias("case_id"), pl.when(legacy).then(old).otherwise(new).alias("case_number")
    )


def _old_place(court: Court) -> str:
    """How old case numbers named the court: 城东 for its court, 西宁中 for the intermediate court."""
    return court.short_name.removesuffix("院").removesuffix("法")


def originals(frame: pl.DataFrame, original: np.ndarray, court: Court) -> pl.DataFrame:
    """Adds original_case_number: the resumed case's number, or a number from before the window."""
    numbers = frame.sort("_row")["case_number"]
    known = numbers.gather(pl.Series(np.maximum(original, 0).astype(np.uint32)))
    before = pl.Series(_OUTSIDE + np.arange(len(frame))).cast(pl.String)
    resumed = pl.DataFrame({"_row": np.arange(len(frame), dtype=np.uint32), "_known": known, "_has": original >= 0,
                            "_before": before})  # fmt: skip
    year = pl.min_horizontal(pl.col("filed_date").dt.year() - 1, pl.lit(2015))
    opening = pl.lit(f"）{_old_place(court)}法执字第")
    outside = pl.concat_str(pl.lit("（"), year, opening, "_before", pl.lit("号"))
    return (
        frame.join(resumed, on="_row", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("_kind") == RESUMED)
            .then(pl.when("_has").then("_known").otherwise(outside))
            .otherwise(None)
            .alias("original_case_number")
        )
        .drop("_known", "_has", "_before")
    )


def preservation_numbers(frame: pl.DataFrame, court: Court, rng: np.random.Generator) -> pl.DataFrame:
    """Adds preservation_case_number to preserved first-enforcement cases: an earlier 执保 case of the court."""
    kept = frame.filter(pl.col("_kind") == PRESERVATION)
    before = kept["filed_date"].search_sorted(frame["filed_date"], side="left").to_numpy().astype(np.int64)
    pick = np.maximum(before - 1 - np.minimum(rng.integers(0, 12, len(frame)), np.maximum(before - 1, 0)), 0)
    if len(kept):
        known = kept["case_number"].gather(pl.Series(pick.astype(np.uint32)))
    else:
        known = pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    outside = pl.Series([f"（{frame['filed_date'][0].year}）{court.case_prefix}执保1号"] if len(frame) else ["-"])
    number = pl.when(pl.Series(before > 0)).then(known).otherwise(pl.lit(outside[0]))
    return frame.with_columns(pl.when("_preserved").then(number).otherwise(None).alias("preservation_case_number"))
