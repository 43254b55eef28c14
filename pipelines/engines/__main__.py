"""Fills the warehouse from an engine, in a process of its own: what the engine needs stays out of the run's.
`python -m pipelines.engines ENGINE [ADDRESS]`; called by the models' asset, not by hand."""

from __future__ import annotations

import sys

from pipelines.engines import building, filling, placing, session
from pipelines.layout import layout


def main() -> int:
    """0 when the warehouse is filled; 1 with what the engine said."""
    try:
        filling.fill(layout(), *sys.argv[1:3])
    except (session.NoEngineError, placing.LocationError, building.BuildFailedError) as problem:
        sys.stderr.write(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
