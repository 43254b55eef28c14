"""Makes a whole sample: plan, then region by region the truth and its deliveries, set in place at the end.
At no time is more than one region of the province in memory, and the few records of the provincial kinds."""

from __future__ import annotations

import csv
import json
import shutil
import time
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from pipelines.layout import Layout
from pipelines.samples.extracts.delivery import Deliveries
from pipelines.samples.extracts.holders import holders
from pipelines.samples.extracts.oddities import Planted, gamed, misreported, schemes, with_case_oddities
from pipelines.samples.extracts.offices import BULK_CASES, PROVINCIAL_KINDS, Region, regions
from pipelines.samples.extracts.styles import style_of
from pipelines.samples.figures import Figures, figures
from pipelines.samples.world.courts import read_courts
from pipelines.samples.world.plan import Plan, make_plan
from pipelines.samples.world.records import region_records

DEFAULT, DEFAULT_SEED = "qinghai", 20160301


@dataclass(frozen=True)
class Made:
    """What a generation wrote. `skipped`: deliveries were there already, and nothing was touched."""

    landing: Path
    files: int
    rows: Mapping[str, int]
    planted: tuple[Planted, ...]
    figures: Figures
    seconds: float
    skipped: bool = False


def generate(landing: Path | Layout, sample: str = DEFAULT, seed: int = DEFAULT_SEED, *, cases: int | None = None,
             courts: int | Collection[str] | None = None, months: int | None = None,
             courts_file: Path | None = None, truth_file: Path | None = None) -> Made:  # fmt: skip
    """Write the deliveries of `sample` into the folder `landing`, which then holds nothing else.

    `cases` scales all totals (1 to ten million), `courts` takes the busiest so many or the named ones, `months` the
    first so many. The same arguments give the same bytes. Everything is made beside `landing` and moved there by
    one rename, so that a generation that was killed leaves no delivery. If `landing` holds anything already, nothing
    is done. ValueError if a size cannot be met.
    """
    begun = time.monotonic()
    landing = landing.landing if isinstance(landing, Layout) else Path(landing)
    wanted = figures(sample, cases, months)
    if landing.exists() and any(not p.name.startswith(".") for p in landing.iterdir()):
        return Made(landing, 0, {}, (), wanted, 0.0, skipped=True)
    register = courts_file or settings_of(sample) / "courts.csv"
    chosen = read_courts(register, wanted.province_code, seed, courts)
    plan = make_plan(wanted, chosen, seed)
    aside = landing.parent / f".{landing.name}.in-progress"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    names = {court.code: court.name for court in chosen}
    area = _area(sample, wanted.province_code)
    deliveries = Deliveries(aside, plan, names, _aliases(register, names), area, holders(register))
    planted = _deliver_all(plan, deliveries, wanted)
    _into_place(aside, landing)
    made = Made(landing, deliveries.files, dict(deliveries.rows), tuple(planted), wanted, time.monotonic() - begun)
    if truth_file is not None:
        truth_file.write_text(json.dumps(truth(made), ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    return made


def truth(made: Made) -> dict[str, object]:
    """What a test may want to know of a sample: its totals and every planted oddity."""
    return {"figures": asdict(made.figures), "rows": dict(made.rows), "planted": [asdict(p) for p in made.planted]}


def _deliver_all(plan: Plan, deliveries: Deliveries, wanted: Figures) -> list[Planted]:
    bulk = wanted.accepted >= BULK_CASES
    provincial: dict[str, list[pl.DataFrame]] = {kind: [] for kind in PROVINCIAL_KINDS}
    planted = schemes(plan)
    for region in regions(plan.courts, wanted.accepted):
        made = region_records(plan, region.shares)
        records = {kind: deliveries.holders.numbered(frame) for kind, frame in made.items()}
        planted += _deliver_region(plan, region, records, deliveries, bulk=bulk)
        for kind in PROVINCIAL_KINDS:
            if kind in records:
                provincial[kind].append(records[kind])
    for kind, frames in provincial.items():
        if frames:
            deliveries.deliver(kind, pl.concat(frames, how="diagonal"), "全省", style_of(kind, 0, bulk=bulk))
    return planted + deliveries.planted + deliveries.faults.planted


def _deliver_region(plan: Plan, region: Region, records: dict[str, pl.DataFrame], deliveries: Deliveries, *,
                    bulk: bool) -> list[Planted]:  # fmt: skip
    cases, planted = with_case_oddities(plan, region.name, records["cases"])
    planted += misreported(plan, records["returns"])
    planted += gamed(plan, cases)
    for jurisdiction in region.jurisdictions:
        own = cases.filter(pl.col("court_code").is_in(jurisdiction.courts))
        deliveries.deliver("cases", own, jurisdiction.name, style_of("cases", jurisdiction.office, bulk=bulk))
    for kind, frame in records.items():
        if kind != "cases" and kind not in PROVINCIAL_KINDS:
            deliveries.deliver(kind, frame, region.name, style_of(kind, region.office, bulk=bulk))
    return planted


def settings_of(sample: str) -> Path:
    """The folder of the settings that a sample's deliveries are made with."""
    return Path(__file__).parent / sample / "settings"


def samples() -> tuple[str, ...]:
    """Every sample that there is, the default one first."""
    found = sorted(path.parent.name for path in Path(__file__).parent.glob("*/settings"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


def _area(sample: str, province: str) -> str:
    """What the public list writes for the area: the province's name in the sample's settings."""
    said = tomllib.loads((settings_of(sample) / "installation.toml").read_text(encoding="utf-8"))
    return str(said["provinces"][province]["name_zh"])


def _aliases(courts_file: Path, names: Mapping[str, str]) -> dict[str, str]:
    """Another valid name of some courts, from the alias seed beside the court seed: the last undated one listed."""
    path = courts_file.with_name("court_aliases.csv")
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["court_code"] in names]
    certain = [row for row in rows if not row["valid_to"] and not row["note"].startswith("possible")]
    return {row["court_code"]: row["alias_zh"] for row in certain}


def _into_place(aside: Path, landing: Path) -> None:
    if landing.exists():
        for hidden in landing.iterdir():
            hidden.rename(aside / hidden.name)
        landing.rmdir()
    aside.rename(landing)
