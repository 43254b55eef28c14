"""Whether courts stand in groups in which they can be ranked: of their level, for their own cases.
That a group is known at all is asked in `checking`; who is ranked in it, by the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipelines.settings.combining import Row
from pipelines.settings.faults import Fault, fault
from pipelines.settings.tables import Sheet

# What the product's groups are: an installation may name them otherwise, and no more.
KEPT = ("scope_code", "level", "own_group")


def group_faults(
    sheets: Sequence[Sheet], effective: Mapping[str, Sequence[Row]], catalogue: Sequence[Row]
) -> list[Fault]:
    """What is wrong with groups and the courts put into them. `catalogue`: the product's groups."""
    groups = {row["peer_group"]: row for row in effective["peer_groups"]}
    found: list[Fault] = []
    for sheet in sheets:
        if sheet.table.name == "courts":
            found += _places(sheet, groups, "peer_group")
        if sheet.table.name == "peer_groups":
            own = [*_kept(sheet, catalogue), *_owned(sheet)]
            found += own or [*_places(sheet, groups, "own_group"), *_single(sheet, effective["peer_groups"])]
    return found


def _places(sheet: Sheet, groups: Mapping[str, Row], column: str) -> Iterator[Fault]:
    """A row's group has to be of the row's level, and one of own cases."""
    for line, row in sheet.rows:
        code = row.get(column, "")
        if code and groups[code]["scope_code"] != "own":
            yield fault("group_scope", sheet.file, line, column, code)
        elif code and groups[code]["level"] != row["level"]:
            yield fault("group_level", sheet.file, line, column, code, level=groups[code]["level"], own=row["level"])


def _kept(sheet: Sheet, catalogue: Sequence[Row]) -> Iterator[Fault]:
    known = {row["peer_group"]: row for row in catalogue}
    for line, row in sheet.rows:
        was = known.get(row["peer_group"], {})
        for name in KEPT:
            if was and row.get(name, "") != was[name]:
                yield fault("group_kept", sheet.file, line, name, row.get(name, ""), was=was[name] or "空 empty")


def _owned(sheet: Sheet) -> Iterator[Fault]:
    for line, row in sheet.rows:
        if (row["scope_code"] == "own") == bool(row.get("own_group")):
            yield fault("group_own", sheet.file, line, "own_group", row.get("own_group", ""))


def _single(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Fault]:
    """The courts of a group stand in one group with their jurisdictions, not in two."""
    for line, row in sheet.rows:
        whose = row.get("own_group", "")
        others = [each["peer_group"] for each in rows if whose and each.get("own_group", "") == whose]
        if other := next((code for code in others if code != row["peer_group"]), None):
            yield fault("group_twice", sheet.file, line, "own_group", whose, other=other)
