"""Everything one bulletin is written from, read once from the published snapshot.
What is said about it belongs to the chapters; whether it is true to the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import duckdb
import pandas as pd

from dashboards import formats
from dashboards.bulletin import written
from dashboards.bulletin.judgement import is_swayed
from dashboards.bulletin.queries import published as queries
from dashboards.bulletin.refusals import NothingToReportError
from dashboards.bulletin.written import Written
from dashboards.findings import INCOMPLETE
from dashboards.month import Month
from dashboards.proceedings.outcomes import Outcome
from dashboards.queries import definitions, dimensions, modes, month_facts, province_facts, windows
from dashboards.queries import targets as judged
from dashboards.rows import records
from dashboards.snapshot import Snapshot
from dashboards.targets import Target, targets
from dashboards.texts import Texts, region_of, texts

NOTHING = "快照里没有月份或法院，先运行 make run · the snapshot is empty: make run first"
Cursor = duckdb.DuckDBPyConnection
Row = dict[str, Any]
Key = tuple[str, str, str]  # court, scope, indicator
JUDGED = ("met", "above", "below", "no_target")
GROUPS = ("basic", "intermediate_own", "intermediate_jurisdiction")
WINDOW = windows.DEFAULT  # as pages and the meeting show it; the single month stands beside it
CASELOAD = ("opening_cases", "new_cases", "closed_cases", "pending_cases")


@dataclass(frozen=True)
class Facts:
    """One month of one province. `figures[window, month]` maps a court, scope and indicator to its published row."""

    t: Texts
    edition: str
    month: Month
    province: str
    snapshot_id: str
    published_at: datetime | None
    first_month: Month
    courts: dict[str, Row]
    indicators: dict[str, Row]
    groups: dict[str, Row]
    figures: dict[tuple[str, Month], dict[Key, Row]]
    redefined: frozenset[tuple[str, Month, str]]  # window, month, indicator: another definition was in force then
    ranks: dict[tuple[str, str, str], Row]  # group, court, indicator
    caseload: dict[tuple[str, str], float]  # case scope, measure
    deliveries: pd.DataFrame
    failures: pd.DataFrame
    items: pd.DataFrame
    flags: pd.DataFrame
    moved: dict[tuple[str, str, str], str]  # group, court, indicator → better, worse or flat: changes that are judged
    streaks: dict[tuple[str, str], int]  # group, court: months maybe among the last by the composite
    restated: dict[Key, Row]
    letterhead: str  # whose paper it is, in the installation's words; empty: the court above the others signs
    is_closed: bool
    has_provisional_calendar: bool
    has_open_weights: bool
    history: pd.DataFrame
    targets: dict[str, Target]  # of the overall figures, by indicator
    core: list[str]  # the indicators of the 3+1 in force
    window_names: dict[str, Row]
    written: Written
    outcomes: dict[int, Outcome]  # of the decisions, by number
    today: date  # the day on which the state of decisions is said

    @property
    def subject(self) -> tuple[str, str]:
        """Court and scope of the overall figures: the province if it has a head, else its one court."""
        head = next((c for c, row in self.courts.items() if not has(row["parent_court_code"])), None)
        if head and any((head, "province", code) in self.now for code in self.indicators):
            return head, "province"
        return next(iter(self.courts)), "own"

    @property
    def now(self) -> dict[Key, Row]:
        return self.figures.get((WINDOW, self.month), {})

    @property
    def label(self) -> str:
        """official, may_be_amended or restated: how settled the month's figures are."""
        return "restated" if self.restated else "official" if self.is_closed else "may_be_amended"

    @property
    def last_year(self) -> Month:
        return self.month.shifted(-12)

    @property
    def previous(self) -> Month:
        return self.month.shifted(-1)

    @property
    def region(self) -> str:
        """全省, 全区, 全市, 全州 or 辖区, from the name of the court at the head."""
        is_head = self.subject[1] == "province"
        return self.t(
            f"bulletin_region.{region_of(str(self.courts[self.subject[0]]['name_zh'])) if is_head else 'area'}"
        )

    def of_group(self, group: str) -> list[str]:
        """The group's courts in the official order."""
        return [code for code in self.courts if (group, code, next(iter(self.indicators))) in self.ranks]


