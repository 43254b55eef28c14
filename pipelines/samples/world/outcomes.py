"""How an enforcement case ends: amount claimed, closing mode, how long it takes.
Exact closures per period belong to `settlement`; the dates in between to `cases`."""

from __future__ import annotations

import numpy as np

from pipelines.samples.world.courts import Court

MODES = ("执行完毕", "终结本次执行程序", "终结执行", "销案", "不予执行", "驳回申请")
FULL, SUSPENSION, TERMINATION, WITHDRAWAL, REFUSAL, DISMISSAL = range(6)
SUSPENSION_MINIMUM_DAYS = 93  # more than three months after filing: 法〔2016〕373号 §1(4)

_FIRST = np.array([0.390, 0.355, 0.205, 0.030, 0.008, 0.012])
_RESUMED = np.array([0.27, 0.38, 0.31, 0.02, 0.005, 0.015])
_MEAN_DAYS = np.array([31.0, 13.0, 45.0, 15.0, 26.0, 22.0])  # of suspension: beyond its minimum
_SHAPE = np.array([1.3, 1.0, 1.4, 1.2, 1.5, 1.5])
_REQUESTED_SHARE = 0.14  # of suspensions: the applicant asked, so that the three months need not have passed
_LEAST_SUSPENDED = 2_600_000  # cents, where a claim of zero was drawn: assumed
_LONG_SHARE = 0.058
_PULL_SHARE = 0.42  # of closures due in January or February: hurried into December


def claims(count: int, rng: np.random.Generator, median_yuan: int = 48_000) -> np.ndarray:
    """Amounts claimed in cents: heavy-tailed, few above ten million yuan, some zero because an act is claimed."""
    body = rng.lognormal(np.log(median_yuan), 1.45, count)
    tail = 1_500_000 * (1 + rng.pareto(1.7, count))
    yuan = np.where(rng.random(count) < 0.015, np.minimum(tail, 60_000_000), np.minimum(body, 20_000_000))
    cents = np.round(yuan * 100).astype(np.int64)
    round_sum = rng.random(count) < 0.45
    cents = np.where(round_sum, np.maximum(cents // 100_000, 1) * 100_000, np.maximum(cents, 10_000))
    return np.where(rng.random(count) < 0.035, 0, cents)


def never_an_act(mode: np.ndarray, claim: np.ndarray) -> np.ndarray:
    """Claims in cents; an act cannot be suspended (check 12 of the coded checks), so a suspended case claims money."""
    return np.where((mode == SUSPENSION) & (claim == 0), _LEAST_SUSPENDED, claim)


def modes(court: Court, filed: np.ndarray, claim: np.ndarray, middle: float, span: float, rng: np.random.Generator,
          *, resumed: bool) -> np.ndarray:  # fmt: skip
    """Closing mode of each case by the court's character at the time, and by the size of the claim."""
    at = (filed - middle) / max(span, 1.0)
    size = np.where(claim > 0, (np.log(np.maximum(claim, 1) / 100) - 10.8) / 1.45, -0.5)
    logits = np.tile(np.log(_RESUMED if resumed else _FIRST), (len(filed), 1))
    logits[:, FULL] += court.satisfaction + court.trend * at - 0.20 * size
    logits[:, SUSPENSION] += court.suspension - 0.6 * court.trend * at + 0.16 * size
    return np.argmax(logits + rng.gumbel(size=logits.shape), axis=1).astype(np.int8)


def durations(court: Court, mode: np.ndarray, filed: np.ndarray, middle: float, span: float,
              rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """(days from filing to closing, whether the applicant asked for suspension) of implementing cases."""
    at = (filed - middle) / max(span, 1.0)
    pace = court.speed * np.exp(-0.35 * court.trend * at)
    days = rng.gamma(_SHAPE[mode], _MEAN_DAYS[mode] / _SHAPE[mode]) * pace
    suspended = mode == SUSPENSION
    requested = suspended & (rng.random(len(mode)) < _REQUESTED_SHARE)
    days = np.where(suspended & ~requested, SUSPENSION_MINIMUM_DAYS + days, days)
    days = np.where(requested, 20 + rng.gamma(2.0, 16.0, len(mode)) * pace, days)
    long = (rng.random(len(mode)) < _LONG_SHARE * np.exp(-0.6 * court.punctuality)) & (mode <= TERMINATION)
    days = np.where(long, days + 95 + rng.gamma(1.3, 110.0, len(mode)), days)
    return np.maximum(np.round(days), 1).astype(np.int32), requested


def hurried(filed: np.ndarray, close: np.ndarray, mode: np.ndarray, requested: np.ndarray,
            rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    """Closing days after the December rush: some closures of January and February come before the year's end."""
    month = close.astype("datetime64[D]").astype("datetime64[M]")
    new_year = (month.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int32)) - 1
    pulled_to = new_year - rng.integers(0, 24, len(close)).astype(np.int32)
    earliest = filed + np.where((mode == SUSPENSION) & ~requested, SUSPENSION_MINIMUM_DAYS, 3)
    due = (month.astype(int) % 12 < 2) & (rng.random(len(close)) < _PULL_SHARE) & (pulled_to >= earliest)
    return np.where(due, pulled_to, close).astype(np.int32)
