"""One reader's view of one snapshot: what was chosen on the bar, the words, the colours, and names to show.
Widgets that choose it are in bar; state is in the URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboards import formats
from dashboards.access.readers import Reader
from dashboards.charts.theme import Palette
from dashboards.queries import definitions, dimensions, modes, province_facts, windows
from dashboards.shell import url_state
from dashboards.shell.cached_queries import Query, ask, ask_once, by_code
from dashboards.snapshot import Snapshot
from dashboards.texts import Texts

COMPOSITE = "COMPOSITE"


@dataclass(frozen=True)
class View:
    """`month` is YYYY-MM; `root` is the province's high court, whose rows carry the province's figures."""

    source: Snapshot
    t: Texts
    colours: Palette
    province: str
    month: str
    window: str
    peer: str
    mode: str  # "rank" or "interval"
    more: Any = None  # the place on the bar for what a page chooses beyond the common choices
    reader: Reader = field(kw_only=True)

    @property
    def lang(self) -> str:
        return self.t.lang

    def ask(self, query: Query, *values: Any) -> pd.DataFrame:
        return ask(self.source, query, *values)

    def ask_once(self, query: Query, *values: Any) -> pd.DataFrame:
        return ask_once(self.source, query, *values)

    @property
    def is_ranked(self) -> bool:
        """Whether courts are shown in an order with ranks; otherwise by status against interval or target only."""
        return self.mode == "rank"

    @cached_property
    def notice(self) -> str:
        """What the mode means and since when, in the words of the dated setting."""
        known = self.ask(modes.modes).set_index("mode_code")
        return self.t.name(known.loc[self.mode], "notice") if self.mode in known.index else ""

    @cached_property
    def courts(self) -> pd.DataFrame:
        found = self.ask(dimensions.courts)
        return found[found["province_code"] == self.province].set_index("court_code", drop=False)

    @cached_property
    def not_in_service(self) -> list[str]:
        """The courts that the month leaves out of sums and statuses; none in a snapshot from before that was said."""
        if "in_service_from" not in self.courts:
            return []
        begun, ended = (pd.to_datetime(self.courts[f"in_service_{end}"]) for end in ("from", "to"))
        month = pd.Timestamp(f"{self.month}-01")
        return self.courts.index[~(begun <= month) | (ended < month)].tolist()

    @cached_property
    def own_courts(self) -> tuple[str, ...]:
        """The courts whose records the reader may see, in the official order."""
        if self.reader.courts is None:
            return tuple(self.courts.index)
        parents = self.courts["parent_court_code"].to_dict()
        return tuple(code for code in parents if _is_below(code, self.reader.courts, parents))

    def sees(self, courts: Iterable[str]) -> bool:
        """Whether the records of all these courts are there to be seen."""
        return set(courts) <= set(self.own_courts)

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
    def root(self) -> str:
        high = self.courts[self.courts["level"] == "high"]
        return str(high.index[0]) if len(high) else ""

    @cached_property
    def bounds(self) -> tuple[str, str, str]:
        """First and last month of the window, and the first month of the snapshot."""
        row = self.ask(windows.bounds, self.month, self.window).iloc[0]
        return str(row["first_month"]), str(row["last_month"]), str(row["history_month"])

    @cached_property
    def coverage(self) -> pd.DataFrame:
        return self.ask(province_facts.coverage, self.province, self.month)

    @cached_property
    def gap_reasons(self) -> dict[tuple[str, str], str]:
        """(court, kind) → why what was sent for the month does not count, in words."""
        rows = self.ask(province_facts.gaps, self.province, self.month)
        reasons = [self.t(f"gap.{reason}") for reason in rows["gap_reason"]]
        return dict(zip(zip(rows["court_code"], rows["kind"], strict=True), reasons, strict=True))

    @property
    def _court_rows(self) -> Mapping[str, dict[str, Any]]:
        return by_code(self.source, dimensions.courts, "court_code")

    @property
    def _indicator_rows(self) -> Mapping[str, dict[str, Any]]:
        return by_code(self.source, dimensions.indicators, "indicator_code")

    def court_name(self, code: Any, short: bool = True) -> str:
        """A court's name; the code itself if the snapshot does not know it."""
        if not isinstance(code, str):
            return self.t("word.unknown_court")
        return self.t.name(self._court_rows.get(code, {}), "short_name" if short else "name") or code

    def indicator_name(self, code: str, short: bool = True) -> str:
        if code == COMPOSITE:
            return self.t("word.composite")
        return self.t.name(self._indicator_rows[code], "short_name" if short else "name")

    def window_name(self, code: str | None = None) -> str:
        return self.t.name(by_code(self.source, dimensions.windows, "window_code")[code or self.window])

    def peer_name(self, code: str | None = None) -> str:
        return self.t.name(by_code(self.source, dimensions.peer_groups, "peer_group").get(code or self.peer, {}))

    def month_name(self, month: str | None = None) -> str:
        return formats.month(date.fromisoformat(f"{month or self.month}-01"), self.lang)

    def status(self, code: str) -> str:
        return self.t(f"status.{code}")

    def value(self, amount: Any, unit: str, digits: int | None = None) -> str:
        return formats.value(amount, unit, self.lang, digits)

    def change(self, amount: Any, unit: str) -> str:
        return formats.change(amount, unit, self.lang)

    def where(self) -> str:
        """Snapshot, month and window in one line, as every page and sheet says them."""
        first, last, _ = self.bounds
        is_provisional = last in set(self.ask(dimensions.provisional_months)["month"])
        said = self.t(
            "word.where_provisionally" if is_provisional else "word.where",
            snapshot=self.source.snapshot_id,
            month=self.month_name(),
            window=self.window_name(),
            first=first,
            last=last,
        )
        are_open = bool(self.ask(definitions.open_weights, self.month).iloc[0]["open_count"])
        return f"{said} · {self.t('word.weights_undecided')}" if are_open else said

    @cached_property
    def interval_statuses(self) -> dict[str, str]:
        """interval_status → its word, in their order."""
        found = by_code(self.source, modes.interval_statuses, "interval_status")
        return {code: self.t.name(row) for code, row in found.items()}

    def judgement(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Status code and word of an indicator's row (`status`, `direction`), as the mode says them."""
        status = str(row["status"])
        if self.is_ranked:
            return status, self.status(status)
        if row["direction"] == "monitor" and status in ("met", "above", "below", "no_target"):
            status = "monitored"
        return status, self.interval_statuses.get(status) or self.status(status)

    def aim(self, row: Mapping[str, Any]) -> str:
        """An indicator's interval, target or mere reference in words; that none was published, if none was."""
        low, high = row["interval_low"], row["interval_high"]
        if not (pd.isna(low) and pd.isna(high)):
            return self.t("aim.interval", low=self._bound(low, row["unit"]), high=self._bound(high, row["unit"]))
        if pd.isna(row["target_value"]):
            reference = row.get("reference_value")
            known = not formats.is_absent(reference)
            said = self._bound(reference, row["unit"])
            return self.t("aim.reference", value=said) if known else self.t("aim.none")
        sign = {"higher": "≥ ", "lower": "≤ "}.get(str(row["direction"]), "")
        return self.t("aim.target", target=f"{sign}{self._bound(row['target_value'], row['unit'])}")

    def _bound(self, amount: Any, unit: str) -> str:
        return formats.bound(amount, unit, self.lang)

    @cached_property
    def carried(self) -> dict[str, str]:
        return url_state.carried()

    def address(self, page: str, **changes: str) -> str:
        """A relative address of a page in the present state with some parameters changed."""
        return f"{page}?{urlencode({**self.carried, **changes})}"


def _is_below(court: str, roots: tuple[str, ...], parents: Mapping[str, Any]) -> bool:
    """Whether a court is one of the roots or stands below one of them."""
    at: Any = court
    while isinstance(at, str):
        if at in roots:
            return True
        at = parents.get(at)
    return False


def is_dark() -> bool:
    """Whether the reader's theme is dark; light until the browser has said."""
    return st.context.theme.type == "dark"
