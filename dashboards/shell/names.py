"""How codes and numbers of a snapshot are said in one language: names of courts and indicators, values, status.
What is said of a whole page belongs to the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from dashboards import formats
from dashboards.findings import COMPOSITE
from dashboards.month import Month
from dashboards.queries import definitions, dimensions, modes
from dashboards.rows import records
from dashboards.shell.cached_queries import by_code
from dashboards.shell.data import Data
from dashboards.texts import Texts


@dataclass(frozen=True)
class Names:
    """Without a code, what was chosen is named."""

    t: Texts
    data: Data

    def court(self, code: Any, short: bool = True) -> str:
        """A court's name; the code itself if the snapshot does not know it."""
        if not isinstance(code, str):
            return self.t("word.unknown_court")
        return self.t.name(self._courts.get(code, {}), _stem(short)) or code

    @cached_property
    def _courts(self) -> Mapping[str, Mapping[str, Any]]:
        """Every court's names, of the month shown where they are others today."""
        known = self._rows(dimensions.courts, "court_code")
        if self.data.renamed.empty:
            return known
        return {**known, **{str(row["court_code"]): row for row in records(self.data.renamed)}}

    def indicator(self, code: str, short: bool = True) -> str:
        if code == COMPOSITE:
            return self.t("word.composite")
        return self.t.name(self._rows(dimensions.indicators, "indicator_code")[code], _stem(short))

    def indicator_or_code(self, code: str) -> str:
        """An indicator's short name; the code itself if the snapshot does not know it."""
        is_known = code == COMPOSITE or code in self._rows(dimensions.indicators, "indicator_code")
        return self.indicator(code) if is_known else code

    def window(self, code: str | None = None) -> str:
        return self.t.name(self._rows(dimensions.windows, "window_code")[code or self.data.choice.window])

    def peer(self, code: str | None = None) -> str:
        return self.t.name(self._rows(dimensions.peer_groups, "peer_group").get(code or self.data.choice.peer, {}))

    def month(self, month: Month | None = None) -> str:
        return formats.month(month or self.data.choice.month, self.t.lang)

    def status(self, code: str) -> str:
        return self.t(f"status.{code}")

    def value(self, amount: Any, unit: str, digits: int | None = None) -> str:
        return formats.value(amount, unit, self.t.lang, digits)

    def change(self, amount: Any, unit: str) -> str:
        return formats.change(amount, unit, self.t.lang)

    def where(self) -> str:
        """Snapshot, month and window in one line, as every page and sheet says them."""
        first, last, _ = self.data.bounds
        is_provisional = last in set(self.data.ask(dimensions.provisional_months)["month"])
        said = self.t(
            "word.where_provisionally" if is_provisional else "word.where",
            snapshot=self.data.source.snapshot_id,
            month=self.month(),
            window=self.window(),
            first=first,
            last=last,
        )
        are_open = bool(self.data.ask(definitions.open_weights, self.data.choice.month).iloc[0]["open_count"])
        return f"{said} · {self.t('word.weights_undecided')}" if are_open else said

    @cached_property
    def notice(self) -> str:
        """What the mode means and since when, in the words of the dated setting."""
        return self.t.name(self._rows(modes.modes, "mode_code").get(self.data.choice.mode, {}), "notice")

    @cached_property
    def gap_reasons(self) -> dict[tuple[str, str], str]:
        """(court, kind) → why what was sent for the month does not count, in words."""
        return {key: self.t(f"gap.{reason}") for key, reason in self.data.gaps.items()}

    @cached_property
    def interval_statuses(self) -> dict[str, str]:
        """interval_status → its word, in their order."""
        return {code: self.t.name(row) for code, row in self._rows(modes.interval_statuses, "interval_status").items()}

    def judgement(self, row: Mapping[str, Any]) -> tuple[str, str]:
        """Status code and word of an indicator's row (`status`, `direction`), as the mode says them."""
        status = str(row["status"])
        if self.data.choice.is_ranked:
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
        return formats.bound(amount, unit, self.t.lang)

    def _rows(self, query: Any, key: str) -> Mapping[str, dict[str, Any]]:
        return by_code(self.data.source, query, key)


def _stem(short: bool) -> str:
    return "short_name" if short else "name"