def reported(groups: Mapping[str, Row]) -> list[str]:
    """The groups that a bulletin has a section for: the product's, then the installation's own in their order."""
    own = [code for code, row in groups.items() if code not in GROUPS and row["level"] != "high"]
    return [*(code for code in GROUPS if code in groups), *own]


def called_in(groups: Mapping[str, Row]) -> list[str]:
    """Those whose courts are called: for its own cases, since those of its jurisdiction are other courts'."""
    return [code for code in reported(groups) if groups[code]["scope_code"] == "own"]


def has(value: Any) -> bool:
    """True for anything but None, NaN and NA."""
    return value is not None and not (isinstance(value, float) and value != value) and value is not pd.NA


def newest_month(cursor: Cursor, province: str | None = None) -> Month:
    """The last month of a province, by default of the largest; NothingToReportError when it has none."""
    newest: Month = _known(cursor, _province(cursor, province))[0]
    return newest


def _province(cursor: Cursor, asked: str | None) -> str:
    provinces = queries.provinces(cursor)
    if not provinces:
        raise NothingToReportError(NOTHING)
    if asked is not None and asked not in provinces:
        known = ", ".join(provinces)
        raise NothingToReportError(f"快照里没有 {asked}，只有 {known} · no province {asked} here, but {known}")
    return asked or provinces[0]


def _known(cursor: Cursor, province: str) -> list[Month]:
    """The province's months, newest first."""
    known = list(dimensions.months(cursor, province)["month"])
    if not known:
        raise NothingToReportError(NOTHING)
    return known


def gather(
    cursor: Cursor, snapshot: Snapshot, month: Month, edition: str, lang: str, province: str | None = None
) -> Facts:
    """Read everything of a province, by default the largest; NothingToReportError if it or the month is absent."""
    province = _province(cursor, province)
    known = _known(cursor, province)
    if month not in known:
        span = f"{known[-1]}–{known[0]}"
        raise NothingToReportError(f"快照里没有 {month}，只有 {span} · the snapshot has {span}, not {month}")
    courts = _records(dimensions.courts_of(cursor, month).query("province_code == @province"), "court_code")
    figures = {key: _figures(cursor, *key, is_base=key != (WINDOW, month)) for key in compared(month)}
    redefined = _redefined(figures, month)
    bounds = windows.bounds(cursor, province, month, WINDOW).iloc[0]
    said = written.read(province, month)
    facts = Facts(
        t=texts(lang),
        edition=edition,
        month=month,
        province=province,
        snapshot_id=snapshot.snapshot_id,
        letterhead=snapshot.called("letterhead", province, lang),
        published_at=snapshot.published_at(),
        first_month=bounds["first_month"],
        courts=courts,
        indicators=_records(queries.definitions(cursor, month), "indicator_code"),
        groups=_records(dimensions.peer_groups(cursor), "peer_group"),
        figures={
            (w, m): {k: r for k, r in rows.items() if (w, m, k[2]) not in redefined} for (w, m), rows in figures.items()
        },
        redefined=redefined,
        ranks=_ranks(queries.ranks(cursor, province, month, WINDOW)),
        caseload={},
        deliveries=queries.deliveries(cursor, province, month),
        failures=queries.label_failures(cursor, month),
        items=month_facts.open_items(cursor, province, month),
        flags=month_facts.flags(cursor, province, month),
        moved={},
        streaks=_streaks(queries.streaks(cursor, province, month, WINDOW)),
        restated=_keyed(queries.restated(cursor, province, month, WINDOW)),
        is_closed=modes.month_label(cursor, province, month)["label"].iloc[0] != "may_be_amended",
        has_open_weights=bool(definitions.open_weights(cursor, month).iloc[0]["open_count"]),
        has_provisional_calendar=month in set(dimensions.provisional_months(cursor)["month"]),
        history=pd.DataFrame(),
        targets={},
        core=list(province_facts.core_set(cursor, month)["indicator_code"].dropna()),
        window_names=_records(dimensions.windows(cursor), "window_code"),
        written=said,
        outcomes={one.number: written.outcome(cursor, one, month) for one in said.decided},
        today=formats.today(),
    )
    if not facts.indicators or not facts.now:
        raise NothingToReportError(f"{month} 没有任何指标数字 · no indicator has a figure in {month}")
    court, scope = facts.subject
    caseload = _caseload(cursor, court, scope, facts.first_month, month)
    found = {target.code: target for target in targets(judged.judged(cursor, court, scope, month, WINDOW))}
    own_windows = {str(target.row["window_code"]) for target in found.values()} - {WINDOW}
    more = {(window, month): _figures(cursor, window, month, is_base=False) for window in own_windows}
    history = queries.history(cursor, court, scope, month)
    moved = _moved(facts, queries.changes(cursor, province, month, WINDOW))
    figures = {**facts.figures, **more}
    return replace(facts, caseload=caseload, history=history, targets=found, figures=figures, moved=moved)


