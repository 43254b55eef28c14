"""What each reader was told of: files, downloads and sessions, by the names under which they can be asked for again.
Such a name opens nothing for anybody else. Where the names stand in a message belongs to the pages' server."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from dashboards.access.readers import Reader

MOST = 20_000  # names a reader, some 3 MB; a page makes a few dozen on every run
MOST_READERS = 1_000


class HandedOut:
    """Names by reader, role and jurisdiction: whoever's role changed has been told of nothing yet."""

    def __init__(self) -> None:
        self._names: OrderedDict[Reader, OrderedDict[str, None]] = OrderedDict()

    def add(self, reader: Reader, names: Iterable[str]) -> None:
        """The reader was told of these; of too many the oldest are forgotten."""
        own = self._names.setdefault(reader, OrderedDict())
        self._names.move_to_end(reader)
        for name in names:
            own[name] = None
            own.move_to_end(name)
        while len(own) > MOST:
            own.popitem(last=False)
        while len(self._names) > MOST_READERS:
            self._names.popitem(last=False)

    def has(self, reader: Reader, name: str) -> bool:
        return name in self._names.get(reader, ())
