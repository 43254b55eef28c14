"""Listings of defaulters and orders restricting consumption of one court, from publication to deletion.
Which cases bring a listing belongs to `listings`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.extracts.contracts import vocabulary
from pipelines.samples.world.cases import days
from pipelines.samples.world.days import NEVER, stream
from pipelines.samples.world.gaming import scheme_of
from pipelines.samples.world.plan import CourtPlan, Plan
from pipelines.samples.world.times import identifiers

_GROUND_SHARES = (0.01, 0.05, 0.40, 0.06, 0.04, 0.44)
_ON_TIME = 2.6  # logit of deletion within three working days
_TWO_YEARS = "2y"


def court_listings(plan: Plan, share: CourtPlan, cases: pl.DataFrame) -> pl.DataFrame:
    """Listings of one court; deletion becomes due when the case is satisfied or the term of two years runs out."""
    rng = stream(plan.seed, "defaulters", share.court.code)
    listed = cases.filter(pl.col("_listed").is_not_null()).sort("_listed", "case_id")
    grounds = [term.value for term in vocabulary("ground")]
    ground = rng.choice(len(grounds), listed.height, p=_GROUND_SHARES)
    frame = listed.select(
        "case_number", "court_code", "_person", "case_id", "restriction_date",
        pl.col("respondent_kind").alias("party_kind"),
        pl.Series("ground", grounds, dtype=pl.String).gather(pl.Series(ground.astype(np.uint32))),
        pl.col("_listed").alias("published_date"),
        pl.when(pl.Series(ground > 0)).then(pl.col("_listed").dt.offset_by(_TWO_YEARS)).otherwise(None)
        .alias("term_end_date"),
        pl.when(pl.col("closing_mode") == "执行完毕").then("closed_date").otherwise(None).alias("_paid"),
        pl.when(pl.col("closing_mode") == "终结执行").then("closed_date").otherwise(None).alias("_ended"),
    )  # fmt: skip
    end = pl.lit(plan.window.end).cast(pl.Int32).cast(pl.Date)
    trigger = pl.coalesce("_paid", "_ended", pl.when(pl.col("term_end_date") <= end).then("term_end_date"))
    reason = (
        pl.when(pl.col("_paid").is_not_null()).then(pl.lit("履行完毕"))
        .when(pl.col("_ended").is_not_null()).then(pl.lit("终结执行"))
        .otherwise(pl.lit("期限届满"))
    )  # fmt: skip
    frame = frame.with_columns(trigger.alias("deletion_trigger_date")).with_columns(
        pl.when(pl.col("deletion_trigger_date").is_not_null()).then(reason).otherwise(None).alias("deletion_trigger"),
        pl.Series("corrected_flag", rng.random(listed.height) < 0.004),
    )
    number = pl.lit(7_000_000_000 + (share.court.index + 1) * 10_000_000) + pl.int_range(pl.len())
    frame = frame.with_columns(
        _delisted(plan, share, frame["deletion_trigger_date"], rng).alias("delisted_date"),
        number.cast(pl.String).alias("listing_id"),
    )
    return _gamed(plan, share, frame)


def _gamed(plan: Plan, share: CourtPlan, frame: pl.DataFrame) -> pl.DataFrame:
    """Listings of a court that delists far too late, lists without a ground, or lists again what it has delisted."""
    scheme = scheme_of(plan, share)
    if scheme is None or scheme.code not in ("GC23", "GC24", "GC25"):
        return frame
    rng = stream(plan.seed, "gaming listings", share.court.code)
    chosen = pl.Series(rng.random(frame.height) < 0.7)
    first, last, end = (pl.lit(day).cast(pl.Int32).cast(pl.Date) for day in (
        scheme.span.start, scheme.span.end, plan.window.end))  # fmt: skip
    if scheme.code == "GC24":
        rows = chosen & pl.col("published_date").is_between(first, last)
        return frame.with_columns(pl.when(rows).then(None).otherwise("ground").alias("ground"))
    if scheme.code == "GC23":
        rows = chosen & pl.col("deletion_trigger_date").is_between(first, last)
        late = pl.min_horizontal(pl.col("deletion_trigger_date").dt.offset_by("75d"), end)
        return frame.with_columns(pl.when(rows).then(late).otherwise("delisted_date").alias("delisted_date"))
    again = frame.filter(chosen & pl.col("delisted_date").is_between(first, last)).with_columns(
        pl.col("delisted_date").dt.offset_by("20d").alias("published_date"),
        pl.lit(None, dtype=pl.Date).alias("deletion_trigger_date"),
        pl.lit(None, dtype=pl.Date).alias("delisted_date"),
        pl.lit(None, dtype=pl.String).alias("deletion_trigger"),
        pl.lit(None, dtype=pl.Date).alias("term_end_date"),
        (pl.col("listing_id").cast(pl.Int64) + 5_000_000).cast(pl.String).alias("listing_id"),
    )
    return pl.concat([frame, again])


def _delisted(plan: Plan, share: CourtPlan, trigger: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Mostly within three working days; never before the ground arose; null beyond the window."""
    arose = trigger.cast(pl.Int32).fill_null(NEVER).to_numpy()
    due = arose < NEVER
    safe = np.where(due, arose, 0).astype("datetime64[D]")
    on_time = rng.random(len(arose)) < 1 / (1 + np.exp(-(_ON_TIME + share.court.punctuality)))
    working = np.where(on_time, rng.integers(0, 4, len(arose)), 4 + rng.geometric(0.15, len(arose)))
    gone = np.busday_offset(safe, working, roll="forward").astype(np.int64).astype(np.int32)
    return days(np.where(due & (gone <= plan.window.end), gone, NEVER))


