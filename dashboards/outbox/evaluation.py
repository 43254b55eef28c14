"""One evaluation of a snapshot for everybody who follows something, and for every court: who has news gets a message.
It may be run any number of times, and be killed at any point: what was told is told once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

import duckdb

from dashboards import formats, snapshot
from dashboards.access import excerpts, readers
from dashboards.access.readers import LOCAL, Reader
from dashboards.access.settings import settings
from dashboards.month import Month
from dashboards.outbox import box, news, paper
from dashboards.proceedings import subscriptions
from dashboards.proceedings.subscriptions import Subscriber
from dashboards.queries import dimensions
from dashboards.snapshot import Snapshot
from dashboards.texts import texts

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """How many readers were looked at, messages placed, items in them, and readers whose message could not be made."""

    readers: int = 0
    messages: int = 0
    items: int = 0
    failed: tuple[str, ...] = ()


def evaluate(snapshot_id: str | None = None, today: date | None = None) -> Told:
    """Place the messages of a snapshot, the current one by default; nothing where none is published."""
    source = snapshot.find(snapshot_id or snapshot.current_id())
    if source is None:
        return Told()
    told, day = Told(), today or formats.today()
    with box.locked():
        for province in provinces(source):
            for subscriber, reader in addressed(province):
                told = replace(told, readers=told.readers + 1)
                try:
                    count = _tell(source, province, subscriber, reader, day)
                except Exception:  # one reader's message must not keep those of the others back
                    logger.exception("no message for one reader")
                    told = replace(told, failed=(*told.failed, reader.name))
                    continue
                told = replace(told, messages=told.messages + bool(count), items=told.items + count)
    return told


def provinces(source: Snapshot) -> list[str]:
    """The provinces of a snapshot, by code."""
    with snapshot.connect(source) as connection:
        found = dimensions.courts(connection.cursor())
    return sorted(found["province_code"].dropna().unique().tolist())


def addressed(province: str) -> list[tuple[Subscriber, Reader]]:
    """Whoever follows something, and every court's person, as the access file has them now; nobody else."""
    following = subscriptions.subscribers(province)
    how = settings()
    if how.way == "none":
        mine = following.get(LOCAL.name)
        return [(mine, LOCAL)] if mine else []
    access = readers.current(how.access_file)
    names = {str(entry["id"]) for entry in access.persons.values() if entry.get("role") == "court"} | set(following)
    found = []
    for name in sorted(names):
        subscriber = following.get(name) or Subscriber(name, (), "zh", ())
        reader = access.reader(name, subscriber.groups)
        if reader is not None and reader.role != "auditor":
            found.append((subscriber, reader))
    return found


@contextmanager
def opened(source: Snapshot, reader: Reader) -> Iterator[duckdb.DuckDBPyConnection]:
    """What the reader's role may read of the snapshot, as the door gives it to their pages."""
    own = source if reader.courts is None else excerpts.excerpt(source, reader.courts)
    with snapshot.connect(own) as connection:
        yield connection.cursor()


def _tell(source: Snapshot, province: str, subscriber: Subscriber, reader: Reader, today: date) -> int:
    """How many items the reader's new message has; 0 where there is nothing new, and no message."""
    with opened(source, reader) as cursor:
        month: Month | None = news.newest_month(cursor, province)
        if month is None:
            return 0
        own = news.own_courts(cursor, province, reader)
        asked = news.Asked(reader, province, month, own, subscriber.follows)
        before = {item.key for message in box.messages(reader.name) for item in message.items}
        fresh = [item for item in news.items(cursor, asked, today) if item.key not in before]
        if fresh:
            said = paper.words(cursor, texts(subscriber.lang))
            files = paper.files(said, fresh, source.snapshot_id, month)
            box.put(reader.name, month, source.snapshot_id, fresh, files)
    return len(fresh)
