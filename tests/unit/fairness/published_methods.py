"""Published ways to say how sure a rank is, written down anew and independently of the product.
The product's own way is in pipelines.fairness; what both have to agree on is in test_published_methods."""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, ndtri, polygamma

from tests.unit.fairness.simulated import Bounds, Ints

Floats = np.ndarray


def log_odds(successes: Ints, trials: Ints) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the log odds under Jeffreys' prior."""
    a, b = successes + 0.5, trials - successes + 0.5
    return digamma(a) - digamma(b), np.sqrt(polygamma(1, a) + polygamma(1, b))


def pairwise_bounds(centre: Floats, error: Floats, simultaneous: bool = True) -> Bounds:
    """1 + courts surely better … N − courts surely worse (Mogstad, Romano, Shaikh and Wilhelm; csranks).

    Simultaneous over the N − 1 comparisons of a court by Bonferroni, two-sided 95 %; or each pair at 95 % on its own.
    """
    count = len(centre)
    reach = float(-ndtri(0.025 / (count - 1 if simultaneous else 1)))
    difference = (centre[None, :] - centre[:, None]) / np.sqrt(error[None, :] ** 2 + error[:, None] ** 2)
    return 1 + (difference > reach).sum(axis=1), count - (difference < -reach).sum(axis=1)


def plain_bounds(successes: Ints, trials: Ints, draws: int = 1000) -> Bounds:
    """Quantiles of the ranks of plain draws from each court's own posterior: what the product does not do."""
    centre, error = log_odds(successes, trials)
    chance = np.random.default_rng(int(successes.sum()))
    drawn = centre[:, None] + error[:, None] * chance.standard_normal((len(centre), draws))
    ranked = np.stack([1 + (drawn > own).sum(axis=0) for own in drawn])
    low, high = np.quantile(ranked, [0.025, 0.975], axis=1, method="inverted_cdf")
    return low.astype(int), high.astype(int)


def bars_part(first: tuple[float, float], second: tuple[float, float]) -> bool:
    """Whether the bars of 1.39 standard errors of two courts do not meet (Goldstein and Healy 1995, used by
    Goldstein and Spiegelhalter 1996): with equal errors, a difference at the 5 % level."""
    (a, a_error), (b, b_error) = first, second
    return abs(a - b) > 1.39 * (a_error + b_error)
