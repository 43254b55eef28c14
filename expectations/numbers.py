"""Which courts a case number's prefix can mean, as a table that the gate asks: present prefixes, and those of aliases.
That a number is one at all is said by the grammar; what a contradiction does is said by the rules."""

from __future__ import annotations

import duckdb

from pipelines.extracts.courts import CourtRegister, load_register
from pipelines.layout import layout
from pipelines.settings.effective import seeds


def register() -> CourtRegister:
    """The courts of the settings in force, as receiving knows them."""
    return load_register(seeds(layout()))


def make_prefixes_table(connection: duckdb.DuckDBPyConnection) -> None:
    """Prefix × court that bears it or bore it, or has the cases of one that did."""
    known = register()
    pairs = [
        (prefix, heir)
        for prefix, courts in known.by_prefix.items()
        for heir in sorted({heir for court in courts for heir in known.heirs(court)})
    ]
    connection.execute("create or replace table prefixes (prefix varchar, court_code varchar)")
    prefixes, courts = zip(*pairs, strict=True) if pairs else ((), ())
    # Row by row it is a transaction each: a tenth of a second for every kind.
    connection.execute("insert into prefixes select unnest($1), unnest($2)", [list(prefixes), list(courts)])


def of_another_court(column: str) -> str:
    """SQL on `lake` and `standing`: whether a parsed number names a court that is not the row's.

    So it does if its prefix is another court's, or another province's; an unknown one of the province may be new. The
    Supreme Court's own say nothing, and of a court that the register does not know nothing can be said.
    """
    prefix = f"regexp_extract(lake.{column}, '^（[0-9]+）([^0-9][0-9]*)', 1)"
    return f"""
        coalesce(
            lake.{column}_status = 'parsed'
            and lake.{column} not like '%）最高法%'
            and standing.court_code in (select court_code from prefixes)
            and ({prefix}, standing.court_code) not in (select (prefix, court_code) from prefixes)
            and (
                {prefix} in (select prefix from prefixes)
                or (left({prefix}, 1), standing.court_code) not in (select (left(prefix, 1), court_code) from prefixes)
            ),
            false
        )
    """  # noqa: S608 - names come from our contracts and rules
