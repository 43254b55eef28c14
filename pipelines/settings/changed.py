"""What the installation's settings say otherwise than when an earlier snapshot was made, row by row.
Whether a change may reach back is asked in `closed`; which figures it moved is found by the models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import snapshots
from pipelines.layout import Layout
from pipelines.settings.combining import FIRST, Row, day
from pipelines.settings.effective import are_own, load
from pipelines.settings.tables import ENDINGS, REASON, Sheet, Table, read, tables

# What a change of a table does to a figure of the past.
CAUSES = {
    "courts": "register_changed",
    "court_aliases": "register_changed",
    "indicator_weights": "weight_changed",
    "working_days": "calendar_changed",
    "definition_choices": "definition_changed",
    "thresholds": "definition_changed",
    "indicator_sets": "definition_changed",
    "indicator_set_members": "definition_changed",
}
# How a restatement says it, before the row.
SAID = {
    "register_changed": ("法院名册有改动：", "The register of courts was changed: "),
    "weight_changed": ("指标权重有改动：", "Weights were changed: "),
    "calendar_changed": ("工作日历有改动：", "The calendar of working days was changed: "),
    "definition_changed": ("本院口径有改动：", "The installation’s definitions were changed: "),
}
# Where a row has no day of its own, it counts from the first.
BEGINS = ("valid_from", "day", "delivers_from")


def rows(layout: Layout) -> Iterator[dict[str, Any]]:
    """One row per snapshot that is kept and row changed since; none while the settings are not the installation's."""
    if not are_own(layout):
        return
    now = {sheet.table.name: sheet for sheet in load(layout).sheets}
    for snapshot_id in snapshots.kept(layout):
        folder = layout.published / snapshot_id
        said = (snapshots.described(folder) or {}).get("settings", {})
        if not said.get("is_own") or not (folder / snapshots.SETTINGS).is_dir():
            continue
        for name, cause in CAUSES.items():
            before = _sheet(folder / snapshots.SETTINGS, name)
            for found in _differences(before, now.get(name)):
                zh, en = SAID[cause]
                told = {"row_zh": zh + found["row_zh"], "row_en": en + found["row_en"]}
                yield {"snapshot_id": snapshot_id, "cause_code": cause, **found, **told}


def worded(before: Sheet | None, now: Sheet | None) -> list[tuple[str, str]]:
    """Which rows two sheets of a table say otherwise, in Chinese and English: file, key, column, old → new."""
    return [(found["row_zh"], found["row_en"]) for found in _differences(before, now)]


def _sheet(folder: Path, name: str) -> Sheet | None:
    paths = [folder / f"{name}{ending}" for ending in ENDINGS]
    return next((read(path, tables()[name]) for path in paths if path.exists()), None)


def _differences(before: Sheet | None, now: Sheet | None) -> Iterator[dict[str, Any]]:
    sheet = now or before
    if sheet is None:
        return
    table = sheet.table
    then, current = _by_key(table, before), _by_key(table, now)
    for key in sorted(then.keys() | current.keys()):
        old, new = then.get(key, {}), current.get(key, {})
        changed = {
            column.name: (old.get(column.name, ""), new.get(column.name, ""))
            for column in table.columns
            if old.get(column.name, "") != new.get(column.name, "")
        }
        if changed:
            yield _told(sheet, key, old, new, changed)


def _by_key(table: Table, sheet: Sheet | None) -> dict[tuple[str, ...], Row]:
    names = dict.fromkeys((*table.key, *((table.from_column,) if table.from_column else ())))
    found = sheet.rows if sheet else ()
    return {tuple(row.get(name, "") for name in names): {**row, REASON: ""} for _, row in found}


def _told(
    sheet: Sheet, key: tuple[str, ...], old: Row, new: Row, changed: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    table = sheet.table
    row, headers = new or old, {column.name: column.zh for column in table.columns}
    place = f"{sheet.file} {' '.join(filter(None, key))}"
    said = [(name, values) for name, values in changed.items() if old and new and name not in table.key]
    zh = "；".join(f"{headers[name]} {was or '空'} → {now or '空'}" for name, (was, now) in said)
    en = "; ".join(f"{name} {was or 'empty'} → {now or 'empty'}" for name, (was, now) in said)
    days = [day(each[name], FIRST) for each in (old, new) for name in BEGINS if each.get(name)]
    return {
        "court_code": row.get("court_code") or None,
        "indicator_code": row.get("indicator_code") or None,
        "first_month": (min(days) if days else date(1900, 1, 1)).replace(day=1),
        "row_zh": f"{place}：{zh or ('新增' if new else '删去')}",
        "row_en": f"{place}: {en or ('added' if new else 'deleted')}",
    }
