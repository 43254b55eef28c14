"""How figures are gamed, one function per trick: it takes a court's cases and says which it changed, and how.
Every change keeps a case in the window, and open or closed at its end, so that totals stay. Who plays: `gaming`."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.samples.world.days import NEVER, Span

Played = tuple[np.ndarray, pl.DataFrame]
_SUSPENSION, _TERMINATION, _FULL = "终结本次执行程序", "终结执行", "执行完毕"
_FIRST, _RESUMED = 0, 1


def day(cases: pl.DataFrame, column: str) -> np.ndarray:
    """Day numbers of a date column, NEVER where null."""
    return cases[column].cast(pl.Int32).fill_null(int(NEVER)).to_numpy().astype(np.int64)


def within(days: np.ndarray, span: Span) -> np.ndarray:
    return (days >= span.start) & (days <= span.end)


def put(cases: pl.DataFrame, rows: np.ndarray, **columns: object) -> pl.DataFrame:
    """The cases with new values in `rows`: arrays of day numbers for dates, else arrays or one value for all."""
    new = []
    for name, value in columns.items():
        series = pl.Series(value) if isinstance(value, np.ndarray) else pl.Series([value] * cases.height)
        cast = series.cast(pl.Int32).cast(pl.Date) if cases.schema[name] == pl.Date and value is not None else series
        new.append(pl.when(pl.Series(rows)).then(cast.cast(cases.schema[name])).otherwise(name).alias(name))
    return cases.with_columns(new)


def _closed_as(cases: pl.DataFrame, mode: str, *kinds: int) -> np.ndarray:
    right = cases["closing_mode"].fill_null("").to_numpy() == mode
    return right & np.isin(cases["_kind"].to_numpy(), kinds) & (day(cases, "closed_date") < NEVER)


def _some(rows: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    return rows & (rng.random(len(rows)) < share)


def _close_on(cases: pl.DataFrame, rows: np.ndarray, closed: np.ndarray) -> pl.DataFrame:
    """Closing moved to another day, and with it what has to come before."""
    safe = np.where(rows, closed, 0)
    suspended = rows & (cases["closing_mode"].fill_null("").to_numpy() == _SUSPENSION)
    cases = put(cases, rows, closed_date=safe)
    cases = put(cases, suspended, suspension_ruling_date=safe,
                suspension_interview_date=np.maximum(safe - 2, day(cases, "filed_date")))  # fmt: skip
    for name in ("notice_date", "property_order_date", "first_query_date", "restriction_date"):
        late = rows & (day(cases, name) < NEVER) & (day(cases, name) > safe)
        cases = put(cases, late, **{name: safe})
    return cases


def _resumed(cases: pl.DataFrame, original: np.ndarray) -> np.ndarray:
    """Cases that another one resumes: their suspension can be moved no later."""
    return np.isin(np.arange(cases.height), original[original >= 0])


def _claiming(cases: pl.DataFrame, rows: np.ndarray, claim: np.ndarray) -> pl.DataFrame:
    """Another claim in cents, with a fifth of it recovered at most."""
    recovered = np.minimum(cases["recovered_amount"].to_numpy(), claim // 5)
    return put(cases, rows, claim_amount=claim, recovered_amount=recovered, waived_amount=np.zeros_like(claim),
               outstanding_amount=claim - recovered)  # fmt: skip


def suspend_early(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    new = np.minimum(filed + rng.integers(15, 80, len(filed)), closed)
    rows = _some(
        _closed_as(cases, _SUSPENSION, _FIRST, _RESUMED) & within(closed, span) & (new >= span.start), 0.9, rng
    )
    return rows, _close_on(cases, rows, new)


def leave_out_steps(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    rows = _some(_closed_as(cases, _SUSPENSION, _FIRST, _RESUMED) & within(day(cases, "closed_date"), span), 0.7, rng)
    return rows, put(cases, rows, notice_date=None, property_order_date=None, suspension_interview_date=None)


def suspend_small_claims(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    rows = _some(_closed_as(cases, _SUSPENSION, _FIRST) & within(day(cases, "closed_date"), span), 0.8, rng)
    return rows, _claiming(cases, rows, rng.integers(300_000, 900_000, len(rows)))


def suspend_again(cases: pl.DataFrame, span: Span, rng: np.random.Generator, original: np.ndarray) -> Played:
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    other = _closed_as(cases, _FULL, _RESUMED) | _closed_as(cases, _TERMINATION, _RESUMED)
    rows = _some(other & within(closed, span) & (original >= 0), 0.95, rng)
    cases = put(cases, rows, closing_mode=_SUSPENSION, actual_closure=False, suspension_requested=False,
                suspension_compliant=True, restriction_date=np.where(rows, filed, 0))  # fmt: skip
    cases = _claiming(cases, rows, np.maximum(cases["claim_amount"].to_numpy(), 3_000_000))
    return rows, _close_on(cases, rows, closed)


def terminate_instead(cases: pl.DataFrame, span: Span, _rng: np.random.Generator, original: np.ndarray) -> Played:
    suspended = _closed_as(cases, _SUSPENSION, _FIRST) & within(day(cases, "closed_date"), span)
    rows = suspended & ~_resumed(cases, original)
    return rows, put(cases, rows, closing_mode=_TERMINATION, actual_closure=True, suspension_requested=None,
                     suspension_compliant=None, suspension_ruling_date=None,
                     suspension_interview_date=None)  # fmt: skip


def file_again(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    nobody = cases["_listed"].is_null().to_numpy() & (cases["claim_amount"].to_numpy() > 0)
    earlier = np.flatnonzero(
        _closed_as(cases, _TERMINATION, _FIRST) & nobody & (closed < span.start) & (closed > span.start - 150)
    )
    later = np.flatnonzero(nobody & (cases["_kind"].to_numpy() == _FIRST) & within(filed, span))
    count = min(len(earlier), len(later), 14)
    pairs = dict(zip(rng.permutation(later)[:count].tolist(), earlier[:count].tolist(), strict=True))
    source = np.array([pairs.get(i, i) for i in range(cases.height)])
    taken = cases.select("_person", "cause", "respondent_kind", "claim_amount")[source]
    rows = np.isin(np.arange(cases.height), list(pairs))
    cases = _claiming(cases, rows, taken["claim_amount"].to_numpy())
    return rows, cases.with_columns(taken.drop("claim_amount"))


def satisfy_with_nothing(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    claim = cases["claim_amount"].to_numpy()
    closed = within(day(cases, "closed_date"), span)
    rows = _some(_closed_as(cases, _FULL, _FIRST) & (claim > 0) & closed, 0.5, rng)
    none = np.zeros_like(claim)
    return rows, put(cases, rows, recovered_amount=none, waived_amount=none, outstanding_amount=claim)


def close_just_past(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    actual = _closed_as(cases, _FULL, _FIRST) | _closed_as(cases, _TERMINATION, _FIRST)
    age = closed - filed
    rows = _some(actual & within(closed, span) & (age > 30) & (age <= 120), 0.8, rng)
    return rows, _close_on(cases, rows, filed + rng.integers(91, 98, len(filed)))


def resume_soon(cases: pl.DataFrame, span: Span, rng: np.random.Generator, original: np.ndarray) -> Played:
    filed, closed = day(cases, "filed_date"), day(cases, "closed_date")
    chain = np.flatnonzero((original >= 0) & within(filed, span) & (rng.random(len(filed)) < 0.95))
    target = np.full(len(filed), -1, dtype=np.int64)
    target[original[chain]] = filed[chain] - rng.integers(8, 60, len(chain))
    rows = target > closed
    return rows, _close_on(cases, rows, target)


def satisfy_soon(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    new = np.minimum(filed + rng.integers(1, 7, len(filed)), closed)
    rows = _some(_closed_as(cases, _FULL, _RESUMED) & within(closed, span) & (new >= span.start), 0.8, rng)
    return rows, _close_on(cases, rows, new)


def hold_back_filings(cases: pl.DataFrame, span: Span, rng: np.random.Generator, original: np.ndarray) -> Played:
    filed, closed = day(cases, "filed_date"), day(cases, "closed_date")
    new = span.start + 32 + rng.integers(0, 26, len(filed))
    december = within(filed, Span(span.start, span.start + 30))
    able = december & (cases["_kind"].to_numpy() == _FIRST) & ((closed > new + 20) | ~_resumed(cases, original))
    rows = _some(able, 0.9, rng)
    received = day(cases, "received_date")
    cases = put(cases, rows, filed_date=new)
    cases = _close_on(cases, rows & (closed < new + 20), new + rng.integers(5, 20, len(new)))
    for name in ("notice_date", "property_order_date", "first_query_date", "restriction_date"):
        cases = put(cases, rows & (day(cases, name) < new), **{name: new + 2})
    return rows, put(cases, rows, received_date=received)


def file_late(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    filed = day(cases, "filed_date")
    rows = _some(within(filed, span) & (cases["_kind"].to_numpy() == _FIRST), 0.4, rng)
    return rows, put(cases, rows, received_date=filed - rng.integers(10, 31, len(filed)))


def rush_at_month_end(cases: pl.DataFrame, span: Span, rng: np.random.Generator, original: np.ndarray) -> Played:
    closed = day(cases, "closed_date")
    months = np.where(closed < NEVER, closed, 0).astype("datetime64[D]").astype("datetime64[M]")
    end = (months + 1).astype("datetime64[D]").astype(np.int64) - 1
    able = within(closed, span) & (cases["_kind"].to_numpy() <= _RESUMED) & (end - closed >= 10)
    rows = _some(able & ~_resumed(cases, original), 0.9, rng)
    return rows, _close_on(cases, rows, end - rng.integers(0, 9, len(end)))


def empty_the_docket(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    rows = (filed <= span.end) & (closed > span.end) & (closed < NEVER) & (cases["_kind"].to_numpy() <= _RESUMED)
    new = np.maximum(filed, span.end - rng.integers(0, 15, len(filed)))
    return rows, _close_on(cases, rows, new)


def crowd_december(cases: pl.DataFrame, span: Span, rng: np.random.Generator, original: np.ndarray) -> Played:
    closed = day(cases, "closed_date")
    autumn = within(closed, Span(span.start - 150, span.start - 1))
    rows = _some(autumn & (cases["_kind"].to_numpy() <= _RESUMED) & ~_resumed(cases, original), 0.9, rng)
    return rows, _close_on(cases, rows, span.start + rng.integers(0, 20, len(closed)))


def split(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    """Groups of four filings made one day's filings against one respondent."""
    filed, closed = day(cases, "filed_date"), day(cases, "closed_date")
    nobody = cases["_listed"].is_null().to_numpy() & (cases["_kind"].to_numpy() == _FIRST)
    fit = np.flatnonzero(nobody & within(filed, span) & (closed > filed + 45))
    fit = fit[np.argsort(filed[fit], kind="stable")]
    source, new = np.arange(cases.height), filed.copy()
    for group in (fit[at : at + 4] for at in range(0, len(fit) // 4 * 4, 4)):
        if filed[group].max() - filed[group].min() <= 40:
            source[group], new[group] = group[0], filed[group].max()
    rows = (source != np.arange(cases.height)) | (new != filed)
    taken = cases.select("_person", "cause", "respondent_kind")[source]
    cases = put(cases.with_columns(taken), rows, filed_date=new, received_date=new - rng.integers(0, 5, len(new)))
    for name in ("notice_date", "property_order_date", "first_query_date", "restriction_date"):
        cases = put(cases, rows & (day(cases, name) < new), **{name: new + 1})
    return rows, cases


def cut_claims(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    """The claim is stated higher as long as the case is open."""
    closed, filed = day(cases, "closed_date"), day(cases, "filed_date")
    claim = cases["claim_amount"].to_numpy()
    open_before = within(closed, span) & (closed - filed > 32)
    rows = _some(open_before & (claim > 0) & (cases["_kind"].to_numpy() <= _RESUMED), 0.6, rng)
    return rows, put(cases, rows, _first_claim=np.round(claim * rng.uniform(1.3, 2.5, len(claim))).astype(np.int64))


def change_dates(cases: pl.DataFrame, span: Span, rng: np.random.Generator, _original: np.ndarray) -> Played:
    """The filing date is stated some days earlier in the month of filing than ever after."""
    filed, closed = day(cases, "filed_date"), day(cases, "closed_date")
    month_day = cases["filed_date"].dt.day().to_numpy()
    rows = _some(within(filed, span) & (month_day >= 12) & (closed > filed + 32), 0.5, rng)
    return rows, put(cases, rows, _first_filed=filed - rng.integers(3, 10, len(filed)))


def let_vanish(cases: pl.DataFrame, span: Span, _rng: np.random.Generator, _original: np.ndarray) -> Played:
    """Cases open to the end are marked; from the month after the span on, they are not stated any more."""
    filed, closed = day(cases, "filed_date"), day(cases, "closed_date")
    rows = (filed < span.start - 31) & (filed > span.start - 400) & (closed >= NEVER)
    return rows & (np.cumsum(rows) <= 30), cases
