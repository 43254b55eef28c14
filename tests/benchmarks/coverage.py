"""The coverage study at length: `python -m tests.benchmarks.coverage`. How often rank intervals hold the true rank of
simulated provinces, with their width, beside plain draws and pairwise bounds; with `--ends` how often the sets hold all
true last and first ones, with their size. The short studies are unit tests."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from pipelines.fairness.sets import ends
from tests.unit.fairness.published_methods import log_odds, pairwise_bounds, plain_bounds
from tests.unit.fairness.simulated import (
    Bounds,
    Ends,
    Ints,
    Setting,
    Study,
    composite_study,
    drawn_bounds,
    ends_study,
    sets_of_composite,
    sets_of_shares,
    study,
)

# Sizes and spread of the simulation in the domain notes (gaming_checks.md §1): a month, a quarter, a year.
SETTINGS = (
    Setting("150 courts, month", 150, 125, 0.35, 0.06),
    Setting("150 courts, quarter", 150, 375, 0.35, 0.06),
    Setting("150 courts, year", 150, 1500, 0.35, 0.06),
    Setting("45 courts, month", 45, 60, 0.35, 0.06),
    Setting("45 courts, year", 45, 700, 0.35, 0.06),
    Setting("45 courts alike, year", 45, 700, 0.35, 0.01),
    Setting("45 courts near 100 %", 45, 300, 0.97, 0.015),
    Setting("9 courts, quarter", 9, 375, 0.35, 0.06),
)


def pairwise(successes: Ints, trials: Ints) -> Bounds:
    return pairwise_bounds(*log_odds(successes, trials))


def each_pair(successes: Ints, trials: Ints) -> Bounds:
    return pairwise_bounds(*log_odds(successes, trials), simultaneous=False)


METHODS = {"ours": drawn_bounds, "plain draws": plain_bounds, "each pair at 95 %": each_pair, "simultaneous": pairwise}


def _say(name: str, method: str, found: Study) -> None:
    sys.stdout.write(
        f"{name:24} {method:18} {found.coverage:8.3f} {found.at_the_ends:8.3f} {found.width:8.1f} of {found.courts}\n"
    )


def _say_ends(name: str, found: Ends, courts: int) -> None:
    sys.stdout.write(f"{name:24} {found.last:8.3f} {found.first:8.3f} {found.size:8.1f} of {courts}\n")


def _ends(provinces: int, seed: int) -> None:
    """In what share of provinces the sets hold all true last and first ones, and how large the set of the last is."""
    sys.stdout.write(f"{'':24} {'last':>8} {'first':>8} {'size':>8}\n")
    for setting in SETTINGS:
        found = ends_study(partial(sets_of_shares, setting), ends(setting.courts), provinces, seed)
        _say_ends(setting.name, found, setting.courts)
    for median in (150, 1500):
        found = ends_study(partial(sets_of_composite, 46, median), ends(46), provinces, seed)
        _say_ends(f"composite, median {median}", found, 46)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.coverage")
    asked.add_argument("--provinces", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--ends", action="store_true", help="sets of the first and the last instead of intervals")
    options = asked.parse_args()
    if options.ends:
        _ends(options.provinces, options.seed)
        return
    sys.stdout.write(f"{'':24} {'method':18} {'covered':>8} {'at ends':>8} {'width':>8}\n")
    for setting in SETTINGS:
        for name, method in METHODS.items():
            _say(setting.name, name, study(setting, options.provinces, options.seed, method))
    for median in (150, 1500):
        found = composite_study(45, median, options.provinces, options.seed)
        _say(f"composite, median {median}", "ours", found)


if __name__ == "__main__":
    main()
