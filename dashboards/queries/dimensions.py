"""What a page can choose from: months, windows, peer groups, courts, indicators, provinces.
The figures themselves belong to the modules named after the pages."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.month import Month, with_months
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)


def months(cursor: Cursor, province: str) -> pd.DataFrame:
    """month: from the first that a court of the province delivered to the last, newest first."""
    return with_months(SQL.frame(cursor, "months", province=province), "month")


def provisional_months(cursor: Cursor) -> pd.DataFrame:
    """month: those whose year has no schedule of days off; none in a snapshot from before they were marked."""
    is_known = SQL.tells(cursor, "knows_provisional_calendars")
    found = SQL.frame(cursor, "provisional_months") if is_known else pd.DataFrame({"month": []})
    return with_months(found, "month")


def windows(cursor: Cursor) -> pd.DataFrame:
    """window_code, name_zh, name_en in their order."""
    return SQL.frame(cursor, "windows")


def peer_groups(cursor: Cursor) -> pd.DataFrame:
    """Peer groups that have at least one court in this snapshot."""
    return SQL.frame(cursor, "peer_groups")


def courts(cursor: Cursor) -> pd.DataFrame:
    """Every court with its names, level, parent and prefecture, in the official order."""
    return SQL.frame(cursor, "courts")


def courts_of(cursor: Cursor, month: Month) -> pd.DataFrame:
    """The courts as `courts` has them, with names, prefixes, courts above and groups as they were in that month."""
    return dated(courts(cursor), court_periods(cursor, month))


def court_periods(cursor: Cursor, month: Month) -> pd.DataFrame:
    """Names, prefix, parent, prefecture and group that the month has of the courts which have more than one row."""
    if not SQL.tells(cursor, "knows_court_periods"):
        return pd.DataFrame({"court_code": []})
    return SQL.frame(cursor, "court_periods", month=month)


def dated(frame: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """The list of courts with what `then` says of some of them put in; a prefecture is called as its court is."""
    if then.empty:
        return frame
    found, said = frame.set_index("court_code", drop=False), then.set_index("court_code")
    found.loc[said.index, said.columns] = said
    for lang in ("zh", "en"):
        names = found[f"short_name_{lang}"].to_dict()
        found[f"prefecture_name_{lang}"] = found["prefecture_code"].map(names)
    return found.reset_index(drop=True)


def members(cursor: Cursor, court: str, scope: str) -> pd.DataFrame:
    """court_code: the courts whose records the scope adds up in whatever month, in the official order."""
    return SQL.frame(cursor, "members", court=court, scope=scope)


def members_of(cursor: Cursor, court: str, scope: str, first: Month, last: Month) -> pd.DataFrame:
    """court_code: those of them that are members in one of these months; in the official order."""
    found = members(cursor, court, scope)
    if not SQL.tells(cursor, "knows_court_periods"):
        return found
    then = SQL.frame(cursor, "members_of_months", court=court, scope=scope, first=first, last=last)
    return found[found["court_code"].isin(then["court_code"])].reset_index(drop=True)


def scopes(cursor: Cursor, court: str) -> pd.DataFrame:
    """scope_code: what the court's figures are added up for."""
    return SQL.frame(cursor, "scopes", court=court)


def indicators(cursor: Cursor) -> pd.DataFrame:
    """The newest version of every indicator, in the catalogue's order."""
    return SQL.frame(cursor, "indicators")


def leading(cursor: Cursor, month: Month) -> list[str]:
    """What overview and bulletin are about: what decides the composite, and what the recommended set only watches."""
    return [str(code) for code in SQL.frame(cursor, "leading", month=month)["indicator_code"]]


def last_deliveries(cursor: Cursor) -> pd.DataFrame:
    """The last month each court delivered anything, for courts that are late."""
    return SQL.frame(cursor, "last_deliveries")