def compared(month: Month) -> list[tuple[str, Month]]:
    """Windows and months that a bulletin compares: the year so far with last year's, the month with the one before."""
    before = month.shifted(-1)
    return [(WINDOW, month), (WINDOW, before), (WINDOW, month.shifted(-12)), ("month", month), ("month", before)]


def _figures(cursor: Cursor, window: str, month: Month, *, is_base: bool) -> dict[Key, Row]:
    """Key → published row. A base that the start of the data cuts short is no period to compare with: left out."""
    rows = records(queries.figures(cursor, month, window))
    whole = [r for r in rows if not is_base or r["months_in_window"] == r["months_expected"]]
    return {(r["court_code"], r["scope_code"], r["indicator_code"]): _plain(r) for r in whole}


def _redefined(figures: dict[tuple[str, Month], dict[Key, Row]], month: Month) -> frozenset[tuple[str, Month, str]]:
    """Indicators whose figures of a base were made by another definition than the month's own."""
    now = {code: row["definition_version"] for (_, _, code), row in figures[WINDOW, month].items()}
    return frozenset(
        (window, base, code)
        for (window, base), rows in figures.items()
        for (_, _, code), row in rows.items()
        if code in now and row["definition_version"] != now[code]
    )


def _keyed(frame: pd.DataFrame) -> dict[Key, Row]:
    return {(r["court_code"], r["scope_code"], r["indicator_code"]): _plain(r) for r in records(frame)}


def _moved(facts: Facts, changes: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    """What of single courts changed beyond chance since a month before that the data hold whole."""
    found = {}
    for row in records(changes):
        group, court, code = row["peer_group"], row["court_code"], row["indicator_code"]
        direction, scope = facts.indicators[code]["direction"], facts.groups[group]["scope_code"]
        before = facts.figures[WINDOW, facts.previous].get((court, scope, code))
        if direction in ("higher", "lower") and before and row["interval_status"] not in INCOMPLETE:
            is_better = (row["value_change"] > 0) == (direction == "higher")
            is_told = row["is_change_significant"] and not is_swayed(
                row["value_change"], facts.now[court, scope, code], before
            )
            found[group, court, code] = "flat" if not is_told else "better" if is_better else "worse"
    return found


def _streaks(frame: pd.DataFrame) -> dict[tuple[str, str], int]:
    return {(str(r.peer_group), str(r.court_code)): int(r.month_count) for r in frame.itertuples()}


def _ranks(frame: pd.DataFrame) -> dict[tuple[str, str, str], Row]:
    rows = (_plain(row) for row in records(frame))
    return {(r["peer_group"], r["court_code"], r["indicator_code"]): r for r in rows}


def _caseload(cursor: Cursor, court: str, scope: str, first: Month, last: Month) -> dict[tuple[str, str], float]:
    frame = windows.measures(cursor, court, scope, first, last)
    rows = frame[frame["measure_code"].isin(CASELOAD)].itertuples()
    return {(str(r.case_scope), str(r.measure_code)): float(r.value or 0) for r in rows}


def _records(frame: pd.DataFrame, key: str) -> dict[str, Row]:
    return {row[key]: _plain(row) for row in records(frame)}


def _plain(row: dict[Any, Any]) -> Row:
    return {str(name): (value if has(value) else None) for name, value in row.items()}
