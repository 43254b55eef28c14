"""What is news for one reader in one snapshot: each item with a key, so that it is told once, and codes to word it by.
Words and files belong to the modules beside this one; what a reader may see is in the database that is asked."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import pandas as pd

from dashboards import findings, formats
from dashboards.access.readers import Reader
from dashboards.month import Month
from dashboards.outbox import queries
from dashboards.proceedings import decisions, objections, subscriptions
from dashboards.proceedings.subscriptions import Follow
from dashboards.queries import dimensions, windows
from dashboards.rows import records

Cursor = duckdb.DuckDBPyConnection
OWN = ("objection", "due", "check")  # topics that rest on records or acts, not on the province's figures
SOON = timedelta(days=7)  # a due date is told this long before it comes, and once more when it has passed


@dataclass(frozen=True)
class Item:
    """`phrase` is a text of the outbox, `said` what fills it: codes and numbers, worded in the reader's language."""

    key: str
    topic: str
    phrase: str
    court: str = ""
    indicator: str = ""
    month: str = ""
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """For whom, from which province's figures, of which month; `own` are the courts whose records they see."""

    reader: Reader
    province: str
    month: Month
    own: tuple[str, ...]
    follows: tuple[Follow, ...]

    def follows_all(self, topic: str) -> bool:
        return Follow(topic, "") in self.follows

    def follows_either(self, court: str, indicator: str = "") -> bool:
        return Follow("court", court) in self.follows or Follow("indicator", indicator) in self.follows


def is_shown(item: Item, courts: Container[str], own: Container[str]) -> bool:
    """Whether an item may be shown to a reader of these courts: what stands in records, of their own courts only."""
    return item.court in courts and (item.topic not in OWN or item.court in own)


def own_courts(cursor: Cursor, province: str, reader: Reader) -> tuple[str, ...]:
    """The courts whose records the reader may see, in the official order."""
    rows = [row for row in records(dimensions.courts(cursor)) if row["province_code"] == province]
    return reader.own_courts({str(row["court_code"]): row["parent_court_code"] for row in rows})


def courts(cursor: Cursor, province: str) -> frozenset[str]:
    """The courts of a province."""
    rows = records(dimensions.courts(cursor))
    return frozenset(str(row["court_code"]) for row in rows if row["province_code"] == province)


def items(cursor: Cursor, asked: Asked, today: date) -> list[Item]:
    """Everything that is news for the reader, told before or not, in the order of the topics."""
    return [
        *_changes(cursor, asked),
        *_restatements(cursor, asked),
        *_flags(cursor, asked),
        *_deliveries(cursor, asked),
        *_objections(asked),
        *_due(asked, today),
    ]


def _changes(cursor: Cursor, asked: Asked) -> Iterator[Item]:
    """By the published judgement on chance (95 %), of the window that pages show by default."""
    for row in records(queries.changed(cursor, asked.province, asked.month, windows.DEFAULT)):
        court, indicator = str(row["court_code"]), str(row["indicator_code"])
        verdict = findings.judged_verdict(row)
        if not asked.follows_either(court, indicator) or verdict in ("none", "same", "noise", "incomplete"):
            continue
        said = {"value": float(row["value"]), "change": float(row["value_change"]), "unit": row["unit"]}
        key = _key("indicator", indicator, row["definition_version"], court, asked.month, verdict)
        yield Item(key, "indicator", verdict, court, indicator, str(asked.month), said)


def _restatements(cursor: Cursor, asked: Asked) -> Iterator[Item]:
    for row in records(queries.restated(cursor, asked.province, windows.DEFAULT)):
        court, indicator = str(row["court_code"]), str(row["indicator_code"])
        if asked.follows_either(court, indicator):
            said = {"count": int(row["month_count"]), "first": str(row["first_month"]), "last": str(row["last_month"])}
            key = _key("restated", indicator, court, row["delivery"])
            yield Item(key, "indicator", "restated", court, indicator, str(row["last_month"]), said)


def _flags(cursor: Cursor, asked: Asked) -> Iterator[Item]:
    if not asked.follows_all("check"):
        return
    for row in records(queries.flagged(cursor, asked.province, asked.month)):
        said = {"check": str(row["check_code"]), "name_zh": row["name_zh"], "name_en": row["name_en"]}
        key = _key("check", row["check_code"], row["court_code"], asked.month, row["flag"])
        yield Item(key, "check", f"flag_{row['flag']}", str(row["court_code"]), "", str(asked.month), said)


def _deliveries(cursor: Cursor, asked: Asked) -> Iterator[Item]:
    """A court is reminded of its own without having asked; others of those that they follow."""
    is_courts = asked.reader.role == "court"
    found = queries.missing(cursor, asked.province, asked.month)
    for (court, status), part in found.groupby(["court_code", "status"], sort=False):
        is_own = is_courts and court in asked.own
        if not (is_own or asked.follows_all("delivery") or Follow("court", court) in asked.follows):
            continue
        kinds = sorted(str(kind) for kind in part["kind"])
        key = _key("delivery", court, asked.month, status, ",".join(kinds))
        yield Item(key, "delivery", str(status), court, "", str(asked.month), {"kinds": kinds})


def _objections(asked: Asked) -> Iterator[Item]:
    """Acts of others on objections that the reader may see."""
    if not asked.follows_all("objection"):
        return
    since = subscriptions.followed_since(asked.province, asked.reader.name, "objection")
    for one in objections.seen_by(objections.objections(asked.province), asked.own):
        about = one.about
        for act in one.acts:
            if act.number > since and act.reader != asked.reader.name:
                said = {"number": one.thread, "at": formats.moment(act.happened_at)}
                key = _key("objection", one.thread, act.number)
                yield Item(key, "objection", f"deed_{act.deed}", about.court, about.indicator, str(about.month), said)


def _due(asked: Asked, today: date) -> Iterator[Item]:
    """Decisions of the meeting that are open: a week before their day, and once it has passed."""
    if not asked.follows_all("due"):
        return
    for one in decisions.decisions(asked.province):
        if one.about.court not in asked.own or one.state != decisions.OPEN or one.due - SOON > today:
            continue
        phrase = "overdue" if today > one.due else "due_soon"
        said = {"number": one.number, "due": one.due.isoformat()}
        about = one.about
        yield Item(_key("due", one.number, phrase), "due", phrase, about.court, about.indicator, str(about.month), said)


def _key(*parts: Any) -> str:
    return "|".join(str(part) for part in parts)


def newest_month(cursor: Cursor, province: str) -> Month | None:
    found: pd.DataFrame = dimensions.months(cursor, province)
    return Month.of(found["month"].iloc[0]) if len(found) else None