def court_restrictions(plan: Plan, share: CourtPlan, cases: pl.DataFrame, listings: pl.DataFrame) -> pl.DataFrame:
    """Orders of one court: one for each case with a restriction date; per period as many as planned, if planned."""
    rng = stream(plan.seed, "restrictions", share.court.code)
    gone = listings.select("case_number", pl.col("delisted_date").alias("_gone"))
    frame = cases.filter(pl.col("restriction_date") >= pl.lit(plan.window.start).cast(pl.Int32).cast(pl.Date))
    frame = frame.join(gone, on="case_number", how="left", maintain_order="left").select(
        "case_number", "court_code", "_person",
        pl.col("restriction_date").alias("issued_date"),
        pl.when(pl.col("closing_mode") == "执行完毕")
        .then(pl.max_horizontal("closed_date", "restriction_date", "_gone"))
        .otherwise("_gone").alias("lifted_date"),
        pl.col("_listed").is_not_null().alias("_is_listed"),
    )  # fmt: skip
    if "restrictions" in share.totals:
        frame = _as_planned(plan, share, frame, rng)
    return frame.sort("issued_date", "case_number").with_columns(
        identifiers("XX", share.court.index).alias("restriction_id")
    )


def _as_planned(plan: Plan, share: CourtPlan, frame: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Exactly the planned number of orders in each period: some are left out, unlisted ones first, or issued twice."""
    listed = frame["_is_listed"].to_numpy()
    issued = frame["issued_date"].cast(pl.Int32).to_numpy()
    kept = []
    for span, wanted in zip(plan.window.periods, share.totals["restrictions"], strict=True):
        rows = rng.permutation(np.flatnonzero((issued >= span.start) & (issued <= span.end)))
        rows = rows[np.argsort(~listed[rows], kind="stable")]
        if wanted and not len(rows):
            raise ValueError("restrictions are wanted where no case has any: ask for more cases")
        kept.append(np.resize(rows, wanted) if wanted else rows[:0])
    return frame[np.concatenate(kept).astype(np.int64)]
