"""What may be read: one snapshot, asked by one reader, with the lists that every page needs of the province shown.
Words for what is read belong to names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import pandas as pd

from dashboards.access.readers import Reader
from dashboards.month import Month
from dashboards.queries import dimensions, province_facts, windows
from dashboards.shell.cached_queries import Query, ask, ask_once
from dashboards.shell.choice import Choice
from dashboards.snapshot import Snapshot
from dashboards.texts import region_of

# What queries take from the list of courts beside a code.
NAMES = ("short_name_zh", "short_name_en", "name_zh", "name_en", "case_prefix", "prefecture_code",
         "prefecture_name_zh", "prefecture_name_en")  # fmt: skip


@dataclass(frozen=True)
class Data:
    """`root` is the province's high court, whose rows carry the province's figures."""

    source: Snapshot
    reader: Reader
    choice: Choice

    def ask(self, query: Query, *values: Any) -> pd.DataFrame:
        found = ask(self.source, query, *values)
        return found if self.renamed.empty else self._as_named_then(found)

    def ask_once(self, query: Query, *values: Any) -> pd.DataFrame:
        return ask_once(self.source, query, *values)

    @cached_property
    def courts(self) -> pd.DataFrame:
        """The province's courts with the names and the courts above that they had in the month shown."""
        found = self._all_courts[1]
        return found[found["province_code"] == self.choice.province].set_index("court_code", drop=False)

    @cached_property
    def renamed(self) -> pd.DataFrame:
        """What the month's names, prefixes and courts above were of the courts of which they are others today."""
        return ask(self.source, dimensions.court_periods, self.choice.month)

    @cached_property
    def _all_courts(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Every court of the snapshot, as it is today and as it was in the month shown; not to be changed."""
        today = ask(self.source, dimensions.courts)
        return today, dimensions.dated(today, self.renamed)

    def _as_named_then(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with the names of the month shown where it calls courts, and their prefectures, as of today."""
        named = [name for name in NAMES if name in frame] if "court_code" in frame else []
        by_code = [rows.set_index("court_code") for rows in self._all_courts] if named else []
        for name in named:
            today, former = (frame["court_code"].map(rows[name]) for rows in by_code)
            frame[name] = frame[name].mask(frame[name].notna() & (frame[name] == today), former)
        return frame

    @cached_property
    def not_in_service(self) -> list[str]:
        """The courts that the month leaves out of sums and statuses; none in a snapshot from before that was said."""
        if "in_service_from" not in self.courts:
            return []
        begun, ended = (pd.to_datetime(self.courts[f"in_service_{end}"]) for end in ("from", "to"))
        month = pd.Timestamp(self.choice.month)
        return self.courts.index[~(begun <= month) | (ended < month)].tolist()

    @cached_property
    def own_courts(self) -> tuple[str, ...]:
        """The courts whose records the reader may see, in the official order."""
        # Whose records are open is today's question, whichever month is looked at.
        above = self._all_courts[0].set_index("court_code")["parent_court_code"].to_dict()
        return self.reader.own_courts({code: at for code, at in above.items() if code in self.courts.index})

    def sees(self, courts: Iterable[str]) -> bool:
        """Whether the records of all these courts are there to be seen; of no court, none are."""
        wanted = set(courts)
        return bool(wanted) and wanted <= set(self.own_courts)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        return self.ask(dimensions.indicators).set_index("indicator_code", drop=False)

    @cached_property
    def choices(self) -> list[str]:
        """The indicators a reader chooses from: alternative readings are on the card of their indicator."""
        return self.indicators[self.indicators["variant_of"].isna()].index.tolist()

    @cached_property
    def peer_groups(self) -> pd.DataFrame:
        return self.ask(dimensions.peer_groups).set_index("peer_group", drop=False)

    @cached_property
    def members(self) -> pd.DataFrame:
        """The courts of the chosen peer group in the month; of jurisdictions, those of the group for own cases."""
        group = self.peer_groups.loc[self.choice.peer] if self.choice.peer in self.peer_groups.index else {}
        if "own_group" in group:
            return self.courts[self.courts["peer_group"] == group["own_group"]]
        # A snapshot from before courts were put into groups: a group is a level.
        return self.courts[self.courts["level"] == group.get("level", "basic")]

    @cached_property
    def root(self) -> str:
        """The court under which the province's figures stand: the high court, or whoever stands above the others."""
        above = self.courts[self.courts["parent_court_code"].isna()]
        found = [
            code for code in sorted(above.index) if "province" in set(self.ask(dimensions.scopes, code)["scope_code"])
        ]
        return found[0] if found else ""

    @property
    def region(self) -> str:
        """province, region, city, prefecture or area: what all the courts together are called after.

        A province in a snapshot of an earlier version that does not say who is at the head.
        """
        try:
            return region_of(str(self.courts["name_zh"].get(self.root, "")))
        except duckdb.Error:
            return "province"

    @cached_property
    def bounds(self) -> tuple[Month, Month, Month]:
        """First and last month of the window, and the first month of the province."""
        row = self.ask(windows.bounds, self.choice.province, self.choice.month, self.choice.window).iloc[0]
        return row["first_month"], row["last_month"], row["history_month"]

    @cached_property
    def coverage(self) -> pd.DataFrame:
        return self.ask(province_facts.coverage, self.choice.province, self.choice.month)

    @cached_property
    def gaps(self) -> dict[tuple[str, str], str]:
        """(court, kind) → the code of why what was sent for the month does not count."""
        rows = self.ask(province_facts.gaps, self.choice.province, self.choice.month)
        return dict(zip(zip(rows["court_code"], rows["kind"], strict=True), rows["gap_reason"], strict=True))
