"""What earlier publications said of a number, from the ledger of published values beside the snapshots.
The ledger is only read here; what is published now is asked of the snapshot itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

LEDGER = "_values"
COLUMNS = ("definition_version", "numerator", "denominator", "value", "status", "rank", "snapshot_id", "published_at")
HISTORY = """
    select said.definition_version, said.numerator, said.denominator, said.value, said.status, said.rank,
           said.snapshot_id, publications.published_at
    from read_parquet($values) as said
    inner join read_parquet($publications) as publications
        on publications.sequence_number = said.sequence_number
    where said.is_present and said.court_code = $court and said.scope_code = $scope and said.window_code = $window
      and said.period_month = cast($month as date) and said.indicator_code = $indicator
    order by said.definition_version desc, said.sequence_number desc
"""


def history(published: Path, number: dict[str, str]) -> pd.DataFrame:
    """Every value ever published for a number (court, scope, window, month, indicator), the latest first.

    A publication that changed nothing has no row; an empty frame where no ledger is kept.
    """
    entries = sorted((published / LEDGER).glob("[0-9]*-*"))
    if not entries:
        return pd.DataFrame(columns=list(COLUMNS))
    files: dict[str, Any] = {
        part: [str(entry / f"{part}.parquet") for entry in entries] for part in ("values", "publications")
    }
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.execute(HISTORY, {**files, **number}).df()
